/* Every shipped register, by its description alone: a record is stored, listed, found, exported, imported
 * again, and its way stands in the change log. A new file in data/catalogue is proven here without a line of
 * code. */
#include "shequ-blank.h"
#include "shequ-cells.h"
#include "shequ-error.h"
#include "shequ-export.h"
#include "shequ-import.h"
#include "shequ-locale.h"
#include "shequ-picture.h"

#include <glib/gstdio.h>
#include <string.h>

#define TODAY "2026-11-22"
#define DEEPEST 6

static const ShequActor actor = { "小刘", "窗口一", NULL, "2026-11-22T01:02:03Z" };

typedef struct
{
  char *folder;
  char *path;
  ShequCatalogue *catalogue;
  ShequStore *store;
  gint64 unit;  /* of all records; 0 until it is needed */
  guint number; /* grows, so that no two values are the same */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  fixture->folder = g_dir_make_tmp ("shequ-every-XXXXXX", &error);
  path = g_build_filename (fixture->folder, "office.db", NULL);
  fixture->path = g_build_filename (fixture->folder, "records.xlsx", NULL);
  fixture->catalogue = shequ_catalogue_new_shipped (&error);
  g_assert_no_error (error);
  fixture->store = shequ_store_open (path, fixture->catalogue, SHEQU_OPEN_CREATE, NULL, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  g_clear_pointer (&fixture->store, shequ_store_unref);
  g_clear_pointer (&fixture->catalogue, shequ_catalogue_unref);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static gint64 add_record (Fixture *fixture, const ShequRegister *reg, guint depth);

/* A sound number of somebody born on 1 January 1950, and its check digit. */
static char *
make_id_number (guint number)
{
  static const int weights[] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
  g_autofree char *digits = g_strdup_printf ("22080219500101%03u", number % 1000);
  int sum = 0;

  for (guint i = 0; i < G_N_ELEMENTS (weights); i++)
    sum += (digits[i] - '0') * weights[i];
  return g_strdup_printf ("%s%c", digits, "10X98765432"[sum % 11]);
}

static char *
make_name (guint number)
{
  static const char *const signs[] = { "安", "北", "春", "东", "方", "光", "和", "江", "康", "林" };

  return g_strdup_printf ("测%s%s%s", signs[number / 100 % 10], signs[number / 10 % 10], signs[number % 10]);
}

/* As large as one may be: it goes through a cell of a spreadsheet whole. */
static char *
make_picture (guint number)
{
  g_autofree guint8 *bytes = g_new0 (guint8, SHEQU_PICTURE_MOST_BYTES);

  memcpy (bytes, "\xFF\xD8\xFF", 3);
  for (guint i = 3; i < SHEQU_PICTURE_MOST_BYTES - 2; i++)
    bytes[i] = (guint8) (i * number >> 3);
  memcpy (bytes + SHEQU_PICTURE_MOST_BYTES - 2, "\xFF\xD9", 2);
  return shequ_picture_from_jpeg (bytes, SHEQU_PICTURE_MOST_BYTES);
}

/* A value as a person would type it. */
static char *
make_text (Fixture *fixture, const ShequField *field)
{
  guint number = ++fixture->number;

  switch (field->kind)
    {
    case SHEQU_FIELD_TEXT:
      if (g_str_equal (field->name, "address"))
        return g_strdup_printf ("青年路%u号", number);
      return field->search == SHEQU_SEARCH_ADDRESS ? g_strdup_printf ("%u号楼", number) : make_name (number);
    case SHEQU_FIELD_LONG_TEXT:
      return g_strdup_printf ("第%u条说明", number);
    case SHEQU_FIELD_INTEGER:
    case SHEQU_FIELD_MONEY:
      return g_strdup_printf ("%" G_GINT64_FORMAT, field->has_at_least ? MAX (field->at_least, 1) : 1);
    case SHEQU_FIELD_DATE:
      return g_strdup (TODAY);
    case SHEQU_FIELD_TIME:
      return g_strdup_printf ("08:%02u", number % 60);
    case SHEQU_FIELD_MOMENT:
      return g_strdup ("2026-11-22T01:02:03Z");
    case SHEQU_FIELD_YES_NO:
      return g_strdup ("1");
    case SHEQU_FIELD_CODE:
      return g_strdup (((const ShequCode *) g_ptr_array_index (field->codes->codes, 0))->code);
    case SHEQU_FIELD_ID_NUMBER:
      return make_id_number (number);
    case SHEQU_FIELD_CREDIT_CODE:
      return g_strdup ("91350100M000100Y43");
    case SHEQU_FIELD_PHONE:
      return g_strdup_printf ("138%08u", number);
    case SHEQU_FIELD_PICTURE:
      return make_picture (number);
    case SHEQU_FIELD_LINK:
    case SHEQU_FIELD_COMPUTED:
    default:
      return NULL;
    }
}

static void
fill (Fixture *fixture, ShequRow *row, const ShequField *field, guint depth)
{
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) issues = shequ_issues_new ();

  if (!shequ_field_is_stored (field) || !shequ_value_is_null (shequ_row_get (row, field)))
    return;
  if (g_str_equal (field->name, "unit") && field->kind == SHEQU_FIELD_LINK)
    {
      if (fixture->unit == 0)
        fixture->unit = add_record (fixture, field->target, depth + 1);
      shequ_row_set_integer (row, field->name, fixture->unit);
      return;
    }
  if (field->kind == SHEQU_FIELD_LINK)
    {
      if (depth < DEEPEST)
        shequ_row_set_integer (row, field->name, add_record (fixture, field->target, depth + 1));
      return;
    }
  text = make_text (fixture, field);
  if (!shequ_field_parse (field, text, TODAY, shequ_row_get (row, field), issues))
    g_error ("%s.%s: “%s” cannot be read", row->reg->name, field->name, text);
}

/* Fills what a rule misses until none does; %FALSE when a rule wants something else. */
static gboolean
satisfy (Fixture *fixture, ShequRow *row, guint depth, char **complaint)
{
  for (guint round = 0; round < 8; round++)
    {
      g_autoptr (GPtrArray) issues = shequ_issues_new ();
      gboolean filled = FALSE;

      shequ_row_derive (row, TODAY);
      if (shequ_row_validate (row, TODAY, issues))
        return TRUE;
      g_free (*complaint);
      *complaint = shequ_issues_to_text (issues, SHEQU_ISSUE_ERROR);
      for (guint i = 0; i < issues->len; i++)
        {
          const ShequIssue *issue = g_ptr_array_index (issues, i);

          if (issue->severity != SHEQU_ISSUE_ERROR || issue->field == NULL ||
              !shequ_value_is_null (shequ_row_get (row, issue->field)))
            continue;
          fill (fixture, row, issue->field, depth);
          filled = TRUE;
        }
      if (!filled)
        return FALSE;
    }
  return FALSE;
}

static void
fill_identity (Fixture *fixture, ShequRow *row, gboolean links, guint depth)
{
  const GPtrArray *identity = row->reg->identity->len > 0 ? row->reg->identity->pdata[0] : NULL;

  for (guint i = 0; identity != NULL && i < identity->len; i++)
    if (links || ((const ShequField *) g_ptr_array_index (identity, i))->kind != SHEQU_FIELD_LINK)
      fill (fixture, row, g_ptr_array_index (identity, i), depth);
}

static ShequRow *
try_row (Fixture *fixture, const ShequRegister *reg, gboolean links, guint depth, char **complaint)
{
  ShequRow *row = shequ_row_new (reg);

  shequ_row_set_defaults (row, TODAY, "小刘");
  for (guint i = 0; i < reg->fields->len; i++)
    {
      const ShequField *field = reg->fields->pdata[i];

      if (field->required || (field->search != SHEQU_SEARCH_NONE && field->search != SHEQU_SEARCH_LINKED &&
                              !field->hidden && field->shown_when == NULL))
        fill (fixture, row, field, depth);
    }
  if (reg->level != SHEQU_LEVEL_NONE)
    fill (fixture, row, shequ_register_lookup (reg, "unit"), depth);
  fill_identity (fixture, row, links, depth);
  if (!satisfy (fixture, row, depth, complaint))
    g_clear_pointer (&row, shequ_row_free);
  return row;
}

/* With all links that identify it, or with those that go together. */
static ShequRow *
make_row (Fixture *fixture, const ShequRegister *reg, guint depth)
{
  g_autofree char *complaint = NULL;
  ShequRow *row = try_row (fixture, reg, TRUE, depth, &complaint);

  if (row == NULL)
    row = try_row (fixture, reg, FALSE, depth, &complaint);
  if (row == NULL)
    g_error ("%s: no valid record could be made: %s", reg->name, complaint);
  return row;
}

static gint64
add_record (Fixture *fixture, const ShequRegister *reg, guint depth)
{
  g_autoptr (ShequRow) row = make_row (fixture, reg, depth);
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequTransaction) transaction = shequ_store_begin (fixture->store, &actor, NULL, &error);

  if (!shequ_transaction_insert (transaction, row, &error) || !shequ_transaction_commit (transaction, &error))
    g_error ("%s: %s", reg->name, error->message);
  return row->key;
}

