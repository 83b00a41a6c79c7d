#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "shequ-cli-commands.h"
#include "shequ-cli-compare.h"
#include "shequ-cli-duplicates.h"
#include "shequ-cli-file.h"
#include "shequ-cli-json.h"
#include "shequ-cli-table.h"
#include "shequ-column-check.h"
#include "shequ-error.h"
#include "shequ-import.h"

#define MOST_NAMED 20
#define PROGRESS_INTERVAL (G_USEC_PER_SEC / 5)

/* What the line of progress needs to know. */
typedef struct
{
  gboolean terminal; /* the line is written over */
  gint64 told;       /* when */
} Progress;

static const struct
{
  const char *name;
  ShequOnDuplicate on_duplicate;
} duplicates[] = {
  { "skip", SHEQU_ON_DUPLICATE_SKIP },
  { "update", SHEQU_ON_DUPLICATE_UPDATE },
  { "reject", SHEQU_ON_DUPLICATE_REJECT },
};

static gboolean
read_on_duplicate (ShequCli *cli, ShequImportOptions *options, GError **error)
{
  const char *name = shequ_cli_get_option (cli, "on-duplicate");

  for (guint i = 0; i < G_N_ELEMENTS (duplicates); i++)
    {
      if (name == NULL || g_str_equal (name, duplicates[i].name))
        {
          options->on_duplicate = name != NULL ? duplicates[i].on_duplicate : SHEQU_ON_DUPLICATE_REJECT;
          return TRUE;
        }
    }
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
               _ ("--on-duplicate is skip, update or reject, not “%s”. Nothing was imported."), name);
  return FALSE;
}

static ShequImport *
open_input (ShequCli *cli, const ShequRegister *reg, const char *today, GError **error)
{
  ShequStore *store = shequ_office_get_store (cli->office);
  const char *path = shequ_cli_get_argument (cli, 1);
  const char *named = shequ_cli_get_option (cli, "format");
  ShequSheetFormat format = SHEQU_SHEET_FORMAT_ANY;
  g_autoptr (GBytes) bytes = NULL;

  if (strcmp (path, "-") != 0)
    return shequ_import_open (store, reg, path, today, cli->cancellable, error);
  if (named != NULL && !shequ_sheet_format_from_name (named, &format))
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
                   _ ("“%s” is no format that can be read. Nothing was imported."), named);
      return NULL;
    }
  bytes = shequ_cli_read_input (error);
  return bytes != NULL ? shequ_import_open_bytes (store, reg, bytes, format, today, cli->cancellable, error)
                       : NULL;
}

/* `--sheet=NAME`; a name comes before a number, for sheets called 1, 2 and 3. */
static gboolean
choose_sheet (ShequCli *cli, ShequImport *import, GError **error)
{
  const GPtrArray *sheets = shequ_import_get_sheets (import);
  const char *name = shequ_cli_get_option (cli, "sheet");
  guint64 number = 0;
  guint sheet = 0;

  if (name == NULL)
    return TRUE;
  while (sheet < sheets->len && !g_str_equal (sheets->pdata[sheet], name))
    sheet++;
  if (sheet == sheets->len && g_ascii_string_to_unsigned (name, 10, 1, sheets->len, &number, NULL))
    sheet = (guint) number - 1;
  if (sheet < sheets->len)
    return shequ_import_set_sheet (import, sheet, error);
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
               _ ("The file has no sheet “%s”. Nothing was imported."), name);
  return FALSE;
}

/* `--map=COLUMN=FIELD`; a head may hold an equals sign, the name of a field never does. */
static gboolean
correct_mapping (ShequCli *cli, ShequImport *import, GError **error)
{
  const GPtrArray *maps = shequ_cli_get_options (cli, "map");

  for (guint i = 0; maps != NULL && i < maps->len; i++)
    {
      const char *text = maps->pdata[i];
      const char *equals = strrchr (text, '=');
      g_autofree char *column = equals != NULL ? g_strndup (text, (gsize) (equals - text)) : NULL;

      if (column == NULL)
        {
          g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
                       _ ("--map is written COLUMN=FIELD, not “%s”. Nothing was imported."), text);
          return FALSE;
        }
      if (!shequ_mapping_assign (shequ_import_get_mapping (import), column, equals + 1, error))
        return FALSE;
    }
  return TRUE;
}

/* The columns that a file of refused rows has besides those of the original. */
static gboolean
is_of_rejects (const char *header)
{
  return g_str_equal (header, _ ("Row in the file")) || g_str_equal (header, _ ("Why it was refused"));
}

