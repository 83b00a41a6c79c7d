/* Databases that every earlier format left behind are opened, brought up to date, and whole. */
#include "store-fixture.h"

#include "shequ-error.h"
#include "shequ-locale.h"

#include <glib/gstdio.h>

static const char *const archives[] = { "format-1.db" };

static void
test_archive (StoreFixture *fixture, gconstpointer data)
{
  const char *name = data;
  g_autofree char *file = g_test_build_filename (G_TEST_DIST, "store", "files", name, NULL);
  g_autofree char *copy = g_build_filename (fixture->folder, name, NULL);
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) hits = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GPtrArray) log = NULL;
  gsize length = 0;

  g_assert_true (g_file_get_contents (file, &bytes, &length, &error));
  g_assert_true (g_file_set_contents (copy, bytes, (gssize) length, &error));
  g_clear_pointer (&fixture->store, shequ_store_unref);
  fixture->store = shequ_store_open (copy, fixture->catalogue, SHEQU_OPEN_EXISTING, NULL, &error);
  g_assert_no_error (error);
  hits = shequ_store_search (fixture->store, "shan", NULL, 5, "2026-11-22", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (hits->len, ==, 1);
  g_assert_cmpstr (((ShequHit *) hits->pdata[0])->title, ==, "单小花");
  problems = shequ_store_check (fixture->store, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
  log = shequ_store_read_log (fixture->store, NULL, 0, NULL, 0, NULL, &error);
  g_assert_cmpuint (log->len, ==, 3);
  /* It may be written again. */
  store_fixture_add_pet (fixture, "曾阿黑", "2208020003", 0);
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (archives); i++)
    {
      g_autofree char *path = g_strconcat ("/archive/", archives[i], NULL);

      g_test_add (path, StoreFixture, archives[i], store_fixture_set_up, test_archive,
                  store_fixture_tear_down);
    }
  return g_test_run ();
}
