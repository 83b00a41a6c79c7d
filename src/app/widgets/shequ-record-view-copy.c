/* The selected records on the clipboard. */
#include "shequ-record-view-private.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-feedback.h"

/* More records are exported, not copied. */
#define MOST_COPIED 5000

typedef struct
{
  ShequQuery *query;
  const ShequList *list;
  GArray *keys; /* of gint64 */
} Copy;

static void
copy_free (gpointer data)
{
  Copy *copy = data;

  shequ_query_free (copy->query);
  g_array_unref (copy->keys);
  g_free (copy);
}

static void
append_cell (GString *text, guint column, const char *cell)
{
  g_autofree char *clean = g_strdup (cell);

  g_strdelimit (clean, "\t\n", ' ');
  if (column > 0)
    g_string_append_c (text, '\t');
  g_string_append (text, clean);
}

/* The selected records as lines with tabs between the cells, which spreadsheets take as a table. */
static gpointer
copy_in_thread (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Copy *copy = data;
  g_autoptr (GPtrArray) rows = NULL;
  GString *text = g_string_new (NULL);

  rows = shequ_store_fetch_of (shequ_office_get_store (office), copy->query,
                               (const gint64 *) (gpointer) copy->keys->data, copy->keys->len,
                               SHEQU_FETCH_TITLES | SHEQU_FETCH_COMPUTED, cancellable, error);
  for (guint column = 0; rows != NULL && column < copy->list->columns->len; column++)
    append_cell (text, column, ((const ShequField *) copy->list->columns->pdata[column])->label);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      g_string_append_c (text, '\n');
      for (guint column = 0; column < copy->list->columns->len; column++)
        {
          g_autofree char *cell = shequ_row_format (g_ptr_array_index (rows, i),
                                                    copy->list->columns->pdata[column], SHEQU_FORMAT_MASKED);

          append_cell (text, column, cell);
        }
    }
  return g_string_free (text, rows == NULL);
}

static void
copied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ShequRecordView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = shequ_office_run_finish (SHEQU_OFFICE (source), result, &error);

  if (text == NULL)
    {
      shequ_feedback_show_error (GTK_WIDGET (self), _ ("The records were not copied."), error);
      return;
    }
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  shequ_feedback_say (GTK_WIDGET (self), _ ("Copied as a table"));
}

void
shequ_record_view_copy_selected (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ShequRecordView *self = SHEQU_RECORD_VIEW (widget);
  Copy *copy = g_new0 (Copy, 1);

  copy->query = shequ_query_copy (shequ_record_list_get_query (self->records));
  copy->list = self->list;
  copy->keys = shequ_record_view_get_selected_keys (self);
  if (copy->keys->len == 0 || copy->keys->len > MOST_COPIED)
    {
      shequ_feedback_say (widget, copy->keys->len == 0
                                    ? _ ("Select records first; Ctrl+A selects all.")
                                    : _ ("Too many to copy. Export them instead (Ctrl+E)."));
      copy_free (copy);
      return;
    }
  shequ_office_run_async (self->office, copy_in_thread, copy, copy_free, g_free, NULL, copied,
                          g_object_ref (self));
}
