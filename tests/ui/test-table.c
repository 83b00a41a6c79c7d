/* The table of a list: what is drawn is told to screen readers, stands where the head has it, and is sorted
 * by the head.
 */
#include "config.h"

#include <adwaita.h>
#include <glib/gstdio.h>

#include "shequ-locale.h"
#include "shequ-record-browser.h"
#include "shequ-record-details.h"
#include "shequ-record-table.h"
#include "shequ-record-view.h"

#define PATIENCE 2000 /* looks, 5 ms apart */

typedef struct
{
  char *folder;
  ShequOffice *office;
  GtkWidget *window;
  ShequRecordView *view;
  ShequRecordTable *table;
} Fixture;

/* Noon of 2026-11-25, a Wednesday, in Shanghai. */
static gint64
stop_clock (gpointer data)
{
  return 1795579200;
}

static void
add (Fixture *fixture, const char *name, const char *number, const char *phone)
{
  const ShequRegister *reg = shequ_office_get_register (fixture->office, "resident");
  g_autoptr (ShequRow) row = shequ_office_new_row (fixture->office, reg);
  g_autoptr (GError) error = NULL;

  shequ_row_set_text (row, "name", name);
  shequ_row_set_text (row, "id_number", number);
  shequ_row_set_text (row, "phone", phone);
  shequ_office_save (fixture->office, row, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
look (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_usleep (5000);
}

static GtkWidget *
find_widget (GtkWidget *parent, GType type)
{
  for (GtkWidget *child = gtk_widget_get_first_child (parent); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = g_type_is_a (G_OBJECT_TYPE (child), type) ? child : find_widget (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
get_row (Fixture *fixture, guint position)
{
  GtkWidget *row = gtk_widget_get_first_child (shequ_record_table_get_list (fixture->table));

  for (guint i = 0; i < position && row != NULL; i++)
    row = gtk_widget_get_next_sibling (row);
  return row;
}

/* Waits until a row is called so; the screen reader hears nothing else of it. */
static void
wait_for_row (Fixture *fixture, guint position, const char *name)
{
  char *wrong = NULL;

  for (guint i = 0; i < PATIENCE; i++)
    {
      GtkWidget *row = get_row (fixture, position);

      g_clear_pointer (&wrong, g_free);
      if (row != NULL)
        wrong =
          gtk_test_accessible_check_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name);
      if (row != NULL && wrong == NULL)
        return;
      look ();
    }
  g_error ("Row %u: %s", position, wrong != NULL ? wrong : "there is none");
}

#define LI "李小明，性别 男性，年龄（岁） 76，联系电话 138****8000，公民身份号码 110105********0038"
#define WANG "王小红，性别 女性，年龄（岁） 76，公民身份号码 110105********002X"

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequCatalogue) catalogue = shequ_catalogue_new_shipped (&error);
  g_autofree char *path = NULL;

  g_assert_no_error (error);
  fixture->folder = g_dir_make_tmp ("shequ-table-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (fixture->folder, "office.db", NULL);
  fixture->office =
    shequ_office_create (path, catalogue, "幸福里社区", SHEQU_LEVEL_COMMUNITY, "王芳", "test", NULL, &error);
  g_assert_no_error (error);
  shequ_office_set_clock (fixture->office, stop_clock, NULL);
  add (fixture, "王小红", "11010519491231002X", NULL);
  add (fixture, "李小明", "110105194912310038", "13800138000");
  fixture->view =
    shequ_record_view_new (fixture->office, shequ_office_get_register (fixture->office, "resident"));
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1280, 700);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->view));
  gtk_window_present (GTK_WINDOW (fixture->window));
  fixture->table = SHEQU_RECORD_TABLE (find_widget (GTK_WIDGET (fixture->view), SHEQU_TYPE_RECORD_TABLE));
  wait_for_row (fixture, 0, LI);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  gtk_window_destroy (GTK_WINDOW (fixture->window));
  for (guint i = 0; i < 60; i++)
    look ();
  g_assert_finalize_object (fixture->office);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_remove (path);
    }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
}

/* Values masked as they are seen, empty ones left out, in the order of the list. */
static void
test_read (Fixture *fixture, gconstpointer data)
{
  GtkWidget *entry = find_widget (GTK_WIDGET (fixture->view), GTK_TYPE_EDITABLE);

  wait_for_row (fixture, 1, WANG);
  gtk_editable_set_text (GTK_EDITABLE (entry), "wxh");
  wait_for_row (fixture, 0, WANG);
  g_assert_null (get_row (fixture, 1));
  gtk_editable_set_text (GTK_EDITABLE (entry), "");
  wait_for_row (fixture, 0, LI);
  wait_for_row (fixture, 1, WANG);
}

