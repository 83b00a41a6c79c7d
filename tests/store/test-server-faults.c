/* What only a server can suffer: each has its word for a clerk, and nothing is lost, doubled or left hanging.
 */
#include "store-fixture.h"

#include "postgres/shequ-postgres-private.h"
#include "shequ-error.h"
#include "shequ-locale.h"
#include "test-server.h"

#include <gio/gunixsocketaddress.h>

static void
assert_refused (StoreFixture *fixture,
                const char *address,
                ShequOpenMode mode,
                ShequError code,
                const char *word)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequStore) store = shequ_store_open (address, fixture->catalogue, mode, NULL, &error);

  g_assert_null (store);
  g_assert_error (error, SHEQU_ERROR, (int) code);
  if (strstr (error->message, word) == NULL)
    g_error ("“%s” lacks “%s”", error->message, word);
  /* A password is nothing for a message. */
  g_assert_null (strstr (error->message, "secret"));
}

static void
test_addresses (StoreFixture *fixture, gconstpointer data)
{
  const char *server = g_getenv ("SHEQU_TEST_SERVER");
  g_autofree char *nobody = g_strconcat (server, "&user=asker&password=secretly", NULL);
  g_autofree char *silent = g_strconcat (server, "&user=asker", NULL);
  g_autofree char *nothing = g_strconcat (server, "&dbname=nothing", NULL);
  g_autofree char *latin = g_strconcat (server, "&dbname=latin", NULL);
  g_autofree char *cipher = g_strconcat (server, "&hostaddr=127.0.0.1&port=1&connect_timeout=5", NULL);
  const struct
  {
    const char *address;
    ShequError code;
    const char *word;
  } cases[] = {
    { "postgresql://no-such-host.invalid/office", SHEQU_ERROR_UNREACHABLE, "找不到这个名称的服务器" },
    { "postgresql:///office?host=/nonexistent", SHEQU_ERROR_UNREACHABLE, "没有数据库服务器应答" },
    { cipher, SHEQU_ERROR_UNREACHABLE, "没有数据库服务器应答" },
    { nobody, SHEQU_ERROR_PERMISSION, "用户名或密码" },
    { silent, SHEQU_ERROR_PERMISSION, "用户名或密码" },
    { nothing, SHEQU_ERROR_NOT_FOUND, "没有这个名称的数据库" },
    { latin, SHEQU_ERROR_UNREACHABLE, "UTF8" },
    { server, SHEQU_ERROR_DAMAGED, "" }, /* a database of somebody else's */
    { fixture->path, SHEQU_ERROR_ARGUMENT, "" },
  };

  test_server_run (server, "DROP ROLE IF EXISTS asker; CREATE ROLE asker LOGIN PASSWORD 'other'");
  test_server_run (server, "DROP DATABASE IF EXISTS latin");
  test_server_run (server, "CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1'");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_refused (fixture, cases[i].address,
                    cases[i].code == SHEQU_ERROR_ARGUMENT ? SHEQU_OPEN_CREATE : SHEQU_OPEN_EXISTING,
                    cases[i].code, cases[i].word);
  test_server_run (server, "DROP DATABASE latin");
  test_server_run (server, "DROP ROLE asker");
}

