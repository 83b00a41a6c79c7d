/* Whoever changes the change log past the program is found, and what was done is named. */
#include "store-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "shequ-anchor.h"
#include "shequ-chain-private.h"
#include "shequ-locale.h"
#include "shequ-store-private.h"

#define N_ENTRIES 12
#define MOMENT "2026-11-22T01:02:03Z"
#define OTHER_MOMENT "2026-11-23T01:02:03Z"

static void
run (StoreFixture *fixture, const char *script)
{
  g_autoptr (GError) error = NULL;

  shequ_connection_execute (fixture->store->writer, script, &error);
  g_assert_no_error (error);
}

static void
reopen (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&fixture->store, shequ_store_unref);
  fixture->store = shequ_store_open (fixture->path, fixture->catalogue, SHEQU_OPEN_EXISTING, NULL, &error);
  g_assert_no_error (error);
}

static void
set_up (StoreFixture *fixture, gconstpointer data)
{
  store_fixture_set_up (fixture, data);
  for (guint i = 0; i < N_ENTRIES; i++)
    {
      g_autofree char *address = g_strdup_printf ("海明街%u号", i + 1);

      store_fixture_add_house (fixture, address);
    }
}

/* (transfer full): what the check says of the log; each record's own entry is asked for elsewhere. */
static GPtrArray *
check (StoreFixture *fixture)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  ShequConnection *reader = shequ_store_take_reader (fixture->store, NULL, &error);

  g_assert_no_error (error);
  shequ_chain_check (reader, problems, &error);
  g_assert_no_error (error);
  shequ_store_give_reader (fixture->store, reader);
  return g_steal_pointer (&problems);
}

static gboolean
says (const GPtrArray *problems, const char *text)
{
  for (guint i = 0; i < problems->len; i++)
    if (strstr (problems->pdata[i], text) != NULL)
      return TRUE;
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (const char *) problems->pdata[i]);
  return FALSE;
}

#define RENUMBER(from, by)                                                                                   \
  "UPDATE shequ_log SET number = -number - (" by ") WHERE number > " from                                    \
  "; UPDATE shequ_log SET number = -number WHERE number < 0;"
#define PUT_IN(number, digest)                                                                               \
  "INSERT INTO shequ_log (number, moment, actor, action, register, record, digest) VALUES (" number ", "     \
  "'" MOMENT "', 'x', 1, 'house', 3, " digest ");"

static const struct
{
  const char *name;
  const char *script;
  const char *says;
  guint n_problems;
} manipulations[] = {
  { "nothing", "", NULL, 0 },
  { "actor", "UPDATE shequ_log SET actor = 'x' WHERE number = 5", "Entry 5 of the change log was altered",
    1 },
  { "moment", "UPDATE shequ_log SET moment = '2026-11-22T01:02:04Z' WHERE number = 1",
    "Entry 1 of the change log was altered", 1 },
  { "action", "UPDATE shequ_log SET action = 2 WHERE number = 12", "Entry 12 of the change log was altered",
    1 },
  { "changes", "UPDATE shequ_log SET changes = NULL WHERE number = 7",
    "Entry 7 of the change log was altered", 1 },
  { "empty, not nothing", "UPDATE shequ_log SET reason = '' WHERE number = 7",
    "Entry 7 of the change log was altered", 1 },
  { "moved text", "UPDATE shequ_log SET actor = actor || workstation, workstation = '' WHERE number = 7",
    "Entry 7 of the change log was altered", 1 },
  { "ticks", "UPDATE shequ_log SET ticks = ticks + 1 WHERE number = 3",
    "Entry 3 of the change log was altered", 1 },
  { "two", "UPDATE shequ_log SET actor = 'x' WHERE number IN (4, 9)", "Entry 9 of the change log was altered",
    2 },
  { "digest",
    "UPDATE shequ_log SET digest = (SELECT digest FROM shequ_log WHERE number = 2) WHERE number = 6",
    "Entry 6 of the change log was altered", 1 },
  { "no digest", "UPDATE shequ_log SET digest = NULL WHERE number = 6",
    "Entry 6 of the change log has no digest", 2 },
  { "removed", "DELETE FROM shequ_log WHERE number = 5", "Entry 5 of the change log was removed", 1 },
  { "removed first", "DELETE FROM shequ_log WHERE number = 1", "Entry 1 of the change log was removed", 1 },
  { "removed several", "DELETE FROM shequ_log WHERE number IN (5, 6, 7)",
    "Entries 5 to 7 of the change log were removed", 1 },
  { "removed, renumbered", "DELETE FROM shequ_log WHERE number IN (5, 6);" RENUMBER ("6", "-2"),
    "2 entries of the change log were removed before entry 5", 1 },
  { "cut off", "DELETE FROM shequ_log WHERE number > 9",
    "The end of the change log was cut off: entries 10 to 12 are no longer there", 1 },
  { "emptied", "DELETE FROM shequ_log", "The end of the change log was cut off: entries 1 to 12", 1 },
  { "put in", RENUMBER ("4", "1") PUT_IN ("5", "(SELECT digest FROM shequ_log WHERE number = 2)"),
    "Entry 5 of the change log was put in afterwards", 1 },
  { "put in without", RENUMBER ("4", "1") PUT_IN ("5", "NULL"), "Entry 5 of the change log has no digest",
    1 },
  { "put in behind", PUT_IN ("13", "(SELECT digest FROM shequ_log WHERE number = 2)"),
    "Entries 13 to 13 were put in behind the end of the change log", 2 },
  { "neighbours changed places",
    "UPDATE shequ_log SET number = -6 WHERE number = 5; UPDATE shequ_log SET number = 5 WHERE number = 6;"
    "UPDATE shequ_log SET number = 6 WHERE number = -6",
    "another order: 6 belongs behind 4", 3 },
  { "others changed places",
    "UPDATE shequ_log SET number = -9 WHERE number = 4; UPDATE shequ_log SET number = 4 WHERE number = 9;"
    "UPDATE shequ_log SET number = 9 WHERE number = -9",
    "another order: 4 belongs behind 8", 4 },
  { "note removed", "DELETE FROM shequ_series WHERE name = '" SHEQU_STORE_LOG_SERIES "'",
    "Where the change log ends is no longer known", 1 },
  { "cut off with its note",
    "DELETE FROM shequ_log WHERE number > 9; UPDATE shequ_series SET last = 9 WHERE name = "
    "'" SHEQU_STORE_LOG_SERIES "'",
    "does not end with the entry that was written last", 1 },
};

