#include "shequ-work-log.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-chooser.h"
#include "shequ-feedback.h"
#include "shequ-workload.h"

#define MOST_LIKELY 6
#define MOST_MINUTES 1440
#define USUAL_MINUTES 30

struct _ShequWorkLog
{
  AdwBin parent_instance;

  ShequOffice *office;
  GtkWidget *nobody; /* says that the user is not among the staff */
  GtkSearchEntry *search;
  ShequChooser *chooser;
  GtkStack *stack; /* likely items, or what was searched */
  GtkListBox *items;
  GtkWidget *no_items;
  GtkSpinButton *minutes;
  GtkWidget *chips;
  GtkDropDown *purpose;
  GtkEntry *note;
  GtkWidget *save;

  gint64 item; /* 0 when none is chosen */
  gboolean saving;
  GCancellable *cancellable;
};

enum
{
  PROP_0,
  PROP_READY,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ShequWorkLog, shequ_work_log, ADW_TYPE_BIN)

static const struct
{
  int minutes;
  const char *label;
} presets[] = {
  { 15, N_ ("15 min") },   { 30, N_ ("30 min") },      { 60, N_ ("1 hour") },
  { 120, N_ ("2 hours") }, { 240, N_ ("Half a day") }, { 480, N_ ("A day") },
};

static void
sync_ready (ShequWorkLog *self)
{
  gtk_widget_set_sensitive (self->save, shequ_work_log_get_ready (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_READY]);
}

/* The chip that says the same as the number is pressed. */
static void
sync_chips (ShequWorkLog *self)
{
  int minutes = gtk_spin_button_get_value_as_int (self->minutes);
  GtkWidget *chip = gtk_widget_get_first_child (self->chips);

  for (gsize i = 0; i < G_N_ELEMENTS (presets); i++, chip = gtk_widget_get_next_sibling (chip))
    {
      if (presets[i].minutes == minutes)
        gtk_widget_add_css_class (chip, "chosen");
      else
        gtk_widget_remove_css_class (chip, "chosen");
      gtk_accessible_update_state (
        GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_STATE_PRESSED,
        presets[i].minutes == minutes ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
    }
}

static void
chip_clicked (GtkButton *chip, ShequWorkLog *self)
{
  gtk_spin_button_set_value (self->minutes, GPOINTER_TO_INT (g_object_get_data (G_OBJECT (chip), "minutes")));
}

static void
item_selected (ShequWorkLog *self, GtkListBoxRow *row)
{
  gint64 *key = row != NULL ? g_object_get_data (G_OBJECT (row), "item") : NULL;
  int minutes = row != NULL ? GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), "minutes")) : 0;

  self->item = key != NULL ? *key : 0;
  if (minutes > 0)
    gtk_spin_button_set_value (self->minutes, minutes);
  sync_ready (self);
}

static GtkWidget *
new_item_row (gint64 item, const char *name, const char *detail, gint64 minutes)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *title = gtk_label_new (name);
  GtkWidget *subtitle = gtk_label_new (detail);
  gint64 *key = g_new (gint64, 1);

  *key = item;
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (title, name);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (subtitle, "dim-label");
  gtk_widget_add_css_class (subtitle, "caption");
  gtk_widget_add_css_class (row, "work-item");
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), subtitle);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), "item", key, g_free);
  g_object_set_data (G_OBJECT (row), "minutes", GINT_TO_POINTER ((int) CLAMP (minutes, 0, MOST_MINUTES)));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return row;
}

static GtkWidget *
new_use_row (const ShequItemUse *use)
{
  g_autofree char *name = shequ_row_expand (use->item, "{name}", SHEQU_FORMAT_MASKED);
  g_autofree char *department = shequ_row_expand (use->item, "{department}", SHEQU_FORMAT_MASKED);
  g_autofree char *detail = NULL;

  if (use->minutes > 0)
    detail = g_strdup_printf (_ ("%s · about %d min"), *department != '\0' ? department : _ ("Own work"),
                              (int) use->minutes);
  return new_item_row (use->item->key, name, detail != NULL ? detail : department, use->minutes);
}

static void
clear_items (ShequWorkLog *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->items, 0)) != NULL)
    gtk_list_box_remove (self->items, GTK_WIDGET (row));
}

static GtkListBoxRow *
find_row (ShequWorkLog *self, gint64 item)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->items, i)) != NULL; i++)
    if (*(gint64 *) g_object_get_data (G_OBJECT (row), "item") == item)
      return row;
  return NULL;
}

