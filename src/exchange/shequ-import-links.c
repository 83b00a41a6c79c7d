/*
 * The records that the rows of an import lead to: found, or made.
 *
 * Found ones are remembered by what identifies them, so that the members of a household ask the database
 * once. A household without a number is known by its address and its head: a second head at the same
 * address begins a household of his own (the members that follow are his). What a chunk made is forgotten
 * when the chunk is taken back.
 */
#include "shequ-import-links.h"

#include "shequ-error.h"
#include "shequ-import-alike.h"
#include "shequ-import-seen.h"
#include "shequ-import-titles.h"

#include "config.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  guint first_row; /* of the file */
  gboolean has_head;
} Household;

struct _ImportLinks
{
  const ImportPlan *plan;
  gint64 unit;
  GHashTable **known;     /* by node: identity -> key */
  GHashTable *named;      /* field and words -> key, of links that are only looked up */
  GHashTable *households; /* key -> Household, of those that this run made or filled */
  int household_node;
  GString *identity;
  ImportSeen *seen;
  ImportTitles *titles;
  ImportAlike *alike; /* (nullable) */
  gint64 last_entry;  /* of the change log, behind this run's last commit; 0 before the first */
};

ImportLinks *
import_links_new (const ImportPlan *plan, gint64 unit)
{
  ImportLinks *links = g_new0 (ImportLinks, 1);

  links->plan = plan;
  links->unit = unit;
  links->identity = g_string_new (NULL);
  links->seen = import_seen_new ();
  links->titles = import_titles_new (plan->today);
  if (plan->reg->weak_identity->len > 0)
    links->alike = import_alike_new (plan->reg, plan->today);
  links->household_node = plan->forms_households ? import_plan_find_node (plan, "household") : -1;
  links->known = g_new0 (GHashTable *, plan->nodes->len);
  for (guint n = 0; n < plan->nodes->len; n++)
    links->known[n] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  links->named = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  links->households = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  return links;
}

void
import_links_free (ImportLinks *links)
{
  for (guint n = 0; n < links->plan->nodes->len; n++)
    g_hash_table_unref (links->known[n]);
  g_free (links->known);
  g_hash_table_unref (links->named);
  g_hash_table_unref (links->households);
  g_string_free (links->identity, TRUE);
  import_seen_free (links->seen);
  import_titles_free (links->titles);
  g_clear_pointer (&links->alike, import_alike_free);
  g_free (links);
}

static gboolean
follow_empty_registers (ImportLinks *links, ShequTransaction *transaction, GError **error)
{
  for (guint n = 0; n < links->plan->nodes->len; n++)
    {
      const ShequRegister *reg = g_array_index (links->plan->nodes, ImportNode, n).reg;
      g_autoptr (ShequQuery) query = shequ_query_new (reg, links->plan->today);
      g_autoptr (GArray) keys = NULL;

      query->limit = 1;
      keys = shequ_transaction_list_keys (transaction, query, error);
      if (keys == NULL)
        return FALSE;
      if (keys->len == 0)
        import_seen_follow (links->seen, reg);
    }
  return TRUE;
}

/* Whether each unique value is looked for before a record is stored: it identifies the record by itself. */
static gboolean
looks_for_unique (const ShequRegister *reg)
{
  for (guint i = 0; i < reg->fields->len; i++)
    {
      const ShequField *field = reg->fields->pdata[i];
      gboolean looked_for = !field->unique;

      for (guint k = 0; !looked_for && k < reg->identity->len; k++)
        {
          const GPtrArray *identity = reg->identity->pdata[k];

          looked_for = identity->len == 1 && identity->pdata[0] == field;
        }
      if (!looked_for)
        return FALSE;
    }
  return TRUE;
}

/* New records of registers of which all is known may be put in by the load. */
static gboolean
expect_many (ImportLinks *links, ShequTransaction *transaction, GError **error)
{
  for (guint n = 0; n < links->plan->nodes->len; n++)
    {
      const ShequRegister *reg = g_array_index (links->plan->nodes, ImportNode, n).reg;

      if (import_seen_follows (links->seen, reg) && looks_for_unique (reg) &&
          !shequ_transaction_expect_many (transaction, reg, error))
        return FALSE;
    }
  return TRUE;
}

