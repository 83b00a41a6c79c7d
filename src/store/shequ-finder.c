/*
 * Searches in a list whose order is known.
 *
 * A database that is asked for the first page of what one letter finds, in the order of a column, either
 * sorts all that is found or walks the order and asks the search about each record: at two million records
 * both take longer than a person waits for a letter. Here the index is only asked which records hold a term;
 * the answer is a set of bits (shequ-term-sets.c), the sets of several terms are joined word by word, and the
 * list itself, which the window holds anyway, gives the order: it is walked until a page is full.
 */
#include "shequ-finder-private.h"

#include "shequ-error.h"
#include "shequ-scope-private.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* So many pages are told at once: walking the rest costs less than coming back for it. */
#define FEW_PAGES 100

static ShequFinder *
finder_alloc (ShequStore *store, const ShequQuery *query)
{
  ShequFinder *finder = g_new0 (ShequFinder, 1);

  g_atomic_ref_count_init (&finder->references);
  finder->store = shequ_store_ref (store);
  finder->access = shequ_store_ref_access (store);
  finder->query = shequ_query_copy (query);
  shequ_query_set_search (finder->query, NULL);
  finder->query->limit = 0;
  return finder;
}

/* The same list with the same sets, to be given other keys. */
ShequFinder *
shequ_finder_copy (const ShequFinder *finder)
{
  ShequFinder *copy = finder_alloc (finder->store, finder->query);

  copy->keys = g_array_ref (finder->keys);
  copy->members = shequ_key_set_ref (finder->members);
  copy->sets = shequ_term_sets_ref (finder->sets);
  shequ_log_place_copy (&finder->place, &copy->place);
  return copy;
}

/* A list belongs to whose it was made for: another one who signs in makes another. */
gboolean
shequ_finder_is_of (const ShequFinder *finder, GError **error)
{
  g_autoptr (ShequAccess) access = shequ_store_ref_access (finder->store);

  if (access == finder->access)
    return TRUE;
  g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_PERMISSION,
                       _ ("Somebody else has signed in since the list was read. Open it again."));
  return FALSE;
}

/* (transfer full): other keys, and the set of them */
void
shequ_finder_take_keys (ShequFinder *finder, GArray *keys, ShequKeySet *members)
{
  g_clear_pointer (&finder->keys, g_array_unref);
  g_clear_pointer (&finder->members, shequ_key_set_unref);
  finder->keys = keys;
  finder->members = members;
}

static ShequKeySet *
new_members (const ShequFinder *finder, const GArray *keys)
{
  ShequKeySet *members = shequ_key_set_new (shequ_term_sets_get_last (finder->sets));

  for (guint i = 0; i < keys->len; i++)
    shequ_key_set_add (members, g_array_index (keys, gint64, i));
  return members;
}

/* Sets that lost track of the changes are left to whoever has them. */
static gboolean
take_sets (ShequFinder *finder, ShequConnection *connection, ShequTermSets *sets, GError **error)
{
  gboolean followed = FALSE;

  if (sets != NULL && shequ_term_sets_get_register (sets) == finder->query->reg &&
      !shequ_term_sets_follow (sets, connection, &followed, error))
    return FALSE;
  finder->sets = followed ? shequ_term_sets_ref (sets)
                          : shequ_term_sets_new (finder->store, connection, finder->query->reg, error);
  return finder->sets != NULL;
}

static gboolean
read_keys (ShequFinder *finder, ShequConnection *connection, GArray *known, GError **error)
{
  GArray *keys =
    known != NULL ? g_array_ref (known) : shequ_lookup_list_keys (connection, finder->query, error);

  if (keys == NULL)
    return FALSE;
  if (known == NULL)
    shequ_term_sets_add_read (finder->sets, keys->len);
  shequ_finder_take_keys (finder, keys, new_members (finder, keys));
  return TRUE;
}

/* Keys behind the last one are left out of a set. */
static gboolean
has_room (const ShequFinder *finder)
{
  return shequ_key_set_count (finder->members) == finder->keys->len;
}

