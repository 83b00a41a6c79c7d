/*
 * One table of a damaged database, row by row.
 *
 * A row is reached from the root of its table: where a page on the way makes no sense, the rows behind it are
 * passed over, and the first one that can be reached again is looked for by its number. How many rows there
 * were is told by the indexes of the table, which are pages of their own.
 */
#include "shequ-salvage-private.h"

#include "shequ-error.h"

#include "config.h"

#include <inttypes.h>

/* Rows are looked for again in steps that grow to what fits on the smallest page of them. */
#define MOST_STEP 16
#define MOST_PROBES 1000000
#define PROBES_AT_A_GUESS 20000 /* where nothing tells how far the numbers go */
#define ROWS_AT_ONCE 5000

typedef struct
{
  ShequConnection *from;
  ShequConnection *to;
  const ShequMoveTable *table;
  ShequSalvagedTable *salvaged;
  ShequStatement *rows;
  ShequStatement *probe;
  ShequStatement *insert;
  gint64 last;     /* the number of the last row that was read */
  gint64 greatest; /* that a row can have; G_MAXINT64 where nothing tells */
  guint n_waiting; /* rows that were stored and not committed */
} Reading;

/* What the disk, memory or a person says is not damage. */
static gboolean
is_damage (ShequConnection *connection, const GError *error)
{
  return connection->damaged || g_error_matches (error, SHEQU_ERROR, SHEQU_ERROR_DAMAGED) ||
         g_error_matches (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE);
}

