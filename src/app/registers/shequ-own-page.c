#include "shequ-own-page.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-feedback.h"
#include "shequ-own-field-dialog.h"
#include "shequ-own.h"

struct _ShequOwnPage
{
  ShequPage parent_instance;

  GCancellable *cancellable;
  GPtrArray *owns; /* (nullable): of ShequOwn */
  GtkStack *stack;
  GtkWidget *box;    /* of the list */
  GPtrArray *groups; /* of AdwPreferencesGroup in it */
};

G_DEFINE_FINAL_TYPE (ShequOwnPage, shequ_own_page, SHEQU_TYPE_PAGE)

static ShequOffice *
get_office (ShequOwnPage *self)
{
  return shequ_page_get_office (SHEQU_PAGE (self));
}

static void
reload (ShequOwnPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.reload", NULL);
}

static void
field_saved (ShequOwnFieldDialog *dialog, const char *label, ShequOwnPage *self)
{
  g_autofree char *text = g_strdup_printf (_ ("“%s” is saved and used from now on."), label);

  shequ_feedback_say (GTK_WIDGET (self), text);
  reload (self);
}

static void
show_dialog (ShequOwnPage *self, const char *reg, ShequOwnField *field)
{
  ShequOwnFieldDialog *dialog = shequ_own_field_dialog_new (get_office (self), reg, field);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (root));
  g_signal_connect_object (dialog, "saved", G_CALLBACK (field_saved), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* A change of a whole register, on its way to the database. */
typedef enum
{
  CHANGE_ADD,
  CHANGE_RENAME,
  CHANGE_RETIRE,
  CHANGE_RESTORE,
} ChangeKind;

typedef struct
{
  ChangeKind kind;
  char *name; /* (nullable) of a new one */
  char *label;
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  g_free (change->name);
  g_free (change->label);
  g_free (change);
}

static gpointer
change_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Change *change = data;
  g_autofree char *name = NULL;
  gboolean done;

  switch (change->kind)
    {
    case CHANGE_ADD:
      name = shequ_own_add_register (office, change->label, cancellable, error);
      done = name != NULL;
      break;
    case CHANGE_RENAME:
      done = shequ_own_rename_register (office, change->name, change->label, cancellable, error);
      break;
    case CHANGE_RETIRE:
    case CHANGE_RESTORE:
    default:
      done = shequ_own_set_active (office, change->name, change->kind == CHANGE_RESTORE, cancellable, error);
    }
  return done ? g_strdup (change->label) : NULL;
}

static void
change_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequOwnPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *label = shequ_office_run_finish (SHEQU_OFFICE (source), result, &error);
  g_autofree char *text = NULL;

  if (label == NULL)
    {
      shequ_feedback_show_error (GTK_WIDGET (self), _ ("The register was not changed."), error);
      return;
    }
  text = g_strdup_printf (_ ("“%s” is saved and used from now on."), label);
  shequ_feedback_say (GTK_WIDGET (self), text);
  reload (self);
}

static void
start_change (ShequOwnPage *self, ChangeKind kind, const char *name, const char *label)
{
  Change *change = g_new0 (Change, 1);

  change->kind = kind;
  change->name = g_strdup (name);
  change->label = g_strdup (label);
  shequ_office_run_async (get_office (self), change_work, change, change_free, g_free, NULL, change_done,
                          g_object_ref (self));
}

/* What a register shall be called. */
typedef struct
{
  ShequOwnPage *page;
  char *name; /* (nullable) of a new one */
  AdwMessageDialog *dialog;
  GtkEditable *entry;
} Naming;

static void
naming_free (gpointer data, GClosure *closure)
{
  Naming *naming = data;

  g_object_unref (naming->page);
  g_free (naming->name);
  g_free (naming);
}

static char *
get_label (const Naming *naming)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (naming->entry)));
}

static void
label_typed (Naming *naming)
{
  g_autofree char *label = get_label (naming);

  adw_message_dialog_set_response_enabled (naming->dialog, "save", *label != '\0');
}

static void
named (AdwMessageDialog *dialog, const char *response, Naming *naming)
{
  g_autofree char *label = get_label (naming);

  if (g_str_equal (response, "save"))
    start_change (naming->page, naming->name != NULL ? CHANGE_RENAME : CHANGE_ADD, naming->name, label);
}

