#include <string.h>

#include "shequ-catalogue.h"
#include "shequ-locale.h"
#include "shequ-row.h"

#define TODAY "2026-11-22"

typedef struct
{
  ShequCatalogue *catalogue;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->catalogue = shequ_catalogue_new_shipped (&error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  shequ_catalogue_unref (fixture->catalogue);
}

static ShequRow *
new_row (Fixture *fixture, const char *name)
{
  return shequ_row_new (shequ_catalogue_lookup (fixture->catalogue, name));
}

static void
set_link (ShequRow *row, const char *name, gint64 key, const char *title)
{
  if (row->link_titles == NULL)
    row->link_titles = g_new0 (char *, row->reg->fields->len);
  shequ_row_set_integer (row, name, key);
  row->link_titles[shequ_register_lookup (row->reg, name)->index] = g_strdup (title);
}

static void
test_defaults (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ShequRow) row = new_row (fixture, "application");
  g_autoptr (ShequRow) certificate = new_row (fixture, "certificate");

  shequ_row_set_text (row, "nature", "long");
  shequ_row_set_defaults (row, TODAY, "王主任");
  g_assert_cmpstr (shequ_row_get_text (row, "filed_on"), ==, TODAY);
  g_assert_cmpstr (shequ_row_get_text (row, "state"), ==, "submitted");
  g_assert_cmpstr (shequ_row_get_text (row, "nature"), ==, "long");
  g_assert_cmpint (shequ_row_get_named (row, "wants_plate")->type, ==, SHEQU_VALUE_INTEGER);
  g_assert_cmpint (shequ_row_get_integer (row, "wants_plate"), ==, 0);
  g_assert_true (shequ_value_is_null (shequ_row_get_named (row, "title")));

  shequ_row_set_defaults (certificate, TODAY, "王主任");
  g_assert_cmpstr (shequ_row_get_text (certificate, "handler"), ==, "王主任");
}

static void
test_title (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ShequRow) dwelling = new_row (fixture, "dwelling");
  g_autoptr (ShequRow) household = new_row (fixture, "household");
  g_autoptr (ShequRow) copy = NULL;
  g_autofree char *whole = NULL;
  g_autofree char *without = NULL;
  g_autofree char *detail = NULL;
  g_autofree char *empty = NULL;

  set_link (dwelling, "building", 7, "幸福小区 3号楼");
  shequ_row_set_text (dwelling, "stairwell", "2单元");
  shequ_row_set_text (dwelling, "room", "301");
  whole = shequ_row_get_title (dwelling);
  g_assert_cmpstr (whole, ==, "幸福小区 3号楼 2单元 301");

  copy = shequ_row_copy (dwelling);
  shequ_row_set_null (copy, "stairwell");
  shequ_row_set_integer (copy, "area", 90);
  without = shequ_row_get_title (copy);
  g_assert_cmpstr (without, ==, "幸福小区 3号楼 301");
  detail = shequ_row_get_detail (copy);
  g_assert_cmpstr (detail, ==, "90平方米");

  household->key = 12;
  empty = shequ_row_get_title (household);
  g_assert_cmpstr (empty, ==, "家庭户 12");
}

static void
test_format (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ShequRow) row = new_row (fixture, "resident");
  const ShequField *household = shequ_register_lookup (row->reg, "household");
  const ShequField *number = shequ_register_lookup (row->reg, "id_number");
  const ShequField *relation = shequ_register_lookup (row->reg, "relation");
  g_autofree char *label = NULL;
  g_autofree char *key = NULL;
  g_autofree char *title = NULL;
  g_autofree char *masked = NULL;

  shequ_row_set_text (row, "relation", "12");
  shequ_row_set_text (row, "id_number", "11010519491231002X");
  shequ_row_set_integer (row, "household", 5);
  label = shequ_row_format (row, relation, SHEQU_FORMAT_EXPORT);
  key = shequ_row_format (row, household, SHEQU_FORMAT_PLAIN);
  set_link (row, "household", 5, "3号楼2单元301");
  title = shequ_row_format (row, household, SHEQU_FORMAT_PLAIN);
  masked = shequ_row_format (row, number, SHEQU_FORMAT_MASKED);
  g_assert_cmpstr (label, ==, "妻");
  g_assert_cmpstr (key, ==, "5");
  g_assert_cmpstr (title, ==, "3号楼2单元301");
  g_assert_null (strstr (masked, "19491231"));
}

/* The field and severity of each issue, as `name!` for an error, `name?` for a warning, `name.` for a note.
 */
static char *
tell_issues (const GPtrArray *issues)
{
  GString *told = g_string_new (NULL);

  for (guint i = 0; i < issues->len; i++)
    {
      const ShequIssue *issue = issues->pdata[i];

      g_assert_nonnull (issue->field);
      g_string_append_printf (told, "%s%s%c", i > 0 ? " " : "", issue->field->name, ".?!"[issue->severity]);
    }
  return g_string_free (told, FALSE);
}

