/* Conditions and computed fields that look at other records: active, has, no, list(), RestrictedWhen. */
#include "store-fixture.h"

#include "shequ-error.h"
#include "shequ-locale.h"

#define TODAY "2026-11-22"

static const char badge_text[] = "[Register]\nName=badge\nLabel=Badge\nTitle={name}\n"
                                 "[Field name]\nKind=text\nLabel=Name\nRequired=true\n"
                                 "[Field code]\nKind=text\nLabel=Code\nUnique=true\nSearch=exact\n"
                                 "[Field level]\nKind=integer\nLabel=Level\n";

static const char member_text[] =
  "[Register]\nName=member\nLabel=Member\nTitle={name}\n"
  "[Field name]\nKind=text\nLabel=Name\nRequired=true\nSearch=pinyin\n"
  "[Field friend]\nKind=link\nTo=member\nLabel=Friend\n"
  "[Field group]\nKind=integer\nLabel=Group of a club\n"
  "[Field badges]\nKind=computed\nLabel=Badges\nCompute=list(holding.badge where member=this and active)\n"
  "[Field places]\nKind=computed\nLabel=Places\nCompute=list(holding.place where member=this)\n"
  "[Field held]\nKind=computed\nLabel=Held\nCompute=count(holding where member=this)\n"
  "[List default]\nColumns=name;badges\nSort=name\n"
  "[List plain]\nLabel=Without\nColumns=name\nWhere=no holding(active)\n";

static const char holding_text[] =
  "[Register]\nName=holding\nLabel=Holding\nTitle={member} {badge}\nPeriod=since;until\n"
  "RestrictedWhen=badge.level=4\n"
  "[Field member]\nKind=link\nTo=member\nLabel=Member\nSearch=linked\n"
  "[Field badge]\nKind=link\nTo=badge\nLabel=Badge\n"
  "[Field since]\nKind=date\nLabel=Since\n"
  "[Field until]\nKind=date\nLabel=Until\nNotBefore=since\n"
  "[Field place]\nKind=text\nLabel=Place\n"
  "[List default]\nColumns=member;badge\nSort=since\n";

static const char pair_text[] = "[Register]\nName=pair\nLabel=Pair\nTitle={note}\n"
                                "[Field one]\nKind=link\nTo=member\nLabel=One\n"
                                "[Field other]\nKind=link\nTo=member\nLabel=Other\n"
                                "[Field note]\nKind=text\nLabel=Note\n";

static const struct
{
  const char *name;
  const char *code;
  int level;
} badges[] = { { "Blue", "b", 1 }, { "Red", "r", 2 }, { "Secret", "s", 4 } };

static const struct
{
  int member;
  int badge;
  const char *since;
  const char *until;
  const char *place;
} holdings[] = {
  { 1, 2, "2026-01-01", NULL, "Hall" },
  { 1, 1, "2026-01-01", TODAY, "Hall" },
  { 2, 1, "2025-01-01", "2026-11-21", NULL },
  { 3, 2, "2026-11-23", NULL, "Yard" },
  { 3, 1, NULL, NULL, "Gate" },
  { 4, 3, "2026-01-01", NULL, "Cellar" },
};

typedef struct
{
  StoreFixture base;
  const ShequRegister *member;
  const ShequRegister *holding;
} Fixture;

static gint64
add (Fixture *fixture, ShequTransaction *transaction, ShequRow *row)
{
  g_autoptr (GError) error = NULL;

  shequ_transaction_insert (transaction, row, &error);
  g_assert_no_error (error);
  return row->key;
}

