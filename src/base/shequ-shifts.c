#include "shequ-shifts.h"

#include "shequ-date.h"
#include "shequ-time.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#define DAY_MINUTES (24 * 60)

static void
obstacle_free (gpointer data)
{
  ShequObstacle *obstacle = data;

  g_free (obstacle->text);
  g_free (obstacle);
}

/**
 * shequ_shift_get_span:
 * @shift: a shift
 * @from: (out): its first minute, counted over all days
 * @to: (out): the minute after its last
 *
 * Returns: %FALSE where the day is no date, a time is outside the day, or the shift has no length
 */
gboolean
shequ_shift_get_span (const ShequShift *shift, gint64 *from, gint64 *to)
{
  ShequDate day;
  gint64 midnight;

  g_return_val_if_fail (shift != NULL && from != NULL && to != NULL, FALSE);

  if (shift->day == NULL || !shequ_date_from_iso (shift->day, &day) || shift->start < 0 ||
      shift->start >= DAY_MINUTES || shift->end < 0 || shift->end > DAY_MINUTES || shift->start == shift->end)
    return FALSE;
  midnight = (gint64) shequ_date_to_days (&day) * DAY_MINUTES;
  *from = midnight + shift->start;
  *to = midnight + shift->end + (shift->end < shift->start ? DAY_MINUTES : 0);
  return TRUE;
}

/** shequ_shift_get_minutes: how long it lasts; 0 for a shift that shequ_shift_get_span() refuses. */
int
shequ_shift_get_minutes (const ShequShift *shift)
{
  gint64 from;
  gint64 to;

  return shequ_shift_get_span (shift, &from, &to) ? (int) (to - from) : 0;
}

/** shequ_shift_get_vacancies: how many more are needed where @assigned have been found. */
guint
shequ_shift_get_vacancies (const ShequShift *shift, guint assigned)
{
  g_return_val_if_fail (shift != NULL, 0);

  return assigned < shift->needed ? shift->needed - assigned : 0;
}

/**
 * shequ_shift_overlaps:
 * @one: a shift
 * @other: another
 * @gap: minutes that must lie between them; 0 lets one begin when the other ends
 *
 * Returns: whether nobody can serve both
 */
gboolean
shequ_shift_overlaps (const ShequShift *one, const ShequShift *other, int gap)
{
  gint64 one_from;
  gint64 one_to;
  gint64 other_from;
  gint64 other_to;

  if (!shequ_shift_get_span (one, &one_from, &one_to) ||
      !shequ_shift_get_span (other, &other_from, &other_to))
    return FALSE;
  return one_from < other_to + gap && other_from < one_to + gap;
}

/**
 * shequ_shift_find_clash:
 * @shift: a shift
 * @others: (array length=count): the shifts that somebody has already
 * @count: how many
 * @gap: minutes that must lie between two
 *
 * Returns: (nullable): the first of @others, but for @shift itself, that stands against it
 */
const ShequShift *
shequ_shift_find_clash (const ShequShift *shift, const ShequShift *others, gsize count, int gap)
{
  g_return_val_if_fail (shift != NULL && (others != NULL || count == 0), NULL);

  for (gsize i = 0; i < count; i++)
    if (others[i].key != shift->key && shequ_shift_overlaps (shift, &others[i], gap))
      return &others[i];
  return NULL;
}

/** shequ_shifts_sum_minutes: how long all of them last together. */
gint64
shequ_shifts_sum_minutes (const ShequShift *shifts, gsize count)
{
  gint64 minutes = 0;

  for (gsize i = 0; i < count; i++)
    minutes += shequ_shift_get_minutes (&shifts[i]);
  return minutes;
}

/** shequ_shift_describe: (transfer full): its title, day and times, for messages. */
char *
shequ_shift_describe (const ShequShift *shift)
{
  char start[SHEQU_TIME_TEXT_SIZE];
  char end[SHEQU_TIME_TEXT_SIZE];

  g_return_val_if_fail (shift != NULL, NULL);

  shequ_time_to_text (shift->start, start);
  shequ_time_to_text (shift->end, end);
  return g_strdup_printf (_ ("%s, %s %s–%s"), shift->title != NULL ? shift->title : "",
                          shift->day != NULL ? shift->day : "", start, end);
}

static void
take_obstacle (GPtrArray *obstacles,
               ShequObstacleKind kind,
               gboolean binding,
               const ShequShift *other,
               char *text)
{
  ShequObstacle *obstacle = g_new0 (ShequObstacle, 1);

  obstacle->kind = kind;
  obstacle->binding = binding;
  obstacle->other = other;
  obstacle->text = text;
  g_ptr_array_add (obstacles, obstacle);
}

