#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "shequ-cli-commands.h"
#include "shequ-cli-json.h"
#include "shequ-error.h"
#include "shequ-events.h"

static gboolean
find_kind (const char *name, ShequEventKind *kind, GError **error)
{
  static const char *const names[] = { "birth", "death", "arrival", "departure", "move", "split", "union" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i], name))
      {
        *kind = i;
        return TRUE;
      }
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
               _ ("“%s” is no event: birth, death, arrival, departure, move, split or union. Nothing was "
                  "recorded."),
               name);
  return FALSE;
}

static gboolean
get_key (ShequCli *cli, const char *name, gint64 *key, GError **error)
{
  g_autofree char *what = g_strconcat ("--", name, NULL);

  return !shequ_cli_has_option (cli, name) ||
         shequ_cli_parse_number (shequ_cli_get_option (cli, name), what, 1, key, error);
}

/* What a person may type into the field of a form. */
static gboolean
set_typed (ShequRow *row, const ShequField *field, const char *text, const char *today, GError **error)
{
  g_autoptr (GPtrArray) issues = shequ_issues_new ();
  g_autofree char *message = NULL;

  if (shequ_field_parse (field, text, today, shequ_row_get (row, field), issues))
    return TRUE;
  message = shequ_issues_to_text (issues, SHEQU_ISSUE_ERROR);
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE, _ ("%s Nothing was recorded."), message);
  return FALSE;
}

/* `--set=FIELD=VALUE` of who comes into the register. */
static gboolean
set_field (ShequRow *row, const char *text, const char *today, GError **error)
{
  const char *sign = strchr (text, '=');
  g_autofree char *name = sign != NULL ? g_strndup (text, (gsize) (sign - text)) : g_strdup (text);
  const ShequField *field = shequ_register_require (row->reg, name, error);

  if (field == NULL)
    return FALSE;
  if (sign != NULL && shequ_field_is_stored (field) && field->kind != SHEQU_FIELD_LINK)
    return set_typed (row, field, sign + 1, today, error);
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT, _ ("Write --set=FIELD=VALUE, not “%s”."), text);
  return FALSE;
}

/* (nullable): who is born, or comes and was not registered. */
static gboolean
make_person (ShequCli *cli, const ShequRegister *reg, ShequRow **person, GError **error)
{
  const GPtrArray *fields = shequ_cli_get_options (cli, "set");
  g_autofree char *today = shequ_office_get_today (cli->office);
  g_autoptr (ShequRow) row = fields != NULL ? shequ_office_new_row (cli->office, reg) : NULL;

  for (guint i = 0; fields != NULL && i < fields->len; i++)
    if (!set_field (row, fields->pdata[i], today, error))
      return FALSE;
  *person = g_steal_pointer (&row);
  return TRUE;
}

/* A relation by its code or by what it is called. */
static gboolean
find_relation (ShequCli *cli, const ShequRegister *reg, char **relation, GError **error)
{
  const char *text = shequ_cli_get_option (cli, "relation");
  g_autofree char *today = shequ_office_get_today (cli->office);
  g_autoptr (ShequRow) row = NULL;

  if (text == NULL)
    return TRUE;
  row = shequ_row_new (reg);
  if (!set_typed (row, shequ_register_lookup (reg, "relation"), text, today, error))
    return FALSE;
  *relation = g_strdup (shequ_row_get_text (row, "relation"));
  return TRUE;
}

static GArray *
read_residents (ShequCli *cli, GError **error)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 1; i < cli->arguments->len; i++)
    {
      gint64 key;

      if (!shequ_cli_parse_number (shequ_cli_get_argument (cli, i), "RESIDENT", 1, &key, error))
        return NULL;
      g_array_append_val (keys, key);
    }
  return g_steal_pointer (&keys);
}

static void
tell_recorded (ShequCli *cli, gint64 key, const GPtrArray *issues)
{
  g_autofree char *warnings = shequ_issues_to_text (issues, SHEQU_ISSUE_WARNING);

  if (warnings != NULL && *warnings != '\0')
    shequ_cli_tell (cli, "%s", warnings);
  if (shequ_cli_wants_json (cli))
    {
      JsonBuilder *builder = shequ_cli_json_begin ();

      shequ_cli_json_add_integer (builder, "event", key);
      shequ_cli_json_end (builder);
    }
  else
    shequ_cli_print (_ ("Recorded. `event undo %" PRId64 "` takes it back."), key);
}

/* What happened to residents, by the operation of the window: the event and the dated change in one. */
gboolean
shequ_command_event (ShequCli *cli, GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (cli->office, "resident", error);
  g_autoptr (GArray) residents = reg != NULL ? read_residents (cli, error) : NULL;
  g_autoptr (GPtrArray) issues = shequ_issues_new ();
  g_autoptr (ShequRow) person = NULL;
  g_autofree char *relation = NULL;
  g_autofree char *day = NULL;
  ShequEvent event = { .address = shequ_cli_get_option (cli, "address"),
                       .hukou = shequ_cli_has_option (cli, "hukou"),
                       .place = shequ_cli_get_option (cli, "place"),
                       .reason = shequ_cli_get_option (cli, "reason"),
                       .note = shequ_cli_get_option (cli, "note") };
  gint64 key;

  if (residents == NULL || !find_kind (shequ_cli_get_argument (cli, 0), &event.kind, error) ||
      !shequ_cli_get_past_day (cli, "day", &day, error) || !find_relation (cli, reg, &relation, error) ||
      !make_person (cli, reg, &person, error) || !get_key (cli, "household", &event.household, error) ||
      !get_key (cli, "head", &event.head, error) || !get_key (cli, "new-head", &event.new_head, error))
    return FALSE;
  event.day = day;
  event.relation = relation;
  event.person = person;
  event.residents = (const gint64 *) (gconstpointer) residents->data;
  event.n_residents = residents->len;
  key = shequ_events_record (cli->office, &event, issues, cli->cancellable, error);
  if (key == 0)
    return FALSE;
  tell_recorded (cli, key, issues);
  return TRUE;
}

/* Takes an event back. */
gboolean
shequ_command_event_undo (ShequCli *cli, GError **error)
{
  gint64 key;

  return shequ_cli_parse_number (shequ_cli_get_argument (cli, 0), _ ("The key"), 1, &key, error) &&
         shequ_events_take_back (cli->office, key, cli->cancellable, error);
}
