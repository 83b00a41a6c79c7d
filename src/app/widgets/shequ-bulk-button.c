#include "shequ-bulk-button.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-bulk.h"
#include "shequ-chooser.h"
#include "shequ-feedback.h"
#include "shequ-filter.h"

/* One thing that can be done. */
typedef struct
{
  ShequBulkKind kind;
  const ShequField *field;
  const ShequField *through; /* (nullable) */
  char *path;                /* (nullable): the links to the record that has the field */
  char *label;
} Deed;

struct _ShequBulkButton
{
  GtkWidget parent_instance;

  ShequOffice *office;
  const ShequRegister *reg;
  ShequBulkKeys ask_keys;
  gpointer data;
  GPtrArray *deeds; /* of Deed */
  const Deed *deed; /* (nullable): the chosen one */
  GCancellable *cancellable;

  GtkWidget *button;
  GtkStack *stack;
  GtkWidget *what;
  GtkSearchEntry *what_entry;
  GtkWidget *which;
  GtkSearchEntry *which_entry;
  ShequChooser *values;
  GtkWidget *date;
  GtkEditable *date_entry;
  GtkWidget *running;
  GtkProgressBar *progress;
};

G_DEFINE_FINAL_TYPE (ShequBulkButton, shequ_bulk_button, GTK_TYPE_WIDGET)

static void
deed_free (gpointer data)
{
  Deed *deed = data;

  g_free (deed->path);
  g_free (deed->label);
  g_free (deed);
}

static Deed *
add_deed (ShequBulkButton *self,
          ShequBulkKind kind,
          const ShequField *field,
          const ShequField *through,
          char *label)
{
  Deed *deed = g_new0 (Deed, 1);

  deed->kind = kind;
  deed->field = field;
  deed->through = through;
  deed->label = label;
  g_ptr_array_add (self->deeds, deed);
  return deed;
}

/* Where many records have their place: the grid of the buildings that homes and households are in. */
static void
list_places (ShequBulkButton *self, const GPtrArray *filters)
{
  for (guint i = 0; i < filters->len; i++)
    {
      const ShequFilter *filter = g_ptr_array_index (filters, i);
      const ShequField *field = filter->field;
      Deed *deed;

      if (filter->path == NULL || field->kind != SHEQU_FIELD_LINK || !field->history || field->create ||
          field->owner == self->reg || field->read_only || g_str_equal (field->name, "unit"))
        continue;
      deed = add_deed (self, SHEQU_BULK_SET, field, NULL, g_strdup_printf (_ ("Set: %s"), filter->label));
      deed->path = g_strdup (filter->path);
    }
}

/* Groups first; then every field of which many records may have the same value. */
static void
list_deeds (ShequBulkButton *self)
{
  g_autoptr (GPtrArray) filters = shequ_filters_list (self->reg);

  for (guint i = 0; i < filters->len; i++)
    {
      const ShequFilter *filter = g_ptr_array_index (filters, i);

      /* Groups are those whose records may say by a rule who belongs to them. */
      if (filter->through == NULL || filter->through->owner->fixed || filter->field->target == NULL ||
          shequ_register_lookup (filter->field->target, "rule") == NULL)
        continue;
      add_deed (self, SHEQU_BULK_ADD, filter->field, filter->through,
                g_strdup_printf (_ ("Enter in: %s"), filter->field->label));
      add_deed (self, SHEQU_BULK_END, filter->field, filter->through,
                g_strdup_printf (_ ("End: %s"), filter->field->label));
    }
  for (guint i = 0; i < self->reg->fields->len; i++)
    {
      const ShequField *field = g_ptr_array_index (self->reg->fields, i);

      if (!field->hidden && !field->read_only && !field->unique && !g_str_equal (field->name, "unit") &&
          (field->kind == SHEQU_FIELD_CODE || field->kind == SHEQU_FIELD_LINK ||
           field->kind == SHEQU_FIELD_YES_NO || field->kind == SHEQU_FIELD_DATE))
        add_deed (self, SHEQU_BULK_SET, field, NULL, g_strdup_printf (_ ("Set: %s"), field->label));
    }
  list_places (self, filters);
}

