#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-cli-commands.h"
#include "shequ-cli-json.h"
#include "shequ-cli-table.h"
#include "shequ-error.h"

static void
print_register_json (const ShequRegister *reg)
{
  JsonBuilder *builder = shequ_cli_json_begin ();

  shequ_cli_json_add_text (builder, "register", reg->name);
  shequ_cli_json_add_text (builder, "label", reg->label);
  shequ_cli_json_add_integer (builder, "fields", reg->fields->len);
  shequ_cli_json_end (builder);
}

static void
print_registers (ShequCli *cli, const GPtrArray *registers)
{
  g_autoptr (ShequCliTable) table = shequ_cli_table_new (3);

  shequ_cli_table_align_right (table, 2);
  shequ_cli_table_add (table, _ ("name"), _ ("label"), _ ("fields"), NULL);
  for (guint i = 0; i < registers->len; i++)
    {
      const ShequRegister *reg = registers->pdata[i];
      g_autofree char *n_fields = g_strdup_printf ("%u", reg->fields->len);

      if (shequ_cli_wants_json (cli))
        print_register_json (reg);
      shequ_cli_table_add (table, reg->name, reg->label, n_fields, NULL);
    }
  if (!shequ_cli_wants_json (cli))
    shequ_cli_table_print (table, 0);
}

static void
add_codes (JsonBuilder *builder, const ShequCodeList *list)
{
  json_builder_set_member_name (builder, "codes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < list->codes->len; i++)
    {
      const ShequCode *code = list->codes->pdata[i];

      json_builder_begin_object (builder);
      shequ_cli_json_add_text (builder, "code", code->code);
      shequ_cli_json_add_text (builder, "label", code->label);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
print_field_json (const ShequField *field)
{
  JsonBuilder *builder = shequ_cli_json_begin ();

  shequ_cli_json_add_text (builder, "field", field->name);
  shequ_cli_json_add_text (builder, "label", field->label);
  shequ_cli_json_add_text (builder, "kind", shequ_field_kind_get_name (field->kind));
  shequ_cli_json_add_boolean (builder, "required", field->required);
  shequ_cli_json_add_boolean (builder, "unique", field->unique);
  shequ_cli_json_add_integer (builder, "sensitivity", field->sensitivity);
  shequ_cli_json_add_strv (builder, "synonyms", field->synonyms);
  if (field->target != NULL)
    shequ_cli_json_add_text (builder, "to", field->target->name);
  if (field->codes != NULL)
    add_codes (builder, field->codes);
  shequ_cli_json_end (builder);
}

/* What a person has to know of a field to fill it. */
static char *
describe (const ShequField *field)
{
  GString *text = g_string_new (field->required ? _ ("required") : "");

  if (field->unique)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", _ ("unique"));
  if (field->target != NULL)
    g_string_append_printf (text, "%s→ %s", text->len > 0 ? " · " : "", field->target->name);
  if (field->unit != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", field->unit);
  return g_string_free (text, FALSE);
}

static void
print_fields (const ShequRegister *reg)
{
  g_autoptr (ShequCliTable) table = shequ_cli_table_new (4);

  shequ_cli_table_add (table, _ ("name"), _ ("label"), _ ("kind"), "", NULL);
  for (guint i = 0; i < reg->fields->len; i++)
    {
      const ShequField *field = reg->fields->pdata[i];
      g_autofree char *text = describe (field);

      shequ_cli_table_add (table, field->name, field->label, shequ_field_kind_get_name (field->kind), text,
                           NULL);
    }
  shequ_cli_table_print (table, 0);
}

/* With what the office has made, where its database can be opened; else the shipped ones alone. */
static gboolean
open_if_there (ShequCli *cli, GError **error)
{
  g_autofree char *database = shequ_cli_get_database (cli);

  if (shequ_cli_has_option (cli, "database"))
    return shequ_cli_open (cli, error);
  if (strstr (database, "://") != NULL || g_file_test (database, G_FILE_TEST_EXISTS))
    shequ_cli_open (cli, NULL);
  return TRUE;
}

/* The registers, or the fields of one. */
gboolean
shequ_command_registers (ShequCli *cli, GError **error)
{
  const char *name = shequ_cli_get_argument (cli, 0);
  const ShequRegister *reg;

  if (!open_if_there (cli, error))
    return FALSE;
  if (name == NULL)
    {
      print_registers (cli, shequ_catalogue_get_registers (cli->catalogue));
      return TRUE;
    }
  reg = shequ_catalogue_lookup (cli->catalogue, name);
  if (reg == NULL)
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND,
                   _ ("There is no register “%s”. Look up the names in the list of registers."), name);
      return FALSE;
    }
  for (guint i = 0; shequ_cli_wants_json (cli) && i < reg->fields->len; i++)
    print_field_json (reg->fields->pdata[i]);
  if (!shequ_cli_wants_json (cli))
    print_fields (reg);
  return TRUE;
}
