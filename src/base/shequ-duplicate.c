/*
 * When two records may be one person.
 *
 * Records are compared only within blocks: those whose numbers are the same, or whose names sound or look
 * alike (or are the other's former one) and that share a birth date, a home, a phone or the digits of the ID
 * number. Whatever scores enough shares at least one block, so that nobody is compared with everybody.
 */
#include "shequ-duplicate.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-address.h"
#include "shequ-data.h"
#include "shequ-rule-file.h"
#include "shequ-text.h"

#define LOOK_ALIKES "rules/look-alikes.tsv"
#define HASH_START G_GUINT64_CONSTANT (0xcbf29ce484222325)

/* What two names, two numbers, two dates … say of each other. */
static const struct
{
  const char *name;
  const char *words;
} reasons_known[SHEQU_DUPLICATE_N_REASONS] = {
  { "same_id", N_ ("same ID number") },
  { "turned_id", N_ ("ID numbers differ by digits that were exchanged or mistyped") },
  { "other_id", N_ ("different ID numbers") },
  { "same_name", N_ ("same name") },
  { "former_name", N_ ("the former name of the other") },
  { "sounds_alike", N_ ("names sound alike") },
  { "looks_alike", N_ ("names look alike") },
  { "same_birth", N_ ("same date of birth") },
  { "turned_birth", N_ ("dates of birth differ by exchanged digits") },
  { "other_birth", N_ ("different dates of birth") },
  { "same_household", N_ ("same household") },
  { "same_address", N_ ("same address") },
  { "same_phone", N_ ("same telephone") },
  { "turned_phone", N_ ("telephones differ by digits that were exchanged or mistyped") },
  { "other_sex", N_ ("different sex") },
};

struct _ShequDuplicateRules
{
  ShequPinyin *pinyin;
  GHashTable *look_alikes; /* character -> the one that stands for it */
  int points[SHEQU_DUPLICATE_N_REASONS];
  int candidate;
  int certain;
};

/**
 * shequ_duplicate_person_clear:
 * @person: what was filled in
 *
 * Frees what it holds.
 */
void
shequ_duplicate_person_clear (ShequDuplicatePerson *person)
{
  g_free (person->name);
  g_free (person->former_name);
  g_free (person->id_number);
  g_free (person->birth_date);
  g_free (person->phone);
  memset (person, 0, sizeof *person);
}

static gboolean
read_look_alikes (char **cells, guint line, gpointer user_data, GError **error)
{
  const char *place = cells[0];
  gunichar first = shequ_text_next (&place);
  gunichar character;

  while ((character = shequ_text_next (&place)) != 0)
    if (!g_hash_table_contains (user_data, GUINT_TO_POINTER (character)))
      g_hash_table_insert (user_data, GUINT_TO_POINTER (character), GUINT_TO_POINTER (first));
  return TRUE;
}

static ShequDuplicateRules *
read_rules (ShequRuleFile *file, ShequPinyin *pinyin, GError **error)
{
  g_autoptr (ShequDuplicateRules) rules = g_new0 (ShequDuplicateRules, 1);
  const char *const *groups = shequ_rule_file_get_groups (file);

  rules->pinyin = shequ_pinyin_ref (pinyin);
  rules->look_alikes = g_hash_table_new (NULL, NULL);
  shequ_rule_file_check_keys (file, "Rules", "Title Version Source Candidate Certain");
  rules->candidate = shequ_rule_file_get_integer (file, "Rules", "Candidate", 1, 1000, 40);
  rules->certain = shequ_rule_file_get_integer (file, "Rules", "Certain", rules->candidate, 1000, 90);
  for (guint i = 0; groups[i] != NULL; i++)
    {
      guint reason = 0;

      if (g_str_equal (groups[i], "Rules"))
        continue;
      while (reason < SHEQU_DUPLICATE_N_REASONS &&
             !(g_str_has_prefix (groups[i], "Weight ") &&
               g_str_equal (groups[i] + strlen ("Weight "), reasons_known[reason].name)))
        reason++;
      if (reason == SHEQU_DUPLICATE_N_REASONS)
        {
          shequ_rule_file_fail (file, groups[i], NULL, "%s", _ ("there is no such group here"));
          continue;
        }
      shequ_rule_file_check_keys (file, groups[i], "Points");
      rules->points[reason] = shequ_rule_file_get_integer (file, groups[i], "Points", -1000, 1000, 0);
    }
  if (!shequ_data_read_table (LOOK_ALIKES, "characters", read_look_alikes, rules->look_alikes, error))
    return NULL;
  return shequ_rule_file_finish (file, error) ? g_steal_pointer (&rules) : NULL;
}

