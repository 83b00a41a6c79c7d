#include "shequ-work-day.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-feedback.h"

#define MINUTES_PER_HOUR 60

struct _ShequWorkDay
{
  AdwBin parent_instance;

  ShequOffice *office;
  GtkLabel *sum;
  GtkListBox *entries;
  GtkWidget *empty;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (ShequWorkDay, shequ_work_day, ADW_TYPE_BIN)

static gpointer
read_in_thread (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (office, "work_entry", error);
  g_autoptr (ShequQuery) query = reg != NULL ? shequ_office_new_query (office, reg) : NULL;
  g_autofree char *condition =
    g_strdup_printf ("day=today and staff=%" G_GINT64_FORMAT, shequ_office_get_staff (office));

  if (query == NULL || !shequ_query_add_where (query, condition, error))
    return NULL;
  return shequ_office_get_rows (office, query, cancellable, error);
}

static void
open_entry (AdwActionRow *row)
{
  gint64 *key = g_object_get_data (G_OBJECT (row), "key");

  gtk_widget_activate_action (GTK_WIDGET (row), "win.open-record", "(sx)", "work_entry", *key);
}

static GtkWidget *
new_entry_row (const ShequRow *entry)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *item = shequ_row_expand (entry, "{item}", SHEQU_FORMAT_MASKED);
  g_autofree char *detail = shequ_row_expand (entry, "{department} · {note}", SHEQU_FORMAT_MASKED);
  g_autofree char *title = g_markup_escape_text (item, -1);
  g_autofree char *subtitle = g_markup_escape_text (detail, -1);
  g_autofree char *minutes = g_strdup_printf (_ ("%d min"), (int) shequ_row_get_integer (entry, "minutes"));
  g_autofree char *name = g_strdup_printf ("%s %s", item, minutes);
  GtkWidget *label = gtk_label_new (minutes);
  gint64 *key = g_new (gint64, 1);

  *key = entry->key;
  g_object_set_data_full (G_OBJECT (row), "key", key, g_free);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect (row, "activated", G_CALLBACK (open_entry), NULL);
  return row;
}

static void
show_entries (ShequWorkDay *self, const GPtrArray *entries)
{
  GtkListBoxRow *row;
  gint64 minutes = 0;
  g_autofree char *sum = NULL;

  while ((row = gtk_list_box_get_row_at_index (self->entries, 0)) != NULL)
    gtk_list_box_remove (self->entries, GTK_WIDGET (row));
  for (guint i = 0; i < entries->len; i++)
    {
      gtk_list_box_append (self->entries, new_entry_row (entries->pdata[i]));
      minutes += shequ_row_get_integer (entries->pdata[i], "minutes");
    }
  sum = g_strdup_printf (_ ("%.1f hours"), (double) minutes / MINUTES_PER_HOUR);
  gtk_label_set_label (self->sum, sum);
  gtk_widget_set_visible (GTK_WIDGET (self->entries), entries->len > 0);
  gtk_widget_set_visible (self->empty, entries->len == 0);
}

static void
entries_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequWorkDay) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = shequ_office_run_finish (SHEQU_OFFICE (source), result, &error);

  if (entries != NULL)
    show_entries (self, entries);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    shequ_feedback_show_error (GTK_WIDGET (self), _ ("Today's entries could not be read."), error);
}

/**
 * shequ_work_day_refresh:
 * @self: a day
 *
 * Reads the entries anew.
 */
void
shequ_work_day_refresh (ShequWorkDay *self)
{
  g_return_if_fail (SHEQU_IS_WORK_DAY (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  shequ_office_run_async (self->office, read_in_thread, NULL, NULL, (GDestroyNotify) g_ptr_array_unref,
                          self->cancellable, entries_read, g_object_ref (self));
}

static GtkWidget *
new_heading (ShequWorkDay *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *title = gtk_label_new (_ ("Logged today"));

  self->sum = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (title, "heading");
  gtk_widget_add_css_class (GTK_WIDGET (self->sum), "heading");
  gtk_widget_add_css_class (GTK_WIDGET (self->sum), "numeric");
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->sum));
  return box;
}

static void
shequ_work_day_dispose (GObject *object)
{
  ShequWorkDay *self = SHEQU_WORK_DAY (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (shequ_work_day_parent_class)->dispose (object);
}

static void
shequ_work_day_class_init (ShequWorkDayClass *class)
{
  G_OBJECT_CLASS (class)->dispose = shequ_work_day_dispose;
}

static void
shequ_work_day_init (ShequWorkDay *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->entries = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->entries, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->entries), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entries), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Logged today"), -1);
  gtk_widget_hide (GTK_WIDGET (self->entries));
  self->empty = gtk_label_new (_ ("Nothing yet: choose a work item, say how long it took, and register it."));
  gtk_label_set_wrap (GTK_LABEL (self->empty), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->empty), 0);
  gtk_widget_add_css_class (self->empty, "dim-label");
  gtk_box_append (GTK_BOX (box), new_heading (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->entries));
  gtk_box_append (GTK_BOX (box), self->empty);
  adw_bin_set_child (ADW_BIN (self), box);
}

ShequWorkDay *
shequ_work_day_new (ShequOffice *office)
{
  ShequWorkDay *self = g_object_new (SHEQU_TYPE_WORK_DAY, NULL);

  self->office = g_object_ref (office);
  return self;
}
