#include "shequ-coverage-view.h"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define MOST_GAPS 500

/* The columns, and which places without a rate opens. */
static const struct
{
  const char *head;
  ShequNetworkGapKind kind;
  gsize part;
  gsize whole;
} columns[] = {
  { N_ ("Grids led"), SHEQU_GAP_GRID_LEADER, G_STRUCT_OFFSET (ShequNetworkCoverage, grids_led),
    G_STRUCT_OFFSET (ShequNetworkCoverage, grids) },
  { N_ ("Building heads"), SHEQU_GAP_BUILDING_HEAD, G_STRUCT_OFFSET (ShequNetworkCoverage, heads),
    G_STRUCT_OFFSET (ShequNetworkCoverage, buildings) },
  { N_ ("Party group leaders"), SHEQU_GAP_BUILDING_PARTY, G_STRUCT_OFFSET (ShequNetworkCoverage, party_heads),
    G_STRUCT_OFFSET (ShequNetworkCoverage, buildings) },
  { N_ ("Stairwell heads"), SHEQU_GAP_STAIRWELL_HEAD, G_STRUCT_OFFSET (ShequNetworkCoverage, stairwell_heads),
    G_STRUCT_OFFSET (ShequNetworkCoverage, stairwells) },
  { N_ ("Buildings with backbone"), SHEQU_GAP_BACKBONE,
    G_STRUCT_OFFSET (ShequNetworkCoverage, backbone_buildings),
    G_STRUCT_OFFSET (ShequNetworkCoverage, buildings) },
};

/* What a rate asks for. */
typedef struct
{
  gint64 unit;
  ShequNetworkGapKind kind;
  char *name;
} Question;

struct _ShequCoverageView
{
  GtkWidget parent_instance;

  ShequOffice *office;
  gint64 unit;
  GPtrArray *lines; /* (nullable) */
  GPtrArray *gaps;  /* (nullable): what the list shows */
  GCancellable *cancellable;

  GtkStack *stack;
  GtkGrid *grid;
  GtkLabel *heading;
  GtkListBox *list;
};

static guint signal_activated;

G_DEFINE_FINAL_TYPE (ShequCoverageView, shequ_coverage_view, GTK_TYPE_WIDGET)

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->name);
  g_free (question);
}

static GtkWidget *
new_gap_row (const ShequNetworkGap *gap)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = g_markup_escape_text (gap->place, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (gap->stairwells != NULL)
    {
      g_autofree char *detail = g_markup_escape_text (gap->stairwells, -1);

      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), detail);
    }
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  return row;
}

static void
gaps_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequCoverageView) self = user_data;
  g_autoptr (GPtrArray) gaps = shequ_network_list_finish (SHEQU_OFFICE (source), result, NULL);
  GtkWidget *row;

  if (gaps == NULL || self->stack == NULL)
    return;
  g_clear_pointer (&self->gaps, g_ptr_array_unref);
  self->gaps = g_ptr_array_ref (gaps);
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  for (guint i = 0; i < gaps->len; i++)
    gtk_list_box_append (self->list, new_gap_row (gaps->pdata[i]));
  gtk_stack_set_visible_child_name (self->stack, "gaps");
}

static void
rate_clicked (GtkButton *button, ShequCoverageView *self)
{
  const Question *question = g_object_get_data (G_OBJECT (button), "question");
  g_autofree char *heading =
    g_strdup_printf ("%s · %s", question->name, shequ_network_gap_get_label (question->kind));

  gtk_label_set_text (self->heading, heading);
  shequ_network_list_gaps_async (self->office, question->kind, question->unit, MOST_GAPS, self->cancellable,
                                 gaps_listed, g_object_ref (self));
}

static void
gap_activated (GtkListBox *list, GtkListBoxRow *row, ShequCoverageView *self)
{
  const ShequNetworkGap *gap = self->gaps->pdata[gtk_list_box_row_get_index (row)];

  g_signal_emit (self, signal_activated, 0, gap->reg->name, gap->key);
}

static void
back_clicked (ShequCoverageView *self)
{
  gtk_stack_set_visible_child_name (self->stack, "table");
}

static GtkWidget *
new_rate (ShequCoverageView *self, const ShequNetworkCoverage *line, guint column)
{
  gint64 part = G_STRUCT_MEMBER (gint64, line, columns[column].part);
  gint64 whole = G_STRUCT_MEMBER (gint64, line, columns[column].whole);
  g_autofree char *rate =
    whole > 0 ? g_strdup_printf ("%.0f%%", 100.0 * (double) part / (double) whole) : g_strdup ("–");
  g_autofree char *words =
    g_strdup_printf (_ ("%s, %s: %d of %d"), line->name, _ (columns[column].head), (int) part, (int) whole);
  GtkWidget *button = gtk_button_new_with_label (rate);
  Question *question = g_new0 (Question, 1);

  question->unit = line->unit;
  question->kind = columns[column].kind;
  question->name = g_strdup (line->name);
  g_object_set_data_full (G_OBJECT (button), "question", question, question_free);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "numeric");
  gtk_widget_set_sensitive (button, part < whole);
  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (rate_clicked), self, 0);
  return button;
}

static GtkWidget *
new_head (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_set_hexpand (label, TRUE);
  return label;
}

