#include "shequ-notice-page.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-error.h"
#include "shequ-page-parts.h"

#define LEFT SHEQU_MARGIN_LEFT
#define WIDTH SHEQU_TEXT_WIDTH
/* The foot with contact and receipt lies in the last lines of the type area. */
#define FOOT_TOP (SHEQU_A4_HEIGHT - SHEQU_MARGIN_BOTTOM - 14)

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

static gboolean
add_text (ShequPaperPage *page, const ShequNotice *notice, double *y, GError **error)
{
  g_autofree char *addressee =
    notice->addressee == NULL ? NULL : g_strdup_printf (_ ("%s:"), notice->addressee);
  g_autoptr (GArray) paragraphs = g_array_new (FALSE, FALSE, sizeof (ShequPageParagraph));

  if (addressee != NULL && *notice->addressee != '\0')
    g_array_append_vals (paragraphs, &(ShequPageParagraph){ addressee, TRUE }, 1);
  for (guint i = 0; notice->paragraphs[i] != NULL; i++)
    g_array_append_vals (paragraphs, &(ShequPageParagraph){ notice->paragraphs[i], FALSE }, 1);

  if (shequ_page_add_paragraphs (page, (const ShequPageParagraph *) (gconstpointer) paragraphs->data,
                                 paragraphs->len, y, FOOT_TOP - SHEQU_SEAL_RADIUS * 2 - 3))
    return TRUE;
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE,
               _ ("“%s” does not fit on one page in readable type. Nothing was printed. Shorten the text."),
               notice->title);
  return FALSE;
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
 * Sets a notice on one sheet of A4 by the measures of GB/T 9704-2012: title, number, addressee, text, name
 * and date with a place of 42 mm for the seal, contact, and a line for the receiver's signature. A long text
 * is set smaller, down to 9 points.
 *
 * Returns: (transfer full): the document, or %NULL with %SHEQU_ERROR_INVALID_VALUE when the text is longer
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
  if (!add_text (page, notice, &y, error))
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
