#pragma once

#include "shequ-cli.h"

G_BEGIN_DECLS

gboolean shequ_cli_get_level (ShequCli *cli, const char *option, ShequLevel *level, GError **error);
const char *shequ_cli_level_get_office_name (ShequLevel level);

G_END_DECLS
