/*
 * The disk fails at the first, second, third … thing that is asked of it, until one turn asks for less: each
 * turn ends in success or in a message, and the database holds all that was acknowledged and nothing by
 * halves.
 */
#include <glib/gstdio.h>
#include <string.h>

#include "faulty-disk.h"
#include "faulty-memory.h"
#include "store-fixture.h"

#include "shequ-backup.h"
#include "shequ-cipher.h"
#include "shequ-error.h"
#include "shequ-import.h"
#include "shequ-locale.h"
#include "shequ-move.h"

/* More than any deed here asks for: a test that gets so far runs in a circle. */
#define MOST_TURNS 2000000

/* What takes hundreds of turns is tried at the first so many, and at some of those behind; at all of them
 * where $SHEQU_FAULTS is set (tests/soak). */
#define FIRST_TURNS 12

#define PETS 300

typedef struct
{
  const char *name;
  /* Does it on the open store, or opens it first; whether it was acknowledged. */
  gboolean (*act) (StoreFixture *fixture, GError **error);
  /* Whether it is done; never by halves. */
  gboolean (*is_done) (StoreFixture *fixture);
  gboolean opens;      /* the store, by which it is done */
  gboolean closed;     /* the store is closed meanwhile */
  const char *archive; /* (nullable): a database of an older format, in place of a new one */
  gboolean (*is_wanted) (StoreFixture *fixture); /* (nullable): what stands beside is whole or not there */
  gboolean is_long;
} Deed;

static ShequSecret *key;
static char *template_bytes;
static gsize template_length;

static gint64
count (StoreFixture *fixture, const ShequRegister *reg)
{
  g_autoptr (ShequQuery) query = shequ_query_new (reg, NULL);
  g_autoptr (GError) error = NULL;
  gint64 n = shequ_store_count (fixture->store, query, NULL, &error);

  g_assert_no_error (error);
  return n;
}

/* A house, two pets in it, a number, a changed pet: one transaction. */
static gboolean
act_save (StoreFixture *fixture, GError **error)
{
  g_autoptr (ShequTransaction) transaction = shequ_store_begin (fixture->store, &test_actor, NULL, error);
  g_autoptr (ShequRow) house = NULL;
  g_autoptr (ShequRow) old = NULL;

  if (transaction == NULL)
    return FALSE;
  house = shequ_row_new (fixture->house);
  shequ_row_set_text (house, "address", "幸福小区3号楼2单元501");
  if (!shequ_transaction_insert (transaction, house, error))
    return FALSE;
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (ShequRow) pet = shequ_row_new (fixture->pet);

      shequ_row_set_text (pet, "name", i == 0 ? "小花" : "大黄");
      shequ_row_set_integer (pet, "house", house->key);
      if (!shequ_transaction_insert (transaction, pet, error))
        return FALSE;
    }
  old = shequ_transaction_get (transaction, fixture->pet, 1, error);
  if (old == NULL)
    return FALSE;
  shequ_row_set_text (old, "name", "改名");
  return shequ_transaction_update (transaction, old, error) &&
         shequ_transaction_next_number (transaction, "certificate.2026", error) > 0 &&
         shequ_transaction_commit (transaction, error);
}

static gboolean
is_save_done (StoreFixture *fixture)
{
  gint64 houses = count (fixture, fixture->house);
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequRow) row =
    shequ_store_get (fixture->store, fixture->pet, 1, SHEQU_FETCH_PLAIN, NULL, NULL, &error);
  gboolean renamed;

  g_assert_no_error (error);
  renamed = g_strcmp0 (shequ_row_get_text (row, "name"), "改名") == 0;
  g_assert_cmpint (houses, ==, renamed ? 2 : 1);
  g_assert_cmpint (count (fixture, fixture->pet), ==, renamed ? 4 : 2);
  g_assert_cmpint (row->version, ==, renamed ? 2 : 1);
  return renamed;
}

/* As much as does not fit into the cache of a page or two. */
static gboolean
act_bulk (StoreFixture *fixture, GError **error)
{
  g_autoptr (ShequTransaction) transaction = shequ_store_begin (fixture->store, &test_actor, NULL, error);

  if (transaction == NULL)
    return FALSE;
  for (guint i = 0; i < PETS; i++)
    {
      g_autoptr (ShequRow) pet = shequ_row_new (fixture->pet);
      g_autofree char *name = g_strdup_printf ("宠物%u号", i);

      shequ_row_set_text (pet, "name", name);
      if (!shequ_transaction_insert (transaction, pet, error))
        return FALSE;
    }
  return shequ_transaction_commit (transaction, error);
}

