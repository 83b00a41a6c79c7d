#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * ShequRecoveryPage:
 *
 * Hands out the recovery key of an office that is about to be protected. Emits `kept` when its user says that
 * it is on paper.
 */
#define SHEQU_TYPE_RECOVERY_PAGE (shequ_recovery_page_get_type ())
G_DECLARE_FINAL_TYPE (ShequRecoveryPage, shequ_recovery_page, SHEQU, RECOVERY_PAGE, AdwBin)

GtkWidget *shequ_recovery_page_new (const char *office, const char *key);
const char *shequ_recovery_page_get_key (ShequRecoveryPage *self);

G_END_DECLS
