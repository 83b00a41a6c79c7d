/*
 * The replay of what was acknowledged against what stands there: nothing was lost, and nothing was done
 * twice.
 */
#include "office-work.h"

static gint
compare_saved (gconstpointer one, gconstpointer other)
{
  const OfficeSaved *a = one;
  const OfficeSaved *b = other;

  return a->key != b->key ? (a->key > b->key) - (a->key < b->key)
                          : (a->version > b->version) - (a->version < b->version);
}

static gint
compare_numbers (gconstpointer one, gconstpointer other)
{
  gint64 a = ((const OfficeSaved *) one)->number;
  gint64 b = ((const OfficeSaved *) other)->number;

  return (a > b) - (a < b);
}

/* The numbers run from 1 on, each once. */
static guint
check_numbers (GArray *saved, GString *wrong)
{
  guint n_wrong = 0;

  g_array_sort (saved, compare_numbers);
  for (guint i = 0; i < saved->len; i++)
    {
      gint64 number = g_array_index (saved, OfficeSaved, i).number;

      if (number == i + 1)
        continue;
      g_string_append_printf (wrong, "number %" G_GINT64_FORMAT " stands at place %u\n", number, i + 1);
      n_wrong++;
    }
  return n_wrong;
}

/* The last acknowledged state of a record is the one that stands there. */
static guint
check_record (Office *self, ShequStore *store, const OfficeSaved *last, GString *wrong)
{
  g_autoptr (ShequRow) row =
    shequ_store_get (store, self->resident, last->key, SHEQU_FETCH_PLAIN, NULL, NULL, NULL);
  g_autofree char *mark = g_strdup_printf ("%u", last->mark);

  if (row != NULL && row->version == last->version &&
      g_strcmp0 (shequ_row_get_text (row, "phone"), mark) == 0)
    return 0;
  g_string_append_printf (wrong, "record %" G_GINT64_FORMAT ": not what was acknowledged last\n", last->key);
  return 1;
}

/* Each acknowledged save made one version of its record, and each version was made by one save. */
static guint
check_versions (Office *self, ShequStore *store, GArray *saved, guint *n_records, GString *wrong)
{
  guint n_wrong = 0;

  g_array_sort (saved, compare_saved);
  for (guint i = 0; i < saved->len; i++)
    {
      const OfficeSaved *save = &g_array_index (saved, OfficeSaved, i);
      gboolean is_added = save->key > self->n_residents;
      gboolean is_first = i == 0 || save[-1].key != save->key;
      gint64 before = !is_first ? save[-1].version : is_added ? 0 : 1;

      if (save->version != before + 1)
        {
          g_string_append_printf (
            wrong, "record %" G_GINT64_FORMAT ": version %" G_GINT64_FORMAT " behind %" G_GINT64_FORMAT "\n",
            save->key, save->version, before);
          n_wrong++;
        }
      *n_records += is_added && is_first;
      if (i + 1 == saved->len || save[1].key != save->key)
        n_wrong += check_record (self, store, save, wrong);
    }
  return n_wrong;
}

static guint
expect (gint64 found, gint64 wanted, const char *what, GString *wrong)
{
  if (found == wanted)
    return 0;
  g_string_append_printf (wrong, "%" G_GINT64_FORMAT " %s, not %" G_GINT64_FORMAT "\n", found, what, wanted);
  return 1;
}

/* There is what the saves have made and nothing else, each name sees its part of it, and the database itself
 * finds nothing wrong with its log and links. */
static guint
check_whole (Office *self, ShequStore *store, gint64 n_records, guint n_saves, GString *wrong)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequQuery) query = shequ_query_new (self->resident, OFFICE_TODAY);
  g_autoptr (GPtrArray) problems = shequ_store_check (store, NULL, &error);
  g_autoptr (GPtrArray) log = shequ_store_read_log (store, NULL, 0, NULL, 0, NULL, &error);
  guint n_wrong = problems->len;
  gint64 n_seen = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_string_append_printf (wrong, "%s\n", (const char *) problems->pdata[i]);
  n_wrong += expect (shequ_store_count (store, query, NULL, &error), n_records, "records", wrong);
  n_wrong += expect (log->len, 1 + OFFICE_STREETS + OFFICE_COMMUNITIES + self->n_residents + n_saves,
                     "entries of the log", wrong);
  for (guint i = 0; i < OFFICE_STREETS; i++)
    {
      gint64 n = shequ_store_count (self->stores[i][0], query, NULL, &error);

      n_wrong += expect (n > 0 && n < n_records, 1, "street sees its part alone", wrong);
      n_seen += n;
    }
  return n_wrong + expect (n_seen, n_records, "records seen by the streets together", wrong);
}

/* How much is wrong, and in `wrong` a line for each; `saved` is put in another order. */
guint
office_replay (Office *self, GArray *saved, GString *wrong)
{
  g_autoptr (ShequStore) owner = office_open (self, NULL);
  guint n_records = self->n_residents;
  guint n_wrong = check_numbers (saved, wrong);

  n_wrong += check_versions (self, owner, saved, &n_records, wrong);
  return n_wrong + check_whole (self, owner, n_records, saved->len, wrong);
}
