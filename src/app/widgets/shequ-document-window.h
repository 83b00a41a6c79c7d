#pragma once

#include <gtk/gtk.h>

#include "shequ-document.h"

G_BEGIN_DECLS

void shequ_document_window_present (GtkWidget *parent, ShequDocument *document);

G_END_DECLS
