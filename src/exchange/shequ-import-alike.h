#pragma once

#include "shequ-import-plan.h"
#include "shequ-store.h"

G_BEGIN_DECLS

/*
 * Records by what may tell them where a row has nothing better (`WeakIdentity=`): a name and a birth date, a
 * name in a household. Those of a unit are read when the first such row of it comes.
 */
typedef struct _ImportAlike ImportAlike;

ImportAlike *import_alike_new (const ShequRegister *reg, const char *today);
void import_alike_free (ImportAlike *alike);
void import_alike_forget (ImportAlike *alike);
void import_alike_note (ImportAlike *alike, const ShequRow *row);
gint64 import_alike_find (ImportAlike *alike,
                          ShequTransaction *transaction,
                          ImportItem *item,
                          GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImportAlike, import_alike_free)

G_END_DECLS
