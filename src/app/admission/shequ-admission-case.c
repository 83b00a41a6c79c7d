#include "shequ-admission-case.h"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "shequ-admission-due.h"
#include "shequ-admission-findings.h"
#include "shequ-admission-rate.h"
#include "shequ-admission.h"
#include "shequ-feedback.h"
#include "shequ-reason-dialog.h"

/* What no record shows, and the person who acts vouches for. */
#define NEED_AGREEMENT "agreement"
#define STATE_SCORING "scoring"

struct _ShequAdmissionCaseView
{
  GtkWidget parent_instance;

  ShequOffice *office;
  const ShequRegister *reg;
  gint64 key;
  char *title; /* (nullable) until it is read */
  gboolean busy;
  GCancellable *cancellable; /* of the reading of the case */

  GtkWidget *box;
  GtkLabel *state;
  GtkWidget *due;
  GtkLabel *calendar_note;
  ShequRecordDetails *details;
  ShequAdmissionFindings *findings;
  GtkWidget *steps;
};

enum
{
  SIGNAL_LEFT,
  SIGNAL_EDIT,
  SIGNAL_DELETE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ShequAdmissionCaseView, shequ_admission_case_view, GTK_TYPE_WIDGET)

/* A step that a person was asked about. */
typedef struct
{
  ShequAdmissionCaseView *view;
  const ShequWorkflowAction *action; /* lives as long as the office */
  gint64 key;
  gboolean agreed;
  guint chosen; /* among the reasons of the action */
} Step;

static void
step_free (gpointer data)
{
  Step *step = data;

  g_object_unref (step->view);
  g_free (step);
}

static void load (ShequAdmissionCaseView *self);

static void
acted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Step *step = user_data;
  ShequAdmissionCaseView *self = step->view;
  g_autoptr (GPtrArray) issues = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;

  self->busy = FALSE;
  if (!shequ_admission_act_finish (SHEQU_OFFICE (source), result, &issues, &error))
    {
      message = g_strdup_printf (_ ("“%s” was not done."), step->action->title);
      shequ_feedback_show_error (GTK_WIDGET (self), message, error);
    }
  else
    {
      message = g_strdup_printf (_ ("Done: %s"), step->action->title);
      shequ_feedback_say (GTK_WIDGET (self), message);
    }
  if (self->box != NULL)
    load (self);
  step_free (step);
}

/* Reasons that have words are offered as a choice; those of a case that ends have. */
static char **
list_choices (ShequAdmissionCaseView *self, const ShequWorkflowAction *action)
{
  const ShequField *field = shequ_register_lookup (self->reg, "exit_reason");
  g_autoptr (GStrvBuilder) labels = g_strv_builder_new ();

  for (guint i = 0; action->reasons[i] != NULL; i++)
    {
      const ShequCode *code = shequ_code_list_lookup (field->codes, action->reasons[i]);

      if (code == NULL)
        return NULL;
      g_strv_builder_add (labels, code->label);
    }
  return action->reasons[0] != NULL ? g_strv_builder_end (labels) : NULL;
}

static const char *
get_reason_code (const Step *asked)
{
  g_auto (GStrv) choices = list_choices (asked->view, asked->action);

  return choices != NULL && asked->chosen < g_strv_length (choices) ? asked->action->reasons[asked->chosen]
                                                                    : NULL;
}

static void
reason_given (const char *reason, gpointer data)
{
  const Step *asked = data;
  static const char *const agreement[] = { NEED_AGREEMENT, NULL };
  ShequAdmissionStep wanted = { .application = asked->key,
                                .action = asked->action->id,
                                .reason = reason,
                                .reason_code = get_reason_code (asked),
                                .confirmed = asked->agreed ? agreement : NULL };
  Step *step;

  if (asked->view->busy)
    return;
  asked->view->busy = TRUE;
  step = g_new (Step, 1);
  *step = *asked;
  g_object_ref (step->view);
  gtk_widget_set_sensitive (step->view->steps, FALSE);
  shequ_admission_act_async (step->view->office, &wanted, NULL, acted, step);
}