/* As libpq and servers say it. */
static void
test_words (void)
{
  static const struct
  {
    const char *message;
    ShequError code;
  } cases[] = {
    { "connection to server at \"x\" failed: SSL error: certificate verify failed", SHEQU_ERROR_PERMISSION },
    { "connection to server at \"x\" failed: server certificate for \"y\" does not match host name \"x\"",
      SHEQU_ERROR_PERMISSION },
    { "connection to server at \"x\" failed: root certificate file \"/r\" does not exist",
      SHEQU_ERROR_PERMISSION },
    { "connection to server at \"x\" failed: server does not support SSL, but SSL was required",
      SHEQU_ERROR_PERMISSION },
    { "connection failed: FATAL:  28P01: 用户 \"x\" Password 认证失败", SHEQU_ERROR_PERMISSION },
    { "connection failed: FATAL:  53300: sorry, too many clients already", SHEQU_ERROR_UNREACHABLE },
    { "connection failed: FATAL:  57P03: the database system is starting up", SHEQU_ERROR_UNREACHABLE },
    { "something else", SHEQU_ERROR_UNREACHABLE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      shequ_postgres_set_connect_error (&error, cases[i].message);
      g_assert_error (error, SHEQU_ERROR, (int) cases[i].code);
    }
}

/* A server of another time: says its version, and nothing else. */
static gboolean
say_old (GThreadedSocketService *service, GSocketConnection *connection, GObject *source, gpointer data)
{
  static const char answer[] = "R\0\0\0\10\0\0\0\0"
                               "S\0\0\0\30server_version\00012.9\0"
                               "S\0\0\0\31server_encoding\0UTF8\0"
                               "Z\0\0\0\5I";
  char asked[1024];

  g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), asked, sizeof asked, NULL,
                       NULL);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), answer,
                             sizeof answer - 1, NULL, NULL, NULL);
  g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), asked, sizeof asked, NULL,
                       NULL);
  return TRUE;
}

static int old_was_met; /* atomic */

static gpointer
open_old (gpointer data)
{
  StoreFixture *fixture = data;
  g_autofree char *address =
    g_strdup_printf ("postgresql:///office?host=%s&port=77&gssencmode=disable", fixture->folder);

  assert_refused (fixture, address, SHEQU_OPEN_EXISTING, SHEQU_ERROR_UNREACHABLE, "12.9");
  g_atomic_int_set (&old_was_met, 1);
  return NULL;
}

static void
test_old_server (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, ".s.PGSQL.77", NULL);
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr (GSocketService) service = g_threaded_socket_service_new (4);
  g_autoptr (GError) error = NULL;
  GThread *thread;

  g_socket_listener_add_address (G_SOCKET_LISTENER (service), address, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_DEFAULT, NULL, NULL, &error);
  g_assert_no_error (error);
  g_signal_connect (service, "run", G_CALLBACK (say_old), NULL);
  thread = g_thread_new ("open", open_old, fixture);
  /* The service takes its guest in the main loop. */
  while (g_atomic_int_get (&old_was_met) == 0)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  g_thread_join (thread);
  g_socket_service_stop (service);
}

/* Whatever the server answers to a change comes as its own word; the store goes on afterwards. */
static void
test_refused_changes (StoreFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *state;
    ShequError code;
  } cases[] = { { "53100", SHEQU_ERROR_FULL },         { "42501", SHEQU_ERROR_PERMISSION },
                { "40001", SHEQU_ERROR_LOCKED },       { "40P01", SHEQU_ERROR_LOCKED },
                { "25006", SHEQU_ERROR_UNREACHABLE },  { "55P03", SHEQU_ERROR_LOCKED },
                { "22021", SHEQU_ERROR_INVALID_VALUE } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ShequRow) row = shequ_row_new (fixture->house);
      g_autoptr (ShequTransaction) transaction = NULL;
      g_autofree char *script = g_strdup_printf (
        "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE "
        "EXCEPTION USING ERRCODE = ''%s''; END'; CREATE TRIGGER refuse BEFORE INSERT ON house FOR "
        "EACH ROW EXECUTE FUNCTION refuse()",
        cases[i].state);

      test_server_run (fixture->path, script);
      shequ_row_set_text (row, "address", "幸福小区");
      transaction = shequ_store_begin (fixture->store, &test_actor, NULL, &error);
      g_assert_false (shequ_transaction_insert (transaction, row, &error));
      g_assert_error (error, SHEQU_ERROR, (int) cases[i].code);
      g_clear_error (&error);
      /* What failed is not half there, whatever is done after it. */
      g_assert_false (shequ_transaction_commit (transaction, &error));
      g_assert_error (error, SHEQU_ERROR, (int) cases[i].code);
      test_server_run (fixture->path, "DROP TRIGGER refuse ON house");
      g_clear_pointer (&transaction, shequ_transaction_free);
      store_fixture_add_house (fixture, "幸福小区");
      g_assert_cmpint (test_server_ask (fixture->path, "SELECT count(*) FROM house"), ==, i + 1);
    }
}

