#pragma once

#include "shequ-store.h"

/* A database of its own in a folder of its own, with two registers that only the tests have. */
typedef struct
{
  char *folder;
  char *path;
  ShequCatalogue *catalogue;
  ShequStore *store;
  const ShequRegister *house;
  const ShequRegister *pet;
} StoreFixture;

extern const ShequActor test_actor;

ShequCatalogue *store_fixture_load_catalogue (const char *extra_pet_fields);
void store_fixture_set_up (StoreFixture *fixture, gconstpointer data);
void store_fixture_tear_down (StoreFixture *fixture, gconstpointer data);
gint64 store_fixture_add_house (StoreFixture *fixture, const char *address);
gint64 store_fixture_add_pet (StoreFixture *fixture, const char *name, const char *tag, gint64 house);
