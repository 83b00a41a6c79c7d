/* .xlsx by libxlsxwriter, in its mode that keeps one row in memory.
 *
 * In that mode the library does not notice when its temporary file cannot grow. So the finished file is read
 * back and its rows are counted before it takes the place of its target. */

#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <xlsxwriter.h>

#include "shequ-error.h"
#include "shequ-sheet-package.h"
#include "shequ-sheet-writer-private.h"

#define N_KINDS (SHEQU_COLUMN_DATE_TIME + 1)
#define MAX_ROWS 1048576
#define MAX_SHEET_NAME 31
#define ROW_OPENING "<row "
#define CHECK_LIMIT G_MAXUINT64
#define REQUIRED_COLOR 0xC01C28
/* Where people fill in: below the head, as far as a roster of a community goes. */
#define FILLED_ROWS 10000
#define MOST_PROMPT 255
#define MOST_PROMPT_TITLE 32

typedef struct
{
  ShequSheetWriter base;
  char *folder;
  lxw_workbook *workbook;
  lxw_worksheet *sheet;
  lxw_format *kinds[N_KINDS];
  lxw_format *header;
  lxw_format *required;
  lxw_format *note;
  guint row;
  GArray *rows_of_sheets;
  const char *problem;
} XlsxWriter;

static const char *const number_formats[N_KINDS] = {
  [SHEQU_COLUMN_TEXT] = "@",         [SHEQU_COLUMN_NUMBER] = "General",
  [SHEQU_COLUMN_MONEY] = "#,##0.00", [SHEQU_COLUMN_DATE] = "yyyy-mm-dd",
  [SHEQU_COLUMN_TIME] = "hh:mm",     [SHEQU_COLUMN_DATE_TIME] = "yyyy-mm-dd hh:mm",
};

static void
make_formats (XlsxWriter *writer)
{
  for (guint kind = 0; kind < N_KINDS; kind++)
    {
      writer->kinds[kind] = workbook_add_format (writer->workbook);
      format_set_num_format (writer->kinds[kind], number_formats[kind]);
      if (kind != SHEQU_COLUMN_TEXT)
        format_set_align (writer->kinds[kind], LXW_ALIGN_RIGHT);
    }
  writer->header = workbook_add_format (writer->workbook);
  format_set_bold (writer->header);
  format_set_bottom (writer->header, LXW_BORDER_THIN);
  writer->required = workbook_add_format (writer->workbook);
  format_set_bold (writer->required);
  format_set_bottom (writer->required, LXW_BORDER_THIN);
  format_set_font_color (writer->required, REQUIRED_COLOR);
  writer->note = workbook_add_format (writer->workbook);
  format_set_italic (writer->note);
}

static double
find_width (const ShequSheetColumn *column)
{
  static const double least[N_KINDS] = { 10.0, 10.0, 12.0, 12.0, 8.0, 17.0 };
  double width = 2.0;

  if (column->width > 0.0)
    return MIN (column->width, 255.0);
  for (const char *at = column->title; *at != '\0'; at = g_utf8_next_char (at))
    width += g_unichar_iswide (g_utf8_get_char (at)) ? 2.0 : 1.0;
  return CLAMP (width, least[column->kind], 60.0);
}

/* Excel allows 31 characters, none of []:*?/\, and no name twice. */
static char *
make_sheet_name (XlsxWriter *writer, const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  g_autofree char *cut = g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), MAX_SHEET_NAME));

  g_strdelimit (cut, "[]:*?/\\'", ' ');
  g_strstrip (cut);
  if (*cut != '\0' && workbook_get_worksheet_by_name (writer->workbook, cut) == NULL)
    return g_steal_pointer (&cut);
  return g_strdup_printf ("Sheet%u", writer->base.n_sheets + 1);
}

static void
note_problem (XlsxWriter *writer, lxw_error code)
{
  if (code != LXW_NO_ERROR && writer->problem == NULL)
    writer->problem = lxw_strerror (code);
}

/* A text that says `_x000D_` would be read as the character that this stands for; the library lets it pass.
 */
static char *
escape (const char *text)
{
  g_autoptr (GString) escaped = g_string_new (NULL);

  for (const char *at = text; *at != '\0'; at++)
    {
      if (at[0] == '_' && at[1] == 'x')
        g_string_append (escaped, "_x005F");
      g_string_append_c (escaped, *at);
    }
  return g_strdup (escaped->str);
}

