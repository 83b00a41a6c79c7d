#include "shequ-address-numbers.h"

#include "config.h"

#include <string.h>

#include "shequ-text.h"

#define MOST_DIGITS 6

typedef struct
{
  const char *word;
  ShequAddressMark mark;
} Word;

/* Longer words before those they start with. */
static const Word words[] = {
  { "号楼", SHEQU_ADDRESS_BUILDING },  { "号栋", SHEQU_ADDRESS_BUILDING },
  { "号院", SHEQU_ADDRESS_YARD },      { "号门", SHEQU_ADDRESS_STAIRWELL },
  { "号", SHEQU_ADDRESS_HOUSE },       { "栋楼", SHEQU_ADDRESS_BUILDING },
  { "栋", SHEQU_ADDRESS_BUILDING },    { "幢", SHEQU_ADDRESS_BUILDING },
  { "座", SHEQU_ADDRESS_BUILDING },    { "#楼", SHEQU_ADDRESS_BUILDING },
  { "#", SHEQU_ADDRESS_BUILDING },     { "单元", SHEQU_ADDRESS_STAIRWELL },
  { "门洞", SHEQU_ADDRESS_STAIRWELL }, { "门", SHEQU_ADDRESS_STAIRWELL },
  { "楼层", SHEQU_ADDRESS_FLOOR },     { "楼", SHEQU_ADDRESS_STOREY },
  { "层", SHEQU_ADDRESS_FLOOR },       { "室", SHEQU_ADDRESS_ROOM },
  { "户", SHEQU_ADDRESS_ROOM },        { "弄", SHEQU_ADDRESS_LANE },
  { "期", SHEQU_ADDRESS_PHASE },       { "区", SHEQU_ADDRESS_PHASE },
  { "组团", SHEQU_ADDRESS_PHASE },
};

/* Shops and garages are no stairwells and no rooms. */
static const char *const strangers[] = { "门市", "门面", "号门市", "号门面", "号商", "号车", "号门卫" };

static int
chinese_digit (gunichar character)
{
  static const gunichar digits[] = { 0x96F6, 0x4E00, 0x4E8C, 0x4E09, 0x56DB,
                                     0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D };

  if (character == 0x3007)
    return 0;
  if (character == 0x4E24)
    return 2;
  for (guint i = 0; i < G_N_ELEMENTS (digits); i++)
    if (digits[i] == character)
      return i;
  return -1;
}

/* 五〇一 is 501, 二十三 is 23, 一百零二 is 102. */
static const char *
read_chinese (const char *text, char *number)
{
  guint value = 0;
  guint digit = 0;
  guint count = 0;
  gboolean units = FALSE;

  for (;;)
    {
      const char *next = text;
      gunichar character = shequ_text_next (&next);
      int found = chinese_digit (character);

      if (found >= 0)
        digit = units || count == 0 ? (guint) found : digit * 10 + found;
      else if (character == 0x5341 || character == 0x767E)
        {
          value += (digit == 0 ? 1 : digit) * (character == 0x5341 ? 10 : 100);
          digit = 0;
          units = TRUE;
        }
      else
        break;
      if (++count > MOST_DIGITS)
        return NULL;
      text = next;
    }
  if (count == 0)
    return NULL;
  g_snprintf (number, SHEQU_ADDRESS_NUMBER_SIZE, "%u", value + digit);
  return text;
}

/* Digits with a letter before or behind: 3, A3, 501B, or a letter alone. */
static const char *
read_plain (const char *text, char *number)
{
  const char *place = text;
  gsize digits;

  if (g_ascii_isalpha (*place))
    place++;
  digits = strspn (place, "0123456789");
  if (digits > MOST_DIGITS)
    return NULL;
  place += digits;
  if (digits > 0 && place - digits == text && g_ascii_isalpha (*place) && !g_ascii_isalpha (place[1]))
    place++;
  if (place == text)
    return NULL;
  for (const char *sign = text; sign < place; sign++)
    number[sign - text] = g_ascii_toupper (*sign);
  number[place - text] = '\0';
  return place;
}

static const char *
read_mark (const char *text, ShequAddressMark *mark)
{
  *mark = SHEQU_ADDRESS_PLAIN;
  for (guint i = 0; i < G_N_ELEMENTS (strangers); i++)
    if (g_str_has_prefix (text, strangers[i]))
      return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_has_prefix (text, words[i].word))
      {
        *mark = words[i].mark;
        return text + strlen (words[i].word);
      }
  return text;
}

static void
drop_zeros (char *number)
{
  gsize zeros = strspn (number, "0");

  if (zeros > 0 && g_ascii_isdigit (number[zeros]))
    memmove (number, number + zeros, strlen (number + zeros) + 1);
}

/**
 * shequ_address_read_item:
 * @text: a place in a folded address
 * @item: (out): the number there
 *
 * A number in Chinese numerals and a letter alone need a word behind them: 三栋, A座, but not 三里屯.
 *
 * Returns: whether a number stands at @text
 */
gboolean
shequ_address_read_item (const char *text, ShequAddressItem *item)
{
  gboolean chinese = (guchar) *text >= 0x80;
  const char *place = chinese ? read_chinese (text, item->number) : read_plain (text, item->number);

  if (place == NULL)
    return FALSE;
  place = read_mark (place, &item->mark);
  if (place == NULL)
    return FALSE;
  if (item->mark == SHEQU_ADDRESS_PLAIN && (chinese || (place - text == 1 && g_ascii_isalpha (*text))))
    return FALSE;
  /* 三门峡路 is a road. */
  if (chinese && strncmp (place - strlen ("门"), "门", strlen ("门")) == 0)
    return FALSE;
  /* 03号楼 is building 3; a room keeps its zeros, as doors show them. */
  if (item->mark != SHEQU_ADDRESS_PLAIN && item->mark != SHEQU_ADDRESS_ROOM)
    drop_zeros (item->number);
  item->dash = *place == '-';
  item->start = text;
  item->end = place + (item->dash ? 1 : 0);
  return TRUE;
}
