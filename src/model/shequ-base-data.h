#pragma once

#include "shequ-office.h"

G_BEGIN_DECLS

typedef enum
{
  SHEQU_BASE_VALUE,      /* computed */
  SHEQU_BASE_NOTHING,    /* a share or an average of no records: a dash, not 0 */
  SHEQU_BASE_NOT_YET,    /* a register or field is not described; the reason says which */
  SHEQU_BASE_RESTRICTED, /* only for who may see it */
  SHEQU_BASE_WRONG,      /* the definition is not understood */
} ShequBaseState;

/**
 * ShequBaseFigure:
 * @item: the record of the register `base_item`
 * @state: whether there is a value
 * @value: the value: records, yuan, per cent
 * @text: the value as it is shown, without its unit of measure
 * @reason: (nullable): why there is none
 * @reg: (nullable): the register behind it
 * @condition: (nullable): which of its records, as a condition
 *
 * One of the 150 items, computed.
 */
typedef struct
{
  ShequRow *item;
  ShequBaseState state;
  double value;
  char *text;
  char *reason;
  const ShequRegister *reg;
  char *condition;
} ShequBaseFigure;

typedef void (*ShequBaseProgress) (guint done, guint total, gpointer user_data);

GPtrArray *shequ_base_data_compute (ShequOffice *office,
                                    gint64 unit,
                                    const char *day,
                                    ShequBaseProgress progress,
                                    gpointer user_data,
                                    GCancellable *cancellable,
                                    GError **error);
void shequ_base_data_count (const GPtrArray *figures, const char *class_name, guint *filled, guint *all);
void shequ_base_figure_free (ShequBaseFigure *figure);
void shequ_base_period (const char *day, const char *period, char *from, char *to);

G_END_DECLS
