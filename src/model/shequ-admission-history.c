#include "config.h"

#include <json-glib/json-glib.h>

#include "shequ-admission-private.h"
#include "shequ-time.h"

ShequAdmissionHistory *
shequ_admission_history_new (void)
{
  ShequAdmissionHistory *history = g_new0 (ShequAdmissionHistory, 1);

  history->steps = g_array_new (FALSE, FALSE, sizeof (ShequWorkflowStep));
  history->names = g_ptr_array_new_with_free_func (g_free);
  history->pauses = g_array_new (FALSE, FALSE, sizeof (ShequWorkflowPause));
  return history;
}

void
shequ_admission_history_free (ShequAdmissionHistory *history)
{
  g_array_unref (history->steps);
  g_ptr_array_unref (history->names);
  g_array_unref (history->pauses);
  g_free (history);
}

void
shequ_admission_history_add (ShequAdmissionHistory *history, const char *state, const ShequDate *date)
{
  ShequWorkflowStep step = { g_strdup (state), *date };

  g_ptr_array_add (history->names, (char *) step.state);
  g_array_append_val (history->steps, step);
}

gboolean
shequ_admission_history_has (const ShequAdmissionHistory *history, const char *state)
{
  for (guint i = 0; i < history->steps->len; i++)
    if (g_strcmp0 (g_array_index (history->steps, ShequWorkflowStep, i).state, state) == 0)
      return TRUE;
  return FALSE;
}

gboolean
shequ_admission_history_is_paused (const ShequAdmissionHistory *history)
{
  for (guint i = 0; i < history->pauses->len; i++)
    if (g_array_index (history->pauses, ShequWorkflowPause, i).open)
      return TRUE;
  return FALSE;
}

/* The new state of an entry of the change log: {"state":new} of a creation, {"state":[old,new]} of a change.
 */
static char *
read_state (const char *changes)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonNode *node = NULL;
  JsonArray *both;

  if (changes == NULL || !json_parser_load_from_data (parser, changes, -1, NULL))
    return NULL;
  if (JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    node = json_object_get_member (json_node_get_object (json_parser_get_root (parser)), "state");
  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    {
      both = json_node_get_array (node);
      node = json_array_get_length (both) == 2 ? json_array_get_element (both, 1) : NULL;
    }
  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_dup_string (node)
                                                                          : NULL;
}

static void
add_entry (ShequAdmissionHistory *history, const ShequLogEntry *entry)
{
  g_autofree char *state = read_state (entry->changes);
  gint64 seconds;
  ShequDate date;

  if (state == NULL || !shequ_moment_from_utc (entry->moment, &seconds))
    return;
  shequ_moment_to_date (seconds, &date, NULL);
  shequ_admission_history_add (history, state, &date);
}

static gboolean
get_date (const ShequRow *row, const char *name, ShequDate *date)
{
  const char *text = shequ_row_get_text (row, name);

  return text != NULL && shequ_date_from_iso (text, date);
}

/* What the application itself says of its days counts more than when it was typed in. */
static void
correct_dates (ShequAdmissionHistory *history, const ShequRow *application)
{
  ShequWorkflowStep *first, *last;

  if (history->steps->len == 0)
    return;
  first = &g_array_index (history->steps, ShequWorkflowStep, 0);
  last = &g_array_index (history->steps, ShequWorkflowStep, history->steps->len - 1);
  if (g_strcmp0 (first->state, "submitted") == 0)
    get_date (application, "filed_on", &first->date);
  get_date (application, "state_since", &last->date);
}

static gboolean
add_pauses (ShequOffice *office,
            ShequAdmissionHistory *history,
            gint64 application,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (GPtrArray) rows =
    shequ_admission_load_lines (office, "admission_pause", application, cancellable, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      ShequWorkflowPause stopped = { .open = FALSE };

      if (!get_date (rows->pdata[i], "from_on", &stopped.from))
        continue;
      stopped.open = !get_date (rows->pdata[i], "until_on", &stopped.until);
      g_array_append_val (history->pauses, stopped);
    }
  return rows != NULL;
}

static int
compare_entries (gconstpointer one, gconstpointer other)
{
  const ShequLogEntry *first = *(const ShequLogEntry *const *) one;
  const ShequLogEntry *second = *(const ShequLogEntry *const *) other;

  return first->number < second->number ? -1 : first->number > second->number;
}

ShequAdmissionHistory *
shequ_admission_history_load (ShequOffice *office,
                              const ShequRow *application,
                              GCancellable *cancellable,
                              GError **error)
{
  g_autoptr (ShequAdmissionHistory) history = shequ_admission_history_new ();
  g_autoptr (GPtrArray) entries = shequ_store_read_log (shequ_office_get_store (office), application->reg,
                                                        application->key, NULL, 0, cancellable, error);

  if (entries == NULL)
    return NULL;
  g_ptr_array_sort (entries, compare_entries);
  for (guint i = 0; i < entries->len; i++)
    add_entry (history, entries->pdata[i]);
  correct_dates (history, application);
  if (!add_pauses (office, history, application->key, cancellable, error))
    return NULL;
  return g_steal_pointer (&history);
}
