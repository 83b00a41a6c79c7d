#pragma once

#include "shequ-admission-board.h"
#include "shequ-document.h"

G_BEGIN_DECLS

ShequDocument *shequ_board_document_new (const ShequBoard *board, const char *unit, const char *handler);

G_END_DECLS
