#pragma once

#include <gtk/gtk.h>

#include "shequ-office.h"

G_BEGIN_DECLS

/* Takes a change back; called at most once. */
typedef void (*ShequUndo) (gpointer data);

/* Starts to take one record of what was done back; how it went, its finish function says. */
typedef void (*ShequTakeBack) (ShequOffice *office,
                               gint64 key,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
typedef gboolean (*ShequTakeBackFinish) (ShequOffice *office, GAsyncResult *result, GError **error);

#define SHEQU_TYPE_FEEDBACK (shequ_feedback_get_type ())
G_DECLARE_INTERFACE (ShequFeedback, shequ_feedback, SHEQU, FEEDBACK, GtkWidget)

/**
 * ShequFeedbackInterface:
 * @say: shows a short message that goes away by itself, with a way back when @undo is set; takes @data
 * @show_error: shows a message that stays until it is dismissed
 *
 * How widgets tell people what happened, without knowing the window around them.
 */
struct _ShequFeedbackInterface
{
  GTypeInterface parent_interface;

  void (
    *say) (ShequFeedback *self, const char *message, ShequUndo undo, gpointer data, GDestroyNotify free_data);
  void (*show_error) (ShequFeedback *self, const char *what, const GError *error);
};

void shequ_feedback_say (GtkWidget *widget, const char *message);
void shequ_feedback_offer_undo (GtkWidget *widget,
                                const char *message,
                                ShequUndo undo,
                                gpointer data,
                                GDestroyNotify free_data);
void shequ_feedback_offer_to_take_back (GtkWidget *widget,
                                        const char *message,
                                        ShequOffice *office,
                                        gint64 key,
                                        ShequTakeBack start,
                                        ShequTakeBackFinish finish,
                                        const char *failed);
void shequ_feedback_show_error (GtkWidget *widget, const char *what, const GError *error);

G_END_DECLS
