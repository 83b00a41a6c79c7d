/* Residents who are registered twice, merged and undone on the page of residents. */
#include "config.h"

#include <adwaita.h>
#include <glib/gstdio.h>
#include <string.h>

#include "shequ-duplicates-pane.h"
#include "shequ-duplicates.h"
#include "shequ-locale.h"
#include "shequ-pages.h"

typedef struct
{
  char *folder;
  ShequOffice *office;
  GtkWidget *window;
  GtkWidget *page;
} Fixture;

static void
add_resident (Fixture *fixture, const char *name, const char *phone)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequRow) row =
    shequ_office_new_row (fixture->office, shequ_office_get_register (fixture->office, "resident"));

  shequ_row_set_text (row, "name", name);
  shequ_row_set_text (row, "birth_date", "1965-03-07");
  shequ_row_set_text (row, "phone", phone);
  g_assert_true (shequ_office_save (fixture->office, row, NULL, NULL, &error));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequCatalogue) catalogue = shequ_catalogue_new_shipped (&error);
  g_autofree char *path = NULL;

  g_assert_no_error (error);
  fixture->folder = g_dir_make_tmp ("shequ-pages-XXXXXX", &error);
  path = g_build_filename (fixture->folder, "office.db", NULL);
  fixture->office =
    shequ_office_create (path, catalogue, "幸福里社区", SHEQU_LEVEL_COMMUNITY, "王芳", "test", NULL, &error);
  g_assert_no_error (error);
  add_resident (fixture, "王小明", "13800138000");
  add_resident (fixture, "王晓明", NULL);
  add_resident (fixture, "赵六", NULL);
  fixture->page = shequ_pages_make (shequ_pages_lookup ("residents"), fixture->office);
  fixture->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->page);
  gtk_window_present (GTK_WINDOW (fixture->window));
  shequ_page_shown (SHEQU_PAGE (fixture->page));
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

/* The button below a widget that bears a label. */
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
press (Fixture *fixture, const char *label)
{
  GtkWidget *button = find_button (fixture->page, label);

  g_assert_nonnull (button);
  for (guint i = 0; i < 400 && !gtk_widget_is_sensitive (button); i++)
    spin ();
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static guint
count (Fixture *fixture, const char *reg)
{
  g_autoptr (ShequQuery) query =
    shequ_office_new_query (fixture->office, shequ_office_get_register (fixture->office, reg));

  return (guint) shequ_store_count (shequ_office_get_store (fixture->office), query, NULL, NULL);
}

static void
wait_for (Fixture *fixture, const char *reg, guint n)
{
  for (guint i = 0; i < 400 && count (fixture, reg) != n; i++)
    spin ();
  g_assert_cmpuint (count (fixture, reg), ==, n);
}

static void
test_merge (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequRow) kept = NULL;

  press (fixture, "疑似重复(_P)");
  press (fixture, "合并(_M)");
  wait_for (fixture, "resident", 2);
  kept = shequ_office_get_row (fixture->office, shequ_office_get_register (fixture->office, "resident"), 1,
                               NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (shequ_row_get_text (kept, "name"), ==, "王小明");
  g_assert_cmpstr (shequ_row_get_text (kept, "phone"), ==, "13800138000");
  g_assert_cmpuint (count (fixture, "merge"), ==, 1);
  press (fixture, "返回名单(_B)");
}

static void
wait_for_step (Fixture *fixture, const char *name)
{
  GtkWidget *child = gtk_widget_get_first_child (fixture->page);

  while (child != NULL && !GTK_IS_STACK (child))
    child = gtk_widget_get_first_child (child);
  g_assert_nonnull (child);
  for (guint i = 0; i < 400 && g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (child)), name) != 0;
       i++)
    spin ();
  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (child)), ==, name);
}

/* A second roster whose columns moved: put right, compared, and what is ticked is stored. */
static void
test_compare (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "second.csv", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequRow) row = NULL;

  row = shequ_office_get_row (fixture->office, shequ_office_get_register (fixture->office, "resident"), 1,
                              NULL, &error);
  shequ_row_set_text (row, "id_number", "11010519491231002X");
  g_assert_true (shequ_office_save (fixture->office, row, NULL, NULL, &error));
  g_clear_pointer (&row, shequ_row_free);
  g_assert_true (g_file_set_contents (path,
                                      "姓名,联系电话,公民身份号码\n"
                                      "11010519491231002X,王小明,13900139000\n"
                                      "110101199003070118,李大双,\n110101199003070134,孙七,\n"
                                      "110101199003070150,周八,13800138006\n",
                                      -1, &error));
  fixture->page = shequ_pages_make (shequ_pages_lookup ("import"), fixture->office);
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->page);
  shequ_page_shown (SHEQU_PAGE (fixture->page));
  g_assert_true (shequ_page_open_file (SHEQU_PAGE (fixture->page), path));
  wait_for_step (fixture, "check");
  press (fixture, "按内容对应(_P)");
  for (guint i = 0; i < 20; i++)
    spin ();
  press (fixture, "比对(_C)");
  wait_for_step (fixture, "compare");
  g_assert_cmpuint (count (fixture, "resident"), ==, 3);
  press (fixture, "保存所选(_T)");
  wait_for_step (fixture, "done");
  g_assert_cmpuint (count (fixture, "resident"), ==, 6);
  row = shequ_office_get_row (fixture->office, shequ_office_get_register (fixture->office, "resident"), 1,
                              NULL, &error);
  g_assert_cmpstr (shequ_row_get_text (row, "phone"), ==, "13900139000");
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/duplicates/merge", Fixture, NULL, set_up, test_merge, tear_down);
  g_test_add ("/duplicates/compare", Fixture, NULL, set_up, test_compare, tear_down);
  return g_test_run ();
}
