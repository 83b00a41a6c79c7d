/*
 * Rules that look at the words and answers of an application, as data.
 *
 * A file has one group per rule ([B01]) and one per case of it ([B01.tax]). A rule hits when any of its cases
 * does; a case hits when all of its conditions hold. A case with Outcome=ask does not decide, it asks. What
 * the keys mean is said in data/rules/README.md; adding a condition is a row in case_keys, a member of Case,
 * and a line in case_holds().
 */
#include "shequ-block-rules.h"

#include "shequ-rule-file.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define RULE_KEYS "Title Text Question Source Version Severity Exempts"
#define CASE_KEYS                                                                                            \
  "Outcome In Words With Pattern Lacks Except Unless Role Category Nature Asks Money Given Missing "         \
  "DaysBelow "                                                                                               \
  "DaysUnknown Certificates"

typedef enum
{
  MONEY_ANY,
  MONEY_NONE,
  MONEY_SOME,
} Money;

typedef struct
{
  char *id;
  ShequRuleOutcome outcome;
  guint fields;
  char **words;
  char **with;
  GRegex *pattern;
  GRegex *lacks;
  char **except;
  char **unless;
  char **role;
  char **category;
  char **nature;
  guint flags;
  Money money;
  guint given;
  guint missing;
  int days_below;
  gboolean days_unknown;
  int certificates;
} Case;

struct _ShequBlockRules
{
  GPtrArray *rules;
};

static const struct
{
  const char *name;
  gsize offset;
} text_fields[] = {
  { "title", G_STRUCT_OFFSET (ShequApplicationFacts, title) },
  { "content", G_STRUCT_OFFSET (ShequApplicationFacts, content) },
  { "basis", G_STRUCT_OFFSET (ShequApplicationFacts, basis) },
  { "category", G_STRUCT_OFFSET (ShequApplicationFacts, category) },
  { "nature", G_STRUCT_OFFSET (ShequApplicationFacts, nature) },
  { "role", G_STRUCT_OFFSET (ShequApplicationFacts, role) },
  { "frequency", G_STRUCT_OFFSET (ShequApplicationFacts, frequency) },
  { "zero_funding_reason", G_STRUCT_OFFSET (ShequApplicationFacts, zero_funding_reason) },
};

static const struct
{
  const char *name;
  gsize offset;
} flag_fields[] = {
  { "plate", G_STRUCT_OFFSET (ShequApplicationFacts, wants_plate) },
  { "body", G_STRUCT_OFFSET (ShequApplicationFacts, wants_body) },
  { "ledger", G_STRUCT_OFFSET (ShequApplicationFacts, wants_ledger) },
  { "system", G_STRUCT_OFFSET (ShequApplicationFacts, wants_system) },
  { "check", G_STRUCT_OFFSET (ShequApplicationFacts, wants_check) },
};

#define TITLE_AND_CONTENT 3

static const char *const severities[] = { "block", "warning", "ask", "note", NULL };

static void
case_free (gpointer data)
{
  Case *item = data;

  g_free (item->id);
  g_strfreev (item->words);
  g_strfreev (item->with);
  g_clear_pointer (&item->pattern, g_regex_unref);
  g_clear_pointer (&item->lacks, g_regex_unref);
  g_strfreev (item->except);
  g_strfreev (item->unless);
  g_strfreev (item->role);
  g_strfreev (item->category);
  g_strfreev (item->nature);
  g_free (item);
}

static void
rule_free (gpointer data)
{
  ShequBlockRule *rule = data;

  g_free (rule->id);
  g_free (rule->title);
  g_free (rule->text);
  g_free (rule->question);
  g_free (rule->source);
  g_free (rule->version);
  g_ptr_array_unref (rule->cases);
  g_free (rule);
}

/* One width, one case, no blanks: how words are looked for, on both sides. */
static char *
squeeze (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_autofree char *normal = g_utf8_normalize (valid, -1, G_NORMALIZE_ALL_COMPOSE);
  g_autofree char *folded = g_utf8_casefold (normal, -1);
  GString *squeezed = g_string_new (NULL);

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)))
      g_string_append_unichar (squeezed, g_utf8_get_char (p));
  return g_string_free (squeezed, FALSE);
}

