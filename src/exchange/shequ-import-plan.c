/*
 * From the cells of a row to records that may be stored, without the database.
 *
 * A row of a roster speaks of a resident and, through links that an import may create, of a household, a
 * dwelling, a building, an estate: the nodes of a plan. A link that may only be looked up keeps the words of
 * the file as text until the database is asked. Runs on a thread of its own.
 */
#include "shequ-import-plan.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DEEPEST_LINK 4

static gboolean
has_register (const ImportPlan *plan, const ShequRegister *reg)
{
  for (guint i = 0; i < plan->nodes->len; i++)
    {
      if (g_array_index (plan->nodes, ImportNode, i).reg == reg)
        return TRUE;
    }
  return FALSE;
}

static void
add_nodes (ImportPlan *plan, guint parent, guint depth)
{
  const ShequRegister *reg = g_array_index (plan->nodes, ImportNode, parent).reg;

  for (guint i = 0; depth < DEEPEST_LINK && i < reg->fields->len; i++)
    {
      const ShequField *field = reg->fields->pdata[i];

      if (field->kind == SHEQU_FIELD_LINK && field->create && !has_register (plan, field->target))
        {
          ImportNode node = { field, parent, field->target };

          g_array_append_val (plan->nodes, node);
          add_nodes (plan, plan->nodes->len - 1, depth + 1);
        }
    }
}

static guint
find_node (const ImportPlan *plan, const ShequTarget *target)
{
  guint node = 0;

  for (guint i = 0; i < target->links->len; i++)
    {
      for (guint n = 1; n < plan->nodes->len; n++)
        {
          const ImportNode *candidate = &g_array_index (plan->nodes, ImportNode, n);

          if (candidate->parent == node && candidate->link == target->links->pdata[i])
            {
              node = n;
              break;
            }
        }
    }
  return node;
}

/* The node of a register's records, or -1. */
int
import_plan_find_node (const ImportPlan *plan, const char *reg)
{
  for (guint n = 0; n < plan->nodes->len; n++)
    {
      if (g_str_equal (g_array_index (plan->nodes, ImportNode, n).reg->name, reg))
        return (int) n;
    }
  return -1;
}

ImportPlan *
import_plan_new (const ShequMapping *mapping, const char *today)
{
  ImportPlan *plan = g_new0 (ImportPlan, 1);
  ImportNode root = { NULL, 0, mapping->reg };

  plan->reg = mapping->reg;
  plan->today = g_strdup (today);
  plan->nodes = g_array_new (FALSE, FALSE, sizeof (ImportNode));
  plan->columns = g_array_new (FALSE, FALSE, sizeof (ImportColumn));
  plan->n_headers = mapping->headers->len;
  plan->last_address = g_new0 (ImportAddress, 1);
  g_array_append_val (plan->nodes, root);
  add_nodes (plan, 0, 0);
  for (guint i = 0; i < mapping->columns->len; i++)
    {
      const ShequTarget *target = mapping->columns->pdata[i];

      if (target != NULL)
        {
          ImportColumn column = { i, find_node (plan, target), target->field };

          g_array_append_val (plan->columns, column);
        }
    }
  plan->forms_households =
    import_plan_find_node (plan, "household") >= 0 && import_plan_find_node (plan, "dwelling") >= 0;
  for (guint i = 0; plan->forms_households && i < plan->columns->len; i++)
    {
      const ImportColumn *column = &g_array_index (plan->columns, ImportColumn, i);

      if (column->node == 0 && g_str_equal (column->field->name, "relation"))
        plan->relation = column->field;
    }
  return plan;
}

void
import_plan_free (ImportPlan *plan)
{
  g_array_unref (plan->nodes);
  g_array_unref (plan->columns);
  shequ_address_clear (&plan->last_address->address);
  g_free (plan->last_address->text);
  g_free (plan->last_address);
  g_free (plan->today);
  g_free (plan);
}

void
import_item_free (ImportItem *item)
{
  for (guint i = 0; i < item->n_rows; i++)
    g_clear_pointer (&item->rows[i], shequ_row_free);
  g_free (item->rows);
  g_clear_pointer (&item->issues, g_ptr_array_unref);
  g_clear_pointer (&item->words, g_array_unref);
  for (guint i = 0; i < item->n_cells; i++)
    g_free (item->cells[i]);
  g_free (item->cells);
  g_free (item);
}

