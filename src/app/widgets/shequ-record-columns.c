/* The columns of a list of records.
 *
 * The head is that of a GtkColumnView without rows: GTK 4.8 needs three widgets for each cell of each of 205
 * rows, and makes all anew for each letter typed. The rows are drawn (shequ-record-row.c) below the titles of
 * the head, which stand where GTK has put them.
 *
 * The database sorts, so a click on a head must only be told. GTK 4.8 hides which column is sorted by: each
 * column has a sorter that says that the first of two things is the smaller, and remembers that it was asked.
 * The view's sorter asks the sorters of its columns in order and turns the answer round when descending.
 */
#include "shequ-record-columns.h"

#include "config.h"

#include "shequ-field-editor.h"

#define SHEQU_TYPE_FIELD_SORTER (field_sorter_get_type ())
G_DECLARE_FINAL_TYPE (FieldSorter, field_sorter, SHEQU, FIELD_SORTER, GtkSorter)

struct _FieldSorter
{
  GtkSorter parent_instance;

  const ShequField *field;
  gboolean asked;
};

G_DEFINE_FINAL_TYPE (FieldSorter, field_sorter, GTK_TYPE_SORTER)

static GtkOrdering
field_sorter_compare (GtkSorter *sorter, gpointer one, gpointer other)
{
  SHEQU_FIELD_SORTER (sorter)->asked = TRUE;
  return GTK_ORDERING_SMALLER;
}

static GtkSorterOrder
field_sorter_get_order (GtkSorter *sorter)
{
  return GTK_SORTER_ORDER_PARTIAL;
}

static void
field_sorter_class_init (FieldSorterClass *class)
{
  GTK_SORTER_CLASS (class)->compare = field_sorter_compare;
  GTK_SORTER_CLASS (class)->get_order = field_sorter_get_order;
}

static void
field_sorter_init (FieldSorter *self)
{
}

/* A computed value other than an age would be computed for every record of the register. */
static gboolean
can_sort (const ShequField *field)
{
  return shequ_field_is_stored (field) ||
         (field->compute != NULL && field->compute->type == SHEQU_COMPUTE_AGE);
}

/* Between two columns, half on each side; as the style sheet has it for the head. */
#define PADDING 8
#define ARROW 20
#define COMPUTED_PLACES 18 /* what a page computes is said in words, behind an icon */

struct _ShequRecordColumns
{
  GObject parent_instance;

  GtkColumnView *head;
  GPtrArray *columns; /* of ShequRecordColumn, those of the list first */
  guint n_extra;      /* of pages, behind those of the list */
  gboolean filling;
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_SORT_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ShequRecordColumns, shequ_record_columns, G_TYPE_OBJECT)

typedef struct
{
  ShequRecordColumn column; /* first, so that one may be cast into the other */
  GDestroyNotify free_data;
} Column;

static void
column_free (gpointer data)
{
  Column *column = data;

  if (column->free_data != NULL)
    column->free_data (column->column.data);
  g_object_unref (column->column.column);
  g_free (column->column.title);
  g_free (column);
}

/* A Chinese character is as wide as two digits. */
static guint
count_places (const char *text)
{
  guint n = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    n += g_unichar_iswide (g_utf8_get_char (text)) ? 2 : 1;
  return n;
}

/* As wide as labels are on the average: the long ones are those that hardly ever stand there (未说明的性别).
 */
static guint
get_code_places (const ShequField *field)
{
  guint sum = 0;
  guint n = field->codes != NULL ? field->codes->codes->len : 0;

  for (guint i = 0; i < n; i++)
    sum += count_places (((const ShequCode *) field->codes->codes->pdata[i])->label);
  return CLAMP (n > 0 ? (sum + n - 1) / n : 0, 4, 12);
}

