/* Registers and fields that an office makes itself, from the making to the next opening. */
#include "model-fixture.h"

#include "shequ-error.h"
#include "shequ-locale.h"
#include "shequ-own.h"

#include <string.h>

static const GPtrArray *
get_problems (ModelFixture *fixture)
{
  return shequ_store_get_problems (shequ_office_get_store (fixture->office));
}

static char *
save_field (ModelFixture *fixture, const char *reg, const ShequOwnField *field)
{
  g_autoptr (GError) error = NULL;
  char *name = shequ_own_save_field (fixture->office, reg, field, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (name);
  return name;
}

/* 爱好: one of 钓鱼, 下棋, 跳舞. */
static char *
add_hobby (ModelFixture *fixture)
{
  static const char *const labels[] = { "钓鱼", "下棋", "跳舞", NULL };
  ShequOwnField field = { .label = (char *) "爱好",
                          .kind = SHEQU_FIELD_CODE,
                          .labels = (char **) labels,
                          .listed = TRUE,
                          .sensitive = TRUE };

  return save_field (fixture, "resident", &field);
}

static guint
count (ModelFixture *fixture, const char *reg, const char *where, const char *search)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequQuery) query =
    shequ_office_new_query (fixture->office, shequ_office_get_register (fixture->office, reg));
  gint64 n;

  g_assert_true (where == NULL || shequ_query_add_where (query, where, &error));
  shequ_query_set_search (query, search);
  n = shequ_store_count (shequ_office_get_store (fixture->office), query, NULL, &error);
  g_assert_no_error (error);
  return (guint) n;
}

static void
test_field (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 old = model_fixture_add (fixture, "resident", "name", "赵一", NULL);
  g_autofree char *name = add_hobby (fixture);
  g_autoptr (ShequRow) row = NULL;
  const ShequRegister *resident = shequ_office_get_register (fixture->office, "resident");
  const ShequField *field;

  g_assert_cmpstr (name, ==, "own_aihao");
  g_assert_null (shequ_register_lookup (resident, name));
  model_fixture_reopen (fixture);
  g_assert_cmpuint (get_problems (fixture)->len, ==, 0);
  resident = shequ_office_get_register (fixture->office, "resident");
  field = shequ_register_lookup (resident, name);
  g_assert_nonnull (field);
  g_assert_cmpstr (field->label, ==, "爱好");
  g_assert_cmpuint (field->sensitivity, ==, 3);
  g_assert_cmpstr (field->group, ==, "own");
  g_assert_true (g_ptr_array_find (shequ_register_get_list (resident, NULL)->columns, field, NULL));
  g_assert_true (g_ptr_array_find (shequ_register_get_list (resident, NULL)->filters, field, NULL));
  model_fixture_add (fixture, "resident", "name", "钱二", "own_aihao", "下棋", NULL);
  row = model_fixture_get (fixture, "resident", old);
  shequ_row_set_text (row, name, "c1");
  shequ_office_save (fixture->office, row, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count (fixture, "resident", "own_aihao=钓鱼", NULL), ==, 1);
  g_assert_cmpuint (count (fixture, "resident", "own_aihao is set", NULL), ==, 2);
}

static void
test_field_changes (ModelFixture *fixture, gconstpointer data)
{
  static const char *const renamed[] = { "垂钓", "下棋", "跳舞", "书法", NULL };
  static const char *const fewer[] = { "下棋", "跳舞", NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *name = add_hobby (fixture);
  g_autofree char *same = NULL;
  g_autofree char *none = NULL;
  ShequOwnField field = { .name = name, .label = (char *) "兴趣", .kind = SHEQU_FIELD_CODE };

  model_fixture_reopen (fixture);
  model_fixture_add (fixture, "resident", "name", "钱二", "own_aihao", "钓鱼", NULL);
  field.labels = (char **) renamed;
  same = save_field (fixture, "resident", &field);
  g_assert_cmpstr (same, ==, name);
  model_fixture_reopen (fixture);
  g_assert_cmpuint (count (fixture, "resident", "own_aihao=垂钓", NULL), ==, 1);

  field.labels = (char **) fewer;
  none = shequ_own_save_field (fixture->office, "resident", &field, NULL, &error);
  g_assert_null (none);
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_CONSTRAINT);
  g_assert_nonnull (strstr (error->message, "垂钓"));
  g_clear_error (&error);

  field.kind = SHEQU_FIELD_DATE;
  none = shequ_own_save_field (fixture->office, "resident", &field, NULL, &error);
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_CONSTRAINT);
  g_assert_nonnull (strstr (error->message, "兴趣"));
  g_clear_error (&error);

  field.kind = SHEQU_FIELD_CODE;
  field.labels = (char **) renamed;
  field.retired = TRUE;
  g_free (same);
  same = save_field (fixture, "resident", &field);
  model_fixture_reopen (fixture);
  g_assert_true (
    shequ_register_lookup (shequ_office_get_register (fixture->office, "resident"), name)->hidden);
  g_assert_cmpuint (count (fixture, "resident", "own_aihao=垂钓", NULL), ==, 1);
}

