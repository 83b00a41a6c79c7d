/* What becomes of changes when the database does not answer, and of lists when others change something. */
#include "../store/faulty-engine.h"
#include "model-fixture.h"
#include "test-server.h"
#include "shequ-certificates.h"
#include "shequ-error.h"
#include "shequ-locale.h"
#include "shequ-record.h"

#define SOON G_TIME_SPAN_SECOND

static void
set_up (ModelFixture *fixture, gconstpointer data)
{
  model_fixture_set_up (fixture, data);
  faulty_engine_attach (shequ_office_get_store (fixture->office));
}

static ShequRow *
new_team (ModelFixture *fixture, const char *name)
{
  ShequRow *row = shequ_office_new_row (fixture->office, shequ_office_get_register (fixture->office, "team"));

  shequ_row_set_text (row, "name", name);
  return row;
}

static gint64
count (ModelFixture *fixture, const char *reg)
{
  g_autoptr (ShequQuery) query =
    shequ_office_new_query (fixture->office, shequ_office_get_register (fixture->office, reg));
  g_autoptr (GError) error = NULL;
  gint64 n = shequ_store_count (shequ_office_get_store (fixture->office), query, NULL, &error);

  g_assert_no_error (error);
  return n;
}

static guint
count_entries (ModelFixture *fixture, const char *reg)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries =
    shequ_store_read_log (shequ_office_get_store (fixture->office),
                          shequ_office_get_register (fixture->office, reg), 0, NULL, 0, NULL, &error);

  g_assert_no_error (error);
  return entries->len;
}

static ShequConnectionState
get_state (ModelFixture *fixture)
{
  ShequConnectionState state;

  shequ_office_get_connection (fixture->office, &state);
  return state;
}

static gboolean
is_waiting (gpointer data)
{
  return get_state (data).n_waiting > 0;
}

static gboolean
is_back (gpointer data)
{
  return !get_state (data).lost;
}

/* Wherever the connection breaks, a new record is stored once, with one entry in the log. */
static void
test_save (ModelFixture *fixture, gconstpointer data)
{
  static const Fault faults[] = { FAULT_IN_BEGIN, FAULT_BEFORE_COMMIT, FAULT_AFTER_COMMIT };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *name = g_strdup_printf ("第%u队", i);
      g_autoptr (ShequRow) row = new_team (fixture, name);
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (ShequRow) saved = NULL;
      g_autoptr (ShequRow) stored = NULL;

      faulty_engine_set (faults[i]);
      shequ_office_save_async (fixture->office, row, NULL, model_fixture_take_result, &result);
      saved = shequ_office_save_finish (fixture->office, model_fixture_wait (&result), NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (saved->version, ==, 1);
      stored = model_fixture_get (fixture, "team", saved->key);
      g_assert_cmpstr (shequ_row_get_text (stored, "name"), ==, name);
      g_assert_cmpmem (stored->uuid, SHEQU_UUID_SIZE, saved->uuid, SHEQU_UUID_SIZE);
      g_assert_cmpint (count (fixture, "team"), ==, i + 1);
      g_assert_cmpuint (count_entries (fixture, "team"), ==, i + 1);
      /* And may be changed at once. */
      shequ_row_set_text (saved, "name", name);
      g_assert_true (shequ_office_save (fixture->office, saved, NULL, NULL, &error));
    }
}

/* A change of a stored record: the version is the one after it. */
static void
test_change (ModelFixture *fixture, gconstpointer data)
{
  gint64 key = model_fixture_add (fixture, "team", "name", "老队", NULL);
  g_autoptr (ShequRow) row = model_fixture_get (fixture, "team", key);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequRow) saved = NULL;

  shequ_row_set_text (row, "name", "新队");
  faulty_engine_set (FAULT_AFTER_COMMIT);
  shequ_office_save_async (fixture->office, row, NULL, model_fixture_take_result, &result);
  saved = shequ_office_save_finish (fixture->office, model_fixture_wait (&result), NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (saved->version, ==, row->version + 1);
  g_assert_cmpuint (count_entries (fixture, "team"), ==, 2);
}

