/*
 * The tables: those of the store itself, step by step from format to format, and those of the registers,
 * generated from their descriptions.
 *
 * A changed description adds tables, columns and indexes; nothing is dropped, so a field that leaves the
 * catalogue keeps its data. A field whose storage changed is refused with its name.
 */
#include "shequ-store-private.h"

#include "shequ-documents-private.h"
#include "shequ-error.h"
#include "shequ-indexes-private.h"
#include "shequ-protection-private.h"
#include "shequ-reindex-private.h"

#include "config.h"

#include <glib/gi18n-lib.h>

/* steps[N] brings format N to N + 1; a fresh database runs them all. */
static void
write_format_1 (GString *script, const ShequEngine *engine)
{
  g_string_append_printf (script, "CREATE TABLE shequ_setting (name %s PRIMARY KEY, text %s)%s;\n",
                          engine->text_type, engine->text_type, engine->table_suffix);
  g_string_append_printf (script, "CREATE TABLE shequ_series (name %s PRIMARY KEY, last %s NOT NULL)%s;\n",
                          engine->text_type, engine->integer_type, engine->table_suffix);
  g_string_append_printf (
    script,
    "CREATE TABLE shequ_field (register %s NOT NULL, field %s NOT NULL, storage %s NOT NULL, "
    "PRIMARY KEY (register, field))%s;\n",
    engine->text_type, engine->text_type, engine->text_type, engine->table_suffix);
  g_string_append_printf (
    script,
    "CREATE TABLE shequ_log (number %s, moment %s NOT NULL, actor %s NOT NULL, workstation %s, "
    "action %s NOT NULL, register %s NOT NULL, record %s NOT NULL, changes %s, reason %s)%s;\n"
    "CREATE INDEX shequ_log_record ON shequ_log (record, register);\n",
    engine->key_type, engine->text_type, engine->text_type, engine->text_type, engine->integer_type,
    engine->text_type, engine->integer_type, engine->text_type, engine->text_type, engine->table_suffix);
}

/* What was done already, for who asks again after a lost answer; and which records a commit changed, for the
 * other workstations. Both are forgotten after some days: shequ-commits.c. */
static void
write_format_2 (GString *script, const ShequEngine *engine)
{
  g_string_append_printf (
    script, "CREATE TABLE shequ_operation (name %s PRIMARY KEY, moment %s NOT NULL, outcome %s)%s;\n",
    engine->text_type, engine->text_type, engine->text_type, engine->table_suffix);
  g_string_append_printf (
    script,
    "CREATE TABLE shequ_change (number %s, moment %s NOT NULL, origin %s NOT NULL, records %s NOT NULL)%s;\n",
    engine->key_type, engine->text_type, engine->text_type, engine->text_type, engine->table_suffix);
}

/* The change log is a chain: shequ-chain.c. */
static void
write_format_3 (GString *script, const ShequEngine *engine)
{
  g_string_append_printf (script,
                          "ALTER TABLE shequ_log ADD COLUMN role %s;\n"
                          "ALTER TABLE shequ_log ADD COLUMN ticks %s;\n"
                          "ALTER TABLE shequ_log ADD COLUMN digest %s;\n"
                          "ALTER TABLE shequ_series ADD COLUMN digest %s;\n",
                          engine->text_type, engine->integer_type, engine->bytes_type, engine->bytes_type);
}

typedef void (*FormatStep) (GString *script, const ShequEngine *engine);

static const FormatStep steps[] = { write_format_1, write_format_2, write_format_3 };

G_STATIC_ASSERT (G_N_ELEMENTS (steps) == SHEQU_STORE_FORMAT);

/* How the values of a field lie in its column. */
const char *
shequ_schema_get_storage (const ShequField *field)
{
  return shequ_field_is_integer (field) ? "integer" : "text";
}

