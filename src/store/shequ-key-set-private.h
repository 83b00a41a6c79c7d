#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * A set of keys up to a greatest one, a bit for each: two million take 280 kB. Keys of a register are numbers
 * given one after the other, so that most bits stand for a record.
 */
typedef struct
{
  gint64 last;
  gsize n_words;
  guint64 words[];
} ShequKeySet;

ShequKeySet *shequ_key_set_new (gint64 last);
ShequKeySet *shequ_key_set_copy (const ShequKeySet *set);
ShequKeySet *shequ_key_set_ref (ShequKeySet *set);
void shequ_key_set_unref (ShequKeySet *set);
gsize shequ_key_set_count (const ShequKeySet *set);

/* Keys behind the last one are left out. */
static inline void
shequ_key_set_add (ShequKeySet *set, gint64 key)
{
  if (key >= 0 && key <= set->last)
    set->words[key >> 6] |= G_GUINT64_CONSTANT (1) << (key & 63);
}

static inline void
shequ_key_set_remove (ShequKeySet *set, gint64 key)
{
  if (key >= 0 && key <= set->last)
    set->words[key >> 6] &= ~(G_GUINT64_CONSTANT (1) << (key & 63));
}

static inline gboolean
shequ_key_set_has (const ShequKeySet *set, gint64 key)
{
  return key >= 0 && key <= set->last && (set->words[key >> 6] >> (key & 63) & 1) != 0;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequKeySet, shequ_key_set_unref)

G_END_DECLS
