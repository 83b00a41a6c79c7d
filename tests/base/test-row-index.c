#include "shequ-row-index.h"

#include "config.h"

#include <string.h>

#include "shequ-locale.h"

typedef struct
{
  ShequCatalogue *catalogue;
  ShequSearchTokens *tokens;
  ShequRow *row;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequPinyin) pinyin = shequ_pinyin_new (&error);

  g_assert_no_error (error);
  fixture->tokens = shequ_search_tokens_new (pinyin);
  fixture->catalogue = shequ_catalogue_new_shipped (&error);
  g_assert_no_error (error);
  fixture->row = shequ_row_new (shequ_catalogue_lookup (fixture->catalogue, "resident"));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  shequ_row_free (fixture->row);
  shequ_search_tokens_free (fixture->tokens);
  shequ_catalogue_unref (fixture->catalogue);
}

static gboolean
has_token (const char *document, const char *token)
{
  g_auto (GStrv) tokens = g_strsplit (document, " ", -1);

  return g_strv_contains ((const char *const *) tokens, token);
}

/* Each beginning of one or two characters stands once, behind a mark; the mark alone is in every document. */
static void
test_beginnings (Fixture *fixture, gconstpointer data)
{
  const char *document;

  shequ_row_set_text (fixture->row, "name", "王小明");
  document = shequ_row_index_get_document (shequ_row_get_index (fixture->row, fixture->tokens));
  g_assert_cmpstr (
    document, ==,
    "·王小明 ·wangxiaoming ·wxm ·wangxm ˙小明 ˙xiaoming ˙xm ˙明 ˙ming ˙m _ _·王 _·王小 _·w _·wa _·wan _·wang "
    "_·wangx _·wangxi _·wx _·wxm _·wangxm _˙小 _˙小明 _˙x _˙xi _˙xia _˙xiao _˙xiaom _˙xiaomi _˙xm _˙明 _˙m "
    "_˙mi _˙min _˙ming");
  shequ_row_set_null (fixture->row, "name");
  document = shequ_row_index_get_document (shequ_row_get_index (fixture->row, fixture->tokens));
  g_assert_cmpstr (document, ==, "_");
}

/* What was made ahead counts only as long as the row stays what it was. */
static void
test_changed (Fixture *fixture, gconstpointer data)
{
  const ShequField *name = shequ_register_lookup (fixture->row->reg, "name");
  const ShequField *former = shequ_register_lookup (fixture->row->reg, "former_name");
  const ShequRowIndex *index;

  shequ_row_set_text (fixture->row, "name", "单小花");
  shequ_row_make_index (fixture->row, fixture->tokens);
  index = fixture->row->index;
  shequ_row_set_text (fixture->row, "note", "不在索引中");
  g_assert_true (shequ_row_get_index (fixture->row, fixture->tokens) == index);
  g_assert_cmpstr (shequ_row_index_get_order (index, name), ==, "shan 单 xiao 小 hua 花");
  g_assert_null (shequ_row_index_get_order (index, former));

  shequ_row_set_text (fixture->row, "former_name", "曾小花");
  index = shequ_row_get_index (fixture->row, fixture->tokens);
  g_assert_cmpstr (shequ_row_index_get_order (index, former), ==, "zeng 曾 xiao 小 hua 花");
  g_assert_true (has_token (shequ_row_index_get_document (index), "zengxiaohua"));

  shequ_row_set_text (fixture->row, "name", "曾小花");
  index = shequ_row_get_index (fixture->row, fixture->tokens);
  g_assert_false (has_token (shequ_row_index_get_document (index), "单小花"));
  shequ_row_clear (fixture->row);
  g_assert_null (fixture->row->index);
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/row-index/beginnings", Fixture, NULL, set_up, test_beginnings, tear_down);
  g_test_add ("/row-index/changed", Fixture, NULL, set_up, test_changed, tear_down);
  return g_test_run ();
}
