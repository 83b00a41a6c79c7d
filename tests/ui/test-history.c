#include "config.h"

#include <adwaita.h>
#include <glib/gstdio.h>

#include "shequ-event-dialog.h"
#include "shequ-locale.h"
#include "shequ-pages.h"
#include "shequ-record-browser.h"
#include "shequ-redraw-dialog.h"

typedef struct
{
  char *folder;
  ShequOffice *office;
  GtkWidget *window;
  gint64 head;
  gint64 wife;
} Fixture;

/* Noon of 2026-11-25, a Wednesday, in Shanghai. */
static gint64
stop_clock (gpointer data)
{
  return 1795579200;
}

static gint64
add (Fixture *fixture, const char *name, const char *first, ...)
{
  const ShequRegister *reg = shequ_office_get_register (fixture->office, name);
  g_autoptr (ShequRow) row = shequ_office_new_row (fixture->office, reg);
  g_autoptr (GError) error = NULL;
  va_list arguments;

  va_start (arguments, first);
  for (const char *field = first; field != NULL; field = va_arg (arguments, const char *))
    if (shequ_field_is_integer (shequ_register_lookup (reg, field)))
      shequ_row_set_integer (row, field, va_arg (arguments, gint64));
    else
      shequ_row_set_text (row, field, va_arg (arguments, const char *));
  va_end (arguments);
  shequ_row_set_effective (row, SHEQU_SINCE_EVER);
  shequ_office_save (fixture->office, row, NULL, NULL, &error);
  g_assert_no_error (error);
  return row->key;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequCatalogue) catalogue = shequ_catalogue_new_shipped (&error);
  g_autofree char *path = NULL;
  gint64 home;

  g_assert_no_error (error);
  fixture->folder = g_dir_make_tmp ("shequ-history-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (fixture->folder, "office.db", NULL);
  fixture->office =
    shequ_office_create (path, catalogue, "长江街道", SHEQU_LEVEL_STREET, "王芳", "test", NULL, &error);
  g_assert_no_error (error);
  shequ_office_set_clock (fixture->office, stop_clock, NULL);
  home = add (fixture, "org_unit", "name", "东社区", "level", "community", "parent",
              shequ_office_get_unit (fixture->office), NULL);
  add (fixture, "org_unit", "name", "西社区", "level", "community", "parent",
       shequ_office_get_unit (fixture->office), NULL);
  add (fixture, "building", "name", "1号楼", "unit", home, NULL);
  add (fixture, "household", "address", "明仁小区1号楼101", "unit", home, NULL);
  fixture->head =
    add (fixture, "resident", "name", "王老", "birth_date", "1940-03-03", "household", (gint64) 1, "relation",
         "02", "hukou_here", (gint64) 1, "lives_here", (gint64) 1, "unit", home, NULL);
  fixture->wife =
    add (fixture, "resident", "name", "张老", "birth_date", "1942-03-03", "household", (gint64) 1, "relation",
         "12", "hukou_here", (gint64) 1, "lives_here", (gint64) 1, "unit", home, NULL);
}

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

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  gtk_window_destroy (GTK_WINDOW (fixture->window));
  for (guint i = 0; i < 20; i++)
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

static GtkWidget *
show_page (Fixture *fixture, const char *name)
{
  GtkWidget *page = shequ_pages_make (shequ_pages_lookup (name), fixture->office);

  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1200, 760);
  gtk_window_set_child (GTK_WINDOW (fixture->window), page);
  gtk_window_present (GTK_WINDOW (fixture->window));
  shequ_page_shown (SHEQU_PAGE (page));
  for (guint i = 0; i < 20; i++)
    spin ();
  return page;
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

/* A button by what stands on it. */
static GtkWidget *
find_button (GtkWidget *parent, const char *label)
{
  for (GtkWidget *child = gtk_widget_get_first_child (parent); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found;

      if (GTK_IS_BUTTON (child) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (child)), label) == 0)
        return child;
      found = find_button (child, label);
      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
