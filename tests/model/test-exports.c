/* Exports: of many persons only after a second person has agreed; every one is registered. */
#include <string.h>

#include "model-fixture.h"
#include "shequ-cipher.h"
#include "shequ-error.h"
#include "shequ-exports.h"
#include "shequ-locale.h"
#include "shequ-session.h"

#define LIMIT 50

static void
be (ModelFixture *fixture, const char *name, ShequRole role)
{
  ShequAccount account = { .key = 1, .name = (char *) name, .role = role };
  g_autoptr (GError) error = NULL;

  account.unit = shequ_office_get_unit (fixture->office);
  shequ_session_enter (fixture->office, &account, NULL, &error);
  g_assert_no_error (error);
}

static void
add_residents (ModelFixture *fixture, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("王%u", i);

      model_fixture_add (fixture, "resident", "name", name, NULL);
    }
}

/* What is asked, and what came of it. */
typedef struct
{
  ShequQuery *query;
  GPtrArray *columns;
  ShequExportAsk ask;
  guint n_written;
  char *mark;
  gboolean fails;
} Export;

static void
export_init (Export *export, ModelFixture *fixture, const char *reg, const char *column)
{
  const ShequRegister *found = shequ_office_get_register (fixture->office, reg);

  memset (export, 0, sizeof *export);
  export->query = shequ_office_new_query (fixture->office, found);
  export->columns = g_ptr_array_new ();
  g_ptr_array_add (export->columns, (gpointer) shequ_register_lookup (found, column));
  export->ask = (ShequExportAsk){ .query = export->query, .columns = export->columns };
}

static void
export_clear (Export *export)
{
  shequ_query_free (export->query);
  g_ptr_array_unref (export->columns);
  g_free (export->mark);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Export, export_clear)

static gint64
write_nothing (const ShequExportJudgement *judgement,
               const char *mark,
               guint8 *digest,
               gpointer user_data,
               GError **error)
{
  Export *export = user_data;

  if (export->fails)
    {
      g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_FULL, "full");
      return -1;
    }
  export->n_written++;
  g_free (export->mark);
  export->mark = g_strdup (mark);
  memset (digest, 0xab, SHEQU_DIGEST_SIZE);
  return judgement->n_records;
}

static gint64
perform (ModelFixture *fixture, Export *export, GError **error)
{
  return shequ_export_perform (fixture->office, &export->ask, "名单.zip", write_nothing, export, NULL, error);
}

static ShequExportStanding
judge (ModelFixture *fixture, Export *export)
{
  ShequExportJudgement judgement;
  g_autoptr (GError) error = NULL;

  shequ_export_judge (fixture->office, &export->ask, &judgement, NULL, &error);
  g_assert_no_error (error);
  return judgement.standing;
}

static void
expect_refused (ModelFixture *fixture, Export *export, ShequError code)
{
  guint before = export->n_written;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (perform (fixture, export, &error), ==, -1);
  g_assert_error (error, SHEQU_ERROR, (int) code);
  g_assert_cmpuint (export->n_written, ==, before);
}

