#include "shequ-row.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-field-kind.h"
#include "shequ-row-index.h"
#include "shequ-template.h"

#define PART_BREAK " · "

/**
 * shequ_row_new:
 * @reg: a register
 *
 * Returns: (transfer full): a row with nothing in it
 */
ShequRow *
shequ_row_new (const ShequRegister *reg)
{
  ShequRow *row = g_new0 (ShequRow, 1);

  row->reg = reg;
  row->values = g_new0 (ShequValue, reg->fields->len);
  return row;
}

/**
 * shequ_row_copy:
 * @row: a row
 *
 * Returns: (transfer full): a row with the same key, version, values and titles
 */
ShequRow *
shequ_row_copy (const ShequRow *row)
{
  ShequRow *copy = shequ_row_new (row->reg);

  copy->key = row->key;
  copy->version = row->version;
  copy->deleted = row->deleted;
  memcpy (copy->uuid, row->uuid, sizeof copy->uuid);
  copy->valid_from = g_strdup (row->valid_from);
  copy->valid_to = g_strdup (row->valid_to);
  copy->effective = g_strdup (row->effective);
  copy->withheld = row->withheld != NULL ? g_memdup2 (row->withheld, row->reg->fields->len) : NULL;
  copy->opened = row->opened;
  for (guint i = 0; i < row->reg->fields->len; i++)
    shequ_value_copy (&row->values[i], &copy->values[i]);
  if (row->link_titles != NULL)
    {
      copy->link_titles = g_new0 (char *, row->reg->fields->len);
      for (guint i = 0; i < row->reg->fields->len; i++)
        copy->link_titles[i] = g_strdup (row->link_titles[i]);
    }
  return copy;
}

/**
 * shequ_row_free:
 * @row: (transfer full): a row
 */
void
shequ_row_free (ShequRow *row)
{
  for (guint i = 0; i < row->reg->fields->len; i++)
    {
      shequ_value_clear (&row->values[i]);
      if (row->link_titles != NULL)
        g_free (row->link_titles[i]);
    }
  g_clear_pointer (&row->index, shequ_row_index_free);
  g_free (row->link_titles);
  g_free (row->valid_from);
  g_free (row->valid_to);
  g_free (row->effective);
  g_free (row->withheld);
  g_free (row->values);
  g_free (row);
}

/**
 * shequ_row_clear:
 * @row: a row
 *
 * Empties @row for the next record of an import: no key, no values, no titles.
 */
void
shequ_row_clear (ShequRow *row)
{
  for (guint i = 0; i < row->reg->fields->len; i++)
    {
      shequ_value_clear (&row->values[i]);
      if (row->link_titles != NULL)
        g_clear_pointer (&row->link_titles[i], g_free);
    }
  g_clear_pointer (&row->index, shequ_row_index_free);
  row->key = 0;
  row->version = 0;
  row->deleted = FALSE;
  memset (row->uuid, 0, sizeof row->uuid);
  g_clear_pointer (&row->valid_from, g_free);
  g_clear_pointer (&row->valid_to, g_free);
  g_clear_pointer (&row->effective, g_free);
  g_clear_pointer (&row->withheld, g_free);
  row->opened = FALSE;
}

/* What stands in the place of a value that is above what its reader may see. */
static void
cover_value (const ShequField *field, const ShequValue *value, ShequValue *covered)
{
  gboolean is_text = value->type == SHEQU_VALUE_TEXT && !shequ_field_is_integer (field);
  g_autofree char *mask = NULL;

  shequ_value_clear (covered);
  /* Of the others a part is a value of its own: another day, another code. */
  if (is_text && (field->kind == SHEQU_FIELD_TEXT || field->kind == SHEQU_FIELD_LONG_TEXT ||
                  field->kind == SHEQU_FIELD_ID_NUMBER || field->kind == SHEQU_FIELD_CREDIT_CODE ||
                  field->kind == SHEQU_FIELD_PHONE))
    {
      mask = shequ_field_cover_text (field, value->text);
      shequ_value_set_text (covered, mask);
    }
}

/**
 * shequ_row_withhold:
 * @row: a row
 * @field: a field of its register
 *
 * Leaves of a value what its mask shows; of one that has no mask, nothing.
 */
void
shequ_row_withhold (ShequRow *row, const ShequField *field)
{
  g_auto (ShequValue) covered = SHEQU_VALUE_INIT;

  if (row->withheld == NULL)
    row->withheld = g_new0 (guint8, row->reg->fields->len);
  row->withheld[field->index] = 1;
  cover_value (field, &row->values[field->index], &covered);
  shequ_value_copy (&covered, &row->values[field->index]);
}

/**
 * shequ_row_keep_withheld:
 * @row: a changed row, by somebody who may not see @field
 * @before: the record as it is stored
 * @field: a field of the register
 *
 * What still shows its mask, or nothing, stays what it was; another value is one that was entered.
 */
