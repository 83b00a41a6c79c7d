#include "shequ-data.h"
#include "shequ-error.h"
#include "shequ-locale.h"

static gboolean
count_row (char **cells, guint line, gpointer user_data, GError **error)
{
  GPtrArray *names = user_data;

  g_assert_cmpuint (line, ==, names->len + 2);
  g_ptr_array_add (names, g_strdup (cells[0]));
  return TRUE;
}

static void
test_table (void)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  g_assert_true (shequ_data_read_table ("codes/gbt2261_1_sex.tsv", "name code", count_row, names, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (names->len, ==, 4);
  g_assert_cmpstr (names->pdata[1], ==, "男性");
}

static void
test_table_lacks_column (void)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  g_assert_false (shequ_data_read_table ("codes/gbt2261_1_sex.tsv", "name none", count_row, names, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREADABLE);
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/data/table", test_table);
  g_test_add_func ("/data/table-lacks-column", test_table_lacks_column);

  return g_test_run ();
}