static gint64
request (ModelFixture *fixture, Export *export)
{
  g_autoptr (GError) error = NULL;
  gint64 record;

  export->ask.purpose = "养老补贴核对";
  export->ask.receiver = "街道民政办";
  record = shequ_export_request (fixture->office, &export->ask, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (record, !=, 0);
  return record;
}

static void
check_state (ModelFixture *fixture, gint64 record, const char *state)
{
  g_autoptr (ShequRow) row = model_fixture_get (fixture, SHEQU_EXPORT_REGISTER, record);

  g_assert_cmpstr (shequ_row_get_text (row, "state"), ==, state);
}

/* At the limit one may alone; one more needs a second person. */
static void
test_alone (ModelFixture *fixture, gconstpointer data)
{
  g_auto (Export) export = { NULL };
  g_autoptr (GError) error = NULL;

  add_residents (fixture, LIMIT);
  export_init (&export, fixture, "resident", "name");
  be (fixture, "李会计", SHEQU_ROLE_CLERK);
  g_assert_cmpint (perform (fixture, &export, &error), ==, LIMIT);
  g_assert_no_error (error);
  g_assert_null (export.mark);
  check_state (fixture, 1, "done");
  be (fixture, "王主任", SHEQU_ROLE_DIRECTOR);
  add_residents (fixture, 1);
  be (fixture, "李会计", SHEQU_ROLE_CLERK);
  expect_refused (fixture, &export, SHEQU_ERROR_PERMISSION);
  be (fixture, "王主任", SHEQU_ROLE_DIRECTOR);
  expect_refused (fixture, &export, SHEQU_ERROR_PERMISSION);
}

static void
test_approved (ModelFixture *fixture, gconstpointer data)
{
  g_auto (Export) export = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequRow) row = NULL;
  gint64 record;

  add_residents (fixture, LIMIT + 10);
  export_init (&export, fixture, "resident", "name");
  be (fixture, "李会计", SHEQU_ROLE_CLERK);
  record = request (fixture, &export);
  expect_refused (fixture, &export, SHEQU_ERROR_PERMISSION);
  g_assert_cmpint (judge (fixture, &export), ==, SHEQU_EXPORT_WAITS);
  /* Asked once is enough. */
  g_assert_cmpint (shequ_export_request (fixture->office, &export.ask, NULL, &error), ==, 0);
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_CONFLICT);
  g_clear_error (&error);
  /* Nor by oneself, nor by who may not approve. */
  g_assert_false (shequ_export_decide (fixture->office, record, NULL, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_PERMISSION);
  g_clear_error (&error);
  be (fixture, "赵干事", SHEQU_ROLE_CLERK);
  g_assert_false (shequ_export_decide (fixture->office, record, NULL, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_PERMISSION);
  g_clear_error (&error);
  check_state (fixture, record, "asked");

  be (fixture, "王主任", SHEQU_ROLE_DIRECTOR);
  g_assert_true (shequ_export_decide (fixture->office, record, NULL, NULL, &error));
  g_assert_no_error (error);
  /* It is for who asked, not for who agreed. */
  g_assert_cmpint (judge (fixture, &export), ==, SHEQU_EXPORT_NEEDS_APPROVAL);
  be (fixture, "李会计", SHEQU_ROLE_CLERK);
  g_assert_cmpint (perform (fixture, &export, &error), ==, LIMIT + 10);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (export.mark, "李会计"));
  row = model_fixture_get (fixture, SHEQU_EXPORT_REGISTER, record);
  g_assert_cmpstr (shequ_row_get_text (row, "state"), ==, "done");
  g_assert_cmpstr (shequ_row_get_text (row, "decided_by"), ==, "王主任");
  g_assert_cmpstr (shequ_row_get_text (row, "receiver"), ==, "街道民政办");
  g_assert_cmpuint (strlen (shequ_row_get_text (row, "digest")), ==, 2 * SHEQU_DIGEST_SIZE);
  g_assert_nonnull (shequ_row_get_text (row, "delete_by"));
  /* Once. */
  expect_refused (fixture, &export, SHEQU_ERROR_PERMISSION);
}

/* Another list, other fields, numbers in clear, more persons, a week later: none of it was agreed to. */
static void
test_just_this (ModelFixture *fixture, gconstpointer data)
{
  g_auto (Export) export = { NULL };
  g_auto (Export) other = { NULL };
  g_autoptr (GError) error = NULL;
  gint64 record;

  add_residents (fixture, LIMIT + 10);
  export_init (&export, fixture, "resident", "name");
  be (fixture, "李会计", SHEQU_ROLE_CLERK);
  record = request (fixture, &export);
  be (fixture, "王主任", SHEQU_ROLE_DIRECTOR);
  g_assert_true (shequ_export_decide (fixture->office, record, NULL, NULL, &error));
  be (fixture, "李会计", SHEQU_ROLE_CLERK);
  g_assert_cmpint (judge (fixture, &export), ==, SHEQU_EXPORT_APPROVED);

  export.ask.receiver = "某某公司";
  expect_refused (fixture, &export, SHEQU_ERROR_PERMISSION);
  export.ask.receiver = "街道民政办";
  g_assert_cmpint (judge (fixture, &export), ==, SHEQU_EXPORT_APPROVED);
  export_init (&other, fixture, "resident", "phone");
  expect_refused (fixture, &other, SHEQU_ERROR_PERMISSION);
  export.ask.in_clear = TRUE;
  expect_refused (fixture, &export, SHEQU_ERROR_PERMISSION);
  export.ask.in_clear = FALSE;
  g_assert_true (shequ_query_add_where (export.query, "name!=甲", &error));
  expect_refused (fixture, &export, SHEQU_ERROR_PERMISSION);
  export_clear (&export);
  export_init (&export, fixture, "resident", "name");
  g_assert_cmpint (judge (fixture, &export), ==, SHEQU_EXPORT_APPROVED);
  model_fixture_set_day (fixture, "2026-11-30");
  expect_refused (fixture, &export, SHEQU_ERROR_PERMISSION);
  model_fixture_set_day (fixture, FIXTURE_TODAY);
  add_residents (fixture, 1);
  expect_refused (fixture, &export, SHEQU_ERROR_PERMISSION);
}

