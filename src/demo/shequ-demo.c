#include "shequ-demo.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-demo-private.h"
#include "shequ-error.h"

#define TIME_OF_DAY "T00:30:00Z" /* half past eight in Shanghai */

/* About how many records there are besides residents and homes. */
#define RECORDS_PER_COMMUNITY 12500

void
shequ_demo_filling_init_random (const ShequDemoFilling *filling,
                                const char *subject,
                                guint number,
                                ShequDemoRandom *random)
{
  shequ_demo_random_init (random, filling->options->seed);
  random->state ^= shequ_demo_random_next (random) + g_str_hash (subject);
  random->state ^= shequ_demo_random_next (random) + number;
  shequ_demo_random_next (random);
}

static void
filling_clear (ShequDemoFilling *filling)
{
  g_clear_pointer (&filling->writer, shequ_demo_writer_free);
  g_clear_pointer (&filling->people, shequ_demo_people_free);
  g_clear_pointer (&filling->places, shequ_demo_places_free);
  g_clear_pointer (&filling->workdays, shequ_workdays_unref);
  g_clear_pointer (&filling->communities, g_ptr_array_unref);
  g_clear_pointer (&filling->departments, g_hash_table_unref);
  g_clear_pointer (&filling->items, g_ptr_array_unref);
  g_clear_pointer (&filling->rates, shequ_demo_rates_free);
  g_clear_pointer (&filling->tags, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ShequDemoFilling, filling_clear)

static gboolean
filling_init (ShequDemoFilling *filling, const ShequDemoOptions *options, GError **error)
{
  ShequDemoRandom random;

  filling->options = options;
  if (!shequ_date_from_iso (options->today, &filling->today))
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
                   _ ("“%s” is no date. Nothing was made. Write it as 2026-11-22."), options->today);
      return FALSE;
    }
  shequ_demo_random_init (&random, options->seed);
  filling->communities = g_ptr_array_new_with_free_func (shequ_demo_community_free);
  filling->departments = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  filling->items = g_ptr_array_new_with_free_func (shequ_demo_item_free);
  filling->rates = shequ_demo_rates_new (error);
  if (filling->rates == NULL)
    return FALSE;
  filling->workdays = shequ_workdays_new_shipped (error);
  if (filling->workdays == NULL)
    return FALSE;
  filling->people =
    shequ_demo_people_new (filling->rates, shequ_demo_random_next (&random), &filling->today, error);
  if (filling->people == NULL)
    return FALSE;
  filling->places = shequ_demo_places_new (filling->rates, shequ_demo_random_next (&random));
  return TRUE;
}

static void
fill_community (ShequDemoFilling *filling, ShequDemoCommunity *community)
{
  shequ_demo_fill_staff (filling, community);
  shequ_demo_fill_residents (filling, community);
  shequ_demo_fill_care (filling, community);
  shequ_demo_fill_survey (filling, community);
  shequ_demo_fill_work (filling, community);
  shequ_demo_fill_volunteers (filling, community);
  shequ_demo_fill_certificates (filling, community);
  g_clear_pointer (&community->neighbours, g_array_unref);
  g_clear_pointer (&community->addresses, g_string_chunk_free);
}

static void
fill_all (ShequDemoFilling *filling, const ShequDemoSize *size)
{
  shequ_demo_fill_offices (filling, size);
  shequ_demo_fill_departments (filling);
  for (guint i = 0; i < filling->communities->len && !shequ_demo_writer_has_failed (filling->writer); i++)
    fill_community (filling, filling->communities->pdata[i]);
  if (!shequ_demo_writer_has_failed (filling->writer))
    shequ_demo_fill_applications (filling);
}

static gboolean
require_empty (ShequStore *store, GCancellable *cancellable, GError **error)
{
  const ShequRegister *units = shequ_catalogue_lookup (shequ_store_get_catalogue (store), "org_unit");
  g_autoptr (ShequQuery) query = shequ_query_new (units, NULL);
  gint64 count = shequ_store_count (store, query, cancellable, error);

  if (count > 0)
    g_set_error (
      error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
      _ ("%s holds an office already. Nothing was changed: example data goes into a new database only."),
      shequ_store_get_uri (store));
  return count == 0;
}

/**
 * shequ_demo_fill:
 * @store: a new database
 * @options: how much, and what it follows from
 * @progress: (nullable) (scope call): told how far it is
 * @user_data: for @progress
 * @cancellable: (nullable): to stop
 * @error: %SHEQU_ERROR_ARGUMENT when there is an office in @store already or the day is no date, and the
 * errors of the store
 *
 * Makes offices, departments, work items, and for each community its staff, residents with their homes, three
 * years of work, volunteers with their shifts, and a year's certificates; and twenty applications. The same
 * options give the same records with the same keys and identifiers. What was written before a failure stays:
 * the database is to be thrown away then.
 *
 * Returns: whether everything was made
 */
gboolean
shequ_demo_fill (ShequStore *store,
                 const ShequDemoOptions *options,
                 ShequDemoProgress progress,
                 gpointer user_data,
                 GCancellable *cancellable,
                 GError **error)
{
  g_auto (ShequDemoFilling) filling = { 0 };
  g_autofree char *moment = g_strconcat (options->today, TIME_OF_DAY, NULL);
  ShequActor actor = { options->user, options->workstation, _ ("Example data"), moment };
  ShequDemoSize size;

  if (!require_empty (store, cancellable, error) || !filling_init (&filling, options, error))
    return FALSE;
  shequ_demo_size_init (&size, options);
  shequ_store_set_random_seed (store, options->seed);
  if (!shequ_store_seed (store, &actor, cancellable, error))
    return FALSE;
  filling.tags = shequ_demo_tags_new (store, filling.rates, error);
  if (filling.tags == NULL)
    return FALSE;
  filling.writer = shequ_demo_writer_new (
    store, &actor, size.residents + size.households * 2 + size.communities * RECORDS_PER_COMMUNITY, progress,
    user_data, cancellable);
  fill_all (&filling, &size);
  return shequ_demo_writer_finish (filling.writer, error);
}
