#pragma once

#include "shequ-certificates.h"
#include "shequ-document.h"

G_BEGIN_DECLS

ShequDocument *shequ_certificate_document_new (const ShequCertificatePaper *paper, GError **error);

G_END_DECLS
