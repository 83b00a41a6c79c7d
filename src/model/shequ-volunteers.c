#include "shequ-volunteers.h"

#include "config.h"

#include "shequ-time.h"
#include "shequ-volunteers-private.h"

/* Between shifts at two places. */
#define TRAVEL_MINUTES 15

#define ON_DUTY "status=planned,done"

void
shequ_roster_shift_free (ShequRosterShift *shift)
{
  g_clear_pointer (&shift->shift, shequ_row_free);
  g_clear_pointer (&shift->assignments, g_ptr_array_unref);
  g_free (shift);
}

void
shequ_candidate_free (ShequCandidate *candidate)
{
  g_clear_pointer (&candidate->volunteer, shequ_row_free);
  g_clear_pointer (&candidate->obstacles, g_ptr_array_unref);
  g_free (candidate);
}

static int
get_time (const ShequRow *row, const char *name)
{
  const char *text = shequ_row_get_text (row, name);
  int minutes = 0;

  return text != NULL && shequ_time_parse (text, &minutes, NULL) ? minutes : -1;
}

ShequShift
shequ_volunteers_read_shift (const ShequRow *row)
{
  ShequShift shift = { 0 };

  shift.key = row->key;
  shift.title = shequ_row_get_text (row, "title");
  shift.day = shequ_row_get_text (row, "day");
  shift.start = get_time (row, "start");
  shift.end = get_time (row, "end");
  shift.needed = (guint) shequ_row_get_integer (row, "needed");
  shift.team = shequ_row_get_integer (row, "team");
  shift.place = shequ_row_get_text (row, "place");
  return shift;
}

static ShequShiftVolunteer
read_volunteer (const ShequRow *row)
{
  ShequShiftVolunteer volunteer = { 0 };

  volunteer.key = row->key;
  volunteer.name = shequ_row_get_text (row, "name");
  volunteer.team = shequ_row_get_integer (row, "team");
  volunteer.insured_until = shequ_row_get_text (row, "insured_until");
  volunteer.active = shequ_row_get_integer (row, "active") != 0;
  return volunteer;
}

/* Shifts of these days, by day and time. */
static GPtrArray *
list_shifts (ShequOffice *office, const char *from, const char *to, GCancellable *cancellable, GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (office, "shift", error);
  g_autofree char *where = g_strdup_printf ("day>=%s and day<=%s", from, to);
  g_autoptr (ShequQuery) query = reg != NULL ? shequ_office_new_query (office, reg) : NULL;

  if (query == NULL || !shequ_query_add_where (query, where, error) ||
      !shequ_query_sort_by (query, "day", FALSE, error) ||
      !shequ_query_sort_by (query, "start", FALSE, error))
    return NULL;
  return shequ_office_get_rows (office, query, cancellable, error);
}

ShequQuery *
shequ_volunteers_query_duties (ShequOffice *office, const char *from, const char *to, GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (office, "assignment", error);
  g_autofree char *where = g_strdup_printf (ON_DUTY " and shift.day>=%s and shift.day<=%s", from, to);
  g_autoptr (ShequQuery) query = reg != NULL ? shequ_office_new_query (office, reg) : NULL;

  if (query == NULL || !shequ_query_add_where (query, where, error))
    return NULL;
  return g_steal_pointer (&query);
}

static GHashTable *
index_roster (GPtrArray *roster)
{
  GHashTable *by_key = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < roster->len; i++)
    {
      ShequRosterShift *shift = roster->pdata[i];

      g_hash_table_insert (by_key, &shift->shift->key, shift);
    }
  return by_key;
}

static void
distribute (GPtrArray *roster, GPtrArray *assignments)
{
  g_autoptr (GHashTable) by_key = index_roster (roster);

  while (assignments->len > 0)
    {
      g_autoptr (ShequRow) row = g_ptr_array_steal_index (assignments, 0);
      gint64 key = shequ_row_get_integer (row, "shift");
      ShequRosterShift *shift = g_hash_table_lookup (by_key, &key);

      if (shift != NULL)
        g_ptr_array_add (shift->assignments, g_steal_pointer (&row));
    }
}

