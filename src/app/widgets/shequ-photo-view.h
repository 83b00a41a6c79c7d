#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *shequ_photo_view_new (const char *label, int height);
gboolean shequ_photo_view_set (GtkWidget *view, const char *text);

G_END_DECLS
