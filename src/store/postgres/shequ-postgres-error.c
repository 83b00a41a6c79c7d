/* What the server says, in the words of a clerk. */
#include "shequ-postgres-private.h"

#include "shequ-error.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DISK_FULL                                                                                            \
  N_ (                                                                                                       \
    "The disk of the database server is full; what was saved before is kept, this change was not. Tell the " \
    "administrator")
#define REFUSED                                                                                              \
  N_ ("The database server refused the name or the password. Check both, and whether the server lets this "  \
      "workstation in")
#define CUT                                                                                                  \
  N_ ("The database server is being stopped or was cut off. What was saved before is kept; try again in a "  \
      "moment")
#define NOT_ALLOWED                                                                                          \
  N_ (                                                                                                       \
    "The database server does not allow this to the user who is signed in there; nothing was changed. Ask "  \
    "the administrator")

/* By the state or, of two characters, its class; the exact ones first. */
static const struct
{
  const char *state;
  ShequError error;
  const char *message;
} states[] = {
  { "23505", SHEQU_ERROR_DUPLICATE,
    N_ ("A value that only one record may have stands in another one already; nothing was changed") },
  { "23503", SHEQU_ERROR_CONSTRAINT,
    N_ ("The record that it is to belong to is not there; nothing was changed") },
  { "23", SHEQU_ERROR_CONSTRAINT, N_ ("The change breaks a rule of the register; nothing was changed") },
  { "22", SHEQU_ERROR_INVALID_VALUE, N_ ("A value cannot be stored as it is; nothing was changed") },
  { "25006", SHEQU_ERROR_UNREACHABLE,
    N_ ("The database may only be read, not written: it is a copy, or stands by. Nothing was changed. "
        "Connect to "
        "the main server") },
  { "25P02", SHEQU_ERROR_CONSTRAINT, N_ ("A step of the change was refused before; nothing was changed") },
  { "28", SHEQU_ERROR_PERMISSION, REFUSED },
  { "3D000", SHEQU_ERROR_NOT_FOUND,
    N_ ("There is no database of this name on the server. Check the name, or make a new one") },
  { "40001", SHEQU_ERROR_LOCKED,
    N_ ("Somebody else was writing the same at the same moment; nothing was changed. Try again") },
  { "40P01", SHEQU_ERROR_LOCKED,
    N_ ("Somebody else was writing the same at the same moment; nothing was changed. Try again") },
  { "42501", SHEQU_ERROR_PERMISSION, NOT_ALLOWED },
  { "42P04", SHEQU_ERROR_ARGUMENT,
    N_ ("There is a database of this name already; it was not touched. Choose another name") },
  { "53100", SHEQU_ERROR_FULL, DISK_FULL },
  { "53300", SHEQU_ERROR_UNREACHABLE,
    N_ ("The database server has no connection left. Close a program that is not needed, or ask the "
        "administrator "
        "to allow more") },
  { "53", SHEQU_ERROR_UNREACHABLE,
    N_ ("The database server has not enough means to do this; nothing was changed. Tell the administrator") },
  { "54", SHEQU_ERROR_INVALID_VALUE, N_ ("A value is too long to be stored; nothing was changed") },
  { "55", SHEQU_ERROR_LOCKED,
    N_ ("The database is being written by another program; nothing was changed. Try again in a moment") },
  { "57P03", SHEQU_ERROR_UNREACHABLE, N_ ("The database server is just starting. Try again in a moment") },
  { "57P", SHEQU_ERROR_UNREACHABLE, CUT },
  { "08", SHEQU_ERROR_UNREACHABLE, CUT },
  { "58", SHEQU_ERROR_UNREACHABLE,
    N_ ("The disk of the database server did not answer as it should; this change was not saved. Tell the "
        "administrator") },
  { "XX001", SHEQU_ERROR_DAMAGED,
    N_ ("The database is damaged; nothing was changed. Tell the administrator to restore the last backup") },
  { "XX002", SHEQU_ERROR_DAMAGED,
    N_ ("The database is damaged; nothing was changed. Tell the administrator to restore the last backup") },
};

