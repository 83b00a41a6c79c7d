#pragma once

#include "shequ-office.h"

G_BEGIN_DECLS

/**
 * ShequPlaceKind:
 * @SHEQU_PLACE_RECORD: a record: unit, grid, estate, building, dwelling, household, lane
 * @SHEQU_PLACE_STAIRWELL: a stairwell of a building
 * @SHEQU_PLACE_REST: the buildings of a community that belong to no grid
 *
 * What stands in the tree of places.
 */
typedef enum
{
  SHEQU_PLACE_RECORD,
  SHEQU_PLACE_STAIRWELL,
  SHEQU_PLACE_REST,
} ShequPlaceKind;

/**
 * ShequPlace:
 * @kind: what it is
 * @id: tells it from every other place of the tree
 * @reg: the register: of a stairwell `building`, of the rest `org_unit`
 * @key: the record
 * @stairwell: (nullable): the name of a stairwell; empty for the homes of a building that name none
 * @grid: of an estate: the grid below which it stands, 0 below the rest
 * @title: its name
 * @detail: (nullable): a few words beside it
 * @fault: (nullable): what is wrong with where it stands
 * @is_leaf: whether nothing can lie below it
 *
 * A place of the tree district, street, area, community, grid, estate, building, stairwell, dwelling,
 * household.
 */
typedef struct
{
  ShequPlaceKind kind;
  char *id;
  const ShequRegister *reg;
  gint64 key;
  char *stairwell;
  gint64 grid;
  char *title;
  char *detail;
  char *fault;
  gboolean is_leaf;
} ShequPlace;

/**
 * ShequPlaceCounts:
 * @units: communities
 * @grids: grids
 * @estates: estates
 * @buildings: buildings
 * @dwellings: homes
 * @households: households
 * @people: people in these households
 * @estate_kinds: (element-type ShequSummaryRow): estates by kind, the most first; of units only
 *
 * What lies in a place; -1 where it is not counted.
 */
typedef struct
{
  gint64 units;
  gint64 grids;
  gint64 estates;
  gint64 buildings;
  gint64 dwellings;
  gint64 households;
  gint64 people;
  GPtrArray *estate_kinds;
} ShequPlaceCounts;

GPtrArray *shequ_places_list_roots (ShequOffice *office,
                                    gint64 staff,
                                    GCancellable *cancellable,
                                    GError **error);
GPtrArray *shequ_places_list_children (ShequOffice *office,
                                       const ShequPlace *place,
                                       GCancellable *cancellable,
                                       GError **error);
GPtrArray *shequ_places_find_path (ShequOffice *office,
                                   const ShequRegister *reg,
                                   gint64 key,
                                   GCancellable *cancellable,
                                   GError **error);
ShequPlaceCounts *shequ_places_count (ShequOffice *office,
                                      const ShequPlace *place,
                                      GCancellable *cancellable,
                                      GError **error);

gint64 shequ_places_count_due (ShequOffice *office,
                               const ShequPlace *place,
                               GCancellable *cancellable,
                               GError **error);

void shequ_places_list_roots_async (ShequOffice *office,
                                    gint64 staff,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
void shequ_places_list_children_async (ShequOffice *office,
                                       const ShequPlace *place,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
void shequ_places_find_path_async (ShequOffice *office,
                                   const ShequRegister *reg,
                                   gint64 key,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
GPtrArray *shequ_places_list_finish (ShequOffice *office, GAsyncResult *result, GError **error);
void shequ_places_count_async (ShequOffice *office,
                               const ShequPlace *place,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
ShequPlaceCounts *shequ_places_count_finish (ShequOffice *office, GAsyncResult *result, GError **error);

void shequ_places_count_due_async (ShequOffice *office,
                                   const ShequPlace *place,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gint64 shequ_places_count_due_finish (ShequOffice *office, GAsyncResult *result, GError **error);

ShequPlace *shequ_place_copy (const ShequPlace *place);
void shequ_place_free (ShequPlace *place);
void shequ_place_counts_free (ShequPlaceCounts *counts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequPlace, shequ_place_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequPlaceCounts, shequ_place_counts_free)

G_END_DECLS
