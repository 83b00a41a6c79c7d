#include "shequ-documents-private.h"

#include "shequ-row-index.h"
#include "shequ-store-private.h"

#include "config.h"

#define BATCH_ROWS 500

/* From so many on documents are put in by the load. */
#define LEAST_LOADED 8
#define MOST_KEPT 500

/* From so many on new ones are put in at once. */
#define LEAST_AT_ONCE 1000

/* New ones are read by the engine so many at a time, beside the transaction. */
#define BLOCK 1024

typedef struct
{
  gint64 key;
  GRefString *old;      /* (nullable): what the index has of the record */
  GRefString *document; /* (nullable): %NULL takes the record out of the index */
} Document;

typedef struct
{
  const ShequRegister *reg;
  GArray *documents;  /* of Document */
  GHashTable *places; /* key -> place in documents + 1 */
  gboolean mixed;     /* not all of them are new */
  gboolean alone;     /* they are not read ahead */
  const ShequEngine *engine;
  gpointer gathering; /* (nullable): the engine's, of those before `n_gathered` */
  guint n_gathered;
} Pending;

struct _ShequDocuments
{
  ShequConnection *connection;
  GPtrArray *registers; /* of Pending */
  gboolean changed;     /* an index, in this transaction */
};

static void
clear_document (gpointer data)
{
  Document *document = data;

  g_clear_pointer (&document->old, g_ref_string_release);
  g_clear_pointer (&document->document, g_ref_string_release);
}

/* One more holder of a document of a row index, which may be NULL. */
static GRefString *
share (const char *document)
{
  return document != NULL ? g_ref_string_acquire ((GRefString *) document) : NULL;
}

/* What was read ahead is not what will be put in. */
static void
stop_gathering (Pending *pending)
{
  if (pending->gathering != NULL)
    pending->engine->gather_free (g_steal_pointer (&pending->gathering));
  pending->alone = TRUE;
}

static void
gather (Pending *pending)
{
  const char *texts[BLOCK];

  if (pending->alone || pending->mixed || pending->engine->gather_new == NULL ||
      pending->documents->len - pending->n_gathered < BLOCK)
    return;
  if (pending->gathering == NULL)
    pending->gathering = pending->engine->gather_new ();
  for (guint i = 0; i < BLOCK; i++)
    texts[i] = g_array_index (pending->documents, Document, pending->n_gathered + i).document;
  pending->engine->gather_add (pending->gathering, texts, BLOCK);
  pending->n_gathered += BLOCK;
}

static void
free_pending (gpointer data)
{
  Pending *pending = data;

  stop_gathering (pending);
  g_array_unref (pending->documents);
  g_hash_table_unref (pending->places);
  g_free (pending);
}

ShequDocuments *
shequ_documents_new (ShequConnection *connection)
{
  ShequDocuments *documents = g_new0 (ShequDocuments, 1);

  documents->connection = connection;
  documents->registers = g_ptr_array_new_with_free_func (free_pending);
  return documents;
}

void
shequ_documents_free (ShequDocuments *documents)
{
  g_ptr_array_unref (documents->registers);
  g_free (documents);
}

static Pending *
find_pending (ShequDocuments *documents, const ShequRegister *reg, gboolean make)
{
  Pending *pending;

  for (guint i = 0; i < documents->registers->len; i++)
    {
      pending = documents->registers->pdata[i];
      if (pending->reg == reg)
        return pending;
    }
  if (!make)
    return NULL;
  pending = g_new0 (Pending, 1);
  pending->reg = reg;
  pending->engine = documents->connection->engine;
  pending->mixed = documents->changed;
  pending->documents = g_array_new (FALSE, FALSE, sizeof (Document));
  g_array_set_clear_func (pending->documents, clear_document);
  pending->places = g_hash_table_new (NULL, NULL);
  g_ptr_array_add (documents->registers, pending);
  return pending;
}

static Document *
find_document (const Pending *pending, gint64 key)
{
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (pending->places, GSIZE_TO_POINTER ((gsize) key)));

  return place > 0 ? &g_array_index (pending->documents, Document, place - 1) : NULL;
}

/* Keeps back the document of a record, or with %NULL its leaving the index; `old` is what it has there now.
 * Both are those of a row index, shared and not copied. */
