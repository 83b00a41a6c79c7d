/*
 * What the search index keeps, and what is asked of it.
 *
 * A record is a set of tokens. What a person types becomes terms; a record is found when each term is the
 * beginning of one of its tokens. Tokens and terms hold lower-case letters, digits and Han only, so they need
 * no quoting in any engine. The two halves of this file belong together: whatever cuts a term must be a place
 * where a token starts.
 */
#include "shequ-search-tokens.h"

#include "config.h"

#include <string.h>

#include "shequ-address.h"
#include "shequ-search-units.h"

/* Nobody types more of a text before looking at what was found. */
#define LONGEST_HAN 12
#define LONGEST_WORD 64

/* A text of many pages is searched by its start. */
#define MOST_PIECES 16

/* Names with many readings get the likeliest. */
#define MOST_READINGS 8

#define FIRST_SLOTS 256

struct _ShequSearchTokens
{
  ShequPinyin *pinyin;
  ShequSeal *seal; /* (nullable): of a protected office */
  GString *text;   /* the tokens with a blank between */
  guint32 *slots;  /* place in text + 1, 0 for empty; open addressing */
  guint slot_count;
  guint count;
  gboolean in_address;
  const char *sign; /* what each token starts with: "" but for names */
};

/**
 * shequ_search_tokens_new:
 * @pinyin: how names are read
 *
 * Makes an empty set of tokens. Clear and reuse it for one record after the other.
 *
 * Returns: (transfer full): a set
 */
ShequSearchTokens *
shequ_search_tokens_new (ShequPinyin *pinyin)
{
  ShequSearchTokens *tokens = g_new0 (ShequSearchTokens, 1);

  tokens->pinyin = shequ_pinyin_ref (pinyin);
  tokens->text = g_string_sized_new (512);
  tokens->slot_count = FIRST_SLOTS;
  tokens->slots = g_new0 (guint32, tokens->slot_count);
  tokens->sign = "";
  return tokens;
}

/**
 * shequ_search_tokens_free:
 * @tokens: (transfer full): a set
 */
void
shequ_search_tokens_free (ShequSearchTokens *tokens)
{
  shequ_pinyin_unref (tokens->pinyin);
  g_clear_pointer (&tokens->seal, shequ_seal_free);
  g_string_free (tokens->text, TRUE);
  g_free (tokens->slots);
  g_free (tokens);
}

/**
 * shequ_search_tokens_get_pinyin:
 * @tokens: a set
 *
 * Returns: (transfer none): how its names are read
 */
ShequPinyin *
shequ_search_tokens_get_pinyin (const ShequSearchTokens *tokens)
{
  return tokens->pinyin;
}

/**
 * shequ_search_tokens_clear:
 * @tokens: a set
 *
 * Empties the set for the next record.
 */
void
shequ_search_tokens_clear (ShequSearchTokens *tokens)
{
  g_string_truncate (tokens->text, 0);
  memset (tokens->slots, 0, tokens->slot_count * sizeof *tokens->slots);
  tokens->count = 0;
}

/**
 * shequ_search_tokens_get_text:
 * @tokens: a set
 *
 * Returns: the tokens, each once, with a blank between; valid until the set changes
 */
const char *
shequ_search_tokens_get_text (const ShequSearchTokens *tokens)
{
  return tokens->text->str;
}

/**
 * shequ_search_tokens_get_count:
 * @tokens: a set
 *
 * Returns: the number of tokens
 */
guint
shequ_search_tokens_get_count (const ShequSearchTokens *tokens)
{
  return tokens->count;
}

static guint32
hash (const char *token, gsize length)
{
  guint32 value = 2166136261u;

  for (gsize i = 0; i < length; i++)
    value = (value ^ (guchar) token[i]) * 16777619u;
  return value;
}

static guint32 *
find_slot (ShequSearchTokens *tokens, const char *sign, const char *token, gsize length)
{
  gsize sign_length = strlen (sign);
  guint32 place = hash (token, length) & (tokens->slot_count - 1);

  while (tokens->slots[place] != 0)
    {
      const char *there = tokens->text->str + tokens->slots[place] - 1;

      if (memcmp (there, sign, sign_length) == 0 && strncmp (there + sign_length, token, length) == 0 &&
          (there[sign_length + length] == ' ' || there[sign_length + length] == '\0'))
        break;
      place = (place + 1) & (tokens->slot_count - 1);
    }
  return &tokens->slots[place];
}

