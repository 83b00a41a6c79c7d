#pragma once

#include "shequ-demo-rates.h"

G_BEGIN_DECLS

/**
 * ShequDemoDwelling:
 * @stairwell: counted from 1; 0 in a house of one storey
 * @floor: counted from 1
 * @room: as it stands on the door
 * @use: a code of dwelling_use; %NULL for a home, which its household decides
 * @area: in square metres
 */
typedef struct
{
  guint stairwell;
  int floor;
  char room[8];
  const char *use;
  int area;
} ShequDemoDwelling;

/**
 * ShequDemoBuilding:
 * @name: without the estate's, as `3号楼`
 * @floors: how many
 * @stairwells: how many
 * @grid: counted from 0 in the community
 * @dwellings: (element-type ShequDemoDwelling)
 */
typedef struct
{
  char *name;
  guint floors;
  guint stairwells;
  guint grid;
  GArray *dwellings;
} ShequDemoBuilding;

/**
 * ShequDemoEstate:
 * @name: no other estate of the same places has it
 * @kind: a code of estate_kinds
 * @road: where it lies, as `海明东路12号`
 * @buildings: (element-type ShequDemoBuilding)
 */
typedef struct
{
  char *name;
  const char *kind;
  char *road;
  GPtrArray *buildings;
} ShequDemoEstate;

typedef struct _ShequDemoPlaces ShequDemoPlaces;

ShequDemoPlaces *shequ_demo_places_new (const ShequDemoRates *rates, guint64 seed);
void shequ_demo_places_free (ShequDemoPlaces *places);
GPtrArray *shequ_demo_places_make_estates (ShequDemoPlaces *places, guint households, guint *grids);
char *shequ_demo_places_draw_road (ShequDemoPlaces *places);
char *shequ_demo_dwelling_format_stairwell (const ShequDemoDwelling *dwelling);
char *shequ_demo_dwelling_format_address (const ShequDemoDwelling *dwelling,
                                          const ShequDemoBuilding *building,
                                          const ShequDemoEstate *estate);
void shequ_demo_estate_free (ShequDemoEstate *estate);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequDemoPlaces, shequ_demo_places_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequDemoEstate, shequ_demo_estate_free)

G_END_DECLS
