/* Which parts of a text are those that a person typed, also when pinyin was typed. */
#include "shequ-search-marks.h"

#include "config.h"

#include <string.h>

#include "shequ-search-tokens.h"
#include "shequ-search-units.h"

/* What is shown in one line. */
#define MOST_UNITS 200

struct _ShequSearchMarks
{
  char **terms;
  ShequPinyin *pinyin; /* (nullable) */
};

/* A text as the search sees it, with the bytes that its units come from. */
typedef struct
{
  guint count;
  struct
  {
    ShequSearchUnitKind kind;
    char bytes[8];
    gboolean starts; /* a word may be looked up from here */
    guint start;
    guint end;
    int part; /* its place among the parts of the name, -1 for none */
  } units[MOST_UNITS];
  gboolean marked[MOST_UNITS];
} Text;

/**
 * shequ_search_marks_new:
 * @typed: (nullable): what a person typed
 * @pinyin: (nullable): how names are read; without it only what stands there is marked
 *
 * Returns: (transfer full): what finds the parts to be marked
 */
ShequSearchMarks *
shequ_search_marks_new (const char *typed, ShequPinyin *pinyin)
{
  ShequSearchMarks *marks = g_new0 (ShequSearchMarks, 1);

  marks->terms = shequ_search_query_terms (typed != NULL ? typed : "");
  marks->pinyin = pinyin != NULL ? shequ_pinyin_ref (pinyin) : NULL;
  return marks;
}

/**
 * shequ_search_marks_free:
 * @marks: (transfer full): marks
 */
void
shequ_search_marks_free (ShequSearchMarks *marks)
{
  g_strfreev (marks->terms);
  g_clear_pointer (&marks->pinyin, shequ_pinyin_unref);
  g_free (marks);
}

static gboolean
is_word (ShequSearchUnitKind kind)
{
  return kind == SHEQU_SEARCH_UNIT_LETTER || kind == SHEQU_SEARCH_UNIT_DIGIT;
}

/* The last four, six and eight digits of a number are looked up, too. */
static void
let_tails_start (Text *text)
{
  guint run = 0;

  for (guint i = text->count; i-- > 0;)
    {
      gboolean joined = i + 1 < text->count && is_word (text->units[i + 1].kind) &&
                        text->units[i].end == text->units[i + 1].start;

      run = is_word (text->units[i].kind) ? (joined ? run + 1 : 1) : 0;
      if ((run == 4 || run == 6 || run == 8) && text->units[i].kind == SHEQU_SEARCH_UNIT_DIGIT)
        text->units[i].starts = TRUE;
    }
}

static void
read_text (const char *line, Text *text)
{
  const char *place = line;
  ShequSearchUnitKind before = SHEQU_SEARCH_UNIT_SEPARATOR;
  int han = 0;

  text->count = 0;
  while (*place != '\0' && text->count < MOST_UNITS)
    {
      const char *next = g_utf8_next_char (place);
      char character[8] = { 0 };
      ShequSearchUnits units;

      memcpy (character, place, MIN ((gsize) (next - place), sizeof character - 1));
      shequ_search_units_read (character, &units);
      for (guint i = 0; i < units.count && text->count < MOST_UNITS; i++)
        {
          guint length = units.starts[i + 1] - units.starts[i];
          ShequSearchUnitKind kind = units.kinds[i];

          if (kind != SHEQU_SEARCH_UNIT_SEPARATOR && length < sizeof text->units[0].bytes)
            {
              memcpy (text->units[text->count].bytes, units.bytes + units.starts[i], length);
              text->units[text->count].bytes[length] = '\0';
              text->units[text->count].kind = kind;
              text->units[text->count].starts =
                !is_word (kind) || !is_word (before) || (before != kind && kind == SHEQU_SEARCH_UNIT_DIGIT);
              text->units[text->count].start = place - line;
              text->units[text->count].end = next - line;
              text->units[text->count].part = kind == SHEQU_SEARCH_UNIT_HAN ? han++ : -1;
              text->marked[text->count++] = FALSE;
            }
          before = kind;
        }
      place = next;
    }
  let_tails_start (text);
}

static void
mark (Text *text, guint start, guint end)
{
  for (guint i = start; i < end; i++)
    text->marked[i] = TRUE;
}

/* Marks the term wherever it stands as it was typed. */
static void
mark_literal (Text *text, const char *term)
{
  for (guint i = 0; i < text->count; i++)
    {
      const char *rest = term;
      guint end = i;

      while (*rest != '\0' && end < text->count && g_str_has_prefix (rest, text->units[end].bytes))
        rest += strlen (text->units[end++].bytes);
      if (*rest == '\0' && text->units[i].starts)
        mark (text, i, end);
    }
}

/* The Han of a name alone, in the order of the text. */
static const ShequPinyinPart *
find_part (const ShequPinyinName *name, int place)
{
  for (guint i = 0; i < name->count; i++)
    if (name->parts[i].han && place-- == 0)
      return &name->parts[i];
  return NULL;
}