/* An empty field may become of another kind: it is another column then. */
static void
test_kind_of_empty_field (ModelFixture *fixture, gconstpointer data)
{
  g_autofree char *first = add_hobby (fixture);
  g_autofree char *second = NULL;
  ShequOwnField field = { .name = first, .label = (char *) "爱好", .kind = SHEQU_FIELD_INTEGER };

  model_fixture_reopen (fixture);
  second = save_field (fixture, "resident", &field);
  g_assert_cmpstr (second, ==, "own_aihao2");
  model_fixture_reopen (fixture);
  g_assert_cmpuint (get_problems (fixture)->len, ==, 0);
  model_fixture_add (fixture, "resident", "name", "钱二", "own_aihao2", "3", NULL);
  g_assert_cmpuint (count (fixture, "resident", "own_aihao2>=3", NULL), ==, 1);
}

static void
test_register (ModelFixture *fixture, gconstpointer data)
{
  ShequOwnField owner = { .label = (char *) "饲养人",
                          .kind = SHEQU_FIELD_LINK,
                          .to = (char *) "resident",
                          .listed = TRUE,
                          .searched = TRUE };
  ShequOwnField due = { .label = (char *) "免疫到期", .kind = SHEQU_FIELD_DATE, .required = TRUE };
  g_autoptr (GError) error = NULL;
  g_autofree char *name = shequ_own_add_register (fixture->office, "犬只登记", NULL, &error);
  g_autofree char *again = NULL;
  g_autofree char *link = NULL;
  g_autofree char *date = NULL;
  g_autofree char *key = NULL;
  g_autoptr (GPtrArray) issues = shequ_issues_new ();
  g_autoptr (GPtrArray) hits = NULL;
  g_autoptr (ShequRow) row = NULL;
  gint64 resident, dog;

  g_assert_no_error (error);
  g_assert_cmpstr (name, ==, "own_quanzhidengji");
  again = shequ_own_add_register (fixture->office, "犬只登记", NULL, &error);
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_DUPLICATE);
  g_clear_error (&error);
  model_fixture_reopen (fixture);
  link = save_field (fixture, name, &owner);
  date = save_field (fixture, name, &due);
  g_assert_cmpstr (link, ==, "siyangren");
  model_fixture_reopen (fixture);
  g_assert_cmpuint (get_problems (fixture)->len, ==, 0);
  resident = model_fixture_add (fixture, "resident", "name", "孙小明", NULL);
  key = model_fixture_key (resident);
  dog = model_fixture_add (fixture, name, "name", "来福", link, key, date, "2027-01-01", NULL);
  g_assert_cmpuint (count (fixture, name, NULL, "laifu"), ==, 1);
  g_assert_cmpuint (count (fixture, name, NULL, "孙小明"), ==, 1);
  hits = shequ_store_search (shequ_office_get_store (fixture->office), "来福", NULL, 5, FIXTURE_TODAY, NULL,
                             &error);
  g_assert_no_error (error);
  g_assert_cmpuint (hits->len, ==, 1);
  row = model_fixture_get (fixture, name, dog);
  shequ_row_set_null (row, date);
  g_assert_false (shequ_office_save (fixture->office, row, issues, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE);
}

