#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "shequ-cli-commands.h"
#include "shequ-cli-duplicates.h"
#include "shequ-cli-json.h"
#include "shequ-cli-table.h"
#include "shequ-error.h"
#include "shequ-merge.h"

#define FEW_PAIRS 20

static const ShequRegister *
require_residents (ShequCli *cli, GError **error)
{
  return shequ_office_require_register (cli->office, "resident", error);
}

static ShequRow *
load_resident (ShequCli *cli, const char *text, GError **error)
{
  const ShequRegister *reg = require_residents (cli, error);
  gint64 key;

  if (reg == NULL || !shequ_cli_parse_number (text, _ ("The key"), 1, &key, error))
    return NULL;
  return shequ_office_get_row (cli->office, reg, key, cli->cancellable, error);
}

static void
add_names (JsonBuilder *builder, guint reasons)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < SHEQU_DUPLICATE_N_REASONS; i++)
    if ((reasons & 1u << i) != 0)
      g_ptr_array_add (names, (gpointer) shequ_duplicate_reason_get_name (i));
  g_ptr_array_add (names, NULL);
  shequ_cli_json_add_strv (builder, "reasons", (char *const *) names->pdata);
}

static void
print_pair (ShequCli *cli, ShequCliTable *table, const ShequDuplicatePair *pair, GPtrArray *rows)
{
  g_autofree char *one = shequ_row_get_title (rows->pdata[0]);
  g_autofree char *other = shequ_row_get_title (rows->pdata[1]);
  g_autofree char *score = g_strdup_printf ("%d", pair->score);
  g_autofree char *one_key = g_strdup_printf ("%" PRId64, pair->one);
  g_autofree char *other_key = g_strdup_printf ("%" PRId64, pair->other);
  g_autofree char *reasons = shequ_duplicate_describe (pair->reasons);
  JsonBuilder *builder;

  if (!shequ_cli_wants_json (cli))
    {
      shequ_cli_table_add (table, score, one_key, one, other_key, other, reasons, NULL);
      return;
    }
  builder = shequ_cli_json_begin ();
  shequ_cli_json_add_integer (builder, "score", pair->score);
  shequ_cli_json_add_integer (builder, "one", pair->one);
  shequ_cli_json_add_text (builder, "one_title", one);
  shequ_cli_json_add_integer (builder, "other", pair->other);
  shequ_cli_json_add_text (builder, "other_title", other);
  add_names (builder, pair->reasons);
  shequ_cli_json_end (builder);
}

static gboolean
print_pairs (ShequCli *cli, const GArray *pairs, guint limit, GError **error)
{
  g_autoptr (ShequCliTable) table = shequ_cli_table_new (6);
  const ShequRegister *reg = require_residents (cli, error);

  if (reg == NULL)
    return FALSE;
  shequ_cli_table_align_right (table, 0);
  shequ_cli_table_align_right (table, 1);
  shequ_cli_table_align_right (table, 3);
  for (guint i = 0; i < pairs->len && (limit == 0 || i < limit); i++)
    {
      const ShequDuplicatePair *pair = &g_array_index (pairs, ShequDuplicatePair, i);
      const gint64 keys[] = { pair->one, pair->other };
      g_autoptr (GPtrArray) rows = shequ_store_fetch (shequ_office_get_store (cli->office), reg, keys, 2,
                                                      SHEQU_FETCH_PLAIN, NULL, cli->cancellable, error);

      if (rows == NULL)
        return FALSE;
      if (rows->len == 2)
        print_pair (cli, table, pair, rows);
    }
  shequ_cli_table_print (table, 0);
  return TRUE;
}

static gboolean
list_pairs (ShequCli *cli, GError **error)
{
  g_autoptr (GArray) pairs = NULL;
  gint64 limit;

  if (!shequ_cli_get_number (cli, "limit", FEW_PAIRS, &limit, error))
    return FALSE;
  pairs = shequ_duplicates_find (cli->office, 0, 0, cli->cancellable, error);
  if (pairs == NULL || !print_pairs (cli, pairs, (guint) MIN (limit, G_MAXINT), error))
    return FALSE;
  if (pairs->len == 0)
    shequ_cli_tell (cli, _ ("Nobody seems to be registered twice."));
  else if (limit > 0 && pairs->len > limit)
    shequ_cli_tell (cli, _ ("%u pairs in all; --limit=0 shows them."), pairs->len);
  return TRUE;
}

