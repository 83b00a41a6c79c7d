/* The page of places on a real database: the tree, the picture of a building by keys and by its words. */
#include "config.h"

#include <adwaita.h>
#include <glib/gstdio.h>
#include <string.h>

#include "shequ-building-chart.h"
#include "shequ-locale.h"
#include "shequ-matters-view.h"
#include "shequ-pages.h"
#include "shequ-place-details.h"
#include "shequ-place-tree.h"

typedef struct
{
  char *folder;
  ShequOffice *office;
  GtkWidget *window;
  ShequPage *page;
  gint64 building;
  gint64 household;
} Fixture;

static gint64
add (Fixture *fixture, const char *name, const char *const *values)
{
  g_autoptr (GError) error = NULL;
  const ShequRegister *reg = shequ_office_get_register (fixture->office, name);
  g_autoptr (ShequRow) row = shequ_office_new_row (fixture->office, reg);
  g_autoptr (GPtrArray) issues = shequ_issues_new ();

  for (guint i = 0; values[i] != NULL; i += 2)
    {
      const ShequField *field = shequ_register_lookup (reg, values[i]);

      if (field->kind == SHEQU_FIELD_LINK)
        shequ_row_set_integer (row, values[i], g_ascii_strtoll (values[i + 1], NULL, 10));
      else
        shequ_field_parse (field, values[i + 1], NULL, shequ_row_get (row, field), issues);
    }
  shequ_office_save (fixture->office, row, NULL, NULL, &error);
  g_assert_no_error (error);
  return row->key;
}

static void
fill (Fixture *fixture)
{
  g_autofree char *home = NULL;
  g_autofree char *family = NULL;

  add (fixture, "grid", (const char *const[]){ "name", "第一网格", NULL });
  add (fixture, "estate", (const char *const[]){ "name", "幸福小区", NULL });
  fixture->building =
    add (fixture, "building", (const char *const[]){ "name", "3号楼", "estate", "1", "grid", "1", NULL });
  add (fixture, "dwelling",
       (const char *const[]){ "building", "1", "stairwell", "1单元", "room", "201", "use", "空置", NULL });
  home = g_strdup_printf (
    "%" G_GINT64_FORMAT,
    add (fixture, "dwelling",
         (const char *const[]){ "building", "1", "stairwell", "1单元", "room", "101", "use", "自住", NULL }));
  fixture->household =
    add (fixture, "household",
         (const char *const[]){ "address", "幸福小区3号楼1单元101", "dwelling", home, NULL });
  family = g_strdup_printf ("%" G_GINT64_FORMAT, fixture->household);
  add (fixture, "resident",
       (const char *const[]){ "name", "赵大爷", "relation", "户主", "household", family, NULL });
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
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequCatalogue) catalogue = shequ_catalogue_new_shipped (&error);
  g_autofree char *path = NULL;

  g_assert_no_error (error);
  fixture->folder = g_dir_make_tmp ("shequ-places-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (fixture->folder, "office.db", NULL);
  fixture->office =
    shequ_office_create (path, catalogue, "幸福里社区", SHEQU_LEVEL_COMMUNITY, "王芳", "test", NULL, &error);
  g_assert_no_error (error);
  fill (fixture);
  fixture->page = SHEQU_PAGE (shequ_pages_make (shequ_pages_lookup ("places"), fixture->office));
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1100, 700);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->page));
  gtk_window_present (GTK_WINDOW (fixture->window));
  shequ_page_shown (fixture->page);
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

static void
wait_for_place (Fixture *fixture, const char *reg, gint64 key)
{
  ShequPlaceTree *tree = SHEQU_PLACE_TREE (find_widget (GTK_WIDGET (fixture->page), SHEQU_TYPE_PLACE_TREE));
  const ShequPlace *place = NULL;

  for (guint i = 0; i < 400; i++)
    {
      place = shequ_place_tree_get_selected (tree);
      if (place != NULL && g_str_equal (place->reg->name, reg) && (key == 0 || place->key == key))
        return;
      spin ();
    }
  g_error ("%s is not shown", reg);
}

static void
press_key (GtkWidget *widget, guint key)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !handled; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", key, 0, 0, &handled);
    }
  g_assert_true (handled);
}