static void
grow (ShequSearchTokens *tokens)
{
  const char *token = tokens->text->str;

  tokens->slot_count *= 2;
  g_free (tokens->slots);
  tokens->slots = g_new0 (guint32, tokens->slot_count);
  while (*token != '\0')
    {
      gsize length = strcspn (token, " ");

      *find_slot (tokens, "", token, length) = token - tokens->text->str + 1;
      token += length;
      token += *token == ' ' ? 1 : 0;
    }
}

/* Words that stand in every address tell nothing: 小 must not find all who live in some 小区. */
static gboolean
is_address_word (const char *token, gsize length)
{
  static const char *const words[] = {
    "小区", "区", "号楼", "楼", "栋", "单元", "元", "室", "号", "层", "弄"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strlen (words[i]) == length && memcmp (token, words[i], length) == 0)
      return TRUE;
  return FALSE;
}

static void
add (ShequSearchTokens *tokens, const char *token, gsize length)
{
  guint32 *slot;

  if (length == 0 || (tokens->in_address && is_address_word (token, length)))
    return;
  slot = find_slot (tokens, tokens->sign, token, length);
  if (*slot != 0)
    return;
  if (tokens->text->len > 0)
    g_string_append_c (tokens->text, ' ');
  *slot = tokens->text->len + 1;
  g_string_append (tokens->text, tokens->sign);
  g_string_append_len (tokens->text, token, length);
  if (++tokens->count * 2 > tokens->slot_count)
    grow (tokens);
}

static void
add_units (ShequSearchTokens *tokens, const ShequSearchUnits *units, guint start, guint end)
{
  add (tokens, units->bytes + units->starts[start], units->starts[end] - units->starts[start]);
}

static void
add_piece (ShequSearchTokens *tokens, const ShequSearchUnits *units)
{
  for (guint i = 0; i < units->count; i++)
    {
      if (units->kinds[i] == SHEQU_SEARCH_UNIT_HAN)
        add_units (tokens, units, i, MIN (shequ_search_units_han_end (units, i), i + LONGEST_HAN));
      else if (shequ_search_units_is_start (units, i))
        {
          guint end = shequ_search_units_word_end (units, i);

          add_units (tokens, units, i, MIN (end, i + LONGEST_WORD));
          if (units->kinds[end - 1] == SHEQU_SEARCH_UNIT_DIGIT &&
              units->kinds[end] == SHEQU_SEARCH_UNIT_HAN && end - i <= LONGEST_WORD)
            add_units (tokens, units, i, MIN (shequ_search_units_han_end (units, end), end + LONGEST_HAN));
        }
    }
}

/**
 * shequ_search_tokens_add_text:
 * @tokens: a set
 * @text: any text
 *
 * Makes @text found by each part of it: 幸福小区3号楼 by 幸福小区, 福小区, 小区, 区, 3, 3号楼, 号楼, 楼.
 * Letters and digits are found from their start.
 */
void
shequ_search_tokens_add_text (ShequSearchTokens *tokens, const char *text)
{
  ShequSearchUnits units;

  for (guint piece = 0; text != NULL && piece < MOST_PIECES; piece++)
    {
      text = shequ_search_units_read (text, &units);
      add_piece (tokens, &units);
    }
}

/**
 * shequ_search_tokens_add_address:
 * @tokens: a set
 * @address: an address
 *
 * Makes @address found as a text and by its normal form, so that 3-2-501 is found by 3号楼, 2单元 and 501室,
 * and 三栋 by 3号楼 and 3栋.
 */
void
shequ_search_tokens_add_address (ShequSearchTokens *tokens, const char *address)
{
  static const char *const building_words[] = { "号楼", "栋" };
  g_auto (ShequAddress) parts;
  char word[64];

  tokens->in_address = TRUE;
  shequ_search_tokens_add_text (tokens, address);
  shequ_address_parse (address, &parts);
  for (guint i = 0; i < G_N_ELEMENTS (building_words) && parts.building != NULL; i++)
    {
      g_snprintf (word, sizeof word, "%s%s", parts.building, building_words[i]);
      shequ_search_tokens_add_text (tokens, word);
    }
  if (parts.stairwell != NULL)
    {
      g_snprintf (word, sizeof word, "%s单元", parts.stairwell);
      shequ_search_tokens_add_text (tokens, word);
    }
  if (parts.room != NULL)
    {
      g_snprintf (word, sizeof word, "%s室", parts.room);
      shequ_search_tokens_add_text (tokens, word);
    }
  tokens->in_address = FALSE;
}

