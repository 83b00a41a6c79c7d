/* The records of a list counted: a chart with its table, by whatever the register can be counted by. */
#include "shequ-statistics-window.h"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "shequ-chart-table-view.h"
#include "shequ-chart-view.h"
#include "shequ-escape.h"
#include "shequ-statistics-chart.h"

/* What the window holds; freed with it. */
typedef struct
{
  GtkWidget *window;
  ShequOffice *office;
  ShequQuery *query;
  GPtrArray *statistics; /* of ShequStatistic */
  GCancellable *cancellable;
  ShequChart *chart; /* (nullable) */

  GtkDropDown *by;
  GtkLabel *finding;
  ShequChartView *view;
  ShequChartTableView *table;
  GtkWidget *save;
  GtkWidget *spinner;
} Statistics;

/* A look on its way; the window may be closed meanwhile. */
typedef struct
{
  GWeakRef window;
  ShequQuery *query;
  const ShequStatistic *statistic;
  GPtrArray *statistics;
} Look;

static void
statistics_free (gpointer data)
{
  Statistics *self = data;

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  g_clear_object (&self->chart);
  g_ptr_array_unref (self->statistics);
  shequ_query_free (self->query);
  g_object_unref (self->office);
  g_free (self);
}

static void
look_free (gpointer data)
{
  Look *look = data;

  g_weak_ref_clear (&look->window);
  shequ_query_free (look->query);
  g_ptr_array_unref (look->statistics);
  g_free (look);
}

static Statistics *
get_statistics (gpointer window)
{
  return g_object_get_data (window, "statistics");
}

static gpointer
count_in_thread (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Look *look = data;

  return shequ_statistics_count (office, look->query, look->statistic, cancellable, error);
}

static void
counted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GWeakRef *reference = user_data;
  g_autoptr (GtkWidget) window = g_weak_ref_get (reference);
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequFigures) figures = shequ_office_run_finish (SHEQU_OFFICE (source), result, &error);
  Statistics *self = window != NULL ? get_statistics (window) : NULL;

  g_weak_ref_clear (reference);
  g_free (reference);
  if (self == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  gtk_widget_hide (self->spinner);
  if (figures == NULL)
    {
      gtk_label_set_text (self->finding, error->message);
      return;
    }
  g_clear_object (&self->chart);
  self->chart = shequ_statistics_chart_new (figures);
  gtk_label_set_text (self->finding, shequ_chart_get_finding (self->chart));
  shequ_chart_view_set_chart (self->view, self->chart);
  shequ_chart_table_view_set_chart (self->table, self->chart);
  gtk_widget_set_sensitive (self->save, TRUE);
}

static void
look (Statistics *self)
{
  guint selected = gtk_drop_down_get_selected (self->by);
  Look *data;
  GWeakRef *reference;

  if (selected >= self->statistics->len)
    return;
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  data = g_new0 (Look, 1);
  reference = g_new0 (GWeakRef, 1);
  data->query = shequ_query_copy (self->query);
  data->statistics = g_ptr_array_ref (self->statistics);
  data->statistic = g_ptr_array_index (self->statistics, selected);
  g_weak_ref_init (&data->window, NULL);
  g_weak_ref_init (reference, self->window);
  gtk_widget_set_sensitive (self->save, FALSE);
  gtk_widget_show (self->spinner);
  shequ_office_run_async (self->office, count_in_thread, data, look_free, (GDestroyNotify) shequ_figures_free,
                          self->cancellable, counted, reference);
}

static void
place_chosen (GtkNativeDialog *dialog, int response, GtkWidget *window)
{
  Statistics *self = get_statistics (window);
  g_autoptr (GFile) file =
    response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  g_autoptr (GError) error = NULL;

  g_object_unref (dialog);
  if (path == NULL || self->chart == NULL)
    return;
  if (shequ_statistics_chart_write (self->chart, path, &error))
    {
      g_autofree char *name = g_path_get_basename (path);
      g_autofree char *text = g_strdup_printf (_ ("“%s” is written"), name);

      gtk_label_set_text (self->finding, text);
    }
  else
    gtk_label_set_text (self->finding, error->message);
}

