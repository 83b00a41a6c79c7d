#pragma once

#include "shequ-record-details.h"

G_BEGIN_DECLS

void shequ_paper_buttons_add (ShequRecordDetails *details, ShequOffice *office, const ShequRegister *reg);

G_END_DECLS
