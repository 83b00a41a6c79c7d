#pragma once

#include <adwaita.h>

#include "shequ-office.h"

G_BEGIN_DECLS

/**
 * ShequFieldEditor:
 *
 * The row of a form in which one field is typed, with what validation says below it. Which row belongs to
 * which kind of field is said by one table, in shequ-field-editor-kinds.c. Signal: `changed` when a person
 * has changed the value.
 */
#define SHEQU_TYPE_FIELD_EDITOR (shequ_field_editor_get_type ())
G_DECLARE_FINAL_TYPE (ShequFieldEditor, shequ_field_editor, SHEQU, FIELD_EDITOR, GObject)

gboolean shequ_field_editor_is_own_unit (ShequOffice *office, const ShequField *field);
char *shequ_field_editor_get_title (const ShequField *field);
ShequFieldEditor *shequ_field_editor_new (ShequOffice *office, const ShequField *field);
const ShequField *shequ_field_editor_get_field (ShequFieldEditor *self);
GtkWidget *shequ_field_editor_get_row (ShequFieldEditor *self);
GtkWidget *shequ_field_editor_get_message_row (ShequFieldEditor *self);
void shequ_field_editor_set_value (ShequFieldEditor *self, const ShequValue *value, const char *link_title);
void shequ_field_editor_set_covered (ShequFieldEditor *self, const ShequRow *row);
gboolean shequ_field_editor_get_value (ShequFieldEditor *self, ShequValue *value, GPtrArray *issues);
void shequ_field_editor_set_message (ShequFieldEditor *self, ShequSeverity severity, const char *message);
void shequ_field_editor_set_required (ShequFieldEditor *self, gboolean required);
void shequ_field_editor_set_shown (ShequFieldEditor *self, gboolean shown);
gboolean shequ_field_editor_get_shown (ShequFieldEditor *self);

G_END_DECLS
