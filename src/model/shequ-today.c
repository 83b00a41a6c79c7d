#include "shequ-today.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-error.h"
#include "shequ-visits.h"

/* More of one reminder than a person can look at in a day. */
#define MOST_OF_A_KIND 500

/* How long a reminder that nothing switches off goes on after its day. */
#define DAYS_PAST 30

/* How far ahead vacant shifts are shown. */
#define SHIFT_DAYS 7

/* How far ahead visits are shown. */
#define VISIT_DAYS 1

typedef struct
{
  ShequOffice *office;
  GCancellable *cancellable;
  const ShequWorkdays *workdays;
  ShequDate today;
  GPtrArray *matters;
} Collection;

static const struct
{
  const char *name;
  const char *label;
} urgencies[] = {
  [SHEQU_URGENCY_NOTE] = { "note", N_ ("Note") },
  [SHEQU_URGENCY_SOON] = { "soon", N_ ("Due soon") },
  [SHEQU_URGENCY_TODAY] = { "today", N_ ("Due today") },
  [SHEQU_URGENCY_OVERDUE] = { "overdue", N_ ("Overdue") },
};

/**
 * shequ_urgency_get_name:
 * @urgency: an urgency
 *
 * Returns: (transfer none): its name for machines
 */
const char *
shequ_urgency_get_name (ShequUrgency urgency)
{
  return urgencies[urgency].name;
}

/**
 * shequ_urgency_get_label:
 * @urgency: an urgency
 *
 * Returns: (transfer none): its name for people
 */
const char *
shequ_urgency_get_label (ShequUrgency urgency)
{
  return _ (urgencies[urgency].label);
}

void
shequ_matter_free (ShequMatter *matter)
{
  g_free (matter->title);
  g_free (matter->detail);
  g_free (matter->source);
  g_free (matter->due_on);
  g_free (matter);
}

/* Days from today until a date, negative for a past one; in working days where they count. */
static int
count_days_left (const Collection *collection, const ShequDate *due, gboolean working_days)
{
  if (working_days)
    return shequ_workdays_between (collection->workdays, &collection->today, due, NULL);
  return shequ_date_to_days (due) - shequ_date_to_days (&collection->today);
}

/* A working day's deadline that falls on a holiday leaves no working day, and still is not past. */
static ShequUrgency
judge (const Collection *collection, const ShequDate *due)
{
  int order = shequ_date_compare (due, &collection->today);

  if (order < 0)
    return SHEQU_URGENCY_OVERDUE;
  return order == 0 ? SHEQU_URGENCY_TODAY : SHEQU_URGENCY_SOON;
}

static ShequMatter *
add_matter (Collection *collection, const ShequRow *row, const ShequDate *due, gboolean working_days)
{
  ShequMatter *matter = g_new0 (ShequMatter, 1);
  char text[SHEQU_DATE_TEXT_SIZE];

  shequ_date_to_iso (due, text);
  matter->detail = shequ_row_get_detail (row);
  matter->reg = row->reg;
  matter->key = row->key;
  matter->due_on = g_strdup (text);
  matter->days_left = count_days_left (collection, due, working_days);
  matter->working_days = working_days;
  matter->urgency = judge (collection, due);
  g_ptr_array_add (collection->matters, matter);
  return matter;
}

static ShequDate
add_days (const Collection *collection, const ShequDate *date, int days, gboolean working_days)
{
  if (working_days)
    return shequ_workdays_add_workdays (collection->workdays, date, days, NULL);
  return shequ_date_add_days (date, days);
}

static void
add_where_day (ShequCondition **where, const char *field, ShequConditionType type, const ShequDate *day)
{
  char text[SHEQU_DATE_TEXT_SIZE];
  ShequCondition *compare;

  shequ_date_to_iso (day, text);
  compare = shequ_condition_new_compare (type, field, text);
  *where = *where != NULL ? shequ_condition_new_join (SHEQU_CONDITION_AND, *where, compare) : compare;
}

/* The records whose date lies between two days, both included. */
static GPtrArray *
find_rows (Collection *collection,
           const ShequRegister *reg,
           const char *field,
           const ShequDate *first,
           const ShequDate *last,
           ShequCondition *when,
           GError **error)
{
  g_autoptr (ShequQuery) query = shequ_office_new_query (collection->office, reg);
  ShequCondition *where = when != NULL ? shequ_condition_ref (when) : NULL;

  if (first != NULL)
    add_where_day (&where, field, SHEQU_CONDITION_GREATER_OR_EQUAL, first);
  add_where_day (&where, field, SHEQU_CONDITION_LESS_OR_EQUAL, last);
  shequ_query_take_where (query, where);
  if (!shequ_query_sort_by (query, field, FALSE, error))
    return NULL;
  query->limit = MOST_OF_A_KIND;
  return shequ_office_get_rows (collection->office, query, collection->cancellable, error);
}

