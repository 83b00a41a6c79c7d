#pragma once

#include "shequ-import.h"

G_BEGIN_DECLS

/**
 * ShequColumnDoubt:
 * @column: its place, from 0
 * @target: where its header sends it
 * @better: (nullable): where its cells fit
 * @valid: how many of the cells that were looked at fit @target
 * @looked: how many cells were looked at
 *
 * A column whose cells do not fit its header.
 */
typedef struct
{
  guint column;
  const ShequTarget *target;
  const ShequTarget *better;
  guint valid;
  guint looked;
} ShequColumnDoubt;

GPtrArray *shequ_column_check_run (ShequImport *import, GCancellable *cancellable, GError **error);
void shequ_column_check_apply (ShequImport *import, const GPtrArray *doubts);
char *shequ_column_check_describe (ShequImport *import, const GPtrArray *doubts);

G_END_DECLS
