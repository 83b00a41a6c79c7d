#include "shequ-shelf-row.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-number.h"

struct _ShequShelfRow
{
  GtkListBoxRow parent_instance;

  const ShequBook *book;
  const char *heading;
  gboolean shelved; /* stands under its area, not among those that come first */
  GtkToggleButton *star;
};

enum
{
  SIGNAL_STARRED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ShequShelfRow, shequ_shelf_row, GTK_TYPE_LIST_BOX_ROW)

static GtkWidget *
new_label (const char *text, const char *css, gboolean expand)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, expand);
  if (css != NULL)
    gtk_widget_add_css_class (label, css);
  return label;
}

static char *
count_records (const ShequBook *book)
{
  g_autofree char *number = shequ_number_to_text (book->n_records, 0);

  if (book->n_records == 0)
    return g_strdup (_ ("empty"));
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s record", "%s records", (gulong) book->n_records),
                          number);
}

static char *
count_due (const ShequBook *book)
{
  if (book->n_overdue > 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u overdue", "%u overdue", book->n_overdue),
                            book->n_overdue);
  if (book->n_due > 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u due", "%u due", book->n_due), book->n_due);
  return NULL;
}

static GtkWidget *
new_badge (const ShequBook *book)
{
  g_autofree char *text = count_due (book);
  GtkWidget *badge = gtk_label_new (text);

  gtk_widget_add_css_class (badge, "badge");
  gtk_widget_add_css_class (badge, book->n_overdue > 0 ? "error" : "due-today");
  gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (badge, text != NULL);
  return badge;
}

static void
show_star (ShequShelfRow *self)
{
  gboolean starred = gtk_toggle_button_get_active (self->star);
  g_autofree char *name = g_strdup_printf (
    starred ? _ ("%s: no favourite any more") : _ ("%s: make it a favourite"), self->book->reg->label);

  gtk_button_set_icon_name (GTK_BUTTON (self->star), starred ? "starred-symbolic" : "non-starred-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->star), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->star), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
star_toggled (ShequShelfRow *self)
{
  show_star (self);
  g_signal_emit (self, signals[SIGNAL_STARRED], 0);
}

static GtkWidget *
new_template_button (const ShequRegister *reg)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("x-office-spreadsheet-symbolic");
  g_autofree char *name = g_strdup_printf (_ ("%s: blank spreadsheet to fill in"), reg->label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "registers.template");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", reg->name);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  /* What the program alone writes has no columns that a person fills in. */
  gtk_widget_set_opacity (button, reg->fixed ? 0.0 : 1.0);
  gtk_widget_set_sensitive (button, !reg->fixed);
  return button;
}

static GtkWidget *
new_texts (const ShequBook *book)
{
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_append (GTK_BOX (texts), new_label (book->reg->label, "heading", TRUE));
  if (book->reg->help != NULL)
    gtk_box_append (GTK_BOX (texts), new_label (book->reg->help, "dim-label", TRUE));
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  return texts;
}

static void
fill (ShequShelfRow *self, gboolean starred)
{
  const ShequBook *book = self->book;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autofree char *count = count_records (book);
  GtkWidget *records = new_label (count, book->n_records > 0 ? "numeric" : "dim-label", FALSE);
  GtkWidget *changed = new_label (book->changed_on, "dim-label", FALSE);

  gtk_label_set_xalign (GTK_LABEL (records), 1);
  gtk_label_set_width_chars (GTK_LABEL (records), 10);
  gtk_label_set_xalign (GTK_LABEL (changed), 1);
  gtk_label_set_width_chars (GTK_LABEL (changed), 11);
  gtk_widget_add_css_class (changed, "numeric");
  gtk_widget_set_tooltip_text (changed, _ ("Last change"));
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (
                                   book->reg->icon != NULL ? book->reg->icon : "view-list-symbolic"));
  gtk_box_append (GTK_BOX (box), new_texts (book));
  gtk_box_append (GTK_BOX (box), new_badge (book));
  gtk_box_append (GTK_BOX (box), records);
  gtk_box_append (GTK_BOX (box), changed);
  gtk_box_append (GTK_BOX (box), new_template_button (book->reg));
  self->star = GTK_TOGGLE_BUTTON (gtk_toggle_button_new ());
  gtk_toggle_button_set_active (self->star, starred);
  gtk_widget_add_css_class (GTK_WIDGET (self->star), "flat");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->star));
  show_star (self);
  g_signal_connect_object (self->star, "toggled", G_CALLBACK (star_toggled), self, G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (box, "matter");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
}

/* What a screen reader says of the row. */
static void
name_row (ShequShelfRow *self)
{
  const ShequBook *book = self->book;
  g_autofree char *count = count_records (book);
  g_autofree char *due = count_due (book);
  g_autofree char *name = due != NULL ? g_strdup_printf ("%s · %s · %s", book->reg->label, count, due)
                                      : g_strdup_printf ("%s · %s", book->reg->label, count);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  book->reg->help != NULL ? book->reg->help : "", -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), book->reg->help);
}

static void
shequ_shelf_row_class_init (ShequShelfRowClass *class)
{
  signals[SIGNAL_STARRED] =
    g_signal_new ("starred", SHEQU_TYPE_SHELF_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
shequ_shelf_row_init (ShequShelfRow *self)
{
}

/**
 * shequ_shelf_row_new:
 * @book: the register; must live longer than the row
 * @heading: the translated heading under which the row stands; a literal
 * @shelved: whether that is the heading of its area
 * @starred: whether it is a favourite
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
shequ_shelf_row_new (const ShequBook *book, const char *heading, gboolean shelved, gboolean starred)
{
  ShequShelfRow *self = g_object_new (SHEQU_TYPE_SHELF_ROW, NULL);

  self->book = book;
  self->heading = heading;
  self->shelved = shelved;
  fill (self, starred);
  name_row (self);
  return GTK_WIDGET (self);
}

const ShequBook *
shequ_shelf_row_get_book (ShequShelfRow *self)
{
  return self->book;
}

const char *
shequ_shelf_row_get_heading (ShequShelfRow *self)
{
  return self->heading;
}

gboolean
shequ_shelf_row_is_shelved (ShequShelfRow *self)
{
  return self->shelved;
}

gboolean
shequ_shelf_row_is_starred (ShequShelfRow *self)
{
  return gtk_toggle_button_get_active (self->star);
}
