/* REGISTER: count | sum(field) [/ N] | average(field) | share(COND) [where COND] */
#include "shequ-measure.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-error.h"

static const char *const words[] = {
  [SHEQU_MEASURE_COUNT] = "count",
  [SHEQU_MEASURE_SUM] = "sum",
  [SHEQU_MEASURE_AVERAGE] = "average",
  [SHEQU_MEASURE_SHARE] = "share",
};

void
shequ_measure_free (ShequMeasure *measure)
{
  g_clear_pointer (&measure->where, shequ_condition_unref);
  g_clear_pointer (&measure->share, shequ_condition_unref);
  g_free (measure);
}

static gboolean
refuse (const char *text, GError **error)
{
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE,
               _ ("“%s” is no figure; write resident: count where …, sum(field), average(field) or "
                  "share(condition)"),
               text);
  return FALSE;
}

/* `day in period` as the two comparisons that it means. */
static char *
replace_period (const char *text, const char *from, const char *to)
{
  g_autoptr (GRegex) pattern = g_regex_new ("([a-z0-9_.]+) in period\\b", 0, 0, NULL);
  g_autofree char *days = g_strdup_printf ("\\1>=%s and \\1<=%s", from, to);

  return g_regex_replace (pattern, text, -1, 0, days, 0, NULL);
}

static ShequCondition *
read_condition (const ShequMeasure *measure,
                const char *text,
                const char *from,
                const char *to,
                GError **error)
{
  g_autofree char *plain = replace_period (text, from, to);
  g_autoptr (ShequCondition) condition = shequ_condition_parse (plain, error);

  if (condition == NULL || !shequ_condition_bind (condition, measure->reg, error))
    return NULL;
  return g_steal_pointer (&condition);
}

/* The bracket that closes the first one, or %NULL. */
static const char *
find_close (const char *open)
{
  int depth = 0;

  for (const char *at = open; *at != '\0'; at++)
    {
      depth += *at == '(' ? 1 : *at == ')' ? -1 : 0;
      if (depth == 0)
        return at;
    }
  return NULL;
}

static gboolean
read_field (ShequMeasure *measure, const char *name, GError **error)
{
  measure->field = shequ_register_require (measure->reg, name, error);
  if (measure->field == NULL)
    return FALSE;
  if (shequ_field_is_integer (measure->field) && measure->field->kind != SHEQU_FIELD_LINK &&
      measure->field->kind != SHEQU_FIELD_YES_NO)
    return TRUE;
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE, _ ("“%s” cannot be summed"), name);
  return FALSE;
}

/* What stands between the brackets; @rest gets what follows them. */
static gboolean
read_inner (ShequMeasure *measure,
            const char *open,
            const char **rest,
            const char *whole,
            const char *from,
            const char *to,
            GError **error)
{
  const char *close = *open == '(' ? find_close (open) : NULL;
  g_autofree char *inner = NULL;

  if (measure->type == SHEQU_MEASURE_COUNT)
    {
      *rest = open;
      return TRUE;
    }
  if (close == NULL)
    return refuse (whole, error);
  inner = g_strstrip (g_strndup (open + 1, (gsize) (close - open - 1)));
  *rest = close + 1;
  if (measure->type == SHEQU_MEASURE_SHARE)
    return (measure->share = read_condition (measure, inner, from, to, error)) != NULL;
  return read_field (measure, inner, error);
}

static gboolean
read_measure (ShequMeasure *measure,
              const char *text,
              const char *whole,
              const char *from,
              const char *to,
              GError **error)
{
  gsize length = strspn (text, "abcdefghijklmnopqrstuvwxyz");
  const char *rest = NULL;
  guint type = 0;

  while (type < G_N_ELEMENTS (words) &&
         (strlen (words[type]) != length || strncmp (text, words[type], length) != 0))
    type++;
  if (type == G_N_ELEMENTS (words))
    return refuse (whole, error);
  measure->type = type;
  if (!read_inner (measure, text + length, &rest, whole, from, to, error))
    return FALSE;
  rest += strspn (rest, " ");
  if (*rest == '/')
    {
      char *end = NULL;

      measure->divide = g_ascii_strtoll (rest + 1, &end, 10);
      if (measure->divide < 1)
        return refuse (whole, error);
      rest = end + strspn (end, " ");
    }
  if (*rest == '\0')
    return TRUE;
  if (!g_str_has_prefix (rest, "where "))
    return refuse (whole, error);
  return (measure->where = read_condition (measure, rest + strlen ("where "), from, to, error)) != NULL;
}

/**
 * shequ_measure_parse:
 * @catalogue: the descriptions
 * @text: a definition
 * @from: the first day of the period
 * @to: its last day
 * @error: %SHEQU_ERROR_NOT_FOUND when a register or field is not described, %SHEQU_ERROR_INVALID_VALUE when
 * it is not understood
 *
 * Returns: (transfer full) (nullable): the figure, tied to its register
 */
ShequMeasure *
shequ_measure_parse (const ShequCatalogue *catalogue,
                     const char *text,
                     const char *from,
                     const char *to,
                     GError **error)
{
  g_autoptr (ShequMeasure) measure = g_new0 (ShequMeasure, 1);
  const char *colon = strchr (text, ':');
  g_autofree char *name = colon != NULL ? g_strstrip (g_strndup (text, (gsize) (colon - text))) : NULL;

  measure->divide = 1;
  if (name == NULL)
    {
      refuse (text, error);
      return NULL;
    }
  measure->reg = shequ_catalogue_lookup (catalogue, name);
  if (measure->reg == NULL)
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND, _ ("there is no register “%s”"), name);
      return NULL;
    }
  colon++;
  colon += strspn (colon, " ");
  return read_measure (measure, colon, text, from, to, error) ? g_steal_pointer (&measure) : NULL;
}
