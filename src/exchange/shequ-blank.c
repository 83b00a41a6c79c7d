/* A spreadsheet for a register in which there is nothing yet: heads, choices, notes. */
#include "shequ-blank.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-error.h"
#include "shequ-export.h"

/* Links with no more records than that are offered for choice, where their names are no secret. */
#define MOST_CHOICES 200
#define MOST_SENSITIVE 1

typedef struct
{
  ShequStore *store;
  const ShequRegister *reg;
  const char *today;
  GCancellable *cancellable;
  GPtrArray *fields;  /* of const ShequField */
  GPtrArray *choices; /* of (nullable) GStrv, one for each field */
  GPtrArray *helps;   /* of char *, one for each field */
} Blank;

/* Those that a person fills in. */
static GPtrArray *
list_fields (const ShequRegister *reg, gboolean with_unit)
{
  GPtrArray *fields = shequ_export_list_columns (reg);

  for (guint i = fields->len; i > 0; i--)
    {
      const ShequField *field = fields->pdata[i - 1];

      if ((field->read_only && !field->required) || (!with_unit && g_str_equal (field->name, "unit")))
        g_ptr_array_remove_index (fields, i - 1);
    }
  return fields;
}

static char **
list_labels (const ShequCodeList *codes)
{
  GStrvBuilder *builder = g_strv_builder_new ();
  char **labels;

  for (guint i = 0; i < codes->codes->len; i++)
    g_strv_builder_add (builder, ((const ShequCode *) codes->codes->pdata[i])->label);
  labels = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  return labels;
}

/* The names of the records to which a field may link, where they are few; %NULL with @error set when they
 * cannot be read, without when they are not offered. */
static char **
list_titles (const Blank *blank, const ShequField *field, GError **error)
{
  g_autoptr (ShequQuery) query = shequ_query_new (field->target, blank->today);
  g_autoptr (GArray) keys = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  char **titles;

  if (field->target->sensitivity > MOST_SENSITIVE || field->target->subject == SHEQU_REGISTER_PEOPLE)
    return NULL;
  query->limit = MOST_CHOICES + 1;
  keys = shequ_store_list_keys (blank->store, query, blank->cancellable, error);
  if (keys == NULL || keys->len == 0 || keys->len > MOST_CHOICES)
    return NULL;
  rows = shequ_store_fetch_of (blank->store, query, (const gint64 *) (gconstpointer) keys->data, keys->len,
                               SHEQU_FETCH_TITLES, blank->cancellable, error);
  if (rows == NULL)
    return NULL;
  titles = g_new0 (char *, rows->len + 1);
  for (guint i = 0; i < rows->len; i++)
    titles[i] = shequ_row_get_title (rows->pdata[i]);
  return titles;
}

static char **
list_choices (const Blank *blank, const ShequField *field, GError **error)
{
  const char *words[] = { _ ("Yes"), _ ("No"), NULL };

  switch (field->kind)
    {
    case SHEQU_FIELD_CODE:
      return list_labels (field->codes);
    case SHEQU_FIELD_YES_NO:
      return g_strdupv ((char **) words);
    case SHEQU_FIELD_LINK:
      return list_titles (blank, field, error);
    default:
      return NULL;
    }
}

/* (transfer full) (nullable): what the kind of a field asks for */
static char *
describe_kind (const ShequField *field)
{
  switch (field->kind)
    {
    case SHEQU_FIELD_DATE:
      return g_strdup (_ ("A date, as 2026-11-22."));
    case SHEQU_FIELD_TIME:
      return g_strdup (_ ("A time, as 08:30."));
    case SHEQU_FIELD_MOMENT:
      return g_strdup (_ ("A date and time, as 2026-11-22 08:30."));
    case SHEQU_FIELD_MONEY:
      return g_strdup (_ ("An amount in yuan."));
    case SHEQU_FIELD_INTEGER:
      return field->unit != NULL ? g_strdup_printf (_ ("A whole number (%s)."), field->unit)
                                 : g_strdup (_ ("A whole number."));
    case SHEQU_FIELD_CODE:
    case SHEQU_FIELD_YES_NO:
      return g_strdup (_ ("Choose from the list."));
    case SHEQU_FIELD_LINK:
      return g_strdup_printf (_ ("The name of a record of “%s”."), field->target->label);
    default:
      return NULL;
    }
}

static char *
describe (const ShequField *field)
{
  g_autofree char *kind = describe_kind (field);
  const char *parts[] = { field->required        ? _ ("Must be filled in.")
                          : field->required_when ? _ ("Must be filled in sometimes.")
                                                 : NULL,
                          kind, field->help };
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL)
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", parts[i]);
  return g_string_free (text, FALSE);
}

static gboolean
write_head (const Blank *blank, ShequSheetWriter *writer, GError **error)
{
  g_autofree ShequSheetColumn *heads = g_new0 (ShequSheetColumn, blank->fields->len);

  for (guint i = 0; i < blank->fields->len; i++)
    {
      const ShequField *field = blank->fields->pdata[i];

      heads[i].title = field->label;
      heads[i].kind = shequ_export_get_column_kind (field);
      heads[i].help = blank->helps->pdata[i];
      heads[i].choices = blank->choices->pdata[i];
      heads[i].required = field->required;
    }
  return shequ_sheet_writer_start_sheet (writer, blank->reg->label, NULL, heads, blank->fields->len, error);
}

