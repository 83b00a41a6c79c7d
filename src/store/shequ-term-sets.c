/*
 * Which records hold a term.
 *
 * A set is a bit for each key. One that finds much costs 20 to 40 ns for each record to be read from the
 * index; it is read once and kept, and a change sets or takes away the bits of the record that was changed.
 * Terms that find less are read again when they are typed again, but for the last ones.
 */
#include "shequ-term-sets-private.h"

#include "config.h"

#include <string.h>

/* The sets of the last terms, so that only the term that grows is asked for. */
#define TERMS_KEPT 16

/* A register with greater keys is not held in memory. */
#define GREATEST_KEY (G_GINT64_CONSTANT (1) << 28)

/* New records find room behind the last one. */
#define ROOM 65536

static void
free_kept (gpointer data)
{
  KeptSet *kept = data;

  shequ_key_set_unref (kept->set);
  g_free (kept);
}

static gboolean
read_last (ShequConnection *connection, const ShequRegister *reg, gint64 *last, GError **error)
{
  g_autofree char *text = g_strdup_printf ("SELECT coalesce(max(\"key\"), 0) FROM \"%s\"", reg->name);
  ShequStatement *statement = shequ_connection_prepare (connection, text, error);
  gboolean has_row = FALSE;

  if (statement == NULL || !shequ_statement_step (statement, &has_row, error) || !has_row)
    return FALSE;
  *last = shequ_statement_get_integer (statement, 0) + ROOM;
  shequ_statement_reset (statement);
  return TRUE;
}

static gboolean
read_links (ShequTermSets *sets, ShequConnection *connection, GError **error)
{
  g_autofree char *text = NULL;
  ShequStatement *statement;
  gboolean has_row = FALSE;
  gboolean done = TRUE;

  if (sets->link == NULL)
    return TRUE;
  text = g_strdup_printf ("SELECT t.\"key\", t.\"%s\" FROM \"%s\" t WHERE t.\"deleted_at\" IS NULL AND "
                          "t.\"%s\" > 0",
                          sets->link->name, sets->reg->name, sets->link->name);
  statement = shequ_connection_prepare (connection, text, error);
  if (statement == NULL)
    return FALSE;
  sets->links = g_new0 (guint32, sets->last + 64);
  while ((done = shequ_statement_step (statement, &has_row, error)) && has_row)
    {
      gint64 key = shequ_statement_get_integer (statement, 0);
      gint64 linked = shequ_statement_get_integer (statement, 1);

      if (key <= sets->last && linked <= sets->last_linked)
        sets->links[key] = (guint32) linked;
      sets->n_read++;
    }
  shequ_statement_reset (statement);
  return done;
}

/* (transfer full) (nullable): NULL without an error where the register is too large to be held in memory. */
ShequTermSets *
shequ_term_sets_new (ShequStore *store, ShequConnection *connection, const ShequRegister *reg, GError **error)
{
  g_autoptr (ShequTermSets) sets = g_new0 (ShequTermSets, 1);

  g_atomic_ref_count_init (&sets->references);
  g_rw_lock_init (&sets->contents);
  g_mutex_init (&sets->lock);
  g_mutex_init (&sets->following);
  sets->store = shequ_store_ref (store);
  sets->reg = reg;
  sets->ready_cost = SHEQU_TERM_SETS_READY_COST;
  sets->link = shequ_sql_register_get_search_link (reg);
  sets->kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_kept);
  if (!shequ_log_place_set (&sets->place, connection, G_MAXINT64, error) ||
      !read_last (connection, reg, &sets->last, error) ||
      (sets->link != NULL && !read_last (connection, sets->link->target, &sets->last_linked, error)))
    return NULL;
  sets->n_records = sets->last - ROOM;
  sets->n_linked = sets->last_linked - ROOM;
  if (sets->last > GREATEST_KEY || sets->last_linked > GREATEST_KEY)
    return NULL;
  return read_links (sets, connection, error) ? g_steal_pointer (&sets) : NULL;
}

ShequTermSets *
shequ_term_sets_ref (ShequTermSets *sets)
{
  g_atomic_ref_count_inc (&sets->references);
  return sets;
}

void
shequ_term_sets_unref (ShequTermSets *sets)
{
  if (!g_atomic_ref_count_dec (&sets->references))
    return;
  g_hash_table_unref (sets->kept);
  g_queue_clear (&sets->names);
  g_free (sets->links);
  shequ_log_place_clear (&sets->place);
  g_clear_pointer (&sets->tokens, shequ_search_tokens_free);
  g_mutex_clear (&sets->following);
  g_mutex_clear (&sets->lock);
  g_rw_lock_clear (&sets->contents);
  shequ_store_unref (sets->store);
  g_free (sets);
}

const ShequRegister *
shequ_term_sets_get_register (const ShequTermSets *sets)
{
  return sets->reg;
}

gint64
shequ_term_sets_get_last (const ShequTermSets *sets)
{
  return sets->last;
}

