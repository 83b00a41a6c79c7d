/*
 * Screening of an application for admission: block rules, other rules of words, and what overlaps with the
 * items and forms that exist.
 *
 * Rules by words do not understand a text. Where they cannot decide they ask (%SHEQU_SEVERITY_ASK); a
 * question on a block rule is put only while its answer can still change the outcome, that is while no other
 * block rule has hit.
 */
#include "shequ-screening.h"

#include "shequ-rule-file.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  char *code;
  char *title;
  char *department;
  ShequItemState state;
} Item;

/* The settings of one kind of overlap. */
typedef struct
{
  char *title;
  char *text;
  char *source;
  char *version;
  guint share;
} OverlapRule;

struct _ShequScreening
{
  ShequBlockRules *block_rules;
  ShequBlockRules *other_rules;
  ShequCertificateRules *certificates;
  OverlapRule items_rule;
  OverlapRule listed_rule;
  OverlapRule forms_rule;
  guint shortest;
  char **general_words;
  GPtrArray *items;
  ShequOverlap *forms;
};

static const struct
{
  const char *name;
  const char *label;
} severities[] = {
  [SHEQU_SEVERITY_BLOCK] = { "block", N_ ("Refused at once") },
  [SHEQU_SEVERITY_WARNING] = { "warning", N_ ("To be mended or weighed") },
  [SHEQU_SEVERITY_ASK] = { "ask", N_ ("A person has to decide") },
  [SHEQU_SEVERITY_NOTE] = { "note", N_ ("Note") },
};

static void
item_free (gpointer data)
{
  Item *item = data;

  g_free (item->code);
  g_free (item->title);
  g_free (item->department);
  g_free (item);
}

static void
overlap_rule_clear (OverlapRule *rule)
{
  g_free (rule->title);
  g_free (rule->text);
  g_free (rule->source);
  g_free (rule->version);
}

static void
finding_free (gpointer data)
{
  ShequFinding *finding = data;

  g_free (finding->code);
  g_free (finding->subject);
  g_free (finding->title);
  g_free (finding->text);
  g_free (finding->detail);
  g_free (finding->source);
  g_free (finding->version);
  g_strfreev (finding->hits);
  g_free (finding);
}

static void
read_overlap_rule (ShequRuleFile *file, const char *group, const char *prefix, OverlapRule *rule)
{
  g_autofree char *title = g_strconcat (prefix, "Title", NULL);
  g_autofree char *text = g_strconcat (prefix, "Text", NULL);
  g_autofree char *share = g_strconcat (prefix, "Share", NULL);

  rule->title = shequ_rule_file_need_text (file, group, title);
  rule->text = shequ_rule_file_need_text (file, group, text);
  rule->source = shequ_rule_file_need_text (file, group, "Source");
  rule->version = shequ_rule_file_need_text (file, group, "Version");
  rule->share = shequ_rule_file_get_integer (file, group, share, 1, 100, 100);
}

static gboolean
load_overlap (ShequScreening *screening, GError **error)
{
  g_autoptr (ShequRuleFile) file = shequ_rule_file_load ("rules/screening-overlap.ini", error);

  if (file == NULL)
    return FALSE;
  shequ_rule_file_check_keys (
    file, "Items",
    "Title Text ListedTitle ListedText Source Version Share ListedShare Shortest GeneralWords");
  shequ_rule_file_check_keys (file, "Forms", "Title Text Source Version Share");
  read_overlap_rule (file, "Items", "", &screening->items_rule);
  read_overlap_rule (file, "Items", "Listed", &screening->listed_rule);
  read_overlap_rule (file, "Forms", "", &screening->forms_rule);
  screening->shortest = shequ_rule_file_get_integer (file, "Items", "Shortest", 1, 100, 1);
  screening->general_words = shequ_rule_file_get_list (file, "Items", "GeneralWords");
  return shequ_rule_file_finish (file, error);
}

/**
 * shequ_screening_new:
 * @certificates: the lists of certificates
 * @error: return location
 *
 * Loads the rules of `data/rules` that an application is screened by; items and forms are added afterwards.
 */
ShequScreening *
shequ_screening_new (ShequCertificateRules *certificates, GError **error)
{
  g_autoptr (ShequScreening) screening = NULL;

  g_return_val_if_fail (certificates != NULL, NULL);

  screening = g_new0 (ShequScreening, 1);
  screening->certificates = shequ_certificate_rules_ref (certificates);
  screening->items = g_ptr_array_new_with_free_func (item_free);
  screening->forms = shequ_overlap_new ();
  screening->block_rules = shequ_block_rules_load ("rules/block-rules.ini", error);
  if (screening->block_rules == NULL)
    return NULL;
  screening->other_rules = shequ_block_rules_load ("rules/screening-rules.ini", error);
  if (screening->other_rules == NULL || !load_overlap (screening, error))
    return NULL;
  return g_steal_pointer (&screening);
}

