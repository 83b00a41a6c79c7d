#include "config.h"

#include <adwaita.h>
#include <glib/gstdio.h>

#include "shequ-locale.h"
#include "shequ-pages.h"

typedef struct
{
  char *folder;
  ShequOffice *office;
  GtkWidget *window;
} Fixture;

/* Noon of 2026-11-25, a Wednesday, in Shanghai. */
static gint64
stop_clock (gpointer data)
{
  return 1795579200;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequCatalogue) catalogue = shequ_catalogue_new_shipped (&error);
  g_autofree char *path = NULL;

  g_assert_no_error (error);
  fixture->folder = g_dir_make_tmp ("shequ-pages-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (fixture->folder, "office.db", NULL);
  fixture->office =
    shequ_office_create (path, catalogue, "幸福里社区", SHEQU_LEVEL_COMMUNITY, "王芳", "test", NULL, &error);
  g_assert_no_error (error);
  shequ_office_set_clock (fixture->office, stop_clock, NULL);
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

static ShequPage *
show_page (Fixture *fixture, const char *name)
{
  GtkWidget *page = shequ_pages_make (shequ_pages_lookup (name), fixture->office);

  fixture->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (fixture->window), page);
  gtk_window_present (GTK_WINDOW (fixture->window));
  shequ_page_shown (SHEQU_PAGE (page));
  return SHEQU_PAGE (page);
}

/* The n-th widget of a type below another, in the order in which they stand. */
static GtkWidget *
find_widget (GtkWidget *parent, GType type, guint *n)
{
  for (GtkWidget *child = gtk_widget_get_first_child (parent); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found;

      if (g_type_is_a (G_OBJECT_TYPE (child), type) && (*n)-- == 0)
        return child;
      found = find_widget (child, type, n);
      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
wait_for_step (ShequPage *page, const char *name)
{
  guint n = 0;
  GtkStack *stack = GTK_STACK (find_widget (GTK_WIDGET (page), GTK_TYPE_STACK, &n));

  for (guint i = 0; i < 400 && g_strcmp0 (gtk_stack_get_visible_child_name (stack), name) != 0; i++)
    spin ();
  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, name);
}

static void
press (ShequPage *page, const char *id)
{
  GtkWidget *button =
    GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (page), G_OBJECT_TYPE (page), id));

  g_assert_true (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static GPtrArray *
list_all (Fixture *fixture, const char *reg)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequQuery) query =
    shequ_office_new_query (fixture->office, shequ_office_get_register (fixture->office, reg));
  GPtrArray *rows = shequ_office_get_rows (fixture->office, query, NULL, &error);

  g_assert_no_error (error);
  return rows;
}

/* A file of volunteers goes into their register by itself; what is refused stands in a file beside it. */
static void
test_import (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "list.csv", NULL);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GDir) folder = NULL;
  ShequPage *page = show_page (fixture, "import");
  guint n_refused = 0;
  const char *name;

  g_assert_true (g_file_set_contents (path,
                                      "名单,,,\n姓名,联系电话,所属队伍,技能特长\n"
                                      "王小明,13800138000,便民队,理发\n李华,13900139000,便民队,书法\n"
                                      ",13700137000,便民队,缺姓名\n",
                                      -1, NULL));
  wait_for_step (page, "choose");
  g_assert_true (shequ_page_open_file (page, path));
  g_assert_false (shequ_page_open_file (page, path));
  wait_for_step (page, "check");
  press (page, "run_button");
  wait_for_step (page, "done");
  rows = list_all (fixture, "volunteer");
  g_assert_cmpuint (rows->len, ==, 2);
  folder = g_dir_open (fixture->folder, 0, NULL);
  while ((name = g_dir_read_name (folder)) != NULL)
    n_refused += g_str_has_prefix (name, "list-");
  g_assert_cmpuint (n_refused, ==, 1);
}

/* What is no spreadsheet is refused, and the page is ready for another. */
static void
test_unreadable (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "nothing.xlsx", NULL);
  ShequPage *page = show_page (fixture, "import");

  g_assert_true (shequ_page_open_file (page, path));
  wait_for_step (page, "working");
  wait_for_step (page, "choose");
}