click (GtkWidget *parent, const char *label)
{
  GtkWidget *button = find_button (parent, label);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static gboolean
has_status (Fixture *fixture, gint64 key, const char *status)
{
  g_autoptr (ShequRow) row = shequ_office_get_row (
    fixture->office, shequ_office_get_register (fixture->office, "resident"), key, NULL, NULL);

  return row != NULL && g_strcmp0 (shequ_row_get_text (row, "residence_status"), status) == 0;
}

/* As of a past day the list is another, and nothing can be changed; the button leads back. */
static void
test_as_of (Fixture *fixture, gconstpointer data)
{
  GtkWidget *page = show_page (fixture, "residents");
  ShequRecordBrowser *browser = SHEQU_RECORD_BROWSER (find_widget (page, SHEQU_TYPE_RECORD_BROWSER));
  ShequRecordView *view = shequ_record_browser_get_view (browser);
  ShequEvent event = { .kind = SHEQU_EVENT_DEATH,
                       .day = "2026-05-05",
                       .residents = &fixture->head,
                       .n_residents = 1,
                       .new_head = fixture->wife };
  ShequRecord *record;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (shequ_events_record (fixture->office, &event, NULL, NULL, &error), >, 0);
  g_assert_no_error (error);
  shequ_record_browser_open (browser, fixture->head);
  for (guint i = 0; i < 20; i++)
    spin ();
  g_assert_true ((shequ_record_browser_get_actions (browser) & SHEQU_PAGE_CAN_EDIT) != 0);

  shequ_record_view_set_as_of (view, "2026-01-01");
  for (guint i = 0; i < 30; i++)
    spin ();
  g_assert_cmpstr (shequ_record_view_get_query (view)->as_of, ==, "2026-01-01");
  g_assert_false (
    (shequ_record_browser_get_actions (browser) & (SHEQU_PAGE_CAN_EDIT | SHEQU_PAGE_CAN_CREATE)) != 0);
  shequ_record_browser_open (browser, fixture->head);
  for (guint i = 0; i < 30; i++)
    spin ();
  record = shequ_record_details_get_record (shequ_record_browser_get_details (browser));
  g_assert_cmpstr (shequ_row_get_text (shequ_record_get_row (record), "residence_status"), ==, "1");

  click (page, "回到今天(_B)");
  for (guint i = 0; i < 30; i++)
    spin ();
  g_assert_null (shequ_record_view_get_query (view)->as_of);
  g_assert_true ((shequ_record_browser_get_actions (browser) & SHEQU_PAGE_CAN_CREATE) != 0);
}

/* The dialog says what is missing, and records once it is there. */
static void
test_event (Fixture *fixture, gconstpointer data)
{
  GtkWidget *page = show_page (fixture, "residents");
  g_autoptr (ShequRow) row = shequ_office_get_row (
    fixture->office, shequ_office_get_register (fixture->office, "resident"), fixture->head, NULL, NULL);
  GtkWidget *dialog = shequ_event_dialog_present (page, fixture->office, SHEQU_EVENT_DEATH, row);
  GtkWidget *combo = NULL;

  for (guint i = 0; i < 200 && combo == NULL; i++)
    {
      spin ();
      combo = find_widget (dialog, ADW_TYPE_COMBO_ROW);
    }
  g_assert_nonnull (combo);
  click (dialog, "登记(_R)");
  for (guint i = 0; i < 30; i++)
    spin ();
  g_assert_true (has_status (fixture, fixture->head, "1"));
  adw_combo_row_set_selected (ADW_COMBO_ROW (combo), 1);
  click (dialog, "登记(_R)");
  for (guint i = 0; i < 200 && !has_status (fixture, fixture->head, "10"); i++)
    spin ();
  g_assert_true (has_status (fixture, fixture->head, "10"));
  for (guint i = 0; i < 20; i++)
    spin ();
}

/* A community is merged into another: counted first, then done. */
static void
test_redraw (Fixture *fixture, gconstpointer data)
{
  GtkWidget *page = show_page (fixture, "residents");
  GtkWidget *dialog = shequ_redraw_dialog_present (page, fixture->office);
  const ShequRegister *units = shequ_office_get_register (fixture->office, "org_unit");
  GtkWidget *combo[3] = { NULL, NULL, NULL };
  GtkWidget *list;
  guint n = 0;
  gboolean closed = FALSE;

  for (guint i = 0; i < 40; i++)
    spin ();
  list = gtk_widget_get_parent (find_widget (dialog, ADW_TYPE_COMBO_ROW));
  for (GtkWidget *child = gtk_widget_get_first_child (list); child != NULL && n < 3;
       child = gtk_widget_get_next_sibling (child))
    if (ADW_IS_COMBO_ROW (child))
      combo[n++] = child;
  g_assert_cmpuint (n, ==, 3);
  adw_combo_row_set_selected (ADW_COMBO_ROW (combo[0]), 1);
  adw_combo_row_set_selected (ADW_COMBO_ROW (combo[2]), 2);
  for (guint i = 0; i < 20; i++)
    spin ();
  click (dialog, "核对(_H)");
  for (guint i = 0; i < 200 && !gtk_widget_get_sensitive (find_button (dialog, "执行调整(_D)")); i++)
    spin ();
  click (dialog, "执行调整(_D)");
  for (guint i = 0; i < 200 && !closed; i++)
    {
      g_autoptr (ShequRow) unit = shequ_office_get_row (fixture->office, units, 2, NULL, NULL);

      spin ();
      closed = shequ_row_get_text (unit, "closed_on") != NULL;
    }
  g_assert_true (closed);
  for (guint i = 0; i < 20; i++)
    spin ();
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/history/as-of", Fixture, NULL, set_up, test_as_of, tear_down);
  g_test_add ("/history/event", Fixture, NULL, set_up, test_event, tear_down);
  g_test_add ("/history/redraw", Fixture, NULL, set_up, test_redraw, tear_down);
  return g_test_run ();
}