static void
ask_name (ShequOwnPage *self, const ShequOwn *own)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *dialog = adw_message_dialog_new (
    GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
    own != NULL ? _ ("Rename the register") : _ ("New register"),
    own != NULL ? NULL
                : _ ("What is the book called, as “Dogs” or “Lent tools”? It begins "
                     "with a name and remarks; you add the other fields afterwards."));
  GtkWidget *entry = gtk_entry_new ();
  Naming *naming = g_new0 (Naming, 1);

  naming->page = g_object_ref (self);
  naming->name = own != NULL ? g_strdup (own->name) : NULL;
  naming->dialog = ADW_MESSAGE_DIALOG (dialog);
  naming->entry = GTK_EDITABLE (entry);
  gtk_editable_set_text (naming->entry, own != NULL ? own->label : "");
  gtk_entry_set_max_length (GTK_ENTRY (entry), 40);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Name of the register"), -1);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (label_typed), naming);
  adw_message_dialog_set_extra_child (naming->dialog, entry);
  adw_message_dialog_add_responses (naming->dialog, "cancel", _ ("_Cancel"), "save", _ ("_Save"), NULL);
  adw_message_dialog_set_response_appearance (naming->dialog, "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (naming->dialog, "save");
  adw_message_dialog_set_close_response (naming->dialog, "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (named), naming, naming_free, 0);
  label_typed (naming);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (entry);
}

static void
add_register_clicked (ShequOwnPage *self)
{
  ask_name (self, NULL);
}

static void
add_field_clicked (ShequOwnPage *self)
{
  show_dialog (self, "resident", NULL);
}

static GtkWidget *
new_button (ShequOwnPage *self, const char *label, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
new_buttons (ShequOwnPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *add_field = new_button (self, _ ("New _field…"), G_CALLBACK (add_field_clicked));

  gtk_widget_add_css_class (add_field, "suggested-action");
  gtk_box_append (GTK_BOX (box), new_button (self, _ ("New _register…"), G_CALLBACK (add_register_clicked)));
  gtk_box_append (GTK_BOX (box), add_field);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 6);
  return box;
}

static void
row_activated (AdwActionRow *row, ShequOwnPage *self)
{
  const ShequOwn *own = g_object_get_data (G_OBJECT (row), "own");
  const char *name = g_object_get_data (G_OBJECT (row), "field");

  show_dialog (self, own->reg, shequ_own_field_read (own->keys, name));
}

/* What a row says of a field below its name. */
static char *
describe_field (ShequOffice *office, const ShequOwnField *field)
{
  g_autofree char *kind = shequ_own_kind_describe (office, field->kind, field->to);
  GString *text = g_string_new (kind);
  const struct
  {
    gboolean holds;
    const char *word;
  } words[] = {
    { field->required, _ ("must be filled in") },
    { field->sensitive, _ ("sensitive") },
    { field->listed, _ ("in the list") },
    { field->searched, _ ("searched") },
    { field->retired, _ ("retired") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (words[i].holds)
      g_string_append_printf (text, " · %s", words[i].word);
  if (field->labels != NULL)
    {
      g_autofree char *labels = g_strjoinv (_ (", "), field->labels);

      g_string_append_printf (text, " · %s", labels);
    }
  return g_string_free (text, FALSE);
}

static void
set_row_text (GtkWidget *row, const char *title, const char *subtitle)
{
  g_autofree char *title_markup = g_markup_escape_text (title, -1);
  g_autofree char *subtitle_markup = g_markup_escape_text (subtitle, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title_markup);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle_markup);
}

static void
add_field_row (ShequOwnPage *self, AdwPreferencesGroup *group, const ShequOwn *own, const char *name)
{
  g_autoptr (ShequOwnField) field = shequ_own_field_read (own->keys, name);
  g_autofree char *text = describe_field (get_office (self), field);
  GtkWidget *row = adw_action_row_new ();

  set_row_text (row, field->label != NULL ? field->label : name, text);
  g_object_set_data (G_OBJECT (row), "own", (gpointer) own);
  g_object_set_data_full (G_OBJECT (row), "field", g_strdup (name), g_free);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  if (field->retired || !own->active)
    gtk_widget_add_css_class (row, "dim-label");
  g_signal_connect_object (row, "activated", G_CALLBACK (row_activated), self, 0);
  adw_preferences_group_add (group, row);
}

static void
add_problem_row (AdwPreferencesGroup *group, const ShequOwn *own)
{
  GtkWidget *row = adw_action_row_new ();

  set_row_text (row, _ ("Cannot be used; its data is kept"), own->problem);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("dialog-warning-symbolic"));
  gtk_widget_add_css_class (row, "error");
  adw_preferences_group_add (group, row);
}

static AdwPreferencesGroup *
add_group (ShequOwnPage *self, const char *title, const char *description)
{
  GtkWidget *group = adw_preferences_group_new ();
  g_autofree char *markup = g_markup_escape_text (title, -1);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), markup);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  gtk_box_append (GTK_BOX (self->box), group);
  g_ptr_array_add (self->groups, group);
  return ADW_PREFERENCES_GROUP (group);
}

