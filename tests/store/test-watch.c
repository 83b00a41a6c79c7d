/* What others change in the same database is told within a second: another store, another process. */
#include <stdlib.h>
#include <string.h>

#include "faulty-engine.h"
#include "store-fixture.h"

#include "shequ-error.h"
#include "shequ-locale.h"

#define PATIENCE (20 * G_TIME_SPAN_SECOND)
#define SOON G_TIME_SPAN_SECOND
#define QUIET (600 * G_TIME_SPAN_MILLISECOND)

/* What a watch has told, as `pet:3 lost back`. */
typedef struct
{
  GMutex lock;
  GCond told;
  GString *text;
} News;

static void
note (ShequWatchEvent event, const ShequRegister *reg, gint64 key, const GError *error, gpointer user_data)
{
  News *news = user_data;

  g_mutex_lock (&news->lock);
  if (event == SHEQU_WATCH_CHANGED)
    g_string_append_printf (news->text, "%s:%" G_GINT64_FORMAT " ", reg->name, key);
  else
    g_string_append (news->text, event == SHEQU_WATCH_LOST ? "lost " : "back ");
  g_cond_broadcast (&news->told);
  g_mutex_unlock (&news->lock);
}

static News *
news_new (void)
{
  News *news = g_new0 (News, 1);

  g_mutex_init (&news->lock);
  g_cond_init (&news->told);
  news->text = g_string_new (NULL);
  return news;
}

static void
news_free (gpointer data)
{
  News *news = data;

  g_mutex_clear (&news->lock);
  g_cond_clear (&news->told);
  g_string_free (news->text, TRUE);
  g_free (news);
}

/* Gives how long it took until exactly this was told. */
static gint64
wait_for (News *news, const char *text)
{
  gint64 begun = g_get_monotonic_time ();

  g_mutex_lock (&news->lock);
  while (!g_str_equal (news->text->str, text))
    if (!g_cond_wait_until (&news->told, &news->lock, begun + PATIENCE))
      g_error ("told “%s” instead of “%s”", news->text->str, text);
  g_string_truncate (news->text, 0);
  g_mutex_unlock (&news->lock);
  return g_get_monotonic_time () - begun;
}

static void
assert_quiet (News *news)
{
  g_usleep (QUIET);
  g_mutex_lock (&news->lock);
  g_assert_cmpstr (news->text->str, ==, "");
  g_mutex_unlock (&news->lock);
}

static ShequStore *
open_again (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  ShequStore *store = shequ_store_open (fixture->path, fixture->catalogue, SHEQU_OPEN_EXISTING, NULL, &error);

  g_assert_no_error (error);
  return store;
}

/* Through the store of somebody else. */
static gint64
add_elsewhere (StoreFixture *fixture, ShequStore *other, const char *address)
{
  ShequStore *own = fixture->store;
  gint64 key;

  fixture->store = other;
  key = store_fixture_add_house (fixture, address);
  fixture->store = own;
  return key;
}

static void
test_two_stores (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ShequStore) other = open_again (fixture);
  News *news = news_new ();
  g_autoptr (ShequWatch) watch = NULL;
  gint64 longest = 0;

  store_fixture_add_house (fixture, "幸福小区0号楼");
  watch = shequ_watch_new (fixture->store, note, news, news_free);
  assert_quiet (news);
  /* One's own changes are known already. */
  store_fixture_add_house (fixture, "幸福小区1号楼");
  assert_quiet (news);
  for (guint i = 2; i < 8; i++)
    {
      g_autofree char *address = g_strdup_printf ("幸福小区%u号楼", i);
      gint64 key = add_elsewhere (fixture, other, address);
      g_autofree char *told = g_strdup_printf ("house:%" G_GINT64_FORMAT " ", key);

      gint64 waited = wait_for (news, told);

      longest = MAX (longest, waited);
      g_usleep (i * 37000);
    }
  g_test_message ("told after %" G_GINT64_FORMAT " ms at most", longest / 1000);
  g_assert_cmpint (longest, <, SOON);
}

