#pragma once

#include "shequ-cell-queue.h"
#include "shequ-sheet-source.h"

G_BEGIN_DECLS

/**
 * ShequSheetReaderClass:
 * @start: goes to the first row of a sheet; the queue is empty then
 * @pump: reads a piece of the file and puts its cells into the queue; sets @ended of the reader when no more
 *   follows
 * @free: frees the reader's own members
 *
 * What a format must do.
 */
typedef struct
{
  gboolean (*start) (ShequSheetReader *reader, guint sheet, GError **error);
  gboolean (*pump) (ShequSheetReader *reader, GError **error);
  void (*free) (ShequSheetReader *reader);
} ShequSheetReaderClass;

/* First member of every reader. */
struct _ShequSheetReader
{
  const ShequSheetReaderClass *class;
  ShequSheetFormat format;
  ShequSheetSource *source;
  GCancellable *cancellable;
  char *encoding;
  GPtrArray *sheets;
  GArray *hidden;
  guint sheet;
  ShequCellQueue *queue;
  gboolean ended;
  guint64 done;
  guint64 total;
};

typedef ShequSheetReader *(*ShequSheetReaderNew) (ShequSheetSource *source,
                                                  GCancellable *cancellable,
                                                  GError **error);

void shequ_sheet_reader_set_cancellable (ShequSheetReader *reader, GCancellable *cancellable);
void shequ_sheet_reader_init (ShequSheetReader *reader,
                              const ShequSheetReaderClass *class,
                              ShequSheetFormat format,
                              ShequSheetSource *source,
                              GCancellable *cancellable);
void shequ_sheet_reader_add_sheet (ShequSheetReader *reader, const char *name, gboolean hidden);

ShequSheetReader *shequ_csv_reader_new (ShequSheetSource *source, GCancellable *cancellable, GError **error);
ShequSheetReader *shequ_html_reader_new (ShequSheetSource *source, GCancellable *cancellable, GError **error);
ShequSheetReader *shequ_xls_reader_new (ShequSheetSource *source, GCancellable *cancellable, GError **error);
ShequSheetReader *shequ_xlsx_reader_new (ShequSheetSource *source, GCancellable *cancellable, GError **error);
ShequSheetReader *shequ_xml_table_reader_new (ShequSheetSource *source,
                                              GCancellable *cancellable,
                                              GError **error);

G_END_DECLS