void
shequ_documents_put (ShequDocuments *documents,
                     const ShequRegister *reg,
                     gint64 key,
                     const char *old,
                     const char *document)
{
  Pending *pending = find_pending (documents, reg, TRUE);
  Document *known = find_document (pending, key);
  Document added = { key, NULL, NULL };

  if (known != NULL)
    {
      stop_gathering (pending);
      g_clear_pointer (&known->document, g_ref_string_release);
      known->document = share (document);
      pending->mixed = pending->mixed || document == NULL;
      return;
    }
  if (g_strcmp0 (old, document) == 0)
    return;
  added.old = share (old);
  added.document = share (document);
  g_array_append_val (pending->documents, added);
  g_hash_table_insert (pending->places, GSIZE_TO_POINTER ((gsize) key),
                       GUINT_TO_POINTER (pending->documents->len));
  pending->mixed = pending->mixed || old != NULL || document == NULL;
  gather (pending);
}

static gboolean
run (ShequConnection *connection,
     const char *text,
     gint64 key,
     const char *document,
     const char *old,
     GError **error)
{
  ShequStatement *statement = shequ_connection_prepare (connection, text, error);

  if (statement == NULL)
    return FALSE;
  shequ_statement_bind_integer (statement, 1, key);
  shequ_statement_bind_text (statement, 2, document);
  if (old != NULL)
    shequ_statement_bind_text (statement, 3, old);
  return shequ_statement_run (statement, NULL, error);
}

/* The statements of a register's index. */
typedef struct
{
  GString *insert;
  GString *removal;
  GString *change;      /* empty where a removal and an insertion do it */
  ShequStatement *load; /* (nullable): for many */
} Index;

