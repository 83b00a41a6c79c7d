/*
 * Grids drawn anew, communities merged and split. What goes along with a building is found in the catalogue:
 * every record with a community that links to it, to what links to it, and so on.
 */
#include "shequ-redraw.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-error.h"
#include "shequ-office-private.h"

/* Records asked for by one query; the same text serves all, so that it is prepared once. */
#define KEYS_AT_ONCE 100
#define PROGRESS_STEP 50

typedef struct
{
  ShequOffice *office;
  const ShequRedraw *redraw;
  ShequTransaction *transaction;
  GCancellable *cancellable;
  char *day;
  GHashTable *keys; /* ShequRegister -> GArray of gint64: what goes along */
  gint64 unit;      /* to which, or 0 to stay */
} Plan;

static void
plan_clear (Plan *plan)
{
  g_clear_pointer (&plan->keys, g_hash_table_unref);
  g_clear_pointer (&plan->transaction, shequ_transaction_free);
  g_clear_pointer (&plan->day, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Plan, plan_clear)

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE, message);
  return FALSE;
}

static const ShequRegister *
find_register (const Plan *plan, const char *name)
{
  return shequ_office_get_register (plan->office, name);
}

/* Adds keys that are not there yet; gives the new ones. */
static GArray *
add_keys (Plan *plan, const ShequRegister *reg, const GArray *found)
{
  GArray *known = g_hash_table_lookup (plan->keys, reg);
  GArray *added = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GHashTable) seen = g_hash_table_new (g_int64_hash, g_int64_equal);

  if (known == NULL)
    {
      known = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_hash_table_insert (plan->keys, (gpointer) reg, known);
    }
  for (guint i = 0; i < known->len; i++)
    g_hash_table_add (seen, &g_array_index (known, gint64, i));
  for (guint i = 0; i < found->len; i++)
    if (g_hash_table_add (seen, &g_array_index (found, gint64, i)))
      g_array_append_val (added, g_array_index (found, gint64, i));
  g_hash_table_remove_all (seen);
  g_array_append_vals (known, added->data, added->len);
  return added;
}

/* The records whose link leads to one of some records. */
static GArray *
list_linking (Plan *plan, const ShequField *link, const GArray *keys, GError **error)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint from = 0; from < keys->len; from += KEYS_AT_ONCE)
    {
      g_autoptr (ShequQuery) query = shequ_query_new (link->owner, NULL);
      g_autoptr (GString) text = g_string_new (link->name);
      g_autoptr (GArray) found = NULL;

      g_string_append_c (text, '=');
      for (guint i = 0; i < KEYS_AT_ONCE; i++)
        g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "",
                                g_array_index (keys, gint64, MIN (from + i, keys->len - 1)));
      query->with_restricted = TRUE;
      if (g_cancellable_set_error_if_cancelled (plan->cancellable, error) ||
          !shequ_query_add_where (query, text->str, error))
        return NULL;
      found = shequ_transaction_list_keys (plan->transaction, query, error);
      if (found == NULL)
        return NULL;
      g_array_append_vals (all, found->data, found->len);
    }
  return g_steal_pointer (&all);
}

/* What hangs on records of a register, and on that in turn. */
static gboolean
collect_along (Plan *plan, const ShequRegister *reg, const GArray *keys, GError **error)
{
  g_autoptr (GPtrArray) links = shequ_register_get_referrers (shequ_office_get_catalogue (plan->office), reg);

  for (guint i = 0; keys->len > 0 && i < links->len; i++)
    {
      const ShequField *link = links->pdata[i];
      g_autoptr (GArray) found = NULL;
      g_autoptr (GArray) added = NULL;

      if (link->owner->level != SHEQU_LEVEL_COMMUNITY || !shequ_field_is_stored (link))
        continue;
      found = list_linking (plan, link, keys, error);
      if (found == NULL)
        return FALSE;
      added = add_keys (plan, link->owner, found);
      if (!collect_along (plan, link->owner, added, error))
        return FALSE;
    }
  return TRUE;
}

/* Of a merged community everything that is its own. */
static gboolean
collect_unit (Plan *plan, GError **error)
{
  const GPtrArray *registers = shequ_catalogue_get_registers (shequ_office_get_catalogue (plan->office));
  g_autoptr (GArray) from = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_array_append_val (from, plan->redraw->from);
  for (guint i = 0; i < registers->len; i++)
    {
      const ShequRegister *reg = registers->pdata[i];
      g_autoptr (GArray) found = NULL;
      g_autoptr (GArray) added = NULL;

      if (reg->level != SHEQU_LEVEL_COMMUNITY)
        continue;
      found = list_linking (plan, shequ_register_lookup (reg, "unit"), from, error);
      if (found == NULL)
        return FALSE;
      added = add_keys (plan, reg, found);
    }
  return TRUE;
}

