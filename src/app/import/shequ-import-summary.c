#include "shequ-import-preview.h"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <inttypes.h>

static GtkWidget *
new_tile (const char *name, guint64 count, const char *css)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *text = g_strdup_printf ("%'" PRIu64, count);
  g_autofree char *accessible = g_strdup_printf ("%s %s", name, text);
  GtkWidget *number = gtk_label_new (text);
  GtkWidget *label = gtk_label_new (name);

  gtk_widget_add_css_class (number, "title-2");
  gtk_widget_add_css_class (number, "numeric");
  if (css != NULL && count > 0)
    gtk_widget_add_css_class (number, css);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (GTK_BOX (box), number);
  gtk_box_append (GTK_BOX (box), label);
  gtk_widget_add_css_class (box, "card");
  gtk_widget_add_css_class (box, "tile");
  gtk_widget_set_hexpand (box, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL, accessible, -1);
  return box;
}

static GtkWidget *
new_tiles (const ShequImportResult *result)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_box_append (GTK_BOX (box), new_tile (_ ("Rows read"), result->read, NULL));
  gtk_box_append (GTK_BOX (box), new_tile (_ ("Added"), result->added, "success"));
  gtk_box_append (GTK_BOX (box), new_tile (_ ("Updated"), result->updated, NULL));
  gtk_box_append (GTK_BOX (box), new_tile (_ ("Unchanged"), result->unchanged, NULL));
  gtk_box_append (GTK_BOX (box), new_tile (_ ("Refused"), result->rejected, "error"));
  gtk_box_set_homogeneous (GTK_BOX (box), TRUE);
  return box;
}

/* What happened, what was kept, what to do: one paragraph. */
static char *
describe (const ShequImportResult *result, const ShequImportRun *run, const GError *error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_string_append_printf (text, "%s\n", error->message);
  if (run->dry_run)
    g_string_append (text, _ ("This was a trial: nothing was stored."));
  else if (error != NULL)
    g_string_append_printf (text,
                            _ ("%" PRIu64 " rows of the file were stored and are kept. Import the same file "
                               "again to go on behind them."),
                            result->added + result->updated);
  else if (result->rejected > 0)
    g_string_append (text, _ ("Correct the refused rows in their file and import it again: what is stored "
                              "already stays as it is."));
  if (result->resumed_at > 0)
    g_string_append_printf (
      text, _ ("\nAn earlier run of this file had come to row %" PRIu64 "; it was gone on behind it."),
      result->resumed_at);
  return g_strdup (g_strstrip (text->str));
}

static const char *
get_heading (const ShequImportRun *run, const GError *error)
{
  if (error == NULL)
    return run->dry_run ? _ ("The trial is done") : _ ("The import is done");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return _ ("The import was stopped");
  return _ ("The import failed");
}

static GtkWidget *
new_label (const char *text, const char *css)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_focusable (label, FALSE);
  if (css != NULL)
    gtk_widget_add_css_class (label, css);
  return label;
}

static void
open_folder (GtkButton *button, gpointer user_data)
{
  const char *path = g_object_get_data (G_OBJECT (button), "path");
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *uri = g_filename_to_uri (folder, NULL, NULL);

  if (uri != NULL)
    gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (button))), uri, GDK_CURRENT_TIME);
}

static GtkWidget *
new_rejects_row (const char *path)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("Open the _folder"));
  g_autofree char *shown = g_filename_display_name (path);
  g_autofree char *markup = g_markup_escape_text (shown, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Refused rows, with the reasons"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), markup);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  g_object_set_data_full (G_OBJECT (button), "path", g_strdup (path), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (open_folder), NULL);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return group;
}

static GtkWidget *
new_message_row (const ShequImportMessage *message)
{
  GtkWidget *row = adw_action_row_new ();
  gboolean refused = message->severity == SHEQU_ISSUE_ERROR;
  g_autofree char *place =
    message->row > 0 ? g_strdup_printf (_ ("Row %u"), message->row) : g_strdup (_ ("The file"));
  g_autofree char *title = g_strdup_printf ("%s · %s", place, refused ? _ ("refused") : _ ("look at it"));
  g_autofree char *markup = g_markup_escape_text (message->text, -1);
  GtkWidget *icon =
    gtk_image_new_from_icon_name (refused ? "dialog-error-symbolic" : "dialog-warning-symbolic");

  gtk_widget_add_css_class (icon, refused ? "error" : "warning");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), markup);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  return row;
}

static GtkWidget *
new_duplicates_row (guint n, gint64 after)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("Show the _pairs"));
  g_autofree char *title = g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "%u pair may be one person", "%u pairs may be one person", n), n);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row),
                               _ ("Nobody was merged. Those of this import are shown side by side."));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.show-duplicates");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", after);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return group;
}

static GtkWidget *
new_messages (const GPtrArray *messages)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("Reasons, row by row"));
  for (guint i = 0; i < messages->len; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                               new_message_row (g_ptr_array_index (messages, i)));
  return group;
}

/**
 * shequ_import_summary_new:
 * @job: a job that has run
 * @run: how
 * @error: (nullable): why it ended early
 *
 * Returns: (transfer floating): what came of it, in numbers and with the reasons of what was refused
 */
GtkWidget *
shequ_import_summary_new (ShequImportJob *job, const ShequImportRun *run, const GError *error)
{
  const ShequImportResult *result = shequ_import_job_get_result (job);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *clamp = adw_clamp_new ();
  g_autofree char *text = describe (result, run, error);

  gtk_box_append (GTK_BOX (box), new_label (get_heading (run, error), "title-1"));
  if (*text != '\0')
    gtk_box_append (GTK_BOX (box), new_label (text, NULL));
  gtk_box_append (GTK_BOX (box), new_tiles (result));
  if (shequ_import_job_get_rejects_path (job) != NULL)
    gtk_box_append (GTK_BOX (box), new_rejects_row (shequ_import_job_get_rejects_path (job)));
  if (shequ_import_job_get_n_duplicates (job) > 0)
    gtk_box_append (GTK_BOX (box), new_duplicates_row (shequ_import_job_get_n_duplicates (job),
                                                       shequ_import_job_get_last_key (job)));
  if (result->messages != NULL && result->messages->len > 0)
    gtk_box_append (GTK_BOX (box), new_messages (result->messages));
  gtk_widget_set_margin_top (box, 24);
  gtk_widget_set_margin_bottom (box, 24);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 760);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  return clamp;
}
