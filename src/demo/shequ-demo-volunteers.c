/* Teams, volunteers, and the shifts of the last weeks and the next two. */
#include "shequ-demo-private.h"

#include "config.h"

#include <string.h>

#include "shequ-data.h"
#include "shequ-demo-recurrence.h"
#include "shequ-shifts.h"

#define DAYS_BEFORE 42
#define DAYS_BEHIND 14
#define ALL_ACTIVITIES_FROM 90 /* so many volunteers do everything */
#define MOST_SHIFTS_A_WEEK 3
#define GAP_MINUTES 30
#define OLDEST 75
#define FILLED_BEFORE 93 /* per cent of the places */
#define FILLED_BEHIND 70

typedef struct
{
  char *title;
  char *rule;
  char *start;
  double hours;
  guint needed;
  gboolean not_on_holidays;
  gboolean not_out_of_school;
  char *place;
} Activity;

typedef struct
{
  gint64 key;
  guint team;
  gboolean active;
  char insured_until[SHEQU_DATE_TEXT_SIZE]; /* empty where it is not known */
  GArray *shifts;                           /* of ShequShift */
  int week;                                 /* the last one served in */
  guint in_week;
} Volunteer;

typedef struct
{
  ShequDemoFilling *filling;
  ShequDemoCommunity *community;
  ShequDemoRandom random;
  GPtrArray *activities; /* of Activity */
  ShequDemoTable *skills;
  GArray *volunteers; /* of Volunteer */
  gint64 teams[64];
  GStringChunk *texts; /* days and times of shifts */
} Roster;

static void
activity_free (gpointer data)
{
  Activity *activity = data;

  g_free (activity->title);
  g_free (activity->rule);
  g_free (activity->start);
  g_free (activity->place);
  g_free (activity);
}

static void
clear_volunteer (gpointer data)
{
  g_array_unref (((Volunteer *) data)->shifts);
}

