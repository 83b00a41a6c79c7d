/* Records whose time is up: on a list, approved by a second person, destroyed, and out of the file. */
#include "shequ-retention.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "shequ-error.h"
#include "shequ-office-private.h"
#include "shequ-rule-file.h"
#include "shequ-time.h"

#define RULES "rules/retention.ini"
#define HEAD "Retention"

/* More go on the next list. */
#define MOST_ON_A_LIST 5000

#define SECONDS_A_DAY (24 * 60 * 60)

static void
rule_free (gpointer data)
{
  ShequRetentionRule *rule = data;

  g_free (rule->name);
  g_free (rule->title);
  g_free (rule->basis);
  g_free (rule->where);
  g_free (rule);
}

static ShequRetentionRule *
read_rule (ShequOffice *office, ShequRuleFile *file, const char *group)
{
  ShequRetentionRule *rule = g_new0 (ShequRetentionRule, 1);
  g_autofree char *reg = shequ_rule_file_need_text (file, group, "Register");

  shequ_rule_file_check_keys (file, group, "Title Basis Register Where DeletedDays");
  rule->name = g_strdup (group);
  rule->title = shequ_rule_file_need_text (file, group, "Title");
  rule->basis = shequ_rule_file_need_text (file, group, "Basis");
  if (shequ_rule_file_has (file, group, "Where"))
    rule->where = shequ_rule_file_get_text (file, group, "Where");
  rule->deleted_days = (guint) shequ_rule_file_get_integer (file, group, "DeletedDays", 1, 36500, 0);
  rule->reg = reg != NULL ? shequ_office_get_register (office, reg) : NULL;
  if (rule->reg == NULL)
    shequ_rule_file_fail (file, group, "Register", _ ("there is no register “%s”"), reg != NULL ? reg : "");
  else if ((rule->where != NULL) == (rule->deleted_days != 0))
    shequ_rule_file_fail (file, group, NULL, _ ("it needs either Where or DeletedDays"));
  return rule;
}

/**
 * shequ_retention_load_rules:
 * @office: an office
 * @error: return location
 *
 * Returns: (transfer full) (element-type ShequRetentionRule): the rules, in the order of the file
 */
GPtrArray *
shequ_retention_load_rules (ShequOffice *office, GError **error)
{
  g_autoptr (ShequRuleFile) file = shequ_rule_file_load (RULES, error);
  g_autoptr (GPtrArray) rules = g_ptr_array_new_with_free_func (rule_free);
  const char *const *groups;

  if (file == NULL)
    return NULL;
  groups = shequ_rule_file_get_groups (file);
  for (guint i = 0; groups[i] != NULL; i++)
    if (!g_str_equal (groups[i], HEAD))
      g_ptr_array_add (rules, read_rule (office, file, groups[i]));
  return shequ_rule_file_finish (file, error) ? g_steal_pointer (&rules) : NULL;
}

/**
 * shequ_retention_find:
 * @office: an office
 * @rule: a rule
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Returns: (transfer full) (element-type gint64): the records whose time is up today. Blocks.
 */
GArray *
shequ_retention_find (ShequOffice *office,
                      const ShequRetentionRule *rule,
                      GCancellable *cancellable,
                      GError **error)
{
  ShequStore *store = shequ_office_get_store (office);
  g_autoptr (ShequQuery) query = NULL;
  char before[SHEQU_MOMENT_TEXT_SIZE];

  if (rule->deleted_days > 0)
    {
      shequ_moment_to_utc (shequ_office_get_seconds (office) - (gint64) rule->deleted_days * SECONDS_A_DAY,
                           before);
      return shequ_store_list_deleted (store, rule->reg, before, cancellable, error);
    }
  query = shequ_office_new_query (office, rule->reg);
  query->with_restricted = TRUE;
  if (!shequ_query_add_where (query, rule->where, error))
    return NULL;
  return shequ_store_list_keys (store, query, cancellable, error);
}

static char *
write_numbers (const GArray *keys, guint n_keys)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n_keys; i++)
    g_string_append_printf (text, "%s%" PRId64, i > 0 ? " " : "", g_array_index (keys, gint64, i));
  return g_string_free (text, FALSE);
}

