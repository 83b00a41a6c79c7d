#include "shequ-blank-dialog.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-blank.h"
#include "shequ-feedback.h"

/* A blank spreadsheet on its way into a file. */
typedef struct
{
  GtkWidget *widget;
  ShequOffice *office;
  const ShequRegister *reg;
  char *path;
} Writing;

static void
writing_free (gpointer data)
{
  Writing *writing = data;

  g_object_unref (writing->widget);
  g_object_unref (writing->office);
  g_free (writing->path);
  g_free (writing);
}

static gpointer
write_in_thread (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Writing *writing = data;
  g_autofree char *today = shequ_office_get_today (office);
  g_autofree char *name = g_path_get_basename (writing->path);

  if (!shequ_blank_write (shequ_office_get_store (office), writing->reg, writing->path, today,
                          shequ_office_get_level (office) != SHEQU_LEVEL_COMMUNITY, cancellable, error))
    return NULL;
  return g_strdup_printf (_ ("“%s” is ready to be filled in. Import it when it comes back (Ctrl+I)."), name);
}

static void
written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) widget = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *message = shequ_office_run_finish (SHEQU_OFFICE (source), result, &error);

  if (message != NULL)
    shequ_feedback_say (widget, message);
  else
    shequ_feedback_show_error (widget, _ ("The blank spreadsheet was not written."), error);
}

static void
place_chosen (GtkNativeDialog *dialog, int response, Writing *writing)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

      writing->path = g_file_get_path (file);
    }
  if (writing->path != NULL)
    shequ_office_run_async (writing->office, write_in_thread, writing, writing_free, g_free, NULL, written,
                            g_object_ref (writing->widget));
  else
    writing_free (writing);
  g_object_unref (dialog);
}

/**
 * shequ_blank_dialog_ask:
 * @widget: who asks, which is told how it ended
 * @office: the office
 * @reg: a register
 *
 * Asks for a place and writes a blank spreadsheet of the register there.
 */
void
shequ_blank_dialog_ask (GtkWidget *widget, ShequOffice *office, const ShequRegister *reg)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
    _ ("Blank spreadsheet to fill in"), GTK_WINDOW (gtk_widget_get_root (widget)),
    GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), _ ("_Cancel"));
  g_autofree char *name = g_strdup_printf (_ ("%s (blank).xlsx"), reg->label);
  Writing *writing = g_new0 (Writing, 1);

  writing->widget = g_object_ref (widget);
  writing->office = g_object_ref (office);
  writing->reg = reg;
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (place_chosen), writing);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}
