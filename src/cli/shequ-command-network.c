#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-ballot-page.h"
#include "shequ-cli-commands.h"
#include "shequ-cli-file.h"
#include "shequ-cli-json.h"
#include "shequ-cli-table.h"
#include "shequ-error.h"
#include "shequ-network.h"

#define MOST_PLACES 20

static void
add_side (JsonBuilder *builder, const char *name, const GPtrArray *holders)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < holders->len; i++)
    {
      const ShequNetworkHolder *holder = holders->pdata[i];

      json_builder_begin_object (builder);
      shequ_cli_json_add_text (builder, "kind", holder->kind);
      shequ_cli_json_add_text (builder, "name", holder->name);
      shequ_cli_json_add_text (builder, "phone", holder->phone);
      shequ_cli_json_add_text (builder, "since", holder->since);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
print_chain_json (const ShequNetworkChain *chain)
{
  for (guint i = 0; i < chain->steps->len; i++)
    {
      const ShequNetworkStep *step = chain->steps->pdata[i];
      JsonBuilder *builder = shequ_cli_json_begin ();

      shequ_cli_json_add_text (builder, "register", step->reg->name);
      shequ_cli_json_add_integer (builder, "key", step->key);
      shequ_cli_json_add_text (builder, "level", step->level);
      shequ_cli_json_add_text (builder, "title", step->title);
      add_side (builder, "party", step->party);
      add_side (builder, "self_government", step->self_government);
      shequ_cli_json_end (builder);
    }
}

static char *
format_side (const ShequNetworkStep *step, const GPtrArray *holders)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < holders->len; i++)
    {
      const ShequNetworkHolder *holder = holders->pdata[i];

      g_string_append_printf (text, "%s%s %s%s%s", i > 0 ? _ (", ") : "", holder->kind,
                              holder->name != NULL ? holder->name : "", holder->phone != NULL ? " " : "",
                              holder->phone != NULL ? holder->phone : "");
    }
  if (holders->len == 0 && step->must_have)
    g_string_append (text, C_ ("post", "empty"));
  return g_strdup (text->str);
}

static void
print_chain (const ShequNetworkChain *chain)
{
  g_autoptr (ShequCliTable) table = shequ_cli_table_new (4);

  shequ_cli_print ("%s", chain->title);
  shequ_cli_table_add (table, _ ("Level"), _ ("Place"), _ ("Party"), _ ("Self-government"), NULL);
  for (guint i = 0; i < chain->steps->len; i++)
    {
      const ShequNetworkStep *step = chain->steps->pdata[i];
      g_autofree char *party = format_side (step, step->party);
      g_autofree char *other = format_side (step, step->self_government);

      shequ_cli_table_add (table, step->level, step->title != NULL ? step->title : _ ("not entered"), party,
                           other, NULL);
    }
  shequ_cli_table_print (table, 2);
}

/* What an address means; several places are listed, so that one can be named by its key. */
static gboolean
find_place (ShequCli *cli, const char *typed, const ShequRegister **reg, gint64 *key, GError **error)
{
  g_autoptr (GPtrArray) places =
    shequ_network_find_places (cli->office, typed, MOST_PLACES, cli->cancellable, error);
  const ShequHit *best;

  if (places == NULL)
    return FALSE;
  if (places->len == 0)
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND,
                   _ ("No home, building or other place was found for “%s”. Write it as it stands in the "
                      "register, or name it by register and key"),
                   typed);
      return FALSE;
    }
  best = places->pdata[0];
  *reg = best->reg;
  *key = best->key;
  if (places->len > 1)
    shequ_cli_tell (cli,
                    _ ("%u places were found for “%s”; this is the chain of the first. Another is named by "
                       "register and key."),
                    places->len, typed);
  for (guint i = 1; i < places->len; i++)
    {
      const ShequHit *hit = places->pdata[i];

      shequ_cli_tell (cli, "  %s %" G_GINT64_FORMAT "  %s", hit->reg->name, hit->key, hit->title);
    }
  return TRUE;
}

