#include "shequ-key-set-private.h"

#include "config.h"

#include <string.h>

ShequKeySet *
shequ_key_set_new (gint64 last)
{
  gsize n_words = (gsize) (last / 64 + 1);
  ShequKeySet *set = g_atomic_rc_box_alloc0 (sizeof *set + n_words * sizeof *set->words);

  set->last = last;
  set->n_words = n_words;
  return set;
}

ShequKeySet *
shequ_key_set_copy (const ShequKeySet *set)
{
  ShequKeySet *copy = shequ_key_set_new (set->last);

  memcpy (copy->words, set->words, set->n_words * sizeof *set->words);
  return copy;
}

ShequKeySet *
shequ_key_set_ref (ShequKeySet *set)
{
  return g_atomic_rc_box_acquire (set);
}

void
shequ_key_set_unref (ShequKeySet *set)
{
  g_atomic_rc_box_release (set);
}

gsize
shequ_key_set_count (const ShequKeySet *set)
{
  gsize n = 0;

  for (gsize i = 0; i < set->n_words; i++)
    n += (gsize) __builtin_popcountll (set->words[i]);
  return n;
}
