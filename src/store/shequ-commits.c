/*
 * What a commit leaves behind besides the records: its key, so that an operation whose answer was lost is not
 * done twice, and the names of what it changed, so that other workstations look again.
 */
#include "shequ-commits-private.h"

#include "shequ-error.h"
#include "shequ-row-index.h"
#include "shequ-store-private.h"
#include "shequ-time.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

/* A workstation asks again within seconds, or at its next start; nobody after so many days. */
#define DAYS_KEPT 7

/* Between two looks whether a database answers again. */
#define AGAIN_MICROSECONDS (G_USEC_PER_SEC / 4)

/* From so many records of a register on what the database knows of it by heart is old. */
#define MANY 2000

/* Registers of which a commit changed records; the last one is asked for first. */
typedef struct
{
  const ShequRegister *reg;
  gint64 key; /* 0 for several */
  guint n;    /* how often it was told of */
} Touched;

struct _ShequCommit
{
  GArray *touched; /* of Touched */
  Touched first;   /* the record that was changed first: what the operation was about */
};

ShequCommit *
shequ_commit_new (void)
{
  ShequCommit *commit = g_new0 (ShequCommit, 1);

  commit->touched = g_array_new (FALSE, FALSE, sizeof (Touched));
  return commit;
}

void
shequ_commit_free (ShequCommit *commit)
{
  g_array_unref (commit->touched);
  g_free (commit);
}

/* A record was changed; an import says so a hundred thousand times. */
void
shequ_commit_note (ShequCommit *commit, const ShequRegister *reg, gint64 key)
{
  Touched touched = { reg, key, 1 };

  if (reg == NULL)
    return;
  if (commit->first.reg == NULL)
    commit->first = touched;
  for (guint i = commit->touched->len; i-- > 0;)
    {
      Touched *known = &g_array_index (commit->touched, Touched, i);

      if (known->reg != reg)
        continue;
      if (known->key != key)
        known->key = 0;
      known->n++;
      return;
    }
  g_array_append_val (commit->touched, touched);
}

static void
append_record (GString *text, const Touched *touched)
{
  g_string_append_printf (text, "%s%s:%" PRId64, text->len > 0 ? ";" : "", touched->reg->name, touched->key);
}

/**
 * shequ_commit_claim:
 * @connection: within a transaction
 * @operation: the key of an operation
 * @moment: now
 * @error: %SHEQU_ERROR_DONE when it was committed before
 *
 * Waits, where another attempt is still on its way, until that has ended.
 *
 * Returns: whether the transaction may do it
 */
gboolean
shequ_commit_claim (ShequConnection *connection, const char *operation, const char *moment, GError **error)
{
  ShequStatement *statement = shequ_connection_prepare (
    connection, "INSERT INTO shequ_operation (name, moment) VALUES (?1, ?2) ON CONFLICT DO NOTHING", error);
  gint64 n_changes = 0;

  if (statement == NULL)
    return FALSE;
  shequ_statement_bind_text (statement, 1, operation);
  shequ_statement_bind_text (statement, 2, moment);
  if (!shequ_statement_run (statement, &n_changes, error))
    return FALSE;
  if (n_changes > 0)
    return TRUE;
  g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_DONE,
                       _ ("This was saved before the connection was lost; it was not done a second time"));
  return FALSE;
}

static gboolean
write_outcome (ShequCommit *commit, ShequConnection *connection, const char *operation, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  ShequStatement *statement;

  if (operation == NULL || commit->first.reg == NULL)
    return TRUE;
  append_record (text, &commit->first);
  statement =
    shequ_connection_prepare (connection, "UPDATE shequ_operation SET outcome = ?2 WHERE name = ?1", error);
  if (statement == NULL)
    return FALSE;
  shequ_statement_bind_text (statement, 1, operation);
  shequ_statement_bind_text (statement, 2, text->str);
  return shequ_statement_run (statement, NULL, error);
}

static gboolean
write_change (ShequCommit *commit,
              ShequConnection *connection,
              const char *origin,
              const char *moment,
              GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  ShequStatement *statement = shequ_connection_prepare (
    connection, "INSERT INTO shequ_change (moment, origin, records) VALUES (?1, ?2, ?3)", error);

  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < commit->touched->len; i++)
    append_record (text, &g_array_index (commit->touched, Touched, i));
  shequ_statement_bind_text (statement, 1, moment);
  shequ_statement_bind_text (statement, 2, origin);
  shequ_statement_bind_text (statement, 3, text->str);
  return shequ_statement_run (statement, NULL, error);
}

