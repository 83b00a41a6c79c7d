#include "shequ-anchor.h"

#include "shequ-chain-private.h"
#include "shequ-error.h"
#include "shequ-store-private.h"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#define DIGEST_TEXT_SIZE (2 * SHEQU_CHAIN_DIGEST_SIZE + 1)

typedef struct
{
  char *moment;
  gint64 number;
  char *digest; /* as hexadecimal digits */
} Anchor;

static void
clear_anchor (gpointer data)
{
  Anchor *anchor = data;

  g_free (anchor->moment);
  g_free (anchor->digest);
}

/**
 * shequ_anchor_get_path:
 * @store: a store
 * @folder: a folder
 *
 * Returns: (transfer full): where the anchors of this database stand in that folder
 */
char *
shequ_anchor_get_path (ShequStore *store, const char *folder)
{
  g_autofree char *base = g_path_get_basename (store->location);
  g_autofree char *name = g_strconcat (base, ".anchors", NULL);

  name[strcspn (name, "?")] = '\0';
  g_strdelimit (name, "/\\:*?\"<>|", '_');
  return g_build_filename (folder, name, NULL);
}

static void
write_digest (const guint8 *digest, char text[DIGEST_TEXT_SIZE])
{
  for (guint i = 0; i < SHEQU_CHAIN_DIGEST_SIZE; i++)
    g_snprintf (text + 2 * i, 3, "%02x", digest[i]);
}

static gboolean
parse_anchor (const char *line, Anchor *anchor)
{
  g_auto (GStrv) parts = g_strsplit (line, " ", 0);

  if (g_strv_length (parts) != 3 || strlen (parts[2]) != DIGEST_TEXT_SIZE - 1 ||
      !g_ascii_string_to_unsigned (parts[1], 10, 0, G_MAXINT64, (guint64 *) &anchor->number, NULL))
    return FALSE;
  anchor->moment = g_strdup (parts[0]);
  anchor->digest = g_strdup (parts[2]);
  return TRUE;
}

/* (transfer full) (element-type Anchor): lines that are none are told. */
static GArray *
read_anchors (const char *path, GPtrArray *problems, GError **error)
{
  g_autoptr (GArray) anchors = g_array_new (FALSE, TRUE, sizeof (Anchor));
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  g_array_set_clear_func (anchors, clear_anchor);
  if (!g_file_get_contents (path, &text, NULL, error))
    return NULL;
  lines = g_strsplit (text, "\n", 0);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      Anchor anchor = { 0 };

      if (parse_anchor (lines[i], &anchor))
        g_array_append_val (anchors, anchor);
      else if (*lines[i] != '\0' && problems != NULL)
        g_ptr_array_add (problems,
                         g_strdup_printf (_ ("Line %u of “%s” is no anchor of a change log"), i + 1, path));
    }
  return g_steal_pointer (&anchors);
}

static gboolean
fail_to_write (const char *path, GError **error)
{
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_PERMISSION,
               _ ("Where the change log stands could not be written to “%s”: %s"), path, g_strerror (errno));
  return FALSE;
}

