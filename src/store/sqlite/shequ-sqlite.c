/*
 * The engine on SQLite: a file, the default, needing no set-up.
 *
 * Write-ahead log, foreign keys, STRICT tables, full synchronisation: a committed change survives a power
 * cut. Search documents lie in FTS5 indexes of tokens separated by blanks; a query is a list of prefixes.
 */
#include "shequ-engine-private.h"

#include "shequ-error.h"
#include "shequ-row-index.h"
#include "shequ-sqlite-damaged.h"
#include "shequ-sqlite-segment.h"

#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

#define APPLICATION_ID 0x53687175 /* "Shqu" */
#define BUSY_MILLISECONDS 8000
#define PAGE_SIZE 16384 /* of new files: a twelfth less time for an import than with 4096 */
#define PROGRESS_STEPS 4000
#define MOST_SEGMENTS 8        /* loaded ones, before they are merged */
#define WATCH_MILLISECONDS 150 /* between two looks for what others have committed */
#define LEAST_CACHE (G_GINT64_CONSTANT (128) * 1000 * 1000)
#define MOST_CACHE (G_GINT64_CONSTANT (512) * 1000 * 1000)
#define COLLECT "shequ_collect"
#define COLLECT_PHRASES "shequ_collect_phrases"

typedef struct
{
  ShequConnection base;
  sqlite3 *database;
  ShequKeySet *collected; /* (nullable): the set that the statement being run fills */
  gint64 data_version;    /* at the end of the last wait */
  gboolean loaded;        /* an index was written past FTS5, which may still know it as it was before */
} SqliteConnection;

typedef struct
{
  ShequStatement base;
  sqlite3_stmt *statement;
} SqliteStatement;

/* What a result of SQLite means to the person at the desk. */
static const struct
{
  int code;
  ShequError error;
  const char *message;
} error_table[] = {
  { SQLITE_BUSY, SHEQU_ERROR_LOCKED,
    N_ ("The database is being written by another program; nothing was changed. Try again in a moment") },
  { SQLITE_LOCKED, SHEQU_ERROR_LOCKED,
    N_ ("The database is locked; nothing was changed. Try again in a moment") },
  { SQLITE_FULL, SHEQU_ERROR_FULL,
    N_ ("The disk is full; what was saved before is kept, this change was not. Free some space and try "
        "again") },
  { SQLITE_NOTADB, SHEQU_ERROR_DAMAGED,
    N_ ("The file is no database of Shequ. Choose another file, or restore a backup") },
  { SQLITE_CORRUPT, SHEQU_ERROR_DAMAGED,
    N_ ("The database is damaged; nothing was changed. Keep the file and restore the last backup") },
  { SQLITE_CANTOPEN, SHEQU_ERROR_UNREACHABLE,
    N_ ("The database cannot be opened. Check that the folder exists and that you may write to it") },
  { SQLITE_READONLY, SHEQU_ERROR_UNREACHABLE,
    N_ ("The database may only be read, not written; nothing was changed. Check the rights of the file and "
        "its folder") },
  { SQLITE_PERM, SHEQU_ERROR_UNREACHABLE,
    N_ ("The rights of the database's file forbid this; nothing was changed") },
  { SQLITE_IOERR, SHEQU_ERROR_UNREACHABLE,
    N_ ("The disk did not answer as it should; this change was not saved. Check the disk and try again") },
  { SQLITE_CONSTRAINT, SHEQU_ERROR_CONSTRAINT,
    N_ ("The change breaks a rule of the register; nothing was changed") },
  { SQLITE_NOMEM, SHEQU_ERROR_INTERNAL,
    N_ ("There is not enough memory; nothing was changed. Close other programs and try again") },
  { SQLITE_TOOBIG, SHEQU_ERROR_INVALID_VALUE, N_ ("A value is too long to be stored; nothing was changed") },
};

