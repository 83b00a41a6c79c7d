#include "shequ-certificate-counter.h"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "shequ-certificate-answer.h"
#include "shequ-certificate-notice.h"
#include "shequ-feedback.h"
#include "shequ-notice-page.h"
#include "shequ-print-operation.h"

struct _ShequCertificateCounter
{
  GtkWidget parent_instance;

  ShequOffice *office;
  ShequCertificateRules *rules; /* (nullable): when the lists could not be read */
  GPtrArray *shown;             /* of ShequCertificateRule, one a row */
  GtkWidget *box;
  GtkWidget *entry;
  GtkListBox *list;
  ShequCertificateAnswerView *answer;
};

enum
{
  SIGNAL_ISSUE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ShequCertificateCounter, shequ_certificate_counter, GTK_TYPE_WIDGET)

static GtkWidget *
new_row (const ShequCertificateRule *rule, const char *matched)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *icon = gtk_image_new_from_icon_name (shequ_certificate_answer_get_icon (rule->answer));
  GtkWidget *title = gtk_label_new (rule->title);
  g_autofree char *name =
    g_strdup_printf ("%s %s", rule->title, shequ_certificate_answer_get_label (rule->answer));

  gtk_widget_set_valign (icon, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (icon, shequ_certificate_answer_get_style (rule->answer));
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (row, rule->title);
  gtk_box_append (GTK_BOX (words), title);
  if (matched != NULL && g_strcmp0 (matched, rule->title) != 0)
    {
      GtkWidget *also = gtk_label_new (matched);

      gtk_label_set_xalign (GTK_LABEL (also), 0);
      gtk_label_set_ellipsize (GTK_LABEL (also), PANGO_ELLIPSIZE_END);
      gtk_widget_add_css_class (also, "caption");
      gtk_widget_add_css_class (also, "dim-label");
      gtk_box_append (GTK_BOX (words), also);
    }
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), words);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return row;
}

static void
clear_list (ShequCertificateCounter *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  g_ptr_array_set_size (self->shown, 0);
}

static void
add_rule (ShequCertificateCounter *self, const ShequCertificateRule *rule, const char *matched)
{
  g_ptr_array_add (self->shown, (gpointer) rule);
  gtk_list_box_append (self->list, new_row (rule, matched));
}

/* With nothing typed, all that is known. */
static void
show_all (ShequCertificateCounter *self)
{
  static const ShequCertificateAnswer order[] = { SHEQU_CERTIFICATE_ISSUE, SHEQU_CERTIFICATE_CONDITIONAL,
                                                  SHEQU_CERTIFICATE_REFUSE };

  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    {
      g_autoptr (GPtrArray) rules = shequ_certificate_rules_list (self->rules, order[i]);

      for (guint j = 0; j < rules->len; j++)
        {
          const ShequCertificateRule *rule = rules->pdata[j];

          if (*rule->out_of_date == '\0')
            add_rule (self, rule, NULL);
        }
    }
  shequ_certificate_answer_view_show_nothing (self->answer, FALSE);
}

static void
show_candidates (ShequCertificateCounter *self, const char *typed)
{
  g_autoptr (ShequCertificateReply) reply = shequ_certificate_rules_answer (self->rules, typed);

  for (guint i = 0; i < reply->candidates->len; i++)
    {
      const ShequCertificateCandidate *candidate =
        &g_array_index (reply->candidates, ShequCertificateCandidate, i);

      add_rule (self, candidate->rule, candidate->matched);
    }
  if (self->shown->len > 0)
    gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, 0));
  else
    shequ_certificate_answer_view_show_nothing (self->answer, TRUE);
}

static void
search_changed (ShequCertificateCounter *self)
{
  g_autofree char *typed = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));

  if (self->rules == NULL)
    return;
  clear_list (self);
  if (*typed == '\0')
    show_all (self);
  else
    show_candidates (self, typed);
}

static void
row_selected (GtkListBox *list, GtkListBoxRow *row, ShequCertificateCounter *self)
{
  int index = row != NULL ? gtk_list_box_row_get_index (row) : -1;

  if (index >= 0 && (guint) index < self->shown->len)
    shequ_certificate_answer_view_show (self->answer, self->shown->pdata[index]);
}

static const ShequCertificateRule *
get_selected (ShequCertificateCounter *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  return row != NULL ? self->shown->pdata[gtk_list_box_row_get_index (row)] : NULL;
}

/* Enter goes on with the certificate when it can be issued. */
static void
go_on (ShequCertificateCounter *self)
{
  const ShequCertificateRule *rule = get_selected (self);

  if (rule != NULL && rule->printable && rule->answer == SHEQU_CERTIFICATE_ISSUE)
    g_signal_emit (self, signals[SIGNAL_ISSUE], 0, rule->kind);
}

static void
issue (ShequCertificateAnswerView *answer, const char *kind, ShequCertificateCounter *self)
{
  g_signal_emit (self, signals[SIGNAL_ISSUE], 0, kind);
}