static gboolean
append_line (const char *path, const char *line, GError **error)
{
  int file = g_open (path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  gssize length = (gssize) strlen (line);
  gboolean written;

  if (file < 0)
    return fail_to_write (path, error);
  written = write (file, line, (gsize) length) == length && fsync (file) == 0;
  if (close (file) != 0 || !written)
    return fail_to_write (path, error);
  return TRUE;
}

static gboolean
read_head (ShequStore *store, ShequChainHead *head, GCancellable *cancellable, GError **error)
{
  ShequConnection *reader = shequ_store_take_program_reader (store, cancellable, error);
  gboolean done = reader != NULL && shequ_chain_read_head (reader, head, error);

  if (reader != NULL)
    shequ_store_give_reader (store, reader);
  return done;
}

/**
 * shequ_anchor_write:
 * @store: a store
 * @path: the file of its anchors; made where there is none
 * @moment: now, UTC
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Adds where the change log stands, unless the last line says so already. What stands in the file is kept,
 * also where it disagrees.
 *
 * Returns: whether it is safe on the disk
 */
gboolean
shequ_anchor_write (ShequStore *store,
                    const char *path,
                    const char *moment,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (GArray) anchors = read_anchors (path, NULL, NULL);
  g_autofree char *line = NULL;
  char digest[DIGEST_TEXT_SIZE];
  ShequChainHead head;

  if (!read_head (store, &head, cancellable, error))
    return FALSE;
  write_digest (head.digest, digest);
  if (anchors != NULL && anchors->len > 0)
    {
      const Anchor *last = &g_array_index (anchors, Anchor, anchors->len - 1);

      if (last->number == head.number && g_str_equal (last->digest, digest))
        return TRUE;
    }
  line = g_strdup_printf ("%s %" PRId64 " %s\n", moment, head.number, digest);
  return append_line (path, line, error);
}

/* The digest of an entry as it stands in the log; empty where there is none. */
static gboolean
read_digest (ShequConnection *reader, gint64 number, char text[DIGEST_TEXT_SIZE], GError **error)
{
  ShequStatement *statement =
    shequ_connection_prepare (reader, "SELECT digest FROM shequ_log WHERE number = ?1", error);
  guint8 digest[SHEQU_CHAIN_DIGEST_SIZE] = { 0 };
  gboolean has_row = FALSE;

  text[0] = '\0';
  if (statement == NULL)
    return FALSE;
  shequ_statement_bind_integer (statement, 1, number);
  if (!shequ_statement_step (statement, &has_row, error))
    return FALSE;
  if ((has_row && shequ_chain_get_digest (statement, 0, digest)) || number == 0)
    write_digest (digest, text);
  shequ_statement_reset (statement);
  return TRUE;
}

/* The first anchor that disagrees tells between which entries to look. */
static gboolean
compare (ShequConnection *reader,
         const GArray *anchors,
         const char *path,
         GPtrArray *problems,
         GError **error)
{
  gint64 agreed = 0;

  for (guint i = 0; i < anchors->len; i++)
    {
      const Anchor *anchor = &g_array_index (anchors, Anchor, i);
      char digest[DIGEST_TEXT_SIZE];

      if (!read_digest (reader, anchor->number, digest, error))
        return FALSE;
      if (g_str_equal (digest, anchor->digest))
        {
          agreed = anchor->number;
          continue;
        }
      g_ptr_array_add (
        problems, g_strdup_printf (_ ("The change log is not the one of which “%s” speaks: of the entries "
                                      "%" PRId64 " to %" PRId64 ", as they stood at %s, one was altered, "
                                      "removed or put in, or an older backup was restored, or the "
                                      "office was protected since"),
                                   path, agreed + 1, anchor->number, anchor->moment));
      return TRUE;
    }
  return TRUE;
}

/**
 * shequ_anchor_check:
 * @store: a store
 * @path: the file of its anchors
 * @problems: (element-type utf8): gets what is wrong, one sentence each
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Compares the change log with what was noted of it. A file that is not there, or empty, is a problem.
 *
 * Returns: whether it could be compared
 */
gboolean
shequ_anchor_check (ShequStore *store,
                    const char *path,
                    GPtrArray *problems,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GArray) anchors = read_anchors (path, problems, &local);
  ShequConnection *reader;
  gboolean done;

  if (!shequ_store_allows (store, SHEQU_RIGHT_READ_LOG, NULL, error))
    return FALSE;
  if (anchors == NULL || anchors->len == 0)
    {
      g_ptr_array_add (problems, g_strdup_printf (_ ("The anchors of the change log are missing: %s"),
                                                  local != NULL ? local->message : path));
      return TRUE;
    }
  reader = shequ_store_take_program_reader (store, cancellable, error);
  if (reader == NULL)
    return FALSE;
  done = compare (reader, anchors, path, problems, error);
  shequ_store_give_reader (store, reader);
  return done;
}
