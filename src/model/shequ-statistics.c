/* Counts of the records of a list: by age and sex, by any code, by key group. */
#include "shequ-statistics.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-filter.h"

#define BAND 5
#define LAST_BAND 100 /* and older */
#define MOST_CATEGORIES 40
#define MOST_GROUPS_BY_UNIT 12 /* each with a bar for every unit */

void
shequ_statistic_free (ShequStatistic *statistic)
{
  g_free (statistic->label);
  g_free (statistic);
}

void
shequ_figures_free (ShequFigures *figures)
{
  g_free (figures->title);
  g_free (figures->category_title);
  g_ptr_array_unref (figures->categories);
  g_ptr_array_unref (figures->series);
  g_array_unref (figures->values);
  g_free (figures);
}

static void
add (GPtrArray *statistics,
     ShequStatisticKind kind,
     const ShequField *field,
     const ShequField *through,
     const char *label)
{
  ShequStatistic *statistic = g_new0 (ShequStatistic, 1);

  statistic->kind = kind;
  statistic->field = field;
  statistic->through = through;
  statistic->label = g_strdup (label);
  g_ptr_array_add (statistics, statistic);
}

static const ShequField *
find_age (const ShequRegister *reg)
{
  for (guint i = 0; i < reg->fields->len; i++)
    {
      const ShequField *field = reg->fields->pdata[i];

      if (field->compute != NULL && field->compute->type == SHEQU_COMPUTE_AGE)
        return field;
    }
  return NULL;
}

static const ShequField *
find_sex (const ShequRegister *reg)
{
  const ShequField *sex = shequ_register_lookup (reg, "sex");

  return sex != NULL && sex->codes != NULL ? sex : NULL;
}

/* Key groups stand beside their units only where there are units below: in a street and above. */
static void
add_groups (GPtrArray *statistics, ShequOffice *office, const ShequRegister *reg, const ShequFilter *filter)
{
  g_autofree char *by_unit = NULL;

  add (statistics, SHEQU_STATISTIC_GROUPS, filter->field, filter->through, filter->field->label);
  if (shequ_office_get_level (office) == SHEQU_LEVEL_COMMUNITY || shequ_register_lookup (reg, "unit") == NULL)
    return;
  by_unit = g_strdup_printf (_ ("%s and unit"), filter->field->label);
  add (statistics, SHEQU_STATISTIC_GROUPS_BY_UNIT, filter->field, filter->through, by_unit);
}

/**
 * shequ_statistic_get_name:
 * @statistic: a way to count
 *
 * Returns: (transfer full): its name for scripts: that of the field, `age` for ages and sexes, and behind
 * that of the groups `-by-unit` where the units stand beside them
 */
char *
shequ_statistic_get_name (const ShequStatistic *statistic)
{
  if (statistic->kind == SHEQU_STATISTIC_GROUPS_BY_UNIT)
    return g_strconcat (statistic->field->name, "-by-unit", NULL);
  return g_strdup (statistic->field->name);
}

/**
 * shequ_statistics_list:
 * @office: the office
 * @reg: a register
 *
 * Returns: (transfer full) (element-type ShequStatistic): how its records can be counted
 */
GPtrArray *
shequ_statistics_list (ShequOffice *office, const ShequRegister *reg)
{
  GPtrArray *statistics = g_ptr_array_new_with_free_func ((GDestroyNotify) shequ_statistic_free);
  g_autoptr (GPtrArray) filters = shequ_filters_list (reg);

  if (find_age (reg) != NULL && find_sex (reg) != NULL)
    add (statistics, SHEQU_STATISTIC_PYRAMID, find_age (reg), NULL, _ ("Age and sex"));
  for (guint i = 0; i < filters->len; i++)
    {
      const ShequFilter *filter = filters->pdata[i];

      if (filter->through != NULL && filter->field->target != NULL &&
          shequ_register_lookup (filter->field->target, "rule") != NULL)
        add_groups (statistics, office, reg, filter);
    }
  for (guint i = 0; i < reg->fields->len; i++)
    {
      const ShequField *field = reg->fields->pdata[i];

      if (!field->hidden && (field->kind == SHEQU_FIELD_CODE || field->kind == SHEQU_FIELD_YES_NO ||
                             g_str_equal (field->name, "unit") ||
                             (field->kind == SHEQU_FIELD_LINK && !field->create && !field->required)))
        add (statistics, SHEQU_STATISTIC_FIELD, field, NULL, field->label);
    }
  return statistics;
}

