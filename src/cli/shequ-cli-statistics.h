#pragma once

#include "shequ-cli-file.h"

G_BEGIN_DECLS

gboolean shequ_cli_write_statistics (ShequCli *cli, ShequCliFile *file, GError **error);

G_END_DECLS
