#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ShequServerTls:
 * @SHEQU_SERVER_TLS_VERIFY: in cipher, and the server proves by its certificate that it is the right one
 * @SHEQU_SERVER_TLS_REQUIRE: in cipher, whoever the server is
 * @SHEQU_SERVER_TLS_OFF: readable by whoever listens on the network
 *
 * How what is sent to the server is protected.
 */
typedef enum
{
  SHEQU_SERVER_TLS_VERIFY,
  SHEQU_SERVER_TLS_REQUIRE,
  SHEQU_SERVER_TLS_OFF,
} ShequServerTls;

/**
 * ShequServerSettings:
 * @host: name or number of the server, or the folder of its socket
 * @port: 1 to 65535
 * @database: its name
 * @user: who signs in at the server
 * @password: (nullable): not part of what is remembered, see shequ_server_settings_keep_password()
 * @tls: how it is protected
 * @certificate: (nullable): the file by which the server's certificate is checked; %NULL for those of the
 * system
 * @password_file: (nullable): where the password is kept
 *
 * The address of an office on a server, in the parts in which a person knows it.
 */
typedef struct
{
  char *host;
  guint port;
  char *database;
  char *user;
  char *password;
  ShequServerTls tls;
  char *certificate;
  char *password_file;
} ShequServerSettings;

ShequServerSettings *shequ_server_settings_new (void);
ShequServerSettings *shequ_server_settings_parse (const char *uri);
void shequ_server_settings_free (ShequServerSettings *settings);
char *shequ_server_settings_to_uri (const ShequServerSettings *settings);
char *shequ_server_settings_get_password_path (void);
gboolean shequ_server_settings_keep_password (ShequServerSettings *settings,
                                              const char *path,
                                              GError **error);
char *shequ_server_hide_password (const char *uri);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequServerSettings, shequ_server_settings_free)

G_END_DECLS
