#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

GtkWidget *shequ_error_page_new (const char *uri, const GError *error);

G_END_DECLS
