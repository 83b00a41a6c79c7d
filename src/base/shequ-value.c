#include "shequ-value.h"

#include "config.h"

#include <string.h>

/**
 * shequ_value_clear:
 * @value: a value
 *
 * Makes @value nothing.
 */
void
shequ_value_clear (ShequValue *value)
{
  g_clear_pointer (&value->text, g_free);
  value->integer = 0;
  value->type = SHEQU_VALUE_NULL;
}

/**
 * shequ_value_copy:
 * @source: what is copied
 * @target: (out): a value, whose former text is freed
 */
void
shequ_value_copy (const ShequValue *source, ShequValue *target)
{
  switch (source->type)
    {
    case SHEQU_VALUE_TEXT:
      shequ_value_set_text (target, source->text);
      break;
    case SHEQU_VALUE_INTEGER:
      shequ_value_set_integer (target, source->integer);
      break;
    case SHEQU_VALUE_NULL:
    default:
      shequ_value_clear (target);
    }
}

/**
 * shequ_value_set_integer:
 * @value: a value
 * @integer: what it becomes
 */
void
shequ_value_set_integer (ShequValue *value, gint64 integer)
{
  g_clear_pointer (&value->text, g_free);
  value->type = SHEQU_VALUE_INTEGER;
  value->integer = integer;
}

/**
 * shequ_value_set_text:
 * @value: a value
 * @text: (nullable): what it becomes; empty text is nothing
 */
void
shequ_value_set_text (ShequValue *value, const char *text)
{
  shequ_value_take_text (value, text != NULL && *text != '\0' ? g_strdup (text) : NULL);
}

/**
 * shequ_value_take_text:
 * @value: a value
 * @text: (nullable) (transfer full): what it becomes; empty text is nothing
 */
void
shequ_value_take_text (ShequValue *value, char *text)
{
  shequ_value_clear (value);
  if (text == NULL || *text == '\0')
    {
      g_free (text);
      return;
    }
  value->type = SHEQU_VALUE_TEXT;
  value->text = text;
}

/**
 * shequ_value_is_null:
 * @value: a value
 *
 * Returns: whether there is nothing in it
 */
gboolean
shequ_value_is_null (const ShequValue *value)
{
  return value->type == SHEQU_VALUE_NULL;
}

/**
 * shequ_value_equal:
 * @one: a value
 * @other: another
 *
 * Returns: whether both are the same; nothing equals nothing
 */
gboolean
shequ_value_equal (const ShequValue *one, const ShequValue *other)
{
  return shequ_value_compare (one, other) == 0;
}

/**
 * shequ_value_compare:
 * @one: a value
 * @other: another
 *
 * Orders nothing before numbers before texts; texts by their bytes, which is right for dates and codes.
 *
 * Returns: less than, equal to or greater than 0
 */
int
shequ_value_compare (const ShequValue *one, const ShequValue *other)
{
  if (one->type != other->type)
    return one->type < other->type ? -1 : 1;
  if (one->type == SHEQU_VALUE_INTEGER)
    return (one->integer > other->integer) - (one->integer < other->integer);
  if (one->type == SHEQU_VALUE_TEXT)
    return strcmp (one->text, other->text);
  return 0;
}
