#include "model-fixture.h"
#include "test-server.h"
#include "shequ-locale.h"
#include "shequ-record-list-private.h"
#include "shequ-record.h"
#include "shequ-search-marks.h"

#define FIXTURE(path, function) g_test_add (path, ModelFixture, NULL, set_up, function, tear_down)

#define MANY 1234
#define LONG 5200

/* The calls of items-changed, as text. */
static GString *calls;

static void
note_items (GListModel *model, guint position, guint removed, guint added, gpointer user_data)
{
  g_string_append_printf (calls, "%u,-%u,+%u ", position, removed, added);
}

static void
set_up (ModelFixture *fixture, gconstpointer data)
{
  model_fixture_set_up (fixture, data);
  calls = g_string_new (NULL);
}

static void
tear_down (ModelFixture *fixture, gconstpointer data)
{
  g_string_free (calls, TRUE);
  model_fixture_tear_down (fixture, data);
}

/* Teams 队0001 … in one transaction. */
static void
add_teams (ModelFixture *fixture, guint count)
{
  const ShequRegister *teams = shequ_office_get_register (fixture->office, "team");
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequTransaction) transaction = shequ_office_begin (fixture->office, NULL, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 1; i <= count; i++)
    {
      g_autoptr (ShequRow) row = shequ_office_new_row (fixture->office, teams);
      g_autofree char *name = g_strdup_printf ("队%04u", i);

      shequ_row_set_text (row, "name", name);
      shequ_office_save_in (fixture->office, transaction, row, NULL, &error);
      g_assert_no_error (error);
    }
  shequ_transaction_commit (transaction, &error);
  g_assert_no_error (error);
}

static gboolean
is_loaded (gpointer list)
{
  return !shequ_record_list_get_loading (list);
}

static gboolean
is_filled (gpointer record)
{
  return shequ_record_get_row (record) != NULL;
}

static ShequRecordList *
make_list (ModelFixture *fixture)
{
  ShequRecordList *list =
    shequ_record_list_new (fixture->office, shequ_office_get_register (fixture->office, "team"));
  g_autoptr (ShequQuery) query = shequ_query_copy (shequ_record_list_get_query (list));

  shequ_query_sort_by (query, "name", FALSE, NULL);
  shequ_record_list_set_query (list, query);
  g_signal_connect (list, "items-changed", G_CALLBACK (note_items), NULL);
  return list;
}

static char *
title_at (ShequRecordList *list, guint position)
{
  g_autoptr (ShequRecord) record = g_list_model_get_item (G_LIST_MODEL (list), position);

  model_fixture_wait_until (is_filled, record);
  return shequ_record_get_title (record);
}

static void
test_two_steps (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (ShequRecordList) list = NULL;
  g_autofree char *first = NULL;
  g_autofree char *far = NULL;

  add_teams (fixture, MANY);
  list = make_list (fixture);
  g_assert_true (shequ_record_list_get_loading (list));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 0);
  model_fixture_wait_until (is_loaded, list);
  g_assert_cmpstr (calls->str, ==, "0,-0,+200 200,-0,+1034 ");
  g_assert_cmpuint (shequ_record_list_get_n_records (list), ==, MANY);
  first = title_at (list, 0);
  far = title_at (list, 1000);
  g_assert_cmpstr (first, ==, "队0001");
  g_assert_cmpstr (far, ==, "队1001");
}

static void
test_same_object (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (ShequRecordList) list = NULL;
  g_autoptr (ShequRecord) one = NULL;
  g_autoptr (ShequRecord) again = NULL;

  add_teams (fixture, 5);
  list = make_list (fixture);
  model_fixture_wait_until (is_loaded, list);
  one = g_list_model_get_item (G_LIST_MODEL (list), 3);
  again = g_list_model_get_item (G_LIST_MODEL (list), 3);
  g_assert_true (one == again);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (list), 5));
  g_assert_cmpuint (shequ_record_list_find (list, shequ_record_get_key (one)), ==, 3);
  g_assert_cmpuint (shequ_record_list_find (list, 99999), ==, SHEQU_RECORD_LIST_NOT_FOUND);
  g_assert_cmpint (shequ_record_list_get_key (list, 3), ==, shequ_record_get_key (one));
}

