#pragma once

#include <json-glib/json-glib.h>

#include "shequ-store.h"

G_BEGIN_DECLS

char *shequ_cli_log_describe (const ShequCatalogue *catalogue, const ShequLogEntry *entry);
char *shequ_cli_log_format_moment (const ShequLogEntry *entry);
void shequ_cli_log_add (JsonBuilder *builder, const ShequCatalogue *catalogue, const ShequLogEntry *entry);

G_END_DECLS
