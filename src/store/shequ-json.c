/*
 * The texts of the change log: `{"field":new}` of a creation, `{"field":[old,new]}` of a change. Written by
 * hand because an import writes hundreds of thousands of them; read by any JSON parser.
 */
#include "shequ-json-private.h"

#include "shequ-scope-private.h"

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
append_value (GString *json, const ShequField *field, const ShequValue *value, const ShequRowIndex *index)
{
  const char *sealed = index != NULL ? shequ_row_index_get_sealed (index, field) : NULL;

  switch (value->type)
    {
    case SHEQU_VALUE_INTEGER:
      append_integer (json, value->integer);
      break;
    case SHEQU_VALUE_TEXT:
      append_text (json, sealed != NULL ? sealed : value->text);
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

/* What a new record holds; `json` is written anew. `index` (nullable) has what is sealed of it. */
void
shequ_json_write_creation (GString *json, const ShequRow *row, const ShequRowIndex *index)
{
  g_string_assign (json, "{");
  for (guint i = 0; i < row->reg->fields->len; i++)
    {
      const ShequField *field = row->reg->fields->pdata[i];

      if (!shequ_field_is_stored (field) || shequ_value_is_null (&row->values[i]))
        continue;
      append_name (json, field);
      append_value (json, field, &row->values[i], index);
    }
  g_string_append_c (json, '}');
}

/* What is different between two states of a record; %FALSE when nothing is. */
gboolean
shequ_json_write_change (GString *json,
                         const ShequRow *old,
                         const ShequRowIndex *old_index,
                         const ShequRow *row,
                         const ShequRowIndex *index)
{
  g_string_assign (json, "{");
  for (guint i = 0; i < row->reg->fields->len; i++)
    {
      const ShequField *field = row->reg->fields->pdata[i];

      if (!shequ_field_is_stored (field) || shequ_value_equal (&old->values[i], &row->values[i]))
        continue;
      append_name (json, field);
      g_string_append_c (json, '[');
      append_value (json, field, &old->values[i], old_index);
      g_string_append_c (json, ',');
      append_value (json, field, &row->values[i], index);
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

/* Reads the text behind a quotation mark; gives the place behind the one that ends it, or NULL. */
static const char *
read_text (const char *p, GString *text)
{
  g_string_truncate (text, 0);
  for (; *p != '"'; p++)
    {
      if (*p == '\0')
        return NULL;
      if (*p != '\\')
        {
          g_string_append_c (text, *p);
          continue;
        }
      p++;
      if (*p == 'u' && strlen (p) > 4)
        {
          g_autofree char *digits = g_strndup (p + 1, 4);

          g_string_append_unichar (text, (gunichar) g_ascii_strtoull (digits, NULL, 16));
          p += 4;
        }
      else if (*p == '"' || *p == '\\' || *p == '/')
        g_string_append_c (text, *p);
      else
        return NULL;
    }
  return p + 1;
}

/* Adds a value: sealed anew, opened, or as it was. */
static gboolean
append_resealed (GString *json,
                 const ShequField *field,
                 const char *value,
                 ShequSeal *open,
                 ShequSeal *close,
                 GError **error)
{
  g_autofree char *opened = NULL;
  g_autofree char *closed = NULL;

  if (field == NULL || !shequ_field_is_sealed (field))
    {
      append_text (json, value);
      return TRUE;
    }
  opened = open != NULL ? shequ_seal_open_value (open, field, value, error) : g_strdup (value);
  if (opened == NULL)
    return FALSE;
  if (close != NULL)
    closed = shequ_seal_close_value (close, field, opened);
  append_text (json, closed != NULL ? closed : opened);
  return TRUE;
}

/*
 * (transfer full): what an entry of the change log tells, as this file writes it, with the values of sealed
 * fields opened (`open` is NULL where none is sealed), and sealed under `close` (nullable). Anything else is
 * left as it is.
 */
char *
shequ_json_reseal (const char *json,
                   const ShequRegister *reg,
                   ShequSeal *open,
                   ShequSeal *close,
                   GError **error)
{
  g_autoptr (GString) result = g_string_sized_new (strlen (json) * 2);
  g_autoptr (GString) text = g_string_new (NULL);
  const ShequField *field = NULL;
  guint depth = 0;

  for (const char *p = json; *p != '\0';)
    {
      if (*p == '{' || *p == '[')
        depth++;
      else if (*p == '}' || *p == ']')
        depth--;
      if (*p != '"')
        {
          g_string_append_c (result, *p++);
          continue;
        }
      p = read_text (p + 1, text);
      if (p == NULL)
        return g_strdup (json);
      if (*p == ':')
        {
          field = depth == 1 ? shequ_register_lookup (reg, text->str) : NULL;
          append_text (result, text->str);
        }
      else if (!append_resealed (result, field, text->str, open, close, error))
        return NULL;
    }
  return g_string_free (g_steal_pointer (&result), FALSE);
}

/*
 * (transfer full): what an entry tells to an account: of fields that it may not see, that they were changed
 * and not what was in them.
 */
char *
shequ_json_cover (const char *json, const ShequRegister *reg, const ShequAccess *access)
{
  g_autoptr (GString) result = g_string_sized_new (strlen (json));
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean covered = FALSE;
  guint depth = 0;

  for (const char *p = json; *p != '\0';)
    {
      gsize length = strcspn (p, "{}[],: \"");

      if (length > 0)
        {
          if (covered)
            append_text (result, SHEQU_FIELD_COVERED);
          else
            g_string_append_len (result, p, (gssize) length);
          p += length;
          continue;
        }
      depth += *p == '{' || *p == '[' ? 1 : 0;
      depth -= *p == '}' || *p == ']' ? 1 : 0;
      if (*p != '"')
        {
          g_string_append_c (result, *p++);
          continue;
        }
      p = read_text (p + 1, text);
      if (p == NULL)
        return g_strdup ("{}");
      if (*p == ':' && depth == 1)
        {
          const ShequField *field = shequ_register_lookup (reg, text->str);

          covered = field != NULL && shequ_scope_covers (access, field);
          append_text (result, text->str);
        }
      else
        append_text (result, covered ? SHEQU_FIELD_COVERED : text->str);
    }
  return g_string_free (g_steal_pointer (&result), FALSE);
}
