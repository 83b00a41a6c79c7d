#pragma once

#include "shequ-duplicate.h"
#include "shequ-office.h"

G_BEGIN_DECLS

/**
 * ShequDuplicatePair:
 * @one: the key of a resident
 * @other: the key of another one, entered later
 * @score: from how many points on a pair is a candidate says `data/rules/duplicates.ini`
 * @reasons: a bit for each #ShequDuplicateReason
 *
 * Two residents who may be one person.
 */
typedef struct
{
  gint64 one;
  gint64 other;
  int score;
  guint reasons;
} ShequDuplicatePair;

GArray *shequ_duplicates_find (ShequOffice *office,
                               gint64 after,
                               guint limit,
                               GCancellable *cancellable,
                               GError **error);
void shequ_duplicates_find_async (ShequOffice *office,
                                  gint64 after,
                                  guint limit,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
GArray *shequ_duplicates_find_finish (ShequOffice *office, GAsyncResult *result, GError **error);
gint64 shequ_duplicates_get_last_key (ShequOffice *office, GCancellable *cancellable, GError **error);

gint64 shequ_duplicates_dismiss (ShequOffice *office,
                                 gint64 one,
                                 gint64 other,
                                 const char *reason,
                                 GCancellable *cancellable,
                                 GError **error);

G_END_DECLS
