#pragma once

#include "shequ-office.h"

G_BEGIN_DECLS

/**
 * ShequBuildingHousehold:
 * @key: the household
 * @head: (nullable): who heads it
 * @members: how many people
 * @backbone: whether it is a backbone household
 * @visit_due: whether somebody is to be visited by now
 * @tags: (nullable): the kinds of key groups of its people, each once, as 老年、残疾
 *
 * Who lives in a dwelling.
 */
typedef struct
{
  gint64 key;
  char *head;
  gint64 members;
  gboolean backbone;
  gboolean visit_due;
  GPtrArray *tags;
} ShequBuildingHousehold;

/**
 * ShequBuildingDwelling:
 * @key: the dwelling
 * @stairwell: its place among the stairwells of the building
 * @floor: %SHEQU_FLOOR_UNKNOWN when neither entered nor told by the number
 * @room: as it stands on the door
 * @use: (nullable): a code of dwelling_use
 * @use_label: (nullable): the same in words
 * @households: (element-type ShequBuildingHousehold): who lives there
 */
typedef struct
{
  gint64 key;
  guint stairwell;
  int floor;
  char *room;
  char *use;
  char *use_label;
  GPtrArray *households;
} ShequBuildingDwelling;

/**
 * ShequBuilding:
 * @key: the building
 * @title: its name with the estate's
 * @estate: the key of its estate, or 0
 * @estate_title: (nullable): its name
 * @grid_title: (nullable): the grid that it belongs to
 * @head: (nullable): the building head
 * @stairwells: (element-type utf8): their names in order; one empty text where there are none
 * @dwellings: (element-type ShequBuildingDwelling): by stairwell, from the top floor down, by door
 * @tags: (element-type utf8): the kinds of key groups that occur, the commonest first
 * @has_tags: whether key groups are registered at all
 * @has_visits: whether visits are planned at all
 *
 * A building with all its homes, for a picture.
 */
typedef struct
{
  gint64 key;
  char *title;
  gint64 estate;
  char *estate_title;
  char *grid_title;
  char *head;
  GPtrArray *stairwells;
  GPtrArray *dwellings;
  GPtrArray *tags;
  gboolean has_tags;
  gboolean has_visits;
} ShequBuilding;

ShequBuilding *shequ_building_read (ShequOffice *office,
                                    gint64 key,
                                    gboolean with_visits,
                                    GCancellable *cancellable,
                                    GError **error);
void shequ_building_read_async (ShequOffice *office,
                                gint64 key,
                                gboolean with_visits,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
ShequBuilding *shequ_building_read_finish (ShequOffice *office, GAsyncResult *result, GError **error);
GPtrArray *shequ_building_read_estate (ShequOffice *office,
                                       gint64 estate,
                                       GCancellable *cancellable,
                                       GError **error);
void shequ_building_read_estate_async (ShequOffice *office,
                                       gint64 estate,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
GPtrArray *shequ_building_read_estate_finish (ShequOffice *office, GAsyncResult *result, GError **error);
gint64 shequ_building_count_people (const ShequBuilding *building);
guint shequ_building_count_households (const ShequBuilding *building);
void shequ_building_free (ShequBuilding *building);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequBuilding, shequ_building_free)

G_END_DECLS