static void
test_delete (ModelFixture *fixture, gconstpointer data)
{
  gint64 key = model_fixture_add (fixture, "team", "name", "老队", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  faulty_engine_set (FAULT_AFTER_COMMIT);
  shequ_office_delete_async (fixture->office, shequ_office_get_register (fixture->office, "team"), key, 1,
                             NULL, model_fixture_take_result, &result);
  g_assert_true (shequ_office_delete_finish (fixture->office, model_fixture_wait (&result), &error));
  g_assert_no_error (error);
  g_assert_cmpint (count (fixture, "team"), ==, 0);
}

/* While nothing answers, a save waits, and is done once when it does. */
static void
test_away (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (ShequRow) row = new_team (fixture, "第一队");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequRow) saved = NULL;

  faulty_engine_set (FAULT_AWAY);
  shequ_office_save_async (fixture->office, row, NULL, model_fixture_take_result, &result);
  model_fixture_wait_until (is_waiting, fixture);
  g_assert_true (get_state (fixture).lost);
  g_assert_null (result);

  faulty_engine_set (FAULT_NONE);
  saved = shequ_office_save_finish (fixture->office, model_fixture_wait (&result), NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (saved->key, >, 0);
  g_assert_cmpint (count (fixture, "team"), ==, 1);
  g_assert_cmpuint (count_entries (fixture, "team"), ==, 1);
  g_assert_false (get_state (fixture).lost);
  g_assert_cmpuint (get_state (fixture).n_waiting, ==, 0);
  g_assert_cmpuint (get_state (fixture).n_saved, ==, 1);
}

/* Who will not wait takes what was typed back, and nothing is stored. */
static void
test_cancelled (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (ShequRow) row = new_team (fixture, "第一队");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  faulty_engine_set (FAULT_AWAY);
  shequ_office_save_async (fixture->office, row, cancellable, model_fixture_take_result, &result);
  model_fixture_wait_until (is_waiting, fixture);
  g_cancellable_cancel (cancellable);
  g_assert_null (shequ_office_save_finish (fixture->office, model_fixture_wait (&result), NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREACHABLE);
  faulty_engine_set (FAULT_NONE);
  model_fixture_wait_until (is_back, fixture);
  g_assert_cmpint (count (fixture, "team"), ==, 0);
}

/* An error that is not of the line is told at once. */
static void
test_other_error (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (ShequRow) row = new_team (fixture, "");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  shequ_office_save_async (fixture->office, row, NULL, model_fixture_take_result, &result);
  g_assert_null (shequ_office_save_finish (fixture->office, model_fixture_wait (&result), NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE);
  g_assert_false (get_state (fixture).lost);
}

/* One certificate and one number, though the answer to the first attempt was lost. */
static void
test_certificate (ModelFixture *fixture, gconstpointer data)
{
  gint64 household = model_fixture_add (fixture, "household", "address", "光明路3号楼2单元501室", NULL);
  g_autofree char *home = model_fixture_key (household);
  gint64 resident = model_fixture_add (fixture, "resident", "name", "曾小明", "household", home, "id_number",
                                       "11010519491231002X", "lives_here", "是", NULL);
  g_autoptr (ShequCertificateRequest) request = shequ_certificate_request_new ("residence", resident);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequRow) row = NULL;
  gint64 key;

  request->purpose = g_strdup ("办理子女入学");
  request->receiver = g_strdup ("实验小学");
  faulty_engine_set (FAULT_AFTER_COMMIT);
  shequ_certificate_issue_async (fixture->office, request, NULL, model_fixture_take_result, &result);
  key = shequ_certificate_issue_finish (fixture->office, model_fixture_wait (&result), &error);
  g_assert_no_error (error);
  row = model_fixture_get (fixture, "certificate", key);
  g_assert_cmpstr (shequ_row_get_text (row, "number"), ==, "社证字〔2026〕第0001号");
  g_assert_cmpint (count (fixture, "certificate"), ==, 1);
}

static void
note_change (ShequOffice *office, const char *reg, gint64 key, gpointer user_data)
{
  g_string_append_printf (user_data, "%s:%" G_GINT64_FORMAT " ", reg, key);
}

static gboolean
is_told (gpointer text)
{
  return ((GString *) text)->len > 0;
}

static ShequOffice *
open_other (ModelFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  ShequOffice *other = shequ_office_open (fixture->uri, fixture->catalogue, "李四", "窗口2", NULL, &error);

  g_assert_no_error (error);
  return other;
}

static gint64
add_elsewhere (ShequOffice *other, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequRow) row = shequ_office_new_row (other, shequ_office_get_register (other, "team"));

  shequ_row_set_text (row, "name", name);
  shequ_office_save (other, row, NULL, NULL, &error);
  g_assert_no_error (error);
  return row->key;
}

/* What another workstation stores is told as one's own changes are, within a second. */
static void
test_others (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (ShequOffice) other = open_other (fixture);
  g_autoptr (GString) told = g_string_new (NULL);
  g_autofree char *expected = NULL;
  gint64 key, begun;

  shequ_office_watch (fixture->office);
  g_usleep (300000);
  model_fixture_settle ();
  g_signal_connect (fixture->office, "changed", G_CALLBACK (note_change), told);
  begun = g_get_monotonic_time ();
  key = add_elsewhere (other, "别队");
  expected = g_strdup_printf ("team:%" G_GINT64_FORMAT " ", key);
  model_fixture_wait_until (is_told, told);
  g_assert_cmpstr (told->str, ==, expected);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, SOON);
  g_signal_handlers_disconnect_by_data (fixture->office, told);
}

