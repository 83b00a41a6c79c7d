#pragma once

#include "shequ-cells.h"

/* What a cell is, before its text; text itself has no mark. */
static inline const char *
sheet_dump_mark (const ShequCell *cell)
{
  static const char *const marks[] = { ".", "", "#", "@", "?", "!" };

  return marks[cell->type];
}

/* All rows as text, `1: a | #2` a line: # number, @ date, ? boolean, ! error, . empty; behind a cell ^
 * merged, ~ cut, * damaged, % rounded. */
static inline char *
sheet_dump (ShequSheetReader *reader, GError **error)
{
  GString *dump = g_string_new (NULL);
  GError *local_error = NULL;
  ShequCellRow row;

  while (shequ_sheet_reader_next (reader, &row, &local_error))
    {
      g_string_append_printf (dump, "%u:", row.number);
      for (guint i = 0; i < row.n_cells; i++)
        {
          const ShequCell *cell = &row.cells[i];

          g_string_append_printf (dump, "%s %s%s", i == 0 ? "" : " |", sheet_dump_mark (cell), cell->text);
          g_string_append (dump, cell->flags & SHEQU_CELL_MERGED ? "^" : "");
          g_string_append (dump, cell->flags & SHEQU_CELL_CUT ? "~" : "");
          g_string_append (dump, cell->flags & SHEQU_CELL_DAMAGED ? "*" : "");
          g_string_append (dump, cell->flags & SHEQU_CELL_ROUNDED ? "%" : "");
        }
      g_string_append_c (dump, '\n');
    }
  if (local_error != NULL)
    g_propagate_error (error, local_error);
  return g_string_free (dump, FALSE);
}

static inline void
sheet_dump_assert (ShequSheetReader *reader, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *dump = sheet_dump (reader, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (dump, ==, expected);
}
