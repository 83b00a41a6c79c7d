#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "shequ-burden-file.h"
#include "shequ-chart-view.h"
#include "shequ-pages.h"
#include "shequ-work-log.h"
#include "shequ-workload.h"

typedef struct
{
  char *folder;
  ShequOffice *office;
  GtkWidget *window;
  gint64 department;
  gint64 item;
} Fixture;

static void
spin (void)
{
  for (guint i = 0; i < 10; i++)
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (2000);
    }
}

static gint64
now (gpointer data)
{
  return 1795305600; /* 2026-11-22 08:00 in Beijing */
}

static gint64
save (Fixture *fixture, ShequRow *row)
{
  g_autoptr (GError) error = NULL;
  gint64 key;

  shequ_office_save (fixture->office, row, NULL, NULL, &error);
  g_assert_no_error (error);
  key = row->key;
  shequ_row_free (row);
  return key;
}

static ShequRow *
new_row (Fixture *fixture, const char *reg, const char *name)
{
  ShequRow *row = shequ_office_new_row (fixture->office, shequ_office_get_register (fixture->office, reg));

  shequ_row_set_text (row, "name", name);
  return row;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequCatalogue) catalogue = shequ_catalogue_new_shipped (&error);
  g_autofree char *path = NULL;
  ShequRow *department, *item;

  g_assert_no_error (error);
  fixture->folder = g_dir_make_tmp ("shequ-work-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (fixture->folder, "office.db", NULL);
  fixture->office =
    shequ_office_create (path, catalogue, "幸福里社区", SHEQU_LEVEL_COMMUNITY, "王芳", "test", NULL, &error);
  g_assert_no_error (error);
  shequ_office_set_clock (fixture->office, now, NULL);
  save (fixture, new_row (fixture, "staff", "王芳"));
  department = new_row (fixture, "department", "区民政局");
  shequ_row_set_text (department, "short_name", "民政局");
  shequ_row_set_text (department, "code", "MZJ");
  fixture->department = save (fixture, department);
  item = new_row (fixture, "work_item", "养老服务补贴核查");
  shequ_row_set_integer (item, "department", fixture->department);
  fixture->item = save (fixture, item);
}

static void
show_page (Fixture *fixture, const char *name)
{
  GtkWidget *page = shequ_pages_make (shequ_pages_lookup (name), fixture->office);

  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1000, 700);
  gtk_window_set_child (GTK_WINDOW (fixture->window), page);
  gtk_window_present (GTK_WINDOW (fixture->window));
  shequ_page_shown (SHEQU_PAGE (page));
  spin ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  gtk_window_destroy (GTK_WINDOW (fixture->window));
  spin ();
  spin ();
  g_assert_finalize_object (fixture->office);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_remove (path);
    }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
}

/* Finds a widget of a type below another; `label` is that of a button. */
static GtkWidget *
find_widget (GtkWidget *parent, GType type, const char *label)
{
  for (GtkWidget *child = gtk_widget_get_first_child (parent); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found;

      if (g_type_is_a (G_OBJECT_TYPE (child), type) &&
          (label == NULL || g_strcmp0 (gtk_button_get_label (GTK_BUTTON (child)), label) == 0))
        return child;
      found = find_widget (child, type, label);
      if (found != NULL)
        return found;
    }
  return NULL;
}

static GPtrArray *
read_entries (Fixture *fixture)
{
  g_autoptr (ShequQuery) query =
    shequ_office_new_query (fixture->office, shequ_office_get_register (fixture->office, "work_entry"));
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = shequ_office_get_rows (fixture->office, query, NULL, &error);

  g_assert_no_error (error);
  return rows;
}

static void
log_minutes (Fixture *fixture, const char *day, gint64 minutes)
{
  ShequWorkEntry entry = { .item = fixture->item, .day = day, .minutes = minutes };
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (shequ_workload_log (fixture->office, &entry, NULL, &error), !=, 0);
  g_assert_no_error (error);
}

/* What was done before is offered first: the item, the time, save; the entry is stored with its department.
 */
