/* Text with separators.
 *
 * libcsv finds cells and quotes; this file finds the separator and the kind of line end first. The guard that
 * shequ-sheet-writer.h describes is taken away here. */

#include "config.h"

#include <csv.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-error.h"
#include "shequ-sheet-reader-private.h"
#include "shequ-sheet-writer-private.h"
#include "shequ-text-decoder.h"

/* libcsv tells of an open quotation mark only in its strict mode, which refuses any mark out of place. */
#define LIBCSV_FIELD_BEGUN 2
#define MAX_SAMPLED_RECORDS 100
#define MAX_COUNTED_FIELDS 64
/* A cell that long is the rest of a file behind a quotation mark that nobody closed. */
#define MAX_CELL_BYTES (8 * 1024 * 1024)
#define CELL_STEP (64 * 1024)

typedef struct
{
  ShequSheetReader base;
  ShequTextDecoder *decoder;
  struct csv_parser parser;
  gboolean parser_ready;
  char separator;
  char line_end;
  guint row;
  guint column;
  gboolean finished;
} CsvReader;

static int
is_space (unsigned char byte)
{
  return byte == ' ' || byte == '\t' || byte == '\r';
}

static int
is_line_feed (unsigned char byte)
{
  return byte == '\n';
}

static int
is_carriage_return (unsigned char byte)
{
  return byte == '\r';
}

static void
take_field (void *field, size_t length, void *data)
{
  CsvReader *reader = data;
  const char *text = field;
  gsize guard = shequ_csv_guard_skip (text, length);

  shequ_cell_queue_add_text (reader->base.queue, reader->column++, text + guard, length - guard);
}

static void
take_record (int line_end, void *data)
{
  CsvReader *reader = data;

  shequ_cell_queue_end_row (reader->base.queue);
  reader->column = 0;
  shequ_cell_queue_start_row (reader->base.queue, ++reader->row);
}

/* Counts @separator in each record of @text and returns how many records agree on one count. A tab before a
 * comma is our own guard of digits. */
static guint
count_agreeing (const char *text, gsize length, char separator, char line_end)
{
  guint records_of_count[MAX_COUNTED_FIELDS] = { 0 };
  gboolean quoted = FALSE;
  guint count = 0;
  guint records = 0;
  guint best = 0;

  for (gsize i = 0; i < length && records < MAX_SAMPLED_RECORDS; i++)
    {
      if (text[i] == '"')
        quoted = !quoted;
      else if (!quoted && text[i] == separator &&
               !(separator == '\t' && i + 1 < length && text[i + 1] == ','))
        count++;
      if ((!quoted && text[i] == line_end) || i + 1 == length)
        {
          if (count > 0)
            records_of_count[MIN (count, MAX_COUNTED_FIELDS - 1)]++;
          records++;
          count = 0;
        }
    }
  for (guint i = 1; i < MAX_COUNTED_FIELDS; i++)
    best = MAX (best, records_of_count[i]);
  return best;
}

static char
find_separator (const char *text, gsize length, char line_end)
{
  static const char separators[] = ",\t;|";
  char found = ',';
  guint best = 0;

  for (const char *at = separators; *at != '\0'; at++)
    {
      guint agreeing = count_agreeing (text, length, *at, line_end);

      if (agreeing > best)
        {
          best = agreeing;
          found = *at;
        }
    }
  return found;
}

/* Excel heeds a first line `sep=;` and does not show it. */
static gsize
take_separator_line (CsvReader *reader, const char *text, gsize length)
{
  const char *end;

  if (length < 6 || memcmp (text, "sep=", 4) != 0)
    return 0;
  end = memchr (text, reader->line_end, MIN (length, 8));
  if (end == NULL || (end != text + 5 && !(end == text + 6 && text[5] == '\r')))
    return 0;
  reader->separator = text[4];
  shequ_cell_queue_start_row (reader->base.queue, ++reader->row);
  return end + 1 - text;
}

