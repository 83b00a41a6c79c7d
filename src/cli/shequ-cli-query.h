#pragma once

#include "shequ-cli.h"
#include "shequ-query.h"

G_BEGIN_DECLS

/**
 * ShequCliWhere:
 * @SHEQU_CLI_WHERE_CONDITION: conditions, as in catalogues and lists
 * @SHEQU_CLI_WHERE_VALUE: also `FIELD=VALUE` with any value
 */
typedef enum
{
  SHEQU_CLI_WHERE_CONDITION,
  SHEQU_CLI_WHERE_VALUE,
} ShequCliWhere;

ShequQuery *shequ_cli_query_new (ShequCli *cli, const ShequRegister *reg, ShequCliWhere kind, GError **error);

G_END_DECLS
