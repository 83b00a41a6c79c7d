#include "shequ-album-button.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-album-book.h"
#include "shequ-date.h"
#include "shequ-document-save.h"
#include "shequ-feedback.h"

typedef struct
{
  ShequQuery *query;
  ShequList *list;
} Wanted;

static void
wanted_free (gpointer data)
{
  Wanted *wanted = data;

  shequ_query_free (wanted->query);
  shequ_list_free (wanted->list);
  g_free (wanted);
}

static gpointer
read_in_thread (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Wanted *wanted = data;

  return shequ_album_read (office, wanted->query, wanted->list, cancellable, error);
}

static void
was_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ShequOffice *office = SHEQU_OFFICE (source);
  g_autoptr (ShequRecordView) view = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = shequ_office_run_finish (office, result, &error);
  g_autoptr (ShequDocument) document = NULL;
  g_autofree char *today = shequ_office_get_today (office);
  g_autofree char *date = NULL;
  ShequAlbumBook book = { .office = shequ_office_get_name (office) };
  const ShequList *list;
  ShequDate day;

  if (gtk_widget_get_root (GTK_WIDGET (view)) == NULL)
    return;
  if (entries == NULL)
    {
      shequ_feedback_show_error (GTK_WIDGET (view), _ ("The picture book was not made."), error);
      return;
    }
  list = shequ_record_view_get_list (view);
  date = shequ_date_from_iso (today, &day) ? shequ_date_format_chinese (&day) : g_strdup (today);
  book.date = date;
  book.title = list->label != NULL ? list->label : shequ_record_view_get_query (view)->reg->label;
  document = shequ_album_book_new (&book, entries);
  shequ_document_save_ask (GTK_WIDGET (view), document, NULL);
}

/**
 * shequ_album_ask:
 * @view: a list of a register with pictures
 * @office: whose records they are
 *
 * Makes a booklet of what the list shows, with pictures, and asks where to.
 */
void
shequ_album_ask (ShequRecordView *view, ShequOffice *office)
{
  Wanted *wanted = g_new0 (Wanted, 1);

  wanted->query = shequ_query_copy (shequ_record_view_get_query (view));
  wanted->list = shequ_list_copy (shequ_record_view_get_list (view));
  shequ_office_run_async (office, read_in_thread, wanted, wanted_free, (GDestroyNotify) g_ptr_array_unref,
                          NULL, was_read, g_object_ref (view));
}
