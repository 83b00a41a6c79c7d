/* The commands that ask about certificates; issuing one is shequ-command-certificate-issue.c. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-certificates.h"
#include "shequ-cli-commands.h"
#include "shequ-cli-json.h"
#include "shequ-cli-table.h"
#include "shequ-error.h"
#include "shequ-mask.h"

/* The kinds that may be issued. */
gboolean
shequ_command_certificate_kinds (ShequCli *cli, GError **error)
{
  g_autoptr (ShequCertificateRules) rules = shequ_certificate_rules_new (error);
  g_autoptr (GPtrArray) kinds = rules != NULL ? shequ_certificate_rules_list_kinds (rules) : NULL;
  g_autoptr (ShequCliTable) table = shequ_cli_table_new (2);

  if (kinds == NULL)
    return FALSE;
  for (guint i = 0; i < kinds->len; i++)
    {
      const ShequCertificateRule *rule = kinds->pdata[i];
      JsonBuilder *builder;

      shequ_cli_table_add (table, rule->kind, rule->title, NULL);
      if (!shequ_cli_wants_json (cli))
        continue;
      builder = shequ_cli_json_begin ();
      shequ_cli_json_add_text (builder, "kind", rule->kind);
      shequ_cli_json_add_text (builder, "title", rule->title);
      shequ_cli_json_end (builder);
    }
  if (!shequ_cli_wants_json (cli))
    shequ_cli_table_print (table, 0);
  return TRUE;
}

/* Of a name that only resembles several papers with different answers, nothing is said about one of them. */
static const ShequCertificateRule *
get_rule (const ShequCertificateReply *reply)
{
  return reply->answer != SHEQU_CERTIFICATE_UNKNOWN ? reply->rule : NULL;
}

