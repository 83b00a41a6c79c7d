/* What an event changes of a resident as text, to be put back; and what its parts share. */
#include "shequ-events-private.h"

#include "config.h"

#include <string.h>

#include "shequ-error.h"

/* What an event changes of a resident, and can put back. */
static const char *const changed_fields[] = { "household",  "relation",   "residence_status",
                                              "hukou_here", "lives_here", "unit" };

gboolean
shequ_events_refuse (GError **error, const char *format, ...)
{
  va_list arguments;
  g_autofree char *message = NULL;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE, message);
  return FALSE;
}

void
shequ_events_warn (const ShequEventRecord *record, const char *format, const char *name)
{
  g_auto (GStrv) parts = g_strsplit (format, "%s", 2);
  g_autofree char *message = g_strjoinv (name, parts);

  g_ptr_array_add (record->issues, shequ_issue_new (SHEQU_ISSUE_WARNING, NULL, "%s", message));
}

const char *
shequ_events_get_name (const ShequRow *person)
{
  const char *name = shequ_row_get_text (person, "name");

  return name != NULL ? name : "?";
}

gboolean
shequ_events_has_status (const ShequRow *person, const char *status)
{
  return g_strcmp0 (shequ_row_get_text (person, "residence_status"), status) == 0;
}

GArray *
shequ_events_list_where (ShequTransaction *transaction,
                         const ShequRegister *reg,
                         const char *field,
                         gint64 key,
                         GError **error)
{
  g_autoptr (ShequQuery) query = shequ_query_new (reg, NULL);
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, key);

  shequ_query_take_where (query, shequ_condition_new_compare (SHEQU_CONDITION_EQUAL, field, text));
  return shequ_transaction_list_keys (transaction, query, error);
}

/* `household=12;relation=02;…`: what an event changes of a resident. */
char *
shequ_events_describe_state (const ShequRow *person)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (changed_fields); i++)
    {
      const ShequValue *value = shequ_row_get_named (person, changed_fields[i]);

      g_string_append_printf (text, "%s%s=", i > 0 ? ";" : "", changed_fields[i]);
      if (value->type == SHEQU_VALUE_TEXT)
        g_string_append (text, value->text);
      else if (value->type == SHEQU_VALUE_INTEGER)
        g_string_append_printf (text, "%" G_GINT64_FORMAT, value->integer);
    }
  return g_string_free (text, FALSE);
}

void
shequ_events_set_state (ShequRow *person, const char *state)
{
  g_auto (GStrv) parts = g_strsplit (state, ";", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *text = strchr (parts[i], '=');
      const ShequField *field;

      if (text == NULL)
        continue;
      *text++ = '\0';
      field = shequ_register_lookup (person->reg, parts[i]);
      if (field == NULL)
        continue;
      if (*text == '\0')
        shequ_row_set_null (person, parts[i]);
      else if (shequ_field_is_integer (field))
        shequ_row_set_integer (person, parts[i], g_ascii_strtoll (text, NULL, 10));
      else
        shequ_row_set_text (person, parts[i], text);
    }
}

void
shequ_events_tell_changed (ShequOffice *office)
{
  static const char *const names[] = { "resident", "household", "resident_event" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    shequ_office_tell_changed (office, shequ_office_get_register (office, names[i]), 0);
}