static gboolean
get_day (const ShequRow *row, const ShequField *field, ShequDate *date)
{
  const ShequValue *value = shequ_row_get (row, field);

  return value->type == SHEQU_VALUE_TEXT && shequ_date_from_iso (value->text, date);
}

static void
add_reminded (Collection *collection, const ShequReminder *reminder, const ShequRow *row, int offset)
{
  ShequMatter *matter;
  ShequDate due;

  if (!get_day (row, reminder->date, &due))
    return;
  if (offset > 0)
    due = add_days (collection, &due, offset, reminder->working_days);
  matter = add_matter (collection, row, &due, reminder->working_days);
  matter->title = shequ_row_expand (row, reminder->text, SHEQU_FORMAT_MASKED);
  matter->source = g_strconcat (row->reg->name, ".", reminder->name, NULL);
}

static gboolean
add_reminded_between (Collection *collection,
                      const ShequRegister *reg,
                      const ShequReminder *reminder,
                      const ShequDate *first,
                      const ShequDate *last,
                      int offset,
                      GError **error)
{
  g_autoptr (GPtrArray) rows =
    find_rows (collection, reg, reminder->date->name, first, last, reminder->when, error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    add_reminded (collection, reminder, rows->pdata[i], offset);
  return TRUE;
}

/* Before the day: from the earliest warning on, until what it waits for is done. */
static gboolean
collect_before (Collection *collection,
                const ShequRegister *reg,
                const ShequReminder *reminder,
                int warning,
                GError **error)
{
  ShequDate last = add_days (collection, &collection->today, warning, reminder->working_days);
  ShequDate first = shequ_date_add_days (&collection->today, -DAYS_PAST);

  return add_reminded_between (collection, reg, reminder, reminder->when != NULL ? NULL : &first, &last, 0,
                               error);
}

/* After the day: at each of the distances, and for some days more. */
static gboolean
collect_after (Collection *collection,
               const ShequRegister *reg,
               const ShequReminder *reminder,
               int distance,
               GError **error)
{
  ShequDate last = add_days (collection, &collection->today, -distance, reminder->working_days);
  ShequDate first = shequ_date_add_days (&last, -DAYS_PAST + 1);

  return add_reminded_between (collection, reg, reminder, &first, &last, distance, error);
}

static gboolean
collect_reminder (Collection *collection,
                  const ShequRegister *reg,
                  const ShequReminder *reminder,
                  GError **error)
{
  int warning = 1;

  for (guint i = 0; i < reminder->days->len; i++)
    {
      int days = g_array_index (reminder->days, int, i);

      if (days <= 0)
        warning = MIN (warning, days);
      else if (!collect_after (collection, reg, reminder, days, error))
        return FALSE;
    }
  return warning > 0 || collect_before (collection, reg, reminder, -warning, error);
}

/* What a role does not see is not its business today. */
static gboolean
is_seen (const Collection *collection, const ShequRegister *reg)
{
  return reg != NULL &&
         shequ_store_allows (shequ_office_get_store (collection->office), SHEQU_RIGHT_VIEW, reg, NULL);
}

static gboolean
collect_reminders (Collection *collection, GError **error)
{
  const GPtrArray *registers =
    shequ_catalogue_get_registers (shequ_office_get_catalogue (collection->office));

  for (guint i = 0; i < registers->len; i++)
    {
      const ShequRegister *reg = g_ptr_array_index (registers, i);

      if (!is_seen (collection, reg))
        continue;
      for (guint j = 0; j < reg->reminders->len; j++)
        if (!collect_reminder (collection, reg, g_ptr_array_index (reg->reminders, j), error))
          return FALSE;
    }
  return TRUE;
}

/* A shift of today is a note when it is filled; one that lacks hands is due on its day. */
static void
add_shift (Collection *collection, const ShequRow *row)
{
  gint64 needed = shequ_row_get_integer (row, "needed"), assigned = shequ_row_get_integer (row, "assigned");
  g_autofree char *title = shequ_row_get_title (row);
  ShequMatter *matter;
  ShequDate day;

  if (!shequ_date_from_iso (shequ_row_get_text (row, "day"), &day))
    return;
  if (assigned >= needed && shequ_date_compare (&day, &collection->today) != 0)
    return;
  matter = add_matter (collection, row, &day, FALSE);
  matter->source = g_strdup ("shift");
  if (assigned >= needed)
    {
      matter->urgency = SHEQU_URGENCY_NOTE;
      matter->title = g_strdup (title);
      return;
    }
  matter->title =
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s: %d volunteer is still needed",
                                  "%s: %d volunteers are still needed", (gulong) (needed - assigned)),
                     title, (int) (needed - assigned));
}

static gboolean
collect_shifts (Collection *collection, GError **error)
{
  const ShequRegister *reg = shequ_office_get_register (collection->office, "shift");
  ShequDate last = shequ_date_add_days (&collection->today, SHIFT_DAYS);
  g_autoptr (GPtrArray) rows = NULL;

  if (!is_seen (collection, reg))
    return TRUE;
  rows = find_rows (collection, reg, "day", &collection->today, &last, NULL, error);
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    add_shift (collection, rows->pdata[i]);
  return TRUE;
}

