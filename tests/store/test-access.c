/* Every role, every class of register, every right, through the store; and that no function of it is left
 * out. */
#include "access-deeds.h"
#include "shequ-error.h"
#include "shequ-locale.h"

#include <string.h>

static const char *const words[] = {
  "看", "增", "改", "删", "复", "入", "出", "印", "揭", "开", "批", "查日志", "账号", "设置", "备份", "还原",
};

static void
check_deed (AccessFixture *fixture, Deed deed, guint subject, gboolean wanted, const char *what)
{
  g_autoptr (GError) error = NULL;
  gboolean done = deed (fixture, subject, &error);

  g_test_message ("%s", what);
  if (wanted)
    g_assert_no_error (error);
  else
    g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_PERMISSION);
  g_assert_cmpint (done, ==, wanted);
}

/* One cell of the table that a manager can read: what a role may do with a class. */
static void
check_cell (AccessFixture *fixture, ShequRole role, const char *cell, guint subject, guint first, guint end)
{
  for (guint i = 0; i < n_access_deeds; i++)
    {
      gboolean wanted = strstr (cell, words[access_deeds[i].right]) != NULL;
      g_autofree char *what = g_strdup_printf ("%s, class %u, %s: %s", shequ_role_get_name (role), subject,
                                               cell, access_deeds[i].name);

      if (access_deeds[i].right < first || access_deeds[i].right >= end)
        continue;
      /* Who keeps the log reads that of every record. */
      if (g_str_has_suffix (access_deeds[i].name, "_log") && role == SHEQU_ROLE_AUDITOR &&
          access_deeds[i].right == SHEQU_RIGHT_VIEW)
        wanted = TRUE;
      check_deed (fixture, access_deeds[i].deed, subject, wanted, what);
    }
}

static void
test_table (AccessFixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "base", "rights.tsv", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint role = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '#' && *lines[i] != '\0')
      {
        g_auto (GStrv) cells = g_strsplit (lines[i], "\t", -1);

        g_assert_cmpstr (cells[0], ==, shequ_role_get_name (role));
        access_fixture_sign_in (fixture, role);
        for (guint subject = 0; subject < SHEQU_N_REGISTER_CLASSES; subject++)
          check_cell (fixture, role, cells[1 + subject], subject, 0, SHEQU_RIGHT_READ_LOG);
        check_cell (fixture, role, cells[1 + SHEQU_N_REGISTER_CLASSES], 0, SHEQU_RIGHT_READ_LOG,
                    SHEQU_N_RIGHTS);
        role++;
      }
  g_assert_cmpuint (role, ==, SHEQU_N_ROLES);
}

/* An open office asks nobody, and before somebody has signed in nothing is done. */
static void
test_ends (AccessFixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < n_access_deeds; i++)
    for (guint subject = 0; subject < SHEQU_N_REGISTER_CLASSES; subject++)
      {
        access_fixture_sign_out (fixture);
        check_deed (fixture, access_deeds[i].deed, subject, TRUE, access_deeds[i].name);
        access_fixture_sign_in (fixture, SHEQU_N_ROLES);
        check_deed (fixture, access_deeds[i].deed, subject, FALSE, access_deeds[i].name);
      }
  for (guint i = 0; i < n_office_deeds; i++)
    check_deed (fixture, office_deeds[i].deed, 0, FALSE, office_deeds[i].name);
}

static gboolean
is_listed (const char *name)
{
  for (guint i = 0; i < n_access_deeds; i++)
    if (g_str_equal (access_deeds[i].name, name))
      return TRUE;
  for (guint i = 0; i < n_office_deeds; i++)
    if (g_str_equal (office_deeds[i].name, name))
      return TRUE;
  for (guint i = 0; i < n_free_functions; i++)
    if (g_str_equal (free_functions[i].name, name))
      {
        g_assert_cmpuint (strlen (free_functions[i].reason), >, 10);
        return TRUE;
      }
  return FALSE;
}

/* What is declared and listed nowhere has not been thought about. */
static guint
check_header (const char *path, GHashTable *seen)
{
  g_autoptr (GRegex) regex = g_regex_new (
    "\\b(shequ_(?:store|transaction|finder|anchor|backup|server|watch|term_sets)_[a-z_]+) \\(", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *text = NULL;
  guint n = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  for (g_regex_match (regex, text, 0, &match); g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      g_autofree char *name = g_match_info_fetch (match, 1);

      if (!is_listed (name))
        g_test_message ("%s: %s neither asks nor says why it need not", path, name);
      g_assert_true (is_listed (name));
      g_hash_table_add (seen, g_steal_pointer (&name));
      n++;
    }
  return n;
}

static void
test_all_listed (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "..", "src", "store", NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *file;
  guint n = 0;

  g_assert_nonnull (dir);
  while ((file = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (file, ".h") && !g_str_has_suffix (file, "-private.h"))
      {
        g_autofree char *path = g_build_filename (folder, file, NULL);

        n += check_header (path, seen);
      }
  g_assert_cmpuint (n, >, 60);
  /* The list has none that is gone. */
  for (guint i = 0; i < n_free_functions; i++)
    g_assert_true (g_hash_table_contains (seen, free_functions[i].name));
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/access/table", AccessFixture, NULL, access_fixture_set_up, test_table,
              access_fixture_tear_down);
  g_test_add ("/access/ends", AccessFixture, NULL, access_fixture_set_up, test_ends,
              access_fixture_tear_down);
  g_test_add_func ("/access/all-listed", test_all_listed);
  return g_test_run ();
}
