/*
 * Who stands in the register twice.
 *
 * Everybody is put into blocks by what duplicates share (shequ-duplicate.c), and compared within them. The
 * blocks are gone through in parts, so that memory does not grow with the square of a district, nor time.
 */
#include "shequ-duplicates.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>

#include "shequ-error.h"

#define RULES "rules/duplicates.ini"
#define FETCH_ROWS 2000

/* So many persons' blocks are sorted at once. */
#define PART_PERSONS 150000

/* In a larger block, as of placeholder dates, only neighbours in the order of names and numbers are compared.
 */
#define LARGE_BLOCK 100
#define NEIGHBOURS 20

typedef struct
{
  ShequOffice *office;
  ShequDuplicateRules *rules;
  GHashTable *addresses; /* household -> what tells its dwelling */
  GHashTable *dismissed; /* of pairs, as in pair_key() */
  GArray *persons;       /* of ShequDuplicatePerson */
  GHashTable *met;       /* pairs that were compared and are candidates */
  GArray *pairs;         /* of ShequDuplicatePair */
  gint64 after;
} Scan;

typedef struct
{
  guint64 block;
  guint32 person;
} Entry;

static void
clear_person (gpointer data)
{
  shequ_duplicate_person_clear (data);
}

static void
scan_free (Scan *scan)
{
  g_clear_pointer (&scan->rules, shequ_duplicate_rules_free);
  g_clear_pointer (&scan->addresses, g_hash_table_unref);
  g_clear_pointer (&scan->dismissed, g_hash_table_unref);
  g_clear_pointer (&scan->persons, g_array_unref);
  g_clear_pointer (&scan->met, g_hash_table_unref);
  g_clear_pointer (&scan->pairs, g_array_unref);
  g_free (scan);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Scan, scan_free)

typedef void (*RowFunc) (Scan *scan, const ShequRow *row);

/* Hands over all rows of a query, a few at a time. */
static gboolean
read_rows (Scan *scan, const ShequQuery *query, RowFunc function, GCancellable *cancellable, GError **error)
{
  ShequStore *store = shequ_office_get_store (scan->office);
  g_autoptr (GArray) keys = shequ_store_list_keys (store, query, cancellable, error);

  if (keys == NULL)
    return FALSE;
  for (guint from = 0; from < keys->len; from += FETCH_ROWS)
    {
      g_autoptr (GPtrArray) rows =
        shequ_store_fetch (store, query->reg, &g_array_index (keys, gint64, from),
                           MIN (FETCH_ROWS, keys->len - from), SHEQU_FETCH_PLAIN, NULL, cancellable, error);

      if (rows == NULL)
        return FALSE;
      for (guint i = 0; i < rows->len; i++)
        function (scan, rows->pdata[i]);
    }
  return TRUE;
}

static gint64
pair_key (guint64 one, guint64 other)
{
  return (gint64) (MIN (one, other) << 32 ^ MAX (one, other));
}

static void
take_household (Scan *scan, const ShequRow *row)
{
  guint64 address = shequ_duplicate_get_address (shequ_row_get_text (row, "address"));

  if (address != 0)
    g_hash_table_insert (scan->addresses, g_memdup2 (&row->key, sizeof row->key),
                         g_memdup2 (&address, sizeof address));
}

static void
take_dismissed (Scan *scan, const ShequRow *row)
{
  gint64 key = pair_key (shequ_row_get_integer (row, "first"), shequ_row_get_integer (row, "second"));

  g_hash_table_add (scan->dismissed, g_memdup2 (&key, sizeof key));
}

static void
take_resident (Scan *scan, const ShequRow *row)
{
  const char *sex = shequ_row_get_text (row, "sex");
  const guint64 *address;
  ShequDuplicatePerson person = { 0 };

  if (shequ_row_get_text (row, "name") == NULL)
    return;
  person.key = row->key;
  person.household = shequ_row_get_integer (row, "household");
  address = g_hash_table_lookup (scan->addresses, &person.household);
  person.address = address != NULL ? *address : 0;
  person.name = g_strdup (shequ_row_get_text (row, "name"));
  person.former_name = g_strdup (shequ_row_get_text (row, "former_name"));
  person.id_number = g_strdup (shequ_row_get_text (row, "id_number"));
  person.birth_date = g_strdup (shequ_row_get_text (row, "birth_date"));
  person.phone = g_strdup (shequ_row_get_text (row, "phone"));
  person.sex = sex != NULL && (*sex == '1' || *sex == '2') ? *sex : '\0';
  shequ_duplicate_rules_prepare (scan->rules, &person);
  g_array_append_val (scan->persons, person);
}