/* Taken out of use it is gone from sight, and what is in it is there again when it comes back. */
static void
test_retired_register (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = shequ_own_add_register (fixture->office, "犬只登记", NULL, &error);

  model_fixture_reopen (fixture);
  model_fixture_add (fixture, name, "name", "来福", NULL);
  g_assert_true (shequ_own_rename_register (fixture->office, name, "养犬登记", NULL, &error));
  g_assert_true (shequ_own_set_active (fixture->office, name, FALSE, NULL, &error));
  model_fixture_reopen (fixture);
  g_assert_null (shequ_office_get_register (fixture->office, name));
  g_assert_true (shequ_own_set_active (fixture->office, name, TRUE, NULL, &error));
  model_fixture_reopen (fixture);
  g_assert_cmpstr (shequ_office_get_register (fixture->office, name)->label, ==, "养犬登记");
  g_assert_cmpuint (count (fixture, name, NULL, NULL), ==, 1);
}

/* What is searched from now on is found at once, also in records that are older. */
static void
test_searched_later (ModelFixture *fixture, gconstpointer data)
{
  ShequOwnField field = { .label = (char *) "绰号", .kind = SHEQU_FIELD_TEXT };
  g_autoptr (GError) error = NULL;
  g_autofree char *name = save_field (fixture, "resident", &field);
  g_autofree char *same = NULL;
  g_autoptr (GPtrArray) problems = NULL;

  model_fixture_reopen (fixture);
  model_fixture_add (fixture, "resident", "name", "钱二", name, "大喇叭", NULL);
  g_assert_cmpuint (count (fixture, "resident", NULL, "大喇叭"), ==, 0);
  field.name = name;
  field.searched = TRUE;
  same = save_field (fixture, "resident", &field);
  model_fixture_reopen (fixture);
  g_assert_cmpuint (count (fixture, "resident", NULL, "大喇叭"), ==, 1);
  g_assert_cmpuint (count (fixture, "resident", NULL, "钱二"), ==, 1);
  problems = shequ_store_check (shequ_office_get_store (fixture->office), NULL, &error);
  g_assert_cmpuint (problems->len, ==, 0);
}

/* A register that was not searched at all until it got an own field. */
static void
test_searched_first (ModelFixture *fixture, gconstpointer data)
{
  ShequOwnField field = { .label = (char *) "暗号", .kind = SHEQU_FIELD_TEXT, .searched = TRUE };
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strdup ("[Register]\nName=own_plain\nLabel=Plain\nTitle={a}\n"
                                    "[Field a]\nKind=text\nLabel=A\n");
  g_autofree char *reg = shequ_own_store_text (fixture->office, text, NULL, &error);
  g_autofree char *name = NULL;
  g_autoptr (GPtrArray) problems = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (reg, ==, "own_plain");
  model_fixture_reopen (fixture);
  model_fixture_add (fixture, reg, "a", "one", NULL);
  name = save_field (fixture, reg, &field);
  model_fixture_reopen (fixture);
  model_fixture_add (fixture, reg, "a", "two", name, "芝麻", NULL);
  g_assert_cmpuint (count (fixture, reg, NULL, "芝麻"), ==, 1);
  problems = shequ_store_check (shequ_office_get_store (fixture->office), NULL, &error);
  g_assert_cmpuint (problems->len, ==, 0);
}

