#include "shequ-visits.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-date.h"
#include "shequ-error.h"
#include "shequ-values.h"
#include "shequ-visits-private.h"

/* Visits of as many intervals back are looked at first: most of those seen in time are among them. */
#define INTERVALS_BACK 2

void
shequ_visit_due_free (ShequVisitDue *due)
{
  g_free (due->who);
  g_free (due->where);
  g_free (due->reason);
  g_free (due->staff);
  g_free (due->last_on);
  g_free (due->due_on);
  g_free (due);
}

/* Texts that come together are named once, in the order in which they came. */
static void
join (char **all, const char *text)
{
  g_auto (GStrv) parts = NULL;
  char *joined;

  if (*all == NULL || **all == '\0')
    {
      g_free (*all);
      *all = g_strdup (text != NULL ? text : "");
      return;
    }
  if (text == NULL || *text == '\0' || g_str_equal (*all, text))
    return;
  parts = g_strsplit (*all, "、", -1);
  if (g_strv_contains ((const char *const *) parts, text))
    return;
  joined = g_strconcat (*all, "、", text, NULL);
  g_free (*all);
  *all = joined;
}

static char *
add_days (const char *day, gint64 days)
{
  char text[SHEQU_DATE_TEXT_SIZE];
  ShequDate date;

  if (day == NULL || !shequ_date_from_iso (day, &date))
    return NULL;
  date = shequ_date_add_days (&date, (int) days);
  shequ_date_to_iso (&date, text);
  return g_strdup (text);
}

/* Until somebody was there, the first visit is due one interval after it was first wanted. */
static void
add_want (ShequVisitDue *due, const ShequVisitWant *want, const char *today)
{
  g_autofree char *first = add_days (want->since, want->every_days);

  if (first == NULL)
    first = g_strdup (today);
  if (due->due_on == NULL || g_strcmp0 (first, due->due_on) < 0)
    {
      g_free (due->due_on);
      due->due_on = g_steal_pointer (&first);
    }
  due->every_days = due->every_days == 0 ? want->every_days : MIN (due->every_days, want->every_days);
  due->household = want->household;
  if (due->resident == 0)
    due->resident = want->resident;
  join (&due->who, want->name);
  join (&due->reason, want->reason);
  join (&due->staff, want->staff);
}

/* One of each household; who has none stands for oneself. */
static GPtrArray *
group_wants (const GPtrArray *wants, const char *today)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) shequ_visit_due_free);
  g_autoptr (GHashTable) groups = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i < wants->len; i++)
    {
      const ShequVisitWant *want = wants->pdata[i];
      gint64 subject = want->household != 0 ? want->household : -want->resident;
      ShequVisitDue *due = g_hash_table_lookup (groups, &subject);

      if (due == NULL)
        {
          due = g_new0 (ShequVisitDue, 1);
          g_hash_table_insert (groups, g_memdup2 (&subject, sizeof subject), due);
          g_ptr_array_add (list, due);
        }
      add_want (due, want, today);
    }
  return list;
}

static int
compare_intervals (gconstpointer one, gconstpointer other)
{
  const ShequVisitDue *first = *(const ShequVisitDue *const *) one;
  const ShequVisitDue *second = *(const ShequVisitDue *const *) other;

  return first->every_days < second->every_days ? -1 : first->every_days > second->every_days;
}

static GArray *
list_subjects (const GPtrArray *list, guint first, guint end, gboolean households, gboolean unseen)
{
  GArray *keys = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = first; i < end; i++)
    {
      const ShequVisitDue *due = list->pdata[i];

      if ((due->household != 0) == households && (!unseen || due->last_on == NULL))
        g_array_append_vals (keys, households ? &due->household : &due->resident, 1);
    }
  return keys;
}

/* Of whom, and the day. */
static void
note_last (const ShequValue *values, gpointer user_data)
{
  GHashTable *last = user_data;
  gint64 key = values[0].integer;

  if (g_strcmp0 (values[1].text, g_hash_table_lookup (last, &key)) > 0)
    g_hash_table_insert (last, g_memdup2 (&key, sizeof key), g_strdup (values[1].text));
}

