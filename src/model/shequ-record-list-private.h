#pragma once

#include "shequ-finder.h"
#include "shequ-record.h"
#include "shequ-search-marks.h"

G_BEGIN_DECLS

struct _ShequRecordList
{
  GObject parent_instance;

  ShequOffice *office;
  const ShequRegister *reg;
  ShequQuery *query;
  ShequSearchMarks *marks; /* (nullable): what was typed, in what is shown */
  gboolean marks_changed;  /* since the keys came */

  GArray *keys;        /* of gint64 */
  GHashTable *records; /* key -> ShequRecord, not owned: all that are alive */
  GQueue kept;         /* of ShequRecord, through their links: the last ones looked at */

  gboolean loading;
  gboolean again; /* something changed while it was looking */
  char *error_message;
  guint look;                /* the number of the last look; answers of older ones are thrown away */
  GCancellable *cancellable; /* (nullable): of the look on its way */

  ShequFinder *finder;       /* (nullable): searches in the list as it is without a search */
  gint64 entry;              /* the last one of the change log before the keys were read */
  ShequTermSets *sets;       /* (nullable): of the last finder, for the next one */
  guint n_changes;           /* that the list was told of */
  guint n_followed;          /* of those, the ones that the finder knows of */
  GCancellable *preparation; /* (nullable): of the finder that is being made */
  gboolean is_long;          /* without a search, so that a finder is worth its memory */

  GQueue pages;            /* numbers of pages to fetch, the last one wanted first */
  GHashTable *pages_asked; /* numbers of pages that wait or are on their way */
  guint pages_on_their_way;
};

/* The asynchronous half: shequ-record-look.c */
void shequ_record_list_look (ShequRecordList *self, gboolean something_else);
void shequ_record_list_stop (ShequRecordList *self);
void shequ_record_list_fetch (ShequRecordList *self, GArray *keys);
void shequ_record_list_forget_pages (ShequRecordList *self);

/* The list searched in memory: shequ-record-finder.c */
void shequ_record_list_prepare (ShequRecordList *self, GArray *keys);
void shequ_record_list_take_finder (ShequRecordList *self, ShequFinder *finder, guint n_changes);
void shequ_record_list_forget_finder (ShequRecordList *self);

/* The exchange of the keys: shequ-record-keys.c */
void shequ_record_list_take_keys (ShequRecordList *self, GArray *keys);

/* What they answer to: shequ-record-list.c */
void shequ_record_list_adopt (ShequRecordList *self, ShequRow *row);
void shequ_record_list_set_loading (ShequRecordList *self, gboolean loading);
void shequ_record_list_set_error (ShequRecordList *self, const GError *error);

G_END_DECLS