static void
show_items (ShequWorkLog *self, const GPtrArray *uses)
{
  gint64 chosen = self->item;

  clear_items (self);
  for (guint i = 0; i < uses->len; i++)
    gtk_list_box_append (self->items, new_use_row (uses->pdata[i]));
  gtk_widget_set_visible (GTK_WIDGET (self->items), uses->len > 0);
  gtk_widget_set_visible (self->no_items, uses->len == 0);
  gtk_list_box_select_row (self->items, chosen != 0 ? find_row (self, chosen) : NULL);
}

static void
listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequWorkLog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) uses = shequ_workload_list_likely_finish (SHEQU_OFFICE (source), result, &error);

  if (uses != NULL)
    show_items (self, uses);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    shequ_feedback_show_error (GTK_WIDGET (self), _ ("The work items could not be read."), error);
}

/**
 * shequ_work_log_refresh:
 * @self: the entry
 *
 * Lists anew what is likely; what is chosen and typed stays.
 */
void
shequ_work_log_refresh (ShequWorkLog *self)
{
  g_return_if_fail (SHEQU_IS_WORK_LOG (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  gtk_widget_set_visible (self->nobody, shequ_office_get_staff (self->office) == 0);
  shequ_workload_list_likely_async (self->office, 0, MOST_LIKELY, self->cancellable, listed,
                                    g_object_ref (self));
}

/**
 * shequ_work_log_choose:
 * @self: the entry
 * @item: key of a work item
 * @name: its name
 *
 * Takes an item, also one that is not among the likely ones.
 */
void
shequ_work_log_choose (ShequWorkLog *self, gint64 item, const char *name)
{
  GtkListBoxRow *row;

  g_return_if_fail (SHEQU_IS_WORK_LOG (self));

  row = find_row (self, item);
  if (row == NULL)
    {
      row = GTK_LIST_BOX_ROW (new_item_row (item, name, "", 0));
      gtk_list_box_prepend (self->items, GTK_WIDGET (row));
      gtk_widget_show (GTK_WIDGET (self->items));
      gtk_widget_hide (self->no_items);
    }
  gtk_list_box_select_row (self->items, row);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
}

static void
choice_taken (ShequWorkLog *self, ShequChoice *choice)
{
  shequ_work_log_choose (self, shequ_choice_get_key (choice), shequ_choice_get_title (choice));
  gtk_widget_grab_focus (GTK_WIDGET (self->minutes));
}

static void
find_items (ShequWorkLog *self, const char *typed)
{
  gtk_stack_set_visible_child_name (self->stack, *typed != '\0' ? "search" : "likely");
  if (*typed != '\0')
    shequ_chooser_find_choices (self->chooser, self->office,
                                shequ_office_get_register (self->office, "work_item"), typed);
}

/* What an undo needs after the page may be gone. */
typedef struct
{
  ShequOffice *office;
  GtkWidget *widget;
  gint64 key;
} Undo;

static void
undo_free (gpointer data)
{
  Undo *undo = data;

  g_object_unref (undo->office);
  g_object_unref (undo->widget);
  g_free (undo);
}

static void
undone (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) widget = user_data;
  g_autoptr (GError) error = NULL;

  if (!shequ_workload_undo_finish (SHEQU_OFFICE (source), result, &error))
    shequ_feedback_show_error (widget, _ ("The entry was not taken back."), error);
}

static void
undo_entry (gpointer data)
{
  Undo *undo = data;

  shequ_workload_undo_async (undo->office, undo->key, NULL, undone, g_object_ref (undo->widget));
}

static void
logged (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequWorkLog) self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 key = shequ_workload_log_finish (SHEQU_OFFICE (source), result, &error);
  Undo *undo;

  self->saving = FALSE;
  if (key == 0)
    {
      shequ_feedback_show_error (GTK_WIDGET (self), _ ("The work was not registered."), error);
      sync_ready (self);
      return;
    }
  undo = g_new0 (Undo, 1);
  undo->office = g_object_ref (SHEQU_OFFICE (source));
  undo->widget = g_object_ref (GTK_WIDGET (self));
  undo->key = key;
  /* The list takes what has the focus; the next entry begins with a choice of its own. */
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  gtk_list_box_select_row (self->items, NULL);
  gtk_editable_set_text (GTK_EDITABLE (self->note), "");
  gtk_drop_down_set_selected (self->purpose, 0);
  sync_ready (self);
  shequ_feedback_offer_undo (GTK_WIDGET (self), _ ("The work is registered"), undo_entry, undo, undo_free);
}

