#pragma once

#include "shequ-chooser.h"

G_BEGIN_DECLS

const char *shequ_choice_get_detail (ShequChoice *self);
const GArray *shequ_choice_get_title_marks (ShequChoice *self);
const GArray *shequ_choice_get_detail_marks (ShequChoice *self);

G_END_DECLS
