/*
 * Waiting for the server: as long as it takes, or until the call is cancelled, which the server is then told,
 * so that it does not work for nobody.
 */
#include "shequ-postgres-private.h"

#include "shequ-error.h"

#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>

/* After a cancellation was asked for, so long until the server must have heard of it. */
#define HEARD_MILLISECONDS 10000

static void
ask_to_cancel (PostgresConnection *self)
{
  PGcancel *cancel = PQgetCancel (self->server);
  char message[256];

  if (cancel != NULL)
    PQcancel (cancel, message, sizeof message);
  PQfreeCancel (cancel);
}

/* The server will not answer on this connection any more. */
void
shequ_postgres_set_lost (PostgresConnection *self, GError **error)
{
  self->base.lost = TRUE;
  g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_UNREACHABLE,
                       _ ("The connection to the database server was cut. What was saved before is kept. "
                          "Check the network and try again"));
}

/*
 * Waits until the connection can be read or written, or until `end` (monotonic, 0 for ever).
 * %FALSE when the cancellable fired or the time is over.
 */
gboolean
shequ_postgres_wait (PostgresConnection *self, short events, gint64 end, GError **error)
{
  GCancellable *cancellable = self->base.cancellable;
  GPollFD fds[2] = { { PQsocket (self->server), 0, 0 }, { -1, 0, 0 } };
  gboolean watched = cancellable != NULL && g_cancellable_make_pollfd (cancellable, &fds[1]);
  int timeout = -1;
  int n;

  fds[0].events = (gushort) events;
  do
    {
      if (end != 0)
        timeout = (int) MAX (0, (end - g_get_monotonic_time ()) / 1000);
      n = g_poll (fds, watched ? 2 : 1, timeout);
    }
  while (n < 0 && errno == EINTR);
  if (watched)
    g_cancellable_release_fd (cancellable);
  if (n == 0)
    {
      g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_UNREACHABLE,
                           _ ("The database server did not answer in time. Check that it runs and that the "
                              "network reaches it"));
      return FALSE;
    }
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

/* Sends what waits to be sent. */
static gboolean
flush (PostgresConnection *self, GError **error)
{
  int rest;

  while ((rest = PQflush (self->server)) > 0)
    {
      if (!shequ_postgres_wait (self, G_IO_IN | G_IO_OUT, 0, error))
        return FALSE;
      if (!PQconsumeInput (self->server))
        break;
    }
  if (rest == 0)
    return TRUE;
  shequ_postgres_set_lost (self, error);
  return FALSE;
}

/* Waits for the next result; a cancelled call waits for the word of the server that it stopped. */
static gboolean
await (PostgresConnection *self, GError **error)
{
  g_autoptr (GError) cancelled = NULL;
  GCancellable *cancellable = self->base.cancellable;
  gint64 end = 0;
  gboolean heard = FALSE;

  if (!flush (self, &cancelled) && !g_error_matches (cancelled, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&cancelled));
      return FALSE;
    }
  while (TRUE)
    {
      if (cancelled != NULL && end == 0)
        {
          self->base.cancellable = NULL;
          ask_to_cancel (self);
          end = g_get_monotonic_time () + HEARD_MILLISECONDS * 1000;
        }
      heard = !PQisBusy (self->server);
      if (heard || !shequ_postgres_wait (self, G_IO_IN, end, end == 0 ? &cancelled : NULL))
        {
          if (heard || end != 0)
            break;
          continue;
        }
      if (!PQconsumeInput (self->server))
        break;
    }
  self->base.cancellable = cancellable;
  if (!heard)
    shequ_postgres_set_lost (self, error);
  return heard;
}

/* Why a statement failed: of a transaction that goes nowhere any more, what was the first to fail. */
static void
set_failure (PostgresConnection *self, const PGresult *result, GError **error)
{
  const char *state = result != NULL ? PQresultErrorField (result, PG_DIAG_SQLSTATE) : NULL;
  g_autoptr (GError) failure = NULL;

  self->base.lost = self->base.lost || PQstatus (self->server) == CONNECTION_BAD;
  if (g_strcmp0 (state, "25P02") == 0 && self->failure != NULL)
    {
      g_propagate_error (error, g_error_copy (self->failure));
      return;
    }
  shequ_postgres_set_result_error (&failure, result, self->server);
  if (self->failure == NULL && PQtransactionStatus (self->server) != PQTRANS_IDLE)
    self->failure = g_error_copy (failure);
  g_propagate_error (error, g_steal_pointer (&failure));
}

