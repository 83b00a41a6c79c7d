#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Records of a workbook stream that Shequ reads; [MS-XLS] 2.3. */
typedef enum
{
  SHEQU_XLS_FORMULA = 0x0006,
  SHEQU_XLS_END = 0x000A,
  SHEQU_XLS_DATE_MODE = 0x0022,
  SHEQU_XLS_PASSWORD = 0x002F,
  SHEQU_XLS_CONTINUE = 0x003C,
  SHEQU_XLS_CODE_PAGE = 0x0042,
  SHEQU_XLS_SHEET = 0x0085,
  SHEQU_XLS_MANY_NUMBERS = 0x00BD,
  SHEQU_XLS_RICH_TEXT = 0x00D6,
  SHEQU_XLS_STYLE = 0x00E0,
  SHEQU_XLS_MERGED = 0x00E5,
  SHEQU_XLS_SHARED_TEXTS = 0x00FC,
  SHEQU_XLS_SHARED_TEXT = 0x00FD,
  SHEQU_XLS_NUMBER = 0x0203,
  SHEQU_XLS_TEXT = 0x0204,
  SHEQU_XLS_BOOLEAN_OR_ERROR = 0x0205,
  SHEQU_XLS_FORMULA_TEXT = 0x0207,
  SHEQU_XLS_SHORT_NUMBER = 0x027E,
  SHEQU_XLS_FORMAT = 0x041E,
  SHEQU_XLS_BEGIN = 0x0809,
} ShequXlsRecordType;

/**
 * ShequXlsRecord:
 * @type: what it is
 * @bytes: its body
 * @length: bytes of its body
 */
typedef struct
{
  guint type;
  const guint8 *bytes;
  gsize length;
} ShequXlsRecord;

/**
 * ShequXlsCursor:
 *
 * A place in a workbook stream. Nothing is read beyond its end.
 */
typedef struct
{
  const guint8 *bytes;
  gsize size;
  gsize at;
} ShequXlsCursor;

/**
 * ShequXlsTextForm:
 * @count_size: bytes of the count of characters, 1 or 2
 * @has_flags: whether a byte tells of the width of characters, as from Excel 97
 * @encoding: what narrow characters without flags are in
 */
typedef struct
{
  guint count_size;
  gboolean has_flags;
  const char *encoding;
} ShequXlsTextForm;

guint shequ_xls_read_16 (const guint8 *bytes);
guint32 shequ_xls_read_32 (const guint8 *bytes);
double shequ_xls_read_double (const guint8 *bytes);
double shequ_xls_read_short_number (const guint8 *bytes);
gboolean shequ_xls_cursor_next (ShequXlsCursor *cursor, ShequXlsRecord *record);
void shequ_xls_append_characters (GString *text, const guint8 *bytes, gsize n_characters, gboolean wide);
char *shequ_xls_read_text (const guint8 *bytes, gsize length, const ShequXlsTextForm *form);
void shequ_xls_read_shared_texts (const ShequXlsRecord *first,
                                  ShequXlsCursor *cursor,
                                  GString *text,
                                  GArray *offsets);

G_END_DECLS
