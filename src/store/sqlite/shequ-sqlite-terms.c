/*
 * The terms of many documents, put in order.
 *
 * FTS5 keeps each term in a table of its own and sorts that as a linked list whenever it is full: a third of
 * an import was spent waiting for memory. Here numbers of terms are noted one after the other, and sorted out
 * by term once, when it is known how many there are of each.
 */
#include "shequ-sqlite-terms.h"

#include "config.h"

#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/* FTS5 handles longer ones, which no document of ours has, on its own. */
#define LONGEST_TERM 255

/* Fewer are put in order by insertion. */
#define FEW_TERMS 12

/* Tokens that are looked up together. */
#define AT_ONCE 64

/* What is sorted out is fetched so many ahead. */
#define AHEAD 8

/* How much less a thread is than the one that writes. */
#define BESIDE 5

/* A term that is being put in order: the next eight bytes, the first one highest. */
typedef struct
{
  guint64 bytes;
  guint32 term;
} Sorted;

typedef struct
{
  const char *text;
  guint32 length;
  guint32 hash;
} Token;

typedef struct
{
  GArray *terms;  /* of SqliteTerm */
  guint32 *slots; /* term + 1, or 0 */
  guint32 mask;
  GArray *noted; /* of guint32: terms, document by document, with room for more */
  guint32 n_noted;
  GArray *ends; /* of guint32: how many were noted behind each document */
} Table;

static void
clear_table (Table *table)
{
  g_clear_pointer (&table->terms, g_array_unref);
  g_free (table->slots);
  g_array_unref (table->noted);
  g_array_unref (table->ends);
}

static gboolean
is_token (guchar c)
{
  return c >= 0x80 || c == '_' || g_ascii_isalnum (c);
}

static guint64
read_bytes (const char *text, gsize length)
{
  guint64 bytes = 0;

  memcpy (&bytes, text, MIN (length, sizeof bytes));
  return GUINT64_FROM_BE (bytes);
}

static guint32
hash_term (const char *text, guint32 length)
{
  guint64 hash = length;

  for (guint32 i = 0; i < length; i += 8)
    {
      hash = (hash ^ read_bytes (text + i, length - i)) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
      hash ^= hash >> 32;
    }
  return (guint32) hash;
}

static void
grow (Table *table)
{
  guint32 size = table->mask == 0 ? 1u << 12 : (table->mask + 1) * 2;

  g_free (table->slots);
  table->slots = g_new0 (guint32, size);
  table->mask = size - 1;
  for (guint32 i = 0; i < table->terms->len; i++)
    {
      guint32 slot = g_array_index (table->terms, SqliteTerm, i).hash & table->mask;

      while (table->slots[slot] != 0)
        slot = (slot + 1) & table->mask;
      table->slots[slot] = i + 1;
    }
}

static guint32
find_term (Table *table, const char *text, guint32 length, guint32 hash)
{
  SqliteTerm added = { text, length, hash, 0, 0, 0 };
  guint32 slot;

  for (slot = hash & table->mask; table->slots[slot] != 0; slot = (slot + 1) & table->mask)
    {
      const SqliteTerm *known = &g_array_index (table->terms, SqliteTerm, table->slots[slot] - 1);

      if (known->hash == hash && known->length == length && memcmp (known->text, text, length) == 0)
        return table->slots[slot] - 1;
    }
  g_array_append_val (table->terms, added);
  table->slots[slot] = table->terms->len;
  return table->terms->len - 1;
}

static void
note (Table *table, const Token *token, guint32 place)
{
  guint32 number = find_term (table, token->text, token->length, token->hash);
  SqliteTerm *term = &g_array_index (table->terms, SqliteTerm, number);

  if (term->last == place + 1)
    return;
  term->last = place + 1;
  term->n++;
  g_array_index (table->noted, guint32, table->n_noted++) = number;
}

/* The memory that a few tokens will be looked up in is fetched for all of them before the first is. */
static void
note_all (Table *table, const Token *tokens, guint n, guint32 place)
{
  while ((table->terms->len + n) * 2 >= table->mask)
    grow (table);
  if (table->n_noted + n > table->noted->len)
    g_array_set_size (table->noted, (table->n_noted + n) * 2);
  for (guint i = 0; i < n; i++)
    __builtin_prefetch (&table->slots[tokens[i].hash & table->mask]);
  for (guint i = 0; i < n; i++)
    {
      guint32 number = table->slots[tokens[i].hash & table->mask];

      if (number > 0)
        __builtin_prefetch (&g_array_index (table->terms, SqliteTerm, number - 1));
    }
  for (guint i = 0; i < n; i++)
    {
      guint32 number = table->slots[tokens[i].hash & table->mask];

      if (number > 0)
        __builtin_prefetch (g_array_index (table->terms, SqliteTerm, number - 1).text);
    }
  for (guint i = 0; i < n; i++)
    note (table, &tokens[i], place);
}

