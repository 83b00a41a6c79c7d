/* The score sheet of one rater: points and reasons, criterion by criterion, with the total while it is filled
 * in. */
#include "shequ-admission-rate.h"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "shequ-admission-scores.h"
#include "shequ-escape.h"
#include "shequ-feedback.h"

/* An open sheet, freed with its window. */
typedef struct
{
  ShequOffice *office;
  gint64 application;
  ShequScoreSheet *sheet;
  GtkWidget *parent;
  GtkWindow *window;
  GtkEditable *rater;
  GtkDropDown *body;
  GPtrArray *marks;   /* of GtkSpinButton */
  GPtrArray *reasons; /* of GtkEditable */
  GtkLabel *total;
  GtkLabel *fault;
} Sheet;

static void
sheet_free (gpointer data)
{
  Sheet *sheet = data;

  g_object_unref (sheet->office);
  g_object_unref (sheet->parent);
  shequ_score_sheet_free (sheet->sheet);
  g_ptr_array_unref (sheet->marks);
  g_ptr_array_unref (sheet->reasons);
  g_free (sheet);
}

static void
update_total (Sheet *sheet)
{
  g_autofree char *text = NULL;
  int total = 0;

  for (guint i = 0; i < sheet->marks->len; i++)
    total += gtk_spin_button_get_value_as_int (sheet->marks->pdata[i]);
  text = g_strdup_printf (_ ("%d points; %d are needed"), total, shequ_score_sheet_get_pass (sheet->sheet));
  gtk_label_set_text (sheet->total, text);
}

static const ShequCodeList *
get_bodies (ShequOffice *office)
{
  return shequ_register_lookup (shequ_office_get_register (office, "admission_score"), "rater_body")->codes;
}

static void
was_rated (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWindow) window = user_data;
  Sheet *sheet = g_object_get_data (G_OBJECT (window), "sheet");
  g_autoptr (GError) error = NULL;

  if (!shequ_admission_rate_finish (SHEQU_OFFICE (source), result, &error))
    {
      gtk_label_set_text (sheet->fault, error->message);
      gtk_widget_set_visible (GTK_WIDGET (sheet->fault), TRUE);
      return;
    }
  shequ_feedback_say (sheet->parent, _ ("The score is stored"));
  gtk_window_destroy (window);
}

static void
store (GtkButton *button, Sheet *sheet)
{
  const ShequCode *body = get_bodies (sheet->office)->codes->pdata[gtk_drop_down_get_selected (sheet->body)];
  g_autofree int *marks = g_new0 (int, sheet->marks->len);
  g_autofree const char **reasons = g_new0 (const char *, sheet->marks->len + 1);
  ShequAdmissionMarks given = { sheet->application, gtk_editable_get_text (sheet->rater), body->code, marks,
                                reasons };

  for (guint i = 0; i < sheet->marks->len; i++)
    {
      marks[i] = gtk_spin_button_get_value_as_int (sheet->marks->pdata[i]);
      reasons[i] = gtk_editable_get_text (sheet->reasons->pdata[i]);
    }
  shequ_admission_rate_async (sheet->office, &given, sheet->marks->len, NULL, was_rated,
                              g_object_ref (sheet->window));
}

static void
name_widget (GtkWidget *widget, const char *format, const char *name)
{
  g_autofree char *label = g_strdup_printf ("%s %s", format, name);

  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, g_strstrip (label),
                                  -1);
}

static void
add_criterion (Sheet *sheet, GtkGrid *grid, const ShequScoreCriterion *criterion, int line)
{
  g_autofree char *text =
    criterion->red ? g_strdup_printf (_ ("%s (0 refuses)"), criterion->title) : g_strdup (criterion->title);
  g_autofree char *weight = g_strdup_printf ("/ %d", criterion->weight);
  GtkWidget *label = gtk_label_new (text), *mark = gtk_spin_button_new_with_range (0, criterion->weight, 1);
  GtkWidget *reason = gtk_entry_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 24);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (mark), criterion->weight);
  gtk_widget_set_hexpand (reason, TRUE);
  gtk_entry_set_placeholder_text (GTK_ENTRY (reason), _ ("Reason"));
  name_widget (mark, _ ("Points"), criterion->title);
  name_widget (reason, _ ("Reason"), criterion->title);
  g_signal_connect_swapped (mark, "value-changed", G_CALLBACK (update_total), sheet);
  g_ptr_array_add (sheet->marks, mark);
  g_ptr_array_add (sheet->reasons, reason);
  gtk_grid_attach (grid, label, 0, line, 1, 1);
  gtk_grid_attach (grid, mark, 1, line, 1, 1);
  gtk_grid_attach (grid, gtk_label_new (weight), 2, line, 1, 1);
  gtk_grid_attach (grid, reason, 3, line, 1, 1);
}

