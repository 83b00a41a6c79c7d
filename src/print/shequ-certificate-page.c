#include "shequ-certificate-page.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-error.h"
#include "shequ-page-parts.h"

/* The stub is the upper part; it is cut off along this line (millimetres from the top). */
#define CUT 80.0
/* Where half of the seal is pressed on each part. */
#define STRADDLE_X 168.0
#define LEFT SHEQU_MARGIN_LEFT
#define WIDTH SHEQU_TEXT_WIDTH
#define RIGHT (SHEQU_MARGIN_LEFT + SHEQU_TEXT_WIDTH)
#define STUB_ROW 6.2
#define TEXT_TOP 112.0
/* The last place where the circle for the seal may begin, and the foot below it. */
#define SEAL_TOP 211.0
#define FOOT_TOP 254.0
#define CODE_SIDE 21.0

static const char *
or_nothing (const char *text)
{
  return text == NULL ? "" : text;
}

static void
add_stub_field (ShequPaperPage *page, const char *label, const char *value, double x, double y, double width)
{
  ShequPageType type = { .face = SHEQU_FACE_STRONG, .size = SHEQU_SIZE_SMALL_5 };
  double label_width;
  double height = shequ_paper_page_measure (page, &type, label, 0, &label_width);

  shequ_paper_page_add_text (page, &type, label, x, y + (STUB_ROW - height) / 2, 0);
  type.face = SHEQU_FACE_FIGURE;
  type.size = SHEQU_SIZE_5;
  height = shequ_paper_page_measure (page, &type, "证", 0, NULL);
  shequ_page_add_fitted (page, &type, or_nothing (value), x + label_width + 2, y + (STUB_ROW - height) / 2,
                         width - label_width - 3);
  shequ_paper_page_add_line (page, x, y + STUB_ROW, x + width, y + STUB_ROW, 0.15);
}

static void
add_stub_fields (ShequPaperPage *page, const ShequCertificatePaper *paper)
{
  g_autofree char *copies = g_strdup_printf ("%" G_GINT64_FORMAT, paper->copies);
  const struct
  {
    const char *label;
    const char *value;
    gboolean whole;
  } fields[] = {
    { _ ("Number"), paper->number, FALSE },
    { _ ("Copies"), copies, FALSE },
    { _ ("Name"), paper->name, FALSE },
    { _ ("Last four of the ID number"), paper->number_tail, FALSE },
    { _ ("Receiving unit"), paper->receiver, TRUE },
    { _ ("Purpose"), paper->purpose, TRUE },
    { _ ("Issued on"), paper->issued_on, FALSE },
    { _ ("Valid until"), paper->valid_until, FALSE },
    { _ ("Handler"), paper->handler, FALSE },
    { _ ("Approver"), paper->approver, FALSE },
  };
  const double half = (WIDTH - 6) / 2;
  double y = 19;
  gboolean second = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      double x = second ? LEFT + half + 6 : LEFT;

      add_stub_field (page, fields[i].label, fields[i].value, x, y, fields[i].whole ? WIDTH : half);
      second = !second && !fields[i].whole;
      if (!second)
        y += STUB_ROW;
    }
}

/* What is filled in by hand when the certificate is handed over, left of the straddling seal. */
static void
add_stub_blanks (ShequPaperPage *page)
{
  const double width = STRADDLE_X - SHEQU_SEAL_RADIUS - LEFT - 3;

  add_stub_field (page, _ ("Received by (signature)"), "", LEFT, 59, width * 0.6);
  add_stub_field (page, _ ("Received on"), "", LEFT + width * 0.6 + 3, 59, width * 0.4 - 3);
  add_stub_field (page, _ ("Papers kept"), "", LEFT, 67, width);
}

