/*
 * When the work of a community was done, by whom and how long it took.
 *
 * Of each item a year's hours are given and how often it comes. A year is laid out on its working days; what
 * falls outside of the time asked for is left out, so that hours are right for any time. What takes longer
 * than a day is parted. Then everybody gets what fits into the day, so that nobody works around the clock.
 */
#include "shequ-demo-schedule.h"

#include "config.h"

#include <string.h>

#include "shequ-demo-recurrence.h"

#define USUAL_WORKERS 8  /* whom the hours of the items are meant for */
#define MOST_MINUTES 480 /* of one entry */
#define FULL_DAY 540
#define LONGEST_DAY 640
#define MOST_DAYS 366
#define PARTS_PER_DAY 2

typedef enum
{
  DAILY,
  WEEKLY,
  MONTHLY,
  QUARTERLY,
  HALF_YEARLY,
  YEARLY,
  FIVE_YEARLY,
  CENSUS,
  SUMMER,
  WINTER,
  HEATING,
} Pattern;

static const struct
{
  const char *word;
  Pattern pattern;
} words[] = {
  { "每个工作日", DAILY },   { "每周", WEEKLY }, { "每月", MONTHLY },         { "每季", QUARTERLY },
  { "每半年", HALF_YEARLY }, { "每年", YEARLY }, { "五年一次", FIVE_YEARLY }, { "周期", CENSUS },
  { "暑期每日", SUMMER },    { "冬季", WINTER }, { "采暖期每周", HEATING },
};

typedef struct
{
  int year;
  guint count;
  ShequDate days[MOST_DAYS]; /* the working days */
} Year;

typedef struct
{
  const ShequWorkdays *workdays;
  ShequDemoRandom *random;
  int from;
  int to;
  double share;       /* of the usual workers */
  double seasons[12]; /* how much a month is above the mean, in requests */
  Year year;
  GArray *jobs;
} Schedule;

static Pattern
find_pattern (const char *frequency)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i].word, frequency))
      return words[i].pattern;
  return MONTHLY;
}

static void
fill_year (Schedule *schedule, int number)
{
  ShequDate day = { number, 1, 1 };
  Year *year = &schedule->year;

  year->year = number;
  year->count = 0;
  for (; day.year == number; day = shequ_date_add_days (&day, 1))
    if (shequ_workdays_is_workday (schedule->workdays, &day))
      year->days[year->count++] = day;
}

/* The place of a day of the week or the month among the working days [first, behind). */
static guint
pick (Schedule *schedule, guint first, guint behind)
{
  return first + shequ_demo_random_below (schedule->random, behind - first);
}

static int
get_week (const ShequDate *day)
{
  return (shequ_date_to_days (day) - shequ_date_weekday (day)) / 7;
}

static gboolean
is_heating (const ShequDate *day)
{
  int place = day->month * 100 + day->day;

  return place >= 1020 || place <= 410;
}

static gboolean
is_winter (const ShequDate *day)
{
  return day->month >= 11 || day->month <= 3;
}

/* One working day of each week or month. */
static guint
pick_each (Schedule *schedule, gboolean week, guint *places)
{
  const Year *year = &schedule->year;
  guint found = 0;

  for (guint first = 0, behind; first < year->count; first = behind)
    {
      for (behind = first + 1; behind < year->count; behind++)
        if (week ? get_week (&year->days[behind]) != get_week (&year->days[first])
                 : year->days[behind].month != year->days[first].month)
          break;
      places[found++] = pick (schedule, first, behind);
    }
  return found;
}

static guint
keep (const Schedule *schedule,
      guint *places,
      guint count,
      gboolean (*fits) (const ShequDate *day),
      gboolean wanted)
{
  guint kept = 0;

  for (guint i = 0; i < count; i++)
    if (fits (&schedule->year.days[places[i]]) == wanted)
      places[kept++] = places[i];
  return kept;
}

static guint
keep_months (const Schedule *schedule, guint *places, guint count, int every)
{
  guint kept = 0;

  for (guint i = 0; i < count; i++)
    if (schedule->year.days[places[i]].month % every == 0)
      places[kept++] = places[i];
  return kept;
}