/* What is left out is said: a head that stands twice, or one that nobody knows. */
static void
tell_left_out (ShequCli *cli, const ShequMapping *mapping)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n_left_out = 0;

  for (guint i = 0; i < mapping->headers->len; i++)
    {
      const char *header = mapping->headers->pdata[i];
      g_autofree char *column = shequ_cell_column_name (i);
      g_autofree char *plain = shequ_cli_make_plain (header != NULL ? header : "");

      if (mapping->columns->pdata[i] != NULL || *plain == '\0' || is_of_rejects (plain))
        continue;
      if (n_left_out < MOST_NAMED)
        g_string_append_printf (text, "%s%s %s", n_left_out > 0 ? ", " : "", column, plain);
      n_left_out++;
    }
  if (n_left_out > 0)
    shequ_cli_tell (cli,
                    _ ("Columns that are not imported (%u): %s%s. --map=COLUMN=FIELD says where one goes."),
                    n_left_out, text->str, n_left_out > MOST_NAMED ? " …" : "");
}

static void
tell_progress (const ShequImportResult *result, double fraction, gpointer user_data)
{
  Progress *progress = user_data;
  gint64 now = g_get_monotonic_time ();

  if (progress->terminal && now - progress->told < PROGRESS_INTERVAL)
    return;
  progress->told = now;
  fprintf (stderr,
           progress->terminal ? "\r%3.0f %%  %" G_GUINT64_FORMAT : "%3.0f %%  %" G_GUINT64_FORMAT "\n",
           100 * CLAMP (fraction, 0, 1), result->read);
  fflush (stderr);
}

static void
print_result (ShequCli *cli, const ShequImportResult *result, double seconds)
{
  const struct
  {
    const char *name;
    const char *label;
    guint64 number;
  } counts[] = {
    { "read", _ ("Rows read"), result->read },       { "added", _ ("Added"), result->added },
    { "updated", _ ("Updated"), result->updated },   { "unchanged", _ ("Unchanged"), result->unchanged },
    { "rejected", _ ("Refused"), result->rejected },
  };
  g_autoptr (ShequCliTable) table = shequ_cli_table_new (2);
  g_autofree char *duration = g_strdup_printf (_ ("%.1f s"), seconds);
  JsonBuilder *builder;

  if (shequ_cli_wants_json (cli))
    {
      builder = shequ_cli_json_begin ();
      for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
        shequ_cli_json_add_integer (builder, counts[i].name, (gint64) counts[i].number);
      shequ_cli_json_add_number (builder, "seconds", seconds);
      shequ_cli_json_end (builder);
      return;
    }
  shequ_cli_table_align_right (table, 1);
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, counts[i].number);

      shequ_cli_table_add (table, counts[i].label, number, NULL);
    }
  shequ_cli_table_add (table, _ ("Time"), duration, NULL);
  shequ_cli_table_print (table, 0);
}

static void
name_rows (ShequCli *cli, const ShequImportResult *result, ShequSeverity severity, guint64 n_rows)
{
  guint n_named = 0;

  for (guint i = 0; i < result->messages->len && n_named < MOST_NAMED; i++)
    {
      const ShequImportMessage *message = result->messages->pdata[i];
      g_autofree char *text = shequ_cli_make_plain (message->text);

      if (message->severity != severity)
        continue;
      n_named++;
      if (severity == SHEQU_ISSUE_ERROR)
        shequ_cli_complain (_ ("Row %u was refused: %s"), message->row, text);
      else
        shequ_cli_tell (cli, _ ("Row %u: %s"), message->row, text);
    }
  if (n_rows > n_named && severity == SHEQU_ISSUE_ERROR)
    shequ_cli_complain (_ ("… and %" PRIu64 " more rows; --rejects=FILE.csv keeps all of them."),
                        n_rows - n_named);
  else if (n_rows > n_named)
    shequ_cli_tell (cli, _ ("… and %" PRIu64 " more rows with a warning"), n_rows - n_named);
}

static void
tell_rows (ShequCli *cli, const ShequImportResult *result)
{
  const char *rejects = shequ_cli_get_option (cli, "rejects");

  if (result->resumed_at > 0)
    shequ_cli_tell (
      cli,
      _ ("An earlier run of this file was interrupted after row %" PRIu64 "; it was taken up from there."),
      result->resumed_at);
  if (result->rejected > 0 && rejects == NULL)
    name_rows (cli, result, SHEQU_ISSUE_ERROR, result->rejected);
  else if (result->rejected > 0)
    shequ_cli_tell (
      cli,
      _ ("%" PRIu64
         " refused rows are in %s, each with its reason: correct them there and import that file."),
      result->rejected, rejects);
  name_rows (cli, result, SHEQU_ISSUE_WARNING, result->warned);
}

