#include "shequ-admission-board-view.h"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <stdlib.h>

#include "shequ-admission-board.h"
#include "shequ-board-report.h"
#include "shequ-document-window.h"
#include "shequ-feedback.h"

struct _ShequAdmissionBoardView
{
  GtkWidget parent_instance;

  ShequOffice *office;
  ShequBoard *board; /* (nullable) until it is counted */
  char *month;       /* (nullable): this one */
  GCancellable *cancellable;
  GtkWidget *box;
  GtkLabel *heading;
  GtkWidget *tables;
};

enum
{
  SIGNAL_LEFT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ShequAdmissionBoardView, shequ_admission_board_view, GTK_TYPE_WIDGET)

static GtkWidget *
new_label (const char *text, gboolean number, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), number ? 1 : 0);
  if (number)
    gtk_widget_add_css_class (label, "numeric");
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

/* Nothing is a dash, so that what is there stands out; what is late has an icon besides its colour. */
static GtkWidget *
new_count (guint count, const char *icon, const char *style)
{
  g_autofree char *text = count > 0 ? g_strdup_printf ("%u", count) : g_strdup ("–");
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_widget_set_halign (box, GTK_ALIGN_END);
  if (count > 0 && icon != NULL)
    gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (icon));
  gtk_box_append (GTK_BOX (box), new_label (text, TRUE, NULL));
  if (count > 0 && style != NULL)
    gtk_widget_add_css_class (box, style);
  return box;
}

static GtkGrid *
new_grid (const char *const *heads)
{
  GtkGrid *grid = GTK_GRID (gtk_grid_new ());

  gtk_grid_set_column_spacing (grid, 24);
  gtk_grid_set_row_spacing (grid, 3);
  for (int i = 0; heads[i] != NULL; i++)
    gtk_grid_attach (grid, new_label (_ (heads[i]), i > 0, "caption-heading"), i, 0, 1, 1);
  return grid;
}

static void
show_cases (GtkButton *button, ShequAdmissionBoardView *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-records", "(ss)", "application",
                              g_object_get_data (G_OBJECT (button), "condition"));
}

/* A name that opens the cases behind the numbers. */
static GtkWidget *
new_name (ShequAdmissionBoardView *self, const char *text, char *condition)
{
  GtkWidget *button = gtk_button_new_with_label (text);

  g_object_set_data_full (G_OBJECT (button), "condition", condition, g_free);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (button, _ ("Show these cases"));
  g_signal_connect_object (button, "clicked", G_CALLBACK (show_cases), self, 0);
  return button;
}

static void
add_table (ShequAdmissionBoardView *self, const char *title, GtkGrid *grid)
{
  GtkWidget *heading = new_label (title, FALSE, "heading");

  gtk_widget_set_margin_top (heading, 12);
  gtk_accessible_update_property (GTK_ACCESSIBLE (grid), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_box_append (GTK_BOX (self->tables), heading);
  gtk_box_append (GTK_BOX (self->tables), GTK_WIDGET (grid));
}

static char *
describe_next (const ShequBoardLine *line)
{
  if (line->next_due == NULL)
    return g_strdup ("–");
  if (line->days_left <= 0)
    return g_strdup_printf (_ ("%s, today"), line->next_due);
  return g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "%s, %d working day", "%s, %d working days", (gulong) line->days_left),
    line->next_due, line->days_left);
}