/* An estate all of whose buildings go goes along. */
static gboolean
collect_estates (Plan *plan, const GArray *buildings, GError **error)
{
  const ShequRegister *reg = find_register (plan, "building");
  const ShequField *link = shequ_register_lookup (reg, "estate");
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GHashTable) going = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < buildings->len; i++)
    g_hash_table_add (going, &g_array_index (buildings, gint64, i));
  for (guint i = 0; i < buildings->len; i++)
    {
      g_autoptr (ShequRow) row =
        shequ_transaction_get (plan->transaction, reg, g_array_index (buildings, gint64, i), error);
      gint64 estate = row != NULL ? shequ_row_get_integer (row, "estate") : 0;
      g_autoptr (GArray) one = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_autoptr (GArray) all = NULL;
      g_autoptr (GArray) added = NULL;
      gboolean whole = TRUE;

      if (row == NULL)
        return FALSE;
      if (estate == 0 || !g_hash_table_add (seen, g_memdup2 (&estate, sizeof estate)))
        continue;
      g_array_append_val (one, estate);
      all = list_linking (plan, link, one, error);
      for (guint k = 0; all != NULL && k < all->len; k++)
        whole = whole && g_hash_table_contains (going, &g_array_index (all, gint64, k));
      if (all == NULL)
        return FALSE;
      if (whole)
        added = add_keys (plan, link->target, one);
    }
  return TRUE;
}

static gboolean
collect (Plan *plan, GError **error)
{
  const ShequRedraw *redraw = plan->redraw;
  const ShequRegister *building = find_register (plan, "building");
  g_autoptr (GArray) buildings = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) added = NULL;

  if (redraw->n_buildings == 0)
    return collect_unit (plan, error);
  g_array_append_vals (buildings, redraw->buildings, redraw->n_buildings);
  added = add_keys (plan, building, buildings);
  /* Where the community stays, only the buildings get another grid. */
  if (plan->unit == 0 && redraw->new_name == NULL)
    return TRUE;
  return collect_estates (plan, buildings, error) && collect_along (plan, building, added, error);
}

/* The community to which a grid belongs. */
static gboolean
find_unit (Plan *plan, GError **error)
{
  const ShequRedraw *redraw = plan->redraw;
  g_autoptr (ShequRow) grid = NULL;
  g_autoptr (ShequRow) building = NULL;

  plan->unit = redraw->unit;
  if (plan->unit != 0 || redraw->grid == 0 || redraw->new_name != NULL)
    return TRUE;
  grid = shequ_transaction_get (plan->transaction, find_register (plan, "grid"), redraw->grid, error);
  if (grid == NULL || redraw->n_buildings == 0)
    return grid != NULL;
  building =
    shequ_transaction_get (plan->transaction, find_register (plan, "building"), redraw->buildings[0], error);
  if (building == NULL)
    return FALSE;
  if (shequ_row_get_integer (grid, "unit") != shequ_row_get_integer (building, "unit"))
    plan->unit = shequ_row_get_integer (grid, "unit");
  return TRUE;
}

static gboolean
check (Plan *plan, GError **error)
{
  const ShequRedraw *redraw = plan->redraw;
  g_autofree char *today = shequ_office_get_today (plan->office);
  g_autoptr (ShequRow) target = NULL;

  if (strcmp (plan->day, today) > 0)
    return refuse (error, _ ("The day lies in the future; nothing was changed"));
  if (redraw->n_buildings == 0 && redraw->from == 0)
    return refuse (error, _ ("Choose the buildings that go elsewhere; nothing was changed"));
  if (redraw->n_buildings == 0 && redraw->unit == 0)
    return refuse (error, _ ("Choose the community into which it is merged; nothing was changed"));
  if (redraw->from != 0 && redraw->from == redraw->unit)
    return refuse (error, _ ("A community cannot be merged into itself; nothing was changed"));
  if (redraw->n_buildings == 0 && redraw->from == shequ_office_get_unit (plan->office))
    return refuse (error,
                   _ ("This database is that community's own; nothing was changed. Merge it where both "
                      "communities are kept"));
  if (redraw->unit == 0 && redraw->grid == 0 && redraw->new_name == NULL)
    return refuse (error, _ ("Choose where the buildings go; nothing was changed"));
  if (redraw->unit == 0)
    return TRUE;
  target = shequ_transaction_get (plan->transaction, find_register (plan, "org_unit"), redraw->unit, error);
  if (target == NULL)
    return FALSE;
  if (shequ_row_get_text (target, "closed_on") != NULL)
    return refuse (
      error, _ ("The community to which they go was closed itself; nothing was changed. Choose another"));
  return TRUE;
}

