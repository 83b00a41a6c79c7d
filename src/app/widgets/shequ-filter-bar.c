#include "shequ-filter-bar.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-chooser.h"
#include "shequ-feedback.h"
#include "shequ-filter.h"

/* One chip and what is chosen in it. */
typedef struct
{
  ShequFilterBar *bar;
  const ShequFilter *filter; /* (nullable) for a condition from elsewhere */
  ShequCondition *condition; /* (nullable) while nothing is chosen */
  gboolean added;            /* by a person: cleared, it goes away */
  GtkEditable *from;
  GtkEditable *to;
  GtkWidget *chip;
  GtkWidget *button; /* (nullable) */
  GtkWidget *label;
  GtkWidget *clear;
} Chip;

struct _ShequFilterBar
{
  GtkWidget parent_instance;

  ShequOffice *office;
  GtkWidget *scrolled;
  GtkWidget *box;
  GPtrArray *filters;        /* of Chip */
  ShequCondition *condition; /* (nullable): from elsewhere */
  Chip *condition_filter;    /* (nullable) */
  GPtrArray *offered;        /* (nullable): of ShequFilter, of the register that is shown */
  const ShequRegister *reg;
  GtkWidget *add; /* the button that adds a chip */
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
  Chip *filter = data;

  gtk_box_remove (GTK_BOX (filter->bar->box), filter->chip);
  g_clear_pointer (&filter->condition, shequ_condition_unref);
  g_free (filter);
}

/* Groups to which records belong for a time or by a rule: what lists are narrowed by most. */
static gboolean
is_group (const ShequFilter *filter)
{
  return filter->through != NULL && filter->field->target != NULL &&
         shequ_register_lookup (filter->field->target, "rule") != NULL;
}

static void
show_value (Chip *filter, const char *title)
{
  const char *label = is_group (filter->filter) ? filter->filter->field->label : filter->filter->label;
  g_autofree char *text = title != NULL ? g_strdup_printf (_ ("%s: %s"), label, title) : g_strdup (label);

  gtk_label_set_text (GTK_LABEL (filter->label), text);
  gtk_widget_set_visible (filter->clear, title != NULL || filter->added);
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
clear_clicked (GtkButton *button, Chip *filter)
{
  ShequFilterBar *self = filter->bar;

  if (filter->filter == NULL)
    shequ_filter_bar_set_condition (self, NULL);
  else if (filter->added)
    {
      g_ptr_array_remove (self->filters, filter);
      emit_changed (self);
    }
  else
    {
      g_clear_pointer (&filter->condition, shequ_condition_unref);
      show_value (filter, NULL);
      emit_changed (self);
    }
}

static void
take_condition (Chip *chip, ShequCondition *condition, const char *title)
{
  g_clear_pointer (&chip->condition, shequ_condition_unref);
  chip->condition = condition;
  show_value (chip, title);
  gtk_menu_button_popdown (GTK_MENU_BUTTON (chip->button));
  emit_changed (chip->bar);
}

static void
search (ShequChooser *chooser, const char *typed, Chip *filter)
{
  const ShequField *field = filter->filter->field;

  if (field->kind == SHEQU_FIELD_LINK)
    shequ_chooser_find_records (chooser, filter->bar->office, field->target, typed);
  else if (field->codes != NULL)
    shequ_chooser_find_codes (chooser, field->codes, typed);
  else
    {
      g_autoptr (GPtrArray) choices = g_ptr_array_new_with_free_func (g_object_unref);

      g_ptr_array_add (choices, shequ_choice_new_code ("yes", _ ("Yes")));
      g_ptr_array_add (choices, shequ_choice_new_code ("no", _ ("No")));
      shequ_chooser_set_choices (chooser, choices);
    }
}

/* A group that follows from a rule, as the age groups, is entered nowhere: its rule is the condition. */
static ShequCondition *
find_rule (Chip *chip, gint64 key)
{
  const ShequFilter *filter = chip->filter;
  g_autoptr (ShequRow) row = NULL;
  g_autoptr (ShequCondition) rule = NULL;
  const char *text;

  if (!is_group (filter))
    return NULL;
  row = shequ_office_get_row (chip->bar->office, filter->field->target, key, NULL, NULL);
  text = row != NULL ? shequ_row_get_text (row, "rule") : NULL;
  rule = text != NULL ? shequ_condition_parse (text, NULL) : NULL;
  return rule != NULL && shequ_condition_bind (rule, filter->reg, NULL) ? g_steal_pointer (&rule) : NULL;
}

static void
chosen (ShequChooser *chooser, ShequChoice *choice, Chip *filter)
{
  g_autofree char *title = g_strdup (shequ_choice_get_title (choice));
  ShequCondition *condition = NULL;

  if (filter->filter->field->kind == SHEQU_FIELD_LINK)
    {
      g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT, shequ_choice_get_key (choice));

      condition = find_rule (filter, shequ_choice_get_key (choice));
      if (condition == NULL)
        condition = shequ_filter_make_equal (filter->filter, key);
    }
  else
    condition = shequ_filter_make_equal (filter->filter, shequ_choice_get_code (choice));
  take_condition (filter, condition, title);
}

