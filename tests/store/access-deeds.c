/* What can be done with a store, each thing as its functions do it. */
#include "access-deeds.h"

#include "shequ-accounts.h"
#include "shequ-anchor.h"
#include "shequ-backup.h"
#include "shequ-finder.h"
#include "shequ-move.h"
#include "shequ-protection.h"
#include "shequ-server.h"
#include "shequ-values.h"

static const ShequActor actor = { "王主任", "窗口一", "核对低保", "2026-11-22T01:02:03Z" };

static gint64
get_key (AccessFixture *fixture, guint subject)
{
  return fixture->keys[subject][HERE];
}

static ShequTransaction *
begin (AccessFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  ShequTransaction *transaction = shequ_store_begin (fixture->base.store, &actor, NULL, &error);

  g_assert_no_error (error);
  return transaction;
}

static gboolean
do_get (AccessFixture *fixture, guint subject, GError **error)
{
  g_autoptr (ShequRow) row =
    shequ_store_get (fixture->base.store, fixture->regs[subject], get_key (fixture, subject),
                     SHEQU_FETCH_TITLES, NULL, NULL, error);

  return row != NULL;
}

static gboolean
do_fetch (AccessFixture *fixture, guint subject, GError **error)
{
  gint64 key = get_key (fixture, subject);
  g_autoptr (GPtrArray) rows = shequ_store_fetch (fixture->base.store, fixture->regs[subject], &key, 1,
                                                  SHEQU_FETCH_PLAIN, NULL, NULL, error);

  g_assert_true (rows == NULL || rows->len == 1);
  return rows != NULL;
}

static gboolean
do_fetch_of (AccessFixture *fixture, guint subject, GError **error)
{
  gint64 key = get_key (fixture, subject);
  g_autoptr (ShequQuery) query = shequ_query_new (fixture->regs[subject], "2026-11-22");
  g_autoptr (GPtrArray) rows =
    shequ_store_fetch_of (fixture->base.store, query, &key, 1, SHEQU_FETCH_PLAIN, NULL, error);

  return rows != NULL;
}

static gboolean
do_list (AccessFixture *fixture, guint subject, GError **error)
{
  g_autoptr (ShequQuery) query = shequ_query_new (fixture->regs[subject], "2026-11-22");
  g_autoptr (GArray) keys = shequ_store_list_keys (fixture->base.store, query, NULL, error);

  g_assert_true (keys == NULL || keys->len >= 1);
  return keys != NULL;
}

static gboolean
do_count (AccessFixture *fixture, guint subject, GError **error)
{
  g_autoptr (ShequQuery) query = shequ_query_new (fixture->regs[subject], "2026-11-22");

  return shequ_store_count (fixture->base.store, query, NULL, error) >= 0;
}

static gboolean
do_find_key (AccessFixture *fixture, guint subject, GError **error)
{
  const ShequField *field = shequ_register_lookup (fixture->regs[subject], "name");
  g_auto (ShequValue) value = SHEQU_VALUE_INIT;

  shequ_value_set_text (&value, "赵这边");
  return shequ_store_find_key (fixture->base.store, fixture->regs[subject], &field, &value, 1, NULL, error) >=
         0;
}

static gboolean
do_list_versions (AccessFixture *fixture, guint subject, GError **error)
{
  g_autoptr (GPtrArray) rows = shequ_store_list_versions (
    fixture->base.store, fixture->regs[subject], get_key (fixture, subject), SHEQU_FETCH_PLAIN, NULL, error);

  return rows != NULL;
}

static gboolean
do_search (AccessFixture *fixture, guint subject, GError **error)
{
  g_autoptr (GPtrArray) hits =
    shequ_store_search (fixture->base.store, "赵这边", fixture->regs[subject], 10, "2026-11-22", NULL, error);

  g_assert_true (hits == NULL || hits->len == 1);
  return hits != NULL;
}

