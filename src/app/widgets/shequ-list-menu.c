#include "shequ-list-menu.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-feedback.h"
#include "shequ-field-editor.h"

struct _ShequListMenu
{
  GtkWidget parent_instance;

  ShequOffice *office;
  const ShequRegister *reg;
  GPtrArray *saved;   /* (nullable): of ShequSavedList, as the list box offers them */
  GPtrArray *shown;   /* of ShequList, each that was ever shown: views hold on to them */
  ShequList *current; /* the last of @shown */
  char *wanted;       /* (nullable): the list to show when the saved ones are known */

  GtkWidget *box;
  GtkWidget *lists;
  GtkStringList *labels;
  GtkWidget *save;
  GtkEditable *name;
  GtkCheckButton *shared;
  GtkWidget *remove;
  GtkWidget *columns;
};

enum
{
  SIGNAL_CHOSEN,
  SIGNAL_SAVE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ShequListMenu, shequ_list_menu, GTK_TYPE_WIDGET)

static const ShequSavedList *
get_saved (ShequListMenu *self)
{
  guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->lists));
  guint described = self->reg->lists->len;

  if (self->saved == NULL || selected < described || selected - described >= self->saved->len)
    return NULL;
  return g_ptr_array_index (self->saved, selected - described);
}

static const ShequList *
get_selected (ShequListMenu *self)
{
  guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->lists));
  const ShequSavedList *saved = get_saved (self);

  if (saved != NULL)
    return saved->list;
  return g_ptr_array_index (self->reg->lists, selected < self->reg->lists->len ? selected : 0);
}

static void
take_columns (ShequList *list, const ShequRegister *reg, const char *columns)
{
  g_autoptr (GError) error = NULL;
  ShequList *other = columns != NULL ? shequ_list_new (reg, list->name, columns, NULL, NULL, &error) : NULL;

  if (other == NULL)
    return;
  g_ptr_array_set_size (list->columns, 0);
  for (guint i = 0; i < other->columns->len; i++)
    g_ptr_array_add (list->columns, other->columns->pdata[i]);
  shequ_list_free (other);
}

/* A list as it is described, with the columns that this person chose for it. */
static void
show (ShequListMenu *self, const ShequList *list, const char *columns)
{
  g_autofree char *remembered = columns != NULL
                                  ? g_strdup (columns)
                                  : shequ_saved_lists_get_columns (self->office, self->reg, list->name);

  self->current = shequ_list_copy (list);
  take_columns (self->current, self->reg, remembered);
  g_ptr_array_add (self->shown, self->current);
  gtk_widget_set_visible (self->remove, get_saved (self) != NULL && get_saved (self)->own);
}

static void
list_selected (ShequListMenu *self)
{
  show (self, get_selected (self), NULL);
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0);
}

typedef struct
{
  const ShequRegister *reg;
} Load;

static gpointer
load_in_thread (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  return shequ_saved_lists_load (office, ((Load *) data)->reg, cancellable, error);
}

/* The described lists stay in their places; the saved ones behind them are exchanged. */
static void
offer (ShequListMenu *self, GPtrArray *saved)
{
  guint described = self->reg->lists->len;
  const ShequSavedList *before = get_saved (self);
  g_autofree char *name =
    self->wanted != NULL ? g_steal_pointer (&self->wanted) : g_strdup (before != NULL ? before->name : NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->lists));

  for (guint i = 0; i < saved->len; i++)
    g_ptr_array_add (names, ((ShequSavedList *) saved->pdata[i])->name);
  g_ptr_array_add (names, NULL);
  for (guint i = 0; i < saved->len; i++)
    if (g_strcmp0 (names->pdata[i], name) == 0)
      selected = described + i;
  g_signal_handlers_block_by_func (self->lists, list_selected, self);
  gtk_string_list_splice (self->labels, described,
                          g_list_model_get_n_items (G_LIST_MODEL (self->labels)) - described,
                          (const char *const *) names->pdata);
  g_clear_pointer (&self->saved, g_ptr_array_unref);
  self->saved = saved;
  if (selected >= described + saved->len)
    selected = 0;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->lists), selected);
  g_signal_handlers_unblock_by_func (self->lists, list_selected, self);
  gtk_widget_set_visible (self->lists, described + saved->len > 1);
  if (selected >= described || name != NULL)
    list_selected (self);
}

static void
loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequListMenu) self = user_data;
  GPtrArray *saved = shequ_office_run_finish (SHEQU_OFFICE (source), result, NULL);

  if (saved != NULL && self->box != NULL)
    offer (self, saved);
  else
    g_clear_pointer (&saved, g_ptr_array_unref);
}

static void
load (ShequListMenu *self)
{
  Load *data = g_new0 (Load, 1);

  data->reg = self->reg;
  if (shequ_office_get_register (self->office, "saved_list") == NULL)
    g_free (data);
  else
    shequ_office_run_async (self->office, load_in_thread, data, g_free, (GDestroyNotify) g_ptr_array_unref,
                            NULL, loaded, g_object_ref (self));
}

typedef struct
{
  const ShequRegister *reg;
  char *name;
  gboolean shared;
  ShequList *list;
} Save;

