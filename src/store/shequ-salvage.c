/*
 * A damaged database: what can be read of it goes into a new one, whose records can be looked at, searched
 * and printed as those of any other. The damaged file is only ever read, from a copy, and kept.
 */
#include "shequ-salvage-private.h"

#include "shequ-backup-file-private.h"
#include "shequ-error.h"
#include "shequ-protection-private.h"
#include "shequ-store-private.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <inttypes.h>
#include <string.h>

#define MARK SHEQU_STORE_MOVE_SETTING

/* What a new database has of its own. */
#define ONLY_SETTINGS                                                                                        \
  "name <> 'format' AND name <> '" SHEQU_SALVAGE_SETTING "' AND name <> '" MARK "' AND name NOT LIKE '" MARK \
  ".%' AND name NOT LIKE '" SHEQU_STORE_INDEX_SETTING "%'"

static const struct
{
  const char *name;
  const char *only;
} small_tables[] = {
  { "shequ_field", NULL },
  { "shequ_operation", NULL },
  { "shequ_series", "name <> '" SHEQU_STORE_LOG_SERIES "'" },
  { "shequ_setting", ONLY_SETTINGS },
};

typedef struct
{
  const ShequEngine *engine;
  char *location;
  char *copy; /* of the damaged file */
  char *part; /* the new one, until it is whole */
  ShequConnection *from;
  ShequStore *target;
  ShequSalvage *salvage;
  ShequCatalogue *catalogue;
  ShequOpenProgress progress;
  gpointer progress_data;
  GCancellable *cancellable;
} Salvaging;

static void
free_table (gpointer data)
{
  ShequSalvagedTable *table = data;

  g_free (table->name);
  g_free (table->label);
  g_free (table);
}

ShequSalvagedTable *
shequ_salvaged_table_new (const char *name, const char *label)
{
  ShequSalvagedTable *table = g_new0 (ShequSalvagedTable, 1);

  table->name = g_strdup (name);
  table->label = g_strdup (label);
  return table;
}

static ShequSalvage *
salvage_new (void)
{
  ShequSalvage *salvage = g_new0 (ShequSalvage, 1);

  salvage->tables = g_ptr_array_new_with_free_func (free_table);
  return salvage;
}

void
shequ_salvage_free (ShequSalvage *salvage)
{
  g_ptr_array_unref (salvage->tables);
  g_free (salvage);
}

static gboolean
is_whole (const ShequSalvagedTable *table)
{
  return table->n_read == table->n_expected && !table->uncertain;
}

static void
take_table (ShequSalvage *salvage, ShequSalvagedTable *table)
{
  g_ptr_array_add (salvage->tables, table);
  salvage->n_read += table->n_read;
  if (!is_whole (table))
    salvage->n_hurt++;
}

/**
 * shequ_salvage_describe:
 * @salvage: what could be read
 *
 * Returns: (transfer full): which registers are not whole and how many of their records could be read, a line
 *   each
 */
char *
shequ_salvage_describe (const ShequSalvage *salvage)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < salvage->tables->len; i++)
    {
      const ShequSalvagedTable *table = salvage->tables->pdata[i];

      if (is_whole (table))
        continue;
      if (text->len > 0)
        g_string_append_c (text, '\n');
      if (table->n_expected > table->n_read)
        g_string_append_printf (text, _ ("%s: %" PRId64 " of %" PRId64 " can be read"), table->label,
                                table->n_read, table->n_expected);
      else
        g_string_append_printf (text, _ ("%s: %" PRId64 " can be read; how many there were is not known"),
                                table->label, table->n_read);
    }
  if (text->len == 0)
    g_string_append (text, _ ("All records can be read; what is damaged holds none."));
  return g_string_free (text, FALSE);
}

static void
remove_database (const char *path)
{
  static const char *const ends[] = { "", "-wal", "-shm", "-journal" };

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *name = g_strconcat (path, ends[i], NULL);

      g_unlink (name);
    }
}

