#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-error.h"
#include "shequ-field-kind.h"
#include "shequ-locale.h"

#define TODAY "2026-11-22"

static const char kinds_ini[] =
  "[Register]\nName=kinds\nLabel=Kinds\nTitle={text}\n"
  "[Field text]\nKind=text\nLabel=Text\nAtMost=5\n"
  "[Field name]\nKind=text\nLabel=Name\nSearch=pinyin\nSensitivity=2\n"
  "[Field note]\nKind=long_text\nLabel=Note\n"
  "[Field number]\nKind=integer\nLabel=Number\nUnit=m\nAtLeast=-5\nAtMost=100000\n"
  "[Field money]\nKind=money\nLabel=Money\nAtLeast=0\nAtMost=1000000\n"
  "[Field date]\nKind=date\nLabel=Date\n"
  "[Field time]\nKind=time\nLabel=Time\n"
  "[Field moment]\nKind=moment\nLabel=Moment\n"
  "[Field yes_no]\nKind=yes_no\nLabel=Yes\n"
  "[Field code]\nKind=code\nLabel=Code\nCodes=keep:Keep;remove:Remove\n"
  "[Field sex]\nKind=code\nLabel=Sex\nCodeList=gbt2261_1_sex\n"
  "[Field link]\nKind=link\nLabel=Link\nTo=kinds\n"
  "[Field id_number]\nKind=id_number\nLabel=ID\nSensitivity=2\n"
  "[Field credit_code]\nKind=credit_code\nLabel=Credit\n"
  "[Field phone]\nKind=phone\nLabel=Phone\nSensitivity=2\n"
  "[Field open_phone]\nKind=phone\nLabel=Open\n"
  "[Field picture]\nKind=picture\nLabel=Picture\n"
  "[Field computed]\nKind=computed\nLabel=Computed\nCompute=count(kinds where link=this)\n";

typedef struct
{
  ShequCatalogue *catalogue;
  const ShequRegister *reg;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->catalogue = shequ_catalogue_new ();
  shequ_catalogue_add_text (fixture->catalogue, "kinds.ini", kinds_ini, &error);
  g_assert_no_error (error);
  shequ_catalogue_resolve (fixture->catalogue, &error);
  g_assert_no_error (error);
  fixture->reg = shequ_catalogue_lookup (fixture->catalogue, "kinds");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  shequ_catalogue_unref (fixture->catalogue);
}

#define REFUSED "!"

/* What is typed, what is stored (an integer as text), what is read back, what is read by those who may not
 * see. */
