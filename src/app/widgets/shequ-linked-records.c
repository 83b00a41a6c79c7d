#include "shequ-linked-records.h"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "shequ-album.h"
#include "shequ-end-button.h"
#include "shequ-photo-view.h"
#include "shequ-record-form.h"
#include "shequ-restricted-list.h"
#include "shequ-restricted.h"

#define MOST_SHOWN 30
#define PICTURE_HEIGHT 64

struct _ShequLinkedRecords
{
  GtkWidget parent_instance;

  ShequOffice *office;
  const ShequField *link;
  gint64 key;
  char *detail; /* (nullable): a template in place of the register's */
  char *as_of;  /* (nullable): a past day, whose records are shown */
  ShequRecordList *records;
  GtkWidget *box;
  GtkWidget *more;
  GtkWidget *restricted; /* says that there are records which are not shown */
};

/* What is counted on a worker thread. */
typedef struct
{
  const ShequField *link;
  gint64 key;
} Linked;

G_DEFINE_FINAL_TYPE (ShequLinkedRecords, shequ_linked_records, GTK_TYPE_WIDGET)

static void
shequ_linked_records_dispose (GObject *object)
{
  ShequLinkedRecords *self = SHEQU_LINKED_RECORDS (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  if (self->office != NULL)
    g_signal_handlers_disconnect_by_data (self->office, self);
  g_clear_object (&self->records);
  g_clear_object (&self->office);
  g_clear_pointer (&self->detail, g_free);
  g_clear_pointer (&self->as_of, g_free);
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

/* Who has a picture is known by it. */
static void
show_picture (AdwActionRow *line, const ShequRow *row)
{
  GtkWidget *view = g_object_get_data (G_OBJECT (line), "picture");
  const ShequField *field = row != NULL ? shequ_album_find_picture (row->reg) : NULL;

  if (field == NULL)
    return;
  if (view == NULL)
    {
      view = shequ_photo_view_new (field->label, PICTURE_HEIGHT);
      adw_action_row_add_prefix (line, view);
      g_object_set_data (G_OBJECT (line), "picture", view);
    }
  shequ_photo_view_set (view, shequ_row_get ((ShequRow *) row, field)->text);
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
  show_picture (row, shequ_record_get_row (record));
  gtk_widget_set_visible (g_object_get_data (G_OBJECT (row), "end"),
                          self->as_of == NULL && shequ_end_button_can_end (shequ_record_get_row (record)));
}

static void
end_clicked (GtkWidget *button, ShequRecord *record)
{
  ShequLinkedRecords *self =
    SHEQU_LINKED_RECORDS (gtk_widget_get_ancestor (button, SHEQU_TYPE_LINKED_RECORDS));

  shequ_end_button_end (GTK_WIDGET (self), self->office, shequ_record_get_row (record));
}

static GtkWidget *
new_end_button (ShequRecord *record)
{
  GtkWidget *button = shequ_end_button_new ();

  gtk_widget_hide (button);
  g_signal_connect_object (button, "clicked", G_CALLBACK (end_clicked), record, 0);
  return button;
}

static void
record_filled (ShequRecord *record, GParamSpec *pspec, GtkWidget *row)
{
  GtkWidget *around = gtk_widget_get_ancestor (row, SHEQU_TYPE_LINKED_RECORDS);

  if (around != NULL)
    update_row (SHEQU_LINKED_RECORDS (around), record, ADW_ACTION_ROW (row));
}

/* The past is read: what leads on leads to what is there today. */
static GtkWidget *
new_row (gpointer item, gpointer user_data)
{
  const ShequLinkedRecords *self = user_data;
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *end = new_end_button (item);

  adw_action_row_add_suffix (ADW_ACTION_ROW (row), end);
  g_object_set_data (G_OBJECT (row), "end", end);
  /* A list box holds no items: one that is not filled yet would be gone before it is. */
  g_object_set_data_full (G_OBJECT (row), "record", g_object_ref (item), g_object_unref);
  g_signal_connect_object (item, "notify::row", G_CALLBACK (record_filled), row, 0);
  update_row (user_data, item, ADW_ACTION_ROW (row));
  if (self->as_of == NULL)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), self->as_of == NULL);
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

  gtk_widget_set_visible (GTK_WIDGET (self), n_records > 0 || (self->link->child && self->as_of == NULL) ||
                                               gtk_widget_get_visible (self->restricted));
  gtk_widget_set_visible (self->more, n_records >= MOST_SHOWN && self->as_of == NULL);
}

static ShequQuery *
new_query (ShequLinkedRecords *self)
{
  ShequQuery *query = shequ_office_new_query (self->office, self->link->owner);
  g_autofree char *condition = g_strdup_printf ("%s=%" G_GINT64_FORMAT, self->link->name, self->key);

  shequ_query_add_where (query, condition, NULL);
  if (self->as_of != NULL && self->link->owner->has_history)
    shequ_query_set_as_of (query, self->as_of);
  else if (self->as_of != NULL)
    {
      shequ_query_add_where (query, "active", NULL);
      g_free (query->today);
      query->today = g_strdup (self->as_of);
    }
  return query;
}

/* How many records are restricted. That they are there is said, no more. */
static gpointer
count_restricted (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Linked *linked = data;
  gint64 count = shequ_restricted_count (office, linked->link, linked->key, cancellable, error);

  return count < 0 ? NULL : g_memdup2 (&count, sizeof count);
}

static void
restricted_counted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequLinkedRecords) self = user_data;
  g_autofree gint64 *count = shequ_office_run_finish (SHEQU_OFFICE (source), result, NULL);

  if (count == NULL || self->box == NULL)
    return;
  shequ_restricted_list_set_count (self->restricted, (int) *count);
  records_changed (self);
}

