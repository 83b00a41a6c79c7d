/* A spreadsheet file of one format, read to its end: SHEET_FORMAT. */
#include "fuzz.h"

#include "shequ-cells.h"
#include "shequ-locale.h"

/* An honest reader goes on for as long as the file does; a file of the fuzzer is short. */
#define MOST_ROWS 2000

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  shequ_locale_init ();
  return 0;
}

static void
read_sheet (ShequSheetReader *reader)
{
  ShequCellRow row;
  guint n_rows = 0;

  while (n_rows++ < MOST_ROWS && shequ_sheet_reader_next (reader, &row, NULL))
    for (guint i = 0; i < row.n_cells; i++)
      {
        g_autofree char *problem = shequ_cell_describe_problem (&row.cells[i]);

        g_assert_true (problem == NULL || g_utf8_validate (problem, -1, NULL));
        /* What goes on from here is text that may be shown and stored. */
        g_assert_true (g_utf8_validate (row.cells[i].text, (gssize) row.cells[i].length, NULL));
      }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (ShequSheetReader) reader = shequ_sheet_reader_open_bytes (bytes, SHEET_FORMAT, NULL, NULL);

  if (reader == NULL)
    return 0;
  read_sheet (reader);
  for (guint i = 1; i < shequ_sheet_reader_get_n_sheets (reader); i++)
    if (shequ_sheet_reader_select_sheet (reader, i, NULL))
      read_sheet (reader);
  return 0;
}
