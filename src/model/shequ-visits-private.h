#pragma once

#include "shequ-visits.h"

G_BEGIN_DECLS

/* Why somebody is to be seen: a plan, or a key group that asks for visits. */
typedef struct
{
  gint64 household; /* of a plan for a whole household; of the resident, once that is looked up */
  gint64 resident;
  gint64 every_days;
  char *name;
  char *since; /* (nullable) */
  char *reason;
  char *staff;
  gboolean planned;
} ShequVisitWant;

void shequ_visit_want_free (ShequVisitWant *want);

/* All that is wanted today, with the households of those who live here. */
GPtrArray *shequ_visits_collect_wants (ShequOffice *office, GCancellable *cancellable, GError **error);

/* Runs a query, with what is asked for and nothing more. */
GPtrArray *shequ_visits_fetch (ShequOffice *office,
                               const ShequQuery *query,
                               ShequFetchFlags flags,
                               GCancellable *cancellable,
                               GError **error);

/* `name=1,2,3` of some keys from a place on; moves the place on. */
char *shequ_visits_name_keys (const char *name, const GArray *keys, guint *from);

G_END_DECLS
