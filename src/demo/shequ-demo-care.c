/* Relatives of other households, devices, whom the cadres go to, and the small registers beside the great
 * ones. */
#include "shequ-demo-private.h"

#include "config.h"

/* In per cent of those who may. */
#define WITH_BELL 14
#define WITH_SMOKE_ALARM 6
#define WITH_RELATIVE 22
#define PAIRED 2
#define OF_A_FIRM 12
#define SERVED 2
#define ON_AID 1.2
#define FILED 80

#define CHILDREN 8
#define DAYS_IN_CARE 5

static ShequRow *
start (ShequDemoFilling *filling, const ShequDemoCommunity *community, const char *name)
{
  ShequRow *row = shequ_demo_writer_start (filling->writer, name);

  shequ_row_set_integer (row, "unit", community->key);
  return row;
}

static void
set_day (const ShequDemoFilling *filling, ShequRow *row, const char *name, int days)
{
  ShequDate day = shequ_date_add_days (&filling->today, days);
  char buffer[SHEQU_DATE_TEXT_SIZE];

  shequ_date_to_iso (&day, buffer);
  shequ_row_set_text (row, name, buffer);
}

static const ShequDemoNeighbour *
get_neighbour (const ShequDemoCommunity *community, guint index)
{
  return &g_array_index (community->neighbours, ShequDemoNeighbour, index);
}

static gint64
choose_worker (const ShequDemoCommunity *community, ShequDemoRandom *random)
{
  return g_array_index (community->workers, ShequDemoWorker,
                        shequ_demo_random_below (random, community->workers->len))
    .key;
}

static gboolean
has_surname_of (const ShequDemoNeighbour *one, const ShequDemoNeighbour *other)
{
  return g_utf8_get_char (one->name) == g_utf8_get_char (other->name);
}

/* A grown child of the same surname in another household, who is called first. */
static void
add_relative (ShequDemoFilling *filling,
              const ShequDemoCommunity *community,
              const ShequDemoNeighbour *elder,
              ShequDemoRandom *random)
{
  for (guint tries = 0; tries < 60; tries++)
    {
      const ShequDemoNeighbour *one =
        get_neighbour (community, shequ_demo_random_below (random, community->neighbours->len));
      ShequRow *row;

      if (one->household == elder->household || one->age > elder->age - 22 || one->age < elder->age - 38 ||
          !has_surname_of (one, elder))
        continue;
      row = start (filling, community, "relation");
      shequ_row_set_integer (row, "resident", elder->key);
      shequ_row_set_integer (row, "relative", one->key);
      shequ_row_set_text (row, "kind", one->sex == 1 ? "20" : "30");
      shequ_row_set_integer (row, "emergency", 1);
      shequ_row_set_integer (row, "guardian", elder->age >= 85);
      shequ_demo_writer_add (filling->writer, row);
      return;
    }
}

static void
add_device (ShequDemoFilling *filling,
            const ShequDemoCommunity *community,
            const ShequDemoNeighbour *elder,
            gboolean bell,
            ShequDemoRandom *random)
{
  ShequRow *row = start (filling, community, "device");
  /* No two devices have one number, however many communities there are. */
  g_autofree char *number = g_strdup_printf ("%s%05" G_GINT64_FORMAT, bell ? "AX110-" : "YG-", elder->key);
  gboolean late = shequ_demo_random_chance (random, 8);

  shequ_row_set_text (row, "kind", bell ? "bell" : "smoke");
  shequ_row_set_integer (row, "household", elder->household);
  shequ_row_set_integer (row, "resident", elder->key);
  shequ_row_set_text (row, "place", bell ? "卧室床头" : "厨房");
  shequ_row_set_text (row, "number", number);
  set_day (filling, row, "installed_on", -shequ_demo_random_between (random, 200, 900));
  set_day (filling, row, "checked_on", -shequ_demo_random_between (random, 20, 150));
  set_day (filling, row, "check_on",
           late ? -shequ_demo_random_between (random, 1, 20) : shequ_demo_random_between (random, 3, 160));
  shequ_row_set_text (row, "state", late && shequ_demo_random_chance (random, 50) ? "broken" : "good");
  shequ_demo_writer_add (filling->writer, row);
}

static void
add_plan (ShequDemoFilling *filling,
          const ShequDemoCommunity *community,
          const ShequDemoNeighbour *elder,
          ShequDemoRandom *random)
{
  static const char *const reasons[] = { "独居高龄,子女在外地", "重病卧床", "家庭困难", "失独老人" };
  ShequRow *row = start (filling, community, "visit_plan");

  shequ_row_set_integer (row, "household", elder->household);
  shequ_row_set_integer (row, "staff", choose_worker (community, random));
  shequ_row_set_integer (row, "every_days", shequ_demo_random_chance (random, 50) ? 7 : 14);
  set_day (filling, row, "started_on", -shequ_demo_random_between (random, 5, 20));
  shequ_row_set_text (row, "reason", reasons[shequ_demo_random_below (random, G_N_ELEMENTS (reasons))]);
  shequ_demo_writer_add (filling->writer, row);
}

