#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ShequCertificateAnswer:
 * @SHEQU_CERTIFICATE_UNKNOWN: on no list; the asking unit has to name a basis
 * @SHEQU_CERTIFICATE_ISSUE: on the list of what a community may issue
 * @SHEQU_CERTIFICATE_REFUSE: on a list of what a community may not issue
 * @SHEQU_CERTIFICATE_CONDITIONAL: may be issued only under the exception that the rule names
 */
typedef enum
{
  SHEQU_CERTIFICATE_UNKNOWN,
  SHEQU_CERTIFICATE_ISSUE,
  SHEQU_CERTIFICATE_REFUSE,
  SHEQU_CERTIFICATE_CONDITIONAL,
} ShequCertificateAnswer;

/** ShequCertificateChannel: where to go instead: @body, and @how it is done there. */
typedef struct
{
  char *body;
  char *how;
} ShequCertificateChannel;

/**
 * ShequCertificateRule:
 * @id: `N01` … of the national refuse list, `L01` … of local ones, `A01` … of what may be issued
 * @title: the name of the certificate
 * @answer: what the clerk is told
 * @basis: (array zero-terminated=1): the rules that the answer stands on
 * @instead: (element-type ShequCertificateChannel): where to go instead, the likeliest first
 * @reason: why the community cannot attest it, or what it has to verify when it may
 * @note: the exception or the limits; may be empty
 * @related: (array zero-terminated=1): ids of rules for a like paper that may be issued
 * @source: the list that the rule stands on
 * @version: date or year of that list; may be empty
 * @out_of_date: why the rule is out of date; empty for one in force
 * @kind: the name of the kind for the command line; %NULL for what is never issued
 * @printable: whether Shequ has a template of it
 * @materials: what the resident has to bring; may be empty
 *
 * One line of one of the lists. All texts are in Chinese, as the lists are.
 */
typedef struct
{
  char *id;
  char *title;
  ShequCertificateAnswer answer;
  char **basis;
  GPtrArray *instead;
  char *reason;
  char *note;
  char **related;
  char *source;
  char *version;
  char *out_of_date;
  char *kind;
  gboolean printable;
  char *materials;
  GPtrArray *names;
} ShequCertificateRule;

typedef struct _ShequCertificateRules ShequCertificateRules;

/** ShequCertificateCandidate: a @rule whose name is like what was typed, as @matched by @score of 1000. */
typedef struct
{
  const ShequCertificateRule *rule;
  const char *matched;
  guint score;
} ShequCertificateCandidate;

/**
 * ShequCertificateReply:
 * @answer: the answer of @rule, or unknown
 * @certain: whether the name was hit, or all near names have the same answer
 * @rule: (nullable): the best match
 * @candidates: (element-type ShequCertificateCandidate): all matches, the best first
 *
 * Keeps the rules alive that it points to.
 */
typedef struct
{
  ShequCertificateAnswer answer;
  gboolean certain;
  const ShequCertificateRule *rule;
  GArray *candidates;
  ShequCertificateRules *rules;
} ShequCertificateReply;

ShequCertificateRules *shequ_certificate_rules_new (GError **error);
ShequCertificateRules *shequ_certificate_rules_ref (ShequCertificateRules *rules);
void shequ_certificate_rules_unref (ShequCertificateRules *rules);
ShequCertificateReply *shequ_certificate_rules_answer (ShequCertificateRules *rules, const char *typed);
GArray *shequ_certificate_rules_scan (ShequCertificateRules *rules, const char *text);
GPtrArray *shequ_certificate_rules_list (ShequCertificateRules *rules, ShequCertificateAnswer answer);
GPtrArray *shequ_certificate_rules_list_kinds (ShequCertificateRules *rules);
const ShequCertificateRule *shequ_certificate_rules_find (ShequCertificateRules *rules, const char *id);
const ShequCertificateRule *shequ_certificate_rules_find_kind (ShequCertificateRules *rules,
                                                               const char *kind);

const char *shequ_certificate_answer_get_name (ShequCertificateAnswer answer);
const char *shequ_certificate_answer_get_label (ShequCertificateAnswer answer);

void shequ_certificate_reply_free (ShequCertificateReply *reply);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequCertificateRules, shequ_certificate_rules_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequCertificateReply, shequ_certificate_reply_free)

G_END_DECLS
