/*
 * Many documents put into an FTS5 index at once, as one segment.
 *
 * What is written is byte for byte what FTS5 writes for documents that it has gathered (`detail=none`, format
 * 4, which all of its versions read; described in the head of its fts5_index.c); tests compare the two. It
 * takes a quarter of the time, since an import knows all documents of a chunk beforehand. FTS5 must not have
 * been asked to change anything in the same transaction, and has to read its structure anew afterwards:
 * sqlite_load_documents() sees to both.
 */
#include "shequ-sqlite-segment.h"

#include "config.h"

#include <string.h>

#include "shequ-sqlite-bytes.h"

#define FORMAT 4
#define PAGE_SIZE 4050 /* of FTS5 where its settings name none */
#define HEAD_SIZE 4
#define MOST_SEGMENTS 1000
#define LEAST_INDEXED 4 /* pages that one term fills before their beginnings are listed */
#define TERM_SIZE 257   /* the longest, and the sign of the index in front */
#define SIGN '0'
#define MOST_DIGITS 10 /* of a number */

#define AVERAGES 1
#define STRUCTURE 10
#define SEGMENT_SHIFT 37
#define LIST_FLAG (G_GINT64_CONSTANT (1) << 36)

typedef struct
{
  sqlite3_stmt *data;
  sqlite3_stmt *terms;
  int result;
  gint64 segment;
  gint64 number; /* of the page */
  SqliteBytes page;
  SqliteBytes footer; /* where terms begin */
  guint footer_last;
  guchar term[TERM_SIZE]; /* the last one */
  guint term_length;
  gboolean has_term;    /* the page */
  gboolean needs_first; /* the page has no key yet, and goes on with the term of the one before */
  SqliteBytes list;     /* of the beginnings of pages of the last term */
  gint64 list_page;     /* where that term stands */
  gint64 list_last;
  guint n_termless;
  guchar split[TERM_SIZE]; /* what parts the page from those before */
  guint split_length;
  gint64 split_page; /* 0 when it was written */
} Writer;

/* Seven bits to a byte, the highest first. */
static guint
write_number (guchar *at, guint64 number)
{
  guint n = 1;

  for (guint64 rest = number >> 7; rest > 0; rest >>= 7)
    n++;
  for (guint i = n; i > 0; number >>= 7)
    {
      i--;
      at[i] = (guchar) (number & 0x7f) | (i + 1 < n ? 0x80 : 0);
    }
  return n;
}

static void
append_number (SqliteBytes *bytes, guint64 number)
{
  sqlite_bytes_take (bytes, write_number (sqlite_bytes_reserve (bytes, MOST_DIGITS), number));
}

static void
run (Writer *writer, sqlite3_stmt *statement)
{
  if (writer->result == SQLITE_OK && sqlite3_step (statement) != SQLITE_DONE)
    writer->result = SQLITE_ERROR;
  if (sqlite3_reset (statement) != SQLITE_OK)
    writer->result = sqlite3_extended_errcode (sqlite3_db_handle (statement));
}

static void
write_data (Writer *writer, gint64 id, const SqliteBytes *bytes)
{
  sqlite3_bind_int64 (writer->data, 1, id);
  sqlite3_bind_blob (writer->data, 2, bytes->data, (int) bytes->length, SQLITE_STATIC);
  run (writer, writer->data);
}

/* The terms of a page end here: it is noted in the tree of pages. */
static void
write_split (Writer *writer)
{
  gboolean listed = writer->list.length > 0 && writer->n_termless >= LEAST_INDEXED;

  if (writer->split_page == 0)
    return;
  if (listed)
    write_data (writer, (writer->segment << SEGMENT_SHIFT) + LIST_FLAG + writer->list_page, &writer->list);
  writer->list.length = 0;
  writer->n_termless = 0;
  sqlite3_bind_int64 (writer->terms, 1, writer->segment);
  sqlite3_bind_blob (writer->terms, 2, writer->split, (int) writer->split_length, SQLITE_STATIC);
  sqlite3_bind_int64 (writer->terms, 3, writer->split_page * 2 + (listed ? 1 : 0));
  run (writer, writer->terms);
  writer->split_page = 0;
}

static void
put_short (SqliteBytes *bytes, guint place, guint number)
{
  bytes->data[place] = (guchar) (number >> 8);
  bytes->data[place + 1] = (guchar) number;
}

static void
begin_page (Writer *writer)
{
  static const guchar head[HEAD_SIZE] = { 0 };

  writer->page.length = 0;
  sqlite_bytes_append (&writer->page, head, sizeof head);
  writer->footer.length = 0;
  writer->footer_last = 0;
  writer->has_term = FALSE;
  writer->needs_first = TRUE;
}

