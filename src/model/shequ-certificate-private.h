#pragma once

#include "shequ-certificates.h"

G_BEGIN_DECLS

/* A certificate as the request wants it, without its number. */
ShequRow *shequ_certificate_compose (ShequOffice *office,
                                     const ShequCertificateRequest *request,
                                     GCancellable *cancellable,
                                     GError **error);

/* The words of a certificate, numbered or not. */
ShequCertificatePaper *shequ_certificate_write_paper (ShequOffice *office,
                                                      const ShequRow *row,
                                                      GCancellable *cancellable,
                                                      GError **error);

G_END_DECLS
