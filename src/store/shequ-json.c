/*
 * The texts of the change log: `{"field":new}` of a creation, `{"field":[old,new]}` of a change. Written by
 * hand because an import writes hundreds of thousands of them; read by any JSON parser.
 */
#include "shequ-json-private.h"

static void
append_text (GString *json, const char *text)
{
  const char *from = text;

  g_string_append_c (json, '"');
  for (const char *p = text; *p != '\0'; p++)
    {
      if ((guchar) *p >= 0x20 && *p != '"' && *p != '\\')
        continue;
      g_string_append_len (json, from, p - from);
      from = p + 1;
      if (*p == '"' || *p == '\\')
        {
          g_string_append_c (json, '\\');
          g_string_append_c (json, *p);
        }
      else
        g_string_append_printf (json, "\\u%04x", (guchar) *p);
    }
  g_string_append (json, from);
  g_string_append_c (json, '"');
}

static void
append_integer (GString *json, gint64 integer)
{
  char digits[24];
  char *p = digits + sizeof digits;
  guint64 rest = integer < 0 ? -(guint64) integer : (guint64) integer;

  *--p = '\0';
  do
    *--p = (char) ('0' + rest % 10);
  while ((rest /= 10) > 0);
  if (integer < 0)
    *--p = '-';
  g_string_append (json, p);
}

static void
append_value (GString *json, const ShequValue *value)
{
  switch (value->type)
    {
    case SHEQU_VALUE_INTEGER:
      append_integer (json, value->integer);
      break;
    case SHEQU_VALUE_TEXT:
      append_text (json, value->text);
      break;
    case SHEQU_VALUE_NULL:
    default:
      g_string_append (json, "null");
    }
}

static void
append_name (GString *json, const ShequField *field)
{
  g_string_append (json, json->len > 1 ? ",\"" : "\"");
  g_string_append (json, field->name);
  g_string_append (json, "\":");
}

/* What a new record holds; `json` is written anew. */
void
shequ_json_write_creation (GString *json, const ShequRow *row)
{
  g_string_assign (json, "{");
  for (guint i = 0; i < row->reg->fields->len; i++)
    {
      const ShequField *field = row->reg->fields->pdata[i];

      if (!shequ_field_is_stored (field) || shequ_value_is_null (&row->values[i]))
        continue;
      append_name (json, field);
      append_value (json, &row->values[i]);
    }
  g_string_append_c (json, '}');
}

/* What is different between two states of a record; %FALSE when nothing is. */
gboolean
shequ_json_write_change (GString *json, const ShequRow *old, const ShequRow *row)
{
  g_string_assign (json, "{");
  for (guint i = 0; i < row->reg->fields->len; i++)
    {
      const ShequField *field = row->reg->fields->pdata[i];

      if (!shequ_field_is_stored (field) || shequ_value_equal (&old->values[i], &row->values[i]))
        continue;
      append_name (json, field);
      g_string_append_c (json, '[');
      append_value (json, &old->values[i]);
      g_string_append_c (json, ',');
      append_value (json, &row->values[i]);
      g_string_append_c (json, ']');
    }
  g_string_append_c (json, '}');
  return json->len > 2;
}

/* Adds to a change from when it holds; an empty day is told as nothing. */
void
shequ_json_add_day (GString *json, const char *name, const char *day)
{
  g_string_truncate (json, json->len - 1);
  g_string_append_printf (json, ",\"%s\":", name);
  append_text (json, day);
  g_string_append_c (json, '}');
}
