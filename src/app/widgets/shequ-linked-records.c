#include "shequ-linked-records.h"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define MOST_SHOWN 30

struct _ShequLinkedRecords
{
  GtkWidget parent_instance;

  const ShequField *link;
  gint64 key;
  char *detail; /* (nullable): a template in place of the register's */
  ShequRecordList *records;
  GtkWidget *box;
  GtkWidget *more;
};

G_DEFINE_FINAL_TYPE (ShequLinkedRecords, shequ_linked_records, GTK_TYPE_WIDGET)

static void
shequ_linked_records_dispose (GObject *object)
{
  ShequLinkedRecords *self = SHEQU_LINKED_RECORDS (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->records);
  g_clear_pointer (&self->detail, g_free);
  G_OBJECT_CLASS (shequ_linked_records_parent_class)->dispose (object);
}

static void
shequ_linked_records_class_init (ShequLinkedRecordsClass *class)
{
  G_OBJECT_CLASS (class)->dispose = shequ_linked_records_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
}

static void
shequ_linked_records_init (ShequLinkedRecords *self)
{
}

static char *
describe (ShequLinkedRecords *self, ShequRecord *record)
{
  const ShequRow *row = shequ_record_get_row (record);

  if (self->detail == NULL || row == NULL)
    return shequ_record_get_detail (record);
  return shequ_row_expand (row, self->detail, SHEQU_FORMAT_MASKED);
}

/* A title of a row is markup; a name may hold any character. */
static void
update_row (ShequLinkedRecords *self, ShequRecord *record, AdwActionRow *row)
{
  g_autofree char *title = shequ_record_get_title (record);
  g_autofree char *detail = describe (self, record);
  g_autofree char *title_markup = g_markup_escape_text (title, -1);
  g_autofree char *detail_markup = g_markup_escape_text (detail, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title_markup);
  adw_action_row_set_subtitle (row, detail_markup);
}

static void
record_filled (ShequRecord *record, GParamSpec *pspec, GtkWidget *row)
{
  GtkWidget *around = gtk_widget_get_ancestor (row, SHEQU_TYPE_LINKED_RECORDS);

  if (around != NULL)
    update_row (SHEQU_LINKED_RECORDS (around), record, ADW_ACTION_ROW (row));
}

static GtkWidget *
new_row (gpointer item, gpointer user_data)
{
  GtkWidget *row = adw_action_row_new ();

  g_signal_connect_object (item, "notify::row", G_CALLBACK (record_filled), row, 0);
  update_row (user_data, item, ADW_ACTION_ROW (row));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  return row;
}

static void
row_activated (GtkListBox *list, GtkListBoxRow *row, ShequLinkedRecords *self)
{
  gint64 key = shequ_record_list_get_key (self->records, gtk_list_box_row_get_index (row));

  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-record", "(sx)", self->link->owner->name, key);
}

static void
more_clicked (ShequLinkedRecords *self)
{
  g_autofree char *condition = g_strdup_printf ("%s=%" G_GINT64_FORMAT, self->link->name, self->key);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-records", "(ss)", self->link->owner->name,
                              condition);
}

static void
records_changed (ShequLinkedRecords *self)
{
  guint n_records = shequ_record_list_get_n_records (self->records);

  gtk_widget_set_visible (GTK_WIDGET (self), n_records > 0);
  gtk_widget_set_visible (self->more, n_records >= MOST_SHOWN);
}

/**
 * shequ_linked_records_new:
 * @office: whose records
 * @title: what they are
 * @link: the link by which they are found
 * @key: the record that they link to
 * @detail: (nullable): what to say of each below its name, as `{relation} · {age}`; what the register says
 * when %NULL
 *
 * Returns: (transfer floating): the records, following all changes
 */
GtkWidget *
shequ_linked_records_new (ShequOffice *office,
                          const char *title,
                          const ShequField *link,
                          gint64 key,
                          const char *detail)
{
  ShequLinkedRecords *self = g_object_new (SHEQU_TYPE_LINKED_RECORDS, NULL);
  GtkWidget *label = gtk_label_new (title);
  GtkWidget *list = gtk_list_box_new ();
  g_autoptr (ShequQuery) query = shequ_office_new_query (office, link->owner);
  g_autofree char *condition = g_strdup_printf ("%s=%" G_GINT64_FORMAT, link->name, key);

  self->link = link;
  self->key = key;
  self->detail = g_strdup (detail);
  self->records = shequ_record_list_new (office, link->owner);
  query->limit = MOST_SHOWN;
  shequ_query_add_where (query, condition, NULL);
  shequ_record_list_set_query (self->records, query);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_bind_model (GTK_LIST_BOX (list), G_LIST_MODEL (self->records), new_row, self, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_signal_connect (list, "row-activated", G_CALLBACK (row_activated), self);

  self->more = gtk_button_new_with_mnemonic (_ ("_Show all"));
  gtk_widget_add_css_class (self->more, "flat");
  g_signal_connect_swapped (self->more, "clicked", G_CALLBACK (more_clicked), self);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (GTK_BOX (self->box), label);
  gtk_box_append (GTK_BOX (self->box), list);
  gtk_box_append (GTK_BOX (self->box), self->more);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  g_signal_connect_object (self->records, "items-changed", G_CALLBACK (records_changed), self,
                           G_CONNECT_SWAPPED);
  records_changed (self);
  return GTK_WIDGET (self);
}