/* A sensitive own field is covered whatever its kind; a link may lead to any register. */
static void
test_covered (ModelFixture *fixture, gconstpointer data)
{
  char *labels[] = { (char *) "甲", (char *) "乙", NULL };
  const struct
  {
    ShequOwnField field;
    const char *value;
    const char *plain;
  } cases[] = {
    { { .label = (char *) "有传染病史", .kind = SHEQU_FIELD_YES_NO }, "yes", "是" },
    { { .label = (char *) "风险等级", .kind = SHEQU_FIELD_CODE, .labels = labels }, "乙", "乙" },
    { { .label = (char *) "负债笔数", .kind = SHEQU_FIELD_INTEGER }, "12", "12" },
    { { .label = (char *) "欠款", .kind = SHEQU_FIELD_MONEY }, "120.50", "120.50" },
    { { .label = (char *) "帮扶队伍", .kind = SHEQU_FIELD_LINK, .to = (char *) "team" }, NULL, "银龄队" },
  };
  g_autofree char *team = model_fixture_key (model_fixture_add (fixture, "team", "name", "银龄队", NULL));

  for (guint sensitive = 0; sensitive < 2; sensitive++)
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
      {
        ShequOwnField field = cases[i].field;
        g_autofree char *label = g_strdup_printf ("%s%u", field.label, sensitive);
        g_autofree char *name = NULL;
        g_autofree char *covered = NULL;
        g_autofree char *plain = NULL;
        g_autoptr (ShequRow) row = NULL;
        gint64 key;

        field.label = label;
        field.sensitive = sensitive;
        name = save_field (fixture, "resident", &field);
        model_fixture_reopen (fixture);
        key = model_fixture_add (fixture, "resident", "name", "钱二", name,
                                 cases[i].value != NULL ? cases[i].value : team, NULL);
        row = model_fixture_get (fixture, "resident", key);
        covered = shequ_row_format (row, shequ_register_lookup (row->reg, name), SHEQU_FORMAT_MASKED);
        plain = shequ_row_format (row, shequ_register_lookup (row->reg, name), SHEQU_FORMAT_PLAIN);
        g_assert_cmpstr (plain, ==, cases[i].plain);
        g_assert_cmpstr (covered, ==, sensitive ? "***" : cases[i].plain);
      }
}

static void
test_refused_texts (ModelFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *text;
    const char *says;
  } cases[] = {
    { "", "Register" },
    { "nonsense", "" },
    { "[Register]\nName=pets\nLabel=P\nTitle={a}\n[Field a]\nKind=text\nLabel=A\n", "own_" },
    { "[Register]\nName=own_a\nLabel=P\nTitle={b}\n[Field a]\nKind=text\nLabel=A\n", "b" },
    { "[Register]\nName=own_a\nLabel=P\nTitle={a}\n[Field a]\nKind=text\nKind=date\nLabel=A\n", "Kind" },
    { "[Register]\nName=own_a\nLabel=P\nTitle={a}\n[Field a]\nKind=texxt\nLabel=A\n", "texxt" },
    { "[Register]\nName=own_a\nLabel=P\nTitle={a}\nBehaviour=resident\n[Field a]\nKind=text\nLabel=A\n",
      "Behaviour" },
    { "[Register]\nName=own_a_search\nLabel=P\nTitle={a}\n[Field a]\nKind=text\nLabel=A\n", "_search" },
    { "[Register]\nName=own_a\nLabel=P\nTitle={a}\n[Field deleted_at]\nKind=text\nLabel=A\n", "deleted_at" },
    { "[Register]\nName=resident\nExtends=true\n[Field a]\nKind=text\nLabel=A\n", "own_" },
    { "[Register]\nName=resident\nExtends=true\nLabel=X\n[Field own_a]\nKind=text\nLabel=A\n", "Label" },
    { "[Register]\nName=nothing\nExtends=true\n[Field own_a]\nKind=text\nLabel=A\n", "nothing" },
    { "[Register]\nName=description\nExtends=true\n[Field own_a]\nKind=text\nLabel=A\n", "" },
    { "[Register]\nName=resident\nExtends=true\n[Field own_a]\nKind=text\nLabel=姓名\n", "姓名" },
    { "[Register]\nName=resident\nExtends=true\n[Field own_a]\nKind=link\nTo=moon\nLabel=A\n", "moon" },
    { "[Register]\nName=resident\nExtends=true\n[Field own_a]\nKind=code\nLabel=A\n", "Codes" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *name = shequ_own_store_text (fixture->office, cases[i].text, NULL, &error);

      g_assert_null (name);
      g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_CATALOGUE);
      g_assert_nonnull (strstr (error->message, cases[i].says));
    }
  g_assert_cmpuint (count (fixture, "description", NULL, NULL), ==, 0);
}

static void
put_raw (ModelFixture *fixture, const char *name, const char *text)
{
  model_fixture_add (fixture, "description", "name", name, "label", name, "kind", "field", "text", text,
                     NULL);
}

