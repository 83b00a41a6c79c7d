#include "shequ-sheet-kind.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-error.h"
#include "shequ-sheet-package.h"
#include "shequ-compound.h"
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

static gboolean
detect_compound (ShequSheetSource *source, ShequSheetFormat *format, GError **error)
{
  switch (shequ_compound_find_kind (source))
    {
    case SHEQU_COMPOUND_WORKBOOK:
      *format = SHEQU_SHEET_FORMAT_XLS;
      return TRUE;
    case SHEQU_COMPOUND_ENCRYPTED:
      g_set_error (
        error, SHEQU_ERROR, SHEQU_ERROR_UNREADABLE,
        _ ("“%s” is protected by a password. Open it in the spreadsheet program, remove the password and "
           "save it again."),
        source->name);
      return FALSE;
    case SHEQU_COMPOUND_WORD:
      set_kind_error (error, source, _ ("a Word document"));
      return FALSE;
    case SHEQU_COMPOUND_PRESENTATION:
      set_kind_error (error, source, _ ("a presentation"));
      return FALSE;
    case SHEQU_COMPOUND_OTHER:
    default:
      g_set_error (
        error, SHEQU_ERROR, SHEQU_ERROR_UNREADABLE,
        _ ("“%s” is damaged or was not copied completely. Ask for the file again, or open it in the "
           "spreadsheet program and save it again as .xlsx."),
        source->name);
      return FALSE;
    }
}

/* The head as lower-case ASCII: what matters here is ASCII in every encoding, also every second byte of
 * UTF-16. */
static char *
fold_head (const char *head, gsize length)
{
  GString *folded = g_string_new (NULL);

  for (gsize i = 0; i < length; i++)
    if (head[i] != '\0' && (guint8) head[i] < 0x80 && (folded->len > 0 || !g_ascii_isspace (head[i])))
      g_string_append_c (folded, g_ascii_tolower (head[i]));
  return g_string_free (folded, FALSE);
}

static gboolean
detect_markup (ShequSheetSource *source,
               const char *head,
               gsize length,
               ShequSheetFormat *format,
               GError **error)
{
  g_autofree char *folded = fold_head (head, length);

  *format = SHEQU_SHEET_FORMAT_CSV;
  if (g_str_has_prefix (folded, "mime-version:"))
    {
      set_kind_error (error, source, _ ("a web archive; open it in Excel and save it as .xlsx"));
      return FALSE;
    }
  if (folded[0] != '<')
    return TRUE;
  if (strstr (folded, "<html") != NULL || strstr (folded, "<!doctype html") != NULL)
    *format = SHEQU_SHEET_FORMAT_HTML;
  else if (strstr (folded, "urn:schemas-microsoft-com:office:spreadsheet") != NULL)
    *format = SHEQU_SHEET_FORMAT_XML;
  else if (strstr (folded, "<table") != NULL)
    *format = SHEQU_SHEET_FORMAT_HTML;
  else if (g_str_has_prefix (folded, "<?xml"))
    {
      set_kind_error (error, source, _ ("an XML file of another kind"));
      return FALSE;
    }
  return TRUE;
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
  if (length >= 8 && memcmp (head, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) == 0)
    return detect_compound (source, format, error);
  return detect_markup (source, head, length, format, error);
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
  switch (format)
    {
    case SHEQU_SHEET_FORMAT_XLSX:
      return shequ_xlsx_reader_new;
    case SHEQU_SHEET_FORMAT_XLS:
      return shequ_xls_reader_new;
    case SHEQU_SHEET_FORMAT_XML:
      return shequ_xml_table_reader_new;
    case SHEQU_SHEET_FORMAT_HTML:
      return shequ_html_reader_new;
    case SHEQU_SHEET_FORMAT_ANY:
    case SHEQU_SHEET_FORMAT_CSV:
    default:
      return shequ_csv_reader_new;
    }
}