#define CUT                                                                                                  \
  "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND "         \
  "backend_type = 'client backend' AND application_name = 'shequ-cut'"

/* The line is cut in the middle of a change: nothing of it is there, and the next one finds a new line. */
static void
test_cut (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *address = g_strconcat (fixture->path, "&application_name=shequ-cut", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequRow) row = shequ_row_new (fixture->house);
  g_autoptr (ShequTransaction) transaction = NULL;
  g_autoptr (ShequQuery) query = shequ_query_new (fixture->house, NULL);

  g_clear_pointer (&fixture->store, shequ_store_unref);
  fixture->store = shequ_store_open (address, fixture->catalogue, SHEQU_OPEN_EXISTING, NULL, &error);
  g_assert_no_error (error);
  transaction = shequ_store_begin (fixture->store, &test_actor, NULL, &error);
  shequ_row_set_text (row, "address", "幸福小区");
  g_assert_true (shequ_transaction_insert (transaction, row, &error));
  g_assert_cmpint (test_server_ask (fixture->path, CUT), ==, 1);
  g_assert_false (shequ_transaction_commit (transaction, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREACHABLE);
  g_clear_error (&error);
  g_clear_pointer (&transaction, shequ_transaction_free);
  store_fixture_add_house (fixture, "明仁小区");
  g_assert_cmpint (shequ_store_count (fixture->store, query, NULL, &error), ==, 1);
  /* Readers that were idle meanwhile are not handed out again. */
  g_assert_cmpint (test_server_ask (fixture->path, CUT), >=, 2);
  g_assert_cmpint (shequ_store_count (fixture->store, query, NULL, NULL), ==, -1);
  g_assert_cmpint (shequ_store_count (fixture->store, query, NULL, &error), ==, 1);
  g_assert_no_error (error);
}

static gpointer
cancel_soon (gpointer cancellable)
{
  g_usleep (200000);
  g_cancellable_cancel (cancellable);
  return NULL;
}

/* A call that is cancelled comes back at once, and so does the server. */
static void
test_cancel (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (ShequQuery) query = shequ_query_new (fixture->house, NULL);
  g_autoptr (GError) error = NULL;
  GThread *thread;
  gint64 start = g_get_monotonic_time ();

  store_fixture_add_house (fixture, "幸福小区");
  test_server_run (fixture->path,
                   "ALTER TABLE house RENAME TO house_table; CREATE VIEW house AS SELECT * FROM "
                   "house_table WHERE pg_sleep(60) IS NOT NULL");
  thread = g_thread_new ("cancel", cancel_soon, cancellable);
  g_assert_cmpint (shequ_store_count (fixture->store, query, cancellable, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 20 * G_USEC_PER_SEC);
  g_thread_join (thread);
  g_assert_cmpint (test_server_ask (fixture->path,
                                    "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' "
                                    "AND query LIKE '%\"house\"%' AND pid <> pg_backend_pid()"),
                   ==, 0);
}

/* A database that is not there is made, and is then there. */
static void
test_new_database (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *address = test_server_new_database ();
  g_autoptr (GError) error = NULL;
  ShequStore *store = shequ_store_open (address, fixture->catalogue, SHEQU_OPEN_CREATE, NULL, &error);

  g_assert_no_error (error);
  shequ_store_unref (store);
  assert_refused (fixture, address, SHEQU_OPEN_CREATE, SHEQU_ERROR_ARGUMENT, "");
  store = shequ_store_open (address, fixture->catalogue, SHEQU_OPEN_EXISTING, NULL, &error);
  g_assert_no_error (error);
  shequ_store_unref (store);
  test_server_drop (address);
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                                                  \
  g_test_add ("/server-faults/" name, StoreFixture, NULL, store_fixture_set_up, function,                    \
              store_fixture_tear_down)
  g_test_add_func ("/server-faults/words", test_words);
  ADD ("addresses", test_addresses);
  ADD ("old-server", test_old_server);
  ADD ("refused-changes", test_refused_changes);
  ADD ("cut", test_cut);
  ADD ("cancel", test_cancel);
  ADD ("new-database", test_new_database);

  return g_test_run ();
}