static void
set_error (GError **error, sqlite3 *database, int result)
{
  int primary = result & 0xff;
  /* A write that finds no room reports an I/O error on some file systems. */
  if (primary == SQLITE_IOERR && database != NULL && sqlite3_system_errno (database) == ENOSPC)
    primary = SQLITE_FULL;

  if (primary == SQLITE_INTERRUPT)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Cancelled"));
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (error_table); i++)
    {
      if (error_table[i].code == primary)
        {
          g_set_error (error, SHEQU_ERROR, error_table[i].error, "%s (%s)", _ (error_table[i].message),
                       database != NULL ? sqlite3_errmsg (database) : sqlite3_errstr (result));
          return;
        }
    }
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_INTERNAL,
               _ ("The database refused a statement of the program; nothing was changed (%s)"),
               database != NULL ? sqlite3_errmsg (database) : sqlite3_errstr (result));
}

/* An error of a connection in use: after one of the disk or the network drive it is opened again. */
static void
set_connection_error (GError **error, SqliteConnection *self, int result)
{
  int primary = result & 0xff;

  set_error (error, self->database, result);
  if (primary == SQLITE_CANTOPEN ||
      (primary == SQLITE_IOERR && sqlite3_system_errno (self->database) != ENOSPC))
    self->base.lost = TRUE;
  if (primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB)
    self->base.damaged = TRUE;
}

static int
check_cancelled (void *data)
{
  SqliteConnection *self = data;

  return g_cancellable_is_cancelled (self->base.cancellable);
}

static gboolean
sqlite_execute (ShequConnection *connection, const char *script, GError **error)
{
  SqliteConnection *self = (SqliteConnection *) connection;
  int result = sqlite3_exec (self->database, script, NULL, NULL, NULL);

  if (result == SQLITE_OK)
    return TRUE;
  set_connection_error (error, self, result);
  return FALSE;
}

