#include "shequ-text.h"

#include "config.h"

#include <string.h>

#define BLANK ' '

/**
 * shequ_text_next:
 * @text: (inout): a place in a UTF-8 text; moved behind the character
 *
 * Reads one character; a byte that is not UTF-8 is read as U+FFFD, so that no file can lead astray.
 *
 * Returns: the character, 0 at the end
 */
gunichar
shequ_text_next (const char **text)
{
  guchar byte = **text;
  gunichar character;

  if (byte < 0x80)
    {
      if (byte != 0)
        (*text)++;
      return byte;
    }
  /* Most Chinese characters: three bytes, and no surrogate or overlong form among them. */
  if (byte >= 0xE1 && byte <= 0xEC)
    {
      guchar second = (*text)[1];
      guchar third = (second & 0xC0) == 0x80 ? (*text)[2] : 0;

      if ((third & 0xC0) == 0x80)
        {
          *text += 3;
          return (byte & 0x0Fu) << 12 | (second & 0x3Fu) << 6 | (third & 0x3Fu);
        }
    }
  character = g_utf8_get_char_validated (*text, -1);
  if ((gint32) character < 0)
    {
      (*text)++;
      return 0xFFFD;
    }
  *text += g_unichar_to_utf8 (character, NULL);
  return character;
}

/**
 * shequ_text_fold:
 * @character: a character as an input method, a web page or a spreadsheet may leave it
 *
 * Full-width signs become half-width, every kind of blank becomes U+0020.
 *
 * Returns: the plain character; 0 for one that nobody sees (a byte order mark, a zero-width sign)
 */
gunichar
shequ_text_fold (gunichar character)
{
  if (character < 0x80)
    return character == '\t' || character == '\n' || character == '\r' ? BLANK : character;
  if (character >= 0xFF01 && character <= 0xFF5E)
    return character - 0xFF01 + '!';
  switch (character)
    {
    case 0x00A0:
    case 0x2002:
    case 0x2003:
    case 0x2009:
    case 0x202F:
    case 0x3000:
      return BLANK;
    case 0x200B:
    case 0x200C:
    case 0x200D:
    case 0x200E:
    case 0x200F:
    case 0x202A:
    case 0x202C:
    case 0x202D:
    case 0xFEFF:
      return 0;
    case 0xFFE5:
      return 0x00A5;
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2212:
      return '-';
    default:
      return character;
    }
}

static gssize
fold_into (const char *text, char *buffer, gsize size, gboolean keep_blanks)
{
  gsize length = 0;

  while (*text != '\0')
    {
      gunichar character = shequ_text_fold (shequ_text_next (&text));
      char bytes[6];
      int width = 1;

      if (character == 0 || (character == BLANK && (length == 0 || !keep_blanks)))
        continue;
      if (character < 0x80)
        bytes[0] = (char) character;
      else
        width = g_unichar_to_utf8 (character, bytes);
      if (length + width >= size)
        return -1;
      memcpy (buffer + length, bytes, width);
      length += width;
    }
  while (length > 0 && buffer[length - 1] == BLANK)
    length--;
  buffer[length] = '\0';
  return length;
}

/**
 * shequ_text_fold_into:
 * @text: a typed text
 * @buffer: (out): where the folded text goes, ended by NUL
 * @size: bytes of @buffer
 *
 * Folds each character as shequ_text_fold() and takes blanks off both ends.
 *
 * Returns: the bytes written, or -1 when @text does not fit
 */
gssize
shequ_text_fold_into (const char *text, char *buffer, gsize size)
{
  return fold_into (text, buffer, size, TRUE);
}

/**
 * shequ_text_squeeze_into:
 * @text: a typed text
 * @buffer: (out): where the folded text goes, ended by NUL
 * @size: bytes of @buffer
 *
 * As shequ_text_fold_into(), and takes out every blank, as numbers want it.
 *
 * Returns: the bytes written, or -1 when @text does not fit
 */
gssize
shequ_text_squeeze_into (const char *text, char *buffer, gsize size)
{
  return fold_into (text, buffer, size, FALSE);
}

/**
 * shequ_text_is_han:
 * @character: a character
 *
 * Returns: whether it is a Chinese character, in or outside the basic plane
 */
gboolean
shequ_text_is_han (gunichar character)
{
  return (character >= 0x4E00 && character <= 0x9FFF) || (character >= 0x3400 && character <= 0x4DBF) ||
         (character >= 0x20000 && character <= 0x3FFFF) || (character >= 0xF900 && character <= 0xFAFF) ||
         character == 0x3007 || character == 0x3005;
}

/**
 * shequ_text_digit:
 * @character: a character
 *
 * Returns: the value of a half-width digit, or -1
 */
int
shequ_text_digit (gunichar character)
{
  return character >= '0' && character <= '9' ? (int) (character - '0') : -1;
}
