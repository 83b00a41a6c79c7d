#pragma once

#include "shequ-row.h"

G_BEGIN_DECLS

void shequ_json_write_creation (GString *json, const ShequRow *row);
gboolean shequ_json_write_change (GString *json, const ShequRow *old, const ShequRow *row);
void shequ_json_add_day (GString *json, const char *name, const char *day);

G_END_DECLS
