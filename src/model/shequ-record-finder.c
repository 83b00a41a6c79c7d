/* The finder of a long list: made when the list is there and nothing else is to be done, thrown away when the
 * list becomes another one. A change is followed (shequ-record-look.c). What is ready to be found is handed
 * on from one finder to the next, since it does not depend on the order of the list.
 */
#include "config.h"

#include <gio/gio.h>

#include "shequ-record-list-private.h"

/* Shorter lists are searched by the database as fast as anybody types. */
#define LONG_LIST 5000

typedef struct
{
  GWeakRef list;
  GCancellable *cancellable; /* (nullable): the list may have become another one meanwhile */
  ShequQuery *query;
  GArray *keys;        /* (nullable) */
  gint64 entry;        /* before they were read */
  ShequTermSets *sets; /* (nullable) */
  guint n_changes;     /* that the list was told of when it was started */
  ShequFinder *finder; /* (nullable): the one to be warmed */
} Preparation;

static void
preparation_free (gpointer data)
{
  Preparation *preparation = data;

  g_weak_ref_clear (&preparation->list);
  g_clear_object (&preparation->cancellable);
  g_clear_pointer (&preparation->query, shequ_query_free);
  g_clear_pointer (&preparation->keys, g_array_unref);
  g_clear_pointer (&preparation->sets, shequ_term_sets_unref);
  g_clear_pointer (&preparation->finder, shequ_finder_unref);
  g_free (preparation);
}

static gpointer
prepare_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  Preparation *preparation = data;

  return shequ_finder_new (shequ_office_get_store (office), preparation->query, preparation->keys,
                           preparation->entry, preparation->sets, cancellable, error);
}

static gpointer
warm_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  Preparation *preparation = data;

  shequ_finder_warm (preparation->finder, cancellable, error);
  return NULL;
}

static Preparation *
preparation_new (ShequRecordList *self, gboolean with_list)
{
  Preparation *preparation = g_new0 (Preparation, 1);

  g_weak_ref_init (&preparation->list, with_list ? self : NULL);
  return preparation;
}

static void
warmed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  /* What is not ready is asked for when it is typed. */
  shequ_office_run_finish (SHEQU_OFFICE (source), result, &error);
}

static void
prepared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Preparation *preparation = user_data;
  g_autoptr (ShequRecordList) self = g_weak_ref_get (&preparation->list);
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequFinder) finder = shequ_office_run_finish (SHEQU_OFFICE (source), result, &error);

  /* Without a finder the database is asked; what is wrong with it, that will say. */
  if (self != NULL && finder != NULL && self->preparation == preparation->cancellable)
    {
      Preparation *warming = preparation_new (self, FALSE);

      shequ_record_list_take_finder (self, finder, preparation->n_changes);
      warming->finder = g_steal_pointer (&finder);
      shequ_office_run_async (self->office, warm_work, warming, preparation_free, NULL, self->preparation,
                              warmed, NULL);
    }
  preparation_free (preparation);
}

/* The finder knows of so many of the changes that the list was told of. */
void
shequ_record_list_take_finder (ShequRecordList *self, ShequFinder *finder, guint n_changes)
{
  shequ_finder_ref (finder);
  g_clear_pointer (&self->finder, shequ_finder_unref);
  self->finder = finder;
  self->n_followed = n_changes;
  g_clear_pointer (&self->sets, shequ_term_sets_unref);
  self->sets = shequ_term_sets_ref (shequ_finder_get_sets (finder));
}

/* `keys` are those of the list without a search, where they are known. */
void
shequ_record_list_prepare (ShequRecordList *self, GArray *keys)
{
  Preparation *preparation;
  Preparation *answer;

  if (self->query->search == NULL)
    self->is_long = keys != NULL && keys->len >= LONG_LIST;
  if (self->finder != NULL || self->preparation != NULL || !self->is_long || self->query->limit > 0)
    return;
  preparation = preparation_new (self, FALSE);
  answer = preparation_new (self, TRUE);
  preparation->query = shequ_query_copy (self->query);
  preparation->keys = keys != NULL ? g_array_ref (keys) : NULL;
  preparation->entry = self->entry;
  preparation->sets = self->sets != NULL ? shequ_term_sets_ref (self->sets) : NULL;
  answer->n_changes = self->n_changes;
  self->preparation = g_cancellable_new ();
  answer->cancellable = g_object_ref (self->preparation);
  shequ_office_run_async (self->office, prepare_work, preparation, preparation_free,
                          (GDestroyNotify) shequ_finder_unref, self->preparation, prepared, answer);
}

/* The list becomes another one. */
void
shequ_record_list_forget_finder (ShequRecordList *self)
{
  g_cancellable_cancel (self->preparation);
  g_clear_object (&self->preparation);
  g_clear_pointer (&self->finder, shequ_finder_unref);
}
