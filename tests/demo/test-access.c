/* Every role in an office that looks like a real one: each look at each shipped register is answered or
 * refused, and tells of nobody else. */
#include "config.h"

#include <glib/gstdio.h>

#include "shequ-demo.h"
#include "shequ-error.h"
#include "shequ-locale.h"

#define TODAY "2026-11-22"

typedef struct
{
  char *folder;
  ShequCatalogue *catalogue;
  ShequStore *store;
  ShequRights *rights;
  gint64 unit;
} Office;

static void
set_up (Office *office, gconstpointer data)
{
  ShequDemoOptions options = { .seed = 7, .today = TODAY, .user = "王主任", .workstation = "窗口一" };
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autoptr (ShequQuery) query = NULL;
  g_autoptr (GArray) keys = NULL;

  office->folder = g_dir_make_tmp ("shequ-demo-XXXXXX", &error);
  path = g_build_filename (office->folder, "office.db", NULL);
  office->catalogue = shequ_catalogue_new_shipped (&error);
  office->rights = shequ_rights_load (&error);
  office->store = shequ_store_open (path, office->catalogue, SHEQU_OPEN_CREATE, NULL, &error);
  g_assert_no_error (error);
  shequ_demo_options_set_scale (&options, data, &error);
  shequ_demo_fill (office->store, &options, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  query = shequ_query_new (shequ_catalogue_lookup (office->catalogue, "grid"), TODAY);
  keys = shequ_store_list_keys (office->store, query, NULL, &error);
  g_assert_no_error (error);
  {
    g_autoptr (ShequRow) grid = shequ_store_get (office->store, query->reg, g_array_index (keys, gint64, 0),
                                                 SHEQU_FETCH_PLAIN, NULL, NULL, &error);

    g_assert_no_error (error);
    office->unit = shequ_row_get_integer (grid, "unit");
  }
}

static void
tear_down (Office *office, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (office->folder, 0, NULL);
  const char *name;

  shequ_store_unref (office->store);
  shequ_catalogue_unref (office->catalogue);
  shequ_rights_unref (office->rights);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (office->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (office->folder);
  g_free (office->folder);
}

static gint64
get_first (Office *office, const char *name)
{
  g_autoptr (ShequQuery) query = shequ_query_new (shequ_catalogue_lookup (office->catalogue, name), TODAY);
  g_autoptr (GArray) keys = NULL;

  query->unit = office->unit;
  keys = shequ_store_list_keys (office->store, query, NULL, NULL);
  return keys->len > 0 ? g_array_index (keys, gint64, 0) : 0;
}

static void
sign_in (Office *office, ShequRole role)
{
  g_autoptr (ShequAccess) access = shequ_access_new (office->rights, role);
  ShequAccessPlace place = { office->unit, 0, 0 };

  shequ_store_set_access (office->store, NULL);
  place.grid = get_first (office, "grid");
  place.department = get_first (office, "department");
  shequ_access_set_place (access, &place);
  shequ_store_set_access (office->store, access);
}

/* Whether a value that the role may not see is left in a row. */
static void
check_row (Office *office, const ShequRow *row)
{
  g_autoptr (ShequAccess) access = shequ_store_ref_access (office->store);
  int highest = shequ_access_get_highest (access, SHEQU_RIGHT_VIEW, row->reg);

  for (guint i = 0; i < row->reg->fields->len; i++)
    {
      const ShequField *field = row->reg->fields->pdata[i];

      if ((int) field->sensitivity <= highest)
        continue;
      g_assert_true (shequ_row_is_withheld (row, field));
      g_assert_cmpint (row->values[i].type, !=, SHEQU_VALUE_INTEGER);
    }
  if (row->reg->level != SHEQU_LEVEL_NONE && shequ_access_get_scope (access) != SHEQU_SCOPE_OWN)
    g_assert_cmpint (shequ_row_get_integer (row, "unit"), ==, office->unit);
}

static guint
check_register (Office *office, const ShequRegister *reg, gboolean searched)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequQuery) query = shequ_query_new (reg, TODAY);
  ShequSummaryQuery summary = { .query = query };
  g_autoptr (GArray) keys = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) groups = NULL;
  gint64 count;

  if (searched)
    shequ_query_set_search (query, "王");
  keys = shequ_store_list_keys (office->store, query, NULL, &error);
  if (!shequ_store_allows (office->store, SHEQU_RIGHT_VIEW, reg, NULL))
    {
      g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_PERMISSION);
      return 0;
    }
  g_assert_no_error (error);
  count = shequ_store_count (office->store, query, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count, ==, keys->len);
  groups = shequ_store_summarise (office->store, &summary, NULL, &error);
  g_assert_no_error (error);
  rows = shequ_store_fetch (office->store, reg, (const gint64 *) keys->data, MIN (keys->len, 60),
                            SHEQU_FETCH_TITLES | SHEQU_FETCH_COMPUTED, TODAY, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, MIN (keys->len, 60));
  for (guint i = 0; i < rows->len; i++)
    check_row (office, rows->pdata[i]);
  return keys->len;
}

static void
test_roles (Office *office, gconstpointer data)
{
  const GPtrArray *registers = shequ_catalogue_get_registers (office->catalogue);

  for (guint role = 0; role < SHEQU_N_ROLES; role++)
    {
      guint n = 0;

      sign_in (office, role);
      for (guint i = 0; i < registers->len; i++)
        {
          n += check_register (office, registers->pdata[i], FALSE);
          check_register (office, registers->pdata[i], TRUE);
        }
      g_test_message ("%s: %u records", shequ_role_get_name (role), n);
      g_assert_cmpuint (n, >, 0);
    }
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/demo/access/street", Office, "street", set_up, test_roles, tear_down);
  return g_test_run ();
}
