#include <string.h>

#include "store-fixture.h"

#include "shequ-error.h"
#include "shequ-locale.h"

#define TODAY "2026-11-22"

static const char flat_text[] =
  "[Register]\n"
  "Name=flat\nLabel=Flat\nTitle={name}\nSince=today\n"
  "[Field name]\nKind=text\nLabel=Name\nRequired=true\nHistory=true\nSearch=part\n"
  "[Field people]\nKind=computed\nLabel=People\nCompute=count(person where flat=this)\n"
  "[Field first]\nKind=computed\nLabel=First\n"
  "Compute=first(person.name where flat=this)\n"
  "[Field all]\nKind=computed\nLabel=All\nCompute=list(person.name where flat=this)\n";

static const char person_text[] =
  "[Register]\n"
  "Name=person\nLabel=Person\nTitle={name}\nDetail={age} · {flat}\nSince=born\n"
  "[Field name]\nKind=text\nLabel=Name\nRequired=true\nSearch=pinyin\n"
  "[Field born]\nKind=date\nLabel=Born\n"
  "[Field age]\nKind=computed\nLabel=Age\nCompute=age(born)\n"
  "[Field flat]\nKind=link\nTo=flat\nLabel=Flat\nHistory=true\nSearch=linked\n"
  "[Field state]\nKind=text\nLabel=State\nHistory=true\n"
  "[Field phone]\nKind=text\nLabel=Phone\n"
  "[List default]\nColumns=name;state\nSort=name\n";

typedef struct
{
  StoreFixture base;
  const ShequRegister *flat;
  const ShequRegister *person;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  store_fixture_set_up (&fixture->base, data);
  g_clear_pointer (&fixture->base.store, shequ_store_unref);
  g_assert_true (shequ_catalogue_add_text (fixture->base.catalogue, "flat.ini", flat_text, &error));
  g_assert_true (shequ_catalogue_add_text (fixture->base.catalogue, "person.ini", person_text, &error));
  g_assert_true (shequ_catalogue_resolve (fixture->base.catalogue, &error));
  fixture->base.store =
    shequ_store_open (fixture->base.path, fixture->base.catalogue, SHEQU_OPEN_EXISTING, NULL, &error);
  g_assert_no_error (error);
  fixture->flat = shequ_catalogue_lookup (fixture->base.catalogue, "flat");
  fixture->person = shequ_catalogue_lookup (fixture->base.catalogue, "person");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) problems = shequ_store_check (fixture->base.store, NULL, NULL);

  g_assert_cmpuint (problems->len, ==, 0);
  store_fixture_tear_down (&fixture->base, data);
}

static gint64
insert (Fixture *fixture, ShequRow *row, const char *effective)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequTransaction) transaction =
    shequ_store_begin (fixture->base.store, &test_actor, NULL, &error);

  shequ_row_set_effective (row, effective);
  shequ_transaction_insert (transaction, row, &error);
  g_assert_no_error (error);
  g_assert_true (shequ_transaction_commit (transaction, &error));
  return row->key;
}

static gint64
add_flat (Fixture *fixture, const char *name)
{
  g_autoptr (ShequRow) row = shequ_row_new (fixture->flat);

  shequ_row_set_text (row, "name", name);
  return insert (fixture, row, SHEQU_SINCE_EVER);
}

static gint64
add_person (Fixture *fixture, const char *name, const char *born, gint64 flat, const char *effective)
{
  g_autoptr (ShequRow) row = shequ_row_new (fixture->person);

  shequ_row_set_text (row, "name", name);
  shequ_row_set_text (row, "born", born);
  if (flat != 0)
    shequ_row_set_integer (row, "flat", flat);
  shequ_row_set_text (row, "state", "here");
  return insert (fixture, row, effective);
}

/* Sets a text or (where `text` is a number) the flat of a person from a day on. */
static gboolean
change (Fixture *fixture,
        const ShequRegister *reg,
        gint64 key,
        const char *field,
        const char *text,
        const char *day,
        GError **error)
{
  g_autoptr (ShequTransaction) transaction = shequ_store_begin (fixture->base.store, &test_actor, NULL, NULL);
  g_autoptr (ShequRow) row = shequ_transaction_get (transaction, reg, key, NULL);

  if (g_str_equal (field, "flat"))
    shequ_row_set_integer (row, field, g_ascii_strtoll (text, NULL, 10));
  else
    shequ_row_set_text (row, field, text);
  shequ_row_set_effective (row, day);
  return shequ_transaction_update (transaction, row, error) && shequ_transaction_commit (transaction, error);
}

