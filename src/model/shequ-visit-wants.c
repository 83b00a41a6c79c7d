#include "config.h"

#include <string.h>

#include "shequ-values.h"
#include "shequ-visits-private.h"

/* Of as many records at a time is asked. */
#define CHUNK 1000

/* Who died or has gone for good is not visited. */
#define LIVES_HERE "not residence_status=9,10"

void
shequ_visit_want_free (ShequVisitWant *want)
{
  g_free (want->name);
  g_free (want->since);
  g_free (want->reason);
  g_free (want->staff);
  g_free (want);
}

GPtrArray *
shequ_visits_fetch (ShequOffice *office,
                    const ShequQuery *query,
                    ShequFetchFlags flags,
                    GCancellable *cancellable,
                    GError **error)
{
  ShequStore *store = shequ_office_get_store (office);
  g_autoptr (GArray) keys = shequ_store_list_keys (store, query, cancellable, error);

  if (keys == NULL)
    return NULL;
  return shequ_store_fetch (store, query->reg, (const gint64 *) (gconstpointer) keys->data, keys->len, flags,
                            query->today, cancellable, error);
}

char *
shequ_visits_name_keys (const char *name, const GArray *keys, guint *from)
{
  GString *text = g_string_new (name);
  guint end = MIN (keys->len, *from + CHUNK);

  for (guint i = *from; i < end; i++)
    g_string_append_printf (text, "%c%" G_GINT64_FORMAT, i == *from ? '=' : ',',
                            g_array_index (keys, gint64, i));
  *from = end;
  return g_string_free (text, FALSE);
}

/* A register that another version of the catalogue does not have asks for nothing. */
static GPtrArray *
find (ShequOffice *office, const char *reg, const char *where, GCancellable *cancellable, GError **error)
{
  const ShequRegister *found = shequ_office_get_register (office, reg);
  g_autoptr (ShequQuery) query = found != NULL ? shequ_office_new_query (office, found) : NULL;

  if (query == NULL)
    return g_ptr_array_new_with_free_func ((GDestroyNotify) shequ_row_free);
  if (!shequ_query_add_where (query, where, error))
    return NULL;
  return shequ_visits_fetch (office, query, SHEQU_FETCH_TITLES, cancellable, error);
}

static char *
format_named (const ShequRow *row, const char *name)
{
  return shequ_row_format (row, shequ_register_lookup (row->reg, name), SHEQU_FORMAT_PLAIN);
}

static gboolean
add_plans (GPtrArray *wants, ShequOffice *office, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) rows = find (office, "visit_plan", "active", cancellable, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const ShequRow *row = rows->pdata[i];
      ShequVisitWant *want = g_new0 (ShequVisitWant, 1);

      want->household = shequ_row_get_integer (row, "household");
      want->resident = shequ_row_get_integer (row, "resident");
      want->every_days = shequ_row_get_integer (row, "every_days");
      want->name = format_named (row, want->resident != 0 ? "resident" : "household");
      want->since = g_strdup (shequ_row_get_text (row, "started_on"));
      want->reason = format_named (row, "reason");
      want->staff = format_named (row, "staff");
      want->planned = TRUE;
      g_ptr_array_add (wants, want);
    }
  return rows != NULL;
}

/* A group that asks for visits. */
typedef struct
{
  gint64 key;
  gint64 every_days;
  char *title;
} Group;

static void
group_free (gpointer data)
{
  Group *group = data;

  g_free (group->title);
  g_free (group);
}

/* Key -> Group. */
static GHashTable *
read_groups (ShequOffice *office, GCancellable *cancellable, GError **error)
{
  g_autoptr (GHashTable) groups = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, group_free);
  g_autoptr (GPtrArray) rows =
    find (office, "tag", "visit_every_days>=1 and not active=no", cancellable, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const ShequRow *row = rows->pdata[i];
      Group *group = g_new0 (Group, 1);

      group->key = row->key;
      group->every_days = shequ_row_get_integer (row, "visit_every_days");
      group->title = shequ_row_get_title (row);
      g_hash_table_insert (groups, &group->key, group);
    }
  return rows != NULL ? g_steal_pointer (&groups) : NULL;
}

static GArray *
list_keys (GHashTable *groups)
{
  GArray *keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, groups);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_array_append_vals (keys, key, 1);
  return keys;
}

typedef struct
{
  GPtrArray *wants;
  GHashTable *groups; /* key -> Group */
} Reading;

/* In the order of the paths below. */
enum
{
  RESIDENT,
  TAG,
  STARTED_ON,
  NAME,
  HOUSEHOLD,
  STATUS,
};

static void
add_tagged (const ShequValue *values, gpointer user_data)
{
  const Reading *reading = user_data;
  const Group *group = g_hash_table_lookup (reading->groups, &values[TAG].integer);
  const char *status = values[STATUS].text;
  ShequVisitWant *want;

  /* The resident is gone, has died or has left for good. */
  if (group == NULL || values[NAME].text == NULL ||
      (status != NULL && (g_str_equal (status, "9") || g_str_equal (status, "10"))))
    return;
  want = g_new0 (ShequVisitWant, 1);
  want->resident = values[RESIDENT].integer;
  want->household = values[HOUSEHOLD].integer;
  want->every_days = group->every_days;
  want->name = g_strdup (values[NAME].text);
  want->since = g_strdup (values[STARTED_ON].text);
  want->reason = g_strdup (group->title);
  want->staff = g_strdup ("");
  g_ptr_array_add (reading->wants, want);
}