static const struct
{
  const char *reg;
  const char *values; /* field=text, as typed, one a line */
  const char *issues;
} rules[] = {
  { "staff", "name=李梅", "" },
  { "staff", "position=书记", "name!" },
  { "building", "name=3号楼\nfloors=0", "floors!" },
  { "household", "phone=13800138000", "address!" },
  { "household", "number=0001", "" },
  { "household", "address=3号楼301", "" },
  { "work_item", "name=走访\nkind=其他\nvalid_from=2026-01-01\nvalid_to=2025-12-31", "valid_to!" },
  { "work_item", "name=走访\nkind=其他\nvalid_from=2026-01-01\nvalid_to=2026-01-01", "" },
  { "work_item", "name=走访\nkind=其他\nfunding=-1", "funding!" },
  { "certificate",
    "number=1\nkind=x\ntitle=证明\nresident_name=张三\npurpose=办事\nfacts=无\nissued_on=2026-11-01\nstatus="
    "void",
    "void_reason!" },
  { "assignment", "shift=1\nvolunteer=2\nstatus=done", "minutes!" },
  { "assignment", "shift=1\nvolunteer=2\nstatus=planned", "" },
  { "work_entry", "day=2026-11-23\nstaff=1\nitem=1\nminutes=30", "day!" },
  { "work_entry", "day=2026-11-22\nstaff=1\nitem=1\nminutes=1441", "minutes!" },
  { "shift", "title=巡逻\nday=2026-11-22\nstart=9:00\nend=8:00\nneeded=2", "end!" },
  { "shift", "title=巡逻\nday=2026-11-22\nstart=9:00\nend=9:00\nneeded=2", "end!" },
  { "shift", "title=巡逻\nday=2026-11-22\nstart=9:00\nend=11:30\nneeded=2", "" },
};

static void
fill (ShequRow *row, const char *values, GPtrArray *issues)
{
  g_auto (GStrv) lines = g_strsplit (values, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *text = strchr (lines[i], '=');
      const ShequField *field;

      *text = '\0';
      field = shequ_register_lookup (row->reg, lines[i]);
      g_assert_nonnull (field);
      shequ_field_parse (field, text + 1, TODAY, shequ_row_get (row, field), issues);
    }
}

static void
test_rules (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      g_autoptr (ShequRow) row = new_row (fixture, rules[i].reg);
      g_autoptr (GPtrArray) issues = shequ_issues_new ();
      g_autofree char *told = NULL;

      fill (row, rules[i].values, issues);
      shequ_row_validate (row, TODAY, issues);
      told = tell_issues (issues);
      g_test_message ("%s: %s", rules[i].reg, rules[i].values);
      g_assert_cmpstr (told, ==, rules[i].issues);
      g_assert_cmpint (shequ_issues_have_errors (issues), ==, *told != '\0');
    }
}

/* Values that no parser let through are found too. */
static void
test_set_by_program (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ShequRow) row = new_row (fixture, "building");
  g_autoptr (GPtrArray) issues = shequ_issues_new ();
  g_autofree char *long_name = g_strnfill (41, 'x');
  g_autofree char *told = NULL;

  shequ_row_set_text (row, "name", long_name);
  shequ_row_set_integer (row, "floors", 151);
  shequ_row_set_text (row, "stairwells", "many");
  g_assert_false (shequ_row_validate (row, TODAY, issues));
  told = tell_issues (issues);
  g_assert_cmpstr (told, ==, "name! floors! stairwells!");
}

static void
test_messages (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ShequRow) row = new_row (fixture, "staff");
  g_autoptr (GPtrArray) issues = shequ_issues_new ();
  g_autofree char *text = NULL;
  g_autofree char *none = NULL;
  g_autofree char *all = NULL;

  g_ptr_array_add (issues, shequ_issue_new (SHEQU_ISSUE_NOTE, NULL, "a note"));
  none = shequ_issues_to_text (issues, SHEQU_ISSUE_WARNING);
  g_assert_cmpstr (none, ==, "");
  shequ_row_validate (row, TODAY, issues);
  text = shequ_issues_to_text (issues, SHEQU_ISSUE_WARNING);
  g_assert_true (g_str_has_prefix (text, "姓名"));
  g_assert_null (strstr (text, "a note"));
  all = shequ_issues_to_text (issues, SHEQU_ISSUE_NOTE);
  g_assert_true (g_str_has_prefix (all, text));
  g_assert_true (g_str_has_suffix (all, "a note"));
}