static void
write_text (XlsxWriter *writer, guint column, const char *text, lxw_format *format)
{
  g_autofree char *escaped = strstr (text, "_x") == NULL ? NULL : escape (text);
  g_autofree char *valid = NULL;

  if (escaped != NULL)
    text = escaped;
  if (!g_utf8_validate (text, -1, NULL))
    valid = g_utf8_make_valid (text, -1);
  note_problem (writer, worksheet_write_string (writer->sheet, writer->row, column,
                                                valid == NULL ? text : valid, format));
}

/* Choices stand in a sheet of their own: a list within the rule may hold 255 characters only. */
static char *
name_choices (const char *sheet, guint column, guint n_choices)
{
  char first[LXW_MAX_COL_NAME_LENGTH];

  lxw_col_to_name (first, column, LXW_TRUE);
  return g_strdup_printf ("='%s'!%s$2:%s$%u", sheet, first, first, n_choices + 1);
}

/* How many columns before @column have choices: only these stand in the sheet of choices. */
static guint
count_choices (const ShequSheetWriter *base, guint column)
{
  guint count = 0;

  for (guint i = 0; i < column; i++)
    count += base->columns[i].choices != NULL;
  return count;
}

/* What the cells below a head say and offer. */
static void
add_rule (XlsxWriter *writer, guint column, const ShequSheetColumn *head)
{
  g_autofree char *title =
    g_utf8_substring (head->title, 0, MIN (g_utf8_strlen (head->title, -1), MOST_PROMPT_TITLE));
  g_autofree char *help =
    head->help != NULL ? g_utf8_substring (head->help, 0, MIN (g_utf8_strlen (head->help, -1), MOST_PROMPT))
                       : NULL;
  g_autofree char *list = NULL;
  lxw_data_validation rule = { .validate = LXW_VALIDATION_TYPE_ANY,
                               .input_title = title,
                               .input_message = help,
                               .ignore_blank = LXW_VALIDATION_ON };

  if (head->choices != NULL)
    {
      list = name_choices (writer->base.choices_sheet, count_choices (&writer->base, column),
                           g_strv_length ((char **) head->choices));
      rule.validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
      rule.value_formula = list;
      rule.error_type = LXW_VALIDATION_ERROR_TYPE_WARNING;
    }
  if (help != NULL || list != NULL)
    note_problem (writer, worksheet_data_validation_range (writer->sheet, writer->row, column,
                                                           writer->row + FILLED_ROWS, column, &rule));
}

static gboolean
xlsx_writer_start_sheet (ShequSheetWriter *base, const char *name, const char *note, GError **error)
{
  XlsxWriter *writer = (XlsxWriter *) base;
  g_autofree char *sheet_name = make_sheet_name (writer, name == NULL ? "" : name);

  writer->sheet = workbook_add_worksheet (writer->workbook, sheet_name);
  if (writer->sheet == NULL)
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_INTERNAL, _ ("The sheet “%s” cannot be made."),
                   sheet_name);
      return FALSE;
    }
  writer->row = 0;
  for (guint i = 0; i < base->n_columns; i++)
    worksheet_set_column (writer->sheet, i, i, find_width (&base->columns[i]),
                          writer->kinds[base->columns[i].kind]);
  if (note != NULL)
    {
      write_text (writer, 0, note, writer->note);
      writer->row++;
    }
  for (guint i = 0; i < base->n_columns; i++)
    write_text (writer, i, base->columns[i].title,
                base->columns[i].required ? writer->required : writer->header);
  writer->row++;
  for (guint i = 0; i < base->n_columns; i++)
    add_rule (writer, i, &base->columns[i]);
  worksheet_freeze_panes (writer->sheet, writer->row, 0);
  g_array_append_val (writer->rows_of_sheets, writer->row);
  return TRUE;
}

static void
xlsx_writer_add_text (ShequSheetWriter *base, const char *text)
{
  XlsxWriter *writer = (XlsxWriter *) base;

  if (*text != '\0')
    write_text (writer, base->n_cells, text, writer->kinds[SHEQU_COLUMN_TEXT]);
}

static void
xlsx_writer_add_number (ShequSheetWriter *base, double number, ShequColumnKind kind)
{
  XlsxWriter *writer = (XlsxWriter *) base;

  note_problem (
    writer, worksheet_write_number (writer->sheet, writer->row, base->n_cells, number, writer->kinds[kind]));
}

static void
xlsx_writer_add_serial (ShequSheetWriter *base, double serial, ShequColumnKind kind, const char *text)
{
  xlsx_writer_add_number (base, serial, kind);
}

