#include "shequ-record-form-private.h"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

enum
{
  PROP_0,
  PROP_CHANGED,
  N_PROPS,
};

enum
{
  SIGNAL_SAVED,
  SIGNAL_EDITED,
  SIGNAL_LEFT,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ShequRecordForm, shequ_record_form, GTK_TYPE_WIDGET)

void
shequ_record_form_set_changed (ShequRecordForm *self, gboolean changed)
{
  gtk_widget_set_sensitive (self->save_button, changed && !self->saving);
  if (!changed)
    shequ_record_form_draft_end (self);
  if (self->changed == changed)
    return;
  self->changed = changed;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHANGED]);
}

void
shequ_record_form_set_problem (ShequRecordForm *self, const char *message)
{
  gtk_label_set_text (self->problem, message != NULL ? message : "");
  gtk_widget_set_visible (self->problem_row, message != NULL && *message != '\0');
}

const char *
shequ_record_form_get_link_title (const ShequRow *row, const ShequField *field)
{
  return row->link_titles != NULL ? row->link_titles[field->index] : NULL;
}

/* Fields that follow from others are shown as they come. */
static void
show_derived (ShequRecordForm *self, const ShequRow *before, ShequFieldEditor *typed)
{
  for (guint i = 0; i < self->editors->len; i++)
    {
      ShequFieldEditor *editor = g_ptr_array_index (self->editors, i);
      const ShequField *field = shequ_field_editor_get_field (editor);
      const ShequValue *value = shequ_row_get (self->row, field);

      if (editor != typed && !shequ_value_equal (value, shequ_row_get (before, field)))
        shequ_field_editor_set_value (editor, value, shequ_record_form_get_link_title (self->row, field));
    }
}

static void
editor_changed (ShequFieldEditor *editor, ShequRecordForm *self)
{
  g_autoptr (GPtrArray) issues = shequ_issues_new ();
  g_autoptr (ShequRow) before = NULL;
  g_autofree char *today = NULL;
  ShequValue *value = shequ_row_get (self->row, shequ_field_editor_get_field (editor));
  guint index;

  if (!g_ptr_array_find (self->editors, editor, &index))
    return;
  self->touched[index] = TRUE;
  shequ_value_clear (value);
  shequ_field_editor_get_value (editor, value, issues);
  g_ptr_array_unref (g_ptr_array_index (self->parsing, index));
  g_ptr_array_index (self->parsing, index) = g_steal_pointer (&issues);

  before = shequ_row_copy (self->row);
  today = shequ_office_get_today (self->office);
  shequ_row_derive (self->row, today);
  show_derived (self, before, editor);
  shequ_record_form_set_changed (self, TRUE);
  shequ_record_form_judge (self);
  shequ_record_form_draft_edited (self);
  g_signal_emit (self, signals[SIGNAL_EDITED], 0, self->row);
}

static gboolean
is_typed (ShequRecordForm *self, const ShequField *field)
{
  return shequ_field_is_stored (field) && !field->hidden && !field->read_only &&
         !shequ_field_editor_is_own_unit (self->office, field);
}

static void
add_editor (ShequRecordForm *self, AdwPreferencesGroup *group, const ShequField *field)
{
  ShequFieldEditor *editor = shequ_field_editor_new (self->office, field);

  g_ptr_array_add (self->editors, editor);
  g_ptr_array_add (self->parsing, shequ_issues_new ());
  adw_preferences_group_add (group, shequ_field_editor_get_row (editor));
  adw_preferences_group_add (group, shequ_field_editor_get_message_row (editor));
  g_signal_connect_object (editor, "changed", G_CALLBACK (editor_changed), self, 0);
}

static void
add_group (ShequRecordForm *self, GtkBox *box, const ShequGroup *group)
{
  GtkWidget *widget = NULL;

  for (guint i = 0; i < self->reg->fields->len; i++)
    {
      const ShequField *field = g_ptr_array_index (self->reg->fields, i);

      if (!is_typed (self, field) || g_strcmp0 (field->group, group != NULL ? group->name : NULL) != 0)
        continue;
      if (widget == NULL)
        {
          widget = adw_preferences_group_new ();
          if (group != NULL)
            adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (widget), group->label);
          if (group != NULL && group->help != NULL)
            adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (widget), group->help);
          gtk_box_append (box, widget);
        }
      add_editor (self, ADW_PREFERENCES_GROUP (widget), field);
    }
}

static void
show_row (ShequRecordForm *self)
{
  for (guint i = 0; i < self->editors->len; i++)
    {
      ShequFieldEditor *editor = g_ptr_array_index (self->editors, i);
      const ShequField *field = shequ_field_editor_get_field (editor);

      g_ptr_array_set_size (g_ptr_array_index (self->parsing, i), 0);
      self->touched[i] = FALSE;
      shequ_field_editor_set_value (editor, shequ_row_get (self->row, field),
                                    shequ_record_form_get_link_title (self->row, field));
      if (self->row->key != 0)
        shequ_field_editor_set_covered (editor, self->row);
    }
}

