/*
 * Columns that moved: a header that stands over the wrong column is seen by what stands below it.
 *
 * Only fields are judged whose values can be told from others: numbers, dates, codes, names. A text may be
 * anything.
 */
#include "shequ-column-check.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-import-private.h"
#include "shequ-text.h"

/* Rows that are looked at, and how many cells are too few to judge by. */
#define MOST_ROWS 300
#define LEAST_CELLS 4

/* Below this share a column is doubted; from that share on another fits. */
#define LEAST_FIT 0.5
#define GOOD_FIT 0.8

#define MOST_TOLD 5

/* Texts of fewer bytes may be signs that mean nothing. */
#define SHORT 8

typedef struct
{
  guint *valid; /* by column and target column: how many cells of the one fit the other */
  guint *looked;
  guint n;
} Counts;

/* A name has no digits and no more than a few characters. */
static gboolean
is_name (const char *text)
{
  guint n = 0;

  for (; *text != '\0'; n++)
    if (g_unichar_isdigit (shequ_text_next (&text)))
      return FALSE;
  return n >= 2 && n <= 40;
}

static gboolean
is_judged (const ShequField *field)
{
  switch (field->kind)
    {
    case SHEQU_FIELD_ID_NUMBER:
    case SHEQU_FIELD_CREDIT_CODE:
    case SHEQU_FIELD_PHONE:
    case SHEQU_FIELD_DATE:
    case SHEQU_FIELD_CODE:
    case SHEQU_FIELD_YES_NO:
      return TRUE;
    case SHEQU_FIELD_TEXT:
      return field->search == SHEQU_SEARCH_PINYIN;
    default:
      return FALSE;
    }
}

/* An identity number of any kind is still one: eighteen or fifteen places, most of them digits. */
static gboolean
looks_like_number (const char *text)
{
  gsize n = strspn (text, "0123456789");

  return (n == 18 || n == 15 || (n == 17 && (text[17] == 'x' || text[17] == 'X') && text[18] == '\0')) &&
         strlen (text) <= 18;
}

static gboolean
fits (const ShequField *field, const char *text, const char *today)
{
  g_autoptr (GPtrArray) issues = NULL;
  g_auto (ShequValue) value = SHEQU_VALUE_INIT;

  if (field->kind == SHEQU_FIELD_TEXT)
    return is_name (text);
  if (field->kind == SHEQU_FIELD_ID_NUMBER)
    return looks_like_number (text);
  /* What does not fit would be told with all codes that do. */
  if (field->kind == SHEQU_FIELD_CODE && strlen (text) >= SHORT)
    return shequ_code_list_recognise (field->codes, text) != NULL;
  issues = shequ_issues_new ();
  return shequ_field_parse (field, text, today, &value, issues) && !shequ_value_is_null (&value);
}

static const ShequField *
get_field (const ShequMapping *mapping, guint column)
{
  const ShequTarget *target = mapping->columns->pdata[column];

  return target != NULL && is_judged (target->field) ? target->field : NULL;
}

static void
count_cell (Counts *counts,
            const ShequMapping *mapping,
            guint column,
            gboolean elsewhere,
            const char *text,
            const char *today)
{
  counts->looked[column]++;
  for (guint i = 0; i < counts->n; i++)
    {
      const ShequField *field = elsewhere || i == column ? get_field (mapping, i) : NULL;

      if (field != NULL && fits (field, text, today))
        counts->valid[column * counts->n + i]++;
    }
}

static void
forget (Counts *counts)
{
  memset (counts->valid, 0, counts->n * counts->n * sizeof *counts->valid);
  memset (counts->looked, 0, counts->n * sizeof *counts->looked);
}

/* How many cells fit the header of their own column and, if @elsewhere, that of each other one. */
static gboolean
count_cells (Counts *counts,
             ShequImport *import,
             gboolean elsewhere,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (ShequSheetReader) reader = import_open_rows (import, cancellable, error);
  g_autoptr (GError) inner = NULL;
  ShequCellRow row;

  for (guint n = 0; reader != NULL && n < MOST_ROWS && shequ_sheet_reader_next (reader, &row, &inner); n++)
    for (guint i = 0; i < MIN (row.n_cells, counts->n); i++)
      {
        g_autofree char *text = g_strstrip (g_strndup (row.cells[i].text, row.cells[i].length));

        if (*text != '\0')
          count_cell (counts, import->mapping, i, elsewhere, text, import->today);
      }
  if (inner != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&inner));
      return FALSE;
    }
  if (reader == NULL)
    return FALSE;
  import_keep_reader (import, g_steal_pointer (&reader));
  return TRUE;
}

static double
get_share (const Counts *counts, guint column, guint target)
{
  return counts->looked[column] > 0
           ? (double) counts->valid[column * counts->n + target] / counts->looked[column]
           : 0;
}

