/* Tables of web pages, which many systems write and name .xls.
 *
 * Each table is a sheet, so that one for the layout of the page is passed over as a cover sheet is. libxml2's
 * HTML parser is fed a piece at a time and closes what pages leave open. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <libxml/HTMLparser.h>
#include <string.h>

#include "shequ-sheet-reader-private.h"
#include "shequ-text-decoder.h"

#define MAX_KEPT_BYTES (4 * SHEQU_CELL_MAX_CHARACTERS + 4)
#define MAX_NESTED_TABLES 64
#define MAX_SPAN 65536
#define NO_BREAK_SPACE "\xC2\xA0"

typedef struct
{
  ShequSheetReader base;
  ShequTextDecoder *decoder;
  htmlParserCtxtPtr parser;
  gboolean lists;
  guint n_tables;
  guint open_tables[MAX_NESTED_TABLES];
  guint depth;
  guint row;
  gboolean in_row;
  gboolean in_cell;
  gboolean is_number;
  guint column;
  guint next_column;
  guint covered_until[SHEQU_SHEET_MAX_COLUMNS];
  GString *value;
} HtmlReader;

static gboolean
in_wanted_table (HtmlReader *reader)
{
  return !reader->lists && reader->depth > 0 && reader->depth <= MAX_NESTED_TABLES &&
         reader->open_tables[reader->depth - 1] == reader->base.sheet;
}

static void
end_cell (HtmlReader *reader)
{
  char *end;
  double number;

  if (!reader->in_cell)
    return;
  reader->in_cell = FALSE;
  while (reader->value->len > 0 && g_ascii_isspace (reader->value->str[reader->value->len - 1]))
    g_string_truncate (reader->value, reader->value->len - 1);
  number = g_ascii_strtod (reader->value->str, &end);
  if (reader->is_number && reader->value->len > 0 && *end == '\0')
    shequ_cell_queue_add_number (reader->base.queue, reader->column, number);
  else
    shequ_cell_queue_add_text (reader->base.queue, reader->column, reader->value->str, reader->value->len);
}

static void
end_row (HtmlReader *reader)
{
  end_cell (reader);
  if (reader->in_row)
    shequ_cell_queue_end_row (reader->base.queue);
  reader->in_row = FALSE;
}

static void
start_row (HtmlReader *reader)
{
  end_row (reader);
  reader->in_row = TRUE;
  reader->next_column = 0;
  shequ_cell_queue_start_row (reader->base.queue, ++reader->row);
}

static guint
read_span (const char *value)
{
  return CLAMP (g_ascii_strtoll (value, NULL, 10), 1, MAX_SPAN);
}

static void
cover (HtmlReader *reader, guint across, guint down)
{
  ShequCellRange range = { reader->row, reader->row + down - 1, reader->column, reader->column + across - 1 };

  for (guint i = reader->column; i <= range.last_column && i < SHEQU_SHEET_MAX_COLUMNS; i++)
    reader->covered_until[i] = range.last_row;
  if (across > 1 || down > 1)
    shequ_cell_queue_add_range (reader->base.queue, &range);
}

static void
start_cell (HtmlReader *reader, const xmlChar **attributes)
{
  guint across = 1;
  guint down = 1;

  end_cell (reader);
  if (!reader->in_row)
    start_row (reader);
  reader->is_number = FALSE;
  for (guint i = 0; attributes != NULL && attributes[i] != NULL; i += 2)
    {
      const char *name = (const char *) attributes[i];
      const char *value = attributes[i + 1] == NULL ? "" : (const char *) attributes[i + 1];

      if (strcmp (name, "colspan") == 0)
        across = read_span (value);
      else if (strcmp (name, "rowspan") == 0)
        down = read_span (value);
      else if (strcmp (name, "x:num") == 0)
        reader->is_number = TRUE;
    }
  while (reader->next_column < SHEQU_SHEET_MAX_COLUMNS &&
         reader->covered_until[reader->next_column] >= reader->row)
    reader->next_column++;
  reader->column = reader->next_column;
  reader->next_column += across;
  reader->in_cell = TRUE;
  g_string_truncate (reader->value, 0);
  cover (reader, across, down);
}

static void
start_table (HtmlReader *reader)
{
  if (reader->lists)
    {
      g_autofree char *name = g_strdup_printf (_ ("Table %u"), reader->n_tables + 1);

      shequ_sheet_reader_add_sheet (&reader->base, name, FALSE);
    }
  if (reader->depth < MAX_NESTED_TABLES)
    reader->open_tables[reader->depth] = reader->n_tables;
  reader->depth++;
  reader->n_tables++;
}

static void
on_start (void *data, const xmlChar *element, const xmlChar **attributes)
{
  HtmlReader *reader = data;
  const char *name = (const char *) element;

  if (strcmp (name, "table") == 0)
    start_table (reader);
  else if (!in_wanted_table (reader))
    return;
  else if (strcmp (name, "tr") == 0)
    start_row (reader);
  else if (strcmp (name, "td") == 0 || strcmp (name, "th") == 0)
    start_cell (reader, attributes);
  else if (strcmp (name, "br") == 0 && reader->in_cell)
    g_string_append_c (reader->value, '\n');
}

static void
on_end (void *data, const xmlChar *element)
{
  HtmlReader *reader = data;
  const char *name = (const char *) element;

  if (in_wanted_table (reader) && (strcmp (name, "td") == 0 || strcmp (name, "th") == 0))
    end_cell (reader);
  else if (in_wanted_table (reader) && strcmp (name, "tr") == 0)
    end_row (reader);
  else if (strcmp (name, "table") == 0 && reader->depth > 0)
    {
      if (in_wanted_table (reader))
        end_row (reader);
      reader->depth--;
    }
}

/* Blanks and line ends of the page's source are one blank; a no-break space is a blank too. */
static void
on_text (void *data, const xmlChar *text, int length)
{
  HtmlReader *reader = data;
  GString *value = reader->value;
  const char *at = (const char *) text;
  const char *end = at + length;

  if (!reader->in_cell || !in_wanted_table (reader))
    return;
  for (; at < end && value->len < MAX_KEPT_BYTES; at++)
    {
      gboolean blank = g_ascii_isspace (*at);

      if (end - at >= 2 && memcmp (at, NO_BREAK_SPACE, 2) == 0)
        {
          blank = TRUE;
          at++;
        }
      if (!blank)
        g_string_append_c (value, *at);
      else if (value->len > 0 && !g_ascii_isspace (value->str[value->len - 1]))
        g_string_append_c (value, ' ');
    }
}

