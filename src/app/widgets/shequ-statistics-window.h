#pragma once

#include <gtk/gtk.h>

#include "shequ-office.h"

G_BEGIN_DECLS

void shequ_statistics_window_present (GtkWidget *parent, ShequOffice *office, const ShequQuery *query);

G_END_DECLS
