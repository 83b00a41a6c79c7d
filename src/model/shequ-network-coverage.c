/* How full the network is, unit by unit, and which posts are empty. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-error.h"
#include "shequ-network.h"

#define DEEPEST 12

/* What is counted, by unit, in one query each, however large the office. */
static const struct
{
  const char *reg;
  const char *where; /* (nullable) */
  const char *sum;   /* (nullable): a field to add up in place of counting */
  gsize place;
} counts[] = {
  { "grid", "level=basic or level is empty", NULL, G_STRUCT_OFFSET (ShequNetworkCoverage, grids) },
  { "grid", "(level=basic or level is empty) and (leader is set or has post(kind=grid_leader and active))",
    NULL, G_STRUCT_OFFSET (ShequNetworkCoverage, grids_led) },
  { "building", NULL, NULL, G_STRUCT_OFFSET (ShequNetworkCoverage, buildings) },
  { "building", "has post(kind=building_head and active)", NULL,
    G_STRUCT_OFFSET (ShequNetworkCoverage, heads) },
  { "building", "has post(kind=building_party and active)", NULL,
    G_STRUCT_OFFSET (ShequNetworkCoverage, party_heads) },
  { "building", "has post(level=6 and active)", NULL,
    G_STRUCT_OFFSET (ShequNetworkCoverage, backbone_buildings) },
  { "building", NULL, "stairwells", G_STRUCT_OFFSET (ShequNetworkCoverage, stairwells) },
  { "post", "kind=stairwell_head and active", NULL, G_STRUCT_OFFSET (ShequNetworkCoverage, stairwell_heads) },
  { "household", NULL, NULL, G_STRUCT_OFFSET (ShequNetworkCoverage, households) },
  { "post", "level=6 and active", NULL, G_STRUCT_OFFSET (ShequNetworkCoverage, backbone) },
};

static const struct
{
  const char *label;
  const char *reg;
  const char *where;
} gaps[SHEQU_N_GAP_KINDS] = {
  [SHEQU_GAP_GRID_LEADER] = { N_ ("Grids without a leader"), "grid",
                              "(level=basic or level is empty) and leader is empty and "
                              "no post(kind=grid_leader and active)" },
  [SHEQU_GAP_BUILDING_HEAD] = { N_ ("Buildings without a head"), "building",
                                "no post(kind=building_head and active)" },
  [SHEQU_GAP_BUILDING_PARTY] = { N_ ("Buildings without a party group leader"), "building",
                                 "no post(kind=building_party and active)" },
  [SHEQU_GAP_STAIRWELL_HEAD] = { N_ ("Stairwells without a head"), "building", "stairwells is set" },
  [SHEQU_GAP_BACKBONE] = { N_ ("Buildings without a backbone household"), "building",
                           "no post(level=6 and active)" },
};

void
shequ_network_coverage_free (ShequNetworkCoverage *coverage)
{
  g_free (coverage->name);
  g_free (coverage->level);
  g_free (coverage);
}

void
shequ_network_gap_free (ShequNetworkGap *gap)
{
  g_free (gap->place);
  g_free (gap->stairwells);
  g_free (gap);
}

/**
 * shequ_network_gap_get_label:
 * @kind: what is empty
 *
 * Returns: (transfer none): in words, as a heading
 */
const char *
shequ_network_gap_get_label (ShequNetworkGapKind kind)
{
  return _ (gaps[kind].label);
}

static GPtrArray *
read_units (ShequOffice *office, GCancellable *cancellable, GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (office, "org_unit", error);
  g_autoptr (ShequQuery) query = reg != NULL ? shequ_office_new_query (office, reg) : NULL;

  return query != NULL ? shequ_office_get_rows (office, query, cancellable, error) : NULL;
}

static ShequNetworkCoverage *
add_line (GPtrArray *lines, const ShequRow *unit, guint depth)
{
  ShequNetworkCoverage *line = g_new0 (ShequNetworkCoverage, 1);

  line->unit = unit->key;
  line->name = shequ_row_get_title (unit);
  line->level = g_strdup (shequ_row_get_text (unit, "level"));
  line->depth = depth;
  g_ptr_array_add (lines, line);
  return line;
}

