#pragma once

#include "shequ-compare.h"
#include "shequ-import.h"
#include "shequ-office.h"

G_BEGIN_DECLS

/**
 * ShequImportJob:
 *
 * A spreadsheet on its way into a register, read and stored on worker threads, one piece of work at a time.
 * Counted by references; everything but the progress belongs to the main thread while no work is on its way.
 */
typedef struct _ShequImportJob ShequImportJob;

/**
 * ShequImportWork:
 * @SHEQU_IMPORT_STORE: the rows go into the register
 * @SHEQU_IMPORT_COMPARE: they are compared with it, and nothing is stored
 * @SHEQU_IMPORT_APPLY: what was accepted of the comparison is stored
 *
 * What a run is for.
 */
typedef enum
{
  SHEQU_IMPORT_STORE,
  SHEQU_IMPORT_COMPARE,
  SHEQU_IMPORT_APPLY,
} ShequImportWork;

/**
 * ShequImportRun:
 * @work: what for
 * @dry_run: do everything, keep nothing
 * @on_duplicate: what to do with rows about records that are different
 * @save_rejects: whether refused rows are written to a file beside the spreadsheet
 *
 * How a job is run.
 */
typedef struct
{
  ShequImportWork work;
  gboolean dry_run;
  ShequOnDuplicate on_duplicate;
  gboolean save_rejects;
} ShequImportRun;

void shequ_import_job_open_async (ShequOffice *office,
                                  const ShequRegister *reg,
                                  const char *path,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
ShequImportJob *shequ_import_job_open_finish (ShequOffice *office, GAsyncResult *result, GError **error);
ShequImportJob *shequ_import_job_ref (ShequImportJob *job);
void shequ_import_job_unref (ShequImportJob *job);

const ShequRegister *shequ_import_job_get_register (ShequImportJob *job);
const char *shequ_import_job_get_path (ShequImportJob *job);
const GPtrArray *shequ_import_job_get_sheets (ShequImportJob *job);
guint shequ_import_job_get_sheet (ShequImportJob *job);
guint shequ_import_job_get_header_row (ShequImportJob *job);
ShequMapping *shequ_import_job_get_mapping (ShequImportJob *job);
const GPtrArray *shequ_import_job_get_preview (ShequImportJob *job);

void shequ_import_job_preview_async (ShequImportJob *job,
                                     ShequOffice *office,
                                     guint sheet,
                                     guint header_row,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean shequ_import_job_preview_finish (ShequOffice *office, GAsyncResult *result, GError **error);
void shequ_import_job_run_async (ShequImportJob *job,
                                 ShequOffice *office,
                                 const ShequImportRun *run,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean shequ_import_job_run_finish (ShequOffice *office, GAsyncResult *result, GError **error);
double shequ_import_job_get_progress (ShequImportJob *job, ShequImportResult *counts);
const ShequImportResult *shequ_import_job_get_result (ShequImportJob *job);
const char *shequ_import_job_get_rejects_path (ShequImportJob *job);
ShequComparison *shequ_import_job_get_comparison (ShequImportJob *job);
char *shequ_import_job_save_comparison (ShequImportJob *job, GError **error);
guint shequ_import_job_get_n_duplicates (ShequImportJob *job);
gint64 shequ_import_job_get_last_key (ShequImportJob *job);
char *shequ_import_job_describe_doubts (ShequImportJob *job);
void shequ_import_job_put_right (ShequImportJob *job);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequImportJob, shequ_import_job_unref)

G_END_DECLS
