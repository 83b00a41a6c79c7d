#pragma once

#include "shequ-row.h"
#include "shequ-search-tokens.h"

G_BEGIN_DECLS

char *shequ_search_document_build (const ShequRow *row, ShequSearchTokens *tokens);

G_END_DECLS