static char **
read_words (ShequRuleFile *file, const char *group, const char *key)
{
  char **words = shequ_rule_file_get_list (file, group, key);

  for (guint i = 0; words[i] != NULL; i++)
    {
      char *squeezed = squeeze (words[i]);

      if (*squeezed == '\0')
        shequ_rule_file_fail (file, group, key, "%s", _ ("an empty word would be found everywhere"));
      g_free (words[i]);
      words[i] = squeezed;
    }
  return words;
}

static GRegex *
read_pattern (ShequRuleFile *file, const char *group, const char *key)
{
  g_autofree char *text = shequ_rule_file_get_raw (file, group, key);
  g_autoptr (GError) inner = NULL;
  GRegex *pattern;

  if (text == NULL)
    return NULL;
  pattern = g_regex_new (text, G_REGEX_OPTIMIZE, 0, &inner);
  if (pattern == NULL)
    shequ_rule_file_fail (file, group, key, "%s", inner->message);
  return pattern;
}

static guint
read_fields (ShequRuleFile *file, const char *group, const char *key, guint fallback)
{
  g_auto (GStrv) names = shequ_rule_file_get_list (file, group, key);
  guint fields = 0;

  for (guint i = 0; names[i] != NULL; i++)
    {
      guint field = 0;

      while (field < G_N_ELEMENTS (text_fields) && strcmp (text_fields[field].name, names[i]) != 0)
        field++;
      if (field == G_N_ELEMENTS (text_fields))
        shequ_rule_file_fail (file, group, key, _ ("an application has no field “%s”"), names[i]);
      fields |= 1u << field;
    }
  return names[0] != NULL ? fields : fallback;
}

static guint
read_flags (ShequRuleFile *file, const char *group)
{
  g_auto (GStrv) names = shequ_rule_file_get_list (file, group, "Asks");
  guint flags = 0;

  for (guint i = 0; names[i] != NULL; i++)
    {
      guint flag = 0;

      while (flag < G_N_ELEMENTS (flag_fields) && strcmp (flag_fields[flag].name, names[i]) != 0)
        flag++;
      if (flag == G_N_ELEMENTS (flag_fields))
        shequ_rule_file_fail (file, group, "Asks", _ ("an application has no field “%s”"), names[i]);
      flags |= 1u << flag;
    }
  return flags;
}

static Case *
read_case (ShequRuleFile *file, const char *group)
{
  static const char *const outcomes[] = { "miss", "ask", "hit", NULL };
  static const char *const money[] = { "any", "none", "some", NULL };
  static const char *const kinds[] = { "none", "refused", "conditional", NULL };
  Case *item = g_new0 (Case, 1);

  shequ_rule_file_check_keys (file, group, CASE_KEYS);
  item->id = g_strdup (group);
  item->outcome = shequ_rule_file_get_choice (file, group, "Outcome", outcomes, SHEQU_RULE_HITS);
  item->fields = read_fields (file, group, "In", TITLE_AND_CONTENT);
  item->words = read_words (file, group, "Words");
  item->with = read_words (file, group, "With");
  item->pattern = read_pattern (file, group, "Pattern");
  item->lacks = read_pattern (file, group, "Lacks");
  item->except = read_words (file, group, "Except");
  item->unless = read_words (file, group, "Unless");
  item->role = read_words (file, group, "Role");
  item->category = read_words (file, group, "Category");
  item->nature = read_words (file, group, "Nature");
  item->flags = read_flags (file, group);
  item->money = shequ_rule_file_get_choice (file, group, "Money", money, MONEY_ANY);
  item->given = read_fields (file, group, "Given", 0);
  item->missing = read_fields (file, group, "Missing", 0);
  item->days_below = shequ_rule_file_get_integer (file, group, "DaysBelow", 0, 1000, 0);
  item->days_unknown = shequ_rule_file_get_boolean (file, group, "DaysUnknown");
  item->certificates = shequ_rule_file_get_choice (file, group, "Certificates", kinds, 0);
  return item;
}