static gboolean
is_assigned (const ShequShift *shift, const ShequShift *assigned, gsize count)
{
  for (gsize i = 0; i < count; i++)
    if (assigned[i].key == shift->key)
      return TRUE;
  return FALSE;
}

/* The nearest shift elsewhere that leaves too little time; one at the same place needs none. */
static const ShequShift *
find_too_near (const ShequShift *shift, const ShequShift *assigned, gsize count, int travel_minutes)
{
  for (gsize i = 0; i < count; i++)
    if (assigned[i].key != shift->key && shequ_shift_overlaps (shift, &assigned[i], travel_minutes) &&
        (shift->place == NULL || g_strcmp0 (shift->place, assigned[i].place) != 0))
      return &assigned[i];
  return NULL;
}

static void
check_time (GPtrArray *obstacles,
            const ShequShift *shift,
            const ShequShift *assigned,
            gsize count,
            int travel_minutes)
{
  const ShequShift *other = shequ_shift_find_clash (shift, assigned, count, 0);
  g_autofree char *described = NULL;

  if (other != NULL)
    {
      described = shequ_shift_describe (other);
      take_obstacle (obstacles, SHEQU_OBSTACLE_CLASH, TRUE, other,
                     g_strdup_printf (_ ("Serves at that time: %s"), described));
      return;
    }
  other = find_too_near (shift, assigned, count, travel_minutes);
  if (other == NULL)
    return;
  described = shequ_shift_describe (other);
  take_obstacle (obstacles, SHEQU_OBSTACLE_TRAVEL, FALSE, other,
                 g_strdup_printf (_ ("Less than %d minutes from or to %s"), travel_minutes, described));
}

/* Insured through the whole shift, also past midnight; a date that is not known is no obstacle. */
static void
check_insurance (GPtrArray *obstacles, const ShequShift *shift, const ShequShiftVolunteer *volunteer)
{
  ShequDate until;
  gint64 from;
  gint64 to;

  if (volunteer->insured_until == NULL || !shequ_date_from_iso (volunteer->insured_until, &until) ||
      !shequ_shift_get_span (shift, &from, &to))
    return;
  if (to > ((gint64) shequ_date_to_days (&until) + 1) * DAY_MINUTES)
    take_obstacle (obstacles, SHEQU_OBSTACLE_INSURANCE, TRUE, NULL,
                   g_strdup_printf (_ ("The insurance ended on %s"), volunteer->insured_until));
}

/**
 * shequ_shift_find_obstacles:
 * @shift: the shift to be filled
 * @volunteer: who might serve it
 * @assigned: (array length=count): the shifts that the volunteer has already
 * @count: how many
 * @travel_minutes: how much time must lie between shifts at two places; 0 for none
 *
 * Says why a volunteer cannot, or should not, serve a shift.
 *
 * Returns: (transfer full) (element-type ShequObstacle): the obstacles, empty for none; frees its obstacles,
 *   whose @other points into @assigned
 */
GPtrArray *
shequ_shift_find_obstacles (const ShequShift *shift,
                            const ShequShiftVolunteer *volunteer,
                            const ShequShift *assigned,
                            gsize count,
                            int travel_minutes)
{
  GPtrArray *obstacles = g_ptr_array_new_with_free_func (obstacle_free);

  g_return_val_if_fail (shift != NULL && volunteer != NULL && (assigned != NULL || count == 0), obstacles);

  if (is_assigned (shift, assigned, count))
    take_obstacle (obstacles, SHEQU_OBSTACLE_ASSIGNED, TRUE, NULL, g_strdup (_ ("Is on this shift already")));
  if (!volunteer->active)
    take_obstacle (obstacles, SHEQU_OBSTACLE_INACTIVE, TRUE, NULL,
                   g_strdup (_ ("Does not serve at present")));
  check_time (obstacles, shift, assigned, count, travel_minutes);
  check_insurance (obstacles, shift, volunteer);
  if (shift->team != 0 && shift->team != volunteer->team)
    take_obstacle (obstacles, SHEQU_OBSTACLE_TEAM, FALSE, NULL, g_strdup (_ ("Is not of this shift's team")));
  return obstacles;
}

/** shequ_obstacles_are_binding: whether one of them may not be overruled. */
gboolean
shequ_obstacles_are_binding (GPtrArray *obstacles)
{
  g_return_val_if_fail (obstacles != NULL, FALSE);

  for (guint i = 0; i < obstacles->len; i++)
    if (((ShequObstacle *) obstacles->pdata[i])->binding)
      return TRUE;
  return FALSE;
}