static void
sqlite_close (ShequConnection *connection)
{
  SqliteConnection *self = (SqliteConnection *) connection;

  /* Who closes a file last writes its log into it. */
  if (connection->damaged)
    sqlite3_db_config (self->database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  sqlite3_close_v2 (self->database);
  g_free (self);
}

static void
collect_key (sqlite3_context *context, int n_values, sqlite3_value **values)
{
  SqliteConnection *self = sqlite3_user_data (context);

  shequ_key_set_add (self->collected, sqlite3_value_int64 (values[0]));
}

static void
end_collecting (sqlite3_context *context)
{
  sqlite3_result_null (context);
}

static int
collect_found (const Fts5ExtensionApi *api, Fts5Context *context, void *data)
{
  shequ_key_set_add (data, api->xRowid (context));
  return SQLITE_OK;
}

/* Called for one row of a search: asks the index itself for each phrase of it. */
static void
collect_phrases (const Fts5ExtensionApi *api,
                 Fts5Context *context,
                 sqlite3_context *result,
                 int n_values,
                 sqlite3_value **values)
{
  SqliteConnection *self = api->xUserData (context);
  int phrases = api->xPhraseCount (context);

  for (int i = 0; i < phrases; i++)
    {
      int code = g_cancellable_is_cancelled (self->base.cancellable)
                   ? SQLITE_INTERRUPT
                   : api->xQueryPhrase (context, i, self->collected, collect_found);

      if (code != SQLITE_OK)
        {
          sqlite3_result_error_code (result, code);
          return;
        }
    }
  sqlite3_result_null (result);
}

static gboolean
register_phrases (SqliteConnection *self, GError **error)
{
  fts5_api *api = NULL;
  sqlite3_stmt *statement = NULL;
  int result = sqlite3_prepare_v2 (self->database, "SELECT fts5(?1)", -1, &statement, NULL);

  if (result == SQLITE_OK)
    {
      sqlite3_bind_pointer (statement, 1, &api, "fts5_api_ptr", NULL);
      sqlite3_step (statement);
      result = sqlite3_finalize (statement);
    }
  if (result == SQLITE_OK && api != NULL)
    result = api->xCreateFunction (api, COLLECT_PHRASES, self, collect_phrases, NULL);
  if (result == SQLITE_OK && api != NULL)
    return TRUE;
  set_error (error, self->database, result != SQLITE_OK ? result : SQLITE_ERROR);
  return FALSE;
}

/* Bytes that a writer may keep of the file: with less than the indexes of a city take, each chunk of its
 * import reads and writes them anew. Only what is touched is kept, and never more than an eighth of the
 * machine. */
static gint64
get_writer_cache (void)
{
  gint64 pages = sysconf (_SC_PHYS_PAGES);
  gint64 bytes = pages > 0 ? pages * sysconf (_SC_PAGESIZE) / 8 : 0;

  return CLAMP (bytes, LEAST_CACHE, MOST_CACHE);
}

static gboolean
set_up (SqliteConnection *self, ShequOpenMode mode, gboolean reader, GError **error)
{
  g_autofree char *cache = NULL;

  sqlite3_progress_handler (self->database, PROGRESS_STEPS, check_cancelled, self);
  sqlite3_extended_result_codes (self->database, 1);
  sqlite3_create_function (self->database, COLLECT, 1, SQLITE_UTF8, self, NULL, collect_key, end_collecting);
  if (!register_phrases (self, error))
    return FALSE;
  if (reader)
    return sqlite_execute (
      &self->base, "PRAGMA query_only=1; PRAGMA mmap_size=2147418112; PRAGMA cache_size=-8000;", error);
  cache = g_strdup_printf ("PRAGMA cache_size=-%" G_GINT64_FORMAT, get_writer_cache () / 1000);
  return sqlite_execute (&self->base,
                         "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                         "PRAGMA secure_delete=FAST; PRAGMA wal_autocheckpoint=4000; "
                         "PRAGMA temp_store=MEMORY;",
                         error) &&
         sqlite_execute (&self->base, cache, error);
}

/* A file that somebody else's program made must not be turned into ours. */
static gboolean
check_application (SqliteConnection *self, ShequOpenMode mode, GError **error)
{
  g_autofree char *script =
    g_strdup_printf ("PRAGMA page_size=%d; PRAGMA application_id=%d", PAGE_SIZE, APPLICATION_ID);
  sqlite3_stmt *statement = NULL;
  int id = 0;
  int result = sqlite3_prepare_v2 (self->database, "PRAGMA application_id", -1, &statement, NULL);

  if (result == SQLITE_OK)
    result = sqlite3_step (statement);
  if (result == SQLITE_ROW)
    id = sqlite3_column_int (statement, 0);
  sqlite3_finalize (statement);
  if (result != SQLITE_ROW)
    {
      set_connection_error (error, self, result);
      return FALSE;
    }
  if (mode == SHEQU_OPEN_CREATE)
    return sqlite_execute (&self->base, script, error);
  if (id == APPLICATION_ID)
    return TRUE;
  g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_DAMAGED,
                       _ ("The file is no database of Shequ; it was not touched. Choose another file"));
  return FALSE;
}

/* Counting every allocation under a lock costs more than the allocations. */
static void
set_up_library (void)
{
  static gsize done = 0;

  if (g_once_init_enter (&done))
    {
      sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
      g_once_init_leave (&done, 1);
    }
}

/* A file without a byte is as good as none. */
static gboolean
is_taken (const char *location)
{
  GStatBuf about;

  return g_stat (location, &about) == 0 && !(S_ISREG (about.st_mode) && about.st_size == 0);
}

static ShequConnection *
sqlite_open (const char *location, ShequOpenMode mode, gboolean reader, GError **error)
{
  g_autoptr (ShequConnection) connection = (ShequConnection *) g_new0 (SqliteConnection, 1);
  SqliteConnection *self = (SqliteConnection *) connection;
  int flags = mode == SHEQU_OPEN_READ_ONLY ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  int result;

  set_up_library ();
  shequ_connection_init (connection, &shequ_engine_sqlite);
  if (mode == SHEQU_OPEN_CREATE)
    {
      if (is_taken (location))
        {
          g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
                       _ ("“%s” exists already and was not touched. Choose another name"), location);
          return NULL;
        }
      flags |= SQLITE_OPEN_CREATE;
    }
  else if (!g_file_test (location, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREACHABLE,
                   _ ("There is no database “%s”. Check the name, or make a new one"), location);
      return NULL;
    }
  result = sqlite3_open_v2 (location, &self->database, flags | SQLITE_OPEN_NOMUTEX, NULL);
  if (result != SQLITE_OK)
    {
      set_error (error, self->database, result);
      return NULL;
    }
  /* Who closes it last holds it alone for a moment, while the first look is taken here. */
  sqlite3_busy_timeout (self->database, BUSY_MILLISECONDS);
  if (!check_application (self, mode, error) ||
      !set_up (self, mode, reader || mode == SHEQU_OPEN_READ_ONLY, error))
    return NULL;
  return g_steal_pointer (&connection);
}

