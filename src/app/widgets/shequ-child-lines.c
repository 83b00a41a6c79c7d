#include "shequ-child-lines.h"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "shequ-feedback.h"
#include "shequ-linked-records.h"
#include "shequ-record-form.h"

#define MOST_SHOWN 50
#define MOST_COLUMNS 5

struct _ShequChildLines
{
  GtkWidget parent_instance;

  ShequOffice *office;
  const ShequField *link;
  gint64 key;
  GPtrArray *columns; /* of const ShequField */
  GPtrArray *groups;  /* of GtkSizeGroup, one a column */
  ShequRecordList *records;

  GtkWidget *box;
  GtkWidget *head; /* of the columns */
  GtkListBox *list;
  GtkWidget *more;
};

G_DEFINE_FINAL_TYPE (ShequChildLines, shequ_child_lines, GTK_TYPE_WIDGET)

static void
shequ_child_lines_dispose (GObject *object)
{
  ShequChildLines *self = SHEQU_CHILD_LINES (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->records);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (shequ_child_lines_parent_class)->dispose (object);
}

static void
shequ_child_lines_class_init (ShequChildLinesClass *class)
{
  G_OBJECT_CLASS (class)->dispose = shequ_child_lines_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
}

static void
shequ_child_lines_init (ShequChildLines *self)
{
  self->columns = g_ptr_array_new ();
  self->groups = g_ptr_array_new_with_free_func (g_object_unref);
}

/* Those of the list, without the record on whose page they stand. */
static void
choose_columns (ShequChildLines *self)
{
  const ShequRegister *reg = self->link->owner;
  const ShequList *list = g_ptr_array_index (reg->lists, 0);

  for (guint i = 0; i < list->columns->len && self->columns->len < MOST_COLUMNS; i++)
    if (list->columns->pdata[i] != self->link)
      {
        g_ptr_array_add (self->columns, list->columns->pdata[i]);
        g_ptr_array_add (self->groups, gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL));
      }
}

static GtkWidget *
new_cell (ShequChildLines *self, GtkWidget *line, guint column, const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), 6);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 14);
  gtk_size_group_add_widget (self->groups->pdata[column], label);
  gtk_box_append (GTK_BOX (line), label);
  return label;
}

static GtkWidget *
new_line (void)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_widget_set_margin_start (line, 12);
  gtk_widget_set_margin_end (line, 12);
  gtk_widget_set_margin_top (line, 7);
  gtk_widget_set_margin_bottom (line, 7);
  return line;
}

static void
fill_row (ShequChildLines *self, GtkWidget *row, ShequRecord *record)
{
  const ShequRow *values = shequ_record_get_row (record);
  GtkWidget *cell = gtk_widget_get_first_child (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row)));
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; values != NULL && i < self->columns->len; i++, cell = gtk_widget_get_next_sibling (cell))
    {
      const ShequField *field = self->columns->pdata[i];
      g_autofree char *text = shequ_row_format (values, field, SHEQU_FORMAT_MASKED);

      gtk_label_set_text (GTK_LABEL (cell), text);
      gtk_widget_set_tooltip_text (cell, *text != '\0' ? text : NULL);
      if (*text != '\0')
        g_string_append_printf (words, "%s%s", words->len > 0 ? " · " : "", text);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, words->str, -1);
}

static void
record_filled (ShequRecord *record, GParamSpec *spec, GtkWidget *row)
{
  GtkWidget *around = gtk_widget_get_ancestor (row, SHEQU_TYPE_CHILD_LINES);

  if (around != NULL)
    fill_row (SHEQU_CHILD_LINES (around), row, record);
}

static GtkWidget *
new_row (gpointer item, gpointer user_data)
{
  ShequChildLines *self = user_data;
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *line = new_line ();

  for (guint i = 0; i < self->columns->len; i++)
    new_cell (self, line, i, NULL);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  g_object_set_data_full (G_OBJECT (row), "record", g_object_ref (item), g_object_unref);
  g_signal_connect_object (item, "notify::row", G_CALLBACK (record_filled), row, 0);
  fill_row (self, row, item);
  return row;
}

static const ShequRow *
get_selected (ShequChildLines *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  ShequRecord *record = row != NULL ? g_object_get_data (G_OBJECT (row), "record") : NULL;

  return record != NULL ? shequ_record_get_row (record) : NULL;
}

static void add_line (ShequChildLines *self);

/* Lines are entered one after the other, until the form is left. */
static void
line_saved (ShequRecordForm *form, ShequRow *row, ShequChildLines *self)
{
  if (self->box != NULL)
    add_line (self);
}

static void
add_line (ShequChildLines *self)
{
  ShequRecordForm *form = shequ_linked_records_add (GTK_WIDGET (self), self->office, self->link, self->key);

  g_signal_connect_object (form, "saved", G_CALLBACK (line_saved), self, 0);
}

static void
edit_line (ShequChildLines *self)
{
  const ShequRow *row = get_selected (self);

  if (row != NULL)
    shequ_record_form_edit (shequ_record_form_present (GTK_WIDGET (self), self->office, row->reg), row);
}

/* A line that was taken away. */
typedef struct
{
  ShequChildLines *lines;
  gint64 key;
} Deleted;