static void
write_page (Writer *writer)
{
  put_short (&writer->page, 2, writer->page.length);
  if (writer->has_term)
    sqlite_bytes_append (&writer->page, writer->footer.data, writer->footer.length);
  else
    {
      if (writer->needs_first && writer->list.length > 0)
        append_number (&writer->list, 0);
      writer->n_termless++;
    }
  write_data (writer, (writer->segment << SEGMENT_SHIFT) + writer->number, &writer->page);
  writer->number++;
  begin_page (writer);
}

static guint
count_common (const Writer *writer, const guchar *term, guint length)
{
  guint most = MIN (writer->term_length, length);
  guint n = 0;

  while (n < most && writer->term[n] == term[n])
    n++;
  return n;
}

static void
begin_split (Writer *writer, const guchar *term, guint length)
{
  write_split (writer);
  memcpy (writer->split, term, length);
  writer->split_length = length;
  writer->split_page = writer->number;
}

static void
append_term (Writer *writer, const guchar *term, guint length)
{
  guint common = count_common (writer, term, length);

  if (writer->page.length + writer->footer.length + length + 2 >= PAGE_SIZE &&
      writer->page.length > HEAD_SIZE)
    write_page (writer);
  append_number (&writer->footer, writer->page.length - writer->footer_last);
  writer->footer_last = writer->page.length;
  if (writer->has_term)
    append_number (&writer->page, common);
  else
    {
      if (writer->number != 1)
        begin_split (writer, term, writer->term_length > 0 ? common + 1 : length);
      common = 0;
    }
  append_number (&writer->page, length - common);
  sqlite_bytes_append (&writer->page, term + common, length - common);
  memcpy (writer->term, term, length);
  writer->term_length = length;
  writer->has_term = TRUE;
  writer->needs_first = FALSE;
  writer->list_page = writer->number;
}

/* The first key of a page that goes on with a term. */
static void
append_first_key (Writer *writer, gint64 key)
{
  put_short (&writer->page, 0, writer->page.length);
  append_number (&writer->page, (guint64) key);
  writer->needs_first = FALSE;
  if (writer->list.length == 0)
    {
      append_number (&writer->list, 0);
      append_number (&writer->list, (guint64) writer->number);
      append_number (&writer->list, (guint64) key);
    }
  else
    append_number (&writer->list, (guint64) (key - writer->list_last));
  writer->list_last = key;
}

static void
append_keys (Writer *writer, const SqliteTerm *term, const guint32 *places, const gint64 *keys)
{
  /* Once for each word of each document: calls count here. */
  guchar *at = sqlite_bytes_reserve (&writer->page, (gsize) term->n * MOST_DIGITS);
  gint64 last = 0;
  gsize length = 0;

  for (guint32 i = 0; i < term->n; i++)
    {
      length += write_number (at + length, (guint64) (keys[places[i]] - last));
      last = keys[places[i]];
    }
  if (writer->page.length + writer->footer.length + length + 1 <= PAGE_SIZE)
    {
      sqlite_bytes_take (&writer->page, length);
      return;
    }
  last = 0;
  for (guint32 i = 0; i < term->n && writer->result == SQLITE_OK; i++)
    {
      if (writer->needs_first)
        append_first_key (writer, keys[places[i]]);
      else
        append_number (&writer->page, (guint64) (keys[places[i]] - last));
      last = keys[places[i]];
      if (writer->page.length + writer->footer.length >= PAGE_SIZE)
        write_page (writer);
    }
}

static void
write_terms (Writer *writer, const SqliteTerms *terms, const gint64 *keys)
{
  begin_page (writer);
  for (guint i = 0; i < terms->terms->len && writer->result == SQLITE_OK; i++)
    {
      const SqliteTerm *term = &g_array_index (terms->terms, SqliteTerm, i);
      guchar text[TERM_SIZE] = { SIGN };

      memcpy (text + 1, term->text, term->length);
      append_term (writer, text, term->length + 1);
      append_keys (writer, term, terms->places + term->first, keys);
    }
  if (writer->page.length > HEAD_SIZE)
    write_page (writer);
  write_split (writer);
}

/* The structure of an index: which segments there are on which level. */
typedef struct
{
  guint64 level;
  guint64 id;
  guint64 first;
  guint64 last;
} Segment;

typedef struct
{
  guchar cookie[4];
  guint64 n_written;
  GArray *merged;   /* of guint64: by level, how many segments are being merged */
  GArray *segments; /* of Segment */
} Structure;

