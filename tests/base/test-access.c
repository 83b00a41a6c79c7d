#include "shequ-access.h"
#include "shequ-error.h"
#include "shequ-locale.h"

#include <string.h>

static const char *const words[] = {
  "看", "增", "改", "删", "复", "入", "出", "印", "揭", "开", "批", "查日志", "账号", "设置", "备份", "还原",
};

G_STATIC_ASSERT (G_N_ELEMENTS (words) == SHEQU_N_RIGHTS);

static void
check_cell (ShequAccess *access, const char *cell, const ShequRegister *reg, guint first, guint end)
{
  for (guint right = 0; right < SHEQU_N_RIGHTS; right++)
    {
      g_autoptr (GError) error = NULL;
      gboolean wanted = right >= first && right < end && strstr (cell, words[right]) != NULL;
      gboolean may = shequ_access_allows (access, right, reg, &error);

      g_test_message ("%s: %s", cell, shequ_right_get_name (right));
      g_assert_cmpint (may, ==, wanted);
      if (may)
        g_assert_no_error (error);
      else
        g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_PERMISSION);
      if (!may && reg != NULL)
        g_assert_cmpint (shequ_access_get_highest (access, right, reg), ==, -1);
    }
}

static void
check_levels (ShequAccess *access, const char *cell, const ShequRegister *reg)
{
  static const ShequRight rights[] = { SHEQU_RIGHT_VIEW, SHEQU_RIGHT_UNMASK, SHEQU_RIGHT_EXPORT };

  for (guint i = 0; i < G_N_ELEMENTS (rights); i++)
    if (shequ_access_allows (access, rights[i], reg, NULL))
      g_assert_cmpint (shequ_access_get_highest (access, rights[i], reg), ==, cell[2 * i] - '0');
}

/* Every role, every class of register, every right, against the table that a manager can read. */
static void
test_table (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "base", "rights.tsv", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequRights) rights = shequ_rights_load (&error);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint roles = 0;

  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '#' && *lines[i] != '\0')
      {
        g_auto (GStrv) cells = g_strsplit (lines[i], "\t", -1);
        g_autoptr (ShequAccess) access = shequ_access_new (rights, roles);

        g_assert_cmpuint (g_strv_length (cells), ==, SHEQU_N_REGISTER_CLASSES + 3);
        g_assert_cmpstr (cells[0], ==, shequ_role_get_name (roles));
        for (guint subject = 0; subject < SHEQU_N_REGISTER_CLASSES; subject++)
          {
            ShequRegister reg = { .subject = subject };

            check_cell (access, cells[1 + subject], &reg, 0, SHEQU_RIGHT_READ_LOG);
            check_levels (access, cells[SHEQU_N_REGISTER_CLASSES + 2], &reg);
          }
        check_cell (access, cells[1 + SHEQU_N_REGISTER_CLASSES], NULL, SHEQU_RIGHT_READ_LOG, SHEQU_N_RIGHTS);
        roles++;
      }
  g_assert_cmpuint (roles, ==, SHEQU_N_ROLES);
}

/* An open database has no accounts: nothing is asked. */
static void
test_open (void)
{
  ShequRegister reg = { .subject = SHEQU_REGISTER_LOG };

  for (guint right = 0; right < SHEQU_N_RIGHTS; right++)
    g_assert_true (shequ_access_allows (NULL, right, right < SHEQU_RIGHT_READ_LOG ? &reg : NULL, NULL));
  g_assert_cmpint (shequ_access_get_highest (NULL, SHEQU_RIGHT_EXPORT, &reg), ==, 4);
}

/* Before anybody has signed in nothing at all is permitted. */
static void
test_nobody (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequRights) rights = shequ_rights_load (&error);
  g_autoptr (ShequAccess) access = NULL;

  g_assert_no_error (error);
  access = shequ_access_new_nobody (rights);
  for (guint right = 0; right < SHEQU_N_RIGHTS; right++)
    for (guint subject = 0; subject < SHEQU_N_REGISTER_CLASSES; subject++)
      {
        ShequRegister reg = { .subject = subject };

        g_assert_false (shequ_access_allows (access, right, &reg, NULL));
        g_assert_false (shequ_access_allows (access, right, NULL, NULL));
        g_assert_cmpint (shequ_access_get_reach (access, &reg), ==, -1);
      }
  g_assert_false (shequ_access_allows (access, SHEQU_RIGHT_BACKUP, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_PERMISSION);
}

static void
test_place (void)
{
  static const ShequAccessPlace place = { .unit = 3, .grid = 7, .department = 9 };
  g_autoptr (ShequRights) rights = shequ_rights_load (NULL);
  g_autoptr (ShequAccess) access = shequ_access_new (rights, SHEQU_ROLE_GRID_MEMBER);
  g_autoptr (ShequAccess) again = shequ_access_ref (access);

  g_assert_cmpint (shequ_access_get_place (access)->unit, ==, 0);
  shequ_access_set_place (access, &place);
  g_assert_cmpint (shequ_access_get_place (again)->grid, ==, 7);
  g_assert_cmpint (shequ_access_get_scope (again), ==, SHEQU_SCOPE_GRID);
}

static void
test_faults (void)
{
  static const struct
  {
    const char *text;
    const char *named;
  } faults[] = {
    { "[Role clerk]\nTitle=x\n", "[Rights]" },
    { "[Rights]\nVersion=1\nSource=s\n[Role king]\nTitle=x\n", "[Role king]" },
    { "[Rights]\nVersion=1\nSource=s\n[Role clerk]\nTitle=x\nPeople=view;fly\n", "People" },
    { "[Rights]\nVersion=1\nSource=s\n[Role clerk]\nTitle=x\nPeople=backup\n", "People" },
    { "[Rights]\nVersion=1\nSource=s\n[Role clerk]\nTitle=x\nOffice=view\n", "Office" },
    { "[Rights]\nVersion=1\nSource=s\n[Role clerk]\nTitle=x\nSee=5\n", "See" },
    { "[Rights]\nVersion=1\nSource=s\n[Role clerk]\nTitle=x\nPersons=view\n", "Persons" },
    { "[Rights]\nVersion=1\nSource=s\n[Role clerk]\nTitle=x\n", "system_administrator" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (shequ_rights_new ("my.ini", faults[i].text, &error));
      g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_CATALOGUE);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, "my.ini"));
      g_assert_nonnull (strstr (error->message, faults[i].named));
    }
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/access/table", test_table);
  g_test_add_func ("/access/open", test_open);
  g_test_add_func ("/access/nobody", test_nobody);
  g_test_add_func ("/access/place", test_place);
  g_test_add_func ("/access/faults", test_faults);
  return g_test_run ();
}
