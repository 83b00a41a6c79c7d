/* What is past its time: on a list, approved by another, gone from the tables, the log and the file. */
#include <string.h>

#include "shequ-error.h"
#include "shequ-locale.h"
#include "shequ-retention.h"

#include "model-fixture.h"

#define NUMBER "11010519491231002X"
#define KEPT "110101199003074530"
#define NAME "王必销"

static const ShequRetentionRule *
get_rule (const GPtrArray *rules, const char *name)
{
  g_assert_nonnull (rules);
  for (guint i = 0; i < rules->len; i++)
    if (g_str_equal (((const ShequRetentionRule *) rules->pdata[i])->name, name))
      return rules->pdata[i];
  g_assert_not_reached ();
}

static guint
count_due (ModelFixture *fixture, const ShequRetentionRule *rule)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) due = shequ_retention_find (fixture->office, rule, NULL, &error);

  g_assert_no_error (error);
  return due->len;
}

static void
delete_record (ModelFixture *fixture, gint64 key)
{
  const ShequRegister *reg = shequ_office_get_register (fixture->office, "resident");
  g_autoptr (ShequRow) row = model_fixture_get (fixture, "resident", key);
  g_autoptr (GError) error = NULL;

  g_assert_true (shequ_office_delete (fixture->office, reg, key, row->version, NULL, &error));
  g_assert_no_error (error);
}

/* The same database, with somebody else before it. */
static void
change_user (ModelFixture *fixture, const char *user)
{
  g_autoptr (ShequOffice) other = NULL;
  g_autoptr (GError) error = NULL;

  other = shequ_office_open (fixture->uri, fixture->catalogue, user, "PC2", NULL, &error);
  g_assert_no_error (error);
  g_assert_true (shequ_retention_approve (other, 1, NULL, &error));
  g_assert_no_error (error);
}

static gboolean
file_holds (ModelFixture *fixture, const char *text)
{
  const char *path = g_str_has_prefix (fixture->uri, "sqlite:") ? fixture->uri + 7 : fixture->uri;
  g_autofree char *bytes = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  return memmem (bytes, size, text, strlen (text)) != NULL;
}

static void
expect_sound (ModelFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = shequ_store_check (shequ_office_get_store (fixture->office), NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (const char *) problems->pdata[i]);
  g_assert_cmpuint (problems->len, ==, 0);
}

static void
test_destroyed (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rules = shequ_retention_load_rules (fixture->office, &error);
  const ShequRetentionRule *rule = get_rule (rules, "deleted_residents");
  const ShequRegister *reg = shequ_office_get_register (fixture->office, "resident");
  g_autoptr (GPtrArray) log = NULL;
  gint64 key = model_fixture_add (fixture, "resident", "name", NAME, "id_number", NUMBER, NULL);
  gint64 list;
  gboolean on_server = strstr (fixture->uri, "postgresql") != NULL;

  g_assert_no_error (error);
  model_fixture_add (fixture, "resident", "name", "李留下", "id_number", KEPT, NULL);
  delete_record (fixture, key);
  g_assert_cmpuint (count_due (fixture, rule), ==, 0);
  fixture->now += 179 * 24 * 3600;
  g_assert_cmpuint (count_due (fixture, rule), ==, 0);
  g_assert_cmpint (shequ_retention_draw (fixture->office, rule, NULL, &error), ==, 0);
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND);
  g_clear_error (&error);
  fixture->now += 2 * 24 * 3600;
  g_assert_cmpuint (count_due (fixture, rule), ==, 1);

  list = shequ_retention_draw (fixture->office, rule, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (list, ==, 1);
  g_assert_cmpint (shequ_retention_destroy (fixture->office, list, NULL, &error), ==, -1);
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (shequ_retention_approve (fixture->office, list, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_PERMISSION);
  g_clear_error (&error);
  change_user (fixture, "李会计");
  g_assert_cmpint (shequ_retention_destroy (fixture->office, list, NULL, &error), ==, 1);
  g_assert_no_error (error);

  g_assert_cmpuint (count_due (fixture, rule), ==, 0);
  expect_sound (fixture);
  log = shequ_store_read_log (shequ_office_get_store (fixture->office), reg, key, NULL, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (log->len, ==, 3);
  g_assert_cmpint (((const ShequLogEntry *) log->pdata[0])->action, ==, SHEQU_ACTION_DESTROY);
  g_assert_cmpint (((const ShequLogEntry *) log->pdata[2])->action, ==, SHEQU_ACTION_CREATE);
  for (guint i = 0; i < log->len; i++)
    {
      const ShequLogEntry *entry = log->pdata[i];

      g_assert_true (entry->changes == NULL || strstr (entry->changes, NUMBER) == NULL);
    }
  if (!on_server)
    {
      g_assert_false (file_holds (fixture, NUMBER));
      g_assert_false (file_holds (fixture, NAME));
      g_assert_true (file_holds (fixture, KEPT));
    }
}

/* What came back into use after the list was drawn up stays. */
static void
test_restored_meanwhile (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rules = shequ_retention_load_rules (fixture->office, &error);
  const ShequRetentionRule *rule = get_rule (rules, "deleted_residents");
  const ShequRegister *reg = shequ_office_get_register (fixture->office, "resident");
  g_autoptr (ShequRow) row = NULL;
  gint64 key = model_fixture_add (fixture, "resident", "name", NAME, "id_number", NUMBER, NULL);

  delete_record (fixture, key);
  fixture->now += 181 * 24 * 3600;
  g_assert_cmpint (shequ_retention_draw (fixture->office, rule, NULL, &error), ==, 1);
  change_user (fixture, "李会计");
  g_assert_true (shequ_office_restore (fixture->office, reg, key, NULL, &error));
  g_assert_cmpint (shequ_retention_destroy (fixture->office, 1, NULL, &error), ==, 0);
  g_assert_no_error (error);
  row = model_fixture_get (fixture, "resident", key);
  g_assert_cmpstr (shequ_row_get_text (row, "name"), ==, NAME);
  expect_sound (fixture);
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                                                  \
  g_test_add ("/retention/" name, ModelFixture, NULL, model_fixture_set_up, function, model_fixture_tear_down)
  ADD ("destroyed", test_destroyed);
  ADD ("restored-meanwhile", test_restored_meanwhile);

  return g_test_run ();
}