static gboolean
do_summarise (AccessFixture *fixture, guint subject, GError **error)
{
  g_autoptr (ShequQuery) query = shequ_query_new (fixture->regs[subject], "2026-11-22");
  ShequSummaryQuery summary = { .query = query };
  g_autoptr (GPtrArray) rows = shequ_store_summarise (fixture->base.store, &summary, NULL, error);

  return rows != NULL;
}

static void
take_nothing (const ShequValue *values, gpointer user_data)
{
}

static gboolean
do_read_values (AccessFixture *fixture, guint subject, GError **error)
{
  static const char *const paths[] = { "name", NULL };
  g_autoptr (ShequQuery) query = shequ_query_new (fixture->regs[subject], "2026-11-22");

  return shequ_store_read_values (fixture->base.store, query, paths, take_nothing, NULL, NULL, error);
}

static gboolean
do_read_log_of_record (AccessFixture *fixture, guint subject, GError **error)
{
  g_autoptr (GPtrArray) entries = shequ_store_read_log (fixture->base.store, fixture->regs[subject],
                                                        get_key (fixture, subject), NULL, 0, NULL, error);

  return entries != NULL;
}

static gboolean
do_search_log_of_record (AccessFixture *fixture, guint subject, GError **error)
{
  ShequLogQuery query = { .reg = fixture->regs[subject], .key = get_key (fixture, subject) };
  g_autoptr (GPtrArray) entries = shequ_store_search_log (fixture->base.store, &query, NULL, error);

  return entries != NULL;
}

static gboolean
do_finder (AccessFixture *fixture, guint subject, GError **error)
{
  g_autoptr (ShequQuery) query = shequ_query_new (fixture->regs[subject], "2026-11-22");
  GError *inner = NULL;
  ShequFinder *finder = shequ_finder_new (fixture->base.store, query, NULL, 0, NULL, NULL, &inner);

  g_clear_pointer (&finder, shequ_finder_unref);
  if (inner != NULL)
    g_propagate_error (error, inner);
  return inner == NULL;
}

static gboolean
do_transaction_get (AccessFixture *fixture, guint subject, GError **error)
{
  g_autoptr (ShequTransaction) transaction = begin (fixture);
  g_autoptr (ShequRow) row =
    shequ_transaction_get (transaction, fixture->regs[subject], get_key (fixture, subject), error);

  return row != NULL;
}

static gboolean
do_transaction_find_key (AccessFixture *fixture, guint subject, GError **error)
{
  g_autoptr (ShequTransaction) transaction = begin (fixture);
  const ShequField *field = shequ_register_lookup (fixture->regs[subject], "name");
  g_auto (ShequValue) value = SHEQU_VALUE_INIT;

  shequ_value_set_text (&value, "赵这边");
  return shequ_transaction_find_key (transaction, fixture->regs[subject], &field, &value, 1, error) >= 0;
}

static gboolean
do_transaction_list (AccessFixture *fixture, guint subject, GError **error)
{
  g_autoptr (ShequTransaction) transaction = begin (fixture);
  g_autoptr (ShequQuery) query = shequ_query_new (fixture->regs[subject], "2026-11-22");
  g_autoptr (GArray) keys = shequ_transaction_list_keys (transaction, query, error);

  return keys != NULL;
}

static gboolean
do_transaction_fetch (AccessFixture *fixture, guint subject, GError **error)
{
  g_autoptr (ShequTransaction) transaction = begin (fixture);
  gint64 key = get_key (fixture, subject);
  g_autoptr (GPtrArray) rows = shequ_transaction_fetch (transaction, fixture->regs[subject], &key, 1, error);

  return rows != NULL;
}

static gboolean
do_insert (AccessFixture *fixture, guint subject, GError **error)
{
  g_autoptr (ShequTransaction) transaction = begin (fixture);
  g_autoptr (ShequRow) row = access_fixture_new_row (fixture, fixture->regs[subject], HERE, "新来的");

  return shequ_transaction_insert (transaction, row, error);
}

