#include <glib/gstdio.h>
#include <string.h>

#include "model-fixture.h"

#include "shequ-anchor.h"
#include "shequ-backups.h"
#include "shequ-date.h"
#include "shequ-error.h"
#include "shequ-locale.h"

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) names = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (names) != NULL)
    n++;
  return n;
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) names = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (names)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

static char *
make_folder (ModelFixture *fixture)
{
  char *folder = g_build_filename (fixture->folder, "backups", NULL);

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  return folder;
}

static char *
make (ModelFixture *fixture, GError **error)
{
  GAsyncResult *result = NULL;
  g_autoptr (GAsyncResult) taken = NULL;

  shequ_backups_make_async (fixture->office, NULL, model_fixture_take_result, &result);
  taken = model_fixture_wait (&result);
  return shequ_backups_make_finish (fixture->office, taken, error);
}

static void
test_daily (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = make_folder (fixture);
  g_autofree char *none = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  g_assert_false (shequ_backups_is_due (fixture->office));
  none = make (fixture, &error);
  g_assert_null (none);
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT);
  g_clear_error (&error);

  g_assert_true (shequ_backups_set_folder (fixture->office, folder, &error));
  g_assert_true (shequ_backups_is_due (fixture->office));
  first = make (fixture, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_suffix (first, "-2026-11-22.shequ-backup"));
  g_assert_false (shequ_backups_is_due (fixture->office));
  model_fixture_set_day (fixture, "2026-11-23");
  g_assert_true (shequ_backups_is_due (fixture->office));
  second = make (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (first, !=, second);
  g_assert_cmpuint (count_files (folder), ==, 3); /* and the anchors */
  remove_folder (folder);
}

/* A disk that was not plugged in: said, and tried again the same day. */
static void
test_folder_gone (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  g_assert_true (shequ_backups_set_folder (fixture->office, "/nowhere/at/all", NULL));
  path = make (fixture, &error);
  g_assert_null (path);
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREACHABLE);
  g_assert_true (shequ_backups_is_due (fixture->office));
}

static void
test_one_key (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (ShequSecret) first = shequ_backups_get_key (fixture->office, NULL, NULL);
  g_autoptr (ShequSecret) again = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, "one.backup", NULL);
  g_autofree char *made = NULL;
  g_autoptr (GError) error = NULL;

  model_fixture_reopen (fixture);
  again = shequ_backups_get_key (fixture->office, NULL, NULL);
  g_assert_true (shequ_secret_equal (first, again));
  made = shequ_backups_make (fixture->office, path, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (made, ==, path);
  g_assert_true (shequ_backup_verify (path, first, NULL, NULL, NULL, &error));
  g_unlink (path);
}

static void
test_logged (ModelFixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "one.backup", NULL);
  g_autofree char *made = shequ_backups_make (fixture->office, path, NULL, NULL, NULL, NULL);
  g_autoptr (GPtrArray) log =
    shequ_store_read_log (shequ_office_get_store (fixture->office), NULL, 0, NULL, 1, NULL, NULL);
  const ShequLogEntry *entry = log->pdata[0];

  g_assert_nonnull (made);
  g_assert_cmpint (entry->action, ==, SHEQU_ACTION_BACKUP);
  g_assert_nonnull (strstr (entry->reason, "one.backup"));
  g_unlink (path);
}

/* Where the change log stands is noted beside each backup, and found there. */
static void
test_anchored (ModelFixture *fixture, gconstpointer data)
{
  ShequStore *store = shequ_office_get_store (fixture->office);
  g_autofree char *path = g_build_filename (fixture->folder, "one.backup", NULL);
  g_autofree char *made = NULL;
  g_autofree char *none = shequ_backups_get_anchors (fixture->office);
  g_autofree char *anchors = NULL;
  g_autofree char *folder = NULL;
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  g_assert_null (none);
  made = shequ_backups_make (fixture->office, path, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  anchors = shequ_backups_get_anchors (fixture->office);
  folder = g_path_get_dirname (anchors);
  g_assert_cmpstr (folder, ==, fixture->folder);
  g_assert_true (shequ_anchor_check (store, anchors, problems, NULL, &error));
  g_assert_cmpuint (problems->len, ==, 0);
  g_unlink (anchors);
  g_assert_true (shequ_anchor_check (store, anchors, problems, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 1);
  g_unlink (path);
}

static char *
get_path (const char *folder, const char *day)
{
  g_autofree char *name = g_strdup_printf ("民生社区-%s.shequ-backup", day);

  return g_build_filename (folder, name, NULL);
}

static gboolean
exists (const char *folder, const char *day)
{
  g_autofree char *path = get_path (folder, day);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* A backup each day for 400 days, then one look. */
static void
test_thin_out (ModelFixture *fixture, gconstpointer data)
{
  g_autofree char *folder = make_folder (fixture);
  g_autofree char *foreign = g_build_filename (folder, "民生社区-2020-01-01 手工.shequ-backup", NULL);
  g_autofree char *other = g_build_filename (folder, "长安社区-2020-01-01.shequ-backup", NULL);
  ShequDate date = { 2026, 11, 22 };
  guint n_left = 0;

  for (int back = 0; back < 400; back++)
    {
      ShequDate day = shequ_date_add_days (&date, -back);
      char text[SHEQU_DATE_TEXT_SIZE];
      g_autofree char *path = NULL;

      shequ_date_to_iso (&day, text);
      path = get_path (folder, text);
      g_assert_true (g_file_set_contents (path, "", 0, NULL));
    }
  g_assert_true (g_file_set_contents (foreign, "", 0, NULL));
  g_assert_true (g_file_set_contents (other, "", 0, NULL));
  shequ_backups_thin_out (folder, "民生社区", "2026-11-22");
  n_left = count_files (folder);

  g_assert_true (exists (folder, "2026-11-22"));
  g_assert_true (exists (folder, "2026-10-23"));
  g_assert_false (exists (folder, "2026-10-22"));
  g_assert_true (exists (folder, "2026-09-30"));
  g_assert_false (exists (folder, "2026-09-29"));
  g_assert_true (exists (folder, "2025-11-30"));
  g_assert_false (exists (folder, "2025-10-31"));
  g_assert_true (g_file_test (foreign, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (other, G_FILE_TEST_EXISTS));
  /* 31 days with today, the ends of September 2026 to November 2025, and what is not ours. */
  g_assert_cmpuint (n_left, ==, 31 + 11 + 2);
  g_assert_cmpuint (shequ_backups_thin_out (folder, "民生社区", "2026-11-22"), ==, 0);
  remove_folder (folder);
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                                                  \
  g_test_add ("/backups/" name, ModelFixture, NULL, model_fixture_set_up, function, model_fixture_tear_down)
  ADD ("anchored", test_anchored);
  ADD ("daily", test_daily);
  ADD ("folder-gone", test_folder_gone);
  ADD ("one-key", test_one_key);
  ADD ("logged", test_logged);
  ADD ("thin-out", test_thin_out);
  return g_test_run ();
}