static const struct
{
  const char *field;
  const char *typed;
  const char *stored; /* NULL for nothing */
  const char *shown;
  const char *masked;
} cases[] = {
  { "text", "  3号楼 ", "3号楼", "3号楼", "3号楼" },
  { "text", "", NULL, "", "" },
  { "text", " \t ", NULL, "", "" },
  { "text", "\xe3\x80\x80", NULL, "", "" },
  { "text", "一二三四五", "一二三四五", "一二三四五", "一二三四五" },
  { "text", "一二三四五六", REFUSED, NULL, NULL },
  { "text", "a\xff", REFUSED, NULL, NULL },
  { "text", "a\nb", "a b", "a b", "a b" },
  { "text", "-", "-", "-", "-" },
  { "name", "张  三", "张三", "张三", NULL },
  { "name", "张　三", "张三", "张三", NULL },
  { "name", "Anna Lee", "Anna Lee", "Anna Lee", NULL },
  { "name", "\xe2\x80\x8b王\xe2\x80\x8b五", "王五", "王五", NULL },
  { "note", "一\n二", "一\n二", "一\n二", "一\n二" },
  { "number", "12", "12", "12", "12" },
  { "number", "1,200", "1200", "1200", "1200" },
  { "number", "１２", "12", "12", "12" },
  { "number", "90m", "90", "90", "90" },
  { "number", "90.0", "90", "90", "90" },
  { "number", "89.6", "90", "90", "90" },
  { "number", "-5", "-5", "-5", "-5" },
  { "number", "-6", REFUSED, NULL, NULL },
  { "number", "100001", REFUSED, NULL, NULL },
  { "number", "1e300", REFUSED, NULL, NULL },
  { "number", "nan", REFUSED, NULL, NULL },
  { "number", "0x10", REFUSED, NULL, NULL },
  { "number", "twelve", REFUSED, NULL, NULL },
  { "number", "/", NULL, "", "" },
  { "money", "1,234.5", "123450", "1,234.50", "1,234.50" },
  { "money", "-1", REFUSED, NULL, NULL },
  { "money", "1000000.01", REFUSED, NULL, NULL },
  { "date", "2026年11月22日", "2026-11-22", "2026-11-22", "2026-11-22" },
  { "date", "1/2/2026", REFUSED, NULL, NULL },
  { "time", "8:30", "08:30", "08:30", "08:30" },
  { "moment", "2026-11-22 08:30", "2026-11-22T00:30:00Z", "2026-11-22 08:30", "2026-11-22 08:30" },
  { "picture", "/9j//9k=", "/9j//9k=", "there is a picture", "there is a picture" },
  { "picture", "/9j//9k", REFUSED, NULL, NULL },
  { "picture", "/9j//9l=", REFUSED, NULL, NULL },
  { "picture", "R0lGODlhAQ==", REFUSED, NULL, NULL },
  { "picture", "there is a picture", REFUSED, NULL, NULL },
  { "picture", "照片.jpg", REFUSED, NULL, NULL },
  { "yes_no", "是", "1", "yes", "yes" },
  { "yes_no", " No ", "0", "no", "no" },
  { "yes_no", "√", "1", "yes", "yes" },
  { "yes_no", "maybe", REFUSED, NULL, NULL },
  { "code", "Keep", "keep", "Keep", "Keep" },
  { "code", "remove", "remove", "Remove", "Remove" },
  { "code", "other", REFUSED, NULL, NULL },
  { "code", "/", NULL, "", "" },
  { "sex", "女", "2", "女性", "女性" },
  { "link", "12", "12", "12", "12" },
  { "link", "0", REFUSED, NULL, NULL },
  { "link", "张三", REFUSED, NULL, NULL },
  { "id_number", "11010519491231002x", "11010519491231002X", "11010519491231002X", NULL },
  { "id_number", "110105491231002", "11010519491231002X", "11010519491231002X", NULL },
  { "id_number", "110105194912310021", REFUSED, NULL, NULL },
  { "id_number", "E12345678", REFUSED, NULL, NULL },
  { "id_number", "无", NULL, "", "" },
  { "credit_code", "91110000MA00000000", REFUSED, NULL, NULL },
  { "phone", "138 0013 8000", "13800138000", "13800138000", NULL },
  { "phone", "12", REFUSED, NULL, NULL },
  { "open_phone", "13800138000", "13800138000", "13800138000", "13800138000" },
  { "computed", "3", REFUSED, NULL, NULL },
};

static char *
get_stored (const ShequValue *value)
{
  if (value->type == SHEQU_VALUE_INTEGER)
    return g_strdup_printf ("%" G_GINT64_FORMAT, value->integer);
  return g_strdup (value->text);
}

/* Yes and no are said in the person's language. */
static const char *
translate (const char *text)
{
  return *text != '\0' ? g_dgettext (GETTEXT_PACKAGE, text) : text;
}

static void
check_case (const ShequField *field, guint i)
{
  g_auto (ShequValue) value = SHEQU_VALUE_INIT;
  g_autoptr (GPtrArray) issues = shequ_issues_new ();
  gboolean taken = shequ_field_parse (field, cases[i].typed, TODAY, &value, issues);
  g_autofree char *stored = get_stored (&value);
  g_autofree char *shown = shequ_field_format (field, &value, SHEQU_FORMAT_PLAIN);
  g_autofree char *masked = shequ_field_format (field, &value, SHEQU_FORMAT_MASKED);

  g_test_message ("%s: %s", cases[i].field, cases[i].typed);
  g_assert_cmpint (taken, ==, !shequ_issues_have_errors (issues));
  if (g_strcmp0 (cases[i].stored, REFUSED) == 0)
    {
      g_assert_false (taken);
      g_assert_true (shequ_value_is_null (&value));
      return;
    }
  g_assert_true (taken);
  g_assert_cmpstr (stored, ==, cases[i].stored);
  g_assert_cmpstr (shown, ==, translate (cases[i].shown));
  if (cases[i].masked != NULL)
    g_assert_cmpstr (masked, ==, translate (cases[i].masked));
  else
    g_assert_cmpstr (masked, !=, shown);
}