static ShequFigures *
new_figures (const ShequStatistic *statistic, const ShequQuery *query)
{
  ShequFigures *figures = g_new0 (ShequFigures, 1);

  figures->kind = statistic->kind;
  if (query->as_of != NULL)
    figures->title =
      g_strdup_printf (_ ("%s by %s, as of %s"), query->reg->label, statistic->label, query->as_of);
  else
    figures->title = g_strdup_printf (_ ("%s by %s"), query->reg->label, statistic->label);
  figures->category_title = g_strdup (statistic->label);
  figures->categories = g_ptr_array_new_with_free_func (g_free);
  figures->series = g_ptr_array_new_with_free_func (g_free);
  figures->values = g_array_new (FALSE, TRUE, sizeof (gint64));
  return figures;
}

static void
add_category (ShequFigures *figures, char *label, gint64 value)
{
  g_ptr_array_add (figures->categories, label);
  g_array_append_val (figures->values, value);
}

/* Whose age or sex is not known is in the total, not in the picture; the finding says how many. */
static gboolean
count_pyramid (ShequFigures *figures, const GPtrArray *rows, const ShequField *sex)
{
  guint bands = LAST_BAND / BAND + 1;
  gint64 zero = 0;

  for (guint i = 0; i < 2; i++)
    {
      const char *const codes[] = { "1", "2" };

      g_ptr_array_add (figures->series, g_strdup (shequ_code_list_lookup (sex->codes, codes[i])->label));
    }
  for (guint band = 0; band < bands; band++)
    {
      g_ptr_array_add (figures->categories, band + 1 < bands
                                              ? g_strdup_printf ("%u–%u", band * BAND, band * BAND + BAND - 1)
                                              : g_strdup_printf ("%u+", band * BAND));
      g_array_append_val (figures->values, zero);
      g_array_append_val (figures->values, zero);
    }
  for (guint i = 0; i < rows->len; i++)
    {
      const ShequSummaryRow *row = rows->pdata[i];
      guint column = g_strcmp0 (row->series, "1") == 0 ? 0 : g_strcmp0 (row->series, "2") == 0 ? 1 : 2;
      gint64 age = row->group != NULL ? g_ascii_strtoll (row->group, NULL, 10) : -1;

      figures->total += row->count;
      if (age >= 0 && column < 2)
        g_array_index (figures->values, gint64, MIN (age / BAND, bands - 1) * 2 + column) += row->count;
    }
  return TRUE;
}

static void
count_field (ShequFigures *figures, const GPtrArray *rows, const ShequField *field)
{
  gint64 others = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      const ShequSummaryRow *row = rows->pdata[i];
      const char *label = row->group == NULL                  ? _ ("not filled in")
                          : field->kind == SHEQU_FIELD_YES_NO ? (*row->group == '1' ? _ ("Yes") : _ ("No"))
                          : row->label != NULL                ? row->label
                                                              : row->group;

      figures->total += row->count;
      if (figures->categories->len < MOST_CATEGORIES)
        add_category (figures, g_strdup (label), row->count);
      else
        others += row->count;
    }
  if (others > 0)
    add_category (figures, g_strdup (_ ("others")), others);
}

static int
compare_counts (gconstpointer one, gconstpointer other)
{
  gint64 first = *(const gint64 *) one, second = *(const gint64 *) other;

  return (first < second) - (first > second);
}

typedef struct
{
  gint64 count; /* first, for compare_counts() */
  char *label;
} Group;

/* The condition of a group: its rule, or that a record says so today. */
static ShequCondition *
find_condition (const ShequQuery *query, const ShequStatistic *statistic, const ShequRow *tag)
{
  const char *rule = shequ_row_get_text (tag, "rule");
  g_autofree char *text =
    rule != NULL
      ? g_strdup (rule)
      : g_strdup_printf ("has %s.%s(%s=%" G_GINT64_FORMAT " and active)", statistic->through->owner->name,
                         statistic->through->name, statistic->field->name, tag->key);
  g_autoptr (ShequCondition) condition = shequ_condition_parse (text, NULL);

  if (condition == NULL || !shequ_condition_bind (condition, query->reg, NULL))
    return NULL;
  return g_steal_pointer (&condition);
}