/* The units from each start to the end, without what stood between them. */
static void
add_joined (ShequSearchTokens *tokens, const ShequSearchUnits *units)
{
  for (guint i = 0; i < units->count; i++)
    {
      gboolean han_start =
        units->kinds[i] == SHEQU_SEARCH_UNIT_HAN && (i == 0 || units->kinds[i - 1] != SHEQU_SEARCH_UNIT_HAN);

      if (han_start || shequ_search_units_is_start (units, i))
        add_units (tokens, units, i, MIN (units->count, i + LONGEST_WORD));
    }
}

/* An ID number, old or new. */
static gboolean
is_whole_number (const char *bytes, gsize length)
{
  gsize n_digits = 0;

  if (length < SHEQU_SEARCH_LEAST_WHOLE || length > 18)
    return FALSE;
  while (n_digits < length && g_ascii_isdigit (bytes[n_digits]))
    n_digits++;
  return n_digits >= MIN (length, 17);
}

static void
add_whole_number (ShequSearchTokens *tokens, const char *bytes, gsize length)
{
  char token[sizeof SHEQU_SEARCH_WHOLE_NUMBER + 18];
  int size = g_snprintf (token, sizeof token, SHEQU_SEARCH_WHOLE_NUMBER "%.*s", (int) length, bytes);

  add (tokens, token, (gsize) size);
}

/**
 * shequ_search_tokens_add_exact:
 * @tokens: a set
 * @value: a number of a paper, a code
 *
 * Makes @value found whole or from its start, with or without its dashes and brackets, and from the start of
 * each of its groups. The beginnings of a number as long as an ID number are tokens: there is another number
 * for each record, and all those of a district begin alike, so that an index would join as many lists as
 * there are records.
 */
void
shequ_search_tokens_add_exact (ShequSearchTokens *tokens, const char *value)
{
  ShequSearchUnits units;

  shequ_search_units_read (value, &units);
  if (!is_whole_number (units.bytes, units.starts[units.count]))
    {
      add_joined (tokens, &units);
      return;
    }
  add_whole_number (tokens, units.bytes, units.starts[units.count]);
  tokens->sign = SHEQU_SEARCH_BEGINNING;
  for (gsize length = 1; length < SHEQU_SEARCH_LEAST_WHOLE; length++)
    add (tokens, units.bytes, length);
  tokens->sign = "";
}

/**
 * shequ_search_tokens_add_tail:
 * @tokens: a set
 * @number: an ID number or a phone
 *
 * Makes @number found whole and by its last four, six or eight places; a phone also from its start. An ID
 * number is not: its first places are those of the whole district, and would be looked up for everybody.
 */
void
shequ_search_tokens_add_tail (ShequSearchTokens *tokens, const char *number)
{
  static const guint8 tails[] = { 8, 6, 4 };
  ShequSearchUnits units;
  const char *end;

  shequ_search_units_read (number, &units);
  end = units.bytes + units.starts[units.count];
  if (is_whole_number (units.bytes, units.starts[units.count]))
    add_whole_number (tokens, units.bytes, units.starts[units.count]);
  else
    add_joined (tokens, &units);
  for (guint i = 0; i < G_N_ELEMENTS (tails); i++)
    if (units.starts[units.count] > tails[i] && g_ascii_isdigit (end[-tails[i]]))
      add (tokens, end - tails[i], tails[i]);
}

static void
add_keyed (ShequSearchTokens *tokens, const char *bytes, gsize length)
{
  g_autofree char *part = g_strndup (bytes, length);
  g_autofree char *token = shequ_seal_make_token (tokens->seal, part);

  add (tokens, token, strlen (token));
}

/**
 * shequ_search_tokens_add_sealed:
 * @tokens: a set with a seal
 * @value: a number that is sealed where it is stored
 *
 * Makes @value found whole, by its last four, six or eight places, and by each of its groups, through tokens
 * that tell nothing to who has no key. Its beginnings are not found.
 */