static gboolean
read_all (Scan *scan, GCancellable *cancellable, GError **error)
{
  static const struct
  {
    const char *reg;
    RowFunc function;
  } parts[] = {
    { "household", take_household },
    { "not_same", take_dismissed },
    { "resident", take_resident },
  };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      const ShequRegister *reg = shequ_office_require_register (scan->office, parts[i].reg, error);
      g_autoptr (ShequQuery) query = reg != NULL ? shequ_office_new_query (scan->office, reg) : NULL;

      if (query == NULL || !read_rows (scan, query, parts[i].function, cancellable, error))
        return FALSE;
    }
  return TRUE;
}

static void
compare_two (Scan *scan, guint32 one, guint32 other)
{
  const ShequDuplicatePerson *a = &g_array_index (scan->persons, ShequDuplicatePerson, one);
  const ShequDuplicatePerson *b = &g_array_index (scan->persons, ShequDuplicatePerson, other);
  ShequDuplicatePair pair = { MIN (a->key, b->key), MAX (a->key, b->key), 0, 0 };
  gint64 key = pair_key ((guint64) a->key, (guint64) b->key);

  if (one == other || (a->key <= scan->after && b->key <= scan->after))
    return;
  pair.score = shequ_duplicate_score (scan->rules, a, b, &pair.reasons);
  if (pair.score < shequ_duplicate_rules_get_candidate (scan->rules) ||
      g_hash_table_contains (scan->dismissed, &key) || g_hash_table_contains (scan->met, &key))
    return;
  g_hash_table_add (scan->met, g_memdup2 (&key, sizeof key));
  g_array_append_val (scan->pairs, pair);
}

static int
compare_entries (const void *one, const void *other)
{
  const Entry *a = one;
  const Entry *b = other;

  if (a->block != b->block)
    return a->block < b->block ? -1 : 1;
  return a->person < b->person ? -1 : a->person > b->person ? 1 : 0;
}

static int
compare_neighbours (gconstpointer one, gconstpointer other, gpointer data)
{
  const GArray *persons = data;
  const ShequDuplicatePerson *a =
    &g_array_index (persons, ShequDuplicatePerson, ((const Entry *) one)->person);
  const ShequDuplicatePerson *b =
    &g_array_index (persons, ShequDuplicatePerson, ((const Entry *) other)->person);
  int order = g_strcmp0 (a->id_number, b->id_number);

  if (order == 0)
    order = g_strcmp0 (a->name, b->name);
  if (order == 0)
    order = g_strcmp0 (a->birth_date, b->birth_date);
  return order != 0 ? order : a->key < b->key ? -1 : 1;
}

static void
compare_block (Scan *scan, Entry *entries, guint n)
{
  guint reach = n <= LARGE_BLOCK ? n : NEIGHBOURS;

  if (n > LARGE_BLOCK)
    g_qsort_with_data (entries, (int) n, sizeof *entries, compare_neighbours, scan->persons);
  for (guint i = 0; i < n; i++)
    for (guint j = i + 1; j < n && j <= i + reach; j++)
      compare_two (scan, entries[i].person, entries[j].person);
}

/* The blocks of one part: those whose number leaves the rest `part`. */
static void
compare_part (Scan *scan, guint part, guint n_parts)
{
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  guint from = 0;

  for (guint i = 0; i < scan->persons->len; i++)
    {
      guint64 blocks[SHEQU_DUPLICATE_MOST_BLOCKS];
      guint n = shequ_duplicate_list_blocks (&g_array_index (scan->persons, ShequDuplicatePerson, i), blocks);

      for (guint k = 0; k < n; k++)
        {
          Entry entry = { blocks[k], i };

          if (blocks[k] % n_parts == part)
            g_array_append_val (entries, entry);
        }
    }
  qsort (entries->data, entries->len, sizeof (Entry), compare_entries);
  for (guint i = 1; i <= entries->len; i++)
    {
      const Entry *all = &g_array_index (entries, Entry, 0);

      if (i < entries->len && all[i].block == all[from].block)
        continue;
      if (i - from > 1)
        compare_block (scan, (Entry *) entries->data + from, i - from);
      from = i;
    }
}

/* The surest first; of those as sure, the oldest. */
static int
compare_pairs (gconstpointer one, gconstpointer other)
{
  const ShequDuplicatePair *a = one;
  const ShequDuplicatePair *b = other;

  if (a->score != b->score)
    return a->score > b->score ? -1 : 1;
  if (a->one != b->one)
    return a->one < b->one ? -1 : 1;
  return a->other < b->other ? -1 : a->other > b->other ? 1 : 0;
}

/**
 * shequ_duplicates_find:
 * @office: the office
 * @after: 0, or only pairs with a resident whose key is greater, as those that an import added
 * @limit: the most pairs, 0 for all
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Looks through all residents of the office. Pairs of which somebody said that they are not the same are left
 * out. The time grows as the number of residents.
 *
 * Returns: (transfer full) (element-type ShequDuplicatePair): the candidates, the surest first
 */
