#include "shequ-page-table.h"

#include "config.h"

#include <math.h>

#define CELL_GAP 1.2
#define CELL_RISE 0.8
/* So wide a column of words is at least, in characters. */
#define LEAST_WORDS 6

typedef struct
{
  char **cells;
  gboolean strong;
} Row;

struct _ShequPageTable
{
  GArray *columns; /* ShequPageColumn */
  GPtrArray *rows; /* Row */
  gboolean even;
  double least_height;
  double *widths; /* of the columns, in millimetres, for @measured_width */
  double measured_width;
  double size;
};

static const double sizes[] = { SHEQU_SIZE_SMALL_4, 11, SHEQU_SIZE_5, 9.5, 9, 8, 7, 6, 5 };

static void
column_clear (gpointer data)
{
  g_free (((ShequPageColumn *) data)->head);
}

static void
row_free (gpointer data)
{
  Row *row = data;

  g_strfreev (row->cells);
  g_free (row);
}

/**
 * shequ_page_table_new:
 *
 * Makes a table without columns. Add the columns first.
 *
 * Returns: (transfer full): the table
 */
ShequPageTable *
shequ_page_table_new (void)
{
  ShequPageTable *self = g_new0 (ShequPageTable, 1);

  self->columns = g_array_new (FALSE, FALSE, sizeof (ShequPageColumn));
  g_array_set_clear_func (self->columns, column_clear);
  self->rows = g_ptr_array_new_with_free_func (row_free);
  return self;
}

/**
 * shequ_page_table_free:
 * @self: a table
 *
 * Frees the table.
 */
void
shequ_page_table_free (ShequPageTable *self)
{
  g_array_unref (self->columns);
  g_ptr_array_unref (self->rows);
  g_free (self->widths);
  g_free (self);
}

/**
 * shequ_page_table_add_column:
 * @self: a table without rows
 * @head: its head
 * @numbers: whether it holds numbers
 *
 * Adds a column behind the others.
 */
void
shequ_page_table_add_column (ShequPageTable *self, const char *head, gboolean numbers)
{
  ShequPageColumn column = { g_strdup (head), numbers };

  g_return_if_fail (self->rows->len == 0);

  g_array_append_val (self->columns, column);
}

/**
 * shequ_page_table_add_row:
 * @self: a table
 * @cells: (array zero-terminated=1): texts of the cells; those missing at the end are empty
 * @strong: whether it stands out, as a row of totals does
 *
 * Adds a row below the others.
 */
void
shequ_page_table_add_row (ShequPageTable *self, const char *const *cells, gboolean strong)
{
  Row *row = g_new0 (Row, 1);

  row->strong = strong;
  row->cells = g_new0 (char *, self->columns->len + 1);
  for (guint i = 0; i < self->columns->len; i++)
    {
      row->cells[i] = g_strdup (*cells == NULL ? "" : *cells);
      cells += *cells == NULL ? 0 : 1;
    }
  g_ptr_array_add (self->rows, row);
  g_clear_pointer (&self->widths, g_free);
}

/**
 * shequ_page_table_get_n_rows:
 * @self: a table
 *
 * Returns: the number of rows below the head
 */
guint
shequ_page_table_get_n_rows (ShequPageTable *self)
{
  return self->rows->len;
}

/**
 * shequ_page_table_get_n_columns:
 * @self: a table
 *
 * Returns: the number of columns
 */
guint
shequ_page_table_get_n_columns (ShequPageTable *self)
{
  return self->columns->len;
}

/**
 * shequ_page_table_set_even:
 * @self: a table
 * @least_height: the least height of a row in millimetres
 *
 * Makes all columns but the first equally wide, as in a week's plan.
 */
void
shequ_page_table_set_even (ShequPageTable *self, double least_height)
{
  self->even = TRUE;
  self->least_height = least_height;
  g_clear_pointer (&self->widths, g_free);
}

static ShequPageColumn *
get_column (ShequPageTable *self, guint column)
{
  return &g_array_index (self->columns, ShequPageColumn, column);
}

static ShequPageType
cell_type (ShequPageTable *self, guint column, gboolean strong)
{
  return (ShequPageType){
    .face = strong ? SHEQU_FACE_STRONG : SHEQU_FACE_FIGURE,
    .size = self->size,
    .align = get_column (self, column)->numbers ? SHEQU_ALIGN_RIGHT : SHEQU_ALIGN_LEFT,
    .whole_names = self->even,
  };
}

static ShequPageType
head_type (ShequPageTable *self)
{
  return (ShequPageType){ .face = SHEQU_FACE_STRONG, .size = self->size, .align = SHEQU_ALIGN_CENTER };
}

/* How wide a column would like to be, and how narrow it may be. */
static void
measure_column (ShequPageTable *self, ShequPaperPage *page, guint column, double *wanted, double *least)
{
  double em = self->size / SHEQU_POINTS_PER_MM;
  ShequPageType head = head_type (self);
  double head_width;

  *wanted = *least = 0;
  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = self->rows->pdata[i];
      ShequPageType type = cell_type (self, column, row->strong);
      double width, narrow;

      shequ_paper_page_measure (page, &type, row->cells[column], 0, &width);
      *wanted = MAX (*wanted, width);
      /* Some words are not broken. */
      if (width > em * LEAST_WORDS)
        shequ_paper_page_measure (page, &type, row->cells[column], em * LEAST_WORDS, &narrow);
      *least = MAX (*least, width > em * LEAST_WORDS ? narrow : width);
    }
  if (get_column (self, column)->numbers)
    *least = *wanted;
  shequ_paper_page_measure (page, &head, get_column (self, column)->head, 0, &head_width);
  *wanted = MAX (*wanted, head_width) + CELL_GAP * 2 + 0.2;
  *least = MAX (*least, MIN (head_width, em * 2.1)) + CELL_GAP * 2 + 0.2;
}

