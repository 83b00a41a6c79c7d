#pragma once

#include <json-glib/json-glib.h>

#include "shequ-row.h"

G_BEGIN_DECLS

JsonBuilder *shequ_cli_json_begin (void);
void shequ_cli_json_add_text (JsonBuilder *builder, const char *name, const char *text);
void shequ_cli_json_add_integer (JsonBuilder *builder, const char *name, gint64 integer);
void shequ_cli_json_add_number (JsonBuilder *builder, const char *name, double number);
void shequ_cli_json_add_boolean (JsonBuilder *builder, const char *name, gboolean boolean);
void shequ_cli_json_add_strv (JsonBuilder *builder, const char *name, char *const *texts);
void shequ_cli_json_add_value (JsonBuilder *builder,
                               const ShequRow *row,
                               const ShequField *field,
                               ShequFormatFlags flags);
void shequ_cli_json_end (JsonBuilder *builder);

G_END_DECLS