/* Records outlive the list, and the list keeps no more of them than it must. */
static void
test_weak (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (ShequRecordList) list = NULL;
  g_autoptr (ShequRecord) survivor = NULL;
  ShequRecord *unseen;
  GWeakRef weak;

  add_teams (fixture, 400);
  list = make_list (fixture);
  model_fixture_wait_until (is_loaded, list);
  unseen = g_list_model_get_item (G_LIST_MODEL (list), 399);
  g_weak_ref_init (&weak, unseen);
  g_object_unref (unseen);
  g_assert_null (g_weak_ref_get (&weak));
  g_weak_ref_clear (&weak);

  survivor = g_list_model_get_item (G_LIST_MODEL (list), 10);
  g_assert_nonnull (shequ_record_get_row (survivor));
  g_assert_finalize_object (g_steal_pointer (&list));
  g_assert_nonnull (shequ_record_get_row (survivor));
}

static void
assert_marks (ShequRecordList *list, const char *typed, guint start, guint end)
{
  g_autoptr (ShequRecord) record = g_list_model_get_item (G_LIST_MODEL (list), 0);
  const ShequField *field = shequ_register_lookup (shequ_record_get_register (record), "name");
  g_autofree char *text = shequ_record_format (record, field, SHEQU_FORMAT_PLAIN);
  g_autoptr (GArray) marks = shequ_record_find_marks (record, field, text);

  g_test_message ("“%s” in %s", typed, text);
  g_assert_nonnull (marks);
  g_assert_cmpuint (marks->len, ==, 1);
  g_assert_cmpuint (g_array_index (marks, ShequSearchMark, 0).start, ==, start);
  g_assert_cmpuint (g_array_index (marks, ShequSearchMark, 0).end, ==, end);
}

static void
test_search (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (ShequRecordList) list = NULL;
  g_autofree char *title = NULL;
  g_autofree char *search = NULL;

  add_teams (fixture, 300);
  model_fixture_add (fixture, "team", "name", "银龄巡逻队", NULL);
  list = make_list (fixture);
  model_fixture_wait_until (is_loaded, list);
  g_string_truncate (calls, 0);
  shequ_record_list_set_search (list, "y");
  shequ_record_list_set_search (list, "yl");
  shequ_record_list_set_search (list, "ylxl");
  g_assert_cmpuint (shequ_record_list_get_n_records (list), ==, 301);
  model_fixture_wait_until (is_loaded, list);
  g_assert_cmpuint (shequ_record_list_get_n_records (list), ==, 1);
  g_object_get (list, "search", &search, NULL);
  g_assert_cmpstr (search, ==, "ylxl");
  title = title_at (list, 0);
  g_assert_cmpstr (title, ==, "银龄巡逻队");
  assert_marks (list, "ylxl", 0, strlen ("银龄巡逻"));
  /* The record stays where it is and shows what is typed now. */
  shequ_record_list_set_search (list, "xunluo");
  model_fixture_wait_until (is_loaded, list);
  assert_marks (list, "xunluo", strlen ("银龄"), strlen ("银龄巡逻"));
  shequ_record_list_set_search (list, "");
  model_fixture_wait_until (is_loaded, list);
  g_assert_cmpuint (shequ_record_list_get_n_records (list), ==, 301);
}

static void
count_notify (guint *count)
{
  (*count)++;
}

