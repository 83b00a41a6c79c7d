#include "shequ-record-view-private.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-bulk-button.h"
#include "shequ-feedback.h"
#include "shequ-statistics-window.h"

enum
{
  SIGNAL_CURSOR_CHANGED,
  SIGNAL_ACTIVATED,
  SIGNAL_AS_OF_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ShequRecordView, shequ_record_view, GTK_TYPE_WIDGET)

void
shequ_record_view_tell_cursor (ShequRecordView *self, ShequRecord *record)
{
  g_signal_emit (self, signals[SIGNAL_CURSOR_CHANGED], 0, record);
}

static void
records_changed (ShequRecordView *self)
{
  gboolean loading = shequ_record_list_get_loading (self->records);
  guint n_records = shequ_record_list_get_n_records (self->records);
  const char *error = shequ_record_list_get_error_message (self->records);

  gtk_label_set_text (GTK_LABEL (self->problem), error != NULL ? error : "");
  if (n_records > 0)
    gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->table));
  else if (!loading)
    shequ_record_view_show_empty (self);
  gtk_widget_set_visible (self->busy, loading);
  gtk_spinner_set_spinning (GTK_SPINNER (self->busy), loading);
  /* While more is coming the number would be wrong. */
  if (!loading)
    shequ_record_view_update_count (self);
  shequ_record_view_try_wanted (self);
}

static void
set_query (ShequRecordView *self)
{
  g_autoptr (ShequQuery) query = shequ_office_new_query (self->office, self->reg);
  gboolean descending;
  const ShequField *sort =
    shequ_record_columns_get_sort (shequ_record_table_get_columns (self->table), &descending);

  shequ_query_set_search (query, gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  shequ_query_set_as_of (query, shequ_record_view_get_as_of (self));
  if (self->list->where != NULL)
    shequ_query_take_where (query, shequ_condition_ref (self->list->where));
  shequ_query_take_where (query, shequ_filter_bar_get_condition (self->filters));
  if (sort != NULL)
    shequ_query_sort_by (query, sort->name, descending, NULL);
  else
    {
      for (guint i = 0; i < self->list->sort->len; i++)
        {
          const ShequSort *by = &g_array_index (self->list->sort, ShequSort, i);

          shequ_query_sort_by (query, by->field->name, by->descending, NULL);
        }
    }
  shequ_record_list_set_query (self->records, query);
}

static void
show_columns (ShequRecordView *self, const ShequList *list)
{
  self->list = list;
  shequ_record_columns_fill (shequ_record_table_get_columns (self->table), list);
}

static void
show_list (ShequRecordView *self, const ShequList *list)
{
  show_columns (self, list);
  shequ_filter_bar_set_list (self->filters, self->reg, list);
}

static void
as_of_changed (ShequRecordView *self)
{
  set_query (self);
  g_signal_emit (self, signals[SIGNAL_AS_OF_CHANGED], 0);
}

/* A list of other records begins with nothing chosen; other columns of the same keep what is. */
static void
list_chosen (ShequRecordView *self)
{
  const ShequList *list = shequ_list_menu_get_list (self->lists);

  if (g_strcmp0 (self->list->name, list->name) != 0 || self->list->where != list->where)
    show_list (self, list);
  else
    show_columns (self, list);
  set_query (self);
}

/* What is seen, as a list: its records, its order, its columns. */
static void
save_list (ShequRecordView *self, const char *name, gboolean shared)
{
  const ShequQuery *query = shequ_record_list_get_query (self->records);
  ShequList *list = shequ_list_copy (self->list);

  g_clear_pointer (&list->where, shequ_condition_unref);
  list->where = query->where != NULL ? shequ_condition_ref (query->where) : NULL;
  g_array_set_size (list->sort, 0);
  if (query->sort->len > 0)
    g_array_append_vals (list->sort, query->sort->data, query->sort->len);
  shequ_list_menu_save (self->lists, name, shared, list);
  shequ_list_free (list);
}

static void
search_changed (ShequRecordView *self)
{
  shequ_record_list_set_search (self->records, gtk_editable_get_text (GTK_EDITABLE (self->entry)));
}

/* Enter or Down in the search entry goes to the first record found. */
static void
go_to_list (ShequRecordView *self)
{
  if (shequ_record_list_get_n_records (self->records) == 0)
    return;
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), 0, TRUE);
  shequ_record_table_scroll_to (self->table, 0);
  gtk_widget_child_focus (shequ_record_table_get_list (self->table), GTK_DIR_DOWN);
}

