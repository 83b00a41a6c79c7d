/*
 * Department, street and community use one office on a server: one catalogue of classes and items for all of
 * them, each counting what its own name may see.
 */
#include <unistd.h>

#include "model-fixture.h"
#include "shequ-base-data.h"
#include "shequ-error.h"
#include "shequ-locale.h"
#include "shequ-server.h"
#include "test-server.h"

#define N_LEVELS 3

/* Who lives here: two in the one community, one in the other. */
#define PEOPLE "0102"

typedef struct
{
  ModelFixture model;
  gint64 district;
  char *roles[N_LEVELS]; /* of the community, its street, the district */
} Fixture;

static gint64
add_unit (ModelFixture *fixture, const char *name, const char *level, gint64 parent)
{
  g_autofree char *above = model_fixture_key (parent);

  return parent != 0
           ? model_fixture_add (fixture, "org_unit", "name", name, "level", level, "parent", above, NULL)
           : model_fixture_add (fixture, "org_unit", "name", name, "level", level, NULL);
}

static void
add_resident (ModelFixture *fixture, const char *name, gint64 unit)
{
  g_autofree char *key = model_fixture_key (unit);

  model_fixture_add (fixture, "resident", "name", name, "birth_date", "1980-01-01", "lives_here", "yes",
                     "unit", key, NULL);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  ModelFixture *model = &fixture->model;
  ShequStore *store;
  gint64 units[N_LEVELS];
  gint64 other;
  g_autoptr (GError) error = NULL;

  model_fixture_set_up (model, data);
  units[2] = add_unit (model, "洮北区", "district", 0);
  units[1] = add_unit (model, "海明街道", "street", units[2]);
  units[0] = add_unit (model, "民生社区", "community", units[1]);
  fixture->district = units[2];
  other = add_unit (model, "长安社区", "community", units[1]);
  add_resident (model, "王建国", units[0]);
  add_resident (model, "李秀英", units[0]);
  add_resident (model, "赵小明", other);
  store = shequ_office_get_store (model->office);
  shequ_server_protect (store, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < N_LEVELS; i++)
    {
      fixture->roles[i] = g_strdup_printf ("level%u_%d", i, (int) getpid ());
      shequ_server_grant (store, fixture->roles[i], units[i], &error);
      g_assert_no_error (error);
    }
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  model_fixture_tear_down (&fixture->model, data);
  for (guint i = 0; i < N_LEVELS; i++)
    {
      g_autofree char *script =
        g_strdup_printf ("DROP OWNED BY %s; DROP ROLE %s", fixture->roles[i], fixture->roles[i]);

      test_server_run (g_getenv ("SHEQU_TEST_SERVER"), script);
      g_free (fixture->roles[i]);
    }
}

static ShequOffice *
open_as (Fixture *fixture, guint level)
{
  g_autofree char *address = g_strconcat (fixture->model.uri, "&user=", fixture->roles[level], NULL);
  g_autoptr (GError) error = NULL;
  ShequOffice *office =
    shequ_office_open (address, fixture->model.catalogue, fixture->roles[level], "窗口1", NULL, &error);

  g_assert_no_error (error);
  return office;
}

static const char *
find_text (const GPtrArray *figures, const char *code)
{
  for (guint i = 0; i < figures->len; i++)
    {
      const ShequBaseFigure *figure = figures->pdata[i];

      if (g_strcmp0 (shequ_row_get_text (figure->item, "code"), code) == 0)
        return figure->text;
    }
  g_error ("there is no item %s", code);
}

/* Each asks for the whole district and is told of what is its own. */
static void
test_items (Fixture *fixture, gconstpointer data)
{
  static const char *const people[N_LEVELS] = { "2", "3", "3" };
  g_autoptr (GPtrArray) first = NULL;

  for (guint i = 0; i < N_LEVELS; i++)
    {
      g_autoptr (ShequOffice) office = open_as (fixture, i);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) figures =
        shequ_base_data_compute (office, fixture->district, FIXTURE_TODAY, NULL, NULL, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (figures->len, ==, 150);
      g_assert_cmpstr (find_text (figures, PEOPLE), ==, people[i]);
      for (guint k = 0; first != NULL && k < figures->len; k++)
        {
          const ShequBaseFigure *one = first->pdata[k];
          const ShequBaseFigure *other = figures->pdata[k];

          g_assert_cmpint (one->item->key, ==, other->item->key);
          g_assert_cmpstr (shequ_row_get_text (one->item, "definition"), ==,
                           shequ_row_get_text (other->item, "definition"));
        }
      if (first == NULL)
        first = g_steal_pointer (&figures);
    }
}

/* A community's own numbers are changed by itself and by those above, not by its neighbour. */
static void
test_rights (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ShequOffice) community = open_as (fixture, 0);
  g_autoptr (ShequOffice) street = open_as (fixture, 1);
  const ShequRegister *reg = shequ_office_get_register (community, "resident");
  g_autoptr (ShequQuery) query = shequ_office_new_query (street, reg);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;

  query->unit = 0;
  g_assert_true (shequ_query_add_where (query, "name=赵小明", &error));
  rows = shequ_office_get_rows (street, query, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_null (shequ_office_get_row (community, reg, ((ShequRow *) rows->pdata[0])->key, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/levels/items", Fixture, NULL, set_up, test_items, tear_down);
  g_test_add ("/levels/rights", Fixture, NULL, set_up, test_rights, tear_down);

  return g_test_run ();
}
