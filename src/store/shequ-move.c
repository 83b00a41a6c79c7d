/*
 * Moving: a whole office, as it stood at one moment, into an empty database, of the same engine or another.
 *
 * All tables are copied as they stand, out-of-use columns among them; only the search index is built anew.
 * The target holds, beside each piece and in its transaction, how far it was filled, so that a move that was
 * killed is taken up there; and until it is whole nothing else opens it (shequ-schema.c). Last of all
 * everything is read back and compared.
 */
#include "shequ-move.h"

#include "shequ-error.h"
#include "shequ-move-table-private.h"
#include "shequ-protection-private.h"
#include "shequ-store-private.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

/* The mark of a target: of which office, and its last log entry. Under it and the name of a table stands how
 * far that is filled. */
#define MARK SHEQU_STORE_MOVE_SETTING
#define BROKEN "broken"

/* What programs say to each other about the tables is of the one database alone. */
#define ONLY_SETTINGS                                                                                        \
  "name <> 'format' AND name <> '" MARK "' AND name NOT LIKE '" MARK ".%' AND name NOT LIKE "                \
  "'" SHEQU_STORE_INDEX_SETTING "%'"

static const struct
{
  const char *name;
  const char *only;
} small_tables[] = {
  { "shequ_operation", "TRUE" },
  { "shequ_series", "name <> '" SHEQU_STORE_LOG_SERIES "'" },
  { "shequ_setting", ONLY_SETTINGS },
};

typedef struct
{
  ShequStore *source;
  ShequStore *target;
  ShequConnection *from; /* at one moment */
  ShequConnection *to;
  GPtrArray *tables; /* of ShequMoveTable: first those that are copied in pieces */
  guint n_large;
  char *identity; /* of the office */
  ShequMoveResult *result;
  ShequMoveProgress progress;
  gpointer user_data;
  GCancellable *cancellable;
  gint64 n_steps;
  gint64 n_done;
} Move;

static void
free_moved (gpointer data)
{
  ShequMovedTable *table = data;

  g_free (table->name);
  g_free (table->digest);
  g_free (table);
}

void
shequ_move_result_free (ShequMoveResult *result)
{
  g_ptr_array_unref (result->tables);
  g_free (result);
}

static void
move_clear (Move *move)
{
  if (move->from != NULL)
    shequ_connection_execute (move->from, "ROLLBACK", NULL);
  g_clear_pointer (&move->from, shequ_connection_close);
  if (move->to != NULL)
    move->to->cancellable = NULL;
  g_clear_pointer (&move->target, shequ_store_unref);
  g_clear_pointer (&move->tables, g_ptr_array_unref);
  g_clear_pointer (&move->result, shequ_move_result_free);
  g_free (move->identity);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Move, move_clear)

static void
advance (Move *move, const char *table, gint64 n_steps)
{
  move->n_done += n_steps;
  if (move->progress != NULL)
    move->progress (table, move->n_steps > 0 ? MIN (1.0, (double) move->n_done / (double) move->n_steps) : 1,
                    move->user_data);
}

static gboolean
ask_number (ShequConnection *connection, const char *text, gint64 *number, GError **error)
{
  ShequStatement *statement = shequ_connection_prepare (connection, text, error);
  gboolean has_row = FALSE;

  *number = 0;
  if (statement == NULL || !shequ_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row)
    *number = shequ_statement_get_integer (statement, 0);
  shequ_statement_reset (statement);
  return TRUE;
}

static gboolean
set_setting (ShequConnection *connection, const char *name, const char *text, GError **error)
{
  ShequStatement *removal =
    shequ_connection_prepare (connection, "DELETE FROM shequ_setting WHERE name = ?1", error);
  ShequStatement *insert;

  if (removal == NULL)
    return FALSE;
  shequ_statement_bind_text (removal, 1, name);
  if (!shequ_statement_run (removal, NULL, error))
    return FALSE;
  insert =
    shequ_connection_prepare (connection, "INSERT INTO shequ_setting (name, text) VALUES (?1, ?2)", error);
  if (insert == NULL)
    return FALSE;
  shequ_statement_bind_text (insert, 1, name);
  shequ_statement_bind_text (insert, 2, text);
  return shequ_statement_run (insert, NULL, error);
}

