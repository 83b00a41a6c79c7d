#pragma once

#include "shequ-backup.h"

G_BEGIN_DECLS

/* Where a deed over many bytes tells how far it is. */
typedef struct
{
  ShequBackupProgress tell; /* (nullable) */
  gpointer user_data;
  GCancellable *cancellable; /* (nullable) */
} ShequBackupWatch;

gboolean shequ_backup_file_seal (const char *plain,
                                 const char *path,
                                 const ShequSecret *key,
                                 GKeyFile *about,
                                 const ShequBackupWatch *watch,
                                 GError **error);
GKeyFile *shequ_backup_file_read_about (const char *path, GError **error);
gboolean shequ_backup_file_open (const char *path,
                                 const ShequSecret *key,
                                 const char *plain,
                                 const ShequBackupWatch *watch,
                                 GError **error);
gboolean shequ_backup_file_move (const char *from, const char *to, GError **error);

G_END_DECLS