static void
write_column (GString *script, const ShequEngine *engine, const ShequField *field)
{
  g_string_append_printf (script, "\"%s\" %s", field->name,
                          shequ_field_is_integer (field) ? engine->integer_type : engine->text_type);
  if (field->kind == SHEQU_FIELD_YES_NO)
    g_string_append_printf (script, " CHECK (\"%s\" IN (0, 1))", field->name);
  if (field->kind == SHEQU_FIELD_LINK && !engine->late_references)
    g_string_append_printf (script, " REFERENCES \"%s\" (\"key\")", field->target->name);
}

static void
write_field_note (GString *script, const ShequField *field)
{
  g_string_append_printf (script,
                          "INSERT INTO shequ_field (register, field, storage) VALUES ('%s', '%s', '%s');\n",
                          field->owner->name, field->name, shequ_schema_get_storage (field));
}

/* The table of former versions has the columns of the register, without their rules. */
static void
write_history_column (GString *script, const ShequEngine *engine, const ShequField *field)
{
  g_string_append_printf (script, "\"%s\" %s", field->name,
                          shequ_field_is_integer (field) ? engine->integer_type : engine->text_type);
}

static void
write_history_table (GString *script, const ShequEngine *engine, const ShequRegister *reg)
{
  g_string_append_printf (
    script,
    "CREATE TABLE \"%s_history\" (\"key\" %s NOT NULL, \"uuid\" %s NOT NULL, \"version\" %s NOT "
    "NULL, \"deleted_at\" %s, \"valid_from\" %s, \"valid_to\" %s NOT NULL",
    reg->name, engine->integer_type, engine->bytes_type, engine->integer_type, engine->text_type,
    engine->text_type, engine->text_type);
  for (guint i = 0; i < reg->fields->len; i++)
    {
      const ShequField *field = reg->fields->pdata[i];

      if (!shequ_field_is_stored (field))
        continue;
      g_string_append (script, ", ");
      write_history_column (script, engine, field);
      if (shequ_sql_field_has_sort_column (field))
        g_string_append_printf (script, ", \"%s_sort\" %s", field->name, engine->text_type);
    }
  g_string_append_printf (script, ", PRIMARY KEY (\"key\", \"valid_to\"))%s;\n", engine->table_suffix);
  shequ_indexes_write_days (script, reg);
  for (guint i = 0; i < reg->fields->len; i++)
    shequ_indexes_write_history (script, reg->fields->pdata[i]);
  g_string_append_printf (
    script, "INSERT INTO shequ_field (register, field, storage) VALUES ('%s', 'valid_from', 'history');\n",
    reg->name);
}

/* A register that keeps versions since. */
static void
write_added_history (GString *script, const ShequEngine *engine, const ShequRegister *reg)
{
  g_string_append_printf (script, "ALTER TABLE \"%s\" ADD COLUMN \"valid_from\" %s;\n", reg->name,
                          engine->text_type);
  write_history_table (script, engine, reg);
  for (guint i = 0; i < reg->fields->len; i++)
    {
      const ShequField *field = reg->fields->pdata[i];
      gboolean sorted = shequ_sql_field_has_sort_column (field);
      g_autofree char *column = g_strconcat (field->name, sorted ? "_sort" : "", NULL);

      if (!shequ_field_is_stored (field) || !shequ_indexes_sorts_list (field) || (field->unique && !sorted))
        continue;
      g_string_append_printf (script, "DROP INDEX IF EXISTS \"%s_by_%s\";\n", reg->name, column);
      shequ_indexes_write (script, engine, reg, column, FALSE, TRUE);
    }
}

