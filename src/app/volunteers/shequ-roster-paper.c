#include "shequ-roster-paper.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-date.h"
#include "shequ-roster-week.h"

#define N_DAYS 7

/* A line of the paper: the shifts of one name and hour. */
typedef struct
{
  char *label;
  ShequRosterCell cells[N_DAYS];
} Line;

static void
line_free (gpointer data)
{
  Line *line = data;

  for (guint i = 0; i < N_DAYS; i++)
    g_free ((char *) line->cells[i].names);
  g_free (line->label);
  g_free (line);
}

static Line *
find_line (GPtrArray *lines, const ShequRow *shift)
{
  g_autofree char *label =
    g_strdup_printf ("%s\n%s–%s", shequ_row_get_text (shift, "title"), shequ_row_get_text (shift, "start"),
                     shequ_row_get_text (shift, "end"));
  Line *line;

  for (guint i = 0; i < lines->len; i++)
    {
      line = g_ptr_array_index (lines, i);
      if (g_str_equal (line->label, label))
        return line;
    }
  line = g_new0 (Line, 1);
  line->label = g_steal_pointer (&label);
  g_ptr_array_add (lines, line);
  return line;
}

static void
add_shift (GPtrArray *lines, const ShequRosterShift *shift, int first_day)
{
  ShequDate date;
  ShequRosterCell *cell;
  g_autoptr (GString) names = g_string_new (NULL);
  int day;

  if (!shequ_date_from_iso (shequ_row_get_text (shift->shift, "day"), &date))
    return;
  day = shequ_date_to_days (&date) - first_day;
  if (day < 0 || day >= N_DAYS)
    return;
  cell = &find_line (lines, shift->shift)->cells[day];
  if (cell->names != NULL)
    g_string_append_printf (names, "%s\n", cell->names);
  for (guint i = 0; i < shift->assignments->len; i++)
    {
      g_autofree char *name =
        shequ_row_expand (g_ptr_array_index (shift->assignments, i), "{volunteer}", SHEQU_FORMAT_PLAIN);

      g_string_append_printf (names, "%s%s", i > 0 ? "\n" : "", name);
    }
  g_free ((char *) cell->names);
  cell->names = g_strdup (names->str);
  cell->filled += shift->assignments->len;
  cell->needed += (guint) shequ_row_get_integer (shift->shift, "needed");
}

/**
 * shequ_roster_paper_new:
 * @office: whose roster it is
 * @monday: the first day of the week
 * @period: the week in words
 * @roster: (element-type ShequRosterShift): its shifts
 *
 * Returns: (transfer full): the week's plan for paper
 */
ShequDocument *
shequ_roster_paper_new (ShequOffice *office, const char *monday, const char *period, const GPtrArray *roster)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (line_free);
  g_autofree ShequRosterRow *rows = NULL;
  g_autofree char *today = shequ_office_get_today (office);
  char *days[N_DAYS];
  ShequRoster paper = { 0 };
  ShequDocument *document;
  ShequDate first;

  if (!shequ_date_from_iso (monday, &first))
    return NULL;
  for (guint i = 0; i < roster->len; i++)
    add_shift (lines, g_ptr_array_index (roster, i), shequ_date_to_days (&first));
  rows = g_new0 (ShequRosterRow, lines->len + 1);
  for (guint i = 0; i < lines->len; i++)
    {
      const Line *line = g_ptr_array_index (lines, i);

      rows[i].label = line->label;
      rows[i].cells = line->cells;
    }
  for (guint i = 0; i < N_DAYS; i++)
    days[i] = shequ_roster_week_name_day (monday, i);
  paper.title = _ ("Volunteer roster");
  paper.unit = shequ_office_get_name (office);
  paper.period = period;
  paper.days = (const char *const *) days;
  paper.n_days = N_DAYS;
  paper.rows = rows;
  paper.n_rows = lines->len;
  paper.handler = shequ_office_get_user (office);
  paper.date = today;
  document = shequ_roster_document_new (&paper);
  for (guint i = 0; i < N_DAYS; i++)
    g_free (days[i]);
  return document;
}