static ShequBlockRule *
read_rule (ShequRuleFile *file, const char *group)
{
  ShequBlockRule *rule = g_new0 (ShequBlockRule, 1);

  shequ_rule_file_check_keys (file, group, RULE_KEYS);
  rule->id = g_strdup (group);
  rule->title = shequ_rule_file_need_text (file, group, "Title");
  rule->text = shequ_rule_file_need_text (file, group, "Text");
  rule->question = shequ_rule_file_get_text (file, group, "Question");
  rule->source = shequ_rule_file_need_text (file, group, "Source");
  rule->version = shequ_rule_file_need_text (file, group, "Version");
  rule->severity = shequ_rule_file_get_choice (file, group, "Severity", severities, SHEQU_SEVERITY_BLOCK);
  rule->exempts = shequ_rule_file_get_boolean (file, group, "Exempts");
  rule->cases = g_ptr_array_new_with_free_func (case_free);
  return rule;
}

static ShequBlockRule *
find_rule (GPtrArray *rules, const char *id)
{
  for (guint i = 0; i < rules->len; i++)
    if (g_strcmp0 (((ShequBlockRule *) rules->pdata[i])->id, id) == 0)
      return rules->pdata[i];
  return NULL;
}

/* A case belongs to the rule before the point: [B01.tax] to [B01]. */
static void
read_group (ShequRuleFile *file, const char *group, GPtrArray *rules)
{
  const char *point = strchr (group, '.');
  g_autofree char *id = point != NULL ? g_strndup (group, point - group) : NULL;
  ShequBlockRule *rule;
  Case *item;

  if (point == NULL)
    {
      g_ptr_array_add (rules, read_rule (file, group));
      return;
    }
  rule = find_rule (rules, id);
  if (rule == NULL)
    {
      shequ_rule_file_fail (file, group, NULL, _ ("there is no rule [%s] above it"), id);
      return;
    }
  item = read_case (file, group);
  g_ptr_array_add (rule->cases, item);
  if (item->outcome == SHEQU_RULE_ASKS && *rule->question == '\0')
    shequ_rule_file_fail (file, group, "Outcome", _ ("[%s] has no Question to ask"), id);
}

static ShequBlockRules *
read_rules (ShequRuleFile *file, GError **error)
{
  g_autoptr (ShequBlockRules) rules = g_new0 (ShequBlockRules, 1);
  const char *const *groups = shequ_rule_file_get_groups (file);

  rules->rules = g_ptr_array_new_with_free_func (rule_free);
  for (guint i = 0; groups[i] != NULL; i++)
    read_group (file, groups[i], rules->rules);
  for (guint i = 0; i < rules->rules->len; i++)
    {
      const ShequBlockRule *rule = rules->rules->pdata[i];

      if (rule->cases->len == 0)
        shequ_rule_file_fail (file, rule->id, NULL, "%s", _ ("has no case, so it could never hit"));
    }
  return shequ_rule_file_finish (file, error) ? g_steal_pointer (&rules) : NULL;
}

/**
 * shequ_block_rules_load:
 * @path: a path below `data/`, as `rules/block-rules.ini`
 * @error: return location
 *
 * Returns: (transfer full): the rules, or %NULL with %SHEQU_ERROR_CATALOGUE naming file, line, group and key
 */
ShequBlockRules *
shequ_block_rules_load (const char *path, GError **error)
{
  g_autoptr (ShequRuleFile) file = shequ_rule_file_load (path, error);

  return file != NULL ? read_rules (file, error) : NULL;
}

/**
 * shequ_block_rules_new:
 * @name: the name that messages give the file
 * @text: rules as a district has changed them
 * @error: return location
 *
 * As shequ_block_rules_load(), from a text.
 */
