#pragma once

#include <gtk/gtk.h>

#include "shequ-document.h"

G_BEGIN_DECLS

GtkPrintOperation *shequ_print_operation_new (ShequDocument *document);
void shequ_print_operation_run (GtkWidget *widget, ShequDocument *document);

G_END_DECLS
