#include "shequ-filter-bar.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-chooser.h"

/* One filter of the list and what is chosen in it. */
typedef struct
{
  ShequFilterBar *bar;
  const ShequField *field; /* (nullable) for a condition from elsewhere */
  char *value;             /* (nullable): as a condition writes it */
  GtkWidget *chip;
  GtkWidget *button; /* (nullable) */
  GtkWidget *label;
  GtkWidget *clear;
} Filter;

struct _ShequFilterBar
{
  GtkWidget parent_instance;

  ShequOffice *office;
  GtkWidget *scrolled;
  GtkWidget *box;
  GPtrArray *filters;        /* of Filter */
  ShequCondition *condition; /* (nullable): from elsewhere */
  Filter *condition_filter;  /* (nullable) */
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ShequFilterBar, shequ_filter_bar, GTK_TYPE_WIDGET)

static void
filter_free (gpointer data)
{
  Filter *filter = data;

  gtk_box_remove (GTK_BOX (filter->bar->box), filter->chip);
  g_free (filter->value);
  g_free (filter);
}

static void
show_value (Filter *filter, const char *title)
{
  g_autofree char *text = title != NULL ? g_strdup_printf (_ ("%s: %s"), filter->field->label, title)
                                        : g_strdup (filter->field->label);

  gtk_label_set_text (GTK_LABEL (filter->label), text);
  gtk_widget_set_visible (filter->clear, title != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (filter->button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  if (title != NULL)
    gtk_widget_add_css_class (filter->chip, "chosen");
  else
    gtk_widget_remove_css_class (filter->chip, "chosen");
}

static void
emit_changed (ShequFilterBar *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
clear_clicked (GtkButton *button, Filter *filter)
{
  ShequFilterBar *self = filter->bar;

  if (filter->field != NULL)
    {
      g_clear_pointer (&filter->value, g_free);
      show_value (filter, NULL);
      emit_changed (self);
    }
  else
    shequ_filter_bar_set_condition (self, NULL);
}

static void
search (ShequChooser *chooser, const char *typed, Filter *filter)
{
  if (filter->field->kind == SHEQU_FIELD_LINK)
    shequ_chooser_find_records (chooser, filter->bar->office, filter->field->target, typed);
  else if (filter->field->codes != NULL)
    shequ_chooser_find_codes (chooser, filter->field->codes, typed);
  else
    {
      g_autoptr (GPtrArray) choices = g_ptr_array_new_with_free_func (g_object_unref);

      g_ptr_array_add (choices, shequ_choice_new_code ("yes", _ ("Yes")));
      g_ptr_array_add (choices, shequ_choice_new_code ("no", _ ("No")));
      shequ_chooser_set_choices (chooser, choices);
    }
}

static void
chosen (ShequChooser *chooser, ShequChoice *choice, Filter *filter)
{
  g_free (filter->value);
  if (filter->field->kind == SHEQU_FIELD_LINK)
    filter->value = g_strdup_printf ("%" G_GINT64_FORMAT, shequ_choice_get_key (choice));
  else
    filter->value = g_strdup (shequ_choice_get_code (choice));
  show_value (filter, shequ_choice_get_title (choice));
  gtk_menu_button_popdown (GTK_MENU_BUTTON (filter->button));
  emit_changed (filter->bar);
}

static Filter *
new_filter (ShequFilterBar *self, const ShequField *field)
{
  Filter *filter = g_new0 (Filter, 1);

  filter->bar = self;
  filter->field = field;
  filter->chip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  filter->label = gtk_label_new (NULL);
  filter->clear = gtk_button_new_from_icon_name ("window-close-symbolic");
  gtk_label_set_ellipsize (GTK_LABEL (filter->label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (filter->label), 20);
  gtk_widget_set_tooltip_text (filter->clear, _ ("Take the filter away"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (filter->clear), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Take the filter away"), -1);
  gtk_widget_add_css_class (filter->clear, "flat");
  gtk_widget_add_css_class (filter->chip, "chip");
  gtk_widget_set_valign (filter->chip, GTK_ALIGN_CENTER);
  g_signal_connect (filter->clear, "clicked", G_CALLBACK (clear_clicked), filter);
  return filter;
}

static void
add_field (ShequFilterBar *self, const ShequField *field)
{
  Filter *filter = new_filter (self, field);
  ShequChooser *chooser = shequ_chooser_new ();

  filter->button = gtk_menu_button_new ();
  gtk_menu_button_set_child (GTK_MENU_BUTTON (filter->button), filter->label);
  gtk_menu_button_set_always_show_arrow (GTK_MENU_BUTTON (filter->button), TRUE);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (filter->button),
                               shequ_chooser_new_popover (chooser, field->label));
  gtk_widget_add_css_class (filter->button, "flat");
  g_signal_connect (chooser, "search", G_CALLBACK (search), filter);
  g_signal_connect (chooser, "chosen", G_CALLBACK (chosen), filter);
  gtk_box_append (GTK_BOX (filter->chip), filter->button);
  gtk_box_append (GTK_BOX (filter->chip), filter->clear);
  gtk_box_append (GTK_BOX (self->box), filter->chip);
  g_ptr_array_add (self->filters, filter);
  show_value (filter, NULL);
}

static void
drop_condition (ShequFilterBar *self)
{
  g_clear_pointer (&self->condition, shequ_condition_unref);
  g_clear_pointer (&self->condition_filter, filter_free);
}

static void
shequ_filter_bar_dispose (GObject *object)
{
  ShequFilterBar *self = SHEQU_FILTER_BAR (object);

  if (self->box != NULL)
    drop_condition (self);
  g_clear_pointer (&self->filters, g_ptr_array_unref);
  self->box = NULL;
  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (shequ_filter_bar_parent_class)->dispose (object);
}

static void
shequ_filter_bar_class_init (ShequFilterBarClass *class)
{
  G_OBJECT_CLASS (class)->dispose = shequ_filter_bar_dispose;

  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", SHEQU_TYPE_FILTER_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
}

static void
shequ_filter_bar_init (ShequFilterBar *self)
{
  self->filters = g_ptr_array_new_with_free_func (filter_free);
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_EXTERNAL,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), self->box);
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
}

/**
 * shequ_filter_bar_new:
 * @office: where linked records are found
 *
 * Returns: (transfer floating): a bar without filters
 */
ShequFilterBar *
shequ_filter_bar_new (ShequOffice *office)
{
  ShequFilterBar *self = g_object_new (SHEQU_TYPE_FILTER_BAR, NULL);

  self->office = g_object_ref (office);
  return self;
}

static gboolean
can_filter (const ShequField *field)
{
  return field->kind == SHEQU_FIELD_CODE || field->kind == SHEQU_FIELD_LINK ||
         field->kind == SHEQU_FIELD_YES_NO;
}

/**
 * shequ_filter_bar_set_list:
 * @self: a bar
 * @list: the list that is narrowed
 *
 * Shows the filters of the list's description, with nothing chosen.
 */
void
shequ_filter_bar_set_list (ShequFilterBar *self, const ShequList *list)
{
  g_return_if_fail (SHEQU_IS_FILTER_BAR (self));

  g_ptr_array_set_size (self->filters, 0);
  for (guint i = 0; i < list->filters->len; i++)
    {
      if (can_filter (g_ptr_array_index (list->filters, i)))
        add_field (self, g_ptr_array_index (list->filters, i));
    }
  gtk_widget_set_visible (GTK_WIDGET (self), self->filters->len > 0 || self->condition != NULL);
}

/**
 * shequ_filter_bar_set_condition:
 * @self: a bar
 * @condition: (nullable) (transfer full): what the list is narrowed to besides
 *
 * Shows a chip for a condition that came from elsewhere, as from a bar of a chart.
 */
void
shequ_filter_bar_set_condition (ShequFilterBar *self, ShequCondition *condition)
{
  g_return_if_fail (SHEQU_IS_FILTER_BAR (self));

  drop_condition (self);
  self->condition = condition;
  if (condition != NULL)
    {
      Filter *filter = self->condition_filter = new_filter (self, NULL);

      gtk_label_set_text (GTK_LABEL (filter->label), _ ("Chosen records"));
      gtk_box_append (GTK_BOX (filter->chip), filter->label);
      gtk_box_append (GTK_BOX (filter->chip), filter->clear);
      gtk_widget_add_css_class (filter->chip, "chosen");
      gtk_box_prepend (GTK_BOX (self->box), filter->chip);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), self->filters->len > 0 || condition != NULL);
  emit_changed (self);
}

/**
 * shequ_filter_bar_get_condition:
 * @self: a bar
 *
 * Returns: (transfer full) (nullable): all that is chosen, as one condition
 */
ShequCondition *
shequ_filter_bar_get_condition (ShequFilterBar *self)
{
  ShequCondition *all = NULL;

  g_return_val_if_fail (SHEQU_IS_FILTER_BAR (self), NULL);

  if (self->condition != NULL)
    all = shequ_condition_ref (self->condition);
  for (guint i = 0; i < self->filters->len; i++)
    {
      const Filter *filter = g_ptr_array_index (self->filters, i);

      if (filter->value != NULL)
        all = shequ_condition_new_join (
          SHEQU_CONDITION_AND, all,
          shequ_condition_new_compare (SHEQU_CONDITION_EQUAL, filter->field->name, filter->value));
    }
  return all;
}