static const ShequField *
get_purpose_field (ShequWorkLog *self)
{
  const ShequRegister *reg = shequ_office_get_register (self->office, "work_entry");

  return reg != NULL ? shequ_register_lookup (reg, "purpose") : NULL;
}

/* The first line of the list is none. */
static const char *
get_purpose (ShequWorkLog *self)
{
  const ShequField *field = get_purpose_field (self);
  guint selected = gtk_drop_down_get_selected (self->purpose);

  if (field == NULL || selected == GTK_INVALID_LIST_POSITION || selected == 0 ||
      selected > field->codes->codes->len)
    return NULL;
  return ((const ShequCode *) field->codes->codes->pdata[selected - 1])->code;
}

/**
 * shequ_work_log_save:
 * @self: the entry
 *
 * Stores the entry, offers to take it back, and is ready for the next.
 */
void
shequ_work_log_save (ShequWorkLog *self)
{
  ShequWorkEntry entry = { 0 };

  g_return_if_fail (SHEQU_IS_WORK_LOG (self));

  gtk_spin_button_update (self->minutes);
  if (!shequ_work_log_get_ready (self))
    return;
  entry.item = self->item;
  entry.minutes = gtk_spin_button_get_value_as_int (self->minutes);
  entry.purpose = get_purpose (self);
  entry.note = gtk_editable_get_text (GTK_EDITABLE (self->note));
  self->saving = TRUE;
  sync_ready (self);
  shequ_workload_log_async (self->office, &entry, NULL, logged, g_object_ref (self));
}

gboolean
shequ_work_log_get_ready (ShequWorkLog *self)
{
  g_return_val_if_fail (SHEQU_IS_WORK_LOG (self), FALSE);

  return self->item != 0 && !self->saving;
}

/**
 * shequ_work_log_has_unsaved:
 * @self: the entry
 *
 * Returns: whether something typed would be lost
 */
gboolean
shequ_work_log_has_unsaved (ShequWorkLog *self)
{
  g_return_val_if_fail (SHEQU_IS_WORK_LOG (self), FALSE);

  return *gtk_editable_get_text (GTK_EDITABLE (self->note)) != '\0';
}

static GtkWidget *
new_nobody (ShequWorkLog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("Add to the _staff"));
  g_autofree char *text =
    g_strdup_printf (_ ("“%s” is not among the staff yet."), shequ_office_get_user (self->office));

  gtk_label_set_label (GTK_LABEL (label), text);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.open-record");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(sx)", "staff", (gint64) 0);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), button);
  self->nobody = box;
  gtk_widget_hide (box);
  return box;
}

static GtkWidget *
new_likely (ShequWorkLog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->items = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->items), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->items), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Work item"), -1);
  g_signal_connect_object (self->items, "row-selected", G_CALLBACK (item_selected), self, G_CONNECT_SWAPPED);
  self->no_items = gtk_label_new (
    _ ("What you log often will be listed here. Search for a work item above, or add one under Work items."));
  gtk_label_set_wrap (GTK_LABEL (self->no_items), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->no_items), 0);
  gtk_widget_add_css_class (self->no_items, "dim-label");
  gtk_widget_hide (self->no_items);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->items));
  gtk_box_append (GTK_BOX (box), self->no_items);
  return box;
}

static GtkWidget *
new_items (ShequWorkLog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  const char *hint = _ ("Search for a work item");

  self->search = GTK_SEARCH_ENTRY (gtk_search_entry_new ());
  g_object_set (self->search, "placeholder-text", hint, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL, hint, -1);
  self->chooser = shequ_chooser_new ();
  shequ_chooser_set_entry (self->chooser, self->search);
  g_signal_connect_object (self->chooser, "search", G_CALLBACK (find_items), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->chooser, "chosen", G_CALLBACK (choice_taken), self, G_CONNECT_SWAPPED);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_vhomogeneous (self->stack, FALSE);
  gtk_stack_add_named (self->stack, new_likely (self), "likely");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->chooser), "search");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->search));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  return box;
}

static GtkWidget *
new_chips (ShequWorkLog *self)
{
  self->chips = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  for (gsize i = 0; i < G_N_ELEMENTS (presets); i++)
    {
      GtkWidget *chip = gtk_button_new_with_label (_ (presets[i].label));

      gtk_widget_add_css_class (chip, "chip");
      gtk_widget_add_css_class (chip, "preset");
      gtk_widget_set_hexpand (chip, TRUE);
      g_object_set_data (G_OBJECT (chip), "minutes", GINT_TO_POINTER (presets[i].minutes));
      g_signal_connect_object (chip, "clicked", G_CALLBACK (chip_clicked), self, 0);
      gtk_box_append (GTK_BOX (self->chips), chip);
    }
  return self->chips;
}

