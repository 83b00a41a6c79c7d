/* Sums that belong together are compared on entry and on import; what stands against a norm is listed. */
#include "shequ-error.h"
#include "shequ-import.h"
#include "shequ-locale.h"

#include <glib/gstdio.h>
#include <string.h>

#define TODAY "2026-11-22"

static const ShequActor actor = { "小刘", "窗口一", NULL, "2026-11-22T01:02:03Z" };

typedef struct
{
  char *folder;
  ShequCatalogue *catalogue;
  ShequStore *store;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  fixture->folder = g_dir_make_tmp ("shequ-sums-XXXXXX", &error);
  path = g_build_filename (fixture->folder, "office.db", NULL);
  fixture->catalogue = shequ_catalogue_new_shipped (&error);
  g_assert_no_error (error);
  fixture->store = shequ_store_open (path, fixture->catalogue, SHEQU_OPEN_CREATE, NULL, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  g_clear_pointer (&fixture->store, shequ_store_unref);
  g_clear_pointer (&fixture->catalogue, shequ_catalogue_unref);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
}

/* `field=value;field=value` as a person types it. */
static ShequRow *
make_row (Fixture *fixture, const char *name, const char *values)
{
  const ShequRegister *reg = shequ_catalogue_lookup (fixture->catalogue, name);
  ShequRow *row = shequ_row_new (reg);
  g_auto (GStrv) pairs = g_strsplit (values, ";", -1);

  shequ_row_set_defaults (row, TODAY, "小刘");
  for (guint i = 0; pairs[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (pairs[i], "=", 2);
      const ShequField *field = shequ_register_lookup (reg, pair[0]);
      g_autoptr (GPtrArray) issues = shequ_issues_new ();

      if (field->kind == SHEQU_FIELD_LINK)
        shequ_row_set_integer (row, pair[0], g_ascii_strtoll (pair[1], NULL, 10));
      else
        g_assert_true (shequ_field_parse (field, pair[1], TODAY, shequ_row_get (row, field), issues));
    }
  return row;
}

static gint64
add (Fixture *fixture, const char *name, const char *values)
{
  g_autoptr (ShequRow) row = make_row (fixture, name, values);
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequTransaction) transaction = shequ_store_begin (fixture->store, &actor, NULL, &error);

  if (!shequ_transaction_insert (transaction, row, &error) || !shequ_transaction_commit (transaction, &error))
    g_error ("%s: %s", name, error->message);
  return row->key;
}

/* What is said of sums: its severity and its words; nothing where they fit. */
static const struct
{
  const char *reg;
  const char *values;
  ShequSeverity severity;
  const char *said; /* (nullable) */
} entries[] = {
  { "job_plan", "total=789;civil=51;institution=159;welfare=679", SHEQU_ISSUE_ERROR,
    "各类岗位之和与核定总数不符：789 ≠ 51 + 159 + 679 = 889" },
  { "job_plan", "total=889;civil=51;institution=159;welfare=679", SHEQU_ISSUE_NOTE, NULL },
  { "job_plan", "total=789;civil=51;institution=159;welfare=679;as_in_paper=yes;note=已核实",
    SHEQU_ISSUE_WARNING, "文件本身各类之和与总数不符：789 ≠ 51 + 159 + 679 = 889" },
  { "job_plan", "total=789", SHEQU_ISSUE_NOTE, NULL },
  { "budget", "city_share=50;district_share=50", SHEQU_ISSUE_NOTE, NULL },
  { "budget", "city_share=50;district_share=40", SHEQU_ISSUE_ERROR,
    "市、区负担比例之和应为100%：90 = 50 + 40 ≠ 100" },
  { "resolution", "kind=resolution;adopted=adopted;eligible=81;present=40;votes_for=38", SHEQU_ISSUE_ERROR,
    "到会不过半，不能通过决议（按应到人数过半）：80 ≤ 81" },
  { "resolution", "kind=resolution;adopted=adopted;eligible=81;present=41;votes_for=21", SHEQU_ISSUE_NOTE,
    NULL },
  { "resolution", "kind=resolution;adopted=adopted;eligible=81;present=41;votes_for=20", SHEQU_ISSUE_ERROR,
    "赞成不过半，不能通过决议（按实到人数过半）：40 ≤ 41" },
  { "resolution", "kind=resolution;adopted=rejected;eligible=81;present=40;votes_for=10", SHEQU_ISSUE_NOTE,
    NULL },
  { "resolution", "kind=leader;present=10;votes_for=6;votes_against=4;votes_abstain=1", SHEQU_ISSUE_ERROR,
    "票数之和超过实到人数：11 = 6 + 4 + 1 > 10" },
  { "election", "issued=100;returned=101", SHEQU_ISSUE_ERROR, "收回选票多于发出选票：101 > 100" },
};

static void
test_entry (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      g_autoptr (ShequRow) row = make_row (fixture, entries[i].reg, entries[i].values);
      g_autoptr (GPtrArray) issues = shequ_issues_new ();
      const ShequIssue *found = NULL;

      shequ_row_validate (row, TODAY, issues);
      for (guint k = 0; k < issues->len; k++)
        if (strstr (((const ShequIssue *) issues->pdata[k])->message, "：") != NULL)
          found = issues->pdata[k];
      if (entries[i].said == NULL ? found != NULL
                                  : found == NULL || found->severity != entries[i].severity ||
                                      !g_str_equal (found->message, entries[i].said))
        g_error ("%s: “%s”", entries[i].values, found != NULL ? found->message : "nothing is said");
    }
}

