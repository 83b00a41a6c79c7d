#pragma once

#include <glib-object.h>

#include "shequ-paper-page.h"

G_BEGIN_DECLS

/* How sheets lie; of A4 where nothing else is said. */
typedef enum
{
  SHEQU_PAPER_UPRIGHT,
  SHEQU_PAPER_ACROSS,
  SHEQU_PAPER_A3_UPRIGHT,
  SHEQU_PAPER_A3_ACROSS,
} ShequPaper;

gboolean shequ_paper_is_across (ShequPaper paper);
gboolean shequ_paper_is_a3 (ShequPaper paper);

#define SHEQU_TYPE_DOCUMENT (shequ_document_get_type ())
G_DECLARE_FINAL_TYPE (ShequDocument, shequ_document, SHEQU, DOCUMENT, GObject)

ShequDocument *shequ_document_new (const char *title, ShequPaper paper);
const char *shequ_document_get_title (ShequDocument *self);
void shequ_document_set_author (ShequDocument *self, const char *author);
void shequ_document_set_subject (ShequDocument *self, const char *subject);
void shequ_document_set_created (ShequDocument *self, const char *created);
ShequPaper shequ_document_get_paper (ShequDocument *self);
double shequ_document_get_width (ShequDocument *self);
double shequ_document_get_height (ShequDocument *self);

ShequPaperPage *shequ_document_add_page (ShequDocument *self);
guint shequ_document_get_n_pages (ShequDocument *self);
ShequPaperPage *shequ_document_get_page (ShequDocument *self, guint page);
guint shequ_document_count_unknown_glyphs (ShequDocument *self);
void shequ_document_draw_page (ShequDocument *self, cairo_t *cr, guint page);
gboolean shequ_document_write_pdf (ShequDocument *self, const char *path, GError **error);

G_END_DECLS