/* The unit and what lies below it; `seen` keeps a circle from going round. */
static void
add_below (GPtrArray *lines, const GPtrArray *units, const ShequRow *unit, guint depth, GHashTable *seen)
{
  if (!g_hash_table_add (seen, (gpointer) unit) || depth > DEEPEST)
    return;
  add_line (lines, unit, depth);
  for (guint i = 0; i < units->len; i++)
    if (shequ_row_get_integer (units->pdata[i], "parent") == unit->key)
      add_below (lines, units, units->pdata[i], depth + 1, seen);
}

static gboolean
has_parent (const GPtrArray *units, const ShequRow *unit)
{
  for (guint i = 0; i < units->len; i++)
    if (((ShequRow *) units->pdata[i])->key == shequ_row_get_integer (unit, "parent"))
      return TRUE;
  return FALSE;
}

/* The office's unit first; units whose parent is gone, or that lie in a circle, come last, as if at the top.
 */
static GPtrArray *
list_units (ShequOffice *office, const GPtrArray *units)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify) shequ_network_coverage_free);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  gint64 own = shequ_office_get_unit (office);

  for (guint i = 0; i < units->len; i++)
    {
      const ShequRow *unit = units->pdata[i];

      if (own != 0 ? unit->key == own : !has_parent (units, unit))
        add_below (lines, units, unit, 0, seen);
    }
  for (guint i = 0; own == 0 && i < units->len; i++)
    add_below (lines, units, units->pdata[i], 0, seen);
  return lines;
}

static gboolean
add_count (ShequOffice *office, guint number, GHashTable *lines, GCancellable *cancellable, GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (office, counts[number].reg, error);
  g_autoptr (ShequQuery) query = reg != NULL ? shequ_office_new_query (office, reg) : NULL;
  ShequSummaryQuery summary = { .query = query };
  g_autoptr (GPtrArray) rows = NULL;

  if (query == NULL ||
      (counts[number].where != NULL && !shequ_query_add_where (query, counts[number].where, error)))
    return FALSE;
  summary.group = shequ_register_lookup (reg, "unit");
  if (counts[number].sum != NULL)
    summary.sum = shequ_register_lookup (reg, counts[number].sum);
  rows = shequ_store_summarise (shequ_office_get_store (office), &summary, cancellable, error);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const ShequSummaryRow *row = rows->pdata[i];
      gint64 unit = row->group != NULL ? g_ascii_strtoll (row->group, NULL, 10) : 0;
      ShequNetworkCoverage *line = g_hash_table_lookup (lines, &unit);

      if (line != NULL)
        *(gint64 *) G_STRUCT_MEMBER_P (line, counts[number].place) +=
          counts[number].sum != NULL ? row->sum : row->count;
    }
  return rows != NULL;
}

/* Lines stand in the order of the tree: each takes over the sums of those right below it, the last first. */
static void
add_up (GPtrArray *lines)
{
  for (guint i = lines->len; i > 1; i--)
    {
      const ShequNetworkCoverage *line = lines->pdata[i - 1];
      guint above = i - 1;

      if (line->depth == 0)
        continue;
      while (above > 0 && ((ShequNetworkCoverage *) lines->pdata[above - 1])->depth >= line->depth)
        above--;
      for (guint k = 0; above > 0 && k < G_N_ELEMENTS (counts); k++)
        *(gint64 *) G_STRUCT_MEMBER_P (lines->pdata[above - 1], counts[k].place) +=
          G_STRUCT_MEMBER (gint64, line, counts[k].place);
    }
}

/**
 * shequ_network_list_coverage:
 * @office: the office
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Returns: (transfer full) (element-type ShequNetworkCoverage): the fill of the network in the office's unit
 * and every unit below it, in the order of the tree, in ten queries
 */
GPtrArray *
shequ_network_list_coverage (ShequOffice *office, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) units = read_units (office, cancellable, error);
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (GHashTable) by_unit = g_hash_table_new (g_int64_hash, g_int64_equal);

  if (units == NULL)
    return NULL;
  lines = list_units (office, units);
  for (guint i = 0; i < lines->len; i++)
    g_hash_table_insert (by_unit, &((ShequNetworkCoverage *) lines->pdata[i])->unit, lines->pdata[i]);
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    if (!add_count (office, i, by_unit, cancellable, error))
      return NULL;
  for (guint i = 0; i < lines->len; i++)
    {
      ShequNetworkCoverage *line = lines->pdata[i];

      line->stairwell_heads = MIN (line->stairwell_heads, line->stairwells);
    }
  add_up (lines);
  return g_steal_pointer (&lines);
}

