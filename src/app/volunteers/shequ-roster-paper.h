#pragma once

#include "shequ-roster-page.h"
#include "shequ-volunteers.h"

G_BEGIN_DECLS

ShequDocument *shequ_roster_paper_new (ShequOffice *office,
                                       const char *monday,
                                       const char *period,
                                       const GPtrArray *roster);

G_END_DECLS