static gint64
store (Fixture *fixture, ShequRow *row)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) issues = shequ_issues_new ();

  shequ_office_save (fixture->office, row, issues, NULL, &error);
  g_assert_no_error (error);
  return row->key;
}

static gint64
add_shift (Fixture *fixture)
{
  g_autoptr (ShequRow) shift =
    shequ_office_new_row (fixture->office, shequ_office_get_register (fixture->office, "shift"));

  shequ_row_set_text (shift, "title", "文明劝导");
  shequ_row_set_text (shift, "day", "2026-11-25");
  shequ_row_set_text (shift, "start", "08:00");
  shequ_row_set_text (shift, "end", "10:00");
  shequ_row_set_integer (shift, "needed", 2);
  return store (fixture, shift);
}

static gboolean
activate_candidate (ShequPage *page)
{
  for (guint i = 0; i < 60; i++)
    {
      guint n = i;
      GtkWidget *row = find_widget (GTK_WIDGET (page), ADW_TYPE_ACTION_ROW, &n);
      GtkWidget *list;

      if (row == NULL)
        return FALSE;
      if (g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), "王小明") != 0)
        continue;
      list = gtk_widget_get_ancestor (row, GTK_TYPE_LIST_BOX);
      g_signal_emit_by_name (list, "row-activated", row);
      return TRUE;
    }
  return FALSE;
}

/* The vacant shift is looked at by itself; a free volunteer is put on it. */
static void
test_volunteers (Fixture *fixture, gconstpointer data)
{
  gint64 shift = add_shift (fixture);
  g_autoptr (ShequRow) volunteer =
    shequ_office_new_row (fixture->office, shequ_office_get_register (fixture->office, "volunteer"));
  g_autoptr (GPtrArray) rows = NULL;
  ShequPage *page;
  gint64 key;

  shequ_row_set_text (volunteer, "name", "王小明");
  key = store (fixture, volunteer);
  page = show_page (fixture, "volunteers");
  for (guint i = 0; i < 200 && !activate_candidate (page); i++)
    spin ();
  for (guint i = 0; i < 200; i++)
    {
      g_clear_pointer (&rows, g_ptr_array_unref);
      rows = list_all (fixture, "assignment");
      if (rows->len > 0)
        break;
      spin ();
    }
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpint (shequ_row_get_integer (g_ptr_array_index (rows, 0), "shift"), ==, shift);
  g_assert_cmpint (shequ_row_get_integer (g_ptr_array_index (rows, 0), "volunteer"), ==, key);
}

/* Nothing is due; then a shift of today lacks hands, and the page says so by itself. */
static void
test_today (Fixture *fixture, gconstpointer data)
{
  ShequPage *page = show_page (fixture, "today");

  wait_for_step (page, "done");
  add_shift (fixture);
  wait_for_step (page, "list");
}

static guint
wait_for_rows (GtkWidget *list, guint wanted)
{
  guint n = 0;

  for (guint i = 0; i < 400; i++)
    {
      n = 0;
      while (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), (int) n) != NULL)
        n++;
      if (n == wanted)
        break;
      spin ();
    }
  return n;
}

/* Nine shifts without hands: five are named, a sixth line shows the other four. */
static void
test_today_fold (Fixture *fixture, gconstpointer data)
{
  ShequPage *page;
  GtkWidget *list;
  guint n = 0;

  for (guint i = 0; i < 9; i++)
    add_shift (fixture);
  page = show_page (fixture, "today");
  wait_for_step (page, "list");
  list = find_widget (GTK_WIDGET (page), GTK_TYPE_LIST_BOX, &n);
  g_assert_cmpuint (wait_for_rows (list, 6), ==, 6);
  gtk_widget_activate (GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 5)));
  g_assert_cmpuint (wait_for_rows (list, 9), ==, 9);
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);
  adw_init ();

#define ADD(name, function) g_test_add ("/pages-day/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("import", test_import);
  ADD ("unreadable", test_unreadable);
  ADD ("volunteers", test_volunteers);
  ADD ("today", test_today);
  ADD ("today-fold", test_today_fold);
#undef ADD
  return g_test_run ();
}
