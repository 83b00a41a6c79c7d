#pragma once

#include "shequ-record-view.h"

G_BEGIN_DECLS

void shequ_record_print_ask (ShequRecordView *view, ShequOffice *office, gint64 key);

G_END_DECLS
