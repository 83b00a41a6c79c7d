#include "shequ-page-parts.h"

#include "config.h"

/* Below this size a paper at the counter is not readable any more. */
static const double text_sizes[] = { 16, 15, 14, 13, 12, 10.5, 9 };

#define LEAST_FITTED_SIZE 6.0

/**
 * shequ_page_add_fitted:
 * @page: a page
 * @type: how the text is set
 * @text: the text
 * @x: left edge in millimetres
 * @y: top in millimetres
 * @width: its room in millimetres
 *
 * Adds a text in the lines that @type allows (one, if it says nothing), smaller where it would not fit; the
 * last resort is "…".
 *
 * Returns: its height in millimetres
 */
double
shequ_page_add_fitted (ShequPaperPage *page,
                       const ShequPageType *type,
                       const char *text,
                       double x,
                       double y,
                       double width)
{
  ShequPageType fitted = *type;
  ShequPageType free_lines = *type;

  fitted.lines = MAX (type->lines, 1);
  free_lines.lines = 0;
  for (; fitted.size > LEAST_FITTED_SIZE; fitted.size -= 0.5)
    {
      double line;

      free_lines.size = fitted.size;
      line = shequ_paper_page_measure (page, &free_lines, "证", 0, NULL);
      if (shequ_paper_page_measure (page, &free_lines, text, width, NULL) <= line * (fitted.lines + 0.5))
        break;
    }
  return shequ_paper_page_add_text (page, &fitted, text, x, y, width);
}

static ShequPageType
text_type (double size, gboolean flush)
{
  ShequPageType type = shequ_page_type_body ();

  if (size < SHEQU_SIZE_3)
    {
      type.size = size;
      type.spacing = 0;
      type.pitch = size * 1.75;
    }
  if (flush)
    type.indent = 0;
  return type;
}

/**
 * shequ_page_take_paragraphs:
 * @page: a page
 * @paragraphs: (array length=n_paragraphs): the text
 * @n_paragraphs: how many
 * @y: (inout): top of the free room in millimetres; then the end of the text
 * @bottom: where the room ends
 *
 * Adds as many paragraphs of the text of a paper as there is room for at size 3.
 *
 * Returns: how many
 */
guint
shequ_page_take_paragraphs (ShequPaperPage *page,
                            const ShequPageParagraph *paragraphs,
                            guint n_paragraphs,
                            double *y,
                            double bottom)
{
  for (guint i = 0; i < n_paragraphs; i++)
    {
      ShequPageType type = text_type (SHEQU_SIZE_3, paragraphs[i].flush);

      if (*y + shequ_paper_page_measure (page, &type, paragraphs[i].text, SHEQU_TEXT_WIDTH, NULL) >
          bottom + 0.01)
        return i;
      *y +=
        shequ_paper_page_add_text (page, &type, paragraphs[i].text, SHEQU_MARGIN_LEFT, *y, SHEQU_TEXT_WIDTH);
    }
  return n_paragraphs;
}

/**
 * shequ_page_add_paragraphs:
 * @page: a page
 * @paragraphs: (array length=n_paragraphs): the text
 * @n_paragraphs: how many
 * @y: (inout): top of the free room in millimetres; then the end of the text
 * @bottom: where the room ends
 *
 * Adds the text of a paper in the type area, at size 3 or as much smaller as it must be.
 *
 * Returns: whether it fits at a readable size; if not, nothing was added
 */
gboolean
shequ_page_add_paragraphs (ShequPaperPage *page,
                           const ShequPageParagraph *paragraphs,
                           guint n_paragraphs,
                           double *y,
                           double bottom)
{
  for (guint s = 0; s < G_N_ELEMENTS (text_sizes); s++)
    {
      double height = 0;

      for (guint i = 0; i < n_paragraphs; i++)
        {
          ShequPageType type = text_type (text_sizes[s], paragraphs[i].flush);

          height += shequ_paper_page_measure (page, &type, paragraphs[i].text, SHEQU_TEXT_WIDTH, NULL);
        }
      if (*y + height > bottom + 0.01)
        continue;
      for (guint i = 0; i < n_paragraphs; i++)
        {
          ShequPageType type = text_type (text_sizes[s], paragraphs[i].flush);

          *y += shequ_paper_page_add_text (page, &type, paragraphs[i].text, SHEQU_MARGIN_LEFT, *y,
                                           SHEQU_TEXT_WIDTH);
        }
      return TRUE;
    }
  return FALSE;
}

/**
 * shequ_page_add_signature:
 * @page: a page
 * @office: who signs
 * @date: as 2026年1月5日
 * @y: top of the place for the seal in millimetres
 *
 * Adds name and date as GB/T 9704-2012 sets them with a seal: the date four characters from the right, the
 * name above it and centred on it, both a little below the middle of the seal, which presses them. The
 * rest of the circle stays free.
 *
 * Returns: the end of the place for the seal
 */
double
shequ_page_add_signature (ShequPaperPage *page, const char *office, const char *date, double y)
{
  ShequPageType type = shequ_page_type_body ();
  double right = SHEQU_MARGIN_LEFT + SHEQU_TEXT_WIDTH;
  double date_width, office_width, middle;

  type.indent = 0;
  type.spacing = 0;
  type.align = SHEQU_ALIGN_LEFT;
  shequ_paper_page_measure (page, &type, date, 0, &date_width);
  shequ_paper_page_measure (page, &type, office, 0, &office_width);
  office_width = MIN (office_width, 120);
  middle = right - SHEQU_CHARACTER_PITCH * 4 - date_width / 2;
  if (middle + office_width / 2 > right - SHEQU_CHARACTER_PITCH * 2)
    middle = right - SHEQU_CHARACTER_PITCH * 2 - office_width / 2;

  type.align = SHEQU_ALIGN_CENTER;
  shequ_page_add_fitted (page, &type, office, middle - office_width / 2 - 0.5, y + SHEQU_SEAL_RADIUS,
                         office_width + 1);
  shequ_paper_page_add_text (page, &type, date, middle - date_width / 2 - 0.5,
                             y + SHEQU_SEAL_RADIUS + SHEQU_LINE_PITCH, date_width + 1);
  shequ_paper_page_keep_free (page, middle, y + SHEQU_SEAL_RADIUS, SHEQU_SEAL_RADIUS);
  return y + SHEQU_SEAL_RADIUS * 2;
}

/**
 * shequ_page_add_page_number:
 * @page: a page
 * @number: from 1
 *
 * Adds the page number 7 mm below the type area, between dashes; odd pages at the right, even pages at the
 * left, one character in (GB/T 9704-2012).
 */
void
shequ_page_add_page_number (ShequPaperPage *page, guint number)
{
  ShequPageType type = { .face = SHEQU_FACE_FIGURE, .size = SHEQU_SIZE_4 };
  g_autofree char *text = g_strdup_printf ("— %u —", number);
  double height = shequ_paper_page_measure (page, &type, text, 0, NULL);

  type.align = number % 2 == 1 ? SHEQU_ALIGN_RIGHT : SHEQU_ALIGN_LEFT;
  shequ_paper_page_add_text (page, &type, text, SHEQU_MARGIN_LEFT + SHEQU_CHARACTER_PITCH,
                             shequ_paper_page_get_height (page) - SHEQU_MARGIN_BOTTOM + 7 - height / 2,
                             shequ_paper_page_get_width (page) - SHEQU_MARGIN_LEFT - SHEQU_MARGIN_RIGHT -
                               SHEQU_CHARACTER_PITCH * 2);
}