static void
filled_clicked (GtkWidget *button, Chip *chip)
{
  gboolean filled = g_object_get_data (G_OBJECT (button), "filled") != NULL;

  take_condition (chip, shequ_filter_make_filled (chip->filter, filled),
                  filled ? _ ("filled in") : _ ("empty"));
}

static void
apply_range (Chip *chip)
{
  const char *from = gtk_editable_get_text (chip->from);
  const char *to = gtk_editable_get_text (chip->to);
  g_autoptr (GError) error = NULL;
  g_autofree char *title = g_strdup_printf ("%s–%s", from, to);
  ShequCondition *condition = shequ_filter_make_range (chip->filter, from, to, &error);

  if (condition != NULL)
    take_condition (chip, condition, title);
  else
    shequ_feedback_show_error (GTK_WIDGET (chip->bar), _ ("The list was not narrowed."), error);
}

static void
apply_text (Chip *chip)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (chip->from)));

  if (*text != '\0')
    take_condition (chip, shequ_filter_make_equal (chip->filter, text), text);
}

static GtkWidget *
new_entry (Chip *chip, const char *label, GCallback activate)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), label);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 12);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_swapped (entry, "activate", activate, chip);
  return entry;
}

static GtkWidget *
new_filled_button (Chip *chip, const char *label, gboolean filled)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_add_css_class (button, "flat");
  if (filled)
    g_object_set_data (G_OBJECT (button), "filled", chip);
  g_signal_connect (button, "clicked", G_CALLBACK (filled_clicked), chip);
  return button;
}

/* Numbers and dates by from and to, texts as a whole; both also by whether there is anything. */
static GtkWidget *
new_typed_popover (Chip *chip)
{
  gboolean range = shequ_filter_is_range (chip->filter);
  GCallback activate = range ? G_CALLBACK (apply_range) : G_CALLBACK (apply_text);
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *apply = gtk_button_new_with_label (_ ("Apply"));
  GtkWidget *from = new_entry (chip, range ? _ ("from") : _ ("exactly"), activate);

  chip->from = GTK_EDITABLE (from);
  gtk_box_append (GTK_BOX (line), from);
  if (range)
    {
      GtkWidget *to = new_entry (chip, _ ("to"), activate);

      chip->to = GTK_EDITABLE (to);
      gtk_box_append (GTK_BOX (line), to);
    }
  gtk_widget_add_css_class (apply, "suggested-action");
  g_signal_connect_swapped (apply, "clicked", activate, chip);
  gtk_box_append (GTK_BOX (line), apply);
  gtk_box_append (GTK_BOX (box), line);
  if (shequ_field_is_stored (chip->filter->field))
    {
      gtk_box_append (GTK_BOX (box), new_filled_button (chip, _ ("Filled in"), TRUE));
      gtk_box_append (GTK_BOX (box), new_filled_button (chip, _ ("Empty"), FALSE));
    }
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  return popover;
}

static Chip *
new_filter (ShequFilterBar *self, const ShequFilter *described)
{
  Chip *filter = g_new0 (Chip, 1);

  filter->bar = self;
  filter->filter = described;
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

static GtkWidget *
new_choice_popover (Chip *chip)
{
  ShequChooser *chooser = shequ_chooser_new ();

  g_signal_connect (chooser, "search", G_CALLBACK (search), chip);
  g_signal_connect (chooser, "chosen", G_CALLBACK (chosen), chip);
  return shequ_chooser_new_popover (chooser, chip->filter->label);
}

static Chip *
add_chip (ShequFilterBar *self, const ShequFilter *described, gboolean added)
{
  Chip *chip = new_filter (self, described);

  chip->added = added;
  chip->button = gtk_menu_button_new ();
  gtk_menu_button_set_child (GTK_MENU_BUTTON (chip->button), chip->label);
  gtk_menu_button_set_always_show_arrow (GTK_MENU_BUTTON (chip->button), TRUE);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (chip->button), shequ_filter_is_chosen (described)
                                                                 ? new_choice_popover (chip)
                                                                 : new_typed_popover (chip));
  gtk_widget_add_css_class (chip->button, "flat");
  gtk_box_append (GTK_BOX (chip->chip), chip->button);
  gtk_box_append (GTK_BOX (chip->chip), chip->clear);
  gtk_box_insert_child_after (GTK_BOX (self->box), chip->chip, gtk_widget_get_prev_sibling (self->add));
  g_ptr_array_add (self->filters, chip);
  show_value (chip, NULL);
  return chip;
}

