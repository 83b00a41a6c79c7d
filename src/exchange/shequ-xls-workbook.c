#include "shequ-xls-workbook.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-compound.h"
#include "shequ-error.h"
#include "shequ-number-format.h"

#define VERSION_OF_95 0x0500
#define VERSION_OF_97 0x0600
#define KIND_WORKSHEET 0

struct _ShequXlsWorkbook
{
  GsfInput *stream;
  const guint8 *bytes;
  gsize size;
  guint version;
  gboolean has_password;
  gboolean from_1904;
  char encoding[16];
  GPtrArray *sheets;
  GHashTable *date_formats;
  GArray *styles;
  GString *text;
  GArray *offsets;
};

static ShequXlsTextForm
text_form (ShequXlsWorkbook *workbook, guint count_size)
{
  return (ShequXlsTextForm){ count_size, workbook->version >= VERSION_OF_97, workbook->encoding };
}

static void
sheet_free (gpointer data)
{
  ShequXlsSheet *sheet = data;

  g_free (sheet->name);
  g_free (sheet);
}

static void
take_sheet (ShequXlsWorkbook *workbook, const ShequXlsRecord *record)
{
  ShequXlsTextForm form = text_form (workbook, 1);
  ShequXlsSheet *sheet;

  if (record->length < 7 || record->bytes[5] != KIND_WORKSHEET)
    return;
  sheet = g_new0 (ShequXlsSheet, 1);
  sheet->start = shequ_xls_read_32 (record->bytes);
  sheet->hidden = (record->bytes[4] & 3) != 0;
  sheet->name = shequ_xls_read_text (record->bytes + 6, record->length - 6, &form);
  if (sheet->name == NULL)
    sheet->name = g_strdup ("");
  g_ptr_array_add (workbook->sheets, sheet);
}

static void
take_format (ShequXlsWorkbook *workbook, const ShequXlsRecord *record)
{
  ShequXlsTextForm form = text_form (workbook, workbook->version >= VERSION_OF_97 ? 2 : 1);
  g_autofree char *code = NULL;

  if (record->length < 2)
    return;
  code = shequ_xls_read_text (record->bytes + 2, record->length - 2, &form);
  if (code != NULL)
    g_hash_table_insert (workbook->date_formats, GUINT_TO_POINTER (shequ_xls_read_16 (record->bytes)),
                         GINT_TO_POINTER (shequ_number_format_is_date (code)));
}

static void
take_style (ShequXlsWorkbook *workbook, const ShequXlsRecord *record)
{
  guint16 format = record->length < 4 ? 0 : shequ_xls_read_16 (record->bytes + 2);

  g_array_append_val (workbook->styles, format);
}

/* Only files of Excel 95 write texts in a code page. */
static void
take_code_page (ShequXlsWorkbook *workbook, const ShequXlsRecord *record)
{
  guint page = record->length < 2 ? 0 : shequ_xls_read_16 (record->bytes);

  if (page == 936)
    strcpy (workbook->encoding, "GB18030");
  else
    g_snprintf (workbook->encoding, sizeof workbook->encoding, "CP%u", page);
}

static void
take_record (ShequXlsWorkbook *workbook, const ShequXlsRecord *record, ShequXlsCursor *cursor)
{
  switch (record->type)
    {
    case SHEQU_XLS_PASSWORD:
      workbook->has_password = TRUE;
      break;
    case SHEQU_XLS_CODE_PAGE:
      take_code_page (workbook, record);
      break;
    case SHEQU_XLS_DATE_MODE:
      workbook->from_1904 = record->length >= 2 && record->bytes[0] == 1;
      break;
    case SHEQU_XLS_SHEET:
      take_sheet (workbook, record);
      break;
    case SHEQU_XLS_FORMAT:
      take_format (workbook, record);
      break;
    case SHEQU_XLS_STYLE:
      take_style (workbook, record);
      break;
    case SHEQU_XLS_SHARED_TEXTS:
      shequ_xls_read_shared_texts (record, cursor, workbook->text, workbook->offsets);
      break;
    default:
      break;
    }
}

static gboolean
read_records (ShequXlsWorkbook *workbook)
{
  ShequXlsCursor cursor = { workbook->bytes, workbook->size, 0 };
  ShequXlsRecord record;

  if (!shequ_xls_cursor_next (&cursor, &record) || record.type != SHEQU_XLS_BEGIN || record.length < 4)
    return FALSE;
  workbook->version = shequ_xls_read_16 (record.bytes);
  if (workbook->version != VERSION_OF_95 && workbook->version != VERSION_OF_97)
    return FALSE;
  while (!workbook->has_password && shequ_xls_cursor_next (&cursor, &record) && record.type != SHEQU_XLS_END)
    take_record (workbook, &record, &cursor);
  return workbook->has_password || record.type == SHEQU_XLS_END;
}

static ShequXlsWorkbook *
workbook_new (GsfInput *stream)
{
  ShequXlsWorkbook *workbook = g_new0 (ShequXlsWorkbook, 1);
  gsf_off_t size = stream == NULL ? 0 : gsf_input_size (stream);
  guint32 start = 0;

  workbook->stream = stream;
  workbook->bytes = size <= 0 ? NULL : gsf_input_read (stream, size, NULL);
  workbook->size = workbook->bytes == NULL ? 0 : size;
  strcpy (workbook->encoding, "CP1252");
  workbook->sheets = g_ptr_array_new_with_free_func (sheet_free);
  workbook->date_formats = g_hash_table_new (NULL, NULL);
  workbook->styles = g_array_new (FALSE, FALSE, sizeof (guint16));
  workbook->text = g_string_new (NULL);
  workbook->offsets = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_array_append_val (workbook->offsets, start);
  return workbook;
}

