#include "shequ-own-field-dialog.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-field-editor.h"
#include "shequ-own.h"

#define PREVIEW_DELAY 150

struct _ShequOwnFieldDialog
{
  AdwWindow parent_instance;

  ShequOffice *office;
  ShequOwnField *field; /* as it was; without a name when it is new */
  GPtrArray *registers; /* of const ShequRegister, to choose from */
  GPtrArray *targets;   /* of const ShequRegister: to which a link may lead besides those in the table */
  const ShequRegister *reg;
  guint preview_source;
  ShequCatalogue *catalogue; /* (nullable): of the preview */
  ShequFieldEditor *editor;  /* (nullable): of the preview */
  gboolean saving;

  AdwComboRow *reg_row;
  GtkEditable *label_row;
  AdwComboRow *kind_row;
  GtkWidget *choices_group;
  GtkTextView *choices;
  GtkEditable *unit_row;
  AdwComboRow *group_row;
  GtkEditable *help_row;
  GtkSwitch *required;
  GtkSwitch *sensitive;
  GtkSwitch *listed;
  GtkSwitch *searched;
  GtkWidget *searched_row;
  AdwPreferencesGroup *preview;
  GtkWidget *preview_row; /* (nullable) */
  GtkLabel *problem;
  GtkWidget *save_button;
};

enum
{
  SIGNAL_SAVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ShequOwnFieldDialog, shequ_own_field_dialog, ADW_TYPE_WINDOW)

/* What can be chosen, in the words of a clerk. */
static const struct
{
  ShequFieldKind kind;
  const char *to;
  const char *label;
  const char *example;
} kinds[] = {
  { SHEQU_FIELD_TEXT, NULL, N_ ("Text"), N_ ("One line, as the name of a club") },
  { SHEQU_FIELD_LONG_TEXT, NULL, N_ ("Long text"), N_ ("Several lines, as what was agreed") },
  { SHEQU_FIELD_CODE, NULL, N_ ("Choice from a list"), N_ ("One of the choices below, as good, fair, poor") },
  { SHEQU_FIELD_YES_NO, NULL, N_ ("Yes or no"), N_ ("As “has a dog”") },
  { SHEQU_FIELD_INTEGER, NULL, N_ ("Whole number"), N_ ("A whole number, as 3 rooms") },
  { SHEQU_FIELD_MONEY, NULL, N_ ("Amount of money"), N_ ("In yuan, as 120.50") },
  { SHEQU_FIELD_DATE, NULL, N_ ("Date"), N_ ("As 2026-11-22") },
  { SHEQU_FIELD_TIME, NULL, N_ ("Time of day"), N_ ("As 14:30") },
  { SHEQU_FIELD_PHONE, NULL, N_ ("Telephone number"), N_ ("Mobile or landline; checked when it is typed") },
  { SHEQU_FIELD_ID_NUMBER, NULL, N_ ("Identity number"), N_ ("18 digits; the check digit is checked") },
  { SHEQU_FIELD_PICTURE, NULL, N_ ("Picture"), N_ ("A photograph, made small when it is chosen") },
  { SHEQU_FIELD_LINK, "resident", N_ ("A resident"), N_ ("Chosen by name from the residents") },
  { SHEQU_FIELD_LINK, "household", N_ ("A household"), N_ ("Chosen by address from the households") },
  { SHEQU_FIELD_LINK, "building", N_ ("A building"), N_ ("Chosen from the buildings") },
  { SHEQU_FIELD_LINK, "staff", N_ ("A member of staff"), N_ ("Chosen by name from the staff") },
};

/**
 * shequ_own_kind_find:
 * @kind: a kind of field
 * @to: (nullable): of a link: the register
 *
 * Returns: its place among what a clerk can choose; the number of those with words of their own when it is
 * not among them
 */
guint
shequ_own_kind_find (ShequFieldKind kind, const char *to)
{
  guint i = 0;

  while (i < G_N_ELEMENTS (kinds) &&
         (kinds[i].kind != kind || (kind == SHEQU_FIELD_LINK && g_strcmp0 (kinds[i].to, to) != 0)))
    i++;
  return i;
}

