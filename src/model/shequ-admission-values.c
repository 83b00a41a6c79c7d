/* What stands in the blanks of the papers of a case; data/rules/admission-papers.ini names them. */
#include "config.h"

#include "shequ-admission-private.h"
#include "shequ-money.h"
#include "shequ-record-papers.h"

typedef void (*DescribeLine) (const ShequRow *row, GString *text);

static char *
format (const ShequRow *row, const char *name)
{
  const ShequField *field = shequ_register_lookup (row->reg, name);

  return field != NULL ? shequ_row_format (row, field, SHEQU_FORMAT_PLAIN) : g_strdup ("");
}

static char *
format_day (const char *day)
{
  ShequDate date;

  return day != NULL && shequ_date_from_iso (day, &date) ? shequ_date_format_chinese (&date) : g_strdup ("");
}

static void
put (GHashTable *values, const char *name, char *text)
{
  g_hash_table_insert (values, g_strdup (name), text);
}

static void append (GString *text, const char *format_text, ...) G_GNUC_PRINTF (2, 3);

static void
append (GString *text, const char *format_text, ...)
{
  va_list arguments;

  if (text->len > 0)
    g_string_append (text, "；");
  va_start (arguments, format_text);
  g_string_append_vprintf (text, format_text, arguments);
  va_end (arguments);
}

static void
describe_opinion (const ShequRow *row, GString *text)
{
  g_autofree char *answer = format (row, "answer");
  const char *opinion = shequ_row_get_text (row, "opinion");

  append (text, "%s：%s%s%s", shequ_row_get_text (row, "who"), answer, opinion != NULL ? "，" : "",
          opinion != NULL ? opinion : "");
}

static void
describe_funding (const ShequRow *row, GString *text)
{
  g_autofree char *promised = shequ_money_format_plain (shequ_row_get_integer (row, "promised"));
  g_autofree char *paid = shequ_money_format_plain (shequ_row_get_integer (row, "paid"));
  g_autofree char *due = format_day (shequ_row_get_text (row, "due_on"));

  append (text, "%s%s元，%s前拨付，已拨%s元", shequ_row_get_text (row, "purpose"), promised, due, paid);
}

static void
describe_means (const ShequRow *row, GString *text)
{
  g_autofree char *due = format_day (shequ_row_get_text (row, "due_on"));

  append (text, "%s%d，%s前到位，实到%d", shequ_row_get_text (row, "what"),
          (int) shequ_row_get_integer (row, "promised"), due, (int) shequ_row_get_integer (row, "arrived"));
}

static void
describe_review (const ShequRow *row, GString *text)
{
  g_autofree char *side = format (row, "side"), *verdict = format (row, "verdict");

  append (text, "%d年%s：%s", (int) shequ_row_get_integer (row, "year"), side, verdict);
}

static void
describe_hearing (const ShequRow *row, GString *text)
{
  g_autofree char *day = format_day (shequ_row_get_text (row, "day"));
  g_autofree char *result = format (row, "result");

  append (text, "%s召开，结论：%s", day, *result != '\0' ? result : "未召开");
}

static gboolean
put_lines (ShequOffice *office,
           GHashTable *values,
           gint64 application,
           const char *name,
           const char *reg,
           DescribeLine describe,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GPtrArray) rows = shequ_admission_load_lines (office, reg, application, cancellable, error);
  g_autoptr (GString) text = g_string_new (NULL);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    describe (rows->pdata[i], text);
  if (text->len > 0)
    g_string_append (text, "。");
  put (values, name, g_strdup (text->str));
  return TRUE;
}

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

static void
put_plan (GHashTable *values, const ShequRow *hearing)
{
  g_autofree char *day = format_day (shequ_row_get_text (hearing, "day"));
  g_autofree char *observers = format (hearing, "observers");
  g_autoptr (GString) plan = g_string_new (NULL);

  append (plan, "议题：%s", or_empty (shequ_row_get_text (hearing, "subject")));
  append (plan, "时间：%s %s", day, or_empty (shequ_row_get_text (hearing, "clock")));
  append (plan, "地点：%s", or_empty (shequ_row_get_text (hearing, "place")));
  if (*observers != '\0')
    append (plan, "旁听名额：%s", observers);
  g_string_append (plan, "。");
  put (values, "hearing_plan", g_strdup (plan->str));
}

static void
describe_delegate (const ShequRow *row, GString *text)
{
  g_autofree char *standing = format (row, "standing"), *vote = format (row, "vote");
  const char *speech = shequ_row_get_text (row, "speech");

  append (text, "%s（%s，%s）", shequ_row_get_text (row, "name"), standing,
          shequ_row_get_integer (row, "attended") != 0 ? "到会" : "未到会");
  if (speech != NULL)
    g_string_append_printf (text, "发言：%s", speech);
  if (*vote != '\0')
    g_string_append_printf (text, " 表决：%s", vote);
}

