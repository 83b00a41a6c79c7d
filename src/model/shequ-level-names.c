/* What this place calls the levels of its units and grids, from the register `level_name`. */
#include "config.h"

#include <string.h>

#include "shequ-office-private.h"

static const struct
{
  const char *prefix;
  const char *reg;
} levels[] = { { "unit_", "org_unit" }, { "grid_", "grid" } };

static const char *
find_name (const GPtrArray *rows, const char *prefix, const char *code)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const char *level = shequ_row_get_text (rows->pdata[i], "level");

      if (level != NULL && g_str_has_prefix (level, prefix) && g_str_equal (level + strlen (prefix), code))
        return shequ_row_get_text (rows->pdata[i], "name");
    }
  return NULL;
}

/* Before any other thread looks: the names of a database that was open before are taken back, too. */
gboolean
shequ_office_load_level_names (ShequOffice *self, GCancellable *cancellable, GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (self, "level_name", error);
  g_autoptr (ShequQuery) query = reg != NULL ? shequ_office_new_query (self, reg) : NULL;
  g_autoptr (GPtrArray) rows = query != NULL ? shequ_office_get_rows (self, query, cancellable, error) : NULL;

  for (guint i = 0; rows != NULL && i < G_N_ELEMENTS (levels); i++)
    {
      const ShequRegister *named = shequ_office_get_register (self, levels[i].reg);
      ShequCodeList *list = shequ_register_lookup (named, "level")->codes;

      for (guint k = 0; k < list->codes->len; k++)
        {
          const char *code = ((ShequCode *) list->codes->pdata[k])->code;

          shequ_code_list_rename (list, code, find_name (rows, levels[i].prefix, code));
        }
    }
  return rows != NULL;
}