/* Gives each column its least width, and of the rest what it would like, in equal shares of its wish. */
static gboolean
share_width (ShequPageTable *self, ShequPaperPage *page, double width, gboolean force)
{
  guint n = self->columns->len;
  g_autofree double *least = g_new0 (double, n + 1);
  double sum_least = 0, sum_wanted = 0;

  for (guint i = 0; i < n; i++)
    {
      measure_column (self, page, i, &self->widths[i], &least[i]);
      sum_least += least[i];
      sum_wanted += self->widths[i];
    }
  if (sum_least > width && !force)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      if (sum_least > width)
        self->widths[i] = least[i] * width / sum_least;
      else if (sum_wanted > width)
        self->widths[i] =
          least[i] + (self->widths[i] - least[i]) * (width - sum_least) / (sum_wanted - sum_least);
      else
        self->widths[i] *= width / sum_wanted;
    }
  return TRUE;
}

static void
share_evenly (ShequPageTable *self, ShequPaperPage *page, double width)
{
  guint n = self->columns->len;
  double least;

  self->size = SHEQU_SIZE_5;
  measure_column (self, page, 0, &self->widths[0], &least);
  self->widths[0] = n == 1 ? width : MIN (self->widths[0], width * 0.2);
  for (guint i = 1; i < n; i++)
    self->widths[i] = (width - self->widths[0]) / (n - 1);
}

static void
measure_columns (ShequPageTable *self, ShequPaperPage *page, double width)
{
  if (self->widths != NULL && self->measured_width == width)
    return;
  g_free (self->widths);
  self->widths = g_new0 (double, self->columns->len + 1);
  self->measured_width = width;
  if (self->even)
    {
      share_evenly (self, page, width);
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      self->size = sizes[i];
      if (share_width (self, page, width, i + 1 == G_N_ELEMENTS (sizes)))
        return;
    }
}

static double
measure_row (ShequPageTable *self, ShequPaperPage *page, const Row *row)
{
  double height = self->least_height;

  for (guint i = 0; i < self->columns->len; i++)
    {
      ShequPageType type = row == NULL ? head_type (self) : cell_type (self, i, row->strong);
      const char *text = row == NULL ? get_column (self, i)->head : row->cells[i];

      height =
        MAX (height, shequ_paper_page_measure (page, &type, text, self->widths[i] - CELL_GAP * 2, NULL) +
                       CELL_RISE * 2);
    }
  return height;
}

/* A row higher than a whole page ends with "…" at the foot of it. */
static void
place_row (ShequPageTable *self, ShequPaperPage *page, const Row *row, double x, double y, double height)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      ShequPageType type = row == NULL ? head_type (self) : cell_type (self, i, row->strong);
      const char *text = row == NULL ? get_column (self, i)->head : row->cells[i];
      double room = self->widths[i] - CELL_GAP * 2;
      double tall = shequ_paper_page_measure (page, &type, text, room, NULL);
      double line = shequ_paper_page_measure (page, &type, "证", room, NULL);

      if (tall > height - CELL_RISE * 2 + 0.1)
        type.lines = MAX (1, floor ((height - CELL_RISE * 2) / line));
      tall = MIN (tall, height - CELL_RISE * 2);
      if (*text != '\0')
        shequ_paper_page_add_text (page, &type, text, x + CELL_GAP, y + (height - tall) / 2, room);
      x += self->widths[i];
    }
}

static void
add_rules (ShequPageTable *self, ShequPaperPage *page, double x, double top, double bottom)
{
  double at = x;

  for (guint i = 0; i <= self->columns->len; i++)
    {
      gboolean outer = i == 0 || i == self->columns->len;

      shequ_paper_page_add_line (page, at, top, at, bottom, outer ? 0.35 : 0.15);
      at += self->widths[i];
    }
}

/**
 * shequ_page_table_place:
 * @self: a table
 * @page: a page
 * @first: the first row to place
 * @x: left edge in millimetres
 * @y: (inout): top of the free room in millimetres; then the end of what was placed
 * @width: width of the table
 * @bottom: where the room ends
 *
 * Places the head and as many rows as there is room for. If not one row fits, nothing is placed, unless a
 * whole page would be too low for it.
 *
 * Returns: the first row that has no room here; the number of rows when all are placed
 */
guint
shequ_page_table_place (ShequPageTable *self,
                        ShequPaperPage *page,
                        guint first,
                        double x,
                        double *y,
                        double width,
                        double bottom)
{
  double top = *y;
  double page_room = shequ_paper_page_get_height (page) * 0.6;
  double head, at;
  guint next = first;

  if (self->columns->len == 0)
    return self->rows->len;
  measure_columns (self, page, width);
  head = measure_row (self, page, NULL);
  at = top + head;
  for (; next < self->rows->len; next++)
    {
      double height = MIN (measure_row (self, page, self->rows->pdata[next]), page_room);

      if (at + height > bottom + 0.01)
        break;
      place_row (self, page, self->rows->pdata[next], x, at, height);
      at += height;
      shequ_paper_page_add_line (page, x, at, x + width, at, 0.15);
    }
  if (next == first && first < self->rows->len)
    return next;

  shequ_paper_page_add_tint (page, x, top, width, head);
  place_row (self, page, NULL, x, top, head);
  shequ_paper_page_add_line (page, x, top, x + width, top, 0.35);
  shequ_paper_page_add_line (page, x, top + head, x + width, top + head, 0.35);
  shequ_paper_page_add_line (page, x, at, x + width, at, 0.35);
  add_rules (self, page, x, top, at);
  *y = at;
  return next;
}
