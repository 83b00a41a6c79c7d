#pragma once

#include <adwaita.h>

#include "shequ-server-settings.h"

G_BEGIN_DECLS

/**
 * ShequServerDialog:
 *
 * Where the office's server is, who signs in there, and how it is protected; tries the connection and says in
 * plain words what is wrong. Emits `connect-to` (uri) for an office that is there and `create-at` (uri) for
 * one that is to be made.
 */
#define SHEQU_TYPE_SERVER_DIALOG (shequ_server_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ShequServerDialog, shequ_server_dialog, SHEQU, SERVER_DIALOG, AdwWindow)

ShequServerDialog *shequ_server_dialog_present (GtkWindow *parent, const ShequServerSettings *settings);

G_END_DECLS
