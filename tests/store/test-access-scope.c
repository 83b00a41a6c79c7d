/* Two communities in one database: nothing of the other is told, whatever is asked; and what is covered stays
 * so. */
#include "access-fixture.h"
#include "shequ-error.h"
#include "shequ-finder.h"
#include "shequ-locale.h"
#include "shequ-values.h"

#include <string.h>

#define DAY "2026-11-22"
#define OTHER "钱那边"

static const ShequActor clerk = { "王主任", "窗口一", "核对低保", "2026-11-23T01:02:03Z" };

static gint64
count_of (AccessFixture *fixture, const ShequRegister *reg, const char *where, const char *search)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequQuery) query = shequ_query_new (reg, DAY);
  g_autoptr (GArray) keys = NULL;
  gint64 count;

  if (where != NULL)
    g_assert_true (shequ_query_add_where (query, where, NULL));
  shequ_query_set_search (query, search);
  count = shequ_store_count (fixture->base.store, query, NULL, &error);
  g_assert_no_error (error);
  keys = shequ_store_list_keys (fixture->base.store, query, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (keys->len, ==, count);
  return count;
}

static void
add_to_values (const ShequValue *values, gpointer user_data)
{
  g_ptr_array_add (user_data, g_strdup (shequ_value_is_null (&values[0]) ? "" : values[0].text));
}

/* No look at a register tells of the records beside. */
static void
check_looks (AccessFixture *fixture, const ShequRegister *reg, gint64 theirs)
{
  static const char *const paths[] = { "name", NULL };
  const ShequField *name = shequ_register_lookup (reg, "name");
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequQuery) query = shequ_query_new (reg, DAY);
  ShequSummaryQuery summary = { .query = query, .group = name };
  g_autoptr (ShequRow) row =
    shequ_store_get (fixture->base.store, reg, theirs, SHEQU_FETCH_DELETED, NULL, NULL, &error);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) hits = NULL;
  g_autoptr (GPtrArray) groups = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GPtrArray) versions = NULL;
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  g_auto (ShequValue) value = SHEQU_VALUE_INIT;

  g_test_message ("%s", reg->name);
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND);
  g_assert_null (row);
  g_clear_error (&error);
  rows = shequ_store_fetch (fixture->base.store, reg, &theirs, 1, SHEQU_FETCH_DELETED, NULL, NULL, NULL);
  g_assert_cmpuint (rows->len, ==, 0);
  g_assert_cmpint (count_of (fixture, reg, NULL, NULL), ==, 1);
  g_assert_cmpint (count_of (fixture, reg, "name = " OTHER, NULL), ==, 0);
  g_assert_cmpint (count_of (fixture, reg, NULL, "钱"), ==, 0);
  g_assert_cmpint (count_of (fixture, reg, NULL, "赵"), ==, 1);
  hits = shequ_store_search (fixture->base.store, OTHER, NULL, 50, DAY, NULL, NULL);
  g_assert_cmpuint (hits->len, ==, 0);
  groups = shequ_store_summarise (fixture->base.store, &summary, NULL, NULL);
  g_assert_cmpuint (groups->len, ==, 1);
  g_assert_cmpstr (((ShequSummaryRow *) groups->pdata[0])->group, ==, "赵这边");
  entries = shequ_store_read_log (fixture->base.store, reg, theirs, NULL, 0, NULL, NULL);
  g_assert_cmpuint (entries->len, ==, 0);
  versions = shequ_store_list_versions (fixture->base.store, reg, theirs, SHEQU_FETCH_PLAIN, NULL, NULL);
  g_assert_cmpuint (versions->len, ==, 0);
  shequ_value_set_text (&value, OTHER);
  g_assert_cmpint (shequ_store_find_key (fixture->base.store, reg, &name, &value, 1, NULL, NULL), ==, 0);
  g_assert_true (
    shequ_store_read_values (fixture->base.store, query, paths, add_to_values, values, NULL, NULL));
  g_assert_cmpuint (values->len, ==, 1);
}