/* `state@flat` of a person at the end of a day, or `-` when there was none. */
static char *
look (Fixture *fixture, gint64 key, const char *day)
{
  g_autoptr (GPtrArray) rows =
    shequ_store_fetch (fixture->base.store, fixture->person, &key, 1,
                       SHEQU_FETCH_TITLES | SHEQU_FETCH_COMPUTED | SHEQU_FETCH_AS_OF, day, NULL, NULL);
  g_autofree char *flat = NULL;

  if (rows->len == 0)
    return g_strdup ("-");
  flat =
    shequ_row_format (rows->pdata[0], shequ_register_lookup (fixture->person, "flat"), SHEQU_FORMAT_PLAIN);
  return g_strdup_printf ("%s@%s", shequ_row_get_text (rows->pdata[0], "state"), flat);
}

static void
check_looks (Fixture *fixture, gint64 key, const char *const *looks)
{
  for (guint i = 0; looks[i] != NULL; i += 2)
    {
      g_autofree char *found = look (fixture, key, looks[i]);

      if (!g_str_equal (found, looks[i + 1]))
        g_error ("on %s: %s, not %s", looks[i], found, looks[i + 1]);
    }
}

static void
test_versions (Fixture *fixture, gconstpointer data)
{
  static const char *const looks[] = { "1980-05-01", "-",           "1990-05-01", "here@一单元",
                                       "2023-12-31", "here@一单元", "2024-01-01", "here@二单元",
                                       "2025-06-29", "here@二单元", "2025-06-30", "away@二单元",
                                       TODAY,        "away@二单元", NULL };
  g_autoptr (GError) error = NULL;
  gint64 one = add_flat (fixture, "一单元");
  gint64 two = add_flat (fixture, "二单元");
  g_autofree char *target = g_strdup_printf ("%" G_GINT64_FORMAT, two);
  gint64 key = add_person (fixture, "李四", "1985-02-03", one, SHEQU_SINCE_EVER);
  g_autoptr (GPtrArray) versions = NULL;
  g_autoptr (ShequRow) row = NULL;

  g_assert_true (change (fixture, fixture->person, key, "flat", target, "2024-01-01", &error));
  g_assert_true (change (fixture, fixture->person, key, "state", "away", "2025-06-30", &error));
  g_assert_true (change (fixture, fixture->person, key, "phone", "7", NULL, &error));
  check_looks (fixture, key, looks);

  versions =
    shequ_store_list_versions (fixture->base.store, fixture->person, key, SHEQU_FETCH_TITLES, NULL, NULL);
  g_assert_cmpuint (versions->len, ==, 2);
  g_assert_cmpstr (((ShequRow *) versions->pdata[0])->valid_from, ==, "1985-02-03");
  g_assert_cmpstr (((ShequRow *) versions->pdata[0])->valid_to, ==, "2024-01-01");
  /* What keeps no versions is known as it is now. */
  g_assert_cmpstr (shequ_row_get_text (versions->pdata[0], "phone"), ==, "7");
  row = shequ_store_get (fixture->base.store, fixture->person, key, SHEQU_FETCH_PLAIN, NULL, NULL, NULL);
  g_assert_cmpstr (row->valid_from, ==, "2025-06-30");
}

/* A correction on the same day makes no version; one that takes the change back leaves none. */
static void
test_same_day (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 key = add_person (fixture, "李四", "1985-02-03", 0, SHEQU_SINCE_EVER);
  g_autoptr (GPtrArray) versions = NULL;

  g_assert_true (change (fixture, fixture->person, key, "state", "awya", NULL, &error));
  g_assert_true (change (fixture, fixture->person, key, "state", "away", TODAY, &error));
  versions = shequ_store_list_versions (fixture->base.store, fixture->person, key, 0, NULL, NULL);
  g_assert_cmpuint (versions->len, ==, 1);
  g_assert_cmpstr (((ShequRow *) versions->pdata[0])->valid_to, ==, TODAY);
  g_clear_pointer (&versions, g_ptr_array_unref);

  g_assert_true (change (fixture, fixture->person, key, "state", "here", NULL, &error));
  versions = shequ_store_list_versions (fixture->base.store, fixture->person, key, 0, NULL, NULL);
  g_assert_cmpuint (versions->len, ==, 0);
}

