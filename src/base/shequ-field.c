/* What is done with a field whatever its kind. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-field-kind.h"
#include "shequ-text.h"

/**
 * shequ_field_is_stored:
 * @field: a field
 *
 * Returns: whether a table has a column for it
 */
gboolean
shequ_field_is_stored (const ShequField *field)
{
  return shequ_field_kind_get_class (field->kind)->stored;
}

/**
 * shequ_field_is_integer:
 * @field: a field
 *
 * Returns: whether its values are integers; of computed fields all but `list(…)` and `first(…)` of a text
 */
gboolean
shequ_field_is_integer (const ShequField *field)
{
  if (field->kind == SHEQU_FIELD_COMPUTED && field->compute != NULL &&
      field->compute->type == SHEQU_COMPUTE_FIRST)
    return shequ_field_is_integer (shequ_register_lookup (field->compute->source, field->compute->field));
  if (field->kind == SHEQU_FIELD_COMPUTED && field->compute != NULL &&
      field->compute->type == SHEQU_COMPUTE_LIST)
    return FALSE;
  return shequ_field_kind_get_class (field->kind)->integer;
}

/**
 * shequ_field_is_in_title:
 * @field: a field
 *
 * Returns: whether a record is called by its value
 */
gboolean
shequ_field_is_in_title (const ShequField *field)
{
  const char *place = strstr (field->owner->title, field->name);
  gsize length = strlen (field->name);

  while (place != NULL)
    {
      if (place > field->owner->title && place[-1] == '{' && place[length] == '}')
        return TRUE;
      place = strstr (place + 1, field->name);
    }
  return FALSE;
}

/* What people put into a cell to say that there is nothing. */
static gboolean
means_nothing (const ShequField *field, const char *text)
{
  static const char *const words[] = { "/", "-", "--", "—", "——", "\\", "无", "空", "N/A", NULL };

  if (field->kind == SHEQU_FIELD_LONG_TEXT || field->kind == SHEQU_FIELD_TEXT ||
      field->kind == SHEQU_FIELD_YES_NO ||
      (field->codes != NULL && shequ_code_list_recognise (field->codes, text) != NULL))
    return FALSE;
  return g_strv_contains (words, text);
}

/**
 * shequ_field_parse:
 * @field: a field
 * @text: (nullable): what was typed or stands in a cell
 * @today: (nullable): the day it is, `2026-11-22`
 * @value: (inout): gets the value; nothing when @text is empty or cannot be read
 * @issues: (element-type ShequIssue): gets what is wrong, doubtful or mended
 *
 * Reads a value as people write it. A link is read from a key alone; titles are found by the store.
 *
 * Returns: %FALSE with an error among @issues when @text cannot be such a value
 */
gboolean
shequ_field_parse (const ShequField *field,
                   const char *text,
                   const char *today,
                   ShequValue *value,
                   GPtrArray *issues)
{
  shequ_value_clear (value);
  while (text != NULL && g_ascii_isspace (*text))
    text++;
  if (text == NULL || *text == '\0')
    return TRUE;
  /* Signs that say nothing are short. */
  if (strnlen (text, 8) < 8 && means_nothing (field, text))
    {
      g_ptr_array_add (issues,
                       shequ_issue_new (SHEQU_ISSUE_NOTE, field, _ ("“%s” was taken as empty"), text));
      return TRUE;
    }
  return shequ_field_kind_get_class (field->kind)->parse (field, text, today, value, issues);
}

/* What stands in fields that an office made for itself may be anything: a sensitive one is covered whatever
 * its kind. Of shipped ones it is known which kinds can be covered without taking their use away. */
static gboolean
is_own (const ShequField *field)
{
  return g_str_has_prefix (field->name, SHEQU_OWN_PREFIX) ||
         (field->owner != NULL && g_str_has_prefix (field->owner->name, SHEQU_OWN_PREFIX));
}

/**
 * shequ_field_is_covered:
 * @field: a field
 *
 * Returns: whether its values are masked where privacy asks
 */
gboolean
shequ_field_is_covered (const ShequField *field)
{
  return field->sensitivity >= SHEQU_SENSITIVITY_MASKED &&
         (shequ_field_kind_get_class (field->kind)->mask != NULL || is_own (field));
}

/**
 * shequ_field_cover_text:
 * @field: a field that is stored as a text
 * @text: its value
 *
 * Returns: (transfer full): what is left of it for who may not see it
 */
char *
shequ_field_cover_text (const ShequField *field, const char *text)
{
  const ShequFieldKindClass *kind = shequ_field_kind_get_class (field->kind);
  gboolean is_told = field->kind == SHEQU_FIELD_LONG_TEXT; /* only its numbers have masks */
  g_autofree char *mask = kind->mask != NULL && !is_told ? kind->mask (text) : NULL;

  return mask != NULL && strcmp (mask, text) != 0 ? g_steal_pointer (&mask) : g_strdup (SHEQU_FIELD_COVERED);
}

/**
 * shequ_field_format:
 * @field: a field
 * @value: its value
 * @flags: for whom
 *
 * Without the record a value that tells of a masked one (`Tells=`) is masked in any case.
 *
 * Returns: (transfer full): the value as a person reads it; empty for nothing. A link is its key; titles are
 *   added by shequ_row_format()
 */
char *
shequ_field_format (const ShequField *field, const ShequValue *value, ShequFormatFlags flags)
{
  const ShequFieldKindClass *kind = shequ_field_kind_get_class (field->kind);
  g_autofree char *text = NULL;

  if (value->type == SHEQU_VALUE_NULL)
    return g_strdup ("");
  text = kind->format (field, value, flags);
  if ((flags & SHEQU_FORMAT_MASKED) && (shequ_field_is_covered (field) || field->tells_field != NULL))
    return kind->mask != NULL ? kind->mask (text) : g_strdup (SHEQU_FIELD_COVERED);
  return g_steal_pointer (&text);
}

static void
fold_header (const char *text, char *buffer, gsize size)
{
  gssize length = shequ_text_squeeze_into (text, buffer, size);
  char *open;

  if (length < 0)
    length = 0;
  while (length > 0 && (buffer[length - 1] == '*' || buffer[length - 1] == ':'))
    length--;
  buffer[length] = '\0';
  for (gssize i = 0; i < length; i++)
    buffer[i] = g_ascii_tolower (buffer[i]);
  /* A unit or a remark behind the head does not matter. */
  open = strchr (buffer, '(');
  if (open != NULL && open != buffer && length > 0 && buffer[length - 1] == ')')
    *open = '\0';
}

/**
 * shequ_field_answers_to:
 * @field: a field
 * @header: the head of a column
 *
 * Compares without blanks, case, a star for a must, and a remark in brackets at the end.
 *
 * Returns: whether @header is the label or a synonym of @field
 */
gboolean
shequ_field_answers_to (const ShequField *field, const char *header)
{
  char asked[256];
  char known[256];
  const char *start = header;

  while (*start == '*' || g_ascii_isspace (*start))
    start++;
  fold_header (start, asked, sizeof asked);
  if (*asked == '\0')
    return FALSE;
  for (guint i = 0; field->synonyms != NULL && field->synonyms[i] != NULL; i++)
    {
      fold_header (field->synonyms[i], known, sizeof known);
      if (g_str_equal (asked, known))
        return TRUE;
    }
  fold_header (field->label, known, sizeof known);
  return g_str_equal (asked, known);
}