static void
fill (Fixture *fixture)
{
  static const char *const names[] = { "Ann", "Ben", "Cid", "Dan", "Eve" };
  static const ShequActor actor = { "test", NULL, NULL, "2026-11-22T01:02:03Z" };
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequTransaction) transaction = shequ_store_begin (fixture->base.store, &actor, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (badges); i++)
    {
      g_autoptr (ShequRow) row = shequ_row_new (shequ_catalogue_lookup (fixture->base.catalogue, "badge"));

      shequ_row_set_text (row, "name", badges[i].name);
      shequ_row_set_text (row, "code", badges[i].code);
      shequ_row_set_integer (row, "level", badges[i].level);
      g_assert_cmpint (add (fixture, transaction, row), ==, i + 1);
    }
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (ShequRow) row = shequ_row_new (fixture->member);

      shequ_row_set_text (row, "name", names[i]);
      shequ_row_set_integer (row, "group", i % 2);
      if (i > 0 && i < 4)
        shequ_row_set_integer (row, "friend", i);
      g_assert_cmpint (add (fixture, transaction, row), ==, i + 1);
    }
  for (guint i = 0; i < G_N_ELEMENTS (holdings); i++)
    {
      g_autoptr (ShequRow) row = shequ_row_new (fixture->holding);

      shequ_row_set_integer (row, "member", holdings[i].member);
      shequ_row_set_integer (row, "badge", holdings[i].badge);
      shequ_row_set_text (row, "since", holdings[i].since);
      shequ_row_set_text (row, "until", holdings[i].until);
      shequ_row_set_text (row, "place", holdings[i].place);
      add (fixture, transaction, row);
    }
  g_assert_true (shequ_transaction_commit (transaction, &error));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  static const char *const texts[] = { badge_text, holding_text, member_text, pair_text };
  g_autoptr (GError) error = NULL;

  store_fixture_prepare (&fixture->base);
  fixture->base.catalogue = shequ_catalogue_new ();
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      shequ_catalogue_add_text (fixture->base.catalogue, "test.ini", texts[i], &error);
      g_assert_no_error (error);
    }
  shequ_catalogue_resolve (fixture->base.catalogue, &error);
  g_assert_no_error (error);
  fixture->member = shequ_catalogue_lookup (fixture->base.catalogue, "member");
  fixture->holding = shequ_catalogue_lookup (fixture->base.catalogue, "holding");
  fixture->base.store =
    shequ_store_open (fixture->base.path, fixture->base.catalogue, SHEQU_OPEN_CREATE, NULL, &error);
  g_assert_no_error (error);
  fill (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  store_fixture_tear_down (&fixture->base, data);
}

static char *
list_titles (Fixture *fixture, const ShequQuery *query)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) keys = shequ_store_list_keys (fixture->base.store, query, NULL, &error);
  g_autoptr (GPtrArray) rows = NULL;
  GString *names = g_string_new (NULL);

  g_assert_no_error (error);
  g_assert_cmpint (shequ_store_count (fixture->base.store, query, NULL, &error), ==, keys->len);
  rows = shequ_store_fetch (fixture->base.store, query->reg, (const gint64 *) keys->data, keys->len,
                            SHEQU_FETCH_TITLES, TODAY, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    {
      g_autofree char *title = shequ_row_get_title (rows->pdata[i]);

      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", title);
    }
  return g_string_free (names, FALSE);
}

