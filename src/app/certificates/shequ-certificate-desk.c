#include "shequ-certificate-desk.h"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "shequ-certificate-page.h"
#include "shequ-certificates.h"
#include "shequ-document-save.h"
#include "shequ-document-view.h"
#include "shequ-feedback.h"
#include "shequ-field-editor.h"
#include "shequ-print-operation.h"
#include "shequ-record.h"

#define PREVIEW_DELAY 150
/* Stands on the preview where nothing is written yet. */
#define BLANK "____"

/* The fields of the register that are asked for, in this order. */
enum
{
  RESIDENT,
  PURPOSE,
  RECEIVER,
  METHOD,
  VERIFIED_BY,
  COPIES,
  N_EDITORS,
};

static const char *const field_names[N_EDITORS] = { "resident",      "purpose",     "receiver",
                                                    "verify_method", "verified_by", "copies" };

struct _ShequCertificateDesk
{
  GtkWidget parent_instance;

  ShequOffice *office;
  char *kind;
  ShequRecord *resident; /* (nullable): being read for its name */
  gint64 issued;         /* the key of what was issued, or 0 */
  char *number;          /* (nullable): of what was issued */
  gboolean busy;
  gboolean changed;
  gboolean showing; /* fields are being filled by the program */
  guint preview_id;
  GCancellable *cancellable; /* of the running preview */

  ShequFieldEditor *editors[N_EDITORS];
  GtkEditable *since;
  GtkSwitch *whole_number;
  GtkWidget *box;
  GtkLabel *title;
  GtkWidget *form;
  GtkWidget *issue_button;
  GtkWidget *print_button;
  GtkWidget *save_button;
  GtkWidget *again_button;
  GtkWidget *problem_box;
  GtkLabel *problem;
  GtkStack *stack;
  AdwStatusPage *nothing;
  ShequDocumentView *preview;
};

enum
{
  SIGNAL_LEFT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ShequCertificateDesk, shequ_certificate_desk, GTK_TYPE_WIDGET)

static void
set_problem (ShequCertificateDesk *self, const char *message)
{
  gtk_label_set_text (self->problem, message != NULL ? message : "");
  gtk_widget_set_visible (self->problem_box, message != NULL);
}

static void
update_buttons (ShequCertificateDesk *self)
{
  gboolean issued = self->issued != 0;

  gtk_widget_set_visible (self->issue_button, !issued);
  gtk_widget_set_visible (self->print_button, issued);
  gtk_widget_set_visible (self->save_button, issued);
  gtk_widget_set_visible (self->again_button, issued);
  gtk_widget_set_sensitive (self->issue_button, !self->busy);
  gtk_widget_set_sensitive (self->form, !issued && !self->busy);
}

static char *
read_text (ShequCertificateDesk *self, guint editor)
{
  g_autoptr (GPtrArray) issues = shequ_issues_new ();
  g_auto (ShequValue) value = SHEQU_VALUE_INIT;

  shequ_field_editor_get_value (self->editors[editor], &value, issues);
  return shequ_value_is_null (&value) || value.type != SHEQU_VALUE_TEXT ? NULL : g_strdup (value.text);
}

static gint64
read_integer (ShequCertificateDesk *self, guint editor)
{
  g_autoptr (GPtrArray) issues = shequ_issues_new ();
  g_auto (ShequValue) value = SHEQU_VALUE_INIT;

  shequ_field_editor_get_value (self->editors[editor], &value, issues);
  return shequ_value_is_null (&value) || value.type != SHEQU_VALUE_INTEGER ? 0 : value.integer;
}

static ShequCertificateRequest *
read_request (ShequCertificateDesk *self)
{
  ShequCertificateRequest *request =
    shequ_certificate_request_new (self->kind, read_integer (self, RESIDENT));

  request->purpose = read_text (self, PURPOSE);
  request->receiver = read_text (self, RECEIVER);
  request->verify_method = read_text (self, METHOD);
  request->verified_by = read_text (self, VERIFIED_BY);
  request->copies = read_integer (self, COPIES);
  request->since = g_strstrip (g_strdup (gtk_editable_get_text (self->since)));
  request->whole_number = gtk_switch_get_active (self->whole_number);
  return request;
}

static gboolean
show_paper (ShequCertificateDesk *self, const ShequCertificatePaper *paper, GError **error)
{
  g_autoptr (ShequDocument) document = shequ_certificate_document_new (paper, error);

  if (document == NULL)
    return FALSE;
  shequ_document_view_set_document (self->preview, document);
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->preview));
  return TRUE;
}

