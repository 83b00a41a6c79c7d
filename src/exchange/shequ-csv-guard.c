#include "config.h"

#include <string.h>

#include "shequ-sheet-writer-private.h"

#define APOSTROPHES_AND_BLANKS "' \t\r\n"
#define FORMULA_STARTS "=+-@"
/* Excel shows longer numbers with an exponent. */
#define LONGEST_SAFE_NUMBER 10

static gboolean
begins_formula (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (text[i] == '\0' || strchr (APOSTROPHES_AND_BLANKS, text[i]) == NULL)
      return i + 1 < length && text[i] != '\0' && strchr (FORMULA_STARTS, text[i]) != NULL;
  return FALSE;
}

/* Whether Excel would take @text for a number, a date or a time and show something else. */
static gboolean
looks_countable (const char *text)
{
  gsize length = strlen (text);
  gsize digits = strspn (text, "0123456789");

  if (digits == 0)
    return FALSE;
  if (digits == length)
    return length > LONGEST_SAFE_NUMBER || (text[0] == '0' && length > 1);
  return strspn (text, "0123456789.,:/-eE+") == length;
}

/**
 * shequ_csv_guard_append:
 * @target: the text of a CSV cell
 * @text: what the cell shall say
 *
 * Appends @text so that Excel neither runs it as a formula nor turns it into another value; see
 * #ShequSheetWriterFlags. Source of the apostrophe: OWASP, CSV Injection.
 */
void
shequ_csv_guard_append (GString *target, const char *text)
{
  if (begins_formula (text, strlen (text)))
    g_string_append_c (target, '\'');
  g_string_append (target, text);
  if (looks_countable (text))
    g_string_append_c (target, '\t');
}

/**
 * shequ_csv_guard_skip:
 * @text: the text of a CSV cell
 * @length: its bytes
 *
 * Returns: how many bytes of the guard stand in front of what the cell says
 */
gsize
shequ_csv_guard_skip (const char *text, gsize length)
{
  return length > 2 && text[0] == '\'' && begins_formula (text + 1, length - 1) ? 1 : 0;
}