/* The row with the wrong sum is refused and says both; the one that the paper has so is kept with a warning.
 */
static void
test_import (Fixture *fixture, gconstpointer data)
{
  static const char text[] = "名称,核定日期,核定总数,公务员编制,事业编制,公益性岗位,按文件原样登记,说明\n"
                             "甲表,2015-03-01,789,51,159,679,否,\n"
                             "乙表,2015-03-01,789,51,159,679,是,来文如此\n"
                             "丙表,2015-03-01,889,51,159,679,否,\n";
  const ShequRegister *reg = shequ_catalogue_lookup (fixture->catalogue, "job_plan");
  ShequImportOptions options = { .actor = actor };
  g_auto (ShequImportResult) result = { 0 };
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequImport) import =
    shequ_import_open_bytes (fixture->store, reg, bytes, SHEQU_SHEET_FORMAT_CSV, TODAY, NULL, &error);

  g_assert_no_error (error);
  shequ_import_run (import, &options, NULL, NULL, NULL, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result.added, ==, 2);
  g_assert_cmpuint (result.rejected, ==, 1);
  g_assert_cmpuint (result.warned, ==, 1);
  g_assert_cmpuint (result.messages->len, ==, 2);
  g_assert_nonnull (
    strstr (((const ShequImportMessage *) result.messages->pdata[0])->text, "789 ≠ 51 + 159 + 679 = 889"));
  g_assert_nonnull (
    strstr (((const ShequImportMessage *) result.messages->pdata[1])->text, "789 ≠ 51 + 159 + 679 = 889"));
}

static gint64
count_list (Fixture *fixture, const char *name, const char *list)
{
  const ShequRegister *reg = shequ_catalogue_lookup (fixture->catalogue, name);
  g_autoptr (ShequQuery) query = shequ_query_new (reg, TODAY);
  g_autoptr (GError) error = NULL;
  gint64 count;

  shequ_query_take_where (query, shequ_condition_ref (shequ_register_get_list (reg, list)->where));
  count = shequ_store_count (fixture->store, query, NULL, &error);
  g_assert_no_error (error);
  return count;
}