/**
 * shequ_finder_new:
 * @store: a store
 * @query: which records, in which order; what it searches and its limit do not count
 * @keys: (nullable) (element-type gint64): what shequ_store_list_keys() says of it, where it was asked; kept
 * @entry: with @keys, what shequ_finder_get_last_entry() said before they were asked for: what was changed
 *   since is followed
 * @sets: (nullable): those of a former finder of the same register
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
                  gint64 entry,
                  ShequTermSets *sets,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (ShequFinder) finder = NULL;
  ShequConnection *reader;
  gboolean done;

  /* The index knows what is, not what was. */
  if (!shequ_sql_register_is_searched (query->reg) || query->with_deleted || query->as_of != NULL)
    return NULL;
  reader = shequ_store_allows (store, SHEQU_RIGHT_VIEW, query->reg, error)
             ? shequ_store_take_reader (store, cancellable, error)
             : NULL;
  if (reader == NULL)
    return NULL;
  /* Its sets hold what the index holds. */
  if (shequ_scope_limits_search (reader->access, query->reg))
    {
      shequ_store_give_reader (store, reader);
      return NULL;
    }
  finder = finder_alloc (store, query);
  done = shequ_log_place_set (&finder->place, reader, keys != NULL ? entry : G_MAXINT64, error) &&
         take_sets (finder, reader, sets, error) && read_keys (finder, reader, keys, error);
  shequ_store_give_reader (store, reader);
  return done && has_room (finder) ? g_steal_pointer (&finder) : NULL;
}

/**
 * shequ_finder_get_last_entry:
 * @store: a store
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Returns: the number of the last entry of the change log, -1 with an error
 */
