#include "shequ-rejects.h"

#include "shequ-error.h"
#include "shequ-sheet-writer.h"

#include "config.h"

#include <glib/gi18n-lib.h>

struct _ShequRejects
{
  char *path;
  const GPtrArray *headers;
  ShequSheetWriter *writer; /* (nullable) before the first row */
};

ShequRejects *
shequ_rejects_new (const char *path, const GPtrArray *headers)
{
  ShequRejects *rejects = g_new0 (ShequRejects, 1);

  rejects->path = g_strdup (path);
  rejects->headers = headers;
  return rejects;
}

/* Two columns are added behind the original ones; an import of the corrected file leaves them out. */
static gboolean
start (ShequRejects *rejects, GError **error)
{
  ShequSheetFormat format = SHEQU_SHEET_FORMAT_CSV;
  g_autofree ShequSheetColumn *columns = g_new0 (ShequSheetColumn, rejects->headers->len + 2);
  guint n = 0;

  if (!shequ_sheet_format_from_name (rejects->path, &format) || format != SHEQU_SHEET_FORMAT_XLSX)
    format = SHEQU_SHEET_FORMAT_CSV;
  rejects->writer = shequ_sheet_writer_new_path (rejects->path, format, SHEQU_SHEET_WRITER_DEFAULT, error);
  if (rejects->writer == NULL)
    return FALSE;
  for (n = 0; n < rejects->headers->len; n++)
    columns[n].title = rejects->headers->pdata[n];
  columns[n++].title = _ ("Row in the file");
  columns[n++].title = _ ("Why it was refused");
  return shequ_sheet_writer_start_sheet (rejects->writer, _ ("Refused rows"), NULL, columns, n, error);
}

gboolean
shequ_rejects_add (ShequRejects *rejects,
                   guint row,
                   const char *const *cells,
                   guint n_cells,
                   const char *reason,
                   GError **error)
{
  g_autofree char *number = g_strdup_printf ("%u", row);

  if (rejects->writer == NULL && !start (rejects, error))
    return FALSE;
  for (guint i = 0; i < rejects->headers->len; i++)
    {
      if (i < n_cells && cells[i] != NULL)
        shequ_sheet_writer_add_text (rejects->writer, cells[i]);
      else
        shequ_sheet_writer_add_empty (rejects->writer);
    }
  shequ_sheet_writer_add_text (rejects->writer, number);
  shequ_sheet_writer_add_text (rejects->writer, reason);
  return shequ_sheet_writer_end_row (rejects->writer, error);
}

/* Writes the file, whole or not at all; none when no row was refused. */
gboolean
shequ_rejects_finish (ShequRejects *rejects, GError **error)
{
  g_autoptr (GError) inner = NULL;

  if (rejects->writer == NULL || shequ_sheet_writer_finish (rejects->writer, &inner))
    return TRUE;
  g_set_error (
    error, inner->domain, inner->code,
    _ ("The refused rows could not be written to “%s” (%s); the other rows are stored. Import the file again "
       "to get them, with another name for the refused rows"),
    rejects->path, inner->message);
  return FALSE;
}

void
shequ_rejects_free (ShequRejects *rejects)
{
  g_clear_pointer (&rejects->writer, shequ_sheet_writer_free);
  g_free (rejects->path);
  g_free (rejects);
}
