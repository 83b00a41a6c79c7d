#include "shequ-place-tree.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#define REFRESH_MILLISECONDS 300

struct _ShequPlaceTree
{
  GtkWidget parent_instance;

  ShequOffice *office;
  GListStore *roots;
  GtkTreeListModel *rows;
  GtkSingleSelection *selection;
  GtkWidget *scrolled;
  GtkWidget *list;
  gint64 staff;
  gboolean loaded;
  guint refresh;     /* a source */
  GPtrArray *wanted; /* (nullable): ids that lead to what shall be shown */
};

enum
{
  SELECTED,
  MISSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ShequPlaceTree, shequ_place_tree, GTK_TYPE_WIDGET)

static void go_on (ShequPlaceTree *self);

static GListModel *
list_children (gpointer item, gpointer user_data)
{
  GListModel *children = shequ_place_node_get_children (item);

  return children != NULL ? g_object_ref (children) : NULL;
}

static void
expanded_changed (GtkTreeListRow *row)
{
  g_autoptr (ShequPlaceNode) node = gtk_tree_list_row_get_item (row);

  if (node != NULL && gtk_tree_list_row_get_expanded (row))
    shequ_place_node_load (node);
}

static void
show_place (GtkWidget *box, ShequPlaceNode *node)
{
  const ShequPlace *place = shequ_place_node_get_place (node);
  GtkWidget *title = gtk_widget_get_first_child (box);
  GtkWidget *warning = gtk_widget_get_next_sibling (title);
  GtkWidget *detail = gtk_widget_get_next_sibling (warning);

  gtk_label_set_text (GTK_LABEL (title), place->title);
  gtk_label_set_text (GTK_LABEL (detail), place->detail != NULL ? place->detail : "");
  gtk_widget_set_visible (warning, place->fault != NULL);
  gtk_widget_set_tooltip_text (box, place->fault != NULL ? place->fault : place->title);
}

static void
place_changed (ShequPlaceNode *node, GParamSpec *pspec, GtkWidget *box)
{
  show_place (box, node);
}