static void
search_deeds (ShequChooser *chooser, const char *typed, ShequBulkButton *self)
{
  g_autoptr (GPtrArray) choices = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->deeds->len; i++)
    {
      const Deed *deed = g_ptr_array_index (self->deeds, i);
      g_autofree char *place = g_strdup_printf ("%u", i);

      if (strstr (deed->label, typed) != NULL)
        g_ptr_array_add (choices, shequ_choice_new_code (place, deed->label));
    }
  shequ_chooser_set_choices (chooser, choices);
}

static void
search_values (ShequChooser *chooser, const char *typed, ShequBulkButton *self)
{
  const ShequField *field = self->deed != NULL ? self->deed->field : NULL;

  if (field == NULL)
    return;
  /* What is out of use may still have to end. */
  if (field->kind == SHEQU_FIELD_LINK && self->deed->kind == SHEQU_BULK_END)
    shequ_chooser_find_records (chooser, self->office, field->target, typed);
  else if (field->kind == SHEQU_FIELD_LINK)
    shequ_chooser_find_choices (chooser, self->office, field->target, typed);
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

static void
deed_chosen (ShequChooser *chooser, ShequChoice *choice, ShequBulkButton *self)
{
  self->deed = g_ptr_array_index (self->deeds, g_ascii_strtoull (shequ_choice_get_code (choice), NULL, 10));
  if (self->deed->field->kind == SHEQU_FIELD_DATE)
    {
      gtk_stack_set_visible_child (self->stack, self->date);
      gtk_widget_grab_focus (GTK_WIDGET (self->date_entry));
      return;
    }
  gtk_editable_set_text (GTK_EDITABLE (self->which_entry), "");
  gtk_stack_set_visible_child (self->stack, self->which);
  gtk_widget_grab_focus (GTK_WIDGET (self->which_entry));
  shequ_chooser_search (self->values);
}

/* A run on its worker thread, and what it tells. */
typedef struct
{
  ShequBulkButton *button;
  ShequBulk *bulk;
} Run;

static void
run_free (gpointer data)
{
  Run *run = data;

  g_object_unref (run->button);
  shequ_bulk_free (run->bulk);
  g_free (run);
}

typedef struct
{
  ShequBulkButton *button;
  double share;
} Step;

static void
step_free (gpointer data)
{
  g_object_unref (((Step *) data)->button);
  g_free (data);
}

static gboolean
show_step (gpointer data)
{
  const Step *step = data;

  if (step->button->progress != NULL)
    gtk_progress_bar_set_fraction (step->button->progress, step->share);
  return G_SOURCE_REMOVE;
}

static void
tell (guint done, guint total, gpointer user_data)
{
  const Run *run = user_data;
  Step *step = g_new0 (Step, 1);

  step->button = g_object_ref (run->button);
  step->share = (double) done / MAX (1, total);
  g_main_context_invoke_full (NULL, G_PRIORITY_DEFAULT, show_step, step, step_free);
}

static gpointer
run_in_thread (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  Run *run = data;

  return shequ_bulk_run (office, run->bulk, tell, run, cancellable, error);
}

typedef struct
{
  ShequBulkButton *button;
  ShequBulkResult *result;
} Done;

static void
done_free (gpointer data)
{
  Done *done = data;

  g_object_unref (done->button);
  g_clear_pointer (&done->result, shequ_bulk_result_free);
  g_free (done);
}

static gpointer
undo_in_thread (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  return GINT_TO_POINTER (shequ_bulk_undo (office, ((Done *) data)->result, cancellable, error));
}

static void
undone (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequBulkButton) self = user_data;
  g_autoptr (GError) error = NULL;

  if (shequ_office_run_finish (SHEQU_OFFICE (source), result, &error) == NULL)
    shequ_feedback_show_error (GTK_WIDGET (self), _ ("It was not taken back."), error);
}

