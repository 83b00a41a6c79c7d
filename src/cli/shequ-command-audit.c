#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-audit.h"
#include "shequ-cli-commands.h"
#include "shequ-cli-file.h"
#include "shequ-cli-json.h"
#include "shequ-cli-log.h"
#include "shequ-cli-table.h"
#include "shequ-error.h"
#include "shequ-file-book.h"
#include "shequ-time.h"

/* Midnight in China of the day, in UTC; the log is kept in UTC. */
static gboolean
read_since (ShequCli *cli, char *buffer, const char **since, GError **error)
{
  const char *text = shequ_cli_get_option (cli, "since");
  ShequDate date;

  *since = NULL;
  if (text == NULL)
    return TRUE;
  if (!shequ_date_parse (text, &date, error))
    return FALSE;
  shequ_moment_to_utc (shequ_moment_from_date (&date, 0), buffer);
  *since = buffer;
  return TRUE;
}

static void
print_json (ShequCli *cli, const ShequLogEntry *entry)
{
  JsonBuilder *builder = shequ_cli_json_begin ();

  shequ_cli_log_add (builder, cli->catalogue, entry);
  shequ_cli_json_end (builder);
}

static void
add_line (ShequCli *cli, ShequCliTable *table, const ShequLogEntry *entry)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, entry->number);
  g_autofree char *moment = shequ_cli_log_format_moment (entry);
  g_autofree char *record = entry->key != 0 ? g_strdup_printf ("%s %" G_GINT64_FORMAT, entry->reg, entry->key)
                                            : g_strdup (entry->reg != NULL ? entry->reg : "");
  g_autofree char *changes = shequ_cli_log_describe (cli->catalogue, entry);

  shequ_cli_table_add (table, number, moment, entry->user, entry->workstation,
                       shequ_action_get_label (entry->action), record,
                       entry->reason != NULL ? entry->reason : "", changes, NULL);
}

static void
print_entries (ShequCli *cli, const GPtrArray *entries, gint64 limit)
{
  g_autoptr (ShequCliTable) table = shequ_cli_table_new (8);
  const char *who = shequ_cli_get_option (cli, "who");
  const char *action = shequ_cli_get_option (cli, "action");
  gint64 n_shown = 0;

  shequ_cli_table_align_right (table, 0);
  for (guint i = 0; i < entries->len && (limit == 0 || n_shown < limit); i++)
    {
      const ShequLogEntry *entry = entries->pdata[i];

      if ((who != NULL && g_strcmp0 (who, entry->user) != 0) ||
          (action != NULL && g_strcmp0 (action, shequ_action_get_name (entry->action)) != 0))
        continue;
      n_shown++;
      if (shequ_cli_wants_json (cli))
        print_json (cli, entry);
      else
        add_line (cli, table, entry);
    }
  shequ_cli_table_print (table, 0);
  if (n_shown == 0)
    shequ_cli_tell (cli, _ ("The change log has no such entry."));
}

static void
print_lines (ShequCli *cli, GPtrArray *lines)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new ();

  for (guint i = 0; i < lines->len; i++)
    g_ptr_array_add (entries, ((const ShequAuditLine *) lines->pdata[i])->entry);
  print_entries (cli, entries, 0);
}

static gboolean
write_paper (ShequCli *cli, const ShequRegister *reg, gint64 key, GError **error)
{
  g_autoptr (ShequCliFile) file = shequ_cli_file_new (cli, shequ_cli_get_argument (cli, 0), "pdf", error);
  g_autofree char *moment = shequ_office_get_moment (cli->office);
  g_autofree char *date = NULL;
  g_autoptr (ShequFile) paper = NULL;
  g_autoptr (ShequDocument) document = NULL;
  ShequFileBook book = { .title = reg->label,
                         .office = shequ_office_get_name (cli->office),
                         .handler = shequ_office_get_user (cli->office) };
  gint64 seconds;

  if (file == NULL || !shequ_cli_file_check (file, error))
    return FALSE;
  paper = shequ_audit_load_looks (cli->office, reg, key, cli->cancellable, error);
  if (paper == NULL)
    return FALSE;
  date = shequ_moment_from_utc (moment, &seconds) ? shequ_moment_format (seconds) : g_strdup (moment);
  book.date = book.moment = date;
  document = shequ_file_sheet_new (&book, paper);
  return shequ_document_write_pdf (document, file->path, error) && shequ_cli_file_finish (file, error);
}