/* Who answers for an address. */
gboolean
shequ_command_network_chain (ShequCli *cli, GError **error)
{
  g_autofree char *typed = g_utf8_make_valid (shequ_cli_get_argument (cli, 0), -1);
  const ShequRegister *reg = NULL;
  g_autoptr (ShequNetworkChain) chain = NULL;
  gint64 key = 0;

  if (cli->arguments->len > 1)
    {
      reg = shequ_office_require_register (cli->office, typed, error);
      if (reg == NULL || !shequ_cli_parse_number (shequ_cli_get_argument (cli, 1), "KEY", 1, &key, error))
        return FALSE;
    }
  else if (!find_place (cli, typed, &reg, &key, error))
    return FALSE;
  chain = shequ_network_get_chain (cli->office, reg, key, NULL, cli->cancellable, error);
  if (chain == NULL)
    return FALSE;
  if (shequ_cli_wants_json (cli))
    print_chain_json (chain);
  else
    print_chain (chain);
  if (chain->fault != NULL)
    shequ_cli_tell (cli, "%s", chain->fault);
  if (chain->gaps > 0)
    shequ_cli_tell (cli,
                    g_dngettext (GETTEXT_PACKAGE, "%u post is empty.", "%u posts are empty.", chain->gaps),
                    chain->gaps);
  return TRUE;
}

static void
print_coverage_json (const ShequNetworkCoverage *line)
{
  JsonBuilder *builder = shequ_cli_json_begin ();

  shequ_cli_json_add_integer (builder, "unit", line->unit);
  shequ_cli_json_add_text (builder, "name", line->name);
  shequ_cli_json_add_text (builder, "level", line->level);
  shequ_cli_json_add_integer (builder, "grids", line->grids);
  shequ_cli_json_add_integer (builder, "grids_led", line->grids_led);
  shequ_cli_json_add_integer (builder, "buildings", line->buildings);
  shequ_cli_json_add_integer (builder, "building_heads", line->heads);
  shequ_cli_json_add_integer (builder, "building_party_heads", line->party_heads);
  shequ_cli_json_add_integer (builder, "stairwells", line->stairwells);
  shequ_cli_json_add_integer (builder, "stairwell_heads", line->stairwell_heads);
  shequ_cli_json_add_integer (builder, "buildings_with_backbone", line->backbone_buildings);
  shequ_cli_json_add_integer (builder, "households", line->households);
  shequ_cli_json_add_integer (builder, "backbone_households", line->backbone);
  shequ_cli_json_end (builder);
}

static char *
format_rate (gint64 part, gint64 whole)
{
  if (whole == 0)
    return g_strdup ("–");
  return g_strdup_printf ("%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT " %.1f%%", part, whole,
                          100.0 * (double) part / (double) whole);
}

static void
print_coverage (const GPtrArray *lines)
{
  g_autoptr (ShequCliTable) table = shequ_cli_table_new (6);

  for (guint i = 1; i < 6; i++)
    shequ_cli_table_align_right (table, i);
  shequ_cli_table_add (table, _ ("Unit"), _ ("Grids led"), _ ("Building heads"), _ ("Party group leaders"),
                       _ ("Stairwell heads"), _ ("Buildings with backbone"), NULL);
  for (guint i = 0; i < lines->len; i++)
    {
      const ShequNetworkCoverage *line = lines->pdata[i];
      g_autofree char *name = g_strdup_printf ("%*s%s", (int) line->depth * 2, "", line->name);
      g_autofree char *grids = format_rate (line->grids_led, line->grids);
      g_autofree char *heads = format_rate (line->heads, line->buildings);
      g_autofree char *party = format_rate (line->party_heads, line->buildings);
      g_autofree char *stairwells = format_rate (line->stairwell_heads, line->stairwells);
      g_autofree char *backbone = format_rate (line->backbone_buildings, line->buildings);

      shequ_cli_table_add (table, name, grids, heads, party, stairwells, backbone, NULL);
    }
  shequ_cli_table_print (table, 0);
}

