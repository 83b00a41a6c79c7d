#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "shequ-cli-commands.h"
#include "shequ-cli-file.h"
#include "shequ-cli-json.h"
#include "shequ-cli-query.h"
#include "shequ-error.h"
#include "shequ-export.h"

static gboolean
check_purpose (ShequCli *cli, GError **error)
{
  const char *purpose = shequ_cli_get_option (cli, "purpose");

  if (!shequ_cli_has_option (cli, "unmasked") || (purpose != NULL && *purpose != '\0'))
    return TRUE;
  g_set_error (
    error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
    _ ("--unmasked needs --purpose=TEXT; the purpose is written to the change log. Nothing was exported."));
  return FALSE;
}

static char *
describe_export (ShequCli *cli, gint64 n_rows)
{
  g_autofree char *name = g_path_get_basename (shequ_cli_get_argument (cli, 1));
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  shequ_cli_json_add_text (builder, "file", valid);
  shequ_cli_json_add_integer (builder, "rows", n_rows);
  shequ_cli_json_add_boolean (builder, "unmasked", shequ_cli_has_option (cli, "unmasked"));
  if (shequ_cli_get_option (cli, "as-of") != NULL)
    shequ_cli_json_add_text (builder, "as_of", shequ_cli_get_option (cli, "as-of"));
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

/* Before the file is written: there is no way to have the values and not the entry. */
static gboolean
log_export (ShequCli *cli, const ShequQuery *query, GError **error)
{
  gint64 n_rows = shequ_store_count (shequ_office_get_store (cli->office), query, cli->cancellable, error);
  g_autoptr (ShequTransaction) transaction = NULL;
  g_autofree char *changes = NULL;

  if (n_rows < 0)
    return FALSE;
  changes = describe_export (cli, n_rows);
  transaction =
    shequ_office_begin (cli->office, shequ_cli_get_option (cli, "purpose"), cli->cancellable, error);
  return transaction != NULL &&
         shequ_transaction_log (transaction, SHEQU_ACTION_EXPORT, query->reg, 0, changes, error) &&
         shequ_transaction_commit (transaction, error);
}

static gint64
write_file (ShequCli *cli, const ShequQuery *query, ShequCliFile *file, GError **error)
{
  ShequSheetFormat format = SHEQU_SHEET_FORMAT_ANY;
  g_autoptr (ShequSheetWriter) writer = NULL;
  gint64 n_rows;

  shequ_sheet_format_from_name (file->format, &format);
  writer = shequ_sheet_writer_new_path (file->path, format, SHEQU_SHEET_WRITER_DEFAULT, error);
  if (writer == NULL)
    return -1;
  n_rows = shequ_export_run (shequ_office_get_store (cli->office), query, NULL, writer,
                             shequ_cli_has_option (cli, "unmasked"), NULL, NULL, cli->cancellable, error);
  return n_rows >= 0 && shequ_cli_file_finish (file, error) ? n_rows : -1;
}

static void
tell_written (ShequCli *cli, const ShequCliFile *file, gint64 n_rows)
{
  JsonBuilder *builder;

  if (file->to_output)
    return;
  shequ_cli_tell (cli, _ ("%" PRId64 " records were written to %s."), n_rows, file->path);
  if (!shequ_cli_wants_json (cli))
    return;
  builder = shequ_cli_json_begin ();
  shequ_cli_json_add_integer (builder, "written", n_rows);
  shequ_cli_json_add_text (builder, "file", file->path);
  shequ_cli_json_add_boolean (builder, "unmasked", shequ_cli_has_option (cli, "unmasked"));
  shequ_cli_json_end (builder);
}

/* Writes the records of a register to a spreadsheet. */
gboolean
shequ_command_export (ShequCli *cli, GError **error)
{
  const ShequRegister *reg =
    shequ_office_require_register (cli->office, shequ_cli_get_argument (cli, 0), error);
  g_autoptr (ShequQuery) query = NULL;
  g_autoptr (ShequCliFile) file = NULL;
  gint64 n_rows;

  if (reg == NULL || !check_purpose (cli, error))
    return FALSE;
  file = shequ_cli_file_new (cli, shequ_cli_get_argument (cli, 1), "csv xlsx", error);
  query = file != NULL ? shequ_cli_query_new (cli, reg, SHEQU_CLI_WHERE_VALUE, error) : NULL;
  if (query == NULL || !shequ_cli_file_check (file, error) || !log_export (cli, query, error))
    return FALSE;
  n_rows = write_file (cli, query, file, error);
  if (n_rows < 0)
    return FALSE;
  tell_written (cli, file, n_rows);
  return TRUE;
}
