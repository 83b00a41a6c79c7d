/* The backup of the day, made by itself while the window is open. */
#include "shequ-daily-backup.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-backups.h"
#include "shequ-feedback.h"

/* People wait for their first page first; then a look now and then tells a new day. */
#define FIRST_SECONDS 60
#define NEXT_SECONDS 1800

typedef struct
{
  GtkWidget *window;   /* weak */
  ShequOffice *office; /* weak: its database is closed when the window lets it go */
  GCancellable *cancellable;
  char *told; /* (nullable): the day on which a failure was told */
} Watch;

static void
watch_free (Watch *watch)
{
  g_clear_weak_pointer (&watch->window);
  g_clear_weak_pointer (&watch->office);
  g_object_unref (watch->cancellable);
  g_free (watch->told);
  g_free (watch);
}

static void wait_for (Watch *watch, guint seconds);

static gboolean
has_ended (const Watch *watch)
{
  return watch->window == NULL || watch->office == NULL || g_cancellable_is_cancelled (watch->cancellable);
}

/* Once a day: a disk that is not plugged in is no reason to stand in the way every half hour. */
static void
tell_failure (Watch *watch, const GError *error)
{
  g_autofree char *today = shequ_office_get_today (watch->office);

  if (g_strcmp0 (watch->told, today) == 0)
    return;
  g_free (watch->told);
  watch->told = g_steal_pointer (&today);
  shequ_feedback_show_error (watch->window, _ ("There is no backup of today."), error);
}

static void
made (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Watch *watch = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = shequ_backups_make_finish (SHEQU_OFFICE (source), result, &error);

  if (has_ended (watch))
    {
      watch_free (watch);
      return;
    }
  if (path == NULL)
    tell_failure (watch, error);
  else if (*path != '\0')
    shequ_feedback_say (watch->window, _ ("The backup of today is made and checked"));
  wait_for (watch, NEXT_SECONDS);
}

static gboolean
look (gpointer user_data)
{
  Watch *watch = user_data;

  if (has_ended (watch))
    watch_free (watch);
  else
    shequ_backups_make_if_due_async (watch->office, watch->cancellable, made, watch);
  return G_SOURCE_REMOVE;
}

static void
wait_for (Watch *watch, guint seconds)
{
  g_timeout_add_seconds (seconds, look, watch);
}

/**
 * shequ_daily_backup_watch:
 * @window: who tells what happened
 * @office: the open office
 * @cancellable: cancelled when the office is closed
 *
 * Makes the backup of each day as long as the office is open.
 */
void
shequ_daily_backup_watch (GtkWidget *window, ShequOffice *office, GCancellable *cancellable)
{
  Watch *watch = g_new0 (Watch, 1);

  g_set_weak_pointer (&watch->window, window);
  g_set_weak_pointer (&watch->office, office);
  watch->cancellable = g_object_ref (cancellable);
  wait_for (watch, FIRST_SECONDS);
}