static gboolean
entry_key_pressed (GtkEventControllerKey *controller,
                   guint key,
                   guint code,
                   GdkModifierType state,
                   gpointer data)
{
  if (key != GDK_KEY_Down)
    return FALSE;
  go_to_list (data);
  return TRUE;
}

static void
table_activated (ShequRecordTable *table, guint position, ShequRecordView *self)
{
  g_autoptr (ShequRecord) record = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (record != NULL)
    g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0, record);
}

static gboolean
shequ_record_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (SHEQU_RECORD_VIEW (widget)->table));
}

static void
shequ_record_view_dispose (GObject *object)
{
  ShequRecordView *self = SHEQU_RECORD_VIEW (object);

  if (self->records != NULL)
    g_signal_handlers_disconnect_by_data (self->records, self);
  g_clear_handle_id (&self->lost_id, g_source_remove);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->as_of);
  g_clear_object (&self->selection);
  g_clear_object (&self->records);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (shequ_record_view_parent_class)->dispose (object);
}

static void
shequ_record_view_class_init (ShequRecordViewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = shequ_record_view_dispose;
  widget_class->grab_focus = shequ_record_view_grab_focus;

  signals[SIGNAL_CURSOR_CHANGED] = g_signal_new ("cursor-changed", SHEQU_TYPE_RECORD_VIEW, G_SIGNAL_RUN_LAST,
                                                 0, NULL, NULL, NULL, G_TYPE_NONE, 1, SHEQU_TYPE_RECORD);
  signals[SIGNAL_AS_OF_CHANGED] = g_signal_new ("as-of-changed", SHEQU_TYPE_RECORD_VIEW, G_SIGNAL_RUN_LAST, 0,
                                                NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ACTIVATED] = g_signal_new ("activated", SHEQU_TYPE_RECORD_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                            NULL, NULL, G_TYPE_NONE, 1, SHEQU_TYPE_RECORD);

  gtk_widget_class_install_action (widget_class, "records.copy", NULL, shequ_record_view_copy_selected);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "records.copy", NULL);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
shequ_record_view_init (ShequRecordView *self)
{
}

static GtkWidget *
new_search_entry (ShequRecordView *self)
{
  g_autofree char *hint = g_strdup_printf (_ ("Search in “%s”"), self->reg->label);
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->entry = gtk_search_entry_new ();
  g_object_set (self->entry, "placeholder-text", hint, "hexpand", TRUE, NULL);
  gtk_search_entry_set_search_delay (GTK_SEARCH_ENTRY (self->entry), 60);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, hint, -1);
  g_signal_connect_swapped (self->entry, "search-changed", G_CALLBACK (search_changed), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (go_to_list), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (entry_key_pressed), self);
  gtk_widget_add_controller (self->entry, keys);
  return self->entry;
}

static GtkWidget *
new_stack (ShequRecordView *self)
{
  self->table =
    SHEQU_RECORD_TABLE (shequ_record_table_new (GTK_SELECTION_MODEL (self->selection), self->reg->label));
  g_signal_connect_object (self->table, "activate", G_CALLBACK (table_activated), self, 0);
  g_signal_connect_object (shequ_record_table_get_columns (self->table), "sort-changed",
                           G_CALLBACK (set_query), self, G_CONNECT_SWAPPED);
  self->empty = ADW_STATUS_PAGE (adw_status_page_new ());
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_child (self->stack, GTK_WIDGET (self->table));
  gtk_stack_add_child (self->stack, GTK_WIDGET (self->empty));
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  return GTK_WIDGET (self->stack);
}