static void
test_follow_changes (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (ShequRecordList) list = NULL;
  g_autoptr (ShequRecord) record = NULL;
  g_autoptr (ShequRow) row = NULL;
  g_autofree char *title = NULL;
  guint notified = 0;

  add_teams (fixture, 20);
  list = make_list (fixture);
  model_fixture_wait_until (is_loaded, list);
  g_string_truncate (calls, 0);
  record = g_list_model_get_item (G_LIST_MODEL (list), 4);
  model_fixture_wait_until (is_filled, record);
  g_signal_connect_swapped (record, "notify::row", G_CALLBACK (count_notify), &notified);

  row = shequ_row_copy (shequ_record_get_row (record));
  shequ_row_set_text (row, "name", "队0004乙");
  g_assert_true (shequ_office_save (fixture->office, row, NULL, NULL, NULL));
  while (notified == 0)
    g_main_context_iteration (NULL, TRUE);
  title = shequ_record_get_title (record);
  g_assert_cmpstr (title, ==, "队0004乙");
  model_fixture_wait_until (is_loaded, list);
  g_assert_cmpstr (calls->str, ==, "");

  model_fixture_add (fixture, "team", "name", "队0003乙", NULL);
  while (shequ_record_list_get_n_records (list) == 20)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (calls->str, ==, "3,-0,+1 ");
  g_assert_cmpuint (shequ_record_list_find (list, shequ_record_get_key (record)), ==, 5);
  g_assert_true (shequ_office_delete (fixture->office, row->reg, row->key, row->version, NULL, NULL));
  while (shequ_record_list_get_n_records (list) == 21)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (calls->str, ==, "3,-0,+1 5,-1,+0 ");
  g_signal_handlers_disconnect_by_data (record, &notified);
}

/* A long exchange is told in two steps, so that GTK does not ask for every new item. */
static void
test_long_exchange (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (ShequRecordList) list = NULL;
  g_autoptr (ShequQuery) query = NULL;
  g_autofree char *title = NULL;

  add_teams (fixture, MANY);
  list = make_list (fixture);
  model_fixture_wait_until (is_loaded, list);
  g_string_truncate (calls, 0);
  query = shequ_query_copy (shequ_record_list_get_query (list));
  g_array_set_size (query->sort, 0);
  shequ_query_sort_by (query, "name", TRUE, NULL);
  shequ_record_list_set_query (list, query);
  model_fixture_wait_until (is_loaded, list);
  g_assert_cmpstr (calls->str, ==, "0,-1234,+0 0,-0,+200 200,-0,+1034 ");
  title = title_at (list, 0);
  g_assert_cmpstr (title, ==, "队1234");
}

static void
test_random_looks (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (ShequRecordList) list = NULL;
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);

  add_teams (fixture, MANY);
  list = make_list (fixture);
  model_fixture_wait_until (is_loaded, list);
  for (guint i = 0; i < MANY; i += 97)
    {
      ShequRecord *record = g_list_model_get_item (G_LIST_MODEL (list), i);

      shequ_record_get_row (record);
      g_ptr_array_add (records, record);
    }
  for (guint i = 0; i < records->len; i++)
    model_fixture_wait_until (is_filled, records->pdata[i]);
}

/* Whether a record reads as wanted. */
typedef struct
{
  ShequRecord *record;
  const char *field;
  const char *text;
} Reading;

static gboolean
reads (gpointer data)
{
  const Reading *reading = data;
  const ShequRegister *reg = shequ_record_get_register (reading->record);
  g_autofree char *text =
    shequ_record_format (reading->record, shequ_register_lookup (reg, reading->field), SHEQU_FORMAT_PLAIN);

  return g_strcmp0 (text, reading->text) == 0;
}

static void
test_linked_change (ModelFixture *fixture, gconstpointer data)
{
  gint64 department =
    model_fixture_add (fixture, "department", "name", "区民政局", "short_name", "民政", NULL);
  g_autofree char *department_text = model_fixture_key (department);
  g_autoptr (ShequRow) row = model_fixture_get (fixture, "department", department);
  g_autoptr (ShequRecordList) list = NULL;
  g_autoptr (ShequRecord) record = NULL;
  Reading reading = { .field = "department", .text = "民社" };

  model_fixture_add (fixture, "work_item", "name", "独居老人走访", "department", department_text, NULL);
  list = shequ_record_list_new (fixture->office, shequ_office_get_register (fixture->office, "work_item"));
  model_fixture_wait_until (is_loaded, list);
  record = g_list_model_get_item (G_LIST_MODEL (list), 0);
  model_fixture_wait_until (is_filled, record);
  shequ_row_set_text (row, "short_name", "民社");
  g_assert_true (shequ_office_save (fixture->office, row, NULL, NULL, NULL));
  reading.record = record;
  g_assert_false (reads (&reading));
  model_fixture_wait_until (reads, &reading);
}