static void
save_free (gpointer data)
{
  Save *save = data;

  shequ_list_free (save->list);
  g_free (save->name);
  g_free (save);
}

static gpointer
save_in_thread (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Save *save = data;

  return GSIZE_TO_POINTER (
    shequ_saved_lists_save (office, save->reg, save->name, save->list, save->shared, cancellable, error));
}

static void
was_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequListMenu) self = user_data;
  g_autoptr (GError) error = NULL;

  if (shequ_office_run_finish (SHEQU_OFFICE (source), result, &error) == NULL)
    shequ_feedback_show_error (GTK_WIDGET (self), _ ("The list was not saved."), error);
  else
    shequ_feedback_say (GTK_WIDGET (self), _ ("The list is saved"));
}

static void
save_clicked (ShequListMenu *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->name)));

  if (*name == '\0')
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->name));
      return;
    }
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->save));
  g_signal_emit (self, signals[SIGNAL_SAVE], 0, name, gtk_check_button_get_active (self->shared));
}

static void
deleted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequListMenu) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!shequ_office_delete_finish (SHEQU_OFFICE (source), result, &error))
    shequ_feedback_show_error (GTK_WIDGET (self), _ ("The list was not deleted."), error);
}

static void
remove_clicked (ShequListMenu *self)
{
  const ShequSavedList *saved = get_saved (self);
  const ShequRegister *reg = shequ_office_get_register (self->office, "saved_list");
  g_autoptr (ShequRow) row =
    saved != NULL ? shequ_office_get_row (self->office, reg, saved->key, NULL, NULL) : NULL;

  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->save));
  if (row != NULL)
    shequ_office_delete_async (self->office, reg, row->key, row->version, NULL, deleted, g_object_ref (self));
}

static GtkWidget *
new_save_button (ShequListMenu *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *name = gtk_entry_new ();
  GtkWidget *shared = gtk_check_button_new_with_mnemonic (_ ("For _everybody here"));
  GtkWidget *save = gtk_button_new_with_mnemonic (_ ("_Save the list"));

  self->name = GTK_EDITABLE (name);
  self->shared = GTK_CHECK_BUTTON (shared);
  self->remove = gtk_button_new_with_mnemonic (_ ("_Delete this list"));
  gtk_entry_set_placeholder_text (GTK_ENTRY (name), _ ("Name of the list"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (name), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Name of the list"), -1);
  gtk_widget_add_css_class (save, "suggested-action");
  gtk_widget_hide (self->remove);
  g_signal_connect_swapped (name, "activate", G_CALLBACK (save_clicked), self);
  g_signal_connect_swapped (save, "clicked", G_CALLBACK (save_clicked), self);
  g_signal_connect_swapped (self->remove, "clicked", G_CALLBACK (remove_clicked), self);
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), shared);
  gtk_box_append (GTK_BOX (box), save);
  gtk_box_append (GTK_BOX (box), self->remove);
  gtk_popover_set_child (GTK_POPOVER (popover), box);

  self->save = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->save), "bookmark-new-symbolic");
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->save), popover);
  gtk_widget_set_tooltip_text (self->save, _ ("Keep this list with its filters"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->save), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Keep this list with its filters"), -1);
  return self->save;
}

static gboolean
has_column (const ShequList *list, const ShequField *field)
{
  return g_ptr_array_find (list->columns, field, NULL);
}

/* The chosen columns stay in the order in which they stood; new ones come last. */
static void
column_toggled (GtkCheckButton *check, ShequListMenu *self)
{
  const ShequField *field = g_object_get_data (G_OBJECT (check), "field");
  g_autoptr (GError) error = NULL;
  g_autofree char *columns = NULL;
  ShequList *list = shequ_list_copy (self->current);

  if (gtk_check_button_get_active (check))
    g_ptr_array_add (list->columns, (gpointer) field);
  else if (list->columns->len > 1)
    g_ptr_array_remove (list->columns, (gpointer) field);
  columns = shequ_list_write_columns (list);
  g_ptr_array_add (self->shown, list);
  self->current = list;
  if (!shequ_saved_lists_set_columns (self->office, self->reg, list->name, columns, &error))
    shequ_feedback_show_error (GTK_WIDGET (self), _ ("The columns were not remembered."), error);
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0);
}

/* Made anew each time, for the list that is seen then. */
static void
fill_columns (GtkMenuButton *button, gpointer data)
{
  ShequListMenu *self = data;
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  for (guint i = 0; i < self->reg->fields->len; i++)
    {
      const ShequField *field = g_ptr_array_index (self->reg->fields, i);
      g_autofree char *title = NULL;
      GtkWidget *check;

      if (field->hidden || shequ_field_editor_is_own_unit (self->office, field))
        continue;
      title = shequ_field_editor_get_title (field);
      check = gtk_check_button_new_with_label (title);
      gtk_check_button_set_active (GTK_CHECK_BUTTON (check), has_column (self->current, field));
      g_object_set_data (G_OBJECT (check), "field", (gpointer) field);
      g_signal_connect (check, "toggled", G_CALLBACK (column_toggled), self);
      gtk_box_append (GTK_BOX (box), check);
    }
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 420);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  gtk_popover_set_child (GTK_POPOVER (popover), scrolled);
  gtk_menu_button_set_popover (button, popover);
}

