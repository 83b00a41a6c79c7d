#include "shequ-search-document.h"

#include "config.h"

static void
add_value (ShequSearchTokens *tokens, const ShequField *field, const char *text)
{
  if (shequ_search_tokens_get_seal (tokens) != NULL && shequ_field_is_sealed (field))
    {
      if (field->search == SHEQU_SEARCH_TAIL || field->search == SHEQU_SEARCH_EXACT)
        shequ_search_tokens_add_sealed (tokens, text);
      return;
    }
  switch (field->search)
    {
    case SHEQU_SEARCH_EXACT:
      shequ_search_tokens_add_exact (tokens, text);
      break;
    case SHEQU_SEARCH_PART:
      shequ_search_tokens_add_text (tokens, text);
      break;
    case SHEQU_SEARCH_ADDRESS:
      shequ_search_tokens_add_address (tokens, text);
      break;
    case SHEQU_SEARCH_PINYIN:
      if (shequ_field_is_in_title (field))
        shequ_search_tokens_add_title (tokens, text);
      else
        shequ_search_tokens_add_name (tokens, text);
      break;
    case SHEQU_SEARCH_TAIL:
      shequ_search_tokens_add_tail (tokens, text);
      break;
    case SHEQU_SEARCH_NONE:
    case SHEQU_SEARCH_LINKED:
    default:
      break;
    }
}

/**
 * shequ_search_document_build:
 * @row: a record
 * @tokens: where tokens are gathered; cleared first
 *
 * What the search index holds of a record: the tokens of its own searched fields, separated by blanks. What
 * finds it through a link with `Search=linked` stands in the document of the linked record alone.
 *
 * Returns: (transfer full): the document
 */
char *
shequ_search_document_build (const ShequRow *row, ShequSearchTokens *tokens)
{
  shequ_search_tokens_clear (tokens);
  for (guint i = 0; i < row->reg->fields->len; i++)
    {
      const ShequField *field = row->reg->fields->pdata[i];
      const ShequValue *value = &row->values[i];

      if (field->search == SHEQU_SEARCH_NONE || field->search == SHEQU_SEARCH_LINKED ||
          shequ_value_is_null (value))
        continue;
      if (value->type == SHEQU_VALUE_TEXT)
        add_value (tokens, field, value->text);
      else
        {
          g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value->integer);

          add_value (tokens, field, text);
        }
    }
  return g_strdup (shequ_search_tokens_get_text (tokens));
}
