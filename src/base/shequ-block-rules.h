#pragma once

#include "shequ-certificate-rules.h"

G_BEGIN_DECLS

/** SHEQU_WORKING_DAYS_UNKNOWN: the year has no calendar, or no start was named. */
#define SHEQU_WORKING_DAYS_UNKNOWN G_MININT

/**
 * ShequApplicationFacts:
 * @title: what the work is called
 * @category: which of the eight kinds of entering, as written on the form
 * @nature: 长期, 阶段 or 临时
 * @basis: the statutes and papers named
 * @role: 主办, 协助 or 配合
 * @content: what the community is to do
 * @frequency: how often
 * @columns_asked: (nullable) (array zero-terminated=1): the headings of the form to be filled
 * @wants_plate: a plate is to be put up
 * @wants_body: a body is to be set up
 * @wants_ledger: a ledger is to be kept
 * @wants_system: a system or an app is to be used
 * @wants_check: the work is to be checked or assessed
 * @funding_fen: money that comes with it, in fen
 * @zero_funding_reason: why none comes
 * @hours_per_year: hours a year in each community; 0 where not estimated
 * @communities: how many communities it is to go into; 0 where not said
 * @department: the code or name of the asking department
 * @working_days_ahead: working days from the day after filing up to and including the start
 *
 * What an application says, as plain values. Texts may be %NULL. Nothing is owned.
 */
typedef struct
{
  const char *title;
  const char *category;
  const char *nature;
  const char *basis;
  const char *role;
  const char *content;
  const char *frequency;
  const char *const *columns_asked;
  gboolean wants_plate;
  gboolean wants_body;
  gboolean wants_ledger;
  gboolean wants_system;
  gboolean wants_check;
  gint64 funding_fen;
  const char *zero_funding_reason;
  gint64 hours_per_year;
  gint64 communities;
  const char *department;
  int working_days_ahead;
} ShequApplicationFacts;

/**
 * ShequFindingSeverity:
 * @SHEQU_SEVERITY_BLOCK: refused at once
 * @SHEQU_SEVERITY_WARNING: to be mended or weighed before a decision
 * @SHEQU_SEVERITY_ASK: words do not decide it; a person has to
 * @SHEQU_SEVERITY_NOTE: good to know
 */
typedef enum
{
  SHEQU_SEVERITY_BLOCK,
  SHEQU_SEVERITY_WARNING,
  SHEQU_SEVERITY_ASK,
  SHEQU_SEVERITY_NOTE,
} ShequFindingSeverity;

/**
 * ShequBlockRule:
 * @id: as `B01`
 * @title: its short name
 * @text: the rule in full, as shown to the department
 * @question: what is asked where the words do not decide
 * @source: the law or paper it stands on
 * @version: date of that paper, or of our wording
 * @severity: what a hit means
 * @exempts: whether a hit frees the application from admission
 */
typedef struct
{
  char *id;
  char *title;
  char *text;
  char *question;
  char *source;
  char *version;
  ShequFindingSeverity severity;
  gboolean exempts;
  GPtrArray *cases;
} ShequBlockRule;

typedef enum
{
  SHEQU_RULE_MISSES,
  SHEQU_RULE_ASKS,
  SHEQU_RULE_HITS,
} ShequRuleOutcome;

typedef struct _ShequBlockRules ShequBlockRules;

ShequBlockRules *shequ_block_rules_load (const char *path, GError **error);
ShequBlockRules *shequ_block_rules_new (const char *name, const char *text, GError **error);
void shequ_block_rules_free (ShequBlockRules *rules);

guint shequ_block_rules_get_count (ShequBlockRules *rules);
const ShequBlockRule *shequ_block_rules_get (ShequBlockRules *rules, guint index);
const ShequBlockRule *shequ_block_rules_find (ShequBlockRules *rules, const char *id);

ShequRuleOutcome shequ_block_rule_apply (const ShequBlockRule *rule,
                                         const ShequApplicationFacts *facts,
                                         ShequCertificateRules *certificates,
                                         char ***hits);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequBlockRules, shequ_block_rules_free)

G_END_DECLS
