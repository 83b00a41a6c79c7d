#include "shequ-file.h"

#include "config.h"

static void
section_free (gpointer data)
{
  ShequFileSection *section = data;

  g_free (section->title);
  g_strfreev (section->heads);
  g_ptr_array_unref (section->rows);
  g_array_unref (section->keys);
  g_free (section);
}

/**
 * shequ_file_init:
 * @file: (out caller-allocates): a file
 * @key: the record that it is about, or 0
 * @title: (transfer full): what it is called
 * @cover: (transfer full): labels and values of its cover in turn
 * @facts: (transfer full): labels and values in turn
 *
 * Begins a file that has no parts yet.
 */
void
shequ_file_init (ShequFile *file, gint64 key, char *title, char **cover, char **facts)
{
  file->key = key;
  file->title = title;
  file->cover = cover;
  file->facts = facts;
  file->sections = g_ptr_array_new_with_free_func (section_free);
}

/**
 * shequ_file_clear:
 * @file: a file
 *
 * Frees what it holds.
 */
void
shequ_file_clear (ShequFile *file)
{
  g_clear_pointer (&file->title, g_free);
  g_clear_pointer (&file->cover, g_strfreev);
  g_clear_pointer (&file->facts, g_strfreev);
  g_clear_pointer (&file->sections, g_ptr_array_unref);
}

/**
 * shequ_file_free:
 * @file: (transfer full): a file
 */
void
shequ_file_free (ShequFile *file)
{
  shequ_file_clear (file);
  g_free (file);
}

static char **
write_row (const ShequRow *row, const GPtrArray *fields)
{
  g_autoptr (GStrvBuilder) cells = g_strv_builder_new ();

  for (guint i = 0; i < fields->len; i++)
    {
      g_autofree char *text = shequ_row_format (row, fields->pdata[i], SHEQU_FORMAT_MASKED);

      g_strv_builder_add (cells, text);
    }
  return g_strv_builder_end (cells);
}

/* A column in which nothing stands says nothing. */
static void
drop_empty (GPtrArray *fields, const GPtrArray *rows)
{
  for (guint i = fields->len; i > 0; i--)
    {
      gboolean is_empty = TRUE;

      for (guint j = 0; j < rows->len && is_empty; j++)
        {
          g_autofree char *text =
            shequ_row_format (rows->pdata[j], fields->pdata[i - 1], SHEQU_FORMAT_MASKED);

          is_empty = *text == '\0';
        }
      if (is_empty)
        g_ptr_array_remove_index (fields, i - 1);
    }
}

/**
 * shequ_file_add_section:
 * @file: a file
 * @title: what the part holds
 * @reg: the register that the rows are of
 * @fields: (element-type ShequField): its columns; those that are empty in all rows are taken out
 * @rows: (element-type ShequRow): the rows
 *
 * Adds a part to a file.
 */
void
shequ_file_add_section (ShequFile *file,
                        const char *title,
                        const ShequRegister *reg,
                        GPtrArray *fields,
                        const GPtrArray *rows)
{
  ShequFileSection *section = g_new0 (ShequFileSection, 1);
  g_autoptr (GStrvBuilder) heads = g_strv_builder_new ();

  drop_empty (fields, rows);
  for (guint i = 0; i < fields->len; i++)
    g_strv_builder_add (heads, ((const ShequField *) fields->pdata[i])->label);
  section->title = g_strdup (title);
  section->reg = reg;
  section->heads = g_strv_builder_end (heads);
  section->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  section->keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < rows->len; i++)
    {
      const ShequRow *row = rows->pdata[i];

      g_ptr_array_add (section->rows, write_row (row, fields));
      g_array_append_val (section->keys, row->key);
    }
  g_ptr_array_add (file->sections, section);
}

/**
 * shequ_file_write_facts:
 * @row: a record
 * @fields: (element-type ShequField): what is told of it
 *
 * What a record says, sensitive values as privacy asks; what is empty or counts nothing is left out.
 *
 * Returns: (transfer full): labels and values in turn
 */
char **
shequ_file_write_facts (const ShequRow *row, const GPtrArray *fields)
{
  g_autoptr (GStrvBuilder) facts = g_strv_builder_new ();

  for (guint i = 0; i < fields->len; i++)
    {
      const ShequField *field = fields->pdata[i];
      g_autofree char *text = field->hidden ? NULL : shequ_row_format (row, field, SHEQU_FORMAT_MASKED);
      g_autofree char *with_unit = NULL;

      if (text == NULL || *text == '\0' || g_str_equal (field->name, "unit") ||
          (field->kind == SHEQU_FIELD_COMPUTED && g_str_equal (text, "0")))
        continue;
      with_unit = field->unit != NULL ? g_strdup_printf ("%s %s", text, field->unit) : NULL;
      g_strv_builder_add (facts, field->label);
      g_strv_builder_add (facts, with_unit != NULL ? with_unit : text);
    }
  return g_strv_builder_end (facts);
}
