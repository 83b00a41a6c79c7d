#pragma once

#include "shequ-sheet-file.h"
#include "shequ-sheet-writer.h"

G_BEGIN_DECLS

/**
 * ShequSheetWriterClass:
 *
 * What a format must do. The functions that add a cell put it into column @n_cells of the writer.
 */
typedef struct
{
  gboolean (*start_sheet) (ShequSheetWriter *writer, const char *name, const char *note, GError **error);
  void (*add_text) (ShequSheetWriter *writer, const char *text);
  void (*add_number) (ShequSheetWriter *writer, double number, ShequColumnKind kind);
  void (*add_serial) (ShequSheetWriter *writer, double serial, ShequColumnKind kind, const char *text);
  gboolean (*end_row) (ShequSheetWriter *writer, GError **error);
  gboolean (*close) (ShequSheetWriter *writer, GError **error);
  void (*free) (ShequSheetWriter *writer);
} ShequSheetWriterClass;

/* First member of every writer. */
struct _ShequSheetWriter
{
  const ShequSheetWriterClass *class;
  ShequSheetWriterFlags flags;
  ShequSheetFile *file;
  ShequSheetColumn *columns;
  char *choices_sheet; /* (nullable) */
  guint n_columns;
  guint n_cells;
  guint n_sheets;
};

ShequSheetWriter *shequ_csv_writer_new (ShequSheetFile *file, ShequSheetWriterFlags flags, GError **error);
ShequSheetWriter *shequ_xlsx_writer_new (ShequSheetFile *file, ShequSheetWriterFlags flags, GError **error);

/* The text that a CSV cell carries for one, and back; both live in shequ-csv-guard.c. */
void shequ_csv_guard_append (GString *target, const char *text);
gsize shequ_csv_guard_skip (const char *text, gsize length);

G_END_DECLS