static void
notice_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequCertificateCounter) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequCertificateNotice) words =
    shequ_certificate_notice_new_finish (SHEQU_OFFICE (source), result, &error);
  g_autoptr (ShequDocument) document = NULL;

  if (self->box == NULL)
    return;
  if (words != NULL)
    {
      ShequNotice notice = { .title = words->title,
                             .paragraphs = (const char *const *) words->paragraphs,
                             .office = words->office,
                             .date = words->date,
                             .contact = words->contact,
                             .receipt = TRUE };

      document = shequ_notice_document_new (&notice, &error);
    }
  if (document != NULL)
    shequ_print_operation_run (GTK_WIDGET (self), document);
  else
    shequ_feedback_show_error (GTK_WIDGET (self), _ ("The page could not be made."), error);
}

static void
print_notice (ShequCertificateAnswerView *answer, const char *rule, ShequCertificateCounter *self)
{
  shequ_certificate_notice_new_async (self->office, rule, NULL, notice_written, g_object_ref (self));
}

static void
show_related (ShequCertificateAnswerView *answer, const char *id, ShequCertificateCounter *self)
{
  const ShequCertificateRule *rule = shequ_certificate_rules_find (self->rules, id);

  gtk_list_box_unselect_all (self->list);
  if (rule != NULL)
    shequ_certificate_answer_view_show (self->answer, rule);
}

static gboolean
move_selection (ShequCertificateCounter *self, int step)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  int index = row != NULL ? gtk_list_box_row_get_index (row) + step : 0;

  row = gtk_list_box_get_row_at_index (self->list, index);
  if (row != NULL)
    gtk_list_box_select_row (self->list, row);
  return row != NULL;
}

static gboolean
key_pressed (GtkEventControllerKey *controller,
             guint key,
             guint code,
             GdkModifierType state,
             ShequCertificateCounter *self)
{
  if (key == GDK_KEY_Down || key == GDK_KEY_KP_Down)
    return move_selection (self, 1);
  if (key == GDK_KEY_Up || key == GDK_KEY_KP_Up)
    return move_selection (self, -1);
  return FALSE;
}

static gboolean
shequ_certificate_counter_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (SHEQU_CERTIFICATE_COUNTER (widget)->entry);
}

static void
shequ_certificate_counter_dispose (GObject *object)
{
  ShequCertificateCounter *self = SHEQU_CERTIFICATE_COUNTER (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  g_clear_pointer (&self->rules, shequ_certificate_rules_unref);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (shequ_certificate_counter_parent_class)->dispose (object);
}

static void
shequ_certificate_counter_class_init (ShequCertificateCounterClass *class)
{
  G_OBJECT_CLASS (class)->dispose = shequ_certificate_counter_dispose;
  GTK_WIDGET_CLASS (class)->grab_focus = shequ_certificate_counter_grab_focus;

  signals[SIGNAL_ISSUE] = g_signal_new ("issue", SHEQU_TYPE_CERTIFICATE_COUNTER, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
}

static void
shequ_certificate_counter_init (ShequCertificateCounter *self)
{
  self->shown = g_ptr_array_new ();
}

static GtkWidget *
new_entry (ShequCertificateCounter *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->entry = gtk_search_entry_new ();
  g_object_set (self->entry, "placeholder-text", _ ("Which certificate?"), NULL);
  gtk_search_entry_set_search_delay (GTK_SEARCH_ENTRY (self->entry), 60);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Which certificate is asked for?"), -1);
  g_signal_connect_object (self->entry, "search-changed", G_CALLBACK (search_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (go_on), self, G_CONNECT_SWAPPED);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed), self, 0);
  gtk_widget_add_controller (self->entry, keys);
  gtk_widget_set_margin_top (self->entry, 6);
  gtk_widget_set_margin_bottom (self->entry, 6);
  gtk_widget_set_margin_start (self->entry, 6);
  gtk_widget_set_margin_end (self->entry, 6);
  return self->entry;
}

static GtkWidget *
new_list (ShequCertificateCounter *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Certificates by name"), -1);
  g_signal_connect_object (self->list, "row-selected", G_CALLBACK (row_selected), self, 0);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->list));
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}

static void
build (ShequCertificateCounter *self)
{
  GtkWidget *side = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_append (GTK_BOX (side), new_entry (self));
  gtk_box_append (GTK_BOX (side), new_list (self));
  gtk_widget_set_size_request (side, 280, -1);
  self->answer = SHEQU_CERTIFICATE_ANSWER_VIEW (shequ_certificate_answer_view_new (self->rules));
  gtk_widget_set_hexpand (GTK_WIDGET (self->answer), TRUE);
  g_signal_connect_object (self->answer, "issue", G_CALLBACK (issue), self, 0);
  g_signal_connect_object (self->answer, "notice", G_CALLBACK (print_notice), self, 0);
  g_signal_connect_object (self->answer, "related", G_CALLBACK (show_related), self, 0);
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_box_append (GTK_BOX (self->box), side);
  gtk_box_append (GTK_BOX (self->box), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->answer));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * shequ_certificate_counter_new:
 * @office: whose lists answer
 *
 * Returns: (transfer floating): the question at the counter
 */
GtkWidget *
shequ_certificate_counter_new (ShequOffice *office)
{
  ShequCertificateCounter *self = g_object_new (SHEQU_TYPE_CERTIFICATE_COUNTER, NULL);
  ShequCertificateRules *rules = shequ_office_get_certificate_rules (office, NULL);

  self->office = g_object_ref (office);
  self->rules = rules != NULL ? shequ_certificate_rules_ref (rules) : NULL;
  build (self);
  search_changed (self);
  return GTK_WIDGET (self);
}