static void
step_clicked (GtkButton *button, ShequAdmissionCaseView *self)
{
  const ShequWorkflowAction *action = g_object_get_data (G_OBJECT (button), "action");
  ShequWorkflow *workflow = shequ_office_get_admission_workflow (self->office, NULL);
  const ShequWorkflowState *to = workflow != NULL ? shequ_workflow_find_state (workflow, action->to) : NULL;
  g_autofree char *heading = g_strdup_printf (_ ("%s: “%s”?"), action->title, self->title);
  g_autofree char *body =
    to != NULL
      ? g_strdup_printf (_ ("It will be “%s”. The step and its reason stay in the record."), to->title)
      : NULL;
  ShequReasonAsk ask = { .heading = heading,
                         .body = body,
                         .accept = action->title,
                         .required = action->reason == SHEQU_REASON_REQUIRED,
                         .without_reason = action->reason == SHEQU_REASON_NONE };
  g_auto (GStrv) choices = list_choices (self, action);
  Step *step = g_new0 (Step, 1);

  step->view = g_object_ref (self);
  step->action = action;
  step->key = self->key;
  ask.choices = (const char *const *) choices;
  ask.chosen = &step->chosen;
  step->agreed = g_strv_contains ((const char *const *) action->needs, NEED_AGREEMENT);
  if (step->agreed)
    ask.confirm = _ ("The agreement on work, money and conditions is signed");
  shequ_reason_dialog_present (GTK_WIDGET (self), &ask, reason_given, step, step_free);
}

/* Why the workflow would not allow a step with whatever reason, or NULL. */
static char *
find_hindrance (ShequAdmissionCaseView *self,
                const ShequAdmissionCase *admission,
                const ShequWorkflowAction *action)
{
  ShequWorkflow *workflow = shequ_office_get_admission_workflow (self->office, NULL);
  g_autoptr (GStrvBuilder) unmet = g_strv_builder_new ();
  g_auto (GStrv) needs = NULL;
  g_autoptr (GError) error = NULL;

  if (workflow == NULL)
    return NULL;
  for (guint i = 0; admission->unmet[i] != NULL; i++)
    {
      if (g_strcmp0 (admission->unmet[i], NEED_AGREEMENT) != 0)
        g_strv_builder_add (unmet, admission->unmet[i]);
    }
  needs = g_strv_builder_end (unmet);
  if (shequ_workflow_check (workflow, shequ_row_get_text (admission->application, "state"), action->id,
                            action->actors[0], action->title, (const char *const *) needs, &error) != NULL)
    return NULL;
  return g_strdup (error->message);
}

static GtkWidget *
new_step (ShequAdmissionCaseView *self, const ShequWorkflowAction *action, const char *hindrance)
{
  GtkWidget *button = gtk_button_new_with_label (action->title);

  g_object_set_data (G_OBJECT (button), "action", (gpointer) action);
  gtk_widget_set_sensitive (button, hindrance == NULL);
  gtk_widget_set_tooltip_text (button, hindrance);
  g_signal_connect_object (button, "clicked", G_CALLBACK (step_clicked), self, 0);
  return button;
}

static GtkWidget *
new_hindrance (const char *text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (box, "dim-label");
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("dialog-information-symbolic"));
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

static void
clear_steps (ShequAdmissionCaseView *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->steps)) != NULL)
    gtk_box_remove (GTK_BOX (self->steps), child);
}

static void
rate (GtkButton *button, ShequAdmissionCaseView *self)
{
  shequ_admission_rate_present (GTK_WIDGET (self), self->office, self->key);
}

static GtkWidget *
new_rate (ShequAdmissionCaseView *self)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("Enter a _score"));

  g_signal_connect_object (button, "clicked", G_CALLBACK (rate), self, 0);
  return button;
}

