#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-admission.h"
#include "shequ-cli-commands.h"
#include "shequ-cli-file.h"
#include "shequ-cli-json.h"
#include "shequ-cli-table.h"
#include "shequ-error.h"

static GKeyFile *
read_file (ShequCli *cli, GError **error)
{
  const char *path = shequ_cli_get_argument (cli, 0);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) inner = NULL;
  g_autofree char *group = NULL;

  if (strcmp (path, "-") != 0)
    g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &inner);
  else if ((bytes = shequ_cli_read_input (&inner)) != NULL)
    g_key_file_load_from_bytes (file, bytes, G_KEY_FILE_NONE, &inner);
  group = g_key_file_get_start_group (file);
  if (inner == NULL && group == NULL)
    g_set_error (&inner, SHEQU_ERROR, SHEQU_ERROR_UNREADABLE, _ ("it is empty"));
  if (inner == NULL)
    return g_steal_pointer (&file);
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREADABLE, _ ("The application in %s cannot be read: %s"),
               path, inner->message);
  return NULL;
}

static const ShequField *
find_field (const ShequRegister *reg, const char *key, GError **error)
{
  const ShequField *field = shequ_register_lookup (reg, key);

  for (guint i = 0; field == NULL && i < reg->fields->len; i++)
    {
      if (shequ_field_answers_to (reg->fields->pdata[i], key))
        field = reg->fields->pdata[i];
    }
  if (field == NULL || !shequ_field_is_stored (field))
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
                   _ ("An application has no “%s”; “shequ-cli registers application” lists what it has."),
                   key);
      return NULL;
    }
  return field;
}

/* A link is written as what identifies the record: the code or the name of the department. */
static gboolean
set_link (ShequCli *cli, ShequRow *row, const ShequField *field, const char *text, GError **error)
{
  const ShequRegister *target = field->target;
  gint64 key = 0;

  for (guint i = 0; key == 0 && i < target->identity->len; i++)
    {
      const GPtrArray *identity = target->identity->pdata[i];
      const ShequField *named = identity->pdata[0];
      g_auto (ShequValue) value = SHEQU_VALUE_INIT;

      if (identity->len > 1 || named->kind != SHEQU_FIELD_TEXT)
        continue;
      shequ_value_set_text (&value, text);
      key = shequ_store_find_key (shequ_office_get_store (cli->office), target, &named, &value, 1,
                                  cli->cancellable, error);
      if (key < 0)
        return FALSE;
    }
  if (key > 0)
    {
      shequ_value_set_integer (shequ_row_get (row, field), key);
      return TRUE;
    }
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND, _ ("There is no “%s” in “%s”."), text,
               target->label);
  return FALSE;
}

static gboolean
set_value (ShequCli *cli, ShequRow *row, const ShequField *field, const char *text, GError **error)
{
  g_autofree char *today = shequ_office_get_today (cli->office);
  g_autoptr (GPtrArray) issues = shequ_issues_new ();
  g_autofree char *message = NULL;

  if (*text == '\0')
    return TRUE;
  if (field->kind == SHEQU_FIELD_LINK)
    return set_link (cli, row, field, text, error);
  if (shequ_field_parse (field, text, today, shequ_row_get (row, field), issues))
    return TRUE;
  message = shequ_issues_to_text (issues, SHEQU_ISSUE_ERROR);
  g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE, message);
  return FALSE;
}

/* Any group, and keys by the names or the labels of the fields: as a department's form is typed off. */
static ShequRow *
read_application (ShequCli *cli, GKeyFile *file, GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (cli->office, "application", error);
  g_autoptr (ShequRow) row = reg != NULL ? shequ_office_new_row (cli->office, reg) : NULL;
  g_autofree char *group = g_key_file_get_start_group (file);
  g_auto (GStrv) keys = g_key_file_get_keys (file, group, NULL, NULL);

  for (guint i = 0; row != NULL && keys[i] != NULL; i++)
    {
      g_autofree char *text = g_key_file_get_string (file, group, keys[i], NULL);
      const ShequField *field = find_field (reg, keys[i], error);

      if (field == NULL || !set_value (cli, row, field, text != NULL ? text : "", error))
        return NULL;
    }
  return g_steal_pointer (&row);
}

static void
print_json (const ShequFinding *finding)
{
  JsonBuilder *builder = shequ_cli_json_begin ();

  shequ_cli_json_add_text (builder, "code", finding->code);
  shequ_cli_json_add_text (builder, "severity", shequ_severity_get_name (finding->severity));
  shequ_cli_json_add_text (builder, "subject", finding->subject);
  shequ_cli_json_add_integer (builder, "percent", finding->percent);
  shequ_cli_json_add_text (builder, "title", finding->title);
  shequ_cli_json_add_text (builder, "text", finding->text);
  shequ_cli_json_add_text (builder, "detail", finding->detail);
  shequ_cli_json_add_text (builder, "source", finding->source);
  shequ_cli_json_add_text (builder, "version", finding->version);
  shequ_cli_json_add_strv (builder, "hits", finding->hits);
  shequ_cli_json_end (builder);
}

static void
print_finding (const ShequFinding *finding)
{
  const char *const lines[] = { finding->text, finding->detail, finding->source };
  g_autofree char *label = shequ_finding_get_label (finding);

  shequ_cli_print ("%s · %s · %s", label, shequ_severity_get_label (finding->severity), finding->title);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *plain = lines[i] != NULL ? shequ_cli_make_plain (lines[i]) : g_strdup ("");

      if (*plain != '\0')
        shequ_cli_print ("  %s", plain);
    }
}

/* Screens an application and prints the findings. */
gboolean
shequ_command_admission_screen (ShequCli *cli, GError **error)
{
  g_autoptr (GKeyFile) file = read_file (cli, error);
  g_autoptr (ShequRow) row = file != NULL ? read_application (cli, file, error) : NULL;
  g_autoptr (GPtrArray) findings =
    row != NULL ? shequ_admission_screen (cli->office, row, cli->cancellable, error) : NULL;

  if (findings == NULL)
    return FALSE;
  for (guint i = 0; i < findings->len; i++)
    {
      if (shequ_cli_wants_json (cli))
        print_json (findings->pdata[i]);
      else
        print_finding (findings->pdata[i]);
    }
  return TRUE;
}
