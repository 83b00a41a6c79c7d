#pragma once

#include "shequ-block-rules.h"
#include "shequ-overlap.h"

G_BEGIN_DECLS

/** ShequItemState: whether an existing work item was admitted, was pushed down, or may never enter. */
typedef enum
{
  SHEQU_ITEM_ADMITTED,
  SHEQU_ITEM_NOT_ADMITTED,
  SHEQU_ITEM_NEVER,
} ShequItemState;

typedef struct _ShequScreening ShequScreening;

/**
 * ShequFinding:
 * @code: `B01` … `B10`, `NO_FUNDING`, `NO_BASIS`, `LATE`, `KEY_HEARING`, `EXEMPT_EMERGENCY`, `ON_LIST`,
 *   `OVERLAP_ITEM`, `OVERLAP_FORM`, `DUTY`, `LOAD` or `CLEAN`
 * @subject: the codes of what it points to, as `1601` or `F07/F10`; empty for none
 * @percent: the share of columns held, for `OVERLAP_FORM`
 * @severity: what it means for the application
 * @title: short
 * @text: the rule in full, or the question to be answered
 * @detail: what in this application led to it
 * @source: what the rule stands on
 * @version: of the rule
 * @hits: (array zero-terminated=1): the words of the application that hit
 */
typedef struct
{
  char *code;
  char *subject;
  guint percent;
  ShequFindingSeverity severity;
  char *title;
  char *text;
  char *detail;
  char *source;
  char *version;
  char **hits;
} ShequFinding;

ShequScreening *shequ_screening_new (ShequCertificateRules *certificates, GError **error);
void shequ_screening_free (ShequScreening *screening);
void shequ_screening_add_item (ShequScreening *screening,
                               const char *code,
                               const char *title,
                               const char *department,
                               ShequItemState state);
void shequ_screening_take_forms (ShequScreening *screening, ShequOverlap *forms);

GPtrArray *shequ_screening_run (ShequScreening *screening, const ShequApplicationFacts *facts);

ShequFinding *shequ_findings_add (GPtrArray *findings, const char *code, ShequFindingSeverity severity);
void shequ_screening_add_load (const ShequApplicationFacts *facts, GPtrArray *findings);

char *shequ_finding_get_label (const ShequFinding *finding);
const char *shequ_severity_get_label (ShequFindingSeverity severity);
const char *shequ_severity_get_name (ShequFindingSeverity severity);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequScreening, shequ_screening_free)

G_END_DECLS
