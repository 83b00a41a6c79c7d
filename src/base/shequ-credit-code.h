#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SHEQU_CREDIT_CODE_SIZE 19
#define SHEQU_ORGANISATION_CODE_SIZE 11

gboolean shequ_credit_code_parse (const char *text, char *code, GError **error);
gboolean shequ_credit_code_has_sound_organisation (const char *code);
gboolean shequ_organisation_code_parse (const char *text, char *code, GError **error);

G_END_DECLS
