#include "shequ-sheet-kind.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-error.h"
#include "shequ-sheet-package.h"
#include "shequ-xlsx-workbook.h"

#define HEAD_SIZE 8192

typedef struct
{
  guint offset;
  guint length;
  const char *bytes;
  const char *what;
} Signature;

/* Files that people choose by mistake. */
static const Signature signatures[] = {
  { 0, 8, "\x89PNG\r\n\x1A\n", N_ ("a picture") },
  { 0, 3, "\xFF\xD8\xFF", N_ ("a picture") },
  { 0, 4, "GIF8", N_ ("a picture") },
  { 0, 4, "II*\0", N_ ("a picture") },
  { 0, 4, "MM\0*", N_ ("a picture") },
  { 8, 4, "WEBP", N_ ("a picture") },
  { 4, 4, "ftyp", N_ ("a film or picture") },
  { 0, 5, "%PDF-", N_ ("a PDF document") },
  { 0, 5, "{\\rtf", N_ ("a text document") },
  { 0, 4,
    "\x7F"
    "ELF",
    N_ ("a program") },
  { 0, 2, "MZ", N_ ("a program") },
  { 0, 16, "SQLite format 3\0", N_ ("a database") },
  { 4, 15, "Standard Jet DB", N_ ("an Access database") },
  { 4, 15, "Standard ACE DB", N_ ("an Access database") },
  { 0, 4, "Rar!", N_ ("an archive; unpack it first") },
  { 0, 6, "7z\xBC\xAF\x27\x1C", N_ ("an archive; unpack it first") },
  { 0, 2, "\x1F\x8B", N_ ("an archive; unpack it first") },
};

static void
set_kind_error (GError **error, ShequSheetSource *source, const char *what)
{
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREADABLE,
               _ ("“%s” is no spreadsheet but %s. Choose a file saved as .xlsx, .xls or .csv."), source->name,
               what);
}

static const char *
find_signature (const char *head, gsize length)
{
  for (guint i = 0; i < G_N_ELEMENTS (signatures); i++)
    {
      const Signature *signature = &signatures[i];

      if (signature->offset + signature->length <= length &&
          memcmp (head + signature->offset, signature->bytes, signature->length) == 0)
        return _ (signature->what);
    }
  return NULL;
}

/* What a zip file is besides an .xlsx, by an entry or folder of it. */
static const struct
{
  const char *entry;
  const char *what;
} packages[] = {
  { "xl/workbook.bin", N_ ("a binary workbook (.xlsb); open it in Excel and save it as .xlsx") },
  { "word/document.xml", N_ ("a Word document") },
  { "ppt/presentation.xml", N_ ("a presentation") },
  { "ofd.xml", N_ ("an OFD document") },
  { "content.xml", N_ ("an OpenDocument file; open it and save it as .xlsx") },
};

static gboolean
detect_package (ShequSheetSource *source, ShequSheetFormat *format, GError **error)
{
  g_autoptr (ShequSheetPackage) package = shequ_sheet_package_new (source, error);
  g_autofree char *workbook = NULL;

  if (package == NULL)
    return FALSE;
  workbook = shequ_xlsx_find_workbook (package, NULL);
  if (workbook != NULL)
    {
      *format = SHEQU_SHEET_FORMAT_XLSX;
      return TRUE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (packages); i++)
    if (shequ_sheet_package_has (package, packages[i].entry))
      {
        set_kind_error (error, source, _ (packages[i].what));
        return FALSE;
      }
  set_kind_error (error, source, _ ("an archive; unpack it first"));
  return FALSE;
}

/**
 * shequ_sheet_kind_detect:
 * @source: a file
 * @format: (inout): the format, %SHEQU_SHEET_FORMAT_ANY to find it
 * @error: return location for a %SHEQU_ERROR_UNREADABLE
 *
 * Finds the format by the first bytes and, where those are of a container, by what is in it.
 *
 * Returns: %FALSE when the file is no spreadsheet, with a message that says what it is
 */
gboolean
shequ_sheet_kind_detect (ShequSheetSource *source, ShequSheetFormat *format, GError **error)
{
  char head[HEAD_SIZE];
  gssize length = shequ_sheet_source_read (source, 0, head, sizeof head, error);
  const char *what;

  if (length < 0)
    return FALSE;
  if (length == 0)
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREADABLE, _ ("“%s” is empty. Ask for the file again."),
                   source->name);
      return FALSE;
    }
  what = find_signature (head, length);
  if (what != NULL)
    {
      set_kind_error (error, source, what);
      return FALSE;
    }
  if (length >= 4 && memcmp (head, "PK\3\4", 4) == 0)
    return detect_package (source, format, error);
  *format = SHEQU_SHEET_FORMAT_CSV;
  return TRUE;
}

/**
 * shequ_sheet_kind_get_reader:
 * @format: a format that shequ_sheet_kind_detect() found
 *
 * Returns: the function that opens it
 */
ShequSheetReaderNew
shequ_sheet_kind_get_reader (ShequSheetFormat format)
{
  return format == SHEQU_SHEET_FORMAT_XLSX ? shequ_xlsx_reader_new : shequ_csv_reader_new;
}