static void
test_single_record (ModelFixture *fixture, gconstpointer data)
{
  const ShequRegister *teams = shequ_office_get_register (fixture->office, "team");
  gint64 key = model_fixture_add (fixture, "team", "name", "银龄巡逻队", NULL);
  g_autoptr (ShequRow) row = model_fixture_get (fixture, "team", key);
  g_autoptr (ShequRecord) record = NULL;
  g_autofree char *before = NULL;
  Reading reading = { .field = "name", .text = "清洁队" };
  guint notified = 0;

  model_fixture_settle ();
  reading.record = record = shequ_record_new (fixture->office, teams, key);
  before = shequ_record_get_title (record);
  g_assert_cmpstr (before, ==, "");
  g_signal_connect_swapped (record, "notify::title", G_CALLBACK (count_notify), &notified);
  model_fixture_wait_until (is_filled, record);
  g_assert_cmpuint (notified, ==, 1);
  shequ_row_set_text (row, "name", "清洁队");
  g_assert_true (shequ_office_save (fixture->office, row, NULL, NULL, NULL));
  model_fixture_wait_until (reads, &reading);
  g_assert_cmpuint (notified, >=, 2);
  g_signal_handlers_disconnect_by_data (record, &notified);
}

/* A list that goes while it looks takes nothing with it. */
static void
test_gone_while_loading (ModelFixture *fixture, gconstpointer data)
{
  ShequRecordList *list;

  add_teams (fixture, MANY);
  list = make_list (fixture);
  g_assert_finalize_object (list);
  for (guint i = 0; i < 20; i++)
    {
      g_usleep (2000);
      model_fixture_settle ();
    }
}

/* Looked at as of a past day, the same list shows who was there and how they were. */
static void
test_as_of (ModelFixture *fixture, gconstpointer data)
{
  const ShequRegister *reg = shequ_office_get_register (fixture->office, "household");
  g_autoptr (ShequRecordList) list = NULL;
  g_autoptr (ShequQuery) query = NULL;
  g_autoptr (ShequRecord) record = NULL;
  g_autoptr (ShequRow) row = shequ_office_new_row (fixture->office, reg);
  g_autoptr (GError) error = NULL;
  g_autofree char *now = NULL;
  g_autofree char *then = NULL;

  shequ_row_set_text (row, "address", "明仁小区1号楼101");
  shequ_row_set_effective (row, "2020-01-01");
  g_assert_true (shequ_office_save (fixture->office, row, NULL, NULL, &error));
  shequ_row_set_text (row, "address", "明仁小区2号楼202");
  g_assert_true (shequ_office_save (fixture->office, row, NULL, NULL, &error));
  g_assert_no_error (error);
  /* Made behind the changes, so that nothing was read between them. */
  list = shequ_record_list_new (fixture->office, reg);
  shequ_record_list_refresh (list);
  model_fixture_wait_until (is_loaded, list);
  record = g_list_model_get_item (G_LIST_MODEL (list), 0);
  model_fixture_wait_until (is_filled, record);
  now = shequ_record_format (record, shequ_register_lookup (reg, "address"), SHEQU_FORMAT_PLAIN);
  g_assert_cmpstr (now, ==, "明仁小区2号楼202");
  g_clear_object (&record);

  query = shequ_query_copy (shequ_record_list_get_query (list));
  shequ_query_set_as_of (query, "2020-06-30");
  shequ_record_list_set_query (list, query);
  model_fixture_wait_until (is_loaded, list);
  record = g_list_model_get_item (G_LIST_MODEL (list), 0);
  model_fixture_wait_until (is_filled, record);
  then = shequ_record_format (record, shequ_register_lookup (reg, "address"), SHEQU_FORMAT_PLAIN);
  g_assert_cmpstr (then, ==, "明仁小区1号楼101");

  shequ_query_set_as_of (query, "2019-12-31");
  shequ_record_list_set_query (list, query);
  model_fixture_wait_until (is_loaded, list);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 0);
}

static gboolean
has_two (gpointer list)
{
  return shequ_record_list_get_n_records (list) == 2;
}

static gboolean
is_searched_in_memory (gpointer list)
{
  return ((ShequRecordList *) list)->finder != NULL;
}