static gsize
look_at_start (CsvReader *reader, const char *text, gsize length)
{
  gsize skipped;

  reader->line_end = memchr (text, '\n', length) == NULL && memchr (text, '\r', length) != NULL ? '\r' : '\n';
  skipped = take_separator_line (reader, text, length);
  if (skipped == 0)
    reader->separator = find_separator (text, length, reader->line_end);
  csv_set_delim (&reader->parser, reader->separator);
  csv_set_space_func (&reader->parser, is_space);
  csv_set_term_func (&reader->parser, reader->line_end == '\r' ? is_carriage_return : is_line_feed);
  return skipped;
}

static gboolean
refuse_open_quote (CsvReader *reader, GError **error)
{
  g_set_error (
    error, SHEQU_ERROR, SHEQU_ERROR_UNREADABLE,
    _ ("In “%s” a quotation mark opens in row %u and is never closed, so the rows behind it cannot be "
       "told apart. Correct that row, or save the file as .xlsx."),
    reader->base.source->name, reader->row);
  return FALSE;
}

static gboolean
finish (CsvReader *reader, GError **error)
{
  reader->base.ended = TRUE;
  if (reader->parser.quoted && reader->parser.pstate == LIBCSV_FIELD_BEGUN)
    return refuse_open_quote (reader, error);
  csv_fini (&reader->parser, take_field, take_record, reader);
  return TRUE;
}

static gboolean
csv_reader_pump (ShequSheetReader *base, GError **error)
{
  CsvReader *reader = (CsvReader *) base;
  const char *text;
  gsize length;
  gsize skipped = 0;

  if (!shequ_text_decoder_next (reader->decoder, &text, &length, error))
    return FALSE;
  base->done = shequ_text_decoder_get_offset (reader->decoder);
  if (length == 0)
    return finish (reader, error);
  if (reader->line_end == '\0')
    skipped = look_at_start (reader, text, length);
  if (csv_parse (&reader->parser, text + skipped, length - skipped, take_field, take_record, reader) !=
      length - skipped)
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREADABLE, _ ("“%s” cannot be read behind row %u: %s."),
                   base->source->name, reader->row, csv_strerror (csv_error (&reader->parser)));
      return FALSE;
    }
  if (reader->parser.entry_pos > MAX_CELL_BYTES)
    return refuse_open_quote (reader, error);
  return TRUE;
}

static gboolean
csv_reader_start (ShequSheetReader *base, guint sheet, GError **error)
{
  CsvReader *reader = (CsvReader *) base;

  if (reader->parser_ready)
    csv_free (&reader->parser);
  reader->parser_ready = TRUE;
  csv_init (&reader->parser, CSV_REPALL_NL);
  /* Its own step of 128 bytes moves a cell of a megabyte eight thousand times. */
  csv_set_blk_size (&reader->parser, CELL_STEP);
  shequ_text_decoder_rewind (reader->decoder);
  reader->line_end = '\0';
  reader->row = 1;
  reader->column = 0;
  shequ_cell_queue_start_row (base->queue, 1);
  return TRUE;
}

static void
csv_reader_free (ShequSheetReader *base)
{
  CsvReader *reader = (CsvReader *) base;

  if (reader->parser_ready)
    csv_free (&reader->parser);
  g_clear_pointer (&reader->decoder, shequ_text_decoder_free);
}

static const ShequSheetReaderClass csv_reader_class = {
  .start = csv_reader_start,
  .pump = csv_reader_pump,
  .free = csv_reader_free,
};

/**
 * shequ_csv_reader_new:
 * @source: (transfer full): a text
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Returns: (transfer full) (nullable): a reader of its only sheet
 */
ShequSheetReader *
shequ_csv_reader_new (ShequSheetSource *source, GCancellable *cancellable, GError **error)
{
  CsvReader *reader = g_new0 (CsvReader, 1);
  g_autoptr (ShequSheetReader) base = &reader->base;

  shequ_sheet_reader_init (base, &csv_reader_class, SHEQU_SHEET_FORMAT_CSV, source, cancellable);
  base->encoding = shequ_text_detect_encoding (source, cancellable, error);
  if (base->encoding == NULL)
    return NULL;
  reader->decoder = shequ_text_decoder_new (source, base->encoding, error);
  if (reader->decoder == NULL)
    return NULL;
  shequ_sheet_reader_add_sheet (base, source->name, FALSE);
  base->total = source->size;
  return g_steal_pointer (&base);
}
