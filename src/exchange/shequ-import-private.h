#pragma once

#include "shequ-import-plan.h"
#include "shequ-import.h"

G_BEGIN_DECLS

struct _ShequImport
{
  ShequStore *store;
  const ShequRegister *reg;
  char *path;    /* (nullable) */
  GBytes *bytes; /* (nullable) */
  ShequSheetFormat format;
  char *today;
  ShequMapping *mapping;
  guint header_row;
  GPtrArray *sheets; /* of char*: their names */
  guint sheet;
  gboolean has_sheet;
  ShequSheetReader *reader; /* (nullable): one that nobody reads, atomic */
  GThread *names;           /* (nullable): opens what names are read with */
};

ShequSheetReader *import_open_rows (ShequImport *import, GCancellable *cancellable, GError **error);
void import_keep_reader (ShequImport *import, ShequSheetReader *reader);

/* Items read ahead on a thread of their own. */
typedef struct _ImportFeed ImportFeed;

ImportFeed *import_feed_start (ShequImport *import,
                               const ImportPlan *plan,
                               GCancellable *cancellable,
                               GError **error);
GPtrArray *import_feed_next (ImportFeed *feed, double *fraction, GError **error);
void import_feed_stop (ImportFeed *feed);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImportFeed, import_feed_stop)

G_END_DECLS