static void
write_table (GString *script, const ShequEngine *engine, const ShequRegister *reg)
{
  g_string_append_printf (script,
                          "CREATE TABLE \"%s\" (\"key\" %s, \"uuid\" %s NOT NULL, \"version\" %s NOT NULL, "
                          "\"deleted_at\" %s",
                          reg->name, engine->key_type, engine->bytes_type, engine->integer_type,
                          engine->text_type);
  if (reg->has_history)
    g_string_append_printf (script, ", \"valid_from\" %s", engine->text_type);
  for (guint i = 0; i < reg->fields->len; i++)
    {
      const ShequField *field = reg->fields->pdata[i];

      if (!shequ_field_is_stored (field))
        continue;
      g_string_append (script, ", ");
      write_column (script, engine, field);
      if (shequ_sql_field_has_sort_column (field))
        g_string_append_printf (script, ", \"%s_sort\" %s", field->name, engine->text_type);
    }
  g_string_append_printf (script, ")%s;\n", engine->table_suffix);
  for (guint i = 0; i < reg->fields->len; i++)
    {
      const ShequField *field = reg->fields->pdata[i];

      if (!shequ_field_is_stored (field))
        continue;
      shequ_indexes_write_field (script, engine, field);
      write_field_note (script, field);
    }
  shequ_indexes_write_identity (script, reg);
  shequ_indexes_write_unique_with (script, reg);
  if (reg->has_history)
    write_history_table (script, engine, reg);
}

/* A field that its register gained since. */
static void
write_added_field (GString *script,
                   const ShequEngine *engine,
                   const ShequField *field,
                   gboolean keeps_history)
{
  g_string_append_printf (script, "ALTER TABLE \"%s\" ADD COLUMN ", field->owner->name);
  write_column (script, engine, field);
  g_string_append (script, ";\n");
  if (shequ_sql_field_has_sort_column (field))
    g_string_append_printf (script, "ALTER TABLE \"%s\" ADD COLUMN \"%s_sort\" %s;\n", field->owner->name,
                            field->name, engine->text_type);
  if (keeps_history)
    {
      g_string_append_printf (script, "ALTER TABLE \"%s_history\" ADD COLUMN ", field->owner->name);
      write_history_column (script, engine, field);
      g_string_append (script, ";\n");
      if (shequ_sql_field_has_sort_column (field))
        g_string_append_printf (script, "ALTER TABLE \"%s_history\" ADD COLUMN \"%s_sort\" %s;\n",
                                field->owner->name, field->name, engine->text_type);
    }
  shequ_indexes_write_field (script, engine, field);
  write_field_note (script, field);
}

/* What was unique without exception until the field came that states exceptions. */
static void
write_added_waiver (GString *script, const ShequField *added, GHashTable *known)
{
  for (guint i = 0; i < added->owner->fields->len; i++)
    {
      const ShequField *field = added->owner->fields->pdata[i];

      if (field->unique_unless != added || !g_hash_table_contains (known, field->name))
        continue;
      g_string_append_printf (script, "DROP INDEX IF EXISTS \"%s_by_%s\";\n", field->owner->name,
                              field->name);
      shequ_indexes_write_waived (script, field);
    }
}

/* Register, field, storage. None is empty but where another page stands in the place of the right one. */
static gboolean
note_field (GHashTable *registers, const char *const texts[3], GError **error)
{
  GHashTable *fields;

  if (texts[0] == NULL || texts[1] == NULL || texts[2] == NULL)
    {
      g_set_error_literal (
        error, SHEQU_ERROR, SHEQU_ERROR_DAMAGED,
        _ ("The list of fields in the database makes no sense; nothing was changed. Keep the "
           "file and restore the last backup"));
      return FALSE;
    }
  fields = g_hash_table_lookup (registers, texts[0]);
  if (fields == NULL)
    {
      fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      g_hash_table_insert (registers, g_strdup (texts[0]), fields);
    }
  g_hash_table_insert (fields, g_strdup (texts[1]), g_strdup (texts[2]));
  return TRUE;
}