static char *
describe_link (const ShequRegister *reg)
{
  return g_strdup_printf (_ ("From the register “%s”"), reg->label);
}

/**
 * shequ_own_kind_describe:
 * @office: an office
 * @kind: a kind of field
 * @to: (nullable): of a link: the register
 *
 * Returns: (transfer full): what a clerk calls the kind
 */
char *
shequ_own_kind_describe (ShequOffice *office, ShequFieldKind kind, const char *to)
{
  guint place = shequ_own_kind_find (kind, to);
  const ShequRegister *reg =
    kind == SHEQU_FIELD_LINK && to != NULL ? shequ_office_get_register (office, to) : NULL;

  if (place < G_N_ELEMENTS (kinds))
    return g_strdup (_ (kinds[place].label));
  return reg != NULL ? describe_link (reg) : g_strdup (_ ("Other kind"));
}

/* What is chosen: a kind of the table, a link to one of the other registers, or what the field is already. */
static ShequFieldKind
get_kind (ShequOwnFieldDialog *self, const char **to)
{
  guint selected = adw_combo_row_get_selected (self->kind_row);

  if (selected < G_N_ELEMENTS (kinds))
    {
      *to = kinds[selected].to;
      return kinds[selected].kind;
    }
  selected -= G_N_ELEMENTS (kinds);
  if (selected < self->targets->len)
    {
      *to = ((const ShequRegister *) self->targets->pdata[selected])->name;
      return SHEQU_FIELD_LINK;
    }
  *to = self->field->to;
  return self->field->kind;
}

static char **
read_choices (ShequOwnFieldDialog *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->choices);
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();
  g_auto (GStrv) lines = NULL;
  g_autofree char *text = NULL;
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (*g_strstrip (lines[i]) != '\0')
      g_ptr_array_add (labels, g_strdup (lines[i]));
  g_ptr_array_add (labels, NULL);
  return (char **) g_ptr_array_steal (labels, NULL);
}

static char *
get_text (GtkEditable *row)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (row)));
}

/* The group that is chosen; the first choice is none. */
static char *
get_group (ShequOwnFieldDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->group_row);

  if (selected == 0 || selected > self->reg->groups->len)
    return NULL;
  return g_strdup (((const ShequGroup *) g_ptr_array_index (self->reg->groups, selected - 1))->name);
}

/* What is filled in so far. */
static ShequOwnField *
read_field (ShequOwnFieldDialog *self)
{
  ShequOwnField *field = shequ_own_field_new ();
  const char *to = NULL;

  field->name = g_strdup (self->field->name);
  field->label = get_text (self->label_row);
  field->kind = get_kind (self, &to);
  field->to = g_strdup (to);
  field->labels = field->kind == SHEQU_FIELD_CODE ? read_choices (self) : NULL;
  field->group = get_group (self);
  field->help = get_text (self->help_row);
  field->unit = get_text (self->unit_row);
  field->required = gtk_switch_get_active (self->required);
  field->sensitive = gtk_switch_get_active (self->sensitive);
  field->listed = gtk_switch_get_active (self->listed);
  field->searched = gtk_switch_get_active (self->searched);
  return field;
}

static void
set_problem (ShequOwnFieldDialog *self, const char *message)
{
  gtk_label_set_text (self->problem, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), message != NULL);
}

static void
drop_preview (ShequOwnFieldDialog *self)
{
  if (self->preview_row != NULL)
    adw_preferences_group_remove (self->preview, self->preview_row);
  self->preview_row = NULL;
  g_clear_object (&self->editor);
  g_clear_pointer (&self->catalogue, shequ_catalogue_unref);
}

