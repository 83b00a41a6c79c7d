#include "shequ-admission-findings.h"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

struct _ShequAdmissionFindings
{
  GtkWidget parent_instance;

  guint n_findings;
  GtkWidget *scrolled;
  GtkLabel *summary;
  GtkWidget *list;
};

G_DEFINE_FINAL_TYPE (ShequAdmissionFindings, shequ_admission_findings, GTK_TYPE_WIDGET)

static const struct
{
  const char *icon;
  const char *style;
} looks[] = {
  [SHEQU_SEVERITY_BLOCK] = { "action-unavailable-symbolic", "error" },
  [SHEQU_SEVERITY_WARNING] = { "dialog-warning-symbolic", "warning" },
  [SHEQU_SEVERITY_ASK] = { "dialog-question-symbolic", NULL },
  [SHEQU_SEVERITY_NOTE] = { "dialog-information-symbolic", NULL },
};

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
append_text (GtkWidget *box, const char *text, const char *style)
{
  if (text != NULL && *text != '\0')
    gtk_box_append (GTK_BOX (box), new_label (text, style));
}

static GtkWidget *
new_weight (ShequFindingSeverity severity)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (looks[severity].icon));
  gtk_box_append (GTK_BOX (box), gtk_label_new (shequ_severity_get_label (severity)));
  gtk_widget_add_css_class (box, "caption-heading");
  if (looks[severity].style != NULL)
    gtk_widget_add_css_class (box, looks[severity].style);
  return box;
}

static GtkWidget *
new_finding (const ShequFinding *finding)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  g_autofree char *hits = g_strjoinv ("、", finding->hits);
  g_autofree char *hit_line = *hits != '\0' ? g_strdup_printf (_ ("Found in the text: %s"), hits) : NULL;
  g_autofree char *source =
    *finding->source != '\0' ? g_strdup_printf (_ ("Source: %s"), finding->source) : NULL;
  g_autofree char *name =
    g_strdup_printf ("%s %s", shequ_severity_get_label (finding->severity), finding->title);

  gtk_box_append (GTK_BOX (box), new_weight (finding->severity));
  append_text (box, finding->title, "heading");
  append_text (box, finding->detail, NULL);
  if (g_strcmp0 (finding->text, finding->title) != 0)
    append_text (box, finding->text, NULL);
  append_text (box, hit_line, "caption");
  append_text (box, source, "caption");
  gtk_widget_set_margin_top (box, 10);
  gtk_widget_set_margin_bottom (box, 10);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return row;
}

static void
shequ_admission_findings_dispose (GObject *object)
{
  g_clear_pointer (&SHEQU_ADMISSION_FINDINGS (object)->scrolled, gtk_widget_unparent);
  G_OBJECT_CLASS (shequ_admission_findings_parent_class)->dispose (object);
}

static void
shequ_admission_findings_class_init (ShequAdmissionFindingsClass *class)
{
  G_OBJECT_CLASS (class)->dispose = shequ_admission_findings_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
}

static void
shequ_admission_findings_init (ShequAdmissionFindings *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->summary = GTK_LABEL (new_label (_ ("What screening found"), "title-4"));
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What screening found"), -1);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->summary));
  gtk_box_append (GTK_BOX (box), self->list);
  gtk_widget_set_margin_top (box, 18);
  gtk_widget_set_margin_bottom (box, 18);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), box);
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
  gtk_widget_hide (self->list);
}

GtkWidget *
shequ_admission_findings_new (void)
{
  return g_object_new (SHEQU_TYPE_ADMISSION_FINDINGS, NULL);
}

static void
clear (ShequAdmissionFindings *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), child);
  self->n_findings = 0;
}

/**
 * shequ_admission_findings_set:
 * @self: a view
 * @findings: (element-type ShequFinding): what was found
 *
 * Shows other findings.
 */
void
shequ_admission_findings_set (ShequAdmissionFindings *self, const GPtrArray *findings)
{
  g_return_if_fail (SHEQU_IS_ADMISSION_FINDINGS (self));

  clear (self);
  for (guint severity = SHEQU_SEVERITY_BLOCK; severity < G_N_ELEMENTS (looks); severity++)
    {
      for (guint i = 0; i < findings->len; i++)
        {
          const ShequFinding *finding = findings->pdata[i];

          if (finding->severity == severity)
            gtk_list_box_append (GTK_LIST_BOX (self->list), new_finding (finding));
        }
    }
  self->n_findings = findings->len;
  gtk_label_set_text (self->summary, _ ("What screening found"));
  gtk_widget_set_visible (self->list, findings->len > 0);
}

/**
 * shequ_admission_findings_set_error:
 * @self: a view
 * @message: why nothing is known
 *
 * Says that screening did not work.
 */
void
shequ_admission_findings_set_error (ShequAdmissionFindings *self, const char *message)
{
  g_return_if_fail (SHEQU_IS_ADMISSION_FINDINGS (self));

  clear (self);
  gtk_label_set_text (self->summary, message);
  gtk_widget_hide (self->list);
}

guint
shequ_admission_findings_count (ShequAdmissionFindings *self)
{
  g_return_val_if_fail (SHEQU_IS_ADMISSION_FINDINGS (self), 0);

  return self->n_findings;
}
