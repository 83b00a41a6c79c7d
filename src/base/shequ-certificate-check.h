#pragma once

#include "shequ-row.h"

G_BEGIN_DECLS

char *shequ_certificate_make_check_text (const ShequRow *certificate);

G_END_DECLS
