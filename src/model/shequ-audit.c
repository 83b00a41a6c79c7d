/* What an auditor asks of the change log, and whom it names to the person it is about. */
#include "shequ-audit.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-error.h"
#include "shequ-places-private.h"
#include "shequ-time.h"

#define ACTION(name) (1u << SHEQU_ACTION_##name)
#define LOOKS (ACTION (VIEW) | ACTION (UNMASK))

/* By the clock of the office: who works then, works unseen. */
#define NIGHT_BEGINS (22 * 60)
#define NIGHT_ENDS (6 * 60)

/* What is told to the person whose record it is: who saw or took it. */
#define TOLD (LOOKS | ACTION (EXPORT) | ACTION (PRINT) | ACTION (ISSUE))

static const struct
{
  const char *name;
  const char *label;
  guint actions;
} reports[SHEQU_AUDIT_N_REPORTS] = {
  [SHEQU_AUDIT_ALL] = { "all", N_ ("All entries"), 0 },
  [SHEQU_AUDIT_LOOKS] = { "looks", N_ ("Looks at masked and restricted records"), LOOKS },
  [SHEQU_AUDIT_OUTSIDE] = { "outside", N_ ("Looks outside the own grid"), LOOKS },
  [SHEQU_AUDIT_NIGHTS] = { "nights", N_ ("At night, from 22:00 to 06:00"), 0 },
  [SHEQU_AUDIT_EXPORTS] = { "exports", N_ ("Exports, prints and backups"),
                            ACTION (EXPORT) | ACTION (PRINT) | ACTION (BACKUP) | ACTION (RESTORE_BACKUP) },
  [SHEQU_AUDIT_SIGN_INS] = { "sign-ins", N_ ("Signing in"),
                             ACTION (SIGN_IN) | ACTION (SIGN_IN_FAILED) | ACTION (SIGN_OUT) |
                               ACTION (SET_PASSWORD) },
  [SHEQU_AUDIT_DELETIONS] = { "deletions", N_ ("Deletions"),
                              ACTION (DELETE) | ACTION (RESTORE) | ACTION (DESTROY) },
};

/**
 * shequ_audit_report_get_name:
 * @report: a report
 *
 * Returns: (transfer none): its name for programs
 */
const char *
shequ_audit_report_get_name (ShequAuditReport report)
{
  return reports[report].name;
}

/**
 * shequ_audit_report_get_label:
 * @report: a report
 *
 * Returns: (transfer none): what a person calls it
 */
const char *
shequ_audit_report_get_label (ShequAuditReport report)
{
  return _ (reports[report].label);
}

/**
 * shequ_audit_report_parse:
 * @name: a name
 * @report: (out): the report of that name
 *
 * Returns: whether there is one
 */
gboolean
shequ_audit_report_parse (const char *name, ShequAuditReport *report)
{
  for (guint i = 0; i < SHEQU_AUDIT_N_REPORTS; i++)
    if (g_strcmp0 (name, reports[i].name) == 0)
      {
        *report = i;
        return TRUE;
      }
  return FALSE;
}

/* A question while it is answered. */
typedef struct
{
  ShequOffice *office;
  const ShequAuditAsk *ask;
  char *folded;      /* (nullable): what is looked for */
  GHashTable *grids; /* (nullable): user -> GArray of the grids that are theirs */
  GHashTable
    *outside; /* "register key" of what was looked at -> where it lies, as GHashTable of the ids of places */
  GCancellable *cancellable;
} Look;

static void
look_clear (Look *look)
{
  g_free (look->folded);
  g_clear_pointer (&look->grids, g_hash_table_unref);
  g_clear_pointer (&look->outside, g_hash_table_unref);
}

static gboolean
holds (const Look *look, const char *text)
{
  g_autofree char *folded = text != NULL ? g_utf8_casefold (text, -1) : NULL;

  return folded != NULL && strstr (folded, look->folded) != NULL;
}

static gboolean
is_night (const ShequLogEntry *entry)
{
  ShequDate date;
  gint64 seconds;
  int minutes;

  if (!shequ_moment_from_utc (entry->moment, &seconds))
    return FALSE;
  shequ_moment_to_date (seconds, &date, &minutes);
  return minutes >= NIGHT_BEGINS || minutes < NIGHT_ENDS;
}