static char *
describe_last (const ShequVisitDue *due)
{
  return due->last_on != NULL ? g_strdup_printf (_ ("last seen on %s"), due->last_on)
                              : g_strdup (_ ("never seen yet"));
}

static void
add_visit (Collection *collection, const ShequVisitDue *due)
{
  ShequMatter *matter = g_new0 (ShequMatter, 1);
  const char *reg = due->household != 0 ? "household" : "resident";
  g_autofree char *last = describe_last (due);
  const char *parts[] = { due->where, last, due->staff };
  g_autoptr (GString) detail = g_string_new (NULL);
  ShequDate day;

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      if (*parts[i] != '\0')
        g_string_append_printf (detail, "%s%s", detail->len > 0 ? " · " : "", parts[i]);
    }
  matter->title = *due->reason != '\0' ? g_strdup_printf (_ ("Visit %s (%s)"), due->who, due->reason)
                                       : g_strdup_printf (_ ("Visit %s"), due->who);
  matter->detail = g_strdup (detail->str);
  matter->source = g_strdup ("visit");
  matter->reg = shequ_office_get_register (collection->office, reg);
  matter->key = due->household != 0 ? due->household : due->resident;
  matter->due_on = g_strdup (due->due_on);
  matter->days_left = due->days_left;
  matter->never = due->last_on == NULL;
  matter->urgency = shequ_date_from_iso (due->due_on, &day) ? judge (collection, &day) : SHEQU_URGENCY_TODAY;
  g_ptr_array_add (collection->matters, matter);
}

static gboolean
collect_visits (Collection *collection, GError **error)
{
  g_autoptr (GPtrArray) list = NULL;

  if (!is_seen (collection, shequ_office_get_register (collection->office, "visit")))
    return TRUE;
  list = shequ_visits_list_due (collection->office, VISIT_DAYS, collection->cancellable, error);
  for (guint i = 0; list != NULL && i < MIN (list->len, MOST_OF_A_KIND); i++)
    add_visit (collection, list->pdata[i]);
  return list != NULL;
}

static int
compare_matters (gconstpointer one, gconstpointer other)
{
  const ShequMatter *first = *(const ShequMatter *const *) one;
  const ShequMatter *second = *(const ShequMatter *const *) other;
  int order;

  if ((first->urgency == SHEQU_URGENCY_NOTE) != (second->urgency == SHEQU_URGENCY_NOTE))
    return first->urgency == SHEQU_URGENCY_NOTE ? 1 : -1;
  order = g_strcmp0 (first->due_on, second->due_on);
  return order != 0 ? order : g_strcmp0 (first->title, second->title);
}

/**
 * shequ_today_list:
 * @office: the office
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Gives what is due: the reminders of all registers as their descriptions say, the shifts of today and those
 * of the coming week that lack volunteers, and the households that are to be visited. A reminder with a
 * condition stays until the condition is met no more; one without stays for 30 days after its day.
 *
 * Returns: (transfer full) (element-type ShequMatter): the matters, the oldest first, notes last
 */
GPtrArray *
shequ_today_list (ShequOffice *office, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) matters = g_ptr_array_new_with_free_func ((GDestroyNotify) shequ_matter_free);
  g_autofree char *today = shequ_office_get_today (office);
  Collection collection = { office, cancellable, shequ_office_get_workdays (office, error) };

  if (collection.workdays == NULL)
    return NULL;
  collection.matters = matters;
  shequ_date_from_iso (today, &collection.today);
  if (!collect_reminders (&collection, error) || !collect_shifts (&collection, error) ||
      !collect_visits (&collection, error))
    return NULL;
  g_ptr_array_sort (matters, compare_matters);
  return g_steal_pointer (&matters);
}

static gpointer
list_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  return shequ_today_list (office, cancellable, error);
}

/**
 * shequ_today_list_async:
 * @office: the office
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: handed to @callback
 *
 * As shequ_today_list(), on a worker thread.
 */
void
shequ_today_list_async (ShequOffice *office,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  shequ_office_run_async (office, list_work, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, cancellable,
                          callback, user_data);
}

/**
 * shequ_today_list_finish:
 * @office: the office
 * @result: as the callback got it
 * @error: return location
 *
 * Returns: (transfer full) (element-type ShequMatter): as shequ_today_list()
 */
GPtrArray *
shequ_today_list_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  return shequ_office_run_finish (office, result, error);
}

/**
 * shequ_today_count:
 * @matters: (element-type ShequMatter): of shequ_today_list()
 * @urgency: which
 *
 * Returns: how many matters are of that urgency
 */
guint
shequ_today_count (const GPtrArray *matters, ShequUrgency urgency)
{
  guint count = 0;

  for (guint i = 0; i < matters->len; i++)
    if (((const ShequMatter *) matters->pdata[i])->urgency == urgency)
      count++;
  return count;
}
