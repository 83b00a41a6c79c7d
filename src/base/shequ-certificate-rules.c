#include "shequ-certificate-rules.h"

#include "shequ-data.h"
#include "shequ-error.h"
#include "shequ-name-match.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _ShequCertificateRules
{
  GPtrArray *rules;
};

static const struct
{
  const char *name;
  const char *label;
} answers[] = {
  [SHEQU_CERTIFICATE_UNKNOWN] = { "unknown", N_ ("On no list") },
  [SHEQU_CERTIFICATE_ISSUE] = { "issue", N_ ("May be issued") },
  [SHEQU_CERTIFICATE_REFUSE] = { "refuse", N_ ("Not to be issued by the community") },
  [SHEQU_CERTIFICATE_CONDITIONAL] = { "conditional", N_ ("Only under an exception") },
};

static void
channel_free (gpointer data)
{
  ShequCertificateChannel *channel = data;

  g_free (channel->body);
  g_free (channel->how);
  g_free (channel);
}

static void
rule_free (gpointer data)
{
  ShequCertificateRule *rule = data;

  g_free (rule->id);
  g_free (rule->title);
  g_strfreev (rule->basis);
  g_ptr_array_unref (rule->instead);
  g_free (rule->reason);
  g_free (rule->note);
  g_strfreev (rule->related);
  g_free (rule->source);
  g_free (rule->version);
  g_free (rule->out_of_date);
  g_free (rule->kind);
  g_free (rule->materials);
  g_ptr_array_unref (rule->names);
  g_free (rule);
}

static ShequCertificateRule *
rule_new (const char *id, const char *title)
{
  ShequCertificateRule *rule = g_new0 (ShequCertificateRule, 1);

  rule->id = g_strdup (id);
  rule->title = g_strdup (title);
  rule->instead = g_ptr_array_new_with_free_func (channel_free);
  rule->names = g_ptr_array_new_with_free_func ((GDestroyNotify) shequ_name_match_free);
  return rule;
}

static void
add_name (ShequCertificateRule *rule, const char *name)
{
  if (*name != '\0')
    g_ptr_array_add (rule->names, shequ_name_match_new (name));
}

/* A title also without what it has in brackets: “亲属关系证明(仅限公证)” is asked for as “亲属关系证明”. */
static void
add_title (ShequCertificateRule *rule, const char *title)
{
  const char *open = strstr (title, "(");
  const char *close = open != NULL ? strstr (open, ")") : NULL;

  add_name (rule, title);
  if (close != NULL)
    {
      g_autofree char *shorter =
        g_strdup_printf ("%.*s%s", (int) (open - title), title, close + strlen (")"));

      add_name (rule, shorter);
    }
}

static void
add_names (ShequCertificateRule *rule, const char *list)
{
  g_auto (GStrv) names = g_strsplit (list, "、", -1);

  for (guint i = 0; names[i] != NULL; i++)
    {
      /* “…证明等” closes a list that is not complete. */
      if (g_str_has_suffix (names[i], "等"))
        names[i][strlen (names[i]) - strlen ("等")] = '\0';
      add_name (rule, names[i]);
    }
}

static gboolean
is_open (const char *text, gsize length)
{
  int depth = 0;

  for (gsize i = 0; i < length; i++)
    depth += (text[i] == '(') - (text[i] == ')');
  return depth > 0;
}

/* A semicolon within brackets belongs to what they say. */
static char **
split_list (const char *list)
{
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  const char *start = list;

  for (const char *at = list; *list != '\0'; at++)
    {
      g_autofree char *part = NULL;

      if (*at != '\0' && (*at != ';' || is_open (start, (gsize) (at - start))))
        continue;
      part = g_strndup (start, (gsize) (at - start));
      g_strv_builder_add (parts, part);
      if (*at == '\0')
        break;
      start = at + 1;
    }
  return g_strv_builder_end (parts);
}

/* Reads `body=how|body=how`. */
static gboolean
add_channels (ShequCertificateRule *rule, const char *list, GError **error)
{
  g_auto (GStrv) channels = g_strsplit (list, "|", -1);

  for (guint i = 0; channels[i] != NULL; i++)
    {
      ShequCertificateChannel *channel;
      const char *equals = strchr (channels[i], '=');

      if (equals == NULL || equals == channels[i])
        {
          g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_CATALOGUE,
                       _ ("Certificate rule %s: “%s” does not name an office and what is done there"),
                       rule->id, channels[i]);
          return FALSE;
        }
      channel = g_new0 (ShequCertificateChannel, 1);
      channel->body = g_strndup (channels[i], equals - channels[i]);
      channel->how = g_strdup (equals + 1);
      g_ptr_array_add (rule->instead, channel);
    }
  return TRUE;
}

