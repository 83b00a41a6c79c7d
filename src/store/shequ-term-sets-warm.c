/* Which terms are kept ready. */
#include "shequ-term-sets-private.h"

#include "shequ-row-index.h"

#include "config.h"

#include <string.h>

/* What else begins tokens is joined from as many lists: so much more for each record found. */
#define COST_OF_JOINING 10

/* Sets of their own: 280 kB each for two million records. */
#define MOST_READY 112

/* A syllable, and the beginning that all numbers of a place have. */
#define LONGEST_LETTERS 6
#define LONGEST_DIGITS 14

/* Houses and stairwells have such numbers; what is above is soon found. */
#define MOST_HOUSES 12

/* As many as may be expected to have one: behind what most numbers begin with. */
#define HOUSE_RECORDS 50000

/* One beginning of what may be typed. */
typedef struct
{
  char name[32]; /* of the set */
  gsize cost;    /* the most that it may cost, since the term without its last character finds so much */
} Beginning;

static int
compare_beginnings (gconstpointer one, gconstpointer other, gpointer data)
{
  const Beginning *a = one, *b = other;

  return a->cost > b->cost ? -1 : a->cost < b->cost;
}

static gsize
get_cost (const char *term, gsize n)
{
  return shequ_row_index_is_beginning (term, strlen (term)) ? n : n * COST_OF_JOINING;
}

/* Those that may cost most are looked at first, and of equal ones the last pushed. */
static void
push (GQueue *waiting, const char *start, const char *end, gsize most)
{
  Beginning *beginning = g_new0 (Beginning, 1);

  g_snprintf (beginning->name, sizeof beginning->name, "%s%s", start, end);
  beginning->cost = get_cost (beginning->name + 1, most);
  g_queue_insert_sorted (waiting, beginning, compare_beginnings, NULL);
}

static void
push_characters (GQueue *waiting, const char *start, const char *characters, gsize n)
{
  for (; *characters != '\0'; characters++)
    {
      char end[] = { *characters, '\0' };

      push (waiting, start, end, n);
    }
}

static gboolean
has_addresses (const ShequRegister *reg)
{
  for (guint i = 0; i < reg->fields->len; i++)
    if (((const ShequField *) reg->fields->pdata[i])->search == SHEQU_SEARCH_ADDRESS)
      return TRUE;
  return FALSE;
}

static void
push_houses (GQueue *waiting, const char *start)
{
  static const char *const words[] = { "单元", "号楼", "栋" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    for (guint number = 1; number <= MOST_HOUSES; number++)
      {
        char end[16];

        g_snprintf (end, sizeof end, "%u%s", number, words[i]);
        push (waiting, start, end, HOUSE_RECORDS);
      }
}

static void
push_first (GQueue *waiting, const ShequRegister *reg, char holds)
{
  const char start[] = { holds, '\0' };

  push_characters (waiting, start, "abcdefghijklmnopqrstuvwxyz", G_MAXINT);
  push_characters (waiting, start, "0123456789", G_MAXINT);
  if (has_addresses (reg))
    push_houses (waiting, start);
}

static gsize
count_records (const ShequTermSets *sets, char holds)
{
  return (gsize) MAX (0, holds == SHEQU_TERM_SETS_OWN ? sets->n_records : sets->n_linked);
}

/* What a term that finds much may go on with. Numbers only as far as most of them begin alike: each other one
 * is a token of its own, and joining those takes longer than anybody waits. */
static void
push_longer (const ShequTermSets *sets, GQueue *waiting, const char *name, gsize n)
{
  const char *term = name + 1;
  gsize length = strlen (term);

  if (strspn (term, "0123456789") == length)
    {
      if (length < LONGEST_DIGITS && (length == 1 || n * 2 > count_records (sets, *name)))
        push_characters (waiting, name, "0123456789", n);
    }
  else if (g_ascii_isalpha (*term) && length < LONGEST_LETTERS)
    push_characters (waiting, name, "abcdefghijklmnopqrstuvwxyz", n);
}

/* The set of the term without its last character, where that one finds as many: all that begins so goes on
 * so. */
static ShequKeySet *
find_same (ShequTermSets *sets, const char *name, gsize n)
{
  g_autofree char *shorter = g_strndup (name, strlen (name) - 1);
  g_autofree char *initials = shequ_search_term_get_initials (name + 1);
  g_autoptr (ShequKeySet) set = NULL;

  /* Initials find others than what the term begins with. */
  if (initials != NULL)
    return NULL;
  set = shequ_term_sets_look_up (sets, shorter);
  return set != NULL && shequ_key_set_count (set) == n ? g_steal_pointer (&set) : NULL;
}

static gboolean
warm_term (ShequTermSets *sets,
           ShequConnection *connection,
           const Beginning *beginning,
           GQueue *waiting,
           GError **error)
{
  const char *name = beginning->name;
  g_autoptr (ShequKeySet) set = NULL;
  g_autoptr (ShequKeySet) same = NULL;
  gsize n;

  g_rw_lock_reader_lock (&sets->contents);
  set = shequ_term_sets_look_up (sets, name);
  if (set == NULL)
    set = shequ_term_sets_read_term (sets, connection, name, error);
  n = set != NULL ? shequ_key_set_count (set) : 0;
  if (get_cost (name + 1, n) > sets->ready_cost)
    {
      same = find_same (sets, name, n);
      shequ_term_sets_keep (sets, name, same != NULL ? same : set, TRUE, same != NULL);
      push_longer (sets, waiting, name, n);
    }
  g_rw_lock_reader_unlock (&sets->contents);
  return set != NULL;
}

/* Gets ready what many texts begin with and what finds many records. Takes as long as it takes; the sets may
 * be used meanwhile. Returns whether it came to its end. */
gboolean
shequ_term_sets_warm (ShequTermSets *sets, GCancellable *cancellable, GError **error)
{
  GQueue waiting = G_QUEUE_INIT;
  ShequConnection *reader = shequ_store_take_program_reader (sets->store, cancellable, error);
  gboolean done = reader != NULL;

  if (!done)
    return FALSE;
  if (sets->link != NULL)
    push_first (&waiting, sets->link->target, SHEQU_TERM_SETS_THERE);
  push_first (&waiting, sets->reg, SHEQU_TERM_SETS_OWN);
  while (done && waiting.length > 0 && sets->n_ready < MOST_READY)
    {
      Beginning *beginning = g_queue_pop_head (&waiting);

      done = warm_term (sets, reader, beginning, &waiting, error);
      g_free (beginning);
    }
  g_queue_clear_full (&waiting, g_free);
  shequ_store_give_reader (sets->store, reader);
  return done;
}
