/*
 * Databases that are damaged in many ways: what SQLite calls damaged is never written, what can be read of it
 * is read as it was, and what is missing is told.
 */
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "store-fixture.h"

#include "shequ-cipher.h"
#include "shequ-error.h"
#include "shequ-locale.h"
#include "shequ-protection.h"
#include "shequ-salvage.h"

#define PETS 3000
#define PAGE 16384
#define SEEDS 18 /* of each way to damage a file */

typedef enum
{
  WAY_OVERWRITTEN, /* pages hold something else */
  WAY_EMPTIED,     /* pages hold zeros */
  WAY_FLIPPED,     /* single bits */
  WAY_CUT,         /* the end is missing */
  WAY_SWAPPED,     /* two pages stand in each other's place */
  WAY_HEADER,      /* the first hundred bytes */
  N_WAYS,
} Way;

typedef struct
{
  StoreFixture store;
  char *bytes; /* of the sound database */
  gsize length;
  char *path; /* of the damaged one */
  guint n_opened, n_read_again, n_lost;
  gint64 n_read;
} Fixture;

static void
fill (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequTransaction) transaction = shequ_store_begin (fixture->store, &test_actor, NULL, &error);

  for (guint i = 1; i <= PETS; i++)
    {
      g_autoptr (ShequRow) pet = shequ_row_new (fixture->pet);
      g_autofree char *name = g_strdup_printf ("宠物%u号", i);

      shequ_row_set_text (pet, "name", name);
      shequ_row_set_integer (pet, "weight", i);
      shequ_transaction_insert (transaction, pet, &error);
      g_assert_no_error (error);
    }
  shequ_transaction_commit (transaction, &error);
  g_assert_no_error (error);
}

static void
close_and_read (Fixture *fixture)
{
  g_clear_pointer (&fixture->store.store, shequ_store_unref);
  g_assert_true (g_file_get_contents (fixture->store.path, &fixture->bytes, &fixture->length, NULL));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  store_fixture_set_up (&fixture->store, NULL);
  store_fixture_add_house (&fixture->store, "和平里5号楼");
  fill (&fixture->store);
  close_and_read (fixture);
  fixture->path = g_build_filename (fixture->store.folder, "damaged.db", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  store_fixture_tear_down (&fixture->store, NULL);
  g_free (fixture->bytes);
  g_free (fixture->path);
}

static void
overwrite (GRand *random, char *bytes, gsize length)
{
  for (gsize i = 0; i < length; i++)
    bytes[i] = (char) g_rand_int_range (random, 0, 256);
}

static void
swap_pages (GRand *random, char *bytes, gint n_pages)
{
  g_autofree char *kept = g_malloc (PAGE);
  char *one = bytes + (gsize) g_rand_int_range (random, 1, n_pages) * PAGE;
  char *other = bytes + (gsize) g_rand_int_range (random, 1, n_pages) * PAGE;

  memcpy (kept, one, PAGE);
  memmove (one, other, PAGE);
  memcpy (other, kept, PAGE);
}

static void
damage (GRand *random, Way way, char *bytes, gsize *length)
{
  gint n_pages = (gint) (*length / PAGE);
  gint n = g_rand_int_range (random, 1, 5);

  for (gint i = 0; i < n; i++)
    {
      gsize page = (gsize) g_rand_int_range (random, 0, n_pages) * PAGE;

      if (way == WAY_OVERWRITTEN)
        overwrite (random, bytes + page, PAGE);
      else if (way == WAY_EMPTIED)
        memset (bytes + page, 0, PAGE);
      else if (way == WAY_SWAPPED)
        swap_pages (random, bytes, n_pages);
    }
  for (gint i = 0; way == WAY_FLIPPED && i < 40 * n; i++)
    bytes[g_rand_int_range (random, 0, (gint) *length)] ^= (char) (1 << g_rand_int_range (random, 0, 8));
  if (way == WAY_CUT)
    *length = (gsize) g_rand_int_range (random, 0, (gint) *length);
  if (way == WAY_HEADER)
    overwrite (random, bytes, (gsize) g_rand_int_range (random, 1, 100));
}

static void
remove_all (Fixture *fixture)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->store.folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->store.folder, name, NULL);

      if (g_str_has_prefix (name, "damaged.db"))
        g_remove (path);
    }
}

static void
assert_untouched (const char *path, const char *bytes, gsize length)
{
  g_autofree char *now = NULL;
  gsize length_now = 0;

  g_assert_true (g_file_get_contents (path, &now, &length_now, NULL));
  g_assert_cmpmem (now, length_now, bytes, length);
}

static void
assert_refuses_changes (ShequStore *store)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (shequ_store_begin (store, &test_actor, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_DAMAGED);
}

