/* How long the window needs to its first frame, against a bare window of the same size.
 *
 * Usage: bench-first-frame DATABASE. Starts itself as a child for each measure, by turns, so that both find
 * the machine alike; the median counts.
 */
#include "config.h"

#include <adwaita.h>
#include <stdlib.h>

#include "shequ-locale.h"
#include "shequ-window.h"

#define N_MEASURES 9
#define MOST_RATIO 1.5
#define WIDTH 1280
#define HEIGHT 800

static gint64 start;

static void
painted (GdkFrameClock *clock, gpointer user_data)
{
  g_print ("%" G_GINT64_FORMAT "\n", g_get_monotonic_time () - start);
  fflush (stdout);
  _exit (0);
}

static void
watch (GtkWidget *window, gpointer user_data)
{
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (painted), NULL);
}

static void
show_bare (GtkApplication *application, gpointer user_data)
{
  GtkWidget *window = adw_application_window_new (application);

  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH, HEIGHT);
  g_signal_connect (window, "map", G_CALLBACK (watch), NULL);
  gtk_window_present (GTK_WINDOW (window));
}

/* The program makes its own window; it is caught when it is added. */
static void
window_added (GtkApplication *application, GtkWindow *window, gpointer user_data)
{
  gtk_window_set_default_size (window, WIDTH, HEIGHT);
  g_signal_connect (window, "map", G_CALLBACK (watch), NULL);
}

static int
run_child (const char *kind, const char *database)
{
  char *arguments[] = { (char *) "shequ", (char *) database, NULL };
  g_autoptr (ShequApplication) application = NULL;

  shequ_locale_init ();
  if (g_str_equal (kind, "bare"))
    {
      g_autoptr (AdwApplication) bare = adw_application_new ("com.example.Bare", G_APPLICATION_NON_UNIQUE);

      g_signal_connect (bare, "activate", G_CALLBACK (show_bare), NULL);
      return g_application_run (G_APPLICATION (bare), 1, arguments);
    }
  application = shequ_application_new ();
  g_signal_connect (application, "window-added", G_CALLBACK (window_added), NULL);
  return g_application_run (G_APPLICATION (application), 2, arguments);
}

static gint64
measure (const char *program, const char *kind, const char *database)
{
  const char *arguments[] = { program, "--child", kind, database, NULL };
  g_autofree char *output = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &output, NULL,
                     NULL, &error))
    g_error ("%s", error->message);
  return g_ascii_strtoll (output, NULL, 10);
}

static int
compare (gconstpointer one, gconstpointer other)
{
  gint64 difference = *(const gint64 *) one - *(const gint64 *) other;

  return difference < 0 ? -1 : difference > 0;
}

int
main (int argc, char **argv)
{
  gint64 bare[N_MEASURES], window[N_MEASURES];
  double ratio;

  start = g_get_monotonic_time ();
  if (argc == 4 && g_str_equal (argv[1], "--child"))
    return run_child (argv[2], argv[3]);
  if (argc != 2)
    g_error ("Usage: %s DATABASE", argv[0]);
  for (guint i = 0; i < N_MEASURES; i++)
    {
      bare[i] = measure (argv[0], "bare", argv[1]);
      window[i] = measure (argv[0], "window", argv[1]);
    }
  qsort (bare, N_MEASURES, sizeof (gint64), compare);
  qsort (window, N_MEASURES, sizeof (gint64), compare);
  ratio = (double) window[N_MEASURES / 2] / (double) bare[N_MEASURES / 2];
  g_print ("first frame: window %.0f ms, bare window %.0f ms, ratio %.2f (at most %.1f)\n",
           (double) window[N_MEASURES / 2] / 1000, (double) bare[N_MEASURES / 2] / 1000, ratio, MOST_RATIO);
  return bare[N_MEASURES / 2] > 0 && ratio <= MOST_RATIO ? 0 : 1;
}
