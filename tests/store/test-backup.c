#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "store-fixture.h"

#include "shequ-backup.h"
#include "shequ-cipher.h"
#include "shequ-error.h"
#include "shequ-locale.h"

#define MOMENT "2026-11-22T01:02:03Z"
#define FLIPS 1000

/* A store with some records, and a backup of it. */
typedef struct
{
  StoreFixture store;
  ShequSecret *key;
  char *path;
} Fixture;

static gboolean
write_backup (Fixture *fixture, GError **error)
{
  return shequ_backup_write (fixture->store.store, fixture->path, fixture->key, "民生社区", MOMENT, NULL,
                             NULL, NULL, error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  store_fixture_set_up (&fixture->store, NULL);
  store_fixture_add_house (&fixture->store, "幸福小区3号楼2单元501");
  store_fixture_add_pet (&fixture->store, "小花", "A1", 1);
  store_fixture_add_pet (&fixture->store, "大黄", "A2", 1);
  fixture->key = shequ_secret_new_random (SHEQU_CIPHER_KEY_SIZE);
  fixture->path = g_build_filename (fixture->store.folder, "backup", NULL);
  write_backup (fixture, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  shequ_secret_unref (fixture->key);
  g_free (fixture->path);
  store_fixture_tear_down (&fixture->store, NULL);
}

static gboolean
verify (Fixture *fixture, GError **error)
{
  return shequ_backup_verify (fixture->path, fixture->key, NULL, NULL, NULL, error);
}

static gboolean
restore (Fixture *fixture, const ShequSecret *key, char **kept, GPtrArray **differences, GError **error)
{
  return shequ_backup_restore (fixture->path, key, fixture->store.path, fixture->store.catalogue,
                               "2026-11-23T08:00:00Z", kept, differences, NULL, NULL, NULL, error);
}

static void
close_store (Fixture *fixture)
{
  g_clear_pointer (&fixture->store.store, shequ_store_unref);
}

static void
open_store (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  fixture->store.store =
    shequ_store_open (fixture->store.path, fixture->store.catalogue, SHEQU_OPEN_EXISTING, NULL, &error);
  g_assert_no_error (error);
}

static gint64
count_pets (Fixture *fixture)
{
  g_autoptr (ShequQuery) query = shequ_query_new (fixture->store.pet, NULL);

  return shequ_store_count (fixture->store.store, query, NULL, NULL);
}

static guint
count_files (Fixture *fixture)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->store.folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (folder) != NULL)
    n++;
  return n;
}

static void
test_info (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequBackupInfo) info = shequ_backup_read_info (fixture->path, &error);
  g_autofree char *id = shequ_backup_key_id (fixture->key);
  GStatBuf about;

  g_assert_no_error (error);
  g_assert_cmpstr (info->office, ==, "民生社区");
  g_assert_cmpstr (info->created, ==, MOMENT);
  g_assert_cmpstr (info->key_id, ==, id);
  g_assert_cmpstr (g_hash_table_lookup (info->counts, "pet"), ==, "2");
  g_assert_true (verify (fixture, &error));
  /* Only who made it may read it, and nothing half done lies about. */
  g_assert_cmpint (g_stat (fixture->path, &about), ==, 0);
  g_assert_cmpint (about.st_mode & 0777, ==, 0600);
  g_assert_cmpuint (count_files (fixture), ==, 4);
}

static void
test_sealed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (fixture->path, &bytes, &length, NULL));
  g_assert_null (g_strstr_len (bytes, (gssize) length, "小花"));
  g_assert_null (g_strstr_len (bytes, (gssize) length, "幸福小区"));
  g_assert_null (g_strstr_len (bytes, (gssize) length, "SQLite"));
}

