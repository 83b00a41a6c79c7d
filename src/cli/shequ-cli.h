#pragma once

#include "shequ-office.h"

G_BEGIN_DECLS

typedef struct _ShequCli ShequCli;
typedef struct _ShequCliCommand ShequCliCommand;

/**
 * ShequCliOption:
 * @name: as `limit` of `--limit=N`
 * @value: (nullable): what stands behind the equals sign; %NULL for a switch
 * @text: what it does, untranslated
 */
typedef struct
{
  const char *name;
  const char *value;
  const char *text;
} ShequCliOption;

/**
 * ShequCliDatabase:
 * @SHEQU_CLI_NO_DATABASE: the command needs none
 * @SHEQU_CLI_OPEN_DATABASE: the office is open when the command starts, and somebody has signed in where it
 *   is protected
 * @SHEQU_CLI_LOCKED_DATABASE: the office is open, but nobody has to sign in
 */
typedef enum
{
  SHEQU_CLI_NO_DATABASE,
  SHEQU_CLI_OPEN_DATABASE,
  SHEQU_CLI_LOCKED_DATABASE,
} ShequCliDatabase;

/**
 * ShequCliCommand:
 * @name: one or two words, as `certificate issue`
 * @arguments: what follows the name, as `KIND FILE.pdf`
 * @summary: what it does, untranslated
 * @least: the fewest arguments
 * @most: the most arguments
 * @options: (nullable): its own options, ended by one without a name
 * @database: what it needs
 * @run: does it; %FALSE with an error that shequ_cli_status_for() turns into a status
 */
struct _ShequCliCommand
{
  const char *name;
  const char *arguments;
  const char *summary;
  guint least;
  guint most;
  const ShequCliOption *options;
  ShequCliDatabase database;
  gboolean (*run) (ShequCli *cli, GError **error);
};

/**
 * ShequCli:
 * @command: the command, once its words are read
 * @arguments: (element-type utf8): what stands behind the name of the command
 * @options: lists of values by the name of the option
 * @cancellable: cancelled by Ctrl+C
 * @catalogue: the descriptions of the registers
 * @office: (nullable): the open office, where the command needs one
 * @kept: (nullable): what a command that failed has changed nevertheless, in the words of a person
 * @refused: set by a command that is done but had to refuse some rows
 *
 * One call of the program.
 */
struct _ShequCli
{
  const ShequCliCommand *command;
  GPtrArray *arguments;
  GHashTable *options;
  GCancellable *cancellable;
  ShequCatalogue *catalogue;
  ShequOffice *office;
  char *kept;
  gboolean refused;
};

ShequCli *shequ_cli_new (void);
void shequ_cli_free (ShequCli *cli);

const char *shequ_cli_get_argument (ShequCli *cli, guint index);
gboolean shequ_cli_has_option (ShequCli *cli, const char *name);
const char *shequ_cli_get_option (ShequCli *cli, const char *name);
const GPtrArray *shequ_cli_get_options (ShequCli *cli, const char *name);
gboolean shequ_cli_get_past_day (ShequCli *cli, const char *name, char **day, GError **error);
gboolean shequ_cli_get_number (ShequCli *cli,
                               const char *name,
                               gint64 fallback,
                               gint64 *number,
                               GError **error);
gboolean shequ_cli_parse_number (const char *text,
                                 const char *what,
                                 gint64 least,
                                 gint64 *number,
                                 GError **error);
gboolean shequ_cli_wants_json (ShequCli *cli);

char *shequ_cli_get_database (ShequCli *cli);
const char *shequ_cli_get_user (ShequCli *cli);
gboolean shequ_cli_make_folder (ShequCli *cli, GError **error);
gboolean shequ_cli_prepare (ShequCli *cli, GError **error);
gboolean shequ_cli_open (ShequCli *cli, GError **error);

char *shequ_cli_read_password_file (const char *path, GError **error);
char *shequ_cli_read_password (ShequCli *cli, const char *option, GError **error);
gboolean shequ_cli_write_key (const char *path, const char *key, GError **error);

void shequ_cli_put (const char *text);
void shequ_cli_print (const char *format, ...) G_GNUC_PRINTF (1, 2);
void shequ_cli_tell (ShequCli *cli, const char *format, ...) G_GNUC_PRINTF (2, 3);
void shequ_cli_complain (const char *format, ...) G_GNUC_PRINTF (1, 2);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequCli, shequ_cli_free)

G_END_DECLS
