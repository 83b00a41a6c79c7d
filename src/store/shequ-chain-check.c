/* Does every entry of the change log fit the one before? And if not: which was altered, taken out, put in,
 * moved, and is the end still there. */
#include "shequ-chain-private.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#define ENTRIES_AT_ONCE 10000

/* The entries before one that does not fit, one of which it may have followed. */
#define MOST_BEFORE 8

/* So many entries that do not fit are looked at one by one, and so many sentences are said. */
#define MOST_BROKEN 64
#define MOST_SENTENCES 100

typedef struct
{
  gint64 number;
  guint8 digest[SHEQU_CHAIN_DIGEST_SIZE];
} Link;

typedef struct
{
  Link link;
  guint8 content[SHEQU_CHAIN_DIGEST_SIZE];
  gint64 follows; /* the entry behind which it was written; -1 when none is known */
  gboolean put_in;
} Broken;

typedef struct
{
  GPtrArray *problems;
  ShequChainHead head; /* as it was before the first look */
  Link last;
  Link before[MOST_BEFORE]; /* a ring */
  guint n_before;
  GArray *broken;      /* of Broken */
  GArray *known;       /* of Link: what they may have followed */
  GHashTable *emptied; /* "register record" of entries that no longer tell anything -> the first's number */
  gint64 n_broken;
  gint64 n_missing;
  gboolean head_met; /* the entry at which the chain ended fits its digest */
} Look;

