#include "shequ-cli-status.h"

#include "config.h"

#include <gio/gio.h>

#include "shequ-error.h"

/* By ShequError. */
static const ShequCliStatus statuses[] = {
  [SHEQU_ERROR_INVALID_VALUE] = SHEQU_CLI_WORDS,
  [SHEQU_ERROR_CATALOGUE] = SHEQU_CLI_DATABASE,
  [SHEQU_ERROR_ARGUMENT] = SHEQU_CLI_WORDS,
  [SHEQU_ERROR_PERMISSION] = SHEQU_CLI_PERMISSION,
  [SHEQU_ERROR_NOT_FOUND] = SHEQU_CLI_NOT_FOUND,
  [SHEQU_ERROR_UNREADABLE] = SHEQU_CLI_NOT_FOUND,
  [SHEQU_ERROR_CONFLICT] = SHEQU_CLI_DATABASE,
  [SHEQU_ERROR_DUPLICATE] = SHEQU_CLI_PERMISSION,
  [SHEQU_ERROR_CONSTRAINT] = SHEQU_CLI_PERMISSION,
  [SHEQU_ERROR_DAMAGED] = SHEQU_CLI_DATABASE,
  [SHEQU_ERROR_NEWER] = SHEQU_CLI_DATABASE,
  [SHEQU_ERROR_LOCKED] = SHEQU_CLI_DATABASE,
  [SHEQU_ERROR_FULL] = SHEQU_CLI_DATABASE,
  [SHEQU_ERROR_UNREACHABLE] = SHEQU_CLI_DATABASE,
  [SHEQU_ERROR_DONE] = SHEQU_CLI_DONE,
  [SHEQU_ERROR_INTERNAL] = SHEQU_CLI_DATABASE,
};

G_STATIC_ASSERT (G_N_ELEMENTS (statuses) == SHEQU_ERROR_INTERNAL + 1);

/**
 * shequ_cli_status_for:
 * @error: what went wrong
 *
 * Returns: the status that the program ends with; files that cannot be written count as out of reach
 */
ShequCliStatus
shequ_cli_status_for (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return SHEQU_CLI_INTERRUPTED;
  if (error->domain == G_OPTION_ERROR)
    return SHEQU_CLI_WORDS;
  if (error->domain == SHEQU_ERROR && error->code >= 0 && (guint) error->code < G_N_ELEMENTS (statuses))
    return statuses[error->code];
  return SHEQU_CLI_DATABASE;
}
