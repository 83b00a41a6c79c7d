#pragma once

#include "shequ-places.h"

G_BEGIN_DECLS

/* What asks the store for places. */
typedef struct
{
  ShequOffice *office;
  GCancellable *cancellable;
} ShequPlacesLook;

GPtrArray *shequ_places_read (const ShequPlacesLook *look,
                              const char *name,
                              GError **error,
                              const char *where,
                              ...) G_GNUC_PRINTF (4, 5);
GPtrArray *shequ_places_group (const ShequPlacesLook *look,
                               const char *name,
                               const char *field,
                               GError **error,
                               const char *where,
                               ...) G_GNUC_PRINTF (5, 6);
char *shequ_places_name_buildings (const ShequPlace *place);
GHashTable *shequ_places_collect_households (const ShequPlacesLook *look,
                                             const char *buildings,
                                             GError **error);
char *shequ_place_make_id (ShequPlaceKind kind,
                           const char *reg,
                           gint64 key,
                           gint64 grid,
                           const char *stairwell);

G_END_DECLS