/* A row as it is stored, whoever may look at it. */
static ShequRow *
read_row (AccessFixture *fixture, guint subject)
{
  g_autoptr (ShequAccess) access = shequ_store_ref_access (fixture->base.store);
  ShequRow *row;

  shequ_store_set_access (fixture->base.store, NULL);
  row = shequ_store_get (fixture->base.store, fixture->regs[subject], get_key (fixture, subject),
                         SHEQU_FETCH_PLAIN, NULL, NULL, NULL);
  shequ_store_set_access (fixture->base.store, access);
  return row;
}

static gboolean
do_update (AccessFixture *fixture, guint subject, GError **error)
{
  g_autoptr (ShequRow) row = read_row (fixture, subject);
  g_autoptr (ShequTransaction) transaction = begin (fixture);

  shequ_row_set_text (row, "name", "改名的");
  return shequ_transaction_update (transaction, row, error);
}

static gboolean
do_delete (AccessFixture *fixture, guint subject, GError **error)
{
  g_autoptr (ShequTransaction) transaction = begin (fixture);

  return shequ_transaction_delete (transaction, fixture->regs[subject], get_key (fixture, subject), 1, error);
}

static gboolean
do_delete_from (AccessFixture *fixture, guint subject, GError **error)
{
  g_autoptr (ShequTransaction) transaction = begin (fixture);

  return shequ_transaction_delete_from (transaction, fixture->regs[subject], get_key (fixture, subject), 1,
                                        "2026-11-22", error);
}

static gboolean
do_destroy (AccessFixture *fixture, guint subject, GError **error)
{
  g_autoptr (ShequTransaction) transaction = begin (fixture);

  return shequ_transaction_destroy (transaction, fixture->regs[subject], fixture->gone[subject], error);
}

static gboolean
do_list_deleted (AccessFixture *fixture, guint subject, GError **error)
{
  g_autoptr (GArray) keys = shequ_store_list_deleted (fixture->base.store, fixture->regs[subject],
                                                      "2027-01-01T00:00:00Z", NULL, error);

  return keys != NULL;
}

static gboolean
do_restore (AccessFixture *fixture, guint subject, GError **error)
{
  g_autoptr (ShequTransaction) transaction = begin (fixture);

  return shequ_transaction_restore (transaction, fixture->regs[subject], fixture->gone[subject], error);
}

static gboolean
do_import (AccessFixture *fixture, guint subject, GError **error)
{
  g_autoptr (ShequTransaction) transaction = begin (fixture);
  g_autoptr (ShequRow) row = access_fixture_new_row (fixture, fixture->regs[subject], HERE, "表里的");

  return shequ_transaction_begin_import (transaction, fixture->regs[subject], error) &&
         shequ_transaction_insert (transaction, row, error);
}

static gboolean
do_set_orders_aside (AccessFixture *fixture, guint subject, GError **error)
{
  g_autoptr (ShequTransaction) transaction = begin (fixture);

  return shequ_transaction_set_orders_aside (transaction, fixture->regs[subject], error);
}

static gboolean
do_log (AccessFixture *fixture, guint subject, ShequAction action, GError **error)
{
  g_autoptr (ShequTransaction) transaction = begin (fixture);

  return shequ_transaction_log (transaction, action, fixture->regs[subject], get_key (fixture, subject), NULL,
                                error);
}

static gboolean
do_export (AccessFixture *fixture, guint subject, GError **error)
{
  return do_log (fixture, subject, SHEQU_ACTION_EXPORT, error);
}

static gboolean
do_print (AccessFixture *fixture, guint subject, GError **error)
{
  return do_log (fixture, subject, SHEQU_ACTION_PRINT, error);
}

static gboolean
do_issue (AccessFixture *fixture, guint subject, GError **error)
{
  return do_log (fixture, subject, SHEQU_ACTION_ISSUE, error);
}