void
shequ_row_keep_withheld (ShequRow *row, const ShequRow *before, const ShequField *field)
{
  g_auto (ShequValue) covered = SHEQU_VALUE_INIT;

  cover_value (field, &before->values[field->index], &covered);
  if (shequ_value_is_null (&row->values[field->index]) ||
      shequ_value_equal (&covered, &row->values[field->index]))
    shequ_value_copy (&before->values[field->index], &row->values[field->index]);
}

/**
 * shequ_row_is_withheld:
 * @row: a row
 * @field: a field of its register
 *
 * Returns: whether the value is above what who read the row may see: it was left out, but for its mask
 */
gboolean
shequ_row_is_withheld (const ShequRow *row, const ShequField *field)
{
  return row->withheld != NULL && row->withheld[field->index] != 0;
}

/**
 * shequ_row_get:
 * @row: a row
 * @field: a field of its register
 *
 * Returns: (transfer none): the value, to look at or to change
 */
ShequValue *
shequ_row_get (const ShequRow *row, const ShequField *field)
{
  return &row->values[field->index];
}

static ShequValue *
find_value (const ShequRow *row, const char *name)
{
  const ShequField *field = shequ_register_lookup (row->reg, name);

  return field != NULL ? &row->values[field->index] : NULL;
}

/**
 * shequ_row_get_named:
 * @row: a row
 * @name: the name of a field
 *
 * Returns: (nullable) (transfer none): the value; %NULL when there is no such field
 */
const ShequValue *
shequ_row_get_named (const ShequRow *row, const char *name)
{
  return find_value (row, name);
}

/**
 * shequ_row_get_text:
 * @row: a row
 * @name: the name of a field
 *
 * Returns: (nullable) (transfer none): its text
 */
const char *
shequ_row_get_text (const ShequRow *row, const char *name)
{
  const ShequValue *value = find_value (row, name);

  return value != NULL ? value->text : NULL;
}

/**
 * shequ_row_get_integer:
 * @row: a row
 * @name: the name of a field
 *
 * Returns: its integer; 0 for nothing
 */
gint64
shequ_row_get_integer (const ShequRow *row, const char *name)
{
  const ShequValue *value = find_value (row, name);

  return value != NULL ? value->integer : 0;
}

/**
 * shequ_row_set_text:
 * @row: a row
 * @name: the name of a field of its register
 * @text: (nullable): its stored text
 */
void
shequ_row_set_text (ShequRow *row, const char *name, const char *text)
{
  ShequValue *value = find_value (row, name);

  g_return_if_fail (value != NULL);
  shequ_value_set_text (value, text);
}

/**
 * shequ_row_set_integer:
 * @row: a row
 * @name: the name of a field of its register
 * @integer: its stored integer
 */
void
shequ_row_set_integer (ShequRow *row, const char *name, gint64 integer)
{
  ShequValue *value = find_value (row, name);

  g_return_if_fail (value != NULL);
  shequ_value_set_integer (value, integer);
}

/**
 * shequ_row_set_null:
 * @row: a row
 * @name: the name of a field of its register
 */
void
shequ_row_set_null (ShequRow *row, const char *name)
{
  ShequValue *value = find_value (row, name);

  g_return_if_fail (value != NULL);
  shequ_value_clear (value);
}

/**
 * shequ_row_set_effective:
 * @row: a row of a register with versions
 * @day: (nullable): from which day its changes hold; %SHEQU_SINCE_EVER corrects what was always wrong; %NULL
 *   for the day on which they are stored
 */
void
shequ_row_set_effective (ShequRow *row, const char *day)
{
  char *copy = g_strdup (day);

  g_free (row->effective);
  row->effective = copy;
}

static void
set_default (ShequRow *row, const ShequField *field, const char *today, const char *user, GPtrArray *issues)
{
  ShequValue *value = shequ_row_get (row, field);

  if (field->default_text == NULL || value->type != SHEQU_VALUE_NULL)
    return;
  if (field->kind == SHEQU_FIELD_DATE && g_str_equal (field->default_text, "today"))
    shequ_value_set_text (value, today);
  else if (g_str_equal (field->default_text, "current_user"))
    shequ_value_set_text (value, user);
  else
    shequ_field_parse (field, field->default_text, today, value, issues);
}

/**
 * shequ_row_set_defaults:
 * @row: a row
 * @today: the day it is
 * @user: (nullable): who acts
 *
 * Fills what is empty and has a default.
 */
void
shequ_row_set_defaults (ShequRow *row, const char *today, const char *user)
{
  g_autoptr (GPtrArray) issues = shequ_issues_new ();

  for (guint i = 0; i < row->reg->fields->len; i++)
    set_default (row, row->reg->fields->pdata[i], today, user, issues);
}

/**
 * shequ_row_is_covered:
 * @row: a row
 * @field: a field of its register
 *
 * The one answer to what is masked, for whatever shows, writes, prints or copies a record: sensitive values,
 * and those that would tell of them (`Tells=`).
 *
 * Returns: whether its value is masked where privacy asks
 */
gboolean
shequ_row_is_covered (const ShequRow *row, const ShequField *field)
{
  return shequ_field_is_covered (field) ||
         (field->tells_field != NULL && shequ_field_is_covered (field->tells_field) &&
          shequ_row_get (row, field->tells_field)->type != SHEQU_VALUE_NULL);
}

