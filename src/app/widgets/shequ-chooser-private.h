#pragma once

#include "shequ-chooser.h"

G_BEGIN_DECLS

const char *shequ_choice_get_detail (ShequChoice *self);

G_END_DECLS
