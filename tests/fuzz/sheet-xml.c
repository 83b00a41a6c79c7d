/* The XML of a worksheet inside a sound .xlsx, which no fuzzer would come to through a zip file. */
#include "fuzz.h"

#include "../exchange/sheet-zip.h"

#include "shequ-cells.h"
#include "shequ-locale.h"

#define MOST_ROWS 2000

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  shequ_locale_init ();
  return 0;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  SheetZip *zip = sheet_zip_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (ShequSheetReader) reader = NULL;
  ShequCellRow row;
  guint n_rows = 0;

  sheet_zip_add_workbook (zip, "", NULL,
                          "<sst xmlns='" SHEET_ZIP_MAIN "'><si><t>甲</t></si><si><t>乙</t></si></sst>");
  sheet_zip_start (zip, "xl/worksheets/sheet1.xml");
  sheet_zip_add_bytes (zip, data, size);
  bytes = sheet_zip_finish (zip);
  reader = shequ_sheet_reader_open_bytes (bytes, SHEQU_SHEET_FORMAT_XLSX, NULL, NULL);
  if (reader == NULL)
    return 0;
  while (n_rows++ < MOST_ROWS && shequ_sheet_reader_next (reader, &row, NULL))
    for (guint i = 0; i < row.n_cells; i++)
      g_assert_true (g_utf8_validate (row.cells[i].text, (gssize) row.cells[i].length, NULL));
  return 0;
}