static gboolean
end_transaction (ShequConnection *connection, gboolean done, GError **error)
{
  if (done && shequ_connection_execute (connection, "COMMIT", error))
    return TRUE;
  connection->cancellable = NULL;
  shequ_connection_execute (connection, "ROLLBACK", NULL);
  return FALSE;
}

/* A database that cannot be written is a copy or a stand-by: what it holds may be old. */
static gboolean
check_source (ShequStore *source, GCancellable *cancellable, GError **error)
{
  const ShequActor nobody = { "", "", NULL, "1970-01-01T00:00:00Z", NULL };
  g_autoptr (ShequTransaction) trial = shequ_store_begin_as_program (source, &nobody, cancellable, error);

  return trial != NULL && shequ_transaction_set_setting (trial, MARK, "", error);
}

static gboolean
check_target (ShequStore *source, const char *uri, GError **error)
{
  const char *location = NULL;
  const ShequEngine *engine = shequ_engine_find (uri, &location);
  g_autoptr (GFile) one = g_file_new_for_path (source->location);
  g_autoptr (GFile) other = g_file_new_for_path (location);

  if (engine != source->engine || !(g_str_equal (location, source->location) || g_file_equal (one, other)))
    return TRUE;
  g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
                       _ ("The office is in this very database. Name another one; nothing was copied"));
  return FALSE;
}

/* What tells one office from another: the beginning of its change log. */
static gboolean
read_identity (Move *move, GError **error)
{
  ShequStatement *statement = shequ_connection_prepare (
    move->from,
    "SELECT number, moment, actor, register, record, changes FROM shequ_log ORDER BY number LIMIT 1", error);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *digest = NULL;
  gboolean has_row = FALSE;

  if (statement == NULL || !shequ_statement_step (statement, &has_row, error))
    return FALSE;
  for (int i = 0; has_row && i < 6; i++)
    {
      const char *part = shequ_statement_get_text (statement, i);

      g_string_append_printf (text, "%s\n", part != NULL ? part : "");
    }
  shequ_statement_reset (statement);
  digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text->str, (gssize) text->len);
  move->identity = g_strndup (digest, 32);
  return ask_number (move->from, "SELECT max(number) FROM shequ_log", &move->result->last_entry, error);
}

/* Who sees one unit alone would copy that unit, and call it the office. */
static gboolean
check_sight (Move *move, GError **error)
{
  const ShequEngine *engine = move->source->engine;
  gboolean sees_all = TRUE;

  if (engine->sees_all != NULL && !engine->sees_all (move->from, "shequ_log", &sees_all, error))
    return FALSE;
  if (!sees_all)
    g_set_error_literal (
      error, SHEQU_ERROR, SHEQU_ERROR_PERMISSION,
      _ ("Who is signed in on the server sees a part of the office only. Nothing was copied; sign in "
         "as the owner of the database"));
  return sees_all;
}

static gboolean
open_source (Move *move, GError **error)
{
  move->from = shequ_store_open_reader (move->source, error);
  if (move->from == NULL)
    return FALSE;
  move->from->cancellable = move->cancellable;
  if (!check_sight (move, error))
    return FALSE;
  return shequ_connection_execute (move->from, move->source->engine->begin_snapshot, error) &&
         read_identity (move, error);
}

static gboolean
add_table (Move *move,
           const char *name,
           const char *first_key,
           const char *second_key,
           const char *only,
           GError **error)
{
  ShequMoveTable *table = shequ_move_table_new (move->from, name, first_key, second_key, only, error);

  if (table != NULL)
    g_ptr_array_add (move->tables, table);
  return table != NULL;
}

