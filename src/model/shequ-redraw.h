#pragma once

#include "shequ-office.h"

G_BEGIN_DECLS

/**
 * ShequRedraw:
 * @buildings: (array length=n_buildings): the buildings that go elsewhere
 * @n_buildings: how many; 0 to merge all of @from
 * @from: the community that is merged or split; 0 where buildings are only moved
 * @unit: the community they come to; 0 for that of @grid, or to stay
 * @grid: the grid they come to; 0 for none when the community changes
 * @new_name: (nullable): the name of a new community beside @from, in place of @unit
 * @day: (nullable): from when, as `2024-12-31`; %NULL for today
 *
 * How the map is drawn anew: buildings to another grid, a community into another, a community in two.
 */
typedef struct
{
  const gint64 *buildings;
  guint n_buildings;
  gint64 from;
  gint64 unit;
  gint64 grid;
  const char *new_name;
  const char *day;
} ShequRedraw;

/* How many records of a register go along. */
typedef struct
{
  const ShequRegister *reg;
  guint count;
} ShequRedrawCount;

/* Called on the thread that works. */
typedef void (*ShequRedrawProgress) (guint done, guint all, gpointer user_data);

GPtrArray *shequ_redraw_count (ShequOffice *office,
                               const ShequRedraw *redraw,
                               GCancellable *cancellable,
                               GError **error);
GPtrArray *shequ_redraw_perform (ShequOffice *office,
                                 const ShequRedraw *redraw,
                                 ShequRedrawProgress progress,
                                 gpointer user_data,
                                 GCancellable *cancellable,
                                 GError **error);
void shequ_redraw_run_async (ShequOffice *office,
                             const ShequRedraw *redraw,
                             gboolean dry_run,
                             ShequRedrawProgress progress,
                             gpointer progress_data,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
GPtrArray *shequ_redraw_run_finish (ShequOffice *office, GAsyncResult *result, GError **error);

G_END_DECLS
