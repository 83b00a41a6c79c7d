/* Documents put into an index past FTS5, compared byte for byte with what FTS5 writes itself. */
#include <glib.h>
#include <sqlite3.h>

#include "config.h"

#include "shequ-sqlite-segment.h"

#define INDEX "USING fts5(document, content='', detail=none, columnsize=0, tokenize=\"ascii tokenchars '_'\")"

/* What is compared: an index that FTS5 filled, gathering all before it writes, and one filled at once. */
#define CREATE                                                                                               \
  "CREATE VIRTUAL TABLE theirs " INDEX ";"                                                                   \
  "INSERT INTO theirs(theirs, rank) VALUES ('hashsize', 1000000000);"                                        \
  "INSERT INTO theirs(theirs, rank) VALUES ('automerge', 0);"                                                \
  "CREATE VIRTUAL TABLE ours " INDEX ";"                                                                     \
  "INSERT INTO ours(ours, rank) VALUES ('hashsize', 1000000000);"                                            \
  "INSERT INTO ours(ours, rank) VALUES ('automerge', 0);"

typedef struct
{
  sqlite3 *database;
  GArray *keys;
  GPtrArray *documents;
} Fixture;

static void
execute (Fixture *fixture, const char *script)
{
  g_assert_cmpint (sqlite3_exec (fixture->database, script, NULL, NULL, NULL), ==, SQLITE_OK);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (sqlite3_open (":memory:", &fixture->database), ==, SQLITE_OK);
  fixture->keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  fixture->documents = g_ptr_array_new_with_free_func (g_free);
  execute (fixture, CREATE);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_array_unref (fixture->keys);
  g_ptr_array_unref (fixture->documents);
  g_assert_cmpint (sqlite3_close (fixture->database), ==, SQLITE_OK);
}

static gint64
ask (Fixture *fixture, const char *question)
{
  sqlite3_stmt *statement = NULL;
  gint64 answer;

  g_assert_cmpint (sqlite3_prepare_v2 (fixture->database, question, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  answer = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  return answer;
}

static void
add (Fixture *fixture, gint64 key, const char *document)
{
  g_array_append_val (fixture->keys, key);
  g_ptr_array_add (fixture->documents, g_strdup (document));
}

/* Some terms in all documents, some in many, most in one; long ones, and ones that begin alike. */
static void
make_documents (Fixture *fixture, guint n)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (n);
  gint64 key = 0;

  g_array_set_size (fixture->keys, 0);
  g_ptr_array_set_size (fixture->documents, 0);
  for (guint i = 0; i < n; i++)
    {
      guint number = g_rand_int (random);
      g_autofree char *document =
        g_strdup_printf ("_ _·王 ·王%u ˙小明 zhang%u zhang zhangxiaoming%u id2208%09u_%09u  _%u %u _%u zhang",
                         number % 7, number % 5, number % 4000, number, i, number % 10, i, number % 300);

      key += 1 + (i % 50 == 0 ? number % 100000 : number % 3);
      add (fixture, key, document);
    }
}

static void
insert_by_fts5 (Fixture *fixture, const char *sql)
{
  sqlite3_stmt *statement = NULL;

  g_assert_cmpint (sqlite3_prepare_v2 (fixture->database, sql, -1, &statement, NULL), ==, SQLITE_OK);
  for (guint i = 0; i < fixture->keys->len; i++)
    {
      sqlite3_bind_int64 (statement, 1, g_array_index (fixture->keys, gint64, i));
      sqlite3_bind_text (statement, 2, fixture->documents->pdata[i], -1, SQLITE_STATIC);
      g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_DONE);
      sqlite3_reset (statement);
    }
  sqlite3_finalize (statement);
}

static int
write_segment (Fixture *fixture, guint *n_segments)
{
  const char *const *documents = (const char *const *) fixture->documents->pdata;
  g_autoptr (SqliteGathering) gathering = shequ_sqlite_gathering_new ();
  int result;

  /* The first ones were read before the rest was there. */
  for (guint i = 0; i + 64 < fixture->documents->len / 2; i += 64)
    shequ_sqlite_gathering_add (gathering, documents + i, 64);
  execute (fixture, "BEGIN");
  result = shequ_sqlite_segment_write (fixture->database, "ours", (const gint64 *) fixture->keys->data,
                                       documents, fixture->keys->len, gathering, n_segments);
  execute (fixture, "COMMIT; PRAGMA writable_schema=RESET");
  return result;
}