static void
add_stub (ShequPaperPage *page, const ShequCertificatePaper *paper)
{
  ShequPageType type = { .face = SHEQU_FACE_TITLE, .size = SHEQU_SIZE_3, .align = SHEQU_ALIGN_CENTER };
  g_autofree char *title = g_strdup_printf (_ ("%s (stub)"), or_nothing (paper->title));

  shequ_page_add_fitted (page, &type, title, LEFT, 9, WIDTH);
  add_stub_fields (page, paper);
  add_stub_blanks (page);
}

/* The number stands across the cut, so that the parts can be held together; so does the seal. */
static void
add_cut (ShequPaperPage *page, const ShequCertificatePaper *paper)
{
  ShequPageType type = { .face = SHEQU_FACE_FIGURE, .size = SHEQU_SIZE_SMALL_4 };
  const char *words = _ ("Straddling seal");
  const double seal_left = STRADDLE_X - SHEQU_SEAL_RADIUS;
  double width, height, x = 80, last;

  shequ_paper_page_keep_free (page, STRADDLE_X, CUT, SHEQU_SEAL_RADIUS);
  height = shequ_paper_page_measure (page, &type, or_nothing (paper->number), 0, &width);
  x -= width / 2;
  shequ_paper_page_add_text (page, &type, or_nothing (paper->number), x, CUT - height / 2, 0);
  shequ_paper_page_add_dashes (page, 8, CUT, x - 2, CUT, 0.2);
  last = x + width + 2;

  type.size = SHEQU_SIZE_SMALL_5;
  height = shequ_paper_page_measure (page, &type, words, 0, &width);
  shequ_paper_page_add_text (page, &type, words, seal_left - 2 - width, CUT - height / 2, 0);
  shequ_paper_page_add_dashes (page, last, CUT, seal_left - 4 - width, CUT, 0.2);
  shequ_paper_page_add_dashes (page, STRADDLE_X + SHEQU_SEAL_RADIUS + 1, CUT,
                               shequ_paper_page_get_width (page) - 8, CUT, 0.2);
}

static void
add_head (ShequPaperPage *page, const ShequCertificatePaper *paper)
{
  ShequPageType type = { .face = SHEQU_FACE_TITLE, .size = SHEQU_SIZE_2, .align = SHEQU_ALIGN_CENTER };
  const double middle = LEFT + WIDTH / 2;
  const double room = (STRADDLE_X - SHEQU_SEAL_RADIUS - middle) * 2 + 6;

  shequ_page_add_fitted (page, &type, or_nothing (paper->title), middle - room / 2, 89, room);
  type = (ShequPageType){ .face = SHEQU_FACE_BODY, .size = SHEQU_SIZE_4, .align = SHEQU_ALIGN_RIGHT };
  shequ_page_add_fitted (page, &type, or_nothing (paper->number), LEFT, 102.5, WIDTH);
}

static gboolean
add_text (ShequPaperPage *page, const ShequCertificatePaper *paper, double *y, GError **error)
{
  g_autofree char *receiver = g_strdup_printf (_ ("%s:"), or_nothing (paper->receiver));
  g_autofree char *verification =
    g_strdup_printf (_ ("This is verified: %s."), or_nothing (paper->verification));
  g_autofree char *purpose = g_strdup_printf (_ ("This certificate is only for %s and is valid until %s."),
                                              or_nothing (paper->purpose), or_nothing (paper->valid_until));
  const ShequPageParagraph paragraphs[] = {
    { receiver, TRUE }, { or_nothing (paper->facts), FALSE }, { verification, FALSE },
    { purpose, FALSE }, { _ ("Hereby certified."), FALSE },
  };

  if (shequ_page_add_paragraphs (page, paragraphs, G_N_ELEMENTS (paragraphs), y, SEAL_TOP - 1))
    return TRUE;
  g_set_error (
    error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE,
    _ ("The certificate does not fit on one page in readable type. Nothing was printed. Shorten the "
       "purpose or the facts."));
  return FALSE;
}

