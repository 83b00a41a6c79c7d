#pragma once

#include <glib.h>

#include "shequ-access.h"
#include "shequ-row-index.h"

G_BEGIN_DECLS

void shequ_json_write_creation (GString *json, const ShequRow *row, const ShequRowIndex *index);
gboolean shequ_json_write_change (GString *json,
                                  const ShequRow *old,
                                  const ShequRowIndex *old_index,
                                  const ShequRow *row,
                                  const ShequRowIndex *index);
void shequ_json_add_day (GString *json, const char *name, const char *day);

char *shequ_json_cover (const char *json, const ShequRegister *reg, const ShequAccess *access);
char *shequ_json_reseal (const char *json,
                         const ShequRegister *reg,
                         ShequSeal *open,
                         ShequSeal *close,
                         GError **error);

G_END_DECLS
