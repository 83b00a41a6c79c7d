/* Ties a condition to a register: its fields exist, its values are as they are stored. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-catalogue-private.h"
#include "shequ-condition.h"
#include "shequ-error.h"
#include "shequ-row.h"

/* Any day does: it only decides whether `today+30d` is one. */
#define SOME_DAY "2026-01-01"

static gboolean
refuse_value (const char *field, const char *value, GError **error)
{
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE, _ ("“%s” cannot be compared with %s"), value,
               field);
  return FALSE;
}

static gboolean
check_key (const char *field, const char *value, GError **error)
{
  return g_str_equal (value, "this") || g_ascii_string_to_signed (value, 10, 0, G_MAXINT64, NULL, NULL) ||
         refuse_value (field, value, error);
}

static gboolean
is_day_word (const char *value)
{
  g_autofree char *day = shequ_condition_resolve_day (value, SOME_DAY);

  return !g_str_equal (day, value);
}

static gboolean
bind_value (const ShequField *field, char **value, GError **error)
{
  g_autoptr (GPtrArray) issues = shequ_issues_new ();
  g_auto (ShequValue) parsed = SHEQU_VALUE_INIT;

  /* A key, or what names the record: the store asks for it. */
  if (field->kind == SHEQU_FIELD_LINK)
    return TRUE;
  if (field->kind == SHEQU_FIELD_COMPUTED)
    return field->compute == NULL || field->compute->type == SHEQU_COMPUTE_FIRST ||
           check_key (field->name, *value, error);
  if ((field->kind == SHEQU_FIELD_DATE || field->kind == SHEQU_FIELD_MOMENT) && is_day_word (*value))
    return TRUE;
  if (!shequ_field_parse (field, *value, NULL, &parsed, issues))
    {
      g_autofree char *text = shequ_issues_to_text (issues, SHEQU_ISSUE_ERROR);

      g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE, text);
      return FALSE;
    }
  g_free (*value);
  *value = parsed.type == SHEQU_VALUE_INTEGER ? g_strdup_printf ("%" G_GINT64_FORMAT, parsed.integer)
                                              : g_strdup (parsed.text != NULL ? parsed.text : "");
  return TRUE;
}

static const ShequRegister *
follow_link (const ShequCondition *condition, const ShequRegister *reg, GError **error)
{
  const ShequField *link;

  if (condition->link == NULL)
    return reg;
  link = shequ_register_require (reg, condition->link, error);
  if (link == NULL)
    return NULL;
  if (link->target == NULL)
    g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE, _ ("“%s” is no link to another register"),
                 condition->link);
  return link->target;
}

static gboolean
bind_compare (ShequCondition *condition, const ShequRegister *reg, GError **error)
{
  const ShequRegister *owner = follow_link (condition, reg, error);
  gboolean is_key = g_str_equal (condition->field, "key");
  const ShequField *field;

  if (owner == NULL)
    return FALSE;
  field = is_key ? NULL : shequ_register_require (owner, condition->field, error);
  if (!is_key && field == NULL)
    return FALSE;
  for (guint i = 0; condition->values != NULL && condition->values[i] != NULL; i++)
    if (is_key ? !check_key ("key", condition->values[i], error)
               : !bind_value (field, &condition->values[i], error))
      return FALSE;
  return TRUE;
}

/**
 * shequ_condition_bind:
 * @condition: a condition that nobody else holds yet
 * @reg: the register of which it speaks
 * @error: return location
 *
 * Checks that the fields exist and turns the values into what is stored: `yes` into 1, yuan into fen, the
 * label of a code into the code, a date as people write it into `2026-11-22`. Days such as `today+30d` and
 * `this` stay. Conditions of descriptions and queries are bound; the store relies on it.
 *
 * Returns: %FALSE when a field is unknown or a value does not fit it
 */
gboolean
shequ_condition_bind (ShequCondition *condition, const ShequRegister *reg, GError **error)
{
  if (condition->children == NULL)
    return bind_compare (condition, reg, error);
  for (guint i = 0; i < condition->children->len; i++)
    if (!shequ_condition_bind (condition->children->pdata[i], reg, error))
      return FALSE;
  return TRUE;
}