/* A run that did not come to its end: what was committed stays, and a second run goes on behind it. */
static gboolean
tell_kept (ShequCli *cli, const ShequImportResult *result, double seconds, GError **error)
{
  guint64 n_kept = result->added + result->updated;
  gboolean interrupted = g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  if (n_kept > 0 || interrupted)
    print_result (cli, result, seconds);
  if (n_kept == 0)
    return FALSE;
  cli->kept = g_strdup_printf (
    _ ("%" PRIu64
       " rows of the file were stored and are kept. Import the same file again to go on behind them."),
    n_kept);
  return FALSE;
}

static gboolean
run_import (ShequCli *cli, ShequImport *import, const ShequImportOptions *options, GError **error)
{
  gboolean terminal = isatty (STDERR_FILENO) && !shequ_cli_has_option (cli, "quiet");
  gboolean wanted = terminal || shequ_cli_has_option (cli, "progress");
  g_auto (ShequImportResult) result = { 0 };
  Progress progress = { terminal, 0 };
  gint64 start = g_get_monotonic_time ();
  gboolean done = shequ_import_run (import, options, wanted ? tell_progress : NULL, &progress,
                                    cli->cancellable, &result, error);
  double seconds = (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;

  if (terminal && progress.told != 0)
    fputs ("\r\033[K", stderr);
  if (!done)
    return tell_kept (cli, &result, seconds, error);
  tell_rows (cli, &result);
  print_result (cli, &result, seconds);
  if (options->dry_run)
    shequ_cli_tell (cli, _ ("This was a trial: nothing was stored."));
  cli->refused = result.rejected > 0;
  return TRUE;
}

/* Heads that stand over the wrong columns are asked about, not believed. */
static gboolean
check_columns (ShequCli *cli, ShequImport *import, GError **error)
{
  g_autoptr (GPtrArray) doubts = NULL;
  g_autofree char *text = NULL;

  if (shequ_cli_has_option (cli, "trust-headers"))
    return TRUE;
  doubts = shequ_column_check_run (import, cli->cancellable, error);
  if (doubts == NULL || doubts->len == 0)
    return doubts != NULL;
  text = shequ_column_check_describe (import, doubts);
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
               _ ("The columns may have moved: %s. Nothing was imported; say where they go with "
                  "--map=COLUMN=FIELD, or --trust-headers when the heads are right."),
               text);
  return FALSE;
}

/* What the program writes itself, as own descriptions or certificates, comes in no spreadsheet. */
static gboolean
check_register (const ShequRegister *reg, GError **error)
{
  if (reg == NULL || !reg->fixed)
    return reg != NULL;
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
               _ ("The program alone writes “%s”; nothing can be imported into it."), reg->label);
  return FALSE;
}

/* Adds the rows of a spreadsheet to a register. */
gboolean
shequ_command_import (ShequCli *cli, GError **error)
{
  const ShequRegister *reg =
    shequ_office_require_register (cli->office, shequ_cli_get_argument (cli, 0), error);
  ShequOffice *office = cli->office;
  g_autofree char *today = shequ_office_get_today (office);
  g_autofree char *moment = shequ_office_get_moment (office);
  g_autofree char *effective = NULL;
  g_autoptr (ShequImport) import = NULL;
  ShequImportOptions options = {
    .dry_run = shequ_cli_has_option (cli, "dry-run"),
    .rejects_path = shequ_cli_get_option (cli, "rejects"),
    .derive = shequ_office_derive_links,
    .actor = { shequ_cli_get_user (cli), g_get_host_name (), NULL, moment },
  };
  gint64 chunk_rows;
  gint64 last_key = 0;

  if (!check_register (reg, error) || !read_on_duplicate (cli, &options, error) ||
      !shequ_cli_get_number (cli, "chunk", 0, &chunk_rows, error) ||
      !shequ_cli_get_past_day (cli, "effective", &effective, error))
    return FALSE;
  options.effective = effective;
  options.chunk_rows = (guint) MIN (chunk_rows, G_MAXINT);
  if (reg->level == shequ_office_get_level (office))
    options.unit = shequ_office_get_unit (office);
  import = open_input (cli, reg, today, error);
  if (import == NULL || !choose_sheet (cli, import, error) || !correct_mapping (cli, import, error))
    return FALSE;
  tell_left_out (cli, shequ_import_get_mapping (import));
  if (!check_columns (cli, import, error))
    return FALSE;
  if (shequ_cli_has_option (cli, "compare"))
    return shequ_cli_compare (cli, import, &options, error);
  if (!options.dry_run && g_str_equal (reg->name, "resident"))
    last_key = shequ_duplicates_get_last_key (office, cli->cancellable, error);
  if (last_key < 0 || !run_import (cli, import, &options, error))
    return FALSE;
  /* The first roster of an office is looked through when it is asked for. */
  return last_key == 0 || shequ_cli_tell_duplicates (cli, last_key, error);
}