/* The office's unit is selected at once; a record below it is led to through all that lies above. */
static void
test_tree (Fixture *fixture, gconstpointer data)
{
  const ShequRegister *reg = shequ_office_get_register (fixture->office, "household");

  wait_for_place (fixture, "org_unit", shequ_office_get_unit (fixture->office));
  g_assert_true (shequ_page_open_record (fixture->page, reg, fixture->household));
  wait_for_place (fixture, "household", fixture->household);
  g_assert_false (
    shequ_page_open_record (fixture->page, shequ_office_get_register (fixture->office, "work_item"), 1));
}

static GtkWidget *
find_row (GtkWidget *parent, const char *title)
{
  for (GtkWidget *child = gtk_widget_get_first_child (parent); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = ADW_IS_ACTION_ROW (child) &&
                             g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (child)), title)
                           ? child
                           : find_row (child, title);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* A grid tells what is open in it; what is seen to goes from the list by itself. */
static void
test_matters (Fixture *fixture, gconstpointer data)
{
  const ShequRegister *reg = shequ_office_get_register (fixture->office, "grid");
  GtkWidget *matters;
  GtkWidget *row = NULL;

  g_assert_true (shequ_page_open_record (fixture->page, reg, 1));
  wait_for_place (fixture, "grid", 1);
  matters = find_widget (GTK_WIDGET (fixture->page), SHEQU_TYPE_MATTERS_VIEW);
  for (guint i = 0; i < 400 && row == NULL; i++)
    {
      row = find_row (matters, "幸福小区 3号楼");
      spin ();
    }
  g_assert_nonnull (row);
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), "楼栋长"));
  add (fixture, "post",
       (const char *const[]){ "kind", "楼栋长", "building", "1", "person_name", "赵大爷", NULL });
  for (guint i = 0; i < 400 && find_row (matters, "幸福小区 3号楼") != NULL; i++)
    spin ();
  g_assert_null (find_row (matters, "幸福小区 3号楼"));
}

/* The picture says each home in words, moves by the arrow keys, and Enter leads to the household. */
static void
test_picture (Fixture *fixture, gconstpointer data)
{
  const ShequRegister *reg = shequ_office_get_register (fixture->office, "building");
  ShequBuildingChart *chart;

  g_assert_true (shequ_page_open_record (fixture->page, reg, fixture->building));
  wait_for_place (fixture, "building", fixture->building);
  chart = SHEQU_BUILDING_CHART (find_widget (GTK_WIDGET (fixture->page), SHEQU_TYPE_BUILDING_CHART));
  for (guint i = 0; i < 400 && shequ_building_chart_get_words (chart) == NULL; i++)
    {
      press_key (GTK_WIDGET (chart), GDK_KEY_Down);
      spin ();
    }
  while (g_strstr_len (shequ_building_chart_get_words (chart), -1, "201") == NULL)
    press_key (GTK_WIDGET (chart), GDK_KEY_Up);
  press_key (GTK_WIDGET (chart), GDK_KEY_Down);
  g_assert_nonnull (g_strstr_len (shequ_building_chart_get_words (chart), -1, "101"));
  g_assert_nonnull (g_strstr_len (shequ_building_chart_get_words (chart), -1, "赵大爷"));
  press_key (GTK_WIDGET (chart), GDK_KEY_plus);
  press_key (GTK_WIDGET (chart), GDK_KEY_Return);
  wait_for_place (fixture, "household", fixture->household);
}

/* A building put into the register stands in the tree without anybody asking. */
static void
test_follows (Fixture *fixture, gconstpointer data)
{
  gint64 key;

  wait_for_place (fixture, "org_unit", 0);
  key = add (fixture, "building", (const char *const[]){ "name", "4号楼", "estate", "1", "grid", "1", NULL });
  shequ_page_open_record (fixture->page, shequ_office_get_register (fixture->office, "building"), key);
  wait_for_place (fixture, "building", key);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  shequ_locale_init ();
  adw_init ();

  g_test_add ("/places/tree", Fixture, NULL, set_up, test_tree, tear_down);
  g_test_add ("/places/picture", Fixture, NULL, set_up, test_picture, tear_down);
  g_test_add ("/places/matters", Fixture, NULL, set_up, test_matters, tear_down);
  g_test_add ("/places/follows", Fixture, NULL, set_up, test_follows, tear_down);
  return g_test_run ();
}
