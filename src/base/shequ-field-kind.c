/* One table of the kinds of fields: how each is read, written and hidden. */
#include "shequ-field-kind.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "shequ-credit-code.h"
#include "shequ-date.h"
#include "shequ-id-number.h"
#include "shequ-mask.h"
#include "shequ-money.h"
#include "shequ-phone.h"
#include "shequ-picture.h"
#include "shequ-text.h"
#include "shequ-time.h"

#define NUMBER_SIZE 64
#define MOST_LISTED_CODES 12

static gboolean
refuse (const ShequField *field, GPtrArray *issues, const char *message)
{
  g_ptr_array_add (issues, shequ_issue_new (SHEQU_ISSUE_ERROR, field, "%s", message));
  return FALSE;
}

static gboolean
refuse_error (const ShequField *field, GPtrArray *issues, GError *error)
{
  g_ptr_array_add (issues, shequ_issue_new (SHEQU_ISSUE_ERROR, field, "%s", error->message));
  g_error_free (error);
  return FALSE;
}

static gboolean
is_seen (gunichar character)
{
  GUnicodeType type = g_unichar_type (character);

  return type != G_UNICODE_CONTROL && type != G_UNICODE_FORMAT && type != G_UNICODE_UNASSIGNED;
}

/* A blank between two Chinese characters only widens a name in a table: 张  三. */
static gboolean
only_widens (const GString *before, const char *after)
{
  const char *last;

  while (*after == ' ' || g_utf8_get_char (after) == 0x3000)
    after = g_utf8_next_char (after);
  if (before->len == 0 || *after == '\0')
    return TRUE;
  last = g_utf8_prev_char (before->str + before->len);
  return shequ_text_is_han (g_utf8_get_char (last)) && shequ_text_is_han (g_utf8_get_char (after));
}

/* The slow way of clean_text(), for the few texts that need it. */
static char *
rebuild_text (const ShequField *field, const char *text)
{
  gboolean lines = field->kind == SHEQU_FIELD_LONG_TEXT;
  GString *clean = g_string_sized_new (strlen (text));

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      if (character == '\n' && lines)
        g_string_append_c (clean, '\n');
      else if (character == '\n' || character == '\t' || character == 0x3000 || character == 0xA0 ||
               character == ' ')
        {
          if (field->search != SHEQU_SEARCH_PINYIN || !only_widens (clean, g_utf8_next_char (at)))
            g_string_append_c (clean, ' ');
        }
      else if (is_seen (character))
        g_string_append_unichar (clean, character);
    }
  return g_strstrip (g_string_free (clean, FALSE));
}

static char *
clean_text (const ShequField *field, const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    {
      guchar byte = text[i];

      /* Blanks, control signs, and the lead bytes of U+00A0, zero-width signs, U+3000 and U+FEFF. */
      if (byte <= ' ' || byte == 0x7F || byte == 0xC2 || byte == 0xE2 ||
          (byte == 0xE3 && (guchar) text[i + 1] == 0x80) || byte == 0xEF)
        return rebuild_text (field, text);
    }
  return g_strndup (text, length);
}

static gboolean
parse_text (const ShequField *field,
            const char *text,
            const char *today,
            ShequValue *value,
            GPtrArray *issues)
{
  gsize length = strlen (text);
  gsize most = field->has_at_most ? (gsize) field->at_most : G_MAXSIZE;

  if (!g_utf8_validate (text, length, NULL))
    return refuse (field, issues,
                   _ ("It holds signs that cannot be read; save the file as UTF-8 or GB18030"));
  shequ_value_take_text (value, clean_text (field, text, length));
  if (value->text != NULL && length > most && (gsize) g_utf8_strlen (value->text, -1) > most)
    {
      g_ptr_array_add (issues,
                       shequ_issue_new (SHEQU_ISSUE_ERROR, field, _ ("It has %ld characters; %ld fit"),
                                        g_utf8_strlen (value->text, -1), (long) most));
      shequ_value_clear (value);
      return FALSE;
    }
  return TRUE;
}

static char *
format_text (const ShequField *field, const ShequValue *value, ShequFormatFlags flags)
{
  return g_strdup (value->text);
}