static void
show_statistics (ShequRecordView *self)
{
  shequ_statistics_window_present (GTK_WIDGET (self), self->office, shequ_record_view_get_query (self));
}

static GtkWidget *
new_statistics_button (ShequRecordView *self)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Statistics"));

  gtk_widget_set_tooltip_text (button, _ ("Count these records"));
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (show_statistics), self);
  return button;
}

static GtkWidget *
new_foot (ShequRecordView *self)
{
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->foot = GTK_BOX (foot);
  self->count = GTK_LABEL (gtk_label_new (NULL));
  self->busy = gtk_spinner_new ();
  gtk_widget_add_css_class (GTK_WIDGET (self->count), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->count), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->count), "numeric");
  gtk_box_append (GTK_BOX (foot), GTK_WIDGET (self->count));
  self->problem = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->problem), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (self->problem), 0);
  gtk_widget_set_hexpand (self->problem, TRUE);
  gtk_widget_add_css_class (self->problem, "error");
  gtk_widget_add_css_class (self->problem, "caption");
  self->bulk = GTK_WIDGET (shequ_bulk_button_new (self->office, self->reg,
                                                  (ShequBulkKeys) shequ_record_view_get_selected_keys, self));
  gtk_widget_hide (self->bulk);
  gtk_box_append (GTK_BOX (foot), self->bulk);
  gtk_box_append (GTK_BOX (foot), new_statistics_button (self));
  gtk_box_append (GTK_BOX (foot), self->busy);
  gtk_box_append (GTK_BOX (foot), self->problem);
  gtk_widget_set_margin_start (foot, 12);
  gtk_widget_set_margin_top (foot, 3);
  gtk_widget_set_margin_bottom (foot, 3);
  return foot;
}

