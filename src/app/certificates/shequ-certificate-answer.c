#include "shequ-certificate-answer.h"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

struct _ShequCertificateAnswerView
{
  GtkWidget parent_instance;

  ShequCertificateRules *rules; /* (nullable) */
  const ShequCertificateRule *rule;
  GtkWidget *stack;
  AdwStatusPage *nothing;
  GtkWidget *scrolled;
  GtkWidget *box; /* of what is said about the rule */
};

enum
{
  SIGNAL_ISSUE,
  SIGNAL_NOTICE,
  SIGNAL_RELATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ShequCertificateAnswerView, shequ_certificate_answer_view, GTK_TYPE_WIDGET)

/* Never by colour alone: each answer has its icon and its words. */
static const struct
{
  const char *icon;
  const char *style;
} looks[] = {
  [SHEQU_CERTIFICATE_UNKNOWN] = { "dialog-question-symbolic", "dim-label" },
  [SHEQU_CERTIFICATE_ISSUE] = { "emblem-ok-symbolic", "success" },
  [SHEQU_CERTIFICATE_REFUSE] = { "action-unavailable-symbolic", "error" },
  [SHEQU_CERTIFICATE_CONDITIONAL] = { "dialog-warning-symbolic", "warning" },
};

const char *
shequ_certificate_answer_get_icon (ShequCertificateAnswer answer)
{
  return looks[answer].icon;
}

const char *
shequ_certificate_answer_get_style (ShequCertificateAnswer answer)
{
  return looks[answer].style;
}

static GtkWidget *
new_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static void
add_head (ShequCertificateAnswerView *self, const ShequCertificateRule *rule)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *icon = gtk_image_new_from_icon_name (looks[rule->answer].icon);
  GtkWidget *answer = new_label (shequ_certificate_answer_get_label (rule->answer), "title-2");

  gtk_image_set_pixel_size (GTK_IMAGE (icon), 40);
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_add_css_class (icon, looks[rule->answer].style);
  gtk_widget_add_css_class (answer, looks[rule->answer].style);
  gtk_box_append (GTK_BOX (words), answer);
  gtk_box_append (GTK_BOX (words), new_label (rule->title, "title-4"));
  gtk_box_append (GTK_BOX (head), icon);
  gtk_box_append (GTK_BOX (head), words);
  gtk_box_append (GTK_BOX (self->box), head);
}

static GtkWidget *
add_group (ShequCertificateAnswerView *self, const char *title)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  gtk_box_append (GTK_BOX (self->box), group);
  return group;
}

static void
add_row (GtkWidget *group, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

static void
add_instead (ShequCertificateAnswerView *self, const ShequCertificateRule *rule)
{
  GtkWidget *group;

  if (rule->instead->len == 0)
    return;
  group = add_group (self, _ ("Where to go instead"));
  for (guint i = 0; i < rule->instead->len; i++)
    {
      const ShequCertificateChannel *channel = rule->instead->pdata[i];

      add_row (group, channel->body, channel->how);
    }
}

static void
add_texts (ShequCertificateAnswerView *self, const ShequCertificateRule *rule)
{
  g_autofree char *basis = g_strjoinv ("\n", rule->basis);
  const struct
  {
    const char *title;
    const char *text;
  } texts[] = {
    { rule->answer == SHEQU_CERTIFICATE_ISSUE ? _ ("What is verified") : _ ("Why not"), rule->reason },
    { _ ("Exceptions and limits"), rule->note },
    { _ ("What to bring"), rule->materials },
    { _ ("Basis"), basis },
    { _ ("Out of date"), rule->out_of_date },
  };
  GtkWidget *group = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      if (texts[i].text == NULL || *texts[i].text == '\0')
        continue;
      if (group == NULL)
        group = add_group (self, _ ("What it stands on"));
      add_row (group, texts[i].title, texts[i].text);
    }
}

static void
issue_clicked (ShequCertificateAnswerView *self)
{
  if (self->rule != NULL)
    g_signal_emit (self, signals[SIGNAL_ISSUE], 0, self->rule->kind);
}

static void
notice_clicked (ShequCertificateAnswerView *self)
{
  if (self->rule != NULL)
    g_signal_emit (self, signals[SIGNAL_NOTICE], 0, self->rule->id);
}

static void
related_clicked (GtkWidget *row, ShequCertificateAnswerView *self)
{
  g_autofree char *id = g_strdup (g_object_get_data (G_OBJECT (row), "rule"));

  g_signal_emit (self, signals[SIGNAL_RELATED], 0, id);
}

static void
add_related (ShequCertificateAnswerView *self, const ShequCertificateRule *rule)
{
  GtkWidget *group = NULL;

  for (guint i = 0; rule->related != NULL && rule->related[i] != NULL; i++)
    {
      const ShequCertificateRule *related = shequ_certificate_rules_find (self->rules, rule->related[i]);
      GtkWidget *row;

      if (related == NULL)
        continue;
      if (group == NULL)
        group = add_group (self, _ ("Alike, and may be issued"));
      row = adw_action_row_new ();
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), related->title);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row),
                                   shequ_certificate_answer_get_label (related->answer));
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_object_set_data_full (G_OBJECT (row), "rule", g_strdup (related->id), g_free);
      g_signal_connect_object (row, "activated", G_CALLBACK (related_clicked), self, 0);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }
}