static void
look_for_restricted (ShequLinkedRecords *self)
{
  if (self->link->owner->restricted_when != NULL && self->as_of == NULL)
    shequ_office_run_async (self->office, count_restricted,
                            g_memdup2 (&(Linked){ self->link, self->key }, sizeof (Linked)), g_free, g_free,
                            NULL, restricted_counted, g_object_ref (self));
}

static void add_clicked (ShequLinkedRecords *self);

/* Lines are entered one after the other, until the form is left. */
static void
line_saved (ShequRecordForm *form, ShequRow *row, ShequLinkedRecords *self)
{
  if (self->box != NULL)
    add_clicked (self);
}

static void
add_clicked (ShequLinkedRecords *self)
{
  ShequRecordForm *form = shequ_linked_records_add (GTK_WIDGET (self), self->office, self->link, self->key);

  if (self->link->child)
    g_signal_connect_object (form, "saved", G_CALLBACK (line_saved), self, 0);
}

static GtkWidget *
new_head (ShequLinkedRecords *self, const char *title)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (head), label);
  if (self->as_of == NULL && !self->link->owner->fixed &&
      (self->link->child || self->link->owner->period_start != NULL))
    {
      GtkWidget *add = gtk_button_new_from_icon_name ("list-add-symbolic");
      g_autofree char *hint = g_strdup_printf (_ ("Add: %s"), self->link->owner->label);

      gtk_widget_add_css_class (add, "flat");
      gtk_widget_set_tooltip_text (add, hint);
      gtk_accessible_update_property (GTK_ACCESSIBLE (add), GTK_ACCESSIBLE_PROPERTY_LABEL, hint, -1);
      g_signal_connect_swapped (add, "clicked", G_CALLBACK (add_clicked), self);
      gtk_box_append (GTK_BOX (head), add);
    }
  return head;
}

/**
 * shequ_linked_records_add:
 * @parent: the widget that asks
 * @office: where the record is stored
 * @link: the link of the new record
 * @key: the record that it leads to
 *
 * Shows the form of a record that links to another one, in a window of its own, the link filled in.
 *
 * Returns: (transfer none): the form, for its signals
 */
ShequRecordForm *
shequ_linked_records_add (GtkWidget *parent, ShequOffice *office, const ShequField *link, gint64 key)
{
  ShequRecordForm *form = shequ_record_form_present (parent, office, link->owner);
  g_autoptr (ShequRow) row = shequ_office_get_row (office, link->target, key, NULL, NULL);
  g_autofree char *title = row != NULL ? shequ_row_get_title (row) : NULL;
  g_auto (ShequValue) value = SHEQU_VALUE_INIT;

  shequ_value_set_integer (&value, key);
  shequ_record_form_preset (form, link->name, &value, title);
  return form;
}

/**
 * shequ_linked_records_tell_of_past:
 * @link: a link
 *
 * Returns: whether it is known which records linked by it on a past day
 */
gboolean
shequ_linked_records_tell_of_past (const ShequField *link)
{
  return link->owner->has_history || link->owner->period_start != NULL;
}

/**
 * shequ_linked_records_new:
 * @office: whose records
 * @title: what they are
 * @link: the link by which they are found
 * @key: the record that they link to
 * @detail: (nullable): what to say of each below its name, as `{relation} · {age}`; what the register says
 * when %NULL
 * @as_of: (nullable): a past day: those that linked to it then are shown, and lead nowhere
 *
 * Returns: (transfer floating): the records, following all changes
 */
GtkWidget *
shequ_linked_records_new (ShequOffice *office,
                          const char *title,
                          const ShequField *link,
                          gint64 key,
                          const char *detail,
                          const char *as_of)
{
  ShequLinkedRecords *self = g_object_new (SHEQU_TYPE_LINKED_RECORDS, NULL);
  GtkWidget *list = gtk_list_box_new ();
  g_autoptr (ShequQuery) query = NULL;

  self->office = g_object_ref (office);
  self->link = link;
  self->key = key;
  self->detail = g_strdup (detail);
  self->as_of = g_strdup (as_of);
  self->records = shequ_record_list_new (office, link->owner);
  query = new_query (self);
  query->limit = MOST_SHOWN;
  shequ_record_list_set_query (self->records, query);

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_bind_model (GTK_LIST_BOX (list), G_LIST_MODEL (self->records), new_row, self, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_signal_connect (list, "row-activated", G_CALLBACK (row_activated), self);

  self->more = gtk_button_new_with_mnemonic (_ ("_Show all"));
  gtk_widget_add_css_class (self->more, "flat");
  g_signal_connect_swapped (self->more, "clicked", G_CALLBACK (more_clicked), self);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (GTK_BOX (self->box), new_head (self, title));
  gtk_box_append (GTK_BOX (self->box), list);
  self->restricted = shequ_restricted_list_new (office, link, key);
  gtk_box_append (GTK_BOX (self->box), self->restricted);
  gtk_box_append (GTK_BOX (self->box), self->more);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  g_signal_connect_object (self->records, "items-changed", G_CALLBACK (records_changed), self,
                           G_CONNECT_SWAPPED);
  records_changed (self);
  look_for_restricted (self);
  if (link->owner->restricted_when != NULL)
    {
      g_autofree char *signal = g_strconcat ("changed::", link->owner->name, NULL);

      g_signal_connect_swapped (office, signal, G_CALLBACK (look_for_restricted), self);
    }
  return GTK_WIDGET (self);
}
