#include "model-fixture.h"
#include "shequ-error.h"
#include "shequ-locale.h"
#include "shequ-search.h"

#define FIXTURE(path, function)                                                                              \
  g_test_add (path, ModelFixture, NULL, model_fixture_set_up, function, model_fixture_tear_down)

/* What `changed` told. */
typedef struct
{
  guint count;
  char *name;
  gint64 key;
  GThread *thread;
} Told;

static void
note_change (ShequOffice *office, const char *name, gint64 key, gpointer user_data)
{
  Told *told = user_data;

  told->count++;
  g_free (told->name);
  told->name = g_strdup (name);
  told->key = key;
  told->thread = g_thread_self ();
}

static void
test_set_up (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequRow) unit =
    model_fixture_get (fixture, "org_unit", shequ_office_get_unit (fixture->office));
  g_autofree char *today = shequ_office_get_today (fixture->office);
  g_autofree char *moment = shequ_office_get_moment (fixture->office);

  g_assert_cmpstr (shequ_row_get_text (unit, "name"), ==, "青年社区居民委员会");
  g_assert_cmpstr (shequ_row_get_text (unit, "level"), ==, "community");
  g_assert_cmpstr (today, ==, FIXTURE_TODAY);
  g_assert_cmpstr (moment, ==, "2026-11-22T02:00:00Z");
  g_assert_false (shequ_office_set_up (fixture->office, "另一个", SHEQU_LEVEL_STREET, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT);
  g_assert_cmpstr (shequ_office_get_name (fixture->office), ==, "青年社区居民委员会");
}