/* To be called when a chunk begins: between two chunks others may write. */
gboolean
import_links_begin (ImportLinks *links, ShequTransaction *transaction, GError **error)
{
  gint64 last = shequ_transaction_get_last_entry (transaction, error);

  if (last < 0 || (links->last_entry == 0 && !follow_empty_registers (links, transaction, error)))
    return FALSE;
  if (links->last_entry != 0 && last != links->last_entry)
    {
      import_seen_stop (links->seen);
      if (links->alike != NULL)
        import_alike_forget (links->alike);
    }
  return expect_many (links, transaction, error);
}

/* Whether all records of a register come from this run. */
gboolean
import_links_knows_all (const ImportLinks *links, const ShequRegister *reg)
{
  return import_seen_follows (links->seen, reg);
}

/* To be called before a chunk is committed. */
gboolean
import_links_end (ImportLinks *links, ShequTransaction *transaction, GError **error)
{
  links->last_entry = shequ_transaction_get_last_entry (transaction, error);
  return links->last_entry >= 0;
}

/* A record of a row was stored or changed. */
void
import_links_note_record (ImportLinks *links, const ShequRow *row)
{
  import_seen_add (links->seen, row);
  if (links->alike != NULL)
    import_alike_note (links->alike, row);
}

static void
remember (GHashTable *table, const char *name, gint64 key)
{
  g_hash_table_replace (table, g_strdup (name), g_memdup2 (&key, sizeof key));
}

static const ShequField *
get_name_field (const ShequRegister *reg)
{
  const ShequField *field = shequ_register_lookup (reg, "name");

  if (field == NULL && reg->identity->len > 0)
    field = g_ptr_array_index ((GPtrArray *) reg->identity->pdata[0], 0);
  return field;
}

static gint64
look_up_name (ImportLinks *links,
              ShequTransaction *transaction,
              const ShequRegister *reg,
              const char *words,
              GError **error)
{
  g_auto (ShequValue) value = SHEQU_VALUE_INIT;
  const ShequField *fields[] = { get_name_field (reg), shequ_register_lookup (reg, "short_name"),
                                 shequ_register_lookup (reg, "code"), shequ_register_lookup (reg, "number") };
  gint64 key = 0;

  shequ_value_set_text (&value, words);
  for (guint i = 0; key == 0 && i < G_N_ELEMENTS (fields); i++)
    {
      if (fields[i] != NULL && shequ_field_is_stored (fields[i]) && !shequ_field_is_integer (fields[i]))
        key = shequ_transaction_find_key (transaction, reg, &fields[i], &value, 1, error);
    }
  return key != 0 ? key : import_titles_find (links->titles, transaction, reg, words, error);
}

/* The words of a link that is only looked up become a key, or an issue that says what there is none of. */
static gboolean
resolve_words (ImportLinks *links, ShequTransaction *transaction, ImportItem *item, GError **error)
{
  for (guint i = 0; item->words != NULL && i < item->words->len; i++)
    {
      const ImportWords *words = &g_array_index (item->words, ImportWords, i);
      const ShequRegister *target = words->field->target;
      const gint64 *known;
      gint64 key;

      g_string_assign (links->identity, target->name);
      g_string_append_c (links->identity, '\n');
      g_string_append (links->identity, words->text);
      known = g_hash_table_lookup (links->named, links->identity->str);
      key = known != NULL ? *known : look_up_name (links, transaction, target, words->text, error);
      if (key == -1)
        return FALSE;
      if (known == NULL)
        remember (links->named, links->identity->str, key);
      if (key > 0)
        shequ_value_set_integer (shequ_row_get (item->rows[words->node], words->field), key);
      else if (key == IMPORT_SEVERAL)
        import_item_add_issue (
          item, shequ_issue_new (SHEQU_ISSUE_ERROR, words->field,
                                 _ ("several of “%s” are called “%s”; enter this row by hand, where one "
                                    "of them is chosen"),
                                 target->label, words->text));
      else
        import_item_add_issue (item, shequ_issue_new (SHEQU_ISSUE_ERROR, words->field,
                                                      _ ("there is no “%s” called “%s”"), target->label,
                                                      words->text));
    }
  return TRUE;
}

