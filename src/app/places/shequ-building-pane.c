#include "shequ-building-pane.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-building-book.h"
#include "shequ-building-chart.h"
#include "shequ-building-view.h"
#include "shequ-date.h"
#include "shequ-document-window.h"
#include "shequ-feedback.h"

struct _ShequBuildingPane
{
  GtkWidget parent_instance;

  ShequOffice *office;
  gint64 key;
  ShequBuilding *building; /* (nullable) */
  GArray *modes;           /* of ShequBuildingColours: what the choice offers */
  GCancellable *cancellable;
  gboolean with_visits; /* of the read on its way */

  GtkWidget *box;
  GtkDropDown *choice;
  GtkLabel *words;
  GtkStack *stack;
  ShequBuildingChart *chart;
};

static guint signal_activated;

G_DEFINE_FINAL_TYPE (ShequBuildingPane, shequ_building_pane, GTK_TYPE_WIDGET)

static ShequBuildingColours
get_colours (ShequBuildingPane *self)
{
  guint selected = gtk_drop_down_get_selected (self->choice);

  return selected < self->modes->len ? g_array_index (self->modes, ShequBuildingColours, selected)
                                     : SHEQU_BUILDING_BY_USE;
}

static char *
describe_building (const ShequBuilding *building)
{
  guint households = shequ_building_count_households (building);
  gint64 people = shequ_building_count_people (building);
  g_autofree char *first = g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "%d household", "%d households", households), (int) households);
  g_autofree char *second =
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d person", "%d people", (gulong) people), (int) people);

  return g_strdup_printf ("%s · %s", first, second);
}

static void
sync_words (ShequBuildingPane *self)
{
  const char *cell = shequ_building_chart_get_words (self->chart);
  g_autofree char *all = self->building != NULL ? describe_building (self->building) : NULL;

  gtk_label_set_text (self->words, cell != NULL ? cell : all != NULL ? all : "");
}

static void
sync_picture (ShequBuildingPane *self)
{
  g_autoptr (ShequBuildingPicture) picture =
    self->building != NULL ? shequ_building_view_new (self->building, get_colours (self)) : NULL;
  gboolean has_homes = picture != NULL && shequ_building_picture_get_n_cells (picture) > 0;

  shequ_building_chart_set_picture (self->chart, picture);
  gtk_stack_set_visible_child_name (self->stack, has_homes ? "picture" : "empty");
  sync_words (self);
}

/* What is offered depends on what the database knows. */
static void
sync_modes (ShequBuildingPane *self)
{
  ShequBuildingColours before = get_colours (self);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = 0;

  g_array_set_size (self->modes, 0);
  for (guint i = 0; i < SHEQU_N_BUILDING_COLOURS; i++)
    {
      ShequBuildingColours mode = (ShequBuildingColours) i;

      if (!shequ_building_has_colours (self->building, mode))
        continue;
      if (mode == before)
        selected = self->modes->len;
      g_array_append_val (self->modes, mode);
      gtk_string_list_append (names, shequ_building_colours_get_label (mode));
    }
  g_signal_handlers_block_by_func (self->choice, sync_picture, self);
  gtk_drop_down_set_model (self->choice, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->choice, selected);
  g_signal_handlers_unblock_by_func (self->choice, sync_picture, self);
}

static void read_building (ShequBuildingPane *self, gboolean with_visits);

static void
building_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequBuildingPane) self = user_data;
  g_autoptr (GError) error = NULL;
  ShequBuilding *building = shequ_building_read_finish (SHEQU_OFFICE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->box == NULL ||
      (building != NULL && building->key != self->key))
    {
      g_clear_pointer (&building, shequ_building_free);
      return;
    }
  g_clear_pointer (&self->building, shequ_building_free);
  self->building = building;
  if (building != NULL)
    sync_modes (self);
  sync_picture (self);
  /* The homes at once; who is to be visited takes a look at the whole office. */
  if (building != NULL && building->has_visits && !self->with_visits)
    read_building (self, TRUE);
}