/* The steps in the order of the workflow; why one is not open stands beside them, once. */
static void
show_steps (ShequAdmissionCaseView *self, const ShequAdmissionCase *admission)
{
  GtkWidget *buttons = gtk_flow_box_new ();
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  clear_steps (self);
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (buttons), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (buttons), 12);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (buttons), 6);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (buttons), 6);
  gtk_widget_set_halign (buttons, GTK_ALIGN_START);
  for (guint i = 0; i < admission->actions->len; i++)
    {
      const ShequWorkflowAction *action = admission->actions->pdata[i];
      g_autofree char *hindrance = find_hindrance (self, admission, action);

      /* Of stopping and starting the clock only what can be done is shown. */
      if (hindrance != NULL && action->halt != SHEQU_HALT_NONE)
        continue;
      gtk_flow_box_insert (GTK_FLOW_BOX (buttons), new_step (self, action, hindrance), -1);
      if (hindrance != NULL && g_hash_table_add (told, g_strdup (hindrance)))
        gtk_box_append (GTK_BOX (self->steps), new_hindrance (hindrance));
    }
  if (g_strcmp0 (shequ_row_get_text (admission->application, "state"), STATE_SCORING) == 0)
    gtk_flow_box_insert (GTK_FLOW_BOX (buttons), new_rate (self), 0);
  for (GtkWidget *child = gtk_widget_get_first_child (buttons); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_widget_set_focusable (child, FALSE);
  gtk_widget_set_hexpand (buttons, TRUE);
  gtk_widget_set_halign (buttons, GTK_ALIGN_FILL);
  gtk_box_prepend (GTK_BOX (self->steps), buttons);
  gtk_widget_set_sensitive (self->steps, TRUE);
  gtk_widget_set_visible (self->steps, admission->actions->len > 0);
}

/* Why there is no last day, or why it cannot be trusted. */
static char *
make_note (const ShequAdmissionCase *admission)
{
  if (admission->paused_on != NULL)
    return g_strdup_printf (_ ("The clock has been stopped since %s"), admission->paused_on);
  return g_strdup (admission->calendar_note);
}

static void
show_case (ShequAdmissionCaseView *self, const ShequAdmissionCase *admission)
{
  const ShequField *state = shequ_register_lookup (self->reg, "state");
  g_autofree char *state_text = shequ_row_format (admission->application, state, SHEQU_FORMAT_PLAIN);
  g_autofree char *note = make_note (admission);

  g_free (self->title);
  self->title = shequ_row_get_title (admission->application);
  gtk_label_set_text (self->state, state_text);
  shequ_admission_due_set (self->due, self->office, admission->due_on);
  gtk_label_set_text (self->calendar_note, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->calendar_note), note != NULL);
  shequ_admission_findings_set (self->findings, admission->findings);
  show_steps (self, admission);
}

static void
case_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequAdmissionCaseView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequAdmissionCase) admission =
    shequ_admission_load_case_finish (SHEQU_OFFICE (source), result, &error);

  if (self->box == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (admission == NULL)
    {
      shequ_admission_findings_set_error (self->findings, error->message);
      clear_steps (self);
    }
  else if (admission->application->key == self->key)
    show_case (self, admission);
}

static void
load (ShequAdmissionCaseView *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->key == 0)
    return;
  self->cancellable = g_cancellable_new ();
  shequ_admission_load_case_async (self->office, self->key, self->cancellable, case_read,
                                   g_object_ref (self));
}

static void
application_changed (ShequOffice *office, const char *reg, gint64 key, ShequAdmissionCaseView *self)
{
  if (!self->busy && self->key != 0 && (key == 0 || key == self->key))
    load (self);
}

static void
leave (ShequAdmissionCaseView *self)
{
  g_signal_emit (self, signals[SIGNAL_LEFT], 0);
}

static void
edit (ShequAdmissionCaseView *self)
{
  ShequRecord *record = shequ_record_details_get_record (self->details);

  if (record != NULL && shequ_record_get_row (record) != NULL)
    g_signal_emit (self, signals[SIGNAL_EDIT], 0, shequ_record_get_row (record));
}

static void
delete_asked (ShequAdmissionCaseView *self)
{
  g_signal_emit (self, signals[SIGNAL_DELETE], 0);
}

static gboolean
pressed_escape (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  leave (SHEQU_ADMISSION_CASE_VIEW (widget));
  return TRUE;
}

static gboolean
shequ_admission_case_view_grab_focus (GtkWidget *widget)
{
  ShequAdmissionCaseView *self = SHEQU_ADMISSION_CASE_VIEW (widget);

  return gtk_widget_child_focus (self->steps, GTK_DIR_TAB_FORWARD) ||
         gtk_widget_child_focus (GTK_WIDGET (self->details), GTK_DIR_TAB_FORWARD);
}

static void
shequ_admission_case_view_dispose (GObject *object)
{
  ShequAdmissionCaseView *self = SHEQU_ADMISSION_CASE_VIEW (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->title, g_free);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (shequ_admission_case_view_parent_class)->dispose (object);
}

