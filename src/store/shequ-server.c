/*
 * Units kept apart by the server: who signs in there with a name sees and changes the records of the units of
 * that name, whatever program is used. What an administrator does, signed in as the owner of the database.
 */
#include "shequ-server.h"

#include "shequ-error.h"
#include "shequ-store-private.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

void
shequ_server_grant_free (ShequServerGrant *grant)
{
  g_free (grant->role);
  g_free (grant->title);
  g_free (grant);
}

/* A name that needs no quoting anywhere. */
static gboolean
check_role (const char *role, GError **error)
{
  gsize length = strspn (role, "abcdefghijklmnopqrstuvwxyz0123456789_");

  if (length > 0 && length < 60 && role[length] == '\0' && g_ascii_isalpha (*role) &&
      !g_str_has_prefix (role, "pg_") && !g_str_equal (role, SHEQU_SERVER_MEMBERS))
    return TRUE;
  g_set_error (
    error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
    _ ("“%s” cannot be the name of a role: small letters, digits and _ only, beginning with a letter"), role);
  return FALSE;
}

static ShequConnection *
open_protected (ShequStore *store, gboolean reader, GError **error)
{
  ShequConnection *connection;
  gboolean exists = FALSE;

  if (!shequ_store_allows (store, SHEQU_RIGHT_MANAGE_ACCOUNTS, NULL, error))
    return NULL;
  if (store->engine->protect == NULL)
    {
      g_set_error_literal (
        error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
        _ ("The database is a file, and knows no roles. Move the office to a server first"));
      return NULL;
    }
  connection = shequ_store_open_connection (store, reader, error);
  if (connection == NULL || !store->engine->table_exists (connection, "shequ_grant", &exists, error))
    {
      shequ_connection_close (connection);
      return NULL;
    }
  if (exists)
    return connection;
  g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
                       _ ("The server does not keep the units apart yet. Run “shequ-cli server init” first"));
  shequ_connection_close (connection);
  return NULL;
}

/**
 * shequ_server_protect:
 * @store: a store on a server, opened by the owner of its tables or the server's administrator
 * @error: %SHEQU_ERROR_ARGUMENT where the database is a file, %SHEQU_ERROR_PERMISSION
 *
 * Lets the server keep the records of the units apart. To be done once: tables that
 * come later are taken in when an owner of the tables opens the database.
 *
 * Returns: whether it does
 */
gboolean
shequ_server_protect (ShequStore *store, GError **error)
{
  g_autoptr (ShequConnection) connection = NULL;

  if (!shequ_store_allows (store, SHEQU_RIGHT_MANAGE_ACCOUNTS, NULL, error))
    return FALSE;
  if (store->engine->protect == NULL)
    {
      g_set_error_literal (
        error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
        _ ("The database is a file, and knows no roles. Move the office to a server first"));
      return FALSE;
    }
  connection = shequ_store_open_connection (store, FALSE, error);
  return connection != NULL && store->engine->protect (connection, store->catalogue, error);
}

/*
 * Tables that an upgrade, a register of the office's own or an index made anew has brought since the units
 * were kept apart are opened to them as the others are, where who opens the database may do that. Otherwise
 * it is said, and the database is opened all the same.
 */
void
shequ_server_bring_up (ShequStore *store, ShequConnection *connection)
{
  g_autoptr (GError) error = NULL;
  gboolean exists = FALSE;
  gboolean may = FALSE;
  gint64 n_tables = 0;

  if (store->engine->count_unguarded == NULL ||
      !store->engine->table_exists (connection, "shequ_grant", &exists, &error) || !exists ||
      !store->engine->count_unguarded (connection, store->catalogue, &n_tables, &error) || n_tables == 0)
    return;
  may = store->mode != SHEQU_OPEN_READ_ONLY &&
        store->engine->sees_all (connection, "shequ_log", &may, &error) && may;
  if (may && store->engine->protect (connection, store->catalogue, &error))
    return;
  store->gap = g_strdup_printf (
    _ ("%" PRId64 " tables on the server are new, and who signs in for a unit cannot use them yet. The owner "
       "of the database opens it once with this program, or runs “shequ-cli server init”%s%s"),
    n_tables, error != NULL ? ": " : "", error != NULL ? error->message : "");
  g_ptr_array_add (store->problems, g_strdup (store->gap));
}

/**
 * shequ_server_get_gap:
 * @store: a store
 *
 * Returns: (transfer none) (nullable): what is to be told of tables that the units cannot use yet
 */
const char *
shequ_server_get_gap (ShequStore *store)
{
  return store->gap;
}

