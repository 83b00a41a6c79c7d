#pragma once

#include <gtk/gtk.h>

#include "shequ-office.h"

G_BEGIN_DECLS

void shequ_daily_backup_watch (GtkWidget *window, ShequOffice *office, GCancellable *cancellable);

G_END_DECLS
