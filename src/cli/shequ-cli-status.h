#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ShequCliStatus:
 * @SHEQU_CLI_DONE: done
 * @SHEQU_CLI_REFUSED_ROWS: done, but some rows were refused
 * @SHEQU_CLI_WORDS: the words of the call are off
 * @SHEQU_CLI_PERMISSION: not signed in, or not permitted
 * @SHEQU_CLI_NOT_FOUND: no such register, record or kind; or the input cannot be read
 * @SHEQU_CLI_DATABASE: the database is damaged, locked, full or out of reach
 * @SHEQU_CLI_INTERRUPTED: interrupted; what was committed is kept
 *
 * With what the program ends; a contract.
 */
typedef enum
{
  SHEQU_CLI_DONE = 0,
  SHEQU_CLI_REFUSED_ROWS = 1,
  SHEQU_CLI_WORDS = 2,
  SHEQU_CLI_PERMISSION = 3,
  SHEQU_CLI_NOT_FOUND = 4,
  SHEQU_CLI_DATABASE = 5,
  SHEQU_CLI_INTERRUPTED = 130,
} ShequCliStatus;

ShequCliStatus shequ_cli_status_for (const GError *error);

G_END_DECLS