/* What is learned later holds from its day up to where the field was changed itself. */
static void
test_past (Fixture *fixture, gconstpointer data)
{
  static const char *const looks[] = { "2019-12-31", "here@一单元", "2020-03-01", "here@三单元",
                                       "2023-12-31", "here@三单元", "2024-01-01", "here@二单元",
                                       TODAY,        "away@二单元", NULL };
  static const char *const corrected[] = { "1999-12-31", "born@一单元", "2020-03-01", "born@三单元",
                                           TODAY,        "away@二单元", NULL };
  g_autoptr (GError) error = NULL;
  gint64 one = add_flat (fixture, "一单元");
  gint64 two = add_flat (fixture, "二单元");
  gint64 three = add_flat (fixture, "三单元");
  g_autofree char *second = g_strdup_printf ("%" G_GINT64_FORMAT, two);
  g_autofree char *third = g_strdup_printf ("%" G_GINT64_FORMAT, three);
  gint64 key = add_person (fixture, "李四", "1985-02-03", one, SHEQU_SINCE_EVER);

  g_assert_true (change (fixture, fixture->person, key, "flat", second, "2024-01-01", &error));
  g_assert_true (change (fixture, fixture->person, key, "state", "away", "2025-06-30", &error));
  g_assert_true (change (fixture, fixture->person, key, "flat", third, "2020-03-01", &error));
  g_assert_no_error (error);
  check_looks (fixture, key, looks);
  g_assert_true (change (fixture, fixture->person, key, "state", "born", SHEQU_SINCE_EVER, &error));
  check_looks (fixture, key, corrected);
}

/* Who is entered today and turns out to have come earlier was there earlier, but not before birth. */
static void
test_earlier_than_known (Fixture *fixture, gconstpointer data)
{
  static const char *const looks[] = { "2019-12-31", "-",   "2020-03-01", "away@", "2026-11-21",
                                       "away@",      TODAY, "away@",      NULL };
  static const char *const born[] = { "1985-02-02", "-", "1985-02-03", "old@", "2020-02-29", "old@", NULL };
  g_autoptr (GError) error = NULL;
  gint64 key = add_person (fixture, "李四", "1985-02-03", 0, NULL);
  g_autofree char *yesterday = look (fixture, key, "2026-11-21");

  g_assert_cmpstr (yesterday, ==, "-");
  g_assert_true (change (fixture, fixture->person, key, "state", "away", "2020-03-01", &error));
  check_looks (fixture, key, looks);
  g_assert_true (change (fixture, fixture->person, key, "state", "old", "1960-01-01", &error));
  check_looks (fixture, key, born);
}

