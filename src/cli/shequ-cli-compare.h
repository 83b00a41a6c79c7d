#pragma once

#include "shequ-cli.h"
#include "shequ-compare.h"

G_BEGIN_DECLS

gboolean shequ_cli_compare (ShequCli *cli,
                            ShequImport *import,
                            const ShequImportOptions *options,
                            GError **error);

G_END_DECLS