static ShequQuery *
query_all (const ShequRegister *reg)
{
  ShequQuery *query = shequ_query_new (reg, TODAY);

  query->with_restricted = TRUE;
  return query;
}

static void
check_lists (Fixture *fixture, const ShequRegister *reg)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < reg->lists->len; i++)
    {
      const ShequList *list = reg->lists->pdata[i];
      g_autoptr (ShequQuery) query = query_all (reg);
      g_autoptr (GArray) keys = NULL;

      if (list->where != NULL)
        shequ_query_take_where (query, shequ_condition_ref (list->where));
      g_array_append_vals (query->sort, list->sort->data, list->sort->len);
      keys = shequ_store_list_keys (fixture->store, query, NULL, &error);
      if (keys == NULL)
        g_error ("%s: [List %s]: %s", reg->name, list->name, error->message);
      if (i == 0 && list->where == NULL)
        g_assert_cmpuint (keys->len, >=, 1);
    }
}

/* By the first field that is searched. */
static void
check_search (Fixture *fixture, const ShequRegister *reg, const ShequRow *row)
{
  for (guint i = 0; i < reg->fields->len; i++)
    {
      const ShequField *field = reg->fields->pdata[i];
      g_autoptr (ShequQuery) query = query_all (reg);
      g_autofree char *text = NULL;
      g_autoptr (GError) error = NULL;

      if (field->search == SHEQU_SEARCH_NONE || field->search == SHEQU_SEARCH_LINKED ||
          shequ_value_is_null (&row->values[i]))
        continue;
      text = shequ_row_format (row, field, SHEQU_FORMAT_PLAIN);
      shequ_query_set_search (query, text);
      if (shequ_store_count (fixture->store, query, NULL, &error) < 1)
        g_error ("%s.%s: “%s” is not found", reg->name, field->name, text);
      return;
    }
}

