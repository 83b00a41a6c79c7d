/* What can be done with a hearing besides reading it: drawing lots, writing its papers. */
#include "shequ-admission-buttons.h"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "shequ-admission-papers.h"
#include "shequ-feedback.h"
#include "shequ-hearings.h"

#define DRAW "draw"
#define MOST_DELEGATES 200
#define USUAL_DELEGATES 9

static ShequOffice *
get_office (GtkWidget *button)
{
  return g_object_get_data (G_OBJECT (button), "office");
}

static const ShequRow *
get_row (ShequRecordDetails *details)
{
  ShequRecord *record = shequ_record_details_get_record (details);

  return record != NULL ? shequ_record_get_row (record) : NULL;
}

static void
was_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequRecordDetails) details = user_data;
  g_autoptr (GError) error = NULL;
  gint64 key = shequ_admission_write_paper_finish (SHEQU_OFFICE (source), result, &error);

  if (key != 0)
    gtk_widget_activate_action (GTK_WIDGET (details), "win.open-record", "(sx)", "admission_paper", key);
  else
    shequ_feedback_show_error (GTK_WIDGET (details), _ ("The paper was not written."), error);
}

static void
write_paper (GtkWidget *button, ShequRecordDetails *details)
{
  const ShequRow *row = get_row (details);

  if (row != NULL)
    shequ_admission_write_paper_async (get_office (button), shequ_row_get_integer (row, "application"),
                                       g_object_get_data (G_OBJECT (button), "kind"), NULL, was_written,
                                       g_object_ref (details));
}

/* A lot that a person was asked about. */
typedef struct
{
  ShequRecordDetails *details;
  ShequOffice *office;
  gint64 hearing;
  GtkSpinButton *count;
  GtkEditable *seed;
} Draw;

static void
draw_free (gpointer data, GClosure *closure)
{
  Draw *draw = data;

  g_object_unref (draw->details);
  g_object_unref (draw->office);
  g_free (draw);
}

static void
was_drawn (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequRecordDetails) details = user_data;
  g_autoptr (GError) error = NULL;

  if (shequ_hearing_draw_finish (SHEQU_OFFICE (source), result, &error))
    shequ_feedback_say (GTK_WIDGET (details), _ ("The delegates are drawn; the seed stands in the record."));
  else
    shequ_feedback_show_error (GTK_WIDGET (details), _ ("No lot was drawn."), error);
}

static void
draw_answered (AdwMessageDialog *dialog, const char *response, Draw *draw)
{
  ShequHearingDraw wanted = { .hearing = draw->hearing,
                              .count = gtk_spin_button_get_value_as_int (draw->count),
                              .seed = gtk_editable_get_text (draw->seed) };

  if (g_str_equal (response, DRAW))
    shequ_hearing_draw_async (draw->office, &wanted, NULL, was_drawn, g_object_ref (draw->details));
}

static void
label_widget (GtkWidget *widget, const char *label)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
ask_draw (GtkWidget *button, ShequRecordDetails *details)
{
  const ShequRow *row = get_row (details);
  GtkRoot *root = gtk_widget_get_root (button);
  GtkWidget *dialog, *count, *seed, *box;
  Draw *draw;

  if (row == NULL)
    return;
  dialog = adw_message_dialog_new (
    GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, _ ("Draw delegates by lot?"),
    _ ("They are drawn from the list of names. With the seed anybody can draw again and finds the same. Take "
       "one that "
       "nobody could choose, as a public number of that day; left empty, one is made."));
  count = gtk_spin_button_new_with_range (1, MOST_DELEGATES, 1);
  seed = gtk_entry_new ();
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (count), USUAL_DELEGATES);
  label_widget (count, _ ("Number of delegates"));
  label_widget (seed, _ ("Seed"));
  gtk_entry_set_placeholder_text (GTK_ENTRY (seed), _ ("Seed"));
  gtk_entry_set_activates_default (GTK_ENTRY (seed), TRUE);
  gtk_box_append (GTK_BOX (box), count);
  gtk_box_append (GTK_BOX (box), seed);
  draw = g_new0 (Draw, 1);
  draw->details = g_object_ref (details);
  draw->office = g_object_ref (get_office (button));
  draw->hearing = row->key;
  draw->count = GTK_SPIN_BUTTON (count);
  draw->seed = GTK_EDITABLE (seed);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), box);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), DRAW, _ ("_Draw"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), DRAW, ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), DRAW);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (draw_answered), draw, draw_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* A lot is drawn once. */
static void
hearing_shown (ShequRecordDetails *details, ShequRecord *record, GtkWidget *button)
{
  const ShequRow *row = record != NULL ? shequ_record_get_row (record) : NULL;

  gtk_widget_set_visible (button, row != NULL && shequ_row_get_text (row, "seed") == NULL);
}

static GtkWidget *
add_button (ShequRecordDetails *details, ShequOffice *office, const char *label, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  g_object_set_data_full (G_OBJECT (button), "office", g_object_ref (office), g_object_unref);
  g_signal_connect_object (button, "clicked", clicked, details, 0);
  shequ_record_details_add_button (details, button);
  return button;
}

/**
 * shequ_admission_buttons_add:
 * @details: where a record is read
 * @office: the office
 * @reg: its register
 *
 * Adds to a hearing the buttons that draw delegates and write its papers; to others nothing.
 */
void
shequ_admission_buttons_add (ShequRecordDetails *details, ShequOffice *office, const ShequRegister *reg)
{
  GtkWidget *button;

  if (!g_str_equal (reg->name, "hearing"))
    return;
  button = add_button (details, office, _ ("Draw _lots"), G_CALLBACK (ask_draw));
  g_signal_connect_object (details, "row-shown", G_CALLBACK (hearing_shown), button, 0);
  button = add_button (details, office, _ ("Write the _record"), G_CALLBACK (write_paper));
  g_object_set_data (G_OBJECT (button), "kind", (gpointer) "hearing_record");
  button = add_button (details, office, _ ("Write the _summary"), G_CALLBACK (write_paper));
  g_object_set_data (G_OBJECT (button), "kind", (gpointer) "hearing_summary");
}
