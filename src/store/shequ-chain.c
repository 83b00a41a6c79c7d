/*
 * The change log is a chain: the digest of an entry is made of that of the entry before and of what the entry
 * says, so that none can be altered, taken out, put in or moved without all behind it being made anew. Where
 * the chain ends stands beside the log, in the series that numbers it: on a server not everybody sees the
 * last entry, and a log that was cut off is still known to have been longer.
 *
 * Numbers are no part of the digests: where entries were taken out and the rest renumbered, what stands
 * behind is still recognised.
 */
#include "shequ-chain-private.h"

#include "shequ-cipher.h"
#include "shequ-store-private.h"

#include "config.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

G_STATIC_ASSERT (SHEQU_CHAIN_DIGEST_SIZE == SHEQU_DIGEST_SIZE);

/* Entries of an older database that are chained in one transaction: some seconds at most. */
#define ENTRIES_AT_ONCE 20000

/* The beginning of what stands in place of what an entry told. */
#define DESTROYED "{\"destroyed\":\""

/* How far the chain of an older database has come: number and digest. */
#define STATE_SETTING "chain"

/* In the order of SHEQU_CHAIN_COLUMNS. */
void
shequ_chain_read_content (ShequStatement *statement, ShequChainContent *content)
{
  content->moment = shequ_statement_get_text (statement, 2);
  content->user = shequ_statement_get_text (statement, 3);
  content->role = shequ_statement_get_text (statement, 4);
  content->workstation = shequ_statement_get_text (statement, 5);
  content->ticks = shequ_statement_get_integer (statement, 6);
  content->action = shequ_statement_get_integer (statement, 7);
  content->reg = shequ_statement_get_text (statement, 8);
  content->key = shequ_statement_get_integer (statement, 9);
  content->changes = shequ_statement_get_text (statement, 10);
  content->reason = shequ_statement_get_text (statement, 11);
}

/* With its length, so that nothing can move from one text to the next. */
static void
append_text (GByteArray *buffer, const char *text)
{
  gsize length = text != NULL ? strlen (text) : 0;
  guint32 mark = text != NULL ? GUINT32_TO_BE ((guint32) length) : G_MAXUINT32;

  g_byte_array_append (buffer, (const guint8 *) &mark, sizeof mark);
  if (length > 0)
    g_byte_array_append (buffer, (const guint8 *) text, (guint) length);
}

static void
append_integer (GByteArray *buffer, gint64 integer)
{
  gint64 ordered = GINT64_TO_BE (integer);

  g_byte_array_append (buffer, (const guint8 *) &ordered, sizeof ordered);
}

/* Any thread; the whole text or nothing. */
gboolean
shequ_chain_read_destroyed (const char *changes, guint8 content[SHEQU_CHAIN_DIGEST_SIZE])
{
  const gsize head = strlen (DESTROYED);
  const char *digits;

  if (changes == NULL || !g_str_has_prefix (changes, DESTROYED) ||
      strlen (changes) != head + 2 * SHEQU_CHAIN_DIGEST_SIZE + 2 || !g_str_has_suffix (changes, "\"}"))
    return FALSE;
  digits = changes + head;
  for (guint i = 0; i < SHEQU_CHAIN_DIGEST_SIZE; i++)
    {
      int high = g_ascii_xdigit_value (digits[2 * i]), low = g_ascii_xdigit_value (digits[2 * i + 1]);

      if (high < 0 || low < 0)
        return FALSE;
      content[i] = (guint8) (high << 4 | low);
    }
  return TRUE;
}

char *
shequ_chain_write_destroyed (const guint8 content[SHEQU_CHAIN_DIGEST_SIZE])
{
  GString *text = g_string_new (DESTROYED);

  for (guint i = 0; i < SHEQU_CHAIN_DIGEST_SIZE; i++)
    g_string_append_printf (text, "%02x", content[i]);
  g_string_append (text, "\"}");
  return g_string_free (text, FALSE);
}

/* Any thread; the buffer is used again. */
void
shequ_chain_digest_content (const ShequChainContent *content,
                            GByteArray *buffer,
                            guint8 digest[SHEQU_CHAIN_DIGEST_SIZE])
{
  /* That the record was destroyed stands behind it; shequ_chain_check() asks for that. */
  if (shequ_chain_read_destroyed (content->changes, digest))
    return;
  g_byte_array_set_size (buffer, 0);
  append_text (buffer, content->moment);
  append_text (buffer, content->user);
  append_text (buffer, content->role);
  append_text (buffer, content->workstation);
  append_integer (buffer, content->ticks);
  append_integer (buffer, content->action);
  append_text (buffer, content->reg);
  append_integer (buffer, content->key);
  append_text (buffer, content->changes);
  append_text (buffer, content->reason);
  shequ_digest (buffer->data, buffer->len, digest);
}

