/* Many records changed at once: counted, refused where it may not be, logged, taken back; fast enough. */
#include "model-fixture.h"
#include "shequ-bulk.h"
#include "shequ-error.h"
#include "shequ-locale.h"

#define FIXTURE(path, function)                                                                              \
  g_test_add (path, ModelFixture, NULL, model_fixture_set_up, function, model_fixture_tear_down)

static GArray *
add_residents (ModelFixture *fixture, guint count)
{
  const ShequRegister *reg = shequ_office_get_register (fixture->office, "resident");
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequTransaction) transaction = shequ_office_begin (fixture->office, NULL, NULL, &error);
  GArray *keys = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < count; i++)
    {
      g_autoptr (ShequRow) row = shequ_office_new_row (fixture->office, reg);

      shequ_row_set_text (row, "name", "王小明");
      shequ_office_save_in (fixture->office, transaction, row, NULL, &error);
      g_assert_no_error (error);
      g_array_append_val (keys, row->key);
    }
  g_assert_true (shequ_transaction_commit (transaction, &error));
  return keys;
}

static ShequBulk *
new_tagging (ModelFixture *fixture, ShequBulkKind kind, GArray *keys, const char *code)
{
  const ShequRegister *residents = shequ_office_get_register (fixture->office, "resident");
  const ShequRegister *tags = shequ_office_get_register (fixture->office, "resident_tag");
  const ShequRegister *kinds = shequ_office_get_register (fixture->office, "tag");
  ShequBulk *bulk = shequ_bulk_new (kind, residents, keys);
  g_autoptr (ShequQuery) query = shequ_office_new_query (fixture->office, kinds);
  g_autoptr (GArray) found = NULL;

  shequ_query_take_where (query, shequ_condition_new_compare (SHEQU_CONDITION_EQUAL, "code", code));
  found = shequ_store_list_keys (shequ_office_get_store (fixture->office), query, NULL, NULL);
  g_assert_cmpuint (found->len, ==, 1);
  bulk->field = shequ_register_lookup (tags, "tag");
  bulk->through = shequ_register_lookup (tags, "resident");
  shequ_value_set_integer (&bulk->value, g_array_index (found, gint64, 0));
  return bulk;
}

static gint64
count (ModelFixture *fixture, const char *reg, const char *where)
{
  g_autoptr (ShequQuery) query =
    shequ_office_new_query (fixture->office, shequ_office_get_register (fixture->office, reg));
  g_autoptr (GError) error = NULL;

  shequ_query_add_where (query, where, &error);
  g_assert_no_error (error);
  return shequ_store_count (shequ_office_get_store (fixture->office), query, NULL, &error);
}

static ShequBulkResult *
run (ModelFixture *fixture, const ShequBulk *bulk)
{
  g_autoptr (GError) error = NULL;
  ShequBulkResult *result = shequ_bulk_run (fixture->office, bulk, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return result;
}

/* Who has the tag already does not get it twice; ending and both undos. */
static void
test_tags (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) keys = add_residents (fixture, 5);
  g_autoptr (GArray) two = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (ShequBulk) first = NULL;
  g_autoptr (ShequBulk) all = new_tagging (fixture, SHEQU_BULK_ADD, keys, "elder_alone");
  g_autoptr (ShequBulk) end = new_tagging (fixture, SHEQU_BULK_END, keys, "elder_alone");
  g_autoptr (ShequBulkResult) added_two = NULL;
  g_autoptr (ShequBulkResult) added = NULL;
  g_autoptr (ShequBulkResult) ended = NULL;
  g_autoptr (GError) error = NULL;

  g_array_append_vals (two, keys->data, 2);
  first = new_tagging (fixture, SHEQU_BULK_ADD, two, "elder_alone");
  added_two = run (fixture, first);
  g_assert_cmpuint (added_two->changed, ==, 2);
  added = run (fixture, all);
  g_assert_cmpuint (added->changed, ==, 3);
  g_assert_cmpuint (added->unchanged, ==, 2);
  g_assert_cmpint (count (fixture, "resident", "has resident_tag(active)"), ==, 5);
  /* The group is reviewed every three months. */
  g_assert_cmpint (count (fixture, "resident_tag", "review_on=2027-02-22"), ==, 5);

  model_fixture_set_day (fixture, "2026-12-01");
  ended = run (fixture, end);
  g_assert_cmpuint (ended->changed, ==, 5);
  g_assert_cmpint (count (fixture, "resident_tag", "ended_on=2026-12-01"), ==, 5);
  g_assert_true (shequ_bulk_undo (fixture->office, ended, NULL, &error));
  g_assert_cmpint (count (fixture, "resident_tag", "ended_on is set"), ==, 0);
  g_assert_true (shequ_bulk_undo (fixture->office, added, NULL, &error));
  g_assert_cmpint (count (fixture, "resident_tag", "active"), ==, 2);
}

