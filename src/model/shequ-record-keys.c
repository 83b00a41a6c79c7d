/* How a list exchanges its keys and tells of it.
 *
 * A removal and an addition at once make GTK ask for all items that were added, so a long exchange is told as
 * a removal of everything followed by an addition.
 */
#include "config.h"

#include <gio/gio.h>

#include "shequ-record-list-private.h"
#include "shequ-record-private.h"

/* Above this many rows, an exchange is told in two steps and loses the selection. */
#define LONG_EXCHANGE 1000

static gint64
key_at (const GArray *keys, guint position)
{
  return g_array_index (keys, gint64, position);
}

/* Records that stay outside the exchanged part know their new places, and show what is typed now. */
static void
move_records (ShequRecordList *self, guint prefix, guint removed, guint added)
{
  g_autoptr (GPtrArray) staying = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer value;

  shequ_record_list_forget_pages (self);
  g_hash_table_iter_init (&iter, self->records);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      ShequRecord *record = value;

      if (self->marks_changed && record->row != NULL &&
          (record->position < prefix || record->position >= prefix + removed))
        g_ptr_array_add (staying, g_object_ref (record));
      if (record->position == SHEQU_RECORD_LIST_NOT_FOUND || record->position < prefix)
        continue;
      if (record->position >= prefix + removed)
        record->position = record->position - removed + added;
      else
        record->position = SHEQU_RECORD_LIST_NOT_FOUND;
    }
  self->marks_changed = FALSE;
  for (guint i = 0; i < staying->len; i++)
    g_object_notify (staying->pdata[i], "row");
}

/* Who looked before and was not answered, and is not asked for again by the view. */
static void
want_again (ShequRecordList *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->records);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      ShequRecord *record = value;

      if (record->wanted)
        shequ_record_list_want (self, record);
    }
}

static void
replace_keys (ShequRecordList *self, GArray *keys)
{
  g_array_unref (self->keys);
  self->keys = keys;
}

void
shequ_record_list_take_keys (ShequRecordList *self, GArray *keys)
{
  guint old = self->keys->len, new = keys->len, least = MIN (old, new);
  guint prefix = 0, suffix = 0, removed, added;

  /* What followed a change that moved nothing is the same list. */
  if (keys == self->keys)
    prefix = least;
  while (prefix < least && key_at (self->keys, prefix) == key_at (keys, prefix))
    prefix++;
  while (suffix < least - prefix && key_at (self->keys, old - 1 - suffix) == key_at (keys, new - 1 - suffix))
    suffix++;
  removed = old - prefix - suffix;
  added = new - prefix - suffix;
  if (removed > 0 && added > 0 && removed + added > LONG_EXCHANGE)
    {
      move_records (self, 0, old, new);
      replace_keys (self, g_array_new (FALSE, FALSE, sizeof (gint64)));
      g_list_model_items_changed (G_LIST_MODEL (self), 0, old, 0);
      replace_keys (self, keys);
      g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, new);
    }
  else
    {
      move_records (self, prefix, removed, added);
      replace_keys (self, keys);
      if (removed > 0 || added > 0)
        g_list_model_items_changed (G_LIST_MODEL (self), prefix, removed, added);
    }
  want_again (self);
  if (old != new)
    g_object_notify (G_OBJECT (self), "n-records");
}