/* What libpq itself says when it finds no server, or none that it may trust. */
static const struct
{
  const char *words;
  ShequError error;
  const char *message;
} failures[] = {
  { "could not translate host name", SHEQU_ERROR_UNREACHABLE,
    N_ ("There is no computer of the server's name. Check how it is written, and the network") },
  { "Connection refused", SHEQU_ERROR_UNREACHABLE,
    N_ ("No database server answers there. Check the name and the port, and whether it runs") },
  { "No such file or directory", SHEQU_ERROR_UNREACHABLE,
    N_ ("No database server answers there. Check the name and the port, and whether it runs") },
  { "certificate verify failed", SHEQU_ERROR_PERMISSION,
    N_ ("The certificate of the database server has expired or is not trusted; nothing was sent. Ask the "
        "administrator for a valid one") },
  { "does not match host name", SHEQU_ERROR_PERMISSION,
    N_ ("The certificate of the database server is made out to another name; nothing was sent. Check the "
        "name of "
        "the server") },
  { "root certificate file", SHEQU_ERROR_PERMISSION,
    N_ ("The certificate by which the server is checked is missing on this workstation. Ask the "
        "administrator for "
        "it") },
  { "certificate", SHEQU_ERROR_PERMISSION,
    N_ ("The certificate of the database server or of this workstation is not accepted; nothing was sent. "
        "Ask the "
        "administrator") },
  { "does not support SSL", SHEQU_ERROR_PERMISSION,
    N_ ("The database server does not speak in cipher, which this connection asks for; nothing was sent. Ask "
        "the "
        "administrator") },
  { "no password supplied", SHEQU_ERROR_PERMISSION, REFUSED },
  { "No route to host", SHEQU_ERROR_UNREACHABLE,
    N_ ("The network does not reach the database server. Check the cable and the name of the server") },
  { "Network is unreachable", SHEQU_ERROR_UNREACHABLE,
    N_ ("The network does not reach the database server. Check the cable and the name of the server") },
};

/* The first line, without its end: what follows are hints for others. */
static char *
get_line (const char *message)
{
  return g_strndup (message, strcspn (message, "\n"));
}

static gboolean
set_state_error (GError **error, const char *state, const char *detail)
{
  for (guint i = 0; state != NULL && i < G_N_ELEMENTS (states); i++)
    {
      if (!g_str_has_prefix (state, states[i].state))
        continue;
      g_set_error (error, SHEQU_ERROR, states[i].error, "%s (%s)", _ (states[i].message), detail);
      return TRUE;
    }
  return FALSE;
}

/* Says why a statement failed; `result` may be %NULL when there is none. */
void
shequ_postgres_set_result_error (GError **error, const PGresult *result, PGconn *server)
{
  const char *state = result != NULL ? PQresultErrorField (result, PG_DIAG_SQLSTATE) : NULL;
  const char *primary = result != NULL ? PQresultErrorField (result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
  g_autofree char *detail = get_line (primary != NULL ? primary : PQerrorMessage (server));

  if (g_strcmp0 (state, "57014") == 0)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Cancelled"));
  else if (state == NULL || PQstatus (server) == CONNECTION_BAD)
    g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREACHABLE, "%s (%s)", _ (CUT), detail);
  else if (!set_state_error (error, state, detail))
    g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_INTERNAL,
                 _ ("The database refused a statement of the program; nothing was changed (%s)"), detail);
}

/* (transfer full) (nullable): the state in a message that was asked for with it: `FATAL:  28P01: …`. */
char *
shequ_postgres_find_state (const char *message)
{
  for (const char *at = strstr (message, ":  "); at != NULL; at = strstr (at + 1, ":  "))
    {
      const char *state = at + 3;
      gsize length = strspn (state, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ");

      if (length == 5 && state[5] == ':')
        return g_strndup (state, 5);
    }
  return NULL;
}

/* Says why there is no connection. The address may hold a password and is not repeated. */
void
shequ_postgres_set_connect_error (GError **error, const char *message)
{
  g_autofree char *state = shequ_postgres_find_state (message);
  g_autofree char *detail = get_line (message);

  if (set_state_error (error, state, detail))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      if (strstr (message, failures[i].words) == NULL)
        continue;
      g_set_error (error, SHEQU_ERROR, failures[i].error, "%s (%s)", _ (failures[i].message), detail);
      return;
    }
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREACHABLE,
               _ ("The database server cannot be reached. Check its name and the network (%s)"), detail);
}