static void
add_lines (ShequAdmissionBoardView *self,
           const char *title,
           const char *field,
           const GPtrArray *lines,
           gboolean held)
{
  static const char *const heads[] = {
    N_ ("Cases of"),      N_ ("Cases"), N_ ("Overdue"), N_ ("Due in 3 days"), N_ ("Paused"),
    N_ ("Next last day"), NULL
  };
  GtkGrid *grid = new_grid (heads);

  if (held)
    gtk_grid_attach (grid, new_label (_ ("Working days held"), TRUE, "caption-heading"), 6, 0, 1, 1);
  for (guint i = 0; i < lines->len; i++)
    {
      const ShequBoardLine *line = lines->pdata[i];
      g_autofree char *next = describe_next (line);
      g_autofree char *days = g_strdup_printf ("%" G_GINT64_FORMAT, line->days_held);
      int row = (int) i + 1;

      gtk_grid_attach (grid, new_name (self, line->title, g_strdup_printf ("%s=%s", field, line->id)), 0, row,
                       1, 1);
      gtk_grid_attach (grid, new_count (line->cases, NULL, NULL), 1, row, 1, 1);
      gtk_grid_attach (grid, new_count (line->overdue, "dialog-warning-symbolic", "error"), 2, row, 1, 1);
      gtk_grid_attach (grid, new_count (line->soon, "alarm-symbolic", "due-today"), 3, row, 1, 1);
      gtk_grid_attach (grid, new_count (line->paused, NULL, NULL), 4, row, 1, 1);
      gtk_grid_attach (grid, new_label (next, TRUE, NULL), 5, row, 1, 1);
      if (held)
        gtk_grid_attach (grid, new_label (days, TRUE, NULL), 6, row, 1, 1);
    }
  add_table (self, title, grid);
}

static void
add_departments (ShequAdmissionBoardView *self)
{
  static const char *const heads[] = { N_ ("Department"),
                                       N_ ("Applied"),
                                       N_ ("Admitted"),
                                       N_ ("Refused entry"),
                                       N_ ("Told without admission"),
                                       N_ ("Corrected"),
                                       N_ ("Named"),
                                       NULL };
  GtkGrid *grid = new_grid (heads);
  g_autofree char *title = g_strdup_printf (_ ("Departments in %s"), self->board->month);

  for (guint i = 0; i < self->board->departments->len; i++)
    {
      const ShequBoardDepartment *row = self->board->departments->pdata[i];
      guint counts[] = { row->filed, row->admitted, row->refused, row->pushed, row->corrected, row->named };
      char *condition = g_strdup_printf ("department=%" G_GINT64_FORMAT, row->key);

      gtk_grid_attach (grid, new_name (self, row->name != NULL ? row->name : "—", condition), 0, (int) i + 1,
                       1, 1);
      for (int j = 0; j < (int) G_N_ELEMENTS (counts); j++)
        gtk_grid_attach (grid, new_count (counts[j], NULL, NULL), j + 1, (int) i + 1, 1, 1);
    }
  add_table (self, title, grid);
  if (self->board->departments->len == 0)
    gtk_box_append (GTK_BOX (self->tables), new_label (_ ("Nothing in this month."), FALSE, "dim-label"));
}

static void
show_board (ShequAdmissionBoardView *self)
{
  GtkWidget *child;
  g_autofree char *heading = g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "%u open case", "%u open cases", self->board->cases), self->board->cases);

  while ((child = gtk_widget_get_first_child (self->tables)) != NULL)
    gtk_box_remove (GTK_BOX (self->tables), child);
  gtk_label_set_text (self->heading, heading);
  add_lines (self, _ ("By state"), "state", self->board->states, FALSE);
  add_lines (self, _ ("By whose turn it is"), "holder", self->board->holders, TRUE);
  add_departments (self);
}

static void
counted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequAdmissionBoardView) self = user_data;
  g_autoptr (GError) error = NULL;
  ShequBoard *board = shequ_board_load_finish (SHEQU_OFFICE (source), result, &error);

  if (board == NULL && self->box != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    shequ_feedback_show_error (GTK_WIDGET (self), _ ("The board could not be counted."), error);
  if (board == NULL)
    return;
  g_clear_pointer (&self->board, shequ_board_free);
  self->board = board;
  if (self->box != NULL)
    show_board (self);
}

/**
 * shequ_admission_board_view_refresh:
 * @self: a board
 *
 * Counts anew.
 */
void
shequ_admission_board_view_refresh (ShequAdmissionBoardView *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  shequ_board_load_async (self->office, self->month, self->cancellable, counted, g_object_ref (self));
}

/**
 * shequ_admission_board_view_print:
 * @self: a board
 *
 * Shows the monthly list of departments as paper: preview, PDF, print.
 */
