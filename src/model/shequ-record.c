#include "shequ-record.h"

#include "config.h"

#include "shequ-record-list-private.h"
#include "shequ-record-private.h"

enum
{
  PROP_KEY = 1,
  PROP_ROW,
  PROP_TITLE,
  PROP_DETAIL,
  PROP_FILLED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ShequRecord, shequ_record, G_TYPE_OBJECT)

typedef struct
{
  const ShequRegister *reg;
  gint64 key;
  char *as_of; /* (nullable) */
} Look;

static void
look_free (gpointer data)
{
  g_free (((Look *) data)->as_of);
  g_free (data);
}

static gpointer
look_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Look *look = data;

  return shequ_office_get_row_as_of (office, look->reg, look->key, look->as_of, cancellable, error);
}

static void
looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequRecord) self = SHEQU_RECORD (user_data);
  ShequRow *row = shequ_office_run_finish (SHEQU_OFFICE (source), result, NULL);

  if (row != NULL)
    shequ_record_take_row (self, row);
}

static void
look (ShequRecord *self)
{
  Look *data = g_new0 (Look, 1);

  data->reg = self->reg;
  data->key = self->key;
  data->as_of = g_strdup (self->as_of);
  shequ_office_run_async (self->office, look_work, data, look_free, (GDestroyNotify) shequ_row_free, NULL,
                          looked, g_object_ref (self));
}

static void
follow_change (ShequRecord *self, const char *name, gint64 key)
{
  gboolean own = g_strcmp0 (name, self->reg->name) == 0;

  if (own ? key == 0 || key == self->key : shequ_register_computes_from (self->reg, name))
    look (self);
}

static void
shequ_record_finalize (GObject *object)
{
  ShequRecord *self = SHEQU_RECORD (object);

  if (self->list != NULL)
    shequ_record_list_forget (self->list, self);
  g_clear_handle_id (&self->unmask_source, g_source_remove);
  g_clear_pointer (&self->closed_row, shequ_row_free);
  g_clear_pointer (&self->row, shequ_row_free);
  g_clear_pointer (&self->as_of, g_free);
  g_clear_object (&self->office);

  G_OBJECT_CLASS (shequ_record_parent_class)->finalize (object);
}

static void
shequ_record_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  ShequRecord *self = SHEQU_RECORD (object);

  switch (id)
    {
    case PROP_KEY:
      g_value_set_int64 (value, self->key);
      break;
    case PROP_ROW:
      g_value_set_pointer (value, (gpointer) shequ_record_get_row (self));
      break;
    case PROP_TITLE:
      g_value_take_string (value, shequ_record_get_title (self));
      break;
    case PROP_DETAIL:
      g_value_take_string (value, shequ_record_get_detail (self));
      break;
    case PROP_FILLED:
      g_value_set_boolean (value, self->row != NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
    }
}

