/* What the list of residents costs the main loop and the memory, in a window.
 *
 * Usage: bench-list DATABASE
 *
 * Three promises. A letter typed into the search takes the main loop at most 100 ms, up to and with the frame
 * that shows its rows (99th percentile). A jump to a random place takes no step of the main loop longer than
 * 16 ms, without what paints the frame: that is done by the processor here and by the graphics card
 * elsewhere. And the list, scrolled and searched, adds at most 120 MB to the memory of an empty window. Time
 * is that which the main thread kept a processor busy, so that other programs do not count; memory is the
 * program's own (RssAnon), without the pages of the database that the system keeps for all.
 */
#include "config.h"

#include <adwaita.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "shequ-catalogue.h"
#include "shequ-locale.h"
#include "shequ-record-table.h"
#include "shequ-record-view.h"

#define MOST_KEYSTROKE 100.0
#define MOST_STEP 16.0
#define MOST_MEMORY 120.0
#define JUMPS 200
#define PAUSE 60    /* milliseconds between two jumps or letters */
#define SETTLE 4000 /* milliseconds until all is ready that is made ready behind a list */
#define LONGEST 120000
#define LONGEST_LETTER 6000

static const char *const typed[] = { "wang",          "l", "zhangwei", "1390000", "王小明",
                                     "碧水家园1号楼", "x", "李 3号楼" };

typedef struct
{
  GMainLoop *loop;
  GtkWindow *window;
  GtkWidget *view; /* GtkListView */
  GtkEditable *entry;
  GListModel *rows;
  GArray *steps;      /* of double: milliseconds of each step of the main loop */
  GArray *keystrokes; /* of double */
  double painted;     /* milliseconds spent painting in this step */
  double paint_start;
  double key_start;
  gboolean key_pending;
  guint n_same; /* letters that changed nothing, or not within LONGEST_LETTER */
  gboolean rows_came;
} Bench;

static Bench bench;
static double step_start;

/* Milliseconds that the main thread kept a processor busy. */
static double
get_busy (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (double) time.tv_sec * 1e3 + (double) time.tv_nsec / 1e6;
}

/* Between two polls lies one step of the main loop. */
static int
poll_and_measure (GPollFD *fds, guint n_fds, int timeout)
{
  double step = get_busy () - step_start - bench.painted;
  int result;

  if (bench.steps != NULL)
    g_array_append_val (bench.steps, step);
  result = g_poll (fds, n_fds, timeout);
  bench.painted = 0;
  step_start = get_busy ();
  return result;
}

static void
paint_begins (GdkFrameClock *clock, gpointer user_data)
{
  bench.paint_start = get_busy ();
}

static void
painted (GdkFrameClock *clock, gpointer user_data)
{
  bench.painted += get_busy () - bench.paint_start;
  if (bench.key_pending && bench.rows_came)
    {
      double time = get_busy () - bench.key_start;

      g_array_append_val (bench.keystrokes, time);
      bench.key_pending = FALSE;
    }
}

static void
items_changed (GListModel *model, guint position, guint removed, guint added, gpointer user_data)
{
  bench.rows_came = TRUE;
}

static gboolean
quit (gpointer user_data)
{
  g_main_loop_quit (bench.loop);
  return G_SOURCE_REMOVE;
}

static void
wait_for (guint milliseconds)
{
  g_timeout_add (milliseconds, quit, NULL);
  g_main_loop_run (bench.loop);
}

/* In megabytes. */
static double
read_memory (void)
{
  g_autofree char *status = NULL;
  const char *line;

  g_file_get_contents ("/proc/self/status", &status, NULL, NULL);
  line = status != NULL ? strstr (status, "RssAnon:") : NULL;
  return line != NULL ? g_ascii_strtod (line + strlen ("RssAnon:"), NULL) / 1024 : 0;
}

static GtkWidget *
find_widget (GtkWidget *widget, GType type)
{
  GtkWidget *found = g_type_is_a (G_OBJECT_TYPE (widget), type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); found == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_widget (child, type);
  return found;
}

static int
compare (gconstpointer one, gconstpointer other)
{
  double difference = *(const double *) one - *(const double *) other;

  return difference < 0 ? -1 : difference > 0;
}

static double
get_percentile (GArray *times, double share)
{
  if (times->len == 0)
    g_error ("Nothing was measured");
  g_array_sort (times, compare);
  return g_array_index (times, double, (guint) ((times->len - 1) * share + 0.5));
}