/* The first row has room for the button behind. */
static void
add_labelled (GtkGrid *grid, int row, const char *text, GtkWidget *widget)
{
  GtkWidget *label = gtk_label_new_with_mnemonic (text);

  gtk_label_set_mnemonic_widget (GTK_LABEL (label), widget);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (widget, TRUE);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL,
                                  -1);
  gtk_grid_attach (grid, label, 0, row, 1, 1);
  gtk_grid_attach (grid, widget, 1, row, row == 0 ? 1 : 2, 1);
}

static GtkWidget *
new_purposes (ShequWorkLog *self)
{
  const ShequField *field = get_purpose_field (self);
  GtkStringList *labels = gtk_string_list_new (NULL);

  gtk_string_list_append (labels, _ ("Not said"));
  for (guint i = 0; field != NULL && i < field->codes->codes->len; i++)
    gtk_string_list_append (labels, ((const ShequCode *) field->codes->codes->pdata[i])->label);
  self->purpose = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (labels), NULL));
  return GTK_WIDGET (self->purpose);
}

static GtkWidget *
new_save (ShequWorkLog *self)
{
  self->save = gtk_button_new_with_mnemonic (_ ("_Log this work"));
  gtk_widget_add_css_class (self->save, "suggested-action");
  gtk_widget_set_tooltip_text (self->save, _ ("Register this work (Ctrl+S)"));
  g_signal_connect_object (self->save, "clicked", G_CALLBACK (shequ_work_log_save), self, G_CONNECT_SWAPPED);
  return self->save;
}

static GtkWidget *
new_details (ShequWorkLog *self)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  self->minutes = GTK_SPIN_BUTTON (gtk_spin_button_new_with_range (1, MOST_MINUTES, 5));
  gtk_spin_button_set_value (self->minutes, USUAL_MINUTES);
  g_signal_connect_object (self->minutes, "value-changed", G_CALLBACK (sync_chips), self, G_CONNECT_SWAPPED);
  self->note = GTK_ENTRY (gtk_entry_new ());
  add_labelled (GTK_GRID (grid), 0, _ ("M_inutes"), GTK_WIDGET (self->minutes));
  gtk_grid_attach (GTK_GRID (grid), new_save (self), 2, 0, 1, 1);
  add_labelled (GTK_GRID (grid), 1, _ ("_Purpose"), new_purposes (self));
  add_labelled (GTK_GRID (grid), 2, _ ("N_ote"), GTK_WIDGET (self->note));
  g_signal_connect_object (self->note, "activate", G_CALLBACK (shequ_work_log_save), self, G_CONNECT_SWAPPED);
  return grid;
}

static GtkWidget *
new_heading (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  return label;
}

static void
fill (ShequWorkLog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  gtk_box_append (GTK_BOX (box), new_nobody (self));
  gtk_box_append (GTK_BOX (box), new_heading (_ ("What did the time go to?")));
  gtk_box_append (GTK_BOX (box), new_items (self));
  gtk_box_append (GTK_BOX (box), new_heading (_ ("How long?")));
  gtk_box_append (GTK_BOX (box), new_chips (self));
  gtk_box_append (GTK_BOX (box), new_details (self));
  adw_bin_set_child (ADW_BIN (self), box);
  sync_chips (self);
  sync_ready (self);
}

static void
shequ_work_log_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_READY)
    g_value_set_boolean (value, shequ_work_log_get_ready (SHEQU_WORK_LOG (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
shequ_work_log_dispose (GObject *object)
{
  ShequWorkLog *self = SHEQU_WORK_LOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (shequ_work_log_parent_class)->dispose (object);
}

static void
shequ_work_log_class_init (ShequWorkLogClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = shequ_work_log_get_property;
  object_class->dispose = shequ_work_log_dispose;
  properties[PROP_READY] =
    g_param_spec_boolean ("ready", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
shequ_work_log_init (ShequWorkLog *self)
{
}

/**
 * shequ_work_log_new:
 * @office: whose work it is
 *
 * Returns: (transfer floating): the entry, empty until shequ_work_log_refresh()
 */
ShequWorkLog *
shequ_work_log_new (ShequOffice *office)
{
  ShequWorkLog *self = g_object_new (SHEQU_TYPE_WORK_LOG, NULL);

  self->office = g_object_ref (office);
  fill (self);
  return self;
}