static void
test_future (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 key = add_person (fixture, "李四", "1985-02-03", 0, SHEQU_SINCE_EVER);

  g_assert_false (change (fixture, fixture->person, key, "state", "away", "2026-11-23", &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE);
  g_assert_nonnull (strstr (error->message, "2026-11-23"));
}

static void
test_delete_and_restore (Fixture *fixture, gconstpointer data)
{
  static const char *const gone[] = { "2026-11-21", "here@", TODAY, "-", NULL };
  static const char *const back[] = { "2026-11-21", "here@", TODAY, "here@", NULL };
  g_autoptr (GError) error = NULL;
  gint64 key = add_person (fixture, "李四", "1985-02-03", 0, SHEQU_SINCE_EVER);
  g_autoptr (GPtrArray) versions = NULL;
  ShequTransaction *transaction = shequ_store_begin (fixture->base.store, &test_actor, NULL, NULL);

  g_assert_true (shequ_transaction_delete (transaction, fixture->person, key, 1, &error));
  g_assert_true (shequ_transaction_commit (transaction, &error));
  shequ_transaction_free (transaction);
  check_looks (fixture, key, gone);

  transaction = shequ_store_begin (fixture->base.store, &test_actor, NULL, NULL);
  g_assert_true (shequ_transaction_restore (transaction, fixture->person, key, &error));
  g_assert_true (shequ_transaction_commit (transaction, &error));
  shequ_transaction_free (transaction);
  check_looks (fixture, key, back);
  versions = shequ_store_list_versions (fixture->base.store, fixture->person, key, 0, NULL, NULL);
  g_assert_cmpuint (versions->len, ==, 0);
}

static gint64
count (Fixture *fixture, const char *where, const char *search, const char *day)
{
  g_autoptr (ShequQuery) query = shequ_query_new (fixture->person, TODAY);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) keys = NULL;
  gint64 n;

  shequ_query_set_as_of (query, day);
  if (where != NULL)
    shequ_query_add_where (query, where, &error);
  shequ_query_set_search (query, search);
  n = shequ_store_count (fixture->base.store, query, NULL, &error);
  keys = shequ_store_list_keys (fixture->base.store, query, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (n, ==, keys->len);
  return n;
}

/* Lists, counts, searches, conditions over links, ages and sums follow the day. */
static void
test_queries (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 one = add_flat (fixture, "一单元");
  gint64 two = add_flat (fixture, "二单元");
  g_autofree char *target = g_strdup_printf ("%" G_GINT64_FORMAT, two);
  gint64 first = add_person (fixture, "阿大", "1985-02-03", one, SHEQU_SINCE_EVER);
  gint64 second = add_person (fixture, "包二", "2015-07-01", one, SHEQU_SINCE_EVER);
  g_autoptr (ShequQuery) query = shequ_query_new (fixture->person, TODAY);
  g_autoptr (GArray) keys = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  g_autofree char *detail = NULL;
  ShequSummaryQuery summary = {
    query, shequ_register_lookup (fixture->person, "flat"), NULL, NULL, SHEQU_PERIOD_NONE, NULL
  };

  add_person (fixture, "常三", "1999-01-01", two, NULL);
  g_assert_true (change (fixture, fixture->person, first, "flat", target, "2024-01-01", &error));
  g_assert_true (change (fixture, fixture->flat, two, "name", "三单元", "2025-01-01", &error));

  g_assert_cmpint (count (fixture, NULL, NULL, NULL), ==, 3);
  g_assert_cmpint (count (fixture, NULL, NULL, "2023-12-31"), ==, 2);
  g_assert_cmpint (count (fixture, NULL, NULL, "2010-01-01"), ==, 1);
  g_assert_cmpint (count (fixture, "flat.name=一单元", NULL, "2023-12-31"), ==, 2);
  g_assert_cmpint (count (fixture, "flat.name=一单元", NULL, "2024-06-30"), ==, 1);
  g_assert_cmpint (count (fixture, "flat.name=三单元", NULL, "2024-06-30"), ==, 0);
  g_assert_cmpint (count (fixture, "flat.name=三单元", NULL, TODAY), ==, 2);
  g_assert_cmpint (count (fixture, "age<10", NULL, "2024-06-30"), ==, 1);
  g_assert_cmpint (count (fixture, "age<10", NULL, TODAY), ==, 0);
  g_assert_cmpint (count (fixture, NULL, "ad", "2010-01-01"), ==, 1);
  g_assert_cmpint (count (fixture, NULL, "包", "2010-01-01"), ==, 0);

  shequ_query_set_as_of (query, "2023-12-31");
  keys = shequ_store_list_keys (fixture->base.store, query, NULL, &error);
  g_assert_cmpint (g_array_index (keys, gint64, 0), ==, first);
  g_assert_cmpint (g_array_index (keys, gint64, 1), ==, second);
  rows = shequ_store_fetch (fixture->base.store, fixture->person, &first, 1,
                            SHEQU_FETCH_TITLES | SHEQU_FETCH_COMPUTED | SHEQU_FETCH_AS_OF, "2024-06-30", NULL,
                            &error);
  detail = shequ_row_get_detail (rows->pdata[0]);
  g_assert_cmpstr (detail, ==, "39 · 二单元");

  lines = shequ_store_summarise (fixture->base.store, &summary, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (lines->len, ==, 1);
  g_assert_cmpint (((ShequSummaryRow *) lines->pdata[0])->count, ==, 2);
}

/* Who has gone since is found on the days before, sorted or by match, alone or with where it was; and is in
 * the statistics of what is found. */
static void
test_gone (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *typed;
    const char *day;
    gint64 n;
  } looks[] = {
    { "阿大", "2024-05-31", 1 }, { "ada", "2024-05-31", 1 },         { "阿大", "2024-06-01", 0 },
    { "阿", "2024-05-31", 2 },   { "阿大 一单元", "2024-05-31", 1 }, { "阿大 二单元", "2024-05-31", 0 },
    { "阿大", NULL, 0 },         { "阿大 二单元", "2024-01-31", 0 }, { "一单元", "2024-05-31", 2 },
  };
  g_autoptr (GError) error = NULL;
  gint64 flat = add_flat (fixture, "一单元");
  gint64 first = add_person (fixture, "阿大", "1985-02-03", flat, SHEQU_SINCE_EVER);
  g_autoptr (ShequTransaction) transaction = NULL;

  add_person (fixture, "阿二", "1985-02-03", flat, SHEQU_SINCE_EVER);
  transaction = shequ_store_begin (fixture->base.store, &test_actor, NULL, NULL);
  g_assert_true (
    shequ_transaction_delete_from (transaction, fixture->person, first, 1, "2024-06-01", &error));
  g_assert_true (shequ_transaction_commit (transaction, &error));
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    {
      g_autoptr (ShequQuery) query = shequ_query_new (fixture->person, TODAY);
      ShequSummaryQuery summary = { .query = query };
      g_autoptr (GPtrArray) lines = NULL;
      g_autoptr (GArray) keys = NULL;

      g_test_message ("%s %s", looks[i].typed, looks[i].day);
      g_assert_cmpint (count (fixture, NULL, looks[i].typed, looks[i].day), ==, looks[i].n);
      shequ_query_set_as_of (query, looks[i].day);
      shequ_query_set_search (query, looks[i].typed);
      shequ_query_sort_by (query, "name", TRUE, &error);
      keys = shequ_store_list_keys (fixture->base.store, query, NULL, &error);
      g_assert_cmpint (keys->len, ==, looks[i].n);
      lines = shequ_store_summarise (fixture->base.store, &summary, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (lines->len > 0 ? ((ShequSummaryRow *) lines->pdata[0])->count : 0, ==, looks[i].n);
    }
}

static void
test_computed (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *day;
    gint64 people;
    const char *first;
    const char *all;
  } cases[] = { { "2010-01-01", 1, "阿大", "阿大" },
                { "2023-12-31", 2, "阿大", "阿大、包二" },
                { "2024-01-01", 1, "包二", "包二" } };
  g_autoptr (GError) error = NULL;
  gint64 one = add_flat (fixture, "一单元");
  gint64 two = add_flat (fixture, "二单元");
  g_autofree char *target = g_strdup_printf ("%" G_GINT64_FORMAT, two);
  gint64 first = add_person (fixture, "阿大", "1985-02-03", one, SHEQU_SINCE_EVER);

  add_person (fixture, "包二", "2015-07-01", one, SHEQU_SINCE_EVER);
  g_assert_true (change (fixture, fixture->person, first, "flat", target, "2024-01-01", &error));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) rows =
        shequ_store_fetch (fixture->base.store, fixture->flat, &one, 1,
                           SHEQU_FETCH_COMPUTED | SHEQU_FETCH_AS_OF, cases[i].day, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (rows->len, ==, 1);
      g_assert_cmpint (shequ_row_get_integer (rows->pdata[0], "people"), ==, cases[i].people);
      g_assert_cmpstr (shequ_row_get_text (rows->pdata[0], "first"), ==, cases[i].first);
      g_assert_cmpstr (shequ_row_get_text (rows->pdata[0], "all"), ==, cases[i].all);
    }
}

