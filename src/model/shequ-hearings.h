#pragma once

#include "shequ-office.h"

G_BEGIN_DECLS

/** ShequHearingDraw: @count delegates are drawn for a @hearing from its list of names; without a @seed one is
 * made. */
typedef struct
{
  gint64 hearing;
  guint count;
  const char *seed;
} ShequHearingDraw;

gboolean shequ_hearing_draw (ShequOffice *office,
                             const ShequHearingDraw *draw,
                             GCancellable *cancellable,
                             GError **error);
void shequ_hearing_draw_async (ShequOffice *office,
                               const ShequHearingDraw *draw,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean shequ_hearing_draw_finish (ShequOffice *office, GAsyncResult *result, GError **error);

G_END_DECLS
