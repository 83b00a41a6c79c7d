#include "shequ-feedback.h"

#include "config.h"

G_DEFINE_INTERFACE (ShequFeedback, shequ_feedback, GTK_TYPE_WIDGET)

static void
shequ_feedback_default_init (ShequFeedbackInterface *iface)
{
}

/* The window around a widget; %NULL for one that stands alone, as in a test. */
static ShequFeedback *
find (GtkWidget *widget)
{
  return SHEQU_FEEDBACK (gtk_widget_get_ancestor (widget, SHEQU_TYPE_FEEDBACK));
}

/**
 * shequ_feedback_say:
 * @widget: who speaks
 * @message: one short sentence, translated
 *
 * Says what was done.
 */
void
shequ_feedback_say (GtkWidget *widget, const char *message)
{
  shequ_feedback_offer_undo (widget, message, NULL, NULL, NULL);
}

/**
 * shequ_feedback_offer_undo:
 * @widget: who speaks
 * @message: one short sentence, translated
 * @undo: (nullable) (scope async) (closure data): takes the change back
 * @data: for @undo
 * @free_data: (nullable): for @data
 *
 * Says what was done and offers to take it back.
 */
void
shequ_feedback_offer_undo (GtkWidget *widget,
                           const char *message,
                           ShequUndo undo,
                           gpointer data,
                           GDestroyNotify free_data)
{
  ShequFeedback *feedback = find (widget);

  if (feedback != NULL)
    SHEQU_FEEDBACK_GET_IFACE (feedback)->say (feedback, message, undo, data, free_data);
  else if (free_data != NULL)
    free_data (data);
}

/**
 * shequ_feedback_show_error:
 * @widget: who speaks
 * @what: what could not be done, translated
 * @error: why; cancelling is not told
 *
 * Says what went wrong.
 */
void
shequ_feedback_show_error (GtkWidget *widget, const char *what, const GError *error)
{
  ShequFeedback *feedback = find (widget);

  if (feedback != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    SHEQU_FEEDBACK_GET_IFACE (feedback)->show_error (feedback, what, error);
}