static void
test_three_presses (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) entries = NULL;
  GtkWidget *log, *list, *chip;
  GtkListBoxRow *row = NULL;
  const ShequRow *entry = NULL;

  log_minutes (fixture, "2026-11-20", 40);
  show_page (fixture, "work");
  log = find_widget (fixture->window, SHEQU_TYPE_WORK_LOG, NULL);
  list = find_widget (log, GTK_TYPE_LIST_BOX, NULL);
  for (guint i = 0; i < 100 && row == NULL; i++)
    {
      spin ();
      row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0);
    }
  g_assert_nonnull (row);
  g_assert_false (shequ_work_log_get_ready (SHEQU_WORK_LOG (log)));

  gtk_widget_grab_focus (GTK_WIDGET (row));
  gtk_list_box_select_row (GTK_LIST_BOX (list), row);
  g_assert_true (shequ_work_log_get_ready (SHEQU_WORK_LOG (log)));
  chip = find_widget (log, GTK_TYPE_BUTTON, g_dgettext (GETTEXT_PACKAGE, "1 hour"));
  g_signal_emit_by_name (chip, "clicked");
  g_signal_emit_by_name (find_widget (log, GTK_TYPE_BUTTON, g_dgettext (GETTEXT_PACKAGE, "_Log this work")),
                         "clicked");
  for (guint i = 0; i < 100 && (entries == NULL || entries->len < 2); i++)
    {
      spin ();
      g_clear_pointer (&entries, g_ptr_array_unref);
      entries = read_entries (fixture);
    }
  g_assert_cmpuint (entries->len, ==, 2);
  for (guint i = 0; i < entries->len; i++)
    if (shequ_row_get_integer (entries->pdata[i], "minutes") == 60)
      entry = entries->pdata[i];
  g_assert_nonnull (entry);
  g_assert_cmpstr (shequ_row_get_text (entry, "day"), ==, "2026-11-22");
  g_assert_cmpint (shequ_row_get_integer (entry, "item"), ==, fixture->item);
  g_assert_cmpint (shequ_row_get_integer (entry, "department"), ==, fixture->department);
  for (guint i = 0; i < 100 && shequ_work_log_get_ready (SHEQU_WORK_LOG (log)); i++)
    spin ();
  for (guint i = 0; i < 10; i++)
    spin ();
  g_assert_false (shequ_work_log_get_ready (SHEQU_WORK_LOG (log)));
}

/* The chart of the page is there, and its pieces lead to the records that make them. */
static void
test_burden (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequBurden) burden = NULL;
  g_autoptr (ShequChart) chart = NULL;
  GtkWidget *view;
  ShequChartPiece piece = { 0, 11 };
  g_autofree char *condition = NULL;
  g_autofree char *wanted = g_strdup_printf (
    "day>=2026-11-01 and day<=2026-11-30 and (department=%" G_GINT64_FORMAT ")", fixture->department);
  ShequPageActions actions = SHEQU_PAGE_NOTHING;

  log_minutes (fixture, "2026-11-20", 90);
  log_minutes (fixture, "2026-10-20", 30);
  show_page (fixture, "burden");
  for (guint i = 0; i < 100 && actions == SHEQU_PAGE_NOTHING; i++)
    {
      spin ();
      actions = shequ_page_get_actions (SHEQU_PAGE (gtk_window_get_child (GTK_WINDOW (fixture->window))));
    }
  g_assert_cmpint (actions, ==, SHEQU_PAGE_CAN_EXPORT | SHEQU_PAGE_CAN_PRINT);
  view = find_widget (fixture->window, SHEQU_TYPE_CHART_VIEW, NULL);
  g_assert_true (gtk_widget_get_mapped (view));

  burden = shequ_workload_summarise (fixture->office, "2025-12-01", "2026-11-30", NULL, &error);
  g_assert_no_error (error);
  chart = shequ_burden_chart_new (burden, NULL);
  condition = shequ_burden_get_condition (burden, chart, piece);
  g_assert_cmpstr (condition, ==, wanted);
}

/* Every file of the month comes out whole. */
static void
test_files (Fixture *fixture, gconstpointer data)
{
  static const char *const formats[] = { "pdf", "svg", "png", "xlsx" };
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequBurden) burden = NULL;
  g_autoptr (ShequChart) chart = NULL;
  ShequBurdenReport report = { .unit = "幸福里社区", .handler = "王芳", .today = "2026-11-22" };

  log_minutes (fixture, "2026-11-20", 90);
  show_page (fixture, "burden");
  burden = shequ_workload_summarise (fixture->office, "2026-11-01", "2026-11-30", NULL, &error);
  g_assert_no_error (error);
  report.burden = burden;
  chart = shequ_burden_chart_new (burden, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *name = g_strdup_printf ("report.%s", formats[i]);
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
      GStatBuf status;

      g_assert_true (shequ_burden_report_write (&report, chart, path, formats[i], &error));
      g_assert_no_error (error);
      g_assert_cmpint (g_stat (path, &status), ==, 0);
      g_assert_cmpint (status.st_size, >, 500);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/work/three-presses", Fixture, NULL, set_up, test_three_presses, tear_down);
  g_test_add ("/work/burden", Fixture, NULL, set_up, test_burden, tear_down);
  g_test_add ("/work/files", Fixture, NULL, set_up, test_files, tear_down);
  return g_test_run ();
}