/* Short terms are made ready meanwhile, which is reading, too: what was read once none of that goes on. */
static guint64
count_read_in_the_end (ShequFinder *finder)
{
  guint64 n_read = shequ_finder_count_read (finder);
  guint64 before;

  do
    {
      before = n_read;
      g_usleep (200 * 1000);
      n_read = shequ_finder_count_read (finder);
    }
  while (n_read != before);
  return n_read;
}

/* A long list is searched in memory once it was shown; what is saved later is found there, too. */
static void
test_long (ModelFixture *fixture, gconstpointer data)
{
  const ShequRegister *teams = shequ_office_get_register (fixture->office, "team");
  g_autoptr (ShequRow) row = shequ_office_new_row (fixture->office, teams);
  g_autoptr (ShequRow) later = shequ_office_new_row (fixture->office, teams);
  g_autoptr (ShequRecordList) list = NULL;
  g_autoptr (ShequQuery) query = shequ_office_new_query (fixture->office, teams);
  g_autoptr (GError) error = NULL;
  guint64 n_read;

  add_teams (fixture, LONG - 1);
  shequ_row_set_text (row, "name", "和平路巡逻队");
  shequ_office_save (fixture->office, row, NULL, NULL, &error);
  g_assert_no_error (error);
  shequ_query_sort_by (query, "name", TRUE, &error);
  list = shequ_record_list_new (fixture->office, teams);
  shequ_record_list_set_query (list, query);
  model_fixture_wait_until (is_searched_in_memory, list);
  g_assert_cmpuint (shequ_record_list_get_n_records (list), ==, LONG);
  g_signal_connect (list, "items-changed", G_CALLBACK (note_items), NULL);
  shequ_record_list_set_search (list, "队");
  model_fixture_wait_until (is_loaded, list);
  g_assert_cmpuint (shequ_record_list_get_n_records (list), ==, LONG);
  shequ_record_list_set_search (list, "和平");
  model_fixture_wait_until (is_loaded, list);
  g_assert_cmpuint (shequ_record_list_get_n_records (list), ==, 1);
  /* In one step: all that is found was known with the first of it. */
  g_assert_cmpstr (calls->str, ==, "1,-5199,+0 ");
  n_read = count_read_in_the_end (list->finder);

  shequ_row_set_text (later, "name", "和平里合唱团");
  shequ_office_save (fixture->office, later, NULL, NULL, &error);
  g_assert_no_error (error);
  model_fixture_wait_until (has_two, list);
  g_assert_cmpint (shequ_record_list_get_key (list, 0), ==, row->key);
  g_assert_cmpint (shequ_record_list_get_key (list, 1), ==, later->key);
  /* Nothing was made anew: a few records were read, and so it is for the next key. */
  model_fixture_wait_until (is_loaded, list);
  shequ_record_list_set_search (list, "和平里");
  model_fixture_wait_until (is_loaded, list);
  g_assert_cmpuint (shequ_record_list_get_n_records (list), ==, 1);
  g_assert_true (is_searched_in_memory (list));
  /* From a server short terms are still being made ready meanwhile, which counts as reading. */
  if (!test_server_is_wanted ())
    g_assert_cmpuint (shequ_finder_count_read (list->finder) - n_read, <, 300);
  shequ_record_list_set_search (list, NULL);
  model_fixture_wait_until (is_loaded, list);
  g_assert_cmpuint (shequ_record_list_get_n_records (list), ==, LONG + 1);
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  FIXTURE ("/record-list/two-steps", test_two_steps);
  FIXTURE ("/record-list/same-object", test_same_object);
  FIXTURE ("/record-list/weak", test_weak);
  FIXTURE ("/record-list/search", test_search);
  FIXTURE ("/record-list/follow-changes", test_follow_changes);
  FIXTURE ("/record-list/long-exchange", test_long_exchange);
  FIXTURE ("/record-list/random-looks", test_random_looks);
  FIXTURE ("/record-list/linked-change", test_linked_change);
  FIXTURE ("/record-list/single-record", test_single_record);
  FIXTURE ("/record-list/gone-while-loading", test_gone_while_loading);

  FIXTURE ("/record-list/as-of", test_as_of);

  FIXTURE ("/record-list/long", test_long);
  return g_test_run ();
}
