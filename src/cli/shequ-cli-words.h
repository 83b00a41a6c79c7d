#pragma once

#include "shequ-cli.h"

G_BEGIN_DECLS

/**
 * ShequCliWish:
 * @SHEQU_CLI_WISH_ERROR: the words are off
 * @SHEQU_CLI_WISH_COMMAND: a command is to be run
 * @SHEQU_CLI_WISH_HELP: help is wanted
 * @SHEQU_CLI_WISH_VERSION: the version is wanted
 *
 * What a call asks for.
 */
typedef enum
{
  SHEQU_CLI_WISH_ERROR,
  SHEQU_CLI_WISH_COMMAND,
  SHEQU_CLI_WISH_HELP,
  SHEQU_CLI_WISH_VERSION,
} ShequCliWish;

ShequCliWish shequ_cli_read_words (ShequCli *cli, char **words, GError **error);
char *shequ_cli_get_help (const ShequCliCommand *command);
char *shequ_cli_get_usage (const ShequCliCommand *command);

G_END_DECLS
