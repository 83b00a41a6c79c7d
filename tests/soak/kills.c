/*
 * A program that saves without pause is killed at a moment chosen by chance, again and again.
 *
 * Usage: kills TURNS SEED
 *
 * The writer says what it is about to do, does it in one transaction, and says that it was acknowledged.
 * Whatever was acknowledged is there afterwards, the change of the last moment is there as a whole or not at
 * all, each change has its one entry in the change log, and the check of the database finds nothing.
 */
#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../store/store-fixture.h"

#include "shequ-locale.h"

#define MOST_MILLISECONDS 150
#define TURNS_FROM_START 5 /* one in so many */
#define TURNS_BETWEEN_CHECKS 10

/* What a pet is known to be. */
typedef struct
{
  gint64 version;
  char name[32];
} Pet;

typedef struct
{
  GArray *pets; /* by key, from 1 on */
  gint64 tried; /* the pet that the last unacknowledged change was about, or 0 */
  char name[32];
  gint64 acknowledged;
} Known;

static void
say (const char *word, gint64 key, const char *name)
{
  char line[96];
  int length = snprintf (line, sizeof line, "%s %" G_GINT64_FORMAT " %s\n", word, key, name);

  if (write (STDOUT_FILENO, line, (size_t) length) != length)
    _exit (1);
}

static gboolean
write_one (StoreFixture *fixture, gint64 n_pets, GRand *random, GError **error)
{
  gint64 key =
    n_pets > 0 && g_rand_int_range (random, 0, 3) > 0 ? g_rand_int_range (random, 1, (gint32) n_pets + 1) : 0;
  g_autofree char *name = g_strdup_printf ("名%08x", g_rand_int (random));
  g_autoptr (ShequTransaction) transaction = shequ_store_begin (fixture->store, &test_actor, NULL, error);
  g_autoptr (ShequRow) row = NULL;

  if (transaction == NULL)
    return FALSE;
  say ("try", key > 0 ? key : n_pets + 1, name);
  row =
    key > 0 ? shequ_transaction_get (transaction, fixture->pet, key, error) : shequ_row_new (fixture->pet);
  if (row == NULL)
    return FALSE;
  shequ_row_set_text (row, "name", name);
  if (!(key > 0 ? shequ_transaction_update (transaction, row, error)
                : shequ_transaction_insert (transaction, row, error)) ||
      !shequ_transaction_commit (transaction, error))
    return FALSE;
  say ("ack", row->key, name);
  return TRUE;
}

static void
open_store (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  fixture->store = shequ_store_open (fixture->path, fixture->catalogue, SHEQU_OPEN_EXISTING, NULL, &error);
  g_assert_no_error (error);
}

static gint64
count_pets (StoreFixture *fixture)
{
  g_autoptr (ShequQuery) query = shequ_query_new (fixture->pet, NULL);

  return shequ_store_count (fixture->store, query, NULL, NULL);
}

/* Saves until it is killed. */
static int
run_writer (const char *path, guint32 seed)
{
  StoreFixture fixture = { .path = (char *) path, .catalogue = store_fixture_load_catalogue (NULL) };
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  g_autoptr (GError) error = NULL;

  fixture.pet = shequ_catalogue_lookup (fixture.catalogue, "pet");
  open_store (&fixture);
  while (write_one (&fixture, count_pets (&fixture), random, &error))
    continue;
  g_printerr ("%s\n", error->message);
  return 1;
}

static Pet *
get_pet (Known *known, gint64 key)
{
  while (known->pets->len < key)
    {
      Pet none = { 0, "" };

      g_array_append_val (known->pets, none);
    }
  return &g_array_index (known->pets, Pet, key - 1);
}

static void
take_line (Known *known, const char *line)
{
  char word[8], name[32];
  gint64 key;

  if (sscanf (line, "%7s %" G_GINT64_FORMAT " %31s", word, &key, name) != 3)
    return;
  if (strcmp (word, "ack") == 0)
    {
      Pet *pet = get_pet (known, key);

      pet->version++;
      g_strlcpy (pet->name, name, sizeof pet->name);
      known->tried = 0;
      known->acknowledged++;
      return;
    }
  known->tried = key;
  g_strlcpy (known->name, name, sizeof known->name);
}

/* Runs the writer for so long, kills it, and takes in what it said. Counted from its start, it may be killed
 * before it has opened the database; else from its first acknowledged change, so that a busy machine lets it
 * come to one. */