/* Without a norm nothing is below it; with one, who is below or above stands in the list. */
static void
test_norms (Fixture *fixture, gconstpointer data)
{
  g_autofree char *premises = NULL;
  gint64 unit = add (fixture, "org_unit", "name=幸福社区;level=community");

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *plate = g_strdup_printf ("text=某某工作站%u;kind=department;unit=%d", i, (int) unit);

      add (fixture, "plate", plate);
    }
  premises = g_strdup_printf ("name=服务中心;kind=centre;area=280;ownership=owned;unit=%d", (int) unit);
  add (fixture, "premises", premises);
  g_assert_cmpint (count_list (fixture, "org_unit", "above_plates"), ==, 0);
  g_assert_cmpint (count_list (fixture, "org_unit", "below_area"), ==, 0);
  add (fixture, "norm", "kind=plates;name=两牌一标识;most=2;measure=块;basis=某文;start_date=2015-01-01");
  add (fixture, "norm", "kind=area;name=用房;least=300;measure=平方米;basis=某文;start_date=2015-01-01");
  add (fixture, "norm", "kind=staff;name=人员;least=5;measure=人;basis=某文;start_date=2015-01-01");
  g_assert_cmpint (count_list (fixture, "org_unit", "above_plates"), ==, 1);
  g_assert_cmpint (count_list (fixture, "plate", "extra"), ==, 3);
  g_assert_cmpint (count_list (fixture, "org_unit", "below_area"), ==, 1);
  g_assert_cmpint (count_list (fixture, "org_unit", "below_staff"), ==, 1);
}

/* Promised money that is late stands in a list with what has been paid of it. */
static void
test_overdue (Fixture *fixture, gconstpointer data)
{
  add (fixture, "funding",
       "kind=office;direction=receive;amount=12000;promised_date=2026-03-01;due_date=2026-11-01");
  add (fixture, "funding",
       "kind=office;direction=receive;amount=500;promised_date=2026-03-01;due_date=2026-11-01;status=paid");
  add (fixture, "funding",
       "kind=office;direction=receive;amount=900;promised_date=2026-03-01;due_date=2026-12-01");
  g_assert_cmpint (count_list (fixture, "funding", "overdue"), ==, 1);
}

/* What a department has promised, what came of it and what is late; what the office owes it is none of that.
 */
static void
test_promised (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *promise; /* and what came */
    const char *came;
  } promises[] = {
    { "amount=12000;due_date=2026-11-01;direction=receive;status=part", "amount=5000;direction=in" },
    { "amount=500;due_date=2026-11-01;direction=receive;status=paid", "amount=500;direction=in" },
    { "amount=900;due_date=2026-12-01;direction=receive", NULL },
    { "amount=7000;due_date=2026-11-01;direction=pay", "amount=7000;direction=out" },
  };
  const ShequRegister *reg = shequ_catalogue_lookup (fixture->catalogue, "department");
  gint64 department = add (fixture, "department", "name=区民政局;short_name=民政");
  g_autoptr (ShequRow) row = NULL;
  g_autoptr (GError) error = NULL;

  add (fixture, "department", "name=区司法局;short_name=司法");
  for (guint i = 0; i < G_N_ELEMENTS (promises); i++)
    {
      g_autofree char *promise = g_strdup_printf ("kind=task;promised_date=2026-03-01;department=%d;%s",
                                                  (int) department, promises[i].promise);
      gint64 funding = add (fixture, "funding", promise);
      g_autofree char *came =
        g_strdup_printf ("date=2026-10-01;summary=到账;funding=%d;%s", (int) funding, promises[i].came);

      if (promises[i].came != NULL)
        add (fixture, "ledger_entry", came);
    }
  row = shequ_store_get (fixture->store, reg, department, SHEQU_FETCH_COMPUTED, TODAY, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (shequ_row_get_integer (row, "money_promised"), ==, 1340000);
  g_assert_cmpint (shequ_row_get_integer (row, "money_paid"), ==, 550000);
  g_assert_cmpint (shequ_row_get_integer (row, "money_late"), ==, 1200000);
  g_assert_cmpint (count_list (fixture, "department", "money"), ==, 1);
  g_assert_cmpint (count_list (fixture, "department", "late"), ==, 1);
}

int
main (int argc, char **argv)
{
  g_setenv ("LANGUAGE", "zh_CN", TRUE);
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/sum-checks/entry", Fixture, NULL, set_up, test_entry, tear_down);
  g_test_add ("/sum-checks/import", Fixture, NULL, set_up, test_import, tear_down);
  g_test_add ("/sum-checks/norms", Fixture, NULL, set_up, test_norms, tear_down);
  g_test_add ("/sum-checks/overdue", Fixture, NULL, set_up, test_overdue, tear_down);
  g_test_add ("/sum-checks/promised", Fixture, NULL, set_up, test_promised, tear_down);
  return g_test_run ();
}
