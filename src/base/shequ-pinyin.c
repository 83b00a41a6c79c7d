/*
 * How names are read.
 *
 * ICU reads a character in 5 to 30 µs and needs 110 ms to open its tables, so each character is asked for
 * once and remembered: readers take a remembered character without a lock, a new one is made under a mutex.
 * One object may serve all threads. The shipped table rules/pinyin-readings.tsv corrects ICU where it
 * misreads a surname or knows one reading of several.
 */
#include "shequ-pinyin.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

#include "shequ-data.h"
#include "shequ-error.h"
#include "shequ-text.h"

#define TABLE "rules/pinyin-readings.tsv"

/* The characters that have a place of their own; rarer ones go into a hash table. */
#define FIRST_CHARACTER 0x3400
#define LAST_CHARACTER 0x9FFF
#define CHARACTERS (LAST_CHARACTER - FIRST_CHARACTER + 1)

/* Longer Chinese texts are bodies and have no surname. */
#define LONGEST_PERSON 4

typedef struct
{
  guint count;
  const char *syllables[SHEQU_PINYIN_MOST_READINGS];
} Readings;

/* A character as a surname, then as anything else. */
typedef struct
{
  Readings surname;
  Readings given;
} Character;

struct _ShequPinyin
{
  gatomicrefcount references;
  gpointer characters[CHARACTERS]; /* Character, read without a lock */
  GHashTable *compounds;           /* text -> two syllables with a blank between */
  GHashTable *surnames;            /* text -> readings with semicolons between */
  GHashTable *givens;
  GMutex mutex; /* guards all below */
  GHashTable *rare;
  GStringChunk *syllables;
  UTransliterator *read_surname;
  UTransliterator *read_given;
};

static gboolean
read_row (char **cells, guint line, gpointer user_data, GError **error)
{
  ShequPinyin *pinyin = user_data;
  GHashTable *table = NULL;

  if (strcmp (cells[1], "surname") == 0)
    table = pinyin->surnames;
  else if (strcmp (cells[1], "given") == 0)
    table = pinyin->givens;
  else if (strcmp (cells[1], "compound") == 0)
    table = pinyin->compounds;
  if (table == NULL || *cells[2] == '\0')
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREADABLE, _ ("%s, line %u, cannot be read"), TABLE,
                   line);
      return FALSE;
    }
  g_hash_table_insert (table, g_strdup (cells[0]), g_strdup (cells[2]));
  return TRUE;
}

static GHashTable *
table_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/**
 * shequ_pinyin_new:
 * @error: return location
 *
 * Makes a reader of names, which every thread may use. ICU is opened with the first name.
 *
 * Returns: (transfer full) (nullable): a reader
 */
ShequPinyin *
shequ_pinyin_new (GError **error)
{
  g_autoptr (ShequPinyin) pinyin = g_new0 (ShequPinyin, 1);

  g_atomic_ref_count_init (&pinyin->references);
  g_mutex_init (&pinyin->mutex);
  pinyin->compounds = table_new ();
  pinyin->surnames = table_new ();
  pinyin->givens = table_new ();
  pinyin->rare = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  pinyin->syllables = g_string_chunk_new (4096);
  if (!shequ_data_read_table (TABLE, "text kind readings", read_row, pinyin, error))
    return NULL;
  return g_steal_pointer (&pinyin);
}

/**
 * shequ_pinyin_ref:
 * @pinyin: a reader
 *
 * Returns: (transfer full): @pinyin
 */
ShequPinyin *
shequ_pinyin_ref (ShequPinyin *pinyin)
{
  g_atomic_ref_count_inc (&pinyin->references);
  return pinyin;
}

/**
 * shequ_pinyin_unref:
 * @pinyin: (transfer full): a reader
 */
void
shequ_pinyin_unref (ShequPinyin *pinyin)
{
  if (!g_atomic_ref_count_dec (&pinyin->references))
    return;
  for (guint i = 0; i < CHARACTERS; i++)
    g_free (pinyin->characters[i]);
  g_hash_table_unref (pinyin->compounds);
  g_hash_table_unref (pinyin->surnames);
  g_hash_table_unref (pinyin->givens);
  g_hash_table_unref (pinyin->rare);
  g_string_chunk_free (pinyin->syllables);
  g_clear_pointer (&pinyin->read_surname, utrans_close);
  g_clear_pointer (&pinyin->read_given, utrans_close);
  g_mutex_clear (&pinyin->mutex);
  g_free (pinyin);
}

