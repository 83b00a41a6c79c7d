/* Registers out to spreadsheets and back in. */
#include "register-fixture.h"

#include "shequ-blank.h"
#include "shequ-cells.h"
#include "shequ-error.h"
#include "shequ-export.h"
#include "shequ-import.h"

ShequQuery *
register_query (const ShequRegister *reg)
{
  ShequQuery *query = shequ_query_new (reg, FIXTURE_TODAY);

  query->with_restricted = TRUE;
  return query;
}

gboolean
register_export (RegisterFixture *fixture, const ShequRegister *reg, const char *path, GError **error)
{
  g_autoptr (ShequQuery) query = register_query (reg);
  g_autoptr (GPtrArray) columns = shequ_export_list_columns (reg);
  g_autoptr (ShequSheetWriter) writer =
    shequ_sheet_writer_new_path (path, SHEQU_SHEET_FORMAT_XLSX, SHEQU_SHEET_WRITER_DEFAULT, error);

  return writer != NULL && shequ_export_run (fixture->store, query, columns, writer,
                                             &(ShequExportOptions){ TRUE }, NULL, NULL, NULL, error) >= 1;
}

/* Whether a spreadsheet can tell it from all others. */
static gboolean
is_identified (const ShequRow *row)
{
  for (guint i = 0; i < row->reg->identity->len; i++)
    {
      const GPtrArray *fields = row->reg->identity->pdata[i];
      gboolean complete = TRUE;

      for (guint k = 0; k < fields->len; k++)
        complete =
          complete && !shequ_value_is_null (&row->values[((const ShequField *) fields->pdata[k])->index]);
      if (complete)
        return TRUE;
    }
  return FALSE;
}

/* What came of it is known to the maker, so that it goes when the register is done. */
static void
adopt (RegisterFixture *fixture, const ShequRegister *reg, const GArray *before)
{
  g_autoptr (ShequQuery) query = register_query (reg);
  g_autoptr (GArray) after = shequ_store_list_keys (fixture->store, query, NULL, NULL);
  MadeRecord made = { reg, 0 };

  for (guint i = 0; i < after->len; i++)
    {
      gboolean known = FALSE;

      made.key = g_array_index (after, gint64, i);
      for (guint k = 0; !known && k < before->len; k++)
        known = g_array_index (before, gint64, k) == made.key;
      if (!known)
        g_array_append_val (fixture->maker.made, made);
    }
}

static void
import (RegisterFixture *fixture, const ShequRegister *reg, ShequImportResult *result)
{
  g_autofree char *rejects = g_strconcat (fixture->path, ".rejects.csv", NULL);
  ShequImportOptions options = { FALSE, SHEQU_ON_DUPLICATE_REJECT, rejects, fixture->maker.unit,
                                 *fixture->maker.actor };
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequImport) import =
    shequ_import_open (fixture->store, reg, fixture->path, FIXTURE_TODAY, NULL, &error);
  g_autoptr (ShequQuery) query = register_query (reg);
  g_autoptr (GArray) before = shequ_store_list_keys (fixture->store, query, NULL, NULL);

  if (import == NULL || !shequ_import_run (import, &options, NULL, NULL, NULL, result, &error))
    g_error ("%s: import: %s", reg->name, error->message);
  g_file_get_contents (rejects, &text, NULL, NULL);
  if (result->rejected > 0)
    g_error ("%s: import: of %u rows %u were refused: %s", reg->name, (guint) result->read,
             (guint) result->rejected, text != NULL ? text : "");
  adopt (fixture, reg, before);
}

/* What was exported is known when it comes back. */
void
check_export (RegisterFixture *fixture, const ShequRow *row)
{
  g_auto (ShequImportResult) result = { 0 };
  g_autoptr (GError) error = NULL;

  if (!register_export (fixture, row->reg, fixture->path, &error))
    g_error ("%s: export: %s", row->reg->name, error != NULL ? error->message : "nothing was written");
  if (row->reg->fixed)
    return;
  import (fixture, row->reg, &result);
  if (is_identified (row) && result.unchanged != result.read)
    g_error ("%s: of %u exported rows %u are unchanged", row->reg->name, (guint) result.read,
             (guint) result.unchanged);
}