/* building -> the stairwells that have a head, as they were typed. */
static GHashTable *
read_stairwell_heads (ShequOffice *office, gint64 unit, GCancellable *cancellable, GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (office, "post", error);
  g_autoptr (ShequQuery) query = reg != NULL ? shequ_office_new_query (office, reg) : NULL;
  g_autoptr (GPtrArray) posts = NULL;
  g_autoptr (GHashTable) heads =
    g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) g_ptr_array_unref);

  if (query == NULL || !shequ_query_add_where (query, "kind=stairwell_head and active", error))
    return NULL;
  query->unit = unit;
  posts = shequ_office_get_rows (office, query, cancellable, error);
  if (posts == NULL)
    return NULL;
  for (guint i = 0; i < posts->len; i++)
    {
      gint64 building = shequ_row_get_integer (posts->pdata[i], "building");
      GPtrArray *of_building = g_hash_table_lookup (heads, &building);

      if (of_building == NULL)
        {
          of_building = g_ptr_array_new_with_free_func (g_free);
          g_hash_table_insert (heads, g_memdup2 (&building, sizeof building), of_building);
        }
      g_ptr_array_add (of_building, g_strdup (shequ_row_get_text (posts->pdata[i], "stairwell")));
    }
  return g_steal_pointer (&heads);
}

/* Stairwells are counted from one; %NULL when each has a head. */
static char *
list_empty_stairwells (const ShequRow *building, GHashTable *heads)
{
  const GPtrArray *filled = g_hash_table_lookup (heads, &building->key);
  g_autoptr (GString) empty = g_string_new (NULL);

  for (gint64 i = 1; i <= shequ_row_get_integer (building, "stairwells"); i++)
    {
      g_autofree char *name = g_strdup_printf (_ ("Stairwell %d"), (int) i);
      g_autofree char *number = g_strdup_printf ("%d", (int) i);
      gboolean has_head = FALSE;

      for (guint k = 0; filled != NULL && k < filled->len; k++)
        has_head = has_head || shequ_network_is_same_stairwell (filled->pdata[k], number);
      if (!has_head)
        g_string_append_printf (empty, "%s%s", empty->len > 0 ? _ (", ") : "", name);
    }
  return empty->len > 0 ? g_strdup (empty->str) : NULL;
}

static void
add_gap (GPtrArray *list, const ShequRow *row, char *stairwells)
{
  ShequNetworkGap *gap = g_new0 (ShequNetworkGap, 1);

  gap->reg = row->reg;
  gap->key = row->key;
  gap->place = shequ_row_get_title (row);
  gap->stairwells = stairwells;
  g_ptr_array_add (list, gap);
}

/**
 * shequ_network_list_gaps:
 * @office: the office
 * @kind: which posts
 * @unit: a unit, or 0 for the office's
 * @limit: the most, 0 for all
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Returns: (transfer full) (element-type ShequNetworkGap): the places of the unit whose post nobody holds
 */
GPtrArray *
shequ_network_list_gaps (ShequOffice *office,
                         ShequNetworkGapKind kind,
                         gint64 unit,
                         guint limit,
                         GCancellable *cancellable,
                         GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (office, gaps[kind].reg, error);
  g_autoptr (ShequQuery) query = reg != NULL ? shequ_office_new_query (office, reg) : NULL;
  g_autoptr (GHashTable) heads = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) shequ_network_gap_free);

  if (query == NULL || !shequ_query_add_where (query, gaps[kind].where, error))
    return NULL;
  if (unit != 0)
    query->unit = unit;
  if (kind == SHEQU_GAP_STAIRWELL_HEAD)
    heads = read_stairwell_heads (office, query->unit, cancellable, error);
  else
    query->limit = limit;
  if (kind == SHEQU_GAP_STAIRWELL_HEAD && heads == NULL)
    return NULL;
  rows = shequ_office_get_rows (office, query, cancellable, error);
  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < rows->len && (limit == 0 || list->len < limit); i++)
    {
      char *empty = heads != NULL ? list_empty_stairwells (rows->pdata[i], heads) : NULL;

      if (heads == NULL || empty != NULL)
        add_gap (list, rows->pdata[i], empty);
    }
  return g_steal_pointer (&list);
}