void
shequ_chain_link (const guint8 previous[SHEQU_CHAIN_DIGEST_SIZE],
                  const guint8 content[SHEQU_CHAIN_DIGEST_SIZE],
                  guint8 digest[SHEQU_CHAIN_DIGEST_SIZE])
{
  guint8 both[2 * SHEQU_CHAIN_DIGEST_SIZE];

  memcpy (both, previous, SHEQU_CHAIN_DIGEST_SIZE);
  memcpy (both + SHEQU_CHAIN_DIGEST_SIZE, content, SHEQU_CHAIN_DIGEST_SIZE);
  shequ_digest (both, sizeof both, digest);
}

/* %FALSE where there is none, or none of ours. */
gboolean
shequ_chain_get_digest (ShequStatement *statement, int column, guint8 digest[SHEQU_CHAIN_DIGEST_SIZE])
{
  const ShequEngine *engine = statement->connection->engine;
  const void *bytes;
  gsize length = 0;

  memset (digest, 0, SHEQU_CHAIN_DIGEST_SIZE);
  if (engine->is_null (statement, column))
    return FALSE;
  bytes = engine->get_bytes (statement, column, &length);
  if (bytes == NULL || length != SHEQU_CHAIN_DIGEST_SIZE)
    return FALSE;
  memcpy (digest, bytes, SHEQU_CHAIN_DIGEST_SIZE);
  return TRUE;
}

static gboolean
ask_head (ShequConnection *connection, const char *sql, ShequChainHead *head, GError **error)
{
  ShequStatement *statement = shequ_connection_prepare (connection, sql, error);
  gboolean has_row = FALSE;

  memset (head, 0, sizeof *head);
  if (statement == NULL || !shequ_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row)
    {
      head->number = shequ_statement_get_integer (statement, 0);
      head->known = shequ_chain_get_digest (statement, 1, head->digest);
    }
  shequ_statement_reset (statement);
  return TRUE;
}

gboolean
shequ_chain_read_head (ShequConnection *connection, ShequChainHead *head, GError **error)
{
  return ask_head (connection,
                   "SELECT last, digest FROM shequ_series WHERE name = '" SHEQU_STORE_LOG_SERIES "'", head,
                   error);
}

/* The entry that stands last in the log itself. */
static gboolean
read_last_entry (ShequConnection *connection, ShequChainHead *head, GError **error)
{
  return ask_head (connection, "SELECT number, digest FROM shequ_log ORDER BY number DESC LIMIT 1", head,
                   error);
}

/* Nobody else adds entries until the end of the transaction. Where the end of the chain is not kept it is
 * read from the log. */
gboolean
shequ_chain_hold (ShequConnection *connection, ShequChainHead *head, GError **error)
{
  ShequChainHead entry;

  if (!ask_head (connection,
                 "INSERT INTO shequ_series (name, last) VALUES ('" SHEQU_STORE_LOG_SERIES "', "
                 "coalesce((SELECT max(number) FROM shequ_log), 0)) "
                 "ON CONFLICT (name) DO UPDATE SET last = CASE WHEN shequ_series.last = 0 THEN excluded.last "
                 "ELSE shequ_series.last END RETURNING last, digest",
                 head, error))
    return FALSE;
  if (head->known)
    return TRUE;
  if (!read_last_entry (connection, &entry, error))
    return FALSE;
  memcpy (head->digest, entry.digest, sizeof head->digest);
  return TRUE;
}

gboolean
shequ_chain_write_head (ShequConnection *connection, const ShequChainHead *head, GError **error)
{
  ShequStatement *statement = shequ_connection_prepare (
    connection, "UPDATE shequ_series SET last = ?1, digest = ?2 WHERE name = '" SHEQU_STORE_LOG_SERIES "'",
    error);

  if (statement == NULL)
    return FALSE;
  shequ_statement_bind_integer (statement, 1, head->number);
  connection->engine->bind_bytes (statement, 2, head->digest, sizeof head->digest);
  return shequ_statement_run (statement, NULL, error);
}

static gboolean
read_state (ShequConnection *connection, ShequChainHead *state, GError **error)
{
  g_autofree char *text = NULL;
  const char *digest;

  memset (state, 0, sizeof *state);
  if (!shequ_lookup_setting (connection, STATE_SETTING, &text, error))
    return FALSE;
  digest = text != NULL ? strchr (text, ' ') : NULL;
  if (digest == NULL || strlen (digest + 1) != 2 * SHEQU_CHAIN_DIGEST_SIZE)
    return TRUE;
  for (guint i = 0; i < SHEQU_CHAIN_DIGEST_SIZE; i++)
    state->digest[i] =
      (guint8) (g_ascii_xdigit_value (digest[1 + 2 * i]) * 16 + g_ascii_xdigit_value (digest[2 + 2 * i]));
  state->number = g_ascii_strtoll (text, NULL, 10);
  return TRUE;
}

static gboolean
write_state (ShequConnection *connection, const ShequChainHead *state, gboolean ended, GError **error)
{
  g_autoptr (GString) script = g_string_new ("DELETE FROM shequ_setting WHERE name = '" STATE_SETTING "';\n");

  if (!ended)
    {
      g_string_append_printf (
        script, "INSERT INTO shequ_setting (name, text) VALUES ('" STATE_SETTING "', '%" PRId64 " ",
        state->number);
      for (guint i = 0; i < SHEQU_CHAIN_DIGEST_SIZE; i++)
        g_string_append_printf (script, "%02x", state->digest[i]);
      g_string_append (script, "');\n");
    }
  return shequ_connection_execute (connection, script->str, error);
}

