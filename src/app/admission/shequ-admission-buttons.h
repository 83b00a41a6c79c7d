#pragma once

#include "shequ-office.h"
#include "shequ-record-details.h"

G_BEGIN_DECLS

void shequ_admission_buttons_add (ShequRecordDetails *details, ShequOffice *office, const ShequRegister *reg);

G_END_DECLS
