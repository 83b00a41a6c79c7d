#pragma once

#include <gtk/gtk.h>

#include "shequ-office.h"

G_BEGIN_DECLS

void shequ_burden_export_ask (GtkWidget *widget,
                              ShequOffice *office,
                              const char *from,
                              const char *to,
                              const char *format);

G_END_DECLS
