/* What test-server.c gives where Shequ is built without PostgreSQL: databases are files. */
#include "test-server.h"

gboolean
test_server_is_wanted (void)
{
  return FALSE;
}

char *
test_server_new_address (void)
{
  g_assert_not_reached ();
}

char *
test_server_new_database (void)
{
  g_assert_not_reached ();
}

void
test_server_run (const char *address, const char *script)
{
  g_assert_not_reached ();
}

gint64
test_server_ask (const char *address, const char *query)
{
  g_assert_not_reached ();
}

void
test_server_drop (const char *address)
{
  g_assert_not_reached ();
}
