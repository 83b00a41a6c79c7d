#pragma once

#include "shequ-cli.h"
#include "shequ-duplicates.h"

G_BEGIN_DECLS

gboolean shequ_cli_tell_duplicates (ShequCli *cli, gint64 after, GError **error);

G_END_DECLS
