/* What may not happen: before a birth, after a death, to people of several households. */
#include "shequ-events-private.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-date.h"

#define OLDEST_AGE 120

/* A resident has one life: nothing before birth, nothing after death, nothing before what is recorded. */
static gboolean
check_later_events (const ShequEventRecord *record, const ShequRow *person, GError **error)
{
  const ShequRegister *events = shequ_office_get_register (record->office, "resident_event");
  g_autoptr (GArray) keys =
    shequ_events_list_where (record->transaction, events, "resident", person->key, error);

  for (guint i = 0; keys != NULL && i < keys->len; i++)
    {
      g_autoptr (ShequRow) event =
        shequ_transaction_get (record->transaction, events, g_array_index (keys, gint64, i), error);
      const char *day = event != NULL ? shequ_row_get_text (event, "happened_on") : NULL;
      g_autofree char *kind = NULL;

      if (event == NULL)
        return FALSE;
      if (g_strcmp0 (day, record->day) <= 0)
        continue;
      kind = shequ_row_format (event, shequ_register_lookup (events, "kind"), SHEQU_FORMAT_PLAIN);
      return shequ_events_refuse (
        error,
        _ ("For %s there is already “%s” on %s; nothing was recorded. Choose a later day, or take "
           "that back first"),
        shequ_events_get_name (person), kind, day);
    }
  return keys != NULL;
}

static gboolean
check_person (const ShequEventRecord *record, const ShequRow *person, GError **error)
{
  ShequEventKind kind = record->event->kind;
  const char *birth = shequ_row_get_text (person, "birth_date");
  ShequDate born, now;

  if (shequ_events_has_status (person, SHEQU_STATUS_DEAD))
    return shequ_events_refuse (error, _ ("%s is registered as dead; nothing was recorded"),
                                shequ_events_get_name (person));
  if (shequ_events_has_status (person, SHEQU_STATUS_GONE) && kind != SHEQU_EVENT_ARRIVAL &&
      kind != SHEQU_EVENT_DEATH)
    return shequ_events_refuse (error, _ ("%s has left; nothing was recorded. Record the arrival first"),
                                shequ_events_get_name (person));
  if (birth != NULL && strcmp (record->day, birth) < 0)
    return shequ_events_refuse (error, _ ("The day lies before the birth of %s (%s); nothing was recorded"),
                                shequ_events_get_name (person), birth);
  if (kind == SHEQU_EVENT_ARRIVAL && shequ_row_get_integer (person, "household") != 0)
    return shequ_events_refuse (
      error, _ ("%s belongs to a household here already; nothing was recorded. Record a move instead"),
      shequ_events_get_name (person));
  if (birth != NULL && shequ_date_from_iso (birth, &born) && shequ_date_from_iso (record->day, &now) &&
      shequ_date_years_between (&born, &now) > OLDEST_AGE)
    shequ_events_warn (record, _ ("%s would be older than 120 years; compare the date of birth"),
                       shequ_events_get_name (person));
  return check_later_events (record, person, error);
}

/* All of one household, and not the whole of it. */
static gboolean
check_split (const ShequEventRecord *record, GError **error)
{
  const ShequRow *first = record->people->len > 0 ? record->people->pdata[0] : NULL;
  gint64 household = first != NULL ? shequ_row_get_integer (first, "household") : 0;
  g_autoptr (GArray) members = NULL;

  if (household == 0)
    return shequ_events_refuse (
      error, _ ("Only members of a household can form one of their own; nothing was recorded"));
  for (guint i = 1; i < record->people->len; i++)
    if (shequ_row_get_integer (record->people->pdata[i], "household") != household)
      return shequ_events_refuse (
        error, _ ("%s is of another household; nothing was recorded. A household splits by itself"),
        shequ_events_get_name (record->people->pdata[i]));
  members = shequ_events_list_where (record->transaction, record->residents, "household", household, error);
  if (members == NULL)
    return FALSE;
  if (members->len <= record->people->len)
    return shequ_events_refuse (
      error, _ ("Nobody would be left in the household; nothing was recorded. Record a move"));
  return TRUE;
}

gboolean
shequ_events_check (const ShequEventRecord *record, GError **error)
{
  const ShequEvent *event = record->event;
  g_autofree char *today = shequ_office_get_today (record->office);
  gboolean needs_household = event->kind != SHEQU_EVENT_DEATH && event->kind != SHEQU_EVENT_DEPARTURE &&
                             event->kind != SHEQU_EVENT_BIRTH;
  gboolean has_address = event->address != NULL && *event->address != '\0';

  if (strcmp (record->day, today) > 0)
    return shequ_events_refuse (error, _ ("The day lies in the future; nothing was recorded"));
  if (needs_household && event->household == 0 && !has_address)
    return shequ_events_refuse (
      error, _ ("Say into which household, or the address of a new one; nothing was recorded"));
  for (guint i = 0; i < record->people->len; i++)
    {
      const ShequRow *person = record->people->pdata[i];

      if (!check_person (record, person, error))
        return FALSE;
      if (event->kind == SHEQU_EVENT_MOVE && event->household != 0 &&
          shequ_row_get_integer (person, "household") == event->household)
        return shequ_events_refuse (
          error, _ ("%s is in that household already; nothing was recorded. Choose another"),
          shequ_events_get_name (person));
    }
  return event->kind != SHEQU_EVENT_SPLIT || check_split (record, error);
}
