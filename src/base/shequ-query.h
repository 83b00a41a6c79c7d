#pragma once

#include "shequ-catalogue.h"

G_BEGIN_DECLS

/**
 * ShequQuery:
 *
 * A look at a register: which records, in which order. The same query serves lists, exports, reports and
 * the command line; the store turns it into the language of its engine.
 */
typedef struct
{
  const ShequRegister *reg;
  ShequCondition *where; /* (nullable) */
  char *search;          /* (nullable): as a person typed it */
  GArray *sort; /* of ShequSort; empty means the default list's, or best match first when searching */
  gint64 unit;  /* 0, or only records of this unit and the units below it */
  gboolean with_deleted;
  gboolean
    with_restricted; /* also what the description restricts; who sets it shows no more than that it is */
  char *today;       /* for conditions and ages */
  char *as_of;       /* (nullable): as the register stood at the end of this day, which is then @today */
  guint limit;       /* 0 for all */
} ShequQuery;

ShequQuery *shequ_query_new (const ShequRegister *reg, const char *today);
ShequQuery *shequ_query_copy (const ShequQuery *query);
void shequ_query_free (ShequQuery *query);
void shequ_query_set_search (ShequQuery *query, const char *search);
void shequ_query_set_as_of (ShequQuery *query, const char *day);
gboolean shequ_query_add_where (ShequQuery *query, const char *condition, GError **error);
void shequ_query_take_where (ShequQuery *query, ShequCondition *condition);
gboolean shequ_query_sort_by (ShequQuery *query, const char *field, gboolean descending, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequQuery, shequ_query_free)

typedef enum
{
  SHEQU_PERIOD_NONE,
  SHEQU_PERIOD_DAY,
  SHEQU_PERIOD_MONTH,
  SHEQU_PERIOD_YEAR,
} ShequPeriod;

/**
 * ShequSummaryQuery:
 *
 * Counts and sums of a register by groups, as charts and reports need them: `sum` of `minutes` of work
 * entries by `department` and by month of `day`.
 */
typedef struct
{
  ShequQuery *query;            /* which records */
  const ShequField *group;      /* (nullable): by value of this field; one step over @group_link where set */
  const ShequField *group_link; /* (nullable): a link of the register; @group is then a field of its target */
  const ShequField *date;       /* (nullable): by period of this date */
  ShequPeriod period;
  const ShequField *sum;    /* (nullable): count when %NULL */
  const ShequField *series; /* (nullable): by value of this field of the register, too */
  guint band;               /* 0, or how many values of a number @group form one group, as 5 years of age */
} ShequSummaryQuery;

G_END_DECLS