/* The latest day on which each was met, from a day on. */
static gboolean
read_last (ShequOffice *office,
           GHashTable *last,
           const char *link,
           const GArray *keys,
           const char *from_day,
           GCancellable *cancellable,
           GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (office, "visit", error);
  const char *const paths[] = { link, "day", NULL };
  guint from = 0;

  while (reg != NULL && from < keys->len)
    {
      g_autofree char *where = shequ_visits_name_keys (link, keys, &from);
      g_autofree char *since = from_day != NULL ? g_strconcat ("day>=", from_day, NULL) : NULL;
      g_autoptr (ShequQuery) query = shequ_office_new_query (office, reg);

      if (!shequ_query_add_where (query, where, error) ||
          !shequ_query_add_where (query, "result!=absent", error) ||
          (since != NULL && !shequ_query_add_where (query, since, error)) ||
          !shequ_store_read_values (shequ_office_get_store (office), query, paths, note_last, last,
                                    cancellable, error))
        return FALSE;
    }
  return reg != NULL;
}

/* When each of a part of the list was met last; with a first day all of them are asked for, else those who
 * were not found yet. */
static gboolean
find_last (ShequOffice *office,
           GPtrArray *list,
           guint first,
           guint end,
           gboolean households,
           const char *from_day,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GHashTable) last = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  g_autoptr (GArray) keys = list_subjects (list, first, end, households, from_day == NULL);

  if (!read_last (office, last, households ? "household" : "resident", keys, from_day, cancellable, error))
    return FALSE;
  for (guint i = first; i < end; i++)
    {
      ShequVisitDue *due = list->pdata[i];
      const char *day = g_hash_table_lookup (last, due->household != 0 ? &due->household : &due->resident);

      if ((due->household != 0) != households || day == NULL)
        continue;
      g_free (due->last_on);
      due->last_on = g_strdup (day);
      g_free (due->due_on);
      due->due_on = add_days (day, due->every_days);
    }
  return TRUE;
}

/* By intervals, so that years of weekly visits are not read to find one of last week. */
static gboolean
find_all_last (ShequOffice *office,
               GPtrArray *list,
               const char *today,
               GCancellable *cancellable,
               GError **error)
{
  guint end;

  for (guint first = 0; first < list->len; first = end)
    {
      gint64 every_days = ((const ShequVisitDue *) list->pdata[first])->every_days;
      g_autofree char *from = add_days (today, -INTERVALS_BACK * every_days);

      for (end = first; end < list->len; end++)
        {
          if (((const ShequVisitDue *) list->pdata[end])->every_days != every_days)
            break;
        }
      if (!find_last (office, list, first, end, TRUE, from, cancellable, error) ||
          !find_last (office, list, first, end, FALSE, from, cancellable, error))
        return FALSE;
    }
  return find_last (office, list, 0, list->len, TRUE, NULL, cancellable, error) &&
         find_last (office, list, 0, list->len, FALSE, NULL, cancellable, error);
}

static void
keep_due (GPtrArray *list, const char *today, guint ahead)
{
  ShequDate now, day;

  if (!shequ_date_from_iso (today, &now))
    return;
  for (guint i = list->len; i > 0; i--)
    {
      ShequVisitDue *due = list->pdata[i - 1];

      if (due->due_on == NULL || !shequ_date_from_iso (due->due_on, &day))
        continue;
      due->days_left = shequ_date_to_days (&day) - shequ_date_to_days (&now);
      if (due->days_left > (int) ahead)
        g_ptr_array_remove_index (list, i - 1);
    }
}

static int
compare_due (gconstpointer one, gconstpointer other)
{
  const ShequVisitDue *first = *(const ShequVisitDue *const *) one;
  const ShequVisitDue *second = *(const ShequVisitDue *const *) other;
  int order = g_strcmp0 (first->due_on, second->due_on);

  return order != 0 ? order : g_strcmp0 (first->who, second->who);
}

/* The key, and what the title of a household is made of. */
static void
note_title (const ShequValue *values, gpointer user_data)
{
  const char *title = values[1].text != NULL ? values[1].text : values[2].text;

  g_hash_table_insert (user_data, g_memdup2 (&values[0].integer, sizeof (gint64)), g_strdup (title));
}

