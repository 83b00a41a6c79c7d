/*
 * Searches in a list whose order is known.
 *
 * A database that is asked for the first page of what one letter finds, in the order of a column, either
 * sorts all that is found or walks the order and asks the search about each record: at two million records
 * both take longer than a person waits for a letter. Here the index is only asked which records hold a term;
 * the answer is a set of bits, the sets of several terms are joined word by word, and the list itself, which
 * the window holds anyway, gives the order. What is found through a link is found in the linked register, and
 * a column of the links in memory leads back from it.
 */
#include "shequ-finder.h"

#include "shequ-key-set-private.h"
#include "shequ-store-private.h"

#include "config.h"

/* The sets of the last terms, so that only the term that grows is asked for. */
#define TERMS_KEPT 16

/* Of the terms that are kept ready, those that find more than one of so many records. */
#define DENSE_SHARE 24

/* A register with greater keys is not held in memory. */
#define GREATEST_KEY (G_GINT64_CONSTANT (1) << 28)

struct _ShequFinder
{
  gatomicrefcount references;
  ShequStore *store;
  const ShequRegister *reg;
  ShequQuery *query;  /* without a search */
  GArray *keys;       /* of gint64, in the order of the list */
  gint64 last;        /* the greatest of them */
  guint32 *links;     /* (nullable): by key, the key of the record that the search link leads to, or 0 */
  gint64 last_linked; /* the greatest of them */

  GMutex lock;
  GHashTable *sets;  /* term -> ShequKeySet, with the register's name before it */
  GHashTable *ready; /* the same, of short terms that find much; not given up */
  GQueue names;      /* of the terms in sets, the last one asked for first */
};

static void
unref_set (gpointer data)
{
  shequ_key_set_unref (data);
}

static gboolean
read_links (ShequFinder *finder, ShequConnection *connection, const ShequField *link, GError **error)
{
  g_autofree char *text = g_strdup_printf (
    "SELECT t.\"key\", t.\"%s\" FROM \"%s\" t WHERE t.\"deleted_at\" IS NULL AND t.\"%s\" > 0", link->name,
    finder->reg->name, link->name);
  ShequStatement *statement = shequ_connection_prepare (connection, text, error);
  gboolean has_row = TRUE;

  if (statement == NULL)
    return FALSE;
  finder->links = g_new0 (guint32, finder->last + 1);
  while (shequ_statement_step (statement, &has_row, error) && has_row)
    {
      gint64 key = shequ_statement_get_integer (statement, 0);
      gint64 linked = shequ_statement_get_integer (statement, 1);

      if (key > finder->last || linked > GREATEST_KEY)
        continue;
      finder->links[key] = (guint32) linked;
      finder->last_linked = MAX (finder->last_linked, linked);
    }
  shequ_statement_reset (statement);
  return !has_row;
}

/**
 * shequ_finder_new:
 * @store: a store
 * @query: which records, in which order; what it searches and its limit do not count
 * @keys: (nullable) (element-type gint64): what shequ_store_list_keys() says of it, where it was asked; kept
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Takes about a second for a million records, and 12 bytes for each. Not for the main thread.
 *
 * Returns: (transfer full) (nullable): a finder; %NULL without an error where the register is not searched or
 *   too large to be held in memory
 */
ShequFinder *
shequ_finder_new (ShequStore *store,
                  const ShequQuery *query,
                  GArray *keys,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (ShequFinder) finder = NULL;
  const ShequField *link = shequ_sql_register_get_search_link (query->reg);
  g_autoptr (ShequQuery) whole = shequ_query_copy (query);
  ShequConnection *reader;
  gboolean done = TRUE;

  /* The index knows what is, not what was. */
  if (!shequ_sql_register_is_searched (query->reg) || query->with_deleted || query->as_of != NULL)
    return NULL;
  shequ_query_set_search (whole, NULL);
  whole->limit = 0;
  finder = g_new0 (ShequFinder, 1);
  g_atomic_ref_count_init (&finder->references);
  g_mutex_init (&finder->lock);
  finder->store = shequ_store_ref (store);
  finder->reg = query->reg;
  finder->query = g_steal_pointer (&whole);
  finder->sets = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, unref_set);
  finder->ready = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unref_set);
  finder->keys =
    keys != NULL ? g_array_ref (keys) : shequ_store_list_keys (store, finder->query, cancellable, error);
  if (finder->keys == NULL)
    return NULL;
  for (guint i = 0; i < finder->keys->len; i++)
    finder->last = MAX (finder->last, g_array_index (finder->keys, gint64, i));
  if (finder->last > GREATEST_KEY)
    return NULL;
  reader = link != NULL ? shequ_store_take_reader (store, cancellable, error) : NULL;
  if (reader != NULL)
    {
      done = read_links (finder, reader, link, error);
      shequ_store_give_reader (store, reader);
    }
  return done && (link == NULL || reader != NULL) ? g_steal_pointer (&finder) : NULL;
}

