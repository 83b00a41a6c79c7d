#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

/* Runs the real program on a folder of its own, as a script does. */
typedef struct
{
  char *folder;
  char *database; /* what $SHEQU_DATABASE names */
} Cli;

/* One run that ended. */
typedef struct
{
  int status;
  char *output;
  char *errors;
  GPtrArray *objects; /* of JsonObject: the lines of the output, where they are JSON */
} CliRun;

void cli_set_up (Cli *cli, gconstpointer data);
void cli_tear_down (Cli *cli, gconstpointer data);
char *cli_path (const Cli *cli, const char *name);
char *cli_write (const Cli *cli, const char *name, const char *text);
GSubprocessLauncher *cli_new_launcher (const Cli *cli);
CliRun *cli_run (const Cli *cli, const char *first, ...) G_GNUC_NULL_TERMINATED;
CliRun *cli_run_with (GSubprocessLauncher *launcher, const char *input, const char *const *words);
void cli_run_free (CliRun *run);
void cli_expect (const CliRun *run, int status);
JsonObject *cli_run_get (const CliRun *run, guint index);
void cli_create (const Cli *cli);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliRun, cli_run_free)

#define cli_add(path, test) g_test_add (path, Cli, NULL, cli_set_up, test, cli_tear_down)

/* Files of a small office; each path is to be freed. */
char *cli_write_residents (const Cli *cli);
char *cli_write_long_roster (const Cli *cli, guint n_rows);
