#include "config.h"

#include "shequ-places.h"

typedef struct
{
  const ShequRegister *reg;
  gint64 key;
} Target;

static gpointer
roots_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  return shequ_places_list_roots (office, *(gint64 *) data, cancellable, error);
}

/**
 * shequ_places_list_roots_async:
 * @office: the office
 * @staff: somebody of the staff whose grids alone are wanted, or 0
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: handed to @callback
 *
 * As shequ_places_list_roots(), on a worker thread; shequ_places_list_finish() takes the result.
 */
void
shequ_places_list_roots_async (ShequOffice *office,
                               gint64 staff,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  shequ_office_run_async (office, roots_work, g_memdup2 (&staff, sizeof staff), g_free,
                          (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
}

static gpointer
children_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  return shequ_places_list_children (office, data, cancellable, error);
}

/**
 * shequ_places_list_children_async:
 * @office: the office
 * @place: a place
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: handed to @callback
 *
 * As shequ_places_list_children(), on a worker thread; shequ_places_list_finish() takes the result.
 */
void
shequ_places_list_children_async (ShequOffice *office,
                                  const ShequPlace *place,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  shequ_office_run_async (office, children_work, shequ_place_copy (place), (GDestroyNotify) shequ_place_free,
                          (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
}

static gpointer
path_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Target *target = data;

  return shequ_places_find_path (office, target->reg, target->key, cancellable, error);
}

/**
 * shequ_places_find_path_async:
 * @office: the office
 * @reg: a register of places
 * @key: a record of it
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: handed to @callback
 *
 * As shequ_places_find_path(), on a worker thread; shequ_places_list_finish() takes the result.
 */
void
shequ_places_find_path_async (ShequOffice *office,
                              const ShequRegister *reg,
                              gint64 key,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  Target target = { reg, key };

  shequ_office_run_async (office, path_work, g_memdup2 (&target, sizeof target), g_free,
                          (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
}

/**
 * shequ_places_list_finish:
 * @office: the office
 * @result: as the callback got it
 * @error: return location
 *
 * Returns: (transfer full): the list that was asked for
 */
GPtrArray *
shequ_places_list_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  return shequ_office_run_finish (office, result, error);
}

static gpointer
count_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  return shequ_places_count (office, data, cancellable, error);
}

/**
 * shequ_places_count_async:
 * @office: the office
 * @place: a place
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: handed to @callback
 *
 * As shequ_places_count(), on a worker thread.
 */
void
shequ_places_count_async (ShequOffice *office,
                          const ShequPlace *place,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  shequ_office_run_async (office, count_work, shequ_place_copy (place), (GDestroyNotify) shequ_place_free,
                          (GDestroyNotify) shequ_place_counts_free, cancellable, callback, user_data);
}

/**
 * shequ_places_count_finish:
 * @office: the office
 * @result: as the callback got it
 * @error: return location
 *
 * Returns: (transfer full): as shequ_places_count()
 */
ShequPlaceCounts *
shequ_places_count_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  return shequ_office_run_finish (office, result, error);
}

static gpointer
due_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 count = shequ_places_count_due (office, data, cancellable, error);

  return g_memdup2 (&count, sizeof count);
}

/**
 * shequ_places_count_due_async:
 * @office: the office
 * @place: a place
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: handed to @callback
 *
 * As shequ_places_count_due(), on a worker thread.
 */
void
shequ_places_count_due_async (ShequOffice *office,
                              const ShequPlace *place,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  shequ_office_run_async (office, due_work, shequ_place_copy (place), (GDestroyNotify) shequ_place_free,
                          g_free, cancellable, callback, user_data);
}

/**
 * shequ_places_count_due_finish:
 * @office: the office
 * @result: as the callback got it
 * @error: return location
 *
 * Returns: as shequ_places_count_due()
 */
gint64
shequ_places_count_due_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  g_autofree gint64 *count = shequ_office_run_finish (office, result, error);

  return count != NULL ? *count : -1;
}
