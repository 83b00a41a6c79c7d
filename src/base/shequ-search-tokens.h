#pragma once

#include "shequ-pinyin.h"
#include "shequ-seal.h"

G_BEGIN_DECLS

/*
 * A token that stands for the beginning or another part of what a record is called starts with a sign that no
 * term holds, so that the index tells them from the rest: a name comes before a place of work.
 */
#define SHEQU_SEARCH_NAME_START "·"
#define SHEQU_SEARCH_NAME_PART "˙"

/* Whole ID numbers have a beginning of their own, so that the digits of a phone or room do not look among
 * them.
 */
#define SHEQU_SEARCH_WHOLE_NUMBER "id"
#define SHEQU_SEARCH_LEAST_WHOLE 15

/* Begins the tokens that stand for the beginning of others. No term holds it. */
#define SHEQU_SEARCH_BEGINNING "_"

typedef struct _ShequSearchTokens ShequSearchTokens;

ShequSearchTokens *shequ_search_tokens_new (ShequPinyin *pinyin);
void shequ_search_tokens_free (ShequSearchTokens *tokens);
ShequPinyin *shequ_search_tokens_get_pinyin (const ShequSearchTokens *tokens);
void shequ_search_tokens_clear (ShequSearchTokens *tokens);
const char *shequ_search_tokens_get_text (const ShequSearchTokens *tokens);
guint shequ_search_tokens_get_count (const ShequSearchTokens *tokens);

void shequ_search_tokens_add_text (ShequSearchTokens *tokens, const char *text);
void shequ_search_tokens_add_title (ShequSearchTokens *tokens, const char *name);
void shequ_search_tokens_add_name (ShequSearchTokens *tokens, const char *name);
void shequ_search_tokens_add_address (ShequSearchTokens *tokens, const char *address);
void shequ_search_tokens_add_exact (ShequSearchTokens *tokens, const char *value);
void shequ_search_tokens_add_tail (ShequSearchTokens *tokens, const char *number);
void shequ_search_tokens_add_sealed (ShequSearchTokens *tokens, const char *value);

void shequ_search_tokens_take_seal (ShequSearchTokens *tokens, ShequSeal *seal);
ShequSeal *shequ_search_tokens_get_seal (const ShequSearchTokens *tokens);

char **shequ_search_query_terms (const char *typed);
char *shequ_search_term_get_initials (const char *term);
char *shequ_search_term_seal (const char *term, ShequSeal *seal);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequSearchTokens, shequ_search_tokens_free)

G_END_DECLS