/* However damaged, the database opens, with what can be used. */
static void
test_damaged (ModelFixture *fixture, gconstpointer data)
{
  g_autofree char *hobby = add_hobby (fixture);
  g_autoptr (GPtrArray) owns = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;

  put_raw (fixture, "resident.own_b", "[Register]\nName=resident\nExtends=true\n[Field own_b]\nKind=li");
  put_raw (fixture, "resident.own_c",
           "[Register]\nName=resident\nExtends=true\n[Field own_c]\nKind=link\nTo=own_x\nLabel=C\n");
  put_raw (fixture, "resident.own_d",
           "[Register]\nName=resident\nExtends=true\n[Field own_d]\nKind=text\nLabel=D\n");
  put_raw (fixture, "resident.twice",
           "[Register]\nName=resident\nExtends=true\n[Field own_aihao]\nKind=text\nLabel=E\n");
  model_fixture_reopen (fixture);
  g_assert_cmpuint (get_problems (fixture)->len, ==, 3);
  g_assert_nonnull (shequ_register_lookup (shequ_office_get_register (fixture->office, "resident"), hobby));
  g_assert_nonnull (shequ_register_lookup (shequ_office_get_register (fixture->office, "resident"), "own_d"));
  problems = shequ_store_check (shequ_office_get_store (fixture->office), NULL, &error);
  g_assert_cmpuint (problems->len, ==, 3);
  g_assert_nonnull (strstr (problems->pdata[0], "own_b"));
  owns = shequ_own_list (fixture->office, NULL, &error);
  g_assert_cmpuint (owns->len, ==, 5);
  g_assert_nonnull (((ShequOwn *) owns->pdata[1])->problem);
  g_assert_null (((ShequOwn *) owns->pdata[3])->problem);
}

/* A description whose column holds something else. */
static void
test_other_storage (ModelFixture *fixture, gconstpointer data)
{
  static const char text[] = "[Register]\nName=resident\nExtends=true\n[Field own_b]\nKind=%s\nLabel=B\n";
  g_autofree char *first = g_strdup_printf (text, "integer");
  g_autofree char *second = g_strdup_printf (text, "date");
  g_autofree char *name = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequRow) row = NULL;

  name = shequ_own_store_text (fixture->office, first, NULL, &error);
  g_assert_no_error (error);
  model_fixture_reopen (fixture);
  row = model_fixture_get (fixture, "description", 1);
  shequ_row_set_text (row, "text", second);
  g_assert_true (shequ_office_save (fixture->office, row, NULL, NULL, &error));
  g_clear_pointer (&row, shequ_row_free);
  model_fixture_reopen (fixture);
  g_assert_cmpuint (get_problems (fixture)->len, ==, 1);
  g_assert_null (shequ_register_lookup (shequ_office_get_register (fixture->office, "resident"), "own_b"));
}