/* Tables that are described by halves are left out rather than refused with all others. */
static ShequConnection *
sqlite_open_damaged (const char *location, const char *copy, GCancellable *cancellable, GError **error)
{
  g_autoptr (ShequConnection) connection = (ShequConnection *) g_new0 (SqliteConnection, 1);
  SqliteConnection *self = (SqliteConnection *) connection;
  int result;

  set_up_library ();
  shequ_connection_init (connection, &shequ_engine_sqlite);
  if (!shequ_sqlite_damaged_copy (location, copy, cancellable, error))
    return NULL;
  result = sqlite3_open_v2 (copy, &self->database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
  if (result != SQLITE_OK)
    {
      set_error (error, self->database, result);
      return NULL;
    }
  sqlite3_progress_handler (self->database, PROGRESS_STEPS, check_cancelled, self);
  sqlite3_extended_result_codes (self->database, 1);
  connection->cancellable = cancellable;
  if (!sqlite_execute (connection,
                       "PRAGMA writable_schema=ON; PRAGMA cell_size_check=ON; PRAGMA query_only=1", error))
    return NULL;
  return g_steal_pointer (&connection);
}

static ShequStatement *
sqlite_prepare (ShequConnection *connection, const char *text, GError **error)
{
  SqliteConnection *self = (SqliteConnection *) connection;
  sqlite3_stmt *prepared = NULL;
  int result = sqlite3_prepare_v3 (self->database, text, -1, SQLITE_PREPARE_PERSISTENT, &prepared, NULL);
  SqliteStatement *statement;

  if (result != SQLITE_OK)
    {
      set_connection_error (error, self, result);
      return NULL;
    }
  statement = g_new0 (SqliteStatement, 1);
  statement->base.connection = connection;
  statement->statement = prepared;
  return &statement->base;
}

static void
sqlite_finalize (ShequStatement *statement)
{
  sqlite3_finalize (((SqliteStatement *) statement)->statement);
  g_free (statement);
}

static void
sqlite_reset (ShequStatement *statement)
{
  sqlite3_reset (((SqliteStatement *) statement)->statement);
}

static void
sqlite_bind_null (ShequStatement *statement, int place)
{
  sqlite3_bind_null (((SqliteStatement *) statement)->statement, place);
}

static void
sqlite_bind_integer (ShequStatement *statement, int place, gint64 integer)
{
  sqlite3_bind_int64 (((SqliteStatement *) statement)->statement, place, integer);
}

static void
sqlite_bind_text (ShequStatement *statement, int place, const char *text)
{
  sqlite3_bind_text (((SqliteStatement *) statement)->statement, place, text, -1, SQLITE_STATIC);
}

static void
sqlite_bind_bytes (ShequStatement *statement, int place, const void *bytes, gsize length)
{
  sqlite3_bind_blob (((SqliteStatement *) statement)->statement, place, bytes, (int) length, SQLITE_STATIC);
}

static gboolean
sqlite_step (ShequStatement *statement, gboolean *has_row, GError **error)
{
  SqliteStatement *self = (SqliteStatement *) statement;
  int result = sqlite3_step (self->statement);

  *has_row = result == SQLITE_ROW;
  if (result == SQLITE_ROW || result == SQLITE_DONE)
    return TRUE;
  set_connection_error (error, (SqliteConnection *) statement->connection, result);
  return FALSE;
}

static gint64
sqlite_count_changes (ShequConnection *connection)
{
  return sqlite3_changes64 (((SqliteConnection *) connection)->database);
}

static gint64
sqlite_get_inserted_key (ShequConnection *connection)
{
  return sqlite3_last_insert_rowid (((SqliteConnection *) connection)->database);
}

static gboolean
sqlite_is_null (ShequStatement *statement, int column)
{
  return sqlite3_column_type (((SqliteStatement *) statement)->statement, column) == SQLITE_NULL;
}

static char
sqlite_get_type (ShequStatement *statement, int column)
{
  switch (sqlite3_column_type (((SqliteStatement *) statement)->statement, column))
    {
    case SQLITE_NULL:
      return 'n';
    case SQLITE_INTEGER:
      return 'i';
    case SQLITE_TEXT:
      return 't';
    default:
      return 'b';
    }
}

static gint64
sqlite_get_integer (ShequStatement *statement, int column)
{
  return sqlite3_column_int64 (((SqliteStatement *) statement)->statement, column);
}

static const char *
sqlite_get_text (ShequStatement *statement, int column)
{
  return (const char *) sqlite3_column_text (((SqliteStatement *) statement)->statement, column);
}

static const void *
sqlite_get_bytes (ShequStatement *statement, int column, gsize *length)
{
  sqlite3_stmt *prepared = ((SqliteStatement *) statement)->statement;
  const void *bytes = sqlite3_column_blob (prepared, column);

  *length = (gsize) sqlite3_column_bytes (prepared, column);
  return bytes;
}

/* FTS5 looks again at an index only when another connection has written, or when it is opened anew, as all
 * tables are after this. */
static gboolean
forget_indexes (SqliteConnection *self, GError **error)
{
  self->loaded = FALSE;
  return sqlite_execute (&self->base, "PRAGMA writable_schema=RESET", error);
}

/* What was loaded may have been taken back since. */
static gboolean
sqlite_begin (ShequConnection *connection, GError **error)
{
  SqliteConnection *self = (SqliteConnection *) connection;

  if (self->loaded && !forget_indexes (self, error))
    return FALSE;
  return sqlite_execute (connection, "BEGIN IMMEDIATE", error);
}

static gboolean
read_data_version (SqliteConnection *self, gint64 *version, GError **error)
{
  ShequStatement *statement = shequ_connection_prepare (&self->base, "PRAGMA data_version", error);
  gboolean has_row = FALSE;

  if (statement == NULL || !sqlite_step (statement, &has_row, error))
    return FALSE;
  *version = sqlite_get_integer (statement, 0);
  sqlite_reset (statement);
  return TRUE;
}

/* SQLite tells nobody of a commit; a look at its counter takes microseconds. */
static gboolean
sqlite_wait (ShequConnection *connection, guint milliseconds, gboolean *changed, GError **error)
{
  SqliteConnection *self = (SqliteConnection *) connection;
  gint64 end = g_get_monotonic_time () + (gint64) milliseconds * G_TIME_SPAN_MILLISECOND;
  gint64 before = self->data_version;
  GPollFD cancelled;
  guint n_waited = g_cancellable_make_pollfd (connection->cancellable, &cancelled) ? 1 : 0;
  gboolean done;

  while ((done = read_data_version (self, &self->data_version, error)) && self->data_version == before &&
         !g_cancellable_is_cancelled (connection->cancellable) && g_get_monotonic_time () < end)
    g_poll (&cancelled, n_waited, WATCH_MILLISECONDS);
  if (n_waited > 0)
    g_cancellable_release_fd (connection->cancellable);
  *changed = self->data_version != before;
  return done;
}

static gboolean
sqlite_table_exists (ShequConnection *connection, const char *table, gboolean *exists, GError **error)
{
  ShequStatement *statement = shequ_connection_prepare (
    connection, "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1", error);

  if (statement == NULL)
    return FALSE;
  sqlite_bind_text (statement, 1, table);
  if (!sqlite_step (statement, exists, error))
    return FALSE;
  sqlite_reset (statement);
  return TRUE;
}

static gboolean
collect (ShequConnection *connection, const char *text, const char *good, GPtrArray *problems, GError **error)
{
  ShequStatement *statement = shequ_connection_prepare (connection, text, error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return FALSE;
  while (sqlite_step (statement, &has_row, error) && has_row)
    {
      const char *finding = sqlite_get_text (statement, 0);

      if (g_strcmp0 (finding, good) != 0)
        g_ptr_array_add (problems, g_strdup (finding));
    }
  sqlite_reset (statement);
  return error == NULL || *error == NULL;
}

static gboolean
sqlite_verify (ShequConnection *connection, GPtrArray *problems, GError **error)
{
  return collect (connection, "PRAGMA integrity_check", "ok", problems, error) &&
         collect (connection,
                  "SELECT \"table\" || ': row ' || rowid || ' → ' || parent FROM pragma_foreign_key_check",
                  NULL, problems, error);
}

/* The pages and what hangs together of them, not whether tables and indexes say the same. */
static gboolean
sqlite_examine (ShequConnection *connection, GError **error)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);

  if (!collect (connection, "PRAGMA quick_check(1)", "ok", problems, error))
    return FALSE;
  if (problems->len == 0)
    return TRUE;
  connection->damaged = TRUE;
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_DAMAGED,
               _ ("The database is damaged; nothing was changed. Keep the file and restore the last backup "
                  "(%s)"),
               (const char *) problems->pdata[0]);
  return FALSE;
}

