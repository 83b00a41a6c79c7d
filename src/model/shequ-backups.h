#pragma once

#include "shequ-backup.h"
#include "shequ-office.h"

G_BEGIN_DECLS

/* How the files are called that an office makes by itself: `民生社区-2026-11-22.shequ-backup`. */
#define SHEQU_BACKUPS_END ".shequ-backup"

/* Backups of the last so many days are kept, and the last one of each month before. */
#define SHEQU_BACKUPS_DAYS 30
#define SHEQU_BACKUPS_MONTHS 12

char *shequ_backups_get_folder (ShequOffice *office);
gboolean shequ_backups_set_folder (ShequOffice *office, const char *folder, GError **error);
char *shequ_backups_get_last (ShequOffice *office);
char *shequ_backups_get_anchors (ShequOffice *office);
gboolean shequ_backups_is_due (ShequOffice *office);

ShequSecret *shequ_backups_find_key (ShequOffice *office);
ShequSecret *shequ_backups_get_key (ShequOffice *office, GCancellable *cancellable, GError **error);
char *shequ_backups_make (ShequOffice *office,
                          const char *target,
                          ShequBackupProgress progress,
                          gpointer user_data,
                          GCancellable *cancellable,
                          GError **error);
GPtrArray *shequ_backups_list (ShequOffice *office);
char *shequ_backups_find_last (ShequOffice *office);
guint shequ_backups_thin_out (const char *folder, const char *office, const char *today);

/* How the backups of an office stand. */
typedef struct
{
  char *folder; /* (nullable): where the daily one goes */
  char *last;   /* (nullable): the moment of the last one */
} ShequBackupState;

void shequ_backup_state_free (ShequBackupState *state);
void shequ_backups_look_async (ShequOffice *office,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
ShequBackupState *shequ_backups_look_finish (ShequOffice *office, GAsyncResult *result, GError **error);
void shequ_backups_choose_async (ShequOffice *office,
                                 const char *folder,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
void shequ_backups_make_async (ShequOffice *office,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
void shequ_backups_make_if_due_async (ShequOffice *office,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
char *shequ_backups_make_finish (ShequOffice *office, GAsyncResult *result, GError **error);
void shequ_backups_get_key_async (ShequOffice *office,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
ShequSecret *shequ_backups_get_key_finish (ShequOffice *office, GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequBackupState, shequ_backup_state_free)

G_END_DECLS