static gboolean
check_range (const ShequField *field, gint64 number, GPtrArray *issues)
{
  g_autofree char *limit = NULL;
  gboolean money = field->kind == SHEQU_FIELD_MONEY;

  if (field->has_at_least && number < field->at_least)
    {
      limit =
        money ? shequ_money_format (field->at_least) : g_strdup_printf ("%" G_GINT64_FORMAT, field->at_least);
      g_ptr_array_add (issues,
                       shequ_issue_new (SHEQU_ISSUE_ERROR, field, _ ("It must be at least %s"), limit));
      return FALSE;
    }
  if (field->has_at_most && number > field->at_most)
    {
      limit =
        money ? shequ_money_format (field->at_most) : g_strdup_printf ("%" G_GINT64_FORMAT, field->at_most);
      g_ptr_array_add (issues, shequ_issue_new (SHEQU_ISSUE_ERROR, field, _ ("It may be at most %s"), limit));
      return FALSE;
    }
  return TRUE;
}

/* Takes off commas between thousands and the field's unit of measure. */
static gboolean
read_plain_number (const ShequField *field, const char *text, char *number)
{
  gssize length = shequ_text_squeeze_into (text, number, NUMBER_SIZE);
  gsize used = 0;

  if (length <= 0)
    return FALSE;
  if (field->unit != NULL && g_str_has_suffix (number, field->unit))
    number[length - strlen (field->unit)] = '\0';
  for (const char *at = number; *at != '\0'; at++)
    if (*at != ',')
      number[used++] = *at;
  number[used] = '\0';
  return used > 0;
}

static gboolean
parse_integer (const ShequField *field,
               const char *text,
               const char *today,
               ShequValue *value,
               GPtrArray *issues)
{
  char number[NUMBER_SIZE];
  char *end = NULL;
  gint64 integer;
  double real;

  if (!read_plain_number (field, text, number))
    return refuse (field, issues, _ ("It is not a whole number"));
  if (!g_ascii_string_to_signed (number, 10, G_MININT64, G_MAXINT64, &integer, NULL))
    {
      real = g_ascii_strtod (number, &end);
      if (*end != '\0' || !isfinite (real) || fabs (real) > 1e15 || strpbrk (number, "xXpP") != NULL)
        return refuse (field, issues, _ ("It is not a whole number"));
      integer = (gint64) floor (real + 0.5);
      if ((double) integer != real)
        g_ptr_array_add (issues, shequ_issue_new (SHEQU_ISSUE_NOTE, field, _ ("%s was rounded to %ld"),
                                                  number, (long) integer));
    }
  if (!check_range (field, integer, issues))
    return FALSE;
  shequ_value_set_integer (value, integer);
  return TRUE;
}

static char *
format_integer (const ShequField *field, const ShequValue *value, ShequFormatFlags flags)
{
  return value->type == SHEQU_VALUE_TEXT ? g_strdup (value->text)
                                         : g_strdup_printf ("%" G_GINT64_FORMAT, value->integer);
}

static gboolean
parse_money (const ShequField *field,
             const char *text,
             const char *today,
             ShequValue *value,
             GPtrArray *issues)
{
  GError *error = NULL;
  gint64 fen;

  if (!shequ_money_parse (text, &fen, &error))
    return refuse_error (field, issues, error);
  if (!check_range (field, fen, issues))
    return FALSE;
  shequ_value_set_integer (value, fen);
  return TRUE;
}

static char *
format_money (const ShequField *field, const ShequValue *value, ShequFormatFlags flags)
{
  return flags & SHEQU_FORMAT_EXPORT ? shequ_money_format_plain (value->integer)
                                     : shequ_money_format (value->integer);
}

static gboolean
parse_date (const ShequField *field,
            const char *text,
            const char *today,
            ShequValue *value,
            GPtrArray *issues)
{
  char buffer[SHEQU_DATE_TEXT_SIZE];
  GError *error = NULL;
  ShequDate date;

  if (!shequ_date_parse (text, &date, &error))
    return refuse_error (field, issues, error);
  shequ_date_to_iso (&date, buffer);
  shequ_value_set_text (value, buffer);
  return TRUE;
}

static gboolean
parse_time (const ShequField *field,
            const char *text,
            const char *today,
            ShequValue *value,
            GPtrArray *issues)
{
  char buffer[SHEQU_TIME_TEXT_SIZE];
  GError *error = NULL;
  int minutes;

  if (!shequ_time_parse (text, &minutes, &error))
    return refuse_error (field, issues, error);
  shequ_time_to_text (minutes, buffer);
  shequ_value_set_text (value, buffer);
  return TRUE;
}

