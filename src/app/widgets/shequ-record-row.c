#include "shequ-record-row.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-search-attributes.h"

/* Between a column's edge and its text, as the style sheet has it for the head. */
#define PADDING 8
#define ICON 16
#define GAP 6

struct _ShequRecordRow
{
  GtkWidget parent_instance;

  ShequRecordColumns *columns;
  ShequRecord *record; /* (nullable) */
  GArray *cells;       /* of ShequRecordCell, one a column */
};

G_DEFINE_FINAL_TYPE (ShequRecordRow, shequ_record_row, GTK_TYPE_WIDGET)

static void
clear_cell (gpointer data)
{
  g_free (((ShequRecordCell *) data)->text);
}

static gboolean
is_empty (const ShequRecordCell *cell)
{
  return cell->text == NULL || *cell->text == '\0';
}

/* As one would read the line aloud: what it is about, then each value behind the title of its column. */
static char *
describe (ShequRecordRow *self)
{
  const GPtrArray *columns = shequ_record_columns_get_columns (self->columns);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->cells->len && i < columns->len; i++)
    {
      const ShequRecordCell *cell = &g_array_index (self->cells, ShequRecordCell, i);
      const ShequRecordColumn *column = g_ptr_array_index (columns, i);

      if (is_empty (cell))
        continue;
      if (text->len > 0)
        g_string_append_printf (text, _ (", %s %s"), column->title, cell->text);
      else
        g_string_append (text, cell->text);
    }
  return g_string_free (text, FALSE);
}

/* The row of the list is what has the focus. */
static void
update_name (ShequRecordRow *self)
{
  GtkWidget *item = gtk_widget_get_parent (GTK_WIDGET (self));
  g_autofree char *name = describe (self);

  if (item != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
update (ShequRecordRow *self)
{
  const GPtrArray *columns = shequ_record_columns_get_columns (self->columns);

  g_array_set_size (self->cells, 0);
  g_array_set_size (self->cells, columns->len);
  for (guint i = 0; i < columns->len; i++)
    shequ_record_column_show (g_ptr_array_index (columns, i), self->record,
                              &g_array_index (self->cells, ShequRecordCell, i));
  update_name (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
get_line (GtkWidget *widget, int *height, int *baseline)
{
  PangoFontMetrics *metrics = pango_context_get_metrics (gtk_widget_get_pango_context (widget), NULL, NULL);

  *height = PANGO_PIXELS_CEIL (pango_font_metrics_get_height (metrics));
  *baseline = PANGO_PIXELS (pango_font_metrics_get_ascent (metrics));
  pango_font_metrics_unref (metrics);
}

static void
shequ_record_row_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  int baseline;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = shequ_record_columns_get_least_width (SHEQU_RECORD_ROW (widget)->columns);
  else
    get_line (widget, minimum, &baseline);
  *natural = *minimum;
}

static void
get_colour (GtkWidget *widget, ShequRecordCellLook look, GdkRGBA *colour)
{
  static const char *const names[] = { NULL, "warning_color", "error_color" };
  GtkStyleContext *context = gtk_widget_get_style_context (widget);

  if (names[look] == NULL || !gtk_style_context_lookup_color (context, names[look], colour))
    gtk_style_context_get_color (context, colour);
}

/* Returns what it takes of the width. */
static int
draw_icon (GtkWidget *widget, GtkSnapshot *snapshot, const char *name, int x, const GdkRGBA *colour)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (widget));
  g_autoptr (GtkIconPaintable) icon =
    gtk_icon_theme_lookup_icon (theme, name, NULL, ICON, gtk_widget_get_scale_factor (widget),
                                gtk_widget_get_direction (widget), GTK_ICON_LOOKUP_FORCE_SYMBOLIC);
  float y = (float) (gtk_widget_get_height (widget) - ICON) / 2;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, y));
  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (icon), snapshot, ICON, ICON, colour, 1);
  gtk_snapshot_restore (snapshot);
  return ICON + GAP;
}

/* What was typed into the search is marked; digits stand one below the other. */
static PangoAttrList *
get_attributes (ShequRecordRow *self, const ShequRecordColumn *column, const char *text)
{
  g_autoptr (GArray) marks =
    column->field != NULL ? shequ_record_find_marks (self->record, column->field, text) : NULL;
  PangoAttrList *attributes = shequ_search_attributes_new (marks);

  if (attributes == NULL)
    attributes = pango_attr_list_new ();
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum"));
  return attributes;
}

