#include "config.h"

#include <adwaita.h>
#include <glib/gstdio.h>

#include "shequ-feedback.h"
#include "shequ-locale.h"
#include "shequ-pages.h"
#include "shequ-window.h"

typedef struct
{
  char *folder;
  char *path;
  ShequWindow *window;
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

static GtkStack *
get_stack (Fixture *fixture)
{
  return GTK_STACK (find_widget (find_widget (GTK_WIDGET (fixture->window), ADW_TYPE_FLAP), GTK_TYPE_STACK));
}

static void
wait_for_page (Fixture *fixture, const char *name)
{
  for (guint i = 0; i < 400 && g_strcmp0 (gtk_stack_get_visible_child_name (get_stack (fixture)), name) != 0;
       i++)
    spin ();
  g_assert_cmpstr (gtk_stack_get_visible_child_name (get_stack (fixture)), ==, name);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("shequ-window-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "office.db", NULL);
  fixture->window = shequ_window_new (SHEQU_APPLICATION (g_application_get_default ()));
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  GtkWidget *window = GTK_WIDGET (fixture->window);
  const char *name;

  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_widget_activate_action (window, "win.close", NULL);
  for (guint i = 0; i < 100 && window != NULL; i++)
    spin ();
  g_assert_null (window);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_remove (path);
    }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static void
open_as (Fixture *fixture, ShequOpeningKind kind)
{
  g_autoptr (ShequOpening) opening = shequ_opening_new (kind, fixture->path, "王芳");

  opening->name = g_strdup ("幸福里社区");
  shequ_window_open (fixture->window, opening);
}

/* Every page of the table comes up on a new office, and goes with its window. */
static void
test_pages (Fixture *fixture, gconstpointer data)
{
  guint n_entries;
  const ShequPageEntry *entries = shequ_pages_get_entries (&n_entries);

  open_as (fixture, SHEQU_OPENING_NEW);
  for (guint i = 0; i < 400 && shequ_window_get_office (fixture->window) == NULL; i++)
    spin ();
  g_assert_nonnull (shequ_window_get_office (fixture->window));
  for (guint i = 0; i < n_entries; i++)
    {
      g_test_message ("%s", entries[i].name);
      gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.page", "s", entries[i].name);
      wait_for_page (fixture, entries[i].name);
      spin ();
    }
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.page", "s", "start");
  wait_for_page (fixture, "start");
}

/* A new record goes to the page of its register, or to that of all registers. */
static void
test_records (Fixture *fixture, gconstpointer data)
{
  open_as (fixture, SHEQU_OPENING_NEW);
  for (guint i = 0; i < 400 && shequ_window_get_office (fixture->window) == NULL; i++)
    spin ();
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.open-record", "(sx)", "resident",
                              (gint64) 0);
  wait_for_page (fixture, "residents");
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.open-record", "(sx)", "estate", (gint64) 0);
  wait_for_page (fixture, "registers");
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.show-records", "(ss)", "resident",
                              "name is set");
  wait_for_page (fixture, "residents");
}

/* What cannot be opened gives a page that says why, and stays as it was. */
static void
test_errors (Fixture *fixture, gconstpointer data)
{
  g_autofree char *content = NULL;

  open_as (fixture, SHEQU_OPENING_EXISTING);
  wait_for_page (fixture, "error");
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));

  g_assert_true (g_file_set_contents (fixture->path, "no database at all, only words", -1, NULL));
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.retry", NULL);
  spin ();
  wait_for_page (fixture, "error");
  g_assert_true (g_file_get_contents (fixture->path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "no database at all, only words");
  g_assert_null (shequ_window_get_office (fixture->window));
}

static void
count (gpointer data)
{
  *(guint *) data += 1;
}

/* A change is taken back once, by the newest first; what was not is freed. */
static void
test_undo (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);
  guint n_first = 0, n_second = 0, n_freed = 0;

  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "undo"));
  shequ_feedback_offer_undo (window, "one", count, &n_first, NULL);
  shequ_feedback_offer_undo (GTK_WIDGET (get_stack (fixture)), "two", count, &n_second, NULL);
  gtk_widget_activate_action (window, "win.undo", NULL);
  g_assert_cmpuint (n_second, ==, 1);
  g_assert_cmpuint (n_first, ==, 0);
  gtk_widget_activate_action (window, "win.undo", NULL);
  g_assert_cmpuint (n_first, ==, 1);
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "undo"));

  shequ_feedback_offer_undo (window, "three", count, &n_freed, count);
  open_as (fixture, SHEQU_OPENING_EXISTING);
  g_assert_cmpuint (n_freed, ==, 1);
  wait_for_page (fixture, "error");
}

int
main (int argc, char **argv)
{
  g_autoptr (ShequApplication) application = NULL;
  g_autoptr (GError) error = NULL;

  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);
  application = shequ_application_new ();
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  g_application_set_default (G_APPLICATION (application));

  g_test_add ("/window/pages", Fixture, NULL, set_up, test_pages, tear_down);
  g_test_add ("/window/records", Fixture, NULL, set_up, test_records, tear_down);
  g_test_add ("/window/errors", Fixture, NULL, set_up, test_errors, tear_down);
  g_test_add ("/window/undo", Fixture, NULL, set_up, test_undo, tear_down);
  return g_test_run ();
}
