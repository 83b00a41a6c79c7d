/*
 * The replay by which the benchmark of a district at work proves that no save is lost and none is done twice:
 * it must find one that is.
 */
#include <string.h>

#include "office-work.h"
#include "test-server.h"

#define RESIDENTS 12 /* of a community */
#define SECONDS 2
#define THINK 300

static GArray *
copy_saved (const Office *office)
{
  GArray *copy = g_array_new (FALSE, FALSE, sizeof (OfficeSaved));

  g_array_append_vals (copy, office->saved->data, office->saved->len);
  return copy;
}

static void
expect_found (Office *office, GArray *saved, const char *what)
{
  g_autoptr (GString) wrong = g_string_new (NULL);

  g_test_message ("%s", what);
  g_assert_cmpuint (office_replay (office, saved, wrong), >, 0);
  g_assert_cmpstr (wrong->str, !=, "");
}

static void
expect_sound (Office *office)
{
  g_autoptr (GArray) saved = copy_saved (office);
  g_autoptr (GString) wrong = g_string_new (NULL);
  guint n_wrong = office_replay (office, saved, wrong);

  g_assert_cmpstr (wrong->str, ==, "");
  g_assert_cmpuint (n_wrong, ==, 0);
}

/* What the clerks were told is not what was done. */
static void
falsify_answers (Office *office)
{
  for (guint i = 0; i < office->saved->len; i += MAX (1, office->saved->len / 3))
    {
      g_autoptr (GArray) dropped = copy_saved (office);
      g_autoptr (GArray) doubled = copy_saved (office);
      g_autoptr (GArray) changed = copy_saved (office);
      OfficeSaved saved = g_array_index (office->saved, OfficeSaved, i);

      g_array_remove_index (dropped, i);
      expect_found (office, dropped, "a save of which nobody was told");
      g_array_append_val (doubled, saved);
      expect_found (office, doubled, "a save told twice");
      g_array_index (changed, OfficeSaved, i).version++;
      expect_found (office, changed, "another version");
      g_array_index (changed, OfficeSaved, i) = saved;
      g_array_index (changed, OfficeSaved, i).number++;
      expect_found (office, changed, "another number");
    }
}

static void
run_on (Office *office, const char *script, const OfficeSaved *saved)
{
  g_autoptr (GString) text = g_string_new (script);
  g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT, saved->key);
  g_autofree char *mark = g_strdup_printf ("%u", saved->mark);

  g_string_replace (text, "KEY", key, 0);
  g_string_replace (text, "MARK", mark, 0);
  test_server_run (office->address, text->str);
}

/* What was done is not what the clerks were told; `back` takes it back. */
static void
falsify_records (Office *office)
{
  static const struct
  {
    const char *what;
    const char *script;
    const char *back;
  } tries[] = {
    { "a save lost", "UPDATE resident SET phone = 'x', version = version - 1 WHERE key = KEY",
      "UPDATE resident SET phone = 'MARK', version = version + 1 WHERE key = KEY" },
    { "a save overwritten", "UPDATE resident SET phone = 'x' WHERE key = KEY",
      "UPDATE resident SET phone = 'MARK' WHERE key = KEY" },
    { "a record that was not added", "UPDATE resident SET deleted_at = '2026' WHERE key = KEY",
      "UPDATE resident SET deleted_at = NULL WHERE key = KEY" },
  };
  OfficeSaved last = { 0 };

  for (guint i = 0; i < office->saved->len; i++)
    {
      const OfficeSaved *saved = &g_array_index (office->saved, OfficeSaved, i);

      if (saved->key > last.key || (saved->key == last.key && saved->version > last.version))
        last = *saved;
    }
  for (guint i = 0; i < G_N_ELEMENTS (tries); i++)
    {
      g_autoptr (GArray) saved = copy_saved (office);

      run_on (office, tries[i].script, &last);
      expect_found (office, saved, tries[i].what);
      run_on (office, tries[i].back, &last);
    }
}

/* A short run with many races; all clerks of a community work on the same records. */
static void
test_replay (void)
{
  Office office = { 0 };

  office_set_up (&office, RESIDENTS);
  office_work (&office, SECONDS, THINK);
  g_assert_cmpuint (office.saved->len, >, 0);
  g_assert_cmpuint (office.n_conflicts, >, 0);
  g_assert_cmpint (office.n_connections, <=, OFFICE_CONNECTIONS);
  expect_sound (&office);
  falsify_answers (&office);
  falsify_records (&office);
  expect_sound (&office);
  test_server_run (office.address,
                   "DELETE FROM shequ_log WHERE number = (SELECT max(number) FROM shequ_log)");
  expect_found (&office, office.saved, "an entry of the log that is missing");
  office_clear (&office);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/replay/finds-what-is-wrong", test_replay);
  return g_test_run ();
}
