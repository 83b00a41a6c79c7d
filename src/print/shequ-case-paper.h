#pragma once

#include "shequ-document.h"
#include "shequ-row.h"

G_BEGIN_DECLS

ShequDocument *shequ_case_paper_document_new (const ShequRow *paper, GError **error);

G_END_DECLS