/**
 * shequ_volunteers_list_roster:
 * @office: the office
 * @from: the first day, as a Monday
 * @to: the last day
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Returns: (transfer full) (element-type ShequRosterShift): the shifts of these days by day and time, with
 * who is on them
 */
GPtrArray *
shequ_volunteers_list_roster (ShequOffice *office,
                              const char *from,
                              const char *to,
                              GCancellable *cancellable,
                              GError **error)
{
  g_autoptr (GPtrArray) roster = g_ptr_array_new_with_free_func ((GDestroyNotify) shequ_roster_shift_free);
  g_autoptr (GPtrArray) shifts = list_shifts (office, from, to, cancellable, error);
  g_autoptr (ShequQuery) query =
    shifts != NULL ? shequ_volunteers_query_duties (office, from, to, error) : NULL;
  g_autoptr (GPtrArray) assignments = NULL;

  if (query == NULL)
    return NULL;
  assignments = shequ_office_get_rows (office, query, cancellable, error);
  if (assignments == NULL)
    return NULL;
  while (shifts->len > 0)
    {
      ShequRosterShift *shift = g_new0 (ShequRosterShift, 1);

      shift->shift = g_ptr_array_steal_index (shifts, 0);
      shift->assignments = g_ptr_array_new_with_free_func ((GDestroyNotify) shequ_row_free);
      g_ptr_array_add (roster, shift);
    }
  distribute (roster, assignments);
  return g_steal_pointer (&roster);
}

gboolean
shequ_volunteers_get_neighbours (const char *day, char *before, char *after)
{
  ShequDate date, other;

  if (day == NULL || !shequ_date_from_iso (day, &date))
    return FALSE;
  other = shequ_date_add_days (&date, -1);
  shequ_date_to_iso (&other, before);
  other = shequ_date_add_days (&date, 1);
  shequ_date_to_iso (&other, after);
  return TRUE;
}

/* volunteer -> array of ShequShift: the duties of a roster, whose rows they point into. */
static GHashTable *
collect_duties (GPtrArray *roster)
{
  GHashTable *duties =
    g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) g_array_unref);

  for (guint i = 0; i < roster->len; i++)
    {
      const ShequRosterShift *shift = roster->pdata[i];
      ShequShift plain = shequ_volunteers_read_shift (shift->shift);

      for (guint j = 0; j < shift->assignments->len; j++)
        {
          gint64 volunteer = shequ_row_get_integer (shift->assignments->pdata[j], "volunteer");
          GArray *own = g_hash_table_lookup (duties, &volunteer);

          if (own == NULL)
            {
              own = g_array_new (FALSE, FALSE, sizeof (ShequShift));
              g_hash_table_insert (duties, g_memdup2 (&volunteer, sizeof volunteer), own);
            }
          g_array_append_val (own, plain);
        }
    }
  return duties;
}

GPtrArray *
shequ_volunteers_find_obstacles (const ShequShift *shift, const ShequRow *volunteer, const GArray *duties)
{
  ShequShiftVolunteer plain = read_volunteer (volunteer);
  gsize count = duties != NULL ? duties->len : 0;
  const ShequShift *assigned = count > 0 ? &g_array_index (duties, ShequShift, 0) : NULL;

  return shequ_shift_find_obstacles (shift, &plain, assigned, count, TRAVEL_MINUTES);
}

static int
rank (const ShequCandidate *candidate)
{
  if (!candidate->is_free)
    return 2;
  return candidate->obstacles->len > 0 ? 1 : 0;
}

/* Who is free first; among them who has served least. */
static int
compare_candidates (gconstpointer one, gconstpointer other)
{
  const ShequCandidate *first = *(const ShequCandidate *const *) one;
  const ShequCandidate *second = *(const ShequCandidate *const *) other;
  gint64 difference;

  if (rank (first) != rank (second))
    return rank (first) - rank (second);
  difference = shequ_row_get_integer (first->volunteer, "minutes") -
               shequ_row_get_integer (second->volunteer, "minutes");
  if (difference != 0)
    return difference < 0 ? -1 : 1;
  return g_strcmp0 (shequ_row_get_text (first->volunteer, "name"),
                    shequ_row_get_text (second->volunteer, "name"));
}

