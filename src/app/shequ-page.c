#include "shequ-page.h"

#include "config.h"

typedef struct
{
  ShequOffice *office;
  ShequPageActions actions;
} ShequPagePrivate;

enum
{
  PROP_0,
  PROP_OFFICE,
  PROP_ACTIONS,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (ShequPage, shequ_page, ADW_TYPE_BIN)

#define PRIVATE(self) ((ShequPagePrivate *) shequ_page_get_instance_private (self))

static void
shequ_page_dispose (GObject *object)
{
  g_clear_object (&PRIVATE (SHEQU_PAGE (object))->office);
  G_OBJECT_CLASS (shequ_page_parent_class)->dispose (object);
}

static void
shequ_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ShequPagePrivate *private = PRIVATE (SHEQU_PAGE (object));

  switch (id)
    {
    case PROP_OFFICE:
      g_value_set_object (value, private->office);
      break;
    case PROP_ACTIONS:
      g_value_set_uint (value, private->actions);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
shequ_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ShequPage *self = SHEQU_PAGE (object);

  switch (id)
    {
    case PROP_OFFICE:
      PRIVATE (self)->office = g_value_dup_object (value);
      break;
    case PROP_ACTIONS:
      shequ_page_set_actions (self, g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
shequ_page_class_init (ShequPageClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = shequ_page_dispose;
  object_class->get_property = shequ_page_get_property;
  object_class->set_property = shequ_page_set_property;

  properties[PROP_OFFICE] =
    g_param_spec_object ("office", NULL, NULL, SHEQU_TYPE_OFFICE,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_ACTIONS] =
    g_param_spec_uint ("actions", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
shequ_page_init (ShequPage *self)
{
}

/**
 * shequ_page_get_office:
 * @self: a page
 *
 * Returns: (transfer none): the office whose work the page shows; the same as long as the page lives
 */
ShequOffice *
shequ_page_get_office (ShequPage *self)
{
  g_return_val_if_fail (SHEQU_IS_PAGE (self), NULL);

  return PRIVATE (self)->office;
}

ShequPageActions
shequ_page_get_actions (ShequPage *self)
{
  g_return_val_if_fail (SHEQU_IS_PAGE (self), SHEQU_PAGE_NOTHING);

  return PRIVATE (self)->actions;
}

/**
 * shequ_page_set_actions:
 * @self: a page
 * @actions: what it can do from now on
 *
 * To be called by the page itself whenever that changes.
 */
void
shequ_page_set_actions (ShequPage *self, ShequPageActions actions)
{
  g_return_if_fail (SHEQU_IS_PAGE (self));

  if (PRIVATE (self)->actions == actions)
    return;
  PRIVATE (self)->actions = actions;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIONS]);
}

void
shequ_page_shown (ShequPage *self)
{
  g_return_if_fail (SHEQU_IS_PAGE (self));

  if (SHEQU_PAGE_GET_CLASS (self)->shown != NULL)
    SHEQU_PAGE_GET_CLASS (self)->shown (self);
}

/**
 * shequ_page_perform:
 * @self: a page
 * @action: one action
 *
 * Does what a key or a button of the window asks, when the page has announced that it can.
 */
void
shequ_page_perform (ShequPage *self, ShequPageActions action)
{
  g_return_if_fail (SHEQU_IS_PAGE (self));

  if ((PRIVATE (self)->actions & action) != 0 && SHEQU_PAGE_GET_CLASS (self)->perform != NULL)
    SHEQU_PAGE_GET_CLASS (self)->perform (self, action);
}

/**
 * shequ_page_open_record:
 * @self: a page
 * @reg: a register
 * @key: a record's key, or 0 for a new record
 *
 * Returns: whether the page shows records of this register
 */
gboolean
shequ_page_open_record (ShequPage *self, const ShequRegister *reg, gint64 key)
{
  g_return_val_if_fail (SHEQU_IS_PAGE (self), FALSE);

  return SHEQU_PAGE_GET_CLASS (self)->open_record != NULL &&
         SHEQU_PAGE_GET_CLASS (self)->open_record (self, reg, key);
}

/**
 * shequ_page_show_records:
 * @self: a page
 * @reg: a register
 * @condition: (nullable): which records, in the grammar of conditions; all when %NULL
 *
 * Returns: whether the page lists records of this register
 */
gboolean
shequ_page_show_records (ShequPage *self, const ShequRegister *reg, const char *condition)
{
  g_return_val_if_fail (SHEQU_IS_PAGE (self), FALSE);

  return SHEQU_PAGE_GET_CLASS (self)->show_records != NULL &&
         SHEQU_PAGE_GET_CLASS (self)->show_records (self, reg, condition);
}

/**
 * shequ_page_create_record:
 * @self: a page
 * @link: a link field of the register of the new record
 * @key: the record that it links to
 *
 * Returns: whether the page has started such a record
 */
gboolean
shequ_page_create_record (ShequPage *self, const ShequField *link, gint64 key)
{
  g_return_val_if_fail (SHEQU_IS_PAGE (self), FALSE);

  return SHEQU_PAGE_GET_CLASS (self)->create_record != NULL &&
         SHEQU_PAGE_GET_CLASS (self)->create_record (self, link, key);
}

/**
 * shequ_page_open_file:
 * @self: a page
 * @path: a file that was handed to the program
 *
 * Returns: whether the page takes it
 */
gboolean
shequ_page_open_file (ShequPage *self, const char *path)
{
  g_return_val_if_fail (SHEQU_IS_PAGE (self), FALSE);

  return SHEQU_PAGE_GET_CLASS (self)->open_file != NULL &&
         SHEQU_PAGE_GET_CLASS (self)->open_file (self, path);
}

gboolean
shequ_page_has_unsaved (ShequPage *self)
{
  g_return_val_if_fail (SHEQU_IS_PAGE (self), FALSE);

  return SHEQU_PAGE_GET_CLASS (self)->has_unsaved != NULL && SHEQU_PAGE_GET_CLASS (self)->has_unsaved (self);
}
