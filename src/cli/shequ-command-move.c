#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "shequ-cli-commands.h"
#include "shequ-cli-json.h"
#include "shequ-cli-table.h"
#include "shequ-error.h"
#include "shequ-move.h"

#define PROGRESS_INTERVAL (G_USEC_PER_SEC / 5)

/* What the line of progress needs to know. */
typedef struct
{
  gboolean terminal; /* the line is written over */
  gint64 told;       /* when */
} Progress;

static void
tell_progress (const char *table, double fraction, gpointer user_data)
{
  Progress *progress = user_data;
  gint64 now = g_get_monotonic_time ();

  if (progress->terminal && now - progress->told < PROGRESS_INTERVAL)
    return;
  progress->told = now;
  fprintf (stderr, progress->terminal ? "\r%3.0f %%  %s\033[K" : "%3.0f %%  %s\n", 100 * fraction, table);
  fflush (stderr);
}

static void
print_tables (ShequCli *cli, const ShequMoveResult *result)
{
  g_autoptr (ShequCliTable) table = shequ_cli_table_new (3);

  shequ_cli_table_align_right (table, 1);
  for (guint i = 0; i < result->tables->len; i++)
    {
      const ShequMovedTable *moved = result->tables->pdata[i];
      const ShequRegister *reg = shequ_catalogue_lookup (cli->catalogue, moved->name);
      g_autofree char *number = g_strdup_printf ("%" PRId64, moved->n_rows);
      g_autofree char *digest = g_strndup (moved->digest, 16);

      if (moved->n_rows > 0)
        shequ_cli_table_add (table, reg != NULL ? reg->label : moved->name, number, digest, NULL);
    }
  shequ_cli_table_print (table, 0);
}

static void
print_objects (const ShequMoveResult *result, gint64 n_rows, double seconds)
{
  JsonBuilder *builder;

  for (guint i = 0; i < result->tables->len; i++)
    {
      const ShequMovedTable *moved = result->tables->pdata[i];

      builder = shequ_cli_json_begin ();
      shequ_cli_json_add_text (builder, "table", moved->name);
      shequ_cli_json_add_integer (builder, "rows", moved->n_rows);
      shequ_cli_json_add_text (builder, "sha256", moved->digest);
      shequ_cli_json_end (builder);
    }
  builder = shequ_cli_json_begin ();
  shequ_cli_json_add_integer (builder, "tables", result->tables->len);
  shequ_cli_json_add_integer (builder, "rows", n_rows);
  shequ_cli_json_add_integer (builder, "last_entry", result->last_entry);
  shequ_cli_json_add_integer (builder, "later", result->n_later);
  shequ_cli_json_add_boolean (builder, "resumed", result->resumed);
  shequ_cli_json_add_number (builder, "seconds", seconds);
  shequ_cli_json_end (builder);
}

/* A copy of everything has left the office: its change log says so. Nothing is taken back when it can't. */
static void
note_copy (ShequCli *cli)
{
  ShequStore *store = shequ_office_get_store (cli->office);
  g_autofree char *moment = shequ_office_get_moment (cli->office);
  ShequActor actor = { shequ_cli_get_user (cli), g_get_host_name (), "move", moment, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequTransaction) transaction = shequ_store_begin (store, &actor, NULL, &error);

  if (transaction == NULL ||
      !shequ_transaction_log (transaction, SHEQU_ACTION_EXPORT, NULL, 0, NULL, &error) ||
      !shequ_transaction_commit (transaction, &error))
    shequ_cli_complain (_ ("The change log could not be told of the copy: %s"), error->message);
}

static void
tell_result (ShequCli *cli, const ShequMoveResult *result, double seconds)
{
  gint64 n_rows = 0;

  for (guint i = 0; i < result->tables->len; i++)
    n_rows += ((const ShequMovedTable *) result->tables->pdata[i])->n_rows;
  if (shequ_cli_wants_json (cli))
    print_objects (result, n_rows, seconds);
  else
    print_tables (cli, result);
  if (result->resumed)
    shequ_cli_tell (cli, _ ("An interrupted move was taken up where it had stopped."));
  if (result->anew)
    shequ_cli_tell (cli,
                    _ ("The office had changed since the interrupted move; everything was copied again."));
  shequ_cli_tell (cli,
                  _ ("The whole office was copied: %" PRId64
                     " rows in %u tables in %.1f s. Number and digest of "
                     "every table agree. What is entered from now on belongs in the new database alone."),
                  n_rows, result->tables->len, seconds);
  if (result->n_later > 0)
    shequ_cli_complain (
      _ ("While it was copied, somebody went on working: %" PRId64
         " entries of the change log came after the copied ones, and the copy does not have them. "
         "Close Shequ everywhere, and move again to another empty database."),
      result->n_later);
  cli->refused = result->n_later > 0;
}

static ShequMoveResult *
run_move (ShequCli *cli, const char *uri, GError **error)
{
  gboolean terminal = isatty (STDERR_FILENO) && !shequ_cli_has_option (cli, "quiet");
  gboolean wanted = terminal || shequ_cli_has_option (cli, "progress");
  Progress progress = { terminal, 0 };
  ShequMoveResult *result =
    shequ_store_move (shequ_office_get_store (cli->office), uri, wanted ? tell_progress : NULL, &progress,
                      cli->cancellable, error);

  if (terminal && progress.told != 0)
    fputs ("\r\033[K", stderr);
  return result;
}

/* Copies the whole office into another database. The address may hold a password and is not repeated. */
gboolean
shequ_command_move (ShequCli *cli, GError **error)
{
  const char *uri = shequ_cli_get_option (cli, "to");
  gint64 start = g_get_monotonic_time ();
  g_autoptr (ShequMoveResult) result = NULL;

  if (uri == NULL || *uri == '\0')
    {
      g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
                           _ ("--to=URI is missing: the path of a new file, or postgresql://… of an empty "
                              "database. Nothing was copied"));
      return FALSE;
    }
  result = run_move (cli, uri, error);
  if (result == NULL)
    {
      if (g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        cli->kept =
          g_strdup (_ ("The office is as it was. The copy is not whole and cannot be opened; the same "
                       "words again go on where this stopped."));
      return FALSE;
    }
  tell_result (cli, result, (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
  note_copy (cli);
  return TRUE;
}