void
shequ_screening_free (ShequScreening *screening)
{
  if (screening == NULL)
    return;
  shequ_block_rules_free (screening->block_rules);
  shequ_block_rules_free (screening->other_rules);
  shequ_certificate_rules_unref (screening->certificates);
  overlap_rule_clear (&screening->items_rule);
  overlap_rule_clear (&screening->listed_rule);
  overlap_rule_clear (&screening->forms_rule);
  g_strfreev (screening->general_words);
  g_ptr_array_unref (screening->items);
  shequ_overlap_free (screening->forms);
  g_free (screening);
}

/**
 * shequ_screening_add_item:
 * @screening: the screening
 * @code: the item's code
 * @title: what the item is called
 * @department: (nullable): the code of the department that asks for it
 * @state: whether it was admitted
 *
 * Makes an existing work item known, so that the same work is noticed.
 */
void
shequ_screening_add_item (ShequScreening *screening,
                          const char *code,
                          const char *title,
                          const char *department,
                          ShequItemState state)
{
  Item *item;

  g_return_if_fail (screening != NULL && code != NULL && title != NULL);

  item = g_new0 (Item, 1);
  item->code = g_strdup (code);
  item->title = g_strdup (title);
  item->department = g_strdup (department);
  item->state = state;
  g_ptr_array_add (screening->items, item);
}

/** shequ_screening_take_forms: the existing forms, so that what they hold is not asked again; takes @forms.
 */
void
shequ_screening_take_forms (ShequScreening *screening, ShequOverlap *forms)
{
  g_return_if_fail (screening != NULL && forms != NULL);

  shequ_overlap_free (screening->forms);
  screening->forms = forms;
}

/**
 * shequ_findings_add:
 * @findings: (element-type ShequFinding): what shequ_screening_run() returned
 * @code: the code of another finding
 * @severity: what it means
 *
 * Returns: (transfer none): the new finding, to be filled; its subject, detail and hits are empty
 */
ShequFinding *
shequ_findings_add (GPtrArray *findings, const char *code, ShequFindingSeverity severity)
{
  ShequFinding *finding = g_new0 (ShequFinding, 1);

  finding->code = g_strdup (code);
  finding->severity = severity;
  finding->subject = g_strdup ("");
  finding->detail = g_strdup ("");
  finding->hits = g_new0 (char *, 1);
  g_ptr_array_add (findings, finding);
  return finding;
}

static char *
describe_hits (char *const *hits)
{
  g_autofree char *list = NULL;

  if (hits[0] == NULL)
    return g_strdup ("");
  list = g_strjoinv (_ ("”, “"), (char **) hits);
  return g_strdup_printf (_ ("The application says “%s”."), list);
}

/* Returns whether the rule frees the application from admission. */
static gboolean
apply_rule (ShequScreening *screening,
            const ShequBlockRule *rule,
            const ShequApplicationFacts *facts,
            GPtrArray *findings)
{
  g_auto (GStrv) hits = NULL;
  ShequRuleOutcome outcome = shequ_block_rule_apply (rule, facts, screening->certificates, &hits);
  ShequFinding *finding;

  if (outcome == SHEQU_RULE_MISSES)
    return FALSE;
  finding =
    shequ_findings_add (findings, rule->id, outcome == SHEQU_RULE_ASKS ? SHEQU_SEVERITY_ASK : rule->severity);
  finding->title = g_strdup (rule->title);
  finding->text = g_strdup (outcome == SHEQU_RULE_ASKS ? rule->question : rule->text);
  finding->source = g_strdup (rule->source);
  finding->version = g_strdup (rule->version);
  g_free (finding->detail);
  finding->detail = describe_hits (hits);
  g_strfreev (finding->hits);
  finding->hits = g_steal_pointer (&hits);
  return rule->exempts && outcome == SHEQU_RULE_HITS;
}

static gboolean
is_blocked (GPtrArray *findings)
{
  for (guint i = 0; i < findings->len; i++)
    if (((ShequFinding *) findings->pdata[i])->severity == SHEQU_SEVERITY_BLOCK)
      return TRUE;
  return FALSE;
}

/* Takes back the questions on block rules: the application is refused whatever the answers are. */
static void
drop_questions (GPtrArray *findings)
{
  for (guint i = findings->len; i > 0; i--)
    if (((ShequFinding *) findings->pdata[i - 1])->severity == SHEQU_SEVERITY_ASK)
      g_ptr_array_remove_index (findings, i - 1);
}

