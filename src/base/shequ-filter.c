#include "shequ-filter.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-error.h"

/* A home, its building, its grid: no further. */
#define MOST_LINKS 4

void
shequ_filter_free (ShequFilter *filter)
{
  g_free (filter->path);
  g_free (filter->name);
  g_free (filter->label);
  g_free (filter);
}

static void
add (GPtrArray *filters,
     const ShequRegister *reg,
     const char *path,
     const char *heading,
     const ShequField *field,
     const ShequField *through)
{
  ShequFilter *filter = g_new0 (ShequFilter, 1);

  filter->reg = reg;
  filter->path = g_strdup (path);
  filter->field = field;
  filter->through = through;
  if (through != NULL)
    filter->name = g_strdup_printf ("%s:%s", field->owner->name, field->name);
  else
    filter->name = path != NULL ? g_strconcat (path, ".", field->name, NULL) : g_strdup (field->name);
  filter->label =
    heading != NULL ? g_strdup_printf ("%s › %s", heading, field->label) : g_strdup (field->label);
  g_ptr_array_add (filters, filter);
}

static gboolean
is_offered (const ShequField *field, gboolean own)
{
  if (field->hidden)
    return FALSE;
  switch (field->kind)
    {
    case SHEQU_FIELD_CODE:
    case SHEQU_FIELD_LINK:
    case SHEQU_FIELD_YES_NO:
    case SHEQU_FIELD_INTEGER:
    case SHEQU_FIELD_DATE:
      return TRUE;
    case SHEQU_FIELD_COMPUTED:
      return own && field->compute->type != SHEQU_COMPUTE_FIRST && field->compute->type != SHEQU_COMPUTE_LIST;
    default:
      return own;
    }
}

/* Along the links to what a record belongs to, which an import makes when there is none. */
static void
add_fields (GPtrArray *filters,
            const ShequRegister *reg,
            const ShequRegister *owner,
            const char *path,
            const char *heading,
            guint depth)
{
  for (guint i = 0; i < owner->fields->len; i++)
    if (is_offered (owner->fields->pdata[i], depth == 0))
      add (filters, reg, path, heading, owner->fields->pdata[i], NULL);
  for (guint i = 0; i < owner->fields->len && depth + 1 < MOST_LINKS; i++)
    {
      const ShequField *link = owner->fields->pdata[i];
      g_autofree char *further =
        path != NULL ? g_strconcat (path, ".", link->name, NULL) : g_strdup (link->name);

      if (link->target != NULL && link->create && link->target != owner)
        add_fields (filters, reg, link->target, further, link->label, depth + 1);
    }
}

static void
add_through (GPtrArray *filters, const ShequRegister *reg, const ShequField *through)
{
  const ShequRegister *other = through->owner;

  for (guint i = 0; i < other->fields->len; i++)
    {
      const ShequField *field = other->fields->pdata[i];

      if (field != through && !g_str_equal (field->name, "unit") && !field->hidden &&
          (field->kind == SHEQU_FIELD_LINK || field->kind == SHEQU_FIELD_CODE))
        add (filters, reg, NULL, other->label, field, through);
    }
}

/**
 * shequ_filters_list:
 * @reg: a register
 *
 * What its records can be narrowed down by: the fields of their own, then those of what they belong to, then
 * what other registers hold of them for a time (`Period=`).
 *
 * Returns: (transfer full) (element-type ShequFilter): the filters
 */
GPtrArray *
shequ_filters_list (const ShequRegister *reg)
{
  GPtrArray *filters = g_ptr_array_new_with_free_func ((GDestroyNotify) shequ_filter_free);
  g_autoptr (GPtrArray) referrers = shequ_register_get_referrers (reg->catalogue, reg);

  add_fields (filters, reg, reg, NULL, NULL, 0);
  for (guint i = 0; i < referrers->len; i++)
    {
      const ShequField *through = referrers->pdata[i];

      if (through->owner->period_start != NULL && through->owner != reg)
        add_through (filters, reg, through);
    }
  return filters;
}

/**
 * shequ_filter_is_chosen:
 * @filter: a filter
 *
 * Returns: whether its value is one of a list: a code, a record, yes or no
 */
gboolean
shequ_filter_is_chosen (const ShequFilter *filter)
{
  return filter->field->kind == SHEQU_FIELD_CODE || filter->field->kind == SHEQU_FIELD_LINK ||
         filter->field->kind == SHEQU_FIELD_YES_NO;
}

/**
 * shequ_filter_is_range:
 * @filter: a filter
 *
 * Returns: whether its values have an order that people ask for: from, to
 */
gboolean
shequ_filter_is_range (const ShequFilter *filter)
{
  return filter->field->kind == SHEQU_FIELD_DATE || filter->field->kind == SHEQU_FIELD_INTEGER ||
         filter->field->kind == SHEQU_FIELD_MONEY || filter->field->kind == SHEQU_FIELD_COMPUTED;
}

/* The comparison of the field, behind its links or in the other register's records of today. */
static ShequCondition *
place (const ShequFilter *filter, ShequCondition *compare)
{
  g_autoptr (ShequCondition) owned = compare;
  g_autofree char *text = NULL;
  g_autofree char *whole = NULL;

  compare->link = g_strdup (filter->path);
  if (filter->through == NULL)
    return g_steal_pointer (&owned);
  text = shequ_condition_to_text (compare);
  whole =
    g_strdup_printf ("has %s.%s(%s and active)", filter->through->owner->name, filter->through->name, text);
  return shequ_condition_parse (whole, NULL);
}

/**
 * shequ_filter_make_equal:
 * @filter: a filter
 * @value: as conditions are written: a code, a key, yes or no, or a text
 *
 * Returns: (transfer full): the condition
 */
ShequCondition *
shequ_filter_make_equal (const ShequFilter *filter, const char *value)
{
  return place (filter, shequ_condition_new_compare (SHEQU_CONDITION_EQUAL, filter->field->name, value));
}

/**
 * shequ_filter_make_filled:
 * @filter: a filter
 * @filled: whether something shall stand there
 *
 * Returns: (transfer full): the condition
 */
ShequCondition *
shequ_filter_make_filled (const ShequFilter *filter, gboolean filled)
{
  return place (filter, shequ_condition_new_compare (filled ? SHEQU_CONDITION_SET : SHEQU_CONDITION_EMPTY,
                                                     filter->field->name, NULL));
}

/**
 * shequ_filter_make_range:
 * @filter: a filter of numbers or dates
 * @from: as typed; empty for no lower end
 * @to: as typed, itself included; empty for no upper end
 * @error: %SHEQU_ERROR_INVALID_VALUE when both are empty or one cannot be read
 *
 * Returns: (transfer full) (nullable): the condition
 */
ShequCondition *
shequ_filter_make_range (const ShequFilter *filter, const char *from, const char *to, GError **error)
{
  static const ShequConditionType types[] = { SHEQU_CONDITION_GREATER_OR_EQUAL,
                                              SHEQU_CONDITION_LESS_OR_EQUAL };
  const char *ends[] = { from, to };
  ShequCondition *all = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *end = g_strstrip (g_strdup (ends[i]));

      if (*end != '\0')
        all = shequ_condition_new_join (
          SHEQU_CONDITION_AND, all,
          place (filter, shequ_condition_new_compare (types[i], filter->field->name, end)));
    }
  if (all == NULL)
    g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE, _ ("Fill in from, to, or both"));
  else if (!shequ_condition_bind (all, filter->reg, error))
    g_clear_pointer (&all, shequ_condition_unref);
  return all;
}