/* Households lead to their buildings: each is put into the grid once, from today on; who has no home is told.
 */
static void
test_path (ModelFixture *fixture, gconstpointer data)
{
  const ShequRegister *households = shequ_office_get_register (fixture->office, "household");
  const ShequRegister *buildings = shequ_office_get_register (fixture->office, "building");
  gint64 grid = model_fixture_add (fixture, "grid", "name", "第一网格", NULL);
  gint64 building = model_fixture_add (fixture, "building", "name", "3号楼", NULL);
  g_autofree char *in_building = model_fixture_key (building);
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (ShequBulk) bulk = NULL;
  g_autoptr (ShequBulkResult) result = NULL;
  g_autoptr (ShequBulkResult) again = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *room = g_strdup_printf ("10%u", i);
      g_autofree char *dwelling = model_fixture_key (
        model_fixture_add (fixture, "dwelling", "building", in_building, "room", room, NULL));
      gint64 key =
        model_fixture_add (fixture, "household", "address", room, i < 2 ? "dwelling" : NULL, dwelling, NULL);

      g_array_append_val (keys, key);
    }
  bulk = shequ_bulk_new (SHEQU_BULK_SET, households, keys);
  bulk->field = shequ_register_lookup (buildings, "grid");
  bulk->path = g_strdup ("dwelling.building");
  shequ_value_set_integer (&bulk->value, grid);
  result = run (fixture, bulk);
  g_assert_true (result->reg == buildings);
  g_assert_cmpuint (result->changed, ==, 1);
  g_assert_cmpuint (result->unchanged, ==, 0);
  g_assert_cmpuint (result->refused, ==, 1);
  g_assert_nonnull (strstr (result->reason, "102"));
  g_assert_cmpint (count (fixture, "household", "dwelling.building.grid is set"), ==, 2);
  again = run (fixture, bulk);
  g_assert_cmpuint (again->changed, ==, 0);
  g_assert_cmpuint (again->unchanged, ==, 1);
  g_assert_true (shequ_bulk_undo (fixture->office, result, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count (fixture, "building", "grid is set"), ==, 0);
}

/* What may not be is left as it was; the others change. Everything is in the log. */
static void
test_set (ModelFixture *fixture, gconstpointer data)
{
  const ShequRegister *reg = shequ_office_get_register (fixture->office, "resident");
  g_autoptr (GArray) keys = add_residents (fixture, 3);
  g_autoptr (ShequBulk) bulk = shequ_bulk_new (SHEQU_BULK_SET, reg, keys);
  g_autoptr (ShequBulkResult) result = NULL;
  g_autoptr (ShequBulkResult) refused = NULL;
  g_autoptr (GPtrArray) log = NULL;
  g_autoptr (GError) error = NULL;

  bulk->field = shequ_register_lookup (reg, "political");
  shequ_value_set_text (&bulk->value, "01");
  result = run (fixture, bulk);
  g_assert_cmpuint (result->changed, ==, 3);
  log = shequ_store_read_log (shequ_office_get_store (fixture->office), reg, g_array_index (keys, gint64, 2),
                              NULL, 10, NULL, &error);
  g_assert_cmpuint (log->len, ==, 2);
  g_assert_true (shequ_bulk_undo (fixture->office, result, NULL, &error));
  g_assert_cmpint (count (fixture, "resident", "political is set"), ==, 0);

  bulk->field = shequ_register_lookup (reg, "birth_date");
  shequ_value_set_text (&bulk->value, "2099-01-01");
  refused = run (fixture, bulk);
  g_assert_cmpuint (refused->changed, ==, 0);
  g_assert_cmpuint (refused->refused, ==, 3);
  g_assert_nonnull (refused->reason);
}

static void
stop_half_way (guint done, guint total, gpointer user_data)
{
  if (done >= total / 2)
    g_cancellable_cancel (user_data);
}

/* 5,000 in seconds; stopped half way nothing is stored. */
static void
test_many (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) keys = add_residents (fixture, 5000);
  g_autoptr (ShequBulk) bulk = new_tagging (fixture, SHEQU_BULK_ADD, keys, "dog_keeper");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (ShequBulkResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 start;

  g_assert_null (shequ_bulk_run (fixture->office, bulk, stop_half_way, cancellable, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (count (fixture, "resident_tag", "active"), ==, 0);
  start = g_get_monotonic_time ();
  result = run (fixture, bulk);
  g_test_message ("%.2f s", (double) (g_get_monotonic_time () - start) / G_TIME_SPAN_SECOND);
  g_assert_cmpuint (result->changed, ==, 5000);
  g_assert_cmpint (count (fixture, "resident", "has resident_tag(tag.code=dog_keeper and active)"), ==, 5000);
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  FIXTURE ("/bulk/tags", test_tags);
  FIXTURE ("/bulk/path", test_path);
  FIXTURE ("/bulk/set", test_set);
  FIXTURE ("/bulk/many", test_many);
  return g_test_run ();
}
