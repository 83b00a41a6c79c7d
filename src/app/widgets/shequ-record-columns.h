#pragma once

#include <gtk/gtk.h>

#include "shequ-record.h"

G_BEGIN_DECLS

typedef enum
{
  SHEQU_RECORD_CELL_PLAIN,
  SHEQU_RECORD_CELL_WARNING,
  SHEQU_RECORD_CELL_ERROR,
} ShequRecordCellLook;

/**
 * ShequRecordCell:
 * @text: (nullable): what stands in it, in one line
 * @icon_name: (nullable): a symbolic icon before it; a literal
 * @look: its colour; never without words or an icon that say the same
 *
 * What a column shows of one record.
 */
typedef struct
{
  char *text;
  const char *icon_name;
  ShequRecordCellLook look;
} ShequRecordCell;

/* Fills an empty cell. */
typedef void (*ShequRecordCellFunc) (ShequRecord *record, gpointer data, ShequRecordCell *cell);

/**
 * ShequRecordColumn:
 * @field: (nullable): what it shows; %NULL when a page computes it
 * @title: its title
 * @is_number: whether it is aligned at the end
 * @x: where it begins, in pixels of the row
 * @width: how wide it is, in pixels
 *
 * A column as it stands in the head now. Read only.
 */
typedef struct
{
  const ShequField *field;
  char *title;
  gboolean is_number;
  int x;
  int width;
  /*< private >*/
  GtkColumnViewColumn *column;
  int least; /* its width in pixels until a person changes it */
  ShequRecordCellFunc func;
  gpointer data;
} ShequRecordColumn;

/**
 * ShequRecordColumns:
 *
 * The columns of a list of records: the head, which a person sorts by and drags, and where each column stands
 * for the rows below.
 *
 * Signals: `sort-changed` when a person sorts by another column; `changed` when rows look otherwise or want
 * another width.
 */
#define SHEQU_TYPE_RECORD_COLUMNS (shequ_record_columns_get_type ())
G_DECLARE_FINAL_TYPE (ShequRecordColumns, shequ_record_columns, SHEQU, RECORD_COLUMNS, GObject)

ShequRecordColumns *shequ_record_columns_new (const char *label);
GtkWidget *shequ_record_columns_get_head (ShequRecordColumns *self);
void shequ_record_columns_fill (ShequRecordColumns *self, const ShequList *list);
void shequ_record_columns_append (ShequRecordColumns *self,
                                  const char *title,
                                  ShequRecordCellFunc func,
                                  gpointer data,
                                  GDestroyNotify free_data);
const ShequField *shequ_record_columns_get_sort (ShequRecordColumns *self, gboolean *descending);
const GPtrArray *shequ_record_columns_get_columns (ShequRecordColumns *self);
int shequ_record_columns_get_least_width (ShequRecordColumns *self);
gboolean shequ_record_columns_place (ShequRecordColumns *self);
void shequ_record_column_show (const ShequRecordColumn *column, ShequRecord *record, ShequRecordCell *cell);

G_END_DECLS