static gboolean
do_unmask (AccessFixture *fixture, guint subject, GError **error)
{
  g_autoptr (ShequTransaction) transaction = begin (fixture);
  g_autoptr (ShequRow) row =
    shequ_transaction_unmask (transaction, fixture->regs[subject], get_key (fixture, subject), NULL, error);

  return row != NULL;
}

static gboolean
do_approve (AccessFixture *fixture, guint subject, GError **error)
{
  return shequ_store_allows (fixture->base.store, SHEQU_RIGHT_APPROVE, fixture->regs[subject], error);
}

static gboolean
do_read_log (AccessFixture *fixture, guint subject, GError **error)
{
  g_autoptr (GPtrArray) entries = shequ_store_read_log (fixture->base.store, NULL, 0, NULL, 0, NULL, error);

  return entries != NULL;
}

static gboolean
set_setting (AccessFixture *fixture, const char *name, GError **error)
{
  g_autoptr (ShequTransaction) transaction = begin (fixture);

  return shequ_transaction_set_setting (transaction, name, "x", error);
}

static gboolean
do_accounts (AccessFixture *fixture, guint subject, GError **error)
{
  return set_setting (fixture, "account.1", error);
}

static gboolean
do_settings (AccessFixture *fixture, guint subject, GError **error)
{
  return set_setting (fixture, "office.name", error);
}

static gboolean
do_backup (AccessFixture *fixture, guint subject, GError **error)
{
  return set_setting (fixture, "backup.folder", error);
}

static gboolean
do_restore_backup (AccessFixture *fixture, guint subject, GError **error)
{
  return set_setting (fixture, "format", error);
}

/* Whether the recovery key of the backups is told; there is none, which is no error. */
static gboolean
do_get_backup_key (AccessFixture *fixture, guint subject, GError **error)
{
  GError *local = NULL;

  g_free (shequ_store_get_setting (fixture->base.store, SHEQU_SETTING_BACKUP_KEY, &local));
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
do_get_backup_key_inside (AccessFixture *fixture, guint subject, GError **error)
{
  GError *local = NULL;
  g_autoptr (ShequTransaction) transaction = begin (fixture);

  g_free (shequ_transaction_get_setting (transaction, SHEQU_SETTING_BACKUP_KEY, &local));
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
do_check (AccessFixture *fixture, guint subject, GError **error)
{
  g_autoptr (GPtrArray) problems = shequ_store_check (fixture->base.store, NULL, error);

  return problems != NULL;
}

static gboolean
do_anchor_check (AccessFixture *fixture, guint subject, GError **error)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);

  return shequ_anchor_check (fixture->base.store, "/nowhere", problems, NULL, error);
}

static gboolean
do_write_backup (AccessFixture *fixture, guint subject, GError **error)
{
  g_autoptr (ShequSecret) key = shequ_secret_new_random (32);
  g_autofree char *path = g_build_filename (fixture->base.folder, "stolen.backup", NULL);

  return shequ_backup_write (fixture->base.store, path, key, "x", actor.moment, NULL, NULL, NULL, error);
}

static gboolean
do_move (AccessFixture *fixture, guint subject, GError **error)
{
  g_autofree char *path = g_build_filename (fixture->base.folder, "stolen.db", NULL);
  g_autoptr (ShequMoveResult) result = shequ_store_move (fixture->base.store, path, NULL, NULL, NULL, error);

  return result != NULL;
}

static gboolean
do_protect (AccessFixture *fixture, guint subject, GError **error)
{
  g_autoptr (ShequSecret) key = shequ_secret_new_random (32);

  return shequ_store_protect (fixture->base.store, &actor, key, NULL, error);
}

static gboolean
do_rotate (AccessFixture *fixture, guint subject, GError **error)
{
  return shequ_store_rotate_keys (fixture->base.store, &actor, NULL, error);
}

