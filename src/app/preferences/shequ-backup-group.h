#pragma once

#include <adwaita.h>

#include "shequ-office.h"

G_BEGIN_DECLS

#define SHEQU_TYPE_BACKUP_GROUP (shequ_backup_group_get_type ())
G_DECLARE_FINAL_TYPE (ShequBackupGroup, shequ_backup_group, SHEQU, BACKUP_GROUP, AdwPreferencesGroup)

void shequ_backup_group_set_office (ShequBackupGroup *self, ShequOffice *office);

G_END_DECLS
