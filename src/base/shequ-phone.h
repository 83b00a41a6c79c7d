#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ShequPhoneType:
 * @SHEQU_PHONE_MOBILE: eleven digits from 13 to 19
 * @SHEQU_PHONE_LAND_LINE: area code, dash, seven or eight digits, perhaps an extension
 * @SHEQU_PHONE_SERVICE: 400 and 800 numbers, hot lines of five or six digits
 * @SHEQU_PHONE_ABROAD: from +, with the code of the country or region
 */
typedef enum
{
  SHEQU_PHONE_MOBILE,
  SHEQU_PHONE_LAND_LINE,
  SHEQU_PHONE_SERVICE,
  SHEQU_PHONE_ABROAD,
} ShequPhoneType;

/**
 * ShequPhone:
 * @number: as it is stored: `13800138000`, `0436-3223344`, `0436-3223344-801`, `400-8008000`, `+85291234567`
 * @rest: where in the text stands what was left out, 0 when all was read
 */
typedef struct
{
  char number[32];
  ShequPhoneType type;
  gsize rest;
} ShequPhone;

gboolean shequ_phone_parse (const char *text, ShequPhone *out, GError **error);

G_END_DECLS
