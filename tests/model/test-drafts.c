/* What is typed and not saved: kept, found at the next opening, gone once it is saved; never readable where
 * the office is protected. */
#include <string.h>

#include "model-fixture.h"

#include "shequ-drafts.h"
#include "shequ-locale.h"
#include "shequ-protection.h"

#define WORDS "张三家住三楼东户"

static void
keep (ModelFixture *fixture, gint64 key, const char *words)
{
  g_autoptr (GHashTable) texts = g_hash_table_new (g_str_hash, g_str_equal);

  g_hash_table_insert (texts, (gpointer) "name", (gpointer) words);
  shequ_drafts_keep (shequ_drafts_of (fixture->office), "resident", key, 1, texts);
}

static void
note (ShequDrafts *drafts, gboolean *loaded)
{
  *loaded = TRUE;
}

static gboolean
is_set (gpointer data)
{
  return *(gboolean *) data;
}

static ShequDrafts *
load (ModelFixture *fixture)
{
  ShequDrafts *drafts = shequ_drafts_of (fixture->office);
  gboolean loaded = FALSE;
  gulong id = g_signal_connect (drafts, "loaded", G_CALLBACK (note), &loaded);

  shequ_drafts_load (drafts);
  model_fixture_wait_until (is_set, &loaded);
  g_signal_handler_disconnect (drafts, id);
  return drafts;
}

static guint
count_settings (ModelFixture *fixture)
{
  g_autoptr (GHashTable) settings =
    shequ_store_list_settings (shequ_office_get_store (fixture->office), "draft.", NULL);

  return g_hash_table_size (settings);
}

typedef struct
{
  ModelFixture *fixture;
  guint wanted;
} Count;

static gboolean
has_settings (gpointer data)
{
  const Count *count = data;

  return count_settings (count->fixture) == count->wanted;
}

static void
wait_for_settings (ModelFixture *fixture, guint n)
{
  Count count = { fixture, n };

  model_fixture_wait_until (has_settings, &count);
  model_fixture_settle ();
}

static void
expect_words (ShequDrafts *drafts, gint64 key, const char *words)
{
  const ShequDraft *draft = shequ_drafts_find (drafts, "resident", key);

  g_assert_nonnull (draft);
  g_assert_cmpstr (g_hash_table_lookup (draft->texts, "name"), ==, words);
  g_assert_cmpint (draft->version, ==, 1);
}

/* On a server the settings of an office are read by all of its units: there nothing is kept in clear. */
static gboolean
is_shared (ModelFixture *fixture)
{
  if (strstr (fixture->uri, "://") == NULL)
    return FALSE;
  keep (fixture, 0, WORDS);
  model_fixture_settle ();
  g_assert_cmpuint (count_settings (fixture), ==, 0);
  return TRUE;
}

static void
test_again (ModelFixture *fixture, gconstpointer data)
{
  ShequDrafts *drafts;
  g_autoptr (GPtrArray) list = NULL;

  if (is_shared (fixture))
    return;
  keep (fixture, 0, "张");
  keep (fixture, 0, WORDS);
  keep (fixture, 7, "另一条\n\"引号\"");
  wait_for_settings (fixture, 2);
  model_fixture_reopen (fixture);
  drafts = load (fixture);
  expect_words (drafts, 0, WORDS);
  expect_words (drafts, 7, "另一条\n\"引号\"");
  list = shequ_drafts_list (drafts);
  g_assert_cmpuint (list->len, ==, 2);
  shequ_drafts_drop (drafts, "resident", 7);
  g_assert_null (shequ_drafts_find (drafts, "resident", 7));
  wait_for_settings (fixture, 1);
}

static void
test_discard (ModelFixture *fixture, gconstpointer data)
{
  if (is_shared (fixture))
    return;
  keep (fixture, 0, WORDS);
  keep (fixture, 3, WORDS);
  shequ_drafts_discard (shequ_drafts_of (fixture->office));
  model_fixture_settle ();
  g_assert_cmpuint (count_settings (fixture), ==, 0);
}

/* A change of the office's own data that is no deed: the log of records does not tell of it. */
static void
test_log (ModelFixture *fixture, gconstpointer data)
{
  ShequStore *store = shequ_office_get_store (fixture->office);
  g_autoptr (GPtrArray) before = shequ_store_read_log (store, NULL, 0, NULL, 0, NULL, NULL);
  g_autoptr (GPtrArray) after = NULL;

  if (is_shared (fixture))
    return;
  keep (fixture, 0, WORDS);
  wait_for_settings (fixture, 1);
  after = shequ_store_read_log (store, NULL, 0, NULL, 0, NULL, NULL);
  g_assert_cmpuint (before->len, ==, after->len);
}

static gboolean
is_on_disk (ModelFixture *fixture, const char *words)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  const char *name;
  gboolean found = FALSE;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
      g_autofree char *bytes = NULL;
      gsize length;

      if (g_file_get_contents (path, &bytes, &length, NULL))
        found = found || memmem (bytes, length, words, strlen (words)) != NULL;
    }
  return found;
}

static void
test_protected (ModelFixture *fixture, gconstpointer data)
{
  g_autofree char *key = shequ_office_new_recovery_key ();
  g_autoptr (GError) error = NULL;

  /* What was kept before goes when the office is protected. */
  if (!is_shared (fixture))
    {
      keep (fixture, 0, WORDS);
      wait_for_settings (fixture, 1);
    }
  shequ_office_protect (fixture->office, key, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_settings (fixture), ==, 0);
  keep (fixture, 0, WORDS);
  wait_for_settings (fixture, 1);
  if (!g_str_has_prefix (fixture->uri, "postgresql"))
    g_assert_false (is_on_disk (fixture, WORDS));

  model_fixture_reopen (fixture);
  g_assert_true (shequ_store_is_locked (shequ_office_get_store (fixture->office)));
  g_assert_null (shequ_drafts_find (load (fixture), "resident", 0));
  keep (fixture, 9, WORDS);
  model_fixture_settle ();
  g_assert_cmpuint (count_settings (fixture), ==, 1);
  shequ_office_unlock (fixture->office, key, NULL, &error);
  g_assert_no_error (error);
  expect_words (load (fixture), 0, WORDS);
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/drafts/again", ModelFixture, NULL, model_fixture_set_up, test_again, model_fixture_tear_down);
  g_test_add ("/drafts/discard", ModelFixture, NULL, model_fixture_set_up, test_discard,
              model_fixture_tear_down);
  g_test_add ("/drafts/log", ModelFixture, NULL, model_fixture_set_up, test_log, model_fixture_tear_down);
  g_test_add ("/drafts/protected", ModelFixture, NULL, model_fixture_set_up, test_protected,
              model_fixture_tear_down);
  return g_test_run ();
}
