/*
 * A statement of the store in the words of PostgreSQL: parameters are `$1`, not `?1`, and the aggregate that
 * joins texts has another name. Everything else is common to the engines.
 */
#include "shequ-postgres-private.h"

#include "config.h"

#include <stdlib.h>
#include <string.h>

#define JOIN "group_concat("

/* Copies what stands in quotes, up to the closing one. */
static const char *
copy_quoted (GString *out, const char *text)
{
  const char *end = strchr (text + 1, *text);

  end = end != NULL ? end + 1 : text + strlen (text);
  g_string_append_len (out, text, end - text);
  return end;
}

/* (transfer full): the statement, and the greatest number of its parameters. */
char *
shequ_postgres_translate (const char *text, int *n_parameters)
{
  GString *out = g_string_sized_new (strlen (text) + 16);

  *n_parameters = 0;
  while (*text != '\0')
    {
      if (*text == '\'' || *text == '"')
        text = copy_quoted (out, text);
      else if (*text == '?')
        {
          *n_parameters = MAX (*n_parameters, atoi (text + 1));
          g_string_append_c (out, '$');
          text++;
        }
      else if (g_str_has_prefix (text, JOIN))
        {
          g_string_append (out, "string_agg(");
          text += strlen (JOIN);
        }
      else
        g_string_append_c (out, *text++);
    }
  return g_string_free (out, FALSE);
}
