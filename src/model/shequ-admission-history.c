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
  return history;
}

void
shequ_admission_history_free (ShequAdmissionHistory *history)
{
  g_array_unref (history->steps);
  g_ptr_array_unref (history->names);
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
  return g_steal_pointer (&history);
}

gboolean
shequ_admission_history_get_due (ShequOffice *office,
                                 const ShequAdmissionHistory *history,
                                 ShequDate *due,
                                 ShequCalendarStatus *status)
{
  ShequWorkflow *workflow = shequ_office_get_admission_workflow (office, NULL);
  ShequWorkdays *workdays = shequ_office_get_workdays (office, NULL);
  g_autoptr (GArray) clocks = NULL;
  gboolean found = FALSE;

  if (workflow == NULL || workdays == NULL)
    return FALSE;
  clocks = shequ_workflow_get_clocks (workflow, &g_array_index (history->steps, ShequWorkflowStep, 0),
                                      history->steps->len);
  for (guint i = 0; i < clocks->len; i++)
    {
      const ShequWorkflowClock *clock = &g_array_index (clocks, ShequWorkflowClock, i);
      ShequCalendarStatus trust = SHEQU_CALENDAR_KNOWN;
      ShequDate day = shequ_workflow_clock_get_due (clock, workdays, &trust);

      if (clock->limit->least || (found && shequ_date_compare (&day, due) >= 0))
        continue;
      *due = day;
      *status = trust;
      found = TRUE;
    }
  return found;
}

static gboolean
is_given (const ShequRow *row, const char *name)
{
  const char *text = shequ_row_get_text (row, name);

  return text != NULL && *text != '\0';
}

static gboolean
has_finding (const GPtrArray *findings, const char *code, gboolean block)
{
  for (guint i = 0; i < findings->len; i++)
    {
      const ShequFinding *finding = findings->pdata[i];

      if (block ? finding->severity == SHEQU_SEVERITY_BLOCK : g_strcmp0 (finding->code, code) == 0)
        return TRUE;
    }
  return FALSE;
}

char **
shequ_admission_list_unmet (const ShequRow *application,
                            const ShequAdmissionHistory *history,
                            const GPtrArray *findings,
                            const char *const *confirmed)
{
  static const char *const nothing[] = { NULL };
  g_autoptr (GStrvBuilder) unmet = g_strv_builder_new ();

  if (confirmed == NULL)
    confirmed = nothing;
  if (has_finding (findings, NULL, TRUE))
    g_strv_builder_add (unmet, "no_block");
  if (shequ_row_get_integer (application, "funding") <= 0 && !is_given (application, "zero_funding_reason"))
    g_strv_builder_add (unmet, "money");
  if (!is_given (application, "superior_requires") || !is_given (application, "residents_need"))
    g_strv_builder_add (unmet, "both_asked");
  if (has_finding (findings, "KEY_HEARING", FALSE) && !shequ_admission_history_has (history, "hearing"))
    g_strv_builder_add (unmet, "hearing_held");
  if (!g_strv_contains (confirmed, "agreement"))
    g_strv_builder_add (unmet, "agreement");
  return g_strv_builder_end (unmet);
}
