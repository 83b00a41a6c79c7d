#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-field-editor-private.h"

/* Reads what stands in an editable text. */
static gboolean
parse (ShequFieldEditor *self, const char *text, ShequValue *value, GPtrArray *issues)
{
  g_autofree char *today = shequ_office_get_today (self->office);

  return shequ_field_parse (self->field, text, today, value, issues);
}

static void
set_purpose (ShequFieldEditor *self)
{
  GtkInputPurpose purpose = GTK_INPUT_PURPOSE_FREE_FORM;

  if (self->field->kind == SHEQU_FIELD_INTEGER)
    purpose = GTK_INPUT_PURPOSE_DIGITS;
  else if (self->field->kind == SHEQU_FIELD_MONEY)
    purpose = GTK_INPUT_PURPOSE_NUMBER;
  else if (self->field->kind == SHEQU_FIELD_PHONE)
    purpose = GTK_INPUT_PURPOSE_PHONE;
  adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (self->row), purpose);
}

static GtkWidget *
make_entry (ShequFieldEditor *self)
{
  self->row = self->input = adw_entry_row_new ();
  set_purpose (self);
  g_signal_connect_object (self->row, "changed", G_CALLBACK (shequ_field_editor_changed), self,
                           G_CONNECT_SWAPPED);
  return self->row;
}

static void
show_entry (ShequFieldEditor *self, const ShequValue *value, const char *link_title)
{
  g_autofree char *text = shequ_field_format (self->field, value, SHEQU_FORMAT_EXPORT);

  gtk_editable_set_text (GTK_EDITABLE (self->input), text);
}

static gboolean
read_entry (ShequFieldEditor *self, ShequValue *value, GPtrArray *issues)
{
  return parse (self, gtk_editable_get_text (GTK_EDITABLE (self->input)), value, issues);
}

/* Shows the typed day in the calendar. */
static void
calendar_shown (GtkWidget *calendar, ShequFieldEditor *self)
{
  g_auto (ShequValue) value = SHEQU_VALUE_INIT;
  g_autoptr (GPtrArray) issues = shequ_issues_new ();
  g_autofree char *today = shequ_office_get_today (self->office);
  const char *day = today;
  int year, month, number;

  if (read_entry (self, &value, issues) && value.type == SHEQU_VALUE_TEXT)
    day = value.text;
  if (sscanf (day, "%d-%d-%d", &year, &month, &number) == 3)
    {
      g_autoptr (GDateTime) shown = g_date_time_new_utc (year, month, number, 0, 0, 0);

      self->showing = TRUE;
      gtk_calendar_select_day (GTK_CALENDAR (calendar), shown);
      self->showing = FALSE;
    }
}

static void
day_selected (GtkCalendar *calendar, ShequFieldEditor *self)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (calendar);
  g_autofree char *text = g_date_time_format (day, "%Y-%m-%d");

  if (self->showing)
    return;
  gtk_editable_set_text (GTK_EDITABLE (self->input), text);
  gtk_popover_popdown (GTK_POPOVER (gtk_widget_get_ancestor (GTK_WIDGET (calendar), GTK_TYPE_POPOVER)));
}

static GtkWidget *
make_date (ShequFieldEditor *self)
{
  GtkWidget *row = make_entry (self);
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *calendar = gtk_calendar_new ();

  gtk_popover_set_child (GTK_POPOVER (popover), calendar);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "x-office-calendar-symbolic");
  gtk_widget_set_tooltip_text (button, _ ("Choose a day"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Choose a day"),
                                  -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), button);
  g_signal_connect_object (calendar, "map", G_CALLBACK (calendar_shown), self, 0);
  g_signal_connect_object (calendar, "day-selected", G_CALLBACK (day_selected), self, 0);
  return row;
}

static GtkWidget *
make_long_text (ShequFieldEditor *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *view = gtk_text_view_new ();

  self->input = view;
  self->row = g_object_new (ADW_TYPE_PREFERENCES_ROW, "activatable", FALSE, "focusable", FALSE, NULL);
  g_object_bind_property (self->row, "title", label, "label", G_BINDING_SYNC_CREATE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), view);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "caption");
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_widget_set_size_request (view, -1, 66);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL,
                                  -1);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), view);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 9);
  gtk_widget_set_margin_bottom (box, 9);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self->row), box);
  gtk_widget_add_css_class (self->row, "record-text");
  g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), "changed",
                           G_CALLBACK (shequ_field_editor_changed), self, G_CONNECT_SWAPPED);
  return self->row;
}

