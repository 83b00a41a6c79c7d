#include "shequ-notice-page.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-error.h"
#include "shequ-page-parts.h"

#define LEFT SHEQU_MARGIN_LEFT
#define WIDTH SHEQU_TEXT_WIDTH
/* The foot with contact and receipt lies in the last lines of the type area. */
#define FOOT_TOP (SHEQU_A4_HEIGHT - SHEQU_MARGIN_BOTTOM - 14)
/* Above name, date and the place for the seal. */
#define TEXT_BOTTOM (FOOT_TOP - SHEQU_SEAL_RADIUS * 2 - 3)

static double
add_head (ShequPaperPage *page, const ShequNotice *notice)
{
  ShequPageType type = {
    .face = SHEQU_FACE_TITLE, .size = SHEQU_SIZE_2, .pitch = 32, .align = SHEQU_ALIGN_CENTER, .lines = 2
  };
  double y = SHEQU_MARGIN_TOP;

  y += shequ_page_add_fitted (page, &type, notice->title, LEFT, y, WIDTH) + 2;
  if (notice->number != NULL && *notice->number != '\0')
    {
      type = (ShequPageType){ .face = SHEQU_FACE_BODY, .size = SHEQU_SIZE_4, .align = SHEQU_ALIGN_RIGHT };
      y += shequ_page_add_fitted (page, &type, notice->number, LEFT, y, WIDTH);
    }
  return y + 5;
}

static GArray *
collect_paragraphs (const ShequNotice *notice, char **addressee)
{
  GArray *paragraphs = g_array_new (FALSE, FALSE, sizeof (ShequPageParagraph));

  if (notice->addressee != NULL && *notice->addressee != '\0')
    {
      *addressee = g_strdup_printf (_ ("%s:"), notice->addressee);
      g_array_append_vals (paragraphs, &(ShequPageParagraph){ *addressee, TRUE }, 1);
    }
  for (guint i = 0; notice->paragraphs[i] != NULL; i++)
    g_array_append_vals (paragraphs, &(ShequPageParagraph){ notice->paragraphs[i], FALSE }, 1);
  return paragraphs;
}

/* What is too long for a page even in small type goes on over several, in the usual size. The name stands
 * below text, never alone on a page.
 */
static ShequPaperPage *
add_over_pages (ShequDocument *document,
                ShequPaperPage *page,
                const ShequPageParagraph *paragraphs,
                guint n,
                double *y)
{
  guint number = 1;

  while (n > 0)
    {
      gboolean fresh = *y <= SHEQU_MARGIN_TOP;
      double end = *y;
      g_autoptr (ShequPaperPage) trial = shequ_paper_page_new (SHEQU_A4_WIDTH, SHEQU_A4_HEIGHT);
      guint n_last = shequ_page_take_paragraphs (trial, paragraphs, n, &end, TEXT_BOTTOM);
      guint n_taken =
        shequ_page_take_paragraphs (page, paragraphs, n_last == n ? n : n - 1, y,
                                    n_last == n ? TEXT_BOTTOM : SHEQU_A4_HEIGHT - SHEQU_MARGIN_BOTTOM);

      shequ_page_add_page_number (page, number++);
      if (n_taken == 0 && fresh)
        return NULL;
      paragraphs += n_taken;
      n -= n_taken;
      if (n == 0)
        break;
      page = shequ_document_add_page (document);
      *y = SHEQU_MARGIN_TOP;
    }
  return page;
}

/* Gives the page on which the text ends. */
static ShequPaperPage *
add_text (ShequDocument *document, ShequPaperPage *page, const ShequNotice *notice, double *y, GError **error)
{
  g_autofree char *addressee = NULL;
  g_autoptr (GArray) paragraphs = collect_paragraphs (notice, &addressee);
  const ShequPageParagraph *all = (const ShequPageParagraph *) (gconstpointer) paragraphs->data;

  if (shequ_page_add_paragraphs (page, all, paragraphs->len, y, TEXT_BOTTOM))
    return page;
  page = add_over_pages (document, page, all, paragraphs->len, y);
  if (page == NULL)
    g_set_error (
      error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE,
      _ ("A paragraph of “%s” does not fit on one page. Nothing was printed. Divide it into several."),
      notice->title);
  return page;
}

static void
add_blank (ShequPaperPage *page, const char *label, double x, double width)
{
  ShequPageType type = { .face = SHEQU_FACE_BODY, .size = SHEQU_SIZE_SMALL_4 };
  const double y = FOOT_TOP + 8;
  double label_width;
  double height = shequ_paper_page_measure (page, &type, label, 0, &label_width);

  shequ_paper_page_add_text (page, &type, label, x, y, 0);
  shequ_paper_page_add_line (page, x + label_width + 1, y + height, x + width, y + height, 0.2);
}

/**
 * shequ_notice_document_new:
 * @notice: what it says
 * @error: return location
 *
 * Sets a notice on A4 by the measures of GB/T 9704-2012: title, number, addressee, text, name
 * and date with a place of 42 mm for the seal, contact, and a line for the receiver's signature. A long text
 * is set smaller, down to 9 points; what is longer still goes on over several numbered pages.
 *
 * Returns: (transfer full): the document, or %NULL with %SHEQU_ERROR_INVALID_VALUE when a paragraph is longer
 *   than a page
 */
ShequDocument *
shequ_notice_document_new (const ShequNotice *notice, GError **error)
{
  g_autoptr (ShequDocument) document = NULL;
  ShequPageType type = { .face = SHEQU_FACE_BODY, .size = SHEQU_SIZE_SMALL_4 };
  ShequPaperPage *page;
  double y;

  g_return_val_if_fail (notice != NULL && notice->title != NULL && notice->paragraphs != NULL, NULL);
  g_return_val_if_fail (notice->office != NULL && notice->date != NULL, NULL);

  document = shequ_document_new (notice->title, SHEQU_PAPER_UPRIGHT);
  shequ_document_set_author (document, notice->office);
  page = shequ_document_add_page (document);
  y = add_head (page, notice);
  page = add_text (document, page, notice, &y, error);
  if (page == NULL)
    return NULL;
  shequ_page_add_signature (page, notice->office, notice->date, y + 2);
  if (notice->contact != NULL)
    shequ_page_add_fitted (page, &type, notice->contact, LEFT, FOOT_TOP, WIDTH);
  if (notice->receipt)
    {
      add_blank (page, _ ("Received by (signature):"), LEFT, WIDTH * 0.55);
      add_blank (page, _ ("Date:"), LEFT + WIDTH * 0.6, WIDTH * 0.4);
    }
  return g_steal_pointer (&document);
}