static void
previewed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequCertificateDesk) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequCertificatePaper) paper =
    shequ_certificate_paper_finish (SHEQU_OFFICE (source), result, &error);

  if (self->box == NULL || self->issued != 0 || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (paper != NULL && show_paper (self, paper, &error))
    {
      set_problem (self, NULL);
      return;
    }
  set_problem (self, error->message);
}

static void
stop_preview (ShequCertificateDesk *self)
{
  g_clear_handle_id (&self->preview_id, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
fill_blank (char **text)
{
  if (*text == NULL || **text == '\0')
    {
      g_free (*text);
      *text = g_strdup (BLANK);
    }
}

static gboolean
preview_now (gpointer data)
{
  ShequCertificateDesk *self = data;
  g_autoptr (ShequCertificateRequest) request = NULL;

  self->preview_id = 0;
  if (self->issued != 0 || self->busy)
    return G_SOURCE_REMOVE;
  request = read_request (self);
  if (request->resident == 0)
    {
      set_problem (self, NULL);
      gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->nothing));
      return G_SOURCE_REMOVE;
    }
  fill_blank (&request->purpose);
  fill_blank (&request->receiver);
  self->cancellable = g_cancellable_new ();
  shequ_certificate_preview_async (self->office, request, self->cancellable, previewed, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
preview_soon (ShequCertificateDesk *self)
{
  stop_preview (self);
  self->preview_id = g_timeout_add (PREVIEW_DELAY, preview_now, self);
}

static void
changed (ShequCertificateDesk *self)
{
  if (self->showing)
    return;
  self->changed = TRUE;
  preview_soon (self);
}

/* The buttons that have just come have their places by now: a print dialog over a window that is not laid out
 * yet was once painted before that. */
static gboolean
print_issued (gpointer user_data)
{
  ShequCertificateDesk *self = user_data;

  if (self->box != NULL && self->issued != 0)
    shequ_certificate_desk_print (self);
  return G_SOURCE_REMOVE;
}

static void
issued_paper_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequCertificateDesk) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequCertificatePaper) paper =
    shequ_certificate_paper_finish (SHEQU_OFFICE (source), result, &error);
  g_autofree char *message = NULL;

  if (self->box == NULL)
    return;
  if (paper == NULL || !show_paper (self, paper, &error))
    {
      shequ_feedback_show_error (GTK_WIDGET (self),
                                 _ ("The certificate is issued, but its page could not be made."), error);
      return;
    }
  g_free (self->number);
  self->number = g_strdup (paper->number);
  message = g_strdup_printf (_ ("%s is issued"), paper->number);
  gtk_label_set_text (self->title, message);
  shequ_feedback_say (GTK_WIDGET (self), message);
  gtk_widget_grab_focus (self->print_button);
  g_idle_add_full (G_PRIORITY_LOW, print_issued, g_object_ref (self), g_object_unref);
}

/* Where something is missing the person goes on. */
static void
focus_missing (ShequCertificateDesk *self)
{
  static const guint asked[] = { PURPOSE, RECEIVER };

  for (gsize i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      g_autofree char *text = read_text (self, asked[i]);

      if (text == NULL)
        {
          gtk_widget_grab_focus (shequ_field_editor_get_row (self->editors[asked[i]]));
          return;
        }
    }
  gtk_widget_grab_focus (shequ_field_editor_get_row (self->editors[RESIDENT]));
}

static void
issued (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequCertificateDesk) self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 key = shequ_certificate_issue_finish (SHEQU_OFFICE (source), result, &error);

  if (self->box == NULL)
    return;
  self->busy = FALSE;
  self->issued = key;
  update_buttons (self);
  if (key == 0)
    {
      set_problem (self, error->message);
      focus_missing (self);
      return;
    }
  self->changed = FALSE;
  set_problem (self, NULL);
  shequ_certificate_load_paper_async (self->office, key, NULL, issued_paper_read, g_object_ref (self));
}

static void
issue (ShequCertificateDesk *self)
{
  g_autoptr (ShequCertificateRequest) request = NULL;

  if (self->busy || self->issued != 0)
    return;
  stop_preview (self);
  request = read_request (self);
  if (request->resident == 0)
    {
      set_problem (self, _ ("Choose the resident first."));
      gtk_widget_grab_focus (shequ_field_editor_get_row (self->editors[RESIDENT]));
      return;
    }
  self->busy = TRUE;
  update_buttons (self);
  shequ_certificate_issue_async (self->office, request, NULL, issued, g_object_ref (self));
}