/* A click on a title sorts; a second one turns round. */
static void
test_sort (Fixture *fixture, gconstpointer data)
{
  ShequRecordColumns *columns = shequ_record_table_get_columns (fixture->table);
  GtkColumnView *head = GTK_COLUMN_VIEW (shequ_record_columns_get_head (columns));
  GListModel *titles = gtk_column_view_get_columns (head);
  g_autoptr (GtkColumnViewColumn) name = g_list_model_get_item (titles, 0);
  gboolean descending;

  gtk_column_view_sort_by_column (head, name, GTK_SORT_DESCENDING);
  g_assert_cmpstr (shequ_record_columns_get_sort (columns, &descending)->name, ==, "name");
  g_assert_true (descending);
  wait_for_row (fixture, 0, WANG);
  wait_for_row (fixture, 1, LI);
}

/* Side by side from edge to edge; what is dragged keeps its width until it is clicked twice. */
static void
test_columns (Fixture *fixture, gconstpointer data)
{
  ShequRecordColumns *columns = shequ_record_table_get_columns (fixture->table);
  const GPtrArray *list = shequ_record_columns_get_columns (columns);
  GtkColumnView *head = GTK_COLUMN_VIEW (shequ_record_columns_get_head (columns));
  g_autoptr (GtkColumnViewColumn) first = g_list_model_get_item (gtk_column_view_get_columns (head), 0);
  int usual = ((const ShequRecordColumn *) list->pdata[0])->width, x = 0;

  for (guint i = 0; i < list->len; i++)
    {
      const ShequRecordColumn *column = list->pdata[i];

      g_assert_cmpint (column->x, ==, x);
      g_assert_cmpint (column->width, >, 30);
      x += column->width;
    }
  g_assert_cmpint (x, ==, gtk_widget_get_width (GTK_WIDGET (fixture->table)));
  gtk_column_view_column_set_fixed_width (first, 321);
  for (guint i = 0; i < PATIENCE && ((const ShequRecordColumn *) list->pdata[1])->x != 321; i++)
    look ();
  g_assert_cmpint (((const ShequRecordColumn *) list->pdata[1])->x, ==, 321);
  gtk_column_view_column_set_fixed_width (first, -1);
  for (guint i = 0; i < PATIENCE && ((const ShequRecordColumn *) list->pdata[1])->x != usual; i++)
    look ();
  g_assert_cmpint (((const ShequRecordColumn *) list->pdata[1])->x, ==, usual);
}

static void
wait_for_pane (GtkWidget *details, gboolean shown)
{
  for (guint i = 0; i < PATIENCE && gtk_widget_get_mapped (details) != shown; i++)
    look ();
  g_assert_cmpint (gtk_widget_get_mapped (details), ==, shown);
}

/* The pane beside the list is there when there is something to read in it. */
static void
test_pane (Fixture *fixture, gconstpointer data)
{
  ShequRecordBrowser *browser =
    shequ_record_browser_new (fixture->office, shequ_office_get_register (fixture->office, "resident"));
  GtkWidget *details = GTK_WIDGET (shequ_record_browser_get_details (browser));
  GtkSelectionModel *rows;
  int wide;

  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (browser));
  fixture->view = shequ_record_browser_get_view (browser);
  fixture->table = SHEQU_RECORD_TABLE (find_widget (GTK_WIDGET (browser), SHEQU_TYPE_RECORD_TABLE));
  wait_for_row (fixture, 1, WANG);
  wait_for_pane (details, FALSE);
  wide = gtk_widget_get_width (GTK_WIDGET (fixture->table));
  g_assert_cmpint (wide, ==, gtk_widget_get_width (GTK_WIDGET (browser)));
  rows = gtk_list_view_get_model (GTK_LIST_VIEW (shequ_record_table_get_list (fixture->table)));
  gtk_selection_model_select_item (rows, 1, TRUE);
  wait_for_pane (details, TRUE);
  for (guint i = 0; i < PATIENCE && gtk_widget_get_width (GTK_WIDGET (fixture->table)) == wide; i++)
    look ();
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (fixture->table)), <, wide);
  /* Several are no record to be read, but the list does not jump. */
  gtk_selection_model_select_item (rows, 0, FALSE);
  wait_for_pane (details, FALSE);
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (fixture->table)), <, wide);
  gtk_selection_model_unselect_all (rows);
  for (guint i = 0; i < PATIENCE && gtk_widget_get_width (GTK_WIDGET (fixture->table)) != wide; i++)
    look ();
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (fixture->table)), ==, wide);
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/table/read", Fixture, NULL, set_up, test_read, tear_down);
  g_test_add ("/table/sort", Fixture, NULL, set_up, test_sort, tear_down);
  g_test_add ("/table/columns", Fixture, NULL, set_up, test_columns, tear_down);
  g_test_add ("/table/pane", Fixture, NULL, set_up, test_pane, tear_down);
  return g_test_run ();
}