/* The record filled into a blank spreadsheet, as its heads ask, in the order of its heads. */
static void
fill_blank (const ShequRow *row, const char *blank, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequSheetReader) reader = shequ_sheet_reader_open (blank, NULL, &error);
  g_autoptr (ShequSheetWriter) writer =
    shequ_sheet_writer_new_path (path, SHEQU_SHEET_FORMAT_XLSX, SHEQU_SHEET_WRITER_DEFAULT, &error);
  g_autoptr (GArray) heads = g_array_new (FALSE, TRUE, sizeof (ShequSheetColumn));
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();
  ShequCellRow cells;

  g_assert_no_error (error);
  /* A reader takes the sheet in which most stands, here the notes. */
  g_assert_true (shequ_sheet_reader_select_sheet (reader, 0, &error));
  g_assert_true (shequ_sheet_reader_next (reader, &cells, &error));
  for (guint i = 0; i < cells.n_cells; i++)
    {
      ShequSheetColumn head = { .title = cells.cells[i].text };

      g_array_append_val (heads, head);
      for (guint k = 0; k < row->reg->fields->len; k++)
        if (g_str_equal (((const ShequField *) row->reg->fields->pdata[k])->label, head.title))
          g_ptr_array_add (fields, row->reg->fields->pdata[k]);
    }
  g_assert_cmpuint (fields->len, ==, heads->len);
  shequ_sheet_writer_start_sheet (writer, "1", NULL, (ShequSheetColumn *) (gpointer) heads->data, heads->len,
                                  &error);
  for (guint i = 0; i < fields->len; i++)
    {
      g_autofree char *text = shequ_row_format (row, fields->pdata[i], SHEQU_FORMAT_EXPORT);

      shequ_sheet_writer_add_text (writer, text);
    }
  g_assert_true (shequ_sheet_writer_end_row (writer, &error));
  g_assert_true (shequ_sheet_writer_finish (writer, &error));
}

/* A blank spreadsheet is written; there is none of what the program alone writes. */
void
check_blank (RegisterFixture *fixture, const ShequRow *row)
{
  g_autofree char *blank = g_build_filename (fixture->model.folder, "blank.xlsx", NULL);
  g_autoptr (GError) error = NULL;
  gboolean written = shequ_blank_write (fixture->store, row->reg, blank, FIXTURE_TODAY, TRUE, NULL, &error);

  if (row->reg->fixed)
    {
      g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT);
      return;
    }
  if (!written)
    g_error ("%s: blank: %s", row->reg->name, error->message);
  fill_blank (row, blank, fixture->path);
}

/* While the record is deleted, the filled blank makes a new one, which says the same. */
void
check_import_blank (RegisterFixture *fixture, const ShequRow *row)
{
  g_autoptr (ShequRow) added = NULL;
  g_auto (ShequImportResult) result = { 0 };
  guint n_made = fixture->maker.made->len;

  import (fixture, row->reg, &result);
  if (result.read != 1 || result.added != 1)
    g_error ("%s: of %u rows of its blank %u were added", row->reg->name, (guint) result.read,
             (guint) result.added);
  g_assert_cmpuint (fixture->maker.made->len, ==, n_made + 1);
  added = model_fixture_get (&fixture->model, row->reg->name,
                             g_array_index (fixture->maker.made, MadeRecord, n_made).key);
  for (guint i = 0; i < row->reg->fields->len; i++)
    {
      const ShequField *field = row->reg->fields->pdata[i];
      g_autofree char *wanted = shequ_row_format (row, field, SHEQU_FORMAT_EXPORT);
      g_autofree char *got = shequ_row_format (added, field, SHEQU_FORMAT_EXPORT);

      if (shequ_field_is_stored (field) && !field->hidden && !field->read_only &&
          g_strcmp0 (wanted, got) != 0)
        g_error ("%s.%s: “%s” came out of the blank as “%s”", row->reg->name, field->name, wanted, got);
    }
}