static gboolean
sqlite_copy_to (ShequConnection *connection, const char *path, GError **error)
{
  char *script = sqlite3_mprintf ("PRAGMA query_only=0; VACUUM INTO %Q; PRAGMA query_only=1;", path);
  gboolean copied = sqlite_execute (connection, script, error);

  sqlite3_free (script);
  return copied;
}

/* Whoever gets the file alone brings in what stands in its log; a damaged file is moved as it is. */
static gboolean
sqlite_settle (const char *location, GError **error)
{
  sqlite3 *database = NULL;
  int result = sqlite3_open_v2 (location, &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);

  if (result == SQLITE_OK)
    result = sqlite3_exec (
      database, "PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT; PRAGMA journal_mode=DELETE;", NULL,
      NULL, NULL);
  sqlite3_close (database);
  if (result != SQLITE_BUSY && (result & 0xff) != SQLITE_LOCKED)
    return TRUE;
  g_set_error (
    error, SHEQU_ERROR, SHEQU_ERROR_LOCKED,
    _ ("“%s” is open in another program; nothing was replaced. Close Shequ everywhere and try again"),
    location);
  return FALSE;
}

/* Without the texts, which are made again from the rows. Four megabytes gather before a piece is written:
 * with one there are more pieces to be merged, with more the gathering leaves the processor's cache. */