/* The row of the form, to be looked at only. */
static gboolean
show_preview (gpointer data)
{
  ShequOwnFieldDialog *self = data;
  g_autoptr (ShequOwnField) field = read_field (self);
  const ShequRegister *reg;

  self->preview_source = 0;
  drop_preview (self);
  self->catalogue = shequ_own_preview (self->office, self->reg->name, field, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->preview), self->catalogue != NULL);
  if (self->catalogue == NULL)
    return G_SOURCE_REMOVE;
  reg = shequ_catalogue_lookup (self->catalogue, SHEQU_OWN_PREFIX "preview");
  self->editor = shequ_field_editor_new (self->office, g_ptr_array_index (reg->fields, 0));
  self->preview_row = shequ_field_editor_get_row (self->editor);
  gtk_widget_set_can_focus (self->preview_row, FALSE);
  gtk_widget_set_can_target (self->preview_row, FALSE);
  adw_preferences_group_add (self->preview, self->preview_row);
  return G_SOURCE_REMOVE;
}

static void
edited (ShequOwnFieldDialog *self)
{
  guint kind = adw_combo_row_get_selected (self->kind_row);
  const char *to = NULL;
  ShequFieldKind chosen = get_kind (self, &to);
  g_autofree char *label = get_text (self->label_row);

  gtk_widget_set_visible (self->choices_group, chosen == SHEQU_FIELD_CODE);
  gtk_widget_set_visible (GTK_WIDGET (self->unit_row), chosen == SHEQU_FIELD_INTEGER);
  gtk_widget_set_visible (self->searched_row, shequ_own_field_can_search (chosen));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->kind_row),
                               kind < G_N_ELEMENTS (kinds) ? _ (kinds[kind].example) : "");
  gtk_widget_set_sensitive (self->save_button, *label != '\0' && !self->saving);
  set_problem (self, NULL);
  if (self->preview_source == 0)
    self->preview_source = g_timeout_add (PREVIEW_DELAY, show_preview, self);
}

/* A field on its way to the database. */
typedef struct
{
  char *reg;
  ShequOwnField *field;
} Saving;

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  g_free (saving->reg);
  shequ_own_field_free (saving->field);
  g_free (saving);
}

static gpointer
save_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Saving *saving = data;
  g_autofree char *name = shequ_own_save_field (office, saving->reg, saving->field, cancellable, error);

  return name != NULL ? g_strdup (saving->field->label) : NULL;
}

static void
saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequOwnFieldDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *label = shequ_office_run_finish (SHEQU_OFFICE (source), result, &error);

  self->saving = FALSE;
  if (self->office == NULL)
    return;
  gtk_widget_set_sensitive (self->save_button, TRUE);
  if (label == NULL)
    {
      set_problem (self, error->message);
      return;
    }
  g_signal_emit (self, signals[SIGNAL_SAVED], 0, label);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
save (ShequOwnFieldDialog *self, gboolean retired)
{
  Saving *saving;

  if (self->saving)
    return;
  saving = g_new0 (Saving, 1);
  saving->reg = g_strdup (self->reg->name);
  saving->field = read_field (self);
  saving->field->retired = retired;
  self->saving = TRUE;
  gtk_widget_set_sensitive (self->save_button, FALSE);
  shequ_office_run_async (self->office, save_work, saving, saving_free, g_free, NULL, saved,
                          g_object_ref (self));
}

/**
 * shequ_own_field_dialog_save:
 * @self: a dialog
 *
 * Stores the field as it is filled in; what is wrong is said in the dialog.
 */
void
shequ_own_field_dialog_save (ShequOwnFieldDialog *self)
{
  g_return_if_fail (SHEQU_IS_OWN_FIELD_DIALOG (self));

  save (self, self->field->retired);
}

static void
toggle_retired (ShequOwnFieldDialog *self)
{
  save (self, !self->field->retired);
}

static gboolean
pressed_save (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  shequ_own_field_dialog_save (SHEQU_OWN_FIELD_DIALOG (widget));
  return TRUE;
}

