#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-cli-commands.h"
#include "shequ-cli-json.h"
#include "shequ-cli-log.h"
#include "shequ-cli-table.h"
#include "shequ-error.h"
#include "shequ-restricted.h"
#include "shequ-unmask.h"

#define MOST_REFERRERS 20

/* Records of one field that lead to the shown record. */
typedef struct
{
  const ShequField *field;
  gint64 count;
  GPtrArray *rows; /* of ShequRow: the first of them */
  gint64 hidden;   /* restricted ones, of which no more is said */
} Referrers;

static void
referrers_free (gpointer data)
{
  Referrers *referrers = data;

  g_clear_pointer (&referrers->rows, g_ptr_array_unref);
  g_free (referrers);
}

static Referrers *
load_referrers (ShequCli *cli, const ShequField *field, gint64 key, const char *as_of, GError **error)
{
  ShequStore *store = shequ_office_get_store (cli->office);
  g_autofree char *today = shequ_office_get_today (cli->office);
  g_autoptr (ShequQuery) query = shequ_query_new (field->owner, today);
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, key);
  Referrers *referrers = g_new0 (Referrers, 1);

  referrers->field = field;
  shequ_query_set_as_of (query, as_of);
  shequ_query_take_where (query, shequ_condition_new_compare (SHEQU_CONDITION_EQUAL, field->name, text));
  referrers->count = shequ_store_count (store, query, cli->cancellable, error);
  query->limit = MOST_REFERRERS;
  if (referrers->count > 0)
    referrers->rows = shequ_office_get_rows (cli->office, query, cli->cancellable, error);
  if (referrers->count < 0 || (referrers->count > 0 && referrers->rows == NULL))
    g_clear_pointer (&referrers, referrers_free);
  else if (referrers->rows == NULL)
    referrers->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) shequ_row_free);
  return referrers;
}

/* Restricted records of today are counted; for a purpose they are shown, which is logged. */
static gboolean
add_restricted (ShequCli *cli, Referrers *referrers, gint64 key, GError **error)
{
  const char *purpose = shequ_cli_get_option (cli, "purpose");
  g_autoptr (GPtrArray) rows = NULL;

  if (referrers->field->owner->restricted_when == NULL)
    return TRUE;
  if (purpose == NULL)
    {
      referrers->hidden =
        shequ_restricted_count (cli->office, referrers->field, key, cli->cancellable, error);
      return referrers->hidden >= 0;
    }
  rows = shequ_restricted_view (cli->office, referrers->field, key, purpose, cli->cancellable, error);
  if (rows == NULL)
    return FALSE;
  referrers->count += rows->len;
  g_ptr_array_extend_and_steal (referrers->rows, g_steal_pointer (&rows));
  return TRUE;
}

static GPtrArray *
load_all_referrers (ShequCli *cli, const ShequRow *row, const char *as_of, GError **error)
{
  g_autoptr (GPtrArray) fields = shequ_register_get_referrers (cli->catalogue, row->reg);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (referrers_free);

  for (guint i = 0; i < fields->len; i++)
    {
      const ShequField *field = fields->pdata[i];
      Referrers *referrers;

      if (!shequ_field_is_stored (field))
        continue;
      referrers = load_referrers (cli, field, row->key, as_of, error);
      if (referrers == NULL)
        return NULL;
      if (as_of == NULL && !add_restricted (cli, referrers, row->key, error))
        {
          referrers_free (referrers);
          return NULL;
        }
      if (referrers->count > 0 || referrers->hidden > 0)
        g_ptr_array_add (all, referrers);
      else
        referrers_free (referrers);
    }
  return g_steal_pointer (&all);
}

/* What was asked for is logged before anything is printed. */
static ShequFormatFlags
get_flags (ShequCli *cli)
{
  return shequ_cli_has_option (cli, "unmask") ? SHEQU_FORMAT_PLAIN : SHEQU_FORMAT_MASKED;
}

