#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Called when a person goes on: the reason, empty for none. */
typedef void (*ShequReasonGiven) (const char *reason, gpointer data);

/**
 * ShequReasonAsk:
 * @heading: the question
 * @body: (nullable): what follows from it
 * @accept: the label of the button that goes on, as `_Refuse`
 * @required: whether nothing is done without a reason
 * @without_reason: whether no reason is asked for at all
 * @destructive: whether it harms
 * @choices: (nullable) (array zero-terminated=1): usual reasons to choose from
 * @chosen: (nullable): gets which of them; lives as long as the data of the callback
 * @confirm: (nullable): what the person has to vouch for by a tick before
 *
 * What is asked before a step that cannot be taken back.
 */
typedef struct
{
  const char *heading;
  const char *body;
  const char *accept;
  gboolean required;
  gboolean without_reason;
  gboolean destructive;
  const char *const *choices;
  guint *chosen;
  const char *confirm;
} ShequReasonAsk;

GtkWidget *shequ_reason_dialog_present (GtkWidget *widget,
                                        const ShequReasonAsk *ask,
                                        ShequReasonGiven given,
                                        gpointer data,
                                        GDestroyNotify free_data);

G_END_DECLS
