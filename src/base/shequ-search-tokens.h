#pragma once

#include "shequ-pinyin.h"

G_BEGIN_DECLS

typedef struct _ShequSearchTokens ShequSearchTokens;

ShequSearchTokens *shequ_search_tokens_new (ShequPinyin *pinyin);
void shequ_search_tokens_free (ShequSearchTokens *tokens);
ShequPinyin *shequ_search_tokens_get_pinyin (const ShequSearchTokens *tokens);
void shequ_search_tokens_clear (ShequSearchTokens *tokens);
const char *shequ_search_tokens_get_text (const ShequSearchTokens *tokens);
guint shequ_search_tokens_get_count (const ShequSearchTokens *tokens);

void shequ_search_tokens_add_text (ShequSearchTokens *tokens, const char *text);
void shequ_search_tokens_add_name (ShequSearchTokens *tokens, const char *name);
void shequ_search_tokens_add_address (ShequSearchTokens *tokens, const char *address);
void shequ_search_tokens_add_exact (ShequSearchTokens *tokens, const char *value);
void shequ_search_tokens_add_tail (ShequSearchTokens *tokens, const char *number);

char **shequ_search_query_terms (const char *typed);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequSearchTokens, shequ_search_tokens_free)

G_END_DECLS