static void
clear_structure (Structure *structure)
{
  g_clear_pointer (&structure->merged, g_array_unref);
  g_clear_pointer (&structure->segments, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Structure, clear_structure)

static gboolean
read_number (const guchar **at, const guchar *end, guint64 *number)
{
  *number = 0;
  for (guint i = 0; i < 8 && *at < end; i++)
    {
      guchar digit = *(*at)++;

      *number = *number << 7 | (digit & 0x7f);
      if (digit < 0x80)
        return TRUE;
    }
  return FALSE;
}

static gboolean
read_level (Structure *structure, guint64 level, const guchar **at, const guchar *end)
{
  guint64 merged;
  guint64 n;

  if (!read_number (at, end, &merged) || !read_number (at, end, &n))
    return FALSE;
  g_array_append_val (structure->merged, merged);
  for (guint64 i = 0; i < n; i++)
    {
      Segment segment = { level, 0, 0, 0 };

      if (!read_number (at, end, &segment.id) || !read_number (at, end, &segment.first) ||
          !read_number (at, end, &segment.last))
        return FALSE;
      g_array_append_val (structure->segments, segment);
    }
  return TRUE;
}

static gboolean
parse_structure (Structure *structure, const guchar *bytes, gsize length)
{
  const guchar *end = bytes + length;
  const guchar *at = bytes + sizeof structure->cookie;
  guint64 n_levels;
  guint64 n_segments;

  if (length < sizeof structure->cookie)
    return FALSE;
  memcpy (structure->cookie, bytes, sizeof structure->cookie);
  if (!read_number (&at, end, &n_levels) || !read_number (&at, end, &n_segments) ||
      !read_number (&at, end, &structure->n_written))
    return FALSE;
  for (guint64 level = 0; level < n_levels; level++)
    if (!read_level (structure, level, &at, end))
      return FALSE;
  return at == end && structure->segments->len == n_segments && n_segments < MOST_SEGMENTS;
}

static gint64
find_free_segment (const Structure *structure)
{
  for (guint64 id = 1;; id++)
    {
      gboolean used = FALSE;

      for (guint i = 0; i < structure->segments->len && !used; i++)
        used = g_array_index (structure->segments, Segment, i).id == id;
      if (!used)
        return (gint64) id;
    }
}

/* The new one is the youngest of the first level. */
static guint
add_segment (Structure *structure, const Writer *writer)
{
  Segment segment = { 0, (guint64) writer->segment, 1, (guint64) writer->number - 1 };
  guint64 none = 0;
  guint place = 0;

  if (structure->merged->len == 0)
    g_array_append_val (structure->merged, none);
  while (place < structure->segments->len && g_array_index (structure->segments, Segment, place).level == 0)
    place++;
  g_array_insert_val (structure->segments, place, segment);
  structure->n_written += segment.last;
  return place + 1;
}

static void
write_structure (Writer *writer, const Structure *structure)
{
  g_auto (SqliteBytes) bytes = { NULL, 0, 0 };
  guint place = 0;

  sqlite_bytes_append (&bytes, structure->cookie, sizeof structure->cookie);
  append_number (&bytes, structure->merged->len);
  append_number (&bytes, structure->segments->len);
  append_number (&bytes, structure->n_written);
  for (guint level = 0; level < structure->merged->len; level++)
    {
      guint end = place;

      while (end < structure->segments->len &&
             g_array_index (structure->segments, Segment, end).level == level)
        end++;
      append_number (&bytes, g_array_index (structure->merged, guint64, level));
      append_number (&bytes, end - place);
      for (; place < end; place++)
        {
          const Segment *segment = &g_array_index (structure->segments, Segment, place);

          append_number (&bytes, segment->id);
          append_number (&bytes, segment->first);
          append_number (&bytes, segment->last);
        }
    }
  write_data (writer, STRUCTURE, &bytes);
}

static sqlite3_stmt *
prepare (sqlite3 *database, const char *format, const char *table)
{
  sqlite3_stmt *statement = NULL;
  char *text = sqlite3_mprintf (format, table);

  sqlite3_prepare_v2 (database, text, -1, &statement, NULL);
  sqlite3_free (text);
  return statement;
}

static GBytes *
read_data (sqlite3 *database, const char *table, gint64 id)
{
  sqlite3_stmt *statement = prepare (database, "SELECT block FROM \"%w_data\" WHERE id = ?1", table);
  GBytes *bytes = NULL;

  sqlite3_bind_int64 (statement, 1, id);
  if (sqlite3_step (statement) == SQLITE_ROW)
    {
      const void *blob = sqlite3_column_blob (statement, 0);

      bytes = g_bytes_new (blob, (gsize) sqlite3_column_bytes (statement, 0));
    }
  sqlite3_finalize (statement);
  return bytes;
}

/* Whether the settings of an index are those that are written for here. */
static gboolean
is_known (sqlite3 *database, const char *table)
{
  sqlite3_stmt *statement = prepare (database, "SELECT k, v FROM \"%w_config\"", table);
  gboolean known = FALSE;

  while (statement != NULL && sqlite3_step (statement) == SQLITE_ROW)
    {
      const char *name = (const char *) sqlite3_column_text (statement, 0);

      if (g_strcmp0 (name, "version") == 0)
        known = sqlite3_column_int (statement, 1) == FORMAT;
      else if (g_strcmp0 (name, "automerge") != 0 && g_strcmp0 (name, "hashsize") != 0)
        {
          known = FALSE;
          break;
        }
    }
  sqlite3_finalize (statement);
  return known;
}

static gboolean
read_structure (sqlite3 *database, const char *table, Structure *structure)
{
  g_autoptr (GBytes) bytes = read_data (database, table, STRUCTURE);

  structure->merged = g_array_new (FALSE, FALSE, sizeof (guint64));
  structure->segments = g_array_new (FALSE, FALSE, sizeof (Segment));
  return bytes != NULL &&
         parse_structure (structure, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* How many documents there are, and how many tokens they have. */
static gboolean
write_averages (Writer *writer, sqlite3 *database, const char *table, guint64 n_documents, guint64 n_tokens)
{
  g_autoptr (GBytes) before = read_data (database, table, AVERAGES);
  g_auto (SqliteBytes) bytes = { NULL, 0, 0 };
  guint64 numbers[] = { 0, 0 };

  if (before != NULL && g_bytes_get_size (before) > 0)
    {
      const guchar *at = g_bytes_get_data (before, NULL);
      const guchar *end = at + g_bytes_get_size (before);

      if (!read_number (&at, end, &numbers[0]) || !read_number (&at, end, &numbers[1]) || at != end)
        return FALSE;
    }
  append_number (&bytes, numbers[0] + n_documents);
  append_number (&bytes, numbers[1] + n_tokens);
  write_data (writer, AVERAGES, &bytes);
  return TRUE;
}

static void
set_up (Writer *writer, sqlite3 *database, const char *table, gint64 segment)
{
  writer->data = prepare (database, "REPLACE INTO \"%w_data\" (id, block) VALUES (?1, ?2)", table);
  writer->terms = prepare (database, "INSERT INTO \"%w_idx\" (segid, term, pgno) VALUES (?1, ?2, ?3)", table);
  writer->result = writer->data != NULL && writer->terms != NULL ? SQLITE_OK : sqlite3_errcode (database);
  writer->segment = segment;
  writer->number = 1;
  writer->split_page = 1;
}

static void
clear_writer (Writer *writer)
{
  sqlite3_finalize (writer->data);
  sqlite3_finalize (writer->terms);
  sqlite_bytes_clear (&writer->page);
  sqlite_bytes_clear (&writer->footer);
  sqlite_bytes_clear (&writer->list);
}

/**
 * shequ_sqlite_segment_write:
 * @database: in a transaction that asked no FTS5 index to change
 * @table: an index with one column, without contents, details and sizes
 * @keys: growing
 * @documents: (array length=n_documents): of records that the index does not have
 * @n_documents: at most %SHEQU_SQLITE_SEGMENT_MOST
 * @gathering: has begun to read them
 * @n_segments: (out): how many the first level has
 *
 * Returns: a result of SQLite; SQLITE_MISMATCH when FTS5 has to do it, and nothing was changed
 */
int
shequ_sqlite_segment_write (sqlite3 *database,
                            const char *table,
                            const gint64 *keys,
                            const char *const *documents,
                            guint n_documents,
                            SqliteGathering *gathering,
                            guint *n_segments)
{
  g_auto (SqliteTerms) terms = { NULL, NULL, 0 };
  g_auto (Structure) structure = { { 0 }, 0, NULL, NULL };
  Writer writer = { 0 };

  g_return_val_if_fail (n_documents <= SHEQU_SQLITE_SEGMENT_MOST, SQLITE_MISMATCH);
  for (guint i = 0; i < n_documents; i++)
    if (keys[i] <= (i > 0 ? keys[i - 1] : 0))
      return SQLITE_MISMATCH;
  if (!is_known (database, table) || !read_structure (database, table, &structure) ||
      !shequ_sqlite_terms_read (&terms, gathering, documents, n_documents) || terms.terms->len == 0)
    return SQLITE_MISMATCH;
  set_up (&writer, database, table, find_free_segment (&structure));
  if (writer.result == SQLITE_OK && !write_averages (&writer, database, table, n_documents, terms.n_tokens))
    writer.result = SQLITE_MISMATCH;
  else if (writer.result == SQLITE_OK)
    {
      write_terms (&writer, &terms, keys);
      *n_segments = add_segment (&structure, &writer);
      write_structure (&writer, &structure);
    }
  clear_writer (&writer);
  return writer.result;
}
