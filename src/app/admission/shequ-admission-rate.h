#pragma once

#include <gtk/gtk.h>

#include "shequ-office.h"

G_BEGIN_DECLS

void shequ_admission_rate_present (GtkWidget *parent, ShequOffice *office, gint64 application);

G_END_DECLS