static void
test_open_again (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 staff = model_fixture_add (fixture, "staff", "name", "李强", NULL);
  g_autoptr (ShequOffice) again =
    shequ_office_open (fixture->uri, fixture->catalogue, "李强", "窗口2", NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (shequ_office_get_name (again), ==, "青年社区居民委员会");
  g_assert_cmpint (shequ_office_get_level (again), ==, SHEQU_LEVEL_COMMUNITY);
  g_assert_cmpint (shequ_office_get_unit (again), ==, shequ_office_get_unit (fixture->office));
  g_assert_cmpint (shequ_office_get_staff (again), ==, staff);
  g_assert_cmpint (shequ_office_get_staff (fixture->office), ==, 0);
}

static void
test_create (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = model_fixture_new_uri (fixture, "other");
  g_autoptr (ShequOffice) office = shequ_office_create (uri, fixture->catalogue, "海明街道办事处",
                                                        SHEQU_LEVEL_STREET, "王芳", "窗口1", NULL, &error);
  g_autoptr (ShequOffice) again = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (shequ_office_get_level (office), ==, SHEQU_LEVEL_STREET);
  again = shequ_office_create (uri, fixture->catalogue, "海明街道办事处", SHEQU_LEVEL_STREET, "王芳", "窗口1",
                               NULL, &error);
  g_assert_null (again);
  g_assert_nonnull (error);
}

static void
test_open_without_office (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = model_fixture_new_uri (fixture, "bare");
  g_autoptr (ShequStore) store = shequ_store_open (uri, fixture->catalogue, SHEQU_OPEN_CREATE, NULL, &error);

  g_assert_no_error (error);
  g_clear_pointer (&store, shequ_store_unref);
  g_assert_null (shequ_office_open (uri, fixture->catalogue, "王芳", "窗口1", NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND);
}

static void
test_save (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 household = model_fixture_add (fixture, "household", "address", "光明路3号楼2单元501室", NULL);
  g_autofree char *household_text = model_fixture_key (household);
  gint64 key = model_fixture_add (fixture, "resident", "name", "曾小明", "id_number", "11010519491231002X",
                                  "household", household_text, NULL);
  g_autoptr (ShequRow) row = model_fixture_get (fixture, "resident", key);
  g_autoptr (GPtrArray) log = NULL;

  g_assert_cmpint (shequ_row_get_integer (row, "unit"), ==, shequ_office_get_unit (fixture->office));
  g_assert_cmpstr (shequ_row_get_text (row, "birth_date"), ==, "1949-12-31");
  g_assert_cmpint (shequ_row_get_integer (row, "age"), ==, 76);
  log = shequ_store_read_log (shequ_office_get_store (fixture->office), row->reg, key, NULL, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (log->len, ==, 1);
  g_assert_cmpstr (((ShequLogEntry *) log->pdata[0])->user, ==, "王芳");
  g_assert_cmpstr (((ShequLogEntry *) log->pdata[0])->moment, ==, "2026-11-22T02:00:00Z");
}

static void
test_save_refused (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) issues = shequ_issues_new ();
  const ShequRegister *residents = shequ_office_get_register (fixture->office, "resident");
  g_autoptr (ShequRow) row = shequ_office_new_row (fixture->office, residents);
  g_autoptr (ShequQuery) query = shequ_office_new_query (fixture->office, residents);

  shequ_row_set_text (row, "birth_date", "2031-01-01");
  g_assert_false (shequ_office_save (fixture->office, row, issues, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE);
  g_assert_cmpuint (issues->len, >=, 2);
  g_assert_cmpint (row->key, ==, 0);
  g_assert_cmpint (shequ_store_count (shequ_office_get_store (fixture->office), query, NULL, NULL), ==, 0);
}

static void
test_conflict (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 key = model_fixture_add (fixture, "team", "name", "银龄巡逻队", NULL);
  g_autoptr (ShequRow) mine = model_fixture_get (fixture, "team", key);
  g_autoptr (ShequRow) theirs = model_fixture_get (fixture, "team", key);
  gint64 version = mine->version;

  shequ_row_set_text (theirs, "leader_name", "赵大爷");
  g_assert_true (shequ_office_save (fixture->office, theirs, NULL, NULL, &error));
  shequ_row_set_text (mine, "leader_name", "钱阿姨");
  g_assert_false (shequ_office_save (fixture->office, mine, NULL, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_CONFLICT);
  g_assert_cmpint (mine->version, ==, version);
}

static void
test_delete_restore (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 key = model_fixture_add (fixture, "team", "name", "银龄巡逻队", NULL);
  g_autoptr (ShequRow) row = model_fixture_get (fixture, "team", key);
  g_autoptr (ShequRow) back = NULL;

  g_assert_true (shequ_office_delete (fixture->office, row->reg, key, row->version, NULL, &error));
  g_assert_null (shequ_office_get_row (fixture->office, row->reg, key, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (shequ_office_restore (fixture->office, row->reg, key, NULL, &error));
  g_assert_no_error (error);
  back = model_fixture_get (fixture, "team", key);
  g_assert_cmpstr (shequ_row_get_text (back, "name"), ==, "银龄巡逻队");
}

static void
test_changed (ModelFixture *fixture, gconstpointer data)
{
  Told told = { 0 };
  gint64 one, two;

  model_fixture_settle ();
  g_signal_connect (fixture->office, "changed::team", G_CALLBACK (note_change), &told);
  one = model_fixture_add (fixture, "team", "name", "银龄巡逻队", NULL);
  g_assert_cmpuint (told.count, ==, 0);
  model_fixture_settle ();
  g_assert_cmpuint (told.count, ==, 1);
  g_assert_cmpstr (told.name, ==, "team");
  g_assert_cmpint (told.key, ==, one);

  model_fixture_add (fixture, "department", "name", "区民政局", "short_name", "民政", NULL);
  model_fixture_settle ();
  g_assert_cmpuint (told.count, ==, 1);

  two = model_fixture_add (fixture, "team", "name", "清洁队", NULL);
  model_fixture_add (fixture, "team", "name", "宣传队", NULL);
  g_assert_cmpint (two, >, one);
  model_fixture_settle ();
  g_assert_cmpuint (told.count, ==, 2);
  g_assert_cmpint (told.key, ==, 0);
  g_signal_handlers_disconnect_by_data (fixture->office, &told);
  g_free (told.name);
}

static void
test_save_async (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) issues = NULL;
  const ShequRegister *teams = shequ_office_get_register (fixture->office, "team");
  g_autoptr (ShequRow) row = shequ_office_new_row (fixture->office, teams);
  g_autoptr (ShequRow) saved = NULL;
  Told told = { 0 };

  g_signal_connect (fixture->office, "changed", G_CALLBACK (note_change), &told);
  shequ_row_set_text (row, "name", "银龄巡逻队");
  shequ_office_save_async (fixture->office, row, NULL, model_fixture_take_result, &result);
  saved = shequ_office_save_finish (fixture->office, model_fixture_wait (&result), &issues, &error);
  g_assert_no_error (error);
  g_assert_cmpint (saved->key, >, 0);
  g_assert_cmpint (row->key, ==, 0);
  g_assert_nonnull (issues);
  model_fixture_settle ();
  g_assert_cmpuint (told.count, >=, 1);
  g_assert_true (told.thread == g_thread_self ());
  g_signal_handlers_disconnect_by_data (fixture->office, &told);
  g_free (told.name);
}

static void
test_save_async_refused (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) issues = NULL;
  const ShequRegister *teams = shequ_office_get_register (fixture->office, "team");
  g_autoptr (ShequRow) row = shequ_office_new_row (fixture->office, teams);

  shequ_office_save_async (fixture->office, row, NULL, model_fixture_take_result, &result);
  g_assert_null (shequ_office_save_finish (fixture->office, model_fixture_wait (&result), &issues, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE);
  g_assert_true (shequ_issues_have_errors (issues));
}

static void
test_cancelled (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  const ShequRegister *teams = shequ_office_get_register (fixture->office, "team");
  g_autoptr (ShequRow) row = shequ_office_new_row (fixture->office, teams);
  g_autoptr (ShequQuery) query = shequ_office_new_query (fixture->office, teams);

  g_cancellable_cancel (cancellable);
  shequ_row_set_text (row, "name", "银龄巡逻队");
  shequ_office_save_async (fixture->office, row, cancellable, model_fixture_take_result, &result);
  g_assert_null (shequ_office_save_finish (fixture->office, model_fixture_wait (&result), NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (shequ_store_count (shequ_office_get_store (fixture->office), query, NULL, NULL), ==, 0);
}

static void
test_search (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) hits = NULL;
  gint64 key = model_fixture_add (fixture, "department", "name", "区民政局", "short_name", "民政", NULL);

  model_fixture_add (fixture, "team", "name", "银龄巡逻队", NULL);
  shequ_office_search_async (fixture->office, "qmzj", 10, NULL, model_fixture_take_result, &result);
  hits = shequ_office_search_finish (fixture->office, model_fixture_wait (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (hits->len, ==, 1);
  g_assert_cmpint (((ShequHit *) hits->pdata[0])->key, ==, key);
  g_assert_cmpstr (((ShequHit *) hits->pdata[0])->title, ==, "民政");
}

static GPtrArray *
choose (ModelFixture *fixture, const char *reg, const char *typed, gboolean in_use)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *hits = shequ_office_search_choices (
    fixture->office, shequ_office_get_register (fixture->office, reg), typed, in_use, 20, NULL, &error);

  g_assert_no_error (error);
  return hits;
}

static gboolean
holds_key (const GPtrArray *hits, gint64 key)
{
  for (guint i = 0; i < hits->len; i++)
    if (((const ShequHit *) hits->pdata[i])->key == key)
      return TRUE;
  return FALSE;
}

/* What is out of use is not offered for a link, typed or not, but found where a list is narrowed by it; and a
 * record that links to it already is stored as before. */
static void
test_choices (ModelFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *reg;
    const char *name;
    const char *field;
    const char *value;
  } cases[] = {
    { "org_unit", "name", "closed_on", "2026-01-01" },
    { "staff", "name", "active", "no" },
    { "post", "person_name", "ended_on", "2026-11-21" },
  };
  gint64 building = model_fixture_add (fixture, "building", "name", "8号楼", NULL);
  g_autofree char *where = model_fixture_key (building);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *more = g_str_equal (cases[i].reg, "post") ? "building" : NULL;
      g_autofree char *one = g_strdup_printf ("赵甲%u", i);
      g_autofree char *other = g_strdup_printf ("赵乙%u", i);
      gint64 kept = model_fixture_add (fixture, cases[i].reg, cases[i].name, one, more, where, NULL);
      gint64 gone = model_fixture_add (fixture, cases[i].reg, cases[i].name, other, cases[i].field,
                                       cases[i].value, more, where, NULL);

      for (guint typed = 0; typed < 2; typed++)
        {
          g_autoptr (GPtrArray) offered = choose (fixture, cases[i].reg, typed != 0 ? "赵" : "", TRUE);
          g_autoptr (GPtrArray) all = choose (fixture, cases[i].reg, typed != 0 ? "赵" : "", FALSE);

          g_assert_false (holds_key (offered, gone));
          if (typed != 0)
            {
              g_assert_true (holds_key (offered, kept));
              g_assert_true (holds_key (all, gone) && holds_key (all, kept));
            }
        }
    }
}

static void
test_kept_link (ModelFixture *fixture, gconstpointer data)
{
  gint64 tag = model_fixture_add (fixture, "tag", "code", "old", "name", "旧类别", NULL);
  gint64 resident = model_fixture_add (fixture, "resident", "name", "王小明", NULL);
  g_autofree char *to_tag = model_fixture_key (tag);
  g_autofree char *to_resident = model_fixture_key (resident);
  gint64 key = model_fixture_add (fixture, "resident_tag", "tag", to_tag, "resident", to_resident, NULL);
  g_autoptr (ShequRow) row = model_fixture_get (fixture, "tag", tag);
  g_autoptr (ShequRow) entry = NULL;
  g_autoptr (GPtrArray) offered = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autofree char *shown = NULL;
  g_autoptr (GError) error = NULL;

  shequ_row_set_integer (row, "active", FALSE);
  g_assert_true (shequ_office_save (fixture->office, row, NULL, NULL, &error));
  g_assert_no_error (error);
  entry = model_fixture_get (fixture, "resident_tag", key);
  shequ_row_set_text (entry, "note", "仍在");
  g_assert_true (shequ_office_save (fixture->office, entry, NULL, NULL, &error));
  g_assert_no_error (error);
  offered = choose (fixture, "tag", "旧类别", TRUE);
  g_assert_cmpuint (offered->len, ==, 0);
  found = choose (fixture, "tag", "旧类别", FALSE);
  g_assert_cmpuint (found->len, ==, 1);
  shown = shequ_row_format (entry, shequ_register_lookup (entry->reg, "tag"), SHEQU_FORMAT_PLAIN);
  g_assert_cmpstr (shown, ==, "旧类别");
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  FIXTURE ("/office/set-up", test_set_up);
  FIXTURE ("/office/open-again", test_open_again);
  FIXTURE ("/office/create", test_create);
  FIXTURE ("/office/open-without-office", test_open_without_office);
  FIXTURE ("/office/save", test_save);
  FIXTURE ("/office/save-refused", test_save_refused);
  FIXTURE ("/office/conflict", test_conflict);
  FIXTURE ("/office/delete-restore", test_delete_restore);
  FIXTURE ("/office/changed", test_changed);
  FIXTURE ("/office/save-async", test_save_async);
  FIXTURE ("/office/save-async-refused", test_save_async_refused);
  FIXTURE ("/office/cancelled", test_cancelled);
  FIXTURE ("/office/search", test_search);
  FIXTURE ("/office/choices", test_choices);
  FIXTURE ("/office/kept-link", test_kept_link);

  return g_test_run ();
}