static void
add_reading (ShequPinyin *pinyin, Readings *readings, const char *syllable)
{
  const char *kept;

  if (*syllable == '\0' || readings->count == SHEQU_PINYIN_MOST_READINGS)
    return;
  kept = g_string_chunk_insert_const (pinyin->syllables, syllable);
  for (guint i = 0; i < readings->count; i++)
    if (readings->syllables[i] == kept)
      return;
  readings->syllables[readings->count++] = kept;
}

/* ü is typed as v by most and as u by many. */
static void
add_both_spellings (ShequPinyin *pinyin, Readings *readings, const char *syllable)
{
  g_autofree char *other = NULL;
  char *sign;

  add_reading (pinyin, readings, syllable);
  if (strchr (syllable, 'v') == NULL)
    return;
  other = g_strdup (syllable);
  for (sign = other; *sign != '\0'; sign++)
    if (*sign == 'v')
      *sign = 'u';
  add_reading (pinyin, readings, other);
}

/* Drops the tones; ü becomes v; nothing when ICU left the character as it was. */
static void
plain_syllable (const UChar *letters, int32_t length, char *syllable, gsize size)
{
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *decompose = unorm2_getNFDInstance (&status);
  UChar apart[64];
  int32_t count = unorm2_normalize (decompose, letters, length, apart, G_N_ELEMENTS (apart), &status);
  gsize end = 0;

  syllable[0] = '\0';
  if (U_FAILURE (status))
    return;
  for (int32_t i = 0; i < count; i++)
    {
      if (apart[i] == 0x0308 && end > 0 && syllable[end - 1] == 'u')
        syllable[end - 1] = 'v';
      else if (apart[i] >= 'a' && apart[i] <= 'z' && end + 1 < size)
        syllable[end++] = (char) apart[i];
      else if (apart[i] >= 0x2E80)
        end = 0;
    }
  syllable[end] = '\0';
}