void
shequ_search_tokens_add_sealed (ShequSearchTokens *tokens, const char *value)
{
  static const guint8 tails[] = { 8, 6, 4 };
  ShequSearchUnits units;
  gsize length;

  shequ_search_units_read (value, &units);
  length = units.starts[units.count];
  if (length == 0)
    return;
  add_keyed (tokens, units.bytes, length);
  for (guint i = 0; i < G_N_ELEMENTS (tails); i++)
    if (length > tails[i] && g_ascii_isdigit (units.bytes[length - tails[i]]))
      add_keyed (tokens, units.bytes + length - tails[i], tails[i]);
  for (guint i = 0, end; i < units.count; i = end)
    {
      for (end = i + 1; end < units.count && units.kinds[end - 1] != SHEQU_SEARCH_UNIT_SEPARATOR &&
                        !shequ_search_units_is_start (&units, end);)
        end++;
      if (units.starts[end] > units.starts[i] && (gsize) (units.starts[end] - units.starts[i]) < length)
        add_keyed (tokens, units.bytes + units.starts[i], units.starts[end] - units.starts[i]);
    }
}

/**
 * shequ_search_tokens_take_seal:
 * @tokens: a set
 * @seal: (transfer full) (nullable): what makes the tokens of sealed values
 */
void
shequ_search_tokens_take_seal (ShequSearchTokens *tokens, ShequSeal *seal)
{
  g_clear_pointer (&tokens->seal, shequ_seal_free);
  tokens->seal = seal;
}

/**
 * shequ_search_tokens_get_seal:
 * @tokens: a set
 *
 * Returns: (transfer none) (nullable): the seal of a protected office
 */
ShequSeal *
shequ_search_tokens_get_seal (const ShequSearchTokens *tokens)
{
  return tokens->seal;
}

/* One way of reading the parts of a name: each part's choice counted up like digits. */
static gboolean
next_choice (const ShequPinyinName *name, guint start, guint8 *choices)
{
  for (guint i = name->count; i-- > start;)
    {
      if (choices[i] + 1u < name->parts[i].reading_count)
        {
          choices[i]++;
          return TRUE;
        }
      choices[i] = 0;
    }
  return FALSE;
}

/* Joins readings of the parts: whole ones up to @whole, initials behind. */
static gsize
join (const ShequPinyinName *name, guint start, guint whole, const guint8 *choices, char *joined)
{
  gsize length = 0;

  for (guint i = start; i < name->count; i++)
    {
      const ShequPinyinPart *part = &name->parts[i];
      const char *reading = part->reading_count > 0 ? part->readings[choices[i]] : part->text;
      gsize size = i < whole ? strlen (reading) : (gsize) (g_utf8_next_char (reading) - reading);

      if (length + size > LONGEST_WORD)
        break;
      memcpy (joined + length, reading, size);
      length += size;
    }
  return length;
}

/* The signs of a name's tokens, as what a record is called and as anything else. */
typedef struct
{
  const char *start;
  const char *part;
} Signs;

static const Signs title_signs = { SHEQU_SEARCH_NAME_START, SHEQU_SEARCH_NAME_PART };
static const Signs body_signs = { SHEQU_SEARCH_NAME_START, "" };
static const Signs no_signs = { "", "" };

static void
add_readings (ShequSearchTokens *tokens, const ShequPinyinName *name, guint start)
{
  guint8 choices[SHEQU_PINYIN_MOST_PARTS] = { 0 };
  char joined[LONGEST_WORD];
  guint readings = 0;

  do
    {
      add (tokens, joined, join (name, start, name->count, choices, joined));
      add (tokens, joined, join (name, start, 0, choices, joined));
      /* wangxm: what many type first. */
      if (start == 0 && name->surname_parts > 0)
        add (tokens, joined, join (name, start, name->surname_parts, choices, joined));
    }
  while (++readings < MOST_READINGS && next_choice (name, start, choices));
}

static void
add_characters (ShequSearchTokens *tokens, const ShequPinyinName *name, guint start)
{
  char joined[LONGEST_WORD];
  gsize length = 0;

  for (guint i = start; i < name->count && i < start + LONGEST_HAN; i++)
    {
      gsize size = strlen (name->parts[i].text);

      if (length + size > sizeof joined)
        break;
      memcpy (joined + length, name->parts[i].text, size);
      length += size;
    }
  add (tokens, joined, length);
}

static void
add_name (ShequSearchTokens *tokens, const char *name, const Signs *signs)
{
  ShequPinyinName parts;

  shequ_pinyin_analyse (tokens->pinyin, name, &parts);
  /* What a body is called is found by each of its words, as any text. */
  if (parts.surname_parts == 0)
    signs = *signs->start != '\0' ? &body_signs : &no_signs;
  for (guint i = 0; i < parts.count; i++)
    {
      tokens->sign = i == 0 ? signs->start : signs->part;
      add_characters (tokens, &parts, i);
      add_readings (tokens, &parts, i);
    }
  tokens->sign = "";
  /* Digits and Han in the names of bodies are cut as in any text; 志愿1队 only begins like a person. */
  if (parts.surname_parts == 0 || strpbrk (name, "0123456789") != NULL)
    shequ_search_tokens_add_text (tokens, name);
}

