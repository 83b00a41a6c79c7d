#include "shequ-cli-table.h"

#include "config.h"

#include "shequ-cli.h"

#define GAP 2

struct _ShequCliTable
{
  guint n_columns;
  GPtrArray *lines; /* of GStrv */
  gboolean *right;
};

static void
free_line (gpointer data)
{
  g_strfreev (data);
}

/**
 * shequ_cli_table_new:
 * @n_columns: how many columns
 *
 * Returns: (transfer full): an empty table
 */
ShequCliTable *
shequ_cli_table_new (guint n_columns)
{
  ShequCliTable *table = g_new0 (ShequCliTable, 1);

  table->n_columns = n_columns;
  table->lines = g_ptr_array_new_with_free_func (free_line);
  table->right = g_new0 (gboolean, n_columns);
  return table;
}

void
shequ_cli_table_free (ShequCliTable *table)
{
  g_ptr_array_unref (table->lines);
  g_free (table->right);
  g_free (table);
}

/**
 * shequ_cli_table_align_right:
 * @table: a table
 * @column: a column of numbers
 */
void
shequ_cli_table_align_right (ShequCliTable *table, guint column)
{
  table->right[column] = TRUE;
}

/**
 * shequ_cli_make_plain:
 * @text: what may hold anything
 *
 * Returns: (transfer full): @text on one line, without what a terminal would take for a command
 */
char *
shequ_cli_make_plain (const char *text)
{
  GString *plain = g_string_new (NULL);
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    g_string_append_unichar (plain, g_unichar_iscntrl (g_utf8_get_char (p)) ? ' ' : g_utf8_get_char (p));
  return g_string_free (plain, FALSE);
}

/**
 * shequ_cli_text_width:
 * @text: text of one line
 *
 * Returns: how many cells of a terminal it takes
 */
guint
shequ_cli_text_width (const char *text)
{
  guint width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char (p);

      if (!g_unichar_iszerowidth (character))
        width += g_unichar_iswide_cjk (character) ? 2 : 1;
    }
  return width;
}

/**
 * shequ_cli_table_add_strv:
 * @table: a table
 * @cells: as many cells as the table has columns; missing ones at the end are empty
 *
 * Adds a line.
 */
void
shequ_cli_table_add_strv (ShequCliTable *table, const char *const *cells)
{
  char **line = g_new0 (char *, table->n_columns + 1);
  gboolean ended = FALSE;

  for (guint i = 0; i < table->n_columns; i++)
    {
      ended = ended || cells[i] == NULL;
      line[i] = ended ? g_strdup ("") : shequ_cli_make_plain (cells[i]);
    }
  g_ptr_array_add (table->lines, line);
}

/**
 * shequ_cli_table_add:
 * @table: a table
 * @first: the first cell
 * @...: the others, ended by %NULL
 *
 * Adds a line.
 */
void
shequ_cli_table_add (ShequCliTable *table, const char *first, ...)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new ();
  va_list rest;

  va_start (rest, first);
  for (const char *cell = first; cell != NULL; cell = va_arg (rest, const char *))
    g_ptr_array_add (cells, (gpointer) cell);
  va_end (rest);
  g_ptr_array_add (cells, NULL);
  shequ_cli_table_add_strv (table, (const char *const *) cells->pdata);
}

static guint *
measure (const ShequCliTable *table)
{
  guint *widths = g_new0 (guint, table->n_columns);

  for (guint i = 0; i < table->lines->len; i++)
    {
      char *const *line = table->lines->pdata[i];

      for (guint c = 0; c < table->n_columns; c++)
        widths[c] = MAX (widths[c], shequ_cli_text_width (line[c]));
    }
  return widths;
}

static void
append_blanks (GString *text, guint n)
{
  for (guint i = 0; i < n; i++)
    g_string_append_c (text, ' ');
}

static void
append_line (GString *text, const ShequCliTable *table, char *const *line, const guint *widths)
{
  guint pending = 0; /* so that no line ends in blanks */

  for (guint c = 0; c < table->n_columns; c++)
    {
      guint rest = widths[c] - shequ_cli_text_width (line[c]);

      if (table->right[c])
        pending += rest;
      if (*line[c] != '\0')
        {
          append_blanks (text, pending);
          g_string_append (text, line[c]);
          pending = 0;
        }
      pending += table->right[c] ? GAP : rest + GAP;
    }
  g_string_append_c (text, '\n');
}

/**
 * shequ_cli_table_to_text:
 * @table: a table
 * @indent: blanks in front of each line
 *
 * Returns: (transfer full): its lines
 */
char *
shequ_cli_table_to_text (const ShequCliTable *table, guint indent)
{
  g_autofree guint *widths = measure (table);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < table->lines->len; i++)
    {
      append_blanks (text, indent);
      append_line (text, table, table->lines->pdata[i], widths);
    }
  return g_string_free (text, FALSE);
}

/**
 * shequ_cli_table_print:
 * @table: a table
 * @indent: blanks in front of each line
 *
 * Prints its lines to standard output.
 */
void
shequ_cli_table_print (const ShequCliTable *table, guint indent)
{
  g_autofree char *text = shequ_cli_table_to_text (table, indent);

  shequ_cli_put (text);
}