static const ShequOwn *
get_own (GtkWidget *button)
{
  return g_object_get_data (G_OBJECT (button), "own");
}

static void
open_clicked (GtkWidget *button, ShequOwnPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-records", "(ss)", get_own (button)->reg, "");
}

static void
add_to_clicked (GtkWidget *button, ShequOwnPage *self)
{
  show_dialog (self, get_own (button)->reg, NULL);
}

static void
rename_clicked (GtkWidget *button, ShequOwnPage *self)
{
  ask_name (self, get_own (button));
}

static void
retire_clicked (GtkWidget *button, ShequOwnPage *self)
{
  const ShequOwn *own = get_own (button);

  start_change (self, own->active ? CHANGE_RETIRE : CHANGE_RESTORE, own->name, own->label);
}

static void
add_own_button (ShequOwnPage *self,
                GtkWidget *box,
                const ShequOwn *own,
                const char *icon,
                const char *label,
                void (*clicked) (GtkWidget *, ShequOwnPage *))
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);
  g_autofree char *name = g_strdup_printf (_ ("%s: %s"), own->label, label);

  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_add_css_class (button, "flat");
  g_object_set_data (G_OBJECT (button), "own", (gpointer) own);
  g_signal_connect_object (button, "clicked", G_CALLBACK (clicked), self, 0);
  gtk_box_append (GTK_BOX (box), button);
}

static GtkWidget *
new_register_buttons (ShequOwnPage *self, const ShequOwn *own)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  if (own->active && own->problem == NULL)
    {
      add_own_button (self, box, own, "view-list-symbolic", _ ("Open the register"), open_clicked);
      add_own_button (self, box, own, "list-add-symbolic", _ ("Add a field"), add_to_clicked);
      add_own_button (self, box, own, "document-edit-symbolic", _ ("Rename"), rename_clicked);
    }
  if (own->active)
    add_own_button (self, box, own, "user-trash-symbolic", _ ("Take out of use; its data is kept"),
                    retire_clicked);
  else
    add_own_button (self, box, own, "edit-undo-symbolic", _ ("Use again"), retire_clicked);
  return box;
}

static void
add_fields (ShequOwnPage *self, AdwPreferencesGroup *group, const ShequOwn *own)
{
  g_auto (GStrv) fields = own->keys != NULL ? shequ_own_field_list (own->keys) : NULL;

  if (own->problem != NULL)
    add_problem_row (group, own);
  for (guint i = 0; fields != NULL && fields[i] != NULL; i++)
    add_field_row (self, group, own, fields[i]);
}

static void
add_registers (ShequOwnPage *self)
{
  for (guint i = 0; i < self->owns->len; i++)
    {
      const ShequOwn *own = g_ptr_array_index (self->owns, i);
      AdwPreferencesGroup *group;

      if (!own->is_register)
        continue;
      group = add_group (self, own->label, own->active ? _ ("Own register") : _ ("Own register, out of use"));
      adw_preferences_group_set_header_suffix (group, new_register_buttons (self, own));
      add_fields (self, group, own);
    }
}

static const char *
get_reg_label (ShequOwnPage *self, const ShequOwn *own)
{
  const ShequRegister *reg =
    own->reg != NULL ? shequ_office_get_register (get_office (self), own->reg) : NULL;

  return reg != NULL ? reg->label : own->name;
}

/* One group for all fields of a register. */
static void
add_extensions (ShequOwnPage *self)
{
  g_autoptr (GHashTable) groups = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->owns->len; i++)
    {
      const ShequOwn *own = g_ptr_array_index (self->owns, i);
      const char *label = get_reg_label (self, own);
      AdwPreferencesGroup *group = g_hash_table_lookup (groups, label);

      if (own->is_register)
        continue;
      if (group == NULL)
        {
          group = add_group (self, label, _ ("Own fields of this register"));
          g_hash_table_insert (groups, (gpointer) label, group);
        }
      add_fields (self, group, own);
    }
}