static void
add_retiree (ShequDemoFilling *filling,
             const ShequDemoCommunity *community,
             const ShequDemoNeighbour *elder,
             ShequDemoRandom *random)
{
  static const char *const units[] = { "市机械厂", "第二纺织厂", "铁路机务段", "市百货公司", "粮食局" };
  ShequRow *row = start (filling, community, "retiree");
  gboolean cadre = shequ_demo_random_chance (random, 6);

  shequ_row_set_integer (row, "resident", elder->key);
  shequ_row_set_text (row, "kind", cadre ? "cadre_tui" : "enterprise");
  shequ_row_set_text (row, "former_unit", units[shequ_demo_random_below (random, G_N_ELEMENTS (units))]);
  set_day (filling, row, "retired_on", -(elder->age - 58) * 365);
  set_day (filling, row, "handed_over_on", -shequ_demo_random_between (random, 100, 700));
  shequ_row_set_text (row, "party_relation", "none");
  shequ_row_set_integer (row, "album_consent", cadre);
  shequ_row_set_text (row, "status", "active");
  shequ_demo_writer_add (filling->writer, row);
}

static void
add_service (ShequDemoFilling *filling,
             const ShequDemoCommunity *community,
             const ShequDemoNeighbour *one,
             ShequDemoRandom *random)
{
  static const char *const kinds[] = { "register", "interview", "referral", "training", "subsidy" };
  static const char *const results[] = { "pending", "employed", "declined", "finished" };
  ShequRow *row = start (filling, community, "employment_service");
  guint result = shequ_demo_random_below (random, G_N_ELEMENTS (results));

  shequ_row_set_integer (row, "resident", one->key);
  shequ_row_set_text (row, "group_kind", one->age >= (one->sex == 1 ? 50 : 40) ? "hard_4050" : "laid_off");
  shequ_row_set_text (row, "kind", kinds[shequ_demo_random_below (random, G_N_ELEMENTS (kinds))]);
  set_day (filling, row, "day", -shequ_demo_random_between (random, 3, 200));
  shequ_row_set_text (row, "result", results[result]);
  if (result == 0)
    set_day (filling, row, "follow_up_on", shequ_demo_random_between (random, -3, 30));
  shequ_row_set_integer (row, "staff", choose_worker (community, random));
  shequ_demo_writer_add (filling->writer, row);
}

static void
add_aid (ShequDemoFilling *filling,
         const ShequDemoCommunity *community,
         const ShequDemoNeighbour *one,
         guint number,
         ShequDemoRandom *random)
{
  ShequRow *row = start (filling, community, "benefit_file");
  g_autofree char *code = g_strdup_printf ("D%s%03u", community->code + 6, number);
  gint64 amount = shequ_demo_random_between (random, 42, 96) * 1000;
  gint64 key;

  shequ_row_set_text (row, "kind", shequ_demo_random_chance (random, 75) ? "dibao" : "dibao_edge");
  shequ_row_set_integer (row, "household", one->household);
  shequ_row_set_integer (row, "members", shequ_demo_random_between (random, 1, 3));
  shequ_row_set_text (row, "file_number", code);
  shequ_row_set_integer (row, "amount", amount);
  shequ_row_set_text (row, "status", "active");
  set_day (filling, row, "issued_on", -shequ_demo_random_between (random, 200, 800));
  set_day (filling, row, "review_on", shequ_demo_random_between (random, -5, 170));
  key = shequ_demo_writer_add (filling->writer, row);
  row = start (filling, community, "benefit_review");
  shequ_row_set_integer (row, "benefit_file", key);
  set_day (filling, row, "day", -shequ_demo_random_between (random, 10, 180));
  shequ_row_set_text (row, "findings", "入户核对收入和人口,无变化");
  shequ_row_set_text (row, "result", "keep");
  shequ_row_set_integer (row, "staff", choose_worker (community, random));
  shequ_demo_writer_add (filling->writer, row);
}