static GPtrArray *
get_issues (ImportItem *item)
{
  if (item->issues == NULL)
    item->issues = shequ_issues_new ();
  return item->issues;
}

void
import_item_add_issue (ImportItem *item, ShequIssue *issue)
{
  g_ptr_array_add (get_issues (item), issue);
}

gboolean
import_item_has_errors (const ImportItem *item)
{
  return item->issues != NULL && shequ_issues_have_errors (item->issues);
}

/* Whether a row speaks of the head of a household (GB/T 4761: 01 the person, 02 the head). */
gboolean
import_plan_is_head (const ImportPlan *plan, const ImportItem *item)
{
  const char *relation;

  if (plan->relation == NULL)
    return FALSE;
  relation = shequ_row_get (item->rows[0], plan->relation)->text;
  return g_strcmp0 (relation, "01") == 0 || g_strcmp0 (relation, "02") == 0;
}

static ShequRow *
get_row (const ImportPlan *plan, ImportItem *item, guint node)
{
  if (item->rows[node] == NULL)
    item->rows[node] = shequ_row_new (g_array_index (plan->nodes, ImportNode, node).reg);
  return item->rows[node];
}

static void
clear_words (gpointer data)
{
  g_free (((ImportWords *) data)->text);
}

/* The link has no key yet; 0 stands in for it, so that a required link counts as filled. */
static void
keep_words (ImportItem *item, const ImportColumn *column, ShequRow *row, const char *text)
{
  ImportWords words = { column->node, column->field, g_strstrip (g_strdup (text)) };

  if (*words.text == '\0')
    {
      g_free (words.text);
      return;
    }
  if (item->words == NULL)
    {
      item->words = g_array_new (FALSE, FALSE, sizeof (ImportWords));
      g_array_set_clear_func (item->words, clear_words);
    }
  shequ_value_set_integer (shequ_row_get (row, column->field), 0);
  g_array_append_val (item->words, words);
}

static void
read_cell (const ImportPlan *plan, ImportItem *item, const ImportColumn *column, const ShequCell *cell)
{
  ShequRow *row;
  char *problem;

  if (cell->type == SHEQU_CELL_EMPTY)
    return;
  problem = cell->type == SHEQU_CELL_ERROR || cell->flags > SHEQU_CELL_MERGED
              ? shequ_cell_describe_problem (cell)
              : NULL;
  if (problem != NULL)
    {
      import_item_add_issue (item, shequ_issue_new (SHEQU_ISSUE_ERROR, column->field, "%s", problem));
      g_free (problem);
      return;
    }
  row = get_row (plan, item, column->node);
  if (column->field->kind == SHEQU_FIELD_LINK)
    keep_words (item, column, row, cell->text);
  else
    shequ_field_parse (column->field, cell->text, plan->today, shequ_row_get (row, column->field),
                       get_issues (item));
}

static gboolean
is_empty (const ShequRow *row)
{
  for (guint i = 0; i < row->reg->fields->len; i++)
    {
      if (!shequ_value_is_null (&row->values[i]))
        return FALSE;
    }
  return TRUE;
}

/* A bare number as it is written out: 3 of a building is 3号楼. */
static void
append_place (GString *address, const ShequRow *row, const char *field, const char *word)
{
  const char *part = row != NULL ? shequ_row_get_text (row, field) : NULL;

  if (part == NULL)
    return;
  g_string_append (address, part);
  if (g_ascii_isdigit (part[strlen (part) - 1]))
    g_string_append (address, word);
}

static void
write_address (ShequRow *home, const ShequRow *estate, const ShequRow *building, const ShequRow *dwelling)
{
  g_autoptr (GString) address = g_string_new (NULL);

  append_place (address, estate, "name", "");
  append_place (address, building, "name", "号楼");
  append_place (address, dwelling, "stairwell", "单元");
  append_place (address, dwelling, "room", "");
  if (address->len > 0)
    shequ_row_set_text (home, "address", address->str);
}

static void
set_place (ShequRow *row, const char *field, const char *number, const char *word)
{
  g_autofree char *text = number != NULL ? g_strconcat (number, word, NULL) : NULL;

  if (text != NULL)
    shequ_row_set_text (row, field, text);
}

