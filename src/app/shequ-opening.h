#pragma once

#include "shequ-office.h"

G_BEGIN_DECLS

typedef enum
{
  SHEQU_OPENING_EXISTING,
  SHEQU_OPENING_NEW,
  SHEQU_OPENING_EXAMPLE, /* made when there is none */
} ShequOpeningKind;

/* Makes the descriptions to work with. */
typedef ShequCatalogue *(*ShequOpeningDescribe) (GError **error);

/**
 * ShequOpening:
 * @kind: what is wanted
 * @uri: a path or a URI of a database
 * @user: who works with it
 * @name: (nullable): the name of a new office
 * @level: of a new office
 * @password: (nullable): of its first account, where a new office is protected from the start
 * @recovery_key: (nullable): of such an office, on paper by now
 * @damaged: what can be read of it, where it is known to be damaged
 * @describe: (nullable): makes the descriptions to work with; shequ_catalogue_new_shipped() when it says
 * nothing
 *
 * Which database a window shall show.
 */
typedef struct
{
  ShequOpeningKind kind;
  char *uri;
  char *user;
  char *name;
  ShequLevel level;
  char *password;
  char *recovery_key;
  gboolean damaged;
  ShequOpeningDescribe describe;
  /*< private >*/
  GThread *reading; /* (nullable): reads the descriptions already */
} ShequOpening;

ShequOpening *shequ_opening_new (ShequOpeningKind kind, const char *uri, const char *user);
ShequOpening *shequ_opening_copy (const ShequOpening *opening);
void shequ_opening_free (ShequOpening *opening);
GThread *shequ_opening_start_reading (ShequOpeningDescribe make);
void shequ_opening_give_up_reading (GThread *reading);
void shequ_opening_read_ahead (ShequOpening *opening);
char *shequ_opening_get_default_path (ShequOpeningKind kind);

/* How far the making of a database is; in the main context. */
typedef void (*ShequOpeningProgress) (guint done, guint total, gpointer user_data);

void shequ_opening_run_async (ShequOpening *opening,
                              ShequOpeningProgress progress,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
ShequOffice *shequ_opening_run_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequOpening, shequ_opening_free)

G_END_DECLS
