/* What an auditor asks of the change log, and whom it names to the person it is about. */
#include <string.h>

#include "shequ-audit.h"
#include "shequ-locale.h"
#include "shequ-unmask.h"

#include "model-fixture.h"

#define HOUR 3600

typedef struct
{
  ModelFixture base;
  gint64 near; /* in the grid of whoever works here */
  gint64 far;
} Fixture;

static void
look_at (Fixture *fixture, gint64 key, const char *purpose)
{
  g_autoptr (ShequRow) row = model_fixture_get (&fixture->base, "resident", key);
  g_autoptr (GError) error = NULL;

  g_assert_true (shequ_unmask (fixture->base.office, row, purpose, NULL, &error));
  g_assert_no_error (error);
}

/* A resident in a building of a grid. */
static gint64
add_resident (Fixture *fixture, const char *name, const char *number, gint64 grid)
{
  g_autofree char *in_grid = model_fixture_key (grid);
  g_autofree char *building =
    model_fixture_key (model_fixture_add (&fixture->base, "building", "name", name, "grid", in_grid, NULL));
  g_autofree char *dwelling = model_fixture_key (
    model_fixture_add (&fixture->base, "dwelling", "building", building, "room", "101", NULL));
  g_autofree char *household = model_fixture_key (
    model_fixture_add (&fixture->base, "household", "number", name, "dwelling", dwelling, NULL));

  return model_fixture_add (&fixture->base, "resident", "name", name, "id_number", number, "household",
                            household, NULL);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *staff = NULL;
  gint64 own, other;

  model_fixture_set_up (&fixture->base, data);
  staff = model_fixture_key (
    model_fixture_add (&fixture->base, "staff", "name", shequ_office_get_user (fixture->base.office), NULL));
  own = model_fixture_add (&fixture->base, "grid", "name", "第一网格", "leader", staff, NULL);
  other = model_fixture_add (&fixture->base, "grid", "name", "第二网格", NULL);
  fixture->near = add_resident (fixture, "王近", "11010519491231002X", own);
  fixture->far = add_resident (fixture, "李远", "110101199003074530", other);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  model_fixture_tear_down (&fixture->base, data);
}

static void
expect (Fixture *fixture, ShequAuditReport report, const char *text, guint n_lines, gint64 first)
{
  ShequAuditAsk ask = { .report = report, .text = text };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lines = shequ_audit_read (fixture->base.office, &ask, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (lines->len, ==, n_lines);
  if (n_lines > 0)
    g_assert_cmpint (((const ShequAuditLine *) lines->pdata[0])->entry->key, ==, first);
}

static void
test_looks (Fixture *fixture, gconstpointer data)
{
  expect (fixture, SHEQU_AUDIT_LOOKS, NULL, 0, 0);
  look_at (fixture, fixture->near, "核对信息");
  look_at (fixture, fixture->far, "办理补贴");
  expect (fixture, SHEQU_AUDIT_LOOKS, NULL, 2, fixture->far);
  expect (fixture, SHEQU_AUDIT_LOOKS, "核对", 1, fixture->near);
  expect (fixture, SHEQU_AUDIT_EXPORTS, NULL, 0, 0);
  expect (fixture, SHEQU_AUDIT_DELETIONS, NULL, 0, 0);
}

static void
test_outside (Fixture *fixture, gconstpointer data)
{
  look_at (fixture, fixture->far, "办理补贴");
  look_at (fixture, fixture->near, "核对信息");
  expect (fixture, SHEQU_AUDIT_OUTSIDE, NULL, 1, fixture->far);
}

/* 21:59 is evening, 22:00 and 05:59 are night, 06:00 is day. */
static void
test_nights (Fixture *fixture, gconstpointer data)
{
  const gint64 morning = fixture->base.now;

  fixture->base.now = morning + 12 * HOUR - 60;
  look_at (fixture, fixture->near, "核对信息");
  expect (fixture, SHEQU_AUDIT_NIGHTS, NULL, 0, 0);
  fixture->base.now = morning + 12 * HOUR;
  look_at (fixture, fixture->near, "核对信息");
  expect (fixture, SHEQU_AUDIT_NIGHTS, NULL, 1, fixture->near);
  fixture->base.now = morning + 20 * HOUR - 60;
  look_at (fixture, fixture->far, "核对信息");
  expect (fixture, SHEQU_AUDIT_NIGHTS, NULL, 2, fixture->far);
  fixture->base.now = morning + 20 * HOUR;
  look_at (fixture, fixture->near, "核对信息");
  expect (fixture, SHEQU_AUDIT_NIGHTS, NULL, 2, fixture->far);
}

/* The person is told of their own record only; that they were told stands on the next paper. */
static void
test_who_looked (Fixture *fixture, gconstpointer data)
{
  const ShequRegister *reg = shequ_office_get_register (fixture->base.office, "resident");

  look_at (fixture, fixture->near, "核对信息");
  look_at (fixture, fixture->far, "办理补贴");
  for (guint i = 1; i <= 2; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ShequFile) paper =
        shequ_audit_load_looks (fixture->base.office, reg, fixture->near, NULL, &error);
      const ShequFileSection *section;
      char **oldest;

      g_assert_no_error (error);
      section = paper->sections->pdata[0];
      g_assert_cmpuint (section->rows->len, ==, i);
      oldest = section->rows->pdata[i - 1];
      g_assert_cmpstr (oldest[0], ==, "2026-11-22 10:00");
      g_assert_cmpstr (oldest[1], ==, shequ_office_get_user (fixture->base.office));
      g_assert_cmpstr (oldest[4], ==, "核对信息");
    }
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) g_test_add ("/audit/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("looks", test_looks);
  ADD ("outside", test_outside);
  ADD ("nights", test_nights);
  ADD ("who-looked", test_who_looked);

  return g_test_run ();
}
