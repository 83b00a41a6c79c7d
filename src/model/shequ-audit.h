#pragma once

#include "shequ-file.h"
#include "shequ-office.h"

G_BEGIN_DECLS

/**
 * ShequAuditReport:
 * @SHEQU_AUDIT_ALL: the whole change log
 * @SHEQU_AUDIT_LOOKS: looks at what is masked or restricted
 * @SHEQU_AUDIT_OUTSIDE: such looks at people outside of the grid of who looked
 * @SHEQU_AUDIT_NIGHTS: what was done from 22:00 to 06:00
 * @SHEQU_AUDIT_EXPORTS: exports, prints and backups
 * @SHEQU_AUDIT_SIGN_INS: who signed in, or tried to
 * @SHEQU_AUDIT_DELETIONS: what was deleted, brought back or destroyed
 *
 * What an auditor asks of the change log.
 */
typedef enum
{
  SHEQU_AUDIT_ALL,
  SHEQU_AUDIT_LOOKS,
  SHEQU_AUDIT_OUTSIDE,
  SHEQU_AUDIT_NIGHTS,
  SHEQU_AUDIT_EXPORTS,
  SHEQU_AUDIT_SIGN_INS,
  SHEQU_AUDIT_DELETIONS,
  SHEQU_AUDIT_N_REPORTS,
} ShequAuditReport;

/**
 * ShequAuditAsk:
 * @report: which report
 * @reg: (nullable): only entries of this register
 * @key: only entries of this record, or 0
 * @since: (nullable): from this day on, as `2026-11-22`
 * @text: (nullable): only entries whose user, workstation or reason holds this
 * @limit: the most entries, 0 for all
 *
 * A question to the change log.
 */
typedef struct
{
  ShequAuditReport report;
  const ShequRegister *reg;
  gint64 key;
  const char *since;
  const char *text;
  guint limit;
} ShequAuditAsk;

/**
 * ShequAuditLine:
 * @entry: the entry
 * @when: its moment by the clock of the office
 * @record: (nullable): what it concerns, in words
 *
 * An entry as a person reads it.
 */
typedef struct
{
  ShequLogEntry *entry;
  char *when;
  char *record;
} ShequAuditLine;

const char *shequ_audit_report_get_name (ShequAuditReport report);
const char *shequ_audit_report_get_label (ShequAuditReport report);
gboolean shequ_audit_report_parse (const char *name, ShequAuditReport *report);

GPtrArray *shequ_audit_read (ShequOffice *office,
                             const ShequAuditAsk *ask,
                             GCancellable *cancellable,
                             GError **error);
ShequFile *shequ_audit_write_file (ShequAuditReport report, const GPtrArray *lines);
GPtrArray *shequ_audit_read_looks (ShequOffice *office,
                                   const ShequRegister *reg,
                                   gint64 key,
                                   GCancellable *cancellable,
                                   GError **error);
ShequFile *shequ_audit_load_looks (ShequOffice *office,
                                   const ShequRegister *reg,
                                   gint64 key,
                                   GCancellable *cancellable,
                                   GError **error);

G_END_DECLS
