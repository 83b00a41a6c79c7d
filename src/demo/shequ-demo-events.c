/* Since when people are here: newcomers arrived together in the last years, small children were born here. */
#include "shequ-demo-private.h"

#include "config.h"

#include <string.h>

#define LEAST_DAYS 20
#define MOST_DAYS 2190
#define BIRTH_YEARS 3

/**
 * shequ_demo_choose_arrival:
 * @filling: the filling
 * @random: the chance of the subject
 * @day: (out): of %SHEQU_DATE_TEXT_SIZE bytes: when the newcomers of a household arrived
 */
void
shequ_demo_choose_arrival (const ShequDemoFilling *filling, ShequDemoRandom *random, char *day)
{
  ShequDate date =
    shequ_date_add_days (&filling->today, -shequ_demo_random_between (random, LEAST_DAYS, MOST_DAYS));

  shequ_date_to_iso (&date, day);
}

static gboolean
has_arrived (const ShequDemoPerson *person, const char *arrival)
{
  return !shequ_demo_status_is_registered (person->status) && strcmp (person->birth_date, arrival) < 0;
}

/**
 * shequ_demo_set_arrival:
 * @row: a new resident
 * @person: who it is
 * @arrival: when the newcomers of the household arrived
 *
 * Who is registered elsewhere is here since then.
 */
void
shequ_demo_set_arrival (ShequRow *row, const ShequDemoPerson *person, const char *arrival)
{
  if (has_arrived (person, arrival))
    shequ_row_set_effective (row, arrival);
}

/**
 * shequ_demo_fill_event:
 * @filling: the filling
 * @community: where the resident lives
 * @household: the key of the household
 * @resident: the key of the resident
 * @person: who it is
 * @arrival: when the newcomers of the household arrived
 *
 * Tells of the arrival of a newcomer, or of the birth of a small child that was registered here.
 */
void
shequ_demo_fill_event (ShequDemoFilling *filling,
                       const ShequDemoCommunity *community,
                       gint64 household,
                       gint64 resident,
                       const ShequDemoPerson *person,
                       const char *arrival)
{
  gboolean arrived = has_arrived (person, arrival);
  ShequRow *row;

  if (!arrived && (person->age >= BIRTH_YEARS || !shequ_demo_status_is_registered (person->status)))
    return;
  row = shequ_demo_writer_start (filling->writer, "resident_event");
  shequ_row_set_integer (row, "unit", community->key);
  shequ_row_set_integer (row, "resident", resident);
  shequ_row_set_text (row, "kind", arrived ? "arrival" : "birth");
  shequ_row_set_text (row, "happened_on", arrived ? arrival : person->birth_date);
  shequ_row_set_integer (row, "to_household", household);
  shequ_demo_writer_add (filling->writer, row);
}
