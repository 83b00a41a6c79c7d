#pragma once

#include "shequ-finder.h"
#include "shequ-key-set-private.h"
#include "shequ-log-place-private.h"
#include "shequ-store-private.h"

G_BEGIN_DECLS

/*
 * ShequTermSets: which records of a register hold a term, for all lists of it in whatever order. The sets of
 * terms that find much are kept, and follow the changes of everybody one record after the other. What is
 * found through the search link is kept as the records that lead there, so that the sets of a search are
 * joined word by word. Any thread may use it, several at once.
 */
/* A term that costs as much as a whole token that finds so many is kept ready: four milliseconds. */
#define SHEQU_TERM_SETS_READY_COST 200000

struct _ShequTermSets
{
  gatomicrefcount references;
  ShequStore *store;
  const ShequRegister *reg;
  const ShequField *link; /* (nullable): through which records are found, too */
  gint64 last;            /* the greatest key there is room for */
  gint64 last_linked;
  guint32 *links;   /* (nullable): by key, the key of the record that the link leads to, or 0 */
  gint64 n_records; /* about */
  gint64 n_linked;

  GRWLock contents; /* the links, and the bits of kept sets: written when changes are followed */
  GMutex lock;      /* what is below */
  GHashTable *kept; /* name -> KeptSet */
  GQueue names;     /* of the kept sets that are not ready, the last one asked for first */
  guint n_ready;
  gsize ready_cost; /* of what is kept ready at least, see shequ-term-sets-warm.c */
  guint64 n_read;   /* records read from the database, in the index or the table */

  GMutex following; /* what is below */
  ShequLogPlace place;
  ShequSearchTokens *tokens; /* (nullable) */
  gboolean lost;             /* some change was not followed, so that nothing here may be used any more */
};

typedef struct
{
  ShequKeySet *set;
  gboolean ready;  /* not given up */
  gboolean shared; /* another term has the same set */
} KeptSet;

ShequTermSets *shequ_term_sets_new (ShequStore *store,
                                    ShequConnection *connection,
                                    const ShequRegister *reg,
                                    GError **error);
const ShequRegister *shequ_term_sets_get_register (const ShequTermSets *sets);
gint64 shequ_term_sets_get_last (const ShequTermSets *sets);
guint64 shequ_term_sets_count_read (ShequTermSets *sets);
void shequ_term_sets_add_read (ShequTermSets *sets, guint64 n);
ShequKeySet *shequ_term_sets_find (ShequTermSets *sets,
                                   ShequConnection *connection,
                                   char **terms,
                                   guint n_terms,
                                   GError **error);
ShequKeySet *shequ_term_sets_find_own (ShequTermSets *sets,
                                       ShequConnection *connection,
                                       char **terms,
                                       guint n_terms,
                                       ShequMatch match,
                                       GError **error);
void shequ_term_sets_add_leading (ShequTermSets *sets, const GArray *linked, ShequKeySet *leading);
gboolean shequ_term_sets_follow (ShequTermSets *sets,
                                 ShequConnection *connection,
                                 gboolean *followed,
                                 GError **error);
gboolean shequ_term_sets_warm (ShequTermSets *sets, GCancellable *cancellable, GError **error);

/* Between the files of it: what a kept set holds stands before the term in its name. */
#define SHEQU_TERM_SETS_OWN '='   /* the records in which the term is found */
#define SHEQU_TERM_SETS_BACK '>'  /* the records that lead to one in which it is found */
#define SHEQU_TERM_SETS_THERE '~' /* the linked records in which it is found */
#define SHEQU_TERM_SETS_MATCH '1' /* and on, by match: the records in which it is found so */

char *shequ_term_sets_name (char holds, const char *term);
ShequKeySet *shequ_term_sets_look_up (ShequTermSets *sets, const char *name);
void shequ_term_sets_keep (ShequTermSets *sets,
                           const char *name,
                           ShequKeySet *set,
                           gboolean ready,
                           gboolean shared);
ShequKeySet *shequ_term_sets_read_term (ShequTermSets *sets,
                                        ShequConnection *connection,
                                        const char *name,
                                        GError **error);

G_END_DECLS
