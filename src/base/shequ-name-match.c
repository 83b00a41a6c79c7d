#include "shequ-name-match.h"

#include "config.h"

#include <string.h>

/* What the clerk or the resident says around the name, and what says nothing about which paper it is. */
static const char *const spoken_before[] = { "能不能", "可不可以", "可以",   "请问", "请",   "我要", "要",
                                             "想",     "帮忙",     "社区",   "给",   "开具", "出具", "办理",
                                             "办一个", "开一个",   "开一份", "开个", "开",   "办",   "一份",
                                             "一个",   "居民",     "本人",   "个人", NULL };
static const char *const spoken_after[] = { "吗",   "么",   "呢",   "怎么办", "怎么开", "证明书", "证明信",
                                            "证明", "情况", "状况", "信息",   "事项",   NULL };

struct _ShequNameMatch
{
  char *text;
  char *plain;
  gunichar *core;
  gsize length;
};

/* Letters, figures and characters only, in one width and one case. */
static char *
make_plain (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *normal = g_utf8_normalize (valid, -1, G_NORMALIZE_ALL_COMPOSE);
  g_autofree char *folded = g_utf8_casefold (normal, -1);
  GString *plain = g_string_new (NULL);

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isalnum (g_utf8_get_char (p)))
      g_string_append_unichar (plain, g_utf8_get_char (p));
  return g_string_free (plain, FALSE);
}

static gboolean
strip_before (char *text)
{
  for (gsize i = 0; spoken_before[i] != NULL; i++)
    {
      gsize length = strlen (spoken_before[i]);

      if (g_str_has_prefix (text, spoken_before[i]) && g_utf8_strlen (text + length, -1) >= 2)
        {
          memmove (text, text + length, strlen (text + length) + 1);
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
strip_after (char *text)
{
  for (gsize i = 0; spoken_after[i] != NULL; i++)
    {
      gsize length = strlen (text);
      gsize tail = strlen (spoken_after[i]);

      if (g_str_has_suffix (text, spoken_after[i]) && length > tail)
        {
          text[length - tail] = '\0';
          return TRUE;
        }
    }
  return FALSE;
}

/**
 * shequ_name_match_new:
 * @text: the name of a paper, or what was typed for it
 *
 * Prepares a name for comparing: in one width and case, without marks, its core without general words
 * (“居民疾病状况证明” has the core “疾病”).
 */
ShequNameMatch *
shequ_name_match_new (const char *text)
{
  ShequNameMatch *match = g_new0 (ShequNameMatch, 1);
  g_autofree char *core = NULL;
  glong length = 0;

  g_return_val_if_fail (text != NULL, NULL);

  match->text = g_strdup (text);
  match->plain = make_plain (text);
  core = g_strdup (match->plain);
  while (strip_after (core))
    ;
  while (strip_before (core))
    ;
  /* A name of general words alone names nothing. */
  if (g_strv_contains (spoken_before, core) || g_strv_contains (spoken_after, core))
    *core = '\0';
  match->core = g_utf8_to_ucs4_fast (core, -1, &length);
  match->length = length;
  return match;
}

void
shequ_name_match_free (ShequNameMatch *match)
{
  if (match == NULL)
    return;
  g_free (match->text);
  g_free (match->plain);
  g_free (match->core);
  g_free (match);
}

const char *
shequ_name_match_get_text (const ShequNameMatch *match)
{
  g_return_val_if_fail (match != NULL, NULL);

  return match->text;
}

/** shequ_name_match_get_plain: the text in one width and case, letters and figures only. */
const char *
shequ_name_match_get_plain (const ShequNameMatch *match)
{
  g_return_val_if_fail (match != NULL, NULL);

  return match->plain;
}

/**
 * shequ_name_match_is_word:
 * @match: a name
 *
 * Returns: whether its core has two characters at least; fewer name nothing for sure
 */
gboolean
shequ_name_match_is_word (const ShequNameMatch *match)
{
  g_return_val_if_fail (match != NULL, FALSE);

  return match->length >= 2;
}

/* Where @part stands in @whole without a gap, or -1. */
static gssize
find_part (const ShequNameMatch *part, const ShequNameMatch *whole)
{
  for (gsize i = 0; i + part->length <= whole->length; i++)
    if (memcmp (whole->core + i, part->core, part->length * sizeof (gunichar)) == 0)
      return i;
  return -1;
}

static gboolean
is_subsequence (const ShequNameMatch *part, const ShequNameMatch *whole)
{
  gsize found = 0;

  for (gsize i = 0; i < whole->length && found < part->length; i++)
    if (whole->core[i] == part->core[found])
      found++;
  return found == part->length;
}

/* Twice the shared pairs of neighbours over all pairs, in thousandths. */
static guint
compare_pairs (const ShequNameMatch *one, const ShequNameMatch *other)
{
  guint shared = 0;

  if (one->length < 2 || other->length < 2)
    return 0;
  for (gsize i = 0; i + 1 < one->length; i++)
    for (gsize j = 0; j + 1 < other->length; j++)
      if (one->core[i] == other->core[j] && one->core[i + 1] == other->core[j + 1])
        {
          shared++;
          break;
        }
  return MIN (2000 * shared / (one->length + other->length - 2), 1000);
}

/**
 * shequ_name_match_compare:
 * @typed: what was typed
 * @name: a name
 *
 * Cost: a few hundred comparisons of characters; fit for each key press over hundreds of names.
 *
 * Returns: how well @name fits, 0 (not at all) to 1000 (the same)
 */
guint
shequ_name_match_compare (const ShequNameMatch *typed, const ShequNameMatch *name)
{
  gssize place;
  guint pairs;

  g_return_val_if_fail (typed != NULL && name != NULL, 0);

  if (typed->length == 0 || name->length == 0)
    return 0;
  if (strcmp (typed->plain, name->plain) == 0)
    return 1000;
  place = find_part (typed, name);
  if (place >= 0 && typed->length == name->length)
    return SHEQU_NAME_MATCH_EXACT;
  if (place >= 0)
    return (place == 0 ? 700 : 600) + 200 * typed->length / name->length;
  if (name->length >= 2 && find_part (name, typed) >= 0)
    return 300 + 500 * name->length / typed->length;
  if (typed->length >= 2 && is_subsequence (typed, name))
    return SHEQU_NAME_MATCH_PART + 100 * typed->length / name->length;
  pairs = compare_pairs (typed, name);
  return pairs >= 500 ? pairs * 4 / 10 : 0;
}
