#include "shequ-ballot-page.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-page-parts.h"
#include "shequ-page-table.h"

#define LEFT SHEQU_MARGIN_LEFT
#define WIDTH SHEQU_TEXT_WIDTH
#define BOTTOM (SHEQU_A4_HEIGHT - SHEQU_MARGIN_BOTTOM)
/* The statement, three lines to sign and the seal stand on one page together. */
#define FOOT_HEIGHT 96.0
#define LEAST_ROW 9.0

static char *
write_count (gint64 count)
{
  return count >= 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, count) : g_strdup ("");
}

static char *
write_share (gint64 part, gint64 whole)
{
  return part >= 0 && whole > 0 ? g_strdup_printf ("%.1f%%", (double) part * 100 / (double) whole)
                                : g_strdup ("");
}

static void
add_row (ShequPageTable *table, const char *one, const char *two, const char *three, const char *four)
{
  const char *const cells[] = { one, two, three, four, NULL };

  shequ_page_table_add_row (table, cells, FALSE);
}

/* What was voted for and how many voted. */
static ShequPageTable *
make_facts (const ShequBallot *ballot)
{
  ShequPageTable *table = shequ_page_table_new ();
  g_autofree char *eligible = write_count (ballot->eligible);
  g_autofree char *cast = write_count (ballot->cast);
  g_autofree char *turnout = write_share (ballot->cast, ballot->eligible);

  shequ_page_table_add_column (table, _ ("Post"), FALSE);
  shequ_page_table_add_column (table, ballot->post, FALSE);
  shequ_page_table_add_column (table, _ ("Of"), FALSE);
  shequ_page_table_add_column (table, ballot->place, FALSE);
  add_row (table, _ ("Day of the vote"), ballot->date != NULL ? ballot->date : "", _ ("Entitled to vote"),
           eligible);
  add_row (table, _ ("Votes cast"), cast, _ ("Turnout"), turnout);
  shequ_page_table_set_even (table, LEAST_ROW);
  return table;
}

static ShequPageTable *
make_candidates (const ShequBallot *ballot)
{
  ShequPageTable *table = shequ_page_table_new ();

  shequ_page_table_add_column (table, _ ("Candidate"), FALSE);
  shequ_page_table_add_column (table, _ ("Votes received"), TRUE);
  shequ_page_table_add_column (table, _ ("Of the votes cast"), TRUE);
  shequ_page_table_add_column (table, _ ("Result"), FALSE);
  for (guint i = 0; i < ballot->candidates->len; i++)
    {
      const ShequBallotCandidate *candidate = ballot->candidates->pdata[i];
      g_autofree char *votes = write_count (candidate->votes);
      g_autofree char *share = write_share (candidate->votes, ballot->cast);

      add_row (table, candidate->name, votes, share, candidate->elected ? _ ("Elected") : "");
    }
  shequ_page_table_set_even (table, LEAST_ROW);
  return table;
}

static void
add_blank (ShequPaperPage *page, const char *label, double x, double width, double y)
{
  ShequPageType type = { .face = SHEQU_FACE_BODY, .size = SHEQU_SIZE_SMALL_4 };
  double label_width;
  double height = shequ_paper_page_measure (page, &type, label, 0, &label_width);

  shequ_paper_page_add_text (page, &type, label, x, y, 0);
  shequ_paper_page_add_line (page, x + label_width + 1, y + height, x + width, y + height, 0.2);
}

static void
add_foot (ShequPaperPage *page, const ShequBallot *ballot, double y)
{
  const ShequPageParagraph statement = { ballot->statement, FALSE };
  const double third = WIDTH / 3;

  shequ_page_add_paragraphs (page, &statement, 1, &y, BOTTOM);
  y += 10;
  add_blank (page, _ ("Chair:"), LEFT, third - 4, y);
  add_blank (page, _ ("Teller:"), LEFT + third, third - 4, y);
  add_blank (page, _ ("Observer:"), LEFT + third * 2, third - 4, y);
  shequ_page_add_signature (page, ballot->office, ballot->today, y + 14);
}

/**
 * shequ_ballot_document_new:
 * @ballot: the vote
 *
 * Sets the result of a vote on A4: what was voted for, how many were entitled and voted, each candidate with
 * the votes, the result in words, lines for who counted, and the seal. What was not written down is left
 * blank for the pen.
 *
 * Returns: (transfer full): the document
 */
ShequDocument *
shequ_ballot_document_new (const ShequBallot *ballot)
{
  ShequPageType type = {
    .face = SHEQU_FACE_TITLE, .size = SHEQU_SIZE_2, .pitch = 32, .align = SHEQU_ALIGN_CENTER, .lines = 2
  };
  g_autofree char *title = g_strdup_printf (_ ("Result of the vote: %s"), ballot->post);
  g_autoptr (ShequPageTable) facts = make_facts (ballot);
  g_autoptr (ShequPageTable) candidates = make_candidates (ballot);
  ShequDocument *document = shequ_document_new (title, SHEQU_PAPER_UPRIGHT);
  ShequPaperPage *page = shequ_document_add_page (document);
  double y = SHEQU_MARGIN_TOP;
  guint next = 0;

  shequ_document_set_author (document, ballot->office);
  y += shequ_page_add_fitted (page, &type, title, LEFT, y, WIDTH) + 4;
  shequ_page_table_place (facts, page, 0, LEFT, &y, WIDTH, BOTTOM);
  y += 6;
  for (;;)
    {
      next = shequ_page_table_place (candidates, page, next, LEFT, &y, WIDTH, BOTTOM);
      if (next >= shequ_page_table_get_n_rows (candidates))
        break;
      page = shequ_document_add_page (document);
      y = SHEQU_MARGIN_TOP;
    }
  if (y + FOOT_HEIGHT > BOTTOM)
    {
      page = shequ_document_add_page (document);
      y = SHEQU_MARGIN_TOP;
    }
  add_foot (page, ballot, y + 6);
  return document;
}