/* register -> (field -> storage), as the database has them. */
GHashTable *
shequ_schema_read_fields (ShequConnection *connection, GError **error)
{
  g_autoptr (GHashTable) registers =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_hash_table_unref);
  ShequStatement *statement =
    shequ_connection_prepare (connection, "SELECT register, field, storage FROM shequ_field", error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return NULL;
  while (TRUE)
    {
      const char *texts[3];

      if (!shequ_statement_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        break;
      for (int i = 0; i < 3; i++)
        texts[i] = shequ_statement_get_text (statement, i);
      if (!note_field (registers, texts, error))
        return NULL;
    }
  shequ_statement_reset (statement);
  return g_steal_pointer (&registers);
}

/* A field of the office's own that is found by pinyin only since it was made. */
static void
write_added_order (GString *script,
                   ShequConnection *connection,
                   const ShequField *field,
                   gboolean keeps_history)
{
  g_autofree char *probe = NULL;

  if (!shequ_sql_field_has_sort_column (field) || !shequ_sql_field_is_own (field))
    return;
  probe = g_strdup_printf ("SELECT \"%s_sort\" FROM \"%s\" LIMIT 1", field->name, field->owner->name);
  if (shequ_connection_prepare (connection, probe, NULL) != NULL)
    return;
  g_string_append_printf (script, "ALTER TABLE \"%s\" ADD COLUMN \"%s_sort\" %s;\n", field->owner->name,
                          field->name, connection->engine->text_type);
  if (keeps_history)
    g_string_append_printf (script, "ALTER TABLE \"%s_history\" ADD COLUMN \"%s_sort\" %s;\n",
                            field->owner->name, field->name, connection->engine->text_type);
}

static gboolean
write_changes (GString *script,
               ShequConnection *connection,
               const ShequRegister *reg,
               GHashTable *known,
               GError **error)
{
  gboolean keeps_history = g_strcmp0 (g_hash_table_lookup (known, "valid_from"), "history") == 0;

  for (guint i = 0; i < reg->fields->len; i++)
    {
      const ShequField *field = reg->fields->pdata[i];
      const char *storage = shequ_field_is_stored (field) ? g_hash_table_lookup (known, field->name) : NULL;

      if (!shequ_field_is_stored (field))
        continue;
      if (storage == NULL)
        {
          write_added_field (script, connection->engine, field, keeps_history);
          write_added_waiver (script, field, known);
        }
      else if (!g_str_equal (storage, shequ_schema_get_storage (field)))
        {
          g_set_error (
            error, SHEQU_ERROR, SHEQU_ERROR_CATALOGUE,
            _ ("%s: [Field %s] Kind=%s: the database holds this field as %s. Nothing was changed; give the "
               "field another name"),
            reg->file, field->name, shequ_field_kind_get_name (field->kind), storage);
          return FALSE;
        }
      else
        write_added_order (script, connection, field, keeps_history);
    }
  if (reg->has_history && !keeps_history)
    write_added_history (script, connection->engine, reg);
  return TRUE;
}

/* The links of new columns, once all tables are there. */
static void
write_late_references (GString *script,
                       const ShequEngine *engine,
                       const ShequRegister *reg,
                       GHashTable *known)
{
  for (guint i = 0; engine->late_references && i < reg->fields->len; i++)
    {
      const ShequField *field = reg->fields->pdata[i];

      if (field->kind != SHEQU_FIELD_LINK || (known != NULL && g_hash_table_contains (known, field->name)))
        continue;
      g_string_append_printf (script,
                              "ALTER TABLE \"%s\" ADD FOREIGN KEY (\"%s\") REFERENCES \"%s\" (\"key\") "
                              "DEFERRABLE;\n",
                              reg->name, field->name, field->target->name);
    }
}

/* The script that brings the database to the descriptions; empty when it stands there already. */
static gboolean
write_registers (ShequStore *store,
                 ShequConnection *connection,
                 GHashTable *known,
                 GString *script,
                 GError **error)
{
  const GPtrArray *registers = shequ_catalogue_get_registers (store->catalogue);

  for (guint i = 0; i < registers->len; i++)
    {
      const ShequRegister *reg = registers->pdata[i];
      GHashTable *fields = known != NULL ? g_hash_table_lookup (known, reg->name) : NULL;

      if (fields == NULL)
        write_table (script, store->engine, reg);
      else if (!write_changes (script, connection, reg, fields, error))
        return FALSE;
    }
  for (guint i = 0; i < registers->len && !store->filling; i++)
    {
      const ShequRegister *reg = registers->pdata[i];

      write_late_references (script, store->engine, reg,
                             known != NULL ? g_hash_table_lookup (known, reg->name) : NULL);
    }
  return TRUE;
}

/* Those that were left out while the database was being filled. */
void
shequ_schema_write_references (GString *script, ShequStore *store)
{
  const GPtrArray *registers = shequ_catalogue_get_registers (store->catalogue);

  for (guint i = 0; i < registers->len; i++)
    write_late_references (script, store->engine, registers->pdata[i], NULL);
}

static void
write_index_setting (GString *script, const ShequRegister *reg)
{
  g_autofree char *description = shequ_documents_describe (reg);

  g_string_append_printf (script,
                          "DELETE FROM shequ_setting WHERE name = '" SHEQU_STORE_INDEX_SETTING "%s';\n"
                          "INSERT INTO shequ_setting (name, text) VALUES ('" SHEQU_STORE_INDEX_SETTING
                          "%s', '%s');\n",
                          reg->name, reg->name, description);
}

/* The registers whose search index was made of something else, or not at all. */
static gboolean
list_unindexed (ShequStore *store,
                ShequConnection *connection,
                gboolean fresh,
                GString *script,
                GPtrArray *found,
                GError **error)
{
  const GPtrArray *registers = shequ_catalogue_get_registers (store->catalogue);

  for (guint i = 0; i < registers->len; i++)
    {
      const ShequRegister *reg = registers->pdata[i];
      g_autofree char *name = g_strconcat (SHEQU_STORE_INDEX_SETTING, reg->name, NULL);
      g_autofree char *wanted = shequ_documents_describe (reg);
      g_autofree char *present = NULL;
      gboolean same = FALSE;
      gboolean closed = FALSE;

      if (!fresh && wanted != NULL && !shequ_lookup_setting (connection, name, &present, error))
        return FALSE;
      if (wanted == NULL || g_strcmp0 (present, wanted) == 0)
        continue;
      /* Made when the office is unlocked. */
      if (!fresh && shequ_register_is_sealed (reg) &&
          !shequ_protection_is_closed (connection, &closed, error))
        return FALSE;
      if (closed)
        continue;
      if (!shequ_own_is_unfilled (connection, reg, present, wanted, &same, error))
        return FALSE;
      if (same)
        write_index_setting (script, reg);
      else
        g_ptr_array_add (found, (gpointer) reg);
    }
  return TRUE;
}

static void
write_search_index (GString *script, const ShequEngine *engine, const ShequRegister *reg)
{
  engine->write_search_schema (script, reg->name);
  write_index_setting (script, reg);
}

static gboolean
make_documents (ShequStore *store, ShequConnection *connection, const GPtrArray *unindexed, GError **error)
{
  g_autoptr (ShequSearchTokens) tokens = NULL;

  for (guint i = 0; i < unindexed->len; i++)
    {
      const ShequRegister *reg = unindexed->pdata[i];
      ShequDocumentsStretch stretch = { 0 };

      if (tokens == NULL)
        tokens = shequ_store_new_tokens (store, error);
      if (tokens == NULL || !shequ_documents_make (connection, reg, reg->name, tokens, 0, &stretch, error))
        return FALSE;
    }
  return TRUE;
}

/* Only a move opens what it has not filled, and nothing else. */
static gboolean
check_filling (ShequStore *store, ShequConnection *connection, GError **error)
{
  g_autofree char *mark = NULL;

  if (!shequ_lookup_setting (connection, SHEQU_STORE_MOVE_SETTING, &mark, error))
    return FALSE;
  if ((mark != NULL) == store->filling)
    return TRUE;
  if (store->filling)
    g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
                         _ ("The database holds an office already and was not touched. Name one that is not "
                            "there yet, or is empty"));
  else
    g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_LOCKED,
                         _ ("An office is being moved to this database, and it is not whole yet. Run "
                            "“shequ-cli move” again, with "
                            "the same words: it goes on where it stopped"));
  return FALSE;
}