static void
read_building (ShequBuildingPane *self, gboolean with_visits)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->with_visits = with_visits;
  shequ_building_read_async (self->office, self->key, with_visits, self->cancellable, building_read,
                             g_object_ref (self));
}

/**
 * shequ_building_pane_set_building:
 * @self: a pane
 * @key: a building, or 0 for none
 */
void
shequ_building_pane_set_building (ShequBuildingPane *self, gint64 key)
{
  g_return_if_fail (SHEQU_IS_BUILDING_PANE (self));

  if (key == self->key)
    return;
  self->key = key;
  g_clear_pointer (&self->building, shequ_building_free);
  shequ_building_chart_set_picture (self->chart, NULL);
  sync_words (self);
  if (key != 0)
    read_building (self, FALSE);
}

static void
office_changed (ShequOffice *office, const char *reg, gint64 key, ShequBuildingPane *self)
{
  static const char *const registers[] = { "building", "dwelling", "household",  "resident", "resident_tag",
                                           "post",     "visit",    "visit_plan", NULL };

  if (self->key != 0 && g_strv_contains (registers, reg))
    read_building (self, TRUE);
}

static void
cell_activated (ShequBuildingChart *chart, gint64 id, ShequBuildingPane *self)
{
  g_signal_emit (self, signal_activated, 0, id);
}

static void
zoom_in (ShequBuildingPane *self)
{
  shequ_building_chart_zoom (self->chart, 1);
}

static void
zoom_out (ShequBuildingPane *self)
{
  shequ_building_chart_zoom (self->chart, -1);
}

static ShequBuildingBook
make_book (ShequBuildingPane *self, const char *date, gboolean a3)
{
  return (ShequBuildingBook){ .title = _ ("Pictures of buildings"),
                              .scope = self->building->estate_title,
                              .office = shequ_office_get_name (self->office),
                              .date = date,
                              .paper = a3 ? SHEQU_PAPER_A3_UPRIGHT : SHEQU_PAPER_UPRIGHT,
                              .colours = get_colours (self) };
}

static char *
format_today (ShequBuildingPane *self)
{
  g_autofree char *today = shequ_office_get_today (self->office);
  ShequDate date;

  return shequ_date_from_iso (today, &date) ? shequ_date_format_chinese (&date) : g_steal_pointer (&today);
}

static void
print_building (ShequBuildingPane *self, gboolean a3)
{
  g_autofree char *date = format_today (self);
  ShequBuildingBook book;
  g_autoptr (ShequDocument) document = NULL;

  if (self->building == NULL)
    return;
  book = make_book (self, date, a3);
  book.paper = shequ_building_choose_paper (self->building, a3);
  document = shequ_building_sheet_new (&book, self->building);
  shequ_document_window_present (GTK_WIDGET (self), document);
}

/* What a book of an estate waits for. */
typedef struct
{
  ShequBuildingPane *pane;
  gboolean a3;
} Binding;

static void
estate_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Binding *binding = user_data;
  g_autoptr (ShequBuildingPane) self = binding->pane;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) buildings = shequ_building_read_estate_finish (SHEQU_OFFICE (source), result, &error);

  if (buildings == NULL)
    shequ_feedback_show_error (GTK_WIDGET (self), _ ("The book was not made."), error);
  else if (self->building != NULL)
    {
      g_autofree char *date = format_today (self);
      ShequBuildingBook book = make_book (self, date, binding->a3);
      g_autoptr (ShequDocument) document = shequ_building_book_new (&book, buildings);

      shequ_document_window_present (GTK_WIDGET (self), document);
    }
  g_free (binding);
}

static void
print_estate (ShequBuildingPane *self, gboolean a3)
{
  Binding *binding;

  if (self->building == NULL || self->building->estate == 0)
    return;
  binding = g_new (Binding, 1);
  binding->pane = g_object_ref (self);
  binding->a3 = a3;
  shequ_building_read_estate_async (self->office, self->building->estate, NULL, estate_read, binding);
}

static void
activate_print (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ShequBuildingPane *self = SHEQU_BUILDING_PANE (widget);
  gboolean a3 = g_str_has_suffix (name, "a3");

  if (g_str_has_prefix (name, "building.book"))
    print_estate (self, a3);
  else
    print_building (self, a3);
}