static UTransliterator *
open_transliterator (const char *name)
{
  UErrorCode status = U_ZERO_ERROR;
  UChar id[32];
  UTransliterator *transliterator;

  u_uastrcpy (id, name);
  transliterator = utrans_openU (id, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
  if (U_FAILURE (status))
    g_error ("ICU lacks %s: %s", name, u_errorName (status));
  return transliterator;
}

static void
ask_icu (ShequPinyin *pinyin, UTransliterator *transliterator, gunichar character, Readings *readings)
{
  UErrorCode status = U_ZERO_ERROR;
  UChar letters[64];
  char syllable[16];
  int32_t length = 0;
  int32_t limit;

  U16_APPEND_UNSAFE (letters, length, character);
  limit = length;
  utrans_transUChars (transliterator, letters, &length, G_N_ELEMENTS (letters), 0, &limit, &status);
  if (U_FAILURE (status))
    return;
  plain_syllable (letters, length, syllable, sizeof syllable);
  add_both_spellings (pinyin, readings, syllable);
}

static void
add_from_table (ShequPinyin *pinyin, GHashTable *table, const char *text, Readings *readings)
{
  const char *row = g_hash_table_lookup (table, text);
  g_auto (GStrv) syllables = NULL;

  if (row == NULL)
    return;
  syllables = g_strsplit (row, ";", -1);
  for (guint i = 0; syllables[i] != NULL; i++)
    add_both_spellings (pinyin, readings, syllables[i]);
}

static void
open_icu (ShequPinyin *pinyin)
{
  if (pinyin->read_surname != NULL)
    return;
  pinyin->read_surname = open_transliterator ("Han-Latin/Names");
  pinyin->read_given = open_transliterator ("Han-Latin");
}

/**
 * shequ_pinyin_prepare:
 * @pinyin: a reader
 *
 * Opens ICU, a quarter of a second of work, ahead of the first name; for a thread that has nothing else to
 * do.
 */
void
shequ_pinyin_prepare (ShequPinyin *pinyin)
{
  g_mutex_lock (&pinyin->mutex);
  open_icu (pinyin);
  g_mutex_unlock (&pinyin->mutex);
}

static Character *
make_character (ShequPinyin *pinyin, gunichar character)
{
  Character *made = g_new0 (Character, 1);
  char text[7] = { 0 };

  g_unichar_to_utf8 (character, text);
  open_icu (pinyin);
  add_from_table (pinyin, pinyin->givens, text, &made->given);
  if (made->given.count == 0)
    ask_icu (pinyin, pinyin->read_given, character, &made->given);
  add_from_table (pinyin, pinyin->surnames, text, &made->surname);
  if (made->surname.count == 0)
    ask_icu (pinyin, pinyin->read_surname, character, &made->surname);
  /* Whoever knows the character only as a word types that: it finds the surname too. */
  for (guint i = 0; i < made->given.count; i++)
    add_reading (pinyin, &made->surname, made->given.syllables[i]);
  return made;
}

static const Character *
look_up (ShequPinyin *pinyin, gunichar character)
{
  gboolean common = character >= FIRST_CHARACTER && character <= LAST_CHARACTER;
  gpointer *place = common ? &pinyin->characters[character - FIRST_CHARACTER] : NULL;
  Character *found = common ? g_atomic_pointer_get (place) : NULL;

  if (found != NULL)
    return found;
  g_mutex_lock (&pinyin->mutex);
  found =
    common ? g_atomic_pointer_get (place) : g_hash_table_lookup (pinyin->rare, GUINT_TO_POINTER (character));
  if (found == NULL)
    {
      found = make_character (pinyin, character);
      if (common)
        g_atomic_pointer_set (place, found);
      else
        g_hash_table_insert (pinyin->rare, GUINT_TO_POINTER (character), found);
    }
  g_mutex_unlock (&pinyin->mutex);
  return found;
}

/* Splits into Chinese characters and words; signs such as · only separate. */
static void
split (const char *name, ShequPinyinName *out, gunichar *characters)
{
  gboolean open_word = FALSE;
  gsize length = 0;

  out->count = 0;
  while (*name != '\0')
    {
      gunichar character = shequ_text_fold (shequ_text_next (&name));
      gboolean han = shequ_text_is_han (character);
      gboolean word = !han && character != 0 && g_unichar_isalnum (character);

      if (han || (word && (!open_word || length + 6 >= SHEQU_PINYIN_PART_SIZE)))
        {
          if (out->count == SHEQU_PINYIN_MOST_PARTS)
            return;
          characters[out->count] = han ? character : 0;
          out->parts[out->count].han = han;
          out->parts[out->count++].reading_count = 0;
          length = 0;
        }
      open_word = word;
      if (!han && !word)
        continue;
      length += g_unichar_to_utf8 (word ? g_unichar_tolower (character) : character,
                                   out->parts[out->count - 1].text + length);
      out->parts[out->count - 1].text[length] = '\0';
    }
}

static void
set_readings (ShequPinyinPart *part, const Readings *readings)
{
  part->reading_count = readings->count;
  memcpy (part->readings, readings->syllables, sizeof part->readings);
}

static const char *
find_compound (const ShequPinyin *pinyin, const ShequPinyinName *name)
{
  char text[2 * SHEQU_PINYIN_PART_SIZE];

  /* Two characters alone are a surname and a given name, whatever they look like. */
  if (name->count < 3 || !name->parts[0].han || !name->parts[1].han)
    return NULL;
  g_strlcpy (text, name->parts[0].text, sizeof text);
  g_strlcat (text, name->parts[1].text, sizeof text);
  return g_hash_table_lookup (pinyin->compounds, text);
}

static void
put_first (ShequPinyin *pinyin, ShequPinyinPart *part, const char *syllable, gsize length)
{
  char text[16];
  Readings readings = { 0 };

  g_strlcpy (text, syllable, MIN (length + 1, sizeof text));
  g_mutex_lock (&pinyin->mutex);
  add_both_spellings (pinyin, &readings, text);
  for (guint i = 0; i < part->reading_count; i++)
    add_reading (pinyin, &readings, part->readings[i]);
  g_mutex_unlock (&pinyin->mutex);
  set_readings (part, &readings);
}

/**
 * shequ_pinyin_open:
 * @pinyin: a reader
 *
 * Opens ICU, which takes a tenth of a second: to be done by a thread on which nobody waits.
 */
void
shequ_pinyin_open (ShequPinyin *pinyin)
{
  look_up (pinyin, FIRST_CHARACTER);
}

/**
 * shequ_pinyin_analyse:
 * @pinyin: a reader
 * @name: the name of a person or a body
 * @out: (out caller-allocates): its parts with their readings; parts beyond the 40th are left out
 *
 * A person's first character (or two, for a compound surname) is read as a surname. ü is spelt v and, as a
 * further reading, u.
 */
void
shequ_pinyin_analyse (ShequPinyin *pinyin, const char *name, ShequPinyinName *out)
{
  gunichar characters[SHEQU_PINYIN_MOST_PARTS];
  const char *compound;

  split (name, out, characters);
  compound = find_compound (pinyin, out);
  out->surname_parts = 0;
  if (out->count > 0 && out->parts[0].han && (compound != NULL || out->count <= LONGEST_PERSON))
    out->surname_parts = compound != NULL ? 2 : 1;
  for (guint i = 0; i < out->count; i++)
    if (out->parts[i].han)
      {
        const Character *character = look_up (pinyin, characters[i]);
        gboolean surname = i < out->surname_parts && compound == NULL;

        set_readings (&out->parts[i], surname ? &character->surname : &character->given);
      }
  if (compound != NULL)
    {
      const char *blank = strchr (compound, ' ');

      g_assert (blank != NULL);
      put_first (pinyin, &out->parts[0], compound, blank - compound);
      put_first (pinyin, &out->parts[1], blank + 1, strlen (blank + 1));
    }
}

/**
 * shequ_pinyin_get_readings:
 * @pinyin: a reader
 * @name: a name
 *
 * Returns: (transfer full): each way to read the whole name, joined, the likeliest first, at most eight:
 *   `shanlexin`, `shanyuexin`, `danlexin`, `danyuexin`
 */
char **
shequ_pinyin_get_readings (ShequPinyin *pinyin, const char *name)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  ShequPinyinName parts;
  guint choices = 1;

  shequ_pinyin_analyse (pinyin, name, &parts);
  for (guint i = 0; i < parts.count; i++)
    choices = MIN (8, choices * MAX (1, parts.parts[i].reading_count));
  for (guint choice = 0; choice < choices && parts.count > 0; choice++)
    {
      g_autoptr (GString) joined = g_string_new (NULL);
      guint left = choice;

      for (guint i = parts.count; i-- > 0;)
        {
          const ShequPinyinPart *part = &parts.parts[i];
          guint count = MAX (1, part->reading_count);

          g_string_prepend (joined, part->reading_count > 0 ? part->readings[left % count] : part->text);
          left /= count;
        }
      g_strv_builder_add (builder, joined->str);
    }
  return g_strv_builder_end (builder);
}

