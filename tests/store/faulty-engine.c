#include "faulty-engine.h"

#include "shequ-error.h"
#include "shequ-store-private.h"

static const ShequEngine *real;
static ShequEngine faulty;
static int fault;   /* atomic */
static int refused; /* atomic: so many connections are refused */

static gboolean
lose (ShequConnection *connection, GError **error)
{
  if (connection != NULL)
    connection->lost = TRUE;
  g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_UNREACHABLE, "the test has cut the connection");
  return FALSE;
}

static gboolean
happens (Fault wanted)
{
  return g_atomic_int_compare_and_exchange (&fault, (int) wanted, FAULT_NONE);
}

static gboolean
is_away (void)
{
  return g_atomic_int_get (&fault) == FAULT_AWAY;
}

static ShequConnection *
faulty_open (const char *location, ShequOpenMode mode, gboolean reader, GError **error)
{
  ShequConnection *connection = NULL;

  if (is_away () || g_atomic_int_compare_and_exchange (&refused, 1, 0))
    lose (NULL, error);
  else
    connection = real->open (location, mode, reader, error);
  if (connection != NULL)
    connection->engine = &faulty;
  return connection;
}

static gboolean
cuts_after_commit (void)
{
  gboolean cuts = happens (FAULT_AFTER_COMMIT);

  if (cuts)
    g_atomic_int_set (&refused, 1);
  return cuts;
}

static gboolean
faulty_execute (ShequConnection *connection, const char *script, GError **error)
{
  if (is_away () || connection->lost)
    {
      real->execute (connection, "ROLLBACK", NULL);
      return lose (connection, error);
    }
  if (g_str_equal (script, "COMMIT") && happens (FAULT_BEFORE_COMMIT))
    {
      real->execute (connection, "ROLLBACK", NULL);
      return lose (connection, error);
    }
  if (g_str_equal (script, "COMMIT") && (happens (FAULT_ANSWER) || cuts_after_commit ()))
    {
      g_assert_true (real->execute (connection, script, error));
      return lose (connection, error);
    }
  return real->execute (connection, script, error);
}

static gboolean
faulty_begin (ShequConnection *connection, GError **error)
{
  if (is_away () || happens (FAULT_IN_BEGIN))
    return lose (connection, error);
  return real->begin (connection, error);
}

static gboolean
faulty_step (ShequStatement *statement, gboolean *has_row, GError **error)
{
  if (is_away ())
    {
      *has_row = FALSE;
      return lose (statement->connection, error);
    }
  return real->step (statement, has_row, error);
}

/* Looks every little while, so that a connection is seen to be lost. */
static gboolean
faulty_wait (ShequConnection *connection, guint milliseconds, gboolean *changed, GError **error)
{
  if (is_away ())
    return lose (connection, error);
  return real->wait (connection, MIN (milliseconds, 100), changed, error);
}

/* Before the store is used by several threads. */
void
faulty_engine_attach (ShequStore *store)
{
  ShequConnection *reader;

  real = store->engine;
  faulty = *real;
  faulty.open = faulty_open;
  faulty.execute = faulty_execute;
  faulty.begin = faulty_begin;
  faulty.step = faulty_step;
  faulty.wait = faulty_wait;
  store->engine = &faulty;
  store->writer->engine = &faulty;
  while ((reader = g_queue_pop_head (&store->idle_readers)) != NULL)
    shequ_connection_close (reader);
  faulty_engine_set (FAULT_NONE);
}

void
faulty_engine_set (Fault wanted)
{
  g_atomic_int_set (&refused, 0);
  g_atomic_int_set (&fault, (int) wanted);
}
