#include "shequ-record-selection.h"

#include "config.h"

struct _ShequRecordSelection
{
  GObject parent_instance;

  GListModel *model;
  GtkBitset *selected;
};

static void list_model_init (GListModelInterface *iface);
static void selection_model_init (GtkSelectionModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ShequRecordSelection,
                               shequ_record_selection,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init)
                                 G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL, selection_model_init))

static GType
get_item_type (GListModel *list)
{
  return g_list_model_get_item_type (SHEQU_RECORD_SELECTION (list)->model);
}

static guint
get_n_items (GListModel *list)
{
  return g_list_model_get_n_items (SHEQU_RECORD_SELECTION (list)->model);
}

static gpointer
get_item (GListModel *list, guint position)
{
  return g_list_model_get_item (SHEQU_RECORD_SELECTION (list)->model, position);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static gboolean
is_selected (GtkSelectionModel *model, guint position)
{
  return gtk_bitset_contains (SHEQU_RECORD_SELECTION (model)->selected, position);
}

static GtkBitset *
get_selection_in_range (GtkSelectionModel *model, guint position, guint n_items)
{
  return gtk_bitset_ref (SHEQU_RECORD_SELECTION (model)->selected);
}

/* Takes the places over and tells which part differs. */
static gboolean
take (ShequRecordSelection *self, GtkBitset *wanted)
{
  g_autoptr (GtkBitset) changed = gtk_bitset_copy (self->selected);
  guint first, last;

  gtk_bitset_difference (changed, wanted);
  gtk_bitset_unref (self->selected);
  self->selected = wanted;
  if (gtk_bitset_is_empty (changed))
    return TRUE;
  first = gtk_bitset_get_minimum (changed);
  last = gtk_bitset_get_maximum (changed);
  gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), first, last - first + 1);
  return TRUE;
}

static gboolean
set_selection (GtkSelectionModel *model, GtkBitset *selected, GtkBitset *mask)
{
  ShequRecordSelection *self = SHEQU_RECORD_SELECTION (model);
  GtkBitset *wanted = gtk_bitset_copy (self->selected);
  g_autoptr (GtkBitset) added = gtk_bitset_copy (selected);

  gtk_bitset_intersect (added, mask);
  gtk_bitset_subtract (wanted, mask);
  gtk_bitset_union (wanted, added);
  return take (self, wanted);
}

static gboolean
select_range (GtkSelectionModel *model, guint position, guint n_items, gboolean unselect_rest)
{
  ShequRecordSelection *self = SHEQU_RECORD_SELECTION (model);
  GtkBitset *wanted = unselect_rest ? gtk_bitset_new_empty () : gtk_bitset_copy (self->selected);

  gtk_bitset_add_range (wanted, position, n_items);
  return take (self, wanted);
}

static gboolean
select_item (GtkSelectionModel *model, guint position, gboolean unselect_rest)
{
  return select_range (model, position, 1, unselect_rest);
}

static gboolean
unselect_range (GtkSelectionModel *model, guint position, guint n_items)
{
  GtkBitset *wanted = gtk_bitset_copy (SHEQU_RECORD_SELECTION (model)->selected);

  gtk_bitset_remove_range (wanted, position, n_items);
  return take (SHEQU_RECORD_SELECTION (model), wanted);
}

static gboolean
unselect_item (GtkSelectionModel *model, guint position)
{
  return unselect_range (model, position, 1);
}

static gboolean
select_all (GtkSelectionModel *model)
{
  return select_range (model, 0, g_list_model_get_n_items (G_LIST_MODEL (model)), TRUE);
}

static gboolean
unselect_all (GtkSelectionModel *model)
{
  return take (SHEQU_RECORD_SELECTION (model), gtk_bitset_new_empty ());
}

static void
selection_model_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = is_selected;
  iface->get_selection_in_range = get_selection_in_range;
  iface->select_item = select_item;
  iface->unselect_item = unselect_item;
  iface->select_range = select_range;
  iface->unselect_range = unselect_range;
  iface->select_all = select_all;
  iface->unselect_all = unselect_all;
  iface->set_selection = set_selection;
}

static void
items_changed (GListModel *model, guint position, guint removed, guint added, ShequRecordSelection *self)
{
  gtk_bitset_splice (self->selected, position, removed, added);
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static void
shequ_record_selection_dispose (GObject *object)
{
  ShequRecordSelection *self = SHEQU_RECORD_SELECTION (object);

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_func (self->model, items_changed, self);
  G_OBJECT_CLASS (shequ_record_selection_parent_class)->dispose (object);
}

static void
shequ_record_selection_finalize (GObject *object)
{
  ShequRecordSelection *self = SHEQU_RECORD_SELECTION (object);

  g_clear_object (&self->model);
  g_clear_pointer (&self->selected, gtk_bitset_unref);
  G_OBJECT_CLASS (shequ_record_selection_parent_class)->finalize (object);
}

static void
shequ_record_selection_class_init (ShequRecordSelectionClass *class)
{
  G_OBJECT_CLASS (class)->dispose = shequ_record_selection_dispose;
  G_OBJECT_CLASS (class)->finalize = shequ_record_selection_finalize;
}

static void
shequ_record_selection_init (ShequRecordSelection *self)
{
  self->selected = gtk_bitset_new_empty ();
}

/**
 * shequ_record_selection_new:
 * @model: (transfer none): a list
 *
 * Returns: (transfer full): the list with nothing selected in it
 */
ShequRecordSelection *
shequ_record_selection_new (GListModel *model)
{
  ShequRecordSelection *self = g_object_new (SHEQU_TYPE_RECORD_SELECTION, NULL);

  self->model = g_object_ref (model);
  g_signal_connect (model, "items-changed", G_CALLBACK (items_changed), self);
  return self;
}