static void
show_owns (ShequOwnPage *self)
{
  for (guint i = 0; i < self->groups->len; i++)
    gtk_box_remove (GTK_BOX (self->box), g_ptr_array_index (self->groups, i));
  g_ptr_array_set_size (self->groups, 0);
  add_registers (self);
  add_extensions (self);
  gtk_stack_set_visible_child_name (self->stack, self->owns->len > 0 ? "list" : "empty");
}

static gpointer
list_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  return shequ_own_list (office, cancellable, error);
}

static void
listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequOwnPage) self = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *owns = shequ_office_run_finish (SHEQU_OFFICE (source), result, &error);

  if (self->cancellable == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_clear_pointer (&owns, g_ptr_array_unref);
      return;
    }
  if (owns == NULL)
    {
      shequ_feedback_show_error (GTK_WIDGET (self), _ ("The own registers and fields cannot be read."),
                                 error);
      return;
    }
  g_clear_pointer (&self->owns, g_ptr_array_unref);
  self->owns = owns;
  show_owns (self);
}

static void
shequ_own_page_shown (ShequPage *page)
{
  ShequOwnPage *self = SHEQU_OWN_PAGE (page);

  shequ_office_run_async (get_office (self), list_work, NULL, NULL, (GDestroyNotify) g_ptr_array_unref,
                          self->cancellable, listed, g_object_ref (self));
}

static GtkWidget *
new_empty (ShequOwnPage *self)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "document-edit-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("Fields and registers of your own"));
  adw_status_page_set_description (
    ADW_STATUS_PAGE (page),
    _ ("Does a form lack something that your office writes down, or do you keep a book that is not here? Add "
       "a field to any register, or make a new register. It can be searched, filtered, imported, exported "
       "and traced in the change log like all others."));
  return page;
}

static GtkWidget *
new_list (ShequOwnPage *self)
{
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *note =
    gtk_label_new (_ ("Other windows that are open know of a change when they are opened next."));

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  gtk_label_set_wrap (GTK_LABEL (note), TRUE);
  gtk_widget_add_css_class (note, "dim-label");
  gtk_box_append (GTK_BOX (self->box), note);
  gtk_widget_set_margin_top (self->box, 12);
  gtk_widget_set_margin_bottom (self->box, 24);
  gtk_widget_set_margin_start (self->box, 12);
  gtk_widget_set_margin_end (self->box, 12);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 720);
  adw_clamp_set_child (ADW_CLAMP (clamp), self->box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  return scrolled;
}

static void
shequ_own_page_constructed (GObject *object)
{
  ShequOwnPage *self = SHEQU_OWN_PAGE (object);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  G_OBJECT_CLASS (shequ_own_page_parent_class)->constructed (object);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), "reading");
  gtk_stack_add_named (self->stack, new_list (self), "list");
  gtk_stack_add_named (self->stack, new_empty (self), "empty");
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_box_append (GTK_BOX (box), new_buttons (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_bin_set_child (ADW_BIN (self), box);
}

static void
shequ_own_page_dispose (GObject *object)
{
  ShequOwnPage *self = SHEQU_OWN_PAGE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (shequ_own_page_parent_class)->dispose (object);
}

/* What rows and buttons point to goes after them. */
static void
shequ_own_page_finalize (GObject *object)
{
  ShequOwnPage *self = SHEQU_OWN_PAGE (object);

  g_clear_pointer (&self->owns, g_ptr_array_unref);
  g_ptr_array_unref (self->groups);
  G_OBJECT_CLASS (shequ_own_page_parent_class)->finalize (object);
}

static void
shequ_own_page_class_init (ShequOwnPageClass *class)
{
  G_OBJECT_CLASS (class)->constructed = shequ_own_page_constructed;
  G_OBJECT_CLASS (class)->dispose = shequ_own_page_dispose;
  G_OBJECT_CLASS (class)->finalize = shequ_own_page_finalize;
  SHEQU_PAGE_CLASS (class)->shown = shequ_own_page_shown;
}

static void
shequ_own_page_init (ShequOwnPage *self)
{
  self->cancellable = g_cancellable_new ();
  self->groups = g_ptr_array_new ();
}
