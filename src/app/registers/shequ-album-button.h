#pragma once

#include "shequ-album.h"
#include "shequ-record-view.h"

G_BEGIN_DECLS

void shequ_album_ask (ShequRecordView *view, ShequOffice *office);

G_END_DECLS