static void
save_clicked (Statistics *self)
{
  g_autofree char *name = g_strdup_printf ("%s.pdf", shequ_chart_get_title (self->chart));
  GtkFileChooserNative *dialog =
    gtk_file_chooser_native_new (_ ("Save as .pdf, .svg, .png, .xlsx or .csv"), GTK_WINDOW (self->window),
                                 GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), _ ("_Cancel"));

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (place_chosen), self->window, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static GtkWidget *
new_head (Statistics *self)
{
  GtkWidget *head = adw_header_bar_new ();
  GtkStringList *labels = gtk_string_list_new (NULL);

  for (guint i = 0; i < self->statistics->len; i++)
    gtk_string_list_append (labels,
                            ((const ShequStatistic *) g_ptr_array_index (self->statistics, i))->label);
  self->by = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (labels), NULL));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->by), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Counted by"),
                                  -1);
  self->save = gtk_button_new_with_mnemonic (_ ("_Save"));
  self->spinner = gtk_spinner_new ();
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), TRUE);
  g_signal_connect_swapped (self->by, "notify::selected", G_CALLBACK (look), self);
  g_signal_connect_swapped (self->save, "clicked", G_CALLBACK (save_clicked), self);
  adw_header_bar_pack_start (ADW_HEADER_BAR (head), GTK_WIDGET (self->by));
  adw_header_bar_pack_start (ADW_HEADER_BAR (head), self->spinner);
  adw_header_bar_pack_end (ADW_HEADER_BAR (head), self->save);
  return head;
}

static GtkWidget *
new_body (Statistics *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *stack = gtk_stack_new ();
  GtkWidget *switcher = gtk_stack_switcher_new ();

  self->view = shequ_chart_view_new ();
  self->table = shequ_chart_table_view_new ();
  self->finding = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->finding, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->finding), "heading");
  gtk_stack_add_titled (GTK_STACK (stack), GTK_WIDGET (self->view), "chart", _ ("Chart"));
  gtk_stack_add_titled (GTK_STACK (stack), GTK_WIDGET (self->table), "table", _ ("Table"));
  gtk_widget_set_vexpand (stack, TRUE);
  gtk_stack_switcher_set_stack (GTK_STACK_SWITCHER (switcher), GTK_STACK (stack));
  gtk_widget_set_halign (switcher, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_box_append (GTK_BOX (box), switcher);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->finding));
  gtk_box_append (GTK_BOX (box), stack);
  return box;
}

/**
 * shequ_statistics_window_present:
 * @parent: a widget of the window that asks
 * @office: whose records
 * @query: which of them
 *
 * Counts the records of a list, by age and sex, by group, or by any code, in a window of its own.
 */
void
shequ_statistics_window_present (GtkWidget *parent, ShequOffice *office, const ShequQuery *query)
{
  Statistics *self = g_new0 (Statistics, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->office = g_object_ref (office);
  self->query = shequ_query_copy (query);
  self->statistics = shequ_statistics_list (office, query->reg);
  self->cancellable = g_cancellable_new ();
  self->window = adw_window_new ();
  g_object_set_data_full (G_OBJECT (self->window), "statistics", self, statistics_free);
  gtk_box_append (GTK_BOX (box), new_head (self));
  gtk_box_append (GTK_BOX (box), new_body (self));
  gtk_window_set_transient_for (GTK_WINDOW (self->window), GTK_WINDOW (gtk_widget_get_root (parent)));
  gtk_window_set_title (GTK_WINDOW (self->window), _ ("Statistics"));
  gtk_window_set_default_size (GTK_WINDOW (self->window), 820, 680);
  adw_window_set_content (ADW_WINDOW (self->window), box);
  shequ_escape_closes (GTK_WINDOW (self->window));
  gtk_window_present (GTK_WINDOW (self->window));
  look (self);
}
