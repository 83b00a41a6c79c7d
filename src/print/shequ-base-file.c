#include "shequ-base-file.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-sheet-writer.h"

static const char *const fields[] = { "code", "level1", "object", "class", "item" };

static void
add_field (ShequSheetWriter *writer, const ShequRow *row, const char *name)
{
  g_autofree char *text = shequ_row_format (row, shequ_register_lookup (row->reg, name), SHEQU_FORMAT_PLAIN);

  shequ_sheet_writer_add_text (writer, text);
}

static gboolean
add_row (ShequSheetWriter *writer, const ShequBaseFigure *figure, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    add_field (writer, figure->item, fields[i]);
  shequ_sheet_writer_add_text (writer, figure->text);
  add_field (writer, figure->item, "measure_unit");
  add_field (writer, figure->item, "period");
  add_field (writer, figure->item, "responsible");
  shequ_sheet_writer_add_text (writer, figure->reason != NULL ? figure->reason : "");
  add_field (writer, figure->item, "definition");
  return shequ_sheet_writer_end_row (writer, error);
}

/**
 * shequ_base_file_write:
 * @figures: (element-type ShequBaseFigure): the items
 * @title: whose they are and when, as “民生社区 2026-11-22”
 * @path: name of the file
 * @format: `csv` or `xlsx`
 * @error: return location
 *
 * Writes the base data as a table, with the reason where there is no value and the definition of each.
 *
 * Returns: whether the file is complete
 */
gboolean
shequ_base_file_write (const GPtrArray *figures,
                       const char *title,
                       const char *path,
                       const char *format,
                       GError **error)
{
  const ShequSheetColumn columns[] = {
    { _ ("Number"), SHEQU_COLUMN_TEXT, 0 },      { _ ("Managed by"), SHEQU_COLUMN_TEXT, 0 },
    { _ ("Object"), SHEQU_COLUMN_TEXT, 0 },      { _ ("Class"), SHEQU_COLUMN_TEXT, 0 },
    { _ ("Item"), SHEQU_COLUMN_TEXT, 0 },        { _ ("Value"), SHEQU_COLUMN_TEXT, 0 },
    { _ ("Unit"), SHEQU_COLUMN_TEXT, 0 },        { _ ("Period"), SHEQU_COLUMN_TEXT, 0 },
    { _ ("Responsible"), SHEQU_COLUMN_TEXT, 0 }, { _ ("Why there is none"), SHEQU_COLUMN_TEXT, 0 },
    { _ ("Definition"), SHEQU_COLUMN_TEXT, 0 },
  };
  ShequSheetFormat kind = SHEQU_SHEET_FORMAT_CSV;
  g_autoptr (ShequSheetWriter) writer = NULL;

  shequ_sheet_format_from_name (format, &kind);
  writer = shequ_sheet_writer_new_path (path, kind, SHEQU_SHEET_WRITER_DEFAULT, error);
  if (writer == NULL || !shequ_sheet_writer_start_sheet (writer, _ ("Base data"), title, columns,
                                                         G_N_ELEMENTS (columns), error))
    return FALSE;
  for (guint i = 0; i < figures->len; i++)
    if (!add_row (writer, figures->pdata[i], error))
      return FALSE;
  return shequ_sheet_writer_finish (writer, error);
}
