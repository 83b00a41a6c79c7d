/* What the workers of a community wrote down in the last three years. */
#include "shequ-demo-private.h"

#include "config.h"

#include "shequ-demo-schedule.h"

#define YEARS 3

static void
add_entry (ShequDemoFilling *filling, const ShequDemoCommunity *community, const ShequDemoJob *job)
{
  ShequRow *row = shequ_demo_writer_start (filling->writer, "work_entry");
  const ShequDemoItem *item = filling->items->pdata[job->item];
  ShequDate day = shequ_date_from_days (job->day);
  char text[SHEQU_DATE_TEXT_SIZE];

  shequ_date_to_iso (&day, text);
  shequ_row_set_integer (row, "unit", community->key);
  shequ_row_set_text (row, "day", text);
  shequ_row_set_integer (row, "staff", g_array_index (community->workers, ShequDemoWorker, job->worker).key);
  shequ_row_set_integer (row, "item", item->key);
  if (item->department != 0)
    shequ_row_set_integer (row, "department", item->department);
  shequ_row_set_integer (row, "minutes", job->minutes);
  if (item->purpose != NULL)
    shequ_row_set_text (row, "purpose", item->purpose);
  else
    shequ_row_set_text (row, "purpose", item->department != 0 ? "task" : "resident");
  shequ_demo_writer_add (filling->writer, row);
}

/**
 * shequ_demo_fill_work:
 * @filling: the filling
 * @community: one with workers
 *
 * Writes three years of work, until yesterday.
 */
void
shequ_demo_fill_work (ShequDemoFilling *filling, ShequDemoCommunity *community)
{
  ShequDate from = shequ_date_add_years (&filling->today, -YEARS);
  ShequDate to = shequ_date_add_days (&filling->today, -1);
  g_autoptr (GArray) jobs = NULL;
  ShequDemoRandom random;

  shequ_demo_filling_init_random (filling, "work", community->number, &random);
  jobs = shequ_demo_schedule_make (filling->items, filling->workdays, filling->rates, &random,
                                   community->workers->len, &from, &to);
  for (guint i = 0; i < jobs->len && !shequ_demo_writer_has_failed (filling->writer); i++)
    add_entry (filling, community, &g_array_index (jobs, ShequDemoJob, i));
}
