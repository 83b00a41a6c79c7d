#include "shequ-xlsx-ranges.h"

#include "config.h"

#include <string.h>

#define OPENING "mergeCell "
#define REFERENCE "ref="
#define LONGEST_ELEMENT 256
#define MAX_ROW 1048576

/**
 * shequ_cell_name_parse:
 * @name: the name of a cell, as `AB12`
 * @length: its bytes
 * @row: (out): the row, from 1
 * @column: (out): the column, from 0
 *
 * Returns: whether it is one
 */
gboolean
shequ_cell_name_parse (const char *name, gsize length, guint *row, guint *column)
{
  gsize i = 0;

  *row = 0;
  *column = 0;
  for (; i < length && i < 4 && g_ascii_isalpha (name[i]); i++)
    *column = *column * 26 + (g_ascii_toupper (name[i]) - 'A' + 1);
  if (i == 0 || i == length || length - i > 7)
    return FALSE;
  for (; i < length; i++)
    {
      if (!g_ascii_isdigit (name[i]))
        return FALSE;
      *row = *row * 10 + (name[i] - '0');
    }
  (*column)--;
  return *row >= 1 && *row <= MAX_ROW;
}

static void
take_range (GArray *ranges, const char *reference, gsize length)
{
  const char *colon = memchr (reference, ':', length);
  ShequCellRange range;

  if (colon == NULL)
    return;
  if (shequ_cell_name_parse (reference, colon - reference, &range.first_row, &range.first_column) &&
      shequ_cell_name_parse (colon + 1, reference + length - colon - 1, &range.last_row, &range.last_column))
    g_array_append_val (ranges, range);
}

/* Returns how many bytes at the end must be looked at again with those that follow. */
static gsize
scan (GArray *ranges, const char *text, gsize length)
{
  const char *end = text + length;
  const char *at = text;

  while ((at = memmem (at, end - at, OPENING, strlen (OPENING))) != NULL)
    {
      const char *close = memchr (at, '>', end - at);
      const char *value;

      if (close == NULL)
        return end - at > LONGEST_ELEMENT ? 0 : end - at;
      value = memmem (at, close - at, REFERENCE, strlen (REFERENCE));
      if (value != NULL && value + strlen (REFERENCE) + 1 < close)
        {
          const char *start = value + strlen (REFERENCE) + 1;
          const char *quote = memchr (start, start[-1], close - start);

          if (quote != NULL)
            take_range (ranges, start, quote - start);
        }
      at = close;
    }
  return MIN (length, strlen (OPENING) - 1);
}

/**
 * shequ_xlsx_ranges_read:
 * @package: an .xlsx
 * @entry: one of its sheets
 * @limit: the most bytes that it may unpack to
 * @unpacked: (out): how many bytes it unpacks to
 * @cancellable: (nullable): to stop
 * @error: return location for a %SHEQU_ERROR_UNREADABLE
 *
 * Merged ranges stand behind the cells, which need them. So the sheet is unpacked once before it is parsed: a
 * search for bytes, that also finds a damaged file before its first row is given.
 *
 * Returns: (transfer full) (nullable) (element-type ShequCellRange): the merged ranges
 */
GArray *
shequ_xlsx_ranges_read (ShequSheetPackage *package,
                        const char *entry,
                        guint64 limit,
                        guint64 *unpacked,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (ShequSheetEntry) open = shequ_sheet_package_open (package, entry, limit, error);
  g_autoptr (GArray) ranges = g_array_new (FALSE, FALSE, sizeof (ShequCellRange));
  g_autoptr (GString) text = g_string_new (NULL);
  const char *piece;
  gsize length;

  if (open == NULL)
    return NULL;
  *unpacked = 0;
  while (shequ_sheet_entry_read (open, &piece, &length, error))
    {
      gsize waiting;

      if (length == 0)
        return g_steal_pointer (&ranges);
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      *unpacked += length;
      g_string_append_len (text, piece, length);
      waiting = scan (ranges, text->str, text->len);
      g_string_erase (text, 0, text->len - waiting);
    }
  return NULL;
}