static void
add_instead (JsonBuilder *builder, const ShequCertificateRule *rule)
{
  json_builder_set_member_name (builder, "instead");
  json_builder_begin_array (builder);
  for (guint i = 0; rule != NULL && i < rule->instead->len; i++)
    {
      const ShequCertificateChannel *channel = rule->instead->pdata[i];

      json_builder_begin_object (builder);
      shequ_cli_json_add_text (builder, "body", channel->body);
      shequ_cli_json_add_text (builder, "how", channel->how);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
print_reply_json (const char *typed, const ShequCertificateReply *reply)
{
  const ShequCertificateRule *rule = get_rule (reply);
  JsonBuilder *builder = shequ_cli_json_begin ();

  shequ_cli_json_add_text (builder, "name", typed);
  shequ_cli_json_add_text (builder, "answer", shequ_certificate_answer_get_name (reply->answer));
  shequ_cli_json_add_strv (builder, "basis", rule != NULL ? rule->basis : NULL);
  add_instead (builder, rule);
  shequ_cli_json_add_text (builder, "title", rule != NULL ? rule->title : NULL);
  shequ_cli_json_add_text (builder, "kind", rule != NULL ? rule->kind : NULL);
  shequ_cli_json_add_text (builder, "reason", rule != NULL ? rule->reason : NULL);
  shequ_cli_json_add_text (builder, "note", rule != NULL ? rule->note : NULL);
  shequ_cli_json_add_boolean (builder, "certain", reply->certain);
  shequ_cli_json_end (builder);
}

static void
add_line (ShequCliTable *table, const char *label, const char *text)
{
  if (text != NULL && *text != '\0')
    shequ_cli_table_add (table, label, text, NULL);
}

static void
print_candidates (const ShequCertificateReply *reply)
{
  g_autoptr (ShequCliTable) table = shequ_cli_table_new (2);

  if (reply->certain || reply->candidates->len < 2)
    return;
  shequ_cli_print ("\n%s", _ ("Like it:"));
  for (guint i = 0; i < reply->candidates->len; i++)
    {
      const ShequCertificateCandidate *candidate =
        &g_array_index (reply->candidates, ShequCertificateCandidate, i);

      shequ_cli_table_add (table, candidate->rule->title,
                           shequ_certificate_answer_get_label (candidate->rule->answer), NULL);
    }
  shequ_cli_table_print (table, 2);
}

static void
print_reply (const char *typed, const ShequCertificateReply *reply)
{
  const ShequCertificateRule *rule = get_rule (reply);
  g_autoptr (ShequCliTable) table = shequ_cli_table_new (2);
  const char *label = shequ_certificate_answer_get_label (reply->answer);

  shequ_cli_print ("%s: %s", rule != NULL ? rule->title : typed, label);
  for (guint i = 0; rule != NULL && rule->basis[i] != NULL; i++)
    add_line (table, i == 0 ? _ ("Basis") : "", rule->basis[i]);
  for (guint i = 0; rule != NULL && i < rule->instead->len; i++)
    {
      const ShequCertificateChannel *channel = rule->instead->pdata[i];
      g_autofree char *text = g_strdup_printf ("%s: %s", channel->body, channel->how);

      add_line (table, i == 0 ? _ ("Go to") : "", text);
    }
  if (rule != NULL)
    {
      add_line (table, _ ("Reason"), rule->reason);
      add_line (table, _ ("To note"), rule->note);
      add_line (table, _ ("Kind"), rule->kind);
      add_line (table, _ ("Out of date"), rule->out_of_date);
    }
  shequ_cli_table_print (table, 2);
  print_candidates (reply);
}

/* May a certificate be issued? */
gboolean
shequ_command_certificate_may (ShequCli *cli, GError **error)
{
  g_autofree char *typed = g_utf8_make_valid (shequ_cli_get_argument (cli, 0), -1);
  g_autoptr (ShequCertificateRules) rules = shequ_certificate_rules_new (error);
  g_autoptr (ShequCertificateReply) reply = NULL;

  if (rules == NULL)
    return FALSE;
  reply = shequ_certificate_rules_answer (rules, typed);
  if (shequ_cli_wants_json (cli))
    print_reply_json (typed, reply);
  else
    print_reply (typed, reply);
  return TRUE;
}

/* The words of a call are put together again: the number may hold a blank itself. */
static gboolean
read_code (ShequCli *cli, char **number, char **check_text, GError **error)
{
  g_autoptr (GString) code = g_string_new (NULL);

  for (guint i = 0; i < cli->arguments->len; i++)
    g_string_append_printf (code, "%s%s", i > 0 ? " " : "", shequ_cli_get_argument (cli, i));
  return shequ_certificate_read_code (code->str, number, check_text, error);
}

static void
print_verified (ShequCli *cli, const ShequRow *row)
{
  static const char *const names[] = { "number", "title", "receiver", "issued_on", "valid_until", "status" };
  g_autofree char *name = shequ_mask_name (shequ_row_get_text (row, "resident_name"));
  gboolean is_void = g_strcmp0 (shequ_row_get_text (row, "status"), "void") == 0;
  g_autoptr (ShequCliTable) table = shequ_cli_table_new (2);
  JsonBuilder *builder = shequ_cli_json_begin ();

  shequ_cli_json_add_boolean (builder, "valid", !is_void);
  shequ_cli_json_add_text (builder, "name", name);
  shequ_cli_table_add (table, shequ_register_lookup (row->reg, "resident_name")->label, name, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const ShequField *field = shequ_register_lookup (row->reg, names[i]);
      g_autofree char *text = shequ_row_format (row, field, SHEQU_FORMAT_MASKED);

      shequ_cli_json_add_text (builder, names[i], shequ_row_get_text (row, names[i]));
      shequ_cli_table_add (table, field->label, text, NULL);
    }
  if (shequ_cli_wants_json (cli))
    {
      shequ_cli_json_end (builder);
      return;
    }
  g_object_unref (builder);
  shequ_cli_print ("%s", is_void ? _ ("This paper was issued here and is void.")
                                 : _ ("This paper was issued here."));
  shequ_cli_table_print (table, 2);
}

/* Was a paper issued here? */
gboolean
shequ_command_certificate_verify (ShequCli *cli, GError **error)
{
  g_autofree char *number = NULL;
  g_autofree char *check_text = NULL;
  g_autoptr (ShequRow) row = NULL;

  if (!read_code (cli, &number, &check_text, error))
    return FALSE;
  row = shequ_certificate_verify (cli->office, number, check_text, cli->cancellable, error);
  if (row != NULL)
    print_verified (cli, row);
  return row != NULL;
}
