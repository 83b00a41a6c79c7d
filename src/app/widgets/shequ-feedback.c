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

typedef struct
{
  GtkWidget *widget;
  ShequOffice *office;
  gint64 key;
  ShequTakeBack start;
  ShequTakeBackFinish finish;
  const char *failed;
} TakeBack;

static void
take_back_free (gpointer data)
{
  TakeBack *taking = data;

  g_object_unref (taking->widget);
  g_object_unref (taking->office);
  g_free (taking);
}

static void
taken_back (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TakeBack *taking = user_data;
  g_autoptr (GError) error = NULL;

  if (!taking->finish (taking->office, result, &error))
    shequ_feedback_show_error (taking->widget, taking->failed, error);
  take_back_free (taking);
}

/* The offer may go before the answer comes. */
static void
take_back (gpointer data)
{
  const TakeBack *offered = data;
  TakeBack *taking = g_memdup2 (offered, sizeof *offered);

  g_object_ref (taking->widget);
  g_object_ref (taking->office);
  taking->start (taking->office, taking->key, taken_back, taking);
}

/**
 * shequ_feedback_offer_to_take_back:
 * @widget: who speaks
 * @message: one short sentence, translated
 * @office: where it was done
 * @key: the record of what was done
 * @start: starts to take it back
 * @finish: of @start
 * @failed: what is said when it could not be taken back, translated; a literal
 *
 * Says what was done and offers to take it back in the background.
 */
void
shequ_feedback_offer_to_take_back (GtkWidget *widget,
                                   const char *message,
                                   ShequOffice *office,
                                   gint64 key,
                                   ShequTakeBack start,
                                   ShequTakeBackFinish finish,
                                   const char *failed)
{
  TakeBack *offered = g_new0 (TakeBack, 1);

  offered->widget = g_object_ref (widget);
  offered->office = g_object_ref (office);
  offered->key = key;
  offered->start = start;
  offered->finish = finish;
  offered->failed = failed;
  shequ_feedback_offer_undo (widget, message, take_back, offered, take_back_free);
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