static gboolean
name_places (ShequOffice *office, GPtrArray *list, GCancellable *cancellable, GError **error)
{
  static const char *const paths[] = { "key", "address", "number", NULL };
  const ShequRegister *reg = shequ_office_require_register (office, "household", error);
  g_autoptr (GArray) keys = list_subjects (list, 0, list->len, TRUE, FALSE);
  g_autoptr (GHashTable) titles = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  guint from = 0;

  while (reg != NULL && from < keys->len)
    {
      g_autofree char *where = shequ_visits_name_keys ("key", keys, &from);
      g_autoptr (ShequQuery) query = shequ_query_new (reg, NULL);

      if (!shequ_query_add_where (query, where, error) ||
          !shequ_store_read_values (shequ_office_get_store (office), query, paths, note_title, titles,
                                    cancellable, error))
        return FALSE;
    }
  for (guint i = 0; i < list->len; i++)
    {
      ShequVisitDue *due = list->pdata[i];
      const char *title = g_hash_table_lookup (titles, &due->household);

      due->where = g_strdup (title != NULL && due->resident != 0 ? title : "");
    }
  return reg != NULL;
}

/**
 * shequ_visits_list_due:
 * @office: the office
 * @ahead: how many days ahead to look
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Gives who is to be visited: the plans in force, and everybody in a key group that asks for visits
 * (`tag.visit_every_days`) for whom there is no plan. A visit counts for all of a household, unless nobody
 * was met. One who was never seen is due one interval after the plan or the group began.
 *
 * Returns: (transfer full) (element-type ShequVisitDue): the households, the longest missed first
 */
GPtrArray *
shequ_visits_list_due (ShequOffice *office, guint ahead, GCancellable *cancellable, GError **error)
{
  g_autofree char *today = shequ_office_get_today (office);
  g_autoptr (GPtrArray) wants = shequ_visits_collect_wants (office, cancellable, error);
  g_autoptr (GPtrArray) list = wants != NULL ? group_wants (wants, today) : NULL;

  if (list == NULL)
    return NULL;
  g_ptr_array_sort (list, compare_intervals);
  if (!find_all_last (office, list, today, cancellable, error))
    return NULL;
  keep_due (list, today, ahead);
  g_ptr_array_sort (list, compare_due);
  if (!name_places (office, list, cancellable, error))
    return NULL;
  return g_steal_pointer (&list);
}

static gboolean
set_typed (ShequOffice *office, ShequRow *row, const char *name, const char *text, GError **error)
{
  const ShequField *field = shequ_register_lookup (row->reg, name);
  g_autofree char *today = shequ_office_get_today (office);
  g_autoptr (GPtrArray) issues = shequ_issues_new ();
  g_autofree char *message = NULL;

  if (text == NULL || *text == '\0')
    return TRUE;
  if (shequ_field_parse (field, text, today, shequ_row_get (row, field), issues))
    return TRUE;
  message = shequ_issues_to_text (issues, SHEQU_ISSUE_ERROR);
  g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE, message);
  return FALSE;
}

/**
 * shequ_visits_log:
 * @office: the office
 * @visit: what is to be kept
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Keeps a visit of today, made by who is signed in.
 *
 * Returns: its key, or 0 when it is refused, as one without anybody visited
 */
gint64
shequ_visits_log (ShequOffice *office, const ShequVisit *visit, GCancellable *cancellable, GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (office, "visit", error);
  g_autoptr (ShequRow) row = reg != NULL ? shequ_office_new_row (office, reg) : NULL;
  gint64 staff = shequ_office_get_staff (office);

  if (row == NULL)
    return 0;
  if (visit->household == 0 && visit->resident == 0)
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE,
                   _ ("Choose the household or the resident who was visited. Nothing was stored."));
      return 0;
    }
  if (visit->household != 0)
    shequ_row_set_integer (row, "household", visit->household);
  if (visit->resident != 0)
    shequ_row_set_integer (row, "resident", visit->resident);
  if (staff != 0)
    shequ_row_set_integer (row, "staff", staff);
  if (!set_typed (office, row, "way", visit->way, error) ||
      !set_typed (office, row, "about", visit->about, error) ||
      !set_typed (office, row, "result", visit->result, error) ||
      !set_typed (office, row, "note", visit->note, error) ||
      !set_typed (office, row, "follow_up_on", visit->follow_up_on, error) ||
      !shequ_office_save (office, row, NULL, cancellable, error))
    return 0;
  return row->key;
}
