#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *shequ_number_to_text (double number, guint decimals);

G_END_DECLS
