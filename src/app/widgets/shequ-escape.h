#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void shequ_escape_closes (GtkWindow *window);

G_END_DECLS