/* As the database has them, whatever the descriptions say today. */
static gboolean
list_tables (Move *move, GError **error)
{
  g_autoptr (GHashTable) known = shequ_schema_read_fields (move->from, error);
  g_autoptr (GList) names = NULL;

  if (known == NULL)
    return FALSE;
  names = g_list_sort (g_hash_table_get_keys (known), (GCompareFunc) strcmp);
  for (GList *at = names; at != NULL; at = at->next)
    {
      gboolean keeps_history =
        g_strcmp0 (g_hash_table_lookup (g_hash_table_lookup (known, at->data), "valid_from"), "history") == 0;
      g_autofree char *history = g_strconcat (at->data, "_history", NULL);

      if (!add_table (move, at->data, "key", NULL, NULL, error) ||
          (keeps_history && !add_table (move, history, "key", "valid_to", NULL, error)))
        return FALSE;
    }
  if (!add_table (move, "shequ_log", "number", NULL, NULL, error))
    return FALSE;
  move->n_large = move->tables->len;
  for (guint i = 0; i < G_N_ELEMENTS (small_tables); i++)
    if (!add_table (move, small_tables[i].name, "name", NULL, small_tables[i].only, error))
      return FALSE;
  return TRUE;
}

static gboolean
count_steps (Move *move, GError **error)
{
  for (guint i = 0; i < move->n_large; i++)
    {
      const ShequMoveTable *table = move->tables->pdata[i];
      g_autofree char *text = g_strdup_printf ("SELECT count(*) FROM \"%s\"", table->name);
      const ShequRegister *reg = shequ_catalogue_lookup (move->source->catalogue, table->name);
      gint64 n_rows = 0;

      if (!ask_number (move->from, text, &n_rows, error))
        return FALSE;
      /* Copied, read back, and indexed. */
      move->n_steps += n_rows * (reg != NULL && shequ_sql_register_has_documents (reg) ? 3 : 2);
    }
  return TRUE;
}

static gboolean
copy_field_notes (Move *move, GError **error)
{
  ShequStatement *look =
    shequ_connection_prepare (move->from, "SELECT register, field, storage FROM shequ_field", error);
  ShequStatement *insert = shequ_connection_prepare (
    move->to, "INSERT INTO shequ_field (register, field, storage) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
    error);
  gboolean has_row = FALSE;
  gboolean done = look != NULL && insert != NULL;

  while (done && (done = shequ_statement_step (look, &has_row, error)) && has_row)
    {
      for (int i = 0; i < 3; i++)
        shequ_statement_bind_text (insert, i + 1, shequ_statement_get_text (look, i));
      done = shequ_statement_run (insert, NULL, error);
    }
  if (look != NULL)
    shequ_statement_reset (look);
  return done;
}

static gboolean
make_tables (Move *move, GError **error)
{
  if (!shequ_connection_execute (move->to, "BEGIN", error))
    return FALSE;
  for (guint i = 0; i < move->tables->len; i++)
    if (!shequ_move_table_make (move->tables->pdata[i], move->to, error))
      return end_transaction (move->to, FALSE, error);
  return end_transaction (move->to, copy_field_notes (move, error), error);
}

/* Everything that was copied before goes. */
static gboolean
empty_target (Move *move, GError **error)
{
  gboolean done = shequ_connection_execute (move->to, "BEGIN", error);

  for (guint i = 0; done && i < move->tables->len; i++)
    {
      const ShequMoveTable *table = move->tables->pdata[i];
      g_autofree char *text = g_strdup_printf ("DELETE FROM \"%s\" WHERE %s", table->name,
                                               table->only != NULL ? table->only : "TRUE");

      done = shequ_connection_execute (move->to, text, error);
    }
  return end_transaction (move->to,
                          done &&
                            shequ_connection_execute (move->to,
                                                      "DELETE FROM shequ_setting WHERE name LIKE '" MARK
                                                      ".%' OR name LIKE '" SHEQU_STORE_INDEX_SETTING "%'",
                                                      error),
                          error);
}

