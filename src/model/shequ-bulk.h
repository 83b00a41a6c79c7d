#pragma once

#include "shequ-office.h"

G_BEGIN_DECLS

typedef enum
{
  SHEQU_BULK_SET, /* the field gets the value */
  SHEQU_BULK_ADD, /* a record that links here, with the value, from today on; not where one holds already */
  SHEQU_BULK_END, /* those records that link here, with the value, and hold today: they end today */
} ShequBulkKind;

/**
 * ShequBulk:
 * @kind: what is done
 * @reg: the register of the selected records
 * @keys: (element-type gint64): the selected records
 * @field: what is set; of ADD and END the field of the linking register that tells which, as `tag`
 * @through: (nullable): of ADD and END: the link of that register which leads to @reg
 * @path: (nullable): of SET: the links that lead to the record which has @field, as `dwelling.building`;
 * where several of the selected lead to one record, it is changed once
 * @value: the value
 *
 * One change of many records.
 */
typedef struct
{
  ShequBulkKind kind;
  const ShequRegister *reg;
  GArray *keys;
  const ShequField *field;
  const ShequField *through;
  char *path;
  ShequValue value;
} ShequBulk;

/**
 * ShequBulkResult:
 * @changed: how many records were changed, made or ended
 * @unchanged: how many were so already
 * @refused: how many may not be changed so, or lead to no record that has the field
 * @reason: (nullable): why the first of them may not
 * @reg: the register of the records that were changed
 *
 * What became of it, and what it takes to take it back.
 */
typedef struct
{
  guint changed;
  guint unchanged;
  guint refused;
  char *reason;
  const ShequRegister *reg;
  /*< private >*/
  const ShequField *field;
  GArray *keys;
  GPtrArray *before; /* (nullable): of ShequValue; %NULL when the records were made */
} ShequBulkResult;

typedef void (*ShequBulkProgress) (guint done, guint total, gpointer user_data);

ShequBulk *shequ_bulk_new (ShequBulkKind kind, const ShequRegister *reg, GArray *keys);
void shequ_bulk_free (ShequBulk *bulk);
void shequ_bulk_result_free (ShequBulkResult *result);
ShequBulkResult *shequ_bulk_run (ShequOffice *office,
                                 const ShequBulk *bulk,
                                 ShequBulkProgress progress,
                                 gpointer user_data,
                                 GCancellable *cancellable,
                                 GError **error);
gboolean shequ_bulk_undo (ShequOffice *office,
                          const ShequBulkResult *result,
                          GCancellable *cancellable,
                          GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequBulk, shequ_bulk_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequBulkResult, shequ_bulk_result_free)

G_END_DECLS
