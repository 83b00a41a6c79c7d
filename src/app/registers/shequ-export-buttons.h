#pragma once

#include "shequ-record-details.h"

G_BEGIN_DECLS

void shequ_export_buttons_add (ShequRecordDetails *details, ShequOffice *office);

G_END_DECLS
