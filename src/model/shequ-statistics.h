#pragma once

#include "shequ-office.h"

G_BEGIN_DECLS

typedef enum
{
  SHEQU_STATISTIC_PYRAMID,        /* bands of five years of age, men and women */
  SHEQU_STATISTIC_FIELD,          /* by the values of a field */
  SHEQU_STATISTIC_GROUPS,         /* by key groups; one record may belong to several */
  SHEQU_STATISTIC_GROUPS_BY_UNIT, /* the same, in a column for each unit right below that of the office */
} ShequStatisticKind;

/**
 * ShequStatistic:
 * @kind: what is counted
 * @field: (nullable): by the values of this field; of a pyramid the age
 * @through: (nullable): of groups: the link of the register that says who belongs
 * @label: what a person reads
 *
 * One way to count the records of a list.
 */
typedef struct
{
  ShequStatisticKind kind;
  const ShequField *field;
  const ShequField *through;
  char *label;
} ShequStatistic;

/**
 * ShequFigures:
 * @title: what is counted
 * @category_title: what the lines are
 * @categories: their labels
 * @series: (nullable): the names of the columns; one column when %NULL
 * @values: (element-type gint64): for each category the values of its series
 * @total: how many records were counted
 *
 * What was counted, as a table.
 */
typedef struct
{
  ShequStatisticKind kind;
  char *title;
  char *category_title;
  GPtrArray *categories;
  GPtrArray *series;
  GArray *values;
  gint64 total;
} ShequFigures;

GPtrArray *shequ_statistics_list (ShequOffice *office, const ShequRegister *reg);
ShequFigures *shequ_statistics_count (ShequOffice *office,
                                      const ShequQuery *query,
                                      const ShequStatistic *statistic,
                                      GCancellable *cancellable,
                                      GError **error);
char *shequ_statistic_get_name (const ShequStatistic *statistic);
void shequ_statistic_free (ShequStatistic *statistic);
void shequ_figures_free (ShequFigures *figures);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequFigures, shequ_figures_free)

G_END_DECLS