/* What a person is told who asks who looked at the record. */
static gboolean
tell_who_looked (ShequCli *cli, GError **error)
{
  const char *name = shequ_cli_get_option (cli, "register");
  const ShequRegister *reg =
    shequ_office_require_register (cli->office, name != NULL ? name : "resident", error);
  g_autoptr (GPtrArray) lines = NULL;
  gint64 key;

  if (reg == NULL ||
      !shequ_cli_parse_number (shequ_cli_get_option (cli, "who-looked"), "KEY", 1, &key, error))
    return FALSE;
  if (shequ_cli_get_argument (cli, 0) != NULL)
    return write_paper (cli, reg, key, error);
  lines = shequ_audit_read_looks (cli->office, reg, key, cli->cancellable, error);
  if (lines != NULL)
    print_lines (cli, lines);
  return lines != NULL;
}

static gboolean
tell_report (ShequCli *cli, GError **error)
{
  const char *report = shequ_cli_get_option (cli, "report");
  const char *name = shequ_cli_get_option (cli, "register");
  ShequAuditAsk ask = { .since = shequ_cli_get_option (cli, "since"),
                        .text = shequ_cli_get_option (cli, "search") };
  g_autoptr (GPtrArray) lines = NULL;
  gint64 limit;

  if (report != NULL && !shequ_audit_report_parse (report, &ask.report))
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
                   _ ("“%s” is no report on the change log. Write looks, outside, nights, exports, sign-ins, "
                      "deletions or all"),
                   report);
      return FALSE;
    }
  ask.reg = name != NULL ? shequ_office_require_register (cli->office, name, error) : NULL;
  if ((name != NULL && ask.reg == NULL) || !shequ_cli_get_number (cli, "limit", 0, &limit, error))
    return FALSE;
  ask.limit = (guint) MIN (limit, G_MAXINT);
  lines = shequ_audit_read (cli->office, &ask, cli->cancellable, error);
  if (lines != NULL)
    print_lines (cli, lines);
  return lines != NULL;
}

/* The change log, newest first. */
gboolean
shequ_command_audit (ShequCli *cli, GError **error)
{
  const char *name = shequ_cli_get_option (cli, "register");
  const ShequRegister *reg = name != NULL ? shequ_office_require_register (cli->office, name, error) : NULL;
  char buffer[SHEQU_MOMENT_TEXT_SIZE];
  g_autoptr (GPtrArray) entries = NULL;
  const char *since;
  gint64 limit;
  guint read;

  if (shequ_cli_has_option (cli, "who-looked"))
    return tell_who_looked (cli, error);
  if (shequ_cli_has_option (cli, "report") || shequ_cli_has_option (cli, "search"))
    return tell_report (cli, error);
  if ((name != NULL && reg == NULL) || !read_since (cli, buffer, &since, error) ||
      !shequ_cli_get_number (cli, "limit", 0, &limit, error))
    return FALSE;
  /* Whose entries they are, and of what, is looked at here, so the limit is too. */
  read = shequ_cli_has_option (cli, "who") || shequ_cli_has_option (cli, "action")
           ? 0
           : (guint) MIN (limit, G_MAXINT);
  entries =
    shequ_store_read_log (shequ_office_get_store (cli->office), reg, 0, since, read, cli->cancellable, error);
  if (entries == NULL)
    return FALSE;
  print_entries (cli, entries, limit);
  return TRUE;
}
