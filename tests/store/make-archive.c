/*
 * Writes a database of today's format for tests/store/files: run once for each new format, before the next
 * one is written, and never again. Usage: make-archive FILE
 */
#include "store-fixture.h"

#include <stdlib.h>

int
main (int argc, char **argv)
{
  StoreFixture fixture = { 0 };
  g_autoptr (GError) error = NULL;
  gint64 house;

  if (argc != 2)
    return 2;
  fixture.catalogue = store_fixture_load_catalogue (NULL);
  fixture.house = shequ_catalogue_lookup (fixture.catalogue, "house");
  fixture.pet = shequ_catalogue_lookup (fixture.catalogue, "pet");
  fixture.store = shequ_store_open (argv[1], fixture.catalogue, SHEQU_OPEN_CREATE, NULL, &error);
  g_assert_no_error (error);
  house = store_fixture_add_house (&fixture, "幸福小区3号楼2单元501");
  store_fixture_add_pet (&fixture, "单小花", "2208020001", house);
  store_fixture_add_pet (&fixture, "王小明", "2208020002", house);
  shequ_store_unref (fixture.store);
  shequ_catalogue_unref (fixture.catalogue);
  return EXIT_SUCCESS;
}