static gboolean
parse_answer (ShequCertificateRule *rule, const char *name, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    if (g_strcmp0 (answers[i].name, name) == 0 && i != SHEQU_CERTIFICATE_UNKNOWN)
      {
        rule->answer = i;
        return TRUE;
      }
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_CATALOGUE, _ ("Certificate rule %s: “%s” is no answer"),
               rule->id, name);
  return FALSE;
}

#define REFUSED_COLUMNS                                                                                      \
  "id name aliases everyday_names answer why_not instead basis_of_refusal basis_of_channel exception "       \
  "related "                                                                                                 \
  "version out_of_date"

static gboolean
read_refused (char **cells, guint line, gpointer user_data, GError **error)
{
  GPtrArray *rules = user_data;
  ShequCertificateRule *rule = rule_new (cells[0], cells[1]);
  g_autofree char *basis = g_strjoin (*cells[8] == '\0' ? "" : ";", cells[7], cells[8], NULL);

  g_ptr_array_add (rules, rule);
  add_title (rule, cells[1]);
  add_names (rule, cells[2]);
  add_names (rule, cells[3]);
  rule->reason = g_strdup (cells[5]);
  rule->basis = split_list (basis);
  rule->note = g_strdup (cells[9]);
  rule->related = split_list (cells[10]);
  rule->source = g_strdup (cells[7]);
  rule->version = g_strdup (cells[11]);
  rule->out_of_date = g_strdup (cells[12]);
  return parse_answer (rule, cells[4], error) && add_channels (rule, cells[6], error);
}

static gboolean
read_local (char **cells, guint line, gpointer user_data, GError **error)
{
  GPtrArray *rules = user_data;
  ShequCertificateRule *rule = rule_new (cells[0], cells[1]);

  g_ptr_array_add (rules, rule);
  add_title (rule, cells[1]);
  add_names (rule, cells[2]);
  rule->answer = SHEQU_CERTIFICATE_REFUSE;
  rule->basis = split_list (cells[3]);
  rule->reason =
    g_strdup (_ ("A local list bars it; the national rule asks for a statute or a list as the basis"));
  rule->note = g_strdup ("");
  rule->related = split_list ("");
  rule->source = g_strdup (cells[3]);
  rule->version = g_strdup (cells[5]);
  rule->out_of_date = g_strdup (cells[6]);
  return add_channels (rule, cells[4], error);
}

#define ALLOWED_COLUMNS                                                                                      \
  "id name everyday_names answer basis what_is_verified materials scope_and_notes template version "         \
  "out_of_date"

static gboolean
read_allowed (char **cells, guint line, gpointer user_data, GError **error)
{
  GPtrArray *rules = user_data;
  ShequCertificateRule *rule = rule_new (cells[0], cells[1]);

  g_ptr_array_add (rules, rule);
  add_title (rule, cells[1]);
  add_names (rule, cells[2]);
  rule->basis = split_list (cells[4]);
  rule->reason = g_strdup (cells[5]);
  rule->materials = g_strdup (cells[6]);
  rule->note = g_strdup (cells[7]);
  rule->related = split_list ("");
  rule->source = g_strdup (cells[4]);
  rule->printable = *cells[8] != '\0';
  rule->kind = g_strdup (rule->printable ? cells[8] : cells[0]);
  rule->version = g_strdup (cells[9]);
  rule->out_of_date = g_strdup (cells[10]);
  return parse_answer (rule, cells[3], error);
}

static gboolean
check_related (ShequCertificateRules *rules, GError **error)
{
  for (guint i = 0; i < rules->rules->len; i++)
    {
      const ShequCertificateRule *rule = rules->rules->pdata[i];

      for (guint j = 0; rule->related[j] != NULL; j++)
        if (shequ_certificate_rules_find (rules, rule->related[j]) == NULL)
          {
            g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_CATALOGUE,
                         _ ("Certificate rule %s points to %s, which is no rule"), rule->id,
                         rule->related[j]);
            return FALSE;
          }
    }
  return TRUE;
}

/**
 * shequ_certificate_rules_new:
 * @error: return location
 *
 * Loads the three lists of `data/rules`: what no community issues (民发〔2020〕20号, 20 kinds), what local
 * lists bar besides, and what may be issued.
 */
ShequCertificateRules *
shequ_certificate_rules_new (GError **error)
{
  g_autoptr (ShequCertificateRules) rules = g_atomic_rc_box_new0 (ShequCertificateRules);

  rules->rules = g_ptr_array_new_with_free_func (rule_free);
  if (!shequ_data_read_table ("rules/certificates-refused.tsv", REFUSED_COLUMNS, read_refused, rules->rules,
                              error) ||
      !shequ_data_read_table ("rules/certificates-local-refused.tsv",
                              "id name everyday_names where_listed instead version out_of_date", read_local,
                              rules->rules, error) ||
      !shequ_data_read_table ("rules/certificates-allowed.tsv", ALLOWED_COLUMNS, read_allowed, rules->rules,
                              error) ||
      !check_related (rules, error))
    return NULL;
  return g_steal_pointer (&rules);
}

