#pragma once

#include "shequ-catalogue.h"

G_BEGIN_DECLS

typedef enum
{
  SHEQU_MEASURE_COUNT,   /* count */
  SHEQU_MEASURE_SUM,     /* sum(field) */
  SHEQU_MEASURE_AVERAGE, /* average(field) */
  SHEQU_MEASURE_SHARE,   /* share(COND): of how many of the records COND holds, in per cent */
} ShequMeasureType;

/**
 * ShequMeasure:
 * @type: what is measured
 * @reg: whose records
 * @field: (nullable): what is summed or averaged
 * @divide: 1, or what a sum is divided by
 * @where: (nullable): which records
 * @share: (nullable): of a share: what is asked of them
 *
 * A figure as people define it: `resident: share(birth_date<=today-65y) where lives_here=yes`. Conditions are
 * those of descriptions; in them `field in period` is a date within the period asked for.
 */
typedef struct
{
  ShequMeasureType type;
  const ShequRegister *reg;
  const ShequField *field;
  gint64 divide;
  ShequCondition *where;
  ShequCondition *share;
} ShequMeasure;

ShequMeasure *shequ_measure_parse (const ShequCatalogue *catalogue,
                                   const char *text,
                                   const char *from,
                                   const char *to,
                                   GError **error);
void shequ_measure_free (ShequMeasure *measure);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequMeasure, shequ_measure_free)

G_END_DECLS
