#include "shequ-work-departments.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-feedback.h"

struct _ShequWorkDepartments
{
  AdwBin parent_instance;

  ShequOffice *office;
  GtkListBox *list;
  GCancellable *cancellable;
  gboolean filling;
};

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ShequWorkDepartments, shequ_work_departments, ADW_TYPE_BIN)

static gpointer
count_in_thread (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (office, "work_item", error);
  g_autoptr (ShequQuery) query = reg != NULL ? shequ_office_new_query (office, reg) : NULL;
  ShequSummaryQuery summary = { query };

  if (query == NULL || !shequ_query_add_where (query, "active=yes", error))
    return NULL;
  summary.group = shequ_register_require (reg, "department", error);
  if (summary.group == NULL)
    return NULL;
  return shequ_store_summarise (shequ_office_get_store (office), &summary, cancellable, error);
}

static const char *
get_condition (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "condition");
}

static void
add_row (ShequWorkDepartments *self, const char *name, gint64 count, const char *condition)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (name);
  GtkWidget *number;
  GtkWidget *row = gtk_list_box_row_new ();
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, count);

  number = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_tooltip_text (label, name);
  gtk_widget_add_css_class (number, "numeric");
  gtk_widget_add_css_class (number, "dim-label");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), number);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), "condition", g_strdup (condition), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_list_box_append (self->list, row);
}

static void
select_condition (ShequWorkDepartments *self, const char *condition)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      if (g_strcmp0 (get_condition (row), condition) == 0)
        {
          gtk_list_box_select_row (self->list, row);
          return;
        }
    }
  gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, 0));
}

/* What is chosen stays chosen. */
static void
show_counts (ShequWorkDepartments *self, const GPtrArray *counts)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  g_autofree char *chosen = row != NULL ? g_strdup (get_condition (row)) : NULL;
  gint64 all = 0;

  self->filling = TRUE;
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < counts->len; i++)
    all += ((const ShequSummaryRow *) counts->pdata[i])->count;
  add_row (self, _ ("All departments"), all, NULL);
  for (guint i = 0; i < counts->len; i++)
    {
      const ShequSummaryRow *count = counts->pdata[i];
      g_autofree char *condition =
        count->group != NULL ? g_strdup_printf ("department=%s", count->group) : NULL;

      if (condition != NULL)
        add_row (self, count->label, count->count, condition);
      else
        add_row (self, _ ("The community's own work"), count->count, "department is empty");
    }
  select_condition (self, chosen);
  self->filling = FALSE;
}

static void
counted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequWorkDepartments) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) counts = shequ_office_run_finish (SHEQU_OFFICE (source), result, &error);

  if (counts != NULL)
    show_counts (self, counts);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    shequ_feedback_show_error (GTK_WIDGET (self), _ ("The work items could not be read."), error);
}

/**
 * shequ_work_departments_refresh:
 * @self: the departments
 *
 * Counts anew.
 */
void
shequ_work_departments_refresh (ShequWorkDepartments *self)
{
  g_return_if_fail (SHEQU_IS_WORK_DEPARTMENTS (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  shequ_office_run_async (self->office, count_in_thread, NULL, NULL, (GDestroyNotify) g_ptr_array_unref,
                          self->cancellable, counted, g_object_ref (self));
}

static void
row_selected (ShequWorkDepartments *self, GtkListBoxRow *row)
{
  if (row != NULL && !self->filling)
    g_signal_emit (self, signals[CHOSEN], 0, get_condition (row));
}

static void
shequ_work_departments_dispose (GObject *object)
{
  ShequWorkDepartments *self = SHEQU_WORK_DEPARTMENTS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (shequ_work_departments_parent_class)->dispose (object);
}

static void
shequ_work_departments_class_init (ShequWorkDepartmentsClass *class)
{
  G_OBJECT_CLASS (class)->dispose = shequ_work_departments_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", SHEQU_TYPE_WORK_DEPARTMENTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
shequ_work_departments_init (ShequWorkDepartments *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Departments"), -1);
  g_signal_connect_object (self->list, "row-selected", G_CALLBACK (row_selected), self, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->list));
  gtk_widget_set_size_request (scrolled, 180, -1);
  adw_bin_set_child (ADW_BIN (self), scrolled);
}

ShequWorkDepartments *
shequ_work_departments_new (ShequOffice *office)
{
  ShequWorkDepartments *self = g_object_new (SHEQU_TYPE_WORK_DEPARTMENTS, NULL);

  self->office = g_object_ref (office);
  return self;
}