static gboolean
read_format (ShequConnection *connection, int *format, GError **error)
{
  g_autofree char *text = NULL;
  gboolean exists = FALSE;

  if (!connection->engine->table_exists (connection, "shequ_setting", &exists, error))
    return FALSE;
  if (!exists)
    {
      g_set_error_literal (
        error, SHEQU_ERROR, SHEQU_ERROR_DAMAGED,
        _ ("There is no office of Shequ in this database; it was not touched. Choose another "
           "database, or make a new office"));
      return FALSE;
    }
  if (!shequ_lookup_setting (connection, "format", &text, error))
    return FALSE;
  *format = text != NULL ? atoi (text) : 0;
  if (*format > SHEQU_STORE_FORMAT)
    {
      g_set_error (
        error, SHEQU_ERROR, SHEQU_ERROR_NEWER,
        _ (
          "The database was written by a newer Shequ (format %d; this program knows %d). It was not touched. "
          "Install the newer program"),
        *format, SHEQU_STORE_FORMAT);
      return FALSE;
    }
  return TRUE;
}

/* Whether it is a database that this program can work with, once it is brought up to date. */
gboolean
shequ_schema_check (ShequConnection *connection, GError **error)
{
  int format;

  return read_format (connection, &format, error);
}

/* Of several programs that bring up one database, one does it at a time. */
gboolean
shequ_schema_hold (ShequConnection *connection, GError **error)
{
  g_autofree char *text =
    g_strconcat ("SELECT text FROM shequ_setting WHERE name = 'format'", connection->engine->row_lock, NULL);

  return shequ_connection_execute (connection, text, error);
}

