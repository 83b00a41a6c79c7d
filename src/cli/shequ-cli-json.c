#include "shequ-cli-json.h"

#include "config.h"

#include <stdio.h>

#include "shequ-field-kind.h"

/**
 * shequ_cli_json_begin:
 *
 * Returns: (transfer full): an object that is open; shequ_cli_json_end() prints it
 */
JsonBuilder *
shequ_cli_json_begin (void)
{
  JsonBuilder *builder = json_builder_new ();

  json_builder_begin_object (builder);
  return builder;
}

/**
 * shequ_cli_json_add_text:
 * @builder: an open object
 * @name: (nullable): the member; %NULL inside an array
 * @text: (nullable): its text, or null
 */
void
shequ_cli_json_add_text (JsonBuilder *builder, const char *name, const char *text)
{
  if (name != NULL)
    json_builder_set_member_name (builder, name);
  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

/** shequ_cli_json_add_integer: adds the member @name with a whole number. */
void
shequ_cli_json_add_integer (JsonBuilder *builder, const char *name, gint64 integer)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, integer);
}

/** shequ_cli_json_add_number: adds the member @name with a number. */
void
shequ_cli_json_add_number (JsonBuilder *builder, const char *name, double number)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_double_value (builder, number);
}

/** shequ_cli_json_add_boolean: adds the member @name with yes or no. */
void
shequ_cli_json_add_boolean (JsonBuilder *builder, const char *name, gboolean boolean)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, boolean);
}

/**
 * shequ_cli_json_add_strv:
 * @builder: an open object
 * @name: the member
 * @texts: (nullable) (array zero-terminated=1): texts
 *
 * Adds an array of texts.
 */
void
shequ_cli_json_add_strv (JsonBuilder *builder, const char *name, char *const *texts)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    json_builder_add_string_value (builder, texts[i]);
  json_builder_end_array (builder);
}

/**
 * shequ_cli_json_add_value:
 * @builder: an open object
 * @row: a record
 * @field: one of its fields
 * @flags: %SHEQU_FORMAT_MASKED for sensitive ones masked
 *
 * Adds the value as it is stored: numbers as numbers, yes and no as such, all else as
 * text, nothing as null.
 */
void
shequ_cli_json_add_value (JsonBuilder *builder,
                          const ShequRow *row,
                          const ShequField *field,
                          ShequFormatFlags flags)
{
  const ShequValue *value = shequ_row_get (row, field);
  gboolean masked = (flags & SHEQU_FORMAT_MASKED) != 0 && shequ_row_is_covered (row, field);
  g_autofree char *text = NULL;

  json_builder_set_member_name (builder, field->name);
  if (masked)
    text = shequ_row_format (row, field, SHEQU_FORMAT_MASKED | SHEQU_FORMAT_EXPORT);
  if (value->type == SHEQU_VALUE_NULL)
    json_builder_add_null_value (builder);
  else if (masked || value->type == SHEQU_VALUE_TEXT)
    json_builder_add_string_value (builder, masked ? text : value->text);
  else if (field->kind == SHEQU_FIELD_YES_NO)
    json_builder_add_boolean_value (builder, value->integer != 0);
  else
    json_builder_add_int_value (builder, value->integer);
}

/**
 * shequ_cli_json_end:
 * @builder: (transfer full): an open object
 *
 * Prints the object as one line of standard output, in UTF-8 as JSON asks, and frees it.
 */
void
shequ_cli_json_end (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *line = NULL;

  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  line = json_to_string (root, FALSE);
  puts (line);
  g_object_unref (builder);
}
