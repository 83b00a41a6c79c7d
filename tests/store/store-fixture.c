#include "store-fixture.h"

#include <glib/gstdio.h>

#include "test-server.h"

const ShequActor test_actor = { "王主任", "窗口一", NULL, "2026-11-22T01:02:03Z" };

static const char house_text[] =
  "[Register]\n"
  "Name=house\nLabel=House\nTitle={address}\n"
  "[Field address]\nKind=text\nLabel=Address\nRequired=true\nSearch=address\n"
  "[Field pets]\nKind=computed\nLabel=Pets\nCompute=count(pet where house=this)\n"
  "[List default]\nColumns=address;pets\nSort=address\n";

static const char pet_text[] =
  "[Register]\n"
  "Name=pet\nLabel=Pet\nTitle={name}\nDetail={house}\nUniqueWith=chip;maker\n"
  "[Field name]\nKind=text\nLabel=Name\nRequired=true\nSearch=pinyin\n"
  "[Field tag]\nKind=text\nLabel=Tag\nUnique=true\nSearch=tail\n"
  "[Field house]\nKind=link\nTo=house\nLabel=House\nSearch=linked\nOnDelete=refuse\n"
  "[Field born]\nKind=date\nLabel=Born\n"
  "[Field age]\nKind=computed\nLabel=Age\nCompute=age(born)\n"
  "[Field weight]\nKind=integer\nLabel=Weight\n"
  "[Field kind]\nKind=code\nLabel=Kind\nCodes=cat:Cat;dog:Dog\n"
  "[Field mother]\nKind=link\nTo=pet\nLabel=Mother\nNoCycle=true\n"
  "[Field sire]\nKind=link\nTo=pet\nLabel=Sire\nDiffersFrom=mother\n"
  "[Field chip]\nKind=text\nLabel=Chip\n"
  "[Field maker]\nKind=text\nLabel=Maker\n"
  "[Field friend]\nKind=link\nTo=pet\nLabel=Friend\nOnDelete=clear\n"
  "[List default]\nColumns=name;house\nSort=name\n";

ShequCatalogue *
store_fixture_load_catalogue (const char *extra_pet_fields)
{
  g_autoptr (ShequCatalogue) catalogue = shequ_catalogue_new ();
  g_autofree char *pet = g_strconcat (pet_text, extra_pet_fields, NULL);
  g_autoptr (GError) error = NULL;

  shequ_catalogue_add_text (catalogue, "house.ini", house_text, &error);
  g_assert_no_error (error);
  shequ_catalogue_add_text (catalogue, "pet.ini", pet, &error);
  g_assert_no_error (error);
  shequ_catalogue_resolve (catalogue, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&catalogue);
}

/* Whether databases are files: tests of what only files can suffer ask. */
gboolean
store_fixture_is_file (void)
{
  return !test_server_is_wanted ();
}

/* (transfer full): where a database can be made, which goes with the fixture. */
char *
store_fixture_new_path (StoreFixture *fixture, const char *name)
{
  char *address;

  if (store_fixture_is_file ())
    return g_build_filename (fixture->folder, name, NULL);
  address = test_server_new_address ();
  g_ptr_array_add (fixture->addresses, g_strdup (address));
  return address;
}

/* A place for databases, without any; for programs with registers of their own. */
void
store_fixture_prepare (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("shequ-store-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->addresses = g_ptr_array_new_with_free_func (g_free);
  fixture->path = store_fixture_new_path (fixture, "office.db");
}

void
store_fixture_set_up (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  store_fixture_prepare (fixture);
  fixture->catalogue = store_fixture_load_catalogue (NULL);
  fixture->house = shequ_catalogue_lookup (fixture->catalogue, "house");
  fixture->pet = shequ_catalogue_lookup (fixture->catalogue, "pet");
  fixture->store = shequ_store_open (fixture->path, fixture->catalogue, SHEQU_OPEN_CREATE, NULL, &error);
  g_assert_no_error (error);
}

void
store_fixture_tear_down (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  g_clear_pointer (&fixture->store, shequ_store_unref);
  g_clear_pointer (&fixture->catalogue, shequ_catalogue_unref);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (fixture->folder);
  for (guint i = 0; i < fixture->addresses->len; i++)
    test_server_drop (fixture->addresses->pdata[i]);
  g_ptr_array_unref (fixture->addresses);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static gint64
insert (StoreFixture *fixture, ShequRow *row)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequTransaction) transaction = shequ_store_begin (fixture->store, &test_actor, NULL, &error);

  g_assert_no_error (error);
  shequ_transaction_insert (transaction, row, &error);
  g_assert_no_error (error);
  shequ_transaction_commit (transaction, &error);
  g_assert_no_error (error);
  return row->key;
}

gint64
store_fixture_add_house (StoreFixture *fixture, const char *address)
{
  g_autoptr (ShequRow) row = shequ_row_new (fixture->house);

  shequ_row_set_text (row, "address", address);
  return insert (fixture, row);
}

gint64
store_fixture_add_pet (StoreFixture *fixture, const char *name, const char *tag, gint64 house)
{
  g_autoptr (ShequRow) row = shequ_row_new (fixture->pet);

  shequ_row_set_text (row, "name", name);
  if (tag != NULL)
    shequ_row_set_text (row, "tag", tag);
  if (house != 0)
    shequ_row_set_integer (row, "house", house);
  return insert (fixture, row);
}