/* The other header under which the cells of a column fit best. */
static const ShequTarget *
find_better (const Counts *counts, const ShequMapping *mapping, guint column)
{
  const ShequTarget *better = NULL;
  double best = GOOD_FIT;

  for (guint i = 0; i < counts->n; i++)
    {
      double share = get_share (counts, column, i);

      if (i == column || get_field (mapping, i) == NULL || share < best)
        continue;
      /* A column that is right where it is keeps its header. */
      if (get_share (counts, i, i) >= LEAST_FIT)
        continue;
      best = share;
      better = mapping->columns->pdata[i];
    }
  return better;
}

/* The columns whose cells do not fit, of those with so many cells; whether one fits elsewhere. */
static gboolean
list_doubts (const Counts *counts, const ShequMapping *mapping, guint least, GPtrArray *doubts)
{
  gboolean moved = FALSE;

  g_ptr_array_set_size (doubts, 0);
  for (guint i = 0; i < counts->n; i++)
    {
      ShequColumnDoubt *doubt;

      if (get_field (mapping, i) == NULL || counts->looked[i] < least ||
          get_share (counts, i, i) >= LEAST_FIT)
        continue;
      doubt = g_new0 (ShequColumnDoubt, 1);
      doubt->column = i;
      doubt->target = mapping->columns->pdata[i];
      doubt->better = find_better (counts, mapping, i);
      doubt->valid = counts->valid[i * counts->n + i];
      doubt->looked = counts->looked[i];
      moved = moved || doubt->better != NULL;
      g_ptr_array_add (doubts, doubt);
    }
  return moved;
}

/**
 * shequ_column_check_run:
 * @import: a file whose columns were guessed
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Looks at the first rows. Where fewer than half of the cells fit what the header says, the column is
 * doubted.
 *
 * Returns: (transfer full) (element-type ShequColumnDoubt): what a person should be asked about
 */
GPtrArray *
shequ_column_check_run (ShequImport *import, GCancellable *cancellable, GError **error)
{
  guint n = import->mapping->columns->len;
  g_autofree guint *valid = g_new0 (guint, (gsize) n * n + 1);
  g_autofree guint *looked = g_new0 (guint, n + 1);
  Counts counts = { valid, looked, n };
  g_autoptr (GPtrArray) doubts = g_ptr_array_new_with_free_func (g_free);

  if (!count_cells (&counts, import, FALSE, cancellable, error))
    return NULL;
  /* As a rule every column fits, and there is no need to ask where else it would. */
  list_doubts (&counts, import->mapping, 1, doubts);
  if (doubts->len == 0)
    return g_steal_pointer (&doubts);
  forget (&counts);
  if (!count_cells (&counts, import, TRUE, cancellable, error))
    return NULL;
  /* Cells that fit nowhere are wrong where they are: each row says so. Where columns did move, a nearly empty
   * one moved with them. */
  if (list_doubts (&counts, import->mapping, LEAST_CELLS, doubts))
    list_doubts (&counts, import->mapping, 1, doubts);
  else
    g_ptr_array_set_size (doubts, 0);
  return g_steal_pointer (&doubts);
}

/**
 * shequ_column_check_apply:
 * @import: a file
 * @doubts: (element-type ShequColumnDoubt): of shequ_column_check_run()
 *
 * Puts the columns where their cells fit; one that fits nowhere is left out.
 */
void
shequ_column_check_apply (ShequImport *import, const GPtrArray *doubts)
{
  for (guint i = 0; i < doubts->len; i++)
    import->mapping->columns->pdata[((const ShequColumnDoubt *) doubts->pdata[i])->column] = NULL;
  for (guint i = 0; i < doubts->len; i++)
    {
      const ShequColumnDoubt *doubt = doubts->pdata[i];

      if (doubt->better != NULL && !g_ptr_array_find (import->mapping->columns, doubt->better, NULL))
        import->mapping->columns->pdata[doubt->column] = (gpointer) doubt->better;
    }
}

/**
 * shequ_column_check_describe:
 * @import: a file
 * @doubts: (element-type ShequColumnDoubt): of shequ_column_check_run()
 *
 * Returns: (transfer full): what is asked, in words
 */
char *
shequ_column_check_describe (ShequImport *import, const GPtrArray *doubts)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < doubts->len && i < MOST_TOLD; i++)
    {
      const ShequColumnDoubt *doubt = doubts->pdata[i];
      const char *header = import->mapping->headers->pdata[doubt->column];

      if (text->len > 0)
        g_string_append (text, _ ("; "));
      g_string_append_printf (text, _ ("below “%s” only %u of %u cells are a “%s”"), header, doubt->valid,
                              doubt->looked, doubt->target->label);
      if (doubt->better != NULL)
        g_string_append_printf (text, _ (", they look like “%s”"), doubt->better->label);
    }
  return g_string_free (text, FALSE);
}