static void
draw_cell (ShequRecordRow *self,
           GtkSnapshot *snapshot,
           PangoLayout *layout,
           const ShequRecordColumn *column,
           const ShequRecordCell *cell,
           int baseline)
{
  g_autoptr (PangoAttrList) attributes = get_attributes (self, column, cell->text);
  int x = column->x + PADDING, width = column->width - 2 * PADDING;
  float y;
  GdkRGBA colour;

  get_colour (GTK_WIDGET (self), cell->look, &colour);
  if (cell->icon_name != NULL)
    {
      int taken = draw_icon (GTK_WIDGET (self), snapshot, cell->icon_name, x, &colour);

      x += taken;
      width -= taken;
    }
  if (width <= 0)
    return;
  pango_layout_set_text (layout, cell->text, -1);
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_width (layout, width * PANGO_SCALE);
  pango_layout_set_alignment (layout, column->is_number ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
  y = (float) (baseline - PANGO_PIXELS (pango_layout_get_baseline (layout)));
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, y));
  gtk_snapshot_append_layout (snapshot, layout, &colour);
  gtk_snapshot_restore (snapshot);
}

/* GTK draws only the rows in sight. */
static void
shequ_record_row_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ShequRecordRow *self = SHEQU_RECORD_ROW (widget);
  const GPtrArray *columns = shequ_record_columns_get_columns (self->columns);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, NULL);
  int height, baseline;

  get_line (widget, &height, &baseline);
  baseline += (gtk_widget_get_height (widget) - height) / 2;
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  for (guint i = 0; i < self->cells->len && i < columns->len; i++)
    {
      const ShequRecordCell *cell = &g_array_index (self->cells, ShequRecordCell, i);

      if (!is_empty (cell))
        draw_cell (self, snapshot, layout, g_ptr_array_index (columns, i), cell, baseline);
    }
}

static void
shequ_record_row_dispose (GObject *object)
{
  ShequRecordRow *self = SHEQU_RECORD_ROW (object);

  shequ_record_row_set_record (self, NULL);
  g_clear_object (&self->columns);
  G_OBJECT_CLASS (shequ_record_row_parent_class)->dispose (object);
}

static void
shequ_record_row_finalize (GObject *object)
{
  g_array_unref (SHEQU_RECORD_ROW (object)->cells);
  G_OBJECT_CLASS (shequ_record_row_parent_class)->finalize (object);
}

static void
shequ_record_row_class_init (ShequRecordRowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = shequ_record_row_dispose;
  G_OBJECT_CLASS (class)->finalize = shequ_record_row_finalize;
  widget_class->measure = shequ_record_row_measure;
  widget_class->snapshot = shequ_record_row_snapshot;
  gtk_widget_class_set_css_name (widget_class, "record");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
shequ_record_row_init (ShequRecordRow *self)
{
  self->cells = g_array_new (FALSE, TRUE, sizeof (ShequRecordCell));
  g_array_set_clear_func (self->cells, clear_cell);
}

/**
 * shequ_record_row_new:
 * @columns: what it shows, and where
 *
 * Returns: (transfer floating): a row without a record
 */
GtkWidget *
shequ_record_row_new (ShequRecordColumns *columns)
{
  ShequRecordRow *self = g_object_new (SHEQU_TYPE_RECORD_ROW, NULL);

  self->columns = g_object_ref (columns);
  return GTK_WIDGET (self);
}

/**
 * shequ_record_row_set_record:
 * @self: a row
 * @record: (nullable): what it shows from now on
 *
 * To be called when the list reuses the row.
 */
void
shequ_record_row_set_record (ShequRecordRow *self, ShequRecord *record)
{
  if (self->record == record)
    return;
  if (self->record != NULL)
    g_signal_handlers_disconnect_by_func (self->record, update, self);
  g_set_object (&self->record, record);
  if (record == NULL)
    return;
  g_signal_connect_swapped (record, "notify::row", G_CALLBACK (update), self);
  update (self);
}

/**
 * shequ_record_row_columns_changed:
 * @self: a row
 *
 * Looks at its columns again.
 */
void
shequ_record_row_columns_changed (ShequRecordRow *self)
{
  gtk_widget_queue_resize (GTK_WIDGET (self));
  if (self->record != NULL)
    update (self);
}