static void
save_clicked (ShequCertificateDesk *self)
{
  ShequDocument *document = shequ_document_view_get_document (self->preview);

  if (document != NULL)
    shequ_document_save_ask (GTK_WIDGET (self), document, self->number);
}

static void
again_clicked (ShequCertificateDesk *self)
{
  g_autofree char *kind = g_strdup (self->kind);

  shequ_certificate_desk_start (self, kind, 0);
}

static void
leave (ShequCertificateDesk *self)
{
  stop_preview (self);
  g_signal_emit (self, signals[SIGNAL_LEFT], 0);
}

static gboolean
pressed_escape (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  leave (SHEQU_CERTIFICATE_DESK (widget));
  return TRUE;
}

static gboolean
shequ_certificate_desk_grab_focus (GtkWidget *widget)
{
  ShequCertificateDesk *self = SHEQU_CERTIFICATE_DESK (widget);
  guint first = read_integer (self, RESIDENT) != 0 ? PURPOSE : RESIDENT;

  return gtk_widget_grab_focus (shequ_field_editor_get_row (self->editors[first]));
}

static void
shequ_certificate_desk_dispose (GObject *object)
{
  ShequCertificateDesk *self = SHEQU_CERTIFICATE_DESK (object);

  stop_preview (self);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  for (guint i = 0; i < N_EDITORS; i++)
    g_clear_object (&self->editors[i]);
  g_clear_object (&self->resident);
  g_clear_object (&self->office);
  g_clear_pointer (&self->kind, g_free);
  g_clear_pointer (&self->number, g_free);
  G_OBJECT_CLASS (shequ_certificate_desk_parent_class)->dispose (object);
}

static void
shequ_certificate_desk_class_init (ShequCertificateDeskClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = shequ_certificate_desk_dispose;
  widget_class->grab_focus = shequ_certificate_desk_grab_focus;
  signals[SIGNAL_LEFT] = g_signal_new ("left", SHEQU_TYPE_CERTIFICATE_DESK, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                       NULL, G_TYPE_NONE, 0);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, pressed_escape, NULL);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
shequ_certificate_desk_init (ShequCertificateDesk *self)
{
}