static void
test_restore (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *kept = NULL;
  g_autoptr (GPtrArray) differences = NULL;
  const ShequBackupDifference *difference;
  g_autoptr (ShequStore) replaced = NULL;
  g_autoptr (ShequQuery) query = shequ_query_new (fixture->store.pet, NULL);

  store_fixture_add_pet (&fixture->store, "来福", "A3", 1);
  close_store (fixture);
  g_assert_true (restore (fixture, fixture->key, &kept, &differences, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (differences->len, ==, 1);
  difference = differences->pdata[0];
  g_assert_true (difference->reg == fixture->store.pet);
  g_assert_cmpint (difference->before, ==, 3);
  g_assert_cmpint (difference->after, ==, 2);

  open_store (fixture);
  g_assert_cmpint (count_pets (fixture), ==, 2);
  replaced = shequ_store_open (kept, fixture->store.catalogue, SHEQU_OPEN_READ_ONLY, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (shequ_store_count (replaced, query, NULL, NULL), ==, 3);
}

/* To another machine, where there is no database yet. */
static void
test_restore_fresh (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *kept = NULL;
  g_autoptr (GPtrArray) differences = NULL;
  g_autofree char *wal = g_strconcat (fixture->store.path, "-wal", NULL);

  close_store (fixture);
  g_unlink (fixture->store.path);
  g_unlink (wal);
  g_assert_true (restore (fixture, fixture->key, &kept, &differences, &error));
  g_assert_null (kept);
  open_store (fixture);
  g_assert_cmpint (count_pets (fixture), ==, 2);
}

static void
test_restore_damaged (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *bytes = NULL;
  g_autoptr (GPtrArray) differences = NULL;

  close_store (fixture);
  g_assert_true (g_file_set_contents (fixture->store.path, "not a database", -1, NULL));
  g_assert_true (restore (fixture, fixture->key, &kept, &differences, &error));
  g_assert_true (g_file_get_contents (kept, &bytes, NULL, NULL));
  g_assert_cmpstr (bytes, ==, "not a database");
  open_store (fixture);
  g_assert_cmpint (count_pets (fixture), ==, 2);
}

static void
test_open_elsewhere (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *kept = NULL;
  g_autoptr (GPtrArray) differences = NULL;

  store_fixture_add_pet (&fixture->store, "来福", "A3", 1);
  g_assert_false (restore (fixture, fixture->key, &kept, &differences, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_LOCKED);
  g_assert_null (kept);
  store_fixture_add_pet (&fixture->store, "阿福", "A4", 1);
  close_store (fixture);
  open_store (fixture);
  g_assert_cmpint (count_pets (fixture), ==, 4);
}

static void
test_other_key (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ShequSecret) other = shequ_secret_new_random (SHEQU_CIPHER_KEY_SIZE);
  g_autoptr (GError) error = NULL;
  g_autofree char *kept = NULL;
  g_autoptr (GPtrArray) differences = NULL;

  close_store (fixture);
  g_assert_false (restore (fixture, other, &kept, &differences, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_PERMISSION);
  open_store (fixture);
  g_assert_cmpint (count_pets (fixture), ==, 2);
}

/* Every bit of a byte at a place chosen by chance, a shorter file, a longer one: found before anything is
 * replaced. */
static void
test_altered (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20261122);
  g_autofree char *bytes = NULL;
  g_autofree char *longer = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (fixture->path, &bytes, &length, NULL));
  for (guint i = 0; i < FLIPS; i++)
    {
      gsize place = i < 400 ? i % length : (gsize) g_rand_int_range (random, 0, (gint32) length);
      char mask = (char) (1 << g_rand_int_range (random, 0, 8));
      g_autoptr (GError) error = NULL;

      bytes[place] ^= mask;
      g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize) length, NULL));
      g_assert_false (verify (fixture, &error));
      g_assert_true (error->domain == SHEQU_ERROR);
      bytes[place] ^= mask;
    }
  for (gsize cut = 0; cut < length; cut += 1 + length / 50)
    {
      g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize) cut, NULL));
      g_assert_false (verify (fixture, NULL));
    }
  longer = g_malloc0 (length + 1);
  memcpy (longer, bytes, length);
  g_assert_true (g_file_set_contents (fixture->path, longer, (gssize) length + 1, NULL));
  g_assert_false (verify (fixture, NULL));
  g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize) length, NULL));
  g_assert_true (verify (fixture, NULL));
}

/* The one before stays until the new one is whole. */
static void
test_full_disk (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize length, now;
  struct rlimit usual, small;

  g_assert_true (g_file_get_contents (fixture->path, &before, &length, NULL));
  store_fixture_add_pet (&fixture->store, "来福", "A3", 1);
  getrlimit (RLIMIT_FSIZE, &usual);
  small = usual;
  small.rlim_cur = 3000;
  setrlimit (RLIMIT_FSIZE, &small);
  g_assert_false (write_backup (fixture, &error));
  setrlimit (RLIMIT_FSIZE, &usual);
  /* A limit stands in for the full disk; SQLite tells one from the other. */
  g_assert_true (error->domain == SHEQU_ERROR);
  g_assert_true (g_file_get_contents (fixture->path, &after, &now, NULL));
  g_assert_cmpmem (before, length, after, now);
  g_assert_cmpuint (count_files (fixture), ==, 4);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (shequ_backup_write (fixture->store.store, fixture->path, fixture->key, "民生社区", MOMENT,
                                      NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (verify (fixture, NULL));
  g_assert_cmpuint (count_files (fixture), ==, 4);
}

static void
test_no_backup (Fixture *fixture, gconstpointer data)
{
  static const char *const texts[] = { "", "SHEQUBK1", "SHEQUBK1\xff\xff\xff\xff",
                                       "PK\3\4 something else entirely" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (g_file_set_contents (fixture->path, texts[i], -1, NULL));
      g_assert_null (shequ_backup_read_info (fixture->path, &error));
      g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREADABLE);
      g_assert_false (verify (fixture, NULL));
    }
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);
  signal (SIGXFSZ, SIG_IGN);

#define ADD(name, function) g_test_add ("/backup/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("info", test_info);
  ADD ("sealed", test_sealed);
  ADD ("restore", test_restore);
  ADD ("restore-fresh", test_restore_fresh);
  ADD ("restore-damaged", test_restore_damaged);
  ADD ("open-elsewhere", test_open_elsewhere);
  ADD ("other-key", test_other_key);
  ADD ("altered", test_altered);
  ADD ("full-disk", test_full_disk);
  ADD ("cancelled", test_cancelled);
  ADD ("no-backup", test_no_backup);
  return g_test_run ();
}