static void
test_clear (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ShequRow) row = new_row (fixture, "staff");

  row->key = 4;
  set_link (row, "unit", 3, "民生社区");
  shequ_row_clear (row);
  g_assert_cmpint (row->key, ==, 0);
  g_assert_true (shequ_value_is_null (shequ_row_get_named (row, "unit")));
  g_assert_null (row->link_titles[shequ_register_lookup (row->reg, "unit")->index]);
  g_assert_null (shequ_row_get_named (row, "no_such_field"));
}

static void
test_matches (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ShequRow) row = new_row (fixture, "work_item");
  g_autoptr (ShequCondition) condition =
    shequ_condition_parse ("funding>=12.5 and active=yes and kind=减负事项", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (shequ_condition_bind (condition, row->reg, &error));
  g_assert_no_error (error);
  shequ_row_set_integer (row, "funding", 1250);
  shequ_row_set_integer (row, "active", 1);
  shequ_row_set_text (row, "kind", "relieved_item");
  g_assert_true (shequ_row_matches (row, condition, TODAY));
  shequ_row_set_integer (row, "funding", 1249);
  g_assert_false (shequ_row_matches (row, condition, TODAY));
}

static void
test_title_otherwise (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ShequRow) row = new_row (fixture, "household");
  g_autofree char *both = NULL, *number = NULL, *around = NULL;

  shequ_row_set_text (row, "number", "220802001");
  number = shequ_row_get_title (row);
  g_assert_cmpstr (number, ==, "220802001");
  shequ_row_set_text (row, "address", "阳光住宅2号楼");
  both = shequ_row_get_title (row);
  g_assert_cmpstr (both, ==, "阳光住宅2号楼");
  around = shequ_row_expand (row, "|{phone|address|number}|{number}", SHEQU_FORMAT_PLAIN);
  g_assert_cmpstr (around, ==, "|阳光住宅2号楼|220802001");
}

/* A register of its own for the rules across fields. */
static void
test_rules_across_fields (Fixture *fixture, gconstpointer data)
{
  static const char text[] = "[Register]\nName=check\nLabel=Check\nTitle={what}\nOneOf=house;person;place\n"
                             "[Field what]\nKind=text\nLabel=What\n"
                             "[Field house]\nKind=text\nLabel=House\n"
                             "[Field person]\nKind=text\nLabel=Person\n"
                             "[Field place]\nKind=text\nLabel=Place\n"
                             "[Field done_by]\nKind=text\nLabel=Done by\n"
                             "[Field checked_by]\nKind=text\nLabel=Checked by\nDiffersFrom=done_by\n";
  g_autoptr (GPtrArray) issues = shequ_issues_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequRow) row = NULL;
  const ShequIssue *issue;

  g_assert_true (shequ_catalogue_add_text (fixture->catalogue, "check.ini", text, &error));
  g_assert_true (shequ_catalogue_resolve (fixture->catalogue, &error));
  g_assert_no_error (error);
  row = new_row (fixture, "check");
  g_assert_false (shequ_row_validate (row, TODAY, issues));
  g_assert_cmpuint (issues->len, ==, 1);
  issue = issues->pdata[0];
  g_assert_cmpstr (issue->field->name, ==, "house");
  g_assert_nonnull (strstr (issue->message, "Person"));

  shequ_row_set_text (row, "person", "张三");
  shequ_row_set_text (row, "checked_by", "李四");
  g_assert_true (shequ_row_validate (row, TODAY, issues));

  shequ_row_set_text (row, "place", "广场");
  shequ_row_set_text (row, "done_by", "李四");
  g_ptr_array_set_size (issues, 0);
  g_assert_false (shequ_row_validate (row, TODAY, issues));
  g_assert_cmpuint (issues->len, ==, 2);
  issue = issues->pdata[0];
  g_assert_cmpstr (issue->field->name, ==, "checked_by");
  g_assert_nonnull (strstr (issue->message, "Done by"));
  issue = issues->pdata[1];
  g_assert_cmpstr (issue->field->name, ==, "place");
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/row/defaults", Fixture, NULL, set_up, test_defaults, tear_down);
  g_test_add ("/row/title", Fixture, NULL, set_up, test_title, tear_down);
  g_test_add ("/row/format", Fixture, NULL, set_up, test_format, tear_down);
  g_test_add ("/row/rules", Fixture, NULL, set_up, test_rules, tear_down);
  g_test_add ("/row/set-by-program", Fixture, NULL, set_up, test_set_by_program, tear_down);
  g_test_add ("/row/messages", Fixture, NULL, set_up, test_messages, tear_down);
  g_test_add ("/row/clear", Fixture, NULL, set_up, test_clear, tear_down);
  g_test_add ("/row/matches", Fixture, NULL, set_up, test_matches, tear_down);
  g_test_add ("/row/title-otherwise", Fixture, NULL, set_up, test_title_otherwise, tear_down);
  g_test_add ("/row/rules-across-fields", Fixture, NULL, set_up, test_rules_across_fields, tear_down);
  return g_test_run ();
}
