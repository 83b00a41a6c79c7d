#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <unistd.h>

#include "shequ-cli-interrupt.h"
#include "shequ-cli-status.h"
#include "shequ-cli-words.h"
#include "shequ-error.h"
#include "shequ-locale.h"

static int
complain_of_words (ShequCli *cli, const GError *error)
{
  g_autofree char *usage = shequ_cli_get_usage (cli->command);

  shequ_cli_complain ("%s\n%s%s", error->message, usage, _ ("“shequ-cli --help” tells more."));
  return SHEQU_CLI_WORDS;
}

static int
complain_of_failure (ShequCli *cli, const GError *error)
{
  ShequCliStatus status = shequ_cli_status_for (error);

  if (status != SHEQU_CLI_INTERRUPTED)
    shequ_cli_complain ("%s", error->message);
  else if (cli->kept != NULL)
    shequ_cli_complain (_ ("Interrupted."));
  else
    shequ_cli_complain (_ ("Interrupted; nothing was changed."));
  if (cli->kept != NULL)
    shequ_cli_complain ("%s", cli->kept);
  return status;
}

static int
run_command (ShequCli *cli)
{
  g_autoptr (GError) error = NULL;

  if (!shequ_cli_prepare (cli, &error) || !cli->command->run (cli, &error))
    return complain_of_failure (cli, error);
  return cli->refused ? SHEQU_CLI_REFUSED_ROWS : SHEQU_CLI_DONE;
}

static int
run (ShequCli *cli, char **words)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *help = NULL;

  switch (shequ_cli_read_words (cli, words, &error))
    {
    case SHEQU_CLI_WISH_COMMAND:
      return run_command (cli);
    case SHEQU_CLI_WISH_HELP:
      help = shequ_cli_get_help (cli->command);
      shequ_cli_put (help);
      return SHEQU_CLI_DONE;
    case SHEQU_CLI_WISH_VERSION:
      shequ_cli_print ("shequ-cli %s", SHEQU_VERSION);
      return SHEQU_CLI_DONE;
    case SHEQU_CLI_WISH_ERROR:
    default:
      return complain_of_words (cli, error);
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (ShequCli) cli = NULL;
  int status;

  shequ_locale_init ();
  g_set_prgname ("shequ-cli");
  cli = shequ_cli_new ();
  shequ_cli_interrupt_watch (cli->cancellable);
  status = run (cli, argv);
  /* Who reads the output must know when it is not whole. */
  if ((fflush (stdout) != 0 || ferror (stdout)) && status == SHEQU_CLI_DONE)
    {
      shequ_cli_complain (_ ("The output could not be written: the disk is full or the reader has gone."));
      status = SHEQU_CLI_DATABASE;
    }
  return status;
}
