#pragma once

#include "shequ-backups.h"

G_BEGIN_DECLS

/* What a restore changes, or has changed. */
typedef struct
{
  GPtrArray *differences;    /* of ShequBackupDifference */
  char *kept;                /* (nullable): where the database that stood there is */
  char *unnoted;             /* (nullable): why the change log of the restored office does not tell of it */
  ShequCatalogue *catalogue; /* of the registers in @differences */
} ShequRestoreReport;

/* A daily backup that can be restored, or a file that somebody has chosen. */
typedef struct
{
  char *path;
  char *created; /* (nullable): UTC moment */
  char *office;  /* (nullable) */
  char *key_id;  /* (nullable): which recovery key opens it */
  gint64 n_residents;
} ShequRestoreChoice;

gboolean shequ_restore_note (const char *path,
                             const char *database,
                             ShequCatalogue *catalogue,
                             const char *user,
                             GError **error);
ShequRestoreChoice *shequ_restore_choice_read (const char *path, GError **error);
void shequ_restore_choice_free (ShequRestoreChoice *choice);

void shequ_restore_list_async (ShequOffice *office,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
GPtrArray *shequ_restore_list_finish (ShequOffice *office,
                                      GAsyncResult *result,
                                      ShequSecret **key,
                                      GError **error);

void shequ_restore_compare_async (const char *path,
                                  const ShequSecret *key,
                                  const char *database,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
void shequ_restore_run_async (const char *path,
                              const ShequSecret *key,
                              const char *database,
                              const char *user,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
ShequRestoreReport *shequ_restore_finish (GAsyncResult *result, GError **error);
char *shequ_restore_describe (const ShequRestoreReport *report);
void shequ_restore_report_free (ShequRestoreReport *report);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequRestoreChoice, shequ_restore_choice_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequRestoreReport, shequ_restore_report_free)

G_END_DECLS
