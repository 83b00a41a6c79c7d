/* Is the database whole? What `shequ-cli check` says. */
#include "shequ-chain-private.h"
#include "shequ-store-private.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

static gboolean
ask (ShequConnection *connection, const char *text, gint64 *answer, GError **error)
{
  ShequStatement *statement = shequ_connection_prepare (connection, text, error);
  gboolean has_row = FALSE;

  if (statement == NULL || !shequ_statement_step (statement, &has_row, error))
    return FALSE;
  *answer = has_row ? shequ_statement_get_integer (statement, 0) : 0;
  shequ_statement_reset (statement);
  return TRUE;
}

static gboolean
ask_about_documents (ShequConnection *connection, const char *text, gint64 *answer, GError **error)
{
  ShequStatement *statement = shequ_connection_prepare (connection, text, error);
  char *every[] = { (char *) "", NULL };
  g_autofree char *search = shequ_engine_build_search (connection, every, FALSE, SHEQU_MATCH_BEGUN);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return FALSE;
  shequ_statement_bind_text (statement, 1, search);
  if (!shequ_statement_step (statement, &has_row, error))
    return FALSE;
  *answer = has_row ? shequ_statement_get_integer (statement, 0) : 0;
  shequ_statement_reset (statement);
  return TRUE;
}

/* The beginning of nothing finds every document. */
static gboolean
check_search (ShequConnection *connection, const ShequRegister *reg, GPtrArray *problems, GError **error)
{
  g_autoptr (GString) missing = g_string_new (NULL);
  g_autoptr (GString) extra = g_string_new ("SELECT count(*) FROM (");
  gint64 n_missing = 0;
  gint64 n_extra = 0;

  if (!shequ_sql_register_has_documents (reg))
    return TRUE;
  g_string_append_printf (
    missing, "SELECT count(*) FROM \"%s\" t WHERE t.\"deleted_at\" IS NULL AND t.\"key\" NOT IN (",
    reg->name);
  connection->engine->write_search (missing, reg->name, 1);
  g_string_append (missing, ")");
  connection->engine->write_search (extra, reg->name, 1);
  g_string_append_printf (
    extra, " EXCEPT SELECT t.\"key\" FROM \"%s\" t WHERE t.\"deleted_at\" IS NULL) extra", reg->name);
  if (!ask_about_documents (connection, missing->str, &n_missing, error) ||
      !ask_about_documents (connection, extra->str, &n_extra, error))
    return FALSE;
  if (n_missing > 0)
    g_ptr_array_add (problems, g_strdup_printf (_ ("%s: %" PRId64 " records cannot be found by searching"),
                                                reg->label, n_missing));
  if (n_extra > 0)
    g_ptr_array_add (problems,
                     g_strdup_printf (_ ("%s: the search index knows %" PRId64 " records that are not there"),
                                      reg->label, n_extra));
  return TRUE;
}

static gboolean
check_log (ShequConnection *connection, const ShequRegister *reg, GPtrArray *problems, GError **error)
{
  g_autofree char *text =
    g_strdup_printf ("SELECT count(*) FROM \"%s\" t WHERE NOT EXISTS "
                     "(SELECT 1 FROM shequ_log l WHERE l.register = '%s' AND l.record = t.\"key\")",
                     reg->name, reg->name);
  gint64 n_silent = 0;

  if (!ask (connection, text, &n_silent, error))
    return FALSE;
  if (n_silent > 0)
    g_ptr_array_add (problems, g_strdup_printf (_ ("%s: %" PRId64 " records are missing from the change log"),
                                                reg->label, n_silent));
  return TRUE;
}

/* For who sees all of the log. */
static gboolean
check_chain (ShequConnection *connection, GPtrArray *problems, GError **error)
{
  const ShequEngine *engine = connection->engine;
  gboolean sees_all = TRUE;

  if (engine->sees_all != NULL && !engine->sees_all (connection, "shequ_log", &sees_all, error))
    return FALSE;
  return !sees_all || shequ_chain_check (connection, problems, error);
}