static void
add_line (ShequCoverageView *self, const ShequNetworkCoverage *line, guint depth, int row)
{
  GtkWidget *name = gtk_label_new (line->name);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_set_margin_start (name, (int) depth * 12);
  gtk_widget_set_hexpand (name, TRUE);
  if (depth == 0)
    gtk_widget_add_css_class (name, "heading");
  gtk_grid_attach (self->grid, name, 0, row, 1, 1);
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    gtk_grid_attach (self->grid, new_rate (self, line, i), (int) i + 1, row, 1, 1);
}

/* The lines of a unit and of what lies below it stand together. */
static void
show_lines (ShequCoverageView *self)
{
  const ShequNetworkCoverage *top = NULL;
  GtkWidget *child;
  int row = 1;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))) != NULL)
    gtk_grid_remove (self->grid, child);
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    gtk_grid_attach (self->grid, new_head (_ (columns[i].head)), (int) i + 1, 0, 1, 1);
  for (guint i = 0; self->lines != NULL && i < self->lines->len; i++)
    {
      const ShequNetworkCoverage *line = self->lines->pdata[i];

      if (top != NULL && line->depth <= top->depth)
        break;
      if (line->unit == self->unit)
        top = line;
      if (top != NULL)
        add_line (self, line, line->depth - top->depth, row++);
    }
}

static void
coverage_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequCoverageView) self = user_data;
  GPtrArray *lines = shequ_network_list_finish (SHEQU_OFFICE (source), result, NULL);

  if (lines == NULL || self->stack == NULL)
    {
      g_clear_pointer (&lines, g_ptr_array_unref);
      return;
    }
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  self->lines = lines;
  show_lines (self);
}

static void
read_lines (ShequCoverageView *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  shequ_network_list_coverage_async (self->office, self->cancellable, coverage_listed, g_object_ref (self));
}

/**
 * shequ_coverage_view_set_unit:
 * @self: a view
 * @unit: a unit of the office
 */
void
shequ_coverage_view_set_unit (ShequCoverageView *self, gint64 unit)
{
  g_return_if_fail (SHEQU_IS_COVERAGE_VIEW (self));

  if (self->unit == unit)
    return;
  self->unit = unit;
  gtk_stack_set_visible_child_name (self->stack, "table");
  if (self->lines != NULL)
    show_lines (self);
  else
    read_lines (self);
}

/* What is not seen is read again when it is asked for. */
static void
office_changed (ShequOffice *office, const char *reg, gint64 key, ShequCoverageView *self)
{
  static const char *const registers[] = { "org_unit", "grid", "building", "post", "household", NULL };

  if (!g_strv_contains (registers, reg) || self->unit == 0)
    return;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    read_lines (self);
  else
    {
      g_clear_pointer (&self->lines, g_ptr_array_unref);
      self->unit = 0;
    }
}

static void
shequ_coverage_view_dispose (GObject *object)
{
  ShequCoverageView *self = SHEQU_COVERAGE_VIEW (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->stack != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->stack));
  self->stack = NULL;
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_clear_pointer (&self->gaps, g_ptr_array_unref);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (shequ_coverage_view_parent_class)->dispose (object);
}

static void
shequ_coverage_view_class_init (ShequCoverageViewClass *class)
{
  G_OBJECT_CLASS (class)->dispose = shequ_coverage_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
  signal_activated = g_signal_new ("activated", SHEQU_TYPE_COVERAGE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_INT64);
}

static GtkWidget *
new_scrolled (GtkWidget *child)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), child);
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}

static GtkWidget *
new_gap_pane (ShequCoverageView *self)
{
  GtkWidget *pane = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *back = gtk_button_new_from_icon_name ("go-previous-symbolic");

  gtk_widget_set_tooltip_text (back, _ ("Back to the rates"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (back), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Back to the rates"), -1);
  gtk_widget_add_css_class (back, "flat");
  g_signal_connect_object (back, "clicked", G_CALLBACK (back_clicked), self, G_CONNECT_SWAPPED);
  self->heading = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->heading), "heading");
  gtk_label_set_ellipsize (self->heading, PANGO_ELLIPSIZE_END);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_widget_set_valign (GTK_WIDGET (self->list), GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Empty posts"), -1);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (gap_activated), self, 0);
  gtk_box_append (GTK_BOX (bar), back);
  gtk_box_append (GTK_BOX (bar), GTK_WIDGET (self->heading));
  gtk_box_append (GTK_BOX (pane), bar);
  gtk_box_append (GTK_BOX (pane), new_scrolled (GTK_WIDGET (self->list)));
  return pane;
}

static void
shequ_coverage_view_init (ShequCoverageView *self)
{
  self->stack = GTK_STACK (gtk_stack_new ());
  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_spacing (self->grid, 6);
  gtk_widget_set_valign (GTK_WIDGET (self->grid), GTK_ALIGN_START);
  gtk_stack_add_named (self->stack, new_scrolled (GTK_WIDGET (self->grid)), "table");
  gtk_stack_add_named (self->stack, new_gap_pane (self), "gaps");
  gtk_widget_set_parent (GTK_WIDGET (self->stack), GTK_WIDGET (self));
}

ShequCoverageView *
shequ_coverage_view_new (ShequOffice *office)
{
  ShequCoverageView *self = g_object_new (SHEQU_TYPE_COVERAGE_VIEW, NULL);

  self->office = g_object_ref (office);
  g_signal_connect_object (office, "changed", G_CALLBACK (office_changed), self, 0);
  return self;
}
