#include "shequ-surname.h"

#include "config.h"

#include <string.h>

#include "shequ-data.h"

static gboolean
read_row (char **cells, guint line, gpointer user_data, GError **error)
{
  if (strcmp (cells[1], "compound") == 0)
    g_hash_table_add (user_data, g_strdup (cells[0]));
  return TRUE;
}

/* Read once and never changed after. */
static GHashTable *
get_compounds (void)
{
  static GHashTable *compounds = NULL;

  if (g_once_init_enter (&compounds))
    {
      GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_autoptr (GError) error = NULL;

      if (!shequ_data_read_table ("rules/pinyin-readings.tsv", "text kind", read_row, table, &error))
        g_error ("%s", error->message);
      g_once_init_leave (&compounds, table);
    }
  return compounds;
}

/**
 * shequ_surname_is_compound:
 * @text: two characters
 *
 * Returns: whether they are a surname of two characters, as 欧阳
 */
gboolean
shequ_surname_is_compound (const char *text)
{
  return g_hash_table_contains (get_compounds (), text);
}
