#pragma once

#include <adwaita.h>

#include "shequ-office.h"

G_BEGIN_DECLS

/**
 * ShequSignInPage:
 *
 * Asks who works. `signed-in` comes when a password was right, and a due one was changed; `hand-over` when
 * somebody else wants to work in a window that is locked.
 */
#define SHEQU_TYPE_SIGN_IN_PAGE (shequ_sign_in_page_get_type ())
G_DECLARE_FINAL_TYPE (ShequSignInPage, shequ_sign_in_page, SHEQU, SIGN_IN_PAGE, AdwBin)

GtkWidget *shequ_sign_in_page_new (ShequOffice *office, const char *name);
GtkWidget *shequ_sign_in_page_new_locked (ShequOffice *office);

char *shequ_sign_in_page_describe_last (ShequOffice *office);

G_END_DECLS