/**
 * shequ_building_pane_print:
 * @self: a pane
 *
 * Shows the building as it will look on a sheet of A4, to be printed from there.
 */
void
shequ_building_pane_print (ShequBuildingPane *self)
{
  g_return_if_fail (SHEQU_IS_BUILDING_PANE (self));

  print_building (self, FALSE);
}

static void
shequ_building_pane_dispose (GObject *object)
{
  ShequBuildingPane *self = SHEQU_BUILDING_PANE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->building, shequ_building_free);
  g_clear_pointer (&self->modes, g_array_unref);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (shequ_building_pane_parent_class)->dispose (object);
}

static void
shequ_building_pane_class_init (ShequBuildingPaneClass *class)
{
  G_OBJECT_CLASS (class)->dispose = shequ_building_pane_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (class), "building.sheet-a4", NULL, activate_print);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (class), "building.sheet-a3", NULL, activate_print);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (class), "building.book-a4", NULL, activate_print);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (class), "building.book-a3", NULL, activate_print);
  signal_activated = g_signal_new ("activated", SHEQU_TYPE_BUILDING_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static GtkWidget *
new_button (ShequBuildingPane *self, const char *icon, const char *name, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
new_print_button (void)
{
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr (GMenu) menu = g_menu_new ();

  g_menu_append (menu, _ ("This building on A4"), "building.sheet-a4");
  g_menu_append (menu, _ ("This building on A3"), "building.sheet-a3");
  g_menu_append (menu, _ ("Book of the estate on A4"), "building.book-a4");
  g_menu_append (menu, _ ("Book of the estate on A3"), "building.book-a3");
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "printer-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_set_tooltip_text (button, _ ("Print the picture"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Print the picture"), -1);
  gtk_widget_add_css_class (button, "flat");
  return button;
}

static GtkWidget *
new_bar (ShequBuildingPane *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->choice = GTK_DROP_DOWN (gtk_drop_down_new (NULL, NULL));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->choice), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Colour the homes by"), -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->choice), _ ("Colour the homes by"));
  g_signal_connect_object (self->choice, "notify::selected", G_CALLBACK (sync_picture), self,
                           G_CONNECT_SWAPPED);
  self->words = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->words, PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (self->words, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->words), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->words), "dim-label");
  gtk_box_append (GTK_BOX (bar), GTK_WIDGET (self->choice));
  gtk_box_append (GTK_BOX (bar), GTK_WIDGET (self->words));
  gtk_box_append (GTK_BOX (bar),
                  new_button (self, "zoom-out-symbolic", _ ("Smaller"), G_CALLBACK (zoom_out)));
  gtk_box_append (GTK_BOX (bar), new_button (self, "zoom-in-symbolic", _ ("Larger"), G_CALLBACK (zoom_in)));
  gtk_box_append (GTK_BOX (bar), new_print_button ());
  return bar;
}

static void
shequ_building_pane_init (ShequBuildingPane *self)
{
  GtkWidget *empty = gtk_label_new (_ ("No home of this building is entered yet."));

  self->modes = g_array_new (FALSE, FALSE, sizeof (ShequBuildingColours));
  self->chart = shequ_building_chart_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_box_append (GTK_BOX (self->box), new_bar (self));
  gtk_widget_add_css_class (empty, "dim-label");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->chart), "picture");
  gtk_stack_add_named (self->stack, empty, "empty");
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->stack));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  g_signal_connect_object (self->chart, "activated", G_CALLBACK (cell_activated), self, 0);
  g_signal_connect_object (self->chart, "moved", G_CALLBACK (sync_words), self, G_CONNECT_SWAPPED);
}

ShequBuildingPane *
shequ_building_pane_new (ShequOffice *office)
{
  ShequBuildingPane *self = g_object_new (SHEQU_TYPE_BUILDING_PANE, NULL);

  self->office = g_object_ref (office);
  g_signal_connect_object (office, "changed", G_CALLBACK (office_changed), self, 0);
  return self;
}
