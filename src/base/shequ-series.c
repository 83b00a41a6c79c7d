/* How the numbers of a series are written (`Series=`). */
#include "shequ-series.h"

#include "config.h"

#include <string.h>

#define NUMBER "{number"
#define YEAR "{year}"
#define MOST_DIGITS 9

/* Behind `{number`: how many digits it has at least, 1 when it does not say, 0 when it is wrong. */
static guint
read_digits (const char *at, const char **end)
{
  guint digits = 1;

  if (*at == ':' && g_ascii_isdigit (at[1]))
    {
      digits = (guint) (at[1] - '0');
      at += 2;
    }
  *end = at + 1;
  return *at == '}' && digits <= MOST_DIGITS ? digits : 0;
}

/**
 * shequ_series_is_valid:
 * @text: as `XF{year}-{number:4}`
 *
 * Returns: whether it holds one `{number}` and nothing else in braces but `{year}`
 */
gboolean
shequ_series_is_valid (const char *text)
{
  guint n_numbers = 0;

  while (*text != '\0')
    if (g_str_has_prefix (text, NUMBER))
      {
        if (read_digits (text + strlen (NUMBER), &text) == 0)
          return FALSE;
        n_numbers++;
      }
    else if (g_str_has_prefix (text, YEAR))
      text += strlen (YEAR);
    else if (*text == '{' || *text == '}')
      return FALSE;
    else
      text++;
  return n_numbers == 1;
}

/**
 * shequ_series_has_year:
 * @text: a series that is valid
 *
 * Returns: whether each year begins anew
 */
gboolean
shequ_series_has_year (const char *text)
{
  return strstr (text, YEAR) != NULL;
}

/**
 * shequ_series_write:
 * @text: a series that is valid
 * @year: as 2026
 * @number: a number of the series
 *
 * Returns: (transfer full): the number as it is written
 */
char *
shequ_series_write (const char *text, const char *year, gint64 number)
{
  GString *written = g_string_new (NULL);

  while (*text != '\0')
    if (g_str_has_prefix (text, NUMBER))
      {
        guint digits = read_digits (text + strlen (NUMBER), &text);

        g_string_append_printf (written, "%0*" G_GINT64_FORMAT, (int) digits, number);
      }
    else if (g_str_has_prefix (text, YEAR))
      {
        g_string_append (written, year);
        text += strlen (YEAR);
      }
    else
      g_string_append_c (written, *text++);
  return g_string_free (written, FALSE);
}