/* A target is new, was left by a move of the same office, or is not touched. */
static gboolean
prepare_target (Move *move, GError **error)
{
  g_autofree char *mark = NULL;
  g_autofree char *wanted = g_strdup_printf ("%s %" PRId64, move->identity, move->result->last_entry);

  if (!shequ_lookup_setting (move->to, MARK, &mark, error) || !make_tables (move, error))
    return FALSE;
  if (mark != NULL && *mark != '\0' && !g_str_has_prefix (mark, BROKEN) &&
      !g_str_has_prefix (mark, move->identity))
    {
      g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
                           _ ("Another office was being moved to this database, and it is not whole yet. "
                              "Nothing was copied; name "
                              "another database, or end the other move first"));
      return FALSE;
    }
  if (g_strcmp0 (mark, wanted) == 0)
    {
      move->result->resumed = TRUE;
      return TRUE;
    }
  if (mark != NULL && *mark != '\0')
    {
      move->result->anew = TRUE;
      if (!empty_target (move, error))
        return FALSE;
    }
  return shequ_connection_execute (move->to, "BEGIN", error) &&
         end_transaction (move->to, set_setting (move->to, MARK, wanted, error), error);
}

static gboolean
open_target (Move *move, const char *uri, GError **error)
{
  g_autoptr (ShequCatalogue) catalogue = shequ_own_read_all (move->source->shipped, move->from, error);

  if (catalogue == NULL)
    return FALSE;
  move->target = shequ_store_open_unfilled (uri, catalogue, move->cancellable, error);
  if (move->target == NULL)
    return FALSE;
  move->to = move->target->writer;
  move->to->cancellable = move->cancellable;
  return prepare_target (move, error);
}

/* The next rows, and how far the table is now, in one transaction. */
static gboolean
copy_piece (Move *move,
            const ShequMoveTable *table,
            const char *name,
            ShequMovePlace *place,
            guint *n_rows,
            GError **error)
{
  g_autofree char *text = NULL;
  gboolean done;

  if (!shequ_connection_execute (move->to, "BEGIN", error))
    return FALSE;
  done = shequ_move_table_step (table, move->from, move->to, place, n_rows, error);
  text = shequ_move_place_format (place);
  return end_transaction (move->to, done && set_setting (move->to, name, text, error), error);
}

static gboolean
copy_table (Move *move, const ShequMoveTable *table, ShequMovePlace *place, GError **error)
{
  g_autofree char *name = g_strdup_printf (MARK ".%s", table->name);
  g_autofree char *text = NULL;
  guint n_rows = 1;

  shequ_move_place_start (place, table);
  if (!shequ_lookup_setting (move->to, name, &text, error))
    return FALSE;
  if (text != NULL)
    shequ_move_place_parse (place, text);
  advance (move, table->name, place->n_rows);
  while (n_rows > 0)
    {
      if (g_cancellable_set_error_if_cancelled (move->cancellable, error) ||
          !copy_piece (move, table, name, place, &n_rows, error))
        {
          g_prefix_error (error, "%s: ", table->name);
          return FALSE;
        }
      advance (move, table->name, n_rows);
    }
  return TRUE;
}

/* Settings and numbers change without an entry in the log: they are copied last, whole, and always again. */
static gboolean
copy_small_table (Move *move, const ShequMoveTable *table, ShequMovePlace *place, GError **error)
{
  g_autofree char *text = g_strdup_printf ("DELETE FROM \"%s\" WHERE %s", table->name, table->only);
  guint n_rows = 0;

  shequ_move_place_start (place, table);
  return shequ_connection_execute (move->to, "BEGIN", error) &&
         end_transaction (move->to,
                          shequ_connection_execute (move->to, text, error) &&
                            shequ_move_table_step (table, move->from, move->to, place, &n_rows, error),
                          error);
}

