#pragma once

#include "shequ-document.h"

G_BEGIN_DECLS

ShequDocument *shequ_key_document_new (const char *office,
                                       const char *id,
                                       const char *key,
                                       const char *date,
                                       GError **error);

G_END_DECLS
