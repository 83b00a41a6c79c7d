#pragma once

#include <gtk/gtk.h>

#include "shequ-document.h"

G_BEGIN_DECLS

/**
 * ShequDocumentView:
 *
 * A document as it will look on paper, page below page, as wide as there is room.
 */
#define SHEQU_TYPE_DOCUMENT_VIEW (shequ_document_view_get_type ())
G_DECLARE_FINAL_TYPE (ShequDocumentView, shequ_document_view, SHEQU, DOCUMENT_VIEW, GtkWidget)

GtkWidget *shequ_document_view_new (void);
void shequ_document_view_set_document (ShequDocumentView *self, ShequDocument *document);
ShequDocument *shequ_document_view_get_document (ShequDocumentView *self);

G_END_DECLS
