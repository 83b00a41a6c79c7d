#include "shequ-paper-texts-private.h"

#include "config.h"

#include <string.h>

#include "shequ-data.h"

#define FULL_WIDTH_COMMA ","

static gboolean
add_text (char **cells, guint line, gpointer user_data, GError **error)
{
  g_hash_table_insert (user_data, g_strdup (cells[0]), g_strdup (cells[1]));
  return TRUE;
}

GHashTable *
shequ_paper_texts_load (GError **error)
{
  g_autoptr (GHashTable) texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  if (!shequ_data_read_table ("rules/paper-texts.tsv", "key text", add_text, texts, error))
    return NULL;
  return g_steal_pointer (&texts);
}

static const char *
find_value (const char *const *values, const char *name, gsize length)
{
  for (guint i = 0; values[i] != NULL; i += 2)
    if (strlen (values[i]) == length && strncmp (values[i], name, length) == 0)
      return values[i + 1];
  return NULL;
}

/* `values` are names and values in turn, ended by %NULL; an empty value takes the comma behind it along. */
char *
shequ_paper_texts_expand (GHashTable *texts, const char *key, const char *const *values)
{
  const char *rest = g_hash_table_lookup (texts, key);
  GString *text = g_string_new (NULL);

  while (rest != NULL && *rest != '\0')
    {
      const char *open = strchr (rest, '{'), *close = open != NULL ? strchr (open, '}') : NULL;
      const char *value;

      if (close == NULL)
        break;
      g_string_append_len (text, rest, open - rest);
      value = find_value (values, open + 1, close - open - 1);
      rest = close + 1;
      if (value != NULL && *value != '\0')
        g_string_append (text, value);
      else if (g_str_has_prefix (rest, FULL_WIDTH_COMMA))
        rest += strlen (FULL_WIDTH_COMMA);
    }
  g_string_append (text, rest != NULL ? rest : "");
  return g_string_free (text, FALSE);
}

/* What stands before the year: the setting, or the usual word. */
static char *
get_prefix (ShequTransaction *transaction, GHashTable *texts, const char *kind)
{
  g_autofree char *key = g_strconcat (kind, ".prefix", NULL);
  char *prefix = shequ_transaction_get_setting (transaction, key, NULL);

  if (prefix != NULL && *prefix != '\0')
    return prefix;
  g_free (prefix);
  return g_strdup (g_hash_table_lookup (texts, key));
}

char *
shequ_paper_texts_take_number (ShequTransaction *transaction,
                               const char *kind,
                               const char *unit_name,
                               const char *series,
                               const char *year,
                               GError **error)
{
  g_autoptr (GHashTable) texts = shequ_paper_texts_load (error);
  g_autofree char *key = g_strconcat (kind, ".number", NULL);
  g_autofree char *prefix = NULL, *whole = NULL, *serial = NULL;
  gint64 number;

  if (texts == NULL)
    return NULL;
  number = shequ_transaction_next_number (transaction, series, error);
  if (number == 0)
    return NULL;
  prefix = get_prefix (transaction, texts, kind);
  whole = g_strconcat (unit_name, prefix, NULL);
  serial = g_strdup_printf ("%04" G_GINT64_FORMAT, number);
  return shequ_paper_texts_expand (
    texts, key, (const char *const[]){ "prefix", whole, "year", year, "serial", serial, NULL });
}
