#pragma once

#include <gtk/gtk.h>

#include "shequ-office.h"

G_BEGIN_DECLS

GtkWidget *shequ_restricted_list_new (ShequOffice *office, const ShequField *link, gint64 key);
void shequ_restricted_list_set_count (GtkWidget *list, int count);

G_END_DECLS