static void G_GNUC_PRINTF (2, 3) say (Look *look, const char *format, ...)
{
  va_list arguments;

  if (look->problems->len >= MOST_SENTENCES)
    return;
  va_start (arguments, format);
  g_ptr_array_add (look->problems, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

static void
say_missing (Look *look, gint64 first, gint64 last)
{
  look->n_missing += last - first + 1;
  if (first == last)
    say (look, _ ("Entry %" PRId64 " of the change log was removed"), first);
  else
    say (look, _ ("Entries %" PRId64 " to %" PRId64 " of the change log were removed"), first, last);
}

static void
remember (Look *look, const guint8 *content, const guint8 *digest, const guint8 *computed, gint64 number)
{
  Broken broken = { { number, { 0 } }, { 0 }, -1, FALSE };
  Link honest = { number, { 0 } };

  look->n_broken++;
  if (look->broken->len >= MOST_BROKEN)
    return;
  memcpy (broken.link.digest, digest, SHEQU_CHAIN_DIGEST_SIZE);
  memcpy (broken.content, content, SHEQU_CHAIN_DIGEST_SIZE);
  memcpy (honest.digest, computed, SHEQU_CHAIN_DIGEST_SIZE);
  g_array_append_val (look->broken, broken);
  g_array_append_val (look->known, broken.link);
  g_array_append_val (look->known, honest);
  g_array_append_vals (look->known, look->before, MIN (look->n_before, MOST_BEFORE));
}

static void
pass (Look *look, gint64 number, const guint8 *digest)
{
  look->last.number = number;
  memcpy (look->last.digest, digest, SHEQU_CHAIN_DIGEST_SIZE);
  look->before[look->n_before++ % MOST_BEFORE] = look->last;
  if (number == look->head.number)
    look->head_met = memcmp (digest, look->head.digest, SHEQU_CHAIN_DIGEST_SIZE) == 0;
}

/* An entry may be emptied where it is logged, behind it, that its record was destroyed. */
static void
note_emptied (Look *look, const ShequChainContent *texts, gint64 number)
{
  guint8 content[SHEQU_CHAIN_DIGEST_SIZE];
  gboolean destroyed = texts->action == SHEQU_ACTION_DESTROY;
  char *record;

  if (!destroyed && !shequ_chain_read_destroyed (texts->changes, content))
    return;
  record = g_strdup_printf ("%s %" PRId64, texts->reg != NULL ? texts->reg : "", texts->key);
  if (destroyed)
    {
      g_hash_table_remove (look->emptied, record);
      g_free (record);
    }
  else if (g_hash_table_contains (look->emptied, record))
    g_free (record);
  else
    g_hash_table_insert (look->emptied, record, g_memdup2 (&number, sizeof number));
}

static void
tell_emptied (Look *look)
{
  GHashTableIter iter;
  gpointer number;

  g_hash_table_iter_init (&iter, look->emptied);
  while (g_hash_table_iter_next (&iter, NULL, &number))
    say (look,
         _ ("Entry %" PRId64 " of the change log was emptied, and no destruction of its record is logged"),
         *(const gint64 *) number);
}

static void
look_at (Look *look, ShequStatement *statement, GByteArray *buffer)
{
  gint64 number = shequ_statement_get_integer (statement, 0);
  gboolean gap = number != look->last.number + 1;
  guint8 digest[SHEQU_CHAIN_DIGEST_SIZE];
  guint8 content[SHEQU_CHAIN_DIGEST_SIZE];
  guint8 computed[SHEQU_CHAIN_DIGEST_SIZE];
  ShequChainContent texts;

  if (gap)
    say_missing (look, look->last.number + 1, number - 1);
  if (!shequ_chain_get_digest (statement, 1, digest))
    {
      /* What follows was chained without it, or it was chained and lost its digest. */
      say (look,
           _ ("Entry %" PRId64 " of the change log has no digest: it was put in or altered by something "
              "else than this program"),
           number);
      look->last.number = number;
      return;
    }
  shequ_chain_read_content (statement, &texts);
  shequ_chain_digest_content (&texts, buffer, content);
  shequ_chain_link (look->last.digest, content, computed);
  if (!gap && memcmp (computed, digest, sizeof digest) != 0)
    remember (look, content, digest, computed, number);
  note_emptied (look, &texts, number);
  pass (look, number, digest);
}

static gboolean
look_at_all (Look *look, ShequConnection *connection, GError **error)
{
  g_autoptr (GByteArray) buffer = g_byte_array_new ();
  ShequStatement *statement = shequ_connection_prepare (
    connection,
    "SELECT " SHEQU_CHAIN_COLUMNS
    " FROM shequ_log WHERE number > ?1 ORDER BY number LIMIT " G_STRINGIFY (ENTRIES_AT_ONCE),
    error);
  gboolean done = statement != NULL;
  guint n_rows = ENTRIES_AT_ONCE;

  while (done && n_rows == ENTRIES_AT_ONCE)
    {
      gboolean has_row = FALSE;

      n_rows = 0;
      shequ_statement_bind_integer (statement, 1, look->last.number);
      while ((done = shequ_statement_step (statement, &has_row, error)) && has_row)
        {
          look_at (look, statement, buffer);
          n_rows++;
        }
      shequ_statement_reset (statement);
    }
  return done;
}

/* The entry behind which one was written, as its digest tells. */
static void
find_followed (Look *look, Broken *broken)
{
  for (guint i = 0; i < look->known->len && broken->follows < 0; i++)
    {
      const Link *link = &g_array_index (look->known, Link, i);
      guint8 computed[SHEQU_CHAIN_DIGEST_SIZE];

      shequ_chain_link (link->digest, broken->content, computed);
      if (memcmp (computed, broken->link.digest, sizeof computed) == 0)
        broken->follows = link->number;
    }
}

static Broken *
find_broken (Look *look, gint64 number)
{
  for (guint i = 0; i < look->broken->len; i++)
    if (g_array_index (look->broken, Broken, i).link.number == number)
      return &g_array_index (look->broken, Broken, i);
  return NULL;
}

/* An entry that was written behind an earlier one: what stands between them was put in, unless it came from
 * elsewhere. */
static gboolean
tell_put_in (Look *look, const Broken *broken)
{
  for (gint64 number = broken->follows + 1; number < broken->link.number; number++)
    {
      const Broken *other = find_broken (look, number);

      if (other != NULL && other->follows >= 0)
        return FALSE;
    }
  for (gint64 number = broken->follows + 1; number < broken->link.number; number++)
    {
      Broken *other = find_broken (look, number);

      if (other != NULL)
        other->put_in = TRUE;
      say (look, _ ("Entry %" PRId64 " of the change log was put in afterwards"), number);
    }
  return TRUE;
}

static void
tell_broken (Look *look, const Broken *broken, gint64 n_removed)
{
  gint64 number = broken->link.number;

  if (broken->put_in || broken->follows == number - 1)
    return;
  if (broken->follows >= 0)
    say (look, _ ("Entries of the change log were put in another order: %" PRId64 " belongs behind %" PRId64),
         number, broken->follows);
  else if (n_removed > 0)
    say (look,
         _ ("%" PRId64 " entries of the change log were removed before entry %" PRId64
            ", and those behind were renumbered"),
         n_removed, number);
  else
    say (look,
         _ ("Entry %" PRId64 " of the change log was altered, or the one before it together with its digest"),
         number);
}

static void
tell_all_broken (Look *look, gint64 n_removed)
{
  for (guint i = 0; i < look->broken->len; i++)
    find_followed (look, &g_array_index (look->broken, Broken, i));
  for (guint i = 0; i < look->broken->len; i++)
    {
      Broken *broken = &g_array_index (look->broken, Broken, i);

      if (broken->follows >= 0 && broken->follows < broken->link.number - 1)
        broken->put_in = tell_put_in (look, broken);
    }
  for (guint i = 0; i < look->broken->len; i++)
    tell_broken (look, &g_array_index (look->broken, Broken, i), n_removed);
  if (look->n_broken > look->broken->len)
    say (look, _ ("%" PRId64 " more entries of the change log do not fit the one before them"),
         look->n_broken - look->broken->len);
}

/* The end as it was kept beside the log, and as it stands there. */
static void
tell_end (Look *look, const ShequChainHead *now)
{
  gint64 last = look->last.number;

  /* The last entry is the right one: those before it were told of, whatever its number is now. */
  if (memcmp (look->last.digest, look->head.digest, SHEQU_CHAIN_DIGEST_SIZE) == 0)
    return;
  if (last < look->head.number)
    say (look,
         _ ("The end of the change log was cut off: entries %" PRId64 " to %" PRId64 " are no longer there"),
         last + 1, look->head.number);
  else if (last > now->number)
    say (look, _ ("Entries %" PRId64 " to %" PRId64 " were put in behind the end of the change log"),
         now->number + 1, last);
  else if (!look->head_met && look->n_broken == 0 && look->n_missing == 0)
    say (look, _ ("The change log does not end with the entry that was written last"));
}

/* Looks at every entry, which those may ask who see the whole log. */
gboolean
shequ_chain_check (ShequConnection *connection, GPtrArray *problems, GError **error)
{
  g_autoptr (GHashTable) emptied = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GArray) broken = g_array_new (FALSE, FALSE, sizeof (Broken));
  g_autoptr (GArray) known = g_array_new (FALSE, FALSE, sizeof (Link));
  Look look = { .problems = problems, .broken = broken, .known = known, .emptied = emptied };
  ShequChainHead now;
  gint64 n_removed = 0;

  if (!shequ_chain_read_head (connection, &look.head, error))
    return FALSE;
  if (!look.head.known)
    {
      say (&look, _ ("Where the change log ends is no longer known: the note beside it was removed"));
      return TRUE;
    }
  g_array_append_val (known, look.last); /* nothing is before the first */
  if (!look_at_all (&look, connection, error) || !shequ_chain_read_head (connection, &now, error))
    return FALSE;
  if (memcmp (look.last.digest, look.head.digest, SHEQU_CHAIN_DIGEST_SIZE) == 0)
    n_removed = MAX (0, look.head.number - look.last.number);
  tell_all_broken (&look, n_removed);
  tell_emptied (&look);
  tell_end (&look, &now);
  return TRUE;
}