static void
test_conditions (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *where;
    const char *names;
  } cases[] = {
    { "has holding()", "Ann, Ben, Cid" },
    { "has holding(active)", "Ann, Cid" },
    { "has holding(badge.code=b and active)", "Ann, Cid" },
    { "has holding(badge=Red and active)", "Ann" },
    { "has holding(badge.code=r)", "Ann, Cid" },
    { "has holding(badge.level>=2)", "Ann, Cid" },
    { "no holding(active)", "Ben, Dan, Eve" },
    { "no holding()", "Dan, Eve" },
    { "not has holding()", "Dan, Eve" },
    { "group=0 and (no holding() or has holding(place=Hall))", "Ann, Eve" },
    { "has holding.member(until is set)", "Ann, Ben" },
    { "has pair.one()", "" },
    /* What is restricted cannot be found by asking for it, either. */
    { "has holding(badge.code=s)", "" },
    { "held>=1", "Ann, Ben, Cid" },
    { "friend.friend.name=Ann", "Cid" },
    { "friend.friend=1", "Cid" },
    { "friend.friend.group=1", "Dan" },
    { "has holding(member.friend.name=Ann)", "Ben" },
  };

  for (guint search = 0; search < 2; search++)
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
      {
        g_autoptr (ShequQuery) query = shequ_query_new (fixture->member, TODAY);
        g_autoptr (GError) error = NULL;
        g_autofree char *names = NULL;

        g_test_message ("%s", cases[i].where);
        g_assert_true (shequ_query_add_where (query, cases[i].where, &error));
        /* Of what a search found, each record is asked for by itself. */
        shequ_query_set_search (query, search == 1 ? "Ann" : NULL);
        names = list_titles (fixture, query);
        g_assert_cmpstr (names, ==,
                         search == 0                                ? cases[i].names
                         : g_str_has_prefix (cases[i].names, "Ann") ? "Ann"
                                                                    : "");
      }
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  static const char *const wrong[] = { "active",          "has nothing()",         "has badge()",
                                       "has pair()",      "has holding(colour=1)", "has holding.badge()",
                                       "has holding.no()" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (ShequQuery) query = shequ_query_new (fixture->member, TODAY);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", wrong[i]);
      g_assert_false (shequ_query_add_where (query, wrong[i], &error));
      g_assert_nonnull (error);
    }
}

static void
test_active_on_a_row (Fixture *fixture, gconstpointer data)
{
  static const gboolean active[] = { TRUE, TRUE, FALSE, FALSE, TRUE, TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequCondition) condition = shequ_condition_parse ("active", &error);

  g_assert_true (shequ_condition_bind (condition, fixture->holding, &error));
  for (guint i = 0; i < G_N_ELEMENTS (holdings); i++)
    {
      g_autoptr (ShequRow) row = shequ_row_new (fixture->holding);

      shequ_row_set_text (row, "since", holdings[i].since);
      shequ_row_set_text (row, "until", holdings[i].until);
      g_assert_cmpint (shequ_row_matches (row, condition, TODAY), ==, active[i]);
    }
}

static void
test_list (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *badges;
    const char *places;
    int held;
  } shown[] = {
    { "Blue、Red", "Hall", 2 }, { NULL, NULL, 1 }, { "Blue", "Yard、Gate", 2 },
    { NULL, NULL, 0 },          { NULL, NULL, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ShequRow) row = shequ_store_get (fixture->base.store, fixture->member, i + 1,
                                                  SHEQU_FETCH_COMPUTED, TODAY, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (shequ_row_get_text (row, "badges"), ==, shown[i].badges);
      g_assert_cmpstr (shequ_row_get_text (row, "places"), ==, shown[i].places);
      g_assert_cmpint (shequ_row_get_integer (row, "held"), ==, shown[i].held);
    }
}

static void
test_restricted (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequQuery) query = shequ_query_new (fixture->holding, TODAY);

  g_assert_cmpint (shequ_store_count (fixture->base.store, query, NULL, &error), ==, 5);
  shequ_query_set_search (query, "Dan");
  g_assert_cmpint (shequ_store_count (fixture->base.store, query, NULL, &error), ==, 0);
  query->with_restricted = TRUE;
  g_assert_cmpint (shequ_store_count (fixture->base.store, query, NULL, &error), ==, 1);
  shequ_query_set_search (query, NULL);
  g_assert_cmpint (shequ_store_count (fixture->base.store, query, NULL, &error), ==, 6);
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) g_test_add ("/other-records/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("conditions", test_conditions);
  ADD ("refused", test_refused);
  ADD ("active-on-a-row", test_active_on_a_row);
  ADD ("list", test_list);
  ADD ("restricted", test_restricted);

  return g_test_run ();
}