/* As the tokenizer of the index would find them. */
static gboolean
read_document (Table *table, const char *document, guint32 place, guint64 *n_tokens)
{
  Token tokens[AT_ONCE];
  guint n = 0;
  const char *end;

  for (const char *text = document; *text != '\0'; text = end)
    {
      for (end = text; is_token ((guchar) *end); end++)
        if (g_ascii_isupper (*end))
          return FALSE;
      if (end == text)
        {
          end++;
          continue;
        }
      if (end - text > LONGEST_TERM)
        return FALSE;
      ++*n_tokens;
      tokens[n].text = text;
      tokens[n].length = (guint32) (end - text);
      tokens[n].hash = hash_term (text, tokens[n].length);
      if (++n == AT_ONCE)
        {
          note_all (table, tokens, n, place);
          n = 0;
        }
    }
  note_all (table, tokens, n, place);
  g_array_append_val (table->ends, table->n_noted);
  return TRUE;
}

static guint64
read_at (const GArray *terms, guint32 number, guint32 depth)
{
  const SqliteTerm *term = &g_array_index (terms, SqliteTerm, number);

  return term->length > depth ? read_bytes (term->text + depth, term->length - depth) : 0;
}

static int
compare_from (const GArray *terms, const Sorted *one, const Sorted *other, guint32 depth)
{
  const SqliteTerm *a = &g_array_index (terms, SqliteTerm, one->term);
  const SqliteTerm *b = &g_array_index (terms, SqliteTerm, other->term);
  guint32 shorter = MIN (a->length, b->length);
  int order;

  if (one->bytes != other->bytes)
    return one->bytes < other->bytes ? -1 : 1;
  order = shorter > depth ? memcmp (a->text + depth, b->text + depth, shorter - depth) : 0;
  return order != 0 ? order : (a->length > b->length) - (a->length < b->length);
}

static void
sort_few (const GArray *terms, Sorted *sorted, gsize n, guint32 depth)
{
  for (gsize i = 1; i < n; i++)
    {
      Sorted moved = sorted[i];
      gsize k = i;

      for (; k > 0 && compare_from (terms, &moved, &sorted[k - 1], depth) < 0; k--)
        sorted[k] = sorted[k - 1];
      sorted[k] = moved;
    }
}

static guint64
choose_middle (guint64 a, guint64 b, guint64 c)
{
  return MAX (MIN (a, b), MIN (MAX (a, b), c));
}

/* By eight bytes at a time into those before, the same and behind; the same are sorted by the next eight. */
static void
sort_terms (const GArray *terms, Sorted *sorted, gsize n, guint32 depth)
{
  while (n > FEW_TERMS)
    {
      guint64 middle = choose_middle (sorted[0].bytes, sorted[n / 2].bytes, sorted[n - 1].bytes);
      gsize before = 0;
      gsize behind = n;

      for (gsize i = 0; i < behind;)
        {
          Sorted moved = sorted[i];

          if (moved.bytes < middle)
            {
              sorted[i++] = sorted[before];
              sorted[before++] = moved;
            }
          else if (moved.bytes > middle)
            {
              sorted[i] = sorted[--behind];
              sorted[behind] = moved;
            }
          else
            i++;
        }
      /* Terms hold no zero bytes, so that only one of them can end where others are the same. */
      if ((middle & 0xff) != 0 && behind - before > 1)
        {
          for (gsize i = before; i < behind; i++)
            sorted[i].bytes = read_at (terms, sorted[i].term, depth + 8);
          sort_terms (terms, sorted + before, behind - before, depth + 8);
        }
      sort_terms (terms, sorted, before, depth);
      sorted += behind;
      n -= behind;
    }
  sort_few (terms, sorted, n, depth);
}

/* Sorts what was noted document by document out by term; a term is told where its next place goes. */
static guint32 *
sort_out (Table *table, guint n_documents)
{
  guint32 *places = g_new (guint32, MAX (table->n_noted, 1));
  guint32 next = 0;

  for (guint32 i = 0; i < table->terms->len; i++)
    {
      SqliteTerm *term = &g_array_index (table->terms, SqliteTerm, i);

      term->first = next;
      next += term->n;
      term->n = 0;
    }
  for (guint32 place = 0, i = 0; place < n_documents; place++)
    for (; i < g_array_index (table->ends, guint32, place); i++)
      {
        SqliteTerm *term =
          &g_array_index (table->terms, SqliteTerm, g_array_index (table->noted, guint32, i));

        if (i + AHEAD < table->n_noted)
          __builtin_prefetch (
            &g_array_index (table->terms, SqliteTerm, g_array_index (table->noted, guint32, i + AHEAD)));

        places[term->first + term->n++] = place;
      }
  return places;
}

