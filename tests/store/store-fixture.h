#pragma once

#include "shequ-store.h"

/* A database of its own, in a file in a folder of its own or on the server of the test run, with two
 * registers that only the tests have. */
typedef struct
{
  char *folder;
  char *path;           /* or address */
  GPtrArray *addresses; /* of databases on the server */
  ShequCatalogue *catalogue;
  ShequStore *store;
  const ShequRegister *house;
  const ShequRegister *pet;
} StoreFixture;

extern const ShequActor test_actor;

ShequCatalogue *store_fixture_load_catalogue (const char *extra_pet_fields);
gboolean store_fixture_is_file (void);
char *store_fixture_new_path (StoreFixture *fixture, const char *name);
void store_fixture_prepare (StoreFixture *fixture);
void store_fixture_set_up (StoreFixture *fixture, gconstpointer data);
void store_fixture_tear_down (StoreFixture *fixture, gconstpointer data);
gint64 store_fixture_add_house (StoreFixture *fixture, const char *address);
gint64 store_fixture_add_pet (StoreFixture *fixture, const char *name, const char *tag, gint64 house);
