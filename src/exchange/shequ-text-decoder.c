#include "shequ-text-decoder.h"

#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <iconv.h>
#include <string.h>

#include "shequ-error.h"

#define PIECE_SIZE (128 * 1024)
#define LONGEST_CHARACTER 8

struct _ShequTextDecoder
{
  ShequSheetSource *source;
  guint64 offset;
  char *input;
  gsize kept;
  GString *output;
  gboolean at_start;
  gboolean wide;
  iconv_t converter;
};

/**
 * shequ_text_decoder_new:
 * @source: what to read; must outlive the decoder
 * @encoding: `UTF-8` or what iconv knows
 * @error: return location
 *
 * Returns: (transfer full) (nullable): a decoder at the start of @source
 */
ShequTextDecoder *
shequ_text_decoder_new (ShequSheetSource *source, const char *encoding, GError **error)
{
  g_autoptr (ShequTextDecoder) decoder = g_new0 (ShequTextDecoder, 1);

  decoder->source = source;
  decoder->converter = (iconv_t) -1;
  decoder->at_start = TRUE;
  decoder->wide = g_str_has_prefix (encoding, "UTF-16");
  decoder->input = g_malloc (PIECE_SIZE + LONGEST_CHARACTER);
  decoder->output = g_string_sized_new (PIECE_SIZE);
  if (strcmp (encoding, "UTF-8") != 0)
    {
      decoder->converter = iconv_open ("UTF-8", encoding);
      if (decoder->converter == (iconv_t) -1)
        {
          g_set_error (
            error, SHEQU_ERROR, SHEQU_ERROR_UNREADABLE,
            _ ("“%s” is written in the encoding %s, which this computer cannot read. Save it again as "
               "“CSV UTF-8” or .xlsx."),
            source->name, encoding);
          return NULL;
        }
    }
  return g_steal_pointer (&decoder);
}

/**
 * shequ_text_decoder_free:
 * @decoder: (transfer full): a decoder
 */
void
shequ_text_decoder_free (ShequTextDecoder *decoder)
{
  if (decoder->converter != (iconv_t) -1)
    iconv_close (decoder->converter);
  g_free (decoder->input);
  g_string_free (decoder->output, TRUE);
  g_free (decoder);
}

/**
 * shequ_text_decoder_rewind:
 * @decoder: a decoder
 *
 * Goes back to the start of the text.
 */
void
shequ_text_decoder_rewind (ShequTextDecoder *decoder)
{
  decoder->offset = 0;
  decoder->kept = 0;
  decoder->at_start = TRUE;
  if (decoder->converter != (iconv_t) -1)
    iconv (decoder->converter, NULL, NULL, NULL, NULL);
}

/**
 * shequ_text_decoder_get_offset:
 * @decoder: a decoder
 *
 * Returns: the bytes of the source read so far
 */
guint64
shequ_text_decoder_get_offset (ShequTextDecoder *decoder)
{
  return decoder->offset;
}

static void
append_replacement (ShequTextDecoder *decoder)
{
  g_string_append (decoder->output, "\xEF\xBF\xBD");
}

/* Returns how many bytes at the end wait for the rest of their character. */
static gsize
repair_utf8 (ShequTextDecoder *decoder, const char *text, gsize length, gboolean last)
{
  const char *end = text + length;

  g_string_truncate (decoder->output, 0);
  while (text < end)
    {
      const char *stop;

      g_utf8_validate_len (text, end - text, &stop);
      g_string_append_len (decoder->output, text, stop - text);
      text = stop;
      if (text == end)
        break;
      if (*text == '\0')
        g_string_append_c (decoder->output, '\0');
      else if (!last && end - text < 4 && g_utf8_get_char_validated (text, end - text) == (gunichar) -2)
        return end - text;
      else
        append_replacement (decoder);
      text++;
    }
  return 0;
}

static gsize
convert (ShequTextDecoder *decoder, char *text, gsize length, gboolean last)
{
  gsize unit = decoder->wide ? 2 : 1;

  g_string_truncate (decoder->output, 0);
  while (length > 0)
    {
      gsize before = decoder->output->len;
      gsize room = length * 3 + 64;
      char *out;
      gsize result;

      g_string_set_size (decoder->output, before + room);
      out = decoder->output->str + before;
      result = iconv (decoder->converter, &text, &length, &out, &room);
      g_string_truncate (decoder->output, out - decoder->output->str);
      if (result != (gsize) -1 || errno == E2BIG)
        continue;
      if (errno == EINVAL && !last)
        return length;
      append_replacement (decoder);
      text += MIN (unit, length);
      length -= MIN (unit, length);
    }
  return 0;
}

/* The byte order mark is no part of the text. */
static void
skip_mark (ShequTextDecoder *decoder, const char **text, gsize *length)
{
  if (decoder->at_start && *length >= 3 && memcmp (*text, "\xEF\xBB\xBF", 3) == 0)
    {
      *text += 3;
      *length -= 3;
    }
  decoder->at_start = FALSE;
}

/**
 * shequ_text_decoder_next:
 * @decoder: a decoder
 * @text: (out): the next piece of whole characters, valid UTF-8 but for NUL bytes; valid until the next call
 * @length: (out): its bytes, 0 at the end
 * @error: return location for a %SHEQU_ERROR_UNREADABLE
 *
 * Returns: %FALSE on error
 */
gboolean
shequ_text_decoder_next (ShequTextDecoder *decoder, const char **text, gsize *length, GError **error)
{
  do
    {
      gssize got = shequ_sheet_source_read (decoder->source, decoder->offset, decoder->input + decoder->kept,
                                            PIECE_SIZE, error);
      gsize filled = decoder->kept + got;
      gboolean last = got < PIECE_SIZE;
      gsize waiting = 0;

      if (got < 0)
        return FALSE;
      decoder->offset += got;
      decoder->kept = 0;
      *text = decoder->input;
      *length = filled;
      if (filled == 0)
        return TRUE;
      if (decoder->converter != (iconv_t) -1)
        waiting = convert (decoder, decoder->input, filled, last);
      else if (!g_utf8_validate_len (decoder->input, filled, NULL))
        waiting = repair_utf8 (decoder, decoder->input, filled, last);
      else
        {
          skip_mark (decoder, text, length);
          continue;
        }
      memmove (decoder->input, decoder->input + filled - waiting, waiting);
      decoder->kept = waiting;
      *text = decoder->output->str;
      *length = decoder->output->len;
      skip_mark (decoder, text, length);
    }
  while (*length == 0);
  return TRUE;
}
