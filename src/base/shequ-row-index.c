/*
 * What the search and the orders of a register keep of a row: its document, and the keys by which names are
 * put in order.
 *
 * A document holds the tokens of the row, the mark alone, by which every document is found, and behind marks
 * the beginnings of one and two characters, or up to six letters, of the tokens, each once: what is typed
 * first starts so many different tokens that an index would have to join too many lists.
 *
 * Both follow from the texts of the row alone, so that an import makes them on the thread that reads. A stamp
 * of the texts tells whether the row was changed since; then they are made again.
 */
#include "shequ-row-index.h"

#include "config.h"

#include <string.h>

#include "shequ-search-document.h"

struct _ShequRowIndex
{
  guint64 stamp;
  guint64 mark;         /* of the seal that it was made with */
  GRefString *document; /* (nullable): an import hands it on without a copy */
  char **sealed;        /* (nullable): by field, what a protected office stores */
  guint n_fields;
  guint n_orders;
  char *orders[]; /* of the fields that have one, in their order */
};

/**
 * shequ_row_index_free:
 * @index: (transfer full): what was made of a row
 */
void
shequ_row_index_free (ShequRowIndex *index)
{
  for (guint i = 0; i < index->n_orders; i++)
    g_free (index->orders[i]);
  for (guint i = 0; index->sealed != NULL && i < index->n_fields; i++)
    g_free (index->sealed[i]);
  g_free (index->sealed);
  g_clear_pointer (&index->document, g_ref_string_release);
  g_free (index);
}

/**
 * shequ_field_has_order:
 * @field: a field
 *
 * Returns: whether a key of order is stored with it, since its own text does not tell how names are sorted
 */
gboolean
shequ_field_has_order (const ShequField *field)
{
  return field->search == SHEQU_SEARCH_PINYIN && shequ_field_is_stored (field);
}

/**
 * shequ_register_has_documents:
 * @reg: a register
 *
 * Returns: whether its records have search documents of their own
 */
gboolean
shequ_register_has_documents (const ShequRegister *reg)
{
  for (guint i = 0; i < reg->fields->len; i++)
    {
      const ShequField *field = reg->fields->pdata[i];

      if (field->search != SHEQU_SEARCH_NONE && field->search != SHEQU_SEARCH_LINKED)
        return TRUE;
    }
  return FALSE;
}

static guint64
stir (guint64 stamp)
{
  stamp *= G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  return stamp ^ stamp >> 32;
}

/* Eight bytes at a time: it is asked twice of every row of an import. */
static guint64
stamp_text (guint64 stamp, const char *text)
{
  gsize length = strlen (text);
  guint64 bytes;

  stamp ^= length;
  for (; length >= sizeof bytes; text += sizeof bytes, length -= sizeof bytes)
    {
      memcpy (&bytes, text, sizeof bytes);
      stamp = stir (stamp ^ bytes);
    }
  bytes = 0;
  memcpy (&bytes, text, length);
  return stir (stamp ^ bytes);
}

/**
 * shequ_row_get_index_stamp:
 * @row: a row
 *
 * Returns: a number that follows from the values that a document or an order is made from, and sealed ones
 */
guint64
shequ_row_get_index_stamp (const ShequRow *row)
{
  guint64 stamp = G_GUINT64_CONSTANT (0xcbf29ce484222325);

  for (guint i = 0; i < row->reg->fields->len; i++)
    {
      const ShequField *field = row->reg->fields->pdata[i];
      const ShequValue *value = &row->values[i];

      if ((field->search == SHEQU_SEARCH_NONE || field->search == SHEQU_SEARCH_LINKED) &&
          !shequ_field_is_sealed (field))
        continue;
      stamp = stir (stamp ^ i ^ (guint64) value->integer << 8);
      if (value->text != NULL)
        stamp = stamp_text (stamp, value->text);
    }
  return stamp;
}

typedef struct
{
  const char *text;
  gsize length;
} Beginning;

static gboolean
has_beginning (const Beginning *known, guint n_known, const char *text, gsize length)
{
  for (guint i = 0; i < n_known; i++)
    if (known[i].length == length && memcmp (known[i].text, text, length) == 0)
      return TRUE;
  return FALSE;
}

/* The sign of a name is no character of its beginnings. */
static gsize
measure_sign (const char *token)
{
  static const char *const signs[] = { SHEQU_SEARCH_NAME_START, SHEQU_SEARCH_NAME_PART };

  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    if (g_str_has_prefix (token, signs[i]))
      return strlen (signs[i]);
  return 0;
}

/**
 * shequ_row_index_is_beginning:
 * @text: the start of a token behind its sign, or a term
 * @length: its bytes
 *
 * Returns: whether documents hold such a beginning as a token of its own
 */
