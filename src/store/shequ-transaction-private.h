#pragma once

#include "shequ-commits-private.h"
#include "shequ-date.h"
#include "shequ-documents-private.h"
#include "shequ-entries-private.h"
#include "shequ-row-index.h"
#include "shequ-store-private.h"

G_BEGIN_DECLS

/* For the rooms of a transaction alone: what it does, what it reads, and what whoever acts may. */
struct _ShequTransaction
{
  ShequStore *store;
  ShequConnection *connection;
  ShequActor actor; /* its texts are the transaction's own */
  ShequCommit *commit;
  gint64 milliseconds;
  char today[SHEQU_DATE_TEXT_SIZE]; /* the civil day of whoever acts */
  GHashTable *inserts;              /* ShequRegister -> ShequStatement, the connection's */
  GHashTable *loads;                /* the same, of registers whose new records are put in by the load */
  ShequEntries *entries;            /* of the change log */
  ShequDocuments *documents;
  GString *json;
  GHashTable *units; /* gint64: whose records the account works with, as far as it was asked */
  gboolean imports;  /* what is stored comes from an import, which the account may */
  gboolean open;
  gboolean waits; /* for a database that does not answer, to learn whether it has committed */
};

gboolean shequ_transaction_may_log (ShequTransaction *transaction,
                                    ShequAction action,
                                    const ShequRegister *reg,
                                    GError **error);
gboolean shequ_transaction_may_change (ShequTransaction *transaction,
                                       ShequRight right,
                                       const ShequRegister *reg,
                                       GError **error);
gboolean shequ_transaction_check_place (ShequTransaction *transaction, const ShequRow *row, GError **error);
ShequRow *shequ_transaction_get_own (ShequTransaction *transaction,
                                     const ShequRegister *reg,
                                     gint64 key,
                                     GError **error);
gboolean shequ_transaction_may_look (ShequTransaction *transaction, const ShequRegister *reg, GError **error);
gboolean shequ_transaction_store_change (ShequTransaction *transaction,
                                         ShequRow *old,
                                         ShequRow *row,
                                         GError **error);
void shequ_transaction_put_document (ShequTransaction *transaction, ShequRow *old, ShequRow *row);
const ShequRowIndex *shequ_transaction_get_sealed (ShequTransaction *transaction, ShequRow *row);
gboolean shequ_transaction_write_entry (ShequTransaction *transaction,
                                        ShequAction action,
                                        const ShequRegister *reg,
                                        gint64 key,
                                        const char *changes,
                                        GError **error);

G_END_DECLS