/* Whether an identity can be asked for: all its fields are there, and its links lead to records that exist.
 */
gboolean
import_links_is_complete (const GPtrArray *fields, const ShequRow *row)
{
  for (guint i = 0; i < fields->len; i++)
    {
      const ShequField *field = fields->pdata[i];
      const ShequValue *value = shequ_row_get (row, field);

      if (shequ_value_is_null (value) || (field->kind == SHEQU_FIELD_LINK && value->integer <= 0))
        return FALSE;
    }
  return fields->len > 0;
}

static gboolean
is_unique (const GPtrArray *fields)
{
  for (guint i = 0; i < fields->len; i++)
    {
      if (((const ShequField *) fields->pdata[i])->unique)
        return TRUE;
    }
  return FALSE;
}

/* What a link leads to has a unit of its own. */
static gboolean
is_unique_or_linked (const GPtrArray *fields)
{
  for (guint i = 0; i < fields->len; i++)
    {
      if (((const ShequField *) fields->pdata[i])->kind == SHEQU_FIELD_LINK)
        return TRUE;
    }
  return is_unique (fields);
}

/* Asks for a record by one of its identities; within its unit where the identity alone does not tell it. */
static gint64
ask (const ImportLinks *links,
     ShequTransaction *transaction,
     const GPtrArray *fields,
     const ShequRow *row,
     GError **error)
{
  const ShequField *unit = shequ_register_lookup (row->reg, "unit");
  const ShequField *asked[8];
  ShequValue values[8];
  guint n = 0;

  if (import_seen_lacks (links->seen, fields, row))
    return 0;
  for (guint i = 0; i < fields->len && n < G_N_ELEMENTS (asked) - 1; i++, n++)
    {
      asked[n] = fields->pdata[i];
      values[n] = *shequ_row_get (row, asked[n]);
    }
  if (unit != NULL && !is_unique_or_linked (fields))
    {
      asked[n] = unit;
      values[n++] = *shequ_row_get (row, unit);
    }
  return shequ_transaction_find_key (transaction, row->reg, asked, values, n, error);
}

/* In hexadecimal digits, the last first: several times for every row, where a format would be slow. */
static void
append_integer (GString *text, gint64 integer)
{
  guint64 rest = (guint64) integer;

  do
    g_string_append_c (text, "0123456789abcdef"[rest & 0xf]);
  while ((rest >>= 4) > 0);
}

/* Two rows write the same text when the identity is theirs both. */
void
import_links_write_identity (GString *text, const GPtrArray *fields, const ShequRow *row)
{
  const ShequValue *unit = shequ_row_get_named (row, "unit");

  g_string_truncate (text, 0);
  append_integer (text, unit != NULL ? unit->integer : 0);
  for (guint i = 0; i < fields->len; i++)
    {
      const ShequField *field = fields->pdata[i];
      const ShequValue *value = shequ_row_get (row, field);

      g_string_append_c (text, '\n');
      append_integer (text, field->index);
      g_string_append_c (text, '=');
      if (value->type == SHEQU_VALUE_TEXT)
        g_string_append (text, value->text);
      else
        append_integer (text, value->integer);
    }
}

static gboolean
household_has_head (ImportLinks *links,
                    ShequTransaction *transaction,
                    gint64 key,
                    gboolean *has_head,
                    GError **error)
{
  const Household *household = g_hash_table_lookup (links->households, &key);
  g_autoptr (ShequQuery) query = NULL;
  g_autoptr (GArray) heads = NULL;
  g_autofree char *condition = NULL;

  if (household != NULL)
    {
      *has_head = household->has_head;
      return TRUE;
    }
  query = shequ_query_new (links->plan->reg, links->plan->today);
  condition = g_strdup_printf ("household=%" G_GINT64_FORMAT " and relation=01,02", key);
  if (!shequ_query_add_where (query, condition, error))
    return FALSE;
  query->limit = 1;
  heads = shequ_transaction_list_keys (transaction, query, error);
  if (heads == NULL)
    return FALSE;
  *has_head = heads->len > 0;
  return TRUE;
}