ShequFinder *
shequ_finder_ref (ShequFinder *finder)
{
  g_atomic_ref_count_inc (&finder->references);
  return finder;
}

void
shequ_finder_unref (ShequFinder *finder)
{
  if (!g_atomic_ref_count_dec (&finder->references))
    return;
  g_hash_table_unref (finder->sets);
  g_hash_table_unref (finder->ready);
  g_queue_clear_full (&finder->names, g_free);
  g_clear_pointer (&finder->keys, g_array_unref);
  g_clear_pointer (&finder->query, shequ_query_free);
  g_free (finder->links);
  g_mutex_clear (&finder->lock);
  shequ_store_unref (finder->store);
  g_free (finder);
}

/**
 * shequ_finder_get_keys:
 * @finder: a finder
 *
 * Returns: (transfer none) (element-type gint64): the whole list; not to be changed
 */
GArray *
shequ_finder_get_keys (ShequFinder *finder)
{
  return finder->keys;
}

static ShequKeySet *
look_up (ShequFinder *finder, const char *name)
{
  ShequKeySet *set = NULL;
  GList *place;

  g_mutex_lock (&finder->lock);
  set = g_hash_table_lookup (finder->ready, name);
  if (set == NULL && (set = g_hash_table_lookup (finder->sets, name)) != NULL)
    {
      place = g_queue_find_custom (&finder->names, name, (GCompareFunc) g_strcmp0);
      g_queue_unlink (&finder->names, place);
      g_queue_push_head_link (&finder->names, place);
    }
  if (set != NULL)
    shequ_key_set_ref (set);
  g_mutex_unlock (&finder->lock);
  return set;
}

static void
keep (ShequFinder *finder, const char *name, ShequKeySet *set)
{
  g_mutex_lock (&finder->lock);
  if (!g_hash_table_contains (finder->sets, name))
    {
      char *kept = g_strdup (name);

      g_queue_push_head (&finder->names, kept);
      g_hash_table_insert (finder->sets, kept, shequ_key_set_ref (set));
    }
  while (finder->names.length > TERMS_KEPT)
    {
      g_autofree char *oldest = g_queue_pop_tail (&finder->names);

      g_hash_table_remove (finder->sets, oldest);
    }
  g_mutex_unlock (&finder->lock);
}

static char *
name_set (const ShequRegister *reg, const char *term)
{
  return g_strconcat (reg->name, " ", term, NULL);
}

/* The records of a register in which a term is found. */
static ShequKeySet *
ask (ShequFinder *finder,
     ShequConnection *connection,
     const ShequRegister *reg,
     const char *term,
     GError **error)
{
  g_autoptr (ShequKeySet) set = shequ_key_set_new (reg == finder->reg ? finder->last : finder->last_linked);
  char *terms[] = { (char *) term, NULL };
  g_autofree char *search = shequ_engine_build_search (connection->engine, terms,
                                                       shequ_sql_register_has_names (reg), SHEQU_MATCH_ANY);

  return connection->engine->collect_search (connection, reg->name, search, set, error)
           ? g_steal_pointer (&set)
           : NULL;
}

static ShequKeySet *
find_term (ShequFinder *finder,
           ShequConnection *connection,
           const ShequRegister *reg,
           const char *term,
           GError **error)
{
  g_autofree char *name = name_set (reg, term);
  ShequKeySet *set = look_up (finder, name);

  if (set != NULL)
    return set;
  set = ask (finder, connection, reg, term, error);
  if (set != NULL)
    keep (finder, name, set);
  return set;
}

/* The records of a register that hold all the terms whose bits are set; NULL in `found` where there are none.
 */
