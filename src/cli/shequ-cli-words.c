/*
 * The words of a call: options of the program, the name of a command (one word or two), its options and
 * arguments. Options of the program may stand anywhere.
 */
#include "shequ-cli-words.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-cli-commands.h"
#include "shequ-cli-table.h"
#include "shequ-error.h"

static const ShequCliOption program_options[] = {
  { "database", "PATH", N_ ("the database; else $SHEQU_DATABASE, else the one of the window") },
  { "user", "NAME", N_ ("who acts, for the change log; else $SHEQU_USER, else the login") },
  { "password-file", "FILE",
    N_ ("a file whose first line is the password of --user, or, for a restore, the recovery key; else "
        "$SHEQU_PASSWORD_FILE") },
  { "key-file", "FILE",
    N_ ("a file that holds the recovery key of a protected office; else $SHEQU_KEY_FILE") },
  { "json", NULL, N_ ("one JSON object a line on standard output") },
  { "quiet", NULL, N_ ("only errors on standard error") },
  { "help", NULL, N_ ("this help; behind a command, that of the command") },
  { "version", NULL, N_ ("the version") },
  { NULL },
};

static void
keep_option (ShequCli *cli, const char *name, const char *value)
{
  GPtrArray *values = g_hash_table_lookup (cli->options, name);

  if (values == NULL)
    {
      values = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (cli->options, g_strdup (name), values);
    }
  g_ptr_array_add (values, g_strdup (value != NULL ? value : ""));
}

static gboolean
take_option (const char *name, const char *value, gpointer data, GError **error)
{
  keep_option (data, name + strspn (name, "-"), value);
  return TRUE;
}

static void
add_entries (GArray *entries, const ShequCliOption *options)
{
  for (guint i = 0; options != NULL && options[i].name != NULL; i++)
    {
      GOptionEntry entry = { .long_name = options[i].name,
                             .arg = G_OPTION_ARG_CALLBACK,
                             .arg_data = take_option };

      if (options[i].value == NULL)
        entry.flags = G_OPTION_FLAG_NO_ARG;
      g_array_append_val (entries, entry);
    }
}

/* Takes the options that are known out of `words`; with `strict` only those in front of the first other word.
 */
static gboolean
take_options (ShequCli *cli, const ShequCliOption *own, gboolean strict, char ***words, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GArray) entries = g_array_new (TRUE, TRUE, sizeof (GOptionEntry));
  GOptionGroup *group = g_option_group_new ("main", "", "", cli, NULL);
  g_autoptr (GError) inner = NULL;

  add_entries (entries, program_options);
  add_entries (entries, own);
  g_option_group_add_entries (group, (const GOptionEntry *) entries->data);
  g_option_context_set_main_group (context, group);
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_strict_posix (context, strict);
  if (g_option_context_parse_strv (context, words, &inner))
    return TRUE;
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT, _ ("The words of the call are off: %s"),
               inner->message);
  return FALSE;
}

static const ShequCliCommand *
find_command (const char *name, gboolean *begins)
{
  const ShequCliCommand *commands = shequ_cli_commands_get ();
  g_autofree char *beginning = g_strconcat (name, " ", NULL);

  *begins = FALSE;
  for (guint i = 0; commands[i].name != NULL; i++)
    {
      if (strcmp (commands[i].name, name) == 0)
        return &commands[i];
      *begins = *begins || g_str_has_prefix (commands[i].name, beginning);
    }
  return NULL;
}

/* Takes the word behind the name of the program out of `words`. */
static char *
take_word (char **words)
{
  char *word = words[1];

  for (guint i = 1; word != NULL && words[i] != NULL; i++)
    words[i] = words[i + 1];
  return word;
}

/* `registers` is a command, and so is `registers add`. */
static void
prefer_longer_command (ShequCli *cli, const char *name, char **words)
{
  g_autofree char *longer = words[1] != NULL ? g_strconcat (name, " ", words[1], NULL) : NULL;
  g_autofree char *word = NULL;
  const ShequCliCommand *command;
  gboolean begins;

  if (longer == NULL || (command = find_command (longer, &begins)) == NULL)
    return;
  word = take_word (words);
  cli->command = command;
}

static gboolean
take_command (ShequCli *cli, char ***words, GError **error)
{
  g_autofree char *name = NULL;
  gboolean begins = TRUE;

  while (begins && take_options (cli, NULL, TRUE, words, error))
    {
      g_autofree char *word = take_word (*words);
      char *longer;

      if (word == NULL)
        break;
      longer = name != NULL ? g_strconcat (name, " ", word, NULL) : g_strdup (word);
      g_free (name);
      name = longer;
      cli->command = find_command (name, &begins);
      if (cli->command != NULL)
        {
          prefer_longer_command (cli, name, *words);
          return TRUE;
        }
    }
  if (shequ_cli_has_option (cli, "help") || shequ_cli_has_option (cli, "version"))
    return TRUE;
  if (error == NULL || *error != NULL)
    return FALSE;
  if (name == NULL)
    g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT, _ ("Say which command to run."));
  else
    g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT, _ ("There is no command “%s”."), name);
  return FALSE;
}