/* A head at an address where another is head already has a household of his own. */
static gboolean
begins_household (ImportLinks *links,
                  ShequTransaction *transaction,
                  const ImportItem *item,
                  guint node,
                  gint64 key,
                  gboolean *begins,
                  GError **error)
{
  gboolean has_head = FALSE;

  *begins = FALSE;
  if ((int) node != links->household_node || shequ_row_get_text (item->rows[node], "number") != NULL ||
      !import_plan_is_head (links->plan, item))
    return TRUE;
  if (!household_has_head (links, transaction, key, &has_head, error))
    return FALSE;
  *begins = has_head;
  return TRUE;
}

/* The key of the record of a node, 0 when it must be made, -1 on error. */
static gint64
find_node_key (ImportLinks *links,
               ShequTransaction *transaction,
               const ImportItem *item,
               guint node,
               GError **error)
{
  const ShequRow *row = item->rows[node];

  for (guint i = 0; i < row->reg->identity->len; i++)
    {
      const GPtrArray *fields = row->reg->identity->pdata[i];
      const gint64 *known;
      gint64 key;

      if (!import_links_is_complete (fields, row))
        continue;
      import_links_write_identity (links->identity, fields, row);
      known = g_hash_table_lookup (links->known[node], links->identity->str);
      key = known != NULL ? *known : ask (links, transaction, fields, row, error);
      if (key > 0 && known == NULL)
        remember (links->known[node], links->identity->str, key);
      /* A household with a number is not found by its address: several may live there. */
      if (key != 0 || is_unique (fields) || (int) node == links->household_node)
        return key;
    }
  return 0;
}

/* The one text that the file says of a linked record: then it may be its title, as an export writes it. */
static const char *
get_only_text (const ShequRow *row)
{
  const char *text = NULL;

  for (guint i = 0; i < row->reg->fields->len; i++)
    {
      const ShequField *field = row->reg->fields->pdata[i];
      const ShequValue *value = &row->values[i];

      if (shequ_value_is_null (value) || g_str_equal (field->name, "unit"))
        continue;
      if (text != NULL || value->type != SHEQU_VALUE_TEXT)
        return NULL;
      text = value->text;
    }
  return text;
}

/* The key of the record that is named by its title, 0 when none or several are, -1 on error. */
static gint64
find_by_title (ImportLinks *links, ShequTransaction *transaction, const ShequRow *row, GError **error)
{
  const char *text = get_only_text (row);
  gint64 key = text != NULL ? import_titles_find (links->titles, transaction, row->reg, text, error) : 0;

  return key == IMPORT_SEVERAL ? 0 : key;
}

static gboolean
find_node (ImportLinks *links, ShequTransaction *transaction, ImportItem *item, guint node, GError **error)
{
  ShequRow *row = item->rows[node];
  const ImportNode *place = &g_array_index (links->plan->nodes, ImportNode, node);
  gboolean begins = FALSE;
  gint64 key = find_node_key (links, transaction, item, node, error);

  if (key == 0 && (int) node != links->household_node)
    key = find_by_title (links, transaction, row, error);
  if (key < 0)
    return FALSE;
  if (key > 0 && !begins_household (links, transaction, item, node, key, &begins, error))
    return FALSE;
  row->key = begins ? 0 : key;
  shequ_value_set_integer (shequ_row_get (item->rows[place->parent], place->link), row->key);
  return TRUE;
}

