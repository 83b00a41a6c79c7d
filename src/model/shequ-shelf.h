#pragma once

#include "shequ-office.h"

G_BEGIN_DECLS

/**
 * ShequBook:
 * @reg: a register
 * @n_records: how many records it has
 * @changed_on: (nullable): the day of its last change, as `2026-11-22`
 * @n_due: how many of its records Today speaks of
 * @n_overdue: how many of these should be done already
 * @search: what it is found by: names in all spellings and their initials, in small letters
 *
 * A register as it stands on the shelf of the office.
 */
typedef struct
{
  const ShequRegister *reg;
  gint64 n_records;
  char *changed_on;
  guint n_due;
  guint n_overdue;
  char *search;
} ShequBook;

GPtrArray *shequ_shelf_list (ShequOffice *office, GCancellable *cancellable, GError **error);
void shequ_shelf_list_async (ShequOffice *office,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
GPtrArray *shequ_shelf_list_finish (ShequOffice *office, GAsyncResult *result, GError **error);
gboolean shequ_book_answers (const ShequBook *book, const char *typed);
gboolean shequ_book_begins (const ShequBook *book, const char *typed);
void shequ_book_free (ShequBook *book);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequBook, shequ_book_free)

G_END_DECLS