static void
deleted_free (gpointer data)
{
  g_object_unref (((Deleted *) data)->lines);
  g_free (data);
}

static void
restored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequChildLines) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!shequ_office_restore_finish (SHEQU_OFFICE (source), result, &error))
    shequ_feedback_show_error (GTK_WIDGET (self), _ ("It could not be brought back."), error);
}

static void
bring_back (gpointer data)
{
  const Deleted *deleted = data;

  shequ_office_restore_async (deleted->lines->office, deleted->lines->link->owner, deleted->key, NULL,
                              restored, g_object_ref (deleted->lines));
}

static void
was_deleted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Deleted *deleted = user_data;
  g_autoptr (GError) error = NULL;

  if (shequ_office_delete_finish (SHEQU_OFFICE (source), result, &error))
    {
      shequ_feedback_offer_undo (GTK_WIDGET (deleted->lines), _ ("The line is deleted"), bring_back, deleted,
                                 deleted_free);
      return;
    }
  shequ_feedback_show_error (GTK_WIDGET (deleted->lines), _ ("The line was not deleted."), error);
  deleted_free (deleted);
}

static void
delete_line (ShequChildLines *self)
{
  const ShequRow *row = get_selected (self);
  Deleted *deleted;

  if (row == NULL)
    return;
  deleted = g_new0 (Deleted, 1);
  deleted->lines = g_object_ref (self);
  deleted->key = row->key;
  shequ_office_delete_async (self->office, row->reg, row->key, row->version, NULL, was_deleted, deleted);
}

static gboolean
key_pressed (GtkEventControllerKey *controller,
             guint key,
             guint code,
             GdkModifierType state,
             ShequChildLines *self)
{
  if ((state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return FALSE;
  switch (key)
    {
    case GDK_KEY_Insert:
    case GDK_KEY_KP_Insert:
      add_line (self);
      return TRUE;
    case GDK_KEY_F2:
      edit_line (self);
      return TRUE;
    case GDK_KEY_Delete:
    case GDK_KEY_KP_Delete:
      delete_line (self);
      return TRUE;
    default:
      return FALSE;
    }
}

static void
more_clicked (ShequChildLines *self)
{
  g_autofree char *condition = g_strdup_printf ("%s=%" G_GINT64_FORMAT, self->link->name, self->key);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-records", "(ss)", self->link->owner->name,
                              condition);
}

static void
records_changed (ShequChildLines *self)
{
  guint n_records = shequ_record_list_get_n_records (self->records);

  gtk_widget_set_visible (GTK_WIDGET (self->list), n_records > 0);
  gtk_widget_set_visible (self->head, n_records > 0);
  gtk_widget_set_visible (self->more, n_records >= MOST_SHOWN);
}

static GtkWidget *
new_title (ShequChildLines *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (self->link->owner->label);
  GtkWidget *add = gtk_button_new_from_icon_name ("list-add-symbolic");
  g_autofree char *name = g_strdup_printf (_ ("Add: %s"), self->link->owner->label);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (add, "flat");
  gtk_widget_set_tooltip_text (add, _ ("Add a line (Insert); Enter changes one, Delete takes it away"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (add), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_swapped (add, "clicked", G_CALLBACK (add_line), self);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), add);
  return box;
}

static void
build (ShequChildLines *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->head = new_line ();
  gtk_widget_add_css_class (self->head, "dim-label");
  gtk_widget_add_css_class (self->head, "caption");
  for (guint i = 0; i < self->columns->len; i++)
    new_cell (self, self->head, i, ((const ShequField *) self->columns->pdata[i])->label);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_activate_on_single_click (self->list, FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  self->link->owner->label, -1);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->records), new_row, self, NULL);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (edit_line), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self->list), keys);
  self->more = gtk_button_new_with_mnemonic (_ ("_Show all"));
  gtk_widget_add_css_class (self->more, "flat");
  g_signal_connect_swapped (self->more, "clicked", G_CALLBACK (more_clicked), self);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (GTK_BOX (self->box), new_title (self));
  gtk_box_append (GTK_BOX (self->box), self->head);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (self->box), self->more);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * shequ_child_lines_new:
 * @office: whose records
 * @link: the link of the lines (`Child=true`)
 * @key: the record whose lines they are
 *
 * Returns: (transfer floating): the lines, following all changes
 */
GtkWidget *
shequ_child_lines_new (ShequOffice *office, const ShequField *link, gint64 key)
{
  ShequChildLines *self = g_object_new (SHEQU_TYPE_CHILD_LINES, NULL);
  g_autoptr (ShequQuery) query = NULL;
  g_autofree char *condition = g_strdup_printf ("%s=%" G_GINT64_FORMAT, link->name, key);

  self->office = g_object_ref (office);
  self->link = link;
  self->key = key;
  choose_columns (self);
  self->records = shequ_record_list_new (office, link->owner);
  query = shequ_office_new_query (office, link->owner);
  shequ_query_add_where (query, condition, NULL);
  query->limit = MOST_SHOWN;
  shequ_record_list_set_query (self->records, query);
  build (self);
  g_signal_connect_object (self->records, "items-changed", G_CALLBACK (records_changed), self,
                           G_CONNECT_SWAPPED);
  records_changed (self);
  return GTK_WIDGET (self);
}
