#include "shequ-cli-log.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-cli-json.h"
#include "shequ-condition.h"
#include "shequ-field-kind.h"
#include "shequ-time.h"

#define HIDDEN "***"

/* The changes of an entry as they were kept, or %NULL. */
static JsonNode *
read_changes (const ShequLogEntry *entry)
{
  g_autoptr (JsonNode) root = entry->changes != NULL ? json_from_string (entry->changes, NULL) : NULL;

  return root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? g_steal_pointer (&root) : NULL;
}

static void
read_value (JsonNode *node, ShequValue *value)
{
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64)
    shequ_value_set_integer (value, json_node_get_int (node));
  else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    shequ_value_set_text (value, json_node_get_string (node));
}

static gboolean
is_asked_for (const ShequCondition *condition, const ShequField *field)
{
  gboolean is = FALSE;

  if (condition == NULL)
    return FALSE;
  if (condition->link != NULL && *condition->link != '\0')
    {
      gsize length = strlen (field->name);

      return g_str_has_prefix (condition->link, field->name) &&
             (condition->link[length] == '\0' || condition->link[length] == '.');
    }
  for (guint i = 0; !is && condition->children != NULL && i < condition->children->len; i++)
    is = is_asked_for (condition->children->pdata[i], field);
  return is || g_strcmp0 (condition->field, field->name) == 0;
}

/* What tells whether a record is restricted is not told here, even of those that are not. */
static gboolean
tells_restricted (const ShequField *field)
{
  return is_asked_for (field->owner->restricted_when, field);
}

static char *
format_node (const ShequField *field, JsonNode *node)
{
  g_auto (ShequValue) value = SHEQU_VALUE_INIT;

  read_value (node, &value);
  if (value.type != SHEQU_VALUE_NULL && tells_restricted (field))
    return g_strdup (HIDDEN);
  return value.type != SHEQU_VALUE_NULL ? shequ_field_format (field, &value, SHEQU_FORMAT_MASKED)
                                        : g_strdup (_ ("nothing"));
}

static void
append_change (GString *text, const ShequField *field, JsonNode *node)
{
  g_autofree char *old = NULL;
  g_autofree char *new = NULL;

  if (text->len > 0)
    g_string_append (text, " · ");
  if (JSON_NODE_HOLDS_ARRAY (node) && json_array_get_length (json_node_get_array (node)) == 2)
    {
      old = format_node (field, json_array_get_element (json_node_get_array (node), 0));
      new = format_node (field, json_array_get_element (json_node_get_array (node), 1));
      g_string_append_printf (text, "%s: %s → %s", field->label, old, new);
      return;
    }
  new = format_node (field, node);
  g_string_append_printf (text, "%s: %s", field->label, new);
}

/**
 * shequ_cli_log_describe:
 * @catalogue: the descriptions
 * @entry: an entry of the change log
 *
 * Returns: (transfer full): what was changed, in one line; sensitive values masked; empty for nothing
 */
char *
shequ_cli_log_describe (const ShequCatalogue *catalogue, const ShequLogEntry *entry)
{
  const ShequRegister *reg = shequ_catalogue_lookup (catalogue, entry->reg);
  g_autoptr (JsonNode) root = read_changes (entry);
  GString *text = g_string_new (NULL);

  for (guint i = 0; root != NULL && reg != NULL && i < reg->fields->len; i++)
    {
      const ShequField *field = reg->fields->pdata[i];
      JsonNode *node = json_object_get_member (json_node_get_object (root), field->name);

      if (node != NULL)
        append_change (text, field, node);
    }
  return g_string_free (text, FALSE);
}

/**
 * shequ_cli_log_format_moment:
 * @entry: an entry of the change log
 *
 * Returns: (transfer full): when it was, as a clock in China shows it
 */
char *
shequ_cli_log_format_moment (const ShequLogEntry *entry)
{
  gint64 seconds;

  return shequ_moment_from_utc (entry->moment, &seconds) ? shequ_moment_format (seconds)
                                                         : g_strdup (entry->moment);
}

static JsonNode *
mask_node (const ShequField *field, JsonNode *node)
{
  g_autofree char *text = NULL;
  JsonNode *masked;

  if (field == NULL || JSON_NODE_HOLDS_NULL (node) ||
      ((field->sensitivity < SHEQU_SENSITIVITY_MASKED ||
        shequ_field_kind_get_class (field->kind)->mask == NULL) &&
       !tells_restricted (field)))
    return json_node_copy (node);
  text = format_node (field, node);
  masked = json_node_alloc ();
  return json_node_init_string (masked, text);
}

static JsonNode *
mask_change (const ShequField *field, JsonNode *node)
{
  JsonArray *pair, *masked;
  JsonNode *result;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return mask_node (field, node);
  pair = json_node_get_array (node);
  masked = json_array_new ();
  for (guint i = 0; i < json_array_get_length (pair); i++)
    json_array_add_element (masked, mask_node (field, json_array_get_element (pair, i)));
  result = json_node_alloc ();
  json_node_init_array (result, masked);
  json_array_unref (masked);
  return result;
}

static void
add_changes (JsonBuilder *builder, const ShequRegister *reg, JsonNode *root)
{
  g_autoptr (GList) members = json_object_get_members (json_node_get_object (root));

  json_builder_begin_object (builder);
  for (const GList *link = members; link != NULL; link = link->next)
    {
      const ShequField *field = reg != NULL ? shequ_register_lookup (reg, link->data) : NULL;

      json_builder_set_member_name (builder, link->data);
      json_builder_add_value (
        builder, mask_change (field, json_object_get_member (json_node_get_object (root), link->data)));
    }
  json_builder_end_object (builder);
}

/**
 * shequ_cli_log_add:
 * @builder: an open object
 * @catalogue: the descriptions
 * @entry: an entry of the change log
 *
 * Adds all of the entry; sensitive values masked.
 */
void
shequ_cli_log_add (JsonBuilder *builder, const ShequCatalogue *catalogue, const ShequLogEntry *entry)
{
  g_autoptr (JsonNode) root = read_changes (entry);

  shequ_cli_json_add_integer (builder, "number", entry->number);
  shequ_cli_json_add_text (builder, "moment", entry->moment);
  shequ_cli_json_add_text (builder, "user", entry->user);
  shequ_cli_json_add_text (builder, "workstation", entry->workstation);
  shequ_cli_json_add_text (builder, "action", shequ_action_get_name (entry->action));
  shequ_cli_json_add_text (builder, "register", entry->reg);
  shequ_cli_json_add_integer (builder, "key", entry->key);
  json_builder_set_member_name (builder, "changes");
  if (root != NULL)
    add_changes (builder, shequ_catalogue_lookup (catalogue, entry->reg), root);
  else
    json_builder_add_null_value (builder);
  shequ_cli_json_add_text (builder, "reason", entry->reason);
}