/* One record may belong to several groups: each is asked for by itself. */
static gboolean
count_groups (ShequOffice *office,
              ShequFigures *figures,
              const ShequQuery *query,
              const ShequStatistic *statistic,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (ShequQuery) all = shequ_office_new_query (office, statistic->field->target);
  g_autoptr (GPtrArray) tags = shequ_office_get_rows (office, all, cancellable, error);
  g_autoptr (GArray) groups = g_array_new (FALSE, FALSE, sizeof (Group));
  ShequStore *store = shequ_office_get_store (office);

  figures->total = tags != NULL ? shequ_store_count (store, query, cancellable, error) : -1;
  for (guint i = 0; figures->total >= 0 && i < tags->len; i++)
    {
      g_autoptr (ShequQuery) narrowed = shequ_query_copy (query);
      ShequCondition *condition = find_condition (query, statistic, tags->pdata[i]);
      Group group = { 0, NULL };

      if (condition == NULL)
        continue;
      shequ_query_take_where (narrowed, condition);
      group.count = shequ_store_count (store, narrowed, cancellable, error);
      group.label = shequ_row_get_title (tags->pdata[i]);
      if (group.count < 0)
        figures->total = -1;
      g_array_append_val (groups, group);
    }
  g_array_sort (groups, compare_counts);
  for (guint i = 0; i < groups->len; i++)
    {
      Group *group = &g_array_index (groups, Group, i);

      if (group->count > 0 && figures->categories->len < MOST_CATEGORIES)
        add_category (figures, g_steal_pointer (&group->label), group->count);
      g_free (group->label);
    }
  return figures->total >= 0;
}

/* unit -> the one right below the office's that it lies in, as the number of its column; the columns get
 * names. */
static GHashTable *
find_columns (ShequOffice *office,
              ShequFigures *figures,
              gint64 root,
              const ShequRegister *units,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (ShequQuery) query = shequ_office_new_query (office, units);
  g_autoptr (GPtrArray) rows = shequ_office_get_rows (office, query, cancellable, error);
  g_autoptr (GHashTable) columns = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  gboolean grown = rows != NULL;

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const ShequRow *row = rows->pdata[i];

      if (shequ_row_get_named (row, "parent")->integer != root || row->key == root)
        continue;
      g_hash_table_insert (columns, g_memdup2 (&row->key, sizeof row->key),
                           GUINT_TO_POINTER (figures->series->len));
      g_ptr_array_add (figures->series, shequ_row_get_title (row));
    }
  /* What lies deeper stands in the column of what it lies in; the tree is as deep as the turns. */
  while (grown)
    {
      grown = FALSE;
      for (guint i = 0; i < rows->len; i++)
        {
          const ShequRow *row = rows->pdata[i];
          gint64 parent = shequ_row_get_named (row, "parent")->integer;
          gpointer column;

          if (row->key == root || g_hash_table_contains (columns, &row->key) ||
              !g_hash_table_lookup_extended (columns, &parent, NULL, &column))
            continue;
          g_hash_table_insert (columns, g_memdup2 (&row->key, sizeof row->key), column);
          grown = TRUE;
        }
    }
  return rows != NULL ? g_steal_pointer (&columns) : NULL;
}

typedef struct
{
  gint64 count; /* first, for compare_counts() */
  char *label;
  gint64 *values;
} GroupRow;

static void
group_row_clear (gpointer data)
{
  GroupRow *row = data;

  g_free (row->label);
  g_free (row->values);
}

static gboolean
count_group_row (ShequOffice *office,
                 ShequQuery *query,
                 GHashTable *columns,
                 GroupRow *row,
                 GCancellable *cancellable,
                 GError **error)
{
  ShequSummaryQuery summary = { .query = query, .group = shequ_register_lookup (query->reg, "unit") };
  g_autoptr (GPtrArray) rows =
    shequ_store_summarise (shequ_office_get_store (office), &summary, cancellable, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const ShequSummaryRow *found = rows->pdata[i];
      gint64 unit = found->group != NULL ? g_ascii_strtoll (found->group, NULL, 10) : 0;
      gpointer column;

      if (!g_hash_table_lookup_extended (columns, &unit, NULL, &column))
        continue;
      row->values[GPOINTER_TO_UINT (column)] += found->count;
      row->count += found->count;
    }
  return rows != NULL;
}

