/*
 * The disk fails at the first, second, third … thing that is asked of it, until one turn asks for less: each
 * turn ends in success or in a message, and the database holds all that was acknowledged and nothing by
 * halves.
 */
#include <glib/gstdio.h>
#include <string.h>

#include "faulty-disk.h"
#include "store-fixture.h"

#include "shequ-error.h"
#include "shequ-locale.h"

/* More than any deed here asks of a disk: a test that gets so far runs in a circle. */
#define MOST_TURNS 5000

#define PETS 300

typedef struct
{
  const char *name;
  /* Does it on the open store, or opens it first; whether it was acknowledged. */
  gboolean (*act) (StoreFixture *fixture, GError **error);
  /* Whether it is done; never by halves. */
  gboolean (*is_done) (StoreFixture *fixture);
  gboolean opens;
} Deed;

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

static const Deed deeds[] = {
  { "save", act_save, is_save_done, FALSE },
  { "bulk", act_bulk, is_bulk_done, FALSE },
  { "delete", act_delete, is_delete_done, FALSE },
  { "bring-up", act_bring_up, is_brought_up, TRUE },
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

/* One turn; whether the disk was asked for so much that it failed. */
static gboolean
run_turn (const Deed *deed, guint at, Fault fault, gboolean lasts)
{
  StoreFixture fixture = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean acknowledged, failed;

  store_fixture_set_up (&fixture, NULL);
  store_fixture_add_house (&fixture, "和平里5号楼");
  store_fixture_add_pet (&fixture, "来福", "A1", 1);
  store_fixture_add_pet (&fixture, "阿福", "A2", 1);
  if (deed->opens)
    g_clear_pointer (&fixture.store, shequ_store_unref);
  faulty_disk_arm (at, fault, lasts);
  acknowledged = deed->act (&fixture, &error);
  failed = faulty_disk_has_failed ();
  g_assert_cmpint (acknowledged, ==, error == NULL);
  if (error != NULL)
    g_assert_true (error->domain == SHEQU_ERROR);
  g_clear_pointer (&fixture.store, shequ_store_unref);
  faulty_disk_disarm ();

  g_clear_error (&error);
  if (deed->opens)
    g_assert_true (deed->act (&fixture, &error));
  else
    open_with (&fixture, fixture.catalogue, &error);
  g_assert_no_error (error);
  check_whole (&fixture);
  /* A refused commit may have reached the disk after all; an acknowledged one has. */
  if (!deed->is_done (&fixture))
    g_assert_false (acknowledged && !deed->opens);
  store_fixture_tear_down (&fixture, NULL);
  return failed;
}

static void
test_deed (gconstpointer data)
{
  const Deed *deed = data;

  for (guint fault = FAULT_BROKEN; fault <= FAULT_TORN; fault++)
    for (guint lasts = 0; lasts < 2; lasts++)
      {
        guint at = 1;

        while (run_turn (deed, at, (Fault) fault, lasts == 1))
          g_assert_cmpuint (++at, <, MOST_TURNS);
        g_test_message ("fault %u, lasting %u: %u turns", fault, lasts, at);
        g_assert_cmpuint (at, >, 2);
      }
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);
  faulty_disk_install ();
  for (guint i = 0; i < G_N_ELEMENTS (deeds); i++)
    {
      g_autofree char *path = g_strdup_printf ("/faults/%s", deeds[i].name);

      g_test_add_data_func (path, &deeds[i], test_deed);
    }
  return g_test_run ();
}
