#include <string.h>

#include "model-fixture.h"
#include "shequ-error.h"
#include "shequ-events.h"
#include "shequ-locale.h"

#define FIXTURE(path, function)                                                                              \
  g_test_add (path, ModelFixture, NULL, model_fixture_set_up, function, model_fixture_tear_down)

static const ShequRegister *
find_register (ModelFixture *fixture, const char *name)
{
  return shequ_office_get_register (fixture->office, name);
}

static gint64
save (ModelFixture *fixture, ShequRow *row)
{
  g_autoptr (GError) error = NULL;

  shequ_row_set_effective (row, SHEQU_SINCE_EVER);
  shequ_office_save (fixture->office, row, NULL, NULL, &error);
  g_assert_no_error (error);
  return row->key;
}

static gint64
add_household (ModelFixture *fixture, const char *address)
{
  g_autoptr (ShequRow) row = shequ_office_new_row (fixture->office, find_register (fixture, "household"));

  shequ_row_set_text (row, "address", address);
  return save (fixture, row);
}

static ShequRow *
new_person (ModelFixture *fixture, const char *name, const char *born)
{
  ShequRow *row = shequ_office_new_row (fixture->office, find_register (fixture, "resident"));

  shequ_row_set_text (row, "name", name);
  shequ_row_set_text (row, "birth_date", born);
  return row;
}

static gint64
add_person (ModelFixture *fixture, const char *name, const char *born, gint64 household, const char *relation)
{
  g_autoptr (ShequRow) row = new_person (fixture, name, born);

  if (household != 0)
    shequ_row_set_integer (row, "household", household);
  shequ_row_set_text (row, "relation", relation);
  shequ_row_set_integer (row, "hukou_here", TRUE);
  shequ_row_set_integer (row, "lives_here", TRUE);
  return save (fixture, row);
}

/* `household relation status` of a resident at the end of a day, or `-`. */
static char *
look (ModelFixture *fixture, gint64 key, const char *day)
{
  g_autoptr (ShequRow) row =
    shequ_office_get_row_as_of (fixture->office, find_register (fixture, "resident"), key, day, NULL, NULL);
  const char *relation = row != NULL ? shequ_row_get_text (row, "relation") : NULL;
  g_autofree char *home =
    row != NULL ? shequ_row_format (row, shequ_register_lookup (row->reg, "household"), SHEQU_FORMAT_PLAIN)
                : NULL;

  if (row == NULL)
    return g_strdup ("-");
  return g_strdup_printf ("%s %s %s", home, relation != NULL ? relation : "-",
                          shequ_row_get_text (row, "residence_status"));
}

static void
assert_look (ModelFixture *fixture, gint64 key, const char *day, const char *wanted)
{
  g_autofree char *found = look (fixture, key, day);

  g_assert_cmpstr (found, ==, wanted);
}

static gint64
count_members (ModelFixture *fixture, gint64 household, const char *day)
{
  g_autoptr (ShequRow) row = shequ_office_get_row_as_of (
    fixture->office, find_register (fixture, "household"), household, day, NULL, NULL);

  return row != NULL ? shequ_row_get_integer (row, "members") : -1;
}

static gint64
record (ModelFixture *fixture, const ShequEvent *event)
{
  g_autoptr (GError) error = NULL;
  gint64 key = shequ_events_record (fixture->office, event, NULL, NULL, &error);

  g_assert_no_error (error);
  return key;
}

static void
assert_refused (ModelFixture *fixture, const ShequEvent *event, const char *word)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (shequ_events_record (fixture->office, event, NULL, NULL, &error), ==, 0);
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE);
  if (strstr (error->message, word) == NULL)
    g_error ("%s does not say %s", error->message, word);
}

static void
test_birth (ModelFixture *fixture, gconstpointer data)
{
  gint64 home = add_household (fixture, "一号");
  gint64 mother = add_person (fixture, "李梅", "1995-03-03", home, "02");
  g_autoptr (ShequRow) child = new_person (fixture, "李小", NULL);
  ShequEvent event = { .kind = SHEQU_EVENT_BIRTH,
                       .day = "2026-05-01",
                       .residents = &mother,
                       .n_residents = 1,
                       .person = child,
                       .relation = "30" };
  gint64 key = record (fixture, &event);
  g_autoptr (ShequRow) stored =
    shequ_office_get_row (fixture->office, find_register (fixture, "resident_event"), key, NULL, NULL);
  gint64 baby = shequ_row_get_integer (stored, "resident");
  g_autoptr (GError) error = NULL;

  assert_look (fixture, baby, "2026-04-30", "-");
  assert_look (fixture, baby, "2026-05-01", "一号 30 1");
  g_assert_cmpint (count_members (fixture, home, "2026-04-30"), ==, 1);
  g_assert_cmpint (count_members (fixture, home, NULL), ==, 2);
  g_assert_true (shequ_events_take_back (fixture->office, key, NULL, &error));
  g_assert_cmpint (count_members (fixture, home, NULL), ==, 1);
}