static void
shequ_own_field_dialog_dispose (GObject *object)
{
  ShequOwnFieldDialog *self = SHEQU_OWN_FIELD_DIALOG (object);

  g_clear_handle_id (&self->preview_source, g_source_remove);
  if (self->office != NULL)
    drop_preview (self);
  g_clear_object (&self->office);
  g_clear_pointer (&self->field, shequ_own_field_free);
  g_clear_pointer (&self->registers, g_ptr_array_unref);
  g_clear_pointer (&self->targets, g_ptr_array_unref);
  G_OBJECT_CLASS (shequ_own_field_dialog_parent_class)->dispose (object);
}

static void
shequ_own_field_dialog_class_init (ShequOwnFieldDialogClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = shequ_own_field_dialog_dispose;
  signals[SIGNAL_SAVED] = g_signal_new ("saved", SHEQU_TYPE_OWN_FIELD_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, pressed_save, NULL);
}

static void
shequ_own_field_dialog_init (ShequOwnFieldDialog *self)
{
}

static GtkEditable *
add_entry (ShequOwnFieldDialog *self, AdwPreferencesGroup *group, const char *title, const char *text)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_editable_set_text (GTK_EDITABLE (row), text != NULL ? text : "");
  adw_preferences_group_add (group, row);
  g_signal_connect_swapped (row, "changed", G_CALLBACK (edited), self);
  return GTK_EDITABLE (row);
}

static GtkSwitch *
add_switch (ShequOwnFieldDialog *self,
            AdwPreferencesGroup *group,
            const char *title,
            const char *help,
            gboolean active)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *toggle = gtk_switch_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), help);
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  gtk_switch_set_active (GTK_SWITCH (toggle), active);
  gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);
  adw_preferences_group_add (group, row);
  g_signal_connect_swapped (toggle, "notify::active", G_CALLBACK (edited), self);
  return GTK_SWITCH (toggle);
}

static AdwComboRow *
add_combo (AdwPreferencesGroup *group, const char *title, GtkStringList *labels, guint selected)
{
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (labels));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), selected);
  adw_preferences_group_add (group, row);
  g_object_unref (labels);
  return ADW_COMBO_ROW (row);
}

static void
show_groups (ShequOwnFieldDialog *self)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  guint selected = 0;

  gtk_string_list_append (labels, self->reg->groups->len > 0 ? _ ("Own fields") : _ ("No group"));
  for (guint i = 0; i < self->reg->groups->len; i++)
    {
      const ShequGroup *group = g_ptr_array_index (self->reg->groups, i);

      gtk_string_list_append (labels, group->label);
      if (g_strcmp0 (group->name, self->field->group) == 0)
        selected = i + 1;
    }
  adw_combo_row_set_model (self->group_row, G_LIST_MODEL (labels));
  adw_combo_row_set_selected (self->group_row, selected);
  gtk_widget_set_visible (GTK_WIDGET (self->group_row), self->reg->groups->len > 0);
}

static void
reg_chosen (ShequOwnFieldDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->reg_row);

  if (selected >= self->registers->len)
    return;
  self->reg = g_ptr_array_index (self->registers, selected);
  show_groups (self);
  edited (self);
}

static int
compare_labels (gconstpointer one, gconstpointer other)
{
  return g_utf8_collate ((*(const ShequRegister *const *) one)->label,
                         (*(const ShequRegister *const *) other)->label);
}

static void
add_register_row (ShequOwnFieldDialog *self, AdwPreferencesGroup *group)
{
  const GPtrArray *all = shequ_catalogue_get_registers (shequ_office_get_catalogue (self->office));
  GtkStringList *labels = gtk_string_list_new (NULL);
  guint selected = 0;

  for (guint i = 0; i < all->len; i++)
    if (!((const ShequRegister *) g_ptr_array_index (all, i))->fixed)
      g_ptr_array_add (self->registers, g_ptr_array_index (all, i));
  g_ptr_array_sort (self->registers, compare_labels);
  for (guint i = 0; i < self->registers->len; i++)
    gtk_string_list_append (labels, ((const ShequRegister *) g_ptr_array_index (self->registers, i))->label);
  g_ptr_array_find (self->registers, self->reg, &selected);
  self->reg_row = add_combo (group, _ ("Register"), labels, selected);
  g_signal_connect_swapped (self->reg_row, "notify::selected", G_CALLBACK (reg_chosen), self);
  gtk_widget_set_sensitive (GTK_WIDGET (self->reg_row), self->field->name == NULL);
}

