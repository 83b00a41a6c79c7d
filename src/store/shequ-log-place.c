#include "shequ-log-place-private.h"

#include "shequ-store-private.h"

#include "config.h"

/* On a server with many writers, entries are committed in another order than they were numbered in. */
#define OVERLAP 256

void
shequ_log_place_clear (ShequLogPlace *place)
{
  g_clear_pointer (&place->seen, g_hash_table_unref);
  place->last = 0;
}

static void
see (ShequLogPlace *place, gint64 number)
{
  g_hash_table_add (place->seen, g_memdup2 (&number, sizeof number));
  place->last = MAX (place->last, number);
}

static GHashTable *
new_numbers (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

void
shequ_log_place_copy (const ShequLogPlace *place, ShequLogPlace *copy)
{
  GHashTableIter iter;
  gpointer number;

  shequ_log_place_clear (copy);
  copy->seen = new_numbers ();
  copy->last = place->last;
  g_hash_table_iter_init (&iter, place->seen);
  while (g_hash_table_iter_next (&iter, &number, NULL))
    see (copy, *(const gint64 *) number);
}

static void
forget_old (ShequLogPlace *place)
{
  GHashTableIter iter;
  gpointer number;

  g_hash_table_iter_init (&iter, place->seen);
  while (g_hash_table_iter_next (&iter, &number, NULL))
    if (*(const gint64 *) number <= place->last - OVERLAP)
      g_hash_table_iter_remove (&iter);
}

/* What stands in the log by now counts as seen, up to a last entry. */
gboolean
shequ_log_place_set (ShequLogPlace *place, ShequConnection *connection, gint64 last, GError **error)
{
  ShequStatement *statement = shequ_connection_prepare (
    connection,
    "SELECT number FROM shequ_log WHERE number <= ?1 ORDER BY number DESC LIMIT " G_STRINGIFY (OVERLAP),
    error);
  gboolean has_row = FALSE;
  gboolean done = statement != NULL;

  shequ_log_place_clear (place);
  place->seen = new_numbers ();
  if (done)
    shequ_statement_bind_integer (statement, 1, last);
  while (done && (done = shequ_statement_step (statement, &has_row, error)) && has_row)
    see (place, shequ_statement_get_integer (statement, 0));
  if (statement != NULL)
    shequ_statement_reset (statement);
  forget_old (place);
  return done;
}

static gboolean
is_known (const GArray *changes, const ShequChangedRecord *change)
{
  for (guint i = 0; i < changes->len; i++)
    {
      const ShequChangedRecord *known = &g_array_index (changes, ShequChangedRecord, i);

      if (known->reg == change->reg && known->key == change->key)
        return TRUE;
    }
  return FALSE;
}

/* (transfer full) (element-type ShequChangedRecord): the records that were changed since, each once; more
 * than SHEQU_LOG_MOST_CHANGES are not all told. */
GArray *
shequ_log_place_advance (ShequLogPlace *place,
                         ShequConnection *connection,
                         ShequCatalogue *catalogue,
                         GError **error)
{
  g_autoptr (GArray) changes = g_array_new (FALSE, FALSE, sizeof (ShequChangedRecord));
  ShequStatement *statement = shequ_connection_prepare (
    connection, "SELECT number, register, record FROM shequ_log WHERE number > ?1 ORDER BY number", error);
  gint64 from = place->last - OVERLAP;
  gboolean has_row = FALSE;
  gboolean done = statement != NULL;

  if (!done)
    return NULL;
  shequ_statement_bind_integer (statement, 1, from);
  while (changes->len <= SHEQU_LOG_MOST_CHANGES &&
         (done = shequ_statement_step (statement, &has_row, error)) && has_row)
    {
      gint64 number = shequ_statement_get_integer (statement, 0);
      ShequChangedRecord change = { NULL, shequ_statement_get_integer (statement, 2) };

      if (g_hash_table_contains (place->seen, &number))
        continue;
      see (place, number);
      change.reg = shequ_catalogue_lookup (catalogue, shequ_statement_get_text (statement, 1));
      if (!is_known (changes, &change))
        g_array_append_val (changes, change);
    }
  shequ_statement_reset (statement);
  forget_old (place);
  return done ? g_steal_pointer (&changes) : NULL;
}