/**
 * shequ_xls_workbook_new:
 * @source: an OLE2 file
 * @error: return location for a %SHEQU_ERROR_UNREADABLE
 *
 * Reads what all sheets share, of files from Excel 95 to 2003.
 *
 * Returns: (transfer full) (nullable): the workbook
 */
ShequXlsWorkbook *
shequ_xls_workbook_new (ShequSheetSource *source, GError **error)
{
  g_autoptr (ShequXlsWorkbook) workbook = workbook_new (shequ_compound_open_workbook (source));

  if (!read_records (workbook) || (!workbook->has_password && workbook->sheets->len == 0))
    g_set_error (
      error, SHEQU_ERROR, SHEQU_ERROR_UNREADABLE,
      _ ("“%s” is damaged, or an .xls of a kind that cannot be read. Open it in the spreadsheet program "
         "and save it again as .xlsx."),
      source->name);
  else if (workbook->has_password)
    g_set_error (
      error, SHEQU_ERROR, SHEQU_ERROR_UNREADABLE,
      _ ("“%s” is protected by a password. Open it in the spreadsheet program, remove the password and "
         "save it again."),
      source->name);
  else
    return g_steal_pointer (&workbook);
  return NULL;
}

/**
 * shequ_xls_workbook_free:
 * @workbook: (transfer full): a workbook
 */
void
shequ_xls_workbook_free (ShequXlsWorkbook *workbook)
{
  g_clear_object (&workbook->stream);
  g_ptr_array_unref (workbook->sheets);
  g_hash_table_unref (workbook->date_formats);
  g_array_unref (workbook->styles);
  g_string_free (workbook->text, TRUE);
  g_array_unref (workbook->offsets);
  g_free (workbook);
}

/**
 * shequ_xls_workbook_get_n_sheets:
 * @workbook: a workbook
 *
 * Returns: the number of sheets that hold cells, at least 1
 */
guint
shequ_xls_workbook_get_n_sheets (ShequXlsWorkbook *workbook)
{
  return workbook->sheets->len;
}

/**
 * shequ_xls_workbook_get_sheet:
 * @workbook: a workbook
 * @sheet: a sheet, from 0
 *
 * Returns: the sheet
 */
const ShequXlsSheet *
shequ_xls_workbook_get_sheet (ShequXlsWorkbook *workbook, guint sheet)
{
  return g_ptr_array_index (workbook->sheets, sheet);
}

/**
 * shequ_xls_workbook_open_sheet:
 * @workbook: a workbook
 * @sheet: a sheet, from 0
 *
 * Returns: the place of its first record
 */
ShequXlsCursor
shequ_xls_workbook_open_sheet (ShequXlsWorkbook *workbook, guint sheet)
{
  return (ShequXlsCursor){ workbook->bytes, workbook->size,
                           shequ_xls_workbook_get_sheet (workbook, sheet)->start };
}

/**
 * shequ_xls_workbook_is_from_1904:
 * @workbook: a workbook
 *
 * Returns: whether its dates count from 1904
 */
gboolean
shequ_xls_workbook_is_from_1904 (ShequXlsWorkbook *workbook)
{
  return workbook->from_1904;
}

/**
 * shequ_xls_workbook_style_is_date:
 * @workbook: a workbook
 * @style: the style of a cell
 *
 * Returns: whether it shows numbers as dates or times
 */
gboolean
shequ_xls_workbook_style_is_date (ShequXlsWorkbook *workbook, guint style)
{
  gpointer is_date;
  guint format;

  if (style >= workbook->styles->len)
    return FALSE;
  format = g_array_index (workbook->styles, guint16, style);
  if (g_hash_table_lookup_extended (workbook->date_formats, GUINT_TO_POINTER (format), NULL, &is_date))
    return GPOINTER_TO_INT (is_date);
  return shequ_number_format_number_is_date (format);
}

/**
 * shequ_xls_workbook_get_string:
 * @workbook: a workbook
 * @index: the number of a shared text
 * @length: (out): its bytes
 *
 * Returns: (nullable): the text, not closed by NUL; %NULL when there is none of that number
 */
const char *
shequ_xls_workbook_get_string (ShequXlsWorkbook *workbook, guint32 index, gsize *length)
{
  guint32 start;

  if (index >= workbook->offsets->len - 1)
    return NULL;
  start = g_array_index (workbook->offsets, guint32, index);
  *length = g_array_index (workbook->offsets, guint32, index + 1) - start;
  return workbook->text->str + start;
}

/**
 * shequ_xls_workbook_read_text:
 * @workbook: a workbook
 * @bytes: a text in a cell's record
 * @length: how many bytes there are
 *
 * Returns: (transfer full) (nullable): the text, %NULL when it would end beyond @length
 */
char *
shequ_xls_workbook_read_text (ShequXlsWorkbook *workbook, const guint8 *bytes, gsize length)
{
  ShequXlsTextForm form = text_form (workbook, 2);

  return shequ_xls_read_text (bytes, length, &form);
}