/**
 * shequ_search_tokens_add_name:
 * @tokens: a set
 * @name: the name of a person or a body that the record is not called by, as a former one
 *
 * Makes @name found as a text, and from each character on by its pinyin and its initials in every common
 * reading: 王小明 by wangxiaoming, xiaoming, ming, wxm, xm, m, and wangxm.
 */
void
shequ_search_tokens_add_name (ShequSearchTokens *tokens, const char *name)
{
  add_name (tokens, name, &no_signs);
}

/**
 * shequ_search_tokens_add_title:
 * @tokens: a set
 * @name: the name of a person or a body that the record is called by
 *
 * As shequ_search_tokens_add_name(), with tokens that tell where in the name they stand: its beginning starts
 * with `·`, each later part with `˙`.
 */
void
shequ_search_tokens_add_title (ShequSearchTokens *tokens, const char *name)
{
  add_name (tokens, name, &title_signs);
}

/* Words that close a number, the longer first; a term ends behind them: 3号楼王小明. */
static guint
measure_word_units (const ShequSearchUnits *units, guint start)
{
  static const char *const words[] = { "号楼", "号院", "单元", "小区", "栋", "幢", "座", "楼", "层",
                                       "室",   "号",   "户",   "组",   "排", "弄", "巷", "区", "期",
                                       "届",   "年",   "月",   "日",   "级", "委", "街", "路", "岁" };
  const char *place = units->bytes + units->starts[start];
  gsize left = units->starts[units->count] - units->starts[start];

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize length = strlen (words[i]);

      if (length <= left && memcmp (place, words[i], length) == 0)
        return length / 3;
    }
  return 0;
}

static guint
term_end (const ShequSearchUnits *units, guint start)
{
  guint end = start;

  if (units->kinds[start] == SHEQU_SEARCH_UNIT_HAN)
    return MIN (shequ_search_units_han_end (units, start), start + LONGEST_HAN);
  do
    end++;
  while (end < shequ_search_units_word_end (units, start) && !shequ_search_units_is_start (units, end) &&
         end < start + LONGEST_WORD);
  if (units->kinds[end - 1] == SHEQU_SEARCH_UNIT_DIGIT && units->kinds[end] == SHEQU_SEARCH_UNIT_HAN)
    end += measure_word_units (units, end);
  return end;
}

/* The 单 of 2单, on the way to 2单元: not yet a word, and of no name. */
static gboolean
is_begun_word (const ShequSearchUnits *units, guint start, guint end)
{
  return start > 0 && end == start + 1 && units->count == end &&
         units->kinds[start - 1] == SHEQU_SEARCH_UNIT_DIGIT &&
         (memcmp (units->bytes + units->starts[start], "单", 3) == 0 ||
          memcmp (units->bytes + units->starts[start], "号", 3) == 0);
}

static gboolean
is_digit_group (const ShequSearchUnits *units, guint place)
{
  return units->kinds[place] == SHEQU_SEARCH_UNIT_DIGIT || units->kinds[place] == SHEQU_SEARCH_UNIT_SEPARATOR;
}

/* 138 0013 8000 and 220802 19650307 0022 are one number each. */
static gboolean
is_grouped_number (const ShequSearchUnits *units)
{
  guint digits = units->starts[units->count];
  const char *bytes = units->bytes;
  guint last = units->count - 1;

  for (guint i = 0; i < last; i++)
    if (!is_digit_group (units, i))
      return FALSE;
  if (!is_digit_group (units, last) && bytes[digits - 1] != 'x')
    return FALSE;
  return (digits == 11 && bytes[0] == '1' && bytes[1] >= '3') || digits == 18;
}

static void
add_term (GPtrArray *terms, const char *term, gsize length)
{
  g_autofree char *copy = is_whole_number (term, length)
                            ? g_strdup_printf (SHEQU_SEARCH_WHOLE_NUMBER "%.*s", (int) length, term)
                            : g_strndup (term, length);

  for (guint i = 0; i < terms->len; i++)
    if (strcmp (terms->pdata[i], copy) == 0)
      return;
  g_ptr_array_add (terms, g_steal_pointer (&copy));
}