static int
compare_counts (gconstpointer one, gconstpointer other)
{
  const ShequRedrawCount *a = *(const ShequRedrawCount *const *) one;
  const ShequRedrawCount *b = *(const ShequRedrawCount *const *) other;

  return a->count != b->count ? (a->count < b->count ? 1 : -1) : strcmp (a->reg->name, b->reg->name);
}

static GPtrArray *
make_counts (const Plan *plan)
{
  GPtrArray *counts = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer reg, keys;

  g_hash_table_iter_init (&iter, plan->keys);
  while (g_hash_table_iter_next (&iter, &reg, &keys))
    {
      ShequRedrawCount *count = g_new0 (ShequRedrawCount, 1);

      count->reg = reg;
      count->count = ((GArray *) keys)->len;
      if (count->count > 0)
        g_ptr_array_add (counts, count);
      else
        g_free (count);
    }
  g_ptr_array_sort (counts, compare_counts);
  return counts;
}

static gboolean
prepare (Plan *plan,
         ShequOffice *office,
         const ShequRedraw *redraw,
         GCancellable *cancellable,
         GError **error)
{
  plan->office = office;
  plan->redraw = redraw;
  plan->cancellable = cancellable;
  plan->day = redraw->day != NULL ? g_strdup (redraw->day) : shequ_office_get_today (office);
  plan->keys = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_array_unref);
  plan->transaction = shequ_office_begin (office, _ ("Redraw the map"), cancellable, error);
  return plan->transaction != NULL && check (plan, error) && find_unit (plan, error) && collect (plan, error);
}

/**
 * shequ_redraw_count:
 * @office: the office
 * @redraw: what is to go where
 * @cancellable: (nullable): to give up
 * @error: %SHEQU_ERROR_INVALID_VALUE
 *
 * Returns: (transfer full) (element-type ShequRedrawCount): how many records of which registers would go
 * along, the most first; nothing is changed
 */
GPtrArray *
shequ_redraw_count (ShequOffice *office, const ShequRedraw *redraw, GCancellable *cancellable, GError **error)
{
  g_auto (Plan) plan = { 0 };

  return prepare (&plan, office, redraw, cancellable, error) ? make_counts (&plan) : NULL;
}

/* A new community beside the one that is split. */
static gboolean
make_unit (Plan *plan, GError **error)
{
  const ShequRegister *units = find_register (plan, "org_unit");
  g_autoptr (ShequRow) from = NULL;
  g_autoptr (ShequRow) row = NULL;

  if (plan->redraw->new_name == NULL || *plan->redraw->new_name == '\0')
    return TRUE;
  from = shequ_transaction_get (plan->transaction, units, plan->redraw->from, error);
  if (from == NULL)
    return FALSE;
  row = shequ_office_new_row (plan->office, units);
  shequ_row_set_text (row, "name", plan->redraw->new_name);
  shequ_row_set_text (row, "level", "community");
  if (shequ_row_get_integer (from, "parent") != 0)
    shequ_row_set_integer (row, "parent", shequ_row_get_integer (from, "parent"));
  shequ_row_set_effective (row, plan->day);
  if (!shequ_office_save_in (plan->office, plan->transaction, row, NULL, error))
    return FALSE;
  plan->unit = row->key;
  return TRUE;
}

static gboolean
move_record (const Plan *plan, const ShequRegister *reg, gint64 key, gboolean is_building, GError **error)
{
  g_autoptr (ShequRow) row = shequ_transaction_get (plan->transaction, reg, key, error);

  if (row == NULL)
    return FALSE;
  if (plan->unit != 0)
    shequ_row_set_integer (row, "unit", plan->unit);
  if (is_building && plan->redraw->n_buildings > 0)
    {
      if (plan->redraw->grid != 0)
        shequ_row_set_integer (row, "grid", plan->redraw->grid);
      else if (plan->unit != 0)
        shequ_row_set_null (row, "grid");
    }
  shequ_row_set_effective (row, plan->day);
  /* What was wrong with a record before does not keep it back. */
  return shequ_transaction_update (plan->transaction, row, error);
}

static gboolean
move_all (const Plan *plan,
          const GPtrArray *counts,
          ShequRedrawProgress progress,
          gpointer user_data,
          GError **error)
{
  guint all = 0, done = 0;

  for (guint i = 0; i < counts->len; i++)
    all += ((const ShequRedrawCount *) counts->pdata[i])->count;
  for (guint i = 0; i < counts->len; i++)
    {
      const ShequRegister *reg = ((const ShequRedrawCount *) counts->pdata[i])->reg;
      const GArray *keys = g_hash_table_lookup (plan->keys, reg);
      gboolean is_building = g_str_equal (reg->name, "building");

      for (guint k = 0; k < keys->len; k++)
        {
          if (g_cancellable_set_error_if_cancelled (plan->cancellable, error) ||
              !move_record (plan, reg, g_array_index (keys, gint64, k), is_building, error))
            return FALSE;
          if (++done % PROGRESS_STEP == 0 && progress != NULL)
            progress (done, all, user_data);
        }
    }
  return TRUE;
}

