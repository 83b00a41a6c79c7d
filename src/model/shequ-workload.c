#include "shequ-workload.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-error.h"

/* How far back “lately” reaches. */
#define LATELY "today-90d"

void
shequ_item_use_free (ShequItemUse *use)
{
  g_clear_pointer (&use->item, shequ_row_free);
  g_free (use);
}

void
shequ_burden_free (ShequBurden *burden)
{
  g_free (burden->from);
  g_free (burden->to);
  g_clear_pointer (&burden->months, g_ptr_array_unref);
  g_clear_pointer (&burden->departments, g_ptr_array_unref);
  g_clear_pointer (&burden->items, g_ptr_array_unref);
  g_clear_pointer (&burden->purposes, g_ptr_array_unref);
  g_free (burden);
}

/**
 * shequ_workload_log:
 * @office: the office
 * @entry: what was done
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Registers what time went to. The department is taken from the item and stays, whatever becomes of the item.
 *
 * Returns: the key of the new work entry, or 0 with %SHEQU_ERROR_ARGUMENT when nobody says who did it, or the
 *   errors of shequ_office_save()
 */
gint64
shequ_workload_log (ShequOffice *office,
                    const ShequWorkEntry *entry,
                    GCancellable *cancellable,
                    GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (office, "work_entry", error);
  gint64 staff = entry->staff != 0 ? entry->staff : shequ_office_get_staff (office);
  g_autoptr (ShequRow) row = NULL;

  if (reg == NULL)
    return 0;
  if (staff == 0)
    {
      g_set_error (
        error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
        _ ("“%s” is not among the staff. Nothing was registered. Choose who did the work, or add the "
           "person to the staff."),
        shequ_office_get_user (office));
      return 0;
    }
  row = shequ_office_new_row (office, reg);
  shequ_row_set_integer (row, "staff", staff);
  shequ_row_set_integer (row, "item", entry->item);
  shequ_row_set_integer (row, "minutes", entry->minutes);
  if (entry->day != NULL)
    shequ_row_set_text (row, "day", entry->day);
  if (entry->purpose != NULL)
    shequ_row_set_text (row, "purpose", entry->purpose);
  if (entry->note != NULL && *entry->note != '\0')
    shequ_row_set_text (row, "note", entry->note);
  return shequ_office_save (office, row, NULL, cancellable, error) ? row->key : 0;
}

/**
 * shequ_workload_undo:
 * @office: the office
 * @key: a work entry
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Takes an entry back, as the toast after logging offers; shequ_office_restore() brings it again.
 *
 * Returns: %FALSE with the errors of shequ_office_delete()
 */
gboolean
shequ_workload_undo (ShequOffice *office, gint64 key, GCancellable *cancellable, GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (office, "work_entry", error);
  g_autoptr (ShequRow) row = reg != NULL ? shequ_office_get_row (office, reg, key, cancellable, error) : NULL;

  return row != NULL && shequ_office_delete (office, reg, key, row->version, cancellable, error);
}

/* Minutes of work entries, grouped; `group` may be a field of the linked item, as `item.admitted`. */
static GPtrArray *
summarise (ShequOffice *office,
           const char *group,
           ShequPeriod period,
           const char *where,
           GCancellable *cancellable,
           GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (office, "work_entry", error);
  g_autoptr (ShequQuery) query = reg != NULL ? shequ_office_new_query (office, reg) : NULL;
  g_auto (GStrv) path = g_strsplit (group, ".", 2);
  ShequSummaryQuery summary = { query };

  if (query == NULL || !shequ_query_add_where (query, where, error))
    return NULL;
  summary.group = shequ_register_require (reg, path[0], error);
  if (summary.group != NULL && path[1] != NULL)
    {
      summary.group_link = summary.group;
      summary.group = shequ_register_require (summary.group_link->target, path[1], error);
    }
  summary.date = shequ_register_require (reg, "day", error);
  summary.period = period;
  summary.sum = shequ_register_require (reg, "minutes", error);
  if (summary.group == NULL || summary.date == NULL || summary.sum == NULL)
    return NULL;
  return shequ_store_summarise (shequ_office_get_store (office), &summary, cancellable, error);
}

static int
compare_counts (gconstpointer one, gconstpointer other)
{
  const ShequSummaryRow *first = *(const ShequSummaryRow *const *) one;
  const ShequSummaryRow *second = *(const ShequSummaryRow *const *) other;

  if (first->count != second->count)
    return first->count > second->count ? -1 : 1;
  return g_strcmp0 (first->label, second->label);
}

static gboolean
is_active (const ShequRow *item)
{
  return !item->deleted && shequ_row_get_integer (item, "active") != 0;
}

static gboolean
is_listed (const GPtrArray *uses, gint64 item)
{
  for (guint i = 0; i < uses->len; i++)
    if (((const ShequItemUse *) uses->pdata[i])->item->key == item)
      return TRUE;
  return FALSE;
}