void
shequ_term_sets_add_read (ShequTermSets *sets, guint64 n)
{
  g_mutex_lock (&sets->lock);
  sets->n_read += n;
  g_mutex_unlock (&sets->lock);
}

guint64
shequ_term_sets_count_read (ShequTermSets *sets)
{
  guint64 n;

  g_mutex_lock (&sets->lock);
  n = sets->n_read;
  g_mutex_unlock (&sets->lock);
  return n;
}

char *
shequ_term_sets_name (char holds, const char *term)
{
  return g_strdup_printf ("%c%s", holds, term);
}

ShequKeySet *
shequ_term_sets_look_up (ShequTermSets *sets, const char *name)
{
  ShequKeySet *set = NULL;
  gpointer key = NULL;
  gpointer kept = NULL;

  g_mutex_lock (&sets->lock);
  if (g_hash_table_lookup_extended (sets->kept, name, &key, &kept))
    {
      set = shequ_key_set_ref (((KeptSet *) kept)->set);
      if (g_queue_remove (&sets->names, key))
        g_queue_push_head (&sets->names, key);
    }
  g_mutex_unlock (&sets->lock);
  return set;
}

/* A change of the one must not change the other. */
static void
mark_shared (ShequTermSets *sets, const ShequKeySet *set)
{
  GHashTableIter iter;
  gpointer kept;

  g_hash_table_iter_init (&iter, sets->kept);
  while (g_hash_table_iter_next (&iter, NULL, &kept))
    if (((KeptSet *) kept)->set == set)
      ((KeptSet *) kept)->shared = TRUE;
}

void
shequ_term_sets_keep (ShequTermSets *sets,
                      const char *name,
                      ShequKeySet *set,
                      gboolean ready,
                      gboolean shared)
{
  KeptSet *kept;
  gpointer key = NULL;

  g_mutex_lock (&sets->lock);
  if (ready && g_hash_table_lookup_extended (sets->kept, name, &key, NULL))
    {
      g_queue_remove (&sets->names, key);
      g_hash_table_remove (sets->kept, name);
    }
  if (!g_hash_table_contains (sets->kept, name))
    {
      kept = g_new0 (KeptSet, 1);
      kept->set = shequ_key_set_ref (set);
      kept->ready = ready;
      key = g_strdup (name);
      g_hash_table_insert (sets->kept, key, kept);
      sets->n_ready += ready && !shared;
      if (shared)
        mark_shared (sets, set);
      if (!ready)
        g_queue_push_head (&sets->names, key);
    }
  while (sets->names.length > TERMS_KEPT)
    g_hash_table_remove (sets->kept, g_queue_pop_tail (&sets->names));
  g_mutex_unlock (&sets->lock);
}

/* The records of a register in which a term is found. */
static ShequKeySet *
ask (ShequTermSets *sets,
     ShequConnection *connection,
     const ShequRegister *reg,
     gint64 last,
     const char *term,
     ShequMatch match,
     GError **error)
{
  g_autoptr (ShequKeySet) set = shequ_key_set_new (last);
  char *terms[] = { (char *) term, NULL };
  g_autofree char *search =
    shequ_engine_build_search (connection, terms, shequ_sql_register_has_names (reg), match);

  if (!connection->engine->collect_search (connection, reg->name, search, set, error))
    return NULL;
  shequ_term_sets_add_read (sets, shequ_key_set_count (set));
  return g_steal_pointer (&set);
}

/* The records that lead to one of a set. */
static ShequKeySet *
lead_back (const ShequTermSets *sets, const ShequKeySet *linked)
{
  ShequKeySet *set = shequ_key_set_new (sets->last);
  const guint32 *link = sets->links;

  /* The room of the links reaches to the end of the last word; no record has the key 0. */
  for (gsize w = 0; w < set->n_words; w++, link += 64)
    {
      guint64 bits = 0;

      for (guint i = 0; i < 64; i++)
        bits |= (linked->words[link[i] >> 6] >> (link[i] & 63) & 1) << i;
      set->words[w] = bits;
    }
  return set;
}

/* Reads the set of a name from the index. */
ShequKeySet *
shequ_term_sets_read_term (ShequTermSets *sets, ShequConnection *connection, const char *name, GError **error)
{
  const char *term = name + 1;

  switch (*name)
    {
    case SHEQU_TERM_SETS_OWN:
      return shequ_sql_register_has_documents (sets->reg)
               ? ask (sets, connection, sets->reg, sets->last, term, SHEQU_MATCH_ANY, error)
               : shequ_key_set_new (sets->last);
    case SHEQU_TERM_SETS_THERE:
      return ask (sets, connection, sets->link->target, sets->last_linked, term, SHEQU_MATCH_ANY, error);
    default:
      return ask (sets, connection, sets->reg, sets->last, term, (ShequMatch) (*name - SHEQU_TERM_SETS_MATCH),
                  error);
    }
}