GArray *
shequ_duplicates_find (ShequOffice *office,
                       gint64 after,
                       guint limit,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (Scan) scan = g_new0 (Scan, 1);
  ShequPinyin *pinyin = shequ_store_get_pinyin (shequ_office_get_store (office), error);
  guint n_parts;

  scan->office = office;
  scan->after = after;
  scan->rules = pinyin != NULL ? shequ_duplicate_rules_load (RULES, pinyin, error) : NULL;
  scan->addresses = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  scan->dismissed = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  scan->met = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  scan->persons = g_array_new (FALSE, FALSE, sizeof (ShequDuplicatePerson));
  g_array_set_clear_func (scan->persons, clear_person);
  scan->pairs = g_array_new (FALSE, FALSE, sizeof (ShequDuplicatePair));
  if (scan->rules == NULL || !read_all (scan, cancellable, error))
    return NULL;
  n_parts = 1 + scan->persons->len / PART_PERSONS;
  for (guint i = 0; i < n_parts; i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      compare_part (scan, i, n_parts);
    }
  g_array_sort (scan->pairs, compare_pairs);
  if (limit > 0 && scan->pairs->len > limit)
    g_array_set_size (scan->pairs, limit);
  return g_steal_pointer (&scan->pairs);
}

typedef struct
{
  gint64 after;
  guint limit;
} Find;

static gpointer
find_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Find *find = data;

  return shequ_duplicates_find (office, find->after, find->limit, cancellable, error);
}

/**
 * shequ_duplicates_find_async:
 * @office: the office
 * @after: as of shequ_duplicates_find()
 * @limit: the most pairs, 0 for all
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: handed to @callback
 *
 * As shequ_duplicates_find(), on a worker thread.
 */
void
shequ_duplicates_find_async (ShequOffice *office,
                             gint64 after,
                             guint limit,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  Find *find = g_new0 (Find, 1);

  find->after = after;
  find->limit = limit;
  shequ_office_run_async (office, find_work, find, g_free, (GDestroyNotify) g_array_unref, cancellable,
                          callback, user_data);
}

/**
 * shequ_duplicates_find_finish:
 * @office: the office
 * @result: as the callback got it
 * @error: return location
 *
 * Returns: (transfer full) (element-type ShequDuplicatePair): as shequ_duplicates_find()
 */
GArray *
shequ_duplicates_find_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  return shequ_office_run_finish (office, result, error);
}

/**
 * shequ_duplicates_get_last_key:
 * @office: the office
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * To be asked for before an import, and handed to shequ_duplicates_find() after it.
 *
 * Returns: the key of the resident entered last, 0 when there is none, -1 on error
 */
gint64
shequ_duplicates_get_last_key (ShequOffice *office, GCancellable *cancellable, GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (office, "resident", error);
  g_autoptr (ShequQuery) query = reg != NULL ? shequ_office_new_query (office, reg) : NULL;
  g_autoptr (GArray) keys =
    query != NULL ? shequ_store_list_keys (shequ_office_get_store (office), query, cancellable, error) : NULL;
  gint64 last = 0;

  if (keys == NULL)
    return -1;
  for (guint i = 0; i < keys->len; i++)
    last = MAX (last, g_array_index (keys, gint64, i));
  return last;
}

/**
 * shequ_duplicates_dismiss:
 * @office: the office
 * @one: the key of a resident
 * @other: the key of another
 * @reason: (nullable): how it is known
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Remembers that two residents who look like one are not; they are not proposed again.
 *
 * Returns: the key of the record that says so, -1 on error
 */
gint64
shequ_duplicates_dismiss (ShequOffice *office,
                          gint64 one,
                          gint64 other,
                          const char *reason,
                          GCancellable *cancellable,
                          GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (office, "not_same", error);
  const ShequRegister *resident = shequ_office_require_register (office, "resident", error);
  g_autofree char *today = shequ_office_get_today (office);
  g_autoptr (ShequRow) row = reg != NULL ? shequ_office_new_row (office, reg) : NULL;
  g_autoptr (ShequRow) first =
    resident != NULL ? shequ_office_get_row (office, resident, MIN (one, other), cancellable, error) : NULL;
  g_autoptr (ShequRow) second =
    first != NULL ? shequ_office_get_row (office, resident, MAX (one, other), cancellable, error) : NULL;

  if (row == NULL || first == NULL || second == NULL)
    return -1;
  shequ_row_set_integer (row, "first", first->key);
  shequ_row_set_integer (row, "second", second->key);
  if (shequ_row_get_integer (first, "unit") != 0)
    shequ_row_set_integer (row, "unit", shequ_row_get_integer (first, "unit"));
  shequ_row_set_text (row, "reason", reason);
  shequ_row_set_text (row, "decided_by", shequ_office_get_user (office));
  shequ_row_set_text (row, "decided_on", today);
  return shequ_office_save (office, row, NULL, cancellable, error) ? row->key : -1;
}