static GtkWidget *
new_columns_button (ShequListMenu *self)
{
  self->columns = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->columns), "view-dual-symbolic");
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->columns), fill_columns, self, NULL);
  gtk_widget_set_tooltip_text (self->columns, _ ("Choose the columns"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->columns), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Choose the columns"), -1);
  return self->columns;
}

/* The lists of the register by name; hidden when there is only one. */
static GtkWidget *
new_lists (ShequListMenu *self)
{
  self->labels = gtk_string_list_new (NULL);
  for (guint i = 0; i < self->reg->lists->len; i++)
    {
      const ShequList *list = g_ptr_array_index (self->reg->lists, i);

      gtk_string_list_append (self->labels, list->label != NULL ? list->label : self->reg->label);
    }
  self->lists = gtk_drop_down_new (G_LIST_MODEL (self->labels), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->lists), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Which records"), -1);
  gtk_widget_set_visible (self->lists, self->reg->lists->len > 1);
  return self->lists;
}

static void
shequ_list_menu_dispose (GObject *object)
{
  ShequListMenu *self = SHEQU_LIST_MENU (object);

  if (self->office != NULL)
    g_signal_handlers_disconnect_by_data (self->office, self);
  if (self->lists != NULL)
    g_signal_handlers_disconnect_by_data (self->lists, self);
  self->lists = NULL;
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (shequ_list_menu_parent_class)->dispose (object);
}

static void
shequ_list_menu_finalize (GObject *object)
{
  ShequListMenu *self = SHEQU_LIST_MENU (object);

  g_clear_pointer (&self->saved, g_ptr_array_unref);
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  g_free (self->wanted);
  G_OBJECT_CLASS (shequ_list_menu_parent_class)->finalize (object);
}

static void
shequ_list_menu_class_init (ShequListMenuClass *class)
{
  G_OBJECT_CLASS (class)->dispose = shequ_list_menu_dispose;
  G_OBJECT_CLASS (class)->finalize = shequ_list_menu_finalize;

  signals[SIGNAL_CHOSEN] =
    g_signal_new ("chosen", SHEQU_TYPE_LIST_MENU, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SAVE] = g_signal_new ("save", SHEQU_TYPE_LIST_MENU, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
}

static void
shequ_list_menu_init (ShequListMenu *self)
{
  self->shown = g_ptr_array_new_with_free_func ((GDestroyNotify) shequ_list_free);
}

/**
 * shequ_list_menu_new:
 * @office: whose lists
 * @reg: the register
 *
 * Returns: (transfer floating): the menu, with the first list chosen
 */
ShequListMenu *
shequ_list_menu_new (ShequOffice *office, const ShequRegister *reg)
{
  ShequListMenu *self = g_object_new (SHEQU_TYPE_LIST_MENU, NULL);

  self->office = g_object_ref (office);
  self->reg = reg;
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_box_append (GTK_BOX (self->box), new_lists (self));
  gtk_box_append (GTK_BOX (self->box), new_save_button (self));
  gtk_box_append (GTK_BOX (self->box), new_columns_button (self));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  show (self, shequ_register_get_list (reg, NULL), NULL);
  g_signal_connect_swapped (self->lists, "notify::selected", G_CALLBACK (list_selected), self);
  g_signal_connect_swapped (office, "changed::saved_list", G_CALLBACK (load), self);
  load (self);
  return self;
}

/**
 * shequ_list_menu_get_list:
 * @self: the menu
 *
 * Returns: (transfer none): what is chosen; it lives as long as the menu
 */
const ShequList *
shequ_list_menu_get_list (ShequListMenu *self)
{
  return self->current;
}

/**
 * shequ_list_menu_choose:
 * @self: the menu
 * @name: a list of the description
 *
 * Chooses a list as a person can; nothing when there is none of this name.
 */
void
shequ_list_menu_choose (ShequListMenu *self, const char *name)
{
  for (guint i = 0; i < self->reg->lists->len; i++)
    if (g_strcmp0 (((const ShequList *) g_ptr_array_index (self->reg->lists, i))->name, name) == 0)
      gtk_drop_down_set_selected (GTK_DROP_DOWN (self->lists), i);
}

/**
 * shequ_list_menu_save:
 * @self: the menu
 * @name: what the list shall be called
 * @shared: whether everybody is offered it
 * @list: what is seen
 *
 * Keeps a list and shows it.
 */
void
shequ_list_menu_save (ShequListMenu *self, const char *name, gboolean shared, const ShequList *list)
{
  Save *save = g_new0 (Save, 1);

  g_free (self->wanted);
  self->wanted = g_strdup (name);
  save->reg = self->reg;
  save->name = g_strdup (name);
  save->shared = shared;
  save->list = shequ_list_copy (list);
  shequ_office_run_async (self->office, save_in_thread, save, save_free, NULL, NULL, was_saved,
                          g_object_ref (self));
}
