#pragma once

#include "shequ-access.h"

#include "store-fixture.h"

/* A street with two communities, a register of each class in both, and roles that work there. */
enum
{
  HERE,  /* the community of whoever works */
  THERE, /* the one beside it */
  N_PLACES,
};

#define N_TEST_REGISTERS SHEQU_N_REGISTER_CLASSES

typedef struct
{
  StoreFixture base;
  ShequRights *rights;
  gint64 street;
  gint64 communities[N_PLACES];
  gint64 grids[N_PLACES + 1]; /* the last is another one here */
  gint64 departments[N_PLACES];
  const ShequRegister *regs[N_TEST_REGISTERS]; /* by class */
  gint64 keys[N_TEST_REGISTERS][N_PLACES];
  gint64 gone[N_TEST_REGISTERS]; /* deleted, here */
} AccessFixture;

void access_fixture_set_up (AccessFixture *fixture, gconstpointer data);
void access_fixture_tear_down (AccessFixture *fixture, gconstpointer data);
const ShequRegister *access_fixture_get (AccessFixture *fixture, const char *name);
ShequRow *access_fixture_new_row (AccessFixture *fixture,
                                  const ShequRegister *reg,
                                  guint place,
                                  const char *name);
gint64 access_fixture_add (AccessFixture *fixture, ShequRow *row);
void access_fixture_sign_in (AccessFixture *fixture, ShequRole role);
void access_fixture_sign_in_at (AccessFixture *fixture, ShequRole role, gint64 unit);
void access_fixture_sign_out (AccessFixture *fixture);