/* A register of an older database keeps versions from the day its description says so. */
static void
test_added_to_old (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 house = store_fixture_add_house (fixture, "幸福小区");
  gint64 key = store_fixture_add_pet (fixture, "小花", "A1", house);
  g_autoptr (ShequTransaction) transaction = NULL;
  g_autoptr (ShequRow) row = NULL;
  g_autoptr (ShequQuery) query = NULL;

  g_clear_pointer (&fixture->store, shequ_store_unref);
  for (guint round = 0; round < 3; round++)
    {
      g_clear_pointer (&fixture->store, shequ_store_unref);
      shequ_catalogue_unref (fixture->catalogue);
      fixture->catalogue =
        store_fixture_load_catalogue (round == 0 ? "[Field place]\nKind=text\nLabel=Place\nHistory=true\n"
                                                 : "[Field place]\nKind=text\nLabel=Place\nHistory=true\n"
                                                   "[Field call]\nKind=text\nLabel=Call\nSearch=pinyin\n");
      fixture->pet = shequ_catalogue_lookup (fixture->catalogue, "pet");
      fixture->store =
        shequ_store_open (fixture->path, fixture->catalogue, SHEQU_OPEN_EXISTING, NULL, &error);
      g_assert_no_error (error);
    }
  transaction = shequ_store_begin (fixture->store, &test_actor, NULL, &error);
  row = shequ_transaction_get (transaction, fixture->pet, key, &error);
  shequ_row_set_text (row, "place", "garden");
  shequ_row_set_effective (row, "2026-01-01");
  g_assert_true (shequ_transaction_update (transaction, row, &error));
  g_assert_true (shequ_transaction_commit (transaction, &error));
  query = shequ_query_new (fixture->pet, TODAY);
  shequ_query_add_where (query, "place is empty", &error);
  g_assert_cmpint (shequ_store_count (fixture->store, query, NULL, &error), ==, 0);
  shequ_query_set_as_of (query, "2025-12-31");
  g_assert_cmpint (shequ_store_count (fixture->store, query, NULL, &error), ==, 1);
  g_assert_no_error (error);
}