/**
 * shequ_duplicate_rules_load:
 * @path: a path below `data/`, as `rules/duplicates.ini`
 * @pinyin: how names are read
 * @error: return location
 *
 * Returns: (transfer full): the points, or %NULL with %SHEQU_ERROR_CATALOGUE naming file, line, group and key
 */
ShequDuplicateRules *
shequ_duplicate_rules_load (const char *path, ShequPinyin *pinyin, GError **error)
{
  g_autoptr (ShequRuleFile) file = shequ_rule_file_load (path, error);

  return file != NULL ? read_rules (file, pinyin, error) : NULL;
}

/**
 * shequ_duplicate_rules_new:
 * @name: how the file is called in messages
 * @text: what stands in it
 * @pinyin: how names are read
 * @error: return location
 *
 * Returns: (transfer full): the points, or %NULL as shequ_duplicate_rules_load()
 */
ShequDuplicateRules *
shequ_duplicate_rules_new (const char *name, const char *text, ShequPinyin *pinyin, GError **error)
{
  g_autoptr (ShequRuleFile) file = shequ_rule_file_new (name, text, error);

  return file != NULL ? read_rules (file, pinyin, error) : NULL;
}

/**
 * shequ_duplicate_rules_free:
 * @rules: (transfer full): points
 */
void
shequ_duplicate_rules_free (ShequDuplicateRules *rules)
{
  shequ_pinyin_unref (rules->pinyin);
  g_hash_table_unref (rules->look_alikes);
  g_free (rules);
}

int
shequ_duplicate_rules_get_candidate (const ShequDuplicateRules *rules)
{
  return rules->candidate;
}

int
shequ_duplicate_rules_get_certain (const ShequDuplicateRules *rules)
{
  return rules->certain;
}

static guint64
hash_bytes (guint64 start, const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    start = (start ^ (guchar) text[i]) * G_GUINT64_CONSTANT (0x100000001b3);
  return start;
}

static guint64
hash_text (guint64 start, const char *text)
{
  return hash_bytes (start, text, strlen (text));
}

/* What many say alike: zh and z, n and ng, l and n. */
static guint32
hash_syllable (guint32 sound, const char *syllable)
{
  gsize length = strlen (syllable);
  char plain[16];
  gsize n = 0;

  for (gsize i = 0; i < length && n + 1 < sizeof plain; i++)
    {
      gboolean soft = i == 1 && syllable[i] == 'h' && strchr ("zcs", syllable[0]) != NULL;
      gboolean nasal = i > 0 && i + 1 == length && syllable[i] == 'g';

      if (!soft && !nasal)
        plain[n++] = syllable[i] == 'v' ? 'u' : syllable[i];
    }
  return (guint32) (hash_bytes (HASH_START ^ sound, plain, n) >> 16);
}

static guint32
get_sound (const ShequDuplicateRules *rules, const char *name)
{
  ShequPinyinName parts;
  guint32 sound = 1;

  shequ_pinyin_analyse (rules->pinyin, name, &parts);
  for (guint i = 0; i < parts.count; i++)
    sound = hash_syllable (sound, parts.parts[i].reading_count > 0 ? parts.parts[i].readings[0]
                                                                   : parts.parts[i].text);
  return parts.count > 0 ? sound : 0;
}

static guint32
get_look (const ShequDuplicateRules *rules, const char *name)
{
  guint64 look = HASH_START;
  gunichar character;

  while ((character = shequ_text_fold (shequ_text_next (&name))) != 0)
    {
      gpointer other = g_hash_table_lookup (rules->look_alikes, GUINT_TO_POINTER (character));

      if (!shequ_text_is_han (character) && !g_unichar_isalnum (character))
        continue;
      if (other != NULL)
        character = GPOINTER_TO_UINT (other);
      look = (look ^ g_unichar_tolower (character)) * G_GUINT64_CONSTANT (0x100000001b3);
    }
  return (guint32) (look >> 16);
}

/**
 * shequ_duplicate_get_address:
 * @address: (nullable): an address as it was written
 *
 * Returns: what is the same for all spellings of one dwelling; 0 where no dwelling can be told
 */