static void
clear_index (Index *index)
{
  g_string_free (index->insert, TRUE);
  g_string_free (index->removal, TRUE);
  g_string_free (index->change, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Index, clear_index)

static gboolean
set_up_index (Index *index, ShequConnection *connection, const char *name, guint n, GError **error)
{
  static const char *const columns[] = { "key", "document", NULL };
  const ShequEngine *engine = connection->engine;
  g_autofree char *table = NULL;

  engine->write_search_insert (index->insert, name);
  engine->write_search_removal (index->removal, name);
  if (engine->write_search_change != NULL)
    engine->write_search_change (index->change, name);
  if (engine->prepare_load == NULL || n < LEAST_LOADED)
    return TRUE;
  table = g_strconcat (name, "_search", NULL);
  index->load = shequ_connection_prepare_load (connection, table, columns, "document", error);
  return index->load != NULL;
}

static gboolean
add_document (const Index *index, ShequConnection *connection, const Document *document, GError **error)
{
  if (index->load == NULL)
    return run (connection, index->insert->str, document->key, document->document, NULL, error);
  shequ_statement_bind_integer (index->load, 1, document->key);
  shequ_statement_bind_text (index->load, 2, document->document);
  return shequ_statement_run (index->load, NULL, error);
}

static gboolean
write_document (const Index *index, ShequConnection *connection, const Document *document, GError **error)
{
  if (g_strcmp0 (document->old, document->document) == 0)
    return TRUE;
  if (document->old == NULL)
    return add_document (index, connection, document, error);
  if (document->document != NULL && index->change->len > 0)
    return run (connection, index->change->str, document->key, document->document, document->old, error);
  return run (connection, index->removal->str, document->key, document->old, NULL, error) &&
         (document->document == NULL ||
          run (connection, index->insert->str, document->key, document->document, NULL, error));
}

static gboolean
flush_register (ShequDocuments *documents, const Pending *pending, GError **error)
{
  g_auto (Index) index = { g_string_new (NULL), g_string_new (NULL), g_string_new (NULL), NULL };

  if (!set_up_index (&index, documents->connection, pending->reg->name, pending->documents->len, error))
    return FALSE;
  for (guint i = 0; i < pending->documents->len; i++)
    if (!write_document (&index, documents->connection, &g_array_index (pending->documents, Document, i),
                         error))
      return FALSE;
  return TRUE;
}

/* Where documents go by the load, they need not be kept back to the end. */
gboolean
shequ_documents_flush_many (ShequDocuments *documents, const ShequRegister *reg, GError **error)
{
  Pending *pending;

  if (documents->connection->engine->prepare_load == NULL)
    return TRUE;
  pending = find_pending (documents, reg, FALSE);
  if (pending == NULL || pending->documents->len < MOST_KEPT)
    return TRUE;
  if (!flush_register (documents, pending, error))
    return FALSE;
  g_ptr_array_remove (documents->registers, pending);
  return TRUE;
}

static gboolean
load_register (ShequDocuments *documents, Pending *pending, GError **error)
{
  guint n = pending->documents->len;
  g_autofree gint64 *keys = g_new (gint64, n);
  g_autofree const char **texts = g_new (const char *, n);
  gboolean done = FALSE;

  for (guint i = 0; i < n; i++)
    {
      const Document *document = &g_array_index (pending->documents, Document, i);

      keys[i] = document->key;
      texts[i] = document->document;
    }
  if (!documents->connection->engine->load_documents (documents->connection, pending->reg->name, keys, texts,
                                                      n, pending->gathering, &done, error))
    return FALSE;
  if (done)
    g_array_set_size (pending->documents, 0);
  return TRUE;
}

/* Those of an import, where nothing was put into an index before. */
static gboolean
load_many (ShequDocuments *documents, GError **error)
{
  if (documents->connection->engine->load_documents == NULL || documents->changed)
    return TRUE;
  for (guint i = 0; i < documents->registers->len; i++)
    {
      Pending *pending = documents->registers->pdata[i];

      if (pending->documents->len >= LEAST_AT_ONCE && !pending->mixed &&
          !load_register (documents, pending, error))
        return FALSE;
    }
  return TRUE;
}

/* Writes what was kept back. */
gboolean
shequ_documents_flush (ShequDocuments *documents, GError **error)
{
  if (!load_many (documents, error))
    return FALSE;
  for (guint i = 0; i < documents->registers->len; i++)
    {
      if (!flush_register (documents, documents->registers->pdata[i], error))
        return FALSE;
    }
  documents->changed = documents->changed || documents->registers->len > 0;
  g_ptr_array_set_size (documents->registers, 0);
  return TRUE;
}

/* (transfer full) (nullable): what the documents of a register are made of; %NULL where it has none. */
char *
shequ_documents_describe (const ShequRegister *reg)
{
  GString *text;

  if (!shequ_register_has_documents (reg))
    return NULL;
  text = g_string_new (G_STRINGIFY (SHEQU_ROW_INDEX_VERSION));
  for (guint i = 0; i < reg->fields->len; i++)
    {
      const ShequField *field = reg->fields->pdata[i];

      if (field->search != SHEQU_SEARCH_NONE && field->search != SHEQU_SEARCH_LINKED)
        g_string_append_printf (text, " %s:%d", field->name, field->search);
    }
  return g_string_free (text, FALSE);
}

static GArray *
list_live (ShequConnection *connection, const ShequRegister *reg, gint64 behind, GError **error)
{
  g_autofree char *text = g_strdup_printf ("SELECT t.\"key\" FROM \"%s\" t WHERE t.\"deleted_at\" IS NULL "
                                           "AND t.\"key\" > ?1 ORDER BY t.\"key\" LIMIT %d",
                                           reg->name, BATCH_ROWS);
  ShequStatement *statement = shequ_connection_prepare (connection, text, error);
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean has_row = FALSE;

  if (statement == NULL)
    return NULL;
  shequ_statement_bind_integer (statement, 1, behind);
  while (shequ_statement_step (statement, &has_row, error))
    {
      gint64 key;

      if (!has_row)
        {
          shequ_statement_reset (statement);
          return g_steal_pointer (&keys);
        }
      key = shequ_statement_get_integer (statement, 0);
      g_array_append_val (keys, key);
    }
  shequ_statement_reset (statement);
  return NULL;
}

/* Adds the documents of the live records behind a key to an index, `limit` of them or with 0 all; counts them
 * and tells how many there are by now. */
gboolean
shequ_documents_make (ShequConnection *connection,
                      const ShequRegister *reg,
                      const char *name,
                      ShequSearchTokens *tokens,
                      guint limit,
                      ShequDocumentsStretch *stretch,
                      GError **error)
{
  g_auto (Index) index = { g_string_new (NULL), g_string_new (NULL), g_string_new (NULL), NULL };

  if (!set_up_index (&index, connection, name, BATCH_ROWS, error))
    return FALSE;
  while (limit == 0 || stretch->n < limit)
    {
      g_autoptr (GArray) keys = NULL;
      g_autoptr (GPtrArray) rows = NULL;

      if (g_cancellable_set_error_if_cancelled (connection->cancellable, error))
        return FALSE;
      keys = list_live (connection, reg, stretch->key, error);
      if (keys == NULL || keys->len == 0)
        return keys != NULL;
      rows = shequ_lookup_fetch (connection, reg, (const gint64 *) keys->data, keys->len, SHEQU_FETCH_PLAIN,
                                 NULL, error);
      for (guint i = 0; rows != NULL && i < rows->len; i++)
        {
          ShequRow *row = rows->pdata[i];
          const char *text = shequ_row_index_get_document (shequ_row_get_index (row, tokens));
          const Document document = { row->key, NULL, (GRefString *) text };

          if (!add_document (&index, connection, &document, error))
            return FALSE;
        }
      if (rows == NULL)
        return FALSE;
      stretch->key = g_array_index (keys, gint64, keys->len - 1);
      stretch->n += keys->len;
      if (stretch->tell != NULL)
        stretch->tell (stretch->n, stretch->user_data);
    }
  return TRUE;
}