/* One statement: fails at what makes no sense, which `damaged` tells from other failures. */
static gboolean
step (ShequStatement *statement, gboolean *has_row, gboolean *damaged, GError **error)
{
  g_autoptr (GError) local = NULL;

  *damaged = FALSE;
  statement->connection->damaged = FALSE;
  if (shequ_statement_step (statement, has_row, &local))
    return TRUE;
  shequ_statement_reset (statement);
  *damaged = is_damage (statement->connection, local);
  if (!*damaged)
    g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
commit (Reading *reading, GError **error)
{
  reading->n_waiting = 0;
  return shequ_connection_execute (reading->to, "COMMIT", error) &&
         shequ_connection_execute (reading->to, "BEGIN", error);
}

/* What breaks a rule of the table is no row of it, whatever its page says. */
static gboolean
store_row (Reading *reading, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (shequ_move_table_store_row (reading->table, reading->rows, 1, reading->insert, &local))
    {
      reading->salvaged->n_read++;
      return ++reading->n_waiting < ROWS_AT_ONCE || commit (reading, error);
    }
  reading->salvaged->n_expected++;
  if (g_error_matches (local, SHEQU_ERROR, SHEQU_ERROR_CONSTRAINT) ||
      g_error_matches (local, SHEQU_ERROR, SHEQU_ERROR_DAMAGED))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* From a row number on to the end or to what makes no sense. */
static gboolean
read_stretch (Reading *reading, gint64 first, gboolean *ended, GError **error)
{
  gboolean has_row = TRUE;
  gboolean damaged = FALSE;

  *ended = FALSE;
  shequ_statement_reset (reading->rows);
  shequ_statement_bind_integer (reading->rows, 1, first);
  while (step (reading->rows, &has_row, &damaged, error))
    {
      gint64 number = has_row ? shequ_statement_get_integer (reading->rows, 0) : 0;

      if (!has_row)
        {
          *ended = TRUE;
          break;
        }
      /* A page of another table, or none. */
      if (number <= reading->last || number > reading->greatest)
        {
          reading->salvaged->uncertain = TRUE;
          continue;
        }
      reading->last = number;
      if (!store_row (reading, error))
        return FALSE;
    }
  shequ_statement_reset (reading->rows);
  return *ended || damaged;
}

/* Whether a row can be reached that has at least this number. */
static gboolean
probe (Reading *reading, gint64 number, gboolean *reached, gboolean *ended, GError **error)
{
  gboolean has_row = FALSE;
  gboolean damaged = FALSE;

  shequ_statement_reset (reading->probe);
  shequ_statement_bind_integer (reading->probe, 1, number);
  *reached = step (reading->probe, &has_row, &damaged, error);
  *ended = *reached && !has_row;
  shequ_statement_reset (reading->probe);
  return *reached || damaged;
}

/* The least number behind the last row from which rows can be reached again. */
static gboolean
find_next (Reading *reading, gint64 *next, gboolean *ended, GError **error)
{
  gint64 low = reading->last;
  gint64 high = low;
  gint64 reach = 1;
  gboolean reached = FALSE;
  guint most = reading->greatest == G_MAXINT64 ? PROBES_AT_A_GUESS : MOST_PROBES;

  for (guint n = 0; !reached; n++)
    {
      if (n == most || high > reading->greatest - reach)
        {
          *ended = TRUE;
          return TRUE;
        }
      low = high;
      high += reach;
      reach = MIN (reach * 2, MOST_STEP);
      if (!probe (reading, high, &reached, ended, error))
        return FALSE;
    }
  while (!*ended && high - low > 1)
    {
      gint64 middle = low + (high - low) / 2;
      gboolean behind = FALSE;

      if (!probe (reading, middle, &reached, &behind, error))
        return FALSE;
      if (reached && !behind)
        high = middle;
      else
        low = middle;
    }
  *next = high;
  return TRUE;
}

static gboolean
read_all (Reading *reading, gboolean *hurt, GError **error)
{
  gboolean ended = FALSE;
  gint64 next = G_MININT64;

  *hurt = FALSE;
  while (TRUE)
    {
      if (!read_stretch (reading, next, &ended, error))
        return FALSE;
      if (ended)
        return TRUE;
      *hurt = TRUE;
      reading->last = MAX (reading->last, next == G_MININT64 ? 0 : next);
      if (!find_next (reading, &next, &ended, error))
        return FALSE;
      if (ended)
        return TRUE;
    }
}

/* How many rows the indexes of a table name. */
typedef struct
{
  gint64 count;
  gint64 greatest; /* their greatest number */
  gboolean whole;  /* one of them could be read to its end */
  guint n_agreed;  /* those that were read to their ends and name as many */
} Named;

static void
count_index (Reading *reading, const char *index, Named *named)
{
  g_autofree char *text = g_strdup_printf ("SELECT %s FROM \"%s\" INDEXED BY \"%s\"",
                                           reading->from->engine->row_number, reading->table->name, index);
  ShequStatement *statement = shequ_connection_prepare (reading->from, text, NULL);
  gboolean has_row = TRUE;
  gboolean damaged = FALSE;
  gboolean read = statement != NULL;
  Named found = { 0, 0, FALSE, 0 };

  while (read && (read = step (statement, &has_row, &damaged, NULL)) && has_row)
    {
      found.greatest = MAX (found.greatest, shequ_statement_get_integer (statement, 0));
      found.count++;
    }
  if (statement != NULL)
    shequ_statement_reset (statement);
  found.whole = read;
  found.n_agreed = read ? 1 : 0;
  if (found.whole && named->whole && found.count == named->count)
    named->n_agreed++;
  else if (found.whole > named->whole || (found.whole == named->whole && found.count > named->count))
    *named = found;
}

static GPtrArray *
list_indexes (Reading *reading)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  ShequStatement *statement =
    shequ_connection_prepare (reading->from, reading->from->engine->list_full_indexes, NULL);
  gboolean has_row = TRUE;
  gboolean damaged = FALSE;

  if (statement != NULL)
    shequ_statement_bind_text (statement, 1, reading->table->name);
  while (statement != NULL && step (statement, &has_row, &damaged, NULL) && has_row)
    g_ptr_array_add (names, g_strdup (shequ_statement_get_text (statement, 0)));
  if (statement != NULL)
    shequ_statement_reset (statement);
  return names;
}

static void
count_indexes (Reading *reading, Named *named)
{
  g_autoptr (GPtrArray) names = list_indexes (reading);

  for (guint i = 0; i < names->len; i++)
    count_index (reading, names->pdata[i], named);
}

static gboolean
prepare (Reading *reading, GError **error)
{
  const char *number = reading->from->engine->row_number;
  g_autoptr (GString) columns = g_string_new (NULL);
  g_autofree char *rows = NULL;
  g_autofree char *first = NULL;

  for (guint i = 0; i < reading->table->columns->len; i++)
    g_string_append_printf (columns, ", \"%s\"",
                            ((const ShequMoveColumn *) reading->table->columns->pdata[i])->name);
  rows = g_strdup_printf ("SELECT %s%s FROM \"%s\" WHERE %s >= ?1%s%s%s ORDER BY %s", number, columns->str,
                          reading->table->name, number, reading->table->only != NULL ? " AND (" : "",
                          reading->table->only != NULL ? reading->table->only : "",
                          reading->table->only != NULL ? ")" : "", number);
  first = g_strdup_printf ("SELECT %s FROM \"%s\" WHERE %s >= ?1 ORDER BY %s LIMIT 1", number,
                           reading->table->name, number, number);
  reading->insert = shequ_move_table_prepare_row (reading->table, reading->to, error);
  if (reading->insert == NULL)
    return FALSE;
  reading->rows = shequ_connection_prepare (reading->from, rows, NULL);
  reading->probe = shequ_connection_prepare (reading->from, first, NULL);
  return TRUE;
}

/* `n_expected` holds the rows that were found and not taken. An index may have lost pages itself and still be
 * read to its end: two that name as many are believed. */
static void
settle_count (ShequSalvagedTable *salvaged, const Named *named, gboolean hurt)
{
  salvaged->n_expected = MAX (salvaged->n_read + salvaged->n_expected, named->count);
  if (hurt && named->n_agreed < 2)
    salvaged->uncertain = TRUE;
}

static gboolean
read_rows (Reading *reading, GError **error)
{
  Named named = { 0, 0, FALSE, 0 };
  gboolean hurt = FALSE;

  count_indexes (reading, &named);
  if (named.whole)
    reading->greatest = named.greatest;
  if (!read_all (reading, &hurt, error))
    return FALSE;
  settle_count (reading->salvaged, &named, hurt);
  return TRUE;
}

gboolean
shequ_salvage_read_table (ShequConnection *from,
                          ShequConnection *to,
                          const ShequMoveTable *table,
                          ShequSalvagedTable *salvaged,
                          GError **error)
{
  Reading reading = { from, to, table, salvaged, NULL, NULL, NULL, G_MININT64, G_MAXINT64, 0 };

  if (!prepare (&reading, error))
    return FALSE;
  if (reading.rows == NULL || reading.probe == NULL)
    {
      salvaged->uncertain = TRUE;
      return TRUE;
    }
  if (!shequ_connection_execute (to, "BEGIN", error))
    return FALSE;
  if (read_rows (&reading, error) && shequ_connection_execute (to, "COMMIT", error))
    return TRUE;
  to->cancellable = NULL;
  shequ_connection_execute (to, "ROLLBACK", NULL);
  return FALSE;
}
