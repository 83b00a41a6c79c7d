#include "shequ-place-node.h"

#include "config.h"

struct _ShequPlaceNode
{
  GObject parent_instance;

  ShequOffice *office;
  ShequPlace *place;
  GListStore *children;
  gboolean loaded;
  gboolean loading;
  gboolean again; /* something changed while it was loading */
};

enum
{
  PROP_PLACE = 1,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];
static guint signal_loaded;

G_DEFINE_FINAL_TYPE (ShequPlaceNode, shequ_place_node, G_TYPE_OBJECT)

static void
shequ_place_node_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  g_value_set_pointer (value, SHEQU_PLACE_NODE (object)->place);
}

static void
shequ_place_node_finalize (GObject *object)
{
  ShequPlaceNode *self = SHEQU_PLACE_NODE (object);

  g_clear_object (&self->office);
  g_clear_object (&self->children);
  g_clear_pointer (&self->place, shequ_place_free);
  G_OBJECT_CLASS (shequ_place_node_parent_class)->finalize (object);
}

static void
shequ_place_node_class_init (ShequPlaceNodeClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = shequ_place_node_get_property;
  object_class->finalize = shequ_place_node_finalize;
  properties[PROP_PLACE] =
    g_param_spec_pointer ("place", NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signal_loaded =
    g_signal_new ("loaded", SHEQU_TYPE_PLACE_NODE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
shequ_place_node_init (ShequPlaceNode *self)
{
  self->children = g_list_store_new (SHEQU_TYPE_PLACE_NODE);
}

ShequPlaceNode *
shequ_place_node_new (ShequOffice *office, const ShequPlace *place)
{
  ShequPlaceNode *self = g_object_new (SHEQU_TYPE_PLACE_NODE, NULL);

  self->office = g_object_ref (office);
  self->place = shequ_place_copy (place);
  return self;
}

const ShequPlace *
shequ_place_node_get_place (ShequPlaceNode *self)
{
  return self->place;
}

/**
 * shequ_place_node_get_children:
 * @self: a place
 *
 * Returns: (transfer none) (nullable): what lies below it, empty until it is loaded; %NULL of a leaf
 */
GListModel *
shequ_place_node_get_children (ShequPlaceNode *self)
{
  return self->place->is_leaf ? NULL : G_LIST_MODEL (self->children);
}

gboolean
shequ_place_node_get_loaded (ShequPlaceNode *self)
{
  return self->loaded;
}

static void
set_place (ShequPlaceNode *self, const ShequPlace *place)
{
  shequ_place_free (self->place);
  self->place = shequ_place_copy (place);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PLACE]);
}

/**
 * shequ_place_nodes_find:
 * @nodes: places
 * @id: the id of one
 *
 * Returns: (transfer none) (nullable): it
 */
ShequPlaceNode *
shequ_place_nodes_find (GListModel *nodes, const char *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (nodes); i++)
    {
      g_autoptr (ShequPlaceNode) node = g_list_model_get_item (nodes, i);

      if (g_str_equal (node->place->id, id))
        return node; /* the list holds it */
    }
  return NULL;
}

/* Those that were there before stay the same, and open where they were open. */
static GPtrArray *
make_nodes (GListModel *before, ShequOffice *office, const GPtrArray *places)
{
  GPtrArray *nodes = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < places->len; i++)
    {
      const ShequPlace *place = places->pdata[i];
      ShequPlaceNode *node = shequ_place_nodes_find (before, place->id);

      if (node != NULL)
        set_place (node, place);
      g_ptr_array_add (nodes, node != NULL ? g_object_ref (node) : shequ_place_node_new (office, place));
    }
  return nodes;
}

static gboolean
is_at (GListModel *model, guint position, gpointer node)
{
  g_autoptr (GObject) item = g_list_model_get_item (model, position);

  return item == node;
}

/**
 * shequ_place_nodes_merge:
 * @nodes: places as they are shown
 * @office: the office
 * @places: (element-type ShequPlace): as they were read
 *
 * Takes over what was read; only what differs is exchanged.
 */
void
shequ_place_nodes_merge (GListStore *nodes, ShequOffice *office, const GPtrArray *places)
{
  GListModel *model = G_LIST_MODEL (nodes);
  g_autoptr (GPtrArray) wanted = make_nodes (model, office, places);
  guint n_items = g_list_model_get_n_items (model);
  guint first = 0, last = 0;

  while (first < n_items && first < wanted->len && is_at (model, first, wanted->pdata[first]))
    first++;
  while (last < n_items - first && last < wanted->len - first &&
         is_at (model, n_items - last - 1, wanted->pdata[wanted->len - last - 1]))
    last++;
  if (n_items != wanted->len || first < n_items)
    g_list_store_splice (nodes, first, n_items - first - last, wanted->pdata + first,
                         wanted->len - first - last);
}

static void
listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequPlaceNode) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) places = shequ_places_list_finish (SHEQU_OFFICE (source), result, &error);

  self->loading = FALSE;
  if (places == NULL)
    g_warning ("%s: %s", self->place->id, error->message);
  else
    shequ_place_nodes_merge (self->children, self->office, places);
  self->loaded = TRUE;
  g_signal_emit (self, signal_loaded, 0);
  if (self->again)
    shequ_place_node_reload (self);
}

static void
start (ShequPlaceNode *self)
{
  self->loading = TRUE;
  self->again = FALSE;
  shequ_places_list_children_async (self->office, self->place, NULL, listed, g_object_ref (self));
}

/**
 * shequ_place_node_load:
 * @self: a place
 *
 * Reads what lies below it, unless that was read or is being read.
 */
void
shequ_place_node_load (ShequPlaceNode *self)
{
  if (!self->loaded && !self->loading && !self->place->is_leaf)
    start (self);
}

/**
 * shequ_place_node_reload:
 * @self: a place
 *
 * Reads again what lies below it and below what is open there, if it was read.
 */
void
shequ_place_node_reload (ShequPlaceNode *self)
{
  if (self->loading)
    self->again = TRUE;
  else if (self->loaded)
    start (self);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->children)); i++)
    {
      g_autoptr (ShequPlaceNode) child = g_list_model_get_item (G_LIST_MODEL (self->children), i);

      shequ_place_node_reload (child);
    }
}