static void
sqlite_write_search_schema (GString *script, const char *reg)
{
  g_string_append_printf (
    script,
    "DROP TABLE IF EXISTS \"%s_search\";\n"
    "CREATE VIRTUAL TABLE \"%s_search\" USING fts5(document, content='', detail=none, columnsize=0, "
    "tokenize=\"ascii tokenchars '" SHEQU_ROW_INDEX_MARK "'\");\n"
    "INSERT INTO \"%s_search\"(\"%s_search\", rank) VALUES('automerge', 8);\n"
    "INSERT INTO \"%s_search\"(\"%s_search\", rank) VALUES('hashsize', 4194304);\n",
    reg, reg, reg, reg, reg, reg);
}

static void
sqlite_write_search_rename (GString *script, const char *reg, const char *to)
{
  g_string_append_printf (script,
                          "DROP TABLE IF EXISTS \"%s_search\";\n"
                          "ALTER TABLE \"%s_search\" RENAME TO \"%s_search\";\n",
                          to, reg, to);
}

static void
sqlite_write_search_insert (GString *sql, const char *reg)
{
  g_string_append_printf (sql, "INSERT INTO \"%s_search\" (rowid, document) VALUES (?1, ?2)", reg);
}

/* Until no level has four segments. */
static gboolean
merge_segments (SqliteConnection *self, const char *reg, GError **error)
{
  g_autofree char *script = g_strdup_printf (
    "INSERT INTO \"%s_search\" (\"%s_search\", rank) VALUES ('merge', %d)", reg, reg, G_MAXINT);

  return sqlite_execute (&self->base, script, error);
}

