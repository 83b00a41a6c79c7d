#pragma once

#include "shequ-engine-private.h"
#include "shequ-search-tokens.h"

G_BEGIN_DECLS

/*
 * Search documents on their way into the index.
 *
 * They are kept back until the transaction ends or asks the index, and then written one register after the
 * other. Writing them between other statements would cost SQLite a flush of the whole index for each
 * statement that may fail in part (fts5 answers every savepoint with one): measured, 25 times the time of
 * an import.
 */
typedef struct _ShequDocuments ShequDocuments;

ShequDocuments *shequ_documents_new (ShequConnection *connection);
void shequ_documents_free (ShequDocuments *documents);
void shequ_documents_put (ShequDocuments *documents,
                          const ShequRegister *reg,
                          gint64 key,
                          const char *old,
                          const char *document);
gboolean shequ_documents_flush (ShequDocuments *documents, GError **error);
gboolean shequ_documents_flush_many (ShequDocuments *documents, const ShequRegister *reg, GError **error);
char *shequ_documents_describe (const ShequRegister *reg);

/* Documents made one after the other. */
typedef struct
{
  gint64 key;                                 /* behind which it goes on */
  guint n;                                    /* how many were made */
  void (*tell) (guint n, gpointer user_data); /* (nullable) */
  gpointer user_data;
} ShequDocumentsStretch;

gboolean shequ_documents_make (ShequConnection *connection,
                               const ShequRegister *reg,
                               const char *name,
                               ShequSearchTokens *tokens,
                               guint limit,
                               ShequDocumentsStretch *stretch,
                               GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequDocuments, shequ_documents_free)

G_END_DECLS
