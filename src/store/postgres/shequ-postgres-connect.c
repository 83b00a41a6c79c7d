/*
 * Connecting: whatever libpq understands in an address is left to it, hosts that stand by and certificates
 * among it. What it leaves out is added: a limit to the waiting, and signs of life, so that a server that is
 * gone is noticed.
 */
#include "shequ-postgres-private.h"

#include "shequ-error.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <locale.h>

#define LEAST_VERSION 130000
#define CONNECT_SECONDS 10

/* Others may hold a lock for so long before a writer gives up. */
#define SET_UP "SET client_min_messages = error; SET jit = off; SET lock_timeout = '15s'; "
#define SET_UP_READER "SET default_transaction_read_only = on; SET plan_cache_mode = force_custom_plan"
#define SET_UP_WRITER "SET default_transaction_isolation = 'read committed'"

/* What the address says counts before what stands above it here, and less than what stands below. */
static PGconn *
start (const char *address, const char *database)
{
  const char *names[] = { "connect_timeout",
                          "keepalives_idle",
                          "keepalives_interval",
                          "keepalives_count",
                          "tcp_user_timeout",
                          "fallback_application_name",
                          "dbname",
                          "client_encoding",
                          database != NULL ? "dbname" : NULL,
                          NULL };
  const char *values[] = {
    G_STRINGIFY (CONNECT_SECONDS), "20", "5", "3", "30000", "shequ", address, "UTF8", database, NULL
  };

  return PQconnectStartParams (names, values, 1);
}

/* The seconds that the address allows for each of its hosts. */
static gint64
get_end (PGconn *server)
{
  PQconninfoOption *options = PQconninfo (server);
  gint64 seconds = 0;
  gint64 n_hosts = 1;

  for (PQconninfoOption *option = options; option != NULL && option->keyword != NULL; option++)
    {
      if (option->val == NULL)
        continue;
      if (g_str_equal (option->keyword, "connect_timeout"))
        seconds = g_ascii_strtoll (option->val, NULL, 10);
      for (const char *at = option->val; g_str_equal (option->keyword, "host") && *at != '\0'; at++)
        n_hosts += *at == ',';
    }
  PQconninfoFree (options);
  return g_get_monotonic_time () + (seconds > 0 ? seconds : CONNECT_SECONDS) * n_hosts * G_USEC_PER_SEC;
}

/* The words of libpq are needed as it wrote them, so they must not be translated on the way; ours are. */
static PostgresPollingStatusType
poll_plainly (PGconn *server, locale_t plain)
{
  locale_t before = uselocale (plain);
  PostgresPollingStatusType status = PQconnectPoll (server);

  uselocale (before);
  return status;
}

/* Goes on until there is a connection, or none to be had. */
static gboolean
go_on (PostgresConnection *self, locale_t plain, GError **error)
{
  gint64 end = get_end (self->server);
  PostgresPollingStatusType status = PGRES_POLLING_WRITING;

  while (status != PGRES_POLLING_OK)
    {
      if (PQstatus (self->server) == CONNECTION_BAD || status == PGRES_POLLING_FAILED)
        {
          shequ_postgres_set_connect_error (error, PQerrorMessage (self->server));
          return FALSE;
        }
      if (!shequ_postgres_wait (self, status == PGRES_POLLING_READING ? G_IO_IN : G_IO_OUT, end, error))
        return FALSE;
      status = poll_plainly (self->server, plain);
    }
  PQsetErrorVerbosity (self->server, PQERRORS_DEFAULT);
  return TRUE;
}

static void
ignore_notice (void *data, const PGresult *result)
{
}

static gboolean
connect_to (PostgresConnection *self, const char *address, const char *database, GError **error)
{
  locale_t plain = newlocale (LC_ALL_MASK, "C", (locale_t) 0);
  locale_t before = uselocale (plain);
  gboolean done = FALSE;

  self->server = start (address, database);
  if (self->server != NULL)
    {
      PQsetErrorVerbosity (self->server, PQERRORS_VERBOSE);
      PQsetNoticeReceiver (self->server, ignore_notice, NULL);
    }
  uselocale (before);
  if (self->server == NULL)
    g_set_error_literal (
      error, SHEQU_ERROR, SHEQU_ERROR_INTERNAL,
      _ ("There is not enough memory; nothing was changed. Close other programs and try again"));
  else
    done = go_on (self, plain, error);
  freelocale (plain);
  return done;
}

