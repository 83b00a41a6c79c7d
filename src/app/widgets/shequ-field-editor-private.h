#pragma once

#include "shequ-field-editor.h"

G_BEGIN_DECLS

/**
 * ShequEditorKind:
 * @make: builds the row and sets `input`
 * @show: puts a value into it
 * @read: takes the value out of it; appends to the issues what is wrong
 * @typed: whether it holds words, in which a masked form can stand
 *
 * How a kind of field is typed.
 */
typedef struct
{
  GtkWidget *(*make) (ShequFieldEditor *self);
  void (*show) (ShequFieldEditor *self, const ShequValue *value, const char *link_title);
  gboolean (*read) (ShequFieldEditor *self, ShequValue *value, GPtrArray *issues);
  gboolean typed;
} ShequEditorKind;

struct _ShequFieldEditor
{
  GObject parent_instance;

  ShequOffice *office;
  const ShequField *field;
  const ShequEditorKind *kind;
  GtkWidget *row;
  GtkWidget *input; /* what holds the value: an entry, a text view, a switch … */
  GtkWidget *message_row;
  GtkLabel *message;
  gboolean showing;   /* a value is being put in by the program */
  ShequValue chosen;  /* of a row that is chosen and not typed */
  char *mask;         /* (nullable): what is shown in place of a masked value */
  ShequValue covered; /* that value */
  GtkWidget *clear;   /* (nullable): takes the choice away */
};

const ShequEditorKind *shequ_editor_kind_find (const ShequField *field);
void shequ_field_editor_changed (ShequFieldEditor *self);

/* Rows that are chosen from a list, in shequ-field-editor-choice.c. */
GtkWidget *shequ_editor_make_combo (ShequFieldEditor *self);
void shequ_editor_show_combo (ShequFieldEditor *self, const ShequValue *value, const char *link_title);
gboolean shequ_editor_read_combo (ShequFieldEditor *self, ShequValue *value, GPtrArray *issues);
GtkWidget *shequ_editor_make_chooser (ShequFieldEditor *self);
void shequ_editor_show_chooser (ShequFieldEditor *self, const ShequValue *value, const char *link_title);
gboolean shequ_editor_read_chooser (ShequFieldEditor *self, ShequValue *value, GPtrArray *issues);

/* A picture, in shequ-field-editor-picture.c. */
GtkWidget *shequ_editor_make_picture (ShequFieldEditor *self);
void shequ_editor_show_picture (ShequFieldEditor *self, const ShequValue *value, const char *link_title);
gboolean shequ_editor_read_picture (ShequFieldEditor *self, ShequValue *value, GPtrArray *issues);

G_END_DECLS
