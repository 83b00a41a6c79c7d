#include "shequ-shelf.h"

#include "config.h"

#include <string.h>

#include "shequ-date.h"
#include "shequ-time.h"
#include "shequ-today.h"

void
shequ_book_free (ShequBook *book)
{
  g_free (book->changed_on);
  g_free (book->search);
  g_free (book);
}

static void
append_word (GString *text, const char *word)
{
  g_autofree char *folded = word != NULL ? g_utf8_casefold (word, -1) : NULL;

  if (folded != NULL)
    g_string_append_printf (text, "%s\n", folded);
}

/* By its name, by the first letters of its pinyin, by what stands in it and by its columns. */
static char *
write_search (const ShequRegister *reg, ShequPinyin *pinyin)
{
  GString *text = g_string_new (NULL);
  g_autofree char *initials = pinyin != NULL ? shequ_pinyin_get_initials (pinyin, reg->label) : NULL;

  append_word (text, reg->label);
  append_word (text, reg->name);
  append_word (text, initials);
  append_word (text, reg->help);
  append_word (text, shequ_area_get_label (reg->area));
  for (guint i = 0; i < reg->fields->len; i++)
    append_word (text, ((const ShequField *) reg->fields->pdata[i])->label);
  return g_string_free (text, FALSE);
}

/**
 * shequ_book_answers:
 * @book: a book
 * @typed: what a person looks for; words are separated by blanks
 *
 * Returns: whether each word stands in its names, its purpose, its area or the names of its fields
 */
gboolean
shequ_book_answers (const ShequBook *book, const char *typed)
{
  g_autofree char *folded = g_utf8_casefold (typed, -1);
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (book->search, words[i]) == NULL)
      return FALSE;
  return TRUE;
}

/**
 * shequ_book_begins:
 * @book: a book
 * @typed: what a person looks for
 *
 * Returns: whether one of its names, in letters or by initials, begins with it: it is meant before others
 * then
 */
gboolean
shequ_book_begins (const ShequBook *book, const char *typed)
{
  g_autofree char *folded = g_utf8_casefold (typed, -1);
  g_autofree char *line = g_strconcat ("\n", folded, NULL);

  return g_str_has_prefix (book->search, folded) || strstr (book->search, line) != NULL;
}

/* A moment of the change log as the day that it was here. */
static char *
find_day (const char *moment)
{
  char text[SHEQU_DATE_TEXT_SIZE];
  ShequDate day;
  gint64 seconds;

  if (moment == NULL || !shequ_moment_from_utc (moment, &seconds))
    return NULL;
  shequ_moment_to_date (seconds, &day, NULL);
  shequ_date_to_iso (&day, text);
  return g_strdup (text);
}

static ShequBook *
new_book (const ShequRegister *reg, GHashTable *changes, ShequPinyin *pinyin)
{
  ShequBook *book = g_new0 (ShequBook, 1);

  book->reg = reg;
  book->changed_on = find_day (g_hash_table_lookup (changes, reg->name));
  book->search = write_search (reg, pinyin);
  return book;
}

static void
add_matters (GPtrArray *books, const GPtrArray *matters)
{
  for (guint i = 0; i < matters->len; i++)
    {
      const ShequMatter *matter = g_ptr_array_index (matters, i);

      for (guint j = 0; j < books->len; j++)
        {
          ShequBook *book = g_ptr_array_index (books, j);

          if (book->reg != matter->reg || matter->urgency == SHEQU_URGENCY_NOTE)
            continue;
          book->n_due++;
          book->n_overdue += matter->urgency == SHEQU_URGENCY_OVERDUE;
        }
    }
}

static int
compare_books (gconstpointer one, gconstpointer other)
{
  const ShequRegister *first = (*(const ShequBook *const *) one)->reg;
  const ShequRegister *second = (*(const ShequBook *const *) other)->reg;

  if (first->area != second->area)
    {
      if (first->area == SHEQU_AREA_NONE || second->area == SHEQU_AREA_NONE)
        return first->area == SHEQU_AREA_NONE ? 1 : -1;
      return first->area < second->area ? -1 : 1;
    }
  return g_utf8_collate (first->label, second->label);
}

/**
 * shequ_shelf_list:
 * @office: the office
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Gives all registers with how much stands in them, when they were changed last and what of them is due.
 *
 * Returns: (transfer full) (element-type ShequBook): the books by area and name; what no area says is last
 */
GPtrArray *
shequ_shelf_list (ShequOffice *office, GCancellable *cancellable, GError **error)
{
  ShequStore *store = shequ_office_get_store (office);
  const GPtrArray *registers = shequ_catalogue_get_registers (shequ_office_get_catalogue (office));
  g_autoptr (GPtrArray) books = g_ptr_array_new_with_free_func ((GDestroyNotify) shequ_book_free);
  g_autoptr (GHashTable) changes = shequ_store_list_last_changes (store, cancellable, error);
  g_autoptr (GPtrArray) matters = NULL;
  ShequPinyin *pinyin;

  if (changes == NULL)
    return NULL;
  matters = shequ_today_list (office, cancellable, error);
  if (matters == NULL)
    return NULL;
  pinyin = shequ_store_get_pinyin (store, error);
  if (pinyin == NULL)
    return NULL;
  for (guint i = 0; i < registers->len; i++)
    {
      const ShequRegister *reg = g_ptr_array_index (registers, i);
      g_autoptr (ShequQuery) query = shequ_office_new_query (office, reg);
      ShequBook *book;

      if (!shequ_store_allows (store, SHEQU_RIGHT_VIEW, reg, NULL))
        continue;
      book = new_book (reg, changes, pinyin);
      g_ptr_array_add (books, book);
      book->n_records = shequ_store_count (store, query, cancellable, error);
      if (book->n_records < 0)
        return NULL;
    }
  add_matters (books, matters);
  g_ptr_array_sort (books, compare_books);
  return g_steal_pointer (&books);
}

static gpointer
list_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  return shequ_shelf_list (office, cancellable, error);
}

/**
 * shequ_shelf_list_async:
 * @office: the office
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: handed to @callback
 *
 * As shequ_shelf_list(), on a worker thread.
 */
void
shequ_shelf_list_async (ShequOffice *office,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  shequ_office_run_async (office, list_work, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, cancellable,
                          callback, user_data);
}

/**
 * shequ_shelf_list_finish:
 * @office: the office
 * @result: as the callback got it
 * @error: return location
 *
 * Returns: (transfer full) (element-type ShequBook): as shequ_shelf_list()
 */
GPtrArray *
shequ_shelf_list_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  return shequ_office_run_finish (office, result, error);
}
