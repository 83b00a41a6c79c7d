#pragma once

#include "shequ-cells.h"

G_BEGIN_DECLS

#define SHEQU_CELL_NUMBER_SIZE 64

ShequCellFlags shequ_cell_text_append (GByteArray *target, const char *text, gsize length);
gsize shequ_cell_format_number (double number, char *text);
gsize shequ_cell_format_date (double serial, char *text);
gboolean shequ_cell_serial_from_iso (const char *text, double *serial);

G_END_DECLS