gboolean
shequ_row_index_is_beginning (const char *text, gsize length)
{
  gsize letters = 0;

  while (letters < length && g_ascii_isalpha (text[letters]))
    letters++;
  return (letters == length && length <= SHEQU_ROW_INDEX_LONGEST_LETTERS) ||
         g_utf8_strlen (text, (gssize) length) <= SHEQU_ROW_INDEX_LONGEST_BEGINNING;
}

static gboolean
begins_with (const char *token, gsize length, const char *sign, const char *term)
{
  gsize sign_length = strlen (sign);

  return length >= sign_length + strlen (term) && memcmp (token, sign, sign_length) == 0 &&
         memcmp (token + sign_length, term, strlen (term)) == 0;
}

static gboolean
holds_token (const char *document, const char *term, gboolean named)
{
  gboolean is_number = term[strspn (term, "0123456789")] == '\0';
  gsize length;

  named = named && !g_ascii_isdigit (*term);
  for (const char *token = document; *token != '\0'; token += length, token += strspn (token, " "))
    {
      length = strcspn (token, " ");
      /* The beginnings of the other tokens but for those of a whole number tell nothing new. */
      if (g_str_has_prefix (token, SHEQU_ROW_INDEX_MARK))
        {
          if (is_number && length == strlen (SHEQU_ROW_INDEX_MARK) + strlen (term) &&
              begins_with (token, length, SHEQU_ROW_INDEX_MARK, term))
            return TRUE;
        }
      else if (begins_with (token, length, "", term) ||
               (named && (begins_with (token, length, SHEQU_SEARCH_NAME_START, term) ||
                          begins_with (token, length, SHEQU_SEARCH_NAME_PART, term))))
        return TRUE;
    }
  return FALSE;
}

/**
 * shequ_row_index_holds:
 * @document: the search document of a record
 * @term: what is searched
 * @named: whether records of its register are called by names
 *
 * Returns: whether an index would find the document by the term
 */
gboolean
shequ_row_index_holds (const char *document, const char *term, gboolean named)
{
  g_autofree char *initials = NULL;

  if (holds_token (document, term, named))
    return TRUE;
  initials = shequ_search_term_get_initials (term);
  return initials != NULL && holds_token (document, initials, named);
}

/**
 * shequ_row_index_holds_sealed:
 * @document: the search document of a record
 * @term: what is searched
 * @tokens: (nullable): of the office
 *
 * Returns: whether an index of a protected office would find the document by the term as a sealed number
 */
gboolean
shequ_row_index_holds_sealed (const char *document, const char *term, const ShequSearchTokens *tokens)
{
  g_autofree char *sealed =
    tokens != NULL ? shequ_search_term_seal (term, shequ_search_tokens_get_seal (tokens)) : NULL;
  gsize length;

  for (; sealed != NULL && *document != '\0'; document += length, document += strspn (document, " "))
    {
      length = strcspn (document, " ");
      if (length == strlen (sealed) && memcmp (document, sealed, length) == 0)
        return TRUE;
    }
  return FALSE;
}

/* A list for each length: most of the shorter ones were met before. */
typedef struct
{
  Beginning *known[SHEQU_ROW_INDEX_LONGEST_LETTERS];
  guint n_known[SHEQU_ROW_INDEX_LONGEST_LETTERS];
} Beginnings;

static void
add_beginnings_of (GString *document, Beginnings *beginnings, const char *token, gsize length)
{
  const char *start = token + measure_sign (token);
  const char *end = start;

  for (guint i = 0; i < SHEQU_ROW_INDEX_LONGEST_LETTERS && end < token + length; i++)
    {
      Beginning beginning = { token, 0 };

      end = g_utf8_next_char (end);
      beginning.length = (gsize) (end - token);
      if (!shequ_row_index_is_beginning (start, (gsize) (end - start)))
        return;
      if (has_beginning (beginnings->known[i], beginnings->n_known[i], token, beginning.length))
        continue;
      beginnings->known[i][beginnings->n_known[i]++] = beginning;
      g_string_append (document, " " SHEQU_ROW_INDEX_MARK);
      g_string_append_len (document, token, (gssize) beginning.length);
    }
}

