/* Events taken back, as if they had not been. */
#include "shequ-events-private.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-error.h"

static gboolean
put_back_person (ShequOffice *office, ShequTransaction *transaction, const ShequRow *event, GError **error)
{
  const ShequRegister *residents = shequ_office_get_register (office, "resident");
  const ShequRegister *households = shequ_office_get_register (office, "household");
  const char *before = shequ_row_get_text (event, "before");
  g_autoptr (ShequRow) person =
    shequ_transaction_get (transaction, residents, shequ_row_get_integer (event, "resident"), error);
  g_autofree char *now = NULL;

  if (person == NULL)
    return FALSE;
  now = shequ_events_describe_state (person);
  if (g_strcmp0 (now, shequ_row_get_text (event, "after")) != 0)
    return shequ_events_refuse (
      error,
      _ ("%s was changed since; nothing was taken back. Take back what came later first, or "
         "correct the record"),
      shequ_events_get_name (person));
  if (before == NULL)
    return shequ_transaction_delete (transaction, residents, person->key, person->version, error);
  shequ_events_set_state (person, before);
  /* A household that nobody was left in was deleted. */
  if (shequ_row_get_integer (person, "household") != 0 &&
      !shequ_transaction_restore (transaction, households, shequ_row_get_integer (person, "household"),
                                  error))
    return FALSE;
  shequ_row_set_effective (person, shequ_row_get_text (event, "happened_on"));
  return shequ_office_save_in (office, transaction, person, NULL, error);
}

/* A household that the event made, and that is empty again. */
static void
drop_empty_household (ShequOffice *office, ShequTransaction *transaction, gint64 key)
{
  const ShequRegister *households = shequ_office_get_register (office, "household");
  g_autoptr (GArray) members = shequ_events_list_where (
    transaction, shequ_office_get_register (office, "resident"), "household", key, NULL);
  g_autoptr (ShequRow) row = shequ_transaction_get (transaction, households, key, NULL);

  if (row != NULL && members != NULL && members->len == 0)
    shequ_transaction_delete (transaction, households, key, row->version, NULL);
}

static gboolean
take_back_all (ShequOffice *office, ShequTransaction *transaction, GArray *keys, GError **error)
{
  const ShequRegister *events = shequ_office_get_register (office, "resident_event");

  for (guint i = keys->len; i > 0; i--)
    {
      g_autoptr (ShequRow) event =
        shequ_transaction_get (transaction, events, g_array_index (keys, gint64, i - 1), error);

      if (event == NULL || !put_back_person (office, transaction, event, error) ||
          !shequ_transaction_delete (transaction, events, event->key, event->version, error))
        return FALSE;
      if (shequ_row_get_integer (event, "to_household") != 0)
        drop_empty_household (office, transaction, shequ_row_get_integer (event, "to_household"));
    }
  return TRUE;
}

static int
compare_keys (gconstpointer one, gconstpointer other)
{
  gint64 a = *(const gint64 *) one, b = *(const gint64 *) other;

  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * shequ_events_take_back:
 * @office: the office
 * @event: an event
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Takes an event back with all that were recorded with it, as if it had not been: the way to correct a wrong
 * day or a wrong person, before it is recorded anew.
 *
 * Returns: %FALSE with %SHEQU_ERROR_INVALID_VALUE when somebody concerned was changed since
 */
gboolean
shequ_events_take_back (ShequOffice *office, gint64 event, GCancellable *cancellable, GError **error)
{
  const ShequRegister *events = shequ_office_get_register (office, "resident_event");
  g_autoptr (ShequTransaction) transaction = shequ_office_begin (office, _ ("Take back"), cancellable, error);
  g_autoptr (ShequRow) row =
    transaction != NULL ? shequ_transaction_get (transaction, events, event, error) : NULL;
  g_autoptr (GArray) keys = NULL;
  gint64 first;

  if (row == NULL)
    return FALSE;
  first = shequ_row_get_integer (row, "batch") != 0 ? shequ_row_get_integer (row, "batch") : event;
  keys = shequ_events_list_where (transaction, events, "batch", first, error);
  if (keys == NULL)
    return FALSE;
  g_array_append_val (keys, first);
  g_array_sort (keys, compare_keys);
  if (!take_back_all (office, transaction, keys, error) || !shequ_transaction_commit (transaction, error))
    return FALSE;
  shequ_events_tell_changed (office);
  return TRUE;
}

/**
 * shequ_events_take_back_last:
 * @office: the office
 * @resident: a resident
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Takes back what was recorded last of a resident, as shequ_events_take_back().
 *
 * Returns: %FALSE with %SHEQU_ERROR_NOT_FOUND when nothing was recorded
 */
gboolean
shequ_events_take_back_last (ShequOffice *office, gint64 resident, GCancellable *cancellable, GError **error)
{
  const ShequRegister *events = shequ_office_get_register (office, "resident_event");
  g_autoptr (ShequQuery) query = shequ_query_new (events, NULL);
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, resident);
  g_autoptr (GArray) keys = NULL;
  gint64 last = 0;

  shequ_query_take_where (query, shequ_condition_new_compare (SHEQU_CONDITION_EQUAL, "resident", text));
  keys = shequ_store_list_keys (shequ_office_get_store (office), query, cancellable, error);
  for (guint i = 0; keys != NULL && i < keys->len; i++)
    last = MAX (last, g_array_index (keys, gint64, i));
  if (last != 0)
    return shequ_events_take_back (office, last, cancellable, error);
  if (keys != NULL)
    g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND,
                         _ ("No change was recorded of this resident"));
  return FALSE;
}
