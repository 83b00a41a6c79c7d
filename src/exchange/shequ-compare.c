/*
 * A second roster of the same people: what is new, what is different, who is missing.
 *
 * The file runs through the import as a trial that keeps nothing, and every row is noted. What a person then
 * accepts runs through it again; a record that somebody changed in between is refused, not overwritten.
 */
#include "shequ-compare.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const struct
{
  const char *name;
  const char *label;
} kinds[SHEQU_DIFFERENCE_N_KINDS] = {
  { "added", N_ ("New in the file") },
  { "changed", N_ ("Different") },
  { "missing", N_ ("Not in the file") },
  { "refused", N_ ("Refused") },
};

typedef struct
{
  ShequStore *store;
  const ShequRegister *reg;
  const char *today;
  ShequComparison *comparison;
  ShequDifference *current; /* (nullable): of the row that is being laid over */
  GHashTable *met;          /* keys of the register that the file speaks of */
  GHashTable *titles;       /* of linked records, by register and key */
  GHashTable *units;        /* those to which the records belong that were met */
} Compare;

static void
free_field (gpointer data)
{
  ShequFieldDifference *difference = data;

  g_free (difference->before);
  g_free (difference->after);
  g_free (difference);
}

static void
free_difference (gpointer data)
{
  ShequDifference *difference = data;

  g_free (difference->title);
  g_free (difference->detail);
  g_clear_pointer (&difference->fields, g_ptr_array_unref);
  g_free (difference);
}

void
shequ_comparison_free (ShequComparison *comparison)
{
  g_ptr_array_unref (comparison->differences);
  g_free (comparison);
}

const char *
shequ_difference_kind_get_label (ShequDifferenceKind kind)
{
  return _ (kinds[kind].label);
}

const char *
shequ_difference_kind_get_name (ShequDifferenceKind kind)
{
  return kinds[kind].name;
}

static ShequDifference *
add_difference (Compare *compare, ShequDifferenceKind kind, guint row, gint64 key, gint64 version)
{
  ShequDifference *difference = g_new0 (ShequDifference, 1);

  difference->kind = kind;
  difference->row = row;
  difference->key = key;
  difference->version = version;
  difference->accepted = kind == SHEQU_DIFFERENCE_ADDED;
  g_ptr_array_add (compare->comparison->differences, difference);
  compare->comparison->counts[kind]++;
  return difference;
}

/* What a linked record is called, remembered for the next who links to it. */
static char *
get_title (Compare *compare, const ShequRegister *reg, gint64 key)
{
  g_autofree char *name = g_strdup_printf ("%s %" G_GINT64_FORMAT, reg->name, key);
  const char *known = g_hash_table_lookup (compare->titles, name);
  g_autoptr (ShequRow) row = NULL;
  char *title;

  if (known != NULL)
    return g_strdup (known);
  row = shequ_store_get (compare->store, reg, key, SHEQU_FETCH_TITLES, compare->today, NULL, NULL);
  /* One that an earlier row of the file makes is known to this trial alone. */
  title = row != NULL ? shequ_row_get_title (row) : g_strdup (_ ("(new)"));
  g_hash_table_insert (compare->titles, g_steal_pointer (&name), g_strdup (title));
  return title;
}

static char *
format (Compare *compare, const ShequField *field, const ShequValue *value)
{
  if (field->kind == SHEQU_FIELD_LINK && !shequ_value_is_null (value))
    return get_title (compare, field->target, value->integer);
  return shequ_field_format (field, value, SHEQU_FORMAT_MASKED);
}

/* The record was written in this trial: what it links to may be known to nobody else. */
static gboolean
met (guint row, const ShequRow *record, gpointer user_data, char **refusal)
{
  Compare *compare = user_data;
  const ShequField *unit = shequ_register_lookup (record->reg, "unit");

  compare->current = NULL;
  g_hash_table_add (compare->met, g_memdup2 (&record->key, sizeof record->key));
  if (unit != NULL && !shequ_value_is_null (&record->values[unit->index]))
    g_hash_table_add (compare->units, g_memdup2 (&record->values[unit->index].integer, sizeof (gint64)));
  return TRUE;
}

static gboolean
note_field (guint row,
            const ShequRow *record,
            const ShequField *field,
            const ShequValue *value,
            const char *title,
            gpointer user_data)
{
  Compare *compare = user_data;
  ShequFieldDifference *difference = g_new0 (ShequFieldDifference, 1);

  if (compare->current == NULL)
    {
      compare->current =
        add_difference (compare, SHEQU_DIFFERENCE_CHANGED, row, record->key, record->version);
      compare->current->fields = g_ptr_array_new_with_free_func (free_field);
      compare->current->title = shequ_row_get_title (record);
    }
  difference->field = field;
  difference->before = format (compare, field, &record->values[field->index]);
  difference->after = title != NULL ? g_strdup (title) : format (compare, field, value);
  difference->accepted = TRUE;
  g_ptr_array_add (compare->current->fields, difference);
  return TRUE;
}

