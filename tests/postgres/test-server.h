#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean test_server_is_wanted (void);
char *test_server_new_address (void);
char *test_server_new_database (void);
void test_server_drop (const char *address);
void test_server_run (const char *address, const char *script);
gint64 test_server_ask (const char *address, const char *query);

G_END_DECLS
