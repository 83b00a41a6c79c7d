#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "shequ-cell-text.h"
#include "shequ-error.h"
#include "shequ-sheet-writer-private.h"

#define FLUSH_SIZE (128 * 1024)

typedef struct
{
  ShequSheetWriter base;
  int fd;
  GString *buffer;
  GString *cell;
} CsvWriter;

static gboolean
is_plain (CsvWriter *writer)
{
  return (writer->base.flags & SHEQU_SHEET_WRITER_PLAIN) != 0;
}

/* A tab behind digits must stay outside quotes, where readers drop it. */
static gboolean
needs_quotes (const char *text)
{
  gsize length = strlen (text);

  if (length == 0)
    return FALSE;
  return strpbrk (text, ",\"\r\n;") != NULL || strcspn (text, "\t") + 1 < length ||
         g_ascii_isspace (text[0]) || text[length - 1] == ' ';
}

static void
append_cell (CsvWriter *writer, const char *text)
{
  if (writer->base.n_cells > 0)
    g_string_append_c (writer->buffer, ',');
  if (!needs_quotes (text))
    {
      g_string_append (writer->buffer, text);
      return;
    }
  g_string_append_c (writer->buffer, '"');
  for (const char *at = text; *at != '\0'; at++)
    {
      if (*at == '"')
        g_string_append_c (writer->buffer, '"');
      g_string_append_c (writer->buffer, *at);
    }
  g_string_append_c (writer->buffer, '"');
}

static void
csv_writer_add_text (ShequSheetWriter *base, const char *text)
{
  CsvWriter *writer = (CsvWriter *) base;

  g_string_truncate (writer->cell, 0);
  if (is_plain (writer))
    g_string_append (writer->cell, text);
  else
    shequ_csv_guard_append (writer->cell, text);
  append_cell (writer, writer->cell->str);
}

static void
csv_writer_add_number (ShequSheetWriter *base, double number, ShequColumnKind kind)
{
  char text[SHEQU_CELL_NUMBER_SIZE];

  if (kind == SHEQU_COLUMN_MONEY)
    g_ascii_formatd (text, sizeof text, "%.2f", number);
  else
    shequ_cell_format_number (number, text);
  append_cell ((CsvWriter *) base, text);
}

static void
csv_writer_add_serial (ShequSheetWriter *base, double serial, ShequColumnKind kind, const char *text)
{
  append_cell ((CsvWriter *) base, text);
}

static gboolean
flush (CsvWriter *writer, GError **error)
{
  gsize done = 0;

  while (done < writer->buffer->len)
    {
      gssize written = write (writer->fd, writer->buffer->str + done, writer->buffer->len - done);

      if (written < 0 && errno == EINTR)
        continue;
      if (written < 0)
        {
          shequ_sheet_file_set_error (writer->base.file, error, errno);
          return FALSE;
        }
      done += written;
    }
  g_string_truncate (writer->buffer, 0);
  return TRUE;
}

static gboolean
csv_writer_end_row (ShequSheetWriter *base, GError **error)
{
  CsvWriter *writer = (CsvWriter *) base;

  g_string_append (writer->buffer, is_plain (writer) ? "\n" : "\r\n");
  return writer->buffer->len < FLUSH_SIZE || flush (writer, error);
}

static gboolean
csv_writer_start_sheet (ShequSheetWriter *base, const char *name, const char *note, GError **error)
{
  CsvWriter *writer = (CsvWriter *) base;

  if (base->n_sheets > 0)
    {
      g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
                           _ ("A .csv file holds one sheet only. Choose .xlsx for several."));
      return FALSE;
    }
  if (!is_plain (writer))
    g_string_append (writer->buffer, "\xEF\xBB\xBF");
  if (note != NULL)
    {
      csv_writer_add_text (base, note);
      if (!csv_writer_end_row (base, error))
        return FALSE;
    }
  for (guint i = 0; i < base->n_columns; i++)
    {
      base->n_cells = i;
      csv_writer_add_text (base, base->columns[i].title);
    }
  return csv_writer_end_row (base, error);
}

static gboolean
csv_writer_close (ShequSheetWriter *base, GError **error)
{
  CsvWriter *writer = (CsvWriter *) base;
  int fd = writer->fd;

  if (!flush (writer, error))
    return FALSE;
  writer->fd = -1;
  if (close (fd) == 0)
    return TRUE;
  shequ_sheet_file_set_error (base->file, error, errno);
  return FALSE;
}

static void
csv_writer_free (ShequSheetWriter *base)
{
  CsvWriter *writer = (CsvWriter *) base;

  if (writer->fd >= 0)
    close (writer->fd);
  g_string_free (writer->buffer, TRUE);
  g_string_free (writer->cell, TRUE);
}

static const ShequSheetWriterClass csv_writer_class = {
  .start_sheet = csv_writer_start_sheet,
  .add_text = csv_writer_add_text,
  .add_number = csv_writer_add_number,
  .add_serial = csv_writer_add_serial,
  .end_row = csv_writer_end_row,
  .close = csv_writer_close,
  .free = csv_writer_free,
};

/**
 * shequ_csv_writer_new:
 * @file: (transfer full): where to write
 * @flags: how
 * @error: return location
 *
 * Returns: (transfer full) (nullable): a writer
 */
ShequSheetWriter *
shequ_csv_writer_new (ShequSheetFile *file, ShequSheetWriterFlags flags, GError **error)
{
  CsvWriter *writer = g_new0 (CsvWriter, 1);

  writer->base.class = &csv_writer_class;
  writer->base.file = file;
  writer->base.flags = flags;
  writer->buffer = g_string_sized_new (FLUSH_SIZE + FLUSH_SIZE / 4);
  writer->cell = g_string_new (NULL);
  writer->fd = open (file->path, O_WRONLY | O_CLOEXEC);
  if (writer->fd >= 0)
    return &writer->base;
  shequ_sheet_file_set_error (file, error, errno);
  shequ_sheet_writer_free (&writer->base);
  return NULL;
}
