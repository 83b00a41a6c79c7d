/* The records of an .xls and the texts in them.
 *
 * libfreexl 1.0.6 reads such files too, but beyond the end of its buffers where a file is damaged, and it
 * leaves out formulas, truth values, errors and merged ranges. So the records are read here, with every
 * length checked; libgsf finds the stream that they are in. */

#include "shequ-xls-record.h"

#include "config.h"

#include <string.h>

#define HEAD_SIZE 4
#define FLAG_WIDE 0x01
#define FLAG_EXTENDED 0x04
#define FLAG_RICH 0x08
#define RUN_SIZE 4

/**
 * shequ_xls_read_16:
 * @bytes: two bytes
 *
 * Returns: the number in them, low byte first
 */
guint
shequ_xls_read_16 (const guint8 *bytes)
{
  return bytes[0] | bytes[1] << 8;
}

/**
 * shequ_xls_read_32:
 * @bytes: four bytes
 *
 * Returns: the number in them
 */
guint32
shequ_xls_read_32 (const guint8 *bytes)
{
  return shequ_xls_read_16 (bytes) | (guint32) shequ_xls_read_16 (bytes + 2) << 16;
}

/**
 * shequ_xls_read_double:
 * @bytes: eight bytes
 *
 * Returns: the number in them
 */
double
shequ_xls_read_double (const guint8 *bytes)
{
  guint64 bits = shequ_xls_read_32 (bytes) | (guint64) shequ_xls_read_32 (bytes + 4) << 32;
  double number;

  memcpy (&number, &bits, sizeof number);
  return number;
}

/**
 * shequ_xls_read_short_number:
 * @bytes: four bytes
 *
 * [MS-XLS] 2.5.217: the upper 30 bits are an integer or the upper part of a double; the lower two tell which,
 * and whether it counts hundredths.
 *
 * Returns: the number in them
 */
double
shequ_xls_read_short_number (const guint8 *bytes)
{
  guint32 bits = shequ_xls_read_32 (bytes);
  guint64 upper = (guint64) (bits & ~3u) << 32;
  double number;

  if (bits & 2)
    number = (gint32) bits >> 2;
  else
    memcpy (&number, &upper, sizeof number);
  return bits & 1 ? number / 100.0 : number;
}

/**
 * shequ_xls_cursor_next:
 * @cursor: a place in a stream
 * @record: (out): the record there
 *
 * Returns: %FALSE when no whole record is left
 */
gboolean
shequ_xls_cursor_next (ShequXlsCursor *cursor, ShequXlsRecord *record)
{
  gsize left = cursor->at < cursor->size ? cursor->size - cursor->at : 0;
  const guint8 *head = cursor->bytes + cursor->at;

  if (left < HEAD_SIZE || shequ_xls_read_16 (head + 2) > left - HEAD_SIZE)
    return FALSE;
  *record = (ShequXlsRecord){ shequ_xls_read_16 (head), head + HEAD_SIZE, shequ_xls_read_16 (head + 2) };
  cursor->at += HEAD_SIZE + record->length;
  return TRUE;
}

/**
 * shequ_xls_append_characters:
 * @text: where they go
 * @bytes: @n_characters of one byte, or of two when @wide
 * @n_characters: how many
 * @wide: UTF-16 instead of its lower bytes
 */
void
shequ_xls_append_characters (GString *text, const guint8 *bytes, gsize n_characters, gboolean wide)
{
  for (gsize i = 0; i < n_characters; i++)
    {
      gunichar unit = wide ? shequ_xls_read_16 (bytes + 2 * i) : bytes[i];
      gunichar low = wide && i + 1 < n_characters ? shequ_xls_read_16 (bytes + 2 * i + 2) : 0;

      if (unit >= 0xD800 && unit < 0xDC00 && low >= 0xDC00 && low < 0xE000)
        {
          unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
          i++;
        }
      else if (unit >= 0xD800 && unit < 0xE000)
        unit = 0xFFFD;
      g_string_append_unichar (text, unit);
    }
}

/**
 * shequ_xls_read_text:
 * @bytes: a count, flags and characters
 * @length: how many bytes there are
 * @form: how they stand there
 *
 * Returns: (transfer full) (nullable): the text, %NULL when it would end beyond @length
 */