static gboolean
accept (const ShequLogEntry *entry, gpointer data)
{
  const Look *look = data;

  if (look->folded != NULL && !holds (look, entry->user) && !holds (look, entry->workstation) &&
      !holds (look, entry->reason))
    return FALSE;
  return look->ask->report != SHEQU_AUDIT_NIGHTS || is_night (entry);
}

static GPtrArray *
read_rows (const Look *look, const char *name, GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (look->office, name, error);
  g_autoptr (ShequQuery) query = reg != NULL ? shequ_office_new_query (look->office, reg) : NULL;

  return query != NULL ? shequ_office_get_rows (look->office, query, look->cancellable, error) : NULL;
}

static void
add_grid (Look *look, const char *user, gint64 grid)
{
  GArray *grids;

  if (user == NULL || grid == 0)
    return;
  grids = g_hash_table_lookup (look->grids, user);
  if (grids == NULL)
    {
      grids = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_hash_table_insert (look->grids, g_strdup (user), grids);
    }
  g_array_append_val (grids, grid);
}

/* The grids of a person: of the account, and those that are led by the member of the staff of that name. */
static gboolean
load_grids (Look *look, GError **error)
{
  g_autoptr (GPtrArray) accounts = read_rows (look, "account", error);
  g_autoptr (GPtrArray) grids = accounts != NULL ? read_rows (look, "grid", error) : NULL;

  if (grids == NULL)
    return FALSE;
  look->grids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  for (guint i = 0; i < accounts->len; i++)
    add_grid (look, shequ_row_get_text (accounts->pdata[i], "name"),
              shequ_row_get_integer (accounts->pdata[i], "grid"));
  for (guint i = 0; i < grids->len; i++)
    {
      const ShequRow *row = grids->pdata[i];
      g_autofree char *leader = shequ_row_expand (row, "{leader}", SHEQU_FORMAT_PLAIN);

      add_grid (look, leader, row->key);
    }
  return TRUE;
}

static GHashTable *
find_places_of (Look *look, const ShequRegister *reg, gint64 key)
{
  g_autofree char *id = g_strdup_printf ("%s %" G_GINT64_FORMAT, reg->name, key);
  GHashTable *found = g_hash_table_lookup (look->outside, id);
  g_autoptr (GPtrArray) path = NULL;
  g_autoptr (ShequRow) row = NULL;
  const ShequRegister *household = shequ_office_get_register (look->office, "household");
  const ShequField *link = shequ_register_lookup (reg, "household");
  gint64 place = key;

  if (found != NULL)
    return found;
  found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_insert (look->outside, g_steal_pointer (&id), found);
  if (link != NULL && link->kind == SHEQU_FIELD_LINK)
    {
      row = shequ_office_get_row (look->office, reg, key, look->cancellable, NULL);
      place = row != NULL ? shequ_row_get_integer (row, "household") : 0;
      reg = household;
    }
  /* Where it lies nowhere, it lies in nobody's grid. */
  path = place != 0 ? shequ_places_find_path (look->office, reg, place, look->cancellable, NULL) : NULL;
  for (guint i = 0; path != NULL && i < path->len; i++)
    g_hash_table_add (found, g_strdup (path->pdata[i]));
  return found;
}

/* Who has no grid works for the whole office, and is outside of nothing. */
static gboolean
is_outside (Look *look, const ShequLogEntry *entry)
{
  const ShequRegister *reg = entry->reg != NULL ? shequ_office_get_register (look->office, entry->reg) : NULL;
  GArray *own = g_hash_table_lookup (look->grids, entry->user);
  GHashTable *grids;

  if (own == NULL || reg == NULL || entry->key == 0)
    return FALSE;
  grids = find_places_of (look, reg, entry->key);
  for (guint i = 0; i < own->len; i++)
    {
      g_autofree char *id =
        shequ_place_make_id (SHEQU_PLACE_RECORD, "grid", g_array_index (own, gint64, i), 0, NULL);

      if (g_hash_table_contains (grids, id))
        return FALSE;
    }
  return TRUE;
}

static void
line_free (gpointer data)
{
  ShequAuditLine *line = data;

  shequ_log_entry_free (line->entry);
  g_free (line->when);
  g_free (line->record);
  g_free (line);
}

