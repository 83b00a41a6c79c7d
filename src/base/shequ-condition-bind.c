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
           field->compute->type == SHEQU_COMPUTE_LIST || check_key (field->name, *value, error);
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
  g_auto (GStrv) links = g_strsplit (condition->link != NULL ? condition->link : "", ".", -1);

  for (guint i = 0; reg != NULL && links[i] != NULL; i++)
    {
      const ShequField *link = shequ_register_require (reg, links[i], error);

      if (link == NULL)
        return NULL;
      if (link->target == NULL)
        g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE, _ ("“%s” is no link to another register"),
                     links[i]);
      reg = link->target;
    }
  return reg;
}

/* Of what is computed, whether it is a number or an amount; %SHEQU_FIELD_COMPUTED when neither. */
static ShequFieldKind
get_number_kind (const ShequField *field)
{
  const ShequCompute *compute = field->compute;
  const ShequField *measured;

  if (shequ_field_is_stored (field))
    return field->kind;
  if (compute == NULL || compute->source == NULL || compute->type == SHEQU_COMPUTE_LIST)
    return SHEQU_FIELD_COMPUTED;
  if (compute->type == SHEQU_COMPUTE_COUNT || compute->type == SHEQU_COMPUTE_AGE)
    return SHEQU_FIELD_INTEGER;
  measured = shequ_register_lookup (compute->source, compute->field);
  return measured != NULL && (measured->kind == SHEQU_FIELD_INTEGER || measured->kind == SHEQU_FIELD_MONEY)
           ? measured->kind
           : SHEQU_FIELD_COMPUTED;
}

/* `finished_on<=due_on`: both of one kind, and in an order. */
static const ShequField *
find_other (const ShequCondition *condition, const ShequRegister *owner, const ShequField *field)
{
  gboolean ordered =
    condition->type >= SHEQU_CONDITION_LESS && condition->type <= SHEQU_CONDITION_GREATER_OR_EQUAL;
  const ShequField *other = ordered ? shequ_register_lookup (owner, condition->values[0]) : NULL;
  ShequFieldKind kind = get_number_kind (field);

  return other != NULL && kind != SHEQU_FIELD_COMPUTED && get_number_kind (other) == kind ? other : NULL;
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
  if (!is_key && condition->values != NULL && find_other (condition, owner, field) != NULL)
    {
      g_free (condition->other);
      condition->other = g_strdup (condition->values[0]);
      return TRUE;
    }
  for (guint i = 0; condition->values != NULL && condition->values[i] != NULL; i++)
    if (is_key ? !check_key ("key", condition->values[i], error)
               : !bind_value (field, &condition->values[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
bind_active (ShequCondition *condition, const ShequRegister *reg, GError **error)
{
  if (reg->period_start == NULL)
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE,
                   _ ("%s has no period, so that “active” says nothing of it"), reg->label);
      return FALSE;
    }
  g_clear_pointer (&condition->values, g_strfreev);
  condition->values = g_new0 (char *, 3);
  condition->values[0] = g_strdup (reg->period_start->name);
  condition->values[1] = g_strdup (reg->period_end->name);
  return TRUE;
}

/**
 * shequ_condition_find_link:
 * @condition: a HAS or HAS_NO
 * @reg: the register of which it speaks
 * @error: return location
 *
 * Returns: (transfer none) (nullable): the link field that leads from the other register to @reg
 */
const ShequField *
shequ_condition_find_link (const ShequCondition *condition, const ShequRegister *reg, GError **error)
{
  const ShequRegister *other =
    reg->catalogue != NULL ? shequ_catalogue_lookup (reg->catalogue, condition->field) : NULL;
  const ShequField *link = NULL;

  if (other == NULL)
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND, _ ("there is no register “%s”"),
                   condition->field);
      return NULL;
    }
  for (guint i = 0; i < other->fields->len; i++)
    {
      const ShequField *field = other->fields->pdata[i];

      if (field->target != reg || (condition->link != NULL && !g_str_equal (field->name, condition->link)))
        continue;
      if (link != NULL)
        {
          g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE,
                       _ ("Several fields of “%s” lead to “%s”; name one, as %s.%s(…)"), other->name,
                       reg->name, other->name, link->name);
          return NULL;
        }
      link = field;
    }
  if (link == NULL)
    g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE, _ ("No field of “%s” leads to “%s”"),
                 other->name, reg->name);
  return link;
}

static gboolean
bind_has (ShequCondition *condition, const ShequRegister *reg, GError **error)
{
  const ShequField *link = shequ_condition_find_link (condition, reg, error);

  return link != NULL && (condition->children->len == 0 ||
                          shequ_condition_bind (condition->children->pdata[0], link->owner, error));
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
  if (condition->type == SHEQU_CONDITION_ACTIVE)
    return bind_active (condition, reg, error);
  if (condition->type == SHEQU_CONDITION_HAS || condition->type == SHEQU_CONDITION_HAS_NO)
    return bind_has (condition, reg, error);
  if (condition->children == NULL)
    return bind_compare (condition, reg, error);
  for (guint i = 0; i < condition->children->len; i++)
    if (!shequ_condition_bind (condition->children->pdata[i], reg, error))
      return FALSE;
  return TRUE;
}