guint64
shequ_duplicate_get_address (const char *address)
{
  g_auto (ShequAddress) parts;
  const char *words[7];
  guint64 hash = HASH_START;

  shequ_address_parse (address != NULL ? address : "", &parts);
  if (parts.room == NULL || (parts.estate == NULL && parts.road == NULL))
    return 0;
  words[0] = parts.estate;
  words[1] = parts.estate == NULL ? parts.road : NULL;
  words[2] = parts.estate == NULL ? parts.number : NULL;
  words[3] = parts.building;
  words[4] = parts.stairwell;
  words[5] = parts.room;
  for (guint i = 0; i < 6; i++)
    hash = hash_text (hash * 31 + i, words[i] != NULL ? words[i] : "");
  return hash;
}

/**
 * shequ_duplicate_rules_prepare:
 * @rules: points
 * @person: a person whose texts are filled in; gets how the name sounds and looks
 *
 * To be called once for each person.
 */
void
shequ_duplicate_rules_prepare (const ShequDuplicateRules *rules, ShequDuplicatePerson *person)
{
  person->sound = get_sound (rules, person->name);
  person->look = get_look (rules, person->name);
  person->former_sound = person->former_name != NULL ? get_sound (rules, person->former_name) : 0;
}

/* The same whichever order the digits stand in; numbers that differ by exchanged digits share it. */
static guint64
hash_digits (const char *text, gsize length)
{
  guint8 counts[11] = { 0 };

  for (gsize i = 0; i < length; i++)
    counts[g_ascii_isdigit (text[i]) ? text[i] - '0' : 10]++;
  return hash_bytes (HASH_START, (const char *) counts, 10);
}

/* The part of a citizen's number in front of its check digit. */
static gsize
measure_id (const char *number)
{
  gsize length = strlen (number);

  return length == 18 ? 17 : length;
}

static guint
add_name_blocks (const ShequDuplicatePerson *person, guint64 name, guint64 *blocks)
{
  guint n = 0;

  if (person->birth_date != NULL)
    blocks[n++] = name ^ hash_digits (person->birth_date, strlen (person->birth_date)) * 3;
  if (person->household != 0)
    blocks[n++] = name ^ (guint64) person->household * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  if (person->address != 0)
    blocks[n++] = name ^ person->address * 5;
  if (person->phone != NULL)
    blocks[n++] = name ^ hash_digits (person->phone, strlen (person->phone)) * 7;
  if (person->id_number != NULL)
    {
      gsize length = measure_id (person->id_number);

      blocks[n++] = name ^ hash_digits (person->id_number, length) * 11;
      /* One wrong digit leaves one of the halves as it is. */
      blocks[n++] = name ^ hash_bytes (HASH_START * 17, person->id_number, length / 2);
      blocks[n++] = name ^ hash_bytes (HASH_START * 19, person->id_number + length / 2, length - length / 2);
    }
  return n;
}

/**
 * shequ_duplicate_list_blocks:
 * @person: a prepared person
 * @blocks: (out): room for %SHEQU_DUPLICATE_MOST_BLOCKS numbers
 *
 * Two persons who share no block are no candidates.
 *
 * Returns: how many blocks @person stands in
 */
guint
shequ_duplicate_list_blocks (const ShequDuplicatePerson *person, guint64 *blocks)
{
  guint n = 0;

  if (person->id_number != NULL)
    blocks[n++] = hash_text (HASH_START * 13, person->id_number);
  n += add_name_blocks (person, (guint64) person->sound << 20, blocks + n);
  n += add_name_blocks (person, ((guint64) person->look << 24) + 1, blocks + n);
  if (person->former_sound != 0)
    n += add_name_blocks (person, (guint64) person->former_sound << 20, blocks + n);
  return n;
}

/* Exchanged neighbours, or one digit that is another in front of `least`. */
static gboolean
is_turned (const char *one, const char *other, gsize length, gsize least)
{
  gsize first = 0;

  while (first < length && one[first] == other[first])
    first++;
  if (first + 1 < length && one[first] == other[first + 1] && one[first + 1] == other[first] &&
      memcmp (one + first + 2, other + first + 2, length - first - 2) == 0)
    return TRUE;
  return first < least && memcmp (one + first + 1, other + first + 1, length - first - 1) == 0;
}

static guint
compare_ids (const char *one, const char *other)
{
  gsize length;

  if (one == NULL || other == NULL)
    return 0;
  if (g_str_equal (one, other))
    return 1u << SHEQU_DUPLICATE_SAME_ID;
  length = measure_id (one);
  /* Twins, and others born on one day in one place, differ in their place of the day alone. */
  if (length == measure_id (other) && is_turned (one, other, length, length == 17 ? 14 : length))
    return 1u << SHEQU_DUPLICATE_TURNED_ID;
  return 1u << SHEQU_DUPLICATE_OTHER_ID;
}