/* A community that was merged stays, for the history only. */
static gboolean
close_unit (const Plan *plan, GError **error)
{
  g_autoptr (ShequRow) row = NULL;

  if (plan->redraw->n_buildings > 0)
    return TRUE;
  row =
    shequ_transaction_get (plan->transaction, find_register (plan, "org_unit"), plan->redraw->from, error);
  if (row == NULL)
    return FALSE;
  shequ_row_set_text (row, "closed_on", plan->day);
  return shequ_transaction_update (plan->transaction, row, error);
}

/**
 * shequ_redraw_perform:
 * @office: the office
 * @redraw: what is to go where
 * @progress: (nullable): told now and then
 * @user_data: for @progress
 * @cancellable: (nullable): to give up; nothing is changed then
 * @error: %SHEQU_ERROR_INVALID_VALUE, or the errors of the store
 *
 * Moves buildings with all that hangs on them, from a day on, in one transaction; as of the days before, all
 * is as it was. A community of which everything goes is closed, not deleted.
 *
 * Returns: (transfer full) (element-type ShequRedrawCount): how many records went along
 */
GPtrArray *
shequ_redraw_perform (ShequOffice *office,
                      const ShequRedraw *redraw,
                      ShequRedrawProgress progress,
                      gpointer user_data,
                      GCancellable *cancellable,
                      GError **error)
{
  g_auto (Plan) plan = { 0 };
  g_autoptr (GPtrArray) counts = NULL;

  if (!prepare (&plan, office, redraw, cancellable, error) || !make_unit (&plan, error))
    return NULL;
  counts = make_counts (&plan);
  if (!move_all (&plan, counts, progress, user_data, error) || !close_unit (&plan, error) ||
      !shequ_transaction_commit (plan.transaction, error))
    return NULL;
  for (guint i = 0; i < counts->len; i++)
    shequ_office_tell_changed (office, ((const ShequRedrawCount *) counts->pdata[i])->reg, 0);
  shequ_office_tell_changed (office, find_register (&plan, "org_unit"), 0);
  return g_steal_pointer (&counts);
}

/* A redraw with all that it names, for the thread that works. */
typedef struct
{
  ShequRedraw redraw;
  gint64 *buildings;
  char *new_name;
  char *day;
  gboolean dry_run;
  ShequRedrawProgress progress;
  gpointer progress_data;
} Call;

static void
call_free (gpointer data)
{
  Call *call = data;

  g_free (call->buildings);
  g_free (call->new_name);
  g_free (call->day);
  g_free (call);
}

static gpointer
run_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Call *call = data;

  return call->dry_run ? shequ_redraw_count (office, &call->redraw, cancellable, error)
                       : shequ_redraw_perform (office, &call->redraw, call->progress, call->progress_data,
                                               cancellable, error);
}

/**
 * shequ_redraw_run_async:
 * @office: the office
 * @redraw: what is to go where; copied
 * @dry_run: whether only to count
 * @progress: (nullable): told now and then, on the worker thread
 * @progress_data: for @progress
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: handed to @callback
 *
 * As shequ_redraw_count() or shequ_redraw_perform(), on a worker thread.
 */
void
shequ_redraw_run_async (ShequOffice *office,
                        const ShequRedraw *redraw,
                        gboolean dry_run,
                        ShequRedrawProgress progress,
                        gpointer progress_data,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  Call *call = g_new0 (Call, 1);

  call->redraw = *redraw;
  call->redraw.buildings = call->buildings =
    g_memdup2 (redraw->buildings, redraw->n_buildings * sizeof (gint64));
  call->redraw.new_name = call->new_name = g_strdup (redraw->new_name);
  call->redraw.day = call->day = g_strdup (redraw->day);
  call->dry_run = dry_run;
  call->progress = progress;
  call->progress_data = progress_data;
  shequ_office_run_async (office, run_work, call, call_free, (GDestroyNotify) g_ptr_array_unref, cancellable,
                          callback, user_data);
}

/**
 * shequ_redraw_run_finish:
 * @office: the office
 * @result: as the callback got it
 * @error: return location
 *
 * Returns: (transfer full) (element-type ShequRedrawCount): as shequ_redraw_perform()
 */
GPtrArray *
shequ_redraw_run_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  return shequ_office_run_finish (office, result, error);
}
