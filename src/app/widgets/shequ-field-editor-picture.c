#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-feedback.h"
#include "shequ-field-editor-private.h"
#include "shequ-photo-view.h"
#include "shequ-photo.h"

#define HEIGHT 64

static void
show_chosen (ShequFieldEditor *self)
{
  GtkWidget *view = g_object_get_data (G_OBJECT (self->row), "view");
  gboolean empty = shequ_value_is_null (&self->chosen);
  gboolean shown = shequ_photo_view_set (view, empty ? NULL : self->chosen.text);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->row), empty   ? _ ("No picture")
                                                           : shown ? ""
                                                                   : _ ("The picture cannot be shown"));
  gtk_widget_set_visible (self->clear, !empty);
}

static void
cleared (ShequFieldEditor *self)
{
  shequ_value_clear (&self->chosen);
  show_chosen (self);
  shequ_field_editor_changed (self);
}

static void
file_chosen (GtkNativeDialog *dialog, int response, ShequFieldEditor *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      g_autofree char *path = g_file_get_path (file);
      g_autoptr (GError) error = NULL;
      char *text = path != NULL ? shequ_photo_read_file (path, &error) : NULL;

      if (text != NULL)
        {
          shequ_value_take_text (&self->chosen, text);
          show_chosen (self);
          shequ_field_editor_changed (self);
        }
      else
        shequ_feedback_show_error (self->row, _ ("The picture was not taken."), error);
    }
  g_object_unref (dialog);
}

static void
choose_clicked (ShequFieldEditor *self)
{
  GtkRoot *root = gtk_widget_get_root (self->row);
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
    _ ("Choose a picture"), GTK_WINDOW (root), GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Choose"), _ ("_Cancel"));
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _ ("Pictures"));
  gtk_file_filter_add_pixbuf_formats (filter);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (file_chosen), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static GtkWidget *
add_button (ShequFieldEditor *self, const char *icon, const char *hint, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, hint);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, hint, -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->row), button);
  return button;
}

GtkWidget *
shequ_editor_make_picture (ShequFieldEditor *self)
{
  GtkWidget *view = shequ_photo_view_new (self->field->label, HEIGHT);

  self->row = adw_action_row_new ();
  g_object_set_data (G_OBJECT (self->row), "view", view);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->row), view);
  self->input =
    add_button (self, "document-open-symbolic", _ ("Choose a picture"), G_CALLBACK (choose_clicked));
  self->clear = add_button (self, "edit-clear-symbolic", _ ("Take the picture away"), G_CALLBACK (cleared));
  show_chosen (self);
  return self->row;
}

void
shequ_editor_show_picture (ShequFieldEditor *self, const ShequValue *value, const char *link_title)
{
  shequ_value_clear (&self->chosen);
  if (value->type == SHEQU_VALUE_TEXT)
    shequ_value_set_text (&self->chosen, value->text);
  show_chosen (self);
}

gboolean
shequ_editor_read_picture (ShequFieldEditor *self, ShequValue *value, GPtrArray *issues)
{
  shequ_value_clear (value);
  if (self->chosen.type == SHEQU_VALUE_TEXT)
    shequ_value_set_text (value, self->chosen.text);
  return TRUE;
}