/* A full disk: nothing left the office, and the approval still holds. */
static void
test_failed (ModelFixture *fixture, gconstpointer data)
{
  g_auto (Export) export = { NULL };
  g_autoptr (GError) error = NULL;
  gint64 record;

  add_residents (fixture, LIMIT + 10);
  export_init (&export, fixture, "resident", "name");
  be (fixture, "李会计", SHEQU_ROLE_CLERK);
  record = request (fixture, &export);
  be (fixture, "王主任", SHEQU_ROLE_DIRECTOR);
  g_assert_true (shequ_export_decide (fixture->office, record, NULL, NULL, &error));
  be (fixture, "李会计", SHEQU_ROLE_CLERK);
  export.fails = TRUE;
  expect_refused (fixture, &export, SHEQU_ERROR_FULL);
  check_state (fixture, record, "approved");
  export.fails = FALSE;
  g_assert_cmpint (perform (fixture, &export, &error), ==, LIMIT + 10);
  check_state (fixture, record, "done");
}

static void
test_refused (ModelFixture *fixture, gconstpointer data)
{
  g_auto (Export) export = { NULL };
  g_autoptr (GError) error = NULL;
  gint64 record;

  add_residents (fixture, LIMIT + 10);
  export_init (&export, fixture, "resident", "name");
  be (fixture, "李会计", SHEQU_ROLE_CLERK);
  g_assert_cmpint (shequ_export_request (fixture->office, &export.ask, NULL, &error), ==, 0);
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE);
  g_clear_error (&error);
  record = request (fixture, &export);
  be (fixture, "王主任", SHEQU_ROLE_DIRECTOR);
  g_assert_true (shequ_export_decide (fixture->office, record, "没有协议", NULL, &error));
  g_assert_false (shequ_export_decide (fixture->office, record, NULL, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_CONFLICT);
  be (fixture, "李会计", SHEQU_ROLE_CLERK);
  check_state (fixture, record, "refused");
  expect_refused (fixture, &export, SHEQU_ERROR_PERMISSION);
  g_assert_cmpint (judge (fixture, &export), ==, SHEQU_EXPORT_NEEDS_APPROVAL);
}

/* What is guarded most leaves with a second person's word only, of however few. */
static void
test_guarded (ModelFixture *fixture, gconstpointer data)
{
  g_auto (Export) guarded = { NULL };
  g_auto (Export) usual = { NULL };
  g_autofree char *staff = model_fixture_key (model_fixture_add (fixture, "staff", "name", "李会计", NULL));
  g_autoptr (GError) error = NULL;

  model_fixture_add (fixture, "case_file", "kind", "group", "group_name", "八段锦小组", "consent", "yes",
                     "start_date", "2026-11-01", "staff", staff, NULL);
  export_init (&guarded, fixture, "case_file", "assessment");
  export_init (&usual, fixture, "case_file", "start_date");
  be (fixture, "王主任", SHEQU_ROLE_DIRECTOR);
  expect_refused (fixture, &guarded, SHEQU_ERROR_PERMISSION);
  g_assert_cmpint (judge (fixture, &guarded), ==, SHEQU_EXPORT_NEEDS_APPROVAL);
  g_assert_cmpint (perform (fixture, &usual, &error), ==, 1);
  g_assert_no_error (error);
}

/* Of what is no person any number may leave, and an office without accounts has no second person. */
static void
test_free (ModelFixture *fixture, gconstpointer data)
{
  g_auto (Export) people = { NULL };
  g_auto (Export) places = { NULL };
  g_autoptr (GError) error = NULL;

  add_residents (fixture, LIMIT + 10);
  export_init (&people, fixture, "resident", "name");
  g_assert_cmpint (perform (fixture, &people, &error), ==, LIMIT + 10);
  g_assert_no_error (error);
  check_state (fixture, 1, "done");
  for (guint i = 0; i < LIMIT + 10; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u号楼", i + 1);

      model_fixture_add (fixture, "building", "name", name, NULL);
    }
  export_init (&places, fixture, "building", "name");
  be (fixture, "李会计", SHEQU_ROLE_CLERK);
  g_assert_cmpint (perform (fixture, &places, &error), ==, LIMIT + 10);
  g_assert_no_error (error);
}

/* 100 bits, never the same, without letters that are taken for each other. */
static void
test_password (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < 200; i++)
    {
      char *password = shequ_export_new_password ();

      g_assert_cmpuint (strlen (password), ==, 23);
      g_assert_null (strpbrk (password, "01OI"));
      g_assert_true (g_hash_table_add (seen, password));
    }
}

#define add(name, function)                                                                                  \
  g_test_add (name, ModelFixture, NULL, model_fixture_set_up, function, model_fixture_tear_down)

int
main (int argc, char *argv[])
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);
  add ("/exports/alone", test_alone);
  add ("/exports/approved", test_approved);
  add ("/exports/just-this", test_just_this);
  add ("/exports/failed", test_failed);
  add ("/exports/refused", test_refused);
  add ("/exports/guarded", test_guarded);
  add ("/exports/free", test_free);
  g_test_add_func ("/exports/password", test_password);
  return g_test_run ();
}
