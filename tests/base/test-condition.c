#include <string.h>

#include "shequ-catalogue.h"
#include "shequ-condition.h"
#include "shequ-error.h"
#include "shequ-locale.h"

#define TODAY "2026-11-22"

typedef struct
{
  const char *name;
  ShequValue value;
} Known;

static Known known[] = {
  { "status", { SHEQU_VALUE_TEXT, 0, (char *) "removed" } },
  { "day", { SHEQU_VALUE_TEXT, 0, (char *) "2026-12-01" } },
  { "count", { SHEQU_VALUE_INTEGER, 7, NULL } },
  { "active", { SHEQU_VALUE_INTEGER, 1, NULL } },
  { "place", { SHEQU_VALUE_TEXT, 0, (char *) "3号楼, 2单元" } },
  { "nothing", { SHEQU_VALUE_NULL, 0, NULL } },
  { "resident.age", { SHEQU_VALUE_INTEGER, 17, NULL } },
};

static const ShequValue *
look_up (const char *link, const char *field, gpointer user_data)
{
  g_autofree char *name = link != NULL ? g_strconcat (link, ".", field, NULL) : g_strdup (field);

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (known[i].name, name))
      return &known[i].value;
  return NULL;
}

static const struct
{
  const char *text;
  gboolean holds;
} answers[] = {
  { "status=removed", TRUE },
  { "status = keep , removed", TRUE },
  { "status=keep", FALSE },
  { "status!=keep", TRUE },
  { "status!=keep,removed", FALSE },
  { "count=7", TRUE },
  { "count<8", TRUE },
  { "count<7", FALSE },
  { "count<=7", TRUE },
  { "count>7", FALSE },
  { "count>=7", TRUE },
  { "count>-1", TRUE },
  { "count=seven", FALSE },
  { "active=yes", TRUE },
  { "active=no", FALSE },
  { "active=1", TRUE },
  { "nothing=x", FALSE },
  { "nothing!=x", FALSE },
  { "not nothing=x", TRUE },
  { "nothing<5", FALSE },
  { "nothing>=0", FALSE },
  { "nothing is empty", TRUE },
  { "nothing is set", FALSE },
  { "unheard is empty", TRUE },
  { "status is set", TRUE },
  { "day>today", TRUE },
  { "day<=today+9d", TRUE },
  { "day<=today+8d", FALSE },
  { "day<today+1m", TRUE },
  { "day>today-1y", TRUE },
  { "place=\"3号楼, 2单元\"", TRUE },
  { "resident.age<18", TRUE },
  { "resident.age<18 and count=7", TRUE },
  { "resident.age>=18 or count=7", TRUE },
  { "not resident.age<18", FALSE },
  { "not (status=keep or count=8)", TRUE },
  { "not status=keep and count=8", FALSE },
  { "status=keep and count=8 or active=yes", TRUE },
  { "status=keep and (count=8 or active=yes)", FALSE },
  { "not not active=yes", TRUE },
};

static void
test_holds (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ShequCondition) condition = shequ_condition_parse (answers[i].text, &error);
      g_autofree char *text = NULL;
      g_autoptr (ShequCondition) again = NULL;

      g_assert_no_error (error);
      if (shequ_condition_holds (condition, TODAY, look_up, NULL) != answers[i].holds)
        g_error ("%s", answers[i].text);
      text = shequ_condition_to_text (condition);
      again = shequ_condition_parse (text, &error);
      g_assert_no_error (error);
      g_assert_cmpint (shequ_condition_holds (again, TODAY, look_up, NULL), ==, answers[i].holds);
    }
}

static const ShequValue *
look_up_days (const char *link, const char *field, gpointer user_data)
{
  static ShequValue days[2] = { { SHEQU_VALUE_TEXT, 0, NULL }, { SHEQU_VALUE_TEXT, 0, NULL } };
  const char *const *texts = user_data;
  guint i = g_str_equal (field, "due_on");

  days[i].type = texts[i] != NULL ? SHEQU_VALUE_TEXT : SHEQU_VALUE_NULL;
  days[i].text = (char *) texts[i];
  return &days[i];
}

