#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SHEQU_SEARCH_MOST_UNITS 512

/* Text as the search sees it: lower-case letters, digits and Han; anything else only separates. */
typedef enum
{
  SHEQU_SEARCH_UNIT_SEPARATOR,
  SHEQU_SEARCH_UNIT_LETTER,
  SHEQU_SEARCH_UNIT_DIGIT,
  SHEQU_SEARCH_UNIT_HAN,
} ShequSearchUnitKind;

/**
 * ShequSearchUnits:
 * @bytes: the units as UTF-8
 * @starts: where each unit starts in @bytes, and one more for the end
 *
 * A piece of normalised text; a plain struct for the stack. The unit behind the last is a separator.
 */
typedef struct
{
  guint count;
  guint8 kinds[SHEQU_SEARCH_MOST_UNITS + 1];
  guint16 starts[SHEQU_SEARCH_MOST_UNITS + 1];
  char bytes[SHEQU_SEARCH_MOST_UNITS * 4 + 8];
} ShequSearchUnits;

const char *shequ_search_units_read (const char *text, ShequSearchUnits *units);
guint shequ_search_units_word_end (const ShequSearchUnits *units, guint start);
guint shequ_search_units_han_end (const ShequSearchUnits *units, guint start);
gboolean shequ_search_units_is_start (const ShequSearchUnits *units, guint place);

G_END_DECLS