static void
clear_salvaging (Salvaging *self)
{
  g_clear_pointer (&self->from, shequ_connection_close);
  g_clear_pointer (&self->target, shequ_store_unref);
  remove_database (self->copy);
  remove_database (self->part);
  g_free (self->copy);
  g_free (self->part);
  g_free (self->location);
  g_clear_pointer (&self->salvage, shequ_salvage_free);
  g_clear_pointer (&self->catalogue, shequ_catalogue_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Salvaging, clear_salvaging)

/* Own registers and fields as far as their descriptions can be read. */
static gboolean
open_target (Salvaging *self, ShequCatalogue *shipped, GError **error)
{
  self->catalogue = shequ_own_read_all (shipped, self->from, NULL);
  if (self->catalogue == NULL)
    self->catalogue = shequ_catalogue_ref (shipped);
  remove_database (self->part);
  self->target = shequ_store_open_unfilled (self->part, self->catalogue, self->cancellable, error);
  return self->target != NULL;
}

static gboolean
read_table (Salvaging *self,
            const char *name,
            const char *key,
            const char *only,
            const char *label,
            GError **error)
{
  g_autoptr (ShequMoveTable) table = shequ_move_table_new (self->from, name, key, NULL, only, NULL);
  ShequSalvagedTable *salvaged = shequ_salvaged_table_new (name, label);
  gboolean done = TRUE;

  if (table != NULL && table->columns->len > 0)
    done = shequ_move_table_make (table, self->target->writer, error) &&
           shequ_salvage_read_table (self->from, self->target->writer, table, salvaged, error);
  else
    salvaged->uncertain = TRUE;
  /* Notes of the program itself are told as little as they are looked for. */
  if (label != NULL)
    take_table (self->salvage, salvaged);
  else
    free_table (salvaged);
  return done;
}

static gboolean
read_register (Salvaging *self, const ShequRegister *reg, GHashTable *known, GError **error)
{
  GHashTable *fields = known != NULL ? g_hash_table_lookup (known, reg->name) : NULL;
  gboolean keeps_history = fields != NULL
                             ? g_strcmp0 (g_hash_table_lookup (fields, "valid_from"), "history") == 0
                             : reg->has_history;
  g_autofree char *history = g_strconcat (reg->name, "_history", NULL);
  g_autofree char *label = g_strdup_printf (_ ("%s, former versions"), reg->label);

  /* A register that came with a newer program has no table yet. */
  if (known != NULL && fields == NULL)
    return TRUE;
  return read_table (self, reg->name, "key", NULL, reg->label, error) &&
         (!keeps_history || read_table (self, history, "key", NULL, label, error));
}

/* An older one has fewer tables than are described now. */
static GHashTable *
read_known (Salvaging *self)
{
  GHashTable *known = shequ_schema_read_fields (self->from, NULL);

  if (known != NULL && g_hash_table_size (known) == 0)
    g_clear_pointer (&known, g_hash_table_unref);
  return known;
}

static gboolean
read_all (Salvaging *self, GError **error)
{
  g_autoptr (GHashTable) known = read_known (self);
  const GPtrArray *registers = shequ_catalogue_get_registers (self->catalogue);
  guint total = registers->len * 2;

  for (guint i = 0; i < registers->len; i++)
    {
      if (g_cancellable_set_error_if_cancelled (self->cancellable, error) ||
          !read_register (self, registers->pdata[i], known, error))
        return FALSE;
      if (self->progress != NULL)
        self->progress (i + 1, total, self->progress_data);
    }
  if (!read_table (self, "shequ_log", "number", NULL, _ ("Change log"), error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (small_tables); i++)
    if (!read_table (self, small_tables[i].name, "name", small_tables[i].only, NULL, error))
      return FALSE;
  return TRUE;
}

/* What a protected office keeps sealed is indexed when somebody unlocks it. */
static gboolean
build_indexes (Salvaging *self, GError **error)
{
  const GPtrArray *registers = shequ_catalogue_get_registers (self->catalogue);
  g_autoptr (ShequSearchTokens) tokens = shequ_store_new_tokens (self->target, error);
  gboolean closed = FALSE;

  if (tokens == NULL || !shequ_protection_is_closed (self->target->writer, &closed, error))
    return FALSE;
  for (guint i = 0; i < registers->len; i++)
    {
      const ShequRegister *reg = registers->pdata[i];

      if (shequ_sql_register_has_documents (reg) && !(closed && shequ_register_is_sealed (reg)) &&
          !shequ_schema_index (self->target, self->target->writer, reg, tokens, error))
        return FALSE;
      if (self->progress != NULL)
        self->progress (registers->len + i + 1, registers->len * 2, self->progress_data);
    }
  return TRUE;
}

/* Which state of which file: its size and when it was written. */
static char *
name_state (const char *location)
{
  g_autofree char *log = g_strconcat (location, "-wal", NULL);
  GStatBuf file = { 0 }, beside = { 0 };

  g_stat (location, &file);
  g_stat (log, &beside);
  return g_strdup_printf ("%" PRId64 " %" PRId64 " %" PRId64 " %" PRId64, (gint64) file.st_size,
                          (gint64) file.st_mtime, (gint64) beside.st_size, (gint64) beside.st_mtime);
}

static char *
write_note (Salvaging *self)
{
  GString *note = g_string_new (NULL);
  g_autofree char *state = name_state (self->location);

  g_string_append (note, state);
  for (guint i = 0; i < self->salvage->tables->len; i++)
    {
      const ShequSalvagedTable *table = self->salvage->tables->pdata[i];

      g_string_append_printf (note, "\n%s\t%s\t%" PRId64 "\t%" PRId64 "\t%d", table->name, table->label,
                              table->n_read, table->n_expected, table->uncertain);
    }
  return g_string_free (note, FALSE);
}

/* (nullable): as write_note() wrote it. */
static ShequSalvage *
read_note (const char *note, const char *state)
{
  g_auto (GStrv) lines = g_strsplit (note, "\n", -1);
  g_autoptr (ShequSalvage) salvage = salvage_new ();

  if (g_strcmp0 (lines[0], state) != 0)
    return NULL;
  for (guint i = 1; lines[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (lines[i], "\t", -1);
      ShequSalvagedTable *table;

      if (g_strv_length (parts) != 5)
        return NULL;
      table = shequ_salvaged_table_new (parts[0], parts[1]);
      table->n_read = g_ascii_strtoll (parts[2], NULL, 10);
      table->n_expected = g_ascii_strtoll (parts[3], NULL, 10);
      table->uncertain = g_str_equal (parts[4], "1");
      take_table (salvage, table);
    }
  return g_steal_pointer (&salvage);
}

static gboolean
finish (Salvaging *self, const char *target, GError **error)
{
  ShequConnection *to = self->target->writer;
  g_autofree char *note = write_note (self);
  ShequStatement *insert = shequ_connection_prepare (
    to, "INSERT INTO shequ_setting (name, text) VALUES ('" SHEQU_SALVAGE_SETTING "', ?1)", error);

  if (insert == NULL)
    return FALSE;
  shequ_statement_bind_text (insert, 1, note);
  if (!shequ_statement_run (insert, NULL, error) ||
      !shequ_connection_execute (
        to, "DELETE FROM shequ_setting WHERE name = '" MARK "' OR name LIKE '" MARK ".%'", error) ||
      !shequ_connection_execute (to, self->engine->end_filling, error))
    return FALSE;
  g_clear_pointer (&self->target, shequ_store_unref);
  remove_database (target);
  return shequ_backup_file_move (self->part, target, error);
}

static gboolean
has_anything (Salvaging *self, GError **error)
{
  if (self->salvage->n_read > 0)
    return TRUE;
  g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_DAMAGED,
                       _ ("Nothing of the database can be read. Keep the file and restore the last backup"));
  return FALSE;
}

/* (nullable): the engine of a file. */
static const ShequEngine *
find_engine (const char *uri, const char **location, GError **error)
{
  const ShequEngine *engine = shequ_engine_find (uri, location);

  if (engine != NULL && engine->open_damaged != NULL && g_file_test (*location, G_FILE_TEST_IS_REGULAR))
    return engine;
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
               _ ("“%s” is no file; of a server the administrator restores a backup"), uri);
  return NULL;
}

/**
 * shequ_store_salvage:
 * @uri: a damaged database, which is only read
 * @target: the path of the new one, which is replaced where it is there
 * @catalogue: the shipped descriptions
 * @progress: (nullable) (scope call): told how far it is
 * @progress_data: for @progress
 * @cancellable: (nullable): to stop; nothing is left behind
 * @error: %SHEQU_ERROR_DAMAGED when nothing can be read, %SHEQU_ERROR_FULL, %SHEQU_ERROR_UNREACHABLE
 *
 * Copies every record of which the page can be reached, with its key, deleted ones, former versions, the
 * change log, settings and numbers among them, and makes their search index. Records that a link leads to may
 * be missing. What a protected office seals stays sealed.
 *
 * Returns: (transfer full): what could be read
 */
ShequSalvage *
shequ_store_salvage (const char *uri,
                     const char *target,
                     ShequCatalogue *catalogue,
                     ShequOpenProgress progress,
                     gpointer progress_data,
                     GCancellable *cancellable,
                     GError **error)
{
  g_auto (Salvaging) self = { 0 };
  const char *location = NULL;

  self.engine = find_engine (uri, &location, error);
  self.location = g_strdup (location);
  self.copy = g_strconcat (target, ".damaged", NULL);
  self.part = g_strconcat (target, ".part", NULL);
  self.progress = progress;
  self.progress_data = progress_data;
  self.cancellable = cancellable;
  self.salvage = salvage_new ();
  if (self.engine == NULL)
    return NULL;
  remove_database (self.copy);
  self.from = self.engine->open_damaged (self.location, self.copy, cancellable, error);
  if (self.from == NULL || !open_target (&self, catalogue, error) || !read_all (&self, error) ||
      !has_anything (&self, error) || !build_indexes (&self, error) || !finish (&self, target, error))
    return NULL;
  return g_steal_pointer (&self.salvage);
}

/* (nullable): what was salvaged of this very state before. */
static ShequSalvage *
find_salvaged (const char *path, ShequCatalogue *catalogue, const char *state)
{
  g_autoptr (ShequStore) store = NULL;
  g_autofree char *note = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return NULL;
  store = shequ_store_open (path, catalogue, SHEQU_OPEN_EXISTING, NULL, NULL);
  note = store != NULL ? shequ_store_get_setting (store, SHEQU_SALVAGE_SETTING, NULL) : NULL;
  return note != NULL ? read_note (note, state) : NULL;
}

/**
 * shequ_store_open_damaged:
 * @uri: a damaged database
 * @catalogue: the shipped descriptions
 * @progress: (nullable) (scope call): told how far it is
 * @progress_data: for @progress
 * @cancellable: (nullable): to stop
 * @error: as of shequ_store_salvage()
 *
 * Opens what can be read of a damaged database, which is made once and kept beside it. Nothing of it can be
 * changed: shequ_store_begin() refuses.
 *
 * Returns: (transfer full): a store with a shequ_store_get_salvage()
 */
ShequStore *
shequ_store_open_damaged (const char *uri,
                          ShequCatalogue *catalogue,
                          ShequOpenProgress progress,
                          gpointer progress_data,
                          GCancellable *cancellable,
                          GError **error)
{
  const char *location = NULL;
  g_autofree char *readable = NULL;
  g_autofree char *state = NULL;
  g_autoptr (ShequSalvage) salvage = NULL;
  ShequStore *store;

  if (find_engine (uri, &location, error) == NULL)
    return NULL;
  readable = g_strconcat (location, SHEQU_SALVAGE_END, NULL);
  state = name_state (location);
  salvage = find_salvaged (readable, catalogue, state);
  if (salvage == NULL)
    salvage = shequ_store_salvage (uri, readable, catalogue, progress, progress_data, cancellable, error);
  if (salvage == NULL)
    return NULL;
  store = shequ_store_open_with_progress (readable, catalogue, SHEQU_OPEN_EXISTING, progress, progress_data,
                                          cancellable, error);
  if (store != NULL)
    store->salvage = g_steal_pointer (&salvage);
  return store;
}

/**
 * shequ_store_examine:
 * @store: a store
 * @cancellable: (nullable): to stop
 * @error: %SHEQU_ERROR_DAMAGED with the first thing that makes no sense
 *
 * Reads all pages of the database and looks whether they hang together: a fraction of the time of
 * shequ_store_check(). Where they do not, nothing is changed any more.
 *
 * Returns: whether they do
 */
gboolean
shequ_store_examine (ShequStore *store, GCancellable *cancellable, GError **error)
{
  ShequConnection *reader;
  gboolean sound;

  if (store->engine->examine == NULL)
    return TRUE;
  reader = shequ_store_take_program_reader (store, cancellable, error);
  if (reader == NULL)
    return FALSE;
  sound = store->engine->examine (reader, error);
  shequ_store_give_reader (store, reader);
  return sound;
}

/* Before opening changes anything of a database that was there: what a damaged page lacks would be made anew,
 * and what lies there be written over. Costs a look at every page, where there is something to be changed at
 * all. */
gboolean
shequ_store_examine_first (ShequStore *store, ShequConnection *connection, GError **error)
{
  if (!store->examined)
    store->examined = store->engine->examine == NULL || store->engine->examine (connection, error);
  return store->examined;
}

/**
 * shequ_store_is_damaged:
 * @store: a store
 *
 * Returns: whether the database was found damaged since it was opened
 */
gboolean
shequ_store_is_damaged (ShequStore *store)
{
  return g_atomic_int_get (&store->damaged) != 0;
}

/**
 * shequ_store_get_salvage:
 * @store: a store
 *
 * Returns: (transfer none) (nullable): what could be read of the damaged database that it stands for
 */
const ShequSalvage *
shequ_store_get_salvage (ShequStore *store)
{
  return store->salvage;
}