static void
show_list (ShequOffice *office)
{
  GtkWidget *view =
    GTK_WIDGET (shequ_record_view_new (office, shequ_office_get_register (office, "resident")));
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (bench.window));
  gint64 start = g_get_monotonic_time ();
  guint known = 0;

  adw_application_window_set_content (ADW_APPLICATION_WINDOW (bench.window), view);
  bench.view = shequ_record_table_get_list (SHEQU_RECORD_TABLE (find_widget (view, SHEQU_TYPE_RECORD_TABLE)));
  bench.entry = GTK_EDITABLE (find_widget (view, GTK_TYPE_EDITABLE));
  bench.rows = G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (bench.view)));
  g_signal_connect (bench.rows, "items-changed", G_CALLBACK (items_changed), NULL);
  g_signal_connect (clock, "paint", G_CALLBACK (paint_begins), NULL);
  g_signal_connect (clock, "after-paint", G_CALLBACK (painted), NULL);
  do
    {
      known = g_list_model_get_n_items (bench.rows);
      wait_for (SETTLE);
    }
  while ((known == 0 || known != g_list_model_get_n_items (bench.rows)) &&
         g_get_monotonic_time () - start < LONGEST * 1000);
}

static double
jump (guint n_rows)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  bench.steps = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 0; i < JUMPS; i++)
    {
      guint place = (guint) g_rand_int_range (random, 0, (gint32) n_rows);

      gtk_widget_activate_action (bench.view, "list.scroll-to-item", "u", place);
      wait_for (PAUSE);
    }
  return get_percentile (bench.steps, 1);
}

static void
press (const char *text)
{
  bench.rows_came = FALSE;
  bench.key_start = get_busy ();
  bench.key_pending = TRUE;
  gtk_editable_set_text (bench.entry, text);
  for (guint i = 0; bench.key_pending && i < LONGEST_LETTER / PAUSE; i++)
    wait_for (PAUSE);
  /* What finds the same as before leaves the rows as they are. */
  if (bench.key_pending)
    bench.n_same++;
  bench.key_pending = FALSE;
}

static double
type_all (void)
{
  bench.keystrokes = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      for (const char *end = g_utf8_next_char (typed[i]);; end = g_utf8_next_char (end))
        {
          g_autofree char *begun = g_strndup (typed[i], (gsize) (end - typed[i]));

          press (begun);
          if (*end == '\0')
            break;
        }
      press ("");
    }
  return get_percentile (bench.keystrokes, 0.99);
}

static void
measure (GtkApplication *application, gpointer database)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequCatalogue) catalogue = shequ_catalogue_new_shipped (&error);
  g_autoptr (ShequOffice) office = NULL;
  double empty, memory, step, usual_step, keystroke;
  guint n_rows;

  bench.window = GTK_WINDOW (adw_application_window_new (application));
  gtk_window_set_default_size (bench.window, 1280, 800);
  gtk_window_present (bench.window);
  wait_for (1000);
  empty = read_memory ();
  office = catalogue != NULL ? shequ_office_open (database, catalogue, "bench", "bench", NULL, &error) : NULL;
  if (office == NULL)
    g_error ("%s", error->message);
  show_list (office);
  n_rows = g_list_model_get_n_items (bench.rows);
  step = jump (n_rows);
  usual_step = get_percentile (bench.steps, 0.99);
  g_clear_pointer (&bench.steps, g_array_unref);
  keystroke = type_all ();
  memory = read_memory () - empty;
  g_print (
    "%u residents\n"
    "%u jumps: longest step of the main loop without painting %.1f ms (at most %.0f ms), 99th percentile "
    "%.1f ms\n"
    "%u keystrokes: main loop busy until the rows are painted, median %.1f ms, 99th percentile %.1f ms, "
    "longest "
    "%.1f ms (at most %.0f ms); %u more found the same rows as before\n"
    "memory: %.0f MB over an empty window's %.0f MB (at most %.0f MB)\n",
    n_rows, JUMPS, step, MOST_STEP, usual_step, bench.keystrokes->len, get_percentile (bench.keystrokes, 0.5),
    keystroke, get_percentile (bench.keystrokes, 1), MOST_KEYSTROKE, bench.n_same, memory, empty,
    MOST_MEMORY);
  fflush (stdout);
  _exit (step <= MOST_STEP && keystroke <= MOST_KEYSTROKE && memory <= MOST_MEMORY ? EXIT_SUCCESS
                                                                                   : EXIT_FAILURE);
}

int
main (int argc, char **argv)
{
  g_autoptr (AdwApplication) application = NULL;

  if (argc != 2)
    g_error ("Usage: %s DATABASE", argv[0]);
  shequ_locale_init ();
  bench.loop = g_main_loop_new (NULL, FALSE);
  g_main_context_set_poll_func (NULL, poll_and_measure);
  application = adw_application_new ("com.example.Bench", G_APPLICATION_NON_UNIQUE);
  g_signal_connect (application, "activate", G_CALLBACK (measure), argv[1]);
  return g_application_run (G_APPLICATION (application), 1, argv);
}