static void
set_up_row (GtkListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *expander = gtk_tree_expander_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *title = gtk_label_new (NULL);
  GtkWidget *warning = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  GtkWidget *detail = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_label_set_ellipsize (GTK_LABEL (detail), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (detail), 1);
  gtk_widget_set_hexpand (detail, TRUE);
  gtk_widget_add_css_class (detail, "dim-label");
  gtk_widget_add_css_class (detail, "caption");
  gtk_widget_add_css_class (warning, "warning");
  gtk_accessible_update_property (GTK_ACCESSIBLE (warning), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Warning"), -1);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), warning);
  gtk_box_append (GTK_BOX (box), detail);
  gtk_tree_expander_set_child (GTK_TREE_EXPANDER (expander), box);
  gtk_list_item_set_child (item, expander);
}

static void
bind_row (GtkListItemFactory *factory, GtkListItem *item, ShequPlaceTree *self)
{
  GtkTreeListRow *row = gtk_list_item_get_item (item);
  GtkTreeExpander *expander = GTK_TREE_EXPANDER (gtk_list_item_get_child (item));
  GtkWidget *box = gtk_tree_expander_get_child (expander);
  g_autoptr (ShequPlaceNode) node = gtk_tree_list_row_get_item (row);

  gtk_tree_expander_set_list_row (expander, row);
  show_place (box, node);
  g_signal_connect_object (node, "notify::place", G_CALLBACK (place_changed), box, 0);
  g_signal_connect (row, "notify::expanded", G_CALLBACK (expanded_changed), NULL);
}

static void
unbind_row (GtkListItemFactory *factory, GtkListItem *item, ShequPlaceTree *self)
{
  GtkTreeListRow *row = gtk_list_item_get_item (item);
  GtkTreeExpander *expander = GTK_TREE_EXPANDER (gtk_list_item_get_child (item));
  g_autoptr (ShequPlaceNode) node = gtk_tree_list_row_get_item (row);

  if (node != NULL)
    g_signal_handlers_disconnect_by_func (node, place_changed, gtk_tree_expander_get_child (expander));
  g_signal_handlers_disconnect_by_func (row, expanded_changed, NULL);
  gtk_tree_expander_set_list_row (expander, NULL);
}

static ShequPlaceNode *
get_selected_node (ShequPlaceTree *self)
{
  GtkTreeListRow *row = gtk_single_selection_get_selected_item (self->selection);
  ShequPlaceNode *node = row != NULL ? gtk_tree_list_row_get_item (row) : NULL;

  if (node != NULL)
    g_object_unref (node); /* the row holds it */
  return node;
}

/**
 * shequ_place_tree_get_selected:
 * @self: a tree
 *
 * Returns: (transfer none) (nullable): the selected place
 */
const ShequPlace *
shequ_place_tree_get_selected (ShequPlaceTree *self)
{
  ShequPlaceNode *node = get_selected_node (self);

  return node != NULL ? shequ_place_node_get_place (node) : NULL;
}

static void
selection_changed (ShequPlaceTree *self)
{
  g_signal_emit (self, signals[SELECTED], 0);
}

static guint
find_position (ShequPlaceTree *self, ShequPlaceNode *node)
{
  GListModel *rows = G_LIST_MODEL (self->rows);

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (GtkTreeListRow) row = g_list_model_get_item (rows, i);
      g_autoptr (ShequPlaceNode) item = gtk_tree_list_row_get_item (row);

      if (item == node)
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

static void
select_position (ShequPlaceTree *self, guint position)
{
  gtk_single_selection_set_selected (self->selection, position);
  gtk_widget_activate_action (self->list, "list.scroll-to-item", "u", position);
}

static void
expand (ShequPlaceTree *self, ShequPlaceNode *node)
{
  guint position = find_position (self, node);
  g_autoptr (GtkTreeListRow) row = gtk_tree_list_model_get_row (self->rows, position);

  if (row != NULL)
    gtk_tree_list_row_set_expanded (row, TRUE);
}

static void
node_loaded (ShequPlaceNode *node, ShequPlaceTree *self)
{
  g_signal_handlers_disconnect_by_func (node, node_loaded, self);
  go_on (self);
}

/* The way may begin above the tree of this office. */
static ShequPlaceNode *
find_start (ShequPlaceTree *self, guint *step)
{
  for (guint i = 0; i < self->wanted->len; i++)
    {
      ShequPlaceNode *node = shequ_place_nodes_find (G_LIST_MODEL (self->roots), self->wanted->pdata[i]);

      *step = i;
      if (node != NULL)
        return node;
    }
  return NULL;
}

static void
finish (ShequPlaceTree *self, ShequPlaceNode *node, gboolean found)
{
  g_clear_pointer (&self->wanted, g_ptr_array_unref);
  if (node != NULL)
    select_position (self, find_position (self, node));
  if (!found)
    g_signal_emit (self, signals[MISSED], 0);
}

/* Opens the places on the way one after the other; each has to be read before the next is known. */
static void
go_on (ShequPlaceTree *self)
{
  guint step = 0;
  ShequPlaceNode *node;

  if (self->wanted == NULL || !self->loaded)
    return;
  node = find_start (self, &step);
  while (node != NULL && step + 1 < self->wanted->len)
    {
      GListModel *children = shequ_place_node_get_children (node);
      ShequPlaceNode *next;

      expand (self, node);
      if (children != NULL && !shequ_place_node_get_loaded (node))
        {
          g_signal_connect_object (node, "loaded", G_CALLBACK (node_loaded), self, 0);
          shequ_place_node_load (node);
          return;
        }
      next = children != NULL ? shequ_place_nodes_find (children, self->wanted->pdata[step + 1]) : NULL;
      if (next == NULL)
        break;
      node = next;
      step++;
    }
  finish (self, node, node != NULL && step + 1 == self->wanted->len);
}

static void
path_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequPlaceTree) self = user_data;
  g_autoptr (GPtrArray) path = shequ_places_list_finish (SHEQU_OFFICE (source), result, NULL);

  if (path == NULL)
    {
      g_signal_emit (self, signals[MISSED], 0);
      return;
    }
  g_clear_pointer (&self->wanted, g_ptr_array_unref);
  self->wanted = g_steal_pointer (&path);
  go_on (self);
}

/**
 * shequ_place_tree_reveal:
 * @self: a tree
 * @reg: a register of places
 * @key: a record of it
 *
 * Opens what lies above a record and selects it.
 */
void
shequ_place_tree_reveal (ShequPlaceTree *self, const ShequRegister *reg, gint64 key)
{
  g_return_if_fail (SHEQU_IS_PLACE_TREE (self));

  if (self->staff != 0)
    shequ_place_tree_set_staff (self, 0);
  shequ_places_find_path_async (self->office, reg, key, NULL, path_found, g_object_ref (self));
}

static void
roots_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequPlaceTree) self = user_data;
  g_autoptr (GPtrArray) places = shequ_places_list_finish (SHEQU_OFFICE (source), result, NULL);
  gboolean first = !self->loaded;

  if (places == NULL || self->roots == NULL)
    return;
  shequ_place_nodes_merge (self->roots, self->office, places);
  self->loaded = TRUE;
  if (places->len > 0 && first && self->wanted == NULL)
    {
      g_autoptr (ShequPlaceNode) node = g_list_model_get_item (G_LIST_MODEL (self->roots), 0);

      expand (self, node);
      select_position (self, 0);
    }
  go_on (self);
}

static void
load_roots (ShequPlaceTree *self)
{
  shequ_places_list_roots_async (self->office, self->staff, NULL, roots_listed, g_object_ref (self));
}

/**
 * shequ_place_tree_set_staff:
 * @self: a tree
 * @staff: somebody of the staff, or 0 for everything
 *
 * Shows the grids alone that somebody answers for.
 */