static gboolean
find_all (ShequFinder *finder,
          ShequConnection *connection,
          const ShequRegister *reg,
          char **terms,
          guint which,
          ShequKeySet **found,
          GError **error)
{
  *found = NULL;
  for (guint i = 0; terms[i] != NULL; i++)
    {
      g_autoptr (ShequKeySet) set = NULL;

      if ((which >> i & 1) == 0)
        continue;
      set = find_term (finder, connection, reg, terms[i], error);
      if (set == NULL)
        {
          g_clear_pointer (found, shequ_key_set_unref);
          return FALSE;
        }
      if (*found == NULL)
        {
          *found = shequ_key_set_new (set->last);
          memcpy ((*found)->words, set->words, set->n_words * sizeof *set->words);
          continue;
        }
      for (gsize w = 0; w < set->n_words; w++)
        (*found)->words[w] &= set->words[w];
    }
  return TRUE;
}

/* Adds the records that are in `own`, if it is there, and lead to one of `linked`, if that is there. */
static void
add_share (const ShequFinder *finder, const ShequKeySet *own, const ShequKeySet *linked, ShequKeySet *result)
{
  for (gsize w = 0; w < result->n_words; w++)
    {
      guint64 bits = own != NULL ? own->words[w] : G_MAXUINT64;
      guint64 found = 0;

      if (linked == NULL)
        found = bits;
      for (guint i = 0; linked != NULL && bits != 0 && i < 64; i++)
        {
          gint64 key = (gint64) w * 64 + i;

          if (key <= finder->last && (bits >> i & 1) != 0 && finder->links[key] != 0)
            found |= (guint64) shequ_key_set_has (linked, finder->links[key]) << i;
        }
      result->words[w] |= found;
    }
}

static gboolean
find_share (ShequFinder *finder,
            ShequConnection *connection,
            char **terms,
            guint all,
            guint share,
            ShequKeySet *result,
            GError **error)
{
  const ShequField *link = shequ_sql_register_get_search_link (finder->reg);
  g_autoptr (ShequKeySet) own = NULL;
  g_autoptr (ShequKeySet) linked = NULL;

  if (!find_all (finder, connection, finder->reg, terms, all & ~share, &own, error) ||
      (share != 0 && !find_all (finder, connection, link->target, terms, share, &linked, error)))
    return FALSE;
  add_share (finder, own, linked, result);
  return TRUE;
}

/* Appends the keys of the list that are found, in its order. */
static void
append_in_order (const ShequFinder *finder, const ShequKeySet *found, GArray *keys)
{
  const gint64 *all = &g_array_index (finder->keys, gint64, 0);
  guint n = keys->len;
  gint64 *out;

  /* Each key is written, and the place moves on behind those that are found: nothing to be guessed. */
  g_array_set_size (keys, n + (guint) MIN (shequ_key_set_count (found), finder->keys->len) + 1);
  out = &g_array_index (keys, gint64, 0);
  for (guint i = 0; i < finder->keys->len && n + 1 < keys->len; i++)
    {
      out[n] = all[i];
      n += shequ_key_set_has (found, all[i]);
    }
  g_array_set_size (keys, n);
}

static char **
cut_terms (const char *typed, guint *n_terms)
{
  char **terms = shequ_search_query_terms (typed);

  *n_terms = terms != NULL ? g_strv_length (terms) : 0;
  for (; *n_terms > SHEQU_LOOKUP_MOST_TERMS; (*n_terms)--)
    g_clear_pointer (&terms[*n_terms - 1], g_free);
  return terms;
}

static ShequKeySet *
find (ShequFinder *finder, ShequConnection *connection, char **terms, guint n_terms, GError **error)
{
  g_autoptr (ShequKeySet) found = shequ_key_set_new (finder->last);
  guint shares[SHEQU_LOOKUP_MOST_SHARES];
  guint n = shequ_lookup_list_shares (finder->reg, terms, n_terms, shares);

  for (guint i = 0; i < n; i++)
    if (!find_share (finder, connection, terms, (1u << n_terms) - 1, shares[i], found, error))
      return NULL;
  return g_steal_pointer (&found);
}

/**
 * shequ_finder_search:
 * @finder: a finder
 * @typed: as a person typed it
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Returns: (transfer full) (element-type gint64): the keys of the list that are found, in its order; to be
 *   looked at only
 */
