#pragma once

#include "shequ-row.h"
#include "shequ-search-tokens.h"

G_BEGIN_DECLS

char *shequ_search_document_build (const ShequRow *row,
                                   ShequSearchTokens *tokens,
                                   const char *const *linked_documents);

G_END_DECLS