static GtkWidget *
new_button (ShequCertificateDesk *self, const char *label, const char *hint, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_tooltip_text (button, hint);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
new_head (ShequCertificateDesk *self)
{
  GtkWidget *head = gtk_center_box_new ();
  GtkWidget *acts = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *title = gtk_label_new (NULL);

  self->title = GTK_LABEL (title);
  gtk_label_set_ellipsize (self->title, PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (title, "heading");
  self->again_button =
    new_button (self, _ ("Issue _another"), _ ("Start the next certificate"), G_CALLBACK (again_clicked));
  self->save_button =
    new_button (self, _ ("Save as _PDF"), _ ("Save the page as a PDF"), G_CALLBACK (save_clicked));
  self->print_button =
    new_button (self, _ ("P_rint"), _ ("Print (Ctrl+P)"), G_CALLBACK (shequ_certificate_desk_print));
  self->issue_button =
    new_button (self, _ ("_Issue and print"), _ ("Give the certificate its number and print it (Ctrl+P)"),
                G_CALLBACK (issue));
  gtk_widget_add_css_class (self->issue_button, "suggested-action");
  gtk_box_append (GTK_BOX (acts), self->again_button);
  gtk_box_append (GTK_BOX (acts), self->save_button);
  gtk_box_append (GTK_BOX (acts), self->print_button);
  gtk_box_append (GTK_BOX (acts), self->issue_button);
  gtk_center_box_set_start_widget (
    GTK_CENTER_BOX (head),
    new_button (self, _ ("_Back"), _ ("Back to the certificates (Esc)"), G_CALLBACK (leave)));
  gtk_center_box_set_center_widget (GTK_CENTER_BOX (head), title);
  gtk_center_box_set_end_widget (GTK_CENTER_BOX (head), acts);
  gtk_widget_add_css_class (head, "toolbar");
  return head;
}

static GtkWidget *
new_problem_box (ShequCertificateDesk *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  self->problem = GTK_LABEL (label);
  gtk_label_set_wrap (self->problem, TRUE);
  gtk_label_set_xalign (self->problem, 0);
  self->problem_box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_box_append (GTK_BOX (self->problem_box), gtk_image_new_from_icon_name ("dialog-warning-symbolic"));
  gtk_box_append (GTK_BOX (self->problem_box), label);
  gtk_widget_add_css_class (self->problem_box, "error");
  return self->problem_box;
}

static void
add_editor (ShequCertificateDesk *self, GtkWidget *group, guint editor)
{
  const ShequRegister *reg = shequ_office_get_register (self->office, "certificate");

  self->editors[editor] =
    shequ_field_editor_new (self->office, shequ_register_lookup (reg, field_names[editor]));
  g_signal_connect_object (self->editors[editor], "changed", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                             shequ_field_editor_get_row (self->editors[editor]));
}

static void
add_since (ShequCertificateDesk *self, GtkWidget *group)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Lives here since (if known)"));
  self->since = GTK_EDITABLE (row);
  g_signal_connect_object (row, "changed", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

static void
add_whole_number (ShequCertificateDesk *self, GtkWidget *group)
{
  GtkWidget *row = adw_action_row_new ();

  self->whole_number = GTK_SWITCH (gtk_switch_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->whole_number), GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->whole_number), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Identity number in full"), -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Identity number in full"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ ("Only when the receiver needs it"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), GTK_WIDGET (self->whole_number));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), GTK_WIDGET (self->whole_number));
  g_signal_connect_object (self->whole_number, "notify::active", G_CALLBACK (changed), self,
                           G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

static GtkWidget *
new_form (ShequCertificateDesk *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *whom = adw_preferences_group_new (), *checked = adw_preferences_group_new ();

  add_editor (self, whom, RESIDENT);
  add_editor (self, whom, PURPOSE);
  add_editor (self, whom, RECEIVER);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (checked), _ ("Facts and check"));
  add_since (self, checked);
  add_editor (self, checked, METHOD);
  add_editor (self, checked, VERIFIED_BY);
  add_whole_number (self, checked);
  add_editor (self, checked, COPIES);

  self->form = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  gtk_box_append (GTK_BOX (self->form), whom);
  gtk_box_append (GTK_BOX (self->form), checked);
  gtk_widget_set_margin_top (self->form, 12);
  gtk_widget_set_margin_bottom (self->form, 18);
  gtk_widget_set_margin_start (self->form, 12);
  gtk_widget_set_margin_end (self->form, 12);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->form);
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}

static GtkWidget *
new_preview (ShequCertificateDesk *self)
{
  self->nothing = ADW_STATUS_PAGE (adw_status_page_new ());
  adw_status_page_set_icon_name (self->nothing, "x-office-document-symbolic");
  adw_status_page_set_title (self->nothing, _ ("The page appears here"));
  adw_status_page_set_description (self->nothing, _ ("Choose the resident, then say what it is for."));
  gtk_widget_add_css_class (GTK_WIDGET (self->nothing), "compact");
  self->preview = SHEQU_DOCUMENT_VIEW (shequ_document_view_new ());
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_child (self->stack, GTK_WIDGET (self->nothing));
  gtk_stack_add_child (self->stack, GTK_WIDGET (self->preview));
  gtk_widget_set_hexpand (GTK_WIDGET (self->stack), TRUE);
  return GTK_WIDGET (self->stack);
}