typedef struct
{
  ShequRecordList *list;
  guint n;
} Length;

static gboolean
has_length (gpointer data)
{
  const Length *length = data;

  return shequ_record_list_get_n_records (length->list) == length->n;
}

/* A list follows, and what stays in it stays the same object: its selection and its place. */
static void
test_list (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (ShequOffice) other = open_other (fixture);
  g_autoptr (ShequRecordList) list = NULL;
  g_autoptr (ShequRecord) before = NULL;
  g_autoptr (ShequRecord) after = NULL;
  Length length = { NULL, 1 };
  gint64 begun, waited;

  model_fixture_add (fixture, "team", "name", "中队", NULL);
  shequ_office_watch (fixture->office);
  list = shequ_record_list_new (fixture->office, shequ_office_get_register (fixture->office, "team"));
  length.list = list;
  model_fixture_wait_until (has_length, &length);
  before = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_usleep (300000);
  model_fixture_settle ();
  begun = g_get_monotonic_time ();
  add_elsewhere (other, "安队");
  length.n = 2;
  model_fixture_wait_until (has_length, &length);
  waited = g_get_monotonic_time () - begun;
  g_test_message ("the list of another workstation shows it after %" G_GINT64_FORMAT " ms", waited / 1000);
  g_assert_cmpint (waited, <, SOON);
  after =
    g_list_model_get_item (G_LIST_MODEL (list), shequ_record_list_find (list, shequ_record_get_key (before)));
  g_assert_true (before == after);
}

/* After the database was away, all that is shown is read again, though nobody had anything to save. */
static void
test_back (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GString) told = g_string_new (NULL);

  shequ_office_watch (fixture->office);
  faulty_engine_set (FAULT_AWAY);
  while (!get_state (fixture).lost)
    g_main_context_iteration (NULL, FALSE);
  g_signal_connect (fixture->office, "changed::team", G_CALLBACK (note_change), told);
  faulty_engine_set (FAULT_NONE);
  model_fixture_wait_until (is_told, told);
  g_assert_cmpstr (told->str, ==, "team:0 ");
  g_assert_false (get_state (fixture).lost);
  g_signal_handlers_disconnect_by_data (fixture->office, told);
}

/* A clock that is an hour behind those of the others is noticed. */
static gboolean
is_ahead (gpointer data)
{
  gint64 ahead = get_state (data).ahead;

  /* A server has a clock of its own, which goes on meanwhile. */
  return ahead >= 3600 && ahead < (test_server_is_wanted () ? 3900 : 3601);
}

static void
test_clock (ModelFixture *fixture, gconstpointer data)
{
  model_fixture_add (fixture, "team", "name", "中队", NULL);
  fixture->now = (test_server_is_wanted () ? g_get_real_time () / G_USEC_PER_SEC : fixture->now) - 3600;
  shequ_office_watch (fixture->office);
  model_fixture_wait_until (is_ahead, fixture);
}

#define FIXTURE(path, function)                                                                              \
  g_test_add (path, ModelFixture, NULL, set_up, function, model_fixture_tear_down)

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);
  FIXTURE ("/line/save", test_save);
  FIXTURE ("/line/change", test_change);
  FIXTURE ("/line/delete", test_delete);
  FIXTURE ("/line/away", test_away);
  FIXTURE ("/line/cancelled", test_cancelled);
  FIXTURE ("/line/other-error", test_other_error);
  FIXTURE ("/line/certificate", test_certificate);
  FIXTURE ("/line/others", test_others);
  FIXTURE ("/line/list", test_list);
  FIXTURE ("/line/back", test_back);
  FIXTURE ("/line/clock", test_clock);
  return g_test_run ();
}
