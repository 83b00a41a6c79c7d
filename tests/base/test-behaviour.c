#include <string.h>

#include "shequ-catalogue.h"
#include "shequ-locale.h"
#include "shequ-row.h"

#define TODAY "2026-11-22"
#define WOMAN "11010519491231002X"

/* What is typed, one field a line; what is derived; what is said (! error, ? warning, . note). */
typedef struct
{
  const char *name;
  const char *typed;
  const char *derived;
  const char *issues;
} Case;

static const Case residents[] = {
  { "from-number", "name=张三\nid_number=" WOMAN, "birth_date=1949-12-31\nsex=2", "" },
  { "from-old-number", "name=张三\nid_number=110105491231002",
    "id_number=" WOMAN "\nbirth_date=1949-12-31\nsex=2", "id_number." },
  { "typed-stays", "name=张三\nid_number=" WOMAN "\nbirth_date=1949-12-30\nsex=男",
    "birth_date=1949-12-30\nsex=1", "birth_date? sex?" },
  { "sex-unstated", "name=张三\nid_number=" WOMAN "\nsex=9", "sex=9", "" },
  { "wrong-check", "name=张三\nid_number=110105194912310021", "birth_date=", "id_number!" },
  { "too-short", "name=张三\nid_number=1101051949123100", "birth_date=", "id_number!" },
  { "identity-card-named", "name=张三\nid_document=居民身份证\nid_number=" WOMAN, "sex=2", "" },
  { "passport", "name=张三\nid_document=护照\nid_number=e12345678",
    "id_number=E12345678\nbirth_date=\nsex=", "" },
  { "passport-of-digits", "name=张三\nid_document=护照\nid_number=123456789",
    "id_number=123456789\nbirth_date=", "" },
  { "passport-not-named", "name=张三\nid_number=E12345678", "birth_date=", "id_number!" },
  { "passport-too-long", "name=张三\nid_document=护照\nid_number=E1234567890123456789", "", "id_number!" },
  { "hong-kong-pass", "name=张三\nid_document=回乡证\nid_number=H12345678", "id_number=H12345678", "" },
  { "hong-kong-pass-wrong", "name=张三\nid_document=回乡证\nid_number=X12345678", "", "id_number!" },
  { "taiwan-pass", "name=张三\nid_document=台胞证\nid_number=12345678", "id_number=12345678", "" },
  { "permit-not-a-permit", "name=张三\nid_document=118\nid_number=" WOMAN, "sex=2", "id_number!" },
  { "born-tomorrow", "name=张三\nbirth_date=2026-11-23", "", "birth_date!" },
  { "born-today", "name=张三\nbirth_date=2026-11-22", "", "" },
  { "aged-121", "name=张三\nbirth_date=1905-11-22", "", "birth_date?" },
  { "aged-120", "name=张三\nbirth_date=1905-11-23", "", "" },
  { "registered-and-living", "name=张三\nhukou_here=是\nlives_here=是", "residence_status=1", "" },
  { "registered-away", "name=张三\nhukou_here=是\nlives_here=否", "residence_status=2", "" },
  { "living-elsewhere-registered", "name=张三\nhukou_here=否\nlives_here=是", "residence_status=", "" },
  { "answers-from-status", "name=张三\nresidence_status=流动人口", "hukou_here=0\nlives_here=1", "" },
  { "answer-stays", "name=张三\nresidence_status=人户一致\nlives_here=否", "hukou_here=1\nlives_here=0", "" },
  { "one-answer", "name=张三\nhukou_here=是", "residence_status=\nlives_here=", "" },
};

static const Case posts[] = {
  { "head", "kind=楼栋长\nbuilding=1\nperson_name=王秀英", "level=5\nline=self_government", "" },
  { "party", "kind=楼栋党小组长\nbuilding=1\nperson_name=王秀英", "level=5\nline=party", "" },
  { "without-building", "kind=楼栋长\nperson_name=王秀英", "", "building!" },
  { "without-name", "kind=楼栋长\nbuilding=1", "", "person_name!" },
  { "stairwell", "kind=单元长\nbuilding=1\nperson_name=王秀英", "level=5", "stairwell!" },
  { "household", "kind=党员户\nhousehold=1", "level=6\nline=party", "" },
  { "civil-household", "kind=文明户", "level=6\nline=self_government", "household!" },
  { "area-as-unit", "kind=片区长\norg_unit=1\nperson_name=王秀英", "level=4", "" },
  { "area-as-grid", "kind=片区长\ngrid=1\nperson_name=王秀英", "level=4", "" },
  { "area-of-nothing", "kind=片区长\nperson_name=王秀英", "", "org_unit!" },
  { "ballot",
    "kind=楼栋长\nbuilding=1\nperson_name=王秀英\nchosen=海选(选举)\neligible=60\ncast=52\nvotes=45", "",
    "" },
  { "too-many-votes", "kind=楼栋长\nbuilding=1\nperson_name=王秀英\neligible=60\ncast=61\nvotes=62", "",
    "cast! votes!" },
  { "ends-before-start",
    "kind=楼栋长\nbuilding=1\nperson_name=王秀英\nstarted_on=2026-03-01\nended_on=2026-02-01", "",
    "ended_on!" },
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
check_derived (const ShequRow *row, const char *derived)
{
  g_auto (GStrv) lines = g_strsplit (derived, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *wanted = strchr (lines[i], '=');
      const ShequValue *value;
      g_autofree char *text = NULL;

      *wanted = '\0';
      value = shequ_row_get_named (row, lines[i]);
      text = value->type == SHEQU_VALUE_INTEGER ? g_strdup_printf ("%d", (int) value->integer)
                                                : g_strdup (value->text != NULL ? value->text : "");
      g_assert_cmpstr (text, ==, wanted + 1);
    }
}

static void
check_case (const char *name, const Case *one)
{
  g_autoptr (ShequCatalogue) catalogue = shequ_catalogue_new_shipped (NULL);
  g_autoptr (ShequRow) row = shequ_row_new (shequ_catalogue_lookup (catalogue, name));
  g_autoptr (GPtrArray) issues = shequ_issues_new ();
  g_autoptr (GString) told = g_string_new (NULL);

  fill (row, one->typed, issues);
  shequ_row_derive (row, TODAY);
  shequ_row_validate (row, TODAY, issues);
  for (guint i = 0; i < issues->len; i++)
    {
      const ShequIssue *issue = issues->pdata[i];

      g_string_append_printf (told, "%s%s%c", i > 0 ? " " : "", issue->field->name, ".?!"[issue->severity]);
    }
  g_assert_cmpstr (told->str, ==, one->issues);
  if (*one->derived != '\0')
    check_derived (row, one->derived);
}

static void
test_resident (gconstpointer data)
{
  check_case ("resident", data);
}

static void
test_post (gconstpointer data)
{
  check_case ("post", data);
}

static void
test_lookup (void)
{
  g_assert_nonnull (shequ_behaviour_lookup ("resident"));
  g_assert_null (shequ_behaviour_lookup ("nothing"));
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/behaviour/lookup", test_lookup);
  for (guint i = 0; i < G_N_ELEMENTS (residents); i++)
    {
      g_autofree char *path = g_strconcat ("/behaviour/resident/", residents[i].name, NULL);

      g_test_add_data_func (path, &residents[i], test_resident);
    }
  for (guint i = 0; i < G_N_ELEMENTS (posts); i++)
    {
      g_autofree char *path = g_strconcat ("/behaviour/post/", posts[i].name, NULL);

      g_test_add_data_func (path, &posts[i], test_post);
    }
  return g_test_run ();
}