/* The characters that count of a title: no marks, no blanks, no general words. */
static gunichar *
make_subject (ShequScreening *screening, const char *title, gboolean general, glong *length)
{
  g_autofree char *normal = g_utf8_normalize (title, -1, G_NORMALIZE_ALL_COMPOSE);
  g_autoptr (GString) plain = g_string_new (NULL);

  for (const char *p = normal; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isalnum (g_utf8_get_char (p)))
      g_string_append_unichar (plain, g_utf8_get_char (p));
  for (guint i = 0; !general && screening->general_words[i] != NULL; i++)
    g_string_replace (plain, screening->general_words[i], "", 0);
  return g_utf8_to_ucs4_fast (plain->str, -1, length);
}

/* How many characters of @part stand in @whole in the same order (longest common subsequence). */
static guint
count_common (const gunichar *part, glong part_length, const gunichar *whole, glong whole_length)
{
  g_autofree guint *row = g_new0 (guint, whole_length + 1);

  for (glong i = 0; i < part_length; i++)
    {
      guint diagonal = 0;

      for (glong j = 0; j < whole_length; j++)
        {
          guint above = row[j + 1];

          row[j + 1] = part[i] == whole[j] ? diagonal + 1 : MAX (row[j], above);
          diagonal = above;
        }
    }
  return row[whole_length];
}

/* How many neighbouring pairs of @part stand side by side in @whole. */
static guint
count_pairs (const gunichar *part, glong part_length, const gunichar *whole, glong whole_length)
{
  guint count = 0;

  for (glong i = 0; i + 1 < part_length; i++)
    for (glong j = 0; j + 1 < whole_length; j++)
      if (part[i] == whole[j] && part[i + 1] == whole[j + 1])
        {
          count++;
          break;
        }
  return count;
}

static gboolean
is_listed (ShequScreening *screening, const Item *item, const char *asked)
{
  glong title_length = 0;
  glong asked_length = 0;
  g_autofree gunichar *title = make_subject (screening, item->title, TRUE, &title_length);
  g_autofree gunichar *whole = make_subject (screening, asked, TRUE, &asked_length);

  return item->state == SHEQU_ITEM_ADMITTED && title_length > (glong) screening->shortest &&
         count_pairs (title, title_length, whole, asked_length) * 100 >=
           screening->listed_rule.share * (title_length - 1);
}

static gboolean
is_same_subject (ShequScreening *screening, const Item *item, const char *asked)
{
  glong subject_length = 0;
  glong asked_length = 0;
  g_autofree gunichar *subject = make_subject (screening, item->title, FALSE, &subject_length);
  g_autofree gunichar *whole = make_subject (screening, asked, FALSE, &asked_length);

  return subject_length >= (glong) screening->shortest &&
         count_common (subject, subject_length, whole, asked_length) * 100 >=
           screening->items_rule.share * subject_length;
}

static void
screen_item (ShequScreening *screening, const Item *item, const char *asked, GPtrArray *findings)
{
  gboolean listed = is_listed (screening, item, asked);
  const OverlapRule *rule = listed ? &screening->listed_rule : &screening->items_rule;
  ShequFinding *finding;

  if (!listed && !is_same_subject (screening, item, asked))
    return;
  finding = shequ_findings_add (findings, listed ? "ON_LIST" : "OVERLAP_ITEM", SHEQU_SEVERITY_WARNING);
  g_free (finding->subject);
  finding->subject = g_strdup (item->code);
  finding->title = g_strdup (rule->title);
  finding->text = g_strdup (rule->text);
  finding->source = g_strdup (rule->source);
  finding->version = g_strdup (rule->version);
  g_free (finding->detail);
  if (item->state == SHEQU_ITEM_NEVER)
    finding->detail =
      g_strdup_printf (_ ("Item %s “%s”, which may not enter communities."), item->code, item->title);
  else if (item->state == SHEQU_ITEM_NOT_ADMITTED)
    finding->detail =
      g_strdup_printf (_ ("Item %s “%s”, pushed down without admission."), item->code, item->title);
  else
    finding->detail = g_strdup_printf (_ ("Item %s “%s”, admitted."), item->code, item->title);
}

static char *
describe_forms (ShequScreening *screening, const ShequApplicationFacts *facts, const ShequOverlapForm *form)
{
  g_auto (GStrv) unsure = shequ_overlap_get_unsure (screening->forms, facts->columns_asked);
  g_autofree char *list = g_strjoinv ("、", unsure);

  if (unsure[0] == NULL)
    return g_strdup_printf (_ ("Form %s “%s” has %u of the %u columns asked."), form->code, form->title,
                            form->held, form->asked);
  return g_strdup_printf (
    _ ("Form %s “%s” has at least %u of the %u columns asked; not counted, because the heading "
       "means several things: %s."),
    form->code, form->title, form->held, form->asked, list);
}

