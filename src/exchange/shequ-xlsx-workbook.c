#include "shequ-xlsx-workbook.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-error.h"
#include "shequ-xlsx-parts.h"
#include "shequ-xml-parser.h"

#define USUAL_WORKBOOK "xl/workbook.xml"

struct _ShequXlsxWorkbook
{
  GPtrArray *sheets;
  gboolean from_1904;
  GArray *date_styles;
  ShequXlsxStrings *strings;
};

/* The relations of a part: the entries by their identity, and those of the kinds that are looked for. */
typedef struct
{
  char *folder;
  GHashTable *entries;
  char *workbook;
  char *styles;
  char *strings;
} Relations;

static void
relations_free (Relations *relations)
{
  g_free (relations->folder);
  g_hash_table_unref (relations->entries);
  g_free (relations->workbook);
  g_free (relations->styles);
  g_free (relations->strings);
  g_free (relations);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Relations, relations_free)

static char *
resolve (const char *folder, const char *target)
{
  g_autofree char *path = NULL;
  g_autofree char *absolute = NULL;

  if (target[0] == '/')
    return g_strdup (target + 1);
  path = g_strconcat ("/", folder, target, NULL);
  absolute = g_canonicalize_filename (path, "/");
  return g_strdup (absolute + 1);
}

static void
relations_start (gpointer data, const char *name, const char **attributes, int n_attributes)
{
  Relations *relations = data;
  g_autofree char *identity = shequ_xml_attribute_dup (attributes, n_attributes, "Id");
  g_autofree char *type = shequ_xml_attribute_dup (attributes, n_attributes, "Type");
  g_autofree char *target = shequ_xml_attribute_dup (attributes, n_attributes, "Target");
  g_autofree char *mode = shequ_xml_attribute_dup (attributes, n_attributes, "TargetMode");
  char **kept = NULL;

  if (strcmp (name, "Relationship") != 0 || identity == NULL || type == NULL || target == NULL ||
      g_strcmp0 (mode, "External") == 0)
    return;
  if (g_str_has_suffix (type, "/officeDocument"))
    kept = &relations->workbook;
  else if (g_str_has_suffix (type, "/styles"))
    kept = &relations->styles;
  else if (g_str_has_suffix (type, "/sharedStrings"))
    kept = &relations->strings;
  else if (g_str_has_suffix (type, "/worksheet"))
    g_hash_table_insert (relations->entries, g_steal_pointer (&identity),
                         resolve (relations->folder, target));
  if (kept != NULL && *kept == NULL)
    *kept = resolve (relations->folder, target);
}

static void
ignore_end (gpointer data, const char *name)
{
}

static void
ignore_text (gpointer data, const char *text, gsize length)
{
}

static Relations *
read_relations (ShequSheetPackage *package,
                const char *part,
                const char *name,
                GCancellable *cancellable,
                GError **error)
{
  static const ShequXmlHandler handler = { relations_start, ignore_end, ignore_text };
  g_autoptr (Relations) relations = g_new0 (Relations, 1);
  const char *slash = strrchr (part, '/');
  g_autofree char *entry = NULL;

  relations->folder = slash == NULL ? g_strdup ("") : g_strndup (part, slash + 1 - part);
  relations->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  entry = g_strconcat (relations->folder, "_rels/", slash == NULL ? part : slash + 1, ".rels", NULL);
  if (shequ_sheet_package_has (package, entry) &&
      !shequ_xml_parse_entry (package, entry, SHEQU_XLSX_MAX_PART, &handler, relations, name, cancellable,
                              error))
    return NULL;
  return g_steal_pointer (&relations);
}

static void
sheet_free (gpointer data)
{
  ShequXlsxSheet *sheet = data;

  g_free (sheet->name);
  g_free (sheet->relation);
  g_free (sheet->entry);
  g_free (sheet);
}

static void
workbook_start (gpointer data, const char *name, const char **attributes, int n_attributes)
{
  ShequXlsxWorkbook *workbook = data;

  if (strcmp (name, "workbookPr") == 0)
    {
      g_autofree char *flag = shequ_xml_attribute_dup (attributes, n_attributes, "date1904");

      workbook->from_1904 = g_strcmp0 (flag, "1") == 0 || g_strcmp0 (flag, "true") == 0;
    }
  else if (strcmp (name, "sheet") == 0)
    {
      ShequXlsxSheet *sheet = g_new0 (ShequXlsxSheet, 1);
      g_autofree char *state = shequ_xml_attribute_dup (attributes, n_attributes, "state");

      sheet->name = shequ_xml_attribute_dup (attributes, n_attributes, "name");
      sheet->relation = shequ_xml_attribute_dup (attributes, n_attributes, "id");
      sheet->hidden = state != NULL && strcmp (state, "visible") != 0;
      if (sheet->name == NULL)
        sheet->name = g_strdup ("");
      g_ptr_array_add (workbook->sheets, sheet);
    }
}

/* Sheets of charts and of old macros have no cells and are left out. */
static void
find_entries (ShequXlsxWorkbook *workbook, ShequSheetPackage *package, Relations *relations)
{
  for (guint i = workbook->sheets->len; i > 0; i--)
    {
      ShequXlsxSheet *sheet = g_ptr_array_index (workbook->sheets, i - 1);
      const char *entry =
        sheet->relation == NULL ? NULL : g_hash_table_lookup (relations->entries, sheet->relation);

      if (entry != NULL && shequ_sheet_package_has (package, entry))
        sheet->entry = g_strdup (entry);
      else
        g_ptr_array_remove_index (workbook->sheets, i - 1);
    }
}

