#include "shequ-import-alike.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-import-links.h"

#define CHUNK 500
#define MOST_NAMED 2

struct _ImportAlike
{
  const ShequRegister *reg;
  char *today;
  GString *text;
  GHashTable *units; /* of gint64: those whose records are known, 0 for all */
  GHashTable *known; /* identity -> GArray of gint64 */
};

ImportAlike *
import_alike_new (const ShequRegister *reg, const char *today)
{
  ImportAlike *alike = g_new0 (ImportAlike, 1);

  alike->reg = reg;
  alike->today = g_strdup (today);
  alike->text = g_string_new (NULL);
  alike->units = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  alike->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  return alike;
}

void
import_alike_free (ImportAlike *alike)
{
  g_hash_table_unref (alike->known);
  g_hash_table_unref (alike->units);
  g_string_free (alike->text, TRUE);
  g_free (alike->today);
  g_free (alike);
}

/* Somebody else wrote: what is known is read anew when it is asked for. */
void
import_alike_forget (ImportAlike *alike)
{
  g_hash_table_remove_all (alike->units);
  g_hash_table_remove_all (alike->known);
}

static gint64
get_unit (const ShequRow *row)
{
  return shequ_register_lookup (row->reg, "unit") != NULL ? shequ_row_get_integer (row, "unit") : 0;
}

static void
note (ImportAlike *alike, const ShequRow *row)
{
  for (guint i = 0; i < alike->reg->weak_identity->len; i++)
    {
      const GPtrArray *fields = alike->reg->weak_identity->pdata[i];
      GArray *keys;
      gboolean there = FALSE;

      if (!import_links_is_complete (fields, row))
        continue;
      import_links_write_identity (alike->text, fields, row);
      keys = g_hash_table_lookup (alike->known, alike->text->str);
      if (keys == NULL)
        {
          keys = g_array_new (FALSE, FALSE, sizeof (gint64));
          g_hash_table_insert (alike->known, g_strdup (alike->text->str), keys);
        }
      for (guint k = 0; k < keys->len; k++)
        there |= g_array_index (keys, gint64, k) == row->key;
      if (!there)
        g_array_append_val (keys, row->key);
    }
}

/* A record of a row was stored or changed. */
void
import_alike_note (ImportAlike *alike, const ShequRow *row)
{
  gint64 unit;

  if (g_hash_table_size (alike->units) == 0)
    return;
  unit = get_unit (row);
  if (g_hash_table_contains (alike->units, &unit))
    note (alike, row);
}

static gboolean
read_unit (ImportAlike *alike, ShequTransaction *transaction, gint64 unit, GError **error)
{
  g_autoptr (ShequQuery) query = shequ_query_new (alike->reg, alike->today);
  g_autoptr (GArray) keys = NULL;

  if (g_hash_table_contains (alike->units, &unit))
    return TRUE;
  query->unit = unit;
  keys = shequ_transaction_list_keys (transaction, query, error);
  for (guint i = 0; keys != NULL && i < keys->len; i += CHUNK)
    {
      g_autoptr (GPtrArray) rows = shequ_transaction_fetch (
        transaction, alike->reg, &g_array_index (keys, gint64, i), MIN (CHUNK, keys->len - i), error);

      if (rows == NULL)
        return FALSE;
      for (guint k = 0; k < rows->len; k++)
        note (alike, rows->pdata[k]);
    }
  if (keys != NULL)
    g_hash_table_add (alike->units, g_memdup2 (&unit, sizeof unit));
  return keys != NULL;
}

static char *
describe (const ShequRow *row)
{
  g_autofree char *title = shequ_row_get_title (row);
  g_autofree char *detail = shequ_row_get_detail (row);

  return detail != NULL && *detail != '\0' ? g_strdup_printf ("%s（%s）", title, detail)
                                           : g_steal_pointer (&title);
}

/* Which of them is meant nobody can say but who made the list. */
static gboolean
refuse (const ImportAlike *alike,
        ShequTransaction *transaction,
        ImportItem *item,
        const GArray *keys,
        GError **error)
{
  g_autoptr (GPtrArray) rows = shequ_transaction_fetch (
    transaction, alike->reg, (const gint64 *) (gpointer) keys->data, MOST_NAMED, error);
  g_autofree char *one = NULL;
  g_autofree char *other = NULL;

  if (rows == NULL || rows->len < MOST_NAMED)
    return FALSE;
  one = describe (rows->pdata[0]);
  other = describe (rows->pdata[1]);
  import_item_add_issue (
    item, shequ_issue_new (SHEQU_ISSUE_ERROR, NULL,
                           _ ("may be %s or %s of the register; add what tells them apart, as the number"),
                           one, other));
  return TRUE;
}

/* The one record that a row without an identity speaks of, 0 when there is none, -1 on error; where there are
 * several the row has an error. */
gint64
import_alike_find (ImportAlike *alike, ShequTransaction *transaction, ImportItem *item, GError **error)
{
  const ShequRow *row = item->rows[0];

  for (guint i = 0; i < alike->reg->weak_identity->len; i++)
    {
      const GPtrArray *fields = alike->reg->weak_identity->pdata[i];
      const GArray *keys;

      if (!import_links_is_complete (fields, row))
        continue;
      if (!read_unit (alike, transaction, get_unit (row), error))
        return -1;
      import_links_write_identity (alike->text, fields, row);
      keys = g_hash_table_lookup (alike->known, alike->text->str);
      if (keys == NULL)
        continue;
      if (keys->len == 1)
        return g_array_index (keys, gint64, 0);
      return refuse (alike, transaction, item, keys, error) ? 0 : -1;
    }
  return 0;
}