GArray *
shequ_finder_search (ShequFinder *finder, const char *typed, GCancellable *cancellable, GError **error)
{
  guint n_terms = 0;
  g_auto (GStrv) terms = cut_terms (typed, &n_terms);
  g_autoptr (GArray) keys = NULL;
  g_autoptr (ShequKeySet) found = NULL;
  ShequConnection *reader;

  if (n_terms == 0)
    return g_array_ref (finder->keys);
  reader = shequ_store_take_reader (finder->store, cancellable, error);
  if (reader == NULL)
    return NULL;
  found = find (finder, reader, terms, n_terms, error);
  shequ_store_give_reader (finder->store, reader);
  if (found == NULL)
    return NULL;
  keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  append_in_order (finder, found, keys);
  return g_steal_pointer (&keys);
}

/**
 * shequ_finder_search_best:
 * @finder: a finder
 * @typed: as a person typed it
 * @limit: how many are wanted, 0 for all
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * The best matches first, as shequ_store_list_keys() puts them: what is found in the records themselves,
 * then, where that is not enough, what is found through their link.
 *
 * Returns: (transfer full) (element-type gint64): @limit keys, or all
 */
GArray *
shequ_finder_search_best (ShequFinder *finder,
                          const char *typed,
                          guint limit,
                          GCancellable *cancellable,
                          GError **error)
{
  guint n_terms = 0;
  g_auto (GStrv) terms = cut_terms (typed, &n_terms);
  g_autoptr (GArray) keys = NULL;
  g_autoptr (GHashTable) seen = NULL;
  g_autoptr (ShequQuery) query = NULL;
  g_autoptr (ShequKeySet) found = NULL;
  ShequConnection *reader;
  gboolean done;

  if (n_terms == 0)
    return g_array_ref (finder->keys);
  reader = shequ_store_take_reader (finder->store, cancellable, error);
  if (reader == NULL)
    return NULL;
  keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  seen = g_hash_table_new (NULL, NULL);
  query = shequ_query_copy (finder->query);
  query->limit = limit;
  done = shequ_lookup_list_own (reader, query, terms, n_terms, seen, keys, error);
  if (done && (limit == 0 || keys->len < limit))
    {
      found = find (finder, reader, terms, n_terms, error);
      done = found != NULL;
    }
  shequ_store_give_reader (finder->store, reader);
  if (!done || found == NULL)
    return done ? g_steal_pointer (&keys) : NULL;
  for (guint i = 0; i < keys->len; i++)
    shequ_key_set_remove (found, g_array_index (keys, gint64, i));
  append_in_order (finder, found, keys);
  if (limit > 0 && keys->len > limit)
    g_array_set_size (keys, limit);
  return g_steal_pointer (&keys);
}

static gboolean
warm_term (ShequFinder *finder, ShequConnection *connection, const char *term, GError **error)
{
  g_autoptr (ShequKeySet) set = ask (finder, connection, finder->reg, term, error);

  if (set == NULL)
    return FALSE;
  if (shequ_key_set_count (set) * DENSE_SHARE < finder->keys->len)
    return TRUE;
  g_mutex_lock (&finder->lock);
  g_hash_table_replace (finder->ready, name_set (finder->reg, term), g_steal_pointer (&set));
  g_mutex_unlock (&finder->lock);
  return TRUE;
}

/**
 * shequ_finder_warm:
 * @finder: a finder
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Gets ready what many texts begin with and what finds many records: letters, digits, and the first two of a
 * mobile number. Takes as long as it takes: not for the main thread. The finder may be used meanwhile.
 *
 * Returns: whether it came to its end
 */
gboolean
shequ_finder_warm (ShequFinder *finder, GCancellable *cancellable, GError **error)
{
  static const char first[] = "1lwzxyshjcgmqdfbtkprn234567890aevoiu";
  ShequConnection *reader = shequ_store_take_reader (finder->store, cancellable, error);
  gboolean done = reader != NULL;

  for (guint i = 0; done && first[i] != '\0'; i++)
    {
      const char term[] = { first[i], '\0' };

      done = warm_term (finder, reader, term, error);
    }
  for (char second = '0'; done && second <= '9'; second++)
    {
      const char term[] = { '1', second, '\0' };

      done = warm_term (finder, reader, term, error);
    }
  if (reader != NULL)
    shequ_store_give_reader (finder->store, reader);
  return done;
}