static void
add_issue (ShequCertificateAnswerView *self, const ShequCertificateRule *rule)
{
  GtkWidget *button;

  if (!rule->printable || rule->answer != SHEQU_CERTIFICATE_ISSUE)
    return;
  button = gtk_button_new_with_mnemonic (_ ("_Issue this certificate"));
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_widget_add_css_class (button, "pill");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_signal_connect_object (button, "clicked", G_CALLBACK (issue_clicked), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), button);
}

/* Who goes away without a certificate takes a paper along that says why, and where to go. */
static void
add_notice (ShequCertificateAnswerView *self, const ShequCertificateRule *rule)
{
  GtkWidget *button;

  if (rule->answer != SHEQU_CERTIFICATE_REFUSE && rule->answer != SHEQU_CERTIFICATE_CONDITIONAL)
    return;
  button = gtk_button_new_with_mnemonic (_ ("Print the _notice"));
  gtk_widget_set_tooltip_text (button, _ ("A page for the resident: why not, and where to go instead"));
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_signal_connect_object (button, "clicked", G_CALLBACK (notice_clicked), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), button);
}

static void
shequ_certificate_answer_view_dispose (GObject *object)
{
  ShequCertificateAnswerView *self = SHEQU_CERTIFICATE_ANSWER_VIEW (object);

  self->rule = NULL;
  g_clear_pointer (&self->stack, gtk_widget_unparent);
  g_clear_pointer (&self->rules, shequ_certificate_rules_unref);
  G_OBJECT_CLASS (shequ_certificate_answer_view_parent_class)->dispose (object);
}

static void
shequ_certificate_answer_view_class_init (ShequCertificateAnswerViewClass *class)
{
  G_OBJECT_CLASS (class)->dispose = shequ_certificate_answer_view_dispose;

  signals[SIGNAL_ISSUE] = g_signal_new ("issue", SHEQU_TYPE_CERTIFICATE_ANSWER_VIEW, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_NOTICE] = g_signal_new ("notice", SHEQU_TYPE_CERTIFICATE_ANSWER_VIEW, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_RELATED] = g_signal_new ("related", SHEQU_TYPE_CERTIFICATE_ANSWER_VIEW, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
}

static void
shequ_certificate_answer_view_init (ShequCertificateAnswerView *self)
{
  GtkWidget *clamp = adw_clamp_new ();

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  gtk_widget_set_margin_top (self->box, 18);
  gtk_widget_set_margin_bottom (self->box, 24);
  gtk_widget_set_margin_start (self->box, 18);
  gtk_widget_set_margin_end (self->box, 18);
  adw_clamp_set_child (ADW_CLAMP (clamp), self->box);
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), clamp);
  self->nothing = ADW_STATUS_PAGE (adw_status_page_new ());
  self->stack = gtk_stack_new ();
  gtk_stack_add_child (GTK_STACK (self->stack), GTK_WIDGET (self->nothing));
  gtk_stack_add_child (GTK_STACK (self->stack), self->scrolled);
  gtk_widget_set_parent (self->stack, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->box), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Answer"),
                                  -1);
}

GtkWidget *
shequ_certificate_answer_view_new (ShequCertificateRules *rules)
{
  ShequCertificateAnswerView *self = g_object_new (SHEQU_TYPE_CERTIFICATE_ANSWER_VIEW, NULL);

  self->rules = rules != NULL ? shequ_certificate_rules_ref (rules) : NULL;
  shequ_certificate_answer_view_show_nothing (self, FALSE);
  return GTK_WIDGET (self);
}

/**
 * shequ_certificate_answer_view_show:
 * @self: a view
 * @rule: a rule of the lists of the view
 *
 * Shows what is said about a certificate.
 */
void
shequ_certificate_answer_view_show (ShequCertificateAnswerView *self, const ShequCertificateRule *rule)
{
  GtkWidget *child;

  g_return_if_fail (SHEQU_IS_CERTIFICATE_ANSWER_VIEW (self) && rule != NULL);

  self->rule = rule;
  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
  add_head (self, rule);
  add_issue (self, rule);
  add_notice (self, rule);
  add_instead (self, rule);
  add_related (self, rule);
  add_texts (self, rule);
  gtk_stack_set_visible_child (GTK_STACK (self->stack), self->scrolled);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scrolled)), 0);
}

/**
 * shequ_certificate_answer_view_show_nothing:
 * @self: a view
 * @typed: whether something was typed that is on no list
 *
 * Says what to do when there is no rule to show.
 */
void
shequ_certificate_answer_view_show_nothing (ShequCertificateAnswerView *self, gboolean typed)
{
  g_return_if_fail (SHEQU_IS_CERTIFICATE_ANSWER_VIEW (self));

  self->rule = NULL;
  adw_status_page_set_icon_name (self->nothing, looks[SHEQU_CERTIFICATE_UNKNOWN].icon);
  adw_status_page_set_title (self->nothing, typed
                                              ? shequ_certificate_answer_get_label (SHEQU_CERTIFICATE_UNKNOWN)
                                              : _ ("Which certificate is asked for?"));
  adw_status_page_set_description (
    self->nothing, typed
                     ? _ ("Ask the unit that wants it for the rule that it stands on. Without a basis it "
                          "is not issued.")
                     : _ ("Type what the resident says, as “proof that I live here”. The answer stands here "
                          "at once, with its basis and where to go instead."));
  gtk_stack_set_visible_child (GTK_STACK (self->stack), GTK_WIDGET (self->nothing));
}