static gboolean
parse_moment (const ShequField *field,
              const char *text,
              const char *today,
              ShequValue *value,
              GPtrArray *issues)
{
  char buffer[SHEQU_MOMENT_TEXT_SIZE];
  GError *error = NULL;
  gint64 seconds;

  if (!shequ_moment_parse (text, &seconds, &error))
    return refuse_error (field, issues, error);
  /* Nobody types seconds, and spreadsheets show none. */
  shequ_moment_to_utc (seconds - seconds % 60, buffer);
  shequ_value_set_text (value, buffer);
  return TRUE;
}

static char *
format_moment (const ShequField *field, const ShequValue *value, ShequFormatFlags flags)
{
  gint64 seconds;

  return shequ_moment_from_utc (value->text, &seconds) ? shequ_moment_format (seconds)
                                                       : g_strdup (value->text);
}

static gboolean
parse_yes_no (const ShequField *field,
              const char *text,
              const char *today,
              ShequValue *value,
              GPtrArray *issues)
{
  static const char *const yes_words[] = { "是", "yes", "1",  "y",  "true", "有",
                                           "√",  "✓",   "对", "在", "t",    NULL };
  static const char *const no_words[] = { "否", "no",   "0",    "n",    "false", "无", "×",
                                          "✗",  "不是", "没有", "不在", "x",     "f",  NULL };
  char word[NUMBER_SIZE];
  gssize length = shequ_text_squeeze_into (text, word, sizeof word);

  for (gssize i = 0; i < length; i++)
    word[i] = g_ascii_tolower (word[i]);
  if (length > 0 && g_strv_contains (yes_words, word))
    shequ_value_set_integer (value, 1);
  else if (length > 0 && g_strv_contains (no_words, word))
    shequ_value_set_integer (value, 0);
  else
    return refuse (field, issues, _ ("Write yes or no"));
  return TRUE;
}

static char *
format_yes_no (const ShequField *field, const ShequValue *value, ShequFormatFlags flags)
{
  return g_strdup (value->integer != 0 ? _ ("yes") : _ ("no"));
}

/* A short list is named in full, of a long one the first few. */
static char *
list_codes (const ShequCodeList *list)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < list->codes->len && i < MOST_LISTED_CODES; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? _ (", ") : "",
                            ((const ShequCode *) list->codes->pdata[i])->label);
  if (list->codes->len > MOST_LISTED_CODES)
    g_string_append (text, "…");
  return g_string_free (text, FALSE);
}

static gboolean
parse_code (const ShequField *field,
            const char *text,
            const char *today,
            ShequValue *value,
            GPtrArray *issues)
{
  const ShequCode *code = shequ_code_list_recognise (field->codes, text);

  if (code == NULL)
    {
      g_autofree char *codes = list_codes (field->codes);
      g_autofree char *valid = g_utf8_make_valid (text, MIN (strlen (text), 60));

      g_ptr_array_add (issues,
                       shequ_issue_new (SHEQU_ISSUE_ERROR, field, _ ("“%s” is none of: %s"), valid, codes));
      return FALSE;
    }
  shequ_value_set_text (value, code->code);
  return TRUE;
}

static char *
format_code (const ShequField *field, const ShequValue *value, ShequFormatFlags flags)
{
  const ShequCode *code = shequ_code_list_lookup (field->codes, value->text);

  return g_strdup (code != NULL ? code->label : value->text);
}

static gboolean
parse_link (const ShequField *field,
            const char *text,
            const char *today,
            ShequValue *value,
            GPtrArray *issues)
{
  gint64 key;

  if (!g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, &key, NULL))
    return refuse (field, issues, _ ("Choose the record that is meant"));
  shequ_value_set_integer (value, key);
  return TRUE;
}

static void
add_notes (const ShequField *field, ShequIdNumberNotes notes, ShequSeverity severity, GPtrArray *issues)
{
  for (guint bit = 1; bit <= SHEQU_ID_NUMBER_DIGITS_LOST; bit <<= 1)
    if (notes & bit)
      g_ptr_array_add (issues, shequ_issue_new (severity, field, "%s", shequ_id_number_note_get_text (bit)));
}

