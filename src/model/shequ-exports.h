#pragma once

#include "shequ-office.h"

G_BEGIN_DECLS

/* The register of what left the office. */
#define SHEQU_EXPORT_REGISTER "export_record"

/**
 * ShequExportAsk:
 * @query: which records
 * @columns: (element-type ShequField): which fields
 * @in_clear: whether numbers are not masked
 * @purpose: (nullable): for what
 * @receiver: (nullable): for whom
 * @basis: (nullable): by which law or agreement
 *
 * What somebody wants to take out of the office. Nothing of it is taken over.
 */
typedef struct
{
  const ShequQuery *query;
  const GPtrArray *columns;
  gboolean in_clear;
  const char *purpose;
  const char *receiver;
  const char *basis;
} ShequExportAsk;

/**
 * ShequExportStanding:
 * @SHEQU_EXPORT_FREE: may be done by oneself
 * @SHEQU_EXPORT_NEEDS_APPROVAL: another person has to agree first, and was not asked yet
 * @SHEQU_EXPORT_WAITS: was asked
 * @SHEQU_EXPORT_APPROVED: may be done once, sealed with a password
 */
typedef enum
{
  SHEQU_EXPORT_FREE,
  SHEQU_EXPORT_NEEDS_APPROVAL,
  SHEQU_EXPORT_WAITS,
  SHEQU_EXPORT_APPROVED,
} ShequExportStanding;

/**
 * ShequExportJudgement:
 * @standing: how it stands
 * @n_records: how many records it is about
 * @limit: from more than how many persons on a second one has to agree
 * @record: the key of the request or approval in %SHEQU_EXPORT_REGISTER, or 0
 */
typedef struct
{
  ShequExportStanding standing;
  gint64 n_records;
  guint limit;
  gint64 record;
} ShequExportJudgement;

/**
 * ShequExportWrite:
 * @judgement: how it stands
 * @mark: (nullable): what the file says of who exported it, when, by which approval
 * @digest: (out): of the file as it was written, %SHEQU_DIGEST_SIZE bytes
 *
 * Writes the file.
 *
 * Returns: how many records, or -1
 */
typedef gint64 (*ShequExportWrite) (const ShequExportJudgement *judgement,
                                    const char *mark,
                                    guint8 *digest,
                                    gpointer user_data,
                                    GError **error);

gboolean shequ_export_judge (ShequOffice *office,
                             const ShequExportAsk *ask,
                             ShequExportJudgement *judgement,
                             GCancellable *cancellable,
                             GError **error);
gint64 shequ_export_request (ShequOffice *office,
                             const ShequExportAsk *ask,
                             GCancellable *cancellable,
                             GError **error);
gboolean shequ_export_decide (ShequOffice *office,
                              gint64 record,
                              const char *refusal,
                              GCancellable *cancellable,
                              GError **error);
gint64 shequ_export_perform (ShequOffice *office,
                             const ShequExportAsk *ask,
                             const char *file,
                             ShequExportWrite write,
                             gpointer user_data,
                             GCancellable *cancellable,
                             GError **error);
char *shequ_export_new_password (void);

G_END_DECLS