/* Registers to which a link may lead besides those that have words of their own. */
static void
list_targets (ShequOwnFieldDialog *self)
{
  for (guint i = 0; i < self->registers->len; i++)
    if (shequ_own_kind_find (SHEQU_FIELD_LINK, ((const ShequRegister *) self->registers->pdata[i])->name) ==
        G_N_ELEMENTS (kinds))
      g_ptr_array_add (self->targets, self->registers->pdata[i]);
}

static void
add_kind_row (ShequOwnFieldDialog *self, AdwPreferencesGroup *group)
{
  GtkStringList *labels = gtk_string_list_new (NULL);
  const guint none = G_MAXUINT;
  guint selected = shequ_own_kind_find (self->field->kind, self->field->to);

  if (selected == G_N_ELEMENTS (kinds))
    selected = none;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    gtk_string_list_append (labels, _ (kinds[i].label));
  list_targets (self);
  for (guint i = 0; i < self->targets->len; i++)
    {
      const ShequRegister *target = self->targets->pdata[i];
      g_autofree char *label = describe_link (target);

      gtk_string_list_append (labels, label);
      if (self->field->kind == SHEQU_FIELD_LINK && g_strcmp0 (self->field->to, target->name) == 0)
        selected = G_N_ELEMENTS (kinds) + i;
    }
  if (selected == none)
    {
      g_autofree char *label = shequ_own_kind_describe (self->office, self->field->kind, self->field->to);

      gtk_string_list_append (labels, label);
      selected = G_N_ELEMENTS (kinds) + self->targets->len;
    }
  self->kind_row = add_combo (group, _ ("Kind"), labels, selected);
  g_signal_connect_swapped (self->kind_row, "notify::selected", G_CALLBACK (edited), self);
}

static GtkWidget *
new_choices (ShequOwnFieldDialog *self)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *view = gtk_text_view_new ();
  g_autofree char *text =
    self->field->labels != NULL ? g_strjoinv ("\n", self->field->labels) : g_strdup ("");

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("Choices"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group),
                                         _ ("One a line. A line that is reworded keeps its records."));
  self->choices = GTK_TEXT_VIEW (view);
  gtk_text_view_set_left_margin (self->choices, 12);
  gtk_text_view_set_right_margin (self->choices, 12);
  gtk_text_view_set_top_margin (self->choices, 9);
  gtk_text_view_set_bottom_margin (self->choices, 9);
  gtk_text_view_set_accepts_tab (self->choices, FALSE);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->choices), text, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Choices"), -1);
  g_signal_connect_swapped (gtk_text_view_get_buffer (self->choices), "changed", G_CALLBACK (edited), self);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled), 110);
  gtk_widget_add_css_class (scrolled, "card");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), scrolled);
  return group;
}

static GtkWidget *
new_what (ShequOwnFieldDialog *self)
{
  GtkWidget *widget = adw_preferences_group_new ();
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (widget);

  add_register_row (self, group);
  self->label_row = add_entry (self, group, _ ("Name of the field"), self->field->label);
  add_kind_row (self, group);
  self->unit_row = add_entry (self, group, _ ("Unit of measure (if any)"), self->field->unit);
  return widget;
}

