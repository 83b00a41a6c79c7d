#include "shequ-import-titles.h"

#include "config.h"

#define CHUNK 500

struct _ImportTitles
{
  char *today;
  GHashTable *registers; /* ShequRegister -> (title -> key) */
};

ImportTitles *
import_titles_new (const char *today)
{
  ImportTitles *titles = g_new0 (ImportTitles, 1);

  titles->today = g_strdup (today);
  titles->registers = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_hash_table_unref);
  return titles;
}

void
import_titles_free (ImportTitles *titles)
{
  g_hash_table_unref (titles->registers);
  g_free (titles->today);
  g_free (titles);
}

static void
add_titles (GHashTable *known, const GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const ShequRow *row = rows->pdata[i];
      char *title = shequ_row_get_title (row);
      gint64 key = g_hash_table_contains (known, title) ? IMPORT_SEVERAL : row->key;

      g_hash_table_replace (known, title, g_memdup2 (&key, sizeof key));
    }
}

static GHashTable *
read_titles (ImportTitles *titles, ShequTransaction *transaction, const ShequRegister *reg, GError **error)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (ShequQuery) query = shequ_query_new (reg, titles->today);
  g_autoptr (GArray) keys = NULL;

  query->limit = IMPORT_MOST_TITLES + 1;
  keys = shequ_transaction_list_keys (transaction, query, error);
  if (keys == NULL)
    return NULL;
  for (guint i = 0; keys->len <= IMPORT_MOST_TITLES && i < keys->len; i += CHUNK)
    {
      g_autoptr (GPtrArray) rows = shequ_transaction_fetch (
        transaction, reg, &g_array_index (keys, gint64, i), MIN (CHUNK, keys->len - i), error);

      if (rows == NULL)
        return NULL;
      add_titles (known, rows);
    }
  return g_steal_pointer (&known);
}

/* The key of the record with a title, 0 when there is none, IMPORT_SEVERAL when there are several, -1 on
 * error. */
gint64
import_titles_find (ImportTitles *titles,
                    ShequTransaction *transaction,
                    const ShequRegister *reg,
                    const char *words,
                    GError **error)
{
  GHashTable *known = g_hash_table_lookup (titles->registers, reg);
  const gint64 *key;

  if (known == NULL)
    {
      known = read_titles (titles, transaction, reg, error);
      if (known == NULL)
        return -1;
      g_hash_table_insert (titles->registers, (gpointer) reg, known);
    }
  key = g_hash_table_lookup (known, words);
  return key != NULL ? *key : 0;
}