static GRefString *
add_beginnings (const char *tokens)
{
  gsize size = strlen (tokens);
  gsize most = size / 2 + 1; /* each token has a blank behind it */
  GString *document = g_string_sized_new (size * 2);
  GRefString *shared;
  g_autofree Beginning *known = g_new (Beginning, most * SHEQU_ROW_INDEX_LONGEST_LETTERS);
  Beginnings beginnings = { { NULL }, { 0 } };

  for (guint i = 0; i < SHEQU_ROW_INDEX_LONGEST_LETTERS; i++)
    beginnings.known[i] = known + i * most;
  g_string_append_len (document, tokens, (gssize) size);
  g_string_append (document, size > 0 ? " " SHEQU_ROW_INDEX_MARK : SHEQU_ROW_INDEX_MARK);
  for (const char *token = tokens; *token != '\0'; token += strspn (token, " "))
    {
      gsize length = strcspn (token, " ");

      if (!g_str_has_prefix (token, SHEQU_ROW_INDEX_MARK))
        add_beginnings_of (document, &beginnings, token, length);
      token += length;
    }
  shared = g_ref_string_new_len (document->str, (gssize) document->len);
  g_string_free (document, TRUE);
  return shared;
}

static guint
count_orders (const ShequRegister *reg)
{
  guint n = 0;

  for (guint i = 0; i < reg->fields->len; i++)
    n += shequ_field_has_order (reg->fields->pdata[i]);
  return n;
}

/* What a protected office stores of the fields that are sealed. */
static void
seal_values (ShequRowIndex *index, const ShequRow *row, ShequSeal *seal)
{
  for (guint i = 0; i < row->reg->fields->len; i++)
    {
      const ShequField *field = row->reg->fields->pdata[i];

      if (row->values[i].type != SHEQU_VALUE_TEXT || !shequ_field_is_sealed (field))
        continue;
      if (index->sealed == NULL)
        index->sealed = g_new0 (char *, row->reg->fields->len);
      index->sealed[i] = shequ_seal_close_value (seal, field, row->values[i].text);
    }
  index->n_fields = row->reg->fields->len;
}

/**
 * shequ_row_make_index:
 * @row: a row
 * @tokens: where tokens are gathered, of the calling thread
 *
 * Makes what shequ_row_get_index() gives, ahead of it.
 */
void
shequ_row_make_index (ShequRow *row, ShequSearchTokens *tokens)
{
  guint n = count_orders (row->reg);
  ShequRowIndex *index = g_malloc0 (sizeof *index + n * sizeof *index->orders);

  index->stamp = shequ_row_get_index_stamp (row);
  index->mark = shequ_seal_get_mark (shequ_search_tokens_get_seal (tokens));
  if (shequ_search_tokens_get_seal (tokens) != NULL)
    seal_values (index, row, shequ_search_tokens_get_seal (tokens));
  if (shequ_register_has_documents (row->reg))
    {
      g_autofree char *document = shequ_search_document_build (row, tokens);

      index->document = add_beginnings (document);
    }
  for (guint i = 0; i < row->reg->fields->len; i++)
    {
      const ShequField *field = row->reg->fields->pdata[i];

      if (!shequ_field_has_order (field))
        continue;
      if (row->values[i].text != NULL)
        index->orders[index->n_orders] =
          shequ_pinyin_get_sort_key (shequ_search_tokens_get_pinyin (tokens), row->values[i].text);
      index->n_orders++;
    }
  g_clear_pointer (&row->index, shequ_row_index_free);
  row->index = index;
}

/**
 * shequ_row_get_index:
 * @row: a row
 * @tokens: where tokens are gathered, of the calling thread
 *
 * Returns: (transfer none): what search and orders keep of the row as it is now; valid until the row changes
 */
const ShequRowIndex *
shequ_row_get_index (ShequRow *row, ShequSearchTokens *tokens)
{
  if (row->index == NULL || row->index->stamp != shequ_row_get_index_stamp (row) ||
      row->index->mark != shequ_seal_get_mark (shequ_search_tokens_get_seal (tokens)))
    shequ_row_make_index (row, tokens);
  return row->index;
}

/**
 * shequ_row_index_get_document:
 * @index: what was made of a row
 *
 * Returns: (nullable): its search document, a #GRefString; %NULL in a register without
 */
const char *
shequ_row_index_get_document (const ShequRowIndex *index)
{
  return index->document;
}

/**
 * shequ_row_index_get_sealed:
 * @index: what was made of a row
 * @field: a field of it
 *
 * Returns: (nullable): its value as a protected office stores it; %NULL where that is the value itself
 */
const char *
shequ_row_index_get_sealed (const ShequRowIndex *index, const ShequField *field)
{
  return index->sealed != NULL ? index->sealed[field->index] : NULL;
}

/**
 * shequ_row_index_get_order:
 * @index: what was made of a row
 * @field: a field with shequ_field_has_order()
 *
 * Returns: (nullable): the key of order; %NULL where the field is empty
 */
const char *
shequ_row_index_get_order (const ShequRowIndex *index, const ShequField *field)
{
  guint place = 0;

  for (guint i = 0; i < field->index; i++)
    place += shequ_field_has_order (field->owner->fields->pdata[i]);
  return index->orders[place];
}