void
shequ_record_form_focus_first (ShequRecordForm *self, gboolean wrong)
{
  for (guint i = 0; i < self->editors->len; i++)
    {
      GtkWidget *row = shequ_field_editor_get_row (g_ptr_array_index (self->editors, i));

      if (!wrong || gtk_widget_has_css_class (row, "error"))
        {
          gtk_widget_grab_focus (row);
          /* A key pressed by mistake must not replace what is there. */
          if (GTK_IS_EDITABLE (row))
            gtk_editable_set_position (GTK_EDITABLE (row), -1);
          return;
        }
    }
}

void
shequ_record_form_tell_saved (ShequRecordForm *self, const ShequRow *row)
{
  g_signal_emit (self, signals[SIGNAL_SAVED], 0, row);
}

void
shequ_record_form_tell_left (ShequRecordForm *self)
{
  g_signal_emit (self, signals[SIGNAL_LEFT], 0);
}

static void
shequ_record_form_dispose (GObject *object)
{
  ShequRecordForm *self = SHEQU_RECORD_FORM (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->hold_id, g_source_remove);
  g_clear_handle_id (&self->draft_id, g_source_remove);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->editors, g_ptr_array_unref);
  g_clear_pointer (&self->parsing, g_ptr_array_unref);
  g_clear_pointer (&self->touched, g_free);
  g_clear_pointer (&self->row, shequ_row_free);
  g_clear_pointer (&self->base, shequ_row_free);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (shequ_record_form_parent_class)->dispose (object);
}

static void
shequ_record_form_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CHANGED)
    g_value_set_boolean (value, SHEQU_RECORD_FORM (object)->changed);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static gboolean
shequ_record_form_grab_focus (GtkWidget *widget)
{
  shequ_record_form_focus_first (SHEQU_RECORD_FORM (widget), FALSE);
  return TRUE;
}

static gboolean
pressed_escape (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  shequ_record_form_leave (SHEQU_RECORD_FORM (widget));
  return TRUE;
}

static gboolean
pressed_save (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  shequ_record_form_save (SHEQU_RECORD_FORM (widget));
  return TRUE;
}

static void
shequ_record_form_class_init (ShequRecordFormClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = shequ_record_form_dispose;
  object_class->get_property = shequ_record_form_get_property;
  widget_class->grab_focus = shequ_record_form_grab_focus;

  properties[PROP_CHANGED] =
    g_param_spec_boolean ("changed", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_SAVED] = g_signal_new ("saved", SHEQU_TYPE_RECORD_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_EDITED] = g_signal_new ("edited", SHEQU_TYPE_RECORD_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_LEFT] =
    g_signal_new ("left", SHEQU_TYPE_RECORD_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, pressed_escape, NULL);
  /* For a form in a window of its own, where there is no action of the main window. */
  gtk_widget_class_add_binding (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, pressed_save, NULL);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
shequ_record_form_init (ShequRecordForm *self)
{
  self->cancellable = g_cancellable_new ();
  self->store = shequ_office_save_async;
  self->stored = shequ_office_save_finish;
  self->editors = g_ptr_array_new_with_free_func (g_object_unref);
  self->parsing = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
}

static GtkWidget *
new_head (ShequRecordForm *self)
{
  GtkWidget *head = gtk_center_box_new ();
  GtkWidget *leave = gtk_button_new_with_mnemonic (_ ("_Cancel"));
  GtkWidget *title = gtk_label_new (NULL);

  self->title = GTK_LABEL (title);
  self->save_button = gtk_button_new_with_mnemonic (_ ("_Save"));
  gtk_label_set_ellipsize (self->title, PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (title, "heading");
  gtk_widget_add_css_class (self->save_button, "suggested-action");
  gtk_widget_set_tooltip_text (self->save_button, _ ("Save (Ctrl+S)"));
  gtk_widget_set_tooltip_text (leave, _ ("Leave without saving (Esc)"));
  g_signal_connect_object (leave, "clicked", G_CALLBACK (shequ_record_form_leave), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->save_button, "clicked", G_CALLBACK (shequ_record_form_save), self,
                           G_CONNECT_SWAPPED);
  gtk_center_box_set_start_widget (GTK_CENTER_BOX (head), leave);
  gtk_center_box_set_center_widget (GTK_CENTER_BOX (head), title);
  gtk_center_box_set_end_widget (GTK_CENTER_BOX (head), self->save_button);
  gtk_widget_add_css_class (head, "toolbar");
  return head;
}

static GtkWidget *
new_problem_row (ShequRecordForm *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  self->problem = GTK_LABEL (label);
  gtk_label_set_wrap (self->problem, TRUE);
  gtk_label_set_xalign (self->problem, 0);
  gtk_widget_set_hexpand (label, TRUE);
  self->problem_row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_box_append (GTK_BOX (self->problem_row), gtk_image_new_from_icon_name ("dialog-warning-symbolic"));
  gtk_box_append (GTK_BOX (self->problem_row), label);
  gtk_widget_add_css_class (self->problem_row, "error");
  gtk_widget_hide (self->problem_row);
  return self->problem_row;
}

static void
build (ShequRecordForm *self)
{
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *groups = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  gtk_box_append (GTK_BOX (groups), shequ_record_form_new_draft_row (self));
  gtk_box_append (GTK_BOX (groups), new_problem_row (self));
  add_group (self, GTK_BOX (groups), NULL);
  self->groups = groups;
  for (guint i = 0; i < self->reg->groups->len; i++)
    add_group (self, GTK_BOX (groups), g_ptr_array_index (self->reg->groups, i));
  self->touched = g_new0 (gboolean, self->editors->len);

  gtk_widget_set_margin_top (groups, 12);
  gtk_widget_set_margin_bottom (groups, 24);
  gtk_widget_set_margin_start (groups, 12);
  gtk_widget_set_margin_end (groups, 12);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 560);
  adw_clamp_set_child (ADW_CLAMP (clamp), groups);

  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), clamp);
  gtk_widget_set_vexpand (self->scrolled, TRUE);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self->box), new_head (self));
  gtk_box_append (GTK_BOX (self->box), self->scrolled);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, self->reg->label, -1);
}