/* The last thing in a transaction before it commits. */
gboolean
shequ_commit_write (ShequCommit *commit,
                    ShequConnection *connection,
                    const char *origin,
                    const char *operation,
                    const char *moment,
                    GError **error)
{
  if (!write_outcome (commit, connection, operation, error))
    return FALSE;
  if (commit->touched->len == 0)
    return TRUE;
  return write_change (commit, connection, origin, moment, error) &&
         (connection->engine->notify == NULL ||
          shequ_connection_execute (connection, connection->engine->notify, error));
}

/* Whether it came through is seen by claiming its key over another connection, which waits for what is still
 * on its way there, and leaves nothing behind. */
static gboolean
ask_once (ShequStore *store, const char *operation, const char *moment, gboolean *committed, GError **error)
{
  g_autoptr (ShequConnection) connection = shequ_store_open_connection (store, FALSE, error);
  g_autoptr (GError) local = NULL;

  if (connection == NULL || !store->engine->begin (connection, error))
    return FALSE;
  shequ_commit_claim (connection, operation, moment, &local);
  *committed = g_error_matches (local, SHEQU_ERROR, SHEQU_ERROR_DONE);
  shequ_connection_execute (connection, "ROLLBACK", NULL);
  if (local == NULL || *committed)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * shequ_commit_find_out:
 * @store: a store whose writer was lost over a COMMIT
 * @operation: the key under which it was to be committed
 * @moment: of it
 * @seconds: how long to try when the database does not answer; 0 for once
 * @cancellable: (nullable): to try no longer
 * @committed: (out): whether it was committed
 *
 * Returns: whether that is known
 */
gboolean
shequ_commit_find_out (ShequStore *store,
                       const char *operation,
                       const char *moment,
                       guint seconds,
                       GCancellable *cancellable,
                       gboolean *committed)
{
  gint64 end = g_get_monotonic_time () + seconds * G_USEC_PER_SEC;

  while (TRUE)
    {
      g_autoptr (GError) error = NULL;

      *committed = FALSE;
      if (ask_once (store, operation, moment, committed, &error))
        return TRUE;
      if (!g_error_matches (error, SHEQU_ERROR, SHEQU_ERROR_UNREACHABLE) || g_get_monotonic_time () >= end ||
          g_cancellable_is_cancelled (cancellable))
        return FALSE;
      g_usleep (AGAIN_MICROSECONDS);
    }
}

static gboolean
forget (ShequConnection *connection, const char *sql, const char *before, GError **error)
{
  ShequStatement *statement = shequ_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  shequ_statement_bind_text (statement, 1, before);
  return shequ_statement_run (statement, NULL, error);
}

/* Forgets what nobody asks for any more. The last change stays, so that numbers go on from it. */
gboolean
shequ_commit_tidy (ShequConnection *connection, gint64 now, GError **error)
{
  char before[SHEQU_MOMENT_TEXT_SIZE];

  shequ_moment_to_utc (now - DAYS_KEPT * 24 * 3600, before);
  return forget (connection, "DELETE FROM shequ_operation WHERE moment < ?1", before, error) &&
         forget (
           connection,
           "DELETE FROM shequ_change WHERE moment < ?1 AND number < (SELECT max(number) FROM shequ_change)",
           before, error);
}

/* `resident:12`; %FALSE for a register that this program does not know. */
gboolean
shequ_commit_read_record (ShequCatalogue *catalogue, const char *text, const ShequRegister **reg, gint64 *key)
{
  const char *colon = strchr (text, ':');
  g_autofree char *name = colon != NULL ? g_strndup (text, (gsize) (colon - text)) : NULL;

  *reg = name != NULL ? shequ_catalogue_lookup (catalogue, name) : NULL;
  *key = colon != NULL ? g_ascii_strtoll (colon + 1, NULL, 10) : 0;
  return *reg != NULL;
}

/**
 * shequ_store_find_operation:
 * @store: a store
 * @operation: the key of an operation
 * @reg: (out) (nullable): the register of the record that it changed first
 * @key: (out): that record, or 0 when it changed none
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Returns: whether something was committed under this key; %FALSE without an error when nothing was
 */
gboolean
shequ_store_find_operation (ShequStore *store,
                            const char *operation,
                            const ShequRegister **reg,
                            gint64 *key,
                            GCancellable *cancellable,
                            GError **error)
{
  ShequConnection *reader = shequ_store_take_program_reader (store, cancellable, error);
  ShequStatement *statement;
  gboolean has_row = FALSE;

  *reg = NULL;
  *key = 0;
  if (reader == NULL)
    return FALSE;
  statement = shequ_connection_prepare (reader, "SELECT outcome FROM shequ_operation WHERE name = ?1", error);
  if (statement != NULL)
    {
      shequ_statement_bind_text (statement, 1, operation);
      if (shequ_statement_step (statement, &has_row, error) && has_row &&
          shequ_statement_get_text (statement, 0) != NULL)
        shequ_commit_read_record (store->catalogue, shequ_statement_get_text (statement, 0), reg, key);
      shequ_statement_reset (statement);
    }
  shequ_store_give_reader (store, reader);
  return has_row;
}

/* By the clock of whoever wrote last. */
static gboolean
read_last_moment (ShequConnection *reader, gint64 *seconds, GError **error)
{
  ShequStatement *statement =
    shequ_connection_prepare (reader, "SELECT moment FROM shequ_log ORDER BY number DESC LIMIT 1", error);
  gboolean has_row = FALSE;
  gboolean done;

  if (statement == NULL)
    return FALSE;
  done = shequ_statement_step (statement, &has_row, error);
  if (has_row && !shequ_moment_from_utc (shequ_statement_get_text (statement, 0), seconds))
    *seconds = 0;
  shequ_statement_reset (statement);
  return done;
}

/**
 * shequ_store_compare_clock:
 * @store: a store
 * @now: seconds since 1970 by the clock of this computer
 * @ahead: (out): by how many seconds the others are ahead; negative when they are behind
 * @error: return location
 *
 * Compares with the clock of the server. Where there is none, with the last entry of the change log, which
 * tells only that others are ahead. Entries are in order in any case: they go by their number.
 *
 * Returns: whether it could be compared
 */
gboolean
shequ_store_compare_clock (ShequStore *store, gint64 now, gint64 *ahead, GError **error)
{
  ShequConnection *reader = shequ_store_take_program_reader (store, NULL, error);
  gint64 theirs = 0;
  gboolean done;

  *ahead = 0;
  if (reader == NULL)
    return FALSE;
  if (store->engine->read_clock != NULL)
    {
      done = store->engine->read_clock (reader, &theirs, error);
      *ahead = theirs - now;
    }
  else
    {
      done = read_last_moment (reader, &theirs, error);
      *ahead = MAX (theirs - now, 0);
    }
  shequ_store_give_reader (store, reader);
  return done;
}

static GPtrArray *
list_behind (const ShequCommit *commit)
{
  GPtrArray *tables = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < commit->touched->len; i++)
    {
      const Touched *touched = &g_array_index (commit->touched, Touched, i);

      if (touched->n < MANY)
        continue;
      g_ptr_array_add (tables, g_strdup (touched->reg->name));
      if (shequ_register_has_documents (touched->reg))
        g_ptr_array_add (tables, g_strconcat (touched->reg->name, "_search", NULL));
    }
  if (tables->len > 0)
    {
      g_ptr_array_add (tables, g_strdup ("shequ_log"));
      g_ptr_array_add (tables, NULL);
    }
  return tables;
}

/* After a commit of very many records: a server merges the new documents into its search index and counts
 * what the tables hold; until then it would look through all of them. */
void
shequ_commit_catch_up (const ShequCommit *commit, ShequStore *store)
{
  g_autoptr (GPtrArray) tables = store->engine->catch_up != NULL ? list_behind (commit) : NULL;
  g_autoptr (ShequConnection) connection = NULL;

  if (tables == NULL || tables->len == 0)
    return;
  connection = shequ_store_open_connection (store, FALSE, NULL);
  if (connection != NULL)
    store->engine->catch_up (connection, (const char *const *) tables->pdata);
}
