/*
 * How a list whose order is known follows the changes of everybody.
 *
 * A record that was changed is taken out, and put in again where the database says: asked to put it in order
 * among some sixty records of the list, four times for two million. So the order is the engine's own,
 * whatever the list is sorted by and filtered with. What else was changed is only followed where it cannot
 * move others.
 */
#include "shequ-finder-private.h"

#include "config.h"

#define MOST_PROBES (SHEQU_LOOKUP_MOST_AMONG - 1)

/* What is to be put in anew. */
typedef struct
{
  GArray *changed;   /* of gint64: records of the register itself */
  GArray *linked;    /* of gint64: records that the list is sorted by */
  gboolean too_much; /* the list must be read again */
} Moves;

static gboolean mentions (const ShequCondition *condition,
                          const ShequRegister *reg,
                          const ShequRegister *other);

/* Whether a compared field tells of records of another register, or of others of its own. */
static gboolean
compares (const ShequCondition *condition, const ShequRegister *reg, const ShequRegister *other)
{
  g_auto (GStrv) links = g_strsplit (condition->link != NULL ? condition->link : "", ".", -1);
  const ShequField *field;

  for (guint i = 0; links[i] != NULL && reg != NULL; i++)
    {
      field = shequ_register_lookup (reg, links[i]);
      reg = field != NULL ? field->target : NULL;
      if (reg == other)
        return TRUE;
    }
  field = reg != NULL && condition->field != NULL ? shequ_register_lookup (reg, condition->field) : NULL;
  return field != NULL && field->compute != NULL && field->compute->source != NULL &&
         (field->compute->source == other || mentions (field->compute->where, field->compute->source, other));
}

/* Whether what a condition says of a record may change with a record of another register, or with another one
 * of its own. */
static gboolean
mentions (const ShequCondition *condition, const ShequRegister *reg, const ShequRegister *other)
{
  gboolean has;

  if (condition == NULL)
    return FALSE;
  has = condition->type == SHEQU_CONDITION_HAS || condition->type == SHEQU_CONDITION_HAS_NO;
  if (has)
    {
      const ShequField *link = shequ_condition_find_link (condition, reg, NULL);

      if (link == NULL || link->owner == other)
        return TRUE;
      reg = link->owner;
    }
  else if (compares (condition, reg, other))
    return TRUE;
  for (guint i = 0; condition->children != NULL && i < condition->children->len; i++)
    if (mentions (condition->children->pdata[i], reg, other))
      return TRUE;
  return FALSE;
}

static gboolean
filters_by (const ShequQuery *query, const ShequRegister *other)
{
  return mentions (query->where, query->reg, other) ||
         (!query->with_restricted && mentions (query->reg->restricted_when, query->reg, other));
}

static gboolean
has_condition (const ShequQuery *query)
{
  return query->where != NULL || (query->reg->restricted_when != NULL && !query->with_restricted);
}

/* Whether records of a register may be what some other record is sorted by, through another link than the one
 * of the search. */
static gboolean
sorts_by (const ShequQuery *query, const ShequRegister *reg, const ShequField *search_link)
{
  const GArray *sort = shequ_sql_get_sort (query);

  for (guint i = 0; sort != NULL && i < sort->len; i++)
    {
      const ShequField *field = g_array_index (sort, ShequSort, i).field;

      if (field->kind == SHEQU_FIELD_LINK && field->target == reg &&
          (field != search_link || reg == query->reg))
        return TRUE;
      if (field->compute != NULL && field->compute->type != SHEQU_COMPUTE_AGE)
        return TRUE;
    }
  return FALSE;
}

static gboolean
sorts_by_search_link (const ShequQuery *query, const ShequField *search_link)
{
  const GArray *sort = shequ_sql_get_sort (query);

  for (guint i = 0; sort != NULL && i < sort->len; i++)
    if (search_link != NULL && g_array_index (sort, ShequSort, i).field == search_link)
      return TRUE;
  return FALSE;
}

static gboolean
is_unit_register (const ShequQuery *query, const ShequRegister *reg)
{
  const ShequField *unit = shequ_register_lookup (query->reg, "unit");

  return query->unit != 0 && unit != NULL && unit->target == reg;
}

static void
sort_changes (const ShequFinder *finder, const GArray *changes, Moves *moves)
{
  const ShequQuery *query = finder->query;
  const ShequField *link = shequ_sql_register_get_search_link (query->reg);

  moves->too_much = changes->len > SHEQU_LOG_MOST_CHANGES;
  for (guint i = 0; i < changes->len && !moves->too_much; i++)
    {
      const ShequChangedRecord *change = &g_array_index (changes, ShequChangedRecord, i);

      if (change->reg == NULL || change->key <= 0)
        continue;
      if (change->reg == query->reg)
        g_array_append_val (moves->changed, change->key);
      if (filters_by (query, change->reg) || sorts_by (query, change->reg, link) ||
          is_unit_register (query, change->reg))
        moves->too_much = TRUE;
      if (link != NULL && change->reg == link->target && sorts_by_search_link (query, link))
        g_array_append_val (moves->linked, change->key);
    }
}

