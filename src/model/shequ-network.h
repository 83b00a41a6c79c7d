#pragma once

#include "shequ-office.h"

G_BEGIN_DECLS

/**
 * ShequNetworkHolder:
 * @post: the key in `post`; 0 for a head that the unit or the grid itself names
 * @kind: what it is called, as 楼栋长
 * @name: who
 * @phone: (nullable): the telephone, unmasked
 * @since: (nullable): the first day
 *
 * Who holds a post.
 */
typedef struct
{
  gint64 post;
  char *kind;
  char *name;
  char *phone;
  char *since;
} ShequNetworkHolder;

/**
 * ShequNetworkStep:
 * @reg: `org_unit`, `grid`, `building` or `household`
 * @key: the record; 0 where the chain is broken, as at a household without a dwelling
 * @stairwell: (nullable): of a building, the stairwell
 * @level: what kind of place it is, as 街道 or 单元
 * @title: (nullable): its name
 * @party: (element-type ShequNetworkHolder): who answers on the side of the party
 * @self_government: (element-type ShequNetworkHolder): who answers on the other
 * @must_have: whether an empty side is a gap
 *
 * One place on the way from the district down to a home. An empty side is a gap.
 */
typedef struct
{
  const ShequRegister *reg;
  gint64 key;
  char *stairwell;
  char *level;
  char *title;
  GPtrArray *party;
  GPtrArray *self_government;
  gboolean must_have;
} ShequNetworkStep;

/**
 * ShequNetworkChain:
 * @title: the place that was asked for
 * @steps: (element-type ShequNetworkStep): from the district down
 * @gaps: how many sides of them nobody holds
 * @fault: (nullable): what is wrong with the way, as a unit whose parent is missing
 *
 * Who answers for a place.
 */
typedef struct
{
  char *title;
  GPtrArray *steps;
  guint gaps;
  char *fault;
} ShequNetworkChain;

/**
 * ShequNetworkCoverage:
 * @unit: a unit
 * @name: its name
 * @level: as `street`
 * @depth: how deep it lies below the first
 * @grids: how many basic grids
 * @grids_led: of them with a leader
 * @buildings: how many buildings
 * @heads: of them with a head
 * @party_heads: of them with a party group leader
 * @backbone_buildings: of them with a backbone household
 * @stairwells: how many stairwells
 * @stairwell_heads: heads of them, never more than there are
 * @households: how many households
 * @backbone: backbone posts of them
 *
 * The fill of the network in a unit and all below it. Level five is filled where a building has a head, level
 * six where it has a backbone household.
 */
typedef struct
{
  gint64 unit;
  char *name;
  char *level;
  guint depth;
  gint64 grids;
  gint64 grids_led;
  gint64 buildings;
  gint64 heads;
  gint64 party_heads;
  gint64 backbone_buildings;
  gint64 stairwells;
  gint64 stairwell_heads;
  gint64 households;
  gint64 backbone;
} ShequNetworkCoverage;

/* What of the network is empty. */
typedef enum
{
  SHEQU_GAP_GRID_LEADER,
  SHEQU_GAP_BUILDING_HEAD,
  SHEQU_GAP_BUILDING_PARTY,
  SHEQU_GAP_STAIRWELL_HEAD,
  SHEQU_GAP_BACKBONE,
} ShequNetworkGapKind;

#define SHEQU_N_GAP_KINDS (SHEQU_GAP_BACKBONE + 1)

/**
 * ShequNetworkGap:
 * @reg: `grid` or `building`
 * @key: the record
 * @place: its name
 * @stairwells: (nullable): of a building, the stairwells without a head, as 2单元、3单元
 *
 * A place whose post nobody holds.
 */
typedef struct
{
  const ShequRegister *reg;
  gint64 key;
  char *place;
  char *stairwells;
} ShequNetworkGap;

ShequNetworkChain *shequ_network_get_chain (ShequOffice *office,
                                            const ShequRegister *reg,
                                            gint64 key,
                                            const char *stairwell,
                                            GCancellable *cancellable,
                                            GError **error);
void shequ_network_get_chain_async (ShequOffice *office,
                                    const ShequRegister *reg,
                                    gint64 key,
                                    const char *stairwell,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
ShequNetworkChain *shequ_network_get_chain_finish (ShequOffice *office, GAsyncResult *result, GError **error);
GPtrArray *shequ_network_find_places (ShequOffice *office,
                                      const char *typed,
                                      guint limit,
                                      GCancellable *cancellable,
                                      GError **error);

GPtrArray *shequ_network_list_coverage (ShequOffice *office, GCancellable *cancellable, GError **error);
void shequ_network_list_coverage_async (ShequOffice *office,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
GPtrArray *shequ_network_list_gaps (ShequOffice *office,
                                    ShequNetworkGapKind kind,
                                    gint64 unit,
                                    guint limit,
                                    GCancellable *cancellable,
                                    GError **error);
void shequ_network_list_gaps_async (ShequOffice *office,
                                    ShequNetworkGapKind kind,
                                    gint64 unit,
                                    guint limit,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
GPtrArray *shequ_network_list_finish (ShequOffice *office, GAsyncResult *result, GError **error);

const char *shequ_network_gap_get_label (ShequNetworkGapKind kind);
gboolean shequ_network_is_same_stairwell (const char *one, const char *other);

void shequ_network_chain_free (ShequNetworkChain *chain);
void shequ_network_coverage_free (ShequNetworkCoverage *coverage);
void shequ_network_gap_free (ShequNetworkGap *gap);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequNetworkChain, shequ_network_chain_free)

G_END_DECLS