static void
add_filing (ShequDemoFilling *filling,
            const ShequDemoCommunity *community,
            const ShequDemoNeighbour *one,
            ShequDemoRandom *random)
{
  static const char *const reasons[] = { "work", "work", "business", "family", "study" };
  ShequRow *row = start (filling, community, "migrant_filing");

  shequ_row_set_integer (row, "resident", one->key);
  set_day (filling, row, "arrived_on", -shequ_demo_random_between (random, 30, 900));
  shequ_row_set_text (row, "reason", reasons[shequ_demo_random_below (random, G_N_ELEMENTS (reasons))]);
  shequ_row_set_text (row, "stay_kind", shequ_demo_random_chance (random, 30) ? "own" : "relative");
  shequ_row_set_text (row, "status", "active");
  set_day (filling, row, "check_on", shequ_demo_random_between (random, -4, 90));
  shequ_demo_writer_add (filling->writer, row);
}

/* A child after school with a week of attendance; the parent brings the name. */
static void
add_child (ShequDemoFilling *filling,
           const ShequDemoCommunity *community,
           const ShequDemoNeighbour *parent,
           guint number,
           ShequDemoRandom *random)
{
  static const char *const given[] = { "子涵", "梓轩", "欣怡", "浩然", "一诺", "雨桐", "宇航", "思琪" };
  ShequRow *row = start (filling, community, "child_care");
  g_autofree char *surname = g_utf8_substring (parent->name, 0, 1);
  g_autofree char *name = g_strconcat (surname, given[number % G_N_ELEMENTS (given)], NULL);
  gint64 key;

  shequ_row_set_text (row, "name", name);
  shequ_row_set_text (row, "school", "实验小学");
  shequ_row_set_text (row, "guardian", parent->name);
  shequ_row_set_text (row, "relation", parent->sex == 1 ? "51" : "52");
  shequ_row_set_text (row, "phone", parent->phone);
  set_day (filling, row, "consent_on", -70);
  shequ_row_set_text (row, "pick_up", parent->name);
  shequ_row_set_integer (row, "home_alone", shequ_demo_random_chance (random, 30));
  set_day (filling, row, "start_on", -68);
  shequ_row_set_text (row, "status", "active");
  key = shequ_demo_writer_add (filling->writer, row);
  for (int day = 1; day <= DAYS_IN_CARE; day++)
    {
      gboolean present = shequ_demo_random_chance (random, 88);

      row = start (filling, community, "child_attendance");
      shequ_row_set_integer (row, "child_care", key);
      set_day (filling, row, "day", -day);
      shequ_row_set_text (row, "state", present ? "present" : "leave");
      if (present)
        shequ_row_set_text (row, "picked_up_by", parent->name);
      shequ_demo_writer_add (filling->writer, row);
    }
}

static void
fill_one (ShequDemoFilling *filling,
          const ShequDemoCommunity *community,
          const ShequDemoNeighbour *one,
          guint *n_aid,
          ShequDemoRandom *random)
{
  gboolean elderly = one->age >= 75;

  if (elderly && shequ_demo_random_chance (random, WITH_RELATIVE))
    add_relative (filling, community, one, random);
  if (elderly && shequ_demo_random_chance (random, WITH_BELL))
    add_device (filling, community, one, TRUE, random);
  if (elderly && shequ_demo_random_chance (random, WITH_SMOKE_ALARM))
    add_device (filling, community, one, FALSE, random);
  if (elderly && shequ_demo_random_chance (random, PAIRED))
    add_plan (filling, community, one, random);
  if (one->age >= 60 && shequ_demo_random_chance (random, OF_A_FIRM))
    add_retiree (filling, community, one, random);
  if (one->age >= 35 && one->age < 60 && shequ_demo_random_chance (random, SERVED))
    add_service (filling, community, one, random);
  if (one->age >= 45 && shequ_demo_random_chance (random, ON_AID))
    add_aid (filling, community, one, ++*n_aid, random);
  if (one->incoming && shequ_demo_random_chance (random, FILED))
    add_filing (filling, community, one, random);
}

/**
 * shequ_demo_fill_care:
 * @filling: the filling
 * @community: with its neighbours and workers
 *
 * What an office holds of people beside the great registers, so that none of them is empty.
 */
void
shequ_demo_fill_care (ShequDemoFilling *filling, ShequDemoCommunity *community)
{
  ShequDemoRandom random;
  guint n_aid = 0, n_children = 0;

  shequ_demo_filling_init_random (filling, "care", community->number, &random);
  for (guint i = 0; i < community->neighbours->len && !shequ_demo_writer_has_failed (filling->writer); i++)
    {
      const ShequDemoNeighbour *one = get_neighbour (community, i);

      fill_one (filling, community, one, &n_aid, &random);
      if (n_children < CHILDREN && one->age >= 30 && one->age <= 44 && *one->phone != '\0' &&
          shequ_demo_random_chance (&random, 3))
        add_child (filling, community, one, n_children++, &random);
    }
}
