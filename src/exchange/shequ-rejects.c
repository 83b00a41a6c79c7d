#include "shequ-rejects.h"

#include "shequ-error.h"

#include "config.h"

#include <csv.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

struct _ShequRejects
{
  char *path;
  guint n_headers;
  GString *text;
  GString *cell;
  guint n_rows;
};

static void
append_cell (ShequRejects *rejects, const char *text)
{
  gsize length = text != NULL ? strlen (text) : 0;

  g_string_set_size (rejects->cell, 2 * length + 2);
  length = csv_write (rejects->cell->str, rejects->cell->len, text != NULL ? text : "", length);
  g_string_append_len (rejects->text, rejects->cell->str, (gssize) length);
  g_string_append_c (rejects->text, ',');
}

static void
end_row (ShequRejects *rejects)
{
  g_string_truncate (rejects->text, rejects->text->len - 1);
  g_string_append (rejects->text, "\r\n");
}

/* Two columns are added behind the original ones; an import of the corrected file leaves them out. */
ShequRejects *
shequ_rejects_new (const char *path, const GPtrArray *headers)
{
  ShequRejects *rejects = g_new0 (ShequRejects, 1);

  rejects->path = g_strdup (path);
  rejects->n_headers = headers->len;
  rejects->text = g_string_new (BYTE_ORDER_MARK);
  rejects->cell = g_string_new (NULL);
  for (guint i = 0; i < headers->len; i++)
    append_cell (rejects, headers->pdata[i]);
  append_cell (rejects, _ ("Row in the file"));
  append_cell (rejects, _ ("Why it was refused"));
  end_row (rejects);
  return rejects;
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

  for (guint i = 0; i < rejects->n_headers; i++)
    append_cell (rejects, i < n_cells ? cells[i] : NULL);
  append_cell (rejects, number);
  append_cell (rejects, reason);
  end_row (rejects);
  rejects->n_rows++;
  return TRUE;
}

/* Writes the file, whole or not at all; none when no row was refused. */
gboolean
shequ_rejects_finish (ShequRejects *rejects, GError **error)
{
  g_autoptr (GError) inner = NULL;

  if (rejects->n_rows == 0)
    return TRUE;
  if (g_file_set_contents_full (rejects->path, rejects->text->str, (gssize) rejects->text->len,
                                G_FILE_SET_CONTENTS_CONSISTENT, 0600, &inner))
    return TRUE;
  g_set_error (error, SHEQU_ERROR,
               g_error_matches (inner, G_FILE_ERROR, G_FILE_ERROR_NOSPC) ? SHEQU_ERROR_FULL : SHEQU_ERROR_UNREACHABLE,
               _ ("The refused rows could not be written to “%s” (%s); the other rows are stored. Import the file again "
                  "to get them, with another name for the refused rows"),
               rejects->path, inner->message);
  return FALSE;
}

void
shequ_rejects_free (ShequRejects *rejects)
{
  g_free (rejects->path);
  g_string_free (rejects->text, TRUE);
  g_string_free (rejects->cell, TRUE);
  g_free (rejects);
}