/* An auditor may read the log and not the records: what may not be read is named by its number. */
static char *
name_record (const Look *look, const ShequLogEntry *entry)
{
  const ShequRegister *reg = entry->reg != NULL ? shequ_office_get_register (look->office, entry->reg) : NULL;
  g_autoptr (ShequRow) row = NULL;
  g_autofree char *title = NULL;

  if (reg == NULL)
    return g_strdup (entry->reg);
  if (entry->key == 0)
    return g_strdup (reg->label);
  row = shequ_office_get_row (look->office, reg, entry->key, look->cancellable, NULL);
  if (row == NULL)
    return g_strdup_printf ("%s %" G_GINT64_FORMAT, reg->label, entry->key);
  title = shequ_row_get_title (row);
  return g_strdup_printf ("%s %s", reg->label, title);
}

/* Takes the entries out of their array. */
static GPtrArray *
make_lines (Look *look, GPtrArray *entries)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (line_free);

  g_ptr_array_set_free_func (entries, NULL);
  for (guint i = 0; i < entries->len; i++)
    {
      ShequLogEntry *entry = entries->pdata[i];
      ShequAuditLine *line;
      gint64 seconds;

      if (look->ask->report == SHEQU_AUDIT_OUTSIDE && !is_outside (look, entry))
        {
          shequ_log_entry_free (entry);
          continue;
        }
      line = g_new0 (ShequAuditLine, 1);
      line->entry = entry;
      line->when = shequ_moment_from_utc (entry->moment, &seconds) ? shequ_moment_format (seconds)
                                                                   : g_strdup (entry->moment);
      line->record = name_record (look, entry);
      g_ptr_array_add (lines, line);
    }
  return lines;
}

static GPtrArray *
read_lines (Look *look, guint actions, GError **error)
{
  const ShequAuditAsk *ask = look->ask;
  char since[SHEQU_MOMENT_TEXT_SIZE];
  ShequLogQuery query = { .reg = ask->reg,
                          .key = ask->key,
                          .actions = actions,
                          .limit = ask->report == SHEQU_AUDIT_OUTSIDE ? 0 : ask->limit };
  g_autoptr (GPtrArray) entries = NULL;
  ShequDate day;

  if (ask->since != NULL)
    {
      if (!shequ_date_parse (ask->since, &day, error))
        return NULL;
      shequ_moment_to_utc (shequ_moment_from_date (&day, 0), since);
      query.since = since;
    }
  if (ask->text != NULL && *ask->text != '\0')
    look->folded = g_utf8_casefold (ask->text, -1);
  if (look->folded != NULL || ask->report == SHEQU_AUDIT_NIGHTS)
    {
      query.accept = accept;
      query.data = look;
    }
  entries = shequ_store_search_log (shequ_office_get_store (look->office), &query, look->cancellable, error);
  return entries != NULL ? make_lines (look, entries) : NULL;
}

/**
 * shequ_audit_read:
 * @office: an office
 * @ask: what is asked
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Reads the change log for whoever may. Blocks.
 *
 * Returns: (transfer full) (element-type ShequAuditLine): entries, newest first
 */
GPtrArray *
shequ_audit_read (ShequOffice *office, const ShequAuditAsk *ask, GCancellable *cancellable, GError **error)
{
  Look look = { .office = office, .ask = ask, .cancellable = cancellable };
  GPtrArray *lines = NULL;

  if (!shequ_store_allows (shequ_office_get_store (office), SHEQU_RIGHT_READ_LOG, NULL, error))
    return NULL;
  look.outside = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_hash_table_unref);
  if (ask->report != SHEQU_AUDIT_OUTSIDE || load_grids (&look, error))
    lines = read_lines (&look, reports[ask->report].actions, error);
  look_clear (&look);
  return lines;
}

/**
 * shequ_audit_read_looks:
 * @office: an office
 * @reg: the register of a person
 * @key: the person
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Who saw in full, printed or exported the record, or issued a paper on it: what a person is told who asks
 * (PIPL 44, 45). Whoever may print the record may tell it. Blocks.
 *
 * Returns: (transfer full) (element-type ShequAuditLine): entries, newest first
 */
