#include "shequ-roster-page.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-page-parts.h"
#include "shequ-page-table.h"

/* A sheet for the wall: margins of 20 mm, not those of a paper that is bound. */
#define MARGIN 20.0
#define WIDTH (SHEQU_A4_HEIGHT - MARGIN * 2)
#define BOTTOM (SHEQU_A4_WIDTH - MARGIN)
#define LEAST_ROW 14.0

static char *
write_cell (const ShequRosterCell *cell)
{
  GString *text = g_string_new (cell->names);

  if (cell->needed == 0)
    return g_string_free (text, FALSE);
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append_printf (text, "(%u/%u)", cell->filled, cell->needed);
  if (cell->filled < cell->needed)
    {
      guint lacking = cell->needed - cell->filled;

      g_string_append_c (text, '\n');
      g_string_append_printf (text, g_dngettext (GETTEXT_PACKAGE, "%u wanted", "%u wanted", lacking),
                              lacking);
    }
  return g_string_free (text, FALSE);
}

static ShequPageTable *
make_table (const ShequRoster *roster)
{
  ShequPageTable *table = shequ_page_table_new ();

  shequ_page_table_add_column (table, _ ("Shift"), FALSE);
  for (guint d = 0; d < roster->n_days; d++)
    shequ_page_table_add_column (table, roster->days[d], FALSE);
  for (guint r = 0; r < roster->n_rows; r++)
    {
      g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
      g_auto (GStrv) cells = NULL;

      g_strv_builder_add (builder, roster->rows[r].label);
      for (guint d = 0; d < roster->n_days; d++)
        {
          g_autofree char *text = write_cell (&roster->rows[r].cells[d]);

          g_strv_builder_add (builder, text);
        }
      cells = g_strv_builder_end (builder);
      shequ_page_table_add_row (table, (const char *const *) cells, FALSE);
    }
  shequ_page_table_set_even (table, LEAST_ROW);
  return table;
}

static double
add_head (ShequPaperPage *page, const ShequRoster *roster)
{
  ShequPageType type = { .face = SHEQU_FACE_TITLE, .size = SHEQU_SIZE_2, .align = SHEQU_ALIGN_CENTER };
  g_autofree char *below = g_strjoin ("　", roster->unit, roster->period, NULL);
  double y = MARGIN;

  y += shequ_page_add_fitted (page, &type, roster->title, MARGIN, y, WIDTH) + 1;
  type = (ShequPageType){ .face = SHEQU_FACE_NAME, .size = SHEQU_SIZE_SMALL_4, .align = SHEQU_ALIGN_CENTER };
  return y + shequ_page_add_fitted (page, &type, below, MARGIN, y, WIDTH) + 3;
}

static void
add_foot (ShequPaperPage *page, const ShequRoster *roster, guint number, guint n_pages)
{
  ShequPageType type = { .face = SHEQU_FACE_FIGURE, .size = SHEQU_SIZE_5 };
  g_autofree char *handler =
    roster->handler == NULL ? g_strdup ("") : g_strdup_printf (_ ("Made out by: %s"), roster->handler);
  g_autofree char *right =
    g_strdup_printf ("%s　%s　%u/%u", handler, roster->date == NULL ? "" : roster->date, number, n_pages);
  const double y = BOTTOM + 3;

  if (roster->notes != NULL)
    shequ_page_add_fitted (page, &type, roster->notes, MARGIN, y, WIDTH * 0.62);
  type.align = SHEQU_ALIGN_RIGHT;
  shequ_page_add_fitted (page, &type, right, MARGIN + WIDTH * 0.64, y, WIDTH * 0.36);
}

/**
 * shequ_roster_document_new:
 * @roster: what it says
 *
 * Sets a week's roster on sheets of A4 across: a column for each day, a row for each kind of shift, and in
 * each shift who comes, how many of how many, and how many are still wanted.
 *
 * Returns: (transfer full): the document
 */
ShequDocument *
shequ_roster_document_new (const ShequRoster *roster)
{
  g_autoptr (ShequPageTable) table = NULL;
  g_autofree char *title = NULL;
  ShequDocument *document;
  guint next = 0;

  g_return_val_if_fail (roster != NULL && roster->title != NULL, NULL);
  g_return_val_if_fail (roster->unit != NULL && roster->period != NULL, NULL);

  title = g_strdup_printf ("%s %s", roster->title, roster->period);
  document = shequ_document_new (title, SHEQU_PAPER_ACROSS);
  shequ_document_set_author (document, roster->unit);
  table = make_table (roster);
  do
    {
      ShequPaperPage *page = shequ_document_add_page (document);
      double y = add_head (page, roster);

      next = shequ_page_table_place (table, page, next, MARGIN, &y, WIDTH, BOTTOM);
    }
  while (next < roster->n_rows);
  for (guint i = 0; i < shequ_document_get_n_pages (document); i++)
    add_foot (shequ_document_get_page (document, i), roster, i + 1, shequ_document_get_n_pages (document));
  return document;
}