/* The record of what was done goes to the thread that takes it back. */
static void
undo (gpointer data)
{
  Done *done = data;
  Done *taken = g_new0 (Done, 1);

  taken->button = g_object_ref (done->button);
  taken->result = g_steal_pointer (&done->result);
  shequ_office_run_async (done->button->office, undo_in_thread, taken, done_free, NULL, NULL, undone,
                          g_object_ref (done->button));
}

static char *
describe (const ShequBulkResult *result, const ShequRegister *reg)
{
  GString *text = g_string_new (NULL);

  /* Where the records that changed are not those that were selected. */
  if (result->reg != reg && result->reg->period_start == NULL)
    g_string_append_printf (text, _ ("%s: "), result->reg->label);
  g_string_append_printf (text, _ ("%u changed"), result->changed);
  if (result->unchanged > 0)
    g_string_append_printf (text, _ (", %u were so already"), result->unchanged);
  if (result->refused > 0)
    g_string_append_printf (text, _ (", %u refused: %s"), result->refused, result->reason);
  return g_string_free (text, FALSE);
}

static void
finished (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequBulkButton) self = user_data;
  g_autoptr (GError) error = NULL;
  ShequBulkResult *found = shequ_office_run_finish (SHEQU_OFFICE (source), result, &error);
  g_autofree char *message = NULL;
  Done *done;

  g_clear_object (&self->cancellable);
  if (self->button != NULL)
    gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
  if (found == NULL)
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        shequ_feedback_say (GTK_WIDGET (self), _ ("Stopped; nothing was changed"));
      else
        shequ_feedback_show_error (GTK_WIDGET (self), _ ("Nothing was changed."), error);
      return;
    }
  message = describe (found, self->reg);
  done = g_new0 (Done, 1);
  done->button = g_object_ref (self);
  done->result = found;
  shequ_feedback_offer_undo (GTK_WIDGET (self), message, undo, done, done_free);
}

static void
start (ShequBulkButton *self, const ShequValue *value)
{
  g_autoptr (GArray) keys = self->ask_keys (self->data);
  Run *run;

  if (self->deed == NULL || self->cancellable != NULL || keys->len == 0)
    return;
  run = g_new0 (Run, 1);
  run->button = g_object_ref (self);
  run->bulk = shequ_bulk_new (self->deed->kind, self->reg, keys);
  run->bulk->field = self->deed->field;
  run->bulk->through = self->deed->through;
  run->bulk->path = g_strdup (self->deed->path);
  shequ_value_copy (value, &run->bulk->value);
  self->cancellable = g_cancellable_new ();
  gtk_progress_bar_set_fraction (self->progress, 0);
  gtk_stack_set_visible_child (self->stack, self->running);
  shequ_office_run_async (self->office, run_in_thread, run, run_free, (GDestroyNotify) shequ_bulk_result_free,
                          self->cancellable, finished, g_object_ref (self));
}

static void
value_chosen (ShequChooser *chooser, ShequChoice *choice, ShequBulkButton *self)
{
  const ShequField *field = self->deed->field;
  g_auto (ShequValue) value = SHEQU_VALUE_INIT;

  if (field->kind == SHEQU_FIELD_LINK)
    shequ_value_set_integer (&value, shequ_choice_get_key (choice));
  else if (field->kind == SHEQU_FIELD_YES_NO)
    shequ_value_set_integer (&value, g_str_equal (shequ_choice_get_code (choice), "yes"));
  else
    shequ_value_set_text (&value, shequ_choice_get_code (choice));
  start (self, &value);
}

static void
date_typed (ShequBulkButton *self)
{
  g_autofree char *today = shequ_office_get_today (self->office);
  g_autoptr (GPtrArray) issues = shequ_issues_new ();
  g_auto (ShequValue) value = SHEQU_VALUE_INIT;

  if (shequ_field_parse (self->deed->field, gtk_editable_get_text (self->date_entry), today, &value,
                         issues) &&
      !shequ_value_is_null (&value))
    start (self, &value);
  else
    gtk_widget_error_bell (GTK_WIDGET (self->date_entry));
}