/* Widths in digits, by what a field holds. */
static guint
get_places (const ShequField *field)
{
  if (field->kind == SHEQU_FIELD_COMPUTED && field->compute->type == SHEQU_COMPUTE_LIST)
    return 14;
  switch (field->kind)
    {
    case SHEQU_FIELD_ID_NUMBER:
    case SHEQU_FIELD_CREDIT_CODE:
      return 18;
    case SHEQU_FIELD_LINK: /* an address, up to its room */
      return 23;
    case SHEQU_FIELD_LONG_TEXT:
    case SHEQU_FIELD_MOMENT:
      return 16;
    case SHEQU_FIELD_DATE:
    case SHEQU_FIELD_PHONE:
      return 11;
    case SHEQU_FIELD_CODE:
      return get_code_places (field);
    case SHEQU_FIELD_TEXT:
      return 8;
    default:
      return 5;
    }
}

static gboolean
is_wide (const ShequField *field)
{
  return field->kind == SHEQU_FIELD_TEXT || field->kind == SHEQU_FIELD_LONG_TEXT ||
         field->kind == SHEQU_FIELD_LINK;
}

static gboolean
is_number (const ShequField *field)
{
  return field->kind == SHEQU_FIELD_INTEGER || field->kind == SHEQU_FIELD_MONEY ||
         (field->kind == SHEQU_FIELD_COMPUTED && shequ_field_is_integer (field));
}

static int
measure_title (ShequRecordColumns *self, const char *title)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self->head), title);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width + ARROW;
}

static int
measure_places (ShequRecordColumns *self, guint n)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self->head), "0123456789");
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return (int) n * width / 10;
}

/* What is dragged keeps its width, and takes no part of what is left; a double click gives both back. */
static void
width_changed (GtkColumnViewColumn *view_column, GParamSpec *pspec, ShequRecordColumns *self)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      ShequRecordColumn *column = g_ptr_array_index (self->columns, i);
      int width = gtk_column_view_column_get_fixed_width (view_column);

      if (column->column != view_column)
        continue;
      if (width < 0)
        gtk_column_view_column_set_fixed_width (view_column, column->least);
      gtk_column_view_column_set_expand (view_column, column->field != NULL && is_wide (column->field) &&
                                                        (width < 0 || width == column->least));
    }
  if (!self->filling)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Takes the title. */
static ShequRecordColumn *
column_new (ShequRecordColumns *self, char *title, const ShequField *field)
{
  Column *made = g_new0 (Column, 1);
  ShequRecordColumn *column = &made->column;
  int places = measure_places (self, field != NULL ? get_places (field) : COMPUTED_PLACES);

  column->field = field;
  column->title = title;
  column->is_number = field != NULL && is_number (field);
  column->least = MAX (measure_title (self, title), places) + 2 * PADDING;
  column->column = gtk_column_view_column_new (title, NULL);
  gtk_column_view_column_set_resizable (column->column, TRUE);
  gtk_column_view_column_set_expand (column->column, field != NULL && is_wide (field));
  gtk_column_view_column_set_fixed_width (column->column, column->least);
  if (field != NULL && can_sort (field))
    {
      g_autoptr (FieldSorter) sorter = g_object_new (SHEQU_TYPE_FIELD_SORTER, NULL);

      sorter->field = field;
      gtk_column_view_column_set_sorter (column->column, GTK_SORTER (sorter));
    }
  g_signal_connect_object (column->column, "notify::fixed-width", G_CALLBACK (width_changed), self, 0);
  return column;
}

static void
append_to_head (ShequRecordColumns *self, const ShequRecordColumn *column)
{
  GtkWidget *title;

  gtk_column_view_append_column (self->head, column->column);
  title = gtk_widget_get_last_child (gtk_widget_get_first_child (GTK_WIDGET (self->head)));
  gtk_accessible_update_property (GTK_ACCESSIBLE (title), GTK_ACCESSIBLE_PROPERTY_LABEL, column->title, -1);
  /* Above its numbers. */
  if (column->is_number)
    gtk_widget_set_halign (gtk_widget_get_first_child (title), GTK_ALIGN_END);
}

static FieldSorter *
get_sorter (const ShequRecordColumn *column)
{
  GtkSorter *sorter = gtk_column_view_column_get_sorter (column->column);

  return sorter != NULL ? SHEQU_FIELD_SORTER (sorter) : NULL;
}

