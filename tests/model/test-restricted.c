/* Restricted records are shown for a purpose, each look is logged, and there is no way around it. */
#include "model-fixture.h"
#include "shequ-error.h"
#include "shequ-locale.h"
#include "shequ-restricted.h"

typedef struct
{
  ModelFixture base;
  gint64 resident;
  gint64 open_tag;
  gint64 hidden_tag;
  const ShequField *link;
} Fixture;

static char *
find_group (Fixture *fixture, const char *code)
{
  const ShequRegister *reg = shequ_office_get_register (fixture->base.office, "tag");
  g_autoptr (ShequQuery) query = shequ_office_new_query (fixture->base.office, reg);
  g_autoptr (GArray) keys = NULL;

  shequ_query_take_where (query, shequ_condition_new_compare (SHEQU_CONDITION_EQUAL, "code", code));
  keys = shequ_store_list_keys (shequ_office_get_store (fixture->base.office), query, NULL, NULL);
  g_assert_cmpuint (keys->len, ==, 1);
  return model_fixture_key (g_array_index (keys, gint64, 0));
}

static gint64
add_tag (Fixture *fixture, const char *code)
{
  g_autofree char *resident = model_fixture_key (fixture->resident);
  g_autofree char *group = find_group (fixture, code);

  return model_fixture_add (&fixture->base, "resident_tag", "resident", resident, "tag", group, NULL);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const ShequRegister *tags;

  model_fixture_set_up (&fixture->base, data);
  tags = shequ_office_get_register (fixture->base.office, "resident_tag");
  fixture->link = shequ_register_lookup (tags, "resident");
  fixture->resident = model_fixture_add (&fixture->base, "resident", "name", "王小明", NULL);
  fixture->open_tag = add_tag (fixture, "elder_alone");
  fixture->hidden_tag = add_tag (fixture, "released");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  model_fixture_tear_down (&fixture->base, data);
}

static GPtrArray *
read_views (Fixture *fixture)
{
  GPtrArray *all = shequ_store_read_log (shequ_office_get_store (fixture->base.office), fixture->link->target,
                                         fixture->resident, NULL, 0, NULL, NULL);

  for (guint i = all->len; i > 0; i--)
    if (((const ShequLogEntry *) all->pdata[i - 1])->action != SHEQU_ACTION_VIEW)
      g_ptr_array_remove_index (all, i - 1);
  return all;
}

/* What is said as the purpose stands in the log with who, when and what; nothing is shown without. */
static void
test_purpose (Fixture *fixture, gconstpointer data)
{
  static const char *const none[] = { NULL, "", "  ", "看" };
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) views = NULL;
  g_autoptr (GError) error = NULL;
  const ShequLogEntry *entry;
  g_autofree char *seen = g_strdup_printf ("{\"resident_tag\":[%" G_GINT64_FORMAT "]}", fixture->hidden_tag);

  g_assert_cmpint (
    shequ_restricted_count (fixture->base.office, fixture->link, fixture->resident, NULL, &error), ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (none); i++)
    {
      g_assert_null (shequ_restricted_view (fixture->base.office, fixture->link, fixture->resident, none[i],
                                            NULL, &error));
      g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE);
      g_clear_error (&error);
    }
  before = read_views (fixture);
  g_assert_cmpuint (before->len, ==, 0);
  rows = shequ_restricted_view (fixture->base.office, fixture->link, fixture->resident, " 安置帮教走访 ",
                                NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpint (((const ShequRow *) rows->pdata[0])->key, ==, fixture->hidden_tag);
  views = read_views (fixture);
  g_assert_cmpuint (views->len, ==, 1);
  entry = views->pdata[0];
  g_assert_cmpstr (entry->reason, ==, "安置帮教走访");
  g_assert_cmpstr (entry->user, ==, shequ_office_get_user (fixture->base.office));
  g_assert_cmpstr (entry->changes, ==, seen);
}

/* No look without an entry: neither by the key of the record nor as of a past day. */
static void
test_gate (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ShequRow) shown =
    shequ_office_get_row (fixture->base.office, fixture->link->owner, fixture->open_tag, NULL, NULL);
  const char *const days[] = { NULL, "2026-11-22", "2026-11-20" };

  g_assert_nonnull (shown);
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (shequ_office_get_row_as_of (fixture->base.office, fixture->link->owner,
                                                 fixture->hidden_tag, days[i], NULL, &error));
      g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_PERMISSION);
    }
}

/* Who has nothing restricted leaves no entry that would say so. */
static void
test_nothing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) views = NULL;
  g_autoptr (GError) error = NULL;

  fixture->resident = model_fixture_add (&fixture->base, "resident", "name", "李秀英", NULL);
  rows = shequ_restricted_view (fixture->base.office, fixture->link, fixture->resident, "安置帮教走访", NULL,
                                &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 0);
  views = read_views (fixture);
  g_assert_cmpuint (views->len, ==, 0);
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) g_test_add ("/restricted/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("purpose", test_purpose);
  ADD ("gate", test_gate);
  ADD ("nothing", test_nothing);

  return g_test_run ();
}
