/* The second person decides about an export. */
#include "shequ-export-buttons.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-exports.h"
#include "shequ-feedback.h"
#include "shequ-reason-dialog.h"

/* A decision on its way. */
typedef struct
{
  ShequRecordDetails *details;
  ShequOffice *office;
  gint64 record;
  char *refusal; /* (nullable) */
} Decision;

static void
decision_free (gpointer data)
{
  Decision *decision = data;

  g_object_unref (decision->details);
  g_object_unref (decision->office);
  g_free (decision->refusal);
  g_free (decision);
}

static Decision *
new_decision (GtkWidget *button, ShequRecordDetails *details)
{
  ShequRecord *record = shequ_record_details_get_record (details);
  Decision *decision = g_new0 (Decision, 1);

  decision->details = g_object_ref (details);
  decision->office = g_object_ref (g_object_get_data (G_OBJECT (button), "office"));
  decision->record = record != NULL ? shequ_record_get_key (record) : 0;
  return decision;
}

static gpointer
decide_in_thread (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Decision *decision = data;

  return shequ_export_decide (office, decision->record, decision->refusal, cancellable, error)
           ? GINT_TO_POINTER (1)
           : NULL;
}

static void
decided (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Decision *decision = user_data;
  g_autoptr (GError) error = NULL;

  if (shequ_office_run_finish (SHEQU_OFFICE (source), result, &error) == NULL)
    shequ_feedback_show_error (GTK_WIDGET (decision->details), _ ("Nothing was decided."), error);
  else
    shequ_feedback_say (GTK_WIDGET (decision->details),
                        decision->refusal == NULL
                          ? _ ("Approved: who asked can export the list within seven days, once.")
                          : _ ("Refused; who asked finds the reason in the record."));
  decision_free (decision);
}

static void
decide (Decision *decision)
{
  shequ_office_run_async (decision->office, decide_in_thread, decision, NULL, NULL, NULL, decided, decision);
}

static void
approve (GtkWidget *button, ShequRecordDetails *details)
{
  decide (new_decision (button, details));
}

static void
reason_given (const char *reason, gpointer data)
{
  Decision *asked = data;
  Decision *decision = g_new0 (Decision, 1);

  decision->details = g_object_ref (asked->details);
  decision->office = g_object_ref (asked->office);
  decision->record = asked->record;
  decision->refusal = g_strdup (reason);
  decide (decision);
}

static void
refuse (GtkWidget *button, ShequRecordDetails *details)
{
  ShequReasonAsk ask = { .heading = _ ("Refuse the export?"),
                         .body = _ ("Who asked finds the reason in the record."),
                         .accept = _ ("_Refuse"),
                         .required = TRUE,
                         .destructive = TRUE };

  shequ_reason_dialog_present (button, &ask, reason_given, new_decision (button, details), decision_free);
}

/* Who asked does not decide. */
static void
record_shown (ShequRecordDetails *details, ShequRecord *record, GtkWidget *button)
{
  const ShequRow *row = record != NULL ? shequ_record_get_row (record) : NULL;
  ShequOffice *office = g_object_get_data (G_OBJECT (button), "office");

  gtk_widget_set_visible (
    button, row != NULL && g_strcmp0 (shequ_row_get_text (row, "state"), "asked") == 0 &&
              g_strcmp0 (shequ_row_get_text (row, "asked_by"), shequ_office_get_user (office)) != 0);
}

static void
add_button (ShequRecordDetails *details, ShequOffice *office, const char *label, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  g_object_set_data_full (G_OBJECT (button), "office", g_object_ref (office), g_object_unref);
  g_signal_connect_object (button, "clicked", clicked, details, 0);
  g_signal_connect_object (details, "row-shown", G_CALLBACK (record_shown), button, 0);
  gtk_widget_hide (button);
  shequ_record_details_add_button (details, button);
}

/**
 * shequ_export_buttons_add:
 * @details: where an export is read
 * @office: the office
 *
 * Adds the buttons by which a second person approves or refuses an export that waits.
 */
void
shequ_export_buttons_add (ShequRecordDetails *details, ShequOffice *office)
{
  add_button (details, office, _ ("_Approve"), G_CALLBACK (approve));
  add_button (details, office, _ ("_Refuse…"), G_CALLBACK (refuse));
}