/* Words come in the character set of the person; all that follows is UTF-8. */
static char *
to_utf8 (const char *word)
{
  char *converted;

  if (g_utf8_validate (word, -1, NULL))
    return g_strdup (word);
  converted = g_locale_to_utf8 (word, -1, NULL, NULL, NULL);
  return converted != NULL ? converted : g_strdup (word);
}

static gboolean
take_arguments (ShequCli *cli, char **words, GError **error)
{
  for (guint i = 1; words[i] != NULL; i++)
    {
      if (i > 1 || strcmp (words[i], "--") != 0)
        g_ptr_array_add (cli->arguments, to_utf8 (words[i]));
    }
  if (shequ_cli_has_option (cli, "help"))
    return TRUE;
  if (cli->arguments->len < cli->command->least)
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT, _ ("“%s” needs more words."),
                   cli->command->name);
      return FALSE;
    }
  if (cli->arguments->len > cli->command->most)
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT, _ ("“%s” does not know what to do with “%s”."),
                   cli->command->name, (const char *) cli->arguments->pdata[cli->command->most]);
      return FALSE;
    }
  return TRUE;
}

/**
 * shequ_cli_read_words:
 * @cli: a fresh call
 * @words: as `main` was given them
 * @error: %SHEQU_ERROR_ARGUMENT
 *
 * Reads the words of a call into @cli.
 *
 * Returns: what is asked for
 */
ShequCliWish
shequ_cli_read_words (ShequCli *cli, char **words, GError **error)
{
  g_auto (GStrv) rest = g_strdupv (words);
  g_autoptr (GError) inner = NULL;

  if (!take_command (cli, &rest, &inner) ||
      (cli->command != NULL && (!take_options (cli, cli->command->options, FALSE, &rest, &inner) ||
                                !take_arguments (cli, rest, &inner))))
    {
      /* A word may hold bytes of no character; what is said about it may not. */
      g_autofree char *said = g_utf8_make_valid (inner->message, -1);

      g_set_error_literal (error, inner->domain, inner->code, said);
      return SHEQU_CLI_WISH_ERROR;
    }
  if (shequ_cli_has_option (cli, "help"))
    return SHEQU_CLI_WISH_HELP;
  if (shequ_cli_has_option (cli, "version"))
    return SHEQU_CLI_WISH_VERSION;
  return SHEQU_CLI_WISH_COMMAND;
}

/**
 * shequ_cli_get_usage:
 * @command: (nullable): a command; %NULL for the program
 *
 * Returns: (transfer full): how it is called, in one line
 */
char *
shequ_cli_get_usage (const ShequCliCommand *command)
{
  if (command == NULL)
    return g_strdup (_ ("Usage: shequ-cli [OPTION…] COMMAND [ARGUMENT…]\n"));
  return g_strdup_printf (_ ("Usage: shequ-cli %s %s\n"), command->name, command->arguments);
}

static void
append_options (GString *text, const char *title, const ShequCliOption *options)
{
  g_autoptr (ShequCliTable) table = shequ_cli_table_new (2);
  g_autofree char *lines = NULL;

  for (guint i = 0; options != NULL && options[i].name != NULL; i++)
    {
      g_autofree char *word =
        g_strconcat ("--", options[i].name, options[i].value != NULL ? "=" : NULL, options[i].value, NULL);

      shequ_cli_table_add (table, word, _ (options[i].text), NULL);
    }
  lines = shequ_cli_table_to_text (table, 2);
  if (*lines != '\0')
    g_string_append_printf (text, "\n%s\n%s", title, lines);
}

static void
append_commands (GString *text)
{
  g_autoptr (ShequCliTable) table = shequ_cli_table_new (2);
  const ShequCliCommand *commands = shequ_cli_commands_get ();
  g_autofree char *lines = NULL;

  for (guint i = 0; commands[i].name != NULL; i++)
    shequ_cli_table_add (table, commands[i].name, _ (commands[i].summary), NULL);
  lines = shequ_cli_table_to_text (table, 2);
  g_string_append_printf (text, "\n%s\n%s", _ ("Commands:"), lines);
}

/**
 * shequ_cli_get_help:
 * @command: (nullable): a command; %NULL for the program
 *
 * Returns: (transfer full): usage, what it does, options
 */
char *
shequ_cli_get_help (const ShequCliCommand *command)
{
  g_autofree char *usage = shequ_cli_get_usage (command);
  GString *text = g_string_new (usage);

  if (command == NULL)
    append_commands (text);
  else
    {
      g_string_append_printf (text, "\n%s\n", _ (command->summary));
      append_options (text, _ ("Options of the command:"), command->options);
    }
  append_options (text, _ ("Options:"), program_options);
  return g_string_free (text, FALSE);
}
