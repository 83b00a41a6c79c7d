#include "shequ-field-editor.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-field-editor-private.h"

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ShequFieldEditor, shequ_field_editor, G_TYPE_OBJECT)

static void
shequ_field_editor_dispose (GObject *object)
{
  ShequFieldEditor *self = SHEQU_FIELD_EDITOR (object);

  g_clear_object (&self->row);
  g_clear_object (&self->message_row);
  g_clear_object (&self->office);
  shequ_value_clear (&self->chosen);
  shequ_value_clear (&self->covered);
  g_clear_pointer (&self->mask, g_free);
  G_OBJECT_CLASS (shequ_field_editor_parent_class)->dispose (object);
}

static void
shequ_field_editor_class_init (ShequFieldEditorClass *class)
{
  G_OBJECT_CLASS (class)->dispose = shequ_field_editor_dispose;

  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", SHEQU_TYPE_FIELD_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
shequ_field_editor_init (ShequFieldEditor *self)
{
}

static void
make_message_row (ShequFieldEditor *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  self->message = GTK_LABEL (label);
  gtk_label_set_wrap (self->message, TRUE);
  gtk_label_set_xalign (self->message, 0);
  gtk_widget_add_css_class (label, "caption");
  self->message_row = g_object_ref_sink (
    g_object_new (ADW_TYPE_PREFERENCES_ROW, "activatable", FALSE, "focusable", FALSE, "child", label, NULL));
  gtk_widget_add_css_class (self->message_row, "message");
  gtk_widget_hide (self->message_row);
}

/**
 * shequ_field_editor_new:
 * @office: where linked records are found
 * @field: a field that people type
 *
 * Returns: (transfer full): the editor, empty
 */
ShequFieldEditor *
shequ_field_editor_new (ShequOffice *office, const ShequField *field)
{
  ShequFieldEditor *self = g_object_new (SHEQU_TYPE_FIELD_EDITOR, NULL);

  self->office = g_object_ref (office);
  self->field = field;
  self->kind = shequ_editor_kind_find (field);
  make_message_row (self);
  self->row = g_object_ref_sink (self->kind->make (self));
  shequ_field_editor_set_required (self, field->required);
  if (field->help != NULL)
    gtk_widget_set_tooltip_text (self->row, field->help);
  return self;
}

/**
 * shequ_field_editor_is_own_unit:
 * @office: the office that looks
 * @field: a field
 *
 * The unit that a record belongs to goes without saying in an office of that level, which has no other.
 *
 * Returns: whether the field need not be shown
 */
gboolean
shequ_field_editor_is_own_unit (ShequOffice *office, const ShequField *field)
{
  return field->owner->level != SHEQU_LEVEL_NONE && g_strcmp0 (field->name, "unit") == 0 &&
         field->owner->level == shequ_office_get_level (office);
}

/**
 * shequ_field_editor_get_title:
 * @field: a field
 *
 * Returns: (transfer full): its label with the unit of measure
 */
char *
shequ_field_editor_get_title (const ShequField *field)
{
  const char *unit = field->unit != NULL ? field->unit : field->kind == SHEQU_FIELD_MONEY ? _ ("yuan") : NULL;

  return unit != NULL ? g_strdup_printf (_ ("%s (%s)"), field->label, unit) : g_strdup (field->label);
}

void
shequ_field_editor_changed (ShequFieldEditor *self)
{
  if (!self->showing)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

const ShequField *
shequ_field_editor_get_field (ShequFieldEditor *self)
{
  return self->field;
}

/**
 * shequ_field_editor_get_row:
 * @self: an editor
 *
 * Returns: (transfer none): the row, for an #AdwPreferencesGroup
 */
GtkWidget *
shequ_field_editor_get_row (ShequFieldEditor *self)
{
  return self->row;
}

/**
 * shequ_field_editor_get_message_row:
 * @self: an editor
 *
 * Returns: (transfer none): the row to put right below it
 */
GtkWidget *
shequ_field_editor_get_message_row (ShequFieldEditor *self)
{
  return self->message_row;
}

/**
 * shequ_field_editor_set_value:
 * @self: an editor
 * @value: what to show
 * @link_title: (nullable): title of the linked record
 *
 * Puts a value in without emitting `changed`.
 */
void
shequ_field_editor_set_value (ShequFieldEditor *self, const ShequValue *value, const char *link_title)
{
  g_return_if_fail (SHEQU_IS_FIELD_EDITOR (self));

  shequ_field_editor_set_covered (self, NULL);
  self->showing = TRUE;
  self->kind->show (self, value, link_title);
  self->showing = FALSE;
}

/**
 * shequ_field_editor_set_covered:
 * @self: an editor
 * @row: (nullable): the stored record whose value is in it; %NULL to show what is put in next
 *
 * Shows the masked form of a value that is in it in place of the value. It stays as it is until something
 * else is typed in its place. Long texts are shown: who edits a part of them has to see them.
 */
void
shequ_field_editor_set_covered (ShequFieldEditor *self, const ShequRow *row)
{
  g_return_if_fail (SHEQU_IS_FIELD_EDITOR (self));

  shequ_value_clear (&self->covered);
  g_clear_pointer (&self->mask, g_free);
  if (row == NULL || !self->kind->typed || shequ_value_is_null (shequ_row_get (row, self->field)) ||
      !shequ_row_is_covered (row, self->field))
    return;
  shequ_value_copy (shequ_row_get (row, self->field), &self->covered);
  self->mask = shequ_row_format (row, self->field, SHEQU_FORMAT_MASKED | SHEQU_FORMAT_EXPORT);
  self->showing = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->input), self->mask);
  self->showing = FALSE;
}