static void
test_manipulations (StoreFixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (manipulations); i++)
    {
      g_autoptr (GPtrArray) problems = NULL;

      g_test_message ("%s", manipulations[i].name);
      if (i > 0)
        {
          store_fixture_tear_down (fixture, NULL);
          set_up (fixture, NULL);
        }
      run (fixture, manipulations[i].script);
      problems = check (fixture);
      if (manipulations[i].says != NULL)
        g_assert_true (says (problems, manipulations[i].says));
      g_assert_cmpuint (problems->len, ==, manipulations[i].n_problems);
    }
}

/* (transfer full): what a program that knows how writes into an entry to make its content look destroyed. */
static char *
write_emptied (StoreFixture *fixture, gint64 number)
{
  g_autoptr (GByteArray) buffer = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  ShequStatement *statement = shequ_connection_prepare (
    fixture->store->writer, "SELECT " SHEQU_CHAIN_COLUMNS " FROM shequ_log WHERE number = ?1", &error);
  guint8 digest[SHEQU_CHAIN_DIGEST_SIZE];
  ShequChainContent content;
  gboolean has_row = FALSE;
  g_autofree char *changes = NULL;

  shequ_statement_bind_integer (statement, 1, number);
  g_assert_true (shequ_statement_step (statement, &has_row, &error) && has_row);
  shequ_chain_read_content (statement, &content);
  shequ_chain_digest_content (&content, buffer, digest);
  shequ_statement_reset (statement);
  changes = shequ_chain_write_destroyed (digest);
  return g_strdup_printf ("UPDATE shequ_log SET changes = '%s' WHERE number = %" G_GINT64_FORMAT, changes,
                          number);
}

/* An entry may be emptied only where its record was destroyed; another digest does not fit at all. */
static void
test_emptied (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *script = write_emptied (fixture, 5);
  g_autofree char *other = write_emptied (fixture, 6);
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GPtrArray) wrong = NULL;

  run (fixture, script);
  problems = check (fixture);
  g_assert_cmpuint (problems->len, ==, 1);
  g_assert_true (says (problems, "Entry 5 of the change log was emptied"));
  /* The digest of 6 in 7. */
  other[strlen (other) - 1] = '7';
  run (fixture, other);
  wrong = check (fixture);
  g_assert_true (says (wrong, "Entry 7 of the change log was altered"));
}