GPtrArray *
shequ_audit_read_looks (ShequOffice *office,
                        const ShequRegister *reg,
                        gint64 key,
                        GCancellable *cancellable,
                        GError **error)
{
  ShequAuditAsk ask = { .report = SHEQU_AUDIT_LOOKS, .reg = reg, .key = key };
  Look look = { .office = office, .ask = &ask, .cancellable = cancellable };
  ShequStore *store = shequ_office_get_store (office);
  GPtrArray *lines;

  if (!shequ_store_allows (store, SHEQU_RIGHT_READ_LOG, NULL, NULL) &&
      !shequ_store_allows (store, SHEQU_RIGHT_PRINT, reg, error))
    return NULL;
  lines = read_lines (&look, TOLD, error);
  look_clear (&look);
  return lines;
}

static void
add_table (ShequFile *file, const char *title, const GPtrArray *lines, gboolean with_record)
{
  ShequFileSection *section = g_new0 (ShequFileSection, 1);
  const char *const heads[] = { _ ("When"),    _ ("Who"),
                                _ ("Where"),   _ ("What was done"),
                                _ ("Purpose"), with_record ? _ ("Record") : NULL,
                                NULL };

  section->title = g_strdup (title);
  section->heads = g_strdupv ((char **) heads);
  section->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  section->keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < lines->len; i++)
    {
      const ShequAuditLine *line = lines->pdata[i];
      const ShequLogEntry *entry = line->entry;
      const char *const cells[] = { line->when,
                                    entry->user,
                                    entry->workstation != NULL ? entry->workstation : "",
                                    shequ_action_get_label (entry->action),
                                    entry->reason != NULL ? entry->reason : "",
                                    with_record ? line->record != NULL ? line->record : "" : NULL,
                                    NULL };

      g_ptr_array_add (section->rows, g_strdupv ((char **) cells));
      g_array_append_val (section->keys, entry->number);
    }
  g_ptr_array_add (file->sections, section);
}

/**
 * shequ_audit_write_file:
 * @report: which report it is
 * @lines: (element-type ShequAuditLine): its lines
 *
 * Returns: (transfer full): the report, to be printed
 */
ShequFile *
shequ_audit_write_file (ShequAuditReport report, const GPtrArray *lines)
{
  ShequFile *file = g_new0 (ShequFile, 1);
  g_autofree char *count = g_strdup_printf ("%u", lines->len);
  const char *const facts[] = { _ ("Entries"), count, NULL };

  shequ_file_init (file, 0, g_strdup (shequ_audit_report_get_label (report)), g_new0 (char *, 1),
                   g_strdupv ((char **) facts));
  add_table (file, _ ("Entries of the change log"), lines, TRUE);
  return file;
}

/* That it was told is a look, too: it stands on the next such paper. */
static gboolean
log_told (ShequOffice *office,
          const ShequRegister *reg,
          gint64 key,
          guint count,
          GCancellable *cancellable,
          GError **error)
{
  g_autofree char *changes = g_strdup_printf ("{\"printed\":1,\"told\":%u}", count);
  g_autoptr (ShequTransaction) transaction =
    shequ_office_begin (office, _ ("Told the person who looked at the record"), cancellable, error);

  return transaction != NULL &&
         shequ_transaction_log (transaction, SHEQU_ACTION_PRINT, reg, key, changes, error) &&
         shequ_transaction_commit (transaction, error);
}

/**
 * shequ_audit_load_looks:
 * @office: an office
 * @reg: the register of a person
 * @key: the person
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * As shequ_audit_read_looks(), as a paper for the person; the change log keeps that it was made. Blocks.
 *
 * Returns: (transfer full): the paper
 */
ShequFile *
shequ_audit_load_looks (ShequOffice *office,
                        const ShequRegister *reg,
                        gint64 key,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (ShequRow) row = shequ_office_get_row (office, reg, key, cancellable, error);
  g_autoptr (GPtrArray) lines =
    row != NULL ? shequ_audit_read_looks (office, reg, key, cancellable, error) : NULL;
  g_autofree char *title = NULL;
  g_autofree char *count = NULL;
  ShequFile *file;

  if (lines == NULL || !log_told (office, reg, key, lines->len, cancellable, error))
    return NULL;
  title = shequ_row_get_title (row);
  count = g_strdup_printf ("%u", lines->len);
  file = g_new0 (ShequFile, 1);
  shequ_file_init (file, key, g_strdup (_ ("Who looked at the record")), g_new0 (char *, 1),
                   g_strdupv ((char *[]){ (char *) reg->label, title, (char *) _ ("Entries"), count, NULL }));
  add_table (file, _ ("Looks, prints and papers"), lines, FALSE);
  return file;
}