/* Every pet that is there is the one that was there. */
static gint64
check_pets (Fixture *fixture, ShequStore *store, gboolean bits)
{
  g_autoptr (ShequQuery) query = shequ_query_new (fixture->store.pet, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) keys = shequ_store_list_keys (store, query, NULL, &error);
  g_autoptr (GPtrArray) rows = NULL;

  g_assert_no_error (error);
  rows = shequ_store_fetch (store, fixture->store.pet, (const gint64 *) (gpointer) keys->data, keys->len,
                            SHEQU_FETCH_PLAIN, NULL, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < rows->len && !bits; i++)
    {
      const ShequRow *row = rows->pdata[i];
      g_autofree char *name = g_strdup_printf ("宠物%" G_GINT64_FORMAT "号", row->key);

      g_assert_cmpstr (shequ_row_get_text (row, "name"), ==, name);
    }
  return keys->len;
}

static const ShequSalvagedTable *
find_table (const ShequSalvage *salvage, const char *name)
{
  for (guint i = 0; i < salvage->tables->len; i++)
    {
      const ShequSalvagedTable *table = salvage->tables->pdata[i];

      if (g_str_equal (table->name, name))
        return table;
    }
  return NULL;
}

static void
check_salvage (Fixture *fixture, ShequStore *store, gboolean bits)
{
  const ShequSalvage *salvage = shequ_store_get_salvage (store);
  const ShequSalvagedTable *pets = find_table (salvage, "pet");
  g_autofree char *text = shequ_salvage_describe (salvage);
  gint64 n_pets = check_pets (fixture, store, bits);

  g_assert_cmpint (pets->n_read, >=, n_pets);
  /* What is missing is told, or that it is not known. */
  if (pets->n_read < PETS && !bits)
    {
      g_assert_true (pets->uncertain || pets->n_expected == PETS);
      g_assert_nonnull (strstr (text, "Pet"));
    }
  assert_refuses_changes (store);
  fixture->n_read_again++;
  fixture->n_read += n_pets;
}

/* As the program does it: open; where that works, look whether the pages are sound; else read what can be. */
static void
try_to_open (Fixture *fixture, Way way, const char *bytes, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequStore) store =
    shequ_store_open (fixture->path, fixture->store.catalogue, SHEQU_OPEN_EXISTING, NULL, &error);

  if (store != NULL && shequ_store_examine (store, NULL, &error))
    {
      fixture->n_opened++;
      return;
    }
  g_assert_true (error->domain == SHEQU_ERROR);
  if (store != NULL)
    assert_refuses_changes (store);
  g_clear_pointer (&store, shequ_store_unref);
  assert_untouched (fixture->path, bytes, length);
  g_clear_error (&error);
  store = shequ_store_open_damaged (fixture->path, fixture->store.catalogue, NULL, NULL, NULL, &error);
  assert_untouched (fixture->path, bytes, length);
  if (store != NULL)
    check_salvage (fixture, store, way == WAY_FLIPPED);
  else
    {
      g_assert_true (error->domain == SHEQU_ERROR);
      fixture->n_lost++;
    }
}

static void
test_way (Fixture *fixture, gconstpointer data)
{
  Way way = (Way) GPOINTER_TO_UINT (data);

  const char *more = g_getenv ("SHEQU_TEST_SEEDS");
  guint n_seeds = more != NULL ? (guint) g_ascii_strtoull (more, NULL, 10) : SEEDS;

  for (guint seed = 1; seed <= n_seeds; seed++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      g_autofree char *bytes = g_memdup2 (fixture->bytes, fixture->length);
      gsize length = fixture->length;

      remove_all (fixture);
      damage (random, way, bytes, &length);
      g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize) length, NULL));
      try_to_open (fixture, way, bytes, length);
    }
  g_test_message (
    "%u opened as usual, %u read as far as possible (%" G_GINT64_FORMAT " of %u pets), %u not at all",
    fixture->n_opened, fixture->n_read_again, fixture->n_read, fixture->n_read_again * PETS, fixture->n_lost);
  g_assert_cmpuint (fixture->n_read_again, >, 0);
}