/**
 * shequ_record_form_new:
 * @office: where records are stored
 * @reg: the register
 *
 * Returns: (transfer floating): a form with a new record in it
 */
ShequRecordForm *
shequ_record_form_new (ShequOffice *office, const ShequRegister *reg)
{
  ShequRecordForm *self = g_object_new (SHEQU_TYPE_RECORD_FORM, NULL);

  self->office = g_object_ref (office);
  self->reg = reg;
  build (self);
  shequ_record_form_edit (self, NULL);
  return self;
}

/* Puts a changed record into the form, as if it had been typed over `base`. */
void
shequ_record_form_put (ShequRecordForm *self, const ShequRow *row, const ShequRow *base)
{
  g_clear_pointer (&self->row, shequ_row_free);
  g_clear_pointer (&self->base, shequ_row_free);
  self->row = shequ_row_copy (row);
  self->base = shequ_row_copy (base);
  show_row (self);
  shequ_record_form_set_changed (self, TRUE);
}

/**
 * shequ_record_form_edit:
 * @self: a form
 * @row: (nullable): a stored record, with the titles of its links; a new one when %NULL
 *
 * Puts a record into the form, in place of what was there.
 */
void
shequ_record_form_edit (ShequRecordForm *self, const ShequRow *row)
{
  g_autofree char *title = NULL;

  g_return_if_fail (SHEQU_IS_RECORD_FORM (self));

  g_clear_pointer (&self->row, shequ_row_free);
  g_clear_pointer (&self->base, shequ_row_free);
  self->row = row != NULL ? shequ_row_copy (row) : shequ_office_new_row (self->office, self->reg);
  self->base = shequ_row_copy (self->row);
  title = row != NULL ? shequ_row_get_title (row) : g_strdup_printf (_ ("New: %s"), self->reg->label);
  gtk_label_set_text (self->title, title);
  self->strict = FALSE;
  show_row (self);
  shequ_record_form_draft_begin (self);
  shequ_record_form_set_changed (self, FALSE);
  shequ_record_form_judge (self);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scrolled)), 0);
}

/**
 * shequ_record_form_preset:
 * @self: a form
 * @field: the name of a field
 * @value: what it shall be
 * @title: (nullable): title of the linked record
 *
 * Fills in what is known of a new record already, so that nobody has to type it.
 */
void
shequ_record_form_preset (ShequRecordForm *self,
                          const char *field,
                          const ShequValue *value,
                          const char *title)
{
  const ShequField *known;

  g_return_if_fail (SHEQU_IS_RECORD_FORM (self));

  known = shequ_register_lookup (self->reg, field);
  if (known == NULL)
    return;
  shequ_value_clear (shequ_row_get (self->row, known));
  shequ_value_copy (value, shequ_row_get (self->row, known));
  for (guint i = 0; i < self->editors->len; i++)
    {
      if (shequ_field_editor_get_field (g_ptr_array_index (self->editors, i)) == known)
        shequ_field_editor_set_value (g_ptr_array_index (self->editors, i), value, title);
    }
  shequ_record_form_judge (self);
}

gboolean
shequ_record_form_get_changed (ShequRecordForm *self)
{
  g_return_val_if_fail (SHEQU_IS_RECORD_FORM (self), FALSE);

  return self->changed;
}
