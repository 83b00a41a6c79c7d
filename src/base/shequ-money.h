#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean shequ_money_parse (const char *text, gint64 *fen, GError **error);
char *shequ_money_format (gint64 fen);
char *shequ_money_format_plain (gint64 fen);

G_END_DECLS
