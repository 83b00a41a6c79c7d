#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A term of many documents, and in which of them it stands. */
typedef struct
{
  const char *text; /* within a document */
  guint32 length;
  guint32 hash;
  guint32 n;     /* documents */
  guint32 last;  /* place of the last of them, from 1 */
  guint32 first; /* where its places begin */
} SqliteTerm;

typedef struct
{
  GArray *terms;    /* of SqliteTerm, in their order once shequ_sqlite_terms_read() is done */
  guint32 *places;  /* of documents, from 0, term by term */
  guint64 n_tokens; /* of all documents, each one counted */
} SqliteTerms;

/* The terms of documents that are still coming. */
typedef struct _SqliteGathering SqliteGathering;

SqliteGathering *shequ_sqlite_gathering_new (void);
void shequ_sqlite_gathering_add (SqliteGathering *gathering, const char *const *documents, guint n);
void shequ_sqlite_gathering_free (SqliteGathering *gathering);

gboolean shequ_sqlite_terms_read (SqliteTerms *terms,
                                  SqliteGathering *gathering,
                                  const char *const *documents,
                                  guint n_documents);
void shequ_sqlite_terms_clear (SqliteTerms *terms);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SqliteGathering, shequ_sqlite_gathering_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SqliteTerms, shequ_sqlite_terms_clear)

G_END_DECLS
