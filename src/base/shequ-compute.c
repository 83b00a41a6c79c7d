/* `Compute=` of a field: count(register where COND), sum(register.field where COND) / 60, … */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-catalogue-private.h"
#include "shequ-error.h"

static const char *const measures[] = {
  [SHEQU_COMPUTE_COUNT] = "count", [SHEQU_COMPUTE_SUM] = "sum",   [SHEQU_COMPUTE_FIRST] = "first",
  [SHEQU_COMPUTE_AGE] = "age",     [SHEQU_COMPUTE_LIST] = "list",
};

/**
 * shequ_compute_free:
 * @compute: (transfer full): what a field computes
 */
void
shequ_compute_free (ShequCompute *compute)
{
  g_free (compute->source_name);
  g_free (compute->field);
  g_clear_pointer (&compute->where, shequ_condition_unref);
  g_free (compute);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequCompute, shequ_compute_free)

static ShequCompute *
refuse (const char *text, GError **error)
{
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_CATALOGUE,
               _ ("“%s” is none of count(register where …), sum(register.field where …), "
                  "first(register.field where …), list(register.field where …), age(date)"),
               text);
  return NULL;
}

/* What stands between the brackets. */
static gboolean
read_inner (ShequCompute *compute, const char *inner, GError **error)
{
  const char *where = strstr (inner, " where ");
  g_autofree char *source = where != NULL ? g_strndup (inner, where - inner) : g_strdup (inner);
  char *dot;

  g_strstrip (source);
  if (compute->type == SHEQU_COMPUTE_AGE)
    {
      compute->field = g_steal_pointer (&source);
      return where == NULL && shequ_name_is_valid (compute->field);
    }
  dot = strchr (source, '.');
  if ((dot == NULL) != (compute->type == SHEQU_COMPUTE_COUNT))
    return FALSE;
  if (dot != NULL)
    {
      *dot = '\0';
      compute->field = g_strdup (dot + 1);
      if (!shequ_name_is_valid (compute->field))
        return FALSE;
    }
  compute->source_name = g_steal_pointer (&source);
  if (where != NULL)
    {
      compute->where = shequ_condition_parse (where + strlen (" where "), error);
      return compute->where != NULL;
    }
  return shequ_name_is_valid (compute->source_name);
}

/**
 * shequ_compute_parse:
 * @text: what stands behind `Compute=`
 * @error: return location
 *
 * Returns: (transfer full) (nullable): its parts; registers and fields are not looked up yet
 */
ShequCompute *
shequ_compute_parse (const char *text, GError **error)
{
  g_autoptr (ShequCompute) compute = g_new0 (ShequCompute, 1);
  g_autofree char *inner = NULL;
  g_autoptr (GError) local = NULL;
  const char *open = strchr (text, '(');
  const char *close = strrchr (text, ')');
  guint type = 0;

  if (open == NULL || close == NULL || close < open)
    return refuse (text, error);
  while (type < G_N_ELEMENTS (measures) && (strlen (measures[type]) != (gsize) (open - text) ||
                                            strncmp (text, measures[type], open - text) != 0))
    type++;
  if (type == G_N_ELEMENTS (measures))
    return refuse (text, error);
  compute->type = type;
  compute->divide = 1;
  inner = g_strndup (open + 1, close - open - 1);
  if (!read_inner (compute, inner, &local))
    {
      if (local == NULL)
        return refuse (text, error);
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  close++;
  close += strspn (close, " ");
  if (*close == '/')
    {
      const char *number = close + 1 + strspn (close + 1, " ");

      if (!g_ascii_string_to_signed (number, 10, 1, 1000000, &compute->divide, NULL))
        return refuse (text, error);
    }
  else if (*close != '\0')
    {
      return refuse (text, error);
    }
  return g_steal_pointer (&compute);
}