/* Everything that is not a chip yet and answers to what is typed. */
static void
search_offered (ShequChooser *chooser, const char *typed, ShequFilterBar *self)
{
  g_autoptr (GPtrArray) choices = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; self->offered != NULL && i < self->offered->len; i++)
    {
      const ShequFilter *filter = g_ptr_array_index (self->offered, i);

      if (strstr (filter->label, typed) != NULL)
        g_ptr_array_add (choices, shequ_choice_new_code (filter->name, filter->label));
    }
  shequ_chooser_set_choices (chooser, choices);
}

static const ShequFilter *
find_offered (ShequFilterBar *self, const char *name)
{
  for (guint i = 0; self->offered != NULL && i < self->offered->len; i++)
    {
      const ShequFilter *filter = g_ptr_array_index (self->offered, i);

      if (g_str_equal (filter->name, name))
        return filter;
    }
  return NULL;
}

static gboolean
pop_up (gpointer button)
{
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  return G_SOURCE_REMOVE;
}

static void
offered_chosen (ShequChooser *chooser, ShequChoice *choice, ShequFilterBar *self)
{
  const ShequFilter *filter = find_offered (self, shequ_choice_get_code (choice));

  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->add));
  if (filter != NULL)
    g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, pop_up, g_object_ref (add_chip (self, filter, TRUE)->button),
                     g_object_unref);
}

static GtkWidget *
new_add_button (ShequFilterBar *self)
{
  GtkWidget *button = gtk_menu_button_new ();
  ShequChooser *chooser = shequ_chooser_new ();

  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "list-add-symbolic");
  gtk_widget_set_tooltip_text (button, _ ("Add a filter"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Add a filter"),
                                  -1);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button),
                               shequ_chooser_new_popover (chooser, _ ("Add a filter")));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect (chooser, "search", G_CALLBACK (search_offered), self);
  g_signal_connect (chooser, "chosen", G_CALLBACK (offered_chosen), self);
  return button;
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
  g_clear_pointer (&self->offered, g_ptr_array_unref);
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
  self->add = new_add_button (self);
  gtk_box_append (GTK_BOX (self->box), self->add);
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

static void
offer (ShequFilterBar *self, const ShequRegister *reg)
{
  if (self->reg == reg)
    return;
  self->reg = reg;
  g_clear_pointer (&self->offered, g_ptr_array_unref);
  self->offered = shequ_filters_list (reg);
}

/**
 * shequ_filter_bar_set_list:
 * @self: a bar
 * @reg: the register
 * @list: the list that is narrowed
 *
 * Shows the filters of the list's description, with nothing chosen, and offers all that the register has.
 */
void
shequ_filter_bar_set_list (ShequFilterBar *self, const ShequRegister *reg, const ShequList *list)
{
  g_return_if_fail (SHEQU_IS_FILTER_BAR (self));

  g_ptr_array_set_size (self->filters, 0);
  offer (self, reg);
  for (guint i = 0; i < list->filters->len; i++)
    {
      const ShequFilter *filter =
        find_offered (self, ((const ShequField *) g_ptr_array_index (list->filters, i))->name);

      if (filter != NULL)
        add_chip (self, filter, FALSE);
    }
  for (guint i = 0; i < self->offered->len; i++)
    if (is_group (g_ptr_array_index (self->offered, i)))
      add_chip (self, g_ptr_array_index (self->offered, i), FALSE);
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
      Chip *filter = self->condition_filter = new_filter (self, NULL);

      gtk_label_set_text (GTK_LABEL (filter->label), _ ("Chosen records"));
      gtk_box_append (GTK_BOX (filter->chip), filter->label);
      gtk_box_append (GTK_BOX (filter->chip), filter->clear);
      gtk_widget_add_css_class (filter->chip, "chosen");
      gtk_box_prepend (GTK_BOX (self->box), filter->chip);
    }
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
      const Chip *filter = g_ptr_array_index (self->filters, i);

      if (filter->condition != NULL)
        all = shequ_condition_new_join (SHEQU_CONDITION_AND, all, shequ_condition_ref (filter->condition));
    }
  return all;
}
