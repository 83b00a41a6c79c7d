#pragma once

#include "shequ-paper-page.h"

G_BEGIN_DECLS

/* The seal of a residents committee is 42 mm across. */
#define SHEQU_SEAL_RADIUS 21.0

/**
 * ShequPageParagraph:
 * @text: the words
 * @flush: whether its first line begins at the edge (an addressee)
 *
 * A paragraph of the text of a paper.
 */
typedef struct
{
  const char *text;
  gboolean flush;
} ShequPageParagraph;

double shequ_page_add_fitted (ShequPaperPage *page,
                              const ShequPageType *type,
                              const char *text,
                              double x,
                              double y,
                              double width);
gboolean shequ_page_add_paragraphs (ShequPaperPage *page,
                                    const ShequPageParagraph *paragraphs,
                                    guint n_paragraphs,
                                    double *y,
                                    double bottom);
guint shequ_page_take_paragraphs (ShequPaperPage *page,
                                  const ShequPageParagraph *paragraphs,
                                  guint n_paragraphs,
                                  double *y,
                                  double bottom);
double shequ_page_add_signature (ShequPaperPage *page, const char *office, const char *date, double y);
void shequ_page_add_page_number (ShequPaperPage *page, guint number);

G_END_DECLS