/**
 * shequ_retention_draw:
 * @office: an office
 * @rule: a rule
 * @cancellable: (nullable): to stop
 * @error: %SHEQU_ERROR_NOT_FOUND when nothing is due
 *
 * Puts the records whose time is up on a list. Blocks.
 *
 * Returns: the list, or 0
 */
gint64
shequ_retention_draw (ShequOffice *office,
                      const ShequRetentionRule *rule,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (GArray) keys = shequ_retention_find (office, rule, cancellable, error);
  const ShequRegister *reg = shequ_office_require_register (office, SHEQU_DESTRUCTION_LIST, error);
  g_autoptr (ShequRow) row = NULL;
  g_autofree char *numbers = NULL;
  g_autofree char *today = shequ_office_get_today (office);
  guint n_keys;

  if (keys == NULL || reg == NULL)
    return 0;
  if (keys->len == 0)
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND, _ ("Nothing is due by “%s”"), rule->title);
      return 0;
    }
  n_keys = MIN (keys->len, MOST_ON_A_LIST);
  numbers = write_numbers (keys, n_keys);
  row = shequ_office_new_row (office, reg);
  shequ_row_set_text (row, "title", rule->title);
  shequ_row_set_text (row, "rule", rule->name);
  shequ_row_set_text (row, "basis", rule->basis);
  shequ_row_set_text (row, "of_register", rule->reg->name);
  shequ_row_set_integer (row, "count", n_keys);
  shequ_row_set_text (row, "record_numbers", numbers);
  shequ_row_set_text (row, "drawn_on", today);
  shequ_row_set_text (row, "drawn_by", shequ_office_get_user (office));
  return shequ_office_save (office, row, NULL, cancellable, error) ? row->key : 0;
}

static gboolean
require_state (const ShequRow *row, const char *state, GError **error)
{
  if (g_strcmp0 (shequ_row_get_text (row, "state"), state) == 0)
    return TRUE;
  g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_CONFLICT,
                       _ ("A list is drawn up, then approved, then carried out. Nothing was changed."));
  return FALSE;
}

/**
 * shequ_retention_approve:
 * @office: an office
 * @list: a list that somebody else drew up
 * @cancellable: (nullable): to stop
 * @error: %SHEQU_ERROR_PERMISSION for who drew it up
 *
 * Returns: whether the list is approved. Blocks.
 */
gboolean
shequ_retention_approve (ShequOffice *office, gint64 list, GCancellable *cancellable, GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (office, SHEQU_DESTRUCTION_LIST, error);
  g_autoptr (ShequRow) row =
    reg != NULL ? shequ_office_get_row (office, reg, list, cancellable, error) : NULL;
  const ShequRegister *of =
    row != NULL ? shequ_office_require_register (office, shequ_row_get_text (row, "of_register"), error)
                : NULL;
  g_autofree char *today = shequ_office_get_today (office);

  if (of == NULL || !require_state (row, "drawn", error) ||
      !shequ_store_allows (shequ_office_get_store (office), SHEQU_RIGHT_APPROVE, of, error))
    return FALSE;
  if (g_strcmp0 (shequ_row_get_text (row, "drawn_by"), shequ_office_get_user (office)) == 0)
    {
      g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_PERMISSION,
                           _ ("Who drew up a list does not approve it. Nothing was changed."));
      return FALSE;
    }
  shequ_row_set_text (row, "state", "approved");
  shequ_row_set_text (row, "approved_by", shequ_office_get_user (office));
  shequ_row_set_text (row, "approved_on", today);
  return shequ_office_save (office, row, NULL, cancellable, error);
}

static const ShequRetentionRule *
find_rule (const GPtrArray *rules, const char *name, GError **error)
{
  for (guint i = 0; i < rules->len; i++)
    if (g_strcmp0 (((const ShequRetentionRule *) rules->pdata[i])->name, name) == 0)
      return rules->pdata[i];
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND, _ ("There is no rule “%s” any more"), name);
  return NULL;
}