/* The unit behind the last that the term reads, 0 when it reads something else; whole readings up to `whole`,
 * initials behind. */
static guint
read_term (const Text *text, const ShequPinyinName *name, guint place, guint whole, const char *term)
{
  const ShequPinyinPart *part;

  if (*term == '\0')
    return place;
  if (place >= text->count || text->units[place].part < 0)
    return 0;
  part = find_part (name, text->units[place].part);
  for (guint i = 0; part != NULL && i < part->reading_count; i++)
    {
      const char *reading = part->readings[i];
      gsize length = place < whole ? strlen (reading) : 1;
      gsize left = strlen (term);
      guint end = 0;

      if (strncmp (term, reading, MIN (length, left)) == 0)
        end = left <= length ? place + 1 : read_term (text, name, place + 1, whole, term + length);
      if (end > 0)
        return end;
    }
  return 0;
}

static void
mark_readings (Text *text, const ShequPinyinName *name, const char *term)
{
  guint end = 0;

  for (guint i = 0; i < text->count; i = MAX (i + 1, end))
    {
      end = read_term (text, name, i, text->count, term);
      if (end == 0)
        end = read_term (text, name, i, i, term);
      if (end == 0 && i == 0 && name->surname_parts > 0)
        end = read_term (text, name, 0, name->surname_parts, term);
      if (end > 0)
        mark (text, i, end);
    }
}

/* What was typed, and the initials that it may mean. */
static void
mark_pinyin (Text *text, const ShequPinyinName *name, const char *term)
{
  g_autofree char *initials = shequ_search_term_get_initials (term);

  mark_readings (text, name, term);
  if (initials != NULL)
    mark_readings (text, name, initials);
}

static gboolean
is_pinyin (const char *term)
{
  return *term != '\0' && strspn (term, "abcdefghijklmnopqrstuvwxyz") == strlen (term);
}

static void
mark_terms (const ShequSearchMarks *marks, const char *line, gboolean is_name, Text *text)
{
  ShequPinyinName name;

  read_text (line, text);
  name.count = 0;
  for (guint i = 0; marks->terms[i] != NULL; i++)
    {
      const char *term = marks->terms[i];

      mark_literal (text, g_str_has_prefix (term, SHEQU_SEARCH_WHOLE_NUMBER) && g_ascii_isdigit (term[2])
                            ? term + strlen (SHEQU_SEARCH_WHOLE_NUMBER)
                            : term);
      if (!is_name || marks->pinyin == NULL || !is_pinyin (term))
        continue;
      if (name.count == 0)
        shequ_pinyin_analyse (marks->pinyin, line, &name);
      mark_pinyin (text, &name, term);
    }
}

/**
 * shequ_search_marks_find:
 * @marks: marks
 * @text: a text that is shown
 * @is_name: whether it is a name, which pinyin finds
 *
 * Returns: (transfer full) (nullable) (element-type ShequSearchMark): the parts of @text that were typed, in
 *   order and apart; %NULL for none
 */
GArray *
shequ_search_marks_find (const ShequSearchMarks *marks, const char *text, gboolean is_name)
{
  GArray *found = NULL;
  Text parts;

  if (marks->terms[0] == NULL || text == NULL)
    return NULL;
  mark_terms (marks, text, is_name, &parts);
  for (guint i = 0; i < parts.count; i++)
    {
      ShequSearchMark added = { parts.units[i].start, parts.units[i].end };
      ShequSearchMark *last = NULL;

      if (!parts.marked[i])
        continue;
      /* A blank between two marks is marked with them. */
      if (i > 0 && parts.marked[i - 1])
        added.start = parts.units[i - 1].end;
      if (found == NULL)
        found = g_array_new (FALSE, FALSE, sizeof (ShequSearchMark));
      else
        last = &g_array_index (found, ShequSearchMark, found->len - 1);
      if (last != NULL && last->end >= added.start)
        last->end = added.end;
      else
        g_array_append_val (found, added);
    }
  return found;
}

/**
 * shequ_search_marks_score:
 * @marks: marks
 * @title: what a record is called
 *
 * Returns: 1 when all of @title was typed, 0.9 when its beginning was, 0.7 for another part, 0.5 when the
 * record was found by something else
 */
double
shequ_search_marks_score (const ShequSearchMarks *marks, const char *title)
{
  gboolean whole = TRUE;
  gboolean some = FALSE;
  Text parts;

  if (marks->terms[0] == NULL)
    return 0;
  mark_terms (marks, title, TRUE, &parts);
  for (guint i = 0; i < parts.count; i++)
    {
      whole = whole && parts.marked[i];
      some = some || parts.marked[i];
    }
  if (!some)
    return 0.5;
  return whole ? 1 : parts.marked[0] ? 0.9 : 0.7;
}
