#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ShequShift:
 * @key: tells shifts apart
 * @title: what is done
 * @day: the day it begins, `2026-11-22`
 * @start: minutes after midnight
 * @end: minutes after midnight; not after @start means the next day
 * @needed: how many volunteers
 * @team: the team that serves it, or 0 for anyone
 * @place: (nullable): where; shifts at one place need no time to travel
 *
 * One shift as plain values. Nothing is owned.
 */
typedef struct
{
  gint64 key;
  const char *title;
  const char *day;
  int start;
  int end;
  guint needed;
  gint64 team;
  const char *place;
} ShequShift;

/**
 * ShequShiftVolunteer:
 * @key: tells volunteers apart
 * @name: for messages
 * @team: the volunteer's team, or 0
 * @insured_until: (nullable): the last day insured, `2026-11-22`; %NULL where it is not known
 * @active: whether the volunteer serves at present
 */
typedef struct
{
  gint64 key;
  const char *name;
  gint64 team;
  const char *insured_until;
  gboolean active;
} ShequShiftVolunteer;

/**
 * ShequObstacleKind:
 * @SHEQU_OBSTACLE_ASSIGNED: is on this shift already
 * @SHEQU_OBSTACLE_INACTIVE: does not serve at present
 * @SHEQU_OBSTACLE_CLASH: has another shift at that time
 * @SHEQU_OBSTACLE_INSURANCE: the insurance ends before the shift does
 * @SHEQU_OBSTACLE_TRAVEL: has another shift at another place with too little time between
 * @SHEQU_OBSTACLE_TEAM: is of another team
 */
typedef enum
{
  SHEQU_OBSTACLE_ASSIGNED,
  SHEQU_OBSTACLE_INACTIVE,
  SHEQU_OBSTACLE_CLASH,
  SHEQU_OBSTACLE_INSURANCE,
  SHEQU_OBSTACLE_TRAVEL,
  SHEQU_OBSTACLE_TEAM,
} ShequObstacleKind;

/**
 * ShequObstacle:
 * @kind: why not
 * @binding: whether nobody may overrule it; travel and team are for the roster's maker to weigh
 * @other: (nullable): the shift that stands against it
 * @text: in words
 */
typedef struct
{
  ShequObstacleKind kind;
  gboolean binding;
  const ShequShift *other;
  char *text;
} ShequObstacle;

gboolean shequ_shift_get_span (const ShequShift *shift, gint64 *from, gint64 *to);
int shequ_shift_get_minutes (const ShequShift *shift);
guint shequ_shift_get_vacancies (const ShequShift *shift, guint assigned);
gboolean shequ_shift_overlaps (const ShequShift *one, const ShequShift *other, int gap);
const ShequShift *shequ_shift_find_clash (const ShequShift *shift,
                                          const ShequShift *others,
                                          gsize count,
                                          int gap);
gint64 shequ_shifts_sum_minutes (const ShequShift *shifts, gsize count);
char *shequ_shift_describe (const ShequShift *shift);

GPtrArray *shequ_shift_find_obstacles (const ShequShift *shift,
                                       const ShequShiftVolunteer *volunteer,
                                       const ShequShift *assigned,
                                       gsize count,
                                       int travel_minutes);
gboolean shequ_obstacles_are_binding (GPtrArray *obstacles);

G_END_DECLS
