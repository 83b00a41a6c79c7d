#pragma once

#include "shequ-import.h"
#include "shequ-sheet-writer.h"

G_BEGIN_DECLS

/**
 * ShequDifferenceKind:
 * @SHEQU_DIFFERENCE_ADDED: in the file, not in the register
 * @SHEQU_DIFFERENCE_CHANGED: in both, with other values
 * @SHEQU_DIFFERENCE_MISSING: in the register, not in the file
 * @SHEQU_DIFFERENCE_REFUSED: a row of the file that cannot be taken as it is
 */
typedef enum
{
  SHEQU_DIFFERENCE_ADDED,
  SHEQU_DIFFERENCE_CHANGED,
  SHEQU_DIFFERENCE_MISSING,
  SHEQU_DIFFERENCE_REFUSED,
  SHEQU_DIFFERENCE_N_KINDS,
} ShequDifferenceKind;

/* One field that the file gives another value. */
typedef struct
{
  const ShequField *field;
  char *before; /* as a person reads it, masked as privacy asks */
  char *after;  /* as the file has it */
  gboolean accepted;
} ShequFieldDifference;

/* One record that is not the same in the file and in the register. */
typedef struct
{
  ShequDifferenceKind kind;
  guint row;      /* in the file, 0 for a missing one */
  gint64 key;     /* in the register, 0 for an added one */
  gint64 version; /* as it was compared */
  char *title;
  char *detail;      /* of a refused one the reason; of others what tells it from namesakes */
  GPtrArray *fields; /* of ShequFieldDifference; of changed ones */
  gboolean accepted; /* of an added one */
} ShequDifference;

/**
 * ShequComparison:
 *
 * What a second roster would change, before anything of it is stored.
 */
typedef struct
{
  GPtrArray *differences; /* of ShequDifference: added, changed, refused as in the file, then missing */
  guint counts[SHEQU_DIFFERENCE_N_KINDS];
  guint unchanged;
  guint read;
} ShequComparison;

ShequComparison *shequ_compare_run (ShequImport *import,
                                    const ShequImportOptions *options,
                                    const char *expected,
                                    ShequImportProgress progress,
                                    gpointer user_data,
                                    GCancellable *cancellable,
                                    GError **error);
gboolean shequ_compare_apply (ShequImport *import,
                              const ShequComparison *comparison,
                              const ShequImportOptions *options,
                              ShequImportProgress progress,
                              gpointer user_data,
                              GCancellable *cancellable,
                              ShequImportResult *result,
                              GError **error);
gboolean shequ_compare_write (const ShequComparison *comparison, ShequSheetWriter *writer, GError **error);
void shequ_comparison_free (ShequComparison *comparison);
const char *shequ_difference_kind_get_label (ShequDifferenceKind kind);
const char *shequ_difference_kind_get_name (ShequDifferenceKind kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequComparison, shequ_comparison_free)

G_END_DECLS
