#pragma once

#include "shequ-import-plan.h"
#include "shequ-store.h"

G_BEGIN_DECLS

/* What an import knows of the records that its rows lead to. Lives as long as a run. */
typedef struct _ImportLinks ImportLinks;

ImportLinks *import_links_new (const ImportPlan *plan, gint64 unit);
void import_links_free (ImportLinks *links);
gboolean import_links_begin (ImportLinks *links, ShequTransaction *transaction, GError **error);
gboolean import_links_knows_all (const ImportLinks *links, const ShequRegister *reg);
gboolean import_links_end (ImportLinks *links, ShequTransaction *transaction, GError **error);
void import_links_note_record (ImportLinks *links, const ShequRow *row);
gboolean import_links_find (ImportLinks *links,
                            ShequTransaction *transaction,
                            ImportItem *item,
                            GError **error);
gint64 import_links_find_record (ImportLinks *links,
                                 ShequTransaction *transaction,
                                 ImportItem *item,
                                 GError **error);
gboolean import_links_create (ImportLinks *links,
                              ShequTransaction *transaction,
                              ImportItem *item,
                              GError **error);
void import_links_note_stored (ImportLinks *links, const ImportItem *item);
gboolean import_links_is_complete (const GPtrArray *fields, const ShequRow *row);
void import_links_write_identity (GString *text, const GPtrArray *fields, const ShequRow *row);
GArray *import_links_list_headless (ImportLinks *links);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImportLinks, import_links_free)

G_END_DECLS
