#pragma once

#include "shequ-store.h"

G_BEGIN_DECLS

/* One table that was copied. */
typedef struct
{
  char *name;
  gint64 n_rows;
  char *digest; /* SHA-256 over its rows in the order of their keys, in hexadecimal digits */
} ShequMovedTable;

/* What a move has done. */
typedef struct
{
  GPtrArray *tables; /* of ShequMovedTable */
  gint64 last_entry; /* of the change log, that the copy holds */
  gint64 n_later;    /* entries that came to the source while it was copied, and that the copy has not */
  gboolean resumed;  /* an interrupted move was taken up */
  gboolean anew;     /* an interrupted move was there, but the source had changed since */
} ShequMoveResult;

/**
 * ShequMoveProgress:
 * @table: (nullable): the table that is worked on
 * @fraction: how much is done, 0 to 1
 * @user_data: as it was handed over
 */
typedef void (*ShequMoveProgress) (const char *table, double fraction, gpointer user_data);

ShequMoveResult *shequ_store_move (ShequStore *source,
                                   const char *uri,
                                   ShequMoveProgress progress,
                                   gpointer user_data,
                                   GCancellable *cancellable,
                                   GError **error);
void shequ_move_result_free (ShequMoveResult *result);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequMoveResult, shequ_move_result_free)

G_END_DECLS