/**
 * shequ_row_has_covered:
 * @row: a row
 *
 * Returns: whether anything of it is masked where privacy asks
 */
gboolean
shequ_row_has_covered (const ShequRow *row)
{
  for (guint i = 0; i < row->reg->fields->len; i++)
    {
      const ShequField *field = row->reg->fields->pdata[i];

      if (!field->hidden &&
          (shequ_row_is_withheld (row, field) ||
           (shequ_row_get (row, field)->type != SHEQU_VALUE_NULL && shequ_row_is_covered (row, field))))
        return TRUE;
    }
  return FALSE;
}

/**
 * shequ_row_format:
 * @row: a row
 * @field: a field of its register
 * @flags: for whom
 *
 * Returns: (transfer full): the value as a person reads it; of a link the title, where it was fetched
 */
char *
shequ_row_format (const ShequRow *row, const ShequField *field, ShequFormatFlags flags)
{
  const ShequValue *value = shequ_row_get (row, field);

  if (value->type == SHEQU_VALUE_NULL && shequ_row_is_withheld (row, field))
    return g_strdup (SHEQU_FIELD_COVERED);
  if (!shequ_row_is_covered (row, field))
    flags &= ~SHEQU_FORMAT_MASKED;
  if (field->kind == SHEQU_FIELD_LINK && value->type != SHEQU_VALUE_NULL && row->link_titles != NULL &&
      row->link_titles[field->index] != NULL && !(flags & SHEQU_FORMAT_MASKED))
    return g_strdup (row->link_titles[field->index]);
  return shequ_field_format (field, value, flags);
}

static void
append_field (GString *text, const ShequRow *row, const ShequTemplatePart *part, ShequFormatFlags flags)
{
  char name[64];
  const ShequField *field;
  g_autofree char *value = NULL;

  g_strlcpy (name, part->start, MIN (sizeof name, part->length + 1));
  field = shequ_register_lookup (row->reg, name);
  /* A key that nobody can read helps nobody. */
  if (field == NULL || (field->kind == SHEQU_FIELD_LINK &&
                        (row->link_titles == NULL || row->link_titles[field->index] == NULL)))
    return;
  value = shequ_row_format (row, field, flags);
  g_string_append (text, value);
  if (*value != '\0' && field->unit != NULL)
    g_string_append_printf (text, g_ascii_isalpha (field->unit[0]) ? " %s" : "%s", field->unit);
}

/* Blanks between empty parts fall away, and so do pieces between ` · ` that came out empty. */
static char *
tidy (char *text)
{
  g_auto (GStrv) pieces = g_strsplit (text, PART_BREAK, -1);
  GString *tidied = g_string_sized_new (strlen (text));

  g_free (text);
  for (guint i = 0; pieces[i] != NULL; i++)
    {
      gboolean blank = TRUE;

      if (*g_strstrip (pieces[i]) == '\0')
        continue;
      if (tidied->len > 0)
        g_string_append (tidied, PART_BREAK);
      for (const char *at = pieces[i]; *at != '\0'; at++)
        {
          if (*at != ' ' || !blank)
            g_string_append_c (tidied, *at);
          blank = *at == ' ';
        }
    }
  return g_string_free (tidied, FALSE);
}

/**
 * shequ_row_expand:
 * @row: a row
 * @template: text with `{field}`
 * @flags: for whom
 *
 * Returns: (transfer full): @template with the values in their places
 */
char *
shequ_row_expand (const ShequRow *row, const char *template, ShequFormatFlags flags)
{
  GString *text = g_string_sized_new (64);
  ShequTemplatePart part = { 0 };
  gboolean filled = FALSE;

  for (const char *at = template; shequ_template_next (&at, &part);)
    {
      gsize before = text->len;

      if (part.field && !(part.otherwise && filled))
        append_field (text, row, &part, flags);
      else if (!part.field)
        g_string_append_len (text, part.start, part.length);
      filled = text->len > before || (part.otherwise && filled);
    }
  return tidy (g_string_free (text, FALSE));
}

/**
 * shequ_row_get_title:
 * @row: a row, fetched with titles
 *
 * Returns: (transfer full): how the record is named
 */
char *
shequ_row_get_title (const ShequRow *row)
{
  g_autofree char *title = shequ_row_expand (row, row->reg->title, SHEQU_FORMAT_PLAIN);

  return *title != '\0' ? g_steal_pointer (&title)
                        : g_strdup_printf ("%s %" G_GINT64_FORMAT, row->reg->label, row->key);
}

/**
 * shequ_row_get_detail:
 * @row: a row, fetched with titles and computed fields
 *
 * Returns: (transfer full): the second line, sensitive values masked; may be empty
 */
char *
shequ_row_get_detail (const ShequRow *row)
{
  return row->reg->detail != NULL ? shequ_row_expand (row, row->reg->detail, SHEQU_FORMAT_MASKED)
                                  : g_strdup ("");
}