static void
run_and_kill (const char *program,
              const char *path,
              guint32 seed,
              guint milliseconds,
              gboolean from_start,
              Known *known)
{
  int ends[2];
  pid_t child;
  gint64 before = known->acknowledged;
  g_autofree char *text = g_strdup_printf ("%u", seed);
  FILE *said;
  char line[128];

  g_assert_cmpint (pipe (ends), ==, 0);
  child = fork ();
  if (child == 0)
    {
      dup2 (ends[1], STDOUT_FILENO);
      close (ends[0]);
      close (ends[1]);
      execl (program, program, "--write", path, text, NULL);
      _exit (127);
    }
  close (ends[1]);
  said = fdopen (ends[0], "r");
  while (!from_start && known->acknowledged == before && fgets (line, sizeof line, said) != NULL)
    take_line (known, line);
  g_usleep (milliseconds * 1000);
  kill (child, SIGKILL);
  while (fgets (line, sizeof line, said) != NULL)
    if (strchr (line, '\n') != NULL)
      take_line (known, line);
  fclose (said);
  waitpid (child, NULL, 0);
}

static gint64
count_entries (StoreFixture *fixture)
{
  g_autoptr (GPtrArray) entries = shequ_store_read_log (fixture->store, NULL, 0, NULL, 0, NULL, NULL);

  return entries->len;
}

/* Compares what stands with what is known; the change of the last moment settles here. */
static void
compare (StoreFixture *fixture, Known *known)
{
  gint64 n_pets = count_pets (fixture), changes = 0;

  g_assert_cmpint (n_pets, >=, known->pets->len);
  g_assert_cmpint (n_pets, <=, known->pets->len + (known->tried > known->pets->len ? 1 : 0));
  for (gint64 key = 1; key <= n_pets; key++)
    {
      g_autoptr (ShequRow) row =
        shequ_store_get (fixture->store, fixture->pet, key, SHEQU_FETCH_PLAIN, NULL, NULL, NULL);
      Pet *pet = get_pet (known, key);
      const char *name;

      g_assert_nonnull (row);
      name = shequ_row_get_text (row, "name");
      if (key == known->tried && row->version == pet->version + 1 && strcmp (name, known->name) == 0)
        {
          pet->version++;
          g_strlcpy (pet->name, name, sizeof pet->name);
        }
      g_assert_cmpint (row->version, ==, pet->version);
      g_assert_cmpstr (name, ==, pet->name);
      changes += pet->version;
    }
  g_assert_cmpint (count_entries (fixture), ==, changes);
  known->tried = 0;
}

static void
check_whole (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = shequ_store_check (fixture->store, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
}

int
main (int argc, char **argv)
{
  StoreFixture fixture = { 0 };
  Known known = { g_array_new (FALSE, FALSE, sizeof (Pet)), 0, "", 0 };
  g_autoptr (GRand) random = NULL;
  guint n_turns;

  shequ_locale_init ();
  if (argc == 4 && strcmp (argv[1], "--write") == 0)
    return run_writer (argv[2], (guint32) strtoul (argv[3], NULL, 10));
  if (argc != 3)
    {
      g_printerr ("Usage: kills TURNS SEED\n");
      return 2;
    }
  n_turns = (guint) strtoul (argv[1], NULL, 10);
  random = g_rand_new_with_seed ((guint32) strtoul (argv[2], NULL, 10));
  store_fixture_set_up (&fixture, NULL);
  g_clear_pointer (&fixture.store, shequ_store_unref);
  for (guint turn = 1; turn <= n_turns; turn++)
    {
      run_and_kill (argv[0], fixture.path, g_rand_int (random),
                    (guint) g_rand_int_range (random, 0, MOST_MILLISECONDS), turn % TURNS_FROM_START == 0,
                    &known);
      open_store (&fixture);
      compare (&fixture, &known);
      if (turn % TURNS_BETWEEN_CHECKS == 0 || turn == n_turns)
        check_whole (&fixture);
      g_clear_pointer (&fixture.store, shequ_store_unref);
    }
  g_print ("%u kills, %" G_GINT64_FORMAT " acknowledged changes, none lost\n", n_turns, known.acknowledged);
  store_fixture_tear_down (&fixture, NULL);
  g_array_unref (known.pets);
  return known.acknowledged > 0 ? 0 : 1;
}
