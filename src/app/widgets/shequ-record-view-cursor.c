/* Which records are selected, and the one that is looked at. */
#include "shequ-record-view-private.h"

#include "config.h"

/* Selects the wanted record, when the list has it by now. */
void
shequ_record_view_try_wanted (ShequRecordView *self)
{
  guint position =
    self->wanted != 0 ? shequ_record_list_find (self->records, self->wanted) : GTK_INVALID_LIST_POSITION;

  if (position == GTK_INVALID_LIST_POSITION)
    return;
  self->wanted = 0;
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  shequ_record_table_scroll_to (self->table, position);
}

static void
set_cursor (ShequRecordView *self, ShequRecord *record, gboolean several)
{
  gint64 key = record != NULL ? shequ_record_get_key (record) : 0;

  if (key == self->cursor && several == self->several)
    return;
  self->cursor = key;
  self->several = several;
  shequ_record_view_tell_cursor (self, record);
}

void
shequ_record_view_selection_changed (ShequRecordView *self)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  g_autoptr (ShequRecord) record = NULL;

  shequ_record_view_update_count (self);
  if (gtk_bitset_get_size (selected) == 1)
    record = g_list_model_get_item (G_LIST_MODEL (self->selection), gtk_bitset_get_minimum (selected));
  set_cursor (self, record, gtk_bitset_get_size (selected) > 1);
}

static gboolean
give_up_cursor (gpointer data)
{
  ShequRecordView *self = data;

  self->lost_id = 0;
  shequ_record_view_try_wanted (self);
  if (self->wanted != 0 && self->wanted == self->cursor)
    {
      self->wanted = 0;
      set_cursor (self, NULL, FALSE);
    }
  return G_SOURCE_REMOVE;
}

/* A record that moved in the list, as after its name was changed, stays selected. */
void
shequ_record_view_selection_moved (ShequRecordView *self)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));

  if (self->cursor == 0 || !gtk_bitset_is_empty (selected))
    {
      shequ_record_view_selection_changed (self);
      return;
    }
  if (self->wanted == 0)
    self->wanted = self->cursor;
  if (self->lost_id == 0)
    self->lost_id = g_idle_add (give_up_cursor, self);
}

/**
 * shequ_record_view_get_selected_keys:
 * @self: a view
 *
 * Returns: (transfer full) (element-type gint64): the keys of the selected records, in the order shown
 */
GArray *
shequ_record_view_get_selected_keys (ShequRecordView *self)
{
  g_autoptr (GtkBitset) selected = NULL;
  GArray *keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  GtkBitsetIter iter;
  guint position;

  g_return_val_if_fail (SHEQU_IS_RECORD_VIEW (self), keys);

  selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  for (gboolean more = gtk_bitset_iter_init_first (&iter, selected, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    {
      gint64 key = shequ_record_list_get_key (self->records, position);

      g_array_append_val (keys, key);
    }
  return keys;
}

/**
 * shequ_record_view_get_n_selected:
 * @self: a view
 *
 * Returns: how many records are selected
 */
guint
shequ_record_view_get_n_selected (ShequRecordView *self)
{
  g_autoptr (GtkBitset) selected = NULL;

  g_return_val_if_fail (SHEQU_IS_RECORD_VIEW (self), 0);

  selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  return (guint) gtk_bitset_get_size (selected);
}

/**
 * shequ_record_view_select:
 * @self: a view
 * @key: a record
 *
 * Selects a record and scrolls to it, now or when the list has it.
 */
void
shequ_record_view_select (ShequRecordView *self, gint64 key)
{
  g_return_if_fail (SHEQU_IS_RECORD_VIEW (self));

  self->wanted = key;
  shequ_record_view_try_wanted (self);
}