char *
shequ_xls_read_text (const guint8 *bytes, gsize length, const ShequXlsTextForm *form)
{
  gsize head = form->count_size + (form->has_flags ? 1 : 0);
  g_autoptr (GString) text = NULL;
  gboolean wide;
  gsize count;

  if (length < head)
    return NULL;
  count = form->count_size == 1 ? bytes[0] : shequ_xls_read_16 (bytes);
  wide = form->has_flags && (bytes[form->count_size] & FLAG_WIDE);
  if (length - head < count * (wide ? 2 : 1))
    return NULL;
  if (!form->has_flags)
    {
      char *converted =
        g_convert ((const char *) bytes + head, count, "UTF-8", form->encoding, NULL, NULL, NULL);

      return converted != NULL ? converted : g_utf8_make_valid ((const char *) bytes + head, count);
    }
  text = g_string_new (NULL);
  shequ_xls_append_characters (text, bytes + head, count, wide);
  return g_strdup (text->str);
}

/* The bytes of a record and of those that continue it. */
typedef struct
{
  ShequXlsCursor *cursor;
  ShequXlsRecord record;
  gsize at;
} Reach;

static gboolean
reach_on (Reach *reach)
{
  ShequXlsCursor ahead = *reach->cursor;

  while (reach->at >= reach->record.length)
    {
      if (!shequ_xls_cursor_next (&ahead, &reach->record) || reach->record.type != SHEQU_XLS_CONTINUE)
        {
          reach->record.length = 0;
          return FALSE;
        }
      *reach->cursor = ahead;
      reach->at = 0;
    }
  return TRUE;
}

static gboolean
reach_number (Reach *reach, guint n_bytes, guint32 *number)
{
  *number = 0;
  for (guint i = 0; i < n_bytes; i++)
    {
      if (!reach_on (reach))
        return FALSE;
      *number |= (guint32) reach->record.bytes[reach->at++] << (8 * i);
    }
  return TRUE;
}

static gboolean
reach_skip (Reach *reach, guint64 n_bytes)
{
  while (n_bytes > 0)
    {
      gsize step;

      if (!reach_on (reach))
        return FALSE;
      step = MIN (n_bytes, reach->record.length - reach->at);
      reach->at += step;
      n_bytes -= step;
    }
  return TRUE;
}

/* Where characters go on in another record, that begins with flags of its own. */
static gboolean
reach_characters (Reach *reach, gsize count, gboolean wide, GString *text)
{
  while (count > 0)
    {
      gsize width = wide ? 2 : 1;
      gsize step = MIN (count, (reach->record.length - reach->at) / width);

      shequ_xls_append_characters (text, reach->record.bytes + reach->at, step, wide);
      reach->at += step * width;
      count -= step;
      if (count > 0)
        {
          guint32 flags;

          reach->at = reach->record.length;
          if (!reach_number (reach, 1, &flags))
            return FALSE;
          wide = (flags & FLAG_WIDE) != 0;
        }
    }
  return TRUE;
}

static gboolean
reach_text (Reach *reach, GString *text)
{
  guint32 count, flags;
  guint32 n_runs = 0;
  guint32 n_extended = 0;

  return reach_number (reach, 2, &count) && reach_number (reach, 1, &flags) &&
         (!(flags & FLAG_RICH) || reach_number (reach, 2, &n_runs)) &&
         (!(flags & FLAG_EXTENDED) || reach_number (reach, 4, &n_extended)) &&
         reach_characters (reach, count, (flags & FLAG_WIDE) != 0, text) &&
         reach_skip (reach, (guint64) n_runs * RUN_SIZE + n_extended);
}

/**
 * shequ_xls_read_shared_texts:
 * @first: the record of the shared texts
 * @cursor: the place behind it; moved behind the records that continue it
 * @text: where the texts go
 * @offsets: (element-type guint32): where each of them ends in @text
 *
 * [MS-XLS] 2.4.265. Ends where the records end, whatever count they state.
 */
void
shequ_xls_read_shared_texts (const ShequXlsRecord *first,
                             ShequXlsCursor *cursor,
                             GString *text,
                             GArray *offsets)
{
  Reach reach = { cursor, *first, 8 };
  guint32 count = first->length < 8 ? 0 : shequ_xls_read_32 (first->bytes + 4);

  while (count-- > 0 && reach_text (&reach, text))
    {
      guint32 end = text->len;

      g_array_append_val (offsets, end);
    }
}