ShequBlockRules *
shequ_block_rules_new (const char *name, const char *text, GError **error)
{
  g_autoptr (ShequRuleFile) file = shequ_rule_file_new (name, text, error);

  return file != NULL ? read_rules (file, error) : NULL;
}

void
shequ_block_rules_free (ShequBlockRules *rules)
{
  if (rules == NULL)
    return;
  g_ptr_array_unref (rules->rules);
  g_free (rules);
}

guint
shequ_block_rules_get_count (ShequBlockRules *rules)
{
  g_return_val_if_fail (rules != NULL, 0);

  return rules->rules->len;
}

const ShequBlockRule *
shequ_block_rules_get (ShequBlockRules *rules, guint index)
{
  g_return_val_if_fail (rules != NULL && index < rules->rules->len, NULL);

  return rules->rules->pdata[index];
}

const ShequBlockRule *
shequ_block_rules_find (ShequBlockRules *rules, const char *id)
{
  g_return_val_if_fail (rules != NULL, NULL);

  return find_rule (rules->rules, id);
}

static const char *
get_field (const ShequApplicationFacts *facts, guint field)
{
  const char *text = G_STRUCT_MEMBER (const char *, facts, text_fields[field].offset);

  return text != NULL ? text : "";
}

/* The fields that a case looks at, squeezed, each on a line of its own, without the phrases that do not
 * count. */
static char *
collect_text (const Case *item, const ShequApplicationFacts *facts)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (text_fields); i++)
    if ((item->fields & (1u << i)) != 0)
      {
        g_autofree char *squeezed = squeeze (get_field (facts, i));

        g_string_append (text, squeezed);
        g_string_append_c (text, '\n');
      }
  for (guint i = 0; item->except[i] != NULL; i++)
    g_string_replace (text, item->except[i], "\n", 0);
  return g_string_free (text, FALSE);
}

/* Whether any of @words stands in @text; an empty list asks for nothing. Those found are added to @hits. */
static gboolean
find_words (char *const *words, const char *text, GPtrArray *hits)
{
  gboolean found = FALSE;

  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (text, words[i]) != NULL)
      {
        g_ptr_array_add (hits, g_strdup (words[i]));
        found = TRUE;
      }
  return found || words[0] == NULL;
}

static gboolean
find_pattern (GRegex *pattern, const char *text, GPtrArray *hits)
{
  g_autoptr (GMatchInfo) info = NULL;

  if (!g_regex_match (pattern, text, 0, &info))
    return FALSE;
  g_ptr_array_add (hits, g_match_info_fetch (info, 0));
  return TRUE;
}

/* Words and pattern are two ways to say the same condition: either one is enough. */
static gboolean
text_holds (const Case *item, const char *text, GPtrArray *hits)
{
  gboolean found;

  if (item->pattern == NULL)
    found = find_words (item->words, text, hits);
  else
    found = (item->words[0] != NULL && find_words (item->words, text, hits)) |
            find_pattern (item->pattern, text, hits);
  return found && find_words (item->with, text, hits) &&
         (item->lacks == NULL || !g_regex_match (item->lacks, text, 0, NULL));
}