static gboolean
is_bulk_done (StoreFixture *fixture)
{
  gint64 pets = count (fixture, fixture->pet);

  if (pets != 2)
    g_assert_cmpint (pets, ==, 2 + PETS);
  return pets != 2;
}

static gboolean
act_delete (StoreFixture *fixture, GError **error)
{
  g_autoptr (ShequTransaction) transaction = shequ_store_begin (fixture->store, &test_actor, NULL, error);

  return transaction != NULL && shequ_transaction_delete (transaction, fixture->pet, 2, 1, error) &&
         shequ_transaction_commit (transaction, error);
}

static gboolean
is_delete_done (StoreFixture *fixture)
{
  return count (fixture, fixture->pet) == 1;
}

static gboolean
open_with (StoreFixture *fixture, ShequCatalogue *catalogue, GError **error)
{
  fixture->store = shequ_store_open (fixture->path, catalogue, SHEQU_OPEN_EXISTING, NULL, error);
  return fixture->store != NULL;
}

/* A newer program brings the tables up: a column more, and another recipe of the search index. */
static gboolean
act_bring_up (StoreFixture *fixture, GError **error)
{
  g_autoptr (ShequCatalogue) newer =
    store_fixture_load_catalogue ("[Field colour]\nKind=text\nLabel=Colour\nSearch=part\n");

  return open_with (fixture, newer, error);
}

static gboolean
is_brought_up (StoreFixture *fixture)
{
  return count (fixture, fixture->pet) == 2;
}

static gboolean
act_migrate (StoreFixture *fixture, GError **error)
{
  return open_with (fixture, fixture->catalogue, error);
}

static gboolean
is_migrated (StoreFixture *fixture)
{
  g_autoptr (GPtrArray) log = shequ_store_read_log (fixture->store, NULL, 0, NULL, 0, NULL, NULL);

  g_assert_cmpuint (log->len, ==, 3);
  return TRUE;
}

static gboolean
act_import (StoreFixture *fixture, GError **error)
{
  g_autoptr (GString) text = g_string_new ("Name,Tag\n");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (ShequImport) import = NULL;
  g_auto (ShequImportResult) result = { 0 };
  ShequImportOptions options = { .actor = test_actor, .chunk_rows = 10 };

  for (guint i = 0; i < 30; i++)
    g_string_append_printf (text, "宠物%u号,T%u\n", i, i);
  bytes = g_bytes_new (text->str, text->len);
  import = shequ_import_open_bytes (fixture->store, fixture->pet, bytes, SHEQU_SHEET_FORMAT_CSV, "2026-11-22",
                                    NULL, error);
  return import != NULL && shequ_import_run (import, &options, NULL, NULL, NULL, &result, error);
}

/* Chunk by chunk. */
static gboolean
is_import_done (StoreFixture *fixture)
{
  gint64 pets = count (fixture, fixture->pet);

  g_assert_cmpint ((pets - 2) % 10, ==, 0);
  return pets == 32;
}

static char *
get_beside (StoreFixture *fixture)
{
  return g_build_filename (fixture->folder, "beside", NULL);
}

static gboolean
act_backup (StoreFixture *fixture, GError **error)
{
  g_autofree char *path = get_beside (fixture);

  return shequ_backup_write (fixture->store, path, key, "民生社区", "2026-11-22T01:02:03Z", NULL, NULL, NULL,
                             error);
}

/* A backup that is there is whole. */
static gboolean
is_backup_whole (StoreFixture *fixture)
{
  g_autofree char *path = get_beside (fixture);
  g_autoptr (GError) error = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return FALSE;
  g_assert_true (shequ_backup_verify (path, key, NULL, NULL, NULL, &error));
  return TRUE;
}

static gboolean
act_restore (StoreFixture *fixture, GError **error)
{
  g_autofree char *path = get_beside (fixture);
  g_autofree char *kept = NULL;
  g_autoptr (GPtrArray) differences = NULL;

  return shequ_backup_restore (path, key, fixture->path, fixture->catalogue, "2026-11-22T01:02:03Z", &kept,
                               &differences, NULL, NULL, NULL, error);
}