/* Needs the texts of the terms only, so that it is done beside sort_out(). */
static gpointer
put_in_order (gpointer data)
{
  const GArray *terms = data;
  Sorted *sorted = g_new (Sorted, MAX (terms->len, 1));

  for (guint32 i = 0; i < terms->len; i++)
    {
      sorted[i].term = i;
      sorted[i].bytes = read_at (terms, i, 0);
    }
  sort_terms (terms, sorted, terms->len, 0);
  return sorted;
}

static GArray *
copy_in_order (const GArray *terms, const Sorted *sorted)
{
  GArray *ordered = g_array_sized_new (FALSE, FALSE, sizeof (SqliteTerm), terms->len);

  g_array_set_size (ordered, terms->len);
  for (guint32 i = 0; i < terms->len; i++)
    {
      if (i + AHEAD < terms->len)
        __builtin_prefetch (&g_array_index (terms, SqliteTerm, sorted[i + AHEAD].term));
      g_array_index (ordered, SqliteTerm, i) = g_array_index (terms, SqliteTerm, sorted[i].term);
    }
  return ordered;
}

/* Documents on their way to the thread that reads them. */
typedef struct
{
  guint n; /* 0: there are no more */
  const char *documents[];
} Block;

struct _SqliteGathering
{
  Table table;
  guint64 n_tokens;
  guint n_read;
  gboolean refused; /* a document has what FTS5 must read itself */
  GAsyncQueue *blocks;
  GThread *thread; /* (nullable): NULL once all was read */
};

static void
read_block (SqliteGathering *gathering, const char *const *documents, guint n)
{
  for (guint i = 0; i < n && !gathering->refused; i++)
    if (!read_document (&gathering->table, documents[i], gathering->n_read++, &gathering->n_tokens))
      gathering->refused = TRUE;
}

static gpointer
gather (gpointer data)
{
  SqliteGathering *gathering = data;

  /* The transaction goes first: it is what everything waits for. */
  setpriority (PRIO_PROCESS, (id_t) gettid (), BESIDE);
  while (TRUE)
    {
      g_autofree Block *block = g_async_queue_pop (gathering->blocks);

      if (block->n == 0)
        return NULL;
      read_block (gathering, block->documents, block->n);
    }
}

/**
 * shequ_sqlite_gathering_new:
 *
 * Begins to read documents in a thread of its own, beside what else is to be done for them.
 *
 * Returns: (transfer full): what shequ_sqlite_terms_read() takes
 */
SqliteGathering *
shequ_sqlite_gathering_new (void)
{
  SqliteGathering *gathering = g_new0 (SqliteGathering, 1);

  gathering->table.terms = g_array_new (FALSE, FALSE, sizeof (SqliteTerm));
  gathering->table.noted = g_array_new (FALSE, FALSE, sizeof (guint32));
  gathering->table.ends = g_array_new (FALSE, FALSE, sizeof (guint32));
  gathering->blocks = g_async_queue_new_full (g_free);
  gathering->thread = g_thread_new ("shequ-terms", gather, gathering);
  return gathering;
}

/**
 * shequ_sqlite_gathering_add:
 * @gathering: not yet read from
 * @documents: (array length=n): the next ones; their texts live until @gathering is freed
 * @n: more than 0
 */
void
shequ_sqlite_gathering_add (SqliteGathering *gathering, const char *const *documents, guint n)
{
  Block *block = g_malloc (sizeof (Block) + n * sizeof (char *));

  block->n = n;
  memcpy (block->documents, documents, n * sizeof (char *));
  g_async_queue_push (gathering->blocks, block);
}

/* Waits for the thread. */
static void
finish (SqliteGathering *gathering)
{
  if (gathering->thread == NULL)
    return;
  g_async_queue_push (gathering->blocks, g_new0 (Block, 1));
  g_thread_join (g_steal_pointer (&gathering->thread));
}

void
shequ_sqlite_gathering_free (SqliteGathering *gathering)
{
  finish (gathering);
  g_async_queue_unref (gathering->blocks);
  clear_table (&gathering->table);
  g_free (gathering);
}

/* Texts of terms live as long as the documents, the first of which are those that were gathered. %FALSE where
 * a document has what FTS5 must read itself. */
gboolean
shequ_sqlite_terms_read (SqliteTerms *terms,
                         SqliteGathering *gathering,
                         const char *const *documents,
                         guint n_documents)
{
  GThread *order;
  g_autofree Sorted *sorted = NULL;

  finish (gathering);
  read_block (gathering, documents + gathering->n_read, n_documents - gathering->n_read);
  if (gathering->refused)
    return FALSE;
  order = g_thread_new ("shequ-order", put_in_order, gathering->table.terms);
  terms->n_tokens = gathering->n_tokens;
  terms->places = sort_out (&gathering->table, n_documents);
  sorted = g_thread_join (order);
  terms->terms = copy_in_order (gathering->table.terms, sorted);
  return TRUE;
}

void
shequ_sqlite_terms_clear (SqliteTerms *terms)
{
  g_clear_pointer (&terms->terms, g_array_unref);
  g_clear_pointer (&terms->places, g_free);
}