static gboolean
make_role (ShequConnection *connection, const char *role, GError **error)
{
  ShequStatement *statement =
    shequ_connection_prepare (connection, "SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = ?1", error);
  g_autofree char *script = NULL;
  gboolean has_row = FALSE;

  if (statement == NULL)
    return FALSE;
  shequ_statement_bind_text (statement, 1, role);
  if (!shequ_statement_step (statement, &has_row, error))
    return FALSE;
  shequ_statement_reset (statement);
  script = g_strdup_printf ("%s%s%sGRANT " SHEQU_SERVER_MEMBERS " TO %s", has_row ? "" : "CREATE ROLE ",
                            has_row ? "" : role, has_row ? "" : " LOGIN;\n", role);
  return shequ_connection_execute (connection, script, error);
}

static gboolean
change_grant (ShequConnection *connection,
              const char *text,
              const char *role,
              gint64 unit,
              gint64 *n,
              GError **error)
{
  ShequStatement *statement = shequ_connection_prepare (connection, text, error);

  if (statement == NULL)
    return FALSE;
  shequ_statement_bind_text (statement, 1, role);
  shequ_statement_bind_integer (statement, 2, unit);
  return shequ_statement_run (statement, n, error);
}

static gboolean
end (ShequConnection *connection, gboolean done, GError **error)
{
  if (done && shequ_connection_execute (connection, "COMMIT", error))
    return TRUE;
  shequ_connection_execute (connection, "ROLLBACK", NULL);
  return FALSE;
}

/**
 * shequ_server_grant:
 * @store: a protected store, opened by its owner
 * @role: a name on the server; made, without a password, where it is not there
 * @unit: the key of an organisation unit; those below it come with it
 * @error: %SHEQU_ERROR_ARGUMENT, %SHEQU_ERROR_PERMISSION
 *
 * Returns: whether the name has the unit
 */
gboolean
shequ_server_grant (ShequStore *store, const char *role, gint64 unit, GError **error)
{
  g_autoptr (ShequConnection) connection = NULL;

  if (!check_role (role, error) || (connection = open_protected (store, FALSE, error)) == NULL ||
      !shequ_connection_execute (connection, "BEGIN", error))
    return FALSE;
  return end (connection,
              make_role (connection, role, error) &&
                change_grant (connection,
                              "INSERT INTO shequ_grant (role, unit) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
                              role, unit, NULL, error),
              error);
}

/**
 * shequ_server_revoke:
 * @store: a protected store, opened by its owner
 * @role: a name on the server
 * @unit: the key of an organisation unit, 0 for all
 * @error: %SHEQU_ERROR_NOT_FOUND where the name did not have it
 *
 * The name itself stays on the server; without a unit it sees nothing.
 *
 * Returns: whether the name has the unit no more
 */
gboolean
shequ_server_revoke (ShequStore *store, const char *role, gint64 unit, GError **error)
{
  g_autoptr (ShequConnection) connection = open_protected (store, FALSE, error);
  gint64 n = 0;

  if (connection == NULL ||
      !change_grant (connection, "DELETE FROM shequ_grant WHERE role = ?1 AND (?2 = 0 OR unit = ?2)", role,
                     unit, &n, error))
    return FALSE;
  if (n > 0)
    return TRUE;
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND,
               _ ("The role “%s” has no such unit; nothing was changed"), role);
  return FALSE;
}

/**
 * shequ_server_list:
 * @store: a protected store, opened by its owner
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Returns: (transfer full) (element-type ShequServerGrant): who has which unit
 */
GPtrArray *
shequ_server_list (ShequStore *store, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) grants = g_ptr_array_new_with_free_func ((GDestroyNotify) shequ_server_grant_free);
  g_autoptr (ShequConnection) connection = open_protected (store, TRUE, error);
  ShequStatement *statement;
  gboolean has_row = FALSE;
  gboolean done;

  if (connection == NULL)
    return NULL;
  connection->cancellable = cancellable;
  statement = shequ_connection_prepare (
    connection,
    "SELECT g.role, g.unit, u.\"name\" FROM shequ_grant g LEFT JOIN \"org_unit\" u ON u.\"key\" = g.unit "
    "ORDER BY g.role, g.unit",
    error);
  done = statement != NULL;
  while (done && (done = shequ_statement_step (statement, &has_row, error)) && has_row)
    {
      ShequServerGrant *grant = g_new0 (ShequServerGrant, 1);

      grant->role = g_strdup (shequ_statement_get_text (statement, 0));
      grant->unit = shequ_statement_get_integer (statement, 1);
      grant->title = g_strdup (shequ_statement_get_text (statement, 2));
      g_ptr_array_add (grants, grant);
    }
  if (statement != NULL)
    shequ_statement_reset (statement);
  return done ? g_steal_pointer (&grants) : NULL;
}