ShequCertificateRules *
shequ_certificate_rules_ref (ShequCertificateRules *rules)
{
  return g_atomic_rc_box_acquire (rules);
}

static void
rules_clear (gpointer data)
{
  ShequCertificateRules *rules = data;

  g_ptr_array_unref (rules->rules);
}

void
shequ_certificate_rules_unref (ShequCertificateRules *rules)
{
  if (rules != NULL)
    g_atomic_rc_box_release_full (rules, rules_clear);
}

static int
compare_candidates (gconstpointer a, gconstpointer b)
{
  const ShequCertificateCandidate *one = a;
  const ShequCertificateCandidate *other = b;

  if (one->score != other->score)
    return one->score > other->score ? -1 : 1;
  /* A rule in force before one that is out of date; else the order of the lists: what is barred first. */
  if ((*one->rule->out_of_date == '\0') != (*other->rule->out_of_date == '\0'))
    return *one->rule->out_of_date == '\0' ? -1 : 1;
  return 0;
}

static void
add_candidate (GArray *candidates, const ShequCertificateRule *rule, const ShequNameMatch *typed)
{
  ShequCertificateCandidate candidate = { rule, NULL, 0 };

  for (guint i = 0; i < rule->names->len; i++)
    {
      guint score = shequ_name_match_compare (typed, rule->names->pdata[i]);

      if (score > candidate.score)
        {
          candidate.score = score;
          candidate.matched = shequ_name_match_get_text (rule->names->pdata[i]);
        }
    }
  if (candidate.score > 0)
    g_array_append_val (candidates, candidate);
}

/* Whether no name that fits nearly as well would be answered otherwise. */
static gboolean
is_certain (GArray *candidates)
{
  const ShequCertificateCandidate *best = &g_array_index (candidates, ShequCertificateCandidate, 0);

  if (best->score >= SHEQU_NAME_MATCH_EXACT)
    return TRUE;
  for (guint i = 1; i < candidates->len; i++)
    {
      const ShequCertificateCandidate *other = &g_array_index (candidates, ShequCertificateCandidate, i);

      if (other->rule->answer != best->rule->answer && other->score + 150 > best->score)
        return FALSE;
    }
  return best->score >= 600;
}

/**
 * shequ_certificate_rules_answer:
 * @rules: the lists
 * @typed: a name of a certificate, or a part of it, as far as it has been typed
 *
 * Answers “may the community issue this?” while it is being typed.
 *
 * Returns: (transfer full): never %NULL; unknown where nothing typed names a certificate of the lists
 */
ShequCertificateReply *
shequ_certificate_rules_answer (ShequCertificateRules *rules, const char *typed)
{
  g_autoptr (ShequNameMatch) match = NULL;
  ShequCertificateReply *reply;

  g_return_val_if_fail (rules != NULL && typed != NULL, NULL);

  match = shequ_name_match_new (typed);
  reply = g_new0 (ShequCertificateReply, 1);
  reply->rules = shequ_certificate_rules_ref (rules);
  reply->candidates = g_array_new (FALSE, FALSE, sizeof (ShequCertificateCandidate));
  for (guint i = 0; i < rules->rules->len; i++)
    add_candidate (reply->candidates, rules->rules->pdata[i], match);
  g_array_sort (reply->candidates, compare_candidates);
  if (reply->candidates->len > 0)
    {
      const ShequCertificateCandidate *best =
        &g_array_index (reply->candidates, ShequCertificateCandidate, 0);

      if (best->score >= SHEQU_NAME_MATCH_PART)
        {
          reply->rule = best->rule;
          reply->answer = best->rule->answer;
          reply->certain = shequ_name_match_is_word (match) && is_certain (reply->candidates);
        }
    }
  return reply;
}

void
shequ_certificate_reply_free (ShequCertificateReply *reply)
{
  if (reply == NULL)
    return;
  g_array_unref (reply->candidates);
  shequ_certificate_rules_unref (reply->rules);
  g_free (reply);
}