static gboolean
write_notes (const Blank *blank, ShequSheetWriter *writer, GError **error)
{
  const ShequSheetColumn heads[] = { { _ ("Heading"), SHEQU_COLUMN_TEXT, 24, NULL, NULL, FALSE },
                                     { _ ("What to fill in"), SHEQU_COLUMN_TEXT, 80, NULL, NULL, FALSE } };
  g_autofree char *rows = g_strdup_printf (
    _ ("Fill in from the second row on; headings in red must be filled in. Then import the file into “%s”."),
    blank->reg->label);

  if (!shequ_sheet_writer_start_sheet (writer, _ ("How to fill it in"), NULL, heads, G_N_ELEMENTS (heads),
                                       error))
    return FALSE;
  shequ_sheet_writer_add_text (writer, blank->reg->label);
  shequ_sheet_writer_add_text (writer, blank->reg->help != NULL ? blank->reg->help : "");
  if (!shequ_sheet_writer_end_row (writer, error))
    return FALSE;
  shequ_sheet_writer_add_empty (writer);
  shequ_sheet_writer_add_text (writer, rows);
  for (guint i = 0; i < blank->fields->len && shequ_sheet_writer_end_row (writer, error); i++)
    {
      shequ_sheet_writer_add_text (writer, ((const ShequField *) blank->fields->pdata[i])->label);
      shequ_sheet_writer_add_text (writer, blank->helps->pdata[i]);
    }
  return shequ_sheet_writer_end_row (writer, error);
}

static void
write_choice_row (GPtrArray *lists, ShequSheetWriter *writer, guint row)
{
  for (guint i = 0; i < lists->len; i++)
    {
      char **list = lists->pdata[i];

      shequ_sheet_writer_add_text (writer, row < g_strv_length (list) ? list[row] : "");
    }
}

/* One column for each field with choices: the rules of the first sheet point there. */
static gboolean
write_choices (const Blank *blank, ShequSheetWriter *writer, const char *name, GError **error)
{
  g_autoptr (GArray) heads = g_array_new (FALSE, TRUE, sizeof (ShequSheetColumn));
  g_autoptr (GPtrArray) lists = g_ptr_array_new ();
  guint n_rows = 0;

  for (guint i = 0; i < blank->fields->len; i++)
    {
      ShequSheetColumn head = { .title = ((const ShequField *) blank->fields->pdata[i])->label };

      if (blank->choices->pdata[i] == NULL)
        continue;
      g_array_append_val (heads, head);
      g_ptr_array_add (lists, blank->choices->pdata[i]);
      n_rows = MAX (n_rows, g_strv_length (blank->choices->pdata[i]));
    }
  if (lists->len == 0)
    return TRUE;
  if (!shequ_sheet_writer_start_sheet (
        writer, name, NULL, (const ShequSheetColumn *) (gconstpointer) heads->data, heads->len, error))
    return FALSE;
  for (guint row = 0; row < n_rows; row++)
    {
      write_choice_row (lists, writer, row);
      if (!shequ_sheet_writer_end_row (writer, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
prepare (Blank *blank, GError **error)
{
  GError *local = NULL;

  for (guint i = 0; i < blank->fields->len; i++)
    {
      const ShequField *field = blank->fields->pdata[i];

      g_ptr_array_add (blank->choices, list_choices (blank, field, &local));
      g_ptr_array_add (blank->helps, describe (field));
      if (local != NULL)
        {
          g_propagate_error (error, local);
          return FALSE;
        }
    }
  return TRUE;
}

static void
free_choices (gpointer data)
{
  g_strfreev (data);
}

/**
 * shequ_blank_write:
 * @store: a store
 * @reg: a register whose records people make
 * @path: a path that ends in `.xlsx`
 * @today: the day
 * @with_unit: whether a row says to which unit it belongs; otherwise an import gives it the one of the office
 * @cancellable: (nullable): to stop
 * @error: %SHEQU_ERROR_ARGUMENT for a register that the program alone writes, or those of the store and the
 * writer
 *
 * Writes a blank spreadsheet for a register: its heads as an import knows them, those that must be filled in
 * in red, what may be chosen as drop-downs, what to fill in as a note at each cell and on a sheet of its own.
 *
 * Returns: %FALSE when there is no file
 */
gboolean
shequ_blank_write (ShequStore *store,
                   const ShequRegister *reg,
                   const char *path,
                   const char *today,
                   gboolean with_unit,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (GPtrArray) fields = list_fields (reg, with_unit);
  g_autoptr (GPtrArray) choices = g_ptr_array_new_with_free_func (free_choices);
  g_autoptr (GPtrArray) helps = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (ShequSheetWriter) writer = NULL;
  Blank blank = { store, reg, today, cancellable, fields, choices, helps };
  const char *sheet = _ ("Choices");

  if (reg->fixed || fields->len == 0)
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
                   _ ("The program itself writes the register “%s”: there is nothing in it to fill in."),
                   reg->label);
      return FALSE;
    }
  if (!prepare (&blank, error))
    return FALSE;
  writer = shequ_sheet_writer_new_path (path, SHEQU_SHEET_FORMAT_XLSX, SHEQU_SHEET_WRITER_DEFAULT, error);
  if (writer == NULL)
    return FALSE;
  shequ_sheet_writer_set_choices_sheet (writer, sheet);
  return write_head (&blank, writer, error) && write_notes (&blank, writer, error) &&
         write_choices (&blank, writer, sheet, error) && shequ_sheet_writer_finish (writer, error);
}
