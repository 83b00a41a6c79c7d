/* Whether a condition holds of the values of a record. */
#include "config.h"

#include <string.h>

#include "shequ-condition.h"
#include "shequ-date.h"

static gboolean
add_span (ShequDate *date, gint64 count, char unit)
{
  switch (unit)
    {
    case 'd':
      *date = shequ_date_add_days (date, count);
      return TRUE;
    case 'w':
      *date = shequ_date_add_days (date, 7 * count);
      return TRUE;
    case 'm':
      *date = shequ_date_add_months (date, count);
      return TRUE;
    case 'y':
      *date = shequ_date_add_years (date, count);
      return TRUE;
    default:
      return FALSE;
    }
}

/**
 * shequ_condition_resolve_day:
 * @value: a value of a condition
 * @today: the day it is, `2026-11-22`
 *
 * Understands `today` and `today` plus or minus days, weeks, months or years: `today+30d`, `today-1y`.
 *
 * Returns: (transfer full): the day, or @value itself when it is no such word
 */
char *
shequ_condition_resolve_day (const char *value, const char *today)
{
  const char *rest;
  char *end = NULL;
  char buffer[SHEQU_DATE_TEXT_SIZE];
  gint64 count;
  ShequDate date;

  if (!g_str_has_prefix (value, "today"))
    return g_strdup (value);
  rest = value + strlen ("today");
  if (*rest == '\0')
    return g_strdup (today);
  if ((*rest != '+' && *rest != '-') || !g_ascii_isdigit (rest[1]) || !shequ_date_from_iso (today, &date))
    return g_strdup (value);
  count = g_ascii_strtoll (rest, &end, 10);
  if (ABS (count) > 100000 || *end == '\0' || end[1] != '\0' || !add_span (&date, count, *end))
    return g_strdup (value);
  shequ_date_to_iso (&date, buffer);
  return g_strdup (buffer);
}

static int
compare_values (const ShequValue *one, const ShequValue *other)
{
  if (one->type == SHEQU_VALUE_INTEGER && other->type == SHEQU_VALUE_INTEGER)
    return (one->integer > other->integer) - (one->integer < other->integer);
  return strcmp (one->text, other->text);
}

/* Compares a stored value with a written one; FALSE when they cannot be compared. */
static gboolean
compare (const ShequValue *value, const char *written, const char *today, int *order)
{
  if (value->type == SHEQU_VALUE_INTEGER)
    {
      gint64 number;

      if (g_str_equal (written, "yes") || g_str_equal (written, "no"))
        number = written[0] == 'y';
      else if (!g_ascii_string_to_signed (written, 10, G_MININT64, G_MAXINT64, &number, NULL))
        return FALSE;
      *order = (value->integer > number) - (value->integer < number);
      return TRUE;
    }
  if (g_str_has_prefix (written, "today") && today != NULL)
    {
      g_autofree char *day = shequ_condition_resolve_day (written, today);

      *order = strcmp (value->text, day);
      return TRUE;
    }
  *order = strcmp (value->text, written);
  return TRUE;
}

static gboolean
equals_any (const ShequCondition *condition, const ShequValue *value, const char *today)
{
  for (guint i = 0; condition->values[i] != NULL; i++)
    {
      int order;

      if (compare (value, condition->values[i], today, &order) && order == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_empty (const ShequValue *value)
{
  return value == NULL || value->type == SHEQU_VALUE_NULL;
}

static gboolean
order_holds (ShequConditionType type, int order)
{
  switch (type)
    {
    case SHEQU_CONDITION_LESS:
      return order < 0;
    case SHEQU_CONDITION_LESS_OR_EQUAL:
      return order <= 0;
    case SHEQU_CONDITION_GREATER:
      return order > 0;
    default:
      return order >= 0;
    }
}

static gboolean
compare_holds (const ShequCondition *condition, const ShequValue *value, const char *today)
{
  gboolean empty = is_empty (value);
  int order;

  if (condition->type == SHEQU_CONDITION_EMPTY)
    return empty;
  if (condition->type == SHEQU_CONDITION_SET)
    return !empty;
  if (empty)
    return FALSE;
  if (condition->type == SHEQU_CONDITION_EQUAL)
    return equals_any (condition, value, today);
  if (condition->type == SHEQU_CONDITION_NOT_EQUAL)
    return !equals_any (condition, value, today);
  return compare (value, condition->values[0], today, &order) && order_holds (condition->type, order);
}

/* With another field of the same record. */
static gboolean
compare_other (const ShequCondition *condition, ShequConditionLookup lookup, gpointer user_data)
{
  const ShequValue *value = lookup (condition->link, condition->field, user_data);
  const ShequValue *other = lookup (condition->link, condition->other, user_data);

  return !is_empty (value) && !is_empty (other) &&
         order_holds (condition->type, compare_values (value, other));
}

/* A date that is not known does not hold anything up: begun since ever, not ended. */
static gboolean
period_holds (const ShequCondition *condition,
              const char *today,
              ShequConditionLookup lookup,
              gpointer user_data)
{
  if (condition->values == NULL || today == NULL)
    return FALSE;
  for (guint i = 0; i < 2; i++)
    {
      const ShequValue *day = lookup (NULL, condition->values[i], user_data);
      int order = day != NULL && day->type == SHEQU_VALUE_TEXT ? strcmp (day->text, today) : 0;

      if (i == 0 ? order > 0 : order < 0)
        return FALSE;
    }
  return TRUE;
}

/**
 * shequ_condition_holds:
 * @condition: a condition
 * @today: (nullable): the day it is
 * @lookup: (scope call): gives the values
 * @user_data: handed to @lookup
 *
 * Every comparison with an empty field is false, `!=` too; `not` turns the answer around. `active` is known
 * of a bound condition; `has` and `no` are not known here, where other records cannot be seen, and do not
 * hold.
 *
 * Returns: whether @condition holds
 */
gboolean
shequ_condition_holds (const ShequCondition *condition,
                       const char *today,
                       ShequConditionLookup lookup,
                       gpointer user_data)
{
  switch (condition->type)
    {
    case SHEQU_CONDITION_NOT:
      return !shequ_condition_holds (condition->children->pdata[0], today, lookup, user_data);
    case SHEQU_CONDITION_AND:
    case SHEQU_CONDITION_OR:
      for (guint i = 0; i < condition->children->len; i++)
        if (shequ_condition_holds (condition->children->pdata[i], today, lookup, user_data) ==
            (condition->type == SHEQU_CONDITION_OR))
          return condition->type == SHEQU_CONDITION_OR;
      return condition->type == SHEQU_CONDITION_AND;
    case SHEQU_CONDITION_ACTIVE:
      return period_holds (condition, today, lookup, user_data);
    case SHEQU_CONDITION_HAS:
    case SHEQU_CONDITION_HAS_NO:
      return FALSE;
    default:
      if (condition->other != NULL)
        return compare_other (condition, lookup, user_data);
      return compare_holds (condition, lookup (condition->link, condition->field, user_data), today);
    }
}