static void
test_death (ModelFixture *fixture, gconstpointer data)
{
  gint64 home = add_household (fixture, "一号");
  gint64 head = add_person (fixture, "王老", "1940-03-03", home, "02");
  gint64 wife = add_person (fixture, "张老", "1942-03-03", home, "12");
  ShequEvent event = { .kind = SHEQU_EVENT_DEATH, .day = "2026-06-10", .residents = &head, .n_residents = 1 };
  g_autoptr (GError) error = NULL;
  gint64 key;

  assert_refused (fixture, &event, "户主");
  event.new_head = head;
  assert_refused (fixture, &event, "王老");
  event.new_head = wife;
  event.day = "1939-01-01";
  assert_refused (fixture, &event, "1940-03-03");
  event.day = "2026-12-01";
  assert_refused (fixture, &event, "还没到");
  event.day = "2026-06-10";
  key = record (fixture, &event);
  assert_look (fixture, head, "2026-06-09", "一号 02 1");
  assert_look (fixture, head, "2026-06-10", " - 10");
  assert_look (fixture, wife, "2026-06-09", "一号 12 1");
  assert_look (fixture, wife, NULL, "一号 02 1");
  assert_refused (fixture, &event, "已登记死亡");
  event.kind = SHEQU_EVENT_MOVE;
  event.address = "二号";
  assert_refused (fixture, &event, "已登记死亡");

  g_assert_true (shequ_events_take_back (fixture->office, key, NULL, &error));
  g_assert_no_error (error);
  assert_look (fixture, head, NULL, "一号 02 1");
  assert_look (fixture, wife, NULL, "一号 12 1");
}

static void
test_departure_and_return (ModelFixture *fixture, gconstpointer data)
{
  gint64 home = add_household (fixture, "一号");
  gint64 key = add_person (fixture, "王五", "1980-03-03", home, "02");
  ShequEvent event = { .kind = SHEQU_EVENT_DEPARTURE,
                       .day = "2026-02-01",
                       .residents = &key,
                       .n_residents = 1,
                       .hukou = TRUE,
                       .place = "上海市" };

  record (fixture, &event);
  assert_look (fixture, key, "2026-01-31", "一号 02 1");
  assert_look (fixture, key, "2026-02-01", " - 9");
  /* The household is no more since then, with nobody in it. */
  g_assert_cmpint (count_members (fixture, home, NULL), ==, -1);
  g_assert_cmpint (count_members (fixture, home, "2026-02-01"), ==, -1);
  g_assert_cmpint (count_members (fixture, home, "2026-01-31"), ==, 1);
  event.kind = SHEQU_EVENT_MOVE;
  event.address = "二号";
  event.day = "2026-03-01";
  assert_refused (fixture, &event, "已迁出");
  event.kind = SHEQU_EVENT_ARRIVAL;
  event.day = "2026-01-01";
  assert_refused (fixture, &event, "2026-02-01");
  event.day = "2026-03-01";
  event.hukou = FALSE;
  record (fixture, &event);
  assert_look (fixture, key, "2026-02-28", " - 9");
  assert_look (fixture, key, NULL, "二号 02 3");
  assert_refused (fixture, &event, "已在本地家庭户");
}

/* Who lives elsewhere and keeps the registration stays in the household. */
static void
test_lives_elsewhere (ModelFixture *fixture, gconstpointer data)
{
  gint64 home = add_household (fixture, "一号");
  gint64 key = add_person (fixture, "王五", "1980-03-03", home, "02");
  ShequEvent event = {
    .kind = SHEQU_EVENT_DEPARTURE, .day = "2026-02-01", .residents = &key, .n_residents = 1
  };

  record (fixture, &event);
  assert_look (fixture, key, NULL, "一号 02 2");
}

