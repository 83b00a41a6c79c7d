/*
 * What a run has stored, so that the database need not be asked for what cannot be there.
 *
 * Of a register that was empty when the run began everything in it comes from this run, as long as nobody
 * else writes. The identities of what was stored are kept in a filter of fixed size (Bloom): it may take a
 * new record for a known one, and the database is asked then; it never misses a known one. Two million
 * records fill a seventh of its bits.
 */
#include "shequ-import-seen.h"

#include "config.h"

#define FILTER_BITS (1u << 26)
#define WORD_BITS 64

struct _ImportSeen
{
  guint64 *words; /* (nullable): of the filter; %NULL until a register is followed */
  GPtrArray *registers;
};

ImportSeen *
import_seen_new (void)
{
  ImportSeen *seen = g_new0 (ImportSeen, 1);

  seen->registers = g_ptr_array_new ();
  return seen;
}

void
import_seen_free (ImportSeen *seen)
{
  g_ptr_array_unref (seen->registers);
  g_free (seen->words);
  g_free (seen);
}

/* The register is empty now, and all that comes into it will be told. */
void
import_seen_follow (ImportSeen *seen, const ShequRegister *reg)
{
  if (seen->words == NULL)
    seen->words = g_new0 (guint64, FILTER_BITS / WORD_BITS);
  g_ptr_array_add (seen->registers, (gpointer) reg);
}

/* Somebody else wrote, or what was stored was taken back: from now on the database is asked. */
void
import_seen_stop (ImportSeen *seen)
{
  g_ptr_array_set_size (seen->registers, 0);
}

/* Whether all that is in the register is known. */
gboolean
import_seen_follows (const ImportSeen *seen, const ShequRegister *reg)
{
  return seen->registers->len > 0 && g_ptr_array_find (seen->registers, reg, NULL);
}

static guint64
mix (guint64 hash, guint64 number)
{
  hash = (hash ^ number) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  return hash ^ hash >> 29;
}

static guint64
hash_text (const char *text)
{
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325);

  for (; *text != '\0'; text++)
    hash = (hash ^ (guchar) *text) * G_GUINT64_CONSTANT (0x100000001b3);
  return hash;
}

static gboolean
hash_identity (const GPtrArray *identity, const ShequRow *row, guint64 *hash)
{
  const ShequField *first = identity->len > 0 ? identity->pdata[0] : NULL;

  if (first == NULL)
    return FALSE;
  *hash = hash_text (row->reg->name);
  for (guint i = 0; i < identity->len; i++)
    {
      const ShequField *field = identity->pdata[i];
      const ShequValue *value = shequ_row_get (row, field);

      if (shequ_value_is_null (value))
        return FALSE;
      *hash = mix (mix (*hash, field->index), (guint64) value->integer);
      if (value->text != NULL)
        *hash = mix (*hash, hash_text (value->text));
    }
  return TRUE;
}

/* Two bits of one word, so that a look costs one access to memory. */
static guint64
get_bits (guint64 hash)
{
  return G_GUINT64_CONSTANT (1) << (hash & 63) | G_GUINT64_CONSTANT (1) << (hash >> 6 & 63);
}

static guint64 *
get_word (const ImportSeen *seen, guint64 hash)
{
  return &seen->words[(hash >> 32) % (FILTER_BITS / WORD_BITS)];
}

/* Notes all identities of a record that was stored, as it stands now. */
void
import_seen_add (ImportSeen *seen, const ShequRow *row)
{
  if (!import_seen_follows (seen, row->reg))
    return;
  for (guint i = 0; i < row->reg->identity->len; i++)
    {
      guint64 hash;

      if (hash_identity (row->reg->identity->pdata[i], row, &hash))
        *get_word (seen, hash) |= get_bits (hash);
    }
}

/* Whether no record of the register has the identity that the row says, for certain. */
gboolean
import_seen_lacks (const ImportSeen *seen, const GPtrArray *identity, const ShequRow *row)
{
  guint64 hash;

  return import_seen_follows (seen, row->reg) && hash_identity (identity, row, &hash) &&
         (*get_word (seen, hash) & get_bits (hash)) != get_bits (hash);
}
