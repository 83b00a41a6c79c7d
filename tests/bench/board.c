/* How long the board of admission needs over 5,000 cases with three steps each, against queries by hand.
 *
 * Usage: bench-board
 *
 * The office is made in a folder of its own. Ours and the peer's run by turns; the quickest turn of each
 * counts. The peer counts in SQLite what the board shows, without working days. Fails when ours takes longer
 * than 100 ms.
 */
#include "config.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdio.h>

#include "shequ-admission-board.h"
#include "shequ-catalogue.h"

#define N_CASES 5000
#define N_DEPARTMENTS 40
#define N_STEPS 3
#define TURNS 7
#define MOST_MILLISECONDS 100.0

static const char *const states[] = { "submitted", "accepted", "screened", "consulting",
                                      "scoring",   "active",   "violation" };
static const char *const holders[] = { "office", "office",     "office", "street",
                                       "raters", "department", "street" };

static const char *const peer[] = {
  "SELECT state, count(*), sum(due_on < '2026-11-23'), min(CASE WHEN due_on >= '2026-11-23' THEN due_on "
  "END), "
  "count(paused_on) FROM application WHERE deleted_at IS NULL GROUP BY state",
  "SELECT holder, count(*), sum(due_on < '2026-11-23'), min(CASE WHEN due_on >= '2026-11-23' THEN due_on "
  "END), "
  "count(paused_on) FROM application WHERE deleted_at IS NULL GROUP BY holder",
  "SELECT held_by, sum(days_used) FROM admission_step WHERE deleted_at IS NULL GROUP BY held_by",
  "SELECT d.name, sum(a.told_how IS NULL), sum(a.told_how IS NOT NULL) FROM application a JOIN department d "
  "ON d.key = "
  "a.department WHERE a.deleted_at IS NULL AND a.filed_on LIKE '2026-11%' GROUP BY d.key",
  "SELECT a.department, sum(s.to_state = 'admitted'), sum(s.to_state = 'rejected'), sum(s.to_state = "
  "'named') FROM "
  "admission_step s JOIN application a ON a.key = s.application WHERE s.deleted_at IS NULL AND s.day >= "
  "'2026-11-01' AND "
  "s.day <= '2026-11-30' GROUP BY a.department",
};

static gint64
noon (gpointer user_data)
{
  return 1795406400; /* 23 November 2026, 12:00 in Shanghai */
}

static gint64
save (ShequOffice *office, ShequTransaction *transaction, ShequRow *row)
{
  g_autoptr (GError) error = NULL;
  gint64 key;

  if (!shequ_office_save_in (office, transaction, row, NULL, &error))
    g_error ("%s", error->message);
  key = row->key;
  shequ_row_free (row);
  return key;
}

static ShequRow *
new_row (ShequOffice *office, const char *reg)
{
  return shequ_office_new_row (office, shequ_office_get_register (office, reg));
}

static void
add_step (ShequOffice *office, ShequTransaction *transaction, gint64 application, guint i, guint number)
{
  g_autofree char *day = g_strdup_printf ("2026-%02u-%02u", 9 + number, 1 + i % 22);
  ShequRow *row = new_row (office, "admission_step");

  shequ_row_set_integer (row, "application", application);
  shequ_row_set_integer (row, "number", number + 1);
  shequ_row_set_text (row, "day", day);
  shequ_row_set_text (row, "action", "accept");
  shequ_row_set_text (row, "action_title", "受理");
  shequ_row_set_text (row, "from_state", number == 0 ? "submitted" : "accepted");
  shequ_row_set_text (row, "to_state", number < 2 ? "accepted" : i % 3 == 0 ? "admitted" : "consulting");
  shequ_row_set_text (row, "body", "office");
  shequ_row_set_text (row, "held_by", holders[(i + number) % G_N_ELEMENTS (holders)]);
  shequ_row_set_integer (row, "days_used", (i + number) % 9);
  save (office, transaction, row);
}

