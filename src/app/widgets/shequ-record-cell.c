#include "shequ-record-cell.h"

#include "config.h"

#include "shequ-search-attributes.h"

struct _ShequRecordCell
{
  GtkWidget parent_instance;

  const ShequField *field;
  ShequRecord *record; /* (nullable) */
  GtkWidget *label;
};

G_DEFINE_FINAL_TYPE (ShequRecordCell, shequ_record_cell, GTK_TYPE_WIDGET)

static void
update (ShequRecordCell *self)
{
  g_autofree char *text = shequ_record_format (self->record, self->field, SHEQU_FORMAT_MASKED);
  g_autoptr (GArray) marks = NULL;
  g_autoptr (PangoAttrList) attributes = NULL;

  /* A line of a list is one line. */
  g_strdelimit (text, "\n", ' ');
  marks = shequ_record_find_marks (self->record, self->field, text);
  attributes = shequ_search_attributes_new (marks);
  gtk_inscription_set_text (GTK_INSCRIPTION (self->label), text);
  gtk_inscription_set_attributes (GTK_INSCRIPTION (self->label), attributes);
}

static void
shequ_record_cell_dispose (GObject *object)
{
  ShequRecordCell *self = SHEQU_RECORD_CELL (object);

  shequ_record_cell_set_record (self, NULL);
  g_clear_pointer (&self->label, gtk_widget_unparent);
  G_OBJECT_CLASS (shequ_record_cell_parent_class)->dispose (object);
}

static void
shequ_record_cell_class_init (ShequRecordCellClass *class)
{
  G_OBJECT_CLASS (class)->dispose = shequ_record_cell_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
}

static void
shequ_record_cell_init (ShequRecordCell *self)
{
  /* Its size follows from the width of its column, not from its text: a label would lay out each text twice.
   */
  self->label = gtk_inscription_new (NULL);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (self->label), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
}

/* Widths in characters, by what a field holds. */
static int
get_width (const ShequField *field)
{
  if (field->kind == SHEQU_FIELD_COMPUTED && field->compute->type == SHEQU_COMPUTE_LIST)
    return 12;
  switch (field->kind)
    {
    case SHEQU_FIELD_ID_NUMBER:
    case SHEQU_FIELD_CREDIT_CODE:
      return 18;
    case SHEQU_FIELD_LINK:
    case SHEQU_FIELD_LONG_TEXT:
    case SHEQU_FIELD_MOMENT:
      return 16;
    case SHEQU_FIELD_DATE:
    case SHEQU_FIELD_PHONE:
      return 11;
    case SHEQU_FIELD_CODE:
    case SHEQU_FIELD_TEXT:
      return 8;
    default:
      return 5;
    }
}

/**
 * shequ_record_cell_new:
 * @field: what the column shows
 *
 * Returns: (transfer floating): a cell without a record
 */
GtkWidget *
shequ_record_cell_new (const ShequField *field)
{
  ShequRecordCell *self = g_object_new (SHEQU_TYPE_RECORD_CELL, NULL);
  gboolean number = field->kind == SHEQU_FIELD_INTEGER || field->kind == SHEQU_FIELD_MONEY ||
                    (field->kind == SHEQU_FIELD_COMPUTED && shequ_field_is_integer (field));

  self->field = field;
  gtk_inscription_set_xalign (GTK_INSCRIPTION (self->label), number ? 1 : 0);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (self->label), (guint) get_width (field));
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (self->label), (guint) get_width (field) * 2);
  return GTK_WIDGET (self);
}

/**
 * shequ_record_cell_set_record:
 * @self: a cell
 * @record: (nullable): whose value it shows from now on
 *
 * To be called when the list reuses the cell.
 */
void
shequ_record_cell_set_record (ShequRecordCell *self, ShequRecord *record)
{
  if (self->record == record)
    return;
  if (self->record != NULL)
    g_signal_handlers_disconnect_by_func (self->record, update, self);
  g_set_object (&self->record, record);
  if (record == NULL)
    return;
  g_signal_connect_swapped (record, "notify::row", G_CALLBACK (update), self);
  update (self);
}
