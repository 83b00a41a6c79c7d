/* Drawing lots so that anybody can draw them again. */
#include "shequ-lot.h"

#include "config.h"

/* A name and its place: the digest of the seed and the name. */
typedef struct
{
  const char *name;
  char *digest;
} Lot;

static void
lot_clear (gpointer data)
{
  g_free (((Lot *) data)->digest);
}

static int
compare_lots (gconstpointer one, gconstpointer other)
{
  const Lot *first = one, *second = other;

  return g_strcmp0 (first->digest, second->digest);
}

/**
 * shequ_lot_draw:
 * @names: (array zero-terminated=1): who may be drawn; a name that stands twice counts once
 * @count: how many are drawn at most
 * @seed: what was agreed on before, as the lottery number of that day
 *
 * Orders the names by the SHA-256 digest of the seed, a line feed and the name, as hexadecimal digits, and
 * takes the first. The order of the names does not matter, and `printf 'SEED\nNAME' | sha256sum` finds the
 * same without this program.
 *
 * Returns: (transfer full) (array zero-terminated=1): the names drawn, in the order of the lot
 */
char **
shequ_lot_draw (const char *const *names, guint count, const char *seed)
{
  g_autoptr (GStrvBuilder) drawn = g_strv_builder_new ();
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GArray) lots = g_array_new (FALSE, FALSE, sizeof (Lot));

  g_return_val_if_fail (names != NULL && seed != NULL, NULL);

  g_array_set_clear_func (lots, lot_clear);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *text = g_strconcat (seed, "\n", names[i], NULL);
      Lot lot = { .name = names[i] };

      if (!g_hash_table_add (known, (gpointer) names[i]))
        continue;
      lot.digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
      g_array_append_val (lots, lot);
    }
  g_array_sort (lots, compare_lots);
  for (guint i = 0; i < MIN (count, lots->len); i++)
    g_strv_builder_add (drawn, g_array_index (lots, Lot, i).name);
  return g_strv_builder_end (drawn);
}