/* A register may link to one that was made later, and cannot lose it. */
static void
test_needed (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *two = g_strdup ("[Register]\nName=own_two\nLabel=Two\nTitle={a}\n"
                                   "[Field a]\nKind=text\nLabel=A\n");
  g_autofree char *one =
    g_strdup ("[Register]\nName=own_one\nLabel=One\nTitle={a}\n"
              "[Field a]\nKind=text\nLabel=A\n[Field b]\nKind=link\nTo=own_two\nLabel=B\n");
  g_autofree char *first = shequ_own_store_text (fixture->office, two, NULL, &error);
  g_autofree char *second = shequ_own_store_text (fixture->office, one, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (first, ==, "own_two");
  g_assert_cmpstr (second, ==, "own_one");
  model_fixture_reopen (fixture);
  g_assert_nonnull (shequ_office_get_register (fixture->office, "own_one"));
  g_assert_false (shequ_own_set_active (fixture->office, "own_two", FALSE, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_CATALOGUE);
  g_assert_nonnull (strstr (error->message, "own_two"));
}

/* Who made and changed a field stands in the change log. */
static void
test_change_log (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = add_hobby (fixture);
  g_autoptr (GPtrArray) log = NULL;
  ShequOwnField field = { .name = name, .label = (char *) "兴趣", .kind = SHEQU_FIELD_TEXT };
  g_autofree char *other = NULL;

  other = save_field (fixture, "resident", &field);
  log = shequ_store_read_log (shequ_office_get_store (fixture->office),
                              shequ_office_get_register (fixture->office, "description"), 1, NULL, 0, NULL,
                              &error);
  g_assert_cmpuint (log->len, ==, 2);
}

/* A window that was open before knows nothing of the field, and takes nothing from it. */
static void
test_older_window (ModelFixture *fixture, gconstpointer data)
{
  ShequOwnField field = { .label = (char *) "绰号", .kind = SHEQU_FIELD_TEXT, .searched = TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequOffice) older =
    shequ_office_open (fixture->uri, fixture->catalogue, "小李", "窗口2", NULL, &error);
  g_autofree char *name = save_field (fixture, "resident", &field);
  g_autoptr (ShequRow) row = NULL;
  g_autoptr (ShequRow) newer = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  gint64 key;

  model_fixture_reopen (fixture);
  key = model_fixture_add (fixture, "resident", "name", "钱二", name, "大喇叭", NULL);
  row = shequ_office_get_row (older, shequ_office_get_register (older, "resident"), key, NULL, &error);
  g_assert_no_error (error);
  shequ_row_set_text (row, "phone", "13800000001");
  shequ_office_save (older, row, NULL, NULL, &error);
  g_assert_no_error (error);
  newer = model_fixture_get (fixture, "resident", key);
  g_assert_cmpstr (shequ_row_get_text (newer, name), ==, "大喇叭");
  g_assert_cmpstr (shequ_row_get_text (newer, "phone"), ==, "13800000001");
  g_assert_cmpuint (count (fixture, "resident", NULL, "大喇叭"), ==, 1);
  g_assert_cmpuint (count (fixture, "resident", NULL, "0001"), ==, 1);
  problems = shequ_store_check (shequ_office_get_store (fixture->office), NULL, &error);
  g_assert_cmpuint (problems->len, ==, 0);
}

/* Of the register as it stood on a past day, own fields are asked by what they are now, as all without
 * History. */
static void
test_past_day (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = add_hobby (fixture);
  g_autoptr (ShequRow) row = NULL;
  g_autoptr (ShequQuery) query = NULL;
  gint64 key;

  model_fixture_reopen (fixture);
  model_fixture_set_day (fixture, "2026-11-23");
  key = model_fixture_add (fixture, "resident", "name", "钱二", "lives_here", "yes", name, "钓鱼", NULL);
  model_fixture_set_day (fixture, "2026-12-20");
  row = model_fixture_get (fixture, "resident", key);
  shequ_row_set_integer (row, "lives_here", 0);
  shequ_row_set_text (row, name, "c2");
  shequ_office_save (fixture->office, row, NULL, NULL, &error);
  g_assert_no_error (error);
  query = shequ_office_new_query (fixture->office, row->reg);
  shequ_query_set_as_of (query, "2026-12-01");
  g_assert_true (shequ_query_add_where (query, "own_aihao=下棋 and lives_here=yes", &error));
  g_assert_cmpint (shequ_store_count (shequ_office_get_store (fixture->office), query, NULL, &error), ==, 1);
  g_assert_cmpuint (count (fixture, "resident", "own_aihao=下棋 and lives_here=no", NULL), ==, 1);
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                                                  \
  g_test_add ("/own/" name, ModelFixture, NULL, model_fixture_set_up, function, model_fixture_tear_down)
  ADD ("field", test_field);
  ADD ("field-changes", test_field_changes);
  ADD ("kind-of-empty-field", test_kind_of_empty_field);
  ADD ("register", test_register);
  ADD ("retired-register", test_retired_register);
  ADD ("searched-later", test_searched_later);
  ADD ("searched-first", test_searched_first);
  ADD ("refused-texts", test_refused_texts);
  ADD ("damaged", test_damaged);
  ADD ("other-storage", test_other_storage);
  ADD ("needed", test_needed);
  ADD ("older-window", test_older_window);
  ADD ("past-day", test_past_day);
  ADD ("change-log", test_change_log);
  ADD ("covered", test_covered);

  return g_test_run ();
}
