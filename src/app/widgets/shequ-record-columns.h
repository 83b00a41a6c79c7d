#pragma once

#include <gtk/gtk.h>

#include "shequ-record.h"

G_BEGIN_DECLS

void shequ_record_columns_fill (GtkColumnView *view,
                                const ShequList *list,
                                GCallback sort_changed,
                                gpointer data);
const ShequField *shequ_record_columns_get_sort (GtkColumnView *view, gboolean *descending);

G_END_DECLS