static GPtrArray *
list_active (ShequOffice *office, GCancellable *cancellable, GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (office, "volunteer", error);
  g_autoptr (ShequQuery) query = reg != NULL ? shequ_office_new_query (office, reg) : NULL;

  if (query == NULL || !shequ_query_add_where (query, "active=yes", error))
    return NULL;
  return shequ_office_get_rows (office, query, cancellable, error);
}

ShequRow *
shequ_volunteers_get_shift (ShequOffice *office, gint64 key, GCancellable *cancellable, GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (office, "shift", error);

  return reg != NULL ? shequ_office_get_row (office, reg, key, cancellable, error) : NULL;
}

static GPtrArray *
judge_candidates (const ShequShift *shift, GPtrArray *volunteers, GPtrArray *roster)
{
  GPtrArray *candidates = g_ptr_array_new_with_free_func ((GDestroyNotify) shequ_candidate_free);
  g_autoptr (GHashTable) duties = collect_duties (roster);

  while (volunteers->len > 0)
    {
      ShequCandidate *candidate = g_new0 (ShequCandidate, 1);

      candidate->volunteer = g_ptr_array_steal_index (volunteers, volunteers->len - 1);
      candidate->obstacles = shequ_volunteers_find_obstacles (
        shift, candidate->volunteer, g_hash_table_lookup (duties, &candidate->volunteer->key));
      candidate->is_free = !shequ_obstacles_are_binding (candidate->obstacles);
      g_ptr_array_add (candidates, candidate);
    }
  g_ptr_array_sort (candidates, compare_candidates);
  return candidates;
}

/**
 * shequ_volunteers_list_candidates:
 * @office: the office
 * @shift: a shift
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Says who in service is free for a shift, and why others are not.
 *
 * Returns: (transfer full) (element-type ShequCandidate): the volunteers, the free ones first, among them who
 * has served least
 */
GPtrArray *
shequ_volunteers_list_candidates (ShequOffice *office,
                                  gint64 shift,
                                  GCancellable *cancellable,
                                  GError **error)
{
  g_autoptr (ShequRow) row = shequ_volunteers_get_shift (office, shift, cancellable, error);
  g_autoptr (GPtrArray) volunteers = row != NULL ? list_active (office, cancellable, error) : NULL;
  g_autoptr (GPtrArray) roster = NULL;
  char before[SHEQU_DATE_TEXT_SIZE], after[SHEQU_DATE_TEXT_SIZE];
  ShequShift plain;

  if (volunteers == NULL)
    return NULL;
  plain = shequ_volunteers_read_shift (row);
  if (!shequ_volunteers_get_neighbours (plain.day, before, after))
    return g_ptr_array_new_with_free_func ((GDestroyNotify) shequ_candidate_free);
  roster = shequ_volunteers_list_roster (office, before, after, cancellable, error);
  return roster != NULL ? judge_candidates (&plain, volunteers, roster) : NULL;
}

/**
 * shequ_volunteers_sum_hours:
 * @office: the office
 * @from: the first day
 * @to: the last day
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Returns: (transfer full) (element-type ShequSummaryRow): the minutes served by each volunteer on shifts of
 * these days and how many shifts, the most first
 */
GPtrArray *
shequ_volunteers_sum_hours (ShequOffice *office,
                            const char *from,
                            const char *to,
                            GCancellable *cancellable,
                            GError **error)
{
  g_autoptr (ShequQuery) query = shequ_volunteers_query_duties (office, from, to, error);
  ShequSummaryQuery summary = { query };

  if (query == NULL || !shequ_query_add_where (query, "status=done", error))
    return NULL;
  summary.group = shequ_register_require (query->reg, "volunteer", error);
  summary.sum = shequ_register_require (query->reg, "minutes", error);
  if (summary.group == NULL || summary.sum == NULL)
    return NULL;
  return shequ_store_summarise (shequ_office_get_store (office), &summary, cancellable, error);
}