static void
build (ShequRecordView *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (head), new_search_entry (self));
  self->lists = shequ_list_menu_new (self->office, self->reg);
  g_signal_connect_object (self->lists, "chosen", G_CALLBACK (list_chosen), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->lists, "save", G_CALLBACK (save_list), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->lists));
  if (self->reg->has_history)
    {
      self->as_of = shequ_as_of_new (self->office);
      g_signal_connect_object (self->as_of, "notify::day", G_CALLBACK (as_of_changed), self,
                               G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (head), shequ_as_of_get_button (self->as_of));
    }
  gtk_widget_add_css_class (head, "toolbar");
  self->filters = shequ_filter_bar_new (self->office);
  gtk_widget_set_margin_start (GTK_WIDGET (self->filters), 6);
  gtk_widget_set_margin_end (GTK_WIDGET (self->filters), 6);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->filters), 6);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  if (self->as_of != NULL)
    gtk_box_append (GTK_BOX (self->box), shequ_as_of_get_bar (self->as_of));
  gtk_box_append (GTK_BOX (self->box), head);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->filters));
  gtk_box_append (GTK_BOX (self->box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (self->box), new_stack (self));
  gtk_box_append (GTK_BOX (self->box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (self->box), new_foot (self));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * shequ_record_view_new:
 * @office: whose records
 * @reg: the register
 *
 * Returns: (transfer floating): the first list of the register, which starts to fill itself
 */
ShequRecordView *
shequ_record_view_new (ShequOffice *office, const ShequRegister *reg)
{
  ShequRecordView *self = g_object_new (SHEQU_TYPE_RECORD_VIEW, NULL);

  self->office = g_object_ref (office);
  self->reg = reg;
  self->records = shequ_record_list_new (office, reg);
  self->selection = shequ_record_selection_new (G_LIST_MODEL (self->records));
  build (self);
  show_list (self, shequ_list_menu_get_list (self->lists));
  if (self->list->where != NULL)
    set_query (self);
  g_signal_connect_swapped (self->filters, "changed", G_CALLBACK (set_query), self);
  g_signal_connect_swapped (self->records, "notify", G_CALLBACK (records_changed), self);
  g_signal_connect_swapped (self->records, "items-changed", G_CALLBACK (records_changed), self);
  g_signal_connect_object (self->selection, "selection-changed",
                           G_CALLBACK (shequ_record_view_selection_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (shequ_record_view_selection_moved),
                           self, G_CONNECT_SWAPPED);
  records_changed (self);
  return self;
}

/**
 * shequ_record_view_get_query:
 * @self: a view
 *
 * Returns: (transfer none): what is seen, as an export needs it
 */
const ShequQuery *
shequ_record_view_get_query (ShequRecordView *self)
{
  g_return_val_if_fail (SHEQU_IS_RECORD_VIEW (self), NULL);

  return shequ_record_list_get_query (self->records);
}

/**
 * shequ_record_view_get_list:
 * @self: a view
 *
 * Returns: (transfer none): the list whose columns are seen
 */
const ShequList *
shequ_record_view_get_list (ShequRecordView *self)
{
  g_return_val_if_fail (SHEQU_IS_RECORD_VIEW (self), NULL);

  return self->list;
}

/**
 * shequ_record_view_append_to_foot:
 * @self: a view
 * @widget: a small button
 *
 * Puts a button at the end of the line below the list.
 */
void
shequ_record_view_append_to_foot (ShequRecordView *self, GtkWidget *widget)
{
  gtk_box_append (self->foot, widget);
}

/**
 * shequ_record_view_get_columns:
 * @self: a view
 *
 * Returns: (transfer none): the columns, to which a page may add one that no field of the register holds
 */
ShequRecordColumns *
shequ_record_view_get_columns (ShequRecordView *self)
{
  g_return_val_if_fail (SHEQU_IS_RECORD_VIEW (self), NULL);

  return shequ_record_table_get_columns (self->table);
}

/**
 * shequ_record_view_choose_list:
 * @self: a view
 * @name: a list of the register
 *
 * Shows another list of the register, as a person can; nothing when there is no such list.
 */
void
shequ_record_view_choose_list (ShequRecordView *self, const char *name)
{
  g_return_if_fail (SHEQU_IS_RECORD_VIEW (self));

  shequ_list_menu_choose (self->lists, name);
}

/**
 * shequ_record_view_set_condition:
 * @self: a view
 * @condition: (nullable): in the grammar of conditions; all records when %NULL
 *
 * Narrows the list to records chosen elsewhere; shown as a chip that takes it away.
 */
void
shequ_record_view_set_condition (ShequRecordView *self, const char *condition)
{
  g_autoptr (GError) error = NULL;
  ShequCondition *parsed = NULL;

  g_return_if_fail (SHEQU_IS_RECORD_VIEW (self));

  if (condition != NULL && *condition != '\0')
    {
      parsed = shequ_condition_parse (condition, &error);
      if (parsed == NULL)
        {
          shequ_feedback_show_error (GTK_WIDGET (self), _ ("The records could not be chosen."), error);
          return;
        }
    }
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  shequ_filter_bar_set_condition (self->filters, parsed);
}

/**
 * shequ_record_view_get_as_of:
 * @self: a view
 *
 * Returns: (transfer none) (nullable): the past day that is looked at; nothing may be changed then
 */
const char *
shequ_record_view_get_as_of (ShequRecordView *self)
{
  g_return_val_if_fail (SHEQU_IS_RECORD_VIEW (self), NULL);

  return self->as_of != NULL ? shequ_as_of_get_day (self->as_of) : NULL;
}

/**
 * shequ_record_view_set_as_of:
 * @self: a view of a register with versions
 * @day: (nullable): a past day, as `2024-12-31`; %NULL for today
 */
void
shequ_record_view_set_as_of (ShequRecordView *self, const char *day)
{
  g_return_if_fail (SHEQU_IS_RECORD_VIEW (self));

  if (self->as_of != NULL)
    shequ_as_of_set_day (self->as_of, day);
}

void
shequ_record_view_focus_search (ShequRecordView *self)
{
  g_return_if_fail (SHEQU_IS_RECORD_VIEW (self));

  gtk_widget_grab_focus (self->entry);
}