/**
 * shequ_pinyin_get_initials:
 * @pinyin: a reader
 * @name: a name
 *
 * Returns: (transfer full): the first letter of each part in its likeliest reading, `wxm`
 */
char *
shequ_pinyin_get_initials (ShequPinyin *pinyin, const char *name)
{
  GString *initials = g_string_new (NULL);
  ShequPinyinName parts;

  shequ_pinyin_analyse (pinyin, name, &parts);
  for (guint i = 0; i < parts.count; i++)
    {
      const ShequPinyinPart *part = &parts.parts[i];

      if (part->reading_count > 0)
        g_string_append_c (initials, part->readings[0][0]);
      else
        g_string_append_unichar (initials, g_utf8_get_char (part->text));
    }
  return g_string_free (initials, FALSE);
}

/**
 * shequ_pinyin_get_sort_key:
 * @pinyin: a reader
 * @name: a name
 *
 * A key to be compared byte by byte, as every engine can. Character by character the reading comes first and
 * the character after, so that 李 and 黎 stay apart: `wang 王 xiao 小 ming 明`.
 *
 * Returns: (transfer full): the key
 */
char *
shequ_pinyin_get_sort_key (ShequPinyin *pinyin, const char *name)
{
  GString *key = g_string_sized_new (48);
  ShequPinyinName parts;

  shequ_pinyin_analyse (pinyin, name, &parts);
  for (guint i = 0; i < parts.count; i++)
    {
      const ShequPinyinPart *part = &parts.parts[i];

      if (i > 0)
        g_string_append_c (key, ' ');
      if (part->reading_count > 0)
        {
          g_string_append (key, part->readings[0]);
          g_string_append_c (key, ' ');
        }
      g_string_append (key, part->text);
    }
  return g_string_free (key, FALSE);
}