static gboolean
holds (const GArray *keys, gint64 key)
{
  for (guint i = 0; i < keys->len; i++)
    if (g_array_index (keys, gint64, i) == key)
      return TRUE;
  return FALSE;
}

static gboolean
destroy_one (ShequTransaction *transaction, const ShequRetentionRule *rule, gint64 key, GError **error)
{
  g_autoptr (ShequRow) row = NULL;

  if (rule->deleted_days == 0)
    {
      row = shequ_transaction_get (transaction, rule->reg, key, error);
      if (row == NULL || !shequ_transaction_delete (transaction, rule->reg, key, row->version, error))
        return FALSE;
    }
  return shequ_transaction_destroy (transaction, rule->reg, key, error);
}

/* Those of the list whose time is still up: what came back into use since stays. */
static gint64
destroy_all (ShequTransaction *transaction,
             const ShequRetentionRule *rule,
             const GArray *due,
             const char *numbers,
             GError **error)
{
  g_auto (GStrv) keys = g_strsplit (numbers, " ", -1);
  gint64 n_destroyed = 0;

  for (guint i = 0; keys[i] != NULL; i++)
    {
      gint64 key = g_ascii_strtoll (keys[i], NULL, 10);

      if (!holds (due, key))
        continue;
      if (!destroy_one (transaction, rule, key, error))
        return -1;
      n_destroyed++;
    }
  return n_destroyed;
}

static gint64
carry_out (ShequOffice *office,
           ShequRow *row,
           const ShequRetentionRule *rule,
           GCancellable *cancellable,
           GError **error)
{
  g_autofree char *today = shequ_office_get_today (office);
  g_autoptr (GArray) due = shequ_retention_find (office, rule, cancellable, error);
  g_autoptr (ShequTransaction) transaction =
    due != NULL ? shequ_office_begin (office, rule->title, cancellable, error) : NULL;
  gint64 n_destroyed;

  if (transaction == NULL)
    return -1;
  n_destroyed = destroy_all (transaction, rule, due, shequ_row_get_text (row, "record_numbers"), error);
  if (n_destroyed < 0)
    return -1;
  shequ_row_set_text (row, "state", "destroyed");
  shequ_row_set_text (row, "destroyed_by", shequ_office_get_user (office));
  shequ_row_set_text (row, "destroyed_on", today);
  if (!shequ_office_save_in (office, transaction, row, NULL, error) ||
      !shequ_transaction_commit (transaction, error))
    return -1;
  return n_destroyed;
}

/**
 * shequ_retention_destroy:
 * @office: an office that nobody else works in
 * @list: a list that was approved
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Destroys what stands on the list and is still past its time, in one transaction, and writes the file anew,
 * so that nothing of it is left there. Backups keep it until they go by themselves. Blocks.
 *
 * Returns: how many records are gone, or -1
 */
gint64
shequ_retention_destroy (ShequOffice *office, gint64 list, GCancellable *cancellable, GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (office, SHEQU_DESTRUCTION_LIST, error);
  g_autoptr (ShequRow) row =
    reg != NULL ? shequ_office_get_row (office, reg, list, cancellable, error) : NULL;
  g_autoptr (GPtrArray) rules = row != NULL ? shequ_retention_load_rules (office, error) : NULL;
  const ShequRetentionRule *rule;
  gint64 n_destroyed;

  if (rules == NULL || !require_state (row, "approved", error))
    return -1;
  rule = find_rule (rules, shequ_row_get_text (row, "rule"), error);
  n_destroyed = rule != NULL ? carry_out (office, row, rule, cancellable, error) : -1;
  if (n_destroyed < 0)
    return -1;
  shequ_office_tell_changed (office, reg, list);
  shequ_office_tell_changed (office, rule->reg, 0);
  if (!shequ_store_wipe (shequ_office_get_store (office), cancellable, error))
    {
      g_prefix_error_literal (error,
                              _ ("The records are destroyed, but the file may still hold traces of them. "));
      return -1;
    }
  return n_destroyed;
}
