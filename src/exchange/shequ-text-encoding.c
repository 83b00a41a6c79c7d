#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <iconv.h>
#include <string.h>
#include <uchardet/uchardet.h>

#include "shequ-error.h"
#include "shequ-text-decoder.h"

#define SAMPLE_SIZE (256 * 1024)
/* After so many bytes that are no UTF-8 the question is decided. */
#define ENOUGH_WRONG_BYTES 4096

/* How a text looks as UTF-8. */
typedef struct
{
  guint64 characters;
  guint64 wrong;
  guint64 first_wrong;
  gboolean blank;
} Survey;

static void
survey_piece (Survey *survey, const char *text, gsize length, guint64 offset, gboolean count)
{
  const char *end = text + length;
  const char *at = text;

  for (gsize i = 0; i < length && survey->blank; i++)
    survey->blank = g_ascii_isspace (text[i]) || (offset == 0 && i < 3 && (guint8) text[i] >= 0xBB);
  while (at < end)
    {
      const char *stop;

      g_utf8_validate_len (at, end - at, &stop);
      for (; count && at < stop; at++)
        survey->characters += (guint8) *at >= 0xC2;
      at = stop;
      if (at < end && *at != '\0' && survey->wrong++ == 0)
        survey->first_wrong = offset + (at - text);
      at++;
    }
}

