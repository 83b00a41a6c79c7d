/* A long list for the window.
 *
 * The list holds the keys of its records, fetched in two steps: the first two hundred with the first rows, so
 * that there is something to see at once, then all. Records are made when the view asks for them; a record
 * that is looked at has its page of a hundred fetched. The last rows looked at are kept, and the records that
 * the view holds itself; everything else is forgotten.
 */
#include "shequ-record.h"

#include "config.h"

#include <string.h>

#include "shequ-record-list-private.h"
#include "shequ-record-private.h"

#define ROWS_KEPT 1000

enum
{
  PROP_SEARCH = 1,
  PROP_N_RECORDS,
  PROP_LOADING,
  PROP_ERROR_MESSAGE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void shequ_record_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ShequRecordList,
                               shequ_record_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, shequ_record_list_model_init))

static gint64
key_at (const GArray *keys, guint position)
{
  return g_array_index (keys, gint64, position);
}

static GType
get_item_type (GListModel *model)
{
  return SHEQU_TYPE_RECORD;
}

static guint
get_n_items (GListModel *model)
{
  return SHEQU_RECORD_LIST (model)->keys->len;
}

static void
release (ShequRecordList *self, ShequRecord *record)
{
  g_queue_unlink (&self->kept, &record->link);
  record->kept = FALSE;
  g_object_unref (record);
}

/* Marks a filled record as the last one looked at, and lets the oldest go. */
static void
keep (ShequRecordList *self, ShequRecord *record)
{
  if (record->kept)
    g_queue_unlink (&self->kept, &record->link);
  else
    g_object_ref (record);
  record->kept = TRUE;
  g_queue_push_head_link (&self->kept, &record->link);
  while (self->kept.length > ROWS_KEPT)
    release (self, g_queue_peek_tail (&self->kept));
}

/* Gives a new reference to the one record of a key. */
static ShequRecord *
obtain (ShequRecordList *self, gint64 key)
{
  ShequRecord *record = g_hash_table_lookup (self->records, &key);

  if (record != NULL)
    return g_object_ref (record);
  record = shequ_record_new_in_list (self, self->office, self->reg, key);
  record->position = SHEQU_RECORD_LIST_NOT_FOUND;
  g_hash_table_insert (self->records, &record->key, record);
  return record;
}

static gpointer
get_item (GListModel *model, guint position)
{
  ShequRecordList *self = SHEQU_RECORD_LIST (model);
  ShequRecord *record;

  if (position >= self->keys->len)
    return NULL;
  record = obtain (self, key_at (self->keys, position));
  record->position = position;
  if (record->row != NULL)
    keep (self, record);
  return record;
}

static void
shequ_record_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
release_all (ShequRecordList *self)
{
  while (self->kept.length > 0)
    release (self, g_queue_peek_tail (&self->kept));
}

/* The records that somebody else holds. */
static GPtrArray *
list_live (ShequRecordList *self)
{
  GPtrArray *live = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer record;

  release_all (self);
  g_hash_table_iter_init (&iter, self->records);
  while (g_hash_table_iter_next (&iter, NULL, &record))
    g_ptr_array_add (live, record);
  return live;
}

static void
orphan_records (ShequRecordList *self)
{
  g_autoptr (GPtrArray) live = list_live (self);

  for (guint i = 0; i < live->len; i++)
    ((ShequRecord *) live->pdata[i])->list = NULL;
  g_hash_table_remove_all (self->records);
}

static void
shequ_record_list_dispose (GObject *object)
{
  ShequRecordList *self = SHEQU_RECORD_LIST (object);

  shequ_record_list_stop (self);
  shequ_record_list_forget_finder (self);
  if (self->records != NULL)
    orphan_records (self);

  G_OBJECT_CLASS (shequ_record_list_parent_class)->dispose (object);
}

