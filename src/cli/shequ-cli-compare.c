/* A second roster of the same people: `import --compare`. */
#include "shequ-cli-compare.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-cli-json.h"
#include "shequ-cli-table.h"
#include "shequ-error.h"

#define MOST_SHOWN 50

/* Who has died or moved away is not expected in a roster. */
static const char *
get_expected (const ShequRegister *reg)
{
  return g_str_equal (reg->name, "resident") ? "not residence_status=9,10" : NULL;
}

static void
print_json (const ShequDifference *difference, const ShequFieldDifference *field)
{
  JsonBuilder *builder = shequ_cli_json_begin ();

  shequ_cli_json_add_text (builder, "what", shequ_difference_kind_get_name (difference->kind));
  shequ_cli_json_add_integer (builder, "row", difference->row);
  shequ_cli_json_add_integer (builder, "key", difference->key);
  shequ_cli_json_add_text (builder, "title", difference->title);
  shequ_cli_json_add_text (builder, "field", field != NULL ? field->field->name : NULL);
  shequ_cli_json_add_text (builder, "before", field != NULL ? field->before : NULL);
  shequ_cli_json_add_text (builder, "after", field != NULL ? field->after : NULL);
  shequ_cli_json_add_text (builder, "remark", difference->detail);
  shequ_cli_json_end (builder);
}

static void
print_one (ShequCli *cli,
           ShequCliTable *table,
           const ShequDifference *difference,
           const ShequFieldDifference *field)
{
  g_autofree char *row = difference->row > 0 ? g_strdup_printf ("%u", difference->row) : g_strdup ("");
  g_autofree char *change = field != NULL ? g_strdup_printf ("%s → %s", field->before, field->after) : NULL;

  if (shequ_cli_wants_json (cli))
    print_json (difference, field);
  else
    shequ_cli_table_add (table, shequ_difference_kind_get_label (difference->kind), row, difference->title,
                         field != NULL ? field->field->label : "",
                         change != NULL               ? change
                         : difference->detail != NULL ? difference->detail
                                                      : "",
                         NULL);
}

static void
print_differences (ShequCli *cli, const ShequComparison *comparison)
{
  g_autoptr (ShequCliTable) table = shequ_cli_table_new (5);
  guint most = shequ_cli_wants_json (cli) ? G_MAXUINT : MOST_SHOWN;

  shequ_cli_table_align_right (table, 1);
  for (guint i = 0; i < comparison->differences->len && i < most; i++)
    {
      const ShequDifference *difference = comparison->differences->pdata[i];

      if (difference->fields == NULL)
        print_one (cli, table, difference, NULL);
      for (guint k = 0; difference->fields != NULL && k < difference->fields->len; k++)
        print_one (cli, table, difference, difference->fields->pdata[k]);
    }
  shequ_cli_table_print (table, 0);
  if (comparison->differences->len > most)
    shequ_cli_tell (cli, _ ("… and %u more; --differences=FILE.xlsx keeps all of them."),
                    comparison->differences->len - most);
  shequ_cli_tell (cli, _ ("New %u, different %u, missing %u, refused %u, the same %u."),
                  comparison->counts[SHEQU_DIFFERENCE_ADDED], comparison->counts[SHEQU_DIFFERENCE_CHANGED],
                  comparison->counts[SHEQU_DIFFERENCE_MISSING], comparison->counts[SHEQU_DIFFERENCE_REFUSED],
                  comparison->unchanged);
  if (comparison->counts[SHEQU_DIFFERENCE_MISSING] > 0)
    shequ_cli_tell (cli, _ ("Who is missing stays in the register: check whether they have left."));
}

static gboolean
write_differences (ShequCli *cli, const ShequComparison *comparison, GError **error)
{
  const char *path = shequ_cli_get_option (cli, "differences");
  ShequSheetFormat format =
    path != NULL && g_str_has_suffix (path, ".csv") ? SHEQU_SHEET_FORMAT_CSV : SHEQU_SHEET_FORMAT_XLSX;
  g_autoptr (ShequSheetWriter) writer = NULL;

  if (path == NULL)
    return TRUE;
  writer = shequ_sheet_writer_new_path (path, format, SHEQU_SHEET_WRITER_DEFAULT, error);
  return writer != NULL && shequ_compare_write (comparison, writer, error);
}

/* What is stored of it: `new`, `changed`, or the changes of single fields. */
static gboolean
choose (ShequCli *cli, ShequComparison *comparison, const ShequRegister *reg, gboolean *any, GError **error)
{
  const GPtrArray *words = shequ_cli_get_options (cli, "accept");
  g_autoptr (GHashTable) fields = g_hash_table_new (NULL, NULL);
  gboolean new = FALSE;
  gboolean changed = FALSE;

  *any = words != NULL && words->len > 0;
  for (guint i = 0; words != NULL && i < words->len; i++)
    {
      const char *word = words->pdata[i];
      const ShequField *field = NULL;

      if (g_str_equal (word, "new"))
        new = TRUE;
      else if (g_str_equal (word, "changed"))
        changed = TRUE;
      else if ((field = shequ_register_require (reg, word, error)) == NULL)
        return FALSE;
      else
        g_hash_table_add (fields, (gpointer) field);
    }
  for (guint i = 0; i < comparison->differences->len; i++)
    {
      ShequDifference *difference = comparison->differences->pdata[i];

      difference->accepted = new && difference->kind == SHEQU_DIFFERENCE_ADDED;
      for (guint k = 0; difference->fields != NULL && k < difference->fields->len; k++)
        {
          ShequFieldDifference *part = difference->fields->pdata[k];

          part->accepted = changed || g_hash_table_contains (fields, part->field);
        }
    }
  return TRUE;
}

/* Compares a file with the register; stores of it what `--accept` names. */
gboolean
shequ_cli_compare (ShequCli *cli, ShequImport *import, const ShequImportOptions *options, GError **error)
{
  const ShequRegister *reg = shequ_import_get_mapping (import)->reg;
  g_autoptr (ShequComparison) comparison =
    shequ_compare_run (import, options, get_expected (reg), NULL, NULL, cli->cancellable, error);
  g_auto (ShequImportResult) result = { 0 };
  gboolean any = FALSE;

  if (comparison == NULL || !choose (cli, comparison, reg, &any, error) ||
      !write_differences (cli, comparison, error))
    return FALSE;
  print_differences (cli, comparison);
  if (!any || options->dry_run)
    {
      shequ_cli_tell (
        cli, _ ("Nothing was stored; --accept=new, --accept=changed or --accept=FIELD stores that."));
      return TRUE;
    }
  if (!shequ_compare_apply (import, comparison, options, NULL, NULL, cli->cancellable, &result, error))
    return FALSE;
  shequ_cli_tell (cli, _ ("Stored: %u new, %u changed."), (guint) result.added, (guint) result.updated);
  cli->refused = result.rejected > 0;
  return TRUE;
}