static void export(Fixture *fixture, const ShequRegister *reg)
{
  g_autoptr (ShequQuery) query = query_all (reg);
  g_autoptr (GPtrArray) columns = shequ_export_list_columns (reg);
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequSheetWriter) writer =
    shequ_sheet_writer_new_path (fixture->path, SHEQU_SHEET_FORMAT_XLSX, SHEQU_SHEET_WRITER_DEFAULT, &error);

  g_assert_no_error (error);
  if (shequ_export_run (fixture->store, query, columns, writer, TRUE, NULL, NULL, NULL, &error) < 1)
    g_error ("%s: export: %s", reg->name, error != NULL ? error->message : "nothing was written");
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

/* What was exported is known when it comes back. */
static void
check_import (Fixture *fixture, const ShequRegister *reg, gboolean identified)
{
  g_autofree char *rejects = g_strconcat (fixture->path, ".rejects.csv", NULL);
  ShequImportOptions options = { FALSE, SHEQU_ON_DUPLICATE_REJECT, rejects, 0, actor };
  g_auto (ShequImportResult) result = { 0 };
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequImport) import = NULL;

  import = shequ_import_open (fixture->store, reg, fixture->path, TODAY, NULL, &error);
  if (import == NULL || !shequ_import_run (import, &options, NULL, NULL, NULL, &result, &error))
    g_error ("%s: import: %s", reg->name, error->message);
  g_file_get_contents (rejects, &text, NULL, NULL);
  if (result.rejected > 0 || (identified && result.unchanged != result.read))
    g_error ("%s: of %u rows %u were unchanged, %u added, %u updated, %u refused: %s", reg->name,
             (guint) result.read, (guint) result.unchanged, (guint) result.added, (guint) result.updated,
             (guint) result.rejected, text != NULL ? text : "");
}