static void
test_split_and_union (ModelFixture *fixture, gconstpointer data)
{
  gint64 home = add_household (fixture, "一号");
  gint64 father = add_person (fixture, "王老", "1950-03-03", home, "02");
  gint64 couple[] = { add_person (fixture, "王大", "1980-03-03", home, "20"),
                      add_person (fixture, "赵氏", "1981-03-03", home, "38") };
  gint64 all[] = { father, couple[0], couple[1] };
  ShequEvent event = { .kind = SHEQU_EVENT_SPLIT,
                       .day = "2026-02-01",
                       .residents = couple,
                       .n_residents = 2,
                       .address = "二号",
                       .head = couple[0] };
  ShequEvent join = { .kind = SHEQU_EVENT_UNION,
                      .day = "2026-09-01",
                      .residents = couple,
                      .n_residents = 1,
                      .household = home,
                      .relation = "20" };
  ShequEvent twice = { .kind = SHEQU_EVENT_MOVE, .address = "三号" };
  gint64 same[] = { father, father };
  g_autoptr (GPtrArray) issues = shequ_issues_new ();
  g_autoptr (GError) error = NULL;
  gint64 key, joined;

  event.residents = all;
  event.n_residents = 3;
  assert_refused (fixture, &event, "没有人");
  event.residents = couple;
  event.n_residents = 2;
  key = shequ_events_record (fixture->office, &event, issues, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (issues->len, >=, 1);
  assert_look (fixture, couple[0], "2026-01-31", "一号 20 1");
  assert_look (fixture, couple[0], "2026-02-01", "二号 02 1");
  assert_look (fixture, couple[1], "2026-02-01", "二号 - 1");
  g_assert_cmpint (count_members (fixture, home, "2026-01-31"), ==, 3);
  g_assert_cmpint (count_members (fixture, home, NULL), ==, 1);

  twice.residents = same;
  twice.n_residents = 2;
  assert_refused (fixture, &twice, "重复");
  joined = record (fixture, &join);
  assert_look (fixture, couple[1], "2026-08-31", "二号 - 1");
  g_assert_cmpint (count_members (fixture, home, NULL), ==, 3);

  /* The later one first. */
  g_assert_false (shequ_events_take_back (fixture->office, key, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE);
  g_clear_error (&error);
  g_assert_true (shequ_events_take_back (fixture->office, joined, NULL, &error));
  g_assert_true (shequ_events_take_back (fixture->office, key, NULL, &error));
  g_assert_no_error (error);
  assert_look (fixture, couple[0], "2026-03-01", "一号 20 1");
  assert_look (fixture, couple[1], NULL, "一号 38 1");
}

/* A household of 400 members, as of a dormitory, moves as a whole; a man of 130 years is doubted, not
 * refused. */
static void
test_many (ModelFixture *fixture, gconstpointer data)
{
  gint64 home = add_household (fixture, "集体户");
  gint64 keys[400];
  ShequEvent event = {
    .kind = SHEQU_EVENT_MOVE, .day = "2026-02-01", .residents = keys, .n_residents = 400, .address = "新宿舍"
  };
  g_autoptr (GPtrArray) issues = shequ_issues_new ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *name = g_strdup_printf ("工人%u", i);

      keys[i] = add_person (fixture, name, i == 7 ? "1896-01-01" : "1990-01-01", home, i == 0 ? "02" : "97");
    }
  g_assert_cmpint (shequ_events_record (fixture->office, &event, issues, NULL, &error), >, 0);
  g_assert_no_error (error);
  g_assert_cmpuint (issues->len, >=, 1);
  g_assert_nonnull (strstr (((ShequIssue *) issues->pdata[0])->message, "120"));
  assert_look (fixture, keys[0], NULL, "新宿舍 02 1");
  assert_look (fixture, keys[399], NULL, "新宿舍 97 1");
  g_assert_cmpint (count_members (fixture, home, "2026-01-31"), ==, 400);
}

/* People of several households leave at once, as those whom a new roster does not name: those who stay get a
 * head, and all of it is taken back in one go. */
static void
test_departures (ModelFixture *fixture, gconstpointer data)
{
  gint64 one = add_household (fixture, "1号"), other = add_household (fixture, "2号");
  gint64 head = add_person (fixture, "王父", "1960-01-01", one, "02");
  gint64 wife = add_person (fixture, "李母", "1962-01-01", one, "12");
  gint64 mother = add_person (fixture, "王奶奶", "1935-01-01", one, "52");
  gint64 lodger = add_person (fixture, "赵租客", "1990-01-01", other, "02");
  const gint64 leaving[] = { head, lodger };
  g_autoptr (GPtrArray) issues = shequ_issues_new ();
  g_autofree char *doubts = NULL;
  g_autoptr (GError) error = NULL;
  ShequEvent event = { .kind = SHEQU_EVENT_DEPARTURE,
                       .day = "2026-11-20",
                       .residents = leaving,
                       .n_residents = 2,
                       .hukou = TRUE,
                       .reason = "名单上没有" };
  gint64 key;

  assert_refused (fixture, &event, "户主");
  event.choose_heads = TRUE;
  key = shequ_events_record (fixture->office, &event, issues, NULL, &error);
  g_assert_no_error (error);
  assert_look (fixture, head, FIXTURE_TODAY, " - 9");
  assert_look (fixture, lodger, FIXTURE_TODAY, " - 9");
  assert_look (fixture, wife, FIXTURE_TODAY, "1号 02 1");
  assert_look (fixture, mother, FIXTURE_TODAY, "1号 52 1");
  assert_look (fixture, head, "2026-11-19", "1号 02 1");
  doubts = shequ_issues_to_text (issues, SHEQU_ISSUE_WARNING);
  g_assert_nonnull (strstr (doubts, "李母"));

  g_assert_true (shequ_events_take_back (fixture->office, key, NULL, &error));
  g_assert_no_error (error);
  assert_look (fixture, head, FIXTURE_TODAY, "1号 02 1");
  assert_look (fixture, wife, FIXTURE_TODAY, "1号 12 1");
  assert_look (fixture, lodger, FIXTURE_TODAY, "2号 02 1");
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  FIXTURE ("/events/birth", test_birth);
  FIXTURE ("/events/death", test_death);
  FIXTURE ("/events/departure-and-return", test_departure_and_return);
  FIXTURE ("/events/lives-elsewhere", test_lives_elsewhere);
  FIXTURE ("/events/split-and-union", test_split_and_union);
  FIXTURE ("/events/many", test_many);
  FIXTURE ("/events/departures", test_departures);

  return g_test_run ();
}