/* Every digest made anew, as a program can that knows how: only the second file tells. */
static void
test_anchor (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *path = shequ_anchor_get_path (fixture->store, fixture->folder);
  g_autoptr (GPtrArray) missing = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) whole = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) chain = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (shequ_anchor_check (fixture->store, path, missing, NULL, &error));
  g_assert_true (says (missing, "are missing"));
  g_assert_true (shequ_anchor_write (fixture->store, path, MOMENT, NULL, &error));
  g_assert_true (shequ_anchor_write (fixture->store, path, OTHER_MOMENT, NULL, &error));
  store_fixture_add_house (fixture, "海明街99号");
  g_assert_true (shequ_anchor_write (fixture->store, path, OTHER_MOMENT, NULL, &error));
  store_fixture_add_house (fixture, "海明街100号");
  g_assert_true (shequ_anchor_check (fixture->store, path, whole, NULL, &error));
  g_assert_cmpuint (whole->len, ==, 0);

  run (fixture, "UPDATE shequ_log SET actor = 'x' WHERE number = 13; UPDATE shequ_log SET digest = NULL;"
                "DELETE FROM shequ_series WHERE name = '" SHEQU_STORE_LOG_SERIES "'");
  reopen (fixture);
  chain = check (fixture);
  g_assert_cmpuint (chain->len, ==, 0);
  g_assert_true (shequ_anchor_check (fixture->store, path, found, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_true (says (found, "of the entries 13 to 13"));
}

/* A log that was cut off together with its note; and a file of which a line is no anchor. */
static void
test_anchor_of_more (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *path = shequ_anchor_get_path (fixture->store, fixture->folder);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) bad = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) chain = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (shequ_anchor_write (fixture->store, path, MOMENT, NULL, &error));
  run (fixture, "DELETE FROM shequ_log WHERE number > 9;"
                "UPDATE shequ_series SET last = 9, digest = (SELECT digest FROM shequ_log WHERE number = 9) "
                "WHERE name = '" SHEQU_STORE_LOG_SERIES "'");
  chain = check (fixture);
  g_assert_cmpuint (chain->len, ==, 0);
  g_assert_true (shequ_anchor_check (fixture->store, path, found, NULL, &error));
  g_assert_true (says (found, "of the entries 1 to 12"));
  g_file_set_contents (path, "nonsense\n", -1, &error);
  g_assert_true (shequ_anchor_check (fixture->store, path, bad, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (says (bad, "is no anchor"));
  g_assert_true (says (bad, "are missing"));
}

/* The entries of an older program are chained when it is opened, the same whatever stopped it before. */
static void
test_bring_up (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) problems = NULL;

  run (fixture, "UPDATE shequ_log SET digest = NULL, ticks = NULL;"
                "DELETE FROM shequ_series WHERE name = '" SHEQU_STORE_LOG_SERIES "'");
  reopen (fixture);
  store_fixture_add_house (fixture, "海明街13号");
  problems = check (fixture);
  g_assert_cmpuint (problems->len, ==, 0);
}

/* Many entries in one transaction go by in batches. */
static void
test_many (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequTransaction) transaction = shequ_store_begin (fixture->store, &test_actor, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < 3000; i++)
    {
      g_autoptr (ShequRow) row = shequ_row_new (fixture->house);

      shequ_row_set_text (row, "address", "海明街");
      shequ_transaction_insert (transaction, row, &error);
      g_assert_no_error (error);
      if (i == 1000)
        g_assert_cmpint (shequ_transaction_get_last_entry (transaction, &error), ==, N_ENTRIES + i + 1);
    }
  shequ_transaction_commit (transaction, &error);
  g_assert_no_error (error);
  g_clear_pointer (&transaction, shequ_transaction_free);
  problems = check (fixture);
  g_assert_cmpuint (problems->len, ==, 0);
  run (fixture, "UPDATE shequ_log SET record = record + 1 WHERE number = 2000");
  g_ptr_array_unref (g_steal_pointer (&problems));
  problems = check (fixture);
  g_assert_true (says (problems, "Entry 2000 "));
}

/* A transaction that is given up leaves nothing, and no gap. */
static void
test_given_up (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;
  ShequTransaction *transaction = shequ_store_begin (fixture->store, &test_actor, NULL, &error);

  for (guint i = 0; i < 2000; i++)
    g_assert_true (shequ_transaction_log (transaction, SHEQU_ACTION_EXPORT, fixture->house, 0, NULL, &error));
  shequ_transaction_free (transaction);
  store_fixture_add_house (fixture, "海明街13号");
  problems = check (fixture);
  g_assert_cmpuint (problems->len, ==, 0);
}

/* A log that cannot be written stops what it should record. */
static void
test_unwritable (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ShequRow) row = shequ_row_new (fixture->house);
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequTransaction) transaction = NULL;

  run (fixture, "ALTER TABLE shequ_log RENAME COLUMN ticks TO gone");
  transaction = shequ_store_begin (fixture->store, &test_actor, NULL, &error);
  g_assert_no_error (error);
  shequ_row_set_text (row, "address", "海明街");
  g_assert_true (shequ_transaction_insert (transaction, row, &error));
  g_assert_false (shequ_transaction_commit (transaction, &error));
  g_assert_nonnull (error);
  g_clear_pointer (&transaction, shequ_transaction_free);
  run (fixture, "ALTER TABLE shequ_log RENAME COLUMN gone TO ticks");
  g_clear_error (&error);
  g_assert_null (shequ_store_get (fixture->store, fixture->house, row->key, SHEQU_FETCH_PLAIN, "2026-11-22",
                                  NULL, &error));
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_setenv ("LANGUAGE", "en", TRUE); /* sentences are compared */
  g_test_init (&argc, &argv, NULL);

#define add(path, function)                                                                                  \
  g_test_add ("/chain/" path, StoreFixture, NULL, set_up, function, store_fixture_tear_down)
  add ("manipulations", test_manipulations);
  add ("emptied", test_emptied);
  add ("anchor", test_anchor);
  add ("anchor-of-more", test_anchor_of_more);
  add ("bring-up", test_bring_up);
  add ("many", test_many);
  add ("given-up", test_given_up);
  add ("unwritable", test_unwritable);
  return g_test_run ();
}
