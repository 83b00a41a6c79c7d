/* What statutes ask of the community, by law and article: whoever names one as basis is told how far it
 * reaches. */
#include "shequ-duties.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-data.h"

#define COLUMNS "id area duty role law version article list note"

struct _ShequDuties
{
  GPtrArray *duties;
};

/* The roles as the table writes them, and what is said of each. */
static const struct
{
  const char *name;
  const char *text;
} roles[] = {
  [SHEQU_DUTY_OWN] = { "own", N_ ("a duty of its own") },
  [SHEQU_DUTY_ASSIST] = { "assist", N_ ("only a duty to assist") },
  [SHEQU_DUTY_COOPERATE] = { "coop", N_ ("only a duty to cooperate") },
  [SHEQU_DUTY_REPORT] = { "report", N_ ("only a duty to report") },
  [SHEQU_DUTY_MAY] = { "may", N_ ("a permission, no duty") },
};

static void
duty_free (gpointer data)
{
  ShequDuty *duty = data;

  g_free (duty->id);
  g_free (duty->area);
  g_free (duty->duty);
  g_free (duty->law);
  g_free (duty->version);
  g_free (duty->article);
  g_free (duty->list);
  g_free (duty->note);
  g_free (duty);
}

static gboolean
add_duty (char **cells, guint line, gpointer user_data, GError **error)
{
  ShequDuty *duty = g_new0 (ShequDuty, 1);

  g_ptr_array_add (user_data, duty);
  duty->id = g_strdup (cells[0]);
  duty->area = g_strdup (cells[1]);
  duty->duty = g_strdup (cells[2]);
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    if (g_str_equal (cells[3], roles[i].name))
      duty->role = i;
  duty->law = g_strdup (cells[4]);
  duty->version = g_strdup (cells[5]);
  duty->article = g_strdup (cells[6]);
  duty->list = g_strdup (cells[7]);
  duty->note = g_strdup (cells[8]);
  return TRUE;
}

/**
 * shequ_duties_new:
 * @error: return location
 *
 * Returns: (transfer full): the duties of `data/rules/legal-duties.tsv`
 */
ShequDuties *
shequ_duties_new (GError **error)
{
  g_autoptr (ShequDuties) duties = g_new0 (ShequDuties, 1);

  duties->duties = g_ptr_array_new_with_free_func (duty_free);
  if (!shequ_data_read_table ("rules/legal-duties.tsv", COLUMNS, add_duty, duties->duties, error))
    return NULL;
  return g_steal_pointer (&duties);
}

void
shequ_duties_free (ShequDuties *duties)
{
  g_ptr_array_unref (duties->duties);
  g_free (duties);
}

/** shequ_duties_get: (element-type ShequDuty): all of them, in the order of the table. */
const GPtrArray *
shequ_duties_get (ShequDuties *duties)
{
  return duties->duties;
}

/* Where the name of the law ends in @part; “社会救助暂行办法” is not found in the name of another law. */
static const char *
find_law (const char *part, const char *law)
{
  const char *found = strstr (part, law);

  return found != NULL ? found + strlen (law) : NULL;
}

/* Whether one of the articles of the duty is named, or none at all. */
static gboolean
names_article (const char *rest, const char *articles)
{
  g_auto (GStrv) list = g_strsplit (articles, "、", -1);

  if (strstr (rest, "条") == NULL)
    return TRUE;
  for (guint i = 0; list[i] != NULL; i++)
    if (strstr (rest, list[i]) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
is_named (const ShequDuty *duty, char *const *parts)
{
  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *rest = find_law (parts[i], duty->law);

      if (rest != NULL && names_article (rest, duty->article))
        return TRUE;
    }
  return FALSE;
}

/* A law that another named law contains in its name is not meant: “宪法” in no other, “消防法” in none. */
static gboolean
is_part_of_longer (ShequDuties *duties, const ShequDuty *duty, const char *basis)
{
  for (guint i = 0; i < duties->duties->len; i++)
    {
      const ShequDuty *other = duties->duties->pdata[i];

      if (strlen (other->law) > strlen (duty->law) && strstr (other->law, duty->law) != NULL &&
          strstr (basis, other->law) != NULL)
        return TRUE;
    }
  return FALSE;
}

/**
 * shequ_duties_find:
 * @duties: the duties
 * @basis: (nullable): what an application names as its basis
 *
 * Finds the duties of the laws that are named; where articles are named behind a law, only those of these.
 *
 * Returns: (transfer container) (element-type ShequDuty): the duties
 */
GPtrArray *
shequ_duties_find (ShequDuties *duties, const char *basis)
{
  GPtrArray *found = g_ptr_array_new ();
  g_auto (GStrv) parts = NULL;
  g_autoptr (GString) plain = g_string_new (basis);

  g_string_replace (plain, "；", ";", 0);
  g_string_replace (plain, "，", ";", 0);
  g_string_replace (plain, ",", ";", 0);
  parts = g_strsplit (plain->str, ";", -1);
  for (guint i = 0; i < duties->duties->len; i++)
    if (is_named (duties->duties->pdata[i], parts) &&
        !is_part_of_longer (duties, duties->duties->pdata[i], plain->str))
      g_ptr_array_add (found, duties->duties->pdata[i]);
  return found;
}

static gboolean
asks_to_lead (const char *role)
{
  return g_strcmp0 (role, "lead") == 0 || g_strcmp0 (role, "主办") == 0;
}

/**
 * shequ_duties_screen:
 * @duties: the duties
 * @facts: an application
 * @findings: (element-type ShequFinding): gets a finding for each duty of the statutes that it names
 *
 * Says what the named statutes ask of the community: a warning where the application makes it lead what it
 * has only to report, or to assist in.
 */
void
shequ_duties_screen (ShequDuties *duties, const ShequApplicationFacts *facts, GPtrArray *findings)
{
  g_autoptr (GPtrArray) found = shequ_duties_find (duties, facts->basis);

  for (guint i = 0; i < found->len; i++)
    {
      const ShequDuty *duty = found->pdata[i];
      gboolean too_far = duty->role != SHEQU_DUTY_OWN && asks_to_lead (facts->role);
      ShequFinding *finding =
        shequ_findings_add (findings, "DUTY", too_far ? SHEQU_SEVERITY_WARNING : SHEQU_SEVERITY_NOTE);

      g_free (finding->subject);
      finding->subject = g_strdup (duty->id);
      finding->title = too_far ? g_strdup (_ ("The statute does not ask so much of the community"))
                               : g_strdup (_ ("What the statute asks of the community"));
      finding->text = g_strdup_printf (_ ("%s %s gives the community %s."), duty->law, duty->article,
                                       _ (roles[duty->role].text));
      g_free (finding->detail);
      finding->detail =
        *duty->note != '\0' ? g_strdup_printf ("%s（%s）", duty->duty, duty->note) : g_strdup (duty->duty);
      finding->source = g_strdup_printf ("%s%s", duty->law, duty->article);
      finding->version = g_strdup (duty->version);
    }
}
