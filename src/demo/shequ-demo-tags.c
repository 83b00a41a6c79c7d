/* Who belongs to which key group: by the rates of key-rates.tsv, among those of whom it can be true. */
#include "shequ-demo-private.h"

#include "config.h"

#include "shequ-data.h"

#define DAYS_AGO 1500 /* the longest that a group lasts so far */
#define ENDED 4       /* per cent of the records that have ended */

/* Whom a rate of the table counts. */
typedef enum
{
  ANYBODY,
  MEN_MOSTLY,   /* nine in ten */
  ALONE,        /* one-person households */
  WITH_ELDERLY, /* households of old people only */
  INCOMING,     /* living here, registered elsewhere: all of them */
  AWAY,         /* registered here, living elsewhere: all of them */
  PARTY,        /* by political status: all of them */
  WOMEN,
  HEADS, /* one of a household */
} Whom;

typedef struct
{
  const char *code;
  int from;
  int to;
  Whom whom;
  double of; /* per cent of the age group of whom it can be true at all: the rate is divided by it */
} Group;

static const Group groups[] = {
  { "elder_alone", 65, 120, ALONE, 14 },
  { "elder_empty_nest", 65, 120, WITH_ELDERLY, 50 },
  { "elder_disabled", 60, 120, ANYBODY, 100 },
  { "retired_managed", 60, 120, ANYBODY, 100 },
  { "veteran_cadre", 60, 120, ANYBODY, 100 },
  { "child_left_behind", 0, 15, ANYBODY, 100 },
  { "child_in_need", 0, 17, ANYBODY, 100 },
  { "child_no_care", 0, 17, ANYBODY, 100 },
  { "child_after_school", 6, 12, ANYBODY, 100 },
  { "youth_key", 14, 24, ANYBODY, 100 },
  { "disabled_visual", 0, 120, ANYBODY, 100 },
  { "disabled_hearing", 0, 120, ANYBODY, 100 },
  { "disabled_speech", 0, 120, ANYBODY, 100 },
  { "disabled_physical", 0, 120, ANYBODY, 100 },
  { "disabled_intellectual", 0, 120, ANYBODY, 100 },
  { "disabled_mental", 0, 120, ANYBODY, 100 },
  { "disabled_multiple", 0, 120, ANYBODY, 100 },
  { "aid_dibao", 0, 120, ANYBODY, 100 },
  { "aid_dibao_edge", 0, 120, ANYBODY, 100 },
  { "aid_tekun", 0, 120, ANYBODY, 100 },
  { "aid_rigid_spending", 0, 120, ANYBODY, 100 },
  { "aid_temporary", 0, 120, ANYBODY, 100 },
  { "aid_medical", 0, 120, ANYBODY, 100 },
  { "aid_love_fund", 0, 120, ANYBODY, 100 },
  { "veteran", 18, 120, MEN_MOSTLY, 50 },
  { "preferential", 0, 120, ANYBODY, 100 },
  { "military_family", 0, 120, ANYBODY, 100 },
  { "unemployed", 16, 59, ANYBODY, 100 },
  { "laid_off", 40, 59, ANYBODY, 100 },
  { "employ_hard", 16, 59, ANYBODY, 100 },
  { "graduate", 21, 25, ANYBODY, 100 },
  { "migrant_in", 0, 120, INCOMING, 0 },
  { "migrant_out", 0, 120, AWAY, 0 },
  { "party_member", 18, 120, PARTY, 0 },
  { "party_on_job", 22, 60, PARTY, 10 },
  { "resident_delegate", 18, 80, ANYBODY, 100 },
  { "talent", 18, 80, ANYBODY, 100 },
  { "np_deputy", 25, 75, ANYBODY, 100 },
  { "released", 18, 70, MEN_MOSTLY, 50 },
  { "correction", 18, 70, MEN_MOSTLY, 50 },
  { "drug_history", 18, 60, MEN_MOSTLY, 50 },
  { "mental_severe", 15, 80, ANYBODY, 100 },
  { "chronic", 45, 120, ANYBODY, 100 },
  { "pregnant", 22, 42, WOMEN, 17 },
  { "bereaved_only_child", 49, 120, ANYBODY, 100 },
  { "evac_help", 60, 120, ANYBODY, 27 },
  { "dog_keeper", 18, 120, HEADS, 40 },
};

/* The key of each group and its rate, how many months lie between reviews and how many days between visits.
 */
struct _ShequDemoTags
{
  gint64 keys[G_N_ELEMENTS (groups)];
  int review_months[G_N_ELEMENTS (groups)];
  int visit_days[G_N_ELEMENTS (groups)];
  double rates[G_N_ELEMENTS (groups)];
};

static gint64
find_tag (ShequStore *store,
          const ShequRegister *reg,
          const char *code,
          int *months,
          int *visit_days,
          GError **error)
{
  const ShequField *field = shequ_register_lookup (reg, "code");
  g_auto (ShequValue) value = SHEQU_VALUE_INIT;
  g_autoptr (ShequRow) row = NULL;
  gint64 key;

  shequ_value_set_text (&value, code);
  key = shequ_store_find_key (store, reg, &field, &value, 1, NULL, error);
  if (key <= 0)
    return key;
  row = shequ_store_get (store, reg, key, SHEQU_FETCH_PLAIN, NULL, NULL, error);
  if (row == NULL)
    return -1;
  *months = (int) shequ_row_get_integer (row, "review_months");
  *visit_days = (int) shequ_row_get_integer (row, "visit_every_days");
  return key;
}

