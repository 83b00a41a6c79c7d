#pragma once

#include "shequ-row.h"
#include "shequ-search-tokens.h"

G_BEGIN_DECLS

/* Grows with each change of what documents are made of: databases then make theirs again when they are
 * opened. */
#define SHEQU_ROW_INDEX_VERSION 4

/* Begins the tokens that stand for beginnings, and is a token by itself. No term holds it. */
#define SHEQU_ROW_INDEX_MARK SHEQU_SEARCH_BEGINNING

/* Beginnings of so many characters have tokens of their own, and of so many letters: a syllable. */
#define SHEQU_ROW_INDEX_LONGEST_BEGINNING 2
#define SHEQU_ROW_INDEX_LONGEST_LETTERS 6

void shequ_row_index_free (ShequRowIndex *index);
guint64 shequ_row_get_index_stamp (const ShequRow *row);
void shequ_row_make_index (ShequRow *row, ShequSearchTokens *tokens);
const ShequRowIndex *shequ_row_get_index (ShequRow *row, ShequSearchTokens *tokens);
const char *shequ_row_index_get_document (const ShequRowIndex *index);
const char *shequ_row_index_get_sealed (const ShequRowIndex *index, const ShequField *field);
const char *shequ_row_index_get_order (const ShequRowIndex *index, const ShequField *field);

gboolean shequ_row_index_is_beginning (const char *text, gsize length);
gboolean shequ_row_index_holds_sealed (const char *document,
                                       const char *term,
                                       const ShequSearchTokens *tokens);
gboolean shequ_row_index_holds (const char *document, const char *term, gboolean named);

gboolean shequ_field_has_order (const ShequField *field);
gboolean shequ_register_has_documents (const ShequRegister *reg);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequRowIndex, shequ_row_index_free)

G_END_DECLS
