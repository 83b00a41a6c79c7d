/* How many records there are, and what is said where there are none. */
#include "shequ-record-view-private.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-number.h"

void
shequ_record_view_update_count (ShequRecordView *self)
{
  guint n_records = shequ_record_list_get_n_records (self->records);
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  guint64 n_selected = gtk_bitset_get_size (selected);
  g_autofree char *number = shequ_number_to_text (n_records, 0);
  g_autofree char *count = NULL;
  g_autofree char *text = NULL;

  if (self->count_format != NULL)
    {
      g_auto (GStrv) parts = g_strsplit (self->count_format, "%s", 2);

      count = g_strjoinv (number, parts);
    }
  else
    count = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s record", "%s records", n_records), number);
  if (n_selected > 1)
    text = g_strdup_printf (_ ("%s · %u selected"), count, (guint) n_selected);
  gtk_label_set_text (self->count, text != NULL ? text : count);
  gtk_widget_set_visible (self->bulk,
                          n_selected > 1 && !self->reg->fixed && shequ_record_view_get_as_of (self) == NULL);
}

static gboolean
is_narrowed (ShequRecordView *self)
{
  g_autoptr (ShequCondition) condition = shequ_filter_bar_get_condition (self->filters);

  return condition != NULL || *gtk_editable_get_text (GTK_EDITABLE (self->entry)) != '\0' ||
         self->list->where != NULL;
}

/* What belongs into it, and how it comes there. */
static void
describe_register (ShequRecordView *self)
{
  const char *next =
    self->reg->fixed
      ? _ ("Nothing here yet. The program writes it by itself.")
      : _ ("Nothing here yet. Import a spreadsheet (Ctrl+I), or enter the first record (Ctrl+N).");
  g_autofree char *text = g_strdup_printf ("%s\n%s", self->reg->help != NULL ? self->reg->help : "", next);

  adw_status_page_set_description (self->empty, g_strchug (text));
}

void
shequ_record_view_show_empty (ShequRecordView *self)
{
  const char *error = shequ_record_list_get_error_message (self->records);

  if (error != NULL)
    {
      adw_status_page_set_icon_name (self->empty, "dialog-warning-symbolic");
      adw_status_page_set_title (self->empty, _ ("The list could not be read"));
      adw_status_page_set_description (self->empty, error);
    }
  else if (is_narrowed (self))
    {
      adw_status_page_set_icon_name (self->empty, "edit-find-symbolic");
      adw_status_page_set_title (self->empty, _ ("Nothing matches"));
      adw_status_page_set_description (self->empty, _ ("Type less, or take a filter away."));
    }
  else
    {
      adw_status_page_set_icon_name (self->empty,
                                     self->reg->icon != NULL ? self->reg->icon : "view-list-symbolic");
      adw_status_page_set_title (self->empty, self->reg->label);
      describe_register (self);
    }
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->empty));
}

/**
 * shequ_record_view_set_count_format:
 * @self: a view
 * @format: (transfer none): translated text with `%s` for the number, as `%s people`; a literal
 *
 * Says how records are counted below the list.
 */
void
shequ_record_view_set_count_format (ShequRecordView *self, const char *format)
{
  g_return_if_fail (SHEQU_IS_RECORD_VIEW (self));

  self->count_format = format;
  shequ_record_view_update_count (self);
}