/* The arrow in the head says how the list is sorted at first. */
static void
show_sort (ShequRecordColumns *self, const ShequList *list)
{
  const ShequSort *sort = list->sort->len > 0 ? &g_array_index (list->sort, ShequSort, 0) : NULL;

  gtk_column_view_sort_by_column (self->head, NULL, GTK_SORT_ASCENDING);
  for (guint i = 0; sort != NULL && i < self->columns->len; i++)
    {
      const ShequRecordColumn *column = g_ptr_array_index (self->columns, i);
      FieldSorter *sorter = get_sorter (column);

      if (sorter == NULL || sorter->field != sort->field)
        continue;
      gtk_column_view_sort_by_column (self->head, column->column,
                                      sort->descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
      return;
    }
}

static void
sorter_changed (ShequRecordColumns *self)
{
  if (!self->filling)
    g_signal_emit (self, signals[SIGNAL_SORT_CHANGED], 0);
}

static void
shequ_record_columns_dispose (GObject *object)
{
  ShequRecordColumns *self = SHEQU_RECORD_COLUMNS (object);

  /* The head tells of the columns that it loses. */
  self->filling = TRUE;
  g_clear_object (&self->head);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  G_OBJECT_CLASS (shequ_record_columns_parent_class)->dispose (object);
}

static void
shequ_record_columns_class_init (ShequRecordColumnsClass *class)
{
  G_OBJECT_CLASS (class)->dispose = shequ_record_columns_dispose;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", SHEQU_TYPE_RECORD_COLUMNS, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SORT_CHANGED] = g_signal_new ("sort-changed", SHEQU_TYPE_RECORD_COLUMNS, G_SIGNAL_RUN_LAST,
                                               0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
shequ_record_columns_init (ShequRecordColumns *self)
{
  self->columns = g_ptr_array_new_with_free_func (column_free);
  self->head = g_object_ref_sink (GTK_COLUMN_VIEW (gtk_column_view_new (NULL)));
  gtk_column_view_set_reorderable (self->head, FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->head), "records");
  /* The rows are elsewhere. */
  gtk_widget_hide (gtk_widget_get_last_child (GTK_WIDGET (self->head)));
  g_signal_connect_object (gtk_column_view_get_sorter (self->head), "changed", G_CALLBACK (sorter_changed),
                           self, G_CONNECT_SWAPPED);
}

/**
 * shequ_record_columns_new:
 * @label: what the list is called
 *
 * Returns: (transfer full): a head without columns
 */
ShequRecordColumns *
shequ_record_columns_new (const char *label)
{
  ShequRecordColumns *self = g_object_new (SHEQU_TYPE_RECORD_COLUMNS, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->head), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return self;
}

/**
 * shequ_record_columns_get_head:
 * @self: columns
 *
 * Returns: (transfer none): the head, a #GtkColumnView without rows
 */
GtkWidget *
shequ_record_columns_get_head (ShequRecordColumns *self)
{
  return GTK_WIDGET (self->head);
}

/**
 * shequ_record_columns_fill:
 * @self: columns
 * @list: a list of a register
 *
 * Takes the columns and the order of the list, in place of those there were; those that a page has added
 * stay.
 */
void
shequ_record_columns_fill (ShequRecordColumns *self, const ShequList *list)
{
  guint n_old = self->columns->len - self->n_extra;

  self->filling = TRUE;
  for (guint i = 0; i < self->columns->len; i++)
    gtk_column_view_remove_column (self->head,
                                   ((ShequRecordColumn *) g_ptr_array_index (self->columns, i))->column);
  if (n_old > 0)
    g_ptr_array_remove_range (self->columns, 0, n_old);
  for (guint i = 0; i < list->columns->len; i++)
    {
      const ShequField *field = g_ptr_array_index (list->columns, i);

      g_ptr_array_insert (self->columns, (int) i,
                          column_new (self, shequ_field_editor_get_title (field), field));
    }
  /* GTK 4.8 puts the title of a column that is inserted behind the others. */
  for (guint i = 0; i < self->columns->len; i++)
    append_to_head (self, g_ptr_array_index (self->columns, i));
  show_sort (self, list);
  self->filling = FALSE;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * shequ_record_columns_append:
 * @self: columns
 * @title: its title
 * @func: (scope notified): fills a cell
 * @data: for @func
 * @free_data: (nullable): for @data
 *
 * Adds a column that no field of the register holds, behind those of each list.
 */
void
shequ_record_columns_append (ShequRecordColumns *self,
                             const char *title,
                             ShequRecordCellFunc func,
                             gpointer data,
                             GDestroyNotify free_data)
{
  ShequRecordColumn *column = column_new (self, g_strdup (title), NULL);

  column->func = func;
  column->data = data;
  ((Column *) column)->free_data = free_data;
  g_ptr_array_add (self->columns, column);
  self->n_extra++;
  append_to_head (self, column);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * shequ_record_columns_get_sort:
 * @self: columns
 * @descending: (out): which way
 *
 * Returns: (transfer none) (nullable): the field of the column that a person sorts by
 */
const ShequField *
shequ_record_columns_get_sort (ShequRecordColumns *self, gboolean *descending)
{
  g_autoptr (GObject) one = g_object_new (G_TYPE_OBJECT, NULL);
  g_autoptr (GObject) other = g_object_new (G_TYPE_OBJECT, NULL);
  GtkOrdering order;

  for (guint i = 0; i < self->columns->len; i++)
    {
      FieldSorter *sorter = get_sorter (g_ptr_array_index (self->columns, i));

      if (sorter != NULL)
        sorter->asked = FALSE;
    }
  order = gtk_sorter_compare (gtk_column_view_get_sorter (self->head), one, other);
  *descending = order == GTK_ORDERING_LARGER;
  for (guint i = 0; i < self->columns->len; i++)
    {
      FieldSorter *sorter = get_sorter (g_ptr_array_index (self->columns, i));

      if (sorter != NULL && sorter->asked)
        return sorter->field;
    }
  return NULL;
}

/**
 * shequ_record_columns_get_columns:
 * @self: columns
 *
 * Returns: (transfer none) (element-type ShequRecordColumn): the columns from the first to the last
 */
const GPtrArray *
shequ_record_columns_get_columns (ShequRecordColumns *self)
{
  return self->columns;
}

/**
 * shequ_record_columns_get_least_width:
 * @self: columns
 *
 * Returns: how wide a row is at least, in pixels
 */
int
shequ_record_columns_get_least_width (ShequRecordColumns *self)
{
  int width = 0;

  for (guint i = 0; i < self->columns->len; i++)
    width += gtk_column_view_column_get_fixed_width (
      ((const ShequRecordColumn *) g_ptr_array_index (self->columns, i))->column);
  return width;
}

/**
 * shequ_record_columns_place:
 * @self: columns
 *
 * Looks where the titles stand; to be called when the head has been given its room.
 *
 * Returns: whether any column stands elsewhere than before
 */
gboolean
shequ_record_columns_place (ShequRecordColumns *self)
{
  GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->head));
  GtkWidget *title = gtk_widget_get_first_child (row);
  gboolean changed = FALSE;

  for (guint i = 0; i < self->columns->len && title != NULL; i++)
    {
      ShequRecordColumn *column = g_ptr_array_index (self->columns, i);
      graphene_rect_t bounds;
      int x, width;

      if (!gtk_widget_compute_bounds (title, row, &bounds))
        return FALSE;
      x = (int) bounds.origin.x;
      width = (int) bounds.size.width;
      changed = changed || x != column->x || width != column->width;
      column->x = x;
      column->width = width;
      title = gtk_widget_get_next_sibling (title);
    }
  return changed;
}

/**
 * shequ_record_column_show:
 * @column: a column
 * @record: a record
 * @cell: an empty cell
 *
 * Fills the cell of a record; without text as long as the record is not filled.
 */
void
shequ_record_column_show (const ShequRecordColumn *column, ShequRecord *record, ShequRecordCell *cell)
{
  if (column->func != NULL)
    {
      column->func (record, column->data, cell);
      return;
    }
  cell->text = shequ_record_format (record, column->field, SHEQU_FORMAT_MASKED);
  /* A line of a list is one line. */
  g_strdelimit (cell->text, "\n", ' ');
}