/* Asks for all that a row leads to. Afterwards rows that exist have their key, the others 0. */
gboolean
import_links_find (ImportLinks *links, ShequTransaction *transaction, ImportItem *item, GError **error)
{
  const ShequField *unit_field = shequ_register_lookup (links->plan->reg, "unit");
  gint64 unit = links->unit;

  if (!resolve_words (links, transaction, item, error))
    return FALSE;
  if (import_item_has_errors (item))
    return TRUE;
  if (unit_field != NULL)
    {
      ShequValue *value = shequ_row_get (item->rows[0], unit_field);

      if (shequ_value_is_null (value) && unit > 0)
        shequ_value_set_integer (value, unit);
      unit = value->integer;
    }
  for (guint n = item->n_rows - 1; n > 0; n--)
    {
      if (item->rows[n] == NULL)
        continue;
      if (unit > 0 && shequ_register_lookup (item->rows[n]->reg, "unit") != NULL)
        shequ_row_set_integer (item->rows[n], "unit", unit);
      if (!find_node (links, transaction, item, n, error))
        return FALSE;
    }
  return TRUE;
}

/* The record that the row itself speaks of, 0 when there is none, -1 on error. Where the row has no identity
 * whole and several may be meant, it gets an error. */
gint64
import_links_find_record (ImportLinks *links, ShequTransaction *transaction, ImportItem *item, GError **error)
{
  const ShequRow *row = item->rows[0];
  gboolean asked = FALSE;

  for (guint i = 0; i < row->reg->identity->len; i++)
    {
      const GPtrArray *fields = row->reg->identity->pdata[i];
      gint64 key;

      if (!import_links_is_complete (fields, row))
        continue;
      asked = TRUE;
      key = ask (links, transaction, fields, row, error);
      if (key != 0 || is_unique (fields))
        return key;
    }
  return !asked && links->alike != NULL ? import_alike_find (links->alike, transaction, item, error) : 0;
}

static void
remember_node (ImportLinks *links, const ShequRow *row, guint node)
{
  for (guint i = 0; i < row->reg->identity->len; i++)
    {
      const GPtrArray *fields = row->reg->identity->pdata[i];

      if (!import_links_is_complete (fields, row))
        continue;
      import_links_write_identity (links->identity, fields, row);
      remember (links->known[node], links->identity->str, row->key);
      if ((int) node == links->household_node)
        return;
    }
}

/* Makes what the row leads to and does not exist yet, the farthest first. */
gboolean
import_links_create (ImportLinks *links, ShequTransaction *transaction, ImportItem *item, GError **error)
{
  for (guint n = item->n_rows - 1; n > 0; n--)
    {
      const ImportNode *node = &g_array_index (links->plan->nodes, ImportNode, n);
      ShequRow *row = item->rows[n];

      if (row == NULL)
        continue;
      if (row->key == 0)
        {
          if (!shequ_transaction_insert (transaction, row, error))
            return FALSE;
          remember_node (links, row, n);
          import_seen_add (links->seen, row);
          if ((int) n == links->household_node)
            {
              Household *household = g_new0 (Household, 1);

              household->first_row = item->number;
              g_hash_table_replace (links->households, g_memdup2 (&row->key, sizeof row->key), household);
            }
        }
      shequ_value_set_integer (shequ_row_get (item->rows[node->parent], node->link), row->key);
    }
  return TRUE;
}

/* Keeps in mind which households of this run have a head. */
void
import_links_note_stored (ImportLinks *links, const ImportItem *item)
{
  Household *household;

  if (links->household_node < 0 || item->rows[links->household_node] == NULL ||
      !import_plan_is_head (links->plan, item))
    return;
  household = g_hash_table_lookup (links->households, &item->rows[links->household_node]->key);
  if (household != NULL)
    household->has_head = TRUE;
}

static int
compare_rows (gconstpointer one, gconstpointer other)
{
  return (int) *(const guint *) one - (int) *(const guint *) other;
}

/* (transfer full) (element-type guint): the first rows of the households of this run that have no head. */
GArray *
import_links_list_headless (ImportLinks *links)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (guint));
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, links->households);
  while (links->plan->relation != NULL && g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Household *household = value;

      if (!household->has_head)
        g_array_append_val (rows, household->first_row);
    }
  g_array_sort (rows, compare_rows);
  return rows;
}
