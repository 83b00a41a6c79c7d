#include "shequ-number.h"

#include "config.h"

#include <math.h>
#include <string.h>

/**
 * shequ_number_to_text:
 * @number: a number
 * @decimals: digits behind the point, at most 9
 *
 * Writes a number with a comma every three digits, the same in every locale; "" for NAN, and never "-0".
 *
 * Returns: (transfer full): the text
 */
char *
shequ_number_to_text (double number, guint decimals)
{
  char format[8];
  char digits[400];
  GString *text;
  gsize whole;
  gboolean negative;

  if (!isfinite (number))
    return g_strdup ("");

  g_snprintf (format, sizeof format, "%%.%uf", MIN (decimals, 9));
  g_ascii_formatd (digits, sizeof digits, format, fabs (number));
  negative = number < 0 && strpbrk (digits, "123456789") != NULL;

  text = g_string_new (negative ? "-" : "");
  whole = strcspn (digits, ".");
  for (gsize i = 0; i < whole; i++)
    {
      if (i > 0 && (whole - i) % 3 == 0)
        g_string_append_c (text, ',');
      g_string_append_c (text, digits[i]);
    }
  g_string_append (text, digits + whole);
  return g_string_free (text, FALSE);
}
