#pragma once

#include "shequ-date.h"

G_BEGIN_DECLS

gboolean shequ_time_parse (const char *text, int *minutes, GError **error);
gboolean shequ_time_parse_seconds (const char *text, int *seconds, GError **error);
gboolean shequ_time_from_serial (double serial, int *minutes, GError **error);
void shequ_time_to_text (int minutes, char *buffer);

gboolean shequ_moment_parse (const char *text, gint64 *seconds, GError **error);
gboolean shequ_moment_from_utc (const char *text, gint64 *seconds);
void shequ_moment_to_utc (gint64 seconds, char *buffer);
char *shequ_moment_format (gint64 seconds);
void shequ_moment_to_date (gint64 seconds, ShequDate *date, int *minutes);
gint64 shequ_moment_from_date (const ShequDate *date, int minutes);

G_END_DECLS
