/* A head and, below it, a list of drawn rows.
 *
 * Both scroll sideways together; the head tells where the columns stand once it has its room, and then the
 * rows are drawn.
 */
#include "shequ-record-table.h"

#include "config.h"

#include "shequ-record-row.h"

struct _ShequRecordTable
{
  GtkWidget parent_instance;

  ShequRecordColumns *columns;
  GtkWidget *box;
  GtkWidget *list; /* GtkListView */
  guint scroll_to;
  guint scroll_id;
};

enum
{
  SIGNAL_ACTIVATE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ShequRecordTable, shequ_record_table, GTK_TYPE_WIDGET)

static void
row_set_up (GtkSignalListItemFactory *factory, GtkListItem *item, ShequRecordColumns *columns)
{
  gtk_list_item_set_child (item, shequ_record_row_new (columns));
}

static void
row_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  shequ_record_row_set_record (SHEQU_RECORD_ROW (gtk_list_item_get_child (item)),
                               gtk_list_item_get_item (item));
}

static void
row_unbind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  shequ_record_row_set_record (SHEQU_RECORD_ROW (gtk_list_item_get_child (item)), NULL);
}

static void
for_each_row (ShequRecordTable *self, void (*func) (GtkWidget *row))
{
  for (GtkWidget *item = gtk_widget_get_first_child (self->list); item != NULL;
       item = gtk_widget_get_next_sibling (item))
    {
      GtkWidget *row = gtk_widget_get_first_child (item);

      if (row != NULL && SHEQU_IS_RECORD_ROW (row))
        func (row);
    }
}

static void
columns_changed (ShequRecordTable *self)
{
  for_each_row (self, (void (*) (GtkWidget *)) shequ_record_row_columns_changed);
}

static void
activated (ShequRecordTable *self, guint position)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATE], 0, position);
}

static void
shequ_record_table_measure (GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  gtk_widget_measure (SHEQU_RECORD_TABLE (widget)->box, orientation, for_size, minimum, natural, NULL, NULL);
}

static void
shequ_record_table_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  ShequRecordTable *self = SHEQU_RECORD_TABLE (widget);

  gtk_widget_allocate (self->box, width, height, baseline, NULL);
  if (shequ_record_columns_place (self->columns))
    for_each_row (self, gtk_widget_queue_draw);
}

static gboolean
shequ_record_table_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (SHEQU_RECORD_TABLE (widget)->list);
}

static void
shequ_record_table_dispose (GObject *object)
{
  ShequRecordTable *self = SHEQU_RECORD_TABLE (object);

  if (self->scroll_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->scroll_id);
  self->scroll_id = 0;
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->columns);
  G_OBJECT_CLASS (shequ_record_table_parent_class)->dispose (object);
}

static void
shequ_record_table_class_init (ShequRecordTableClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = shequ_record_table_dispose;
  widget_class->measure = shequ_record_table_measure;
  widget_class->size_allocate = shequ_record_table_size_allocate;
  widget_class->grab_focus = shequ_record_table_grab_focus;

  signals[SIGNAL_ACTIVATE] = g_signal_new ("activate", SHEQU_TYPE_RECORD_TABLE, G_SIGNAL_RUN_LAST, 0, NULL,
                                           NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
shequ_record_table_init (ShequRecordTable *self)
{
}

static GtkWidget *
new_head (ShequRecordTable *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  /* It is scrolled with the list, and shows no bars. */
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_EXTERNAL, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled),
                                 shequ_record_columns_get_head (self->columns));
  return scrolled;
}

static GtkWidget *
new_list (ShequRecordTable *self, GtkSelectionModel *records, const char *label)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (row_set_up), self->columns, 0);
  g_signal_connect (factory, "bind", G_CALLBACK (row_bind), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (row_unbind), NULL);
  self->list = gtk_list_view_new (g_object_ref (records), factory);
  gtk_widget_add_css_class (self->list, "records");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_object (self->list, "activate", G_CALLBACK (activated), self, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->list);
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}

/**
 * shequ_record_table_new:
 * @records: of #ShequRecord
 * @label: what they are called
 *
 * Returns: (transfer floating): a table without columns
 */
GtkWidget *
shequ_record_table_new (GtkSelectionModel *records, const char *label)
{
  ShequRecordTable *self = g_object_new (SHEQU_TYPE_RECORD_TABLE, NULL);
  GtkWidget *head, *list;

  self->columns = shequ_record_columns_new (label);
  g_signal_connect_object (self->columns, "changed", G_CALLBACK (columns_changed), self, G_CONNECT_SWAPPED);
  head = new_head (self);
  list = new_list (self, records, label);
  g_object_bind_property (gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (list)), "value",
                          gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (head)), "value",
                          G_BINDING_BIDIRECTIONAL);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self->box), head);
  gtk_box_append (GTK_BOX (self->box), list);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}

/**
 * shequ_record_table_get_columns:
 * @self: a table
 *
 * Returns: (transfer none): its columns
 */
ShequRecordColumns *
shequ_record_table_get_columns (ShequRecordTable *self)
{
  g_return_val_if_fail (SHEQU_IS_RECORD_TABLE (self), NULL);

  return self->columns;
}

/**
 * shequ_record_table_get_list:
 * @self: a table
 *
 * Returns: (transfer none): the #GtkListView of the rows, which has the focus and the keys
 */
GtkWidget *
shequ_record_table_get_list (ShequRecordTable *self)
{
  g_return_val_if_fail (SHEQU_IS_RECORD_TABLE (self), NULL);

  return self->list;
}

static gboolean
scroll_when_allocated (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  ShequRecordTable *self = SHEQU_RECORD_TABLE (widget);

  if (gtk_widget_get_height (self->list) == 0)
    return G_SOURCE_CONTINUE;
  gtk_widget_activate_action (self->list, "list.scroll-to-item", "u", self->scroll_to);
  self->scroll_id = 0;
  return G_SOURCE_REMOVE;
}

/**
 * shequ_record_table_scroll_to:
 * @self: a table
 * @position: a row
 *
 * Brings a row into sight; a list that is scrolled before it has its size would show nothing but the one row.
 */
void
shequ_record_table_scroll_to (ShequRecordTable *self, guint position)
{
  g_return_if_fail (SHEQU_IS_RECORD_TABLE (self));

  self->scroll_to = position;
  if (self->scroll_id == 0)
    self->scroll_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), scroll_when_allocated, NULL, NULL);
}