/* Reads all of it: a byte that is no UTF-8 may stand on the last line only. */
static gboolean
survey_source (ShequSheetSource *source,
               gboolean count,
               Survey *survey,
               GCancellable *cancellable,
               GError **error)
{
  g_autofree char *buffer = g_malloc (SAMPLE_SIZE + 4);
  guint64 offset = 0;

  *survey = (Survey){ .blank = TRUE };
  while (survey->wrong < ENOUGH_WRONG_BYTES)
    {
      gssize length = shequ_sheet_source_read (source, offset, buffer, SAMPLE_SIZE, error);
      const char *last;

      if (length < 0 || g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (length == 0)
        break;
      last = length < SAMPLE_SIZE ? NULL : g_utf8_find_prev_char (buffer, buffer + length);
      if (last != NULL && length - (last - buffer) < 4)
        length = last - buffer;
      survey_piece (survey, buffer, length, offset, count);
      offset += length;
    }
  return TRUE;
}

static const char *
detect_mark (const guint8 *sample, gsize length)
{
  if (length >= 3 && memcmp (sample, "\xEF\xBB\xBF", 3) == 0)
    return "UTF-8";
  if (length >= 2 && sample[0] == 0xFF && sample[1] == 0xFE)
    return "UTF-16LE";
  if (length >= 2 && sample[0] == 0xFE && sample[1] == 0xFF)
    return "UTF-16BE";
  return NULL;
}

/* Digits, commas and line ends of UTF-16 have a zero byte, always on the same side. */
static const char *
detect_wide (const guint8 *sample, gsize length)
{
  gsize zeros[2] = { 0, 0 };

  for (gsize i = 0; i < length; i++)
    if (sample[i] == 0)
      zeros[i % 2]++;
  if (zeros[1] > length / 40 && zeros[0] <= zeros[1] / 20)
    return "UTF-16LE";
  if (zeros[0] > length / 40 && zeros[1] <= zeros[0] / 20)
    return "UTF-16BE";
  return NULL;
}

static gboolean
has_text_only (const guint8 *sample, gsize length)
{
  gsize others = 0;

  for (gsize i = 0; i < length; i++)
    if (sample[i] < 0x20 && sample[i] != '\t' && sample[i] != '\n' && sample[i] != '\r' && sample[i] != '\f')
      others++;
  return others * 20 <= length;
}

/* The places where @encoding knows no character, in percent of the bytes that are no ASCII. */
static guint
share_of_wrong (const char *encoding, const char *sample, gsize length)
{
  iconv_t converter = iconv_open ("UTF-8", encoding);
  char *at = (char *) sample;
  gsize left = length;
  gsize wrong = 0;
  gsize high = 0;

  if (converter == (iconv_t) -1)
    return 100;
  for (gsize i = 0; i < length; i++)
    high += (guint8) sample[i] >> 7;
  while (left > 0)
    {
      char scratch[4096];
      char *out = scratch;
      gsize room = sizeof scratch;

      if (iconv (converter, &at, &left, &out, &room) != (gsize) -1 || errno == E2BIG)
        continue;
      wrong++;
      at++;
      left--;
    }
  iconv_close (converter);
  return high == 0 ? 0 : wrong * 100 / high + (wrong > 0 ? 1 : 0);
}

/* The share of pairs, in percent, that are among the 6,763 common characters of GB 2312. */
static guint
count_common_pairs (const guint8 *sample, gsize length)
{
  guint pairs = 0;
  guint common = 0;

  for (gsize i = 0; i + 1 < length; i++)
    if (sample[i] >= 0x80)
      {
        pairs++;
        if (sample[i] >= 0xA1 && sample[i] <= 0xF7 && sample[i + 1] >= 0xA1)
          common++;
        i++;
      }
  return pairs == 0 ? 100 : common * 100 / pairs;
}

static char *
guess_by_uchardet (const char *sample, gsize length)
{
  uchardet_t detector = uchardet_new ();
  char *guess = NULL;

  if (uchardet_handle_data (detector, sample, length) == 0)
    {
      uchardet_data_end (detector);
      guess = g_strdup (uchardet_get_charset (detector));
    }
  uchardet_delete (detector);
  return guess;
}

/* uchardet errs on short lists of names, so GB18030 wins unless the bytes speak against it. */
static char *
detect_local (const char *sample, gsize length)
{
  g_autofree char *guess = guess_by_uchardet (sample, length);
  gboolean chinese = share_of_wrong ("GB18030", sample, length) <= 5;

  if (chinese && (guess == NULL || strcmp (guess, "BIG5") != 0 ||
                  count_common_pairs ((const guint8 *) sample, length) >= 80))
    return g_strdup ("GB18030");
  if (guess != NULL && *guess != '\0' && share_of_wrong (guess, sample, length) == 0)
    return g_steal_pointer (&guess);
  return chinese ? g_strdup ("GB18030") : NULL;
}

/* A line end is one byte in all these encodings, so that a sample of whole lines has whole characters. */
static char *
detect_around (ShequSheetSource *source, guint64 place, GError **error)
{
  g_autofree char *buffer = g_malloc (SAMPLE_SIZE);
  guint64 offset = place > SAMPLE_SIZE / 4 ? place - SAMPLE_SIZE / 4 : 0;
  gssize length = shequ_sheet_source_read (source, offset, buffer, SAMPLE_SIZE, error);
  const char *sample = buffer;
  char *encoding;

  if (length < 0)
    return NULL;
  if (offset > 0 && memchr (buffer, '\n', place - offset) != NULL)
    sample = (const char *) memchr (buffer, '\n', place - offset) + 1;
  length -= sample - buffer;
  if (offset + SAMPLE_SIZE < source->size && memrchr (sample, '\n', length) != NULL)
    length = (const char *) memrchr (sample, '\n', length) + 1 - sample;
  encoding = detect_local (sample, length);
  if (encoding == NULL)
    g_set_error (
      error, SHEQU_ERROR, SHEQU_ERROR_UNREADABLE,
      _ ("The text of “%s” is in an unknown encoding. Open it in the program that wrote it and save it "
         "as .xlsx or “CSV UTF-8”."),
      source->name);
  return encoding;
}

/**
 * shequ_text_detect_encoding:
 * @source: a text
 * @cancellable: (nullable): to stop
 * @error: return location for a %SHEQU_ERROR_UNREADABLE: no text, empty, or of unknown encoding
 *
 * Looks at byte order marks, at the zero bytes of UTF-16, then reads the whole text as UTF-8; a few wrong
 * bytes among many characters are damage. What else is left is GB18030, unless the bytes speak for another.
 *
 * Returns: (transfer full) (nullable): the encoding as iconv names it
 */
char *
shequ_text_detect_encoding (ShequSheetSource *source, GCancellable *cancellable, GError **error)
{
  g_autofree char *sample = g_malloc (SAMPLE_SIZE);
  gssize length = shequ_sheet_source_read (source, 0, sample, SAMPLE_SIZE, error);
  const char *known;
  Survey survey;

  if (length < 0)
    return NULL;
  known = detect_mark ((guint8 *) sample, length);
  if (known == NULL)
    known = detect_wide ((guint8 *) sample, length);
  if (known != NULL && g_str_has_prefix (known, "UTF-16"))
    return g_strdup (known);
  if (!has_text_only ((guint8 *) sample, length))
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREADABLE,
                   _ ("“%s” is no spreadsheet and no text. Choose a file saved as .xlsx, .xls or .csv."),
                   source->name);
      return NULL;
    }
  /* Only where a byte is wrong does it matter how many are right, which takes longer to find out. */
  if (!survey_source (source, FALSE, &survey, cancellable, error) ||
      (survey.wrong > 0 && !survey_source (source, TRUE, &survey, cancellable, error)))
    return NULL;
  if (survey.blank)
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREADABLE, _ ("“%s” is empty. Ask for the file again."),
                   source->name);
      return NULL;
    }
  if (known != NULL || survey.wrong == 0 || survey.wrong * 20 <= survey.characters)
    return g_strdup ("UTF-8");
  return detect_around (source, survey.first_wrong, error);
}
