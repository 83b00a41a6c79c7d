/* What an application costs a community in hours, and what it brings in money. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-money.h"
#include "shequ-screening.h"

/**
 * shequ_screening_add_load:
 * @facts: an application
 * @findings: (element-type ShequFinding): gets the note `LOAD`, where hours or money are stated
 *
 * Says the hours and the money of each community, and the money of each hour.
 */
void
shequ_screening_add_load (const ShequApplicationFacts *facts, GPtrArray *findings)
{
  gint64 communities = MAX (facts->communities, 1), hours = MAX (facts->hours_per_year, 0);
  gint64 each = MAX (facts->funding_fen, 0) / communities;
  g_autofree char *money = NULL, *hourly = NULL;
  ShequFinding *finding;

  if (facts->hours_per_year <= 0 && facts->funding_fen <= 0)
    return;
  finding = shequ_findings_add (findings, "LOAD", SHEQU_SEVERITY_NOTE);
  finding->title = g_strdup (_ ("Hours and money of each community"));
  money = shequ_money_format (each);
  finding->text = g_strdup_printf (_ ("%d communities, each %d hours and %s yuan a year."), (int) communities,
                                   (int) hours, money);
  if (hours > 0)
    {
      hourly = shequ_money_format (each / hours);
      g_free (finding->detail);
      finding->detail =
        g_strdup_printf (_ ("%d hours in all; %s yuan an hour."), (int) (hours * communities), hourly);
    }
  finding->source = g_strdup ("");
  finding->version = g_strdup ("");
}