/* Days and changes by chance: the register as of any day is what a diary of them says. */
static void
test_by_chance (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) chance = g_rand_new_with_seed (20261122);
  gint64 key = add_person (fixture, "李四", "2000-01-01", 0, SHEQU_SINCE_EVER);
  char *diary[400];

  for (guint day = 0; day < G_N_ELEMENTS (diary); day++)
    diary[day] = g_strdup ("here");
  for (guint n = 0; n < 200; n++)
    {
      guint from = (guint) g_rand_int_range (chance, 0, G_N_ELEMENTS (diary));
      g_autofree char *text = g_strdup_printf ("s%d", g_rand_int_range (chance, 0, 4));
      g_autoptr (GDateTime) start = g_date_time_new_utc (2024, 1, 1, 0, 0, 0);
      g_autoptr (GDateTime) moment = g_date_time_add_days (start, (int) from);
      g_autofree char *day = g_date_time_format (moment, "%F");
      g_autofree char *before = g_strdup (diary[from]);
      g_autoptr (GError) error = NULL;
      gboolean changes = !g_str_equal (diary[G_N_ELEMENTS (diary) - 1], text);

      g_assert_true (change (fixture, fixture->person, key, "state", text, day, &error));
      g_assert_no_error (error);
      for (guint at = from; changes && at < G_N_ELEMENTS (diary) && g_str_equal (diary[at], before); at++)
        {
          g_free (diary[at]);
          diary[at] = g_strdup (text);
        }
    }
  for (guint at = 0; at < G_N_ELEMENTS (diary); at++)
    {
      g_autoptr (GDateTime) start = g_date_time_new_utc (2024, 1, 1, 0, 0, 0);
      g_autoptr (GDateTime) moment = g_date_time_add_days (start, (int) at);
      g_autofree char *day = g_date_time_format (moment, "%F");
      g_autofree char *found = look (fixture, key, day);
      g_autofree char *wanted = g_strconcat (diary[at], "@", NULL);

      g_assert_cmpstr (found, ==, wanted);
      g_assert_cmpint (count (fixture, NULL, NULL, day), ==, 1);
    }
  for (guint at = 0; at < G_N_ELEMENTS (diary); at++)
    g_free (diary[at]);
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/versions/versions", Fixture, NULL, set_up, test_versions, tear_down);
  g_test_add ("/versions/same-day", Fixture, NULL, set_up, test_same_day, tear_down);
  g_test_add ("/versions/past", Fixture, NULL, set_up, test_past, tear_down);
  g_test_add ("/versions/earlier-than-known", Fixture, NULL, set_up, test_earlier_than_known, tear_down);
  g_test_add ("/versions/future", Fixture, NULL, set_up, test_future, tear_down);
  g_test_add ("/versions/delete-and-restore", Fixture, NULL, set_up, test_delete_and_restore, tear_down);
  g_test_add ("/versions/queries", Fixture, NULL, set_up, test_queries, tear_down);
  g_test_add ("/versions/gone", Fixture, NULL, set_up, test_gone, tear_down);
  g_test_add ("/versions/computed", Fixture, NULL, set_up, test_computed, tear_down);
  g_test_add ("/versions/by-chance", Fixture, NULL, set_up, test_by_chance, tear_down);
  g_test_add ("/versions/added-to-old", StoreFixture, NULL, store_fixture_set_up, test_added_to_old,
              store_fixture_tear_down);
  return g_test_run ();
}