static gboolean
read_parts (ShequXlsxWorkbook *workbook,
            ShequSheetPackage *package,
            Relations *relations,
            const char *name,
            GCancellable *cancellable,
            GError **error)
{
  if (relations->styles != NULL && shequ_sheet_package_has (package, relations->styles))
    {
      workbook->date_styles = shequ_xlsx_styles_read (package, relations->styles, name, cancellable, error);
      if (workbook->date_styles == NULL)
        return FALSE;
    }
  if (relations->strings != NULL && shequ_sheet_package_has (package, relations->strings))
    {
      workbook->strings = shequ_xlsx_strings_read (package, relations->strings, name, cancellable, error);
      if (workbook->strings == NULL)
        return FALSE;
    }
  return TRUE;
}

/**
 * shequ_xlsx_find_workbook:
 * @package: a zip file
 * @cancellable: (nullable): to stop
 *
 * Returns: (transfer full) (nullable): the entry of the workbook, %NULL when the file is no .xlsx
 */
char *
shequ_xlsx_find_workbook (ShequSheetPackage *package, GCancellable *cancellable)
{
  g_autoptr (Relations) relations = read_relations (package, "", "", cancellable, NULL);
  const char *entry = relations == NULL ? NULL : relations->workbook;

  if (shequ_sheet_package_has (package, USUAL_WORKBOOK))
    return g_strdup (USUAL_WORKBOOK);
  if (entry != NULL && shequ_sheet_package_has (package, entry) && g_str_has_suffix (entry, ".xml") &&
      shequ_sheet_package_has_folder (package, "xl/"))
    return g_strdup (entry);
  return NULL;
}

/**
 * shequ_xlsx_workbook_new:
 * @package: an .xlsx
 * @name: what messages call the file
 * @cancellable: (nullable): to stop
 * @error: return location for a %SHEQU_ERROR_UNREADABLE
 *
 * Reads what all sheets share: their list, styles and texts.
 *
 * Returns: (transfer full) (nullable): the workbook
 */
ShequXlsxWorkbook *
shequ_xlsx_workbook_new (ShequSheetPackage *package,
                         const char *name,
                         GCancellable *cancellable,
                         GError **error)
{
  static const ShequXmlHandler handler = { workbook_start, ignore_end, ignore_text };
  g_autoptr (ShequXlsxWorkbook) workbook = g_new0 (ShequXlsxWorkbook, 1);
  g_autoptr (Relations) relations = NULL;
  g_autofree char *entry = shequ_xlsx_find_workbook (package, cancellable);

  workbook->sheets = g_ptr_array_new_with_free_func (sheet_free);
  if (entry == NULL)
    entry = g_strdup (USUAL_WORKBOOK);
  relations = read_relations (package, entry, name, cancellable, error);
  if (relations == NULL || !shequ_xml_parse_entry (package, entry, SHEQU_XLSX_MAX_PART, &handler, workbook,
                                                   name, cancellable, error))
    return NULL;
  find_entries (workbook, package, relations);
  if (workbook->sheets->len == 0)
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREADABLE,
                   _ ("“%s” has no sheet with cells. Open it in the spreadsheet program and save it again as "
                      ".xlsx."),
                   name);
      return NULL;
    }
  if (!read_parts (workbook, package, relations, name, cancellable, error))
    return NULL;
  return g_steal_pointer (&workbook);
}

/**
 * shequ_xlsx_workbook_free:
 * @workbook: (transfer full): a workbook
 */
void
shequ_xlsx_workbook_free (ShequXlsxWorkbook *workbook)
{
  g_ptr_array_unref (workbook->sheets);
  g_clear_pointer (&workbook->date_styles, g_array_unref);
  g_clear_pointer (&workbook->strings, shequ_xlsx_strings_free);
  g_free (workbook);
}

/**
 * shequ_xlsx_workbook_get_n_sheets:
 * @workbook: a workbook
 *
 * Returns: the number of sheets that hold cells, at least 1
 */
guint
shequ_xlsx_workbook_get_n_sheets (ShequXlsxWorkbook *workbook)
{
  return workbook->sheets->len;
}

/**
 * shequ_xlsx_workbook_get_sheet:
 * @workbook: a workbook
 * @sheet: a sheet, from 0
 *
 * Returns: the sheet
 */
const ShequXlsxSheet *
shequ_xlsx_workbook_get_sheet (ShequXlsxWorkbook *workbook, guint sheet)
{
  return g_ptr_array_index (workbook->sheets, sheet);
}

/**
 * shequ_xlsx_workbook_is_from_1904:
 * @workbook: a workbook
 *
 * Returns: whether its dates count from 1904
 */
gboolean
shequ_xlsx_workbook_is_from_1904 (ShequXlsxWorkbook *workbook)
{
  return workbook->from_1904;
}

/**
 * shequ_xlsx_workbook_style_is_date:
 * @workbook: a workbook
 * @style: the style of a cell
 *
 * Returns: whether it shows numbers as dates or times
 */
gboolean
shequ_xlsx_workbook_style_is_date (ShequXlsxWorkbook *workbook, guint64 style)
{
  return workbook->date_styles != NULL && style < workbook->date_styles->len &&
         g_array_index (workbook->date_styles, guint8, style) != 0;
}

/**
 * shequ_xlsx_workbook_get_string:
 * @workbook: a workbook
 * @index: the number of a shared text
 * @length: (out): its bytes
 *
 * Returns: (nullable): the text, not closed by NUL
 */
const char *
shequ_xlsx_workbook_get_string (ShequXlsxWorkbook *workbook, guint64 index, gsize *length)
{
  return workbook->strings == NULL ? NULL : shequ_xlsx_strings_get (workbook->strings, index, length);
}