static gpointer
sqlite_gather_new (void)
{
  return shequ_sqlite_gathering_new ();
}

static void
sqlite_gather_add (gpointer gathering, const char *const *documents, guint n_documents)
{
  shequ_sqlite_gathering_add (gathering, documents, n_documents);
}

static void
sqlite_gather_free (gpointer gathering)
{
  shequ_sqlite_gathering_free (gathering);
}

static gboolean
sqlite_load_documents (ShequConnection *connection,
                       const char *reg,
                       const gint64 *keys,
                       const char *const *documents,
                       guint n_documents,
                       gpointer gathering,
                       gboolean *done,
                       GError **error)
{
  SqliteConnection *self = (SqliteConnection *) connection;
  g_autofree char *table = g_strconcat (reg, "_search", NULL);
  g_autoptr (SqliteGathering) own = gathering == NULL ? shequ_sqlite_gathering_new () : NULL;
  SqliteGathering *begun = gathering != NULL ? gathering : own;
  guint n_segments = 0;
  int result;

  *done = FALSE;
  if (n_documents > SHEQU_SQLITE_SEGMENT_MOST)
    return TRUE;
  result =
    shequ_sqlite_segment_write (self->database, table, keys, documents, n_documents, begun, &n_segments);
  if (result == SQLITE_MISMATCH)
    return TRUE;
  if (result != SQLITE_OK)
    {
      set_connection_error (error, self, result);
      return FALSE;
    }
  *done = TRUE;
  if (!forget_indexes (self, error))
    return FALSE;
  self->loaded = TRUE;
  return n_segments < MOST_SEGMENTS || merge_segments (self, reg, error);
}

static void
sqlite_write_search_removal (GString *sql, const char *reg)
{
  g_string_append_printf (
    sql, "INSERT INTO \"%s_search\" (\"%s_search\", rowid, document) VALUES ('delete', ?1, ?2)", reg, reg);
}

static void
sqlite_write_search (GString *sql, const char *reg, int parameter)
{
  g_string_append_printf (sql, "SELECT rowid FROM \"%s_search\" WHERE \"%s_search\" MATCH ?%d", reg, reg,
                          parameter);
}

/* Handing out one row after the other would take three times as long as finding them. Whole tokens are asked
 * for one by one, in half the time of a search; beginnings of tokens are not, since a search joins their
 * lists before it hands out the first row. */
static gboolean
sqlite_collect_search (ShequConnection *connection,
                       const char *reg,
                       const char *search,
                       ShequKeySet *set,
                       GError **error)
{
  SqliteConnection *self = (SqliteConnection *) connection;
  gboolean whole_tokens = strchr (search, '*') == NULL;
  g_autofree char *text =
    whole_tokens
      ? g_strdup_printf ("SELECT " COLLECT_PHRASES
                         " (\"%s_search\") FROM \"%s_search\" WHERE \"%s_search\" MATCH ?1 LIMIT 1",
                         reg, reg, reg)
      : g_strdup_printf ("SELECT " COLLECT " (rowid) FROM \"%s_search\" WHERE \"%s_search\" MATCH ?1", reg,
                         reg);
  ShequStatement *statement = shequ_connection_prepare (connection, text, error);
  gboolean has_row = FALSE;
  gboolean done;

  if (statement == NULL || g_cancellable_set_error_if_cancelled (connection->cancellable, error))
    return FALSE;
  self->collected = set;
  sqlite_bind_text (statement, 1, search);
  done = sqlite_step (statement, &has_row, error);
  sqlite_reset (statement);
  self->collected = NULL;
  return done;
}

/* The log is emptied only when nobody else reads from it. */
static gboolean
truncate_log (SqliteConnection *self, GError **error)
{
  int result = sqlite3_wal_checkpoint_v2 (self->database, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);

  if (result == SQLITE_OK)
    return TRUE;
  set_connection_error (error, self, result);
  return FALSE;
}

