/* How sets follow the changes of everybody: the bits of the records that were changed, and no others. */
#include "shequ-term-sets-private.h"

#include "shequ-row-index.h"

#include "config.h"

/* What the index has of the records that were changed, and of those that they lead to. */
typedef struct
{
  GArray *own;           /* of gint64 */
  GArray *linked;        /* of gint64 */
  GHashTable *documents; /* key -> document, of the records that are there */
  GHashTable *links;     /* key -> key of the linked record, of the same */
  GHashTable *linked_documents;
} News;

static void
news_clear (News *news)
{
  g_clear_pointer (&news->own, g_array_unref);
  g_clear_pointer (&news->linked, g_array_unref);
  g_clear_pointer (&news->documents, g_hash_table_unref);
  g_clear_pointer (&news->links, g_hash_table_unref);
  g_clear_pointer (&news->linked_documents, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (News, news_clear)

static gpointer
pointer_of (gint64 key)
{
  return GSIZE_TO_POINTER ((gsize) key);
}

/* Shares the changes out. Returns FALSE where a new record finds no room any more. */
static gboolean
sort_changes (const ShequTermSets *sets, const GArray *changes, News *news)
{
  for (guint i = 0; i < changes->len; i++)
    {
      const ShequChangedRecord *change = &g_array_index (changes, ShequChangedRecord, i);

      if (change->key <= 0)
        continue;
      if (change->reg == sets->reg)
        g_array_append_val (news->own, change->key);
      if (sets->link != NULL && change->reg == sets->link->target)
        g_array_append_val (news->linked, change->key);
      if ((change->reg == sets->reg && change->key > sets->last) ||
          (sets->link != NULL && change->reg == sets->link->target && change->key > sets->last_linked))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_documents (ShequTermSets *sets,
                ShequConnection *connection,
                const ShequRegister *reg,
                const GArray *keys,
                GHashTable *documents,
                GHashTable *links,
                GError **error)
{
  g_autoptr (GPtrArray) rows = shequ_lookup_fetch (connection, reg, (const gint64 *) keys->data, keys->len,
                                                   SHEQU_FETCH_PLAIN, NULL, error);

  if (rows == NULL)
    return FALSE;
  if (sets->tokens == NULL && (sets->tokens = shequ_store_new_tokens (sets->store, error)) == NULL)
    return FALSE;
  shequ_term_sets_add_read (sets, rows->len);
  for (guint i = 0; i < rows->len; i++)
    {
      ShequRow *row = rows->pdata[i];
      const char *document = shequ_row_index_get_document (shequ_row_get_index (row, sets->tokens));

      g_hash_table_insert (documents, pointer_of (row->key), g_strdup (document != NULL ? document : ""));
      if (links != NULL && sets->link != NULL && !shequ_value_is_null (&row->values[sets->link->index]))
        g_hash_table_insert (links, pointer_of (row->key),
                             pointer_of (row->values[sets->link->index].integer));
    }
  return TRUE;
}

/* The records that the changed ones lead to now are read, too: they are found by what stands there. */
static gboolean
read_news (ShequTermSets *sets, ShequConnection *connection, News *news, GError **error)
{
  g_autoptr (GArray) linked = NULL;
  GHashTableIter iter;
  gpointer key;

  news->documents = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  news->links = g_hash_table_new (NULL, NULL);
  news->linked_documents = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  if (!read_documents (sets, connection, sets->reg, news->own, news->documents, news->links, error))
    return FALSE;
  if (sets->link == NULL)
    return TRUE;
  linked = g_array_copy (news->linked);
  g_hash_table_iter_init (&iter, news->links);
  while (g_hash_table_iter_next (&iter, NULL, &key))
    {
      gint64 number = (gint64) GPOINTER_TO_SIZE (key);

      if (number > 0)
        g_array_append_val (linked, number);
    }
  return read_documents (sets, connection, sets->link->target, linked, news->linked_documents, NULL, error);
}

static void
set_bit (KeptSet *kept, gint64 key, gboolean found)
{
  if (shequ_key_set_has (kept->set, key) == found)
    return;
  if (kept->shared)
    {
      ShequKeySet *copy = shequ_key_set_copy (kept->set);

      shequ_key_set_unref (kept->set);
      kept->set = copy;
      kept->shared = FALSE;
    }
  if (found)
    shequ_key_set_add (kept->set, key);
  else
    shequ_key_set_remove (kept->set, key);
}

static gboolean
holds (const ShequTermSets *sets,
       GHashTable *documents,
       gint64 key,
       const ShequRegister *reg,
       const char *term)
{
  const char *document = g_hash_table_lookup (documents, pointer_of (key));

  return document != NULL && (shequ_row_index_holds (document, term, shequ_sql_register_has_names (reg)) ||
                              shequ_row_index_holds_sealed (document, term, sets->tokens));
}

static void
apply_links (ShequTermSets *sets, const News *news)
{
  for (guint i = 0; sets->links != NULL && i < news->own->len; i++)
    {
      gint64 key = g_array_index (news->own, gint64, i);
      gsize linked = GPOINTER_TO_SIZE (g_hash_table_lookup (news->links, pointer_of (key)));

      sets->links[key] = (gint64) linked <= sets->last_linked ? (guint32) linked : 0;
    }
}

static void
apply_to (const ShequTermSets *sets,
          const ShequRegister *reg,
          const GArray *keys,
          GHashTable *documents,
          KeptSet *kept,
          const char *term)
{
  for (guint i = 0; i < keys->len; i++)
    {
      gint64 key = g_array_index (keys, gint64, i);

      set_bit (kept, key, holds (sets, documents, key, reg, term));
    }
}

/* One answer for all that lead to the same record. */
static void
apply_to_back (ShequTermSets *sets, const News *news, const GArray *leading, KeptSet *kept, const char *term)
{
  g_autoptr (GHashTable) known = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < leading->len; i++)
    {
      gint64 key = g_array_index (leading, gint64, i);
      gint64 linked = sets->links[key];
      gpointer answer = g_hash_table_lookup (known, pointer_of (linked));

      if (answer == NULL)
        {
          answer = GINT_TO_POINTER (
            1 + (linked > 0 && holds (sets, news->linked_documents, linked, sets->link->target, term)));
          g_hash_table_insert (known, pointer_of (linked), answer);
        }
      set_bit (kept, key, GPOINTER_TO_INT (answer) == 2);
    }
}

/* (element-type gint64): the records whose linked one may be another one, or is not what it was. */
static GArray *
list_leading (ShequTermSets *sets, const News *news)
{
  GArray *leading = g_array_copy (news->own);
  g_autoptr (ShequKeySet) changed = NULL;

  if (news->linked->len == 0)
    return leading;
  changed = shequ_key_set_new (sets->last_linked);
  for (guint i = 0; i < news->linked->len; i++)
    shequ_key_set_add (changed, g_array_index (news->linked, gint64, i));
  for (gint64 key = 1; key <= sets->last; key++)
    if (shequ_key_set_has (changed, sets->links[key]))
      g_array_append_val (leading, key);
  return leading;
}

/* Returns whether the set is worth being kept: how a term matches is not told from a document. */
static gboolean
apply_to_set (ShequTermSets *sets, const News *news, const GArray *leading, KeptSet *kept, const char *name)
{
  switch (*name)
    {
    case SHEQU_TERM_SETS_OWN:
      apply_to (sets, sets->reg, news->own, news->documents, kept, name + 1);
      return TRUE;
    case SHEQU_TERM_SETS_THERE:
      apply_to (sets, sets->link->target, news->linked, news->linked_documents, kept, name + 1);
      return TRUE;
    case SHEQU_TERM_SETS_BACK:
      apply_to_back (sets, news, leading, kept, name + 1);
      return TRUE;
    default:
      return FALSE;
    }
}

static void
apply (ShequTermSets *sets, const News *news)
{
  g_autoptr (GArray) leading = NULL;
  GHashTableIter iter;
  gpointer name;
  gpointer kept;

  g_rw_lock_writer_lock (&sets->contents);
  g_mutex_lock (&sets->lock);
  apply_links (sets, news);
  leading = list_leading (sets, news);
  g_hash_table_iter_init (&iter, sets->kept);
  while (g_hash_table_iter_next (&iter, &name, &kept))
    if (!apply_to_set (sets, news, leading, kept, name))
      {
        g_queue_remove (&sets->names, name);
        g_hash_table_iter_remove (&iter);
      }
  g_mutex_unlock (&sets->lock);
  g_rw_lock_writer_unlock (&sets->contents);
}

static gboolean
follow (ShequTermSets *sets, ShequConnection *connection, gboolean *followed, GError **error)
{
  g_auto (News) news = { NULL };
  g_autoptr (GArray) changes = NULL;

  *followed = FALSE;
  changes =
    shequ_log_place_advance (&sets->place, connection, shequ_store_get_catalogue (sets->store), error);
  if (changes == NULL)
    return FALSE;
  if (changes->len > SHEQU_LOG_MOST_CHANGES)
    return TRUE;
  news.own = g_array_new (FALSE, FALSE, sizeof (gint64));
  news.linked = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (!sort_changes (sets, changes, &news))
    return TRUE;
  if (news.own->len + news.linked->len > 0)
    {
      if (!read_news (sets, connection, &news, error))
        return FALSE;
      apply (sets, &news);
    }
  *followed = TRUE;
  return TRUE;
}

/* Brings the sets to what stands in the database; where `followed` stays FALSE, too much was changed, and
 * other sets must be made. */
gboolean
shequ_term_sets_follow (ShequTermSets *sets, ShequConnection *connection, gboolean *followed, GError **error)
{
  gboolean done = TRUE;

  g_mutex_lock (&sets->following);
  *followed = FALSE;
  if (!sets->lost)
    {
      done = follow (sets, connection, followed, error);
      sets->lost = !*followed;
    }
  g_mutex_unlock (&sets->following);
  return done;
}
