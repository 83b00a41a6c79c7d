#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-chooser.h"
#include "shequ-field-editor-private.h"
#include "shequ-record-form.h"

/* The first choice of a combo row is “not filled in”; the others follow in the order of the code list. */

GtkWidget *
shequ_editor_make_combo (ShequFieldEditor *self)
{
  GtkStringList *labels = gtk_string_list_new (NULL);

  gtk_string_list_append (labels, _ ("Not filled in"));
  if (self->field->kind == SHEQU_FIELD_YES_NO)
    {
      gtk_string_list_append (labels, _ ("Yes"));
      gtk_string_list_append (labels, _ ("No"));
    }
  for (guint i = 0; self->field->codes != NULL && i < self->field->codes->codes->len; i++)
    {
      const ShequCode *code = g_ptr_array_index (self->field->codes->codes, i);

      gtk_string_list_append (labels, code->label);
    }
  self->row = self->input = adw_combo_row_new ();
  adw_combo_row_set_model (ADW_COMBO_ROW (self->row), G_LIST_MODEL (labels));
  g_object_unref (labels);
  g_signal_connect_object (self->row, "notify::selected", G_CALLBACK (shequ_field_editor_changed), self,
                           G_CONNECT_SWAPPED);
  return self->row;
}

void
shequ_editor_show_combo (ShequFieldEditor *self, const ShequValue *value, const char *link_title)
{
  guint selected = 0;

  if (self->field->kind == SHEQU_FIELD_YES_NO && value->type == SHEQU_VALUE_INTEGER)
    selected = value->integer != 0 ? 1 : 2;
  for (guint i = 0; self->field->codes != NULL && i < self->field->codes->codes->len; i++)
    {
      const ShequCode *code = g_ptr_array_index (self->field->codes->codes, i);

      if (value->type == SHEQU_VALUE_TEXT && g_strcmp0 (code->code, value->text) == 0)
        selected = i + 1;
    }
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->row), selected);
}

gboolean
shequ_editor_read_combo (ShequFieldEditor *self, ShequValue *value, GPtrArray *issues)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self->row));

  shequ_value_clear (value);
  if (selected == 0 || selected == GTK_INVALID_LIST_POSITION)
    return TRUE;
  if (self->field->kind == SHEQU_FIELD_YES_NO)
    shequ_value_set_integer (value, selected == 1);
  else
    shequ_value_set_text (value,
                          ((ShequCode *) g_ptr_array_index (self->field->codes->codes, selected - 1))->code);
  return TRUE;
}

static void
show_chosen (ShequFieldEditor *self, const char *label)
{
  gboolean empty = shequ_value_is_null (&self->chosen);
  GtkWidget *text = gtk_menu_button_get_child (GTK_MENU_BUTTON (self->input));
  g_autofree char *name = g_strdup_printf ("%s %s", self->field->label, empty ? _ ("Not filled in") : label);

  gtk_label_set_text (GTK_LABEL (text), empty ? _ ("Not filled in") : label);
  gtk_widget_set_visible (self->clear, !empty);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->input), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
search (ShequChooser *chooser, const char *typed, ShequFieldEditor *self)
{
  if (self->field->kind == SHEQU_FIELD_CODE)
    shequ_chooser_find_codes (chooser, self->field->codes, typed);
  else
    shequ_chooser_find_choices (chooser, self->office, self->field->target, typed);
}

static void
chosen (ShequChooser *chooser, ShequChoice *choice, ShequFieldEditor *self)
{
  shequ_value_clear (&self->chosen);
  if (self->field->kind == SHEQU_FIELD_CODE)
    shequ_value_set_text (&self->chosen, shequ_choice_get_code (choice));
  else
    shequ_value_set_integer (&self->chosen, shequ_choice_get_key (choice));
  show_chosen (self, shequ_choice_get_title (choice));
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->input));
  shequ_field_editor_changed (self);
}

static void
cleared (ShequFieldEditor *self)
{
  shequ_value_clear (&self->chosen);
  show_chosen (self, NULL);
  shequ_field_editor_changed (self);
}

/* The linked record that was just made is the one that was wanted. */
static void
made (ShequRecordForm *form, const ShequRow *row, ShequFieldEditor *self)
{
  g_autofree char *title = shequ_row_get_title (row);

  shequ_value_clear (&self->chosen);
  shequ_value_set_integer (&self->chosen, row->key);
  show_chosen (self, title);
  shequ_field_editor_changed (self);
}

static void
make_linked (ShequFieldEditor *self)
{
  ShequRecordForm *form;

  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->input));
  form = shequ_record_form_present (self->input, self->office, self->field->target);
  g_signal_connect_object (form, "saved", G_CALLBACK (made), self, 0);
}

static GtkWidget *
make_popover (ShequFieldEditor *self)
{
  ShequChooser *chooser = shequ_chooser_new ();
  GtkWidget *popover = shequ_chooser_new_popover (chooser, self->field->label);

  g_signal_connect_object (chooser, "search", G_CALLBACK (search), self, 0);
  g_signal_connect_object (chooser, "chosen", G_CALLBACK (chosen), self, 0);
  if (self->field->target != NULL && !self->field->target->fixed)
    {
      g_autofree char *label = g_strdup_printf (_ ("New: %s"), self->field->target->label);
      GtkWidget *button = gtk_button_new_with_label (label);

      gtk_widget_add_css_class (button, "flat");
      g_signal_connect_object (button, "clicked", G_CALLBACK (make_linked), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (gtk_popover_get_child (GTK_POPOVER (popover))), button);
    }
  return popover;
}

GtkWidget *
shequ_editor_make_chooser (ShequFieldEditor *self)
{
  GtkWidget *label = gtk_label_new (_ ("Not filled in"));

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 28);
  self->input = gtk_menu_button_new ();
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->input), label);
  gtk_menu_button_set_always_show_arrow (GTK_MENU_BUTTON (self->input), TRUE);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->input), make_popover (self));
  gtk_widget_set_valign (self->input, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->input, "flat");

  self->clear = gtk_button_new_from_icon_name ("edit-clear-symbolic");
  gtk_widget_set_valign (self->clear, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->clear, "flat");
  gtk_widget_set_tooltip_text (self->clear, _ ("Clear"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->clear), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Clear"),
                                  -1);
  g_signal_connect_object (self->clear, "clicked", G_CALLBACK (cleared), self, G_CONNECT_SWAPPED);

  self->row = adw_action_row_new ();
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->row), self->clear);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->row), self->input);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self->row), self->input);
  show_chosen (self, NULL);
  return self->row;
}

void
shequ_editor_show_chooser (ShequFieldEditor *self, const ShequValue *value, const char *link_title)
{
  g_autofree char *label = NULL;

  shequ_value_clear (&self->chosen);
  shequ_value_copy (value, &self->chosen);
  if (self->field->kind == SHEQU_FIELD_CODE)
    label = shequ_field_format (self->field, value, SHEQU_FORMAT_PLAIN);
  show_chosen (self, label != NULL ? label : link_title != NULL ? link_title : _ ("Chosen"));
}

gboolean
shequ_editor_read_chooser (ShequFieldEditor *self, ShequValue *value, GPtrArray *issues)
{
  shequ_value_clear (value);
  shequ_value_copy (&self->chosen, value);
  return TRUE;
}
