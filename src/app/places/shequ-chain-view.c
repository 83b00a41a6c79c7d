#include "shequ-chain-view.h"

#include "config.h"

#include <glib/gi18n-lib.h>

/* What can be opened is a button, and has its words that far in. */
#define INDENT 10

struct _ShequChainView
{
  GtkWidget parent_instance;

  ShequOffice *office;
  const ShequRegister *reg;
  gint64 key;
  char *stairwell;
  GCancellable *cancellable;

  GtkWidget *scrolled;
  GtkLabel *fault;
  GtkGrid *grid;
};

G_DEFINE_FINAL_TYPE (ShequChainView, shequ_chain_view, GTK_TYPE_WIDGET)

static GtkWidget *
new_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static void
clear_grid (ShequChainView *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))) != NULL)
    gtk_grid_remove (self->grid, child);
}

/* Opens the record of the post. */
static void
open_post (GtkButton *button, gpointer data)
{
  gtk_widget_activate_action (GTK_WIDGET (button), "win.open-record", "(sx)", "post",
                              *(gint64 *) g_object_get_data (G_OBJECT (button), "post"));
}

static GtkWidget *
new_holder (const ShequNetworkHolder *holder)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *button;

  gtk_box_append (GTK_BOX (box), new_label (holder->kind, "caption"));
  gtk_box_append (GTK_BOX (box), new_label (holder->name, "heading"));
  if (holder->phone != NULL)
    gtk_box_append (GTK_BOX (box), new_label (holder->phone, "numeric"));
  if (holder->post == 0)
    {
      gtk_widget_set_margin_start (box, INDENT);
      return box;
    }
  button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  g_object_set_data_full (G_OBJECT (button), "post", g_memdup2 (&holder->post, sizeof holder->post), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (open_post), NULL);
  return button;
}

/* Starts the record of an empty post, where it is clear which. */
static GtkWidget *
new_gap (const ShequNetworkStep *step)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("dialog-warning-symbolic"));
  gtk_box_append (GTK_BOX (box), new_label (C_ ("post", "empty"), NULL));
  gtk_widget_add_css_class (box, "warning");
  gtk_widget_set_margin_start (box, INDENT);
  return box;
}

static GtkWidget *
new_side (const ShequNetworkStep *step, const GPtrArray *holders)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  for (guint i = 0; i < holders->len; i++)
    gtk_box_append (GTK_BOX (box), new_holder (holders->pdata[i]));
  if (holders->len == 0 && step->must_have)
    gtk_box_append (GTK_BOX (box), new_gap (step));
  gtk_widget_set_hexpand (box, TRUE);
  return box;
}

static GtkWidget *
new_title (const char *text)
{
  GtkWidget *label = new_label (text, "dim-label");

  gtk_widget_set_margin_start (label, INDENT);
  return label;
}

static void
add_step (ShequChainView *self, const ShequNetworkStep *step, int line)
{
  GtkWidget *place = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_append (GTK_BOX (place), new_label (step->level, "caption"));
  gtk_box_append (GTK_BOX (place), new_label (step->title != NULL ? step->title : _ ("not entered"), NULL));
  gtk_grid_attach (self->grid, gtk_separator_new (GTK_ORIENTATION_HORIZONTAL), 0, line * 2 + 1, 3, 1);
  gtk_grid_attach (self->grid, place, 0, line * 2 + 2, 1, 1);
  gtk_grid_attach (self->grid, new_side (step, step->party), 1, line * 2 + 2, 1, 1);
  gtk_grid_attach (self->grid, new_side (step, step->self_government), 2, line * 2 + 2, 1, 1);
}

static void
show_chain (ShequChainView *self, const ShequNetworkChain *chain)
{
  clear_grid (self);
  gtk_label_set_text (self->fault, chain->fault != NULL ? chain->fault : "");
  gtk_widget_set_visible (GTK_WIDGET (self->fault), chain->fault != NULL);
  gtk_grid_attach (self->grid, new_label (_ ("Place"), "dim-label"), 0, 0, 1, 1);
  gtk_grid_attach (self->grid, new_title (_ ("Party")), 1, 0, 1, 1);
  gtk_grid_attach (self->grid, new_title (_ ("Self-government")), 2, 0, 1, 1);
  for (guint i = 0; i < chain->steps->len; i++)
    add_step (self, chain->steps->pdata[i], (int) i);
}

static void
chain_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequChainView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequNetworkChain) chain =
    shequ_network_get_chain_finish (SHEQU_OFFICE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->scrolled == NULL)
    return;
  if (chain != NULL)
    {
      show_chain (self, chain);
      return;
    }
  clear_grid (self);
  gtk_label_set_text (self->fault, error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->fault), TRUE);
}

static void
read_chain (ShequChainView *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  shequ_network_get_chain_async (self->office, self->reg, self->key, self->stairwell, self->cancellable,
                                 chain_read, g_object_ref (self));
}

/**
 * shequ_chain_view_set_place:
 * @self: a view
 * @reg: a register of places
 * @key: a record of it
 * @stairwell: (nullable): of a building, the stairwell that is meant
 */
void
shequ_chain_view_set_place (ShequChainView *self, const ShequRegister *reg, gint64 key, const char *stairwell)
{
  g_return_if_fail (SHEQU_IS_CHAIN_VIEW (self));

  if (self->reg == reg && self->key == key && g_strcmp0 (self->stairwell, stairwell) == 0)
    return;
  self->reg = reg;
  self->key = key;
  g_free (self->stairwell);
  self->stairwell = g_strdup (stairwell);
  read_chain (self);
}

static void
office_changed (ShequOffice *office, const char *reg, gint64 key, ShequChainView *self)
{
  static const char *const registers[] = { "org_unit", "grid",      "building", "dwelling",
                                           "post",     "household", "staff",    NULL };

  if (self->reg != NULL && g_strv_contains (registers, reg))
    read_chain (self);
}

static void
shequ_chain_view_dispose (GObject *object)
{
  ShequChainView *self = SHEQU_CHAIN_VIEW (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  g_clear_pointer (&self->stairwell, g_free);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (shequ_chain_view_parent_class)->dispose (object);
}

static void
shequ_chain_view_class_init (ShequChainViewClass *class)
{
  G_OBJECT_CLASS (class)->dispose = shequ_chain_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
}

static void
shequ_chain_view_init (ShequChainView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->fault = GTK_LABEL (new_label (NULL, "warning"));
  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_spacing (self->grid, 18);
  gtk_grid_set_row_spacing (self->grid, 6);
  gtk_widget_set_visible (GTK_WIDGET (self->fault), FALSE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->fault));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->grid));
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), box);
  gtk_widget_set_vexpand (self->scrolled, TRUE);
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
}

ShequChainView *
shequ_chain_view_new (ShequOffice *office)
{
  ShequChainView *self = g_object_new (SHEQU_TYPE_CHAIN_VIEW, NULL);

  self->office = g_object_ref (office);
  g_signal_connect_object (office, "changed", G_CALLBACK (office_changed), self, 0);
  return self;
}