static gboolean
check_server (PostgresConnection *self, GError **error)
{
  const char *encoding = PQparameterStatus (self->server, "server_encoding");
  const char *version = PQparameterStatus (self->server, "server_version");

  if (PQserverVersion (self->server) < LEAST_VERSION)
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREACHABLE,
                   _ ("The database server is too old (PostgreSQL %s; Shequ needs 13 or newer). Nothing was "
                      "changed. Ask the administrator for a newer one"),
                   version != NULL ? version : "?");
      return FALSE;
    }
  if (g_strcmp0 (encoding, "UTF8") == 0)
    return TRUE;
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREACHABLE,
               _ ("The database is kept in the characters %s, Shequ needs UTF8. Nothing was changed. Ask the "
                  "administrator for a database in UTF8"),
               encoding != NULL ? encoding : "?");
  return FALSE;
}

/* (transfer full) (nullable): the name of the database in an address. */
static char *
get_database_name (PGconn *server)
{
  return g_strdup (PQdb (server));
}

/* Makes the database that was not there, from another one of the server. */
static gboolean
create_database (const char *address, const char *name, GError **error)
{
  g_autoptr (ShequConnection) connection = (ShequConnection *) g_new0 (PostgresConnection, 1);
  PostgresConnection *self = (PostgresConnection *) connection;
  g_autofree char *script = NULL;
  char *quoted;

  shequ_connection_init (connection, &shequ_engine_postgres);
  shequ_postgres_load_init (self);
  if (!connect_to (self, address, "postgres", error) || !check_server (self, error))
    return FALSE;
  quoted = PQescapeIdentifier (self->server, name, strlen (name));
  script = g_strdup_printf (
    "CREATE DATABASE %s TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'", quoted);
  PQfreemem (quoted);
  return shequ_postgres_execute (connection, script, error);
}

/* Connects, and makes the database first where it shall be made and is not there. */
static gboolean
connect_or_create (PostgresConnection *self, const char *address, ShequOpenMode mode, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *state = NULL;
  g_autofree char *name = NULL;

  if (connect_to (self, address, NULL, &local))
    return TRUE;
  state = self->server != NULL ? shequ_postgres_find_state (PQerrorMessage (self->server)) : NULL;
  if (mode != SHEQU_OPEN_CREATE || g_strcmp0 (state, "3D000") != 0)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  name = get_database_name (self->server);
  PQfinish (g_steal_pointer (&self->server));
  return create_database (address, name, error) && connect_to (self, address, NULL, error);
}

/* A database that is there already and has tables of Shequ must not be made anew. */
static gboolean
check_new (ShequConnection *connection, GError **error)
{
  gboolean exists = FALSE;

  if (!connection->engine->table_exists (connection, "shequ_setting", &exists, error))
    return FALSE;
  if (exists)
    g_set_error_literal (
      error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
      _ ("There is a database of this name already; it was not touched. Choose another name"));
  return !exists;
}

ShequConnection *
shequ_postgres_open (const char *address, ShequOpenMode mode, gboolean reader, GError **error)
{
  g_autoptr (ShequConnection) connection = (ShequConnection *) g_new0 (PostgresConnection, 1);
  PostgresConnection *self = (PostgresConnection *) connection;

  shequ_connection_init (connection, &shequ_engine_postgres);
  shequ_postgres_load_init (self);
  if (!connect_or_create (self, address, mode, error) || !check_server (self, error) ||
      !shequ_postgres_execute (connection, reader ? SET_UP SET_UP_READER : SET_UP SET_UP_WRITER, error) ||
      (mode == SHEQU_OPEN_CREATE && !check_new (connection, error)))
    return NULL;
  PQsetnonblocking (self->server, 1);
  return g_steal_pointer (&connection);
}