static ShequStore *
open_damaged (Fixture *fixture, const char *bytes, gsize length)
{
  g_autoptr (GError) error = NULL;
  ShequStore *store;

  remove_all (fixture);
  g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize) length, NULL));
  g_assert_null (
    shequ_store_open (fixture->path, fixture->store.catalogue, SHEQU_OPEN_EXISTING, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_DAMAGED);
  g_clear_error (&error);
  store = shequ_store_open_damaged (fixture->path, fixture->store.catalogue, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return store;
}

/* A broken header costs no record. */
static void
test_header (Fixture *fixture, gconstpointer data)
{
  g_autofree char *bytes = g_memdup2 (fixture->bytes, fixture->length);
  g_autoptr (ShequStore) store = NULL;
  g_autofree char *text = NULL;

  memset (bytes, 0xff, 60);
  store = open_damaged (fixture, bytes, fixture->length);
  g_assert_cmpint (check_pets (fixture, store, FALSE), ==, PETS);
  g_assert_cmpuint (shequ_store_get_salvage (store)->n_hurt, ==, 0);
  text = shequ_salvage_describe (shequ_store_get_salvage (store));
  g_assert_null (strstr (text, "Pet"));
}

/* What was read once is not read again, until the file is another. */
static void
test_again (Fixture *fixture, gconstpointer data)
{
  g_autofree char *bytes = g_memdup2 (fixture->bytes, fixture->length);
  g_autofree char *readable = g_strconcat (fixture->path, ".readable", NULL);
  g_autoptr (ShequStore) store = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf before, after;

  memset (bytes, 0xff, 60);
  store = open_damaged (fixture, bytes, fixture->length);
  g_clear_pointer (&store, shequ_store_unref);
  g_assert_cmpint (g_stat (readable, &before), ==, 0);
  store = shequ_store_open_damaged (fixture->path, fixture->store.catalogue, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (readable, &after), ==, 0);
  g_assert_cmpuint (before.st_ino, ==, after.st_ino);
  g_assert_nonnull (shequ_store_get_salvage (store));
  assert_refuses_changes (store);
}

/* What can be read goes into an office that can be worked with. */
static void
test_new_office (Fixture *fixture, gconstpointer data)
{
  g_autofree char *bytes = g_memdup2 (fixture->bytes, fixture->length);
  g_autofree char *target = g_build_filename (fixture->store.folder, "saved.db", NULL);
  g_autoptr (ShequSalvage) salvage = NULL;
  g_autoptr (GPtrArray) hits = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;

  memset (bytes, 0xff, 60);
  g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize) fixture->length, NULL));
  salvage = shequ_store_salvage (fixture->path, target, fixture->store.catalogue, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  fixture->store.store =
    shequ_store_open (target, fixture->store.catalogue, SHEQU_OPEN_EXISTING, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (shequ_store_get_salvage (fixture->store.store));
  hits = shequ_store_search (fixture->store.store, "宠物17号", NULL, 5, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (hits->len, ==, 1);
  store_fixture_add_pet (&fixture->store, "新来的", NULL, 1);
  problems = shequ_store_check (fixture->store.store, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
}

/* A file of something else is told from a damaged one, and nothing is left beside it. */
static void
test_other_file (Fixture *fixture, gconstpointer data)
{
  static const char text[] = "姓名,电话\n王小明,13800000000\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) folder = NULL;
  const char *name;
  guint n_files = 0;

  g_assert_true (g_file_set_contents (fixture->path, text, -1, NULL));
  g_assert_null (
    shequ_store_open_damaged (fixture->path, fixture->store.catalogue, NULL, NULL, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_DAMAGED);
  assert_untouched (fixture->path, text, strlen (text));
  folder = g_dir_open (fixture->store.folder, 0, NULL);
  while ((name = g_dir_read_name (folder)) != NULL)
    n_files += g_str_has_prefix (name, "damaged.db");
  g_assert_cmpuint (n_files, ==, 1);
}

/* Damage that is met while the office is open ends all changes. */
static void
test_while_open (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = g_memdup2 (fixture->bytes, fixture->length);

  memset (bytes + fixture->length / 4 / PAGE * PAGE, 0x55, fixture->length / 2);
  g_assert_true (g_file_set_contents (fixture->path, fixture->bytes, (gssize) fixture->length, NULL));
  fixture->store.store =
    shequ_store_open (fixture->path, fixture->store.catalogue, SHEQU_OPEN_EXISTING, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (shequ_store_examine (fixture->store.store, NULL, &error));
  {
    FILE *file = g_fopen (fixture->path, "r+b");

    g_assert_cmpint (fwrite (bytes, 1, fixture->length, file), ==, fixture->length);
    fclose (file);
  }
  g_assert_false (shequ_store_examine (fixture->store.store, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_DAMAGED);
  g_assert_true (shequ_store_is_damaged (fixture->store.store));
  assert_refuses_changes (fixture->store.store);
  g_clear_pointer (&fixture->store.store, shequ_store_unref);
  assert_untouched (fixture->path, bytes, fixture->length);
}

int
main (int argc, char **argv)
{
  static const char *const ways[] = { "overwritten", "emptied", "flipped", "cut", "swapped", "header" };

  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < N_WAYS; i++)
    {
      g_autofree char *path = g_strdup_printf ("/salvage/%s", ways[i]);

      g_test_add (path, Fixture, GUINT_TO_POINTER (i), set_up, test_way, tear_down);
    }
  g_test_add ("/salvage/broken-header", Fixture, NULL, set_up, test_header, tear_down);
  g_test_add ("/salvage/again", Fixture, NULL, set_up, test_again, tear_down);
  g_test_add ("/salvage/new-office", Fixture, NULL, set_up, test_new_office, tear_down);
  g_test_add ("/salvage/other-file", Fixture, NULL, set_up, test_other_file, tear_down);
  g_test_add ("/salvage/while-open", Fixture, NULL, set_up, test_while_open, tear_down);
  return g_test_run ();
}
