#pragma once

#include "shequ-date.h"

G_BEGIN_DECLS

gboolean shequ_demo_recurrence_matches (const char *rule, const ShequDate *day);
gboolean shequ_demo_is_school_holiday (const ShequDate *day);

G_END_DECLS