static gboolean
is_former (const ShequDuplicatePerson *one, const ShequDuplicatePerson *other)
{
  return one->former_name != NULL && g_str_equal (one->former_name, other->name);
}

static guint
compare_names (const ShequDuplicatePerson *one, const ShequDuplicatePerson *other)
{
  if (g_str_equal (one->name, other->name))
    return 1u << SHEQU_DUPLICATE_SAME_NAME;
  if (is_former (one, other) || is_former (other, one))
    return 1u << SHEQU_DUPLICATE_FORMER_NAME;
  if (one->sound == other->sound)
    return 1u << SHEQU_DUPLICATE_SOUNDS_ALIKE;
  return one->look == other->look ? 1u << SHEQU_DUPLICATE_LOOKS_ALIKE : 0;
}

static guint
compare_births (const char *one, const char *other)
{
  if (one == NULL || other == NULL)
    return 0;
  if (g_str_equal (one, other))
    return 1u << SHEQU_DUPLICATE_SAME_BIRTH;
  /* 1965-03-07 and 1965-07-03; 1956 and 1965. */
  if (strlen (one) == strlen (other) &&
      hash_digits (one, strlen (one)) == hash_digits (other, strlen (other)))
    return 1u << SHEQU_DUPLICATE_TURNED_BIRTH;
  return 1u << SHEQU_DUPLICATE_OTHER_BIRTH;
}

static guint
compare_phones (const char *one, const char *other)
{
  if (one == NULL || other == NULL)
    return 0;
  if (g_str_equal (one, other))
    return 1u << SHEQU_DUPLICATE_SAME_PHONE;
  return strlen (one) == strlen (other) && is_turned (one, other, strlen (one), strlen (one))
           ? 1u << SHEQU_DUPLICATE_TURNED_PHONE
           : 0;
}

static guint
compare_homes (const ShequDuplicatePerson *one, const ShequDuplicatePerson *other)
{
  if (one->household != 0 && one->household == other->household)
    return 1u << SHEQU_DUPLICATE_SAME_HOUSEHOLD;
  return one->address != 0 && one->address == other->address ? 1u << SHEQU_DUPLICATE_SAME_ADDRESS : 0;
}

/**
 * shequ_duplicate_score:
 * @rules: points
 * @one: a prepared person
 * @other: another one
 * @reasons: (out): what speaks for and against it, a bit for each #ShequDuplicateReason
 *
 * A different number of one who has moved on to another name and home does not count: without a name or a
 * number in common there are no points at all.
 *
 * Returns: the points; candidates from shequ_duplicate_rules_get_candidate() on
 */
int
shequ_duplicate_score (const ShequDuplicateRules *rules,
                       const ShequDuplicatePerson *one,
                       const ShequDuplicatePerson *other,
                       guint *reasons)
{
  guint ids = compare_ids (one->id_number, other->id_number);
  guint names = compare_names (one, other);
  int score = 0;

  *reasons = 0;
  if (names == 0 && ids != 1u << SHEQU_DUPLICATE_SAME_ID)
    return 0;
  *reasons = ids | names | compare_births (one->birth_date, other->birth_date) |
             compare_phones (one->phone, other->phone) | compare_homes (one, other);
  /* A mistyped number gives another birth date. */
  if ((ids & 1u << SHEQU_DUPLICATE_TURNED_ID) != 0)
    *reasons &= ~(1u << SHEQU_DUPLICATE_OTHER_BIRTH);
  if (one->sex != '\0' && other->sex != '\0' && one->sex != other->sex)
    *reasons |= 1u << SHEQU_DUPLICATE_OTHER_SEX;
  for (guint i = 0; i < SHEQU_DUPLICATE_N_REASONS; i++)
    if ((*reasons & 1u << i) != 0)
      score += rules->points[i];
  return score;
}

/**
 * shequ_duplicate_reason_get_name:
 * @reason: what speaks for or against it
 *
 * Returns: its name for programs, as in `rules/duplicates.ini`
 */
const char *
shequ_duplicate_reason_get_name (ShequDuplicateReason reason)
{
  return reasons_known[reason].name;
}

/**
 * shequ_duplicate_describe:
 * @reasons: of shequ_duplicate_score()
 *
 * Returns: (transfer full): what speaks for and against it, in words
 */
char *
shequ_duplicate_describe (guint reasons)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < SHEQU_DUPLICATE_N_REASONS; i++)
    if ((reasons & 1u << i) != 0)
      g_string_append_printf (words, "%s%s", words->len > 0 ? _ (", ") : "", _ (reasons_known[i].words));
  return g_string_free (words, FALSE);
}