static void
add_case (ShequOffice *office, ShequTransaction *transaction, const gint64 *departments, guint i)
{
  g_autofree char *title = g_strdup_printf ("工作事项%u", i);
  g_autofree char *filed = g_strdup_printf ("2026-%02u-%02u", 6 + i % 6, 1 + i % 22);
  g_autofree char *due = g_strdup_printf ("2026-%02u-%02u", 11 + i % 2, 1 + i % 28);
  ShequRow *row = new_row (office, "application");
  gint64 key;

  shequ_row_set_integer (row, "department", departments[i % N_DEPARTMENTS]);
  shequ_row_set_text (row, "title", title);
  shequ_row_set_text (row, "category", "task");
  shequ_row_set_text (row, "filed_on", filed);
  shequ_row_set_text (row, "state_since", filed);
  shequ_row_set_text (row, "due_on", due);
  shequ_row_set_text (row, "state", states[i % G_N_ELEMENTS (states)]);
  shequ_row_set_text (row, "holder", holders[i % G_N_ELEMENTS (holders)]);
  if (i % G_N_ELEMENTS (states) == 6)
    shequ_row_set_text (row, "told_how", "chat");
  key = save (office, transaction, row);
  for (guint number = 0; number < N_STEPS; number++)
    add_step (office, transaction, key, i, number);
}

static void
fill (ShequOffice *office)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequTransaction) transaction = shequ_office_begin (office, "bench", NULL, &error);
  gint64 departments[N_DEPARTMENTS];

  for (guint i = 0; i < N_DEPARTMENTS; i++)
    {
      g_autofree char *name = g_strdup_printf ("区第%u局", i), *short_name = g_strdup_printf ("%u局", i);
      ShequRow *row = new_row (office, "department");

      shequ_row_set_text (row, "name", name);
      shequ_row_set_text (row, "short_name", short_name);
      departments[i] = save (office, transaction, row);
    }
  for (guint i = 0; i < N_CASES; i++)
    add_case (office, transaction, departments, i);
  if (!shequ_transaction_commit (transaction, &error))
    g_error ("%s", error->message);
}

static double
load_once (ShequOffice *office, guint *cases)
{
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();
  g_autoptr (ShequBoard) board = shequ_board_load (office, NULL, NULL, &error);
  double milliseconds = (double) (g_get_monotonic_time () - start) / 1000;

  if (board == NULL)
    g_error ("%s", error->message);
  *cases = 0;
  for (guint i = 0; i < board->states->len; i++)
    *cases += ((const ShequBoardLine *) board->states->pdata[i])->cases;
  return milliseconds;
}

static double
query_once (sqlite3 *database)
{
  gint64 start = g_get_monotonic_time ();

  for (gsize i = 0; i < G_N_ELEMENTS (peer); i++)
    {
      sqlite3_stmt *statement = NULL;

      if (sqlite3_prepare_v2 (database, peer[i], -1, &statement, NULL) != SQLITE_OK)
        g_error ("%s", sqlite3_errmsg (database));
      while (sqlite3_step (statement) == SQLITE_ROW)
        for (int j = 0; j < sqlite3_column_count (statement); j++)
          sqlite3_column_text (statement, j);
      sqlite3_finalize (statement);
    }
  return (double) (g_get_monotonic_time () - start) / 1000;
}

static void
clean (const char *folder)
{
  GDir *files = g_dir_open (folder, 0, NULL);
  const char *name;

  while (files != NULL && (name = g_dir_read_name (files)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_remove (path);
    }
  g_clear_pointer (&files, g_dir_close);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_autoptr (ShequCatalogue) catalogue = shequ_catalogue_new_shipped (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("shequ-board-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "office.db", NULL);
  ShequOffice *office =
    shequ_office_create (path, catalogue, "测试社区", SHEQU_LEVEL_DISTRICT, "bench", "bench", NULL, &error);
  double ours = G_MAXDOUBLE, theirs = G_MAXDOUBLE;
  sqlite3 *database = NULL;
  guint cases = 0;

  if (office == NULL)
    g_error ("%s", error->message);
  shequ_office_set_clock (office, noon, NULL);
  fill (office);
  if (sqlite3_open_v2 (path, &database, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (database));
  for (guint i = 0; i < TURNS; i++)
    {
      ours = MIN (ours, load_once (office, &cases));
      theirs = MIN (theirs, query_once (database));
    }
  sqlite3_close (database);
  g_object_unref (office);
  clean (folder);
  printf ("board: %u cases with %u steps in %.1f ms (at most %.0f), queries by hand %.1f ms, ratio %.2f\n",
          cases, cases * N_STEPS, ours, MOST_MILLISECONDS, theirs, ours / theirs);
  return cases == N_CASES && ours <= MOST_MILLISECONDS ? 0 : 1;
}