static void
test_parse (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    check_case (shequ_register_lookup (fixture->reg, cases[i].field), i);
}

/* What an export writes, an import reads back to the same value. */
static void
test_export_round_trip (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const ShequField *field = shequ_register_lookup (fixture->reg, cases[i].field);
      g_auto (ShequValue) value = SHEQU_VALUE_INIT;
      g_auto (ShequValue) again = SHEQU_VALUE_INIT;
      g_autoptr (GPtrArray) issues = shequ_issues_new ();
      g_autofree char *text = NULL;

      if (!shequ_field_parse (field, cases[i].typed, TODAY, &value, issues))
        continue;
      text = shequ_field_format (field, &value, SHEQU_FORMAT_EXPORT);
      g_assert_true (shequ_field_parse (field, text, TODAY, &again, issues));
      g_assert_true (shequ_value_equal (&value, &again));
    }
}

static ShequSeverity
get_worst (const ShequField *field, const char *typed, guint *n_issues)
{
  g_auto (ShequValue) value = SHEQU_VALUE_INIT;
  g_autoptr (GPtrArray) issues = shequ_issues_new ();
  ShequSeverity worst = SHEQU_ISSUE_NOTE;

  shequ_field_parse (field, typed, TODAY, &value, issues);
  for (guint i = 0; i < issues->len; i++)
    worst = MAX (worst, ((const ShequIssue *) issues->pdata[i])->severity);
  *n_issues = issues->len;
  return worst;
}

static void
test_severity (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *field;
    const char *typed;
    guint n_issues;
    ShequSeverity worst;
  } told[] = {
    { "id_number", "11010519491231002X", 0, SHEQU_ISSUE_NOTE },
    { "id_number", "110105491231002", 1, SHEQU_ISSUE_NOTE },
    { "id_number", "999999194912310028", 1, SHEQU_ISSUE_ERROR },
    { "phone", "13800138000/13900139000", 1, SHEQU_ISSUE_WARNING },
    { "number", "89.6", 1, SHEQU_ISSUE_NOTE },
    { "number", "/", 1, SHEQU_ISSUE_NOTE },
    { "code", "other", 1, SHEQU_ISSUE_ERROR },
  };

  for (guint i = 0; i < G_N_ELEMENTS (told); i++)
    {
      guint n_issues;
      ShequSeverity worst =
        get_worst (shequ_register_lookup (fixture->reg, told[i].field), told[i].typed, &n_issues);

      g_test_message ("%s: %s", told[i].field, told[i].typed);
      g_assert_cmpuint (n_issues, ==, told[i].n_issues);
      g_assert_cmpint (worst, ==, told[i].worst);
    }
}

static void
test_message_names_choices (Fixture *fixture, gconstpointer data)
{
  g_auto (ShequValue) value = SHEQU_VALUE_INIT;
  g_autoptr (GPtrArray) issues = shequ_issues_new ();
  g_autofree char *text = NULL;

  shequ_field_parse (shequ_register_lookup (fixture->reg, "code"), "other", TODAY, &value, issues);
  text = shequ_issues_to_text (issues, SHEQU_ISSUE_ERROR);
  g_assert_nonnull (strstr (text, "Code"));
  g_assert_nonnull (strstr (text, "other"));
  g_assert_nonnull (strstr (text, "Keep"));
  g_assert_nonnull (strstr (text, "Remove"));
}

static void
test_names (void)
{
  for (ShequFieldKind kind = 0; kind < SHEQU_N_FIELD_KINDS; kind++)
    g_assert_nonnull (shequ_field_kind_get_name (kind));
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/field-kind/parse", Fixture, NULL, set_up, test_parse, tear_down);
  g_test_add ("/field-kind/export-round-trip", Fixture, NULL, set_up, test_export_round_trip, tear_down);
  g_test_add ("/field-kind/severity", Fixture, NULL, set_up, test_severity, tear_down);
  g_test_add ("/field-kind/choices", Fixture, NULL, set_up, test_message_names_choices, tear_down);
  g_test_add_func ("/field-kind/names", test_names);
  return g_test_run ();
}
