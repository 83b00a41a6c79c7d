#pragma once

#include <gtk/gtk.h>

#include "shequ-document.h"

G_BEGIN_DECLS

void shequ_document_save_ask (GtkWidget *widget, ShequDocument *document, const char *name);

G_END_DECLS
