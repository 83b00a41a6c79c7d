#include "shequ-credit-code.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-error.h"
#include "shequ-text.h"

#define PLACES 18
#define ORGANISATION_START 8
#define ORGANISATION_PLACES 9

/* GB 32100-2015 leaves out I, O, S, V and Z. */
static const char signs[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE, message);
  return FALSE;
}

static void
raise_case (char *text)
{
  for (; *text != '\0'; text++)
    *text = g_ascii_toupper (*text);
}

static char
check_sign (const char *code)
{
  static const guint8 weights[PLACES - 1] = {
    1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28
  };
  guint sum = 0;

  for (guint i = 0; i < PLACES - 1; i++)
    sum += weights[i] * (guint) (strchr (signs, code[i]) - signs);
  return signs[(31 - sum % 31) % 31];
}

/**
 * shequ_credit_code_parse:
 * @text: a unified social credit code as it was typed
 * @code: (out): %SHEQU_CREDIT_CODE_SIZE bytes for the stored form: no blanks or dashes, upper-case
 * @error: return location for a %SHEQU_ERROR_INVALID_VALUE
 *
 * Checks a code by GB 32100-2015: 18 places of 31 signs, the last a check. The organisation code inside
 * (GB 11714) is left to shequ_credit_code_has_sound_organisation(), for not every registrar keeps its check.
 *
 * Returns: %FALSE when it is no such code
 */
gboolean
shequ_credit_code_parse (const char *text, char *code, GError **error)
{
  char squeezed[64];
  gsize length = 0;

  if (shequ_text_squeeze_into (text, squeezed, sizeof squeezed) < 0)
    squeezed[0] = '\0';
  for (const char *sign = squeezed; *sign != '\0'; sign++)
    if (*sign != '-')
      squeezed[length++] = *sign;
  squeezed[length] = '\0';
  if (g_utf8_strlen (squeezed, -1) != PLACES)
    return refuse (error, _ ("A credit code has 18 places. Compare it with the licence."));
  raise_case (squeezed);
  if (strspn (squeezed, signs) != PLACES)
    return refuse (error,
                   _ ("A credit code holds digits and capital letters other than I, O, S, V and Z. Look "
                      "whether a 0 was written as O or a 1 as I."));
  if (squeezed[PLACES - 1] != check_sign (squeezed))
    return refuse (error,
                   _ ("The check sign of the credit code does not fit: one of its signs is wrong. Compare it "
                      "with the licence."));
  memcpy (code, squeezed, SHEQU_CREDIT_CODE_SIZE);
  return TRUE;
}

static gboolean
organisation_check_fits (const char *code, char check)
{
  static const guint8 weights[ORGANISATION_PLACES - 1] = { 3, 7, 9, 10, 5, 8, 4, 2 };
  guint sum = 0;

  for (guint i = 0; i < ORGANISATION_PLACES - 1; i++)
    sum += weights[i] * (guint) (g_ascii_isdigit (code[i]) ? code[i] - '0' : code[i] - 'A' + 10);
  return check == "0X987654321"[sum % 11];
}

/**
 * shequ_credit_code_has_sound_organisation:
 * @code: a credit code in stored form
 *
 * Returns: whether places 9 to 17 are an organisation code with a fitting check by GB 11714; a note when not
 */
gboolean
shequ_credit_code_has_sound_organisation (const char *code)
{
  const char *organisation = code + ORGANISATION_START;

  return organisation_check_fits (organisation, organisation[ORGANISATION_PLACES - 1]);
}

/**
 * shequ_organisation_code_parse:
 * @text: an organisation code as it was typed, with or without its dash
 * @code: (out): %SHEQU_ORGANISATION_CODE_SIZE bytes for the stored form, as `71526726-X`
 * @error: return location for a %SHEQU_ERROR_INVALID_VALUE
 *
 * Checks an organisation code by GB 11714, which old papers carry.
 *
 * Returns: %FALSE when it is no such code
 */
gboolean
shequ_organisation_code_parse (const char *text, char *code, GError **error)
{
  char squeezed[64];
  gssize length = shequ_text_squeeze_into (text, squeezed, sizeof squeezed);

  raise_case (squeezed);
  if (length == ORGANISATION_PLACES + 1 && squeezed[ORGANISATION_PLACES - 1] == '-')
    {
      squeezed[ORGANISATION_PLACES - 1] = squeezed[ORGANISATION_PLACES];
      squeezed[ORGANISATION_PLACES] = '\0';
      length--;
    }
  if (length != ORGANISATION_PLACES ||
      strspn (squeezed, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") != ORGANISATION_PLACES)
    return refuse (error,
                   _ ("An organisation code has eight places, a dash and a check sign, as 71526726-X."));
  if (!organisation_check_fits (squeezed, squeezed[ORGANISATION_PLACES - 1]))
    return refuse (error,
                   _ ("The check sign of the organisation code does not fit: one of its signs is wrong."));
  memcpy (code, squeezed, ORGANISATION_PLACES - 1);
  code[ORGANISATION_PLACES - 1] = '-';
  code[ORGANISATION_PLACES] = squeezed[ORGANISATION_PLACES - 1];
  code[ORGANISATION_PLACES + 1] = '\0';
  return TRUE;
}
