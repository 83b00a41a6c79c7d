#pragma once

#include <glib.h>
#include <sqlite3.h>

#include "shequ-sqlite-terms.h"

G_BEGIN_DECLS

/* More than so many documents are put in by several calls. */
#define SHEQU_SQLITE_SEGMENT_MOST 400000

/* (SQLITE_MISMATCH): the index is not one that segments can be written for; nothing was changed. */
int shequ_sqlite_segment_write (sqlite3 *database,
                                const char *table,
                                const gint64 *keys,
                                const char *const *documents,
                                guint n_documents,
                                SqliteGathering *gathering,
                                guint *n_segments);

G_END_DECLS