static void
add_fields (ShequCli *cli, JsonBuilder *builder, const ShequRow *row)
{
  json_builder_set_member_name (builder, "fields");
  json_builder_begin_object (builder);
  for (guint i = 0; i < row->reg->fields->len; i++)
    shequ_cli_json_add_value (builder, row, row->reg->fields->pdata[i], get_flags (cli));
  json_builder_end_object (builder);
}

static void
add_links (JsonBuilder *builder, const ShequRow *row)
{
  json_builder_set_member_name (builder, "links");
  json_builder_begin_array (builder);
  for (guint i = 0; i < row->reg->fields->len; i++)
    {
      const ShequField *field = row->reg->fields->pdata[i];
      const ShequValue *value = shequ_row_get (row, field);

      if (field->kind != SHEQU_FIELD_LINK || value->type == SHEQU_VALUE_NULL)
        continue;
      json_builder_begin_object (builder);
      shequ_cli_json_add_text (builder, "field", field->name);
      shequ_cli_json_add_text (builder, "register", field->target->name);
      shequ_cli_json_add_integer (builder, "key", value->integer);
      shequ_cli_json_add_text (builder, "title", row->link_titles != NULL ? row->link_titles[i] : NULL);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_referrers (JsonBuilder *builder, const GPtrArray *all)
{
  json_builder_set_member_name (builder, "linked_from");
  json_builder_begin_array (builder);
  for (guint i = 0; i < all->len; i++)
    {
      const Referrers *referrers = all->pdata[i];

      json_builder_begin_object (builder);
      shequ_cli_json_add_text (builder, "register", referrers->field->owner->name);
      shequ_cli_json_add_text (builder, "field", referrers->field->name);
      shequ_cli_json_add_integer (builder, "count", referrers->count);
      if (referrers->field->owner->restricted_when != NULL)
        shequ_cli_json_add_integer (builder, "restricted", referrers->hidden);
      json_builder_set_member_name (builder, "records");
      json_builder_begin_array (builder);
      for (guint j = 0; j < referrers->rows->len; j++)
        {
          const ShequRow *row = referrers->rows->pdata[j];
          g_autofree char *title = shequ_row_get_title (row);

          json_builder_begin_object (builder);
          shequ_cli_json_add_integer (builder, "key", row->key);
          shequ_cli_json_add_text (builder, "title", title);
          json_builder_end_object (builder);
        }
      json_builder_end_array (builder);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
print_json (ShequCli *cli, const ShequRow *row, const GPtrArray *referrers, const GPtrArray *log)
{
  JsonBuilder *builder = shequ_cli_json_begin ();
  g_autofree char *title = shequ_row_get_title (row);
  g_autofree char *detail = shequ_row_get_detail (row);

  shequ_cli_json_add_text (builder, "register", row->reg->name);
  shequ_cli_json_add_integer (builder, "key", row->key);
  shequ_cli_json_add_text (builder, "title", title);
  shequ_cli_json_add_text (builder, "detail", detail);
  shequ_cli_json_add_integer (builder, "version", row->version);
  add_fields (cli, builder, row);
  add_links (builder, row);
  add_referrers (builder, referrers);
  json_builder_set_member_name (builder, "log");
  json_builder_begin_array (builder);
  for (guint i = 0; i < log->len; i++)
    {
      json_builder_begin_object (builder);
      shequ_cli_log_add (builder, cli->catalogue, log->pdata[i]);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  shequ_cli_json_end (builder);
}

static void
print_fields (ShequCli *cli, const ShequRow *row)
{
  g_autoptr (ShequCliTable) table = shequ_cli_table_new (2);

  for (guint i = 0; i < row->reg->fields->len; i++)
    {
      const ShequField *field = row->reg->fields->pdata[i];
      g_autofree char *text = shequ_row_format (row, field, get_flags (cli));

      if (*text != '\0' && !field->hidden)
        shequ_cli_table_add (table, field->label, text, NULL);
    }
  shequ_cli_table_print (table, 2);
}

static void
print_referrers (const GPtrArray *all)
{
  for (guint i = 0; i < all->len; i++)
    {
      const Referrers *referrers = all->pdata[i];
      g_autoptr (ShequCliTable) table = shequ_cli_table_new (2);

      shequ_cli_print ("\n%s · %s: %" G_GINT64_FORMAT, referrers->field->owner->label,
                       referrers->field->label, referrers->count);
      shequ_cli_table_align_right (table, 0);
      for (guint j = 0; j < referrers->rows->len; j++)
        {
          const ShequRow *row = referrers->rows->pdata[j];
          g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT, row->key);
          g_autofree char *title = shequ_row_get_title (row);

          shequ_cli_table_add (table, key, title, NULL);
        }
      if (referrers->count > referrers->rows->len)
        shequ_cli_table_add (table, "…", NULL);
      shequ_cli_table_print (table, 2);
      if (referrers->hidden > 0)
        shequ_cli_print (_ ("  Restricted: %d, not shown; --purpose=TEXT shows it and is logged"),
                         (int) referrers->hidden);
    }
}

static void
print_log (ShequCli *cli, const GPtrArray *log)
{
  g_autoptr (ShequCliTable) table = shequ_cli_table_new (4);

  shequ_cli_print ("\n%s", _ ("Change log"));
  for (guint i = 0; i < log->len; i++)
    {
      const ShequLogEntry *entry = log->pdata[i];
      g_autofree char *moment = shequ_cli_log_format_moment (entry);
      g_autofree char *changes = shequ_cli_log_describe (cli->catalogue, entry);

      shequ_cli_table_add (table, moment, entry->user, shequ_action_get_label (entry->action), changes, NULL);
    }
  shequ_cli_table_print (table, 2);
}

static void
print_text (ShequCli *cli, const ShequRow *row, const GPtrArray *referrers, const GPtrArray *log)
{
  g_autofree char *title = shequ_row_get_title (row);

  shequ_cli_print ("%s %" G_GINT64_FORMAT " · %s", row->reg->label, row->key, title);
  print_fields (cli, row);
  print_referrers (referrers);
  print_log (cli, log);
}

/* What is withheld from who is signed in is told with the rest then. */
static gboolean
unmask (ShequCli *cli, ShequRow **row, GError **error)
{
  g_autoptr (ShequRow) opened = NULL;

  if (!shequ_cli_has_option (cli, "unmask"))
    return TRUE;
  opened =
    shequ_unmask_row (cli->office, *row, shequ_cli_get_option (cli, "purpose"), cli->cancellable, error);
  if (opened == NULL)
    return FALSE;
  /* Of a past day it is what it was. */
  if ((*row)->withheld != NULL && (*row)->version == opened->version)
    {
      shequ_row_free (*row);
      *row = g_steal_pointer (&opened);
    }
  return TRUE;
}

/* One record, its links and its change log. */
gboolean
shequ_command_show (ShequCli *cli, GError **error)
{
  const ShequRegister *reg =
    shequ_office_require_register (cli->office, shequ_cli_get_argument (cli, 0), error);
  g_autoptr (GPtrArray) referrers = NULL;
  g_autoptr (GPtrArray) log = NULL;
  g_autoptr (ShequRow) row = NULL;
  g_autofree char *as_of = NULL;
  gint64 key;

  if (reg == NULL || !shequ_cli_parse_number (shequ_cli_get_argument (cli, 1), "KEY", 1, &key, error) ||
      !shequ_cli_get_past_day (cli, "as-of", &as_of, error))
    return FALSE;
  row = shequ_office_get_row_as_of (cli->office, reg, key, as_of, cli->cancellable, error);
  if (row == NULL || !unmask (cli, &row, error))
    return FALSE;
  referrers = load_all_referrers (cli, row, as_of, error);
  if (referrers == NULL)
    return FALSE;
  log =
    shequ_store_read_log (shequ_office_get_store (cli->office), reg, key, NULL, 0, cli->cancellable, error);
  if (log == NULL)
    return FALSE;
  if (shequ_cli_wants_json (cli))
    print_json (cli, row, referrers, log);
  else
    print_text (cli, row, referrers, log);
  return TRUE;
}
