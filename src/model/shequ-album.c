/* The records of a list with their pictures. */
#include "shequ-album.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-error.h"

/* A book of more is no book; the list is to be narrowed down. */
#define MOST_ENTRIES 2000

static void
entry_free (gpointer data)
{
  ShequAlbumEntry *entry = data;

  g_free (entry->title);
  g_strfreev (entry->facts);
  g_free (entry->picture);
  g_free (entry);
}

/**
 * shequ_album_find_picture:
 * @reg: a register
 *
 * Returns: (transfer none) (nullable): the first of its fields of the kind `picture` that people see
 */
const ShequField *
shequ_album_find_picture (const ShequRegister *reg)
{
  for (guint i = 0; i < reg->fields->len; i++)
    {
      const ShequField *field = reg->fields->pdata[i];

      if (field->kind == SHEQU_FIELD_PICTURE && !field->hidden)
        return field;
    }
  return NULL;
}

/* What the title says already is not said again. */
static ShequAlbumEntry *
new_entry (ShequRow *row, const ShequList *list, const ShequField *picture)
{
  ShequAlbumEntry *entry = g_new0 (ShequAlbumEntry, 1);
  g_autoptr (GStrvBuilder) facts = g_strv_builder_new ();

  entry->title = shequ_row_get_title (row);
  entry->picture = g_strdup (shequ_row_get (row, picture)->text);
  for (guint i = 0; i < list->columns->len; i++)
    {
      const ShequField *field = list->columns->pdata[i];
      g_autofree char *text = shequ_row_format (row, field, SHEQU_FORMAT_MASKED);

      if (field->kind == SHEQU_FIELD_PICTURE || *text == '\0' || g_str_equal (text, entry->title))
        continue;
      g_strv_builder_add (facts, field->label);
      g_strv_builder_add (facts, text);
    }
  entry->facts = g_strv_builder_end (facts);
  return entry;
}

/* What goes into a booklet leaves the office as a print does. */
static gboolean
log_album (ShequOffice *office,
           const ShequQuery *query,
           guint n_records,
           GCancellable *cancellable,
           GError **error)
{
  g_autofree char *changes = g_strdup_printf ("{\"printed\":%u,\"pictures\":true}", n_records);
  g_autoptr (ShequTransaction) transaction =
    shequ_office_begin (office, _ ("Printed records"), cancellable, error);

  return transaction != NULL &&
         shequ_transaction_log (transaction, SHEQU_ACTION_PRINT, query->reg, 0, changes, error) &&
         shequ_transaction_commit (transaction, error);
}

/**
 * shequ_album_read:
 * @office: an office
 * @query: which records of a register with a picture, in which order
 * @list: which columns are told of each
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Reads what a booklet with pictures says; the change log keeps that it was made.
 *
 * Returns: (transfer full) (element-type ShequAlbumEntry): the records; %NULL with %SHEQU_ERROR_CONSTRAINT
 * when they are too many, %SHEQU_ERROR_NOT_FOUND when the register has no pictures or the list no records
 */
GPtrArray *
shequ_album_read (ShequOffice *office,
                  const ShequQuery *query,
                  const ShequList *list,
                  GCancellable *cancellable,
                  GError **error)
{
  const ShequField *picture = shequ_album_find_picture (query->reg);
  gint64 count =
    picture != NULL ? shequ_store_count (shequ_office_get_store (office), query, cancellable, error) : 0;
  g_autoptr (GPtrArray) rows = NULL;
  GPtrArray *entries;

  if (count > MOST_ENTRIES)
    g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_CONSTRAINT,
                 _ ("An album holds at most %d records. Nothing was made; narrow the list down."),
                 MOST_ENTRIES);
  else if (count == 0)
    g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND,
                         picture != NULL ? _ ("The list is empty; no album was made.")
                                         : _ ("This register has no pictures; no album was made."));
  if (count <= 0 || count > MOST_ENTRIES)
    return NULL;
  rows = shequ_office_get_rows (office, query, cancellable, error);
  if (rows == NULL || !log_album (office, query, rows->len, cancellable, error))
    return NULL;
  entries = g_ptr_array_new_with_free_func (entry_free);
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (entries, new_entry (rows->pdata[i], list, picture));
  return entries;
}
