#include "shequ-document-view.h"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define MARGIN 18
#define LEAST_WIDTH 260
#define MOST_WIDTH 820

/* One page, as high as its width says. */
#define SHEQU_TYPE_SHEET (sheet_get_type ())
G_DECLARE_FINAL_TYPE (Sheet, sheet, SHEQU, SHEET, GtkWidget)

struct _Sheet
{
  GtkWidget parent_instance;

  ShequDocument *document;
  guint page;
};

G_DEFINE_FINAL_TYPE (Sheet, sheet, GTK_TYPE_WIDGET)

static GtkSizeRequestMode
sheet_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
sheet_measure (GtkWidget *widget,
               GtkOrientation orientation,
               int for_size,
               int *minimum,
               int *natural,
               int *minimum_baseline,
               int *natural_baseline)
{
  Sheet *self = SHEQU_SHEET (widget);
  double ratio = shequ_document_get_height (self->document) / shequ_document_get_width (self->document);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = LEAST_WIDTH;
      *natural = MOST_WIDTH;
    }
  else
    *minimum = *natural = (int) (MAX (for_size, LEAST_WIDTH) * ratio);
}

/* Paper is white in a dark window too. */
static void
sheet_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  Sheet *self = SHEQU_SHEET (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  double scale = width / (shequ_document_get_width (self->document) * SHEQU_POINTS_PER_MM);
  cairo_t *cr =
    gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  shequ_document_draw_page (self->document, cr, self->page);
  cairo_destroy (cr);
}

static void
sheet_dispose (GObject *object)
{
  g_clear_object (&SHEQU_SHEET (object)->document);
  G_OBJECT_CLASS (sheet_parent_class)->dispose (object);
}

static void
sheet_class_init (SheetClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = sheet_dispose;
  widget_class->get_request_mode = sheet_get_request_mode;
  widget_class->measure = sheet_measure;
  widget_class->snapshot = sheet_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
sheet_init (Sheet *self)
{
}

struct _ShequDocumentView
{
  GtkWidget parent_instance;

  ShequDocument *document; /* (nullable) */
  GtkWidget *scrolled;
  GtkWidget *pages; /* a box of sheets */
};

G_DEFINE_FINAL_TYPE (ShequDocumentView, shequ_document_view, GTK_TYPE_WIDGET)

static GtkWidget *
new_sheet (ShequDocument *document, guint page)
{
  Sheet *sheet = g_object_new (SHEQU_TYPE_SHEET, NULL);

  sheet->document = g_object_ref (document);
  sheet->page = page;
  gtk_widget_add_css_class (GTK_WIDGET (sheet), "card");
  gtk_accessible_update_property (GTK_ACCESSIBLE (sheet), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  shequ_document_get_title (document), -1);
  return GTK_WIDGET (sheet);
}

static void
shequ_document_view_dispose (GObject *object)
{
  ShequDocumentView *self = SHEQU_DOCUMENT_VIEW (object);

  g_clear_object (&self->document);
  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  G_OBJECT_CLASS (shequ_document_view_parent_class)->dispose (object);
}

static void
shequ_document_view_class_init (ShequDocumentViewClass *class)
{
  G_OBJECT_CLASS (class)->dispose = shequ_document_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
}

static void
shequ_document_view_init (ShequDocumentView *self)
{
  GtkWidget *clamp = adw_clamp_new ();

  self->pages = gtk_box_new (GTK_ORIENTATION_VERTICAL, MARGIN);
  gtk_widget_set_margin_top (self->pages, MARGIN);
  gtk_widget_set_margin_bottom (self->pages, MARGIN);
  gtk_widget_set_margin_start (self->pages, MARGIN);
  gtk_widget_set_margin_end (self->pages, MARGIN);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), MOST_WIDTH);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), MOST_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), self->pages);
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), clamp);
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Preview of the page"), -1);
}

GtkWidget *
shequ_document_view_new (void)
{
  return g_object_new (SHEQU_TYPE_DOCUMENT_VIEW, NULL);
}

/**
 * shequ_document_view_set_document:
 * @self: a view
 * @document: (nullable) (transfer none): what is shown
 *
 * Shows another document.
 */
void
shequ_document_view_set_document (ShequDocumentView *self, ShequDocument *document)
{
  GtkWidget *child;

  g_return_if_fail (SHEQU_IS_DOCUMENT_VIEW (self));

  g_set_object (&self->document, document);
  while ((child = gtk_widget_get_first_child (self->pages)) != NULL)
    gtk_box_remove (GTK_BOX (self->pages), child);
  for (guint i = 0; document != NULL && i < shequ_document_get_n_pages (document); i++)
    gtk_box_append (GTK_BOX (self->pages), new_sheet (document, i));
}

/**
 * shequ_document_view_get_document:
 * @self: a view
 *
 * Returns: (transfer none) (nullable): what is shown
 */
ShequDocument *
shequ_document_view_get_document (ShequDocumentView *self)
{
  g_return_val_if_fail (SHEQU_IS_DOCUMENT_VIEW (self), NULL);

  return self->document;
}
