/* How long the window needs until it shows its office, with all registers against the core ones: those
 * without which a page of the program would not work.
 *
 * Usage: bench-start-up FOLDER. Makes an empty office for each in FOLDER, then starts itself as a child for
 * each measure, by turns, so that both find the machine alike; the quickest counts.
 */
#include "config.h"

#include <adwaita.h>
#include <glib/gstdio.h>
#include <stdlib.h>

#include "shequ-data.h"
#include "shequ-locale.h"
#include "shequ-window.h"

#define N_MEASURES 15
#define MOST_RATIO 1.15
#define WIDTH 1280
#define HEIGHT 800

/* Registers that are nothing but described: no code of the program names them. */
static const char *const others[] = {
  "activity",
  "answer",
  "archive_folder",
  "archive_item",
  "assessment_plan",
  "assessment_score",
  "assigned_task",
  "attendance",
  "award",
  "booking",
  "budget",
  "candidate",
  "case_file",
  "case_note",
  "certificate_demand",
  "check_scheme",
  "check_visit",
  "commitment",
  "contact_line",
  "contract",
  "course",
  "dispute",
  "document",
  "duty",
  "election",
  "field_record",
  "form_column",
  "form_request",
  "forum_post",
  "funding",
  "goods_move",
  "hand_over",
  "handover",
  "indicator",
  "job",
  "job_assignment",
  "ledger_entry",
  "letter",
  "meeting",
  "meeting_action",
  "membership",
  "outside_system",
  "pay_entry",
  "project",
  "property_service",
  "question",
  "reception",
  "recruitment",
  "report_form",
  "resolution",
  "seal",
  "seal_use",
  "skill",
  "term",
  "training",
  "violence_case",
  "voter",
  NULL,
};

typedef enum
{
  CORE,
  ALL,
  N_KINDS,
} Kind;

static const char *const kind_names[N_KINDS] = { "core", "all" };

static gint64 start;

static ShequCatalogue *
describe_core (GError **error)
{
  g_autoptr (ShequCatalogue) catalogue = shequ_catalogue_new ();
  g_auto (GStrv) files = shequ_data_list ("catalogue", error);

  for (guint i = 0; files != NULL && files[i] != NULL; i++)
    {
      g_autofree char *path = g_strconcat ("catalogue/", files[i], NULL);
      g_autofree char *name = g_strndup (files[i], strlen (files[i]) - strlen (".ini"));
      g_autoptr (GBytes) bytes = shequ_data_load (path, error);

      if (!g_strv_contains (others, name) &&
          (bytes == NULL ||
           !shequ_catalogue_add_text (catalogue, files[i], g_bytes_get_data (bytes, NULL), error)))
        return NULL;
    }
  return shequ_catalogue_resolve (catalogue, error) ? g_steal_pointer (&catalogue) : NULL;
}

static const ShequOpeningDescribe describe[N_KINDS] = { describe_core, shequ_catalogue_new_shipped };

static void
make_office (Kind kind, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequCatalogue) catalogue = describe[kind](&error);
  g_autoptr (ShequOffice) office = NULL;
  gint64 begin = g_get_monotonic_time ();
  GStatBuf state;

  g_remove (path);
  if (catalogue != NULL)
    office =
      shequ_office_create (path, catalogue, "Bench", SHEQU_LEVEL_COMMUNITY, "bench", "bench", NULL, &error);
  if (office == NULL)
    g_error ("%s", error->message);
  g_clear_object (&office);
  if (g_stat (path, &state) != 0)
    g_error ("%s is not there", path);
  g_print ("%s: an empty office made in %.0f ms, %.1f MB\n", kind_names[kind],
           (double) (g_get_monotonic_time () - begin) / 1000, (double) state.st_size / 1e6);
}

/* The page of the office has been painted, not only the window around it. */
static void
painted (GdkFrameClock *clock, ShequWindow *window)
{
  if (shequ_window_get_office (window) == NULL)
    return;
  g_print ("%" G_GINT64_FORMAT "\n", g_get_monotonic_time () - start);
  fflush (stdout);
  _exit (0);
}

static void
watch (ShequWindow *window)
{
  g_signal_connect (gtk_widget_get_frame_clock (GTK_WIDGET (window)), "after-paint", G_CALLBACK (painted),
                    window);
}

typedef struct
{
  Kind kind;
  const char *path;
} Child;

static int
show_window (GApplication *application, GApplicationCommandLine *line, Child *child)
{
  g_autoptr (ShequOpening) opening = shequ_opening_new (SHEQU_OPENING_EXISTING, child->path, "bench");
  ShequWindow *window = shequ_window_new (SHEQU_APPLICATION (application));

  opening->describe = describe[child->kind];
  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH, HEIGHT);
  g_signal_connect (window, "map", G_CALLBACK (watch), NULL);
  shequ_window_open (window, opening);
  gtk_window_present (GTK_WINDOW (window));
  return 0;
}

static int
run_child (const char *kind, const char *path)
{
  char *arguments[] = { (char *) "shequ", NULL };
  Child child = { g_str_equal (kind, kind_names[ALL]) ? ALL : CORE, path };
  g_autoptr (ShequApplication) application = NULL;

  shequ_locale_init ();
  application = shequ_application_new ();
  shequ_application_set_describe (application, describe[child.kind]);
  G_APPLICATION_GET_CLASS (application)->command_line = NULL;
  g_signal_connect (application, "command-line", G_CALLBACK (show_window), &child);
  return g_application_run (G_APPLICATION (application), 1, arguments);
}

static gint64
measure (const char *program, Kind kind, const char *path)
{
  const char *arguments[] = { program, "--child", kind_names[kind], path, NULL };
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
  gint64 times[N_KINDS][N_MEASURES];
  char *paths[N_KINDS];
  double core, all;

  start = g_get_monotonic_time ();
  if (argc == 4 && g_str_equal (argv[1], "--child"))
    return run_child (argv[2], argv[3]);
  if (argc != 2)
    g_error ("Usage: %s FOLDER", argv[0]);
  for (Kind kind = 0; kind < N_KINDS; kind++)
    {
      paths[kind] = g_strdup_printf ("%s/start-up-%s.db", argv[1], kind_names[kind]);
      make_office (kind, paths[kind]);
    }
  for (guint i = 0; i < N_MEASURES; i++)
    for (Kind kind = 0; kind < N_KINDS; kind++)
      times[kind][i] = measure (argv[0], kind, paths[kind]);
  for (Kind kind = 0; kind < N_KINDS; kind++)
    {
      qsort (times[kind], N_MEASURES, sizeof (gint64), compare);
      g_free (paths[kind]);
    }
  core = (double) times[CORE][0] / 1000;
  all = (double) times[ALL][0] / 1000;
  g_print (
    "until the office is shown: all registers %.0f ms, core registers %.0f ms, ratio %.2f (at most %.2f)\n",
    all, core, all / core, MOST_RATIO);
  return core > 0 && all / core <= MOST_RATIO ? 0 : 1;
}