static gboolean
do_set_password (AccessFixture *fixture, guint subject, GError **error)
{
  g_autoptr (ShequTransaction) transaction = begin (fixture);
  g_autoptr (ShequRow) row =
    access_fixture_new_row (fixture, fixture->regs[SHEQU_REGISTER_ACCOUNTS], HERE, "x");

  return shequ_transaction_set_password (transaction, row, "Xy-12345678", TRUE, error);
}

static gboolean
do_server_protect (AccessFixture *fixture, guint subject, GError **error)
{
  return shequ_server_protect (fixture->base.store, error);
}

static gboolean
do_server_grant (AccessFixture *fixture, guint subject, GError **error)
{
  return shequ_server_grant (fixture->base.store, "thief", fixture->street, error);
}

static gboolean
do_server_revoke (AccessFixture *fixture, guint subject, GError **error)
{
  return shequ_server_revoke (fixture->base.store, "thief", fixture->street, error);
}

static gboolean
do_server_list (AccessFixture *fixture, guint subject, GError **error)
{
  g_autoptr (GPtrArray) grants = shequ_server_list (fixture->base.store, NULL, error);

  return grants != NULL;
}

/* A finder that was made for somebody else. */
static ShequFinder *
new_finder_of_another (AccessFixture *fixture)
{
  g_autoptr (ShequAccess) access = shequ_store_ref_access (fixture->base.store);
  g_autoptr (ShequQuery) query = shequ_query_new (fixture->regs[SHEQU_REGISTER_PEOPLE], "2026-11-22");
  ShequFinder *finder;

  shequ_store_set_access (fixture->base.store, NULL);
  finder = shequ_finder_new (fixture->base.store, query, NULL, 0, NULL, NULL, NULL);
  shequ_store_set_access (fixture->base.store, access);
  g_assert_nonnull (finder);
  return finder;
}

static gboolean
do_finder_search (AccessFixture *fixture, guint subject, GError **error)
{
  g_autoptr (ShequFinder) finder = new_finder_of_another (fixture);
  gboolean complete;
  g_autoptr (GArray) keys = shequ_finder_search (finder, "赵", 10, &complete, NULL, error);

  return keys != NULL;
}

static gboolean
do_finder_search_best (AccessFixture *fixture, guint subject, GError **error)
{
  g_autoptr (ShequFinder) finder = new_finder_of_another (fixture);
  g_autoptr (GArray) keys = shequ_finder_search_best (finder, "赵", 10, NULL, error);

  return keys != NULL;
}

#define DEED(name, right, deed)                                                                              \
  {                                                                                                          \
#name, SHEQU_RIGHT_##right, deed                                                                         \
  }