static void
shequ_record_list_finalize (GObject *object)
{
  ShequRecordList *self = SHEQU_RECORD_LIST (object);

  g_clear_pointer (&self->sets, shequ_term_sets_unref);
  g_clear_object (&self->office);
  g_clear_pointer (&self->query, shequ_query_free);
  g_clear_pointer (&self->marks, shequ_search_marks_free);
  g_clear_pointer (&self->keys, g_array_unref);
  g_clear_pointer (&self->records, g_hash_table_unref);
  g_clear_pointer (&self->pages_asked, g_hash_table_unref);
  g_queue_clear (&self->pages);
  g_clear_pointer (&self->error_message, g_free);

  G_OBJECT_CLASS (shequ_record_list_parent_class)->finalize (object);
}

static void
shequ_record_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  ShequRecordList *self = SHEQU_RECORD_LIST (object);

  switch (id)
    {
    case PROP_SEARCH:
      g_value_set_string (value, self->query->search);
      break;
    case PROP_N_RECORDS:
      g_value_set_uint (value, self->keys->len);
      break;
    case PROP_LOADING:
      g_value_set_boolean (value, self->loading);
      break;
    case PROP_ERROR_MESSAGE:
      g_value_set_string (value, self->error_message);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
    }
}

static void
shequ_record_list_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  if (id == PROP_SEARCH)
    shequ_record_list_set_search (SHEQU_RECORD_LIST (object), g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
shequ_record_list_class_init (ShequRecordListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = shequ_record_list_dispose;
  object_class->finalize = shequ_record_list_finalize;
  object_class->get_property = shequ_record_list_get_property;
  object_class->set_property = shequ_record_list_set_property;

  properties[PROP_SEARCH] = g_param_spec_string ("search", NULL, NULL, NULL, flags | G_PARAM_WRITABLE);
  properties[PROP_N_RECORDS] = g_param_spec_uint ("n-records", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  properties[PROP_ERROR_MESSAGE] = g_param_spec_string ("error-message", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
shequ_record_list_init (ShequRecordList *self)
{
  self->keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->records = g_hash_table_new (g_int64_hash, g_int64_equal);
  self->pages_asked = g_hash_table_new (NULL, NULL);
  g_queue_init (&self->kept);
  g_queue_init (&self->pages);
}

/* Whether the rows of the list show something of another register. */
static gboolean
depends_on (const ShequRegister *reg, const char *name)
{
  for (guint i = 0; i < reg->fields->len; i++)
    {
      const ShequField *field = g_ptr_array_index (reg->fields, i);

      if (field->target != NULL && g_strcmp0 (field->target->name, name) == 0)
        return TRUE;
      if (field->compute != NULL && g_strcmp0 (field->compute->source_name, name) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Whether which records are listed depends on those of another register. */
static gboolean
looks_at (const ShequCondition *condition, const char *name)
{
  if (condition == NULL)
    return FALSE;
  if ((condition->type == SHEQU_CONDITION_HAS || condition->type == SHEQU_CONDITION_HAS_NO) &&
      g_strcmp0 (condition->field, name) == 0)
    return TRUE;
  for (guint i = 0; condition->children != NULL && i < condition->children->len; i++)
    if (looks_at (condition->children->pdata[i], name))
      return TRUE;
  return FALSE;
}

static void
renew (ShequRecord *record, GArray *keys)
{
  if (record->row == NULL && !record->wanted)
    return;
  record->stale = TRUE;
  g_array_append_val (keys, record->key);
}

/* Fetches again what somebody looks at; the old rows stay until then. */
static void
renew_rows (ShequRecordList *self, gint64 key)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  ShequRecord *record = key != 0 ? g_hash_table_lookup (self->records, &key) : NULL;

  if (record != NULL)
    renew (record, keys);
  if (key == 0)
    {
      g_autoptr (GPtrArray) live = list_live (self);

      for (guint i = 0; i < live->len; i++)
        renew (live->pdata[i], keys);
    }
  if (keys->len > 0)
    shequ_record_list_fetch (self, keys);
}

static void
follow_change (ShequRecordList *self, const char *name, gint64 key)
{
  gboolean own = g_strcmp0 (name, self->reg->name) == 0;

  self->n_changes++;
  if (own)
    renew_rows (self, key);
  else if (depends_on (self->reg, name))
    renew_rows (self, 0);
  if (own || looks_at (self->query->where, name))
    shequ_record_list_refresh (self);
}

/**
 * shequ_record_list_new:
 * @office: the office
 * @reg: a register
 *
 * Makes a list of all records of the office's unit and the units below it, in the order of the register's
 * first list, and starts to fill it. It follows all changes.
 *
 * Returns: (transfer full): the list, empty until the main loop runs
 */
ShequRecordList *
shequ_record_list_new (ShequOffice *office, const ShequRegister *reg)
{
  ShequRecordList *self;

  g_return_val_if_fail (SHEQU_IS_OFFICE (office) && reg != NULL, NULL);

  self = g_object_new (SHEQU_TYPE_RECORD_LIST, NULL);
  self->office = g_object_ref (office);
  self->reg = reg;
  self->query = shequ_office_new_query (office, reg);
  g_signal_connect_object (office, "changed", G_CALLBACK (follow_change), self, G_CONNECT_SWAPPED);
  shequ_record_list_look (self, TRUE);
  return self;
}

/**
 * shequ_record_list_get_register:
 * @self: the list
 *
 * Returns: (transfer none): whose records it holds
 */
const ShequRegister *
shequ_record_list_get_register (ShequRecordList *self)
{
  return self->reg;
}

/* What is typed is marked in what is shown. */
static void
update_marks (ShequRecordList *self)
{
  g_clear_pointer (&self->marks, shequ_search_marks_free);
  if (self->query->search != NULL)
    self->marks = shequ_search_marks_new (
      self->query->search, shequ_store_get_pinyin (shequ_office_get_store (self->office), NULL));
  self->marks_changed = TRUE;
}

static gboolean
is_same_sort (const GArray *one, const GArray *other)
{
  guint n = one != NULL ? one->len : 0;

  if (n != (other != NULL ? other->len : 0))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      const ShequSort *a = &g_array_index (one, ShequSort, i);
      const ShequSort *b = &g_array_index (other, ShequSort, i);

      if (a->field != b->field || a->descending != b->descending)
        return FALSE;
    }
  return TRUE;
}

/* Whether two queries differ in what they search at most. Conditions are not compared. */
static gboolean
is_same_list (const ShequQuery *one, const ShequQuery *other)
{
  return one->where == NULL && other->where == NULL && one->unit == other->unit &&
         one->with_deleted == other->with_deleted && one->limit == other->limit &&
         g_strcmp0 (one->today, other->today) == 0 && g_strcmp0 (one->as_of, other->as_of) == 0 &&
         is_same_sort (one->sort, other->sort);
}

/**
 * shequ_record_list_set_query:
 * @self: the list
 * @query: (transfer none): a query of the same register
 *
 * Looks for something else; a look on its way is given up.
 */
void
shequ_record_list_set_query (ShequRecordList *self, const ShequQuery *query)
{
  ShequQuery *copy;

  g_return_if_fail (SHEQU_IS_RECORD_LIST (self) && query != NULL && query->reg == self->reg);

  /* Of another day all rows are other ones. */
  if (g_strcmp0 (query->as_of, self->query->as_of) != 0)
    {
      shequ_record_list_take_keys (self, g_array_new (FALSE, FALSE, sizeof (gint64)));
      orphan_records (self);
    }
  copy = shequ_query_copy (query);
  if (!is_same_list (self->query, copy))
    shequ_record_list_forget_finder (self);
  shequ_query_free (self->query);
  self->query = copy;
  update_marks (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEARCH]);
  shequ_record_list_look (self, TRUE);
}

/**
 * shequ_record_list_get_query:
 * @self: the list
 *
 * Returns: (transfer none): what it looks for, as an export or a report of what is seen needs it
 */
const ShequQuery *
shequ_record_list_get_query (ShequRecordList *self)
{
  return self->query;
}

/**
 * shequ_record_list_set_search:
 * @self: the list
 * @typed: (nullable): what was typed
 *
 * Keeps the filters and the order and searches in them; for every key stroke.
 */
void
shequ_record_list_set_search (ShequRecordList *self, const char *typed)
{
  g_return_if_fail (SHEQU_IS_RECORD_LIST (self));

  if (typed != NULL && *typed == '\0')
    typed = NULL;
  if (g_strcmp0 (typed, self->query->search) == 0)
    return;
  shequ_query_set_search (self->query, typed);
  update_marks (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEARCH]);
  shequ_record_list_look (self, TRUE);
}

/**
 * shequ_record_list_refresh:
 * @self: the list
 *
 * Looks again for the same; rows that stay keep their place and their selection.
 */
void
shequ_record_list_refresh (ShequRecordList *self)
{
  g_autofree char *today = NULL;

  g_return_if_fail (SHEQU_IS_RECORD_LIST (self));

  if (self->loading)
    {
      self->again = TRUE;
      return;
    }
  if (self->finder == NULL)
    shequ_record_list_forget_finder (self);
  today = shequ_office_get_today (self->office);
  g_free (self->query->today);
  self->query->today = g_steal_pointer (&today);
  shequ_record_list_look (self, FALSE);
}

/**
 * shequ_record_list_get_loading:
 * @self: the list
 *
 * Returns: whether more records are on their way
 */
gboolean
shequ_record_list_get_loading (ShequRecordList *self)
{
  return self->loading;
}

/**
 * shequ_record_list_get_error_message:
 * @self: the list
 *
 * Returns: (transfer none) (nullable): why the last look failed; the list shows what it had before
 */
const char *
shequ_record_list_get_error_message (ShequRecordList *self)
{
  return self->error_message;
}

/**
 * shequ_record_list_get_n_records:
 * @self: the list
 *
 * Returns: how many records are known; all of them unless the list is loading
 */
guint
shequ_record_list_get_n_records (ShequRecordList *self)
{
  return self->keys->len;
}

/**
 * shequ_record_list_get_key:
 * @self: the list
 * @position: a place in it
 *
 * Returns: the key of the record there, or 0 behind the end; makes no record
 */
gint64
shequ_record_list_get_key (ShequRecordList *self, guint position)
{
  return position < self->keys->len ? key_at (self->keys, position) : 0;
}

/**
 * shequ_record_list_find:
 * @self: the list
 * @key: a record
 *
 * Returns: its place, or %SHEQU_RECORD_LIST_NOT_FOUND (which is GTK_INVALID_LIST_POSITION)
 */
guint
shequ_record_list_find (ShequRecordList *self, gint64 key)
{
  const gint64 *keys = &g_array_index (self->keys, gint64, 0);

  for (guint i = 0; i < self->keys->len; i++)
    if (keys[i] == key)
      return i;
  return SHEQU_RECORD_LIST_NOT_FOUND;
}

void
shequ_record_list_forget (ShequRecordList *self, ShequRecord *record)
{
  g_hash_table_remove (self->records, &record->key);
}

void
shequ_record_list_adopt (ShequRecordList *self, ShequRow *row)
{
  g_autoptr (ShequRecord) record = obtain (self, row->key);

  shequ_record_take_row (record, row);
  keep (self, record);
}

void
shequ_record_list_set_loading (ShequRecordList *self, gboolean loading)
{
  if (self->loading == loading)
    return;
  self->loading = loading;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

void
shequ_record_list_set_error (ShequRecordList *self, const GError *error)
{
  const char *message = error != NULL ? error->message : NULL;

  if (g_strcmp0 (message, self->error_message) == 0)
    return;
  g_free (self->error_message);
  self->error_message = g_strdup (message);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR_MESSAGE]);
}