static void
show_long_text (ShequFieldEditor *self, const ShequValue *value, const char *link_title)
{
  g_autofree char *text = shequ_field_format (self->field, value, SHEQU_FORMAT_EXPORT);

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->input)), text, -1);
}

static gboolean
read_long_text (ShequFieldEditor *self, ShequValue *value, GPtrArray *issues)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->input));
  g_autofree char *text = NULL;
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  return parse (self, text, value, issues);
}

static GtkWidget *
make_switch (ShequFieldEditor *self)
{
  self->input = gtk_switch_new ();
  gtk_widget_set_valign (self->input, GTK_ALIGN_CENTER);
  self->row = adw_action_row_new ();
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->row), self->input);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self->row), self->input);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->input), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  self->field->label, -1);
  g_signal_connect_object (self->input, "notify::active", G_CALLBACK (shequ_field_editor_changed), self,
                           G_CONNECT_SWAPPED);
  return self->row;
}

static void
show_switch (ShequFieldEditor *self, const ShequValue *value, const char *link_title)
{
  gtk_switch_set_active (GTK_SWITCH (self->input), value->type == SHEQU_VALUE_INTEGER && value->integer != 0);
}

static gboolean
read_switch (ShequFieldEditor *self, ShequValue *value, GPtrArray *issues)
{
  shequ_value_set_integer (value, gtk_switch_get_active (GTK_SWITCH (self->input)));
  return TRUE;
}

static const ShequEditorKind entry_kind = { make_entry, show_entry, read_entry, TRUE };
static const ShequEditorKind switch_kind = { make_switch, show_switch, read_switch, FALSE };
static const ShequEditorKind combo_kind = { shequ_editor_make_combo, shequ_editor_show_combo,
                                            shequ_editor_read_combo, FALSE };
static const ShequEditorKind chooser_kind = { shequ_editor_make_chooser, shequ_editor_show_chooser,
                                              shequ_editor_read_chooser, FALSE };
static const ShequEditorKind picture_kind = { shequ_editor_make_picture, shequ_editor_show_picture,
                                              shequ_editor_read_picture, FALSE };
static const ShequEditorKind date_kind = { make_date, show_entry, read_entry, TRUE };
static const ShequEditorKind long_text_kind = { make_long_text, show_long_text, read_long_text, FALSE };

/* More codes than these are searched and not scrolled. */
#define MOST_IN_COMBO 12

/* The table of kinds: which row is for which field. Computed fields are not typed. */
static const ShequEditorKind *const kinds[] = {
  [SHEQU_FIELD_TEXT] = &entry_kind,      [SHEQU_FIELD_LONG_TEXT] = &long_text_kind,
  [SHEQU_FIELD_INTEGER] = &entry_kind,   [SHEQU_FIELD_MONEY] = &entry_kind,
  [SHEQU_FIELD_DATE] = &date_kind,       [SHEQU_FIELD_TIME] = &entry_kind,
  [SHEQU_FIELD_MOMENT] = &entry_kind,    [SHEQU_FIELD_YES_NO] = &combo_kind,
  [SHEQU_FIELD_CODE] = &combo_kind,      [SHEQU_FIELD_LINK] = &chooser_kind,
  [SHEQU_FIELD_ID_NUMBER] = &entry_kind, [SHEQU_FIELD_CREDIT_CODE] = &entry_kind,
  [SHEQU_FIELD_PHONE] = &entry_kind,     [SHEQU_FIELD_PICTURE] = &picture_kind,
  [SHEQU_FIELD_COMPUTED] = &entry_kind,
};

/**
 * shequ_editor_kind_find:
 * @field: a field
 *
 * Returns: how it is typed
 */
const ShequEditorKind *
shequ_editor_kind_find (const ShequField *field)
{
  if (field->kind == SHEQU_FIELD_CODE && field->codes->codes->len > MOST_IN_COMBO)
    return &chooser_kind;
  /* A switch has no way to say “not known”. */
  if (field->kind == SHEQU_FIELD_YES_NO && field->default_text != NULL)
    return &switch_kind;
  return kinds[field->kind];
}