const AccessDeed access_deeds[] = {
  DEED (shequ_store_get, VIEW, do_get),
  DEED (shequ_store_fetch, VIEW, do_fetch),
  DEED (shequ_store_fetch_of, VIEW, do_fetch_of),
  DEED (shequ_store_list_keys, VIEW, do_list),
  DEED (shequ_store_count, VIEW, do_count),
  DEED (shequ_store_find_key, VIEW, do_find_key),
  DEED (shequ_store_list_versions, VIEW, do_list_versions),
  DEED (shequ_store_search, VIEW, do_search),
  DEED (shequ_store_summarise, VIEW, do_summarise),
  DEED (shequ_store_read_values, VIEW, do_read_values),
  DEED (shequ_store_read_log, VIEW, do_read_log_of_record),
  DEED (shequ_store_search_log, VIEW, do_search_log_of_record),
  DEED (shequ_finder_new, VIEW, do_finder),
  DEED (shequ_transaction_get, VIEW, do_transaction_get),
  DEED (shequ_transaction_find_key, VIEW, do_transaction_find_key),
  DEED (shequ_transaction_list_keys, VIEW, do_transaction_list),
  DEED (shequ_transaction_fetch, VIEW, do_transaction_fetch),
  DEED (shequ_transaction_insert, CREATE, do_insert),
  DEED (shequ_transaction_update, CHANGE, do_update),
  DEED (shequ_transaction_delete, DELETE, do_delete),
  DEED (shequ_transaction_delete_from, DELETE, do_delete_from),
  DEED (shequ_transaction_destroy, DELETE, do_destroy),
  DEED (shequ_store_list_deleted, VIEW, do_list_deleted),
  DEED (shequ_transaction_restore, RESTORE, do_restore),
  DEED (shequ_transaction_begin_import, IMPORT, do_import),
  DEED (shequ_transaction_set_orders_aside, IMPORT, do_set_orders_aside),
  DEED (shequ_transaction_log, EXPORT, do_export),
  DEED (shequ_transaction_log, PRINT, do_print),
  DEED (shequ_transaction_log, ISSUE, do_issue),
  DEED (shequ_transaction_unmask, UNMASK, do_unmask),
  DEED (shequ_store_allows, APPROVE, do_approve),
  DEED (shequ_store_read_log, READ_LOG, do_read_log),
  DEED (shequ_transaction_set_setting, MANAGE_ACCOUNTS, do_accounts),
  DEED (shequ_transaction_set_setting, SETTINGS, do_settings),
  DEED (shequ_transaction_set_setting, BACKUP, do_backup),
  DEED (shequ_transaction_set_setting, RESTORE_BACKUP, do_restore_backup),
  DEED (shequ_store_get_setting, BACKUP, do_get_backup_key),
  DEED (shequ_transaction_get_setting, BACKUP, do_get_backup_key_inside),
};
const guint n_access_deeds = G_N_ELEMENTS (access_deeds);

const AccessDeed office_deeds[] = {
  DEED (shequ_store_check, READ_LOG, do_check),
  DEED (shequ_anchor_check, READ_LOG, do_anchor_check),
  DEED (shequ_backup_write, BACKUP, do_write_backup),
  DEED (shequ_store_move, BACKUP, do_move),
  DEED (shequ_store_protect, SETTINGS, do_protect),
  DEED (shequ_store_rotate_keys, SETTINGS, do_rotate),
  DEED (shequ_transaction_set_password, MANAGE_ACCOUNTS, do_set_password),
  DEED (shequ_server_protect, MANAGE_ACCOUNTS, do_server_protect),
  DEED (shequ_server_grant, MANAGE_ACCOUNTS, do_server_grant),
  DEED (shequ_server_revoke, MANAGE_ACCOUNTS, do_server_revoke),
  DEED (shequ_server_list, MANAGE_ACCOUNTS, do_server_list),
  DEED (shequ_finder_search, VIEW, do_finder_search),
  DEED (shequ_finder_search_best, VIEW, do_finder_search_best),
};
const guint n_office_deeds = G_N_ELEMENTS (office_deeds);

#define OPENS "opens or names a database; nothing of its records is handed out"
#define SIGNS "asks for a password itself, before anybody has signed in"
#define FILES "works on a backup file under its own key, with no store open"
#define MEMORY "hands out or lets go what is in memory already, of no record"
#define STATE "tells how the connection fares, of no record"