/**
 * shequ_search_query_terms:
 * @typed: what a person typed
 *
 * Cuts @typed into terms at blanks and signs, between Han and letters (zh小明), behind a number with its
 * word (3号楼王小明) and where digits follow letters. Numbers written in groups are joined.
 *
 * Returns: (transfer full): the terms, each once; a record must match all; empty when nothing can be searched
 */
char **
shequ_search_query_terms (const char *typed)
{
  g_autoptr (GPtrArray) terms = g_ptr_array_new_with_free_func (g_free);
  ShequSearchUnits units;
  guint end;

  shequ_search_units_read (typed, &units);
  if (units.count > 0 && is_grouped_number (&units))
    add_term (terms, units.bytes, units.starts[units.count]);
  else
    for (guint i = 0; i < units.count; i = end)
      {
        end = units.kinds[i] == SHEQU_SEARCH_UNIT_SEPARATOR ? i + 1 : term_end (&units, i);
        if (end > i && units.starts[end] > units.starts[i] && !is_begun_word (&units, i, end))
          add_term (terms, units.bytes + units.starts[i], units.starts[end] - units.starts[i]);
      }
  g_ptr_array_add (terms, NULL);
  return (char **) g_ptr_array_steal (terms, NULL);
}

static gboolean
is_vowel (char letter)
{
  return letter != '\0' && strchr ("aeiouv", letter) != NULL;
}

/* The bytes of the initial that a text begins with. */
static gsize
measure_initial (const char *text)
{
  return (*text == 'z' || *text == 'c' || *text == 's') && text[1] == 'h' ? 2 : 1;
}

/* The bytes of a syllable behind its initial. */
static gsize
measure_final (const char *text)
{
  gsize length = strspn (text, "aeiouv");

  if (text[length] == 'n' && text[length + 1] == 'g' && !is_vowel (text[length + 2]))
    return length + 2;
  if ((text[length] == 'n' || text[length] == 'r') && !is_vowel (text[length + 1]))
    return length + 1;
  return length;
}

/**
 * shequ_search_term_get_initials:
 * @term: a term
 *
 * Initials are looked for by one letter each. Who types zh, ch and sh for those that are written so means the
 * same: zhds is zds, lishm lism. A last zh is one only behind another initial, otherwise it begins a
 * syllable.
 *
 * Returns: (transfer full) (nullable): what else @term may mean; %NULL where it is nothing else
 */
char *
shequ_search_term_get_initials (const char *term)
{
  g_autoptr (GString) other = NULL;
  gboolean behind_initial = FALSE;
  gsize length = strlen (term);

  if (strspn (term, "abcdefghijklmnopqrstuvwxyz") != length || strchr (term, 'h') == NULL)
    return NULL;
  other = g_string_new (NULL);
  while (*term != '\0')
    {
      gsize initial = is_vowel (*term) ? 0 : measure_initial (term);
      gsize final = measure_final (term + initial);
      gboolean alone = initial > 0 && !is_vowel (term[initial]);

      if (alone && initial == 2 && (term[2] != '\0' || behind_initial))
        g_string_append_c (other, *term);
      else
        g_string_append_len (other, term, (gssize) (initial + (alone ? 0 : final)));
      term += initial + (alone ? 0 : final);
      behind_initial = alone;
    }
  return other->len < length ? g_string_free (g_steal_pointer (&other), FALSE) : NULL;
}

/* Nobody looks for fewer places of a sealed number. */
#define LEAST_SEALED 3

/**
 * shequ_search_term_seal:
 * @term: a term
 * @seal: (nullable): of a protected office
 *
 * Returns: (transfer full) (nullable): the token by which a sealed number is found that @term may be, or end;
 *   %NULL where it is none
 */
char *
shequ_search_term_seal (const char *term, ShequSeal *seal)
{
  const char *number = term;

  if (seal == NULL)
    return NULL;
  if (g_str_has_prefix (term, SHEQU_SEARCH_WHOLE_NUMBER) &&
      is_whole_number (term + strlen (SHEQU_SEARCH_WHOLE_NUMBER),
                       strlen (term) - strlen (SHEQU_SEARCH_WHOLE_NUMBER)))
    number += strlen (SHEQU_SEARCH_WHOLE_NUMBER);
  if (strlen (number) < LEAST_SEALED || strpbrk (number, "0123456789") == NULL)
    return NULL;
  return shequ_seal_make_token (seal, number);
}