/* Each item of a year has a month of its own, as districts give it out. */
static guint
pick_yearly (Schedule *schedule, const ShequDemoItem *item, guint *places)
{
  guint times = MAX (1, (guint) (item->times_per_year + 0.5));
  int month = 3 + (int) (g_str_hash (item->code) % 9);
  guint count;

  if (times == 1)
    {
      count = pick_each (schedule, FALSE, places);
      for (guint i = 0; i < count; i++)
        if (schedule->year.days[places[i]].month == month)
          places[0] = places[i];
      return 1;
    }
  for (guint i = 0; i < times; i++)
    places[i] = pick (schedule, i * schedule->year.count / times, (i + 1) * schedule->year.count / times);
  return times;
}

static guint
pick_all (Schedule *schedule, int first_month, int last_month, guint *places)
{
  guint count = 0;

  for (guint i = 0; i < schedule->year.count; i++)
    if (schedule->year.days[i].month >= first_month && schedule->year.days[i].month <= last_month)
      places[count++] = i;
  return count;
}

/* The working days of a year on which an item is due. */
static guint
pick_days (Schedule *schedule, const ShequDemoItem *item, guint *places)
{
  switch (find_pattern (item->frequency))
    {
    case DAILY:
      /* Minutes a day are written down once a week. */
      return item->hours_per_time >= 1 ? pick_all (schedule, 1, 12, places)
                                       : pick_each (schedule, TRUE, places);
    case WEEKLY:
      return item->times_per_year >= 50 ? pick_each (schedule, TRUE, places)
                                        : keep (schedule, places, pick_each (schedule, TRUE, places),
                                                shequ_demo_is_school_holiday, FALSE);
    case QUARTERLY:
      return keep_months (schedule, places, pick_each (schedule, FALSE, places), 3);
    case HALF_YEARLY:
      return keep_months (schedule, places, pick_each (schedule, FALSE, places), 6);
    case YEARLY:
      return pick_yearly (schedule, item, places);
    case SUMMER:
      return pick_all (schedule, 7, 8, places);
    case WINTER:
      return keep (schedule, places, pick_each (schedule, TRUE, places), is_winter, TRUE);
    case HEATING:
      return keep (schedule, places, pick_each (schedule, TRUE, places), is_heating, TRUE);
    case FIVE_YEARLY:
      return schedule->year.year % 5 == 1 ? pick_yearly (schedule, item, places) : 0;
    case CENSUS:
      return schedule->year.year % 5 == 3 ? pick_yearly (schedule, item, places) : 0;
    default:
      return pick_each (schedule, FALSE, places);
    }
}

/* How much heavier a day is: most requests come before and in the heating season; what is forbidden fades. */
static double
weigh (Schedule *schedule, const ShequDemoItem *item, const ShequDate *day)
{
  double season = schedule->seasons[day->month - 1];
  double passed =
    (double) (shequ_date_to_days (day) - schedule->from) / MAX (1, schedule->to - schedule->from);
  double factor = item->department == 0 ? 0.4 + 0.6 * season : 0.8 + 0.2 * season;

  if (item->never)
    factor *= 1.1 - 0.2 * passed;
  return factor * (0.7 + 0.6 * shequ_demo_random_share (schedule->random));
}

/* Parts of what takes longer than a day are done on the days after, two a day. */
static void
add_job (Schedule *schedule, guint item, guint place, double minutes)
{
  guint parts = (guint) (minutes / MOST_MINUTES) + 1;

  for (guint i = 0; i < parts; i++)
    {
      guint day = MIN (place + i / PARTS_PER_DAY, schedule->year.count - 1);
      ShequDemoJob job = { shequ_date_to_days (&schedule->year.days[day]),
                           MAX (5, (int) (minutes / parts / 5 + 0.5) * 5), item, 0 };

      if (job.day >= schedule->from && job.day <= schedule->to)
        g_array_append_val (schedule->jobs, job);
    }
}

static void
add_item (Schedule *schedule, guint number, const ShequDemoItem *item)
{
  guint places[MOST_DAYS];
  guint count = pick_days (schedule, item, places);
  double hours = item->times_per_year < 1 ? item->hours_per_time : item->hours_per_year;

  for (guint i = 0; i < count; i++)
    {
      const ShequDate *day = &schedule->year.days[places[i]];

      add_job (schedule, number, places[i],
               hours * 60 / count * schedule->share * weigh (schedule, item, day));
    }
}

static int
compare_jobs (gconstpointer one, gconstpointer other)
{
  const ShequDemoJob *first = one, *second = other;

  if (first->day != second->day)
    return first->day - second->day;
  if (first->minutes != second->minutes)
    return second->minutes - first->minutes;
  return first->item < second->item ? -1 : first->item > second->item;
}

