#include "shequ-region.h"

#include "config.h"

#include <stdlib.h>

#include "shequ-data.h"

static gboolean
read_region (char **cells, guint line, gpointer user_data, GError **error)
{
  GHashTable *regions = user_data;

  g_hash_table_add (regions, GUINT_TO_POINTER ((guint) strtoul (cells[0], NULL, 10)));
  return TRUE;
}

/* The codes of GB/T 2260, those in force and those of earlier years: read once and never changed after. */
static GHashTable *
get_regions (void)
{
  static GHashTable *regions = NULL;

  if (g_once_init_enter (&regions))
    {
      GHashTable *table = g_hash_table_new (NULL, NULL);
      g_autoptr (GError) error = NULL;

      if (!shequ_data_read_table ("codes/gbt2260.tsv", "code", read_region, table, &error) ||
          !shequ_data_read_table ("codes/gbt2260-former.tsv", "code", read_region, table, &error))
        g_error ("%s", error->message);
      g_once_init_leave (&regions, table);
    }
  return regions;
}

/**
 * shequ_region_is_known:
 * @code: six digits of GB/T 2260, as 220802
 *
 * Returns: whether a province, prefecture or county has the code or had it in a year since 1981
 */
gboolean
shequ_region_is_known (guint code)
{
  return g_hash_table_contains (get_regions (), GUINT_TO_POINTER (code));
}

/**
 * shequ_region_is_province:
 * @province: the first two digits of GB/T 2260, as 22
 *
 * Returns: whether it is a province
 */
gboolean
shequ_region_is_province (guint province)
{
  return shequ_region_is_known (province * 10000);
}