static gboolean
parse_strict_id_number (const ShequField *field,
                        const char *text,
                        const char *today,
                        ShequValue *value,
                        GPtrArray *issues)
{
  GError *error = NULL;
  ShequIdNumber number;

  if (!shequ_id_number_parse (text, today, &number, &error))
    return refuse_error (field, issues, error);
  add_notes (field, number.notes & SHEQU_ID_NUMBER_CONVERTED, SHEQU_ISSUE_NOTE, issues);
  if (field->document_field == NULL)
    add_notes (field, number.notes & ~SHEQU_ID_NUMBER_CONVERTED, SHEQU_ISSUE_WARNING, issues);
  shequ_value_set_text (value, number.number);
  return TRUE;
}

/* Where another field names the document, the number is only cleaned; shequ_row_validate() checks it. */
static gboolean
parse_id_number (const ShequField *field,
                 const char *text,
                 const char *today,
                 ShequValue *value,
                 GPtrArray *issues)
{
  char number[NUMBER_SIZE];
  gssize length = field->document_field != NULL ? shequ_text_squeeze_into (text, number, sizeof number) : -1;
  gsize digits;

  if (length <= 0)
    return parse_strict_id_number (field, text, today, value, issues);
  digits = strspn (number, "0123456789");
  if (digits == 15 && length == 15)
    return parse_strict_id_number (field, text, today, value, issues);
  for (gssize i = digits; i < length; i++)
    {
      if (!g_ascii_isalnum (number[i]))
        return parse_strict_id_number (field, text, today, value, issues);
      number[i] = g_ascii_toupper (number[i]);
    }
  shequ_value_set_text (value, number);
  return TRUE;
}

/**
 * shequ_field_check_document:
 * @field: an ID number whose kind of document another field names
 * @value: its value, not nothing
 * @document: (nullable): the kind of document; %NULL is taken for an identity card
 * @today: (nullable): the day it is
 * @issues: gets what is wrong
 *
 * Returns: %FALSE when the number cannot be one of such a document
 */
gboolean
shequ_field_check_document (const ShequField *field,
                            const ShequValue *value,
                            const ShequCode *document,
                            const char *today,
                            GPtrArray *issues)
{
  GError *error = NULL;
  ShequIdNumber number;

  if (document == NULL || g_strcmp0 (document->check, "number") == 0)
    {
      if (!shequ_id_number_parse (value->text, today, &number, &error))
        return refuse_error (field, issues, error);
      add_notes (field, number.notes, SHEQU_ISSUE_WARNING, issues);
    }
  if (document != NULL && document->pattern != NULL &&
      !g_regex_match (document->pattern, value->text, 0, NULL))
    {
      g_ptr_array_add (issues, shequ_issue_new (SHEQU_ISSUE_ERROR, field,
                                                _ ("It is no number of this document: %s"), document->label));
      return FALSE;
    }
  return TRUE;
}

static gboolean
parse_credit_code (const ShequField *field,
                   const char *text,
                   const char *today,
                   ShequValue *value,
                   GPtrArray *issues)
{
  char code[SHEQU_CREDIT_CODE_SIZE];
  GError *error = NULL;

  if (!shequ_credit_code_parse (text, code, &error))
    return refuse_error (field, issues, error);
  if (!shequ_credit_code_has_sound_organisation (code))
    g_ptr_array_add (issues,
                     shequ_issue_new (SHEQU_ISSUE_WARNING, field,
                                      _ ("The organisation code inside has a wrong check place; compare it "
                                         "with the licence")));
  shequ_value_set_text (value, code);
  return TRUE;
}

static gboolean
parse_phone (const ShequField *field,
             const char *text,
             const char *today,
             ShequValue *value,
             GPtrArray *issues)
{
  GError *error = NULL;
  ShequPhone phone;

  if (!shequ_phone_parse (text, &phone, &error))
    return refuse_error (field, issues, error);
  if (phone.rest != 0)
    g_ptr_array_add (issues, shequ_issue_new (SHEQU_ISSUE_WARNING, field,
                                              _ ("Only the first number was taken; this was left out: %s"),
                                              text + phone.rest));
  shequ_value_set_text (value, phone.number);
  return TRUE;
}

static gboolean
parse_picture (const ShequField *field,
               const char *text,
               const char *today,
               ShequValue *value,
               GPtrArray *issues)
{
  if (!shequ_picture_is_valid (text))
    return refuse (field, issues,
                   _ ("It is no picture as an unmasked export writes it; choose pictures in the form"));
  shequ_value_set_text (value, text);
  return TRUE;
}