/* Nor does a change. */
static void
check_changes (AccessFixture *fixture, const ShequRegister *reg, gint64 theirs)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequTransaction) transaction = shequ_store_begin (fixture->base.store, &clerk, NULL, NULL);
  g_autoptr (ShequRow) row = shequ_transaction_get (transaction, reg, theirs, &error);
  g_autoptr (ShequRow) new_row = access_fixture_new_row (fixture, reg, THERE, "塞过去");

  g_assert_null (row);
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (shequ_transaction_insert (transaction, new_row, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_PERMISSION);
  g_clear_error (&error);
  new_row->key = theirs;
  new_row->version = 1;
  if (!shequ_store_allows (fixture->base.store, SHEQU_RIGHT_CHANGE, reg, NULL))
    return;
  g_assert_false (shequ_transaction_update (transaction, new_row, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND);
}

/* A record may not be pushed over, either. */
static void
check_pushing (AccessFixture *fixture, const ShequRegister *reg, gint64 ours)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequRow) row =
    shequ_store_get (fixture->base.store, reg, ours, SHEQU_FETCH_PLAIN, NULL, NULL, NULL);
  g_autoptr (ShequTransaction) transaction = shequ_store_begin (fixture->base.store, &clerk, NULL, NULL);

  if (!shequ_store_allows (fixture->base.store, SHEQU_RIGHT_CHANGE, reg, NULL))
    return;
  shequ_row_set_integer (row, "unit", fixture->communities[THERE]);
  g_assert_false (shequ_transaction_update (transaction, row, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_PERMISSION);
}

static void
rename_both (AccessFixture *fixture)
{
  const ShequRegister *reg = fixture->regs[SHEQU_REGISTER_PEOPLE];
  static const char *const called[] = { "赵这边", OTHER };

  for (guint place = 0; place < N_PLACES; place++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ShequRow) row = shequ_store_get (
        fixture->base.store, reg, fixture->keys[reg->subject][place], SHEQU_FETCH_PLAIN, NULL, NULL, NULL);
      g_autoptr (ShequTransaction) transaction = shequ_store_begin (fixture->base.store, &clerk, NULL, NULL);

      for (guint i = 0; i < 2; i++)
        {
          shequ_row_set_text (row, "name", i == 0 ? "曾用名" : called[place]);
          shequ_row_set_effective (row, i == 0 ? "2026-11-22" : "2026-11-23");
          shequ_transaction_update (transaction, row, &error);
          g_assert_no_error (error);
        }
      shequ_transaction_commit (transaction, &error);
      g_assert_no_error (error);
    }
}

static void
test_units (AccessFixture *fixture, gconstpointer data)
{
  rename_both (fixture);
  access_fixture_sign_in (fixture, SHEQU_ROLE_DIRECTOR);
  for (guint subject = 0; subject < SHEQU_REGISTER_ACCOUNTS; subject++)
    {
      check_looks (fixture, fixture->regs[subject], fixture->keys[subject][THERE]);
      check_changes (fixture, fixture->regs[subject], fixture->keys[subject][THERE]);
      check_pushing (fixture, fixture->regs[subject], fixture->keys[subject][HERE]);
    }
}

static void
test_as_of (AccessFixture *fixture, gconstpointer data)
{
  const ShequRegister *reg = fixture->regs[SHEQU_REGISTER_PEOPLE];
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequQuery) query = shequ_query_new (reg, "2026-11-23");
  g_autoptr (GArray) keys = NULL;
  g_autoptr (GPtrArray) versions = NULL;

  rename_both (fixture);
  access_fixture_sign_in (fixture, SHEQU_ROLE_CLERK);
  shequ_query_set_as_of (query, "2026-11-22");
  keys = shequ_store_list_keys (fixture->base.store, query, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < keys->len; i++)
    g_assert_cmpint (g_array_index (keys, gint64, i), !=, fixture->keys[SHEQU_REGISTER_PEOPLE][THERE]);
  g_assert_cmpint (shequ_store_count (fixture->base.store, query, NULL, NULL), ==, keys->len);
  versions = shequ_store_list_versions (fixture->base.store, reg, fixture->keys[SHEQU_REGISTER_PEOPLE][HERE],
                                        SHEQU_FETCH_PLAIN, NULL, NULL);
  g_assert_cmpuint (versions->len, >, 0);
}

/* Who keeps the log of a community reads that of a community. */
static void
test_log (AccessFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  gboolean ours = FALSE;

  access_fixture_sign_in (fixture, SHEQU_ROLE_AUDITOR);
  entries = shequ_store_read_log (fixture->base.store, NULL, 0, NULL, 0, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < entries->len; i++)
    {
      const ShequLogEntry *entry = entries->pdata[i];

      g_assert_true (entry->changes == NULL || strstr (entry->changes, OTHER) == NULL);
      g_assert_true (entry->changes == NULL || strstr (entry->changes, "肾病") == NULL);
      g_assert_true (entry->changes == NULL || strstr (entry->changes, "13904361111") == NULL);
      g_assert_true (entry->changes == NULL || strstr (entry->changes, "1234") == NULL);
      ours |= g_strcmp0 (entry->reg, "resident") == 0;
    }
  g_assert_true (ours);
}

