/*
 * Databases on the private server of a test run (with-server): where the environment names one, the fixtures
 * of store and model make theirs there instead of in a file.
 */
#include "test-server.h"

#include <libpq-fe.h>
#include <unistd.h>

#define SCHEMA "&options=-csearch_path%3D"

/* Whether the program runs once more, on the server. */
gboolean
test_server_is_wanted (void)
{
  return g_getenv ("SHEQU_TEST_SERVER") != NULL;
}

/* (transfer full): the address of a database that is not there yet; the first connection makes it. */
char *
test_server_new_database (void)
{
  static guint n_databases = 0;

  g_assert_true (test_server_is_wanted ());
  return g_strdup_printf ("%s&dbname=t%d_%u", g_getenv ("SHEQU_TEST_SERVER"), (int) getpid (), ++n_databases);
}

/* (transfer full): the address of an empty schema, which is like a database of its own and made much faster.
 */
char *
test_server_new_address (void)
{
  static guint n_schemas = 0;
  g_autofree char *name = g_strdup_printf ("t%d_%u", (int) getpid (), ++n_schemas);
  g_autofree char *script = g_strdup_printf ("CREATE SCHEMA %s", name);

  g_assert_true (test_server_is_wanted ());
  test_server_run (g_getenv ("SHEQU_TEST_SERVER"), script);
  return g_strconcat (g_getenv ("SHEQU_TEST_SERVER"), SCHEMA, name, NULL);
}

static void
ignore_notice (void *data, const char *message)
{
}

static PGconn *
connect_to (const char *address)
{
  PGconn *server = PQconnectdb (address);

  g_assert_cmpstr (PQerrorMessage (server), ==, "");
  PQsetNoticeProcessor (server, ignore_notice, NULL);
  return server;
}

/* Runs statements on a database, behind the back of whoever has it open. */
void
test_server_run (const char *address, const char *script)
{
  PGconn *server = connect_to (address);
  PGresult *result = PQexec (server, script);

  g_assert_cmpstr (PQresultErrorMessage (result), ==, "");
  PQclear (result);
  PQfinish (server);
}

/* The one number that a query gives. */
gint64
test_server_ask (const char *address, const char *query)
{
  PGconn *server = connect_to (address);
  PGresult *result = PQexec (server, query);
  gint64 answer;

  g_assert_cmpstr (PQresultErrorMessage (result), ==, "");
  g_assert_cmpint (PQntuples (result), ==, 1);
  answer = g_ascii_strtoll (PQgetvalue (result, 0, 0), NULL, 10);
  PQclear (result);
  PQfinish (server);
  return answer;
}

/* Removes a database or a schema, whether it was made or not. */
void
test_server_drop (const char *address)
{
  const char *schema = strstr (address, SCHEMA);
  const char *database = strstr (address, "&dbname=");
  g_autofree char *script = schema != NULL
                              ? g_strdup_printf ("DROP SCHEMA IF EXISTS %s CASCADE", schema + strlen (SCHEMA))
                              : g_strdup_printf ("DROP DATABASE IF EXISTS %s WITH (FORCE)", database + 8);

  test_server_run (g_getenv ("SHEQU_TEST_SERVER"), script);
}