static GtkWidget *
new_head (Sheet *sheet)
{
  const GPtrArray *codes = get_bodies (sheet->office)->codes;
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *rater = gtk_entry_new (), *body;

  for (guint i = 0; i < codes->len; i++)
    gtk_string_list_append (labels, ((const ShequCode *) codes->pdata[i])->label);
  body = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&labels)), NULL);
  gtk_entry_set_placeholder_text (GTK_ENTRY (rater), _ ("Rater"));
  name_widget (rater, _ ("Rater"), "");
  name_widget (body, _ ("Rates for"), "");
  gtk_widget_set_hexpand (rater, TRUE);
  sheet->rater = GTK_EDITABLE (rater);
  sheet->body = GTK_DROP_DOWN (body);
  gtk_box_append (GTK_BOX (head), rater);
  gtk_box_append (GTK_BOX (head), body);
  return head;
}

static GtkWidget *
new_foot (Sheet *sheet)
{
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Store the score"));

  sheet->total = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (sheet->total), "numeric");
  gtk_widget_set_hexpand (GTK_WIDGET (sheet->total), TRUE);
  gtk_label_set_xalign (sheet->total, 0);
  gtk_widget_add_css_class (button, "suggested-action");
  g_signal_connect (button, "clicked", G_CALLBACK (store), sheet);
  gtk_box_append (GTK_BOX (foot), GTK_WIDGET (sheet->total));
  gtk_box_append (GTK_BOX (foot), button);
  return foot;
}

static GtkWidget *
new_body (Sheet *sheet)
{
  const GPtrArray *criteria = shequ_score_sheet_get_criteria (sheet->sheet);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12), *grid = gtk_grid_new ();

  gtk_widget_set_margin_top (box, 18);
  gtk_widget_set_margin_bottom (box, 18);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  for (guint i = 0; i < criteria->len; i++)
    add_criterion (sheet, GTK_GRID (grid), criteria->pdata[i], i);
  sheet->fault = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (sheet->fault, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (sheet->fault), "error");
  gtk_widget_set_visible (GTK_WIDGET (sheet->fault), FALSE);
  gtk_box_append (GTK_BOX (box), new_head (sheet));
  gtk_box_append (GTK_BOX (box), grid);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (sheet->fault));
  gtk_box_append (GTK_BOX (box), new_foot (sheet));
  update_total (sheet);
  return box;
}

/**
 * shequ_admission_rate_present:
 * @parent: over whose window it stands
 * @office: the office
 * @application: an application that is being scored
 *
 * Shows the sheet of one rater, to be filled in and stored.
 */
void
shequ_admission_rate_present (GtkWidget *parent, ShequOffice *office, gint64 application)
{
  GtkRoot *root = gtk_widget_get_root (parent);
  g_autoptr (GError) error = NULL;
  ShequScoreSheet *rules = shequ_score_sheet_load ("rules/score-sheet.ini", &error);
  GtkWidget *window, *box;
  Sheet *sheet;

  if (rules == NULL)
    {
      shequ_feedback_show_error (parent, _ ("There is no score sheet."), error);
      return;
    }
  window = adw_window_new ();
  sheet = g_new0 (Sheet, 1);
  sheet->office = g_object_ref (office);
  sheet->application = application;
  sheet->sheet = rules;
  sheet->parent = g_object_ref (parent);
  sheet->window = GTK_WINDOW (window);
  sheet->marks = g_ptr_array_new ();
  sheet->reasons = g_ptr_array_new ();
  g_object_set_data_full (G_OBJECT (window), "sheet", sheet, sheet_free);
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), new_body (sheet));
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_set_title (GTK_WINDOW (window), shequ_score_sheet_get_title (rules));
  gtk_window_set_default_size (GTK_WINDOW (window), 760, -1);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (root));
  shequ_escape_closes (GTK_WINDOW (window));
  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_grab_focus (GTK_WIDGET (sheet->rater));
}
