#include "shequ-chart-table-view.h"

#include "config.h"

#include "shequ-chart-describe.h"

struct _ShequChartTableView
{
  GtkWidget parent_instance;

  GtkWidget *scrolled;
};

G_DEFINE_FINAL_TYPE (ShequChartTableView, shequ_chart_table_view, GTK_TYPE_WIDGET)

static void
add_cell (GtkGrid *grid, const char *text, guint column, guint row, gboolean strong)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), column == 0 ? 0 : 1);
  gtk_widget_add_css_class (label, "numeric");
  if (strong)
    gtk_widget_add_css_class (label, "heading");
  gtk_grid_attach (grid, label, (int) column, (int) row, 1, 1);
}

static void
add_separator (GtkGrid *grid, guint row, guint n_columns)
{
  gtk_grid_attach (grid, gtk_separator_new (GTK_ORIENTATION_HORIZONTAL), 0, (int) row, (int) n_columns, 1);
}

/* Many series read better one below the other: then the table stands on its side. */
static void
fill (GtkGrid *grid, const ShequChartTable *table, const char *unit)
{
  gboolean turned = table->n_numbers > table->rows->len;
  guint n_columns = turned ? table->rows->len + 1 : table->n_numbers + 1;
  guint line = 2;

  for (guint i = 0; i <= table->n_numbers; i++)
    add_cell (grid, turned && i == 0 ? unit : table->heads[i], turned ? 0 : i, turned && i > 0 ? i + 1 : 0,
              !turned || i == 0);
  add_separator (grid, 1, n_columns);
  for (guint r = 0; r < table->rows->len; r++, line++)
    {
      const ShequChartTableRow *row = table->rows->pdata[r];
      gboolean total = row->total && !turned;

      if (total)
        add_separator (grid, line++, n_columns);
      add_cell (grid, row->label, turned ? r + 1 : 0, turned ? 0 : line, turned || total);
      for (guint i = 0; i < table->n_numbers; i++)
        add_cell (grid, row->texts[i], turned ? r + 1 : i + 1, turned ? i + 2 : line, row->total);
    }
}

static void
shequ_chart_table_view_dispose (GObject *object)
{
  g_clear_pointer (&SHEQU_CHART_TABLE_VIEW (object)->scrolled, gtk_widget_unparent);
  G_OBJECT_CLASS (shequ_chart_table_view_parent_class)->dispose (object);
}

static void
shequ_chart_table_view_class_init (ShequChartTableViewClass *class)
{
  G_OBJECT_CLASS (class)->dispose = shequ_chart_table_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (class), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
shequ_chart_table_view_init (ShequChartTableView *self)
{
  self->scrolled = gtk_scrolled_window_new ();
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
}

ShequChartTableView *
shequ_chart_table_view_new (void)
{
  return g_object_new (SHEQU_TYPE_CHART_TABLE_VIEW, NULL);
}

/**
 * shequ_chart_table_view_set_chart:
 * @self: a table
 * @chart: what it says in numbers
 */
void
shequ_chart_table_view_set_chart (ShequChartTableView *self, ShequChart *chart)
{
  g_autoptr (ShequChartTable) table = shequ_chart_get_table (chart);
  GtkWidget *grid = gtk_grid_new ();

  g_return_if_fail (SHEQU_IS_CHART_TABLE_VIEW (self));

  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 18);
  gtk_widget_set_halign (grid, GTK_ALIGN_START);
  gtk_widget_set_valign (grid, GTK_ALIGN_START);
  gtk_widget_set_margin_top (grid, 6);
  gtk_widget_set_margin_bottom (grid, 18);
  gtk_widget_set_margin_end (grid, 18);
  fill (GTK_GRID (grid), table, shequ_chart_get_unit (chart));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), grid);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  shequ_chart_get_title (chart), -1);
}