static void
on_error (void *data, xmlErrorPtr problem)
{
}

static void
feed (HtmlReader *reader, const char *text, gsize length)
{
  /* A NUL byte would end the page for the parser. */
  if (memchr (text, '\0', length) == NULL)
    htmlParseChunk (reader->parser, text, length, FALSE);
  else
    for (const char *end = text + length; text < end;)
      {
        const char *nul = memchr (text, '\0', end - text);

        htmlParseChunk (reader->parser, text, (nul == NULL ? end : nul) - text, FALSE);
        if (nul == NULL)
          break;
        htmlParseChunk (reader->parser, "\xEF\xBF\xBD", 3, FALSE);
        text = nul + 1;
      }
}

static gboolean
html_reader_pump (ShequSheetReader *base, GError **error)
{
  HtmlReader *reader = (HtmlReader *) base;
  const char *text;
  gsize length;

  if (!shequ_text_decoder_next (reader->decoder, &text, &length, error))
    return FALSE;
  base->done = shequ_text_decoder_get_offset (reader->decoder);
  if (length > 0)
    feed (reader, text, length);
  else
    {
      htmlParseChunk (reader->parser, NULL, 0, TRUE);
      base->ended = TRUE;
    }
  return TRUE;
}

static void
drop_parser (HtmlReader *reader)
{
  if (reader->parser == NULL)
    return;
  if (reader->parser->myDoc != NULL)
    xmlFreeDoc (reader->parser->myDoc);
  reader->parser->myDoc = NULL;
  g_clear_pointer (&reader->parser, htmlFreeParserCtxt);
}

static gboolean
html_reader_start (ShequSheetReader *base, guint sheet, GError **error)
{
  HtmlReader *reader = (HtmlReader *) base;
  htmlSAXHandler sax = { .startElement = on_start,
                         .endElement = on_end,
                         .characters = on_text,
                         .ignorableWhitespace = on_text,
                         .serror = on_error,
                         .initialized = 1 };

  drop_parser (reader);
  reader->parser = htmlCreatePushParserCtxt (&sax, reader, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
  htmlCtxtUseOptions (reader->parser,
                      HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_IGNORE_ENC);
  shequ_text_decoder_rewind (reader->decoder);
  reader->n_tables = 0;
  reader->depth = 0;
  reader->row = 0;
  reader->in_row = FALSE;
  reader->in_cell = FALSE;
  memset (reader->covered_until, 0, sizeof reader->covered_until);
  return TRUE;
}

static void
html_reader_free (ShequSheetReader *base)
{
  HtmlReader *reader = (HtmlReader *) base;

  drop_parser (reader);
  g_clear_pointer (&reader->decoder, shequ_text_decoder_free);
  g_string_free (reader->value, TRUE);
}

static const ShequSheetReaderClass html_reader_class = {
  .start = html_reader_start,
  .pump = html_reader_pump,
  .free = html_reader_free,
};

/**
 * shequ_html_reader_new:
 * @source: (transfer full): a web page
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Returns: (transfer full) (nullable): a reader of its tables
 */
ShequSheetReader *
shequ_html_reader_new (ShequSheetSource *source, GCancellable *cancellable, GError **error)
{
  HtmlReader *reader = g_new0 (HtmlReader, 1);
  g_autoptr (ShequSheetReader) base = &reader->base;

  reader->value = g_string_new (NULL);
  shequ_sheet_reader_init (base, &html_reader_class, SHEQU_SHEET_FORMAT_HTML, source, cancellable);
  base->total = source->size;
  base->encoding = shequ_text_detect_encoding (source, cancellable, error);
  if (base->encoding == NULL)
    return NULL;
  reader->decoder = shequ_text_decoder_new (source, base->encoding, error);
  if (reader->decoder == NULL)
    return NULL;
  reader->lists = TRUE;
  html_reader_start (base, 0, NULL);
  while (!base->ended)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) || !html_reader_pump (base, error))
      return NULL;
  reader->lists = FALSE;
  return g_steal_pointer (&base);
}
