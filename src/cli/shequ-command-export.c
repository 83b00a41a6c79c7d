#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "shequ-cli-commands.h"
#include "shequ-cli-file.h"
#include "shequ-cli-json.h"
#include "shequ-cli-query.h"
#include "shequ-error.h"
#include "shequ-export-file.h"
#include "shequ-exports.h"
#include "shequ-secret.h"

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

/* A file on its way. */
typedef struct
{
  ShequCli *cli;
  const ShequExportAsk *ask;
  const ShequCliFile *file;
  char *password; /* (nullable): of a sealed one */
} Export;

static gint64
write_file (const ShequExportJudgement *judgement,
            const char *mark,
            guint8 *digest,
            gpointer user_data,
            GError **error)
{
  Export *export = user_data;
  gboolean approved = judgement->standing == SHEQU_EXPORT_APPROVED;
  ShequExportFile out = { .path = export->file->path,
                          .mark = mark,
                          .columns = export->ask->columns,
                          .unmasked = export->ask->in_clear,
                          .approved = approved };

  if (g_str_equal (export->file->format, "zip"))
    out.password = export->password = shequ_export_new_password ();
  else if (approved)
    {
      g_set_error_literal (
        error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
        _ ("An approved export is sealed with a password: choose a file that ends in .zip. "
           "Nothing was exported, the approval still holds."));
      return -1;
    }
  else
    shequ_sheet_format_from_name (export->file->format, &out.format);
  return shequ_export_write_file (shequ_office_get_store (export->cli->office), export->ask->query, &out,
                                  digest, export->cli->cancellable, error);
}

/* The password is told once, beside the results, so that it is not in the file that they go to. */
static void
tell_password (ShequCli *cli, const char *password)
{
  if (password == NULL)
    return;
  shequ_cli_complain (_ ("The file is an encrypted .zip; its password, which is told only now: %s"),
                      password);
  shequ_cli_complain (_ ("Tell it to the receiver by another way than the file."));
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

static gboolean
ask_approval (ShequCli *cli, const ShequExportAsk *ask, GError **error)
{
  gint64 record = shequ_export_request (cli->office, ask, cli->cancellable, error);

  if (record != 0)
    shequ_cli_tell (cli, _ ("Request %d waits for the approval of a second person."), (int) record);
  return record != 0;
}

static gboolean
export_now (ShequCli *cli, const ShequExportAsk *ask, ShequCliFile *file, GError **error)
{
  g_autofree char *name = g_path_get_basename (shequ_cli_get_argument (cli, 1));
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  Export export = { .cli = cli, .ask = ask, .file = file };
  gint64 n_rows =
    shequ_export_perform (cli->office, ask, valid, write_file, &export, cli->cancellable, error);
  gboolean written = n_rows >= 0 && shequ_cli_file_finish (file, error);

  if (written)
    {
      tell_written (cli, file, n_rows);
      tell_password (cli, export.password);
    }
  shequ_secret_wipe_text (export.password);
  return written;
}

/* Writes the records of a register to a spreadsheet. */
gboolean
shequ_command_export (ShequCli *cli, GError **error)
{
  const ShequRegister *reg =
    shequ_office_require_register (cli->office, shequ_cli_get_argument (cli, 0), error);
  g_autoptr (ShequQuery) query = NULL;
  g_autoptr (ShequCliFile) file = NULL;
  g_autoptr (GPtrArray) columns = NULL;
  ShequExportAsk ask = { .in_clear = shequ_cli_has_option (cli, "unmasked"),
                         .purpose = shequ_cli_get_option (cli, "purpose"),
                         .receiver = shequ_cli_get_option (cli, "receiver"),
                         .basis = shequ_cli_get_option (cli, "basis") };

  if (reg == NULL || !check_purpose (cli, error))
    return FALSE;
  file = shequ_cli_file_new (cli, shequ_cli_get_argument (cli, 1), "csv xlsx zip", error);
  query = file != NULL ? shequ_cli_query_new (cli, reg, SHEQU_CLI_WHERE_VALUE, error) : NULL;
  if (query == NULL)
    return FALSE;
  ask.query = query;
  ask.columns = columns = shequ_export_list_columns (reg);
  if (shequ_cli_has_option (cli, "ask"))
    return ask_approval (cli, &ask, error);
  return shequ_cli_file_check (file, error) && export_now (cli, &ask, file, error);
}

/* A second person agrees. */
gboolean
shequ_command_export_approve (ShequCli *cli, GError **error)
{
  gint64 record;

  return shequ_cli_parse_number (shequ_cli_get_argument (cli, 0), "REQUEST", 1, &record, error) &&
         shequ_export_decide (cli->office, record, NULL, cli->cancellable, error);
}

/* A second person does not agree. */
gboolean
shequ_command_export_refuse (ShequCli *cli, GError **error)
{
  const char *reason = shequ_cli_get_option (cli, "reason");
  gint64 record;

  if (reason == NULL || *reason == '\0')
    {
      g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
                           _ ("--reason=TEXT is missing: who asked has to know why. Nothing was changed."));
      return FALSE;
    }
  return shequ_cli_parse_number (shequ_cli_get_argument (cli, 0), "REQUEST", 1, &record, error) &&
         shequ_export_decide (cli->office, record, reason, cli->cancellable, error);
}