static ShequKeySet *
read_back (ShequTermSets *sets, ShequConnection *connection, const char *term, GError **error)
{
  g_autofree char *name = shequ_term_sets_name (SHEQU_TERM_SETS_THERE, term);
  g_autoptr (ShequKeySet) there = shequ_term_sets_look_up (sets, name);

  if (there == NULL)
    there = shequ_term_sets_read_term (sets, connection, name, error);
  return there != NULL ? lead_back (sets, there) : NULL;
}

static ShequKeySet *
find_term (ShequTermSets *sets, ShequConnection *connection, const char *term, char holds, GError **error)
{
  g_autofree char *name = shequ_term_sets_name (holds, term);
  ShequKeySet *set = shequ_term_sets_look_up (sets, name);

  if (set != NULL)
    return set;
  set = holds == SHEQU_TERM_SETS_BACK ? read_back (sets, connection, term, error)
                                      : shequ_term_sets_read_term (sets, connection, name, error);
  if (set != NULL)
    shequ_term_sets_keep (sets, name, set, FALSE, FALSE);
  return set;
}

static void
join (ShequKeySet *set, const ShequKeySet *other)
{
  for (gsize w = 0; w < set->n_words; w++)
    set->words[w] &= other->words[w];
}

static void
add (ShequKeySet *set, const ShequKeySet *other)
{
  for (gsize w = 0; w < set->n_words; w++)
    set->words[w] |= other->words[w];
}

/* Adds what a share finds: the terms whose bits are set through the link, the others in the record itself. */
static gboolean
add_share (ShequTermSets *sets,
           ShequConnection *connection,
           char **terms,
           guint n_terms,
           guint share,
           ShequKeySet *found,
           GError **error)
{
  g_autoptr (ShequKeySet) all = NULL;

  for (guint i = 0; i < n_terms; i++)
    {
      g_autoptr (ShequKeySet) set = find_term (
        sets, connection, terms[i], share >> i & 1 ? SHEQU_TERM_SETS_BACK : SHEQU_TERM_SETS_OWN, error);

      if (set == NULL)
        return FALSE;
      if (all == NULL)
        all = shequ_key_set_copy (set);
      else
        join (all, set);
    }
  if (all != NULL)
    add (found, all);
  return TRUE;
}

/* (transfer full): the records that a search finds. */
ShequKeySet *
shequ_term_sets_find (ShequTermSets *sets,
                      ShequConnection *connection,
                      char **terms,
                      guint n_terms,
                      GError **error)
{
  g_autoptr (ShequKeySet) found = shequ_key_set_new (sets->last);
  guint shares[SHEQU_LOOKUP_MOST_SHARES];
  guint n = shequ_lookup_list_shares (sets->reg, terms, n_terms, shares);
  gboolean done = TRUE;

  g_rw_lock_reader_lock (&sets->contents);
  for (guint i = 0; done && i < n; i++)
    done = add_share (sets, connection, terms, n_terms, shares[i], found, error);
  g_rw_lock_reader_unlock (&sets->contents);
  return done ? g_steal_pointer (&found) : NULL;
}

/* (transfer full): the records in which all terms are found, the meant one as `match` says: the last one as a
 * whole word, otherwise the first one. */
ShequKeySet *
shequ_term_sets_find_own (ShequTermSets *sets,
                          ShequConnection *connection,
                          char **terms,
                          guint n_terms,
                          ShequMatch match,
                          GError **error)
{
  guint meant = match == SHEQU_MATCH_WHOLE_WORD ? n_terms - 1 : 0;
  g_autoptr (ShequKeySet) found = shequ_key_set_new (sets->last);
  gboolean done = TRUE;

  memset (found->words, 0xff, found->n_words * sizeof *found->words);
  g_rw_lock_reader_lock (&sets->contents);
  for (guint i = 0; done && i < n_terms; i++)
    {
      char holds =
        match != SHEQU_MATCH_ANY && i == meant ? (char) (SHEQU_TERM_SETS_MATCH + match) : SHEQU_TERM_SETS_OWN;
      g_autoptr (ShequKeySet) set = find_term (sets, connection, terms[i], holds, error);

      done = set != NULL;
      if (done)
        join (found, set);
    }
  g_rw_lock_reader_unlock (&sets->contents);
  return done ? g_steal_pointer (&found) : NULL;
}

/* Adds the records that lead to one of `linked` (element-type gint64). */
void
shequ_term_sets_add_leading (ShequTermSets *sets, const GArray *linked, ShequKeySet *leading)
{
  g_autoptr (ShequKeySet) there = shequ_key_set_new (sets->last_linked);
  g_autoptr (ShequKeySet) back = NULL;

  if (linked->len == 0 || sets->link == NULL)
    return;
  for (guint i = 0; i < linked->len; i++)
    shequ_key_set_add (there, g_array_index (linked, gint64, i));
  g_rw_lock_reader_lock (&sets->contents);
  back = lead_back (sets, there);
  g_rw_lock_reader_unlock (&sets->contents);
  add (leading, back);
}
