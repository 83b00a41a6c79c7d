#include "shequ-xlsx-parts.h"

#include "config.h"

#include <string.h>

#include "shequ-cells.h"
#include "shequ-number-format.h"
#include "shequ-xml-parser.h"

#define MAX_STRINGS_BYTES (G_GUINT64_CONSTANT (1) << 30)
/* Longer texts are cut anyway; what is kept here is enough to know that they were too long. */
#define MAX_KEPT_BYTES (4 * SHEQU_CELL_MAX_CHARACTERS + 4)

typedef struct
{
  GHashTable *date_formats;
  GArray *date_styles;
  gboolean in_cell_styles;
} Styles;

static void
styles_start (gpointer data, const char *name, const char **attributes, int n_attributes)
{
  Styles *styles = data;
  guint64 number = shequ_xml_attribute_number (attributes, n_attributes, "numFmtId", 0);

  if (strcmp (name, "cellXfs") == 0)
    styles->in_cell_styles = TRUE;
  else if (strcmp (name, "numFmt") == 0)
    {
      g_autofree char *code = shequ_xml_attribute_dup (attributes, n_attributes, "formatCode");

      if (code != NULL)
        g_hash_table_insert (styles->date_formats, GUINT_TO_POINTER ((guint) number),
                             GINT_TO_POINTER (shequ_number_format_is_date (code)));
    }
  else if (styles->in_cell_styles && strcmp (name, "xf") == 0)
    {
      gpointer is_date;
      guint8 style = shequ_number_format_number_is_date (number);

      if (g_hash_table_lookup_extended (styles->date_formats, GUINT_TO_POINTER ((guint) number), NULL,
                                        &is_date))
        style = GPOINTER_TO_INT (is_date);
      g_array_append_val (styles->date_styles, style);
    }
}

static void
styles_end (gpointer data, const char *name)
{
  Styles *styles = data;

  if (strcmp (name, "cellXfs") == 0)
    styles->in_cell_styles = FALSE;
}

static void
styles_text (gpointer data, const char *text, gsize length)
{
}

/**
 * shequ_xlsx_styles_read:
 * @package: an .xlsx
 * @entry: its styles
 * @name: what messages call the file
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type guint8): for each cell style 1 when it shows a date, else
 * 0
 */
GArray *
shequ_xlsx_styles_read (ShequSheetPackage *package,
                        const char *entry,
                        const char *name,
                        GCancellable *cancellable,
                        GError **error)
{
  static const ShequXmlHandler handler = { styles_start, styles_end, styles_text };
  g_autoptr (GHashTable) date_formats = g_hash_table_new (NULL, NULL);
  g_autoptr (GArray) date_styles = g_array_new (FALSE, FALSE, sizeof (guint8));
  Styles styles = { date_formats, date_styles, FALSE };

  if (!shequ_xml_parse_entry (package, entry, SHEQU_XLSX_MAX_PART, &handler, &styles, name, cancellable,
                              error))
    return NULL;
  return g_steal_pointer (&date_styles);
}

struct _ShequXlsxStrings
{
  GString *text;
  GArray *offsets;
  gsize start;
  guint phonetic;
  gboolean in_text;
};

static void
strings_start (gpointer data, const char *name, const char **attributes, int n_attributes)
{
  ShequXlsxStrings *strings = data;

  if (strcmp (name, "si") == 0)
    strings->start = strings->text->len;
  else if (strcmp (name, "rPh") == 0)
    strings->phonetic++;
  else if (strcmp (name, "t") == 0)
    strings->in_text = strings->phonetic == 0;
}

static void
strings_end (gpointer data, const char *name)
{
  ShequXlsxStrings *strings = data;

  if (strcmp (name, "t") == 0)
    strings->in_text = FALSE;
  else if (strcmp (name, "rPh") == 0 && strings->phonetic > 0)
    strings->phonetic--;
  else if (strcmp (name, "si") == 0)
    {
      guint32 end;

      shequ_xlsx_unescape (strings->text, strings->start);
      end = strings->text->len;
      g_array_append_val (strings->offsets, end);
    }
}

static void
strings_text (gpointer data, const char *text, gsize length)
{
  ShequXlsxStrings *strings = data;

  if (strings->in_text && strings->text->len - strings->start < MAX_KEPT_BYTES)
    g_string_append_len (strings->text, text, length);
}

/**
 * shequ_xlsx_strings_read:
 * @package: an .xlsx
 * @entry: its shared texts
 * @name: what messages call the file
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Formatting within a text is dropped, as are phonetic readings.
 *
 * Returns: (transfer full) (nullable): the texts
 */
ShequXlsxStrings *
shequ_xlsx_strings_read (ShequSheetPackage *package,
                         const char *entry,
                         const char *name,
                         GCancellable *cancellable,
                         GError **error)
{
  static const ShequXmlHandler handler = { strings_start, strings_end, strings_text };
  g_autoptr (ShequXlsxStrings) strings = g_new0 (ShequXlsxStrings, 1);
  guint32 zero = 0;

  strings->text = g_string_new (NULL);
  strings->offsets = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_array_append_val (strings->offsets, zero);
  if (!shequ_xml_parse_entry (package, entry, MAX_STRINGS_BYTES, &handler, strings, name, cancellable, error))
    return NULL;
  return g_steal_pointer (&strings);
}

/**
 * shequ_xlsx_strings_free:
 * @strings: (transfer full): shared texts
 */
void
shequ_xlsx_strings_free (ShequXlsxStrings *strings)
{
  g_string_free (strings->text, TRUE);
  g_array_unref (strings->offsets);
  g_free (strings);
}

/**
 * shequ_xlsx_strings_get:
 * @strings: shared texts
 * @index: which one
 * @length: (out): its bytes
 *
 * Returns: (nullable): the text, not closed by NUL; %NULL when there is none of that number
 */
const char *
shequ_xlsx_strings_get (ShequXlsxStrings *strings, guint64 index, gsize *length)
{
  guint32 start;

  if (index + 1 >= strings->offsets->len)
    return NULL;
  start = g_array_index (strings->offsets, guint32, index);
  *length = g_array_index (strings->offsets, guint32, index + 1) - start;
  return strings->text->str + start;
}

/* Returns the character that `_xHHHH_` stands for, or -1. */
static int
read_escape (const char *text, gsize length)
{
  int character = 0;

  if (length < 7 || text[0] != '_' || text[1] != 'x' || text[6] != '_')
    return -1;
  for (guint i = 2; i < 6; i++)
    {
      if (!g_ascii_isxdigit (text[i]))
        return -1;
      character = character * 16 + g_ascii_xdigit_value (text[i]);
    }
  return character >= 0xD800 && character < 0xE000 ? -1 : character;
}

/**
 * shequ_xlsx_unescape:
 * @text: a text
 * @from: where to begin, in bytes
 *
 * Turns `_x000D_` and the like into the characters, which XML itself cannot hold; ECMA-376 part 1, 22.9.2.19.
 */
void
shequ_xlsx_unescape (GString *text, gsize from)
{
  gsize to = from;

  if (strstr (text->str + from, "_x") == NULL)
    return;
  for (gsize i = from; i < text->len;)
    {
      int character = read_escape (text->str + i, text->len - i);

      if (character < 0)
        text->str[to++] = text->str[i++];
      else
        {
          to += g_unichar_to_utf8 (character, text->str + to);
          i += 7;
        }
    }
  g_string_truncate (text, to);
}