static gboolean
apply (ShequStore *store,
       ShequConnection *connection,
       const char *script,
       const GPtrArray *unindexed,
       GError **error)
{
  if (!connection->engine->begin (connection, error))
    return FALSE;
  if ((unindexed == NULL || shequ_schema_hold (connection, error)) &&
      shequ_connection_execute (connection, script, error) &&
      (unindexed == NULL || make_documents (store, connection, unindexed, error)) &&
      shequ_connection_execute (connection, "COMMIT", error))
    return TRUE;
  shequ_connection_execute (connection, "ROLLBACK", NULL);
  return FALSE;
}

/* Takes the registers out that are large, and there already: their indexes are made beside the old ones. */
static gboolean
take_large (ShequConnection *connection,
            GHashTable *known,
            GPtrArray *unindexed,
            GPtrArray *large,
            GError **error)
{
  for (guint i = unindexed->len; i-- > 0;)
    {
      const ShequRegister *reg = unindexed->pdata[i];
      gint64 count = 0;

      if (known == NULL || !g_hash_table_contains (known, reg->name))
        continue;
      if (!shequ_reindex_count (connection, reg, &count, error))
        return FALSE;
      if (count >= SHEQU_REINDEX_LEAST)
        g_ptr_array_add (large, g_ptr_array_remove_index (unindexed, i));
    }
  return TRUE;
}

static gboolean
refuse_to_read (GError **error)
{
  g_set_error_literal (
    error, SHEQU_ERROR, SHEQU_ERROR_UNREACHABLE,
    _ ("The database is of an older Shequ and may only be read; it cannot be brought up to date. "
       "Check the rights of the file and its folder"));
  return FALSE;
}

