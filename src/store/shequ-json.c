/*
 * The texts of the change log: `{"field":new}` of a creation, `{"field":[old,new]}` of a change. Written by
 * hand because an import writes hundreds of thousands of them; read by any JSON parser.
 */
#include "shequ-json-private.h"

#include "config.h"

#include <string.h>

/* The few nanoseconds that a call of g_string_append() takes count here. */
static void
append (GString *json, const char *text, gsize length)
{
  if (json->len + length + 1 > json->allocated_len)
    {
      g_string_append_len (json, text, (gssize) length);
      return;
    }
  memcpy (json->str + json->len, text, length);
  json->len += length;
  json->str[json->len] = '\0';
}

static void
append_text (GString *json, const char *text)
{
  const char *from = text;
  const char *p;

  append (json, "\"", 1);
  for (p = text; *p != '\0'; p++)
    {
      if ((guchar) *p >= 0x20 && *p != '"' && *p != '\\')
        continue;
      append (json, from, (gsize) (p - from));
      from = p + 1;
      if (*p == '"')
        append (json, "\\\"", 2);
      else if (*p == '\\')
        append (json, "\\\\", 2);
      else
        g_string_append_printf (json, "\\u%04x", (guchar) *p);
    }
  append (json, from, (gsize) (p - from));
  append (json, "\"", 1);
}

static void
append_integer (GString *json, gint64 integer)
{
  char digits[24];
  char *end = digits + sizeof digits;
  char *p = end;
  guint64 rest = integer < 0 ? -(guint64) integer : (guint64) integer;

  do
    *--p = (char) ('0' + rest % 10);
  while ((rest /= 10) > 0);
  if (integer < 0)
    *--p = '-';
  append (json, p, (gsize) (end - p));
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
      append (json, "null", 4);
    }
}

static void
append_name (GString *json, const ShequField *field)
{
  if (json->len > 1)
    append (json, ",\"", 2);
  else
    append (json, "\"", 1);
  append (json, field->name, strlen (field->name));
  append (json, "\":", 2);
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