gint64
shequ_finder_get_last_entry (ShequStore *store, GCancellable *cancellable, GError **error)
{
  ShequConnection *reader = shequ_store_take_reader (store, cancellable, error);
  ShequLogPlace place = { 0 };
  gint64 last = -1;

  if (reader == NULL)
    return -1;
  if (shequ_log_place_set (&place, reader, G_MAXINT64, error))
    last = place.last;
  shequ_log_place_clear (&place);
  shequ_store_give_reader (store, reader);
  return last;
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
  g_clear_pointer (&finder->keys, g_array_unref);
  g_clear_pointer (&finder->members, shequ_key_set_unref);
  g_clear_pointer (&finder->sets, shequ_term_sets_unref);
  g_clear_pointer (&finder->query, shequ_query_free);
  shequ_log_place_clear (&finder->place);
  g_clear_pointer (&finder->access, shequ_access_unref);
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

/**
 * shequ_finder_get_sets:
 * @finder: a finder
 *
 * Returns: (transfer none): what another finder of the same register may share with it
 */
ShequTermSets *
shequ_finder_get_sets (ShequFinder *finder)
{
  return finder->sets;
}

/**
 * shequ_finder_count_read:
 * @finder: a finder
 *
 * Returns: how many records were read from the database, in a table or in the search index, for it and for
 *   those that share its sets: what a search or a change costs
 */
guint64
shequ_finder_count_read (ShequFinder *finder)
{
  return shequ_term_sets_count_read (finder->sets);
}

/* Appends the keys of the list that are found, in its order, until there are so many. */
static void
append_in_order (const ShequFinder *finder, const ShequKeySet *found, guint limit, GArray *keys)
{
  const gint64 *all = (const gint64 *) finder->keys->data;
  guint n = keys->len;
  guint most = n + (guint) MIN (shequ_key_set_count (found), finder->keys->len);
  gint64 *out;

  if (limit > 0)
    most = MAX (n, MIN (most, limit));
  /* Each key is written, and the place moves on behind those that are found: nothing to be guessed. */
  g_array_set_size (keys, most + 1);
  out = (gint64 *) keys->data;
  for (guint i = 0; i < finder->keys->len && n < most; i++)
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

/**
 * shequ_finder_search:
 * @finder: a finder
 * @typed: as a person typed it
 * @limit: how many are wanted first, 0 for all
 * @complete: (out): whether those told are all; more than @limit are told where they cost nothing
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Returns: (transfer full) (element-type gint64): the keys of the list that are found, in its order; to be
 *   looked at only
 */
GArray *
shequ_finder_search (ShequFinder *finder,
                     const char *typed,
                     guint limit,
                     gboolean *complete,
                     GCancellable *cancellable,
                     GError **error)
{
  guint n_terms = 0;
  g_auto (GStrv) terms = cut_terms (typed, &n_terms);
  g_autoptr (GArray) keys = NULL;
  g_autoptr (ShequKeySet) found = NULL;
  ShequConnection *reader;

  *complete = TRUE;
  if (!shequ_finder_is_of (finder, error))
    return NULL;
  if (n_terms == 0)
    return g_array_ref (finder->keys);
  reader = shequ_store_take_reader (finder->store, cancellable, error);
  if (reader == NULL)
    return NULL;
  found = shequ_term_sets_find (finder->sets, reader, terms, n_terms, error);
  shequ_store_give_reader (finder->store, reader);
  if (found == NULL)
    return NULL;
  if (limit > 0 && shequ_key_set_count (found) / FEW_PAGES < limit)
    limit = 0;
  keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  append_in_order (finder, found, limit, keys);
  *complete = limit == 0 || keys->len < limit;
  return g_steal_pointer (&keys);
}

/* The first of the best, up to the limit of the query, as the database finds them. */
static GArray *
list_first (const ShequFinder *finder,
            ShequConnection *connection,
            char **terms,
            guint n_terms,
            guint limit,
            GError **error)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  g_autoptr (ShequQuery) query = shequ_query_copy (finder->query);

  query->limit = limit;
  return shequ_lookup_list_own (connection, query, terms, n_terms, seen, keys, error)
           ? g_steal_pointer (&keys)
           : NULL;
}

/* Appends the records of a set, and takes them out of those that are left. */
static void
append_set (const ShequKeySet *set, ShequKeySet *left, guint limit, GArray *keys)
{
  for (gsize w = 0; w < set->n_words; w++)
    {
      guint64 bits = set->words[w] & left->words[w];

      left->words[w] &= ~bits;
      for (; bits != 0; bits &= bits - 1)
        {
          gint64 key = (gint64) w * 64 + __builtin_ctzll (bits);

          if (limit > 0 && keys->len >= limit)
            return;
          g_array_append_val (keys, key);
        }
    }
}

/* What is found in the records themselves, best first, as the database puts them: those that match alike by
 * their numbers. */
static GArray *
list_by_sets (const ShequFinder *finder,
              ShequConnection *connection,
              char **terms,
              guint n_terms,
              guint limit,
              GError **error)
{
  ShequMatch matches[SHEQU_MATCH_ANY + 1];
  guint n = shequ_lookup_list_matches (finder->query->reg, terms, n_terms, matches);
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (ShequKeySet) left = shequ_key_set_copy (finder->members);

  if (!shequ_sql_register_has_documents (finder->query->reg))
    return g_steal_pointer (&keys);
  for (guint i = 0; i < n && (limit == 0 || keys->len < limit); i++)
    {
      g_autoptr (ShequKeySet) set =
        shequ_term_sets_find_own (finder->sets, connection, terms, n_terms, matches[i], error);

      if (set == NULL)
        return NULL;
      append_set (set, left, limit, keys);
    }
  return g_steal_pointer (&keys);
}

/* The first page of one term is where the index begins; of several, the index would look long for what holds
 * them all. */
static GArray *
list_own (const ShequFinder *finder,
          ShequConnection *connection,
          char **terms,
          guint n_terms,
          guint limit,
          GError **error)
{
  return limit > 0 && n_terms == 1 ? list_first (finder, connection, terms, n_terms, limit, error)
                                   : list_by_sets (finder, connection, terms, n_terms, limit, error);
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
  g_autoptr (ShequKeySet) found = NULL;
  ShequConnection *reader;

  if (!shequ_finder_is_of (finder, error))
    return NULL;
  if (n_terms == 0)
    return g_array_ref (finder->keys);
  reader = shequ_store_take_reader (finder->store, cancellable, error);
  if (reader == NULL)
    return NULL;
  keys = list_own (finder, reader, terms, n_terms, limit, error);
  if (keys != NULL && (limit == 0 || keys->len < limit))
    found = shequ_term_sets_find (finder->sets, reader, terms, n_terms, error);
  shequ_store_give_reader (finder->store, reader);
  if (keys == NULL || found == NULL)
    return keys != NULL && limit > 0 && keys->len >= limit ? g_steal_pointer (&keys) : NULL;
  for (guint i = 0; i < keys->len; i++)
    shequ_key_set_remove (found, g_array_index (keys, gint64, i));
  append_in_order (finder, found, limit, keys);
  return g_steal_pointer (&keys);
}

/**
 * shequ_finder_warm:
 * @finder: a finder
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Gets ready what many texts begin with and what finds many records: letters, syllables, digits. Takes as
 * long as it takes: not for the main thread. The finder may be used meanwhile.
 *
 * Returns: whether it came to its end
 */
gboolean
shequ_finder_warm (ShequFinder *finder, GCancellable *cancellable, GError **error)
{
  return shequ_term_sets_warm (finder->sets, cancellable, error);
}
