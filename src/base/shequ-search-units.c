#include "shequ-search-units.h"

#include "config.h"

#include <string.h>

#include "shequ-text.h"

/* The longest decomposition that Unicode knows. */
#define LONGEST_DECOMPOSITION 18

#define COMBINING_DIAERESIS 0x0308

static void
put (ShequSearchUnits *units, ShequSearchUnitKind kind, gunichar character)
{
  guint start = units->starts[units->count];

  /* Separators need no bytes and no second one behind. */
  if (kind == SHEQU_SEARCH_UNIT_SEPARATOR)
    {
      if (units->count > 0 && units->kinds[units->count - 1] == SHEQU_SEARCH_UNIT_SEPARATOR)
        return;
    }
  else if (character < 0x80)
    units->bytes[start++] = (char) character;
  else
    start += g_unichar_to_utf8 (character, units->bytes + start);
  units->kinds[units->count++] = kind;
  units->starts[units->count] = start;
}

static void
put_character (ShequSearchUnits *units, gunichar character)
{
  if (character >= '0' && character <= '9')
    put (units, SHEQU_SEARCH_UNIT_DIGIT, character);
  else if (character < 0x80)
    put (units, g_ascii_isalpha (character) ? SHEQU_SEARCH_UNIT_LETTER : SHEQU_SEARCH_UNIT_SEPARATOR,
         g_ascii_tolower (character));
  else if (shequ_text_is_han (character))
    put (units, SHEQU_SEARCH_UNIT_HAN, character);
  else if (g_unichar_isalnum (character))
    put (units, SHEQU_SEARCH_UNIT_LETTER, g_unichar_tolower (character));
  else
    put (units, SHEQU_SEARCH_UNIT_SEPARATOR, 0);
}

/* NFKD without the marks: ① becomes 1, é becomes e, and ü becomes v as pinyin is typed. */
static void
put_decomposed (ShequSearchUnits *units, gunichar character)
{
  gunichar parts[LONGEST_DECOMPOSITION];
  gsize count = g_unichar_fully_decompose (character, TRUE, parts, LONGEST_DECOMPOSITION);

  for (gsize i = 0; i < count && units->count < SHEQU_SEARCH_MOST_UNITS; i++)
    {
      gboolean umlaut = i + 1 < count && parts[i + 1] == COMBINING_DIAERESIS;

      if (g_unichar_ismark (parts[i]))
        continue;
      put_character (units,
                     umlaut && (parts[i] == 'u' || parts[i] == 'U') ? 'v' : shequ_text_fold (parts[i]));
    }
}

/**
 * shequ_search_units_read:
 * @text: a text
 * @units: (out caller-allocates): its first 512 units
 *
 * Returns: (nullable): the rest of @text, %NULL when all was read
 */
const char *
shequ_search_units_read (const char *text, ShequSearchUnits *units)
{
  units->count = 0;
  units->starts[0] = 0;
  while (*text != '\0' && units->count < SHEQU_SEARCH_MOST_UNITS)
    {
      gunichar character = shequ_text_next (&text);

      if (character < 0x80 || (character >= 0x3400 && character <= 0x9FFF))
        put_character (units, character);
      else if (character >= 0xAC00 && character <= 0xD7A3)
        put (units, SHEQU_SEARCH_UNIT_LETTER, character);
      else if (shequ_text_fold (character) != 0 && !g_unichar_ismark (character))
        put_decomposed (units, character);
    }
  units->kinds[units->count] = SHEQU_SEARCH_UNIT_SEPARATOR;
  return *text == '\0' ? NULL : text;
}

/**
 * shequ_search_units_word_end:
 * @units: a piece of text
 * @start: a letter or digit
 *
 * Returns: the place behind the letters and digits from @start on
 */
guint
shequ_search_units_word_end (const ShequSearchUnits *units, guint start)
{
  while (units->kinds[start] == SHEQU_SEARCH_UNIT_LETTER || units->kinds[start] == SHEQU_SEARCH_UNIT_DIGIT)
    start++;
  return start;
}

/**
 * shequ_search_units_han_end:
 * @units: a piece of text
 * @start: a place
 *
 * Returns: the place behind the Han from @start on
 */
guint
shequ_search_units_han_end (const ShequSearchUnits *units, guint start)
{
  while (units->kinds[start] == SHEQU_SEARCH_UNIT_HAN)
    start++;
  return start;
}

/**
 * shequ_search_units_is_start:
 * @units: a piece of text
 * @place: a place
 *
 * A word starts behind a separator or Han, and where digits follow letters: `sq2026` is found by `2026`,
 * but the X of an ID number is no word.
 *
 * Returns: whether a word of letters and digits starts at @place
 */
gboolean
shequ_search_units_is_start (const ShequSearchUnits *units, guint place)
{
  ShequSearchUnitKind kind = units->kinds[place];
  ShequSearchUnitKind before = place > 0 ? units->kinds[place - 1] : SHEQU_SEARCH_UNIT_SEPARATOR;

  if (kind == SHEQU_SEARCH_UNIT_DIGIT)
    return before != SHEQU_SEARCH_UNIT_DIGIT;
  return kind == SHEQU_SEARCH_UNIT_LETTER &&
         (before == SHEQU_SEARCH_UNIT_SEPARATOR || before == SHEQU_SEARCH_UNIT_HAN);
}