static GtkWidget *
new_how (ShequOwnFieldDialog *self)
{
  GtkWidget *widget = adw_preferences_group_new ();
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (widget);

  self->group_row = add_combo (group, _ ("Group of the form"), gtk_string_list_new (NULL), 0);
  show_groups (self);
  g_signal_connect_swapped (self->group_row, "notify::selected", G_CALLBACK (edited), self);
  self->help_row = add_entry (self, group, _ ("Note for who fills it in (if any)"), self->field->help);
  self->required =
    add_switch (self, group, _ ("Must be filled in"),
                _ ("Older records are asked for it when they are changed next."), self->field->required);
  self->sensitive = add_switch (self, group, _ ("Sensitive"), _ ("Covered in lists, exports and on papers."),
                                self->field->sensitive);
  self->listed = add_switch (self, group, _ ("Column of the list"), _ ("Choices can be filtered by as well."),
                             self->field->listed);
  self->searched = add_switch (self, group, _ ("Found by searching"),
                               _ ("Records come up when what stands here is typed."), self->field->searched);
  self->searched_row = gtk_widget_get_ancestor (GTK_WIDGET (self->searched), ADW_TYPE_ACTION_ROW);
  return widget;
}

static GtkWidget *
new_preview (ShequOwnFieldDialog *self)
{
  GtkWidget *widget = adw_preferences_group_new ();

  self->preview = ADW_PREFERENCES_GROUP (widget);
  adw_preferences_group_set_title (self->preview, _ ("In the form"));
  return widget;
}

/* A field is never deleted: what stands in it is kept. */
static GtkWidget *
new_retire_button (ShequOwnFieldDialog *self)
{
  GtkWidget *button =
    gtk_button_new_with_mnemonic (self->field->retired ? _ ("_Use again") : _ ("_Retire the field"));

  gtk_widget_set_tooltip_text (button, _ ("A retired field is hidden; what stands in it is kept."));
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (button, self->field->name != NULL);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (toggle_retired), self);
  return button;
}

static GtkWidget *
new_header (ShequOwnFieldDialog *self)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));

  self->save_button = gtk_button_new_with_mnemonic (_ ("_Save"));
  gtk_widget_add_css_class (self->save_button, "suggested-action");
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->save_button);
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (gtk_window_close), self);
  g_signal_connect_swapped (self->save_button, "clicked", G_CALLBACK (shequ_own_field_dialog_save), self);
  return header;
}

static GtkWidget *
new_problem (ShequOwnFieldDialog *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  self->problem = GTK_LABEL (label);
  gtk_label_set_wrap (self->problem, TRUE);
  gtk_label_set_xalign (self->problem, 0);
  gtk_widget_add_css_class (label, "error");
  gtk_widget_hide (label);
  return label;
}

static GtkWidget *
new_content (ShequOwnFieldDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  gtk_box_append (GTK_BOX (box), new_problem (self));
  gtk_box_append (GTK_BOX (box), new_what (self));
  self->choices_group = new_choices (self);
  gtk_box_append (GTK_BOX (box), self->choices_group);
  gtk_box_append (GTK_BOX (box), new_preview (self));
  gtk_box_append (GTK_BOX (box), new_how (self));
  gtk_box_append (GTK_BOX (box), new_retire_button (self));
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 24);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}

/**
 * shequ_own_field_dialog_new:
 * @office: an office
 * @reg: the name of the register that the field belongs to, or shall belong to where nothing else is chosen
 * @field: (transfer full) (nullable): a field that is there; a new one when %NULL
 *
 * Returns: (transfer none): the dialog, not yet shown
 */
ShequOwnFieldDialog *
shequ_own_field_dialog_new (ShequOffice *office, const char *reg, ShequOwnField *field)
{
  ShequOwnFieldDialog *self = g_object_new (SHEQU_TYPE_OWN_FIELD_DIALOG, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->office = g_object_ref (office);
  self->field = field != NULL ? field : shequ_own_field_new ();
  self->registers = g_ptr_array_new ();
  self->targets = g_ptr_array_new ();
  self->reg = shequ_office_get_register (office, reg);
  if (self->reg == NULL)
    self->reg = shequ_office_get_register (office, "resident");
  gtk_box_append (GTK_BOX (box), new_header (self));
  gtk_box_append (GTK_BOX (box), new_content (self));
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_title (GTK_WINDOW (self), field != NULL ? _ ("Own field") : _ ("New own field"));
  gtk_window_set_default_size (GTK_WINDOW (self), 520, 640);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  edited (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->label_row));
  return self;
}