/* A link to a record beside has no name, and nobody finds anything by it. */
static void
test_links (AccessFixture *fixture, gconstpointer data)
{
  const ShequRegister *reg = fixture->regs[SHEQU_REGISTER_MATTERS];
  const ShequField *link = shequ_register_lookup (reg, "resident");
  ShequRow *row = access_fixture_new_row (fixture, reg, HERE, "跨社区的事");
  g_autoptr (ShequRow) seen = NULL;
  gint64 key;

  shequ_row_set_integer (row, "resident", fixture->keys[SHEQU_REGISTER_PEOPLE][THERE]);
  key = access_fixture_add (fixture, row);
  g_assert_cmpint (count_of (fixture, reg, NULL, "钱那边"), ==, 2);
  access_fixture_sign_in (fixture, SHEQU_ROLE_CLERK);
  seen = shequ_store_get (fixture->base.store, reg, key, SHEQU_FETCH_TITLES, NULL, NULL, NULL);
  g_assert_nonnull (seen);
  g_assert_null (seen->link_titles[link->index]);
  g_assert_cmpint (count_of (fixture, reg, NULL, "钱那边"), ==, 0);
  g_assert_cmpint (count_of (fixture, reg, "resident.name = " OTHER, NULL), ==, 0);
  g_assert_cmpint (count_of (fixture, reg, "resident = " OTHER, NULL), ==, 0);
}

static void
test_finder (AccessFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequQuery) query = shequ_query_new (fixture->regs[SHEQU_REGISTER_WORK], DAY);
  g_autoptr (ShequFinder) finder = NULL;
  g_autoptr (GArray) found = NULL;
  gboolean complete;

  access_fixture_sign_in (fixture, SHEQU_ROLE_CLERK);
  finder = shequ_finder_new (fixture->base.store, query, NULL, 0, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (shequ_finder_get_keys (finder)->len, ==, 1);
  found = shequ_finder_search (finder, "钱", 0, &complete, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 0);
}

/* Who works in the street sees both communities. */
static void
test_above (AccessFixture *fixture, gconstpointer data)
{
  access_fixture_sign_in_at (fixture, SHEQU_ROLE_DIRECTOR, fixture->street);
  g_assert_cmpint (count_of (fixture, fixture->regs[SHEQU_REGISTER_PEOPLE], NULL, NULL), ==, 2);
  access_fixture_sign_in_at (fixture, SHEQU_ROLE_DIRECTOR, 0);
  g_assert_cmpint (count_of (fixture, fixture->regs[SHEQU_REGISTER_PEOPLE], NULL, NULL), ==, 0);
}

static void
add_resident (AccessFixture *fixture, const char *name, gint64 grid)
{
  ShequRow *row = access_fixture_new_row (fixture, fixture->regs[SHEQU_REGISTER_PEOPLE], HERE, name);

  shequ_row_set_null (row, "grid");
  if (grid != 0)
    shequ_row_set_integer (row, "grid", grid);
  access_fixture_add (fixture, row);
}

static void
test_grid (AccessFixture *fixture, gconstpointer data)
{
  const ShequRegister *residents = fixture->regs[SHEQU_REGISTER_PEOPLE];
  const ShequRegister *matters = fixture->regs[SHEQU_REGISTER_MATTERS];
  ShequRow *homeless = access_fixture_new_row (fixture, matters, HERE, "无人的事");
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequTransaction) transaction = NULL;
  g_autoptr (ShequRow) row = access_fixture_new_row (fixture, residents, HERE, "别的网格的");

  add_resident (fixture, "孙二格", fixture->grids[N_PLACES]);
  add_resident (fixture, "李无格", 0);
  shequ_row_set_null (homeless, "resident");
  access_fixture_add (fixture, homeless);
  g_assert_cmpint (count_of (fixture, residents, NULL, NULL), ==, 4);
  access_fixture_sign_in (fixture, SHEQU_ROLE_GRID_MEMBER);
  g_assert_cmpint (count_of (fixture, residents, NULL, NULL), ==, 1);
  g_assert_cmpint (count_of (fixture, residents, NULL, "孙二格"), ==, 0);
  /* The one about the resident of the grid, and the one about nobody. */
  g_assert_cmpint (count_of (fixture, matters, NULL, NULL), ==, 2);
  shequ_row_set_integer (row, "grid", fixture->grids[N_PLACES]);
  transaction = shequ_store_begin (fixture->base.store, &clerk, NULL, NULL);
  g_assert_false (shequ_transaction_insert (transaction, row, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_PERMISSION);
}