static void
build (ShequCertificateDesk *self)
{
  GtkWidget *side = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *middle = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_set_size_request (side, 380, -1);
  gtk_widget_set_hexpand (side, FALSE);
  gtk_box_append (GTK_BOX (side), new_problem_box (self));
  gtk_widget_set_margin_top (self->problem_box, 12);
  gtk_widget_set_margin_start (self->problem_box, 12);
  gtk_widget_set_margin_end (self->problem_box, 12);
  gtk_box_append (GTK_BOX (side), new_form (self));
  gtk_box_append (GTK_BOX (middle), side);
  gtk_box_append (GTK_BOX (middle), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  gtk_box_append (GTK_BOX (middle), new_preview (self));
  gtk_widget_set_vexpand (middle, TRUE);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self->box), new_head (self));
  gtk_box_append (GTK_BOX (self->box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (self->box), middle);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
shequ_certificate_desk_new (ShequOffice *office)
{
  ShequCertificateDesk *self = g_object_new (SHEQU_TYPE_CERTIFICATE_DESK, NULL);

  self->office = g_object_ref (office);
  build (self);
  return GTK_WIDGET (self);
}

static void
show_resident (ShequCertificateDesk *self)
{
  g_auto (ShequValue) value = SHEQU_VALUE_INIT;
  g_autofree char *title = NULL;

  if (self->resident == NULL || shequ_record_get_row (self->resident) == NULL)
    return;
  title = shequ_record_get_title (self->resident);
  shequ_value_set_integer (&value, shequ_record_get_key (self->resident));
  self->showing = TRUE;
  shequ_field_editor_set_value (self->editors[RESIDENT], &value, title);
  self->showing = FALSE;
  g_signal_handlers_disconnect_by_func (self->resident, show_resident, self);
  g_clear_object (&self->resident);
}

static void
clear_fields (ShequCertificateDesk *self)
{
  g_auto (ShequValue) nothing = SHEQU_VALUE_INIT;
  g_auto (ShequValue) value = SHEQU_VALUE_INIT;

  for (guint i = 0; i < N_EDITORS; i++)
    shequ_field_editor_set_value (self->editors[i], &nothing, NULL);
  shequ_value_set_text (&value, "records");
  shequ_field_editor_set_value (self->editors[METHOD], &value, NULL);
  shequ_value_clear (&value);
  shequ_value_set_text (&value, shequ_office_get_user (self->office));
  shequ_field_editor_set_value (self->editors[VERIFIED_BY], &value, NULL);
  shequ_value_clear (&value);
  shequ_value_set_integer (&value, 1);
  shequ_field_editor_set_value (self->editors[COPIES], &value, NULL);
  gtk_editable_set_text (self->since, "");
  gtk_switch_set_active (self->whole_number, FALSE);
}

/**
 * shequ_certificate_desk_start:
 * @self: a desk
 * @kind: a kind that can be printed, as `residence`
 * @resident: for whom, or 0 when that is still to be chosen
 *
 * Starts a new certificate with all that is known already.
 */
void
shequ_certificate_desk_start (ShequCertificateDesk *self, const char *kind, gint64 resident)
{
  ShequCertificateRules *rules;
  const ShequCertificateRule *rule;
  g_auto (ShequValue) value = SHEQU_VALUE_INIT;

  g_return_if_fail (SHEQU_IS_CERTIFICATE_DESK (self) && kind != NULL);

  rules = shequ_office_get_certificate_rules (self->office, NULL);
  rule = rules != NULL ? shequ_certificate_rules_find_kind (rules, kind) : NULL;
  stop_preview (self);
  g_free (self->kind);
  self->kind = g_strdup (kind);
  self->issued = 0;
  self->showing = TRUE;
  clear_fields (self);
  self->changed = FALSE;
  gtk_label_set_text (self->title, rule != NULL ? rule->title : "");
  g_clear_object (&self->resident);
  if (resident != 0)
    {
      self->resident =
        shequ_record_new (self->office, shequ_office_get_register (self->office, "resident"), resident);
      shequ_value_set_integer (&value, resident);
      shequ_field_editor_set_value (self->editors[RESIDENT], &value, NULL);
      g_signal_connect_object (self->resident, "notify::row", G_CALLBACK (show_resident), self,
                               G_CONNECT_SWAPPED);
    }
  self->showing = FALSE;
  set_problem (self, NULL);
  update_buttons (self);
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->nothing));
  preview_soon (self);
  shequ_certificate_desk_grab_focus (GTK_WIDGET (self));
}

/**
 * shequ_certificate_desk_print:
 * @self: a desk
 *
 * Issues the certificate when it is not yet, and prints it.
 */
void
shequ_certificate_desk_print (ShequCertificateDesk *self)
{
  ShequDocument *document;

  g_return_if_fail (SHEQU_IS_CERTIFICATE_DESK (self));

  document = shequ_document_view_get_document (self->preview);
  if (self->issued == 0)
    issue (self);
  else if (document != NULL)
    shequ_print_operation_run (GTK_WIDGET (self), document);
}

/**
 * shequ_certificate_desk_get_issued:
 * @self: a desk
 *
 * Returns: the key of the certificate that was issued here last, or 0
 */
gint64
shequ_certificate_desk_get_issued (ShequCertificateDesk *self)
{
  g_return_val_if_fail (SHEQU_IS_CERTIFICATE_DESK (self), 0);

  return self->issued;
}

gboolean
shequ_certificate_desk_get_changed (ShequCertificateDesk *self)
{
  g_return_val_if_fail (SHEQU_IS_CERTIFICATE_DESK (self), FALSE);

  return self->changed;
}
