/* The columns of a list of records.
 *
 * The database sorts, so a click on a head must only be told. GTK 4.8 hides which column is sorted by: each
 * column has a sorter that says that the first of two things is the smaller, and remembers that it was asked.
 * The view's sorter asks the sorters of its columns in order and turns the answer round when descending.
 */
#include "shequ-record-columns.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-field-editor.h"
#include "shequ-record-cell.h"

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

static void
cell_set_up (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer field)
{
  gtk_list_item_set_child (item, shequ_record_cell_new (field));
}

static void
cell_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer field)
{
  shequ_record_cell_set_record (SHEQU_RECORD_CELL (gtk_list_item_get_child (item)),
                                gtk_list_item_get_item (item));
}

static void
cell_unbind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer field)
{
  shequ_record_cell_set_record (SHEQU_RECORD_CELL (gtk_list_item_get_child (item)), NULL);
}

/* A computed value other than an age would be computed for every record of the register. */
static gboolean
can_sort (const ShequField *field)
{
  return shequ_field_is_stored (field) ||
         (field->compute != NULL && field->compute->type == SHEQU_COMPUTE_AGE);
}

static gboolean
is_wide (const ShequField *field)
{
  return field->kind == SHEQU_FIELD_TEXT || field->kind == SHEQU_FIELD_LONG_TEXT ||
         field->kind == SHEQU_FIELD_LINK;
}

static GtkColumnViewColumn *
new_column (const ShequField *field)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autofree char *title = shequ_field_editor_get_title (field);
  GtkColumnViewColumn *column = gtk_column_view_column_new (title, factory);

  g_signal_connect (factory, "setup", G_CALLBACK (cell_set_up), (gpointer) field);
  g_signal_connect (factory, "bind", G_CALLBACK (cell_bind), (gpointer) field);
  g_signal_connect (factory, "unbind", G_CALLBACK (cell_unbind), (gpointer) field);
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_column_set_expand (column, is_wide (field));
  if (can_sort (field))
    {
      g_autoptr (FieldSorter) sorter = g_object_new (SHEQU_TYPE_FIELD_SORTER, NULL);

      sorter->field = field;
      gtk_column_view_column_set_sorter (column, GTK_SORTER (sorter));
    }
  return column;
}

static FieldSorter *
get_sorter (GListModel *columns, guint position)
{
  g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, position);
  GtkSorter *sorter = gtk_column_view_column_get_sorter (column);

  return sorter != NULL ? SHEQU_FIELD_SORTER (sorter) : NULL;
}

/* The arrow in the head says how the list is sorted at first. */
static void
show_sort (GtkColumnView *view, const ShequList *list)
{
  GListModel *columns = gtk_column_view_get_columns (view);
  const ShequSort *sort = list->sort->len > 0 ? &g_array_index (list->sort, ShequSort, 0) : NULL;

  for (guint i = 0; sort != NULL && i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      FieldSorter *sorter = get_sorter (columns, i);

      if (sorter != NULL && sorter->field == sort->field)
        {
          gtk_column_view_sort_by_column (view, column,
                                          sort->descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
          return;
        }
    }
}

/**
 * shequ_record_columns_fill:
 * @view: a view
 * @list: a list of a register
 * @sort_changed: called when a person sorts by another column
 * @data: for @sort_changed, which is swapped; an object that outlives the view
 *
 * Gives the view the columns of the list, in place of those it had.
 */
void
shequ_record_columns_fill (GtkColumnView *view, const ShequList *list, GCallback sort_changed, gpointer data)
{
  GListModel *columns = gtk_column_view_get_columns (view);
  GtkSorter *sorter = gtk_column_view_get_sorter (view);

  g_signal_handlers_disconnect_by_func (sorter, sort_changed, data);
  gtk_column_view_sort_by_column (view, NULL, GTK_SORT_ASCENDING);
  while (g_list_model_get_n_items (columns) > 0)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, 0);

      gtk_column_view_remove_column (view, column);
    }
  for (guint i = 0; i < list->columns->len; i++)
    {
      g_autoptr (GtkColumnViewColumn) column = new_column (g_ptr_array_index (list->columns, i));

      gtk_column_view_append_column (view, column);
    }
  show_sort (view, list);
  g_signal_connect_swapped (sorter, "changed", sort_changed, data);
}

/**
 * shequ_record_columns_get_sort:
 * @view: a view
 * @descending: (out): which way
 *
 * Returns: (transfer none) (nullable): the field of the column that a person sorts by
 */
const ShequField *
shequ_record_columns_get_sort (GtkColumnView *view, gboolean *descending)
{
  GListModel *columns = gtk_column_view_get_columns (view);
  g_autoptr (GObject) one = g_object_new (G_TYPE_OBJECT, NULL);
  g_autoptr (GObject) other = g_object_new (G_TYPE_OBJECT, NULL);
  GtkOrdering order;

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      if (get_sorter (columns, i) != NULL)
        get_sorter (columns, i)->asked = FALSE;
    }
  order = gtk_sorter_compare (gtk_column_view_get_sorter (view), one, other);
  *descending = order == GTK_ORDERING_LARGER;
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      FieldSorter *sorter = get_sorter (columns, i);

      if (sorter != NULL && sorter->asked)
        return sorter->field;
    }
  return NULL;
}