static void
test_department (AccessFixture *fixture, gconstpointer data)
{
  const ShequRegister *matters = fixture->regs[SHEQU_REGISTER_MATTERS];

  access_fixture_sign_in (fixture, SHEQU_ROLE_DEPARTMENT);
  g_assert_cmpint (count_of (fixture, matters, NULL, NULL), ==, 1);
  g_assert_cmpint (count_of (fixture, matters, NULL, "钱"), ==, 0);
}

static ShequRow *
get_person (AccessFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  ShequRow *row =
    shequ_store_get (fixture->base.store, fixture->regs[SHEQU_REGISTER_PEOPLE],
                     fixture->keys[SHEQU_REGISTER_PEOPLE][HERE], SHEQU_FETCH_PLAIN, NULL, NULL, &error);

  g_assert_no_error (error);
  return row;
}

/* What is above a clerk is masked, and stays what it was when the record is saved. */
static void
test_masks (AccessFixture *fixture, gconstpointer data)
{
  const ShequRegister *reg = fixture->regs[SHEQU_REGISTER_PEOPLE];
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequTransaction) transaction = NULL;
  g_autoptr (ShequRow) row = NULL;
  g_autoptr (ShequRow) stored = NULL;
  g_autoptr (GPtrArray) hits = NULL;
  g_autoptr (GPtrArray) issues = shequ_issues_new ();
  g_autofree char *shown = NULL;

  access_fixture_sign_in (fixture, SHEQU_ROLE_CLERK);
  row = get_person (fixture);
  g_assert_cmpstr (shequ_row_get_text (row, "phone"), ==, "13904361111");
  g_assert_cmpstr (shequ_row_get_text (row, "illness"), ==, "慢**病");
  g_assert_null (strstr (
    shequ_row_get_text (row, "sealed_note") != NULL ? shequ_row_get_text (row, "sealed_note") : "", "外传"));
  g_assert_cmpint (shequ_row_get_integer (row, "pension"), ==, 0);
  shown = shequ_row_format (row, shequ_register_lookup (reg, "pension"), SHEQU_FORMAT_PLAIN);
  g_assert_cmpstr (shown, ==, SHEQU_FIELD_COVERED);
  g_assert_true (shequ_row_validate (row, DAY, issues));
  hits = shequ_store_search (fixture->base.store, "赵这边", reg, 5, DAY, NULL, NULL);
  g_assert_cmpuint (hits->len, ==, 1);
  g_assert_null (strstr (((ShequHit *) hits->pdata[0])->detail, "慢性肾病"));
  transaction = shequ_store_begin (fixture->base.store, &clerk, NULL, NULL);
  shequ_row_set_text (row, "name", "赵改名");
  shequ_transaction_update (transaction, row, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (shequ_row_get_text (row, "illness"), ==, "慢**病");
  shequ_row_set_text (row, "illness", "已经痊愈");
  shequ_transaction_update (transaction, row, &error);
  g_assert_no_error (error);
  shequ_transaction_commit (transaction, &error);
  g_assert_no_error (error);
  access_fixture_sign_out (fixture);
  stored = get_person (fixture);
  g_assert_cmpstr (shequ_row_get_text (stored, "name"), ==, "赵改名");
  g_assert_cmpstr (shequ_row_get_text (stored, "illness"), ==, "已经痊愈");
  g_assert_cmpstr (shequ_row_get_text (stored, "sealed_note"), ==, "不可外传的经过");
  g_assert_cmpint (shequ_row_get_integer (stored, "pension"), ==, 1234);
}

static ShequRow *
unmask (AccessFixture *fixture, guint place, const char *purpose, GError **error)
{
  const ShequRegister *reg = fixture->regs[SHEQU_REGISTER_PEOPLE];
  ShequActor actor = clerk;
  g_autoptr (ShequTransaction) transaction = NULL;
  ShequRow *row;

  actor.reason = purpose;
  transaction = shequ_store_begin (fixture->base.store, &actor, NULL, NULL);
  row = shequ_transaction_unmask (transaction, reg, fixture->keys[reg->subject][place], NULL, error);
  g_assert_true (row == NULL || shequ_transaction_commit (transaction, NULL));
  return row;
}