/* (transfer full) (nullable): what a statement that was sent gave; %NULL when it failed. */
PGresult *
shequ_postgres_take_result (PostgresConnection *self, GError **error)
{
  PGresult *last = NULL;

  while (await (self, last == NULL ? error : NULL))
    {
      PGresult *result = PQgetResult (self->server);

      if (result == NULL)
        {
          ExecStatusType status = last != NULL ? PQresultStatus (last) : PGRES_FATAL_ERROR;

          if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY)
            return last;
          set_failure (self, last, error);
          PQclear (last);
          return NULL;
        }
      /* The first that failed says why. */
      if (last != NULL && PQresultStatus (last) == PGRES_FATAL_ERROR)
        PQclear (result);
      else
        {
          PQclear (last);
          last = result;
        }
      /* The server waits for rows. */
      if (PQresultStatus (last) == PGRES_COPY_IN)
        return last;
    }
  if (last != NULL)
    shequ_postgres_set_lost (self, error);
  PQclear (last);
  return NULL;
}

/* Runs statements as they are, whatever is kept back. */
gboolean
shequ_postgres_send_script (PostgresConnection *self, const char *script, GError **error)
{
  gboolean commits = g_str_equal (script, "COMMIT");
  gboolean kept;
  PGresult *result;

  if (!PQsendQuery (self->server, script))
    {
      shequ_postgres_set_lost (self, error);
      return FALSE;
    }
  result = shequ_postgres_take_result (self, error);
  if (result == NULL)
    return FALSE;
  /* A transaction in which a statement failed is taken back, whatever is asked for. */
  kept = !commits || g_str_equal (PQcmdStatus (result), "COMMIT");
  PQclear (result);
  if (!kept && self->failure != NULL)
    g_propagate_error (error, g_error_copy (self->failure));
  else if (!kept)
    g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_CONSTRAINT,
                         _ ("A step of the change was refused before; nothing was changed"));
  return kept;
}

gboolean
shequ_postgres_execute (ShequConnection *connection, const char *script, GError **error)
{
  PostgresConnection *self = (PostgresConnection *) connection;

  if (g_str_equal (script, "ROLLBACK"))
    shequ_postgres_drop_loads (self);
  else if (!shequ_postgres_flush_loads (self, error))
    return FALSE;
  return shequ_postgres_send_script (self, script, error);
}

/* Takes what the server has said by itself; %TRUE when another workstation was among it. */
static gboolean
take_notices (PostgresConnection *self)
{
  gboolean any = FALSE;
  PGnotify *notice;

  while ((notice = PQnotifies (self->server)) != NULL)
    {
      any = any || notice->be_pid != PQbackendPID (self->server);
      PQfreemem (notice);
    }
  return any;
}

/* The server tells who listens; the first call looks for what was said before it listened. */
gboolean
shequ_postgres_wait_for_others (ShequConnection *connection,
                                guint milliseconds,
                                gboolean *changed,
                                GError **error)
{
  PostgresConnection *self = (PostgresConnection *) connection;
  gint64 end = g_get_monotonic_time () + (gint64) milliseconds * 1000;

  *changed = FALSE;
  if (!self->listens)
    {
      self->listens = shequ_postgres_execute (connection, "LISTEN " SHEQU_POSTGRES_CHANNEL, error);
      *changed = self->listens;
      return self->listens;
    }
  while (!(*changed = take_notices (self)))
    {
      if (!shequ_postgres_wait (self, G_IO_IN, end, NULL))
        /* A line that is cut without a word is noticed by asking. */
        return g_cancellable_is_cancelled (connection->cancellable) ||
               shequ_postgres_execute (connection, "SELECT 1", error);
      if (!PQconsumeInput (self->server))
        {
          shequ_postgres_set_lost (self, error);
          return FALSE;
        }
    }
  return TRUE;
}