typedef struct
{
  gint64 number;
  guint8 digest[SHEQU_CHAIN_DIGEST_SIZE];
} Link;

/* The next entries behind a state get links, which are written once they are all read. */
static gboolean
make_links (ShequConnection *connection, ShequChainHead *state, GArray *links, GError **error)
{
  g_autoptr (GByteArray) buffer = g_byte_array_new ();
  ShequStatement *statement =
    shequ_connection_prepare (connection,
                              "SELECT " SHEQU_CHAIN_COLUMNS " FROM shequ_log WHERE number > ?1 "
                              "ORDER BY number LIMIT " G_STRINGIFY (ENTRIES_AT_ONCE),
                              error);
  gboolean has_row = FALSE;
  gboolean done = statement != NULL;

  if (done)
    shequ_statement_bind_integer (statement, 1, state->number);
  while (done && (done = shequ_statement_step (statement, &has_row, error)) && has_row)
    {
      guint8 content_digest[SHEQU_CHAIN_DIGEST_SIZE];
      ShequChainContent content;
      Link link = { shequ_statement_get_integer (statement, 0), { 0 } };

      shequ_chain_read_content (statement, &content);
      shequ_chain_digest_content (&content, buffer, content_digest);
      shequ_chain_link (state->digest, content_digest, link.digest);
      memcpy (state->digest, link.digest, sizeof link.digest);
      state->number = link.number;
      g_array_append_val (links, link);
    }
  if (statement != NULL)
    shequ_statement_reset (statement);
  return done;
}

static gboolean
write_links (ShequConnection *connection, const GArray *links, GError **error)
{
  ShequStatement *statement =
    shequ_connection_prepare (connection, "UPDATE shequ_log SET digest = ?2 WHERE number = ?1", error);

  for (guint i = 0; statement != NULL && i < links->len; i++)
    {
      const Link *link = &g_array_index (links, Link, i);

      shequ_statement_bind_integer (statement, 1, link->number);
      connection->engine->bind_bytes (statement, 2, link->digest, sizeof link->digest);
      if (!shequ_statement_run (statement, NULL, error))
        return FALSE;
    }
  return statement != NULL;
}

/* One stretch within a transaction, with the log held. A database that was moved has its links already. */
static gboolean
go_on (ShequConnection *connection, gint64 *last, gint64 *at, gboolean *ended, GError **error)
{
  g_autoptr (GArray) links = g_array_new (FALSE, FALSE, sizeof (Link));
  ShequChainHead state;
  ShequChainHead head;

  if (!shequ_chain_hold (connection, &head, error) || !read_last_entry (connection, &state, error))
    return FALSE;
  *ended = head.known || state.number == 0;
  if (*ended)
    return head.known || shequ_chain_write_head (connection, &head, error);
  *last = state.number;
  if (!state.known)
    {
      if (!read_state (connection, &state, error) || !make_links (connection, &state, links, error) ||
          !write_links (connection, links, error))
        return FALSE;
    }
  *at = state.number;
  *ended = links->len < ENTRIES_AT_ONCE;
  return write_state (connection, &state, *ended, error) &&
         (!*ended || shequ_chain_write_head (connection, &state, error));
}

/* Chains all entries anew within a transaction: what they say was sealed under another key. */
gboolean
shequ_chain_remake (ShequConnection *connection, GError **error)
{
  ShequChainHead state = { 0 };
  guint n_links = ENTRIES_AT_ONCE;

  if (!shequ_chain_hold (connection, &state, error))
    return FALSE;
  memset (&state, 0, sizeof state);
  while (n_links == ENTRIES_AT_ONCE)
    {
      g_autoptr (GArray) links = g_array_new (FALSE, FALSE, sizeof (Link));

      if (!make_links (connection, &state, links, error) || !write_links (connection, links, error))
        return FALSE;
      n_links = links->len;
    }
  return shequ_chain_write_head (connection, &state, error);
}

/* Chains the entries that an older program wrote; where it is given up, what was done is kept for the next
 * time. */
gboolean
shequ_chain_bring_up (ShequStore *store, ShequConnection *connection, GError **error)
{
  ShequChainHead head;
  gboolean ended = FALSE;
  gint64 last = 0;
  gint64 at = 0;

  if (!shequ_chain_read_head (connection, &head, error))
    return FALSE;
  if (head.known)
    return TRUE;
  if (!shequ_store_examine_first (store, connection, error))
    return FALSE;
  while (!ended)
    {
      if (!connection->engine->begin (connection, error))
        return FALSE;
      if (!go_on (connection, &last, &at, &ended, error) ||
          !shequ_connection_execute (connection, "COMMIT", error))
        {
          connection->cancellable = NULL;
          shequ_connection_execute (connection, "ROLLBACK", NULL);
          return FALSE;
        }
      if (store->progress != NULL && last > 0)
        store->progress ((guint) MIN (at, last), (guint) last, store->progress_data);
    }
  return TRUE;
}
