#pragma once

#include "shequ-page.h"

G_BEGIN_DECLS

/**
 * ShequAuditPage:
 *
 * The change log for whoever watches it: standard reports, a search, and a paper of what is shown.
 */
#define SHEQU_TYPE_AUDIT_PAGE (shequ_audit_page_get_type ())
G_DECLARE_FINAL_TYPE (ShequAuditPage, shequ_audit_page, SHEQU, AUDIT_PAGE, ShequPage)

G_END_DECLS