static void
add_use (GPtrArray *uses, ShequRow *item, const ShequSummaryRow *line)
{
  ShequItemUse *use = g_new0 (ShequItemUse, 1);

  use->item = item;
  use->times = line->count;
  use->minutes = line->count > 0 ? line->sum / line->count : 0;
  if (use->minutes == 0)
    use->minutes = shequ_row_get_integer (item, "minutes_per_time");
  g_ptr_array_add (uses, use);
}

static gboolean
add_uses (ShequOffice *office,
          GPtrArray *uses,
          const char *where,
          guint limit,
          GCancellable *cancellable,
          GError **error)
{
  const ShequRegister *items = shequ_office_require_register (office, "work_item", error);
  g_autoptr (GPtrArray) lines = NULL;

  if (items == NULL)
    return FALSE;
  lines = summarise (office, "item", SHEQU_PERIOD_NONE, where, cancellable, error);
  if (lines == NULL)
    return FALSE;
  g_ptr_array_sort (lines, compare_counts);
  for (guint i = 0; i < lines->len && uses->len < limit; i++)
    {
      const ShequSummaryRow *line = lines->pdata[i];
      gint64 key = line->group != NULL ? g_ascii_strtoll (line->group, NULL, 10) : 0;
      g_autoptr (ShequRow) item = NULL;

      if (key == 0 || is_listed (uses, key))
        continue;
      item = shequ_office_get_row (office, items, key, cancellable, NULL);
      if (item != NULL && is_active (item))
        add_use (uses, g_steal_pointer (&item), line);
    }
  return TRUE;
}

/**
 * shequ_workload_list_likely:
 * @office: the office
 * @staff: a person of the staff; 0 for the user
 * @limit: how many
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Gives the items in force that the person logged most in the last 90 days, then those that the office did:
 * what the entry of work offers first.
 *
 * Returns: (transfer full) (element-type ShequItemUse): the items, the likeliest first
 */
GPtrArray *
shequ_workload_list_likely (ShequOffice *office,
                            gint64 staff,
                            guint limit,
                            GCancellable *cancellable,
                            GError **error)
{
  g_autoptr (GPtrArray) uses = g_ptr_array_new_with_free_func ((GDestroyNotify) shequ_item_use_free);
  g_autofree char *own = NULL;

  if (staff == 0)
    staff = shequ_office_get_staff (office);
  own = g_strdup_printf ("staff=%" G_GINT64_FORMAT " and day>=" LATELY, staff);
  if ((staff != 0 && !add_uses (office, uses, own, limit, cancellable, error)) ||
      !add_uses (office, uses, "day>=" LATELY, limit, cancellable, error))
    return NULL;
  return g_steal_pointer (&uses);
}

static gboolean
add_totals (ShequOffice *office,
            ShequBurden *burden,
            const char *where,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (GPtrArray) admissions = NULL;

  burden->months = summarise (office, "department", SHEQU_PERIOD_MONTH, where, cancellable, error);
  if (burden->months == NULL)
    return FALSE;
  burden->departments = summarise (office, "department", SHEQU_PERIOD_NONE, where, cancellable, error);
  if (burden->departments == NULL)
    return FALSE;
  burden->items = summarise (office, "item", SHEQU_PERIOD_NONE, where, cancellable, error);
  if (burden->items == NULL)
    return FALSE;
  burden->purposes = summarise (office, "purpose", SHEQU_PERIOD_NONE, where, cancellable, error);
  if (burden->purposes == NULL)
    return FALSE;
  admissions = summarise (office, "item.admitted", SHEQU_PERIOD_NONE, where, cancellable, error);
  if (admissions == NULL)
    return FALSE;
  for (guint i = 0; i < admissions->len; i++)
    {
      const ShequSummaryRow *line = admissions->pdata[i];

      burden->minutes += line->sum;
      burden->entries += line->count;
      if (g_strcmp0 (line->group, "y") != 0)
        burden->not_admitted_minutes += line->sum;
    }
  return TRUE;
}

/**
 * shequ_workload_summarise:
 * @office: the office
 * @from: the first day
 * @to: the last day
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Says what the hours of the office and the units below it went to.
 *
 * Returns: (transfer full): the sums in minutes, or %NULL with an error of the store
 */
ShequBurden *
shequ_workload_summarise (ShequOffice *office,
                          const char *from,
                          const char *to,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autofree char *where = g_strdup_printf ("day>=%s and day<=%s", from, to);
  g_autoptr (ShequBurden) burden = g_new0 (ShequBurden, 1);

  burden->from = g_strdup (from);
  burden->to = g_strdup (to);
  if (!add_totals (office, burden, where, cancellable, error))
    return NULL;
  return g_steal_pointer (&burden);
}