static void
note_table (Move *move, const ShequMoveTable *table, const ShequMovePlace *place)
{
  ShequMovedTable *moved = g_new0 (ShequMovedTable, 1);
  g_autofree char *text = shequ_move_place_format (place);

  moved->name = g_strdup (table->name);
  moved->n_rows = place->n_rows;
  moved->digest = g_strdup (strrchr (text, ' ') + 1);
  g_ptr_array_add (move->result->tables, moved);
}

/* The next move to this target begins anew. */
static void
set_difference (Move *move, const ShequMoveTable *table, gint64 wanted, gint64 found, GError **error)
{
  if (shequ_connection_execute (move->to, "BEGIN", NULL))
    end_transaction (move->to, set_setting (move->to, MARK, BROKEN, NULL), NULL);
  g_set_error (
    error, SHEQU_ERROR, SHEQU_ERROR_DAMAGED,
    _ ("What stands in the copy is not what was copied (%s: %" PRId64 " records of %" PRId64
       ", or other values). The copy cannot be used; the office is as it was. Run the move again: it "
       "begins anew"),
    table->name, found, wanted);
}

/* Reads a table of the target back. */
static gboolean
verify_table (Move *move, const ShequMoveTable *copied, const ShequMovePlace *place, GError **error)
{
  g_autoptr (ShequMoveTable) table =
    shequ_move_table_new (move->to, copied->name, copied->keys[0], copied->keys[1], copied->only, error);
  g_auto (ShequMovePlace) found = { 0 };
  guint n_rows = 1;

  if (table == NULL)
    return FALSE;
  /* The columns of the source; one that only the target has is empty. */
  g_ptr_array_unref (table->columns);
  table->columns = g_ptr_array_ref (copied->columns);
  shequ_move_place_start (&found, table);
  while (n_rows > 0)
    {
      if (g_cancellable_set_error_if_cancelled (move->cancellable, error) ||
          !shequ_move_table_step (table, move->to, NULL, &found, &n_rows, error))
        return FALSE;
      if (table->only != NULL)
        break;
      advance (move, table->name, n_rows);
    }
  if (found.n_rows == place->n_rows && memcmp (found.digest, place->digest, sizeof found.digest) == 0)
    return TRUE;
  set_difference (move, table, place->n_rows, found.n_rows, error);
  return FALSE;
}

static gboolean
copy_and_verify (Move *move, GError **error)
{
  g_autofree ShequMovePlace *places = g_new0 (ShequMovePlace, move->tables->len);
  gboolean done = TRUE;

  for (guint i = 0; done && i < move->tables->len; i++)
    {
      const ShequMoveTable *table = move->tables->pdata[i];

      done = i < move->n_large ? copy_table (move, table, &places[i], error)
                               : copy_small_table (move, table, &places[i], error);
    }
  for (guint i = 0; done && i < move->tables->len; i++)
    {
      done = verify_table (move, move->tables->pdata[i], &places[i], error);
      if (done)
        note_table (move, move->tables->pdata[i], &places[i]);
    }
  for (guint i = 0; i < move->tables->len; i++)
    shequ_move_place_clear (&places[i]);
  return done;
}

/* One register after the other, each whole or not at all. */
static gboolean
build_indexes (Move *move, GError **error)
{
  const GPtrArray *registers = shequ_catalogue_get_registers (move->source->catalogue);
  g_autoptr (ShequSearchTokens) tokens = shequ_store_new_tokens (move->source, error);

  /* What is sealed is read back with the keys of the office. */
  shequ_protection_fit (move->source, move->to);
  if (tokens == NULL || (move->to->engine->know_filling != NULL &&
                         !shequ_connection_execute (move->to, move->to->engine->know_filling, error)))
    return FALSE;
  for (guint i = 0; i < registers->len; i++)
    {
      const ShequRegister *reg = registers->pdata[i];
      g_autofree char *text = g_strdup_printf ("SELECT count(*) FROM \"%s\"", reg->name);
      gint64 n_rows = 0;

      if (!shequ_sql_register_has_documents (reg))
        continue;
      if (!ask_number (move->to, text, &n_rows, error) ||
          !shequ_schema_index (move->target, move->to, reg, tokens, error))
        return FALSE;
      advance (move, reg->name, n_rows);
    }
  return TRUE;
}

