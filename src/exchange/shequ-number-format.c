#include "shequ-number-format.h"

#include "config.h"

#include <string.h>

/**
 * shequ_number_format_is_date:
 * @code: a number format of a spreadsheet, as `yyyy"年"m"月"d"日";@`
 *
 * Looks for the letters of year, month, day, hour and second outside quotes and brackets, in the format's
 * first section; `[h]`, `[m]` and `[s]` count hours, minutes, seconds beyond a day. `G/通用格式` is the
 * Chinese General.
 *
 * Returns: whether it shows a date or a time
 */
gboolean
shequ_number_format_is_date (const char *code)
{
  if (g_ascii_strncasecmp (code, "General", strlen ("General")) == 0)
    return FALSE;
  for (const char *at = code; *at != '\0' && *at != ';'; at++)
    {
      if (strchr ("yYmMdDhHsS", *at) != NULL)
        return TRUE;
      if ((*at == '\\' || *at == '_' || *at == '*') && at[1] != '\0')
        at++;
      else if (*at == '"' || *at == '[')
        {
          const char *end = strchr (at + 1, *at == '"' ? '"' : ']');

          if (*at == '[' && strchr ("hHmMsS", at[1]) != NULL && at[1] != '\0' &&
              (at[2] == ']' || at[2] == at[1]))
            return TRUE;
          if (end == NULL)
            return FALSE;
          at = end;
        }
    }
  return FALSE;
}

/**
 * shequ_number_format_number_is_date:
 * @number: the number of a format that needs no code in the file
 *
 * ECMA-376 part 1, 18.8.30: 14 to 22 and 45 to 47 everywhere, 27 to 36 and 50 to 58 in Chinese programs.
 *
 * Returns: whether it shows a date or a time
 */
gboolean
shequ_number_format_number_is_date (guint number)
{
  return (number >= 14 && number <= 22) || (number >= 27 && number <= 36) || (number >= 45 && number <= 47) ||
         (number >= 50 && number <= 58);
}