/* A commit of many records tells the register once. */
static void
test_many (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ShequStore) other = open_again (fixture);
  News *news = news_new ();
  G_GNUC_UNUSED g_autoptr (ShequWatch) watch = shequ_watch_new (fixture->store, note, news, news_free);
  g_autoptr (ShequTransaction) transaction = NULL;
  g_autoptr (GError) error = NULL;

  assert_quiet (news);
  transaction = shequ_store_begin (other, &test_actor, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 10; i++)
    {
      g_autoptr (ShequRow) row = shequ_row_new (i == 0 ? fixture->pet : fixture->house);
      g_autofree char *name = g_strdup_printf ("第%u", i);

      shequ_row_set_text (row, i == 0 ? "name" : "address", name);
      g_assert_true (shequ_transaction_insert (transaction, row, &error));
    }
  g_assert_true (shequ_transaction_commit (transaction, &error));
  wait_for (news, "pet:1 house:0 ");
}

/* What was taken back is not told. */
static void
test_taken_back (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ShequStore) other = open_again (fixture);
  News *news = news_new ();
  G_GNUC_UNUSED g_autoptr (ShequWatch) watch = shequ_watch_new (fixture->store, note, news, news_free);
  ShequTransaction *transaction = shequ_store_begin (other, &test_actor, NULL, NULL);
  g_autoptr (ShequRow) row = shequ_row_new (fixture->house);

  shequ_row_set_text (row, "address", "幸福小区");
  g_assert_true (shequ_transaction_insert (transaction, row, NULL));
  shequ_transaction_free (transaction);
  assert_quiet (news);
}

/* A program of its own, as on another workstation: `test-store-watch --add PATH ADDRESS`. */
static int
run_as_other (const char *path, const char *address)
{
  StoreFixture fixture = { NULL };
  g_autoptr (GError) error = NULL;

  fixture.catalogue = store_fixture_load_catalogue (NULL);
  fixture.house = shequ_catalogue_lookup (fixture.catalogue, "house");
  fixture.store = shequ_store_open (path, fixture.catalogue, SHEQU_OPEN_EXISTING, NULL, &error);
  g_assert_no_error (error);
  store_fixture_add_house (&fixture, address);
  shequ_store_unref (fixture.store);
  shequ_catalogue_unref (fixture.catalogue);
  return EXIT_SUCCESS;
}

static char *own_path;

static void
test_two_processes (StoreFixture *fixture, gconstpointer data)
{
  const char *call[] = { own_path, "--add", fixture->path, "幸福小区9号楼", NULL };
  News *news = news_new ();
  G_GNUC_UNUSED g_autoptr (ShequWatch) watch = shequ_watch_new (fixture->store, note, news, news_free);
  g_autoptr (GError) error = NULL;
  gint64 waited;
  int status;

  assert_quiet (news);
  g_assert_true (
    g_spawn_sync (NULL, (char **) call, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status, &error));
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, &error));
  waited = wait_for (news, "house:1 ");
  g_test_message ("told %" G_GINT64_FORMAT " ms after the other program had ended", waited / 1000);
  g_assert_cmpint (waited, <, SOON);
}

/* What was changed while the database did not answer is told when it does again. */
static void
test_lost (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ShequStore) other = open_again (fixture);
  News *news = news_new ();
  g_autoptr (ShequWatch) watch = NULL;

  faulty_engine_attach (fixture->store);
  watch = shequ_watch_new (fixture->store, note, news, news_free);
  assert_quiet (news);
  faulty_engine_set (FAULT_AWAY);
  wait_for (news, "lost ");
  add_elsewhere (fixture, other, "幸福小区9号楼");
  assert_quiet (news);
  faulty_engine_set (FAULT_NONE);
  wait_for (news, "house:1 back ");
}

#define FIXTURE(path, function)                                                                              \
  g_test_add (path, StoreFixture, NULL, store_fixture_set_up, function, store_fixture_tear_down)

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  if (argc == 4 && g_str_equal (argv[1], "--add"))
    return run_as_other (argv[2], argv[3]);
  own_path = argv[0];
  g_test_init (&argc, &argv, NULL);
  FIXTURE ("/watch/two-stores", test_two_stores);
  FIXTURE ("/watch/many", test_many);
  FIXTURE ("/watch/taken-back", test_taken_back);
  FIXTURE ("/watch/two-processes", test_two_processes);
  FIXTURE ("/watch/lost", test_lost);
  return g_test_run ();
}