/**
 * shequ_field_editor_get_value:
 * @self: an editor
 * @value: (out): the value
 * @issues: (element-type ShequIssue): what is wrong with it is added here
 *
 * Returns: whether what was typed is a value of the field
 */
gboolean
shequ_field_editor_get_value (ShequFieldEditor *self, ShequValue *value, GPtrArray *issues)
{
  g_return_val_if_fail (SHEQU_IS_FIELD_EDITOR (self), FALSE);

  if (self->mask != NULL)
    {
      const char *words = gtk_editable_get_text (GTK_EDITABLE (self->input));

      if (g_str_equal (words, self->mask))
        {
          shequ_value_clear (value);
          shequ_value_copy (&self->covered, value);
          return TRUE;
        }
      /* Half of a mask is no value. */
      if (strchr (words, '*') != NULL)
        {
          g_ptr_array_add (issues,
                           shequ_issue_new (SHEQU_ISSUE_ERROR, self->field,
                                            _ ("What is masked is typed anew as a whole, or left as it is")));
          return FALSE;
        }
    }
  return self->kind->read (self, value, issues);
}

/**
 * shequ_field_editor_set_message:
 * @self: an editor
 * @severity: how bad it is
 * @message: (nullable): what to say below the row
 *
 * Shows what validation says.
 */
void
shequ_field_editor_set_message (ShequFieldEditor *self, ShequSeverity severity, const char *message)
{
  gboolean wrong = message != NULL && severity == SHEQU_ISSUE_ERROR;

  g_return_if_fail (SHEQU_IS_FIELD_EDITOR (self));

  gtk_label_set_text (self->message, message != NULL ? message : "");
  gtk_widget_set_visible (self->message_row, message != NULL && gtk_widget_get_visible (self->row));
  gtk_widget_remove_css_class (GTK_WIDGET (self->message), "error");
  gtk_widget_remove_css_class (GTK_WIDGET (self->message), "warning");
  gtk_widget_remove_css_class (GTK_WIDGET (self->message), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->message), wrong                             ? "error"
                                                        : severity == SHEQU_ISSUE_WARNING ? "warning"
                                                                                          : "dim-label");
  if (wrong)
    gtk_widget_add_css_class (self->row, "error");
  else
    gtk_widget_remove_css_class (self->row, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->input), GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->input), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  message != NULL ? message : "", -1);
}

/**
 * shequ_field_editor_set_required:
 * @self: an editor
 * @required: whether the field may not stay empty, just now
 *
 * Marks the title of the row.
 */
void
shequ_field_editor_set_required (ShequFieldEditor *self, gboolean required)
{
  g_autofree char *title = NULL;
  g_autofree char *marked = NULL;

  g_return_if_fail (SHEQU_IS_FIELD_EDITOR (self));

  title = shequ_field_editor_get_title (self->field);
  marked = required ? g_strconcat (title, " *", NULL) : g_strdup (title);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row), marked);
}

/**
 * shequ_field_editor_set_shown:
 * @self: an editor
 * @shown: whether the field is asked for, just now
 *
 * Shows or hides the row.
 */
void
shequ_field_editor_set_shown (ShequFieldEditor *self, gboolean shown)
{
  g_return_if_fail (SHEQU_IS_FIELD_EDITOR (self));

  gtk_widget_set_visible (self->row, shown);
  if (!shown)
    gtk_widget_hide (self->message_row);
}

gboolean
shequ_field_editor_get_shown (ShequFieldEditor *self)
{
  g_return_val_if_fail (SHEQU_IS_FIELD_EDITOR (self), FALSE);

  return gtk_widget_get_visible (self->row);
}