/* Links are declared, new keys go on behind the copied ones, and the mark goes: the target is an office. */
static gboolean
finish (Move *move, GError **error)
{
  const ShequEngine *engine = move->target->engine;
  g_autoptr (GString) script = g_string_new (NULL);

  /* From here on it is done whatever is asked. */
  if (g_cancellable_set_error_if_cancelled (move->cancellable, error))
    return FALSE;
  move->from->cancellable = NULL;
  move->to->cancellable = NULL;
  shequ_schema_write_references (script, move->target);
  for (guint i = 0; engine->write_next_key != NULL && i < move->n_large; i++)
    {
      const ShequMoveTable *table = move->tables->pdata[i];
      g_autofree char *text =
        g_strdup_printf ("SELECT coalesce(max(\"%s\"), 0) + 1 FROM \"%s\"", table->keys[0], table->name);
      gint64 next = 1;

      if (table->keys[1] == NULL && !ask_number (move->to, text, &next, error))
        return FALSE;
      if (table->keys[1] == NULL)
        engine->write_next_key (script, table->name, table->keys[0], next);
    }
  g_string_append (script, "DELETE FROM shequ_setting WHERE name = '" MARK "' OR name LIKE '" MARK ".%';\n");
  return shequ_connection_execute (move->to, "BEGIN", error) &&
         end_transaction (move->to, shequ_connection_execute (move->to, script->str, error), error) &&
         (engine->end_filling == NULL || shequ_connection_execute (move->to, engine->end_filling, error));
}

static gboolean
count_later (Move *move, GError **error)
{
  gint64 last = 0;

  if (!shequ_connection_execute (move->from, "ROLLBACK", error) ||
      !ask_number (move->from, "SELECT max(number) FROM shequ_log", &last, error))
    return FALSE;
  move->result->n_later = last - move->result->last_entry;
  return TRUE;
}

/**
 * shequ_store_move:
 * @source: the store that holds the office; others may go on working
 * @uri: the database that is filled: one that is not there, is empty, or was left by an interrupted move of
 *   this office
 * @progress: (nullable): told after each piece
 * @user_data: for @progress
 * @cancellable: (nullable): stops it between two pieces; the next move goes on there
 * @error: %SHEQU_ERROR_ARGUMENT where the target holds an office, %SHEQU_ERROR_DAMAGED where the copy is not
 *   what was copied, and whatever either database says
 *
 * Copies everything as it stood when the move began: records, deleted ones among them, with their keys and
 * identifiers, former versions, the change log, settings and numbers. Every table is read back and compared
 * by the number and the digest of its rows. What is not whole is refused when it is opened as an office.
 *
 * Returns: (transfer full): what was copied
 */
ShequMoveResult *
shequ_store_move (ShequStore *source,
                  const char *uri,
                  ShequMoveProgress progress,
                  gpointer user_data,
                  GCancellable *cancellable,
                  GError **error)
{
  g_auto (Move) move = { 0 };

  move.source = source;
  move.progress = progress;
  move.user_data = user_data;
  move.cancellable = cancellable;
  move.tables = g_ptr_array_new_with_free_func ((GDestroyNotify) shequ_move_table_free);
  move.result = g_new0 (ShequMoveResult, 1);
  move.result->tables = g_ptr_array_new_with_free_func (free_moved);
  if (!shequ_store_allows (source, SHEQU_RIGHT_BACKUP, NULL, error) || !check_target (source, uri, error) ||
      !check_source (source, cancellable, error) || !open_source (&move, error) ||
      !list_tables (&move, error) || !count_steps (&move, error) || !open_target (&move, uri, error) ||
      !copy_and_verify (&move, error) || !build_indexes (&move, error) || !finish (&move, error) ||
      !count_later (&move, error))
    return NULL;
  return g_steal_pointer (&move.result);
}