/* A whole district has twenty thousand of them: a few values are read, no records. */
static gboolean
add_tags (GPtrArray *wants, ShequOffice *office, GCancellable *cancellable, GError **error)
{
  static const char *const paths[] = {
    "resident", "tag", "started_on", "resident.name", "resident.household", "resident.residence_status", NULL
  };
  const ShequRegister *reg = shequ_office_get_register (office, "resident_tag");
  g_autoptr (GHashTable) groups = read_groups (office, cancellable, error);
  g_autoptr (GArray) keys = NULL;
  Reading reading = { wants, groups };
  guint from = 0;

  if (groups == NULL)
    return FALSE;
  keys = list_keys (groups);
  while (reg != NULL && from < keys->len)
    {
      g_autofree char *where = shequ_visits_name_keys ("tag", keys, &from);
      g_autoptr (ShequQuery) query = shequ_office_new_query (office, reg);

      if (!shequ_query_add_where (query, where, error) || !shequ_query_add_where (query, "active", error) ||
          !shequ_store_read_values (shequ_office_get_store (office), query, paths, add_tagged, &reading,
                                    cancellable, error))
        return FALSE;
    }
  return TRUE;
}

/* Of the plans; of the groups they are known. */
static GArray *
list_residents (const GPtrArray *wants)
{
  GArray *keys = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < wants->len; i++)
    {
      const ShequVisitWant *want = wants->pdata[i];

      if (want->planned && want->resident != 0)
        g_array_append_val (keys, want->resident);
    }
  return keys;
}

/* Resident -> household, of those who are there. */
static GHashTable *
read_homes (ShequOffice *office, const GArray *keys, GCancellable *cancellable, GError **error)
{
  g_autoptr (GHashTable) homes = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  const ShequRegister *reg = shequ_office_require_register (office, "resident", error);
  guint from = 0;

  while (reg != NULL && from < keys->len)
    {
      g_autofree char *where = shequ_visits_name_keys ("key", keys, &from);
      g_autoptr (ShequQuery) query = shequ_office_new_query (office, reg);
      g_autoptr (GPtrArray) rows = NULL;

      if (!shequ_query_add_where (query, where, error) || !shequ_query_add_where (query, LIVES_HERE, error))
        return NULL;
      rows = shequ_visits_fetch (office, query, SHEQU_FETCH_PLAIN, cancellable, error);
      if (rows == NULL)
        return NULL;
      for (guint i = 0; i < rows->len; i++)
        {
          const ShequRow *row = rows->pdata[i];
          gint64 household = shequ_row_get_integer (row, "household");

          g_hash_table_insert (homes, g_memdup2 (&row->key, sizeof row->key),
                               g_memdup2 (&household, sizeof household));
        }
    }
  return reg != NULL ? g_steal_pointer (&homes) : NULL;
}

/* The plans of residents or of whole households, by their keys. */
static GHashTable *
list_plans (const GPtrArray *wants, gboolean of_residents)
{
  GHashTable *plans = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < wants->len; i++)
    {
      ShequVisitWant *want = wants->pdata[i];

      if (want->planned && (want->resident != 0) == of_residents)
        g_hash_table_insert (plans, of_residents ? &want->resident : &want->household, want);
    }
  return plans;
}

/* A plan takes the place of what the groups ask, for a resident or for all of a household. Who was put into a
 * group after the plan was made is not late before that day. */
static void
drop_replaced (GPtrArray *wants)
{
  g_autoptr (GHashTable) residents = list_plans (wants, TRUE);
  g_autoptr (GHashTable) households = list_plans (wants, FALSE);

  for (guint i = wants->len; i > 0; i--)
    {
      const ShequVisitWant *want = wants->pdata[i - 1];
      ShequVisitWant *plan;

      if (want->planned)
        continue;
      plan = g_hash_table_lookup (residents, &want->resident);
      if (plan == NULL && want->household != 0)
        plan = g_hash_table_lookup (households, &want->household);
      if (plan == NULL)
        continue;
      if (g_strcmp0 (want->since, plan->since) > 0)
        {
          g_free (plan->since);
          plan->since = g_strdup (want->since);
        }
      g_ptr_array_remove_index (wants, i - 1);
    }
}

GPtrArray *
shequ_visits_collect_wants (ShequOffice *office, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) wants = g_ptr_array_new_with_free_func ((GDestroyNotify) shequ_visit_want_free);
  g_autoptr (GArray) residents = NULL;
  g_autoptr (GHashTable) homes = NULL;

  if (!add_plans (wants, office, cancellable, error) || !add_tags (wants, office, cancellable, error))
    return NULL;
  residents = list_residents (wants);
  homes = read_homes (office, residents, cancellable, error);
  if (homes == NULL)
    return NULL;
  for (guint i = wants->len; i > 0; i--)
    {
      ShequVisitWant *want = wants->pdata[i - 1];
      const gint64 *household =
        want->planned && want->resident != 0 ? g_hash_table_lookup (homes, &want->resident) : NULL;

      if (household != NULL)
        want->household = *household;
      else if (want->planned && want->resident != 0)
        g_ptr_array_remove_index (wants, i - 1);
    }
  drop_replaced (wants);
  return g_steal_pointer (&wants);
}
