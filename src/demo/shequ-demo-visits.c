/* Who was visited when: most are seen in time, some late, a few not at all yet. */
#include "shequ-demo-private.h"

#include "config.h"

#define DAYS_TOLD 35 /* how far back visits go */
#define IN_TIME 90   /* per cent of those who were visited */
#define NEVER 2      /* per cent */

static void
add_visit (ShequDemoFilling *filling,
           const ShequDemoCommunity *community,
           gint64 household,
           int days_ago,
           ShequDemoRandom *random)
{
  static const char *const ways[] = { "home", "home", "home", "phone", "wechat" };
  static const char *const subjects[] = { "care", "care", "care", "health", "safety", "policy" };
  ShequRow *row = shequ_demo_writer_start (filling->writer, "visit");
  guint worker = shequ_demo_random_below (random, community->workers->len);
  ShequDate day = shequ_date_add_days (&filling->today, -days_ago);
  char buffer[SHEQU_DATE_TEXT_SIZE];

  shequ_date_to_iso (&day, buffer);
  shequ_row_set_integer (row, "unit", community->key);
  shequ_row_set_integer (row, "household", household);
  shequ_row_set_text (row, "day", buffer);
  shequ_row_set_integer (row, "staff", g_array_index (community->workers, ShequDemoWorker, worker).key);
  shequ_row_set_text (row, "way", ways[shequ_demo_random_below (random, G_N_ELEMENTS (ways))]);
  shequ_row_set_text (row, "about", subjects[shequ_demo_random_below (random, G_N_ELEMENTS (subjects))]);
  shequ_row_set_text (row, "result", shequ_demo_random_chance (random, 93) ? "well" : "helped");
  shequ_demo_writer_add (filling->writer, row);
}

/**
 * shequ_demo_fill_visits:
 * @filling: the filling
 * @community: where the household lives; its workers go there
 * @household: the key of the household
 * @every: after how many days it is to be visited again
 * @random: the chance of the subject
 */
void
shequ_demo_fill_visits (ShequDemoFilling *filling,
                        const ShequDemoCommunity *community,
                        gint64 household,
                        int every,
                        ShequDemoRandom *random)
{
  int days_ago = shequ_demo_random_between (random, 0, every - 1);

  if (shequ_demo_random_chance (random, NEVER))
    return;
  if (!shequ_demo_random_chance (random, IN_TIME))
    days_ago += shequ_demo_random_between (random, 1, every);
  do
    {
      add_visit (filling, community, household, days_ago, random);
      days_ago += every + shequ_demo_random_between (random, -1, 1);
    }
  while (days_ago < DAYS_TOLD);
}