/* `--take=FIELD`: of these fields the value of the record that goes is taken. */
static gboolean
take_values (ShequCli *cli, ShequRow *kept, const ShequRow *lost, GError **error)
{
  const GPtrArray *names = shequ_cli_get_options (cli, "take");

  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      const ShequField *field = shequ_register_require (kept->reg, names->pdata[i], error);

      if (field == NULL)
        return FALSE;
      shequ_value_copy (&lost->values[field->index], &kept->values[field->index]);
    }
  return TRUE;
}

static gboolean
merge_two (ShequCli *cli, GError **error)
{
  g_autoptr (ShequRow) one = load_resident (cli, shequ_cli_get_argument (cli, 1), error);
  g_autoptr (ShequRow) lost =
    one != NULL ? load_resident (cli, shequ_cli_get_argument (cli, 2), error) : NULL;
  g_autoptr (ShequRow) kept = lost != NULL ? shequ_merge_propose (one, lost) : NULL;
  guint n_links = 0;
  gint64 key;

  if (kept == NULL || !take_values (cli, kept, lost, error))
    return FALSE;
  if (kept->key == lost->key)
    {
      g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
                           _ ("A record is not merged with itself. Name two records."));
      return FALSE;
    }
  key = shequ_merge_run (cli->office, kept, lost, shequ_cli_get_option (cli, "reason"), &n_links,
                         cli->cancellable, error);
  if (key < 0)
    return FALSE;
  if (shequ_cli_wants_json (cli))
    {
      JsonBuilder *builder = shequ_cli_json_begin ();

      shequ_cli_json_add_integer (builder, "merge", key);
      shequ_cli_json_add_integer (builder, "links", n_links);
      shequ_cli_json_end (builder);
    }
  else
    shequ_cli_print (_ ("Merged; %u links were moved. `duplicates undo %" PRId64 "` takes it back.\n"),
                     n_links, key);
  return TRUE;
}

static gboolean
undo_merge (ShequCli *cli, GError **error)
{
  guint n_left = 0;
  gint64 key;

  if (!shequ_cli_parse_number (shequ_cli_get_argument (cli, 1), _ ("The key"), 1, &key, error) ||
      !shequ_merge_undo (cli->office, key, &n_left, cli->cancellable, error))
    return FALSE;
  if (n_left > 0)
    shequ_cli_tell (cli, _ ("%u links or values were changed since the merge, and stay as they are."),
                    n_left);
  return TRUE;
}

static gboolean
keep_apart (ShequCli *cli, GError **error)
{
  g_autoptr (ShequRow) one = load_resident (cli, shequ_cli_get_argument (cli, 1), error);
  g_autoptr (ShequRow) other =
    one != NULL ? load_resident (cli, shequ_cli_get_argument (cli, 2), error) : NULL;

  return other != NULL &&
         shequ_duplicates_dismiss (cli->office, one->key, other->key, shequ_cli_get_option (cli, "reason"),
                                   cli->cancellable, error) > 0;
}

/* Residents who may stand in the register twice: finds them, makes them one, or remembers that they are two.
 */
gboolean
shequ_command_duplicates (ShequCli *cli, GError **error)
{
  static const struct
  {
    const char *verb;
    guint n_arguments;
    gboolean (*run) (ShequCli *cli, GError **error);
  } verbs[] = { { "merge", 3, merge_two }, { "undo", 2, undo_merge }, { "apart", 3, keep_apart } };

  if (cli->arguments->len == 0)
    return list_pairs (cli, error);
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (g_str_equal (verbs[i].verb, shequ_cli_get_argument (cli, 0)) &&
        cli->arguments->len == verbs[i].n_arguments)
      return verbs[i].run (cli, error);
  g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
                       _ ("It is written duplicates, duplicates merge KEPT LOST, duplicates undo MERGE or "
                          "duplicates apart KEY KEY."));
  return FALSE;
}

/* Says whom an import may have added a second time; nobody is merged without being looked at. */
gboolean
shequ_cli_tell_duplicates (ShequCli *cli, gint64 after, GError **error)
{
  g_autoptr (GArray) pairs = shequ_duplicates_find (cli->office, after, 0, cli->cancellable, error);

  if (pairs == NULL)
    return FALSE;
  if (pairs->len > 0)
    shequ_cli_tell (cli,
                    _ ("%u of those who were added may be registered twice; `shequ-cli duplicates` lists the "
                       "pairs. Nobody was merged."),
                    pairs->len);
  return TRUE;
}