static void
shequ_admission_case_view_class_init (ShequAdmissionCaseViewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = shequ_admission_case_view_dispose;
  widget_class->grab_focus = shequ_admission_case_view_grab_focus;
  signals[SIGNAL_LEFT] = g_signal_new ("left", SHEQU_TYPE_ADMISSION_CASE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_EDIT] = g_signal_new ("edit", SHEQU_TYPE_ADMISSION_CASE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_DELETE] = g_signal_new ("delete", SHEQU_TYPE_ADMISSION_CASE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, pressed_escape, NULL);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
shequ_admission_case_view_init (ShequAdmissionCaseView *self)
{
}

static GtkWidget *
new_head (ShequAdmissionCaseView *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *back = gtk_button_new_with_mnemonic (_ ("_Back"));

  gtk_widget_set_tooltip_text (back, _ ("Back to the applications (Esc)"));
  g_signal_connect_object (back, "clicked", G_CALLBACK (leave), self, G_CONNECT_SWAPPED);
  self->state = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->state), "heading");
  self->due = shequ_admission_due_new ();
  self->calendar_note = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->calendar_note, PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (GTK_WIDGET (self->calendar_note), "dim-label");
  gtk_box_append (GTK_BOX (head), back);
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->state));
  gtk_box_append (GTK_BOX (head), self->due);
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->calendar_note));
  gtk_widget_add_css_class (head, "toolbar");
  return head;
}

static GtkWidget *
new_middle (ShequAdmissionCaseView *self)
{
  GtkWidget *middle = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->details = shequ_record_details_new (self->office, self->reg);
  g_signal_connect_object (self->details, "edit", G_CALLBACK (edit), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->details, "delete", G_CALLBACK (delete_asked), self, G_CONNECT_SWAPPED);
  self->findings = SHEQU_ADMISSION_FINDINGS (shequ_admission_findings_new ());
  gtk_widget_set_hexpand (GTK_WIDGET (self->details), TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->findings), TRUE);
  gtk_widget_set_size_request (GTK_WIDGET (self->details), 360, -1);
  gtk_widget_set_size_request (GTK_WIDGET (self->findings), 340, -1);
  gtk_box_append (GTK_BOX (middle), GTK_WIDGET (self->details));
  gtk_box_append (GTK_BOX (middle), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  gtk_box_append (GTK_BOX (middle), GTK_WIDGET (self->findings));
  gtk_widget_set_vexpand (middle, TRUE);
  return middle;
}

/**
 * shequ_admission_case_view_new:
 * @office: whose applications
 *
 * Returns: (transfer floating): a view of no case yet
 */
GtkWidget *
shequ_admission_case_view_new (ShequOffice *office)
{
  ShequAdmissionCaseView *self = g_object_new (SHEQU_TYPE_ADMISSION_CASE_VIEW, NULL);

  self->office = g_object_ref (office);
  self->reg = shequ_office_get_register (office, "application");
  self->steps = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_margin_top (self->steps, 12);
  gtk_widget_set_margin_bottom (self->steps, 12);
  gtk_widget_set_margin_start (self->steps, 12);
  gtk_widget_set_margin_end (self->steps, 12);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self->box), new_head (self));
  gtk_box_append (GTK_BOX (self->box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (self->box), new_middle (self));
  gtk_box_append (GTK_BOX (self->box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (self->box), self->steps);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  g_signal_connect_object (office, "changed::application", G_CALLBACK (application_changed), self, 0);
  return GTK_WIDGET (self);
}

/**
 * shequ_admission_case_view_open:
 * @self: a view
 * @key: an application, or 0 for none
 *
 * Shows another case.
 */
void
shequ_admission_case_view_open (ShequAdmissionCaseView *self, gint64 key)
{
  g_autoptr (GPtrArray) nothing = g_ptr_array_new ();

  g_return_if_fail (SHEQU_IS_ADMISSION_CASE_VIEW (self));

  self->key = key;
  clear_steps (self);
  gtk_label_set_text (self->state, "");
  shequ_admission_due_set (self->due, self->office, NULL);
  shequ_admission_findings_set (self->findings, nothing);
  shequ_record_details_set_key (self->details, key);
  load (self);
}

/**
 * shequ_admission_case_view_get_details:
 * @self: a view
 *
 * Returns: (transfer none): the application itself
 */
ShequRecordDetails *
shequ_admission_case_view_get_details (ShequAdmissionCaseView *self)
{
  g_return_val_if_fail (SHEQU_IS_ADMISSION_CASE_VIEW (self), NULL);

  return self->details;
}