/* The record filled into a blank spreadsheet, as its heads ask, in the order of its heads. */
static void
fill_blank (Fixture *fixture, const ShequRow *row, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequSheetReader) reader = shequ_sheet_reader_open (fixture->path, NULL, &error);
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

/* A blank spreadsheet is written, filled in and imported; there is none of what the program alone writes. */
static void
check_blank (Fixture *fixture, const ShequRow *row)
{
  g_autofree char *path = g_build_filename (fixture->folder, "filled.xlsx", NULL);
  g_autoptr (GError) error = NULL;
  gboolean written;

  g_free (fixture->path);
  fixture->path = g_build_filename (fixture->folder, "blank.xlsx", NULL);
  written = shequ_blank_write (fixture->store, row->reg, fixture->path, TODAY, TRUE, NULL, &error);
  if (row->reg->fixed)
    {
      g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT);
      return;
    }
  if (!written)
    g_error ("%s: blank: %s", row->reg->name, error->message);
  fill_blank (fixture, row, path);
  g_free (fixture->path);
  fixture->path = g_steal_pointer (&path);
  check_import (fixture, row->reg, FALSE);
}

static void
check_log (Fixture *fixture, const ShequRegister *reg, gint64 key)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequTransaction) transaction = NULL;
  g_autoptr (GPtrArray) log = NULL;
  g_autoptr (ShequRow) row = NULL;

  row = shequ_store_get (fixture->store, reg, key, SHEQU_FETCH_TITLES | SHEQU_FETCH_COMPUTED, TODAY, NULL,
                         &error);
  g_assert_no_error (error);
  {
    g_autofree char *title = shequ_row_get_title (row);

    if (*title == '\0')
      g_error ("%s: the record has no title", reg->name);
  }
  transaction = shequ_store_begin (fixture->store, &actor, NULL, &error);
  g_assert_true (shequ_transaction_delete (transaction, reg, key, row->version, &error));
  g_assert_true (shequ_transaction_restore (transaction, reg, key, &error));
  g_assert_true (shequ_transaction_commit (transaction, &error));
  log = shequ_store_read_log (fixture->store, reg, key, NULL, 0, NULL, &error);
  g_assert_cmpuint (log->len, ==, 3);
}

static void
test_register (Fixture *fixture, gconstpointer data)
{
  const ShequRegister *reg = shequ_catalogue_lookup (fixture->catalogue, data);
  gint64 key = add_record (fixture, reg, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequRow) row =
    shequ_store_get (fixture->store, reg, key, SHEQU_FETCH_TITLES, TODAY, NULL, &error);
  g_autoptr (GPtrArray) problems = NULL;

  g_assert_no_error (error);
  check_lists (fixture, reg);
  check_search (fixture, reg, row);
  export(fixture, reg);
  if (!reg->fixed)
    check_import (fixture, reg, is_identified (row));
  check_blank (fixture, row);
  check_log (fixture, reg, key);
  problems = shequ_store_check (fixture->store, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_autoptr (ShequCatalogue) catalogue = NULL;
  const GPtrArray *registers;

  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);
  catalogue = shequ_catalogue_new_shipped (NULL);
  registers = shequ_catalogue_get_registers (catalogue);
  for (guint i = 0; i < registers->len; i++)
    {
      const ShequRegister *reg = registers->pdata[i];
      g_autofree char *path = g_strconcat ("/every-register/", reg->name, NULL);

      g_test_add (path, Fixture, reg->name, set_up, test_register, tear_down);
    }
  return g_test_run ();
}