/* One finding for the forms that hold the most, where that is enough. */
static void
screen_forms (ShequScreening *screening, const ShequApplicationFacts *facts, GPtrArray *findings)
{
  g_autoptr (GArray) forms = NULL;
  g_autoptr (GString) codes = g_string_new (NULL);
  const ShequOverlapForm *best;
  ShequFinding *finding;

  if (facts->columns_asked == NULL || facts->columns_asked[0] == NULL)
    return;
  forms = shequ_overlap_find (screening->forms, facts->columns_asked);
  if (forms->len == 0)
    return;
  best = &g_array_index (forms, ShequOverlapForm, 0);
  if (best->held * 100 < screening->forms_rule.share * best->asked)
    return;
  for (guint i = 0; i < forms->len; i++)
    {
      const ShequOverlapForm *form = &g_array_index (forms, ShequOverlapForm, i);

      if (form->held == best->held)
        g_string_append_printf (codes, "%s%s", i > 0 ? "/" : "", form->code);
    }
  finding = shequ_findings_add (findings, "OVERLAP_FORM", SHEQU_SEVERITY_WARNING);
  finding->percent = shequ_overlap_form_get_percent (best);
  g_free (finding->subject);
  finding->subject = g_strdup (codes->str);
  finding->title = g_strdup (screening->forms_rule.title);
  finding->text = g_strdup (screening->forms_rule.text);
  finding->source = g_strdup (screening->forms_rule.source);
  finding->version = g_strdup (screening->forms_rule.version);
  g_free (finding->detail);
  finding->detail = describe_forms (screening, facts, best);
}

static void
screen_block_rules (ShequScreening *screening, const ShequApplicationFacts *facts, GPtrArray *findings)
{
  for (guint i = 0; i < shequ_block_rules_get_count (screening->block_rules); i++)
    apply_rule (screening, shequ_block_rules_get (screening->block_rules, i), facts, findings);
  if (is_blocked (findings))
    drop_questions (findings);
}

/* The other rules up to one that frees the application; returns whether one did. */
static gboolean
screen_other_rules (ShequScreening *screening, const ShequApplicationFacts *facts, GPtrArray *findings)
{
  for (guint i = 0; i < shequ_block_rules_get_count (screening->other_rules); i++)
    if (apply_rule (screening, shequ_block_rules_get (screening->other_rules, i), facts, findings))
      return TRUE;
  return FALSE;
}

static void
add_clean (GPtrArray *findings)
{
  ShequFinding *finding = shequ_findings_add (findings, "CLEAN", SHEQU_SEVERITY_NOTE);

  finding->title = g_strdup (_ ("Nothing found"));
  finding->text =
    g_strdup (_ ("No rule speaks against the application. Rules look at words and answers only; "
                 "read it all the same."));
  finding->source = g_strdup ("");
  finding->version = g_strdup ("");
}

/**
 * shequ_screening_run:
 * @screening: the rules, items and forms
 * @facts: what the application says
 *
 * Screens an application: the block rules first, then money, basis, time and hearing, then what overlaps.
 * An emergency is freed of all but the block rules.
 *
 * Returns: (transfer full) (element-type ShequFinding): never empty; frees its findings
 */
GPtrArray *
shequ_screening_run (ShequScreening *screening, const ShequApplicationFacts *facts)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func (finding_free);

  g_return_val_if_fail (screening != NULL && facts != NULL, findings);

  screen_block_rules (screening, facts, findings);
  if (!screen_other_rules (screening, facts, findings))
    {
      for (guint i = 0; i < screening->items->len; i++)
        screen_item (screening, screening->items->pdata[i], facts->title != NULL ? facts->title : "",
                     findings);
      screen_forms (screening, facts, findings);
    }
  if (findings->len == 0)
    add_clean (findings);
  return findings;
}

/**
 * shequ_finding_get_label:
 * @finding: a finding
 *
 * Returns: (transfer full): its code in one word group, as `OVERLAP_FORM:F07/F10 80%`
 */
char *
shequ_finding_get_label (const ShequFinding *finding)
{
  g_return_val_if_fail (finding != NULL, NULL);

  if (*finding->subject == '\0')
    return g_strdup (finding->code);
  if (finding->percent == 0)
    return g_strdup_printf ("%s:%s", finding->code, finding->subject);
  return g_strdup_printf ("%s:%s %u%%", finding->code, finding->subject, finding->percent);
}

/** shequ_severity_get_label: the translated words for the desk. */
const char *
shequ_severity_get_label (ShequFindingSeverity severity)
{
  g_return_val_if_fail (severity < G_N_ELEMENTS (severities), NULL);

  return _ (severities[severity].label);
}

/** shequ_severity_get_name: its name in the command line's output. */
const char *
shequ_severity_get_name (ShequFindingSeverity severity)
{
  g_return_val_if_fail (severity < G_N_ELEMENTS (severities), NULL);

  return severities[severity].name;
}
