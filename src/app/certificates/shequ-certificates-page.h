#pragma once

#include "shequ-page.h"

G_BEGIN_DECLS

/**
 * ShequCertificatesPage:
 *
 * Which certificate is asked for, what is told at the counter, the desk where one is issued and printed, and
 * the register of those issued.
 */
#define SHEQU_TYPE_CERTIFICATES_PAGE (shequ_certificates_page_get_type ())
G_DECLARE_FINAL_TYPE (ShequCertificatesPage, shequ_certificates_page, SHEQU, CERTIFICATES_PAGE, ShequPage)

G_END_DECLS
