#include "shequ-opening.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "shequ-error.h"

ShequOpening *
shequ_opening_new (ShequOpeningKind kind, const char *uri, const char *user)
{
  ShequOpening *opening = g_new0 (ShequOpening, 1);

  opening->kind = kind;
  opening->uri = g_strdup (uri);
  opening->user = g_strdup (user);
  opening->level = SHEQU_LEVEL_COMMUNITY;
  return opening;
}

ShequOpening *
shequ_opening_copy (const ShequOpening *opening)
{
  ShequOpening *copy = shequ_opening_new (opening->kind, opening->uri, opening->user);

  copy->name = g_strdup (opening->name);
  copy->level = opening->level;
  return copy;
}

void
shequ_opening_free (ShequOpening *opening)
{
  g_free (opening->uri);
  g_free (opening->user);
  g_free (opening->name);
  g_free (opening);
}

/**
 * shequ_opening_get_default_path:
 * @kind: what is opened
 *
 * Returns: (transfer full): where the database of this person is kept when no place is named
 */
char *
shequ_opening_get_default_path (ShequOpeningKind kind)
{
  return g_build_filename (g_get_user_data_dir (), "shequ",
                           kind == SHEQU_OPENING_EXAMPLE ? "example.db" : "shequ.db", NULL);
}

/* The folder of a database that is about to be made. */
static gboolean
make_folder (const char *uri, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (uri);

  if (strstr (uri, "://") != NULL || g_mkdir_with_parents (folder, 0700) == 0)
    return TRUE;
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREACHABLE,
               _ ("The folder “%s” cannot be made. Choose a place where you may write."), folder);
  return FALSE;
}

static ShequOffice *
run (const ShequOpening *opening, GCancellable *cancellable, GError **error)
{
  g_autoptr (ShequCatalogue) catalogue = shequ_catalogue_new_shipped (error);
  const char *workstation = g_get_host_name ();

  if (catalogue == NULL)
    return NULL;
  if (opening->kind == SHEQU_OPENING_NEW)
    {
      if (!make_folder (opening->uri, error))
        return NULL;
      return shequ_office_create (opening->uri, catalogue, opening->name, opening->level, opening->user,
                                  workstation, cancellable, error);
    }
  return shequ_office_open (opening->uri, catalogue, opening->user, workstation, cancellable, error);
}

static void
run_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  ShequOffice *office = run (data, cancellable, &error);

  if (office != NULL)
    g_task_return_pointer (task, office, g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * shequ_opening_run_async:
 * @opening: which database
 * @cancellable: (nullable): to give up
 * @callback: called when it is open or cannot be opened
 * @user_data: for @callback
 *
 * Opens or makes a database on a worker thread.
 */
void
shequ_opening_run_async (const ShequOpening *opening,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_task_data (task, shequ_opening_copy (opening), (GDestroyNotify) shequ_opening_free);
  g_task_run_in_thread (task, run_in_thread);
}

/**
 * shequ_opening_run_finish:
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full): the office, or %NULL with a #ShequError
 */
ShequOffice *
shequ_opening_run_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