/* The longest name of any list that @plain begins with. */
static ShequCertificateCandidate
find_longest (ShequCertificateRules *rules, const char *plain, gsize *length)
{
  ShequCertificateCandidate best = { NULL, NULL, 1000 };

  *length = 0;
  for (guint i = 0; i < rules->rules->len; i++)
    {
      const ShequCertificateRule *rule = rules->rules->pdata[i];

      for (guint j = 0; j < rule->names->len; j++)
        {
          const char *name = shequ_name_match_get_plain (rule->names->pdata[j]);

          if (strlen (name) > *length && g_str_has_prefix (plain, name))
            {
              *length = strlen (name);
              best.rule = rule;
              best.matched = shequ_name_match_get_text (rule->names->pdata[j]);
            }
        }
    }
  return best;
}

/**
 * shequ_certificate_rules_scan:
 * @rules: the lists
 * @text: running text, as the content of an application
 *
 * Returns: (transfer full) (element-type ShequCertificateCandidate): the certificates whose full names stand
 * in
 *   @text, in the order of the text; a name inside a longer one is not given
 */
GArray *
shequ_certificate_rules_scan (ShequCertificateRules *rules, const char *text)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (ShequCertificateCandidate));
  g_autoptr (ShequNameMatch) match = NULL;

  g_return_val_if_fail (rules != NULL && text != NULL, found);

  match = shequ_name_match_new (text);
  for (const char *p = shequ_name_match_get_plain (match); *p != '\0';)
    {
      gsize length;
      ShequCertificateCandidate candidate = find_longest (rules, p, &length);

      if (candidate.rule != NULL)
        g_array_append_val (found, candidate);
      p = candidate.rule != NULL ? p + length : g_utf8_next_char (p);
    }
  return found;
}

/**
 * shequ_certificate_rules_list:
 * @rules: the lists
 * @answer: an answer
 *
 * Returns: (transfer container) (element-type ShequCertificateRule): the rules with that answer, in list
 * order
 */
GPtrArray *
shequ_certificate_rules_list (ShequCertificateRules *rules, ShequCertificateAnswer answer)
{
  GPtrArray *list = g_ptr_array_new ();

  g_return_val_if_fail (rules != NULL, list);

  for (guint i = 0; i < rules->rules->len; i++)
    if (((ShequCertificateRule *) rules->rules->pdata[i])->answer == answer)
      g_ptr_array_add (list, rules->rules->pdata[i]);
  return list;
}

/**
 * shequ_certificate_rules_list_kinds:
 * @rules: the lists
 *
 * Returns: (transfer container) (element-type ShequCertificateRule): the kinds that may be issued, outright
 * or under an exception
 */
GPtrArray *
shequ_certificate_rules_list_kinds (ShequCertificateRules *rules)
{
  GPtrArray *list = g_ptr_array_new ();

  g_return_val_if_fail (rules != NULL, list);

  for (guint i = 0; i < rules->rules->len; i++)
    if (((ShequCertificateRule *) rules->rules->pdata[i])->kind != NULL)
      g_ptr_array_add (list, rules->rules->pdata[i]);
  return list;
}

/**
 * shequ_certificate_rules_find:
 * @rules: the lists
 * @id: as `N01`
 *
 * Returns: (nullable): the rule of that id
 */
const ShequCertificateRule *
shequ_certificate_rules_find (ShequCertificateRules *rules, const char *id)
{
  g_return_val_if_fail (rules != NULL, NULL);

  for (guint i = 0; i < rules->rules->len; i++)
    if (g_strcmp0 (((ShequCertificateRule *) rules->rules->pdata[i])->id, id) == 0)
      return rules->rules->pdata[i];
  return NULL;
}

/**
 * shequ_certificate_rules_find_kind:
 * @rules: the lists
 * @kind: as `residence`, or the id of the rule as `A02`
 *
 * Returns: (nullable): the kind that may be issued under that name
 */
const ShequCertificateRule *
shequ_certificate_rules_find_kind (ShequCertificateRules *rules, const char *kind)
{
  g_return_val_if_fail (rules != NULL && kind != NULL, NULL);

  for (guint i = 0; i < rules->rules->len; i++)
    {
      const ShequCertificateRule *rule = rules->rules->pdata[i];

      if (rule->kind != NULL && (strcmp (rule->kind, kind) == 0 || strcmp (rule->id, kind) == 0))
        return rule;
    }
  return NULL;
}

/**
 * shequ_certificate_answer_get_name:
 * @answer: an answer
 *
 * Returns: its name in the command line's output
 */
const char *
shequ_certificate_answer_get_name (ShequCertificateAnswer answer)
{
  g_return_val_if_fail (answer < G_N_ELEMENTS (answers), NULL);

  return answers[answer].name;
}

/**
 * shequ_certificate_answer_get_label:
 * @answer: an answer
 *
 * Returns: its translated words for the counter
 */
const char *
shequ_certificate_answer_get_label (ShequCertificateAnswer answer)
{
  g_return_val_if_fail (answer < G_N_ELEMENTS (answers), NULL);

  return _ (answers[answer].label);
}