static gboolean
put_delegates (ShequOffice *office,
               GHashTable *values,
               gint64 hearing,
               GCancellable *cancellable,
               GError **error)
{
  g_autoptr (GPtrArray) rows = shequ_admission_load_delegates (office, hearing, cancellable, error);
  g_autoptr (GString) text = g_string_new (NULL);
  guint attended = 0, votes[3] = { 0 };
  static const char *const codes[] = { "for", "against", "abstain" };

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      describe_delegate (rows->pdata[i], text);
      attended += shequ_row_get_integer (rows->pdata[i], "attended") != 0;
      for (guint j = 0; j < G_N_ELEMENTS (codes); j++)
        votes[j] += g_strcmp0 (shequ_row_get_text (rows->pdata[i], "vote"), codes[j]) == 0;
    }
  if (rows == NULL)
    return FALSE;
  put (values, "delegates", g_strdup_printf ("代表：%s。", text->str));
  put (values, "hearing_votes",
       g_strdup_printf ("应到代表%u人，实到%u人；赞成%u票，反对%u票，弃权%u票。", rows->len, attended,
                        votes[0], votes[1], votes[2]));
  return TRUE;
}

/* The last hearing of the case. */
static gboolean
put_hearing (ShequOffice *office,
             GHashTable *values,
             gint64 application,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (GPtrArray) rows =
    shequ_admission_load_lines (office, "hearing", application, cancellable, error);
  const ShequRow *hearing = rows != NULL && rows->len > 0 ? rows->pdata[rows->len - 1] : NULL;
  const char *seed;

  if (hearing == NULL)
    return rows != NULL;
  put_plan (values, hearing);
  seed = shequ_row_get_text (hearing, "seed");
  if (seed != NULL)
    put (values, "lot", g_strdup_printf ("代表由抽签产生，抽签种子：%s。", seed));
  put (values, "hearing_chair", format (hearing, "chair"));
  put (values, "hearing_recorder", format (hearing, "recorder"));
  put (values, "hearing_record", format (hearing, "record"));
  put (values, "hearing_summary", format (hearing, "summary"));
  put (values, "hearing_result", format (hearing, "result"));
  return put_delegates (office, values, hearing->key, cancellable, error);
}

static char *
list_findings (const GPtrArray *findings)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < findings->len; i++)
    {
      const ShequFinding *finding = findings->pdata[i];

      if (finding->severity == SHEQU_SEVERITY_NOTE)
        continue;
      append (text, "%s", finding->title);
      if (*finding->source != '\0')
        g_string_append_printf (text, "（%s）", finding->source);
    }
  if (text->len > 0)
    g_string_append (text, "。");
  return g_strdup (text->str);
}

/* Who told it, when and how, in one sentence; nothing for what was applied for. */
static void
put_told (GHashTable *values, const ShequRow *application)
{
  g_autofree char *day = format_day (shequ_row_get_text (application, "told_on"));
  g_autofree char *how = format (application, "told_how");
  const char *who = shequ_row_get_text (application, "told_by");

  put (values, "told",
       *how != '\0' ? g_strdup_printf ("%s%s以%s方式布置。", day, who != NULL ? who : "该单位", how)
                    : g_strdup (""));
}

static void
put_decision (GHashTable *values, const ShequRow *application)
{
  const char *state = shequ_row_get_text (application, "state");
  const char *zero = shequ_row_get_text (application, "zero_funding_reason");

  put (values, "decision",
       g_strdup (g_strcmp0 (state, "trial") == 0 ? "决定准予试行进入社区" : "决定准予进入社区"));
  put (values, "money", shequ_money_format_plain (MAX (shequ_row_get_integer (application, "funding"), 0)));
  put (values, "hours", format (application, "hours_per_year"));
  if (zero != NULL && shequ_row_get_integer (application, "funding") <= 0)
    put (values, "zero_reason", g_strdup_printf ("零经费理由：%s", zero));
}

GHashTable *
shequ_admission_collect_values (ShequOffice *office,
                                const ShequAdmissionFacts *facts,
                                const char *reason,
                                GCancellable *cancellable,
                                GError **error)
{
  static const struct
  {
    const char *name;
    const char *reg;
    DescribeLine describe;
  } lists[] = { { "opinions", "admission_opinion", describe_opinion },
                { "funding", "funding_line", describe_funding },
                { "means", "means_line", describe_means },
                { "reviews", "admission_review", describe_review },
                { "hearing", "hearing", describe_hearing } };
  g_autoptr (GHashTable) values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *today = shequ_office_get_today (office);

  shequ_paper_put_fields (values, facts->application);
  put_decision (values, facts->application);
  put_told (values, facts->application);
  put (values, "reason", g_strdup (reason != NULL ? reason : ""));
  put (values, "today", format_day (today));
  put (values, "office", g_strdup (shequ_office_get_name (office)));
  put (values, "findings", list_findings (facts->findings));
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    if (!put_lines (office, values, facts->application->key, lists[i].name, lists[i].reg, lists[i].describe,
                    cancellable, error))
      return NULL;
  return put_hearing (office, values, facts->application->key, cancellable, error) ? g_steal_pointer (&values)
                                                                                   : NULL;
}