static gboolean
prepare_once (ShequStore *store,
              ShequConnection *connection,
              gboolean fresh,
              gboolean indexed,
              GError **error)
{
  g_autoptr (GString) script = g_string_new (NULL);
  g_autoptr (GHashTable) known = NULL;
  g_autoptr (GPtrArray) unindexed = g_ptr_array_new ();
  g_autoptr (GPtrArray) large = g_ptr_array_new ();
  int format = 0;

  if (!fresh && (!read_format (connection, &format, error) || !check_filling (store, connection, error)))
    return FALSE;
  for (int step = format; step < SHEQU_STORE_FORMAT; step++)
    steps[step](script, store->engine);
  if (!fresh && (known = shequ_schema_read_fields (connection, error)) == NULL)
    return FALSE;
  if (format < SHEQU_STORE_FORMAT)
    g_string_append_printf (script,
                            "DELETE FROM shequ_setting WHERE name = 'format';\n"
                            "INSERT INTO shequ_setting (name, text) VALUES ('format', '%d');\n",
                            SHEQU_STORE_FORMAT);
  if (fresh && store->filling)
    g_string_append (script,
                     "INSERT INTO shequ_setting (name, text) VALUES ('" SHEQU_STORE_MOVE_SETTING "', '');\n");
  if (!write_registers (store, connection, known, script, error) ||
      (indexed && !list_unindexed (store, connection, fresh, script, unindexed, error)))
    return FALSE;
  if (!take_large (connection, known, unindexed, large, error))
    return FALSE;
  for (guint i = 0; i < unindexed->len; i++)
    write_search_index (script, store->engine, unindexed->pdata[i]);
  if (script->len == 0 && large->len == 0)
    return TRUE;
  if (store->mode == SHEQU_OPEN_READ_ONLY)
    return refuse_to_read (error);
  if (!fresh && !shequ_store_examine_first (store, connection, error))
    return FALSE;
  return (script->len == 0 || apply (store, connection, script->str, fresh ? NULL : unindexed, error)) &&
         shequ_reindex_run (store, connection, large, error);
}

/*
 * Brings a database to today's format and descriptions in one transaction, or leaves it as it was. One that
 * may only be read is taken as it is when nothing is missing. Search documents are made when it shall be
 * indexed, once all descriptions are known; those of large registers behind it, a stretch after the other.
 * Where another program has done the same meanwhile, what is left is looked for once more.
 */
gboolean
shequ_schema_prepare (ShequStore *store,
                      ShequConnection *connection,
                      gboolean fresh,
                      gboolean indexed,
                      GError **error)
{
  g_autoptr (GError) first = NULL;

  if (prepare_once (store, connection, fresh, indexed, &first))
    return TRUE;
  if (!fresh && !connection->lost && g_error_matches (first, SHEQU_ERROR, SHEQU_ERROR_INTERNAL))
    return prepare_once (store, connection, fresh, indexed, error);
  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}

/* The search index of one register of a database that is being filled; done once. */
gboolean
shequ_schema_index (ShequStore *store,
                    ShequConnection *connection,
                    const ShequRegister *reg,
                    ShequSearchTokens *tokens,
                    GError **error)
{
  g_autofree char *name = g_strconcat (SHEQU_STORE_INDEX_SETTING, reg->name, NULL);
  g_autofree char *wanted = shequ_documents_describe (reg);
  g_autofree char *present = NULL;
  g_autoptr (GString) script = g_string_new (NULL);
  g_autoptr (GString) resume = g_string_new (NULL);
  ShequDocumentsStretch stretch = { 0 };

  if (!shequ_lookup_setting (connection, name, &present, error))
    return FALSE;
  if (g_strcmp0 (present, wanted) == 0)
    return TRUE;
  write_search_index (script, store->engine, reg);
  if (store->engine->write_search_pause != NULL)
    {
      store->engine->write_search_pause (script, reg->name);
      store->engine->write_search_resume (resume, reg->name);
    }
  if (!connection->engine->begin (connection, error))
    return FALSE;
  if (shequ_connection_execute (connection, script->str, error) &&
      shequ_documents_make (connection, reg, reg->name, tokens, 0, &stretch, error) &&
      (resume->len == 0 || shequ_connection_execute (connection, resume->str, error)) &&
      shequ_connection_execute (connection, "COMMIT", error))
    return TRUE;
  connection->cancellable = NULL;
  shequ_connection_execute (connection, "ROLLBACK", NULL);
  return FALSE;
}