/* A person reads that there is one; a file that shall be read back holds all of it. */
static char *
format_picture (const ShequField *field, const ShequValue *value, ShequFormatFlags flags)
{
  return g_strdup (flags & SHEQU_FORMAT_EXPORT ? value->text : _ ("there is a picture"));
}

static char *
mask_picture (const char *text)
{
  return g_strdup (_ ("there is a picture"));
}

static gboolean
parse_computed (const ShequField *field,
                const char *text,
                const char *today,
                ShequValue *value,
                GPtrArray *issues)
{
  return refuse (field, issues, _ ("It is computed, not typed"));
}

static char *
mask_id_number (const char *text)
{
  return shequ_mask_id_number (text, SHEQU_MASK_STAFF);
}

static const ShequFieldKindClass kinds[] = {
  [SHEQU_FIELD_TEXT] = { "text", FALSE, TRUE, "One line of text.", parse_text, format_text,
                         shequ_mask_value },
  [SHEQU_FIELD_LONG_TEXT] = { "long_text", FALSE, TRUE, "Text of several lines.", parse_text, format_text,
                              shequ_mask_text },
  [SHEQU_FIELD_INTEGER] = { "integer", TRUE, TRUE, "A whole number.", parse_integer, format_integer, NULL },
  [SHEQU_FIELD_MONEY] = { "money", TRUE, TRUE, "An amount in yuan, kept in fen.", parse_money, format_money,
                          NULL },
  [SHEQU_FIELD_DATE] = { "date", FALSE, TRUE, "A civil date.", parse_date, format_text,
                         shequ_mask_birth_date },
  [SHEQU_FIELD_TIME] = { "time", FALSE, TRUE, "A time of day, to the minute.", parse_time, format_text,
                         NULL },
  [SHEQU_FIELD_MOMENT] = { "moment", FALSE, TRUE, "A date and time, to the minute, kept in UTC.",
                           parse_moment, format_moment, NULL },
  [SHEQU_FIELD_YES_NO] = { "yes_no", TRUE, TRUE, "Yes or no.", parse_yes_no, format_yes_no, NULL },
  [SHEQU_FIELD_CODE] = { "code", FALSE, TRUE, "One of a list of codes.", parse_code, format_code, NULL },
  [SHEQU_FIELD_LINK] = { "link", TRUE, TRUE, "Another record.", parse_link, format_integer, NULL },
  [SHEQU_FIELD_ID_NUMBER] = { "id_number", FALSE, TRUE,
                              "The number of an identity document; a citizen's number is checked by GB "
                              "11643, an old one of 15 digits turned "
                              "into 18.",
                              parse_id_number, format_text, mask_id_number },
  [SHEQU_FIELD_CREDIT_CODE] = { "credit_code", FALSE, TRUE,
                                "A unified social credit code, checked by GB 32100.", parse_credit_code,
                                format_text, shequ_mask_account },
  [SHEQU_FIELD_PHONE] = { "phone", FALSE, TRUE, "A telephone number.", parse_phone, format_text,
                          shequ_mask_phone },
  [SHEQU_FIELD_PICTURE] = { "picture", FALSE, TRUE,
                            "A small picture, a JPEG of at most 24,000 bytes, kept as base64 so that it fits "
                            "a "
                            "cell of a spreadsheet; larger ones are made smaller when they are chosen.",
                            parse_picture, format_picture, mask_picture },
  [SHEQU_FIELD_COMPUTED] = { "computed", TRUE, FALSE, "Computed when looked at, never stored or typed.",
                             parse_computed, format_integer, NULL },
};

G_STATIC_ASSERT (G_N_ELEMENTS (kinds) == SHEQU_N_FIELD_KINDS);

/**
 * shequ_field_kind_get_class:
 * @kind: a kind
 *
 * Returns: (transfer none): what is particular to it
 */
const ShequFieldKindClass *
shequ_field_kind_get_class (ShequFieldKind kind)
{
  return &kinds[kind];
}

/**
 * shequ_field_kind_get_name:
 * @kind: a kind
 *
 * Returns: as `Kind=` names it
 */
const char *
shequ_field_kind_get_name (ShequFieldKind kind)
{
  return kinds[kind].name;
}