static const char *
name_place (const char *for_whom)
{
  static const char *const places[][2] = {
    { "儿童", "社区儿童之家" },     { "老人", "社区日间照料中心" }, { "小区", "小区广场" },
    { "残疾人", "社区康复活动室" }, { "楼栋长", "社区会议室" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (g_str_equal (places[i][0], for_whom))
      return places[i][1];
  return "社区居民活动室";
}

/* What is called for by snow or by appointment has no rule and no shifts of its own. */
static gboolean
add_activity (char **cells, guint line, gpointer user_data, GError **error)
{
  Roster *roster = user_data;
  Activity *activity;

  if (*cells[1] == '\0')
    return TRUE;
  activity = g_new0 (Activity, 1);
  activity->title = g_strdup (cells[0]);
  activity->rule = g_strdup (cells[1]);
  activity->start = g_strdup (cells[2]);
  activity->hours = g_ascii_strtod (cells[3], NULL);
  activity->needed = (guint) g_ascii_strtoull (cells[4], NULL, 10);
  activity->not_on_holidays = strstr (cells[5], "法定节假日") != NULL;
  activity->not_out_of_school = strstr (cells[5], "寒暑假") != NULL;
  activity->place = g_strdup (name_place (cells[6]));
  g_ptr_array_add (roster->activities, activity);
  return TRUE;
}

static gboolean
add_skill (char **cells, guint line, gpointer user_data, GError **error)
{
  shequ_demo_table_add (((Roster *) user_data)->skills, cells[0], g_ascii_strtod (cells[1], NULL));
  return TRUE;
}

static void
add_teams (Roster *roster, const ShequDemoNeighbour *leaders, guint count)
{
  static const char *const names[][2] = {
    { "党员先锋志愿服务队", "party" }, { "平安巡逻队", "patrol" },    { "助老敬老服务队", "other" },
    { "文艺宣传队", "culture" },       { "健康义诊队", "medical" },   { "环境卫士队", "cleaning" },
    { "法律援助队", "legal" },         { "应急救援队", "emergency" },
  };

  roster->community->teams = MIN (roster->community->teams, G_N_ELEMENTS (names));
  for (guint i = 0; i < roster->community->teams; i++)
    {
      ShequRow *row = shequ_demo_writer_start (roster->filling->writer, "team");
      g_autofree char *name = g_strconcat (roster->community->name, names[i][0], NULL);

      shequ_row_set_integer (row, "unit", roster->community->key);
      shequ_row_set_text (row, "name", name);
      shequ_row_set_text (row, "kind", names[i][1]);
      if (i < count)
        shequ_row_set_text (row, "leader_name", leaders[i].name);
      roster->teams[i] = shequ_demo_writer_add (roster->filling->writer, row);
    }
}

/* One to three, each drawn by how usual it is. */
static char *
draw_skills (Roster *roster)
{
  int count = shequ_demo_random_between (&roster->random, 1, 3);
  GString *skills = g_string_new (NULL);

  for (int i = 0; i < count; i++)
    {
      const char *skill = shequ_demo_table_draw (roster->skills, &roster->random);

      if (strstr (skills->str, skill) != NULL)
        continue;
      if (skills->len > 0)
        g_string_append (skills, "、");
      g_string_append (skills, skill);
    }
  return g_string_free (skills, FALSE);
}

/* Most are insured for the year, a few have let it end, and of a few nobody knows. */
static void
draw_insurance (Roster *roster, char *buffer)
{
  int days = shequ_demo_random_between (&roster->random, -15, 350);
  ShequDate end = shequ_date_add_days (&roster->filling->today, days);

  *buffer = '\0';
  if (shequ_demo_random_chance (&roster->random, 95))
    shequ_date_to_iso (&end, buffer);
}

static void
add_volunteer (Roster *roster, const ShequDemoNeighbour *neighbour, guint number)
{
  ShequRow *row = shequ_demo_writer_start (roster->filling->writer, "volunteer");
  g_autofree char *skills = draw_skills (roster);
  Volunteer volunteer = { .week = G_MININT };

  volunteer.team = number % MAX (1, roster->community->teams);
  volunteer.active = shequ_demo_random_chance (&roster->random, 95);
  volunteer.shifts = g_array_new (FALSE, FALSE, sizeof (ShequShift));
  draw_insurance (roster, volunteer.insured_until);
  shequ_row_set_integer (row, "unit", roster->community->key);
  shequ_row_set_text (row, "name", neighbour->name);
  shequ_row_set_integer (row, "resident", neighbour->key);
  shequ_row_set_text (row, "phone", neighbour->phone);
  if (roster->community->teams > 0)
    shequ_row_set_integer (row, "team", roster->teams[volunteer.team]);
  shequ_row_set_text (row, "skills", skills);
  if (*volunteer.insured_until != '\0')
    shequ_row_set_text (row, "insured_until", volunteer.insured_until);
  shequ_row_set_integer (row, "active", volunteer.active);
  volunteer.key = shequ_demo_writer_add (roster->filling->writer, row);
  g_array_append_val (roster->volunteers, volunteer);
}

/* Those who may be asked, in an order by chance. */
static GArray *
draw_neighbours (Roster *roster)
{
  GArray *all = roster->community->neighbours;
  GArray *drawn = g_array_new (FALSE, FALSE, sizeof (ShequDemoNeighbour));
  g_autoptr (GPtrArray) order = g_ptr_array_new ();

  for (guint i = 0; i < all->len; i++)
    {
      ShequDemoNeighbour *neighbour = &g_array_index (all, ShequDemoNeighbour, i);

      if (neighbour->age <= OLDEST && *neighbour->phone != '\0')
        g_ptr_array_add (order, neighbour);
    }
  shequ_demo_random_shuffle (&roster->random, order->pdata, order->len);
  for (guint i = 0; i < order->len && i < roster->community->volunteers; i++)
    g_array_append_vals (drawn, order->pdata[i], 1);
  return drawn;
}

static gboolean
is_on (Roster *roster, const Activity *activity, const ShequDate *day)
{
  if (!shequ_demo_recurrence_matches (activity->rule, day))
    return FALSE;
  if (activity->not_on_holidays && shequ_date_weekday (day) <= 5 &&
      !shequ_workdays_is_workday (roster->filling->workdays, day))
    return FALSE;
  return !activity->not_out_of_school || !shequ_demo_is_school_holiday (day);
}

static gboolean
is_free (const Volunteer *volunteer, const ShequShift *shift, int week)
{
  if (!volunteer->active || (volunteer->week == week && volunteer->in_week >= MOST_SHIFTS_A_WEEK))
    return FALSE;
  if (*volunteer->insured_until != '\0' && strcmp (volunteer->insured_until, shift->day) < 0)
    return FALSE;
  return shequ_shift_find_clash (shift, (const ShequShift *) volunteer->shifts->data, volunteer->shifts->len,
                                 GAP_MINUTES) == NULL;
}

static Volunteer *
find_volunteer (Roster *roster, const ShequShift *shift, guint team, int week)
{
  GArray *all = roster->volunteers;
  guint first = shequ_demo_random_below (&roster->random, MAX (1, all->len));

  for (guint round = 0; round < 2; round++)
    for (guint i = 0; i < all->len; i++)
      {
        Volunteer *volunteer = &g_array_index (all, Volunteer, (first + i) % all->len);

        if ((round > 0 || volunteer->team == team) && is_free (volunteer, shift, week))
          return volunteer;
      }
  return NULL;
}

static void
add_assignment (Roster *roster, const ShequShift *shift, const Volunteer *volunteer, gboolean before)
{
  ShequRow *row = shequ_demo_writer_start (roster->filling->writer, "assignment");
  double drawn = shequ_demo_random_share (&roster->random) * 100;
  const char *status = !before ? "planned" : drawn < 95 ? "done" : drawn < 98 ? "absent" : "cancelled";

  shequ_row_set_integer (row, "unit", roster->community->key);
  shequ_row_set_integer (row, "shift", shift->key);
  shequ_row_set_integer (row, "volunteer", volunteer->key);
  shequ_row_set_text (row, "status", status);
  if (g_str_equal (status, "done"))
    shequ_row_set_integer (row, "minutes", shequ_shift_get_minutes (shift));
  shequ_demo_writer_add (roster->filling->writer, row);
}

static void
fill_shift (Roster *roster, const ShequShift *shift, guint team, const ShequDate *day)
{
  gboolean before = shequ_date_compare (day, &roster->filling->today) < 0;
  int week = (shequ_date_to_days (day) - shequ_date_weekday (day)) / 7;

  for (guint i = 0; i < shift->needed; i++)
    {
      Volunteer *volunteer;

      if (!shequ_demo_random_chance (&roster->random, before ? FILLED_BEFORE : FILLED_BEHIND))
        continue;
      volunteer = find_volunteer (roster, shift, team, week);
      if (volunteer == NULL)
        return;
      volunteer->in_week = volunteer->week == week ? volunteer->in_week + 1 : 1;
      volunteer->week = week;
      g_array_append_val (volunteer->shifts, *shift);
      add_assignment (roster, shift, volunteer, before);
    }
}

static void
add_shift (Roster *roster, const Activity *activity, guint number, const ShequDate *day)
{
  ShequRow *row = shequ_demo_writer_start (roster->filling->writer, "shift");
  guint team = number % MAX (1, roster->community->teams);
  int start =
    (int) (g_ascii_strtod (activity->start, NULL) * 60 + g_ascii_strtod (activity->start + 3, NULL));
  int end = start + (int) (activity->hours * 60 + 0.5);
  g_autofree char *end_text = g_strdup_printf ("%02d:%02d", end / 60, end % 60);
  char day_text[SHEQU_DATE_TEXT_SIZE];
  ShequShift shift = { .title = activity->title, .start = start, .end = end, .place = activity->place };

  shequ_date_to_iso (day, day_text);
  shift.day = g_string_chunk_insert_const (roster->texts, day_text);
  shift.needed = MIN (activity->needed, MAX (1, roster->volunteers->len / 4));
  shift.team = roster->teams[team];
  shequ_row_set_integer (row, "unit", roster->community->key);
  shequ_row_set_text (row, "title", activity->title);
  if (roster->community->teams > 0)
    shequ_row_set_integer (row, "team", shift.team);
  shequ_row_set_text (row, "day", day_text);
  shequ_row_set_text (row, "start", activity->start);
  shequ_row_set_text (row, "end", end_text);
  shequ_row_set_text (row, "place", activity->place);
  shequ_row_set_integer (row, "needed", shift.needed);
  shift.key = shequ_demo_writer_add (roster->filling->writer, row);
  fill_shift (roster, &shift, team, day);
}

/* Fewer volunteers keep fewer activities going, but no community has none. */
static void
add_shifts (Roster *roster)
{
  guint wanted = MAX (3, roster->activities->len * roster->volunteers->len / ALL_ACTIVITIES_FROM);
  guint count = MIN (wanted, roster->activities->len);

  shequ_demo_random_shuffle (&roster->random, roster->activities->pdata, roster->activities->len);
  for (int i = -DAYS_BEFORE; i <= DAYS_BEHIND && !shequ_demo_writer_has_failed (roster->filling->writer); i++)
    {
      ShequDate day = shequ_date_add_days (&roster->filling->today, i);

      for (guint k = 0; k < count; k++)
        if (is_on (roster, roster->activities->pdata[k], &day))
          add_shift (roster, roster->activities->pdata[k], k, &day);
    }
}

static void
fill_roster (Roster *roster)
{
  g_autoptr (GArray) neighbours = draw_neighbours (roster);

  add_teams (roster, (const ShequDemoNeighbour *) neighbours->data, neighbours->len);
  for (guint i = 0; i < neighbours->len; i++)
    add_volunteer (roster, &g_array_index (neighbours, ShequDemoNeighbour, i), i);
  add_shifts (roster);
}

/**
 * shequ_demo_fill_volunteers:
 * @filling: the filling
 * @community: one with neighbours
 */
void
shequ_demo_fill_volunteers (ShequDemoFilling *filling, ShequDemoCommunity *community)
{
  static const char columns[] = "name_zh rrule start_time hours volunteers_needed pauses for_whom";
  Roster roster = { .filling = filling, .community = community };
  GError *error = NULL;

  shequ_demo_filling_init_random (filling, "volunteers", community->number, &roster.random);
  roster.activities = g_ptr_array_new_with_free_func (activity_free);
  roster.skills = shequ_demo_table_new ();
  roster.volunteers = g_array_new (FALSE, FALSE, sizeof (Volunteer));
  g_array_set_clear_func (roster.volunteers, clear_volunteer);
  roster.texts = g_string_chunk_new (1024);
  if (shequ_data_read_table ("demo/activities.tsv", columns, add_activity, &roster, &error) &&
      shequ_data_read_table ("demo/volunteers-skills.tsv", "name_zh share_of_volunteers_per_cent", add_skill,
                             &roster, &error))
    fill_roster (&roster);
  else
    shequ_demo_writer_take_error (filling->writer, error);
  g_array_unref (roster.volunteers);
  g_ptr_array_unref (roster.activities);
  shequ_demo_table_free (roster.skills);
  g_string_chunk_free (roster.texts);
}
