#pragma once

#include "shequ-record-view.h"

G_BEGIN_DECLS

void shequ_record_export_ask (ShequRecordView *view, ShequOffice *office);

G_END_DECLS
