#pragma once

#include "shequ-store.h"

G_BEGIN_DECLS

/*
 * Records by the titles under which lists and exports name them, so that what was exported is known again.
 * The titles of a register are read when the first name of it is not found otherwise.
 */
typedef struct _ImportTitles ImportTitles;

/* More than this are not read for their titles. */
#define IMPORT_MOST_TITLES 50000

/* What several records are called. */
#define IMPORT_SEVERAL (-2)

ImportTitles *import_titles_new (const char *today);
void import_titles_free (ImportTitles *titles);
gint64 import_titles_find (ImportTitles *titles,
                           ShequTransaction *transaction,
                           const ShequRegister *reg,
                           const char *words,
                           GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImportTitles, import_titles_free)

G_END_DECLS
