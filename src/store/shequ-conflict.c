/* The words for whoever wanted to save what somebody else had changed meanwhile. */
#include "shequ-conflict-private.h"

#include "shequ-error.h"
#include "shequ-scope-private.h"
#include "shequ-time.h"

#include "config.h"

#include <glib/gi18n-lib.h>

/* Fields that the message of a lost race names. */
#define MOST_DIFFERENCES 4

/* Who wrote last, and when. */
static void
read_last_writer (ShequConnection *connection, const ShequRow *row, char **user, char **moment)
{
  ShequStatement *statement = shequ_connection_prepare (
    connection,
    "SELECT actor, moment FROM shequ_log WHERE register = ?1 AND record = ?2 ORDER BY number DESC LIMIT 1",
    NULL);
  gboolean has_row = FALSE;
  gint64 seconds;

  if (statement != NULL)
    {
      shequ_statement_bind_text (statement, 1, row->reg->name);
      shequ_statement_bind_integer (statement, 2, row->key);
      shequ_statement_step (statement, &has_row, NULL);
    }
  *user = g_strdup (has_row ? shequ_statement_get_text (statement, 0) : "?");
  *moment = has_row && shequ_moment_from_utc (shequ_statement_get_text (statement, 1), &seconds)
              ? shequ_moment_format (seconds)
              : g_strdup ("?");
  if (statement != NULL)
    shequ_statement_reset (statement);
}

static char *
format_value (ShequConnection *connection, const ShequField *field, const ShequValue *value)
{
  char *text = NULL;

  if (!shequ_value_is_null (value) && field->kind == SHEQU_FIELD_LINK)
    text = shequ_lookup_title (connection, field->target, value->integer);
  else if (!shequ_value_is_null (value))
    text = shequ_field_format (field, value, SHEQU_FORMAT_MASKED);
  return text != NULL ? text : g_strdup (_ ("nothing"));
}

/* Where two states of a record differ, as far as a message has room. */
static char *
describe_difference (ShequConnection *connection, const ShequRow *theirs, const ShequRow *mine)
{
  GString *text = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < mine->reg->fields->len; i++)
    {
      const ShequField *field = mine->reg->fields->pdata[i];
      g_autofree char *their_value = NULL;
      g_autofree char *my_value = NULL;

      if (!shequ_field_is_stored (field) || field->hidden || shequ_scope_covers (connection->asker, field) ||
          shequ_value_equal (&theirs->values[i], &mine->values[i]))
        continue;
      if (n++ == MOST_DIFFERENCES)
        {
          g_string_append (text, " …");
          break;
        }
      their_value = format_value (connection, field, &theirs->values[i]);
      my_value = format_value (connection, field, &mine->values[i]);
      /* Translators: the label of a field, what is stored, what was to be stored */
      g_string_append_printf (text, _ (" “%s”: stored is %s, yours is %s;"), field->label, their_value,
                              my_value);
    }
  return g_string_free (text, FALSE);
}

/* What a person needs who was overtaken: who it was, when, and what; `mine` may be missing. */
void
shequ_conflict_set_error (ShequConnection *connection,
                          const ShequRow *theirs,
                          const ShequRow *mine,
                          GError **error)
{
  g_autofree char *user = NULL;
  g_autofree char *moment = NULL;
  g_autofree char *difference = NULL;

  read_last_writer (connection, theirs, &user, &moment);
  if (theirs->deleted)
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_CONFLICT,
                   _ ("The record was deleted meanwhile by %s (%s); your change was not saved"), user,
                   moment);
      return;
    }
  difference = mine != NULL ? describe_difference (connection, theirs, mine) : g_strdup ("");
  g_set_error (
    error, SHEQU_ERROR, SHEQU_ERROR_CONFLICT,
    _ ("The record was changed meanwhile by %s (%s); your change was not saved.%s Compare, and save "
       "again"),
    user, moment, difference);
}
