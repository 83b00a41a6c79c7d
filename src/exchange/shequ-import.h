#pragma once

#include "shequ-cells.h"
#include "shequ-mapping.h"
#include "shequ-store.h"

G_BEGIN_DECLS

/**
 * ShequImport:
 *
 * A spreadsheet on its way into a register: opened, its header row found, its columns guessed. What was
 * guessed may be corrected in shequ_import_get_mapping() before shequ_import_run().
 */
typedef struct _ShequImport ShequImport;

/**
 * ShequOnDuplicate:
 * @SHEQU_ON_DUPLICATE_REJECT: refuse the row and say what is different
 * @SHEQU_ON_DUPLICATE_SKIP: keep what the register holds
 * @SHEQU_ON_DUPLICATE_UPDATE: take over what the row holds
 *
 * What to do with a row about a record that exists and is different.
 */
typedef enum
{
  SHEQU_ON_DUPLICATE_REJECT,
  SHEQU_ON_DUPLICATE_SKIP,
  SHEQU_ON_DUPLICATE_UPDATE,
} ShequOnDuplicate;

/* Fills what a row takes over from records that it links to; the rules of the office are not known here. */
typedef gboolean (*ShequImportDerive) (ShequTransaction *transaction, ShequRow *row, GError **error);

/**
 * ShequImportWatch:
 * @met: a row is about @record, as the register has it
 * @accept_field: the row gives @field of @record another value, or a linked record that is new and would be
 *   called @title; %FALSE leaves the field as it is
 * @accept_new: the row is about nobody in the register; %FALSE leaves it out
 * @refused: the row was refused
 *
 * Who is told of every row, and may choose what of it is taken. All functions may be %NULL.
 */
typedef struct
{
  gboolean (*met) (guint row, const ShequRow *record, gpointer user_data, char **refusal);
  gboolean (*accept_field) (guint row,
                            const ShequRow *record,
                            const ShequField *field,
                            const ShequValue *value,
                            const char *title,
                            gpointer user_data);
  gboolean (*accept_new) (guint row, const ShequRow *record, gpointer user_data);
  void (*refused) (guint row, const char *reason, gpointer user_data);
  gpointer user_data;
} ShequImportWatch;

typedef struct
{
  gboolean dry_run; /* do everything, keep nothing */
  ShequOnDuplicate on_duplicate;
  const char *rejects_path; /* (nullable): where refused rows are written */
  gint64 unit;              /* the unit of rows that name none */
  ShequActor actor;
  guint chunk_rows;              /* rows that are kept or lost together; 0 for the usual number */
  guint many_rows;               /* added, from which on lists lose their order; 0 for the usual number */
  ShequImportDerive derive;      /* (nullable): called before a row is stored */
  const ShequImportWatch *watch; /* (nullable) */
  /* (nullable): the day on which the file told the truth: from then on its changes and new records hold.
   * %NULL: changes from today on, new records as if they had been there since ever. */
  const char *effective;
} ShequImportOptions;

/* A row that was refused or needs a look, as the clerk reads it. */
typedef struct
{
  guint row; /* in the file, from 1; 0 for the whole file */
  ShequSeverity severity;
  char *text;
} ShequImportMessage;

typedef struct
{
  guint64 read;
  guint64 added;
  guint64 updated;
  guint64 unchanged;
  guint64 rejected;
  guint64 warned;      /* rows stored with a warning or a note */
  guint64 resumed_at;  /* rows that an interrupted run of the same file had stored, or 0 */
  GPtrArray *messages; /* of ShequImportMessage: the first of them */
} ShequImportResult;

typedef struct
{
  guint row;
  char **cells;           /* as long as the mapping's headers */
  ShequSeverity severity; /* of the worst issue */
  char *issues;           /* (nullable) */
} ShequPreviewRow;

typedef void (*ShequImportProgress) (const ShequImportResult *result, double fraction, gpointer user_data);

ShequImport *shequ_import_open (ShequStore *store,
                                const ShequRegister *reg,
                                const char *path,
                                const char *today,
                                GCancellable *cancellable,
                                GError **error);
ShequImport *shequ_import_open_bytes (ShequStore *store,
                                      const ShequRegister *reg,
                                      GBytes *bytes,
                                      ShequSheetFormat format,
                                      const char *today,
                                      GCancellable *cancellable,
                                      GError **error);
void shequ_import_free (ShequImport *import);

ShequMapping *shequ_import_get_mapping (ShequImport *import);
ShequStore *shequ_import_get_store (ShequImport *import);
const char *shequ_import_get_today (ShequImport *import);
const GPtrArray *shequ_import_get_sheets (ShequImport *import);
guint shequ_import_get_sheet (ShequImport *import);
gboolean shequ_import_set_sheet (ShequImport *import, guint sheet, GError **error);
guint shequ_import_get_header_row (ShequImport *import);
gboolean shequ_import_set_header_row (ShequImport *import, guint row, GError **error);
GPtrArray *shequ_import_preview (ShequImport *import, guint n_rows);
gboolean shequ_import_run (ShequImport *import,
                           const ShequImportOptions *options,
                           ShequImportProgress progress,
                           gpointer user_data,
                           GCancellable *cancellable,
                           ShequImportResult *result,
                           GError **error);
void shequ_import_result_clear (ShequImportResult *result);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequImport, shequ_import_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ShequImportResult, shequ_import_result_clear)

G_END_DECLS