static void
add_responsible (ShequPaperPage *page, const ShequCertificatePaper *paper, double y)
{
  ShequPageType type = { .face = SHEQU_FACE_BODY, .size = SHEQU_SIZE_SMALL_4 };
  const double width = shequ_paper_page_get_seal (page, shequ_paper_page_get_n_seals (page) - 1).x -
                       SHEQU_SEAL_RADIUS - LEFT - 2;
  const struct
  {
    const char *label;
    const char *value;
  } rows[] = {
    { _ ("Head (signature):"), paper->leader },
    { _ ("Handler (signature):"), paper->handler },
    { _ ("Telephone:"), paper->office_phone },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = g_strconcat (rows[i].label, or_nothing (rows[i].value), NULL);

      shequ_page_add_fitted (page, &type, text, LEFT, y + 2 + i * 6.2, width);
    }
}

static void
add_foot (ShequPaperPage *page, const ShequCertificatePaper *paper)
{
  ShequPageType type = { .face = SHEQU_FACE_BODY, .size = SHEQU_SIZE_5, .pitch = 16 };
  g_autofree char *code =
    g_strdup_printf ("%s %s", or_nothing (paper->number), or_nothing (paper->check_text));
  g_autofree char *words = g_strdup_printf (_ ("Check code: %s"), or_nothing (paper->check_text));
  g_autofree char *phone = g_strdup_printf (
    _ ("To verify it, call %s and name the number and the check code."), or_nothing (paper->office_phone));
  gboolean issued = *or_nothing (paper->number) != '\0' && *or_nothing (paper->check_text) != '\0';
  double x = LEFT;
  double y = FOOT_TOP;

  shequ_paper_page_add_line (page, LEFT, FOOT_TOP - 1, RIGHT, FOOT_TOP - 1, 0.15);
  if (issued && shequ_paper_page_add_code (page, code, LEFT, FOOT_TOP + 1, CODE_SIDE))
    x += CODE_SIDE + 4;
  if (issued)
    y += shequ_page_add_fitted (page, &type, words, x, y + 1, RIGHT - x);
  type.lines = 2;
  y += shequ_page_add_fitted (page, &type,
                              _ ("Void if altered. Copies, and use for any other purpose, are void."), x,
                              y + 1, RIGHT - x);
  if (issued && *or_nothing (paper->office_phone) != '\0')
    shequ_page_add_fitted (page, &type, phone, x, y + 1, RIGHT - x);
}

/**
 * shequ_certificate_document_new:
 * @paper: the words of a certificate
 * @error: return location
 *
 * Sets a certificate on one sheet of A4: the stub above the cut, the certificate below; a place of 42 mm for
 * the seal over name and date, and another across the cut. What has no number yet is marked as a
 * preview, what is void as void. Long texts are set smaller, down to 9 points.
 *
 * Returns: (transfer full): the document, or %NULL with %SHEQU_ERROR_INVALID_VALUE when the text is longer
 *   than a page
 */
ShequDocument *
shequ_certificate_document_new (const ShequCertificatePaper *paper, GError **error)
{
  g_autoptr (ShequDocument) document = NULL;
  g_autofree char *title = NULL;
  ShequPaperPage *page;
  double y = TEXT_TOP;

  g_return_val_if_fail (paper != NULL, NULL);

  title = g_strstrip (g_strdup_printf ("%s %s", or_nothing (paper->title), or_nothing (paper->number)));
  document = shequ_document_new (title, SHEQU_PAPER_UPRIGHT);
  shequ_document_set_author (document, paper->office);
  page = shequ_document_add_page (document);
  if (paper->is_void)
    shequ_paper_page_add_watermark (page, _ ("VOID"));
  else if (*or_nothing (paper->number) == '\0')
    shequ_paper_page_add_watermark (page, _ ("Preview"));
  add_stub (page, paper);
  add_cut (page, paper);
  add_head (page, paper);
  if (!add_text (page, paper, &y, error))
    return NULL;
  shequ_page_add_signature (page, or_nothing (paper->office), or_nothing (paper->issued_on), y + 1);
  add_responsible (page, paper, y + 1);
  add_foot (page, paper);
  return g_steal_pointer (&document);
}
