#pragma once

#include "shequ-date.h"
#include "shequ-volunteers.h"

G_BEGIN_DECLS

/* A shift as plain values; it points into @row. */
ShequShift shequ_volunteers_read_shift (const ShequRow *row);
ShequRow *shequ_volunteers_get_shift (ShequOffice *office,
                                      gint64 key,
                                      GCancellable *cancellable,
                                      GError **error);

/* Who is on duty on shifts of these days. */
ShequQuery *shequ_volunteers_query_duties (ShequOffice *office,
                                           const char *from,
                                           const char *to,
                                           GError **error);

/* The days on which a shift can clash with one of @day, and with the time to travel from or to it. */
gboolean shequ_volunteers_get_neighbours (const char *day, char *before, char *after);

/* What stands against a volunteer on a shift; @duties (nullable) (element-type ShequShift) is what else they
 * do. */
GPtrArray *shequ_volunteers_find_obstacles (const ShequShift *shift,
                                            const ShequRow *volunteer,
                                            const GArray *duties);

G_END_DECLS