void
shequ_admission_board_view_print (ShequAdmissionBoardView *self)
{
  g_autoptr (ShequDocument) document = NULL;

  if (self->board == NULL)
    return;
  document = shequ_board_document_new (self->board, shequ_office_get_name (self->office),
                                       shequ_office_get_user (self->office));
  shequ_document_window_present (GTK_WIDGET (self), document);
}

static void
move_month (ShequAdmissionBoardView *self, int by)
{
  const char *month = self->board != NULL ? self->board->month : NULL;
  int number;

  if (month == NULL)
    return;
  number = atoi (month) * 12 + atoi (month + 5) - 1 + by;
  g_free (self->month);
  self->month = g_strdup_printf ("%04d-%02d", number / 12, number % 12 + 1);
  shequ_admission_board_view_refresh (self);
}

static void
month_before (ShequAdmissionBoardView *self)
{
  move_month (self, -1);
}

static void
month_after (ShequAdmissionBoardView *self)
{
  move_month (self, 1);
}

static void
leave (ShequAdmissionBoardView *self)
{
  g_signal_emit (self, signals[SIGNAL_LEFT], 0);
}

static void
records_changed (ShequOffice *office, const char *reg, gint64 key, ShequAdmissionBoardView *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    shequ_admission_board_view_refresh (self);
}

static gboolean
pressed_escape (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  leave (SHEQU_ADMISSION_BOARD_VIEW (widget));
  return TRUE;
}

static void
shequ_admission_board_view_dispose (GObject *object)
{
  ShequAdmissionBoardView *self = SHEQU_ADMISSION_BOARD_VIEW (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->board, shequ_board_free);
  g_clear_pointer (&self->month, g_free);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (shequ_admission_board_view_parent_class)->dispose (object);
}

static void
shequ_admission_board_view_class_init (ShequAdmissionBoardViewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = shequ_admission_board_view_dispose;
  signals[SIGNAL_LEFT] = g_signal_new ("left", SHEQU_TYPE_ADMISSION_BOARD_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, pressed_escape, NULL);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
shequ_admission_board_view_init (ShequAdmissionBoardView *self)
{
}

static GtkWidget *
add_button (ShequAdmissionBoardView *self,
            GtkWidget *box,
            const char *label,
            const char *tooltip,
            GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_tooltip_text (button, tooltip);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static GtkWidget *
new_head (ShequAdmissionBoardView *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  add_button (self, head, _ ("_Back"), _ ("Back to the applications (Esc)"), G_CALLBACK (leave));
  self->heading = GTK_LABEL (new_label (NULL, FALSE, "heading"));
  gtk_widget_set_hexpand (GTK_WIDGET (self->heading), TRUE);
  gtk_widget_set_margin_start (GTK_WIDGET (self->heading), 6);
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->heading));
  add_button (self, head, _ ("Month _before"), _ ("Show the month before"), G_CALLBACK (month_before));
  add_button (self, head, _ ("Month _after"), _ ("Show the month after"), G_CALLBACK (month_after));
  add_button (self, head, _ ("_Month's list…"), _ ("Show the month's list of departments as paper"),
              G_CALLBACK (shequ_admission_board_view_print));
  gtk_widget_add_css_class (head, "toolbar");
  return head;
}

/**
 * shequ_admission_board_view_new:
 * @office: whose cases
 *
 * Returns: (transfer floating): a board that is empty until shequ_admission_board_view_refresh()
 */
GtkWidget *
shequ_admission_board_view_new (ShequOffice *office)
{
  ShequAdmissionBoardView *self = g_object_new (SHEQU_TYPE_ADMISSION_BOARD_VIEW, NULL);
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->office = g_object_ref (office);
  self->tables = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_margin_start (self->tables, 18);
  gtk_widget_set_margin_end (self->tables, 18);
  gtk_widget_set_margin_bottom (self->tables, 18);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->tables);
  gtk_widget_set_vexpand (scrolled, TRUE);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self->box), new_head (self));
  gtk_box_append (GTK_BOX (self->box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (self->box), scrolled);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  g_signal_connect_object (office, "changed::application", G_CALLBACK (records_changed), self, 0);
  return GTK_WIDGET (self);
}