const FreeFunction free_functions[] = {
  { "shequ_store_open", OPENS },
  { "shequ_store_open_with_progress", OPENS },
  { "shequ_store_open_damaged", OPENS },
  { "shequ_store_probe", OPENS },
  { "shequ_store_salvage", "reads a file that no store has open any more; sealed values stay sealed" },
  { "shequ_store_has_accounts", SIGNS },
  { "shequ_store_sign_in", SIGNS },
  { "shequ_store_check_password", SIGNS },
  { "shequ_store_wipe", "writes the file anew; no record is looked at or changed" },
  { "shequ_backup_log_restore", "only writes the log entry of a restore, before anybody can sign in" },
  { "shequ_store_log_sign_out", "only writes the log entry of who leaves" },
  { "shequ_backup_log_restore", "only writes the log entry of a restore that was permitted" },
  { "shequ_store_change_password", SIGNS },
  { "shequ_store_recover_account", SIGNS },
  { "shequ_store_unlock", "opens with a key that its caller must have" },
  { "shequ_store_unlock_with_recovery_key", "opens with a key that its caller must have" },
  { "shequ_store_set_keyring", "opens with keys that its caller must have" },
  { "shequ_store_get_keyring", "keys of this process, for drafts; records are asked for all the same" },
  { "shequ_store_lock", "takes away, gives nothing" },
  { "shequ_store_is_protected", STATE },
  { "shequ_store_is_locked", STATE },
  { "shequ_store_is_damaged", STATE },
  { "shequ_store_examine", STATE },
  { "shequ_store_get_salvage", "numbers of records that were read, no record" },
  { "shequ_store_ref", MEMORY },
  { "shequ_store_unref", MEMORY },
  { "shequ_store_get_catalogue", MEMORY },
  { "shequ_store_get_shipped_catalogue", MEMORY },
  { "shequ_store_get_problems", MEMORY },
  { "shequ_store_get_uri", MEMORY },
  { "shequ_store_new_tokens", MEMORY },
  { "shequ_store_get_pinyin", MEMORY },
  { "shequ_store_set_random_seed", MEMORY },
  { "shequ_store_set_access", "says who works; whoever holds the store in this process is the program" },
  { "shequ_store_ref_access", MEMORY },
  { "shequ_store_list_last_changes", "moments only, and leaves out registers that may not be looked at" },
  { "shequ_store_seed", "rows that come with the program, none of them anybody's" },
  { "shequ_store_list_settings", "as shequ_store_get_setting(), which asks; others are wrapped or sealed" },
  { "shequ_store_get_setting_as_program", "for the daily backup, whoever works when it is due" },
  { "shequ_store_begin", "does nothing yet: what is done in it asks" },
  { "shequ_transaction_expect_many", "only how rows are sent: each insertion asks" },
  { "shequ_store_restore_orders", "the indexes of the descriptions, which tell nothing" },
  { "shequ_transaction_get_last_entry", "the number of an entry, not the entry" },
  { "shequ_transaction_next_number", "a number of a series; the paper that bears it asks" },
  { "shequ_transaction_commit", "what it keeps was asked for when it was done" },
  { "shequ_transaction_free", MEMORY },
  { "shequ_store_find_operation", "finds what the caller did itself, by a key that only it has" },
  { "shequ_store_count_losses", STATE },
  { "shequ_store_reach", STATE },
  { "shequ_store_compare_clock", STATE },
  { "shequ_watch_new", "says that something changed, by number: what it was has to be asked for" },
  { "shequ_watch_free", MEMORY },
  { "shequ_anchor_get_path", OPENS },
  { "shequ_anchor_write", "writes the digest of the log, which tells nothing of it" },
  { "shequ_backup_key_id", FILES },
  { "shequ_backup_read_info", FILES },
  { "shequ_backup_verify", FILES },
  { "shequ_backup_compare", FILES },
  { "shequ_backup_restore", FILES },
  { "shequ_backup_info_free", MEMORY },
  { "shequ_finder_get_last_entry", "the number of an entry, not the entry" },
  { "shequ_finder_ref", MEMORY },
  { "shequ_finder_unref", MEMORY },
  { "shequ_finder_get_keys", "keys that shequ_finder_new() was allowed to read" },
  { "shequ_finder_get_sets", "bits of keys, which a finder alone can read" },
  { "shequ_finder_count_read", MEMORY },
  { "shequ_finder_warm", "reads into memory, hands out nothing" },
  { "shequ_finder_follow", "gives nothing where another one works than the list was made for" },
  { "shequ_term_sets_ref", MEMORY },
  { "shequ_term_sets_unref", MEMORY },
  { "shequ_server_get_gap", STATE },
  { "shequ_server_grant_free", MEMORY },
};
const guint n_free_functions = G_N_ELEMENTS (free_functions);