static void
shequ_record_class_init (ShequRecordClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = shequ_record_finalize;
  object_class->get_property = shequ_record_get_property;

  properties[PROP_KEY] = g_param_spec_int64 ("key", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_ROW] = g_param_spec_pointer ("row", NULL, NULL, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_DETAIL] = g_param_spec_string ("detail", NULL, NULL, NULL, flags);
  properties[PROP_FILLED] = g_param_spec_boolean ("filled", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
shequ_record_init (ShequRecord *self)
{
  self->link.data = self;
}

/**
 * shequ_record_new:
 * @office: the office
 * @reg: a register
 * @key: a record of it
 *
 * Makes a record that fills itself and follows changes as long as it lives, for a page of its own.
 *
 * Returns: (transfer full): the record, empty until its `row` notifies
 */
ShequRecord *
shequ_record_new (ShequOffice *office, const ShequRegister *reg, gint64 key)
{
  return shequ_record_new_as_of (office, reg, key, NULL);
}

/**
 * shequ_record_new_as_of:
 * @office: the office
 * @reg: a register
 * @key: a record of it
 * @day: (nullable): a past day
 *
 * As shequ_record_new(), with the record as it stood at the end of a day.
 *
 * Returns: (transfer full): the record
 */
ShequRecord *
shequ_record_new_as_of (ShequOffice *office, const ShequRegister *reg, gint64 key, const char *day)
{
  ShequRecord *self = g_object_new (SHEQU_TYPE_RECORD, NULL);
  g_autofree char *changed = g_strconcat ("changed::", reg->name, NULL);

  self->office = g_object_ref (office);
  self->reg = reg;
  self->key = key;
  self->as_of = g_strdup (day);
  g_signal_connect_object (office, changed, G_CALLBACK (follow_change), self, G_CONNECT_SWAPPED);
  look (self);
  return self;
}

ShequRecord *
shequ_record_new_in_list (ShequRecordList *list, ShequOffice *office, const ShequRegister *reg, gint64 key)
{
  ShequRecord *self = g_object_new (SHEQU_TYPE_RECORD, NULL);

  self->list = list;
  self->office = g_object_ref (office);
  self->reg = reg;
  self->key = key;
  return self;
}

void
shequ_record_take_row (ShequRecord *self, ShequRow *row)
{
  gboolean first = self->row == NULL;

  /* Two looks may answer in the wrong order. */
  if (!first && row->version < self->row->version)
    {
      shequ_row_free (row);
      return;
    }
  g_clear_pointer (&self->row, shequ_row_free);
  self->row = row;
  self->wanted = self->stale = FALSE;
  g_object_freeze_notify (G_OBJECT (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ROW]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DETAIL]);
  if (first)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILLED]);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * shequ_record_get_key:
 * @self: the record
 *
 * Returns: its key
 */
gint64
shequ_record_get_key (ShequRecord *self)
{
  return self->key;
}

/**
 * shequ_record_get_register:
 * @self: the record
 *
 * Returns: (transfer none): the register that it belongs to
 */
const ShequRegister *
shequ_record_get_register (ShequRecord *self)
{
  return self->reg;
}

/**
 * shequ_record_get_row:
 * @self: the record
 *
 * Looks at the record; where it has no values yet, they are fetched in the background.
 *
 * Returns: (transfer none) (nullable): its values, valid until `row` notifies
 */
const ShequRow *
shequ_record_get_row (ShequRecord *self)
{
  g_return_val_if_fail (SHEQU_IS_RECORD (self), NULL);

  if (self->row == NULL && self->list != NULL && !self->wanted)
    shequ_record_list_want (self->list, self);
  return self->row;
}

/**
 * shequ_record_format:
 * @self: the record
 * @field: a field of its register
 * @flags: how
 *
 * Returns: (transfer full): the value as a person reads it, empty until the record is filled
 */
char *
shequ_record_format (ShequRecord *self, const ShequField *field, ShequFormatFlags flags)
{
  const ShequRow *row = shequ_record_get_row (self);

  return row != NULL ? shequ_row_format (row, field, flags) : g_strdup ("");
}

/**
 * shequ_record_find_marks:
 * @self: the record
 * @field: a field of its register
 * @text: what is shown of it
 *
 * Returns: (transfer full) (nullable) (element-type ShequSearchMark): the parts of @text that were typed into
 *   the search of the list
 */
GArray *
shequ_record_find_marks (ShequRecord *self, const ShequField *field, const char *text)
{
  if (self->list == NULL || self->list->marks == NULL || field->search == SHEQU_SEARCH_NONE)
    return NULL;
  return shequ_search_marks_find (self->list->marks, text, field->search == SHEQU_SEARCH_PINYIN);
}

/**
 * shequ_record_get_title:
 * @self: the record
 *
 * Returns: (transfer full): what the record is called, empty until it is filled
 */
char *
shequ_record_get_title (ShequRecord *self)
{
  const ShequRow *row = shequ_record_get_row (self);

  return row != NULL ? shequ_row_get_title (row) : g_strdup ("");
}

/**
 * shequ_record_get_detail:
 * @self: the record
 *
 * Returns: (transfer full): the second line of the record in lists, empty until it is filled
 */
char *
shequ_record_get_detail (ShequRecord *self)
{
  const ShequRow *row = shequ_record_get_row (self);

  return row != NULL ? shequ_row_get_detail (row) : g_strdup ("");
}
