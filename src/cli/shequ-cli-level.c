#include "shequ-cli-level.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-error.h"

static const struct
{
  const char *name;
  ShequLevel level;
  const char *office;
} levels[] = {
  { "community", SHEQU_LEVEL_COMMUNITY, N_ ("Our community") },
  { "street", SHEQU_LEVEL_STREET, N_ ("Our street office") },
  { "district", SHEQU_LEVEL_DISTRICT, N_ ("Our district") },
};

/**
 * shequ_cli_get_level:
 * @cli: a call
 * @option: the option that names a level
 * @level: (inout): the level; stays as it is when the option was not given
 * @error: %SHEQU_ERROR_ARGUMENT
 *
 * Returns: %FALSE when there is no such level
 */
gboolean
shequ_cli_get_level (ShequCli *cli, const char *option, ShequLevel *level, GError **error)
{
  const char *name = shequ_cli_get_option (cli, option);

  if (name == NULL)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    {
      if (g_str_equal (levels[i].name, name))
        {
          *level = levels[i].level;
          return TRUE;
        }
    }
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
               _ ("There is no level “%s”; there are community, street and district."), name);
  return FALSE;
}

/**
 * shequ_cli_level_get_office_name:
 * @level: a level
 *
 * Returns: what an office of that level is called until it has a name
 */
const char *
shequ_cli_level_get_office_name (ShequLevel level)
{
  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    {
      if (levels[i].level == level)
        return _ (levels[i].office);
    }
  return NULL;
}