/* With another field of the record, once it is known which fields there are. */
static void
test_other_field (void)
{
  static const struct
  {
    const char *days[2];
    gboolean holds;
  } cases[] = {
    { { "2026-11-09", "2026-11-10" }, TRUE },  { { "2026-11-10", "2026-11-10" }, TRUE },
    { { "2026-11-11", "2026-11-10" }, FALSE }, { { NULL, "2026-11-10" }, FALSE },
    { { "2026-11-09", NULL }, FALSE },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequCatalogue) catalogue = shequ_catalogue_new_shipped (&error);
  g_autoptr (ShequCondition) condition = shequ_condition_parse ("finished_on<=due_on", &error);
  g_autoptr (ShequCondition) of_kinds = shequ_condition_parse ("finished_on<=title", &error);

  g_assert_true (shequ_condition_bind (condition, shequ_catalogue_lookup (catalogue, "request"), &error));
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (shequ_condition_holds (condition, TODAY, look_up_days, (gpointer) cases[i].days), ==,
                     cases[i].holds);
  g_assert_false (shequ_condition_bind (of_kinds, shequ_catalogue_lookup (catalogue, "request"), &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE);
}

static void
test_text (void)
{
  static const char *const texts[] = {
    "a=1",
    "a!=1,2",
    "a=\"x y\",z",
    "a is set and b.c is empty",
    "not a=1 and (b=2 or c>=3)",
    "a=1 and b=2 and c=3",
    "not (a=1 and b=2)",
    "active",
    "active=yes and active",
    "has visit(day>=today-7d and active) or no visit()",
    "has relation.resident(kind=1 and has visit())",
    "has=1 and no is set",
    "a.b.c=1 and a.b.c.d is set",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (ShequCondition) condition = shequ_condition_parse (texts[i], NULL);
      g_autofree char *text = shequ_condition_to_text (condition);

      g_assert_cmpstr (text, ==, texts[i]);
    }
}

static void
test_wrong (void)
{
  static const char *const texts[] = {
    "",
    "   ",
    "a",
    "a=",
    "=1",
    "a=1 and",
    "a=1 b=2",
    "(a=1",
    "a=1)",
    "a is",
    "a is full",
    "not",
    "a<1,2",
    "a==1",
    "a=\"1",
    "a..b=1",
    ".a=1",
    "a.=1",
    "a=1 or or b=2",
    "a ~ 1",
    "a=,1",
    "a=1,",
    "性别=男",
    "has",
    "has visit",
    "has visit(",
    "no visit(a=1",
    "has visit.(a=1)",
    "active active",
    "has visit() visit",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      if (shequ_condition_parse (texts[i], &error) != NULL)
        g_error ("taken: %s", texts[i]);
      g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE);
    }
}

static void
test_needs_store (void)
{
  static const struct
  {
    const char *text;
    gboolean needs;
  } cases[] = {
    { "a=1 and not active", FALSE },
    { "a=1 or not has visit()", TRUE },
    { "no visit()", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ShequCondition) condition = shequ_condition_parse (cases[i].text, NULL);

      g_assert_cmpint (shequ_condition_needs_store (condition), ==, cases[i].needs);
    }
}

static void
test_depth (void)
{
  g_autoptr (GString) deep = g_string_new (NULL);
  g_autoptr (GString) wide = g_string_new ("a=1");
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequCondition) condition = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append_c (deep, '(');
  g_assert_null (shequ_condition_parse (deep->str, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE);

  for (guint i = 0; i < 20000; i++)
    g_string_append (wide, " and a=1");
  condition = shequ_condition_parse (wide->str, NULL);
  g_assert_nonnull (condition);
  g_assert_false (shequ_condition_holds (condition, TODAY, look_up, NULL));
}

static void
test_join (void)
{
  ShequCondition *one = shequ_condition_new_compare (SHEQU_CONDITION_EQUAL, "a", "1");
  g_autoptr (ShequCondition) kept = NULL;
  g_autoptr (ShequCondition) joined = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  kept = shequ_condition_new_join (SHEQU_CONDITION_AND, NULL, one);
  g_assert_true (kept == one);
  kept = shequ_condition_new_join (SHEQU_CONDITION_AND, g_steal_pointer (&kept),
                                   shequ_condition_new_compare (SHEQU_CONDITION_SET, "b", NULL));
  before = shequ_condition_to_text (kept);
  /* A condition that somebody else holds too stays as it is. */
  joined = shequ_condition_new_join (SHEQU_CONDITION_AND, shequ_condition_ref (kept),
                                     shequ_condition_new_compare (SHEQU_CONDITION_EMPTY, "c", NULL));
  after = shequ_condition_to_text (kept);
  g_assert_cmpstr (before, ==, "a=1 and b is set");
  g_assert_cmpstr (after, ==, before);
}

static void
test_days (void)
{
  static const char *const days[][2] = {
    { "today", "2026-11-22" },
    { "today+30d", "2026-12-22" },
    { "today-1d", "2026-11-21" },
    { "today+2w", "2026-12-06" },
    { "today-1y", "2025-11-22" },
    { "today+3m", "2027-02-22" },
    { "today-60y", "1966-11-22" },
    { "today+", "today+" },
    { "today+5", "today+5" },
    { "today+5x", "today+5x" },
    { "todayish", "todayish" },
    { "2026-01-01", "2026-01-01" },
    { "today+9999999999999d", "today+9999999999999d" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autofree char *day = shequ_condition_resolve_day (days[i][0], TODAY);

      g_assert_cmpstr (day, ==, days[i][1]);
    }
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/condition/holds", test_holds);
  g_test_add_func ("/condition/other-field", test_other_field);
  g_test_add_func ("/condition/text", test_text);
  g_test_add_func ("/condition/wrong", test_wrong);
  g_test_add_func ("/condition/needs-store", test_needs_store);
  g_test_add_func ("/condition/depth", test_depth);
  g_test_add_func ("/condition/join", test_join);
  g_test_add_func ("/condition/days", test_days);
  return g_test_run ();
}