/**
 * shequ_demo_tags_new:
 * @store: a store that has its key groups
 * @rates: the rates
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the groups of which there are examples
 */
ShequDemoTags *
shequ_demo_tags_new (ShequStore *store, const ShequDemoRates *rates, GError **error)
{
  const ShequRegister *reg = shequ_catalogue_lookup (shequ_store_get_catalogue (store), "tag");
  g_autofree ShequDemoTags *tags = g_new0 (ShequDemoTags, 1);

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      double rate = shequ_demo_rates_get_value (rates, "tag_rate", groups[i].code, "");

      tags->keys[i] =
        find_tag (store, reg, groups[i].code, &tags->review_months[i], &tags->visit_days[i], error);
      if (tags->keys[i] < 0)
        return NULL;
      tags->rates[i] = groups[i].of > 0 ? MIN (100, rate * 100 / groups[i].of) : 100;
    }
  return g_steal_pointer (&tags);
}

static gboolean
is_old_people_only (const ShequDemoHousehold *household)
{
  for (guint i = 0; i < household->persons->len; i++)
    if (g_array_index (household->persons, ShequDemoPerson, i).age < 60)
      return FALSE;
  return TRUE;
}

static gboolean
may_belong (const Group *group, const ShequDemoHousehold *household, const ShequDemoPerson *person)
{
  if (person->age < group->from || person->age > group->to)
    return FALSE;
  switch (group->whom)
    {
    case ALONE:
      return household->persons->len == 1 && shequ_demo_status_is_present (person->status);
    case WITH_ELDERLY:
      return household->persons->len > 1 && shequ_demo_status_is_present (person->status) &&
             is_old_people_only (household);
    case INCOMING:
      return g_str_equal (person->status, "4");
    case AWAY:
      return g_str_equal (person->status, "2");
    case PARTY:
      return g_strcmp0 (person->political, "01") == 0;
    case WOMEN:
      return person->sex == 2;
    case HEADS:
      return g_strcmp0 (person->relation, "02") == 0;
    case MEN_MOSTLY:
      return person->sex == 1;
    case ANYBODY:
    default:
      return TRUE;
    }
}

static void
set_day (ShequRow *row, const char *name, const ShequDate *day)
{
  char buffer[SHEQU_DATE_TEXT_SIZE];

  shequ_date_to_iso (day, buffer);
  shequ_row_set_text (row, name, buffer);
}

/* The review that comes next; few are late. */
static void
set_review (ShequDemoFilling *filling,
            ShequRow *row,
            const ShequDate *start,
            int months,
            ShequDemoRandom *random)
{
  ShequDate review = *start;
  gboolean late = shequ_demo_random_chance (random, 1);

  if (months == 0)
    return;
  while (shequ_date_compare (&review, &filling->today) <= 0)
    review = shequ_date_add_months (&review, months);
  if (late)
    review = shequ_date_add_days (&filling->today, -shequ_demo_random_between (random, 1, 40));
  if (shequ_date_compare (&review, start) > 0)
    set_day (row, "review_on", &review);
}

/* Returns: whether it still holds. */
static gboolean
add_tag (ShequDemoFilling *filling,
         const ShequDemoCommunity *community,
         gint64 resident,
         guint number,
         ShequDemoRandom *random)
{
  static const char *const sources[] = { "visit", "own", "document", "department" };
  ShequRow *row = shequ_demo_writer_start (filling->writer, "resident_tag");
  int days = shequ_demo_random_between (random, 30, DAYS_AGO);
  ShequDate start = shequ_date_add_days (&filling->today, -days);
  gboolean disabled = g_str_has_prefix (groups[number].code, "disabled_");
  gboolean ended = shequ_demo_random_chance (random, ENDED);
  ShequDate end = shequ_date_add_days (&start, shequ_demo_random_between (random, 1, days - 1));

  shequ_row_set_integer (row, "unit", community->key);
  shequ_row_set_integer (row, "resident", resident);
  shequ_row_set_integer (row, "tag", filling->tags->keys[number]);
  shequ_row_set_text (row, "source", disabled ? "document" : sources[shequ_demo_random_below (random, 4)]);
  if (disabled)
    {
      const char grade[] = { (char) ('1' + shequ_demo_random_below (random, 4)), '\0' };

      shequ_row_set_text (row, "grade", grade);
    }
  set_day (row, "started_on", &start);
  if (ended)
    set_day (row, "ended_on", &end);
  else
    set_review (filling, row, &start, filling->tags->review_months[number], random);
  shequ_demo_writer_add (filling->writer, row);
  return !ended;
}

/**
 * shequ_demo_fill_tags:
 * @filling: the filling
 * @community: where the household lives
 * @household: the household
 * @person: one of it
 * @resident: the key of the person
 * @random: the chance of the subject
 *
 * Returns: after how many days the person is to be visited again; 0 when nobody needs to come
 */
int
shequ_demo_fill_tags (ShequDemoFilling *filling,
                      const ShequDemoCommunity *community,
                      const ShequDemoHousehold *household,
                      const ShequDemoPerson *person,
                      gint64 resident,
                      ShequDemoRandom *random)
{
  int every = 0;

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      int days = filling->tags->visit_days[i];

      if (filling->tags->keys[i] == 0 || !may_belong (&groups[i], household, person) ||
          !shequ_demo_random_chance (random, filling->tags->rates[i]))
        continue;
      if (add_tag (filling, community, resident, i, random) && days > 0 && (every == 0 || days < every))
        every = days;
    }
  return every;
}