static gboolean
xlsx_writer_end_row (ShequSheetWriter *base, GError **error)
{
  XlsxWriter *writer = (XlsxWriter *) base;

  if (writer->problem != NULL)
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE,
                   _ ("Row %u does not fit into a spreadsheet: %s. “%s” was not written. Choose .csv."),
                   writer->row + 1, writer->problem, base->file->name);
      return FALSE;
    }
  writer->row++;
  g_array_index (writer->rows_of_sheets, guint, writer->rows_of_sheets->len - 1) = writer->row;
  if (writer->row < MAX_ROWS)
    return TRUE;
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE,
               _ ("An .xlsx holds at most %d rows. “%s” was not written. Choose .csv, or fewer rows."),
               MAX_ROWS, base->file->name);
  return FALSE;
}

static gboolean
count_rows (ShequSheetPackage *package, guint sheet, guint *rows)
{
  g_autofree char *name = g_strdup_printf ("xl/worksheets/sheet%u.xml", sheet + 1);
  g_autoptr (ShequSheetEntry) entry = shequ_sheet_package_open (package, name, CHECK_LIMIT, NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean complete = FALSE;
  const char *piece;
  gsize length;

  *rows = 0;
  if (entry == NULL)
    return FALSE;
  while (shequ_sheet_entry_read (entry, &piece, &length, NULL))
    {
      const char *at;

      if (length == 0)
        return complete;
      g_string_append_len (text, piece, length);
      at = text->str;
      while ((at = strstr (at, ROW_OPENING)) != NULL)
        {
          (*rows)++;
          at += strlen (ROW_OPENING);
        }
      complete = g_str_has_suffix (text->str, "</worksheet>");
      g_string_erase (text, 0, text->len - MIN (text->len, strlen (ROW_OPENING) - 1));
    }
  return FALSE;
}

static gboolean
holds_all_rows (XlsxWriter *writer)
{
  g_autoptr (ShequSheetSource) source = shequ_sheet_source_new_path (writer->base.file->path, NULL, NULL);
  g_autoptr (ShequSheetPackage) package = source == NULL ? NULL : shequ_sheet_package_new (source, NULL);

  for (guint i = 0; package != NULL && i < writer->rows_of_sheets->len; i++)
    {
      guint rows;

      if (!count_rows (package, i, &rows) || rows < g_array_index (writer->rows_of_sheets, guint, i))
        return FALSE;
    }
  return package != NULL;
}

static gboolean
xlsx_writer_close (ShequSheetWriter *base, GError **error)
{
  XlsxWriter *writer = (XlsxWriter *) base;
  lxw_error code;
  int number;

  errno = 0;
  code = workbook_close (g_steal_pointer (&writer->workbook));
  number = errno;
  if (code == LXW_NO_ERROR && holds_all_rows (writer))
    return TRUE;
  /* Rows are missing though nothing failed: a temporary file could not grow. */
  if (code == LXW_NO_ERROR)
    number = ENOSPC;
  shequ_sheet_file_set_error (base->file, error, number == 0 ? EIO : number);
  return FALSE;
}

static void
xlsx_writer_free (ShequSheetWriter *base)
{
  XlsxWriter *writer = (XlsxWriter *) base;

  if (writer->workbook != NULL)
    lxw_workbook_free (writer->workbook);
  g_array_unref (writer->rows_of_sheets);
  g_free (writer->folder);
}

static const ShequSheetWriterClass xlsx_writer_class = {
  .start_sheet = xlsx_writer_start_sheet,
  .add_text = xlsx_writer_add_text,
  .add_number = xlsx_writer_add_number,
  .add_serial = xlsx_writer_add_serial,
  .end_row = xlsx_writer_end_row,
  .close = xlsx_writer_close,
  .free = xlsx_writer_free,
};

/**
 * shequ_xlsx_writer_new:
 * @file: (transfer full): where to write
 * @flags: of no meaning here
 * @error: return location
 *
 * Returns: (transfer full) (nullable): a writer
 */
ShequSheetWriter *
shequ_xlsx_writer_new (ShequSheetFile *file, ShequSheetWriterFlags flags, GError **error)
{
  XlsxWriter *writer = g_new0 (XlsxWriter, 1);
  lxw_workbook_options options = { .constant_memory = LXW_TRUE };

  writer->base.class = &xlsx_writer_class;
  writer->base.file = file;
  writer->base.flags = flags;
  writer->rows_of_sheets = g_array_new (FALSE, FALSE, sizeof (guint));
  /* Its temporary files lie beside the file: names and numbers of persons stay where the user puts them. */
  writer->folder = g_path_get_dirname (file->path);
  options.tmpdir = writer->folder;
  writer->workbook = workbook_new_opt (file->path, &options);
  if (writer->workbook == NULL)
    {
      shequ_sheet_file_set_error (file, error, ENOMEM);
      shequ_sheet_writer_free (&writer->base);
      return NULL;
    }
  make_formats (writer);
  return &writer->base;
}