/* Either the former database or that of the backup. */
static gboolean
is_restored (StoreFixture *fixture)
{
  gint64 pets = count (fixture, fixture->pet);

  if (pets != 3)
    g_assert_cmpint (pets, ==, 2);
  return pets == 2;
}

static gboolean
act_move (StoreFixture *fixture, GError **error)
{
  g_autofree char *path = get_beside (fixture);
  g_autoptr (ShequMoveResult) result = shequ_store_move (fixture->store, path, NULL, NULL, NULL, error);

  return result != NULL;
}

/* What was moved opens as an office only when all of it is there. */
static gboolean
is_moved (StoreFixture *fixture)
{
  g_autofree char *path = get_beside (fixture);
  g_autoptr (ShequStore) source = g_steal_pointer (&fixture->store);
  gboolean moved = FALSE;

  fixture->store = shequ_store_open (path, fixture->catalogue, SHEQU_OPEN_EXISTING, NULL, NULL);
  if (fixture->store != NULL)
    {
      moved = count (fixture, fixture->pet) == 2;
      g_assert_true (moved);
      shequ_store_unref (fixture->store);
    }
  fixture->store = g_steal_pointer (&source);
  return moved;
}

static const Deed deeds[] = {
  { "save", act_save, is_save_done, FALSE, FALSE, NULL, NULL, FALSE },
  { "bulk", act_bulk, is_bulk_done, FALSE, FALSE, NULL, NULL, FALSE },
  { "delete", act_delete, is_delete_done, FALSE, FALSE, NULL, NULL, FALSE },
  { "bring-up", act_bring_up, is_brought_up, TRUE, FALSE, NULL, NULL, FALSE },
  { "migrate", act_migrate, is_migrated, TRUE, FALSE, "format-1.db", NULL, TRUE },
  { "import", act_import, is_import_done, FALSE, FALSE, NULL, NULL, TRUE },
  { "backup", act_backup, is_backup_whole, FALSE, FALSE, NULL, is_backup_whole, TRUE },
  { "restore", act_restore, is_restored, FALSE, TRUE, NULL, NULL, TRUE },
  { "move", act_move, is_moved, FALSE, FALSE, NULL, is_moved, TRUE },
};

static void
check_whole (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = shequ_store_check (fixture->store, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (const char *) problems->pdata[i]);
  g_assert_cmpuint (problems->len, ==, 0);
}

/* A house and two pets, made once and copied for each turn. */
static void
make_template (void)
{
  StoreFixture fixture = { 0 };

  store_fixture_set_up (&fixture, NULL);
  store_fixture_add_house (&fixture, "和平里5号楼");
  store_fixture_add_pet (&fixture, "来福", "A1", 1);
  store_fixture_add_pet (&fixture, "阿福", "A2", 1);
  g_clear_pointer (&fixture.store, shequ_store_unref);
  g_assert_true (g_file_get_contents (fixture.path, &template_bytes, &template_length, NULL));
  store_fixture_tear_down (&fixture, NULL);
}

static void
set_up (StoreFixture *fixture, const Deed *deed)
{
  g_autoptr (GError) error = NULL;

  store_fixture_prepare (fixture);
  fixture->catalogue = store_fixture_load_catalogue (NULL);
  fixture->house = shequ_catalogue_lookup (fixture->catalogue, "house");
  fixture->pet = shequ_catalogue_lookup (fixture->catalogue, "pet");
  if (deed->archive != NULL)
    {
      g_autofree char *file = g_test_build_filename (G_TEST_DIST, "store", "files", deed->archive, NULL);
      g_autofree char *bytes = NULL;
      gsize length = 0;

      g_assert_true (g_file_get_contents (file, &bytes, &length, NULL));
      g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize) length, NULL));
    }
  else
    g_assert_true (g_file_set_contents (fixture->path, template_bytes, (gssize) template_length, NULL));
  if (deed->opens)
    return;
  open_with (fixture, fixture->catalogue, &error);
  g_assert_no_error (error);
  if (!deed->closed)
    return;
  act_backup (fixture, &error);
  g_assert_no_error (error);
  store_fixture_add_pet (fixture, "第三只", "A3", 1);
  g_clear_pointer (&fixture->store, shequ_store_unref);
}