static guint
find_least (const int *loads, guint workers)
{
  guint least = 0;

  for (guint i = 1; i < workers; i++)
    if (loads[i] < loads[least])
      least = i;
  return least;
}

/* Everybody has items of their own, which go to somebody else only when the day is full. Returns whether
 * there was room for it. */
static gboolean
assign_job (ShequDemoRandom *random, ShequDemoJob *job, int *loads, guint workers, gboolean last)
{
  guint own = (job->item * 7 + 3) % workers;
  gboolean fits = loads[own] + job->minutes <= FULL_DAY && shequ_demo_random_chance (random, 75);
  guint worker = fits ? own : find_least (loads, workers);

  if (!last && loads[worker] > 0 && loads[worker] + job->minutes > LONGEST_DAY)
    return FALSE;
  job->worker = worker;
  loads[worker] += job->minutes;
  return TRUE;
}

static int
next_workday (const Schedule *schedule, int day)
{
  ShequDate date;

  do
    date = shequ_date_from_days (++day);
  while (day < schedule->to && !shequ_workdays_is_workday (schedule->workdays, &date));
  return MIN (day, schedule->to);
}

/* What finds no room in a day is left for the next one. */
static GArray *
assign (Schedule *schedule, guint workers)
{
  GArray *assigned = g_array_sized_new (FALSE, FALSE, sizeof (ShequDemoJob), schedule->jobs->len);
  g_autoptr (GArray) left = g_array_new (FALSE, FALSE, sizeof (ShequDemoJob));
  g_autofree int *loads = g_new (int, workers);
  guint next = 0;

  g_array_sort (schedule->jobs, compare_jobs);
  for (int day = schedule->from; day <= schedule->to;
       day = day < schedule->to ? next_workday (schedule, day) : day + 1)
    {
      g_autoptr (GArray) todo = g_steal_pointer (&left);

      left = g_array_new (FALSE, FALSE, sizeof (ShequDemoJob));
      memset (loads, 0, workers * sizeof *loads);
      for (; next < schedule->jobs->len && g_array_index (schedule->jobs, ShequDemoJob, next).day <= day;
           next++)
        g_array_append_val (todo, g_array_index (schedule->jobs, ShequDemoJob, next));
      for (guint i = 0; i < todo->len; i++)
        {
          ShequDemoJob *job = &g_array_index (todo, ShequDemoJob, i);
          gboolean fits = assign_job (schedule->random, job, loads, workers, day == schedule->to);

          job->day = fits ? day : job->day;
          g_array_append_val (fits ? assigned : left, *job);
        }
    }
  return assigned;
}

static void
set_up_seasons (Schedule *schedule, const ShequDemoRates *rates)
{
  for (guint month = 0; month < 12; month++)
    {
      g_autofree char *key = g_strdup_printf ("%u", month + 1);

      schedule->seasons[month] = shequ_demo_rates_get_value (rates, "requests_by_month", key, "") * 12 / 100;
    }
}

/**
 * shequ_demo_schedule_make:
 * @items: (element-type ShequDemoItem): what is done
 * @workdays: when there is work
 * @rates: the rates
 * @random: chance
 * @workers: how many there are; the hours of the items are those of eight
 * @from: the first day
 * @to: the last day, not before @from
 *
 * Returns: (transfer full) (element-type ShequDemoJob): what was done, by day
 */
GArray *
shequ_demo_schedule_make (const GPtrArray *items,
                          const ShequWorkdays *workdays,
                          const ShequDemoRates *rates,
                          ShequDemoRandom *random,
                          guint workers,
                          const ShequDate *from,
                          const ShequDate *to)
{
  g_autofree Schedule *schedule = g_new0 (Schedule, 1);
  g_autoptr (GArray) jobs = g_array_new (FALSE, FALSE, sizeof (ShequDemoJob));

  schedule->workdays = workdays;
  schedule->random = random;
  schedule->from = shequ_date_to_days (from);
  schedule->to = shequ_date_to_days (to);
  schedule->share = (double) workers / USUAL_WORKERS;
  schedule->jobs = jobs;
  set_up_seasons (schedule, rates);
  for (int year = from->year; year <= to->year; year++)
    {
      fill_year (schedule, year);
      for (guint i = 0; i < items->len; i++)
        add_item (schedule, i, items->pdata[i]);
    }
  return assign (schedule, workers);
}