/* The keys of a set, in the order of their numbers. */
static GArray *
list_set (const ShequKeySet *set)
{
  GArray *keys = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (gsize w = 0; w < set->n_words; w++)
    for (guint64 bits = set->words[w]; bits != 0; bits &= bits - 1)
      {
        gint64 key = (gint64) w * 64 + __builtin_ctzll (bits);

        g_array_append_val (keys, key);
      }
  return keys;
}

/* A list without some of its keys, which is not written out: it may hold millions. */
typedef struct
{
  const GArray *keys;
  GArray *removed; /* of guint: places in the keys, in order */
} Rest;

static void
rest_init (Rest *rest, const GArray *keys, const ShequKeySet *set)
{
  const gint64 *all = (const gint64 *) keys->data;

  rest->keys = keys;
  rest->removed = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < keys->len; i++)
    if (shequ_key_set_has (set, all[i]))
      g_array_append_val (rest->removed, i);
}

static void
rest_clear (Rest *rest)
{
  g_clear_pointer (&rest->removed, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Rest, rest_clear)

static guint
rest_count (const Rest *rest)
{
  return rest->keys->len - rest->removed->len;
}

/* The place among the keys of a place in the rest. */
static guint
rest_find (const Rest *rest, guint place)
{
  for (guint i = 0; i < rest->removed->len && g_array_index (rest->removed, guint, i) <= place; i++)
    place++;
  return place;
}

static void
rest_append (const Rest *rest, guint from, guint to, GArray *keys)
{
  while (from < to)
    {
      guint start = rest_find (rest, from);
      guint end = start + (to - from);

      for (guint i = 0; i < rest->removed->len; i++)
        if (g_array_index (rest->removed, guint, i) > start)
          {
            end = MIN (end, g_array_index (rest->removed, guint, i));
            break;
          }
      g_array_append_vals (keys, &g_array_index (rest->keys, gint64, start), end - start);
      from += end - start;
    }
}

/* Where a record stands among those of the list from `low` up to, not including, `high`: the place in the
 * list that it would take. Narrows the bounds to the next two probes. */
static gboolean
narrow (const ShequFinder *finder,
        ShequConnection *connection,
        const Rest *rest,
        gint64 key,
        guint *low,
        guint *high,
        GError **error)
{
  g_autoptr (GArray) order = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 among[SHEQU_LOOKUP_MOST_AMONG];
  guint places[MOST_PROBES];
  guint n = MIN (*high - *low, MOST_PROBES);
  guint from = *low;
  guint place = 0;

  for (guint i = 0; i < n; i++)
    {
      places[i] = from + (guint) ((guint64) (*high - from) * (2 * i + 1) / (2 * n));
      among[i] = g_array_index (rest->keys, gint64, rest_find (rest, places[i]));
    }
  among[n] = key;
  if (!shequ_lookup_list_among (connection, finder->query, among, n + 1, order, error))
    return FALSE;
  shequ_term_sets_add_read (finder->sets, order->len);
  while (place < order->len && g_array_index (order, gint64, place) != key)
    place++;
  /* The probes before it in the order are those before it in the list. */
  for (guint i = 0; i < n; i++)
    {
      gboolean before = FALSE;

      for (guint k = 0; k < place && !before; k++)
        before = g_array_index (order, gint64, k) == among[i];
      if (before)
        *low = places[i] + 1;
      else
        {
          *high = places[i];
          break;
        }
    }
  return TRUE;
}

/* The records to be put in that the list shows at all, in its order. */
static GArray *
list_shown (const ShequFinder *finder, ShequConnection *connection, const GArray *moved, GError **error)
{
  g_autoptr (GArray) shown = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (!shequ_lookup_list_among (connection, finder->query, (const gint64 *) moved->data, moved->len, shown,
                                error))
    return NULL;
  shequ_term_sets_add_read (finder->sets, shown->len);
  return g_steal_pointer (&shown);
}

typedef struct
{
  gint64 key;
  guint place; /* before this one of the rest */
  guint turn;  /* of several at one place: the order that the database gave them */
} Insertion;

static int
compare_insertions (gconstpointer one, gconstpointer other)
{
  const Insertion *a = one, *b = other;

  return a->place != b->place ? (a->place < b->place ? -1 : 1) : a->turn < b->turn ? -1 : a->turn > b->turn;
}

static GArray *
find_places (const ShequFinder *finder,
             ShequConnection *connection,
             const Rest *rest,
             const GArray *shown,
             GError **error)
{
  g_autoptr (GArray) insertions = g_array_new (FALSE, FALSE, sizeof (Insertion));

  for (guint i = 0; i < shown->len; i++)
    {
      Insertion insertion = { g_array_index (shown, gint64, i), 0, i };
      guint high = rest_count (rest);

      while (insertion.place < high)
        if (!narrow (finder, connection, rest, insertion.key, &insertion.place, &high, error))
          return NULL;
      g_array_append_val (insertions, insertion);
    }
  g_array_sort (insertions, compare_insertions);
  return g_steal_pointer (&insertions);
}

/* Whether all stand again where they stood. */
static gboolean
is_same (const Rest *rest, const GArray *insertions)
{
  if (rest->removed->len != insertions->len)
    return FALSE;
  for (guint i = 0; i < insertions->len; i++)
    {
      const Insertion *insertion = &g_array_index (insertions, Insertion, i);
      guint place = g_array_index (rest->removed, guint, i);

      if (insertion->place + i != place || insertion->key != g_array_index (rest->keys, gint64, place))
        return FALSE;
    }
  return TRUE;
}

/* The rest and what is put in. Lists that are the same share their memory, and nothing need be told of. */
static void
put_in (ShequFinder *finder, const Rest *rest, const GArray *insertions)
{
  ShequKeySet *members;
  GArray *keys;
  guint done = 0;

  if (is_same (rest, insertions))
    return;
  members = shequ_key_set_copy (finder->members);
  for (guint i = 0; i < rest->removed->len; i++)
    shequ_key_set_remove (members,
                          g_array_index (rest->keys, gint64, g_array_index (rest->removed, guint, i)));
  keys = g_array_sized_new (FALSE, FALSE, sizeof (gint64), rest_count (rest) + insertions->len + 1);
  for (guint i = 0; i < insertions->len; i++)
    {
      const Insertion *insertion = &g_array_index (insertions, Insertion, i);

      rest_append (rest, done, insertion->place, keys);
      g_array_append_val (keys, insertion->key);
      shequ_key_set_add (members, insertion->key);
      done = insertion->place;
    }
  rest_append (rest, done, rest_count (rest), keys);
  shequ_finder_take_keys (finder, keys, members);
}

static gboolean
move (ShequFinder *finder, ShequConnection *connection, Moves *moves, GError **error)
{
  g_autoptr (ShequKeySet) set = shequ_key_set_new (shequ_term_sets_get_last (finder->sets));
  g_autoptr (GArray) moved = NULL;
  g_auto (Rest) rest = { NULL };
  g_autoptr (GArray) shown = NULL;
  g_autoptr (GArray) insertions = NULL;

  for (guint i = 0; i < moves->changed->len; i++)
    shequ_key_set_add (set, g_array_index (moves->changed, gint64, i));
  shequ_term_sets_add_leading (finder->sets, moves->linked, set);
  moved = list_set (set);
  if (moved->len > SHEQU_LOOKUP_MOST_AMONG)
    moves->too_much = TRUE;
  if (moves->too_much || moved->len == 0)
    return TRUE;
  rest_init (&rest, finder->keys, set);
  shown = list_shown (finder, connection, moved, error);
  insertions = shown != NULL ? find_places (finder, connection, &rest, shown, error) : NULL;
  if (insertions == NULL)
    return FALSE;
  put_in (finder, &rest, insertions);
  return TRUE;
}

/* (transfer full) (nullable) */
static ShequFinder *
follow (ShequFinder *finder, ShequConnection *connection, GError **error)
{
  g_autoptr (ShequFinder) next = shequ_finder_copy (finder);
  g_autoptr (GArray) changes = NULL;
  Moves moves = { NULL };
  gboolean followed = FALSE;
  gboolean done;

  if (!shequ_term_sets_follow (next->sets, connection, &followed, error) || !followed)
    return NULL;
  changes =
    shequ_log_place_advance (&next->place, connection, shequ_store_get_catalogue (next->store), error);
  if (changes == NULL)
    return NULL;
  moves.changed = g_array_new (FALSE, FALSE, sizeof (gint64));
  moves.linked = g_array_new (FALSE, FALSE, sizeof (gint64));
  sort_changes (next, changes, &moves);
  done = moves.too_much || move (next, connection, &moves, error);
  g_array_unref (moves.changed);
  g_array_unref (moves.linked);
  return done && !moves.too_much ? g_steal_pointer (&next) : NULL;
}

/**
 * shequ_finder_follow:
 * @finder: a finder
 * @today: (nullable): the day it is
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Makes the finder of the same list as it is now, after changes of this program or of others. Costs some
 * hundred records read for each record that was changed, however long the list is. Not for the main thread.
 *
 * Returns: (transfer full) (nullable): @finder itself where nothing was changed, or another one; %NULL
 * without an error where so much was changed that the list must be read again
 */
ShequFinder *
shequ_finder_follow (ShequFinder *finder, const char *today, GCancellable *cancellable, GError **error)
{
  ShequConnection *reader;
  ShequFinder *next;

  if (!shequ_finder_is_of (finder, NULL))
    return NULL;
  if (has_condition (finder->query) && g_strcmp0 (finder->query->today, today) != 0)
    return NULL;
  reader = shequ_store_take_reader (finder->store, cancellable, error);
  if (reader == NULL)
    return NULL;
  next = follow (finder, reader, error);
  shequ_store_give_reader (finder->store, reader);
  return next;
}