static gboolean
note_new (guint row, const ShequRow *record, gpointer user_data)
{
  ShequDifference *difference = add_difference (user_data, SHEQU_DIFFERENCE_ADDED, row, 0, 0);

  difference->title = shequ_row_get_title (record);
  return TRUE;
}

static void
note_refused (guint row, const char *reason, gpointer user_data)
{
  ShequDifference *difference = add_difference (user_data, SHEQU_DIFFERENCE_REFUSED, row, 0, 0);

  difference->title = g_strdup ("");
  difference->detail = g_strdup (reason);
}

/* Of the unit that was chosen, or else of the units of which the file speaks. */
static gboolean
is_expected (const Compare *compare, const ShequImportOptions *options, const ShequRow *row)
{
  const ShequField *unit = shequ_register_lookup (row->reg, "unit");

  if (g_hash_table_contains (compare->met, &row->key))
    return FALSE;
  return unit == NULL || options->unit != 0 ||
         g_hash_table_contains (compare->units, &row->values[unit->index].integer);
}

static gboolean
list_missing (Compare *compare,
              const ShequImportOptions *options,
              const char *expected,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (ShequQuery) query = shequ_query_new (compare->reg, compare->today);
  g_autoptr (GArray) keys = NULL;

  query->unit = shequ_register_lookup (compare->reg, "unit") != NULL ? options->unit : 0;
  if (expected != NULL && !shequ_query_add_where (query, expected, error))
    return FALSE;
  keys = shequ_store_list_keys (compare->store, query, cancellable, error);
  for (guint from = 0; keys != NULL && from < keys->len; from += 500)
    {
      g_autoptr (GPtrArray) rows = shequ_store_fetch (
        compare->store, compare->reg, &g_array_index (keys, gint64, from), MIN (500, keys->len - from),
        SHEQU_FETCH_TITLES | SHEQU_FETCH_COMPUTED, compare->today, cancellable, error);

      if (rows == NULL)
        return FALSE;
      for (guint i = 0; i < rows->len; i++)
        if (is_expected (compare, options, rows->pdata[i]))
          {
            const ShequRow *row = rows->pdata[i];
            ShequDifference *difference =
              add_difference (compare, SHEQU_DIFFERENCE_MISSING, 0, row->key, row->version);

            difference->title = shequ_row_get_title (row);
            difference->detail = shequ_row_get_detail (row);
          }
    }
  return keys != NULL;
}

/**
 * shequ_compare_run:
 * @import: a file whose columns are known
 * @options: as for shequ_import_run(); what they say of trials and duplicates does not count
 * @expected: (nullable): a condition: of these records the file ought to speak
 * @progress: (nullable) (scope call): as for shequ_import_run()
 * @user_data: for @progress
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Compares the file with the register and stores nothing. Everything new and different is accepted at first;
 * what is missing is only told, never deleted.
 *
 * Returns: (transfer full): what is different
 */
ShequComparison *
shequ_compare_run (ShequImport *import,
                   const ShequImportOptions *options,
                   const char *expected,
                   ShequImportProgress progress,
                   gpointer user_data,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (ShequComparison) comparison = g_new0 (ShequComparison, 1);
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GHashTable) units = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GHashTable) titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto (ShequImportResult) result = { 0 };
  ShequImportOptions trial = *options;
  Compare compare = {
    .store = shequ_import_get_store (import),
    .reg = shequ_import_get_mapping (import)->reg,
    .today = shequ_import_get_today (import),
    .comparison = comparison,
    .met = keys,
    .titles = titles,
    .units = units,
  };
  const ShequImportWatch watch = { met, note_field, note_new, note_refused, &compare };

  comparison->differences = g_ptr_array_new_with_free_func (free_difference);
  trial.dry_run = TRUE;
  trial.on_duplicate = SHEQU_ON_DUPLICATE_UPDATE;
  trial.rejects_path = NULL;
  trial.watch = &watch;
  if (!shequ_import_run (import, &trial, progress, user_data, cancellable, &result, error) ||
      !list_missing (&compare, options, expected, cancellable, error))
    return NULL;
  comparison->read = (guint) result.read;
  comparison->unchanged = (guint) result.unchanged;
  return g_steal_pointer (&comparison);
}

typedef struct
{
  GHashTable *by_row; /* row -> ShequDifference */
} Apply;

static const ShequDifference *
find_difference (const Apply *apply, guint row)
{
  return g_hash_table_lookup (apply->by_row, GUINT_TO_POINTER (row));
}

static gboolean
check_version (guint row, const ShequRow *record, gpointer user_data, char **refusal)
{
  const ShequDifference *difference = find_difference (user_data, row);

  if (difference == NULL || difference->kind != SHEQU_DIFFERENCE_CHANGED ||
      (difference->key == record->key && difference->version == record->version))
    return TRUE;
  *refusal = g_strdup (_ ("was changed by somebody else since it was compared; compare again"));
  return FALSE;
}

