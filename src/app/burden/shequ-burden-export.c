#include "shequ-burden-export.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-burden-file.h"
#include "shequ-feedback.h"

/* One export, from the question where to until the file is complete. */
typedef struct
{
  GtkWidget *widget;
  ShequOffice *office;
  char *from;
  char *to;
  char *format;
  char *path;
} Export;

static void
export_free (gpointer data)
{
  Export *export = data;

  g_object_unref (export->widget);
  g_object_unref (export->office);
  g_free (export->from);
  g_free (export->to);
  g_free (export->format);
  g_free (export->path);
  g_free (export);
}

/* Sums anew, so that what is written is what the database holds, and nothing is shared with the window. */
static gpointer
export_in_thread (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Export *export = data;
  g_autoptr (ShequBurden) burden =
    shequ_workload_summarise (office, export->from, export->to, cancellable, error);
  g_autoptr (ShequChart) chart = NULL;
  g_autofree char *today = shequ_office_get_today (office);
  ShequBurdenReport report = { burden, shequ_office_get_name (office), shequ_office_get_user (office),
                               today };

  if (burden == NULL)
    return NULL;
  chart = shequ_burden_chart_new (burden, NULL);
  if (!shequ_burden_report_write (&report, chart, export->path, export->format, error))
    return NULL;
  return g_path_get_basename (export->path);
}

static void
exported (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) widget = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = shequ_office_run_finish (SHEQU_OFFICE (source), result, &error);
  g_autofree char *message = NULL;

  if (name == NULL)
    {
      shequ_feedback_show_error (widget, _ ("The report was not written."), error);
      return;
    }
  message = g_strdup_printf (_ ("“%s” is written"), name);
  shequ_feedback_say (widget, message);
}

/* The name says the kind of file; what the person types has the last word. */
static void
take_path (Export *export, GFile *file)
{
  static const char *const formats[] = { "pdf", "svg", "png", "xlsx", "csv" };
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  const char *dot = path != NULL ? strrchr (path, '.') : NULL;

  for (gsize i = 0; dot != NULL && i < G_N_ELEMENTS (formats); i++)
    {
      if (g_ascii_strcasecmp (dot + 1, formats[i]) != 0)
        continue;
      g_free (export->format);
      export->format = g_strdup (formats[i]);
      export->path = g_steal_pointer (&path);
      return;
    }
  if (path != NULL)
    export->path = g_strdup_printf ("%s.%s", path, export->format);
}

static void
place_chosen (GtkNativeDialog *dialog, int response, Export *export)
{
  g_autoptr (GFile) file =
    response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;

  take_path (export, file);
  if (export->path != NULL)
    shequ_office_run_async (export->office, export_in_thread, export, export_free, g_free, NULL, exported,
                            g_object_ref (export->widget));
  else
    export_free (export);
  g_object_unref (dialog);
}

/**
 * shequ_burden_export_ask:
 * @widget: who asks; what came of it is told through #ShequFeedback
 * @office: whose hours they are
 * @from: the first day
 * @to: the last day
 * @format: `pdf`, `svg`, `png` or `xlsx`
 *
 * Asks for a place and writes the report, the chart or its table there, on a worker thread.
 */
void
shequ_burden_export_ask (GtkWidget *widget,
                         ShequOffice *office,
                         const char *from,
                         const char *to,
                         const char *format)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
    _ ("Write the burden report"), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
    GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), _ ("_Cancel"));
  Export *export = g_new0 (Export, 1);
  g_autofree char *period = strncmp (from, to, strlen ("2026-11")) == 0
                              ? g_strndup (from, strlen ("2026-11"))
                              : g_strdup_printf ("%.7s_%.7s", from, to);
  g_autofree char *name = g_strdup_printf ("%s-%s.%s", _ ("Burden report"), period, format);

  export->widget = g_object_ref (widget);
  export->office = g_object_ref (office);
  export->from = g_strdup (from);
  export->to = g_strdup (to);
  export->format = g_strdup (format);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (place_chosen), export);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}
