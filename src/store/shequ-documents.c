#include "shequ-documents-private.h"

#include "config.h"

typedef struct
{
  gint64 key;
  gboolean is_new;
  char *document; /* (nullable): %NULL takes the record out of the index */
} Document;

typedef struct
{
  const ShequRegister *reg;
  GArray *documents;  /* of Document */
  GHashTable *places; /* key -> place in documents + 1 */
} Pending;

struct _ShequDocuments
{
  ShequConnection *connection;
  GPtrArray *registers; /* of Pending */
};

static void
clear_document (gpointer data)
{
  g_free (((Document *) data)->document);
}

static void
free_pending (gpointer data)
{
  Pending *pending = data;

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

/* Takes the document of a record, or with %NULL its leaving the index. */
void
shequ_documents_put (ShequDocuments *documents,
                     const ShequRegister *reg,
                     gint64 key,
                     gboolean is_new,
                     char *document)
{
  Pending *pending = find_pending (documents, reg, TRUE);
  Document *known = find_document (pending, key);
  Document added = { key, is_new, document };

  if (known != NULL)
    {
      g_free (known->document);
      known->document = document;
      return;
    }
  g_array_append_val (pending->documents, added);
  g_hash_table_insert (pending->places, GSIZE_TO_POINTER ((gsize) key),
                       GUINT_TO_POINTER (pending->documents->len));
}

static gboolean
flush_register (ShequDocuments *documents, const Pending *pending, GError **error)
{
  g_autofree char *insert =
    g_strdup_printf ("INSERT INTO \"%s_search\" (rowid, document) VALUES (?1, ?2)", pending->reg->name);
  g_autofree char *drop = g_strdup_printf ("DELETE FROM \"%s_search\" WHERE rowid = ?1", pending->reg->name);

  for (guint i = 0; i < pending->documents->len; i++)
    {
      const Document *document = &g_array_index (pending->documents, Document, i);
      ShequStatement *statement;

      if (!document->is_new)
        {
          statement = shequ_connection_prepare (documents->connection, drop, error);
          if (statement == NULL)
            return FALSE;
          shequ_statement_bind_integer (statement, 1, document->key);
          if (!shequ_statement_run (statement, NULL, error))
            return FALSE;
        }
      if (document->document == NULL)
        continue;
      statement = shequ_connection_prepare (documents->connection, insert, error);
      if (statement == NULL)
        return FALSE;
      shequ_statement_bind_integer (statement, 1, document->key);
      shequ_statement_bind_text (statement, 2, document->document);
      if (!shequ_statement_run (statement, NULL, error))
        return FALSE;
    }
  return TRUE;
}

/* Writes what was kept back. */
gboolean
shequ_documents_flush (ShequDocuments *documents, GError **error)
{
  for (guint i = 0; i < documents->registers->len; i++)
    {
      if (!flush_register (documents, documents->registers->pdata[i], error))
        return FALSE;
    }
  g_ptr_array_set_size (documents->registers, 0);
  return TRUE;
}
