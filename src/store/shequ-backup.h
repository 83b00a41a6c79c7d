#pragma once

#include "shequ-secret.h"
#include "shequ-store.h"

G_BEGIN_DECLS

/* What a backup says of itself to everybody; the records lie sealed behind it. */
typedef struct
{
  char *office;       /* whose it is */
  char *created;      /* UTC moment */
  char *program;      /* version of Shequ */
  char *key_id;       /* which recovery key opens it */
  GHashTable *counts; /* register -> number of its records, as text */
} ShequBackupInfo;

/* A register whose number of records is another than before the restore. */
typedef struct
{
  const ShequRegister *reg;
  gint64 before;
  gint64 after;
} ShequBackupDifference;

/* Told while a backup is made or read; `done` of `total` bytes. */
typedef void (*ShequBackupProgress) (guint64 done, guint64 total, gpointer user_data);

char *shequ_backup_key_id (const ShequSecret *key);
gboolean shequ_backup_write (ShequStore *store,
                             const char *path,
                             const ShequSecret *key,
                             const char *office,
                             const char *moment,
                             ShequBackupProgress progress,
                             gpointer user_data,
                             GCancellable *cancellable,
                             GError **error);
ShequBackupInfo *shequ_backup_read_info (const char *path, GError **error);
gboolean shequ_backup_verify (const char *path,
                              const ShequSecret *key,
                              ShequBackupProgress progress,
                              gpointer user_data,
                              GCancellable *cancellable,
                              GError **error);
GPtrArray *shequ_backup_compare (const char *path,
                                 const ShequSecret *key,
                                 const char *target,
                                 ShequCatalogue *catalogue,
                                 ShequBackupProgress progress,
                                 gpointer user_data,
                                 GCancellable *cancellable,
                                 GError **error);
gboolean shequ_backup_restore (const char *path,
                               const ShequSecret *key,
                               const char *target,
                               ShequCatalogue *catalogue,
                               const char *moment,
                               char **kept,
                               GPtrArray **differences,
                               ShequBackupProgress progress,
                               gpointer user_data,
                               GCancellable *cancellable,
                               GError **error);
gboolean shequ_backup_log_restore (ShequStore *store,
                                   const ShequActor *actor,
                                   GCancellable *cancellable,
                                   GError **error);
void shequ_backup_info_free (ShequBackupInfo *info);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequBackupInfo, shequ_backup_info_free)

G_END_DECLS