static void
compare (Fixture *fixture)
{
  g_assert_cmpint (ask (fixture, "SELECT count(*) FROM theirs_data"), ==,
                   ask (fixture, "SELECT count(*) FROM ours_data"));
  g_assert_cmpint (ask (fixture, "SELECT count(*) FROM theirs_data t LEFT JOIN ours_data o USING (id) "
                                 "WHERE id <> 10 AND t.block IS NOT o.block"),
                   ==, 0);
  g_assert_cmpint (
    ask (fixture, "SELECT count(*) FROM (SELECT * FROM theirs_idx EXCEPT SELECT * FROM ours_idx)"), ==, 0);
  g_assert_cmpint (
    ask (fixture, "SELECT count(*) FROM (SELECT * FROM ours_idx EXCEPT SELECT * FROM theirs_idx)"), ==, 0);
  execute (fixture, "INSERT INTO ours(ours) VALUES ('integrity-check')");
}

static void
test_same (Fixture *fixture, gconstpointer data)
{
  guint n_segments = 0;

  make_documents (fixture, GPOINTER_TO_UINT (data));
  execute (fixture, "BEGIN");
  insert_by_fts5 (fixture, "INSERT INTO theirs (rowid, document) VALUES (?1, ?2)");
  execute (fixture, "COMMIT");
  g_assert_cmpint (write_segment (fixture, &n_segments), ==, SQLITE_OK);
  g_assert_cmpuint (n_segments, ==, 1);
  compare (fixture);
  g_assert_cmpint (ask (fixture, "SELECT count(*) FROM ours WHERE ours MATCH '\"zhang\" AND \"_\"'"), ==,
                   GPOINTER_TO_UINT (data));
}

/* A list of the beginnings of pages is among what was compared. */
static void
test_long_list (Fixture *fixture, gconstpointer data)
{
  test_same (fixture, data);
  g_assert_cmpint (ask (fixture, "SELECT count(*) FROM ours_data WHERE id >> 36 & 1"), >, 0);
}

/* FTS5 goes on with what was written: it adds, takes out and merges. */
static void
test_goes_on (Fixture *fixture, gconstpointer data)
{
  guint n_segments = 0;
  gint64 last = 0;

  for (guint i = 0; i < 5; i++)
    {
      make_documents (fixture, 500);
      for (guint k = 0; k < fixture->keys->len; k++)
        g_array_index (fixture->keys, gint64, k) += last;
      last = g_array_index (fixture->keys, gint64, fixture->keys->len - 1);
      g_assert_cmpint (write_segment (fixture, &n_segments), ==, SQLITE_OK);
      g_assert_cmpuint (n_segments, ==, i * 2 + 1);
      execute (fixture,
               "INSERT INTO ours (rowid, document) VALUES (1000000000 + random() % 10000, 'late zhang')");
    }
  g_assert_cmpint (ask (fixture, "SELECT count(*) FROM ours WHERE ours MATCH '\"late\"*'"), ==, 5);
  execute (fixture, "INSERT INTO ours (ours, rank) VALUES ('merge', 1000000)");
  execute (fixture, "INSERT INTO ours (ours) VALUES ('optimize')");
  execute (fixture, "INSERT INTO ours (ours) VALUES ('integrity-check')");
  g_assert_cmpint (ask (fixture, "SELECT count(*) FROM ours WHERE ours MATCH '\"zhang\"'"), ==, 2505);
}

/* What FTS5 must do itself is left to it, and nothing was changed. */
static void
test_left_alone (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    gint64 key;
    const char *document;
    const char *before;
  } cases[] = {
    { 7, "wang Zhang", "" },
    { 3, "wang", "" },
    { 2, "wang", "" },
    { 8, "wang", "INSERT INTO ours(ours, rank) VALUES ('pgsz', 1000)" },
  };
  guint n_segments = 0;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 before = ask (fixture, "SELECT sum(length(block)) FROM ours_data");

      execute (fixture, cases[i].before);
      g_array_set_size (fixture->keys, 0);
      g_ptr_array_set_size (fixture->documents, 0);
      add (fixture, 3, "li");
      add (fixture, cases[i].key, cases[i].document);
      g_assert_cmpint (write_segment (fixture, &n_segments), ==, SQLITE_MISMATCH);
      g_assert_cmpint (ask (fixture, "SELECT sum(length(block)) FROM ours_data"), ==, before);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/segment/one", Fixture, GUINT_TO_POINTER (1), set_up, test_same, tear_down);
  g_test_add ("/store/segment/few", Fixture, GUINT_TO_POINTER (40), set_up, test_same, tear_down);
  g_test_add ("/store/segment/pages", Fixture, GUINT_TO_POINTER (3000), set_up, test_same, tear_down);
  g_test_add ("/store/segment/long-list", Fixture, GUINT_TO_POINTER (30000), set_up, test_long_list,
              tear_down);
  g_test_add ("/store/segment/goes-on", Fixture, NULL, set_up, test_goes_on, tear_down);
  g_test_add ("/store/segment/left-alone", Fixture, NULL, set_up, test_left_alone, tear_down);
  return g_test_run ();
}