/* What stands there when memory and disk are whole again. */
static void
check_after (StoreFixture *fixture, const Deed *deed, gboolean acknowledged)
{
  g_autoptr (GError) error = NULL;

  if (deed->opens)
    g_assert_true (deed->act (fixture, &error));
  else
    open_with (fixture, fixture->catalogue, &error);
  g_assert_no_error (error);
  check_whole (fixture);
  /* A refused commit may have reached the disk after all; an acknowledged one has. */
  if (!deed->is_done (fixture))
    g_assert_false (acknowledged && !deed->opens);
  if (deed->is_wanted != NULL)
    deed->is_wanted (fixture);
}

/* How something fails: the disk, or memory where `memory`. */
typedef struct
{
  Fault fault;
  gboolean lasts;
  gboolean memory;
} Way;

/* One turn; whether so much was asked for that it failed. */
static gboolean
run_turn (const Deed *deed, guint at, const Way *way)
{
  StoreFixture fixture = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean acknowledged, failed;

  set_up (&fixture, deed);
  if (way->memory)
    faulty_memory_arm (at, way->lasts);
  else
    faulty_disk_arm (at, way->fault, way->lasts);
  acknowledged = deed->act (&fixture, &error);
  failed = way->memory ? faulty_memory_has_failed () : faulty_disk_has_failed ();
  g_assert_cmpint (acknowledged, ==, error == NULL);
  if (error != NULL)
    g_assert_true (error->domain == SHEQU_ERROR);
  g_clear_pointer (&fixture.store, shequ_store_unref);
  faulty_memory_disarm ();
  faulty_disk_disarm ();
  check_after (&fixture, deed, acknowledged);
  store_fixture_tear_down (&fixture, NULL);
  return failed;
}

static guint
find_next (const Deed *deed, const Way *way, guint at)
{
  gboolean every = g_getenv ("SHEQU_FAULTS") != NULL || (!deed->is_long && !way->memory);

  return every || at < FIRST_TURNS ? at + 1 : at + 1 + at / (way->memory ? 3 : 8);
}

static void
run_way (const Deed *deed, const Way *way)
{
  guint at = 1, n_turns = 1;

  for (; run_turn (deed, at, way); n_turns++)
    {
      at = find_next (deed, way, at);
      g_assert_cmpuint (at, <, MOST_TURNS);
    }
  g_test_message ("%s %u, lasting %u: %u turns, the last at %u", way->memory ? "memory" : "fault", way->fault,
                  way->lasts, n_turns, at);
  g_assert_cmpuint (at, >, 2);
}

static void
test_deed (gconstpointer data)
{
  const Deed *deed = data;
  gboolean all = g_getenv ("SHEQU_FAULTS") != NULL || !deed->is_long;

  for (guint fault = FAULT_BROKEN; fault <= FAULT_TORN; fault++)
    for (guint lasts = 0; lasts < 2; lasts++)
      {
        const Way way = { (Fault) fault, lasts == 1, FALSE };

        /* In short: broken for a moment, and full from then on. */
        if (all || (fault == FAULT_BROKEN && lasts == 0) || (fault == FAULT_FULL && lasts == 1))
          run_way (deed, &way);
      }
}

static void
test_memory (gconstpointer data)
{
  const Deed *deed = data;

  for (guint lasts = 0; lasts < 2; lasts++)
    {
      const Way way = { FAULT_BROKEN, lasts == 1, TRUE };

      run_way (deed, &way);
    }
}

int
main (int argc, char **argv)
{
  int result;

  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);
  faulty_memory_install ();
  faulty_disk_install ();
  key = shequ_secret_new_random (SHEQU_CIPHER_KEY_SIZE);
  make_template ();
  for (guint i = 0; i < G_N_ELEMENTS (deeds); i++)
    {
      g_autofree char *disk = g_strdup_printf ("/faults/%s", deeds[i].name);
      g_autofree char *memory = g_strdup_printf ("/memory/%s", deeds[i].name);

      g_test_add_data_func (disk, &deeds[i], test_deed);
      g_test_add_data_func (memory, &deeds[i], test_memory);
    }
  result = g_test_run ();
  shequ_secret_unref (key);
  g_free (template_bytes);
  return result;
}