/* Versions follow each other: none ends before it begins or reaches into the next. */
static gboolean
check_versions (ShequConnection *connection, const ShequRegister *reg, GPtrArray *problems, GError **error)
{
  g_autofree char *text = NULL;
  gint64 n_wrong = 0;

  if (!reg->has_history)
    return TRUE;
  text =
    g_strdup_printf ("SELECT count(*) FROM \"%s_history\" h WHERE coalesce(h.\"valid_from\", '') >= "
                     "h.\"valid_to\" OR NOT EXISTS "
                     "(SELECT 1 FROM \"%s\" t WHERE t.\"key\" = h.\"key\" AND coalesce(t.\"valid_from\", '') "
                     ">= h.\"valid_to\") "
                     "OR EXISTS (SELECT 1 FROM \"%s_history\" o WHERE o.\"key\" = h.\"key\" AND "
                     "o.\"valid_to\" <> h.\"valid_to\" AND "
                     "o.\"valid_to\" > h.\"valid_to\" AND coalesce(o.\"valid_from\", '') < h.\"valid_to\")",
                     reg->name, reg->name, reg->name);
  if (!ask (connection, text, &n_wrong, error))
    return FALSE;
  if (n_wrong > 0)
    g_ptr_array_add (
      problems,
      g_strdup_printf (_ ("%s: %" PRId64 " former versions do not follow each other"), reg->label, n_wrong));
  return TRUE;
}

/* A link to a record that was deleted, where the description does not say that it is kept. */
static gboolean
check_links (ShequConnection *connection, const ShequRegister *reg, GPtrArray *problems, GError **error)
{
  for (guint i = 0; i < reg->fields->len; i++)
    {
      const ShequField *field = reg->fields->pdata[i];
      g_autofree char *text = NULL;
      gint64 n_lost = 0;

      if (field->kind != SHEQU_FIELD_LINK || field->on_delete == SHEQU_ON_DELETE_KEEP)
        continue;
      text = g_strdup_printf ("SELECT count(*) FROM \"%s\" t JOIN \"%s\" o ON o.\"key\" = t.\"%s\" "
                              "WHERE t.\"deleted_at\" IS NULL AND o.\"deleted_at\" IS NOT NULL",
                              reg->name, field->target->name, field->name);
      if (!ask (connection, text, &n_lost, error))
        return FALSE;
      if (n_lost > 0)
        g_ptr_array_add (problems,
                         g_strdup_printf (_ ("%s: “%s” of %" PRId64 " records leads to a deleted record"),
                                          reg->label, field->label, n_lost));
    }
  return TRUE;
}

/* Who keeps the log, or the backups. */
static gboolean
may_check (ShequStore *store, GError **error)
{
  return shequ_store_allows (store, SHEQU_RIGHT_BACKUP, NULL, NULL) ||
         shequ_store_allows (store, SHEQU_RIGHT_READ_LOG, NULL, error);
}

/**
 * shequ_store_check:
 * @store: a store
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Looks whether the database, its links, its search index and its change log are whole.
 *
 * Returns: (transfer full) (element-type utf8): what is wrong, one sentence each; empty when all is well
 */
GPtrArray *
shequ_store_check (ShequStore *store, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  const GPtrArray *registers = shequ_catalogue_get_registers (store->catalogue);
  ShequConnection *reader =
    may_check (store, error) ? shequ_store_take_program_reader (store, cancellable, error) : NULL;
  gboolean done;

  if (reader == NULL)
    return NULL;
  for (guint i = 0; i < store->problems->len; i++)
    g_ptr_array_add (problems, g_strdup (store->problems->pdata[i]));
  done = store->engine->verify (reader, problems, error) && check_chain (reader, problems, error);
  for (guint i = 0; done && i < registers->len; i++)
    {
      const ShequRegister *reg = registers->pdata[i];

      done = check_search (reader, reg, problems, error) && check_log (reader, reg, problems, error) &&
             check_links (reader, reg, problems, error) && check_versions (reader, reg, problems, error);
    }
  shequ_store_give_reader (store, reader);
  return done ? g_steal_pointer (&problems) : NULL;
}
