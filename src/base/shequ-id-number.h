#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ShequIdNumberType:
 * @SHEQU_ID_NUMBER_RESIDENT: citizen's number, GB 11643
 * @SHEQU_ID_NUMBER_HONG_KONG: residence permit of a Hong Kong resident, 810000
 * @SHEQU_ID_NUMBER_MACAU: residence permit of a Macau resident, 820000
 * @SHEQU_ID_NUMBER_TAIWAN: residence permit of a Taiwan resident, 830000
 * @SHEQU_ID_NUMBER_PERMANENT: a foreigner's permanent residence card of 2023, 18 places from 9
 * @SHEQU_ID_NUMBER_PERMANENT_OLD: the earlier card, three letters and twelve digits
 */
typedef enum
{
  SHEQU_ID_NUMBER_RESIDENT,
  SHEQU_ID_NUMBER_HONG_KONG,
  SHEQU_ID_NUMBER_MACAU,
  SHEQU_ID_NUMBER_TAIWAN,
  SHEQU_ID_NUMBER_PERMANENT,
  SHEQU_ID_NUMBER_PERMANENT_OLD,
} ShequIdNumberType;

/**
 * ShequIdNumberNotes:
 * @SHEQU_ID_NUMBER_REGION_UNKNOWN: the address part stands in no table of this program; early numbers may
 * @SHEQU_ID_NUMBER_CONVERTED: made from an old number of 15 digits
 * @SHEQU_ID_NUMBER_DIGITS_LOST: ends on 000 and fits only by chance: a spreadsheet may have cut it
 *
 * What a person should look at, though the number is taken.
 */
typedef enum
{
  SHEQU_ID_NUMBER_NO_NOTES = 0,
  SHEQU_ID_NUMBER_REGION_UNKNOWN = 1 << 0,
  SHEQU_ID_NUMBER_CONVERTED = 1 << 1,
  SHEQU_ID_NUMBER_DIGITS_LOST = 1 << 2,
} ShequIdNumberNotes;

/**
 * ShequIdNumber:
 * @number: the number as it is stored: no blanks, half-width, X upper-case
 * @birth_date: `2026-11-22`, or empty where a permanent residence card does not tell
 * @sex: 1 male, 2 female, 0 when the number does not tell
 */
typedef struct
{
  char number[19];
  char birth_date[11];
  ShequIdNumberType type;
  ShequIdNumberNotes notes;
  guint year;
  guint month;
  guint day;
  guint sex;
} ShequIdNumber;

gboolean shequ_id_number_parse (const char *text, const char *today, ShequIdNumber *out, GError **error);
char shequ_id_number_check_digit (const char *number);
gboolean shequ_id_number_may_have_lost_digits (const char *text);
const char *shequ_id_number_note_get_text (ShequIdNumberNotes note);

G_END_DECLS
