#pragma once

#include "shequ-certificates.h"

G_BEGIN_DECLS

/* The sentences of certificates, by key; see data/rules/certificate-texts.tsv. */
GHashTable *shequ_certificate_texts_load (GError **error);
char *shequ_certificate_texts_expand (GHashTable *texts, const char *key, const char *const *values);

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