static const ShequAddress *
read_address (const ImportPlan *plan, const char *text)
{
  ImportAddress *last = plan->last_address;

  if (g_strcmp0 (last->text, text) == 0)
    return &last->address;
  shequ_address_clear (&last->address);
  shequ_address_parse (text, &last->address);
  g_free (last->text);
  last->text = g_strdup (text);
  return &last->address;
}

/* Without columns for estate, building and room the address tells them; with them, they tell the address. */
static void
complete_home (const ImportPlan *plan, ImportItem *item)
{
  guint household = (guint) import_plan_find_node (plan, "household");
  guint dwelling = (guint) import_plan_find_node (plan, "dwelling");
  int building = import_plan_find_node (plan, "building");
  int estate = import_plan_find_node (plan, "estate");
  const char *text =
    item->rows[household] != NULL ? shequ_row_get_text (item->rows[household], "address") : NULL;
  const ShequAddress *address;

  if (building < 0 || estate < 0)
    return;
  if (item->rows[dwelling] != NULL || item->rows[building] != NULL)
    {
      if (text == NULL)
        write_address (get_row (plan, item, household), item->rows[estate], item->rows[building],
                       item->rows[dwelling]);
      return;
    }
  if (text == NULL)
    return;
  address = read_address (plan, text);
  if (address->building == NULL || address->room == NULL)
    return;
  set_place (get_row (plan, item, (guint) estate), "name", address->estate, "");
  set_place (get_row (plan, item, (guint) building), "name", address->building, "号楼");
  set_place (get_row (plan, item, dwelling), "stairwell", address->stairwell, "单元");
  set_place (get_row (plan, item, dwelling), "room", address->room, "");
  if (address->floor != 0)
    shequ_row_set_integer (get_row (plan, item, dwelling), "floor", address->floor);
}

/* A record that leads on to another must be there for the link; a key stands in until it is known. */
static void
connect_nodes (const ImportPlan *plan, ImportItem *item)
{
  for (guint n = plan->nodes->len - 1; n > 0; n--)
    {
      const ImportNode *node = &g_array_index (plan->nodes, ImportNode, n);

      if (item->rows[n] != NULL && is_empty (item->rows[n]))
        g_clear_pointer (&item->rows[n], shequ_row_free);
      if (item->rows[n] != NULL)
        shequ_value_set_integer (shequ_row_get (get_row (plan, item, node->parent), node->link), 0);
    }
}

static void
copy_cells (ImportItem *item, const ShequCellRow *row, guint n_headers)
{
  item->n_cells = MAX (n_headers, row->n_cells);
  item->cells = g_new0 (char *, item->n_cells + 1);
  for (guint i = 0; i < row->n_cells; i++)
    {
      if (row->cells[i].type != SHEQU_CELL_EMPTY)
        item->cells[i] = g_strndup (row->cells[i].text, row->cells[i].length);
    }
}

/* (nullable): %NULL when no mapped column of the row holds anything. */
ImportItem *
import_plan_read (const ImportPlan *plan, const ShequCellRow *row)
{
  g_autoptr (ImportItem) item = g_new0 (ImportItem, 1);

  item->number = row->number;
  item->n_rows = plan->nodes->len;
  item->rows = g_new0 (ShequRow *, item->n_rows);
  for (guint i = 0; i < plan->columns->len; i++)
    {
      const ImportColumn *column = &g_array_index (plan->columns, ImportColumn, i);

      if (column->column < row->n_cells)
        read_cell (plan, item, column, &row->cells[column->column]);
    }
  if (plan->forms_households)
    complete_home (plan, item);
  connect_nodes (plan, item);
  if (item->rows[0] == NULL && item->issues == NULL)
    return NULL;
  copy_cells (item, row, plan->n_headers);
  get_row (plan, item, 0);
  for (guint n = 0; n < item->n_rows; n++)
    {
      if (item->rows[n] == NULL)
        continue;
      shequ_row_set_defaults (item->rows[n], plan->today, NULL);
      shequ_row_derive (item->rows[n], plan->today);
      shequ_row_validate (item->rows[n], plan->today, get_issues (item));
    }
  return g_steal_pointer (&item);
}