static gboolean
accept_field (guint row,
              const ShequRow *record,
              const ShequField *field,
              const ShequValue *value,
              const char *title,
              gpointer user_data)
{
  const ShequDifference *difference = find_difference (user_data, row);

  for (guint i = 0; difference != NULL && difference->fields != NULL && i < difference->fields->len; i++)
    {
      const ShequFieldDifference *part = difference->fields->pdata[i];

      if (part->field == field)
        return part->accepted;
    }
  /* What was not shown is not taken. */
  return FALSE;
}

static gboolean
accept_new (guint row, const ShequRow *record, gpointer user_data)
{
  const ShequDifference *difference = find_difference (user_data, row);

  return difference != NULL && difference->kind == SHEQU_DIFFERENCE_ADDED && difference->accepted;
}

/**
 * shequ_compare_apply:
 * @import: the file that was compared
 * @comparison: what was accepted of it
 * @options: as for shequ_import_run()
 * @progress: (nullable) (scope call): as for shequ_import_run()
 * @user_data: for @progress
 * @cancellable: (nullable): to stop
 * @result: (out caller-allocates): what was stored; to be cleared, also after an error
 * @error: what stopped the run
 *
 * Stores what was accepted, and only that.
 *
 * Returns: whether the file was read to its end
 */
gboolean
shequ_compare_apply (ShequImport *import,
                     const ShequComparison *comparison,
                     const ShequImportOptions *options,
                     ShequImportProgress progress,
                     gpointer user_data,
                     GCancellable *cancellable,
                     ShequImportResult *result,
                     GError **error)
{
  g_autoptr (GHashTable) by_row = g_hash_table_new (NULL, NULL);
  Apply apply = { by_row };
  const ShequImportWatch watch = { check_version, accept_field, accept_new, NULL, &apply };
  ShequImportOptions chosen = *options;

  for (guint i = 0; i < comparison->differences->len; i++)
    {
      const ShequDifference *difference = comparison->differences->pdata[i];

      if (difference->row != 0)
        g_hash_table_insert (by_row, GUINT_TO_POINTER (difference->row), (gpointer) difference);
    }
  chosen.dry_run = FALSE;
  chosen.on_duplicate = SHEQU_ON_DUPLICATE_UPDATE;
  chosen.watch = &watch;
  return shequ_import_run (import, &chosen, progress, user_data, cancellable, result, error);
}

static gboolean
write_line (ShequSheetWriter *writer,
            const ShequDifference *difference,
            const ShequFieldDifference *field,
            GError **error)
{
  shequ_sheet_writer_add_text (writer, shequ_difference_kind_get_label (difference->kind));
  if (difference->row != 0)
    shequ_sheet_writer_add_integer (writer, difference->row);
  else
    shequ_sheet_writer_add_empty (writer);
  shequ_sheet_writer_add_text (writer, difference->title);
  shequ_sheet_writer_add_text (writer, field != NULL ? field->field->label : "");
  shequ_sheet_writer_add_text (writer, field != NULL ? field->before : "");
  shequ_sheet_writer_add_text (writer, field != NULL ? field->after : "");
  shequ_sheet_writer_add_text (writer, difference->detail != NULL ? difference->detail : "");
  return shequ_sheet_writer_end_row (writer, error);
}

/**
 * shequ_compare_write:
 * @comparison: what is different
 * @writer: a new writer; the caller frees it
 * @error: return location
 *
 * Writes the differences as a sheet, a line for each field.
 *
 * Returns: whether the file is complete
 */
gboolean
shequ_compare_write (const ShequComparison *comparison, ShequSheetWriter *writer, GError **error)
{
  const ShequSheetColumn columns[] = {
    { _ ("What"), SHEQU_COLUMN_TEXT, 12 },
    { _ ("Row in the file"), SHEQU_COLUMN_NUMBER, 10 },
    { _ ("Record"), SHEQU_COLUMN_TEXT, 20 },
    { _ ("Field"), SHEQU_COLUMN_TEXT, 16 },
    { _ ("In the register"), SHEQU_COLUMN_TEXT, 30 },
    { _ ("In the file"), SHEQU_COLUMN_TEXT, 30 },
    { _ ("Remark"), SHEQU_COLUMN_TEXT, 40 },
  };

  if (!shequ_sheet_writer_start_sheet (writer, _ ("Comparison"), NULL, columns, G_N_ELEMENTS (columns),
                                       error))
    return FALSE;
  for (guint i = 0; i < comparison->differences->len; i++)
    {
      const ShequDifference *difference = comparison->differences->pdata[i];

      if (difference->fields == NULL && !write_line (writer, difference, NULL, error))
        return FALSE;
      for (guint k = 0; difference->fields != NULL && k < difference->fields->len; k++)
        if (!write_line (writer, difference, difference->fields->pdata[k], error))
          return FALSE;
    }
  return shequ_sheet_writer_finish (writer, error);
}