static void
stop (ShequBulkButton *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

static void
opened (ShequBulkButton *self)
{
  if (self->cancellable != NULL)
    return;
  self->deed = NULL;
  gtk_editable_set_text (GTK_EDITABLE (self->what_entry), "");
  gtk_stack_set_visible_child (self->stack, self->what);
  gtk_widget_grab_focus (GTK_WIDGET (self->what_entry));
}

static GtkWidget *
new_choice_page (ShequBulkButton *self, const char *label, GtkSearchEntry **entry, ShequChooser *chooser)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  *entry = GTK_SEARCH_ENTRY (gtk_search_entry_new ());
  g_object_set (*entry, "placeholder-text", label, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (*entry), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  shequ_chooser_set_entry (chooser, *entry);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (*entry));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (chooser));
  gtk_widget_set_size_request (box, 280, -1);
  gtk_stack_add_child (self->stack, box);
  return box;
}

static GtkWidget *
new_date_page (ShequBulkButton *self)
{
  GtkWidget *entry = gtk_entry_new ();

  self->date_entry = GTK_EDITABLE (entry);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), "2026-11-22");
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Date"), -1);
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (date_typed), self);
  gtk_stack_add_child (self->stack, entry);
  return entry;
}

static GtkWidget *
new_running_page (ShequBulkButton *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Stop"));

  self->progress = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (stop), self);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->progress));
  gtk_box_append (GTK_BOX (box), cancel);
  gtk_stack_add_child (self->stack, box);
  return box;
}

static void
shequ_bulk_button_dispose (GObject *object)
{
  ShequBulkButton *self = SHEQU_BULK_BUTTON (object);

  stop (self);
  self->progress = NULL;
  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_pointer (&self->deeds, g_ptr_array_unref);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (shequ_bulk_button_parent_class)->dispose (object);
}

static void
shequ_bulk_button_class_init (ShequBulkButtonClass *class)
{
  G_OBJECT_CLASS (class)->dispose = shequ_bulk_button_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
}

static void
shequ_bulk_button_init (ShequBulkButton *self)
{
  self->deeds = g_ptr_array_new_with_free_func (deed_free);
}

/**
 * shequ_bulk_button_new:
 * @office: where the records are
 * @reg: their register
 * @keys: (scope notified): gives the selected records
 * @data: for @keys; lives longer than the button
 *
 * Returns: (transfer floating): the button
 */
ShequBulkButton *
shequ_bulk_button_new (ShequOffice *office, const ShequRegister *reg, ShequBulkKeys keys, gpointer data)
{
  ShequBulkButton *self = g_object_new (SHEQU_TYPE_BULK_BUTTON, NULL);
  ShequChooser *deeds = shequ_chooser_new ();
  GtkWidget *popover = gtk_popover_new ();

  self->office = g_object_ref (office);
  self->reg = reg;
  self->ask_keys = keys;
  self->data = data;
  list_deeds (self);
  self->values = shequ_chooser_new ();
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_vhomogeneous (self->stack, FALSE);
  g_signal_connect (deeds, "search", G_CALLBACK (search_deeds), self);
  g_signal_connect (deeds, "chosen", G_CALLBACK (deed_chosen), self);
  g_signal_connect (self->values, "search", G_CALLBACK (search_values), self);
  g_signal_connect (self->values, "chosen", G_CALLBACK (value_chosen), self);
  self->what = new_choice_page (self, _ ("What to do with the selected"), &self->what_entry, deeds);
  self->which = new_choice_page (self, _ ("Which value"), &self->which_entry, self->values);
  self->date = new_date_page (self);
  self->running = new_running_page (self);
  shequ_chooser_search (deeds);
  gtk_popover_set_child (GTK_POPOVER (popover), GTK_WIDGET (self->stack));
  g_signal_connect_swapped (popover, "show", G_CALLBACK (opened), self);

  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->button), _ ("Change all selected"));
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), popover);
  gtk_menu_button_set_direction (GTK_MENU_BUTTON (self->button), GTK_ARROW_UP);
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  return self;
}