/* The groups as lines, the units as columns. */
static gboolean
count_groups_by_unit (ShequOffice *office,
                      ShequFigures *figures,
                      const ShequQuery *query,
                      const ShequStatistic *statistic,
                      GCancellable *cancellable,
                      GError **error)
{
  const ShequRegister *units = shequ_register_lookup (query->reg, "unit")->target;
  gint64 root = query->unit != 0 ? query->unit : shequ_office_get_unit (office);
  g_autoptr (GHashTable) columns = find_columns (office, figures, root, units, cancellable, error);
  g_autoptr (ShequQuery) all = shequ_office_new_query (office, statistic->field->target);
  g_autoptr (GPtrArray) tags =
    columns != NULL ? shequ_office_get_rows (office, all, cancellable, error) : NULL;
  g_autoptr (GArray) rows = g_array_new (FALSE, TRUE, sizeof (GroupRow));

  g_array_set_clear_func (rows, group_row_clear);
  figures->total =
    tags != NULL ? shequ_store_count (shequ_office_get_store (office), query, cancellable, error) : -1;
  for (guint i = 0; figures->total >= 0 && i < tags->len; i++)
    {
      g_autoptr (ShequQuery) narrowed = shequ_query_copy (query);
      ShequCondition *condition = find_condition (query, statistic, tags->pdata[i]);
      GroupRow row = { 0, NULL, g_new0 (gint64, figures->series->len + 1) };

      if (condition == NULL)
        {
          g_free (row.values);
          continue;
        }
      shequ_query_take_where (narrowed, condition);
      if (!count_group_row (office, narrowed, columns, &row, cancellable, error))
        figures->total = -1;
      row.label = shequ_row_get_title (tags->pdata[i]);
      g_array_append_val (rows, row);
    }
  g_array_sort (rows, compare_counts);
  for (guint i = 0; i < rows->len && i < MOST_GROUPS_BY_UNIT; i++)
    {
      GroupRow *row = &g_array_index (rows, GroupRow, i);

      if (row->count == 0)
        break;
      g_ptr_array_add (figures->categories, g_strdup (row->label));
      g_array_append_vals (figures->values, row->values, figures->series->len);
    }
  return figures->total >= 0;
}

/**
 * shequ_statistics_count:
 * @office: the office
 * @query: the list, with its search words
 * @statistic: how
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Counts the records of a list. Restricted groups are not counted. Blocks: for a worker thread.
 *
 * Returns: (transfer full) (nullable): the figures
 */
ShequFigures *
shequ_statistics_count (ShequOffice *office,
                        const ShequQuery *query,
                        const ShequStatistic *statistic,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (ShequFigures) figures = new_figures (statistic, query);
  g_autoptr (ShequQuery) whole = shequ_query_copy (query);
  gboolean pyramid = statistic->kind == SHEQU_STATISTIC_PYRAMID;
  ShequSummaryQuery summary = { .query = whole, .group = statistic->field };
  g_autoptr (GPtrArray) rows = NULL;

  whole->limit = 0;
  if (statistic->kind == SHEQU_STATISTIC_GROUPS)
    return count_groups (office, figures, whole, statistic, cancellable, error) ? g_steal_pointer (&figures)
                                                                                : NULL;
  if (statistic->kind == SHEQU_STATISTIC_GROUPS_BY_UNIT)
    return count_groups_by_unit (office, figures, whole, statistic, cancellable, error)
             ? g_steal_pointer (&figures)
             : NULL;
  summary.band = pyramid ? BAND : 0;
  summary.series = pyramid ? find_sex (query->reg) : NULL;
  rows = shequ_store_summarise (shequ_office_get_store (office), &summary, cancellable, error);
  if (rows == NULL)
    return NULL;
  if (pyramid)
    count_pyramid (figures, rows, summary.series);
  else
    count_field (figures, rows, statistic->field);
  return g_steal_pointer (&figures);
}