static gboolean
has_any (char *const *words, const char *text)
{
  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (text, words[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* Whether the answer @value is one of @choices; an empty list asks for nothing. */
static gboolean
is_one_of (char *const *choices, const char *value)
{
  g_autofree char *squeezed = squeeze (value);

  return choices[0] == NULL || g_strv_contains ((const char *const *) choices, squeezed);
}

static gboolean
flags_hold (guint wanted, const ShequApplicationFacts *facts)
{
  for (guint i = 0; i < G_N_ELEMENTS (flag_fields); i++)
    if ((wanted & (1u << i)) != 0 && G_STRUCT_MEMBER (gboolean, facts, flag_fields[i].offset))
      return TRUE;
  return wanted == 0;
}

static gboolean
fields_hold (guint fields, const ShequApplicationFacts *facts, gboolean given)
{
  for (guint i = 0; i < G_N_ELEMENTS (text_fields); i++)
    if ((fields & (1u << i)) != 0)
      {
        g_autofree char *squeezed = squeeze (get_field (facts, i));

        if ((*squeezed != '\0') != given)
          return FALSE;
      }
  return TRUE;
}

static gboolean
numbers_hold (const Case *item, const ShequApplicationFacts *facts)
{
  gboolean unknown = facts->working_days_ahead == SHEQU_WORKING_DAYS_UNKNOWN;

  if (item->money != MONEY_ANY && (item->money == MONEY_SOME) != (facts->funding_fen > 0))
    return FALSE;
  if (item->days_unknown)
    return unknown;
  return item->days_below == 0 || (!unknown && facts->working_days_ahead < item->days_below);
}

static gboolean
certificates_hold (const Case *item, const char *text, ShequCertificateRules *certificates, GPtrArray *hits)
{
  ShequCertificateAnswer wanted =
    item->certificates == 1 ? SHEQU_CERTIFICATE_REFUSE : SHEQU_CERTIFICATE_CONDITIONAL;
  g_autoptr (GArray) found = NULL;
  gboolean holds = FALSE;

  if (item->certificates == 0)
    return TRUE;
  if (certificates == NULL)
    return FALSE;
  found = shequ_certificate_rules_scan (certificates, text);
  for (guint i = 0; i < found->len; i++)
    {
      const ShequCertificateCandidate *candidate = &g_array_index (found, ShequCertificateCandidate, i);

      if (candidate->rule->answer != wanted)
        continue;
      g_ptr_array_add (hits, g_strdup (candidate->matched));
      holds = TRUE;
    }
  return holds;
}

static gboolean
case_holds (const Case *item,
            const ShequApplicationFacts *facts,
            ShequCertificateRules *certificates,
            GPtrArray *hits)
{
  g_autofree char *text = NULL;

  if (!is_one_of (item->role, facts->role) || !is_one_of (item->category, facts->category) ||
      !is_one_of (item->nature, facts->nature) || !flags_hold (item->flags, facts) ||
      !fields_hold (item->given, facts, TRUE) || !fields_hold (item->missing, facts, FALSE) ||
      !numbers_hold (item, facts))
    return FALSE;
  text = collect_text (item, facts);
  return !has_any (item->unless, text) && text_holds (item, text, hits) &&
         certificates_hold (item, text, certificates, hits);
}

/* Adds what is not in @all yet. */
static void
join_hits (GPtrArray *all, GPtrArray *hits)
{
  for (guint i = 0; i < hits->len; i++)
    if (!g_ptr_array_find_with_equal_func (all, hits->pdata[i], g_str_equal, NULL))
      g_ptr_array_add (all, g_strdup (hits->pdata[i]));
}

/**
 * shequ_block_rule_apply:
 * @rule: a rule
 * @facts: what the application says
 * @certificates: (nullable): the lists of certificates, for rules that look for their names
 * @hits: (out) (transfer full): the words that hit, none twice
 *
 * Returns: the strongest outcome of the rule's cases
 */
ShequRuleOutcome
shequ_block_rule_apply (const ShequBlockRule *rule,
                        const ShequApplicationFacts *facts,
                        ShequCertificateRules *certificates,
                        char ***hits)
{
  ShequRuleOutcome outcome = SHEQU_RULE_MISSES;
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (rule != NULL && facts != NULL && hits != NULL, SHEQU_RULE_MISSES);

  for (guint i = 0; i < rule->cases->len; i++)
    {
      const Case *item = rule->cases->pdata[i];
      g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);

      if (item->outcome < outcome || !case_holds (item, facts, certificates, found))
        continue;
      if (item->outcome > outcome)
        g_ptr_array_set_size (all, 0);
      outcome = item->outcome;
      join_hits (all, found);
    }
  g_ptr_array_add (all, NULL);
  *hits = (char **) g_ptr_array_free (g_steal_pointer (&all), FALSE);
  return outcome;
}