/* (transfer full): each search index as one piece: what was taken out of it stands in the older ones still.
 */
static char *
write_merging (SqliteConnection *self)
{
  static const char sql[] = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE "
                            "'CREATE VIRTUAL TABLE%USING fts5%'";
  GString *script = g_string_new ("BEGIN;\n");
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (self->database, sql, -1, &statement, NULL) == SQLITE_OK)
    while (sqlite3_step (statement) == SQLITE_ROW)
      {
        const char *name = (const char *) sqlite3_column_text (statement, 0);

        g_string_append_printf (script, "INSERT INTO \"%s\" (\"%s\") VALUES ('optimize');\n", name, name);
      }
  sqlite3_finalize (statement);
  g_string_append (script, "COMMIT");
  return g_string_free (script, FALSE);
}

static gboolean
sqlite_rewrite (ShequConnection *connection, GError **error)
{
  SqliteConnection *self = (SqliteConnection *) connection;
  g_autofree char *merging = write_merging (self);

  return sqlite_execute (connection, "PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY", error) &&
         sqlite_execute (connection, merging, error) && truncate_log (self, error) &&
         sqlite_execute (connection, "VACUUM", error) && truncate_log (self, error);
}

const ShequEngine shequ_engine_sqlite = {
  .name = "sqlite",
  .open = sqlite_open,
  .close = sqlite_close,
  .execute = sqlite_execute,
  .prepare = sqlite_prepare,
  .finalize = sqlite_finalize,
  .reset = sqlite_reset,
  .bind_null = sqlite_bind_null,
  .bind_integer = sqlite_bind_integer,
  .bind_text = sqlite_bind_text,
  .bind_bytes = sqlite_bind_bytes,
  .step = sqlite_step,
  .count_changes = sqlite_count_changes,
  .get_inserted_key = sqlite_get_inserted_key,
  .is_null = sqlite_is_null,
  .get_integer = sqlite_get_integer,
  .get_text = sqlite_get_text,
  .get_bytes = sqlite_get_bytes,
  .begin = sqlite_begin,
  .wait = sqlite_wait,
  .table_exists = sqlite_table_exists,
  .verify = sqlite_verify,
  .rewrite = sqlite_rewrite,
  .copy_to = sqlite_copy_to,
  .settle = sqlite_settle,
  .open_damaged = sqlite_open_damaged,
  .get_type = sqlite_get_type,
  .row_number = "rowid",
  .list_full_indexes = "SELECT name FROM pragma_index_list(?1) WHERE partial = 0",
  .examine = sqlite_examine,
  .begin_snapshot = "BEGIN",
  .list_indexes = "SELECT name, sql FROM sqlite_schema WHERE type = 'index'",
  .list_columns =
    "SELECT name, CASE WHEN type LIKE '%INT%' THEN 'i' WHEN type LIKE 'BLOB' THEN 'b' ELSE 't' END FROM "
    "pragma_table_info(?1)",
  .begin_filling = "PRAGMA foreign_keys=OFF",
  .end_filling = "PRAGMA wal_checkpoint(TRUNCATE)",
  .key_type = "INTEGER PRIMARY KEY",
  .integer_type = "INTEGER",
  .text_type = "TEXT",
  .bytes_type = "BLOB",
  .table_suffix = " STRICT",
  .index_order = "",
  .insert_suffix = "",
  .row_lock = "",
  .keeps_order = TRUE,
  .search_syntax = { "\"", "\"", "\"*", " AND ", " OR " },
  .write_search_schema = sqlite_write_search_schema,
  .write_search_rename = sqlite_write_search_rename,
  .write_search_insert = sqlite_write_search_insert,
  .write_search_removal = sqlite_write_search_removal,
  .gather_new = sqlite_gather_new,
  .gather_add = sqlite_gather_add,
  .gather_free = sqlite_gather_free,
  .load_documents = sqlite_load_documents,
  .write_search = sqlite_write_search,
  .collect_search = sqlite_collect_search,
};