/* Opened for a purpose, one record, as far as the role may, and it stands in the log. */
static void
test_unmask (AccessFixture *fixture, gconstpointer data)
{
  const ShequRegister *reg = fixture->regs[SHEQU_REGISTER_PEOPLE];
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequRow) row = NULL;
  g_autoptr (GPtrArray) entries = NULL;

  access_fixture_sign_in (fixture, SHEQU_ROLE_CLERK);
  g_assert_null (unmask (fixture, HERE, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE);
  g_clear_error (&error);
  row = unmask (fixture, HERE, "核对低保", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (shequ_row_get_text (row, "illness"), ==, "慢性肾病");
  g_assert_cmpint (shequ_row_get_integer (row, "pension"), ==, 1234);
  g_assert_cmpstr (shequ_row_get_text (row, "sealed_note"), ==, NULL);
  g_assert_null (unmask (fixture, THERE, "核对低保", &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND);
  entries = shequ_store_read_log (fixture->base.store, reg, row->key, NULL, 1, NULL, NULL);
  g_assert_cmpint (((ShequLogEntry *) entries->pdata[0])->action, ==, SHEQU_ACTION_UNMASK);
  g_assert_cmpstr (((ShequLogEntry *) entries->pdata[0])->reason, ==, "核对低保");
}

/* What may not be seen for any purpose is not found, told of, sorted or counted by. */
static void
test_search (AccessFixture *fixture, gconstpointer data)
{
  static const struct
  {
    ShequRole role;
    const char *typed;
    const char *where;
    gint64 found;
  } looks[] = {
    { SHEQU_ROLE_DIRECTOR, "慢性肾病", "illness = 慢性肾病", 1 },
    { SHEQU_ROLE_CLERK, "慢性肾病", "illness = 慢性肾病", 1 },
    { SHEQU_ROLE_GRID_MEMBER, "慢性肾病", "illness = 慢性肾病", 0 },
    { SHEQU_ROLE_DIRECTOR, "不可外传", "pension > 1000", 1 },
    { SHEQU_ROLE_GRID_MEMBER, "不可外传", "pension > 1000", 0 },
    { SHEQU_ROLE_GRID_MEMBER, "赵这边", "name = 赵这边", 1 },
    { SHEQU_ROLE_GRID_MEMBER, "1111", "phone = 13904361111", 1 },
  };
  const ShequRegister *reg = fixture->regs[SHEQU_REGISTER_PEOPLE];
  g_autoptr (ShequQuery) query = shequ_query_new (reg, DAY);
  ShequSummaryQuery summary = { .query = query, .group = shequ_register_lookup (reg, "illness") };
  g_autoptr (GPtrArray) groups = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    {
      access_fixture_sign_in (fixture, looks[i].role);
      g_test_message ("%s %s %s", shequ_role_get_name (looks[i].role), looks[i].typed, looks[i].where);
      g_assert_cmpint (count_of (fixture, reg, NULL, looks[i].typed), ==, looks[i].found);
      g_assert_cmpint (count_of (fixture, reg, looks[i].where, NULL), ==, looks[i].found);
    }
  access_fixture_sign_in (fixture, SHEQU_ROLE_CLERK);
  g_assert_cmpint (count_of (fixture, reg, NULL, "不可外传"), ==, 0);
  access_fixture_sign_in (fixture, SHEQU_ROLE_GRID_MEMBER);
  groups = shequ_store_summarise (fixture->base.store, &summary, NULL, NULL);
  g_assert_cmpuint (groups->len, ==, 1);
  g_assert_null (((ShequSummaryRow *) groups->pdata[0])->group);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (AccessFixture *fixture, gconstpointer data);
  } tests[] = {
    { "/access/units", test_units },   { "/access/as-of", test_as_of },
    { "/access/log", test_log },       { "/access/links", test_links },
    { "/access/finder", test_finder }, { "/access/above", test_above },
    { "/access/grid", test_grid },     { "/access/department", test_department },
    { "/access/masks", test_masks },   { "/access/unmask", test_unmask },
    { "/access/search", test_search },
  };

  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, AccessFixture, NULL, access_fixture_set_up, tests[i].test,
                access_fixture_tear_down);
  return g_test_run ();
}
