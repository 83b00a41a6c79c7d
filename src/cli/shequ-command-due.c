#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-cli-commands.h"
#include "shequ-cli-json.h"
#include "shequ-date.h"
#include "shequ-error.h"
#include "shequ-workdays.h"

#define MOST_DAYS 10000

static const char *const status_names[] = {
  [SHEQU_CALENDAR_NONE] = "none",
  [SHEQU_CALENDAR_PROVISIONAL] = "provisional",
  [SHEQU_CALENDAR_KNOWN] = "known",
};

static gboolean
read_days (const char *text, gint64 *days, GError **error)
{
  if (!shequ_cli_parse_number (text, "N", 0, days, error))
    return FALSE;
  if (*days <= MOST_DAYS)
    return TRUE;
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
               _ ("%s working days are more than can be counted; at most %d."), text, MOST_DAYS);
  return FALSE;
}

/* A note for each year between both days whose calendar is not known; all without one are told at once. */
static GPtrArray *
list_notes (const ShequWorkdays *workdays, int first, int last)
{
  GPtrArray *notes = g_ptr_array_new_with_free_func (g_free);

  for (int year = first; year <= last; year++)
    {
      ShequCalendarStatus status = shequ_workdays_get_status (workdays, year);

      if (status == SHEQU_CALENDAR_KNOWN)
        continue;
      g_ptr_array_add (notes, shequ_calendar_status_describe (status, year));
      if (status == SHEQU_CALENDAR_NONE)
        break;
    }
  return notes;
}

static void
print_json (const ShequDate *start,
            gint64 days,
            const ShequDate *due,
            ShequCalendarStatus status,
            GPtrArray *notes)
{
  JsonBuilder *builder = shequ_cli_json_begin ();
  char text[SHEQU_DATE_TEXT_SIZE];

  shequ_date_to_iso (start, text);
  shequ_cli_json_add_text (builder, "from", text);
  shequ_cli_json_add_integer (builder, "workdays", days);
  shequ_date_to_iso (due, text);
  shequ_cli_json_add_text (builder, "due", text);
  shequ_cli_json_add_text (builder, "calendar", status_names[status]);
  shequ_cli_json_add_text (builder, "note", notes->len > 0 ? notes->pdata[0] : NULL);
  shequ_cli_json_end (builder);
}

/* The date N working days after a date. */
gboolean
shequ_command_due (ShequCli *cli, GError **error)
{
  g_autoptr (ShequWorkdays) workdays = shequ_workdays_new_shipped (error);
  ShequCalendarStatus status = SHEQU_CALENDAR_KNOWN;
  g_autoptr (GPtrArray) notes = NULL;
  char text[SHEQU_DATE_TEXT_SIZE];
  ShequDate start, due;
  gint64 days;

  if (workdays == NULL || !shequ_date_parse (shequ_cli_get_argument (cli, 0), &start, error) ||
      !read_days (shequ_cli_get_argument (cli, 1), &days, error))
    return FALSE;
  due = shequ_workdays_add_workdays (workdays, &start, (int) days, &status);
  if (due.year > SHEQU_DATE_LAST_YEAR)
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT, _ ("That day lies behind the year %d."),
                   SHEQU_DATE_LAST_YEAR);
      return FALSE;
    }
  notes = list_notes (workdays, start.year, due.year);
  shequ_date_to_iso (&due, text);
  if (shequ_cli_wants_json (cli))
    print_json (&start, days, &due, status, notes);
  else
    shequ_cli_print ("%s", text);
  /* Not to be hushed: the date may be wrong. */
  for (guint i = 0; i < notes->len; i++)
    shequ_cli_complain ("%s", (const char *) notes->pdata[i]);
  return TRUE;
}