static gboolean
print_gaps (ShequCli *cli, ShequNetworkGapKind kind, GError **error)
{
  g_autoptr (GPtrArray) list = shequ_network_list_gaps (cli->office, kind, 0, 0, cli->cancellable, error);
  g_autoptr (ShequCliTable) table = shequ_cli_table_new (4);

  if (list == NULL)
    return FALSE;
  for (guint i = 0; i < list->len; i++)
    {
      const ShequNetworkGap *gap = list->pdata[i];
      g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT, gap->key);

      if (shequ_cli_wants_json (cli))
        {
          JsonBuilder *builder = shequ_cli_json_begin ();

          shequ_cli_json_add_text (builder, "register", gap->reg->name);
          shequ_cli_json_add_integer (builder, "key", gap->key);
          shequ_cli_json_add_text (builder, "place", gap->place);
          shequ_cli_json_add_text (builder, "stairwells", gap->stairwells);
          shequ_cli_json_end (builder);
        }
      shequ_cli_table_add (table, gap->reg->name, key, gap->place,
                           gap->stairwells != NULL ? gap->stairwells : "", NULL);
    }
  if (!shequ_cli_wants_json (cli))
    shequ_cli_table_print (table, 0);
  return TRUE;
}

/* In the order of ShequNetworkGapKind. */
static const char *const gap_names[SHEQU_N_GAP_KINDS] = { "grid", "head", "party", "stairwell", "backbone" };

/* The fill of the network, unit by unit, or the places where it is empty. */
gboolean
shequ_command_network_coverage (ShequCli *cli, GError **error)
{
  const char *wanted = shequ_cli_get_option (cli, "empty");
  g_autoptr (GPtrArray) lines = NULL;

  for (guint i = 0; wanted != NULL && i < SHEQU_N_GAP_KINDS; i++)
    if (g_str_equal (gap_names[i], wanted))
      return print_gaps (cli, (ShequNetworkGapKind) i, error);
  if (wanted != NULL)
    {
      g_set_error (
        error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
        _ ("“%s” is no post of the network. Write --empty=grid, head, party, stairwell or backbone"), wanted);
      return FALSE;
    }
  lines = shequ_network_list_coverage (cli->office, cli->cancellable, error);
  for (guint i = 0; lines != NULL && shequ_cli_wants_json (cli) && i < lines->len; i++)
    print_coverage_json (lines->pdata[i]);
  if (lines != NULL && !shequ_cli_wants_json (cli))
    print_coverage (lines);
  return lines != NULL;
}

/* The result sheet of the vote by which a post was filled. */
gboolean
shequ_command_network_ballot (ShequCli *cli, GError **error)
{
  g_autoptr (ShequCliFile) file = shequ_cli_file_new (cli, shequ_cli_get_argument (cli, 1), "pdf", error);
  g_autoptr (ShequBallot) ballot = NULL;
  g_autoptr (ShequDocument) document = NULL;
  gint64 key;

  if (file == NULL || !shequ_cli_file_check (file, error) ||
      !shequ_cli_parse_number (shequ_cli_get_argument (cli, 0), "KEY", 1, &key, error))
    return FALSE;
  ballot = shequ_ballot_read (cli->office, key, cli->cancellable, error);
  document = ballot != NULL ? shequ_ballot_document_new (ballot) : NULL;
  if (document == NULL || !shequ_document_write_pdf (document, file->path, error))
    return FALSE;
  shequ_cli_tell (cli, "%s", ballot->statement);
  if (ballot->doubt != NULL)
    shequ_cli_tell (cli, "%s", ballot->doubt);
  return shequ_cli_file_finish (file, error);
}