void
shequ_place_tree_set_staff (ShequPlaceTree *self, gint64 staff)
{
  g_return_if_fail (SHEQU_IS_PLACE_TREE (self));

  if (staff == self->staff)
    return;
  self->staff = staff;
  self->loaded = FALSE;
  g_list_store_remove_all (self->roots);
  load_roots (self);
}

static gboolean
refresh_now (gpointer data)
{
  ShequPlaceTree *self = data;

  self->refresh = 0;
  load_roots (self);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->roots)); i++)
    {
      g_autoptr (ShequPlaceNode) node = g_list_model_get_item (G_LIST_MODEL (self->roots), i);

      shequ_place_node_reload (node);
    }
  return G_SOURCE_REMOVE;
}

static void
office_changed (ShequOffice *office, const char *reg, gint64 key, ShequPlaceTree *self)
{
  static const char *const registers[] = { "org_unit",  "grid", "estate", "building", "dwelling",
                                           "household", "post", "place",  NULL };

  if (g_strv_contains (registers, reg) && self->refresh == 0)
    self->refresh = g_timeout_add (REFRESH_MILLISECONDS, refresh_now, self);
}

static gboolean
close_or_go_up (ShequPlaceTree *self, GtkTreeListRow *row)
{
  g_autoptr (GtkTreeListRow) parent = NULL;

  if (gtk_tree_list_row_get_expanded (row))
    {
      gtk_tree_list_row_set_expanded (row, FALSE);
      return TRUE;
    }
  parent = gtk_tree_list_row_get_parent (row);
  if (parent != NULL)
    select_position (self, gtk_tree_list_row_get_position (parent));
  return TRUE;
}

static gboolean
open_or_go_down (ShequPlaceTree *self, GtkTreeListRow *row)
{
  if (!gtk_tree_list_row_is_expandable (row))
    return TRUE;
  if (!gtk_tree_list_row_get_expanded (row))
    gtk_tree_list_row_set_expanded (row, TRUE);
  else
    select_position (self, gtk_tree_list_row_get_position (row) + 1);
  return TRUE;
}

static gboolean
key_pressed (ShequPlaceTree *self, guint key, guint code, GdkModifierType state)
{
  GtkTreeListRow *row = gtk_single_selection_get_selected_item (self->selection);

  if (row == NULL || (state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return FALSE;
  if (key == GDK_KEY_Left)
    return close_or_go_up (self, row);
  if (key == GDK_KEY_Right)
    return open_or_go_down (self, row);
  return FALSE;
}

static void
row_activated (GtkListView *list, guint position, ShequPlaceTree *self)
{
  g_autoptr (GtkTreeListRow) row = gtk_tree_list_model_get_row (self->rows, position);

  if (row != NULL && gtk_tree_list_row_is_expandable (row))
    gtk_tree_list_row_set_expanded (row, !gtk_tree_list_row_get_expanded (row));
}

static void
shequ_place_tree_dispose (GObject *object)
{
  ShequPlaceTree *self = SHEQU_PLACE_TREE (object);

  g_clear_handle_id (&self->refresh, g_source_remove);
  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  g_clear_pointer (&self->wanted, g_ptr_array_unref);
  g_clear_object (&self->selection);
  g_clear_object (&self->rows);
  g_clear_object (&self->roots);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (shequ_place_tree_parent_class)->dispose (object);
}

static void
shequ_place_tree_class_init (ShequPlaceTreeClass *class)
{
  G_OBJECT_CLASS (class)->dispose = shequ_place_tree_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
  signals[SELECTED] =
    g_signal_new ("selected", SHEQU_TYPE_PLACE_TREE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[MISSED] =
    g_signal_new ("missed", SHEQU_TYPE_PLACE_TREE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
shequ_place_tree_init (ShequPlaceTree *self)
{
  self->roots = g_list_store_new (SHEQU_TYPE_PLACE_NODE);
  self->rows = gtk_tree_list_model_new (G_LIST_MODEL (g_object_ref (self->roots)), FALSE, FALSE,
                                        list_children, NULL, NULL);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->rows)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
}

static void
make_list (ShequPlaceTree *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (set_up_row), NULL);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_row), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_row), self, 0);
  self->list = gtk_list_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection)), factory);
  gtk_widget_add_css_class (self->list, "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Places"),
                                  -1);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->list, keys);
  g_signal_connect_object (self->list, "activate", G_CALLBACK (row_activated), self, 0);
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), self->list);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
}

/**
 * shequ_place_tree_new:
 * @office: the office
 *
 * Returns: (transfer floating): the tree of its places
 */
ShequPlaceTree *
shequ_place_tree_new (ShequOffice *office)
{
  ShequPlaceTree *self = g_object_new (SHEQU_TYPE_PLACE_TREE, NULL);

  self->office = g_object_ref (office);
  make_list (self);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (selection_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (office, "changed", G_CALLBACK (office_changed), self, 0);
  load_roots (self);
  return self;
}
