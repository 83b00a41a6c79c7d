/* How long a keystroke in the search of the residents needs to its first rows, in a district of 227,231.
 *
 * Usage: bench-keystroke DATABASE
 *
 * Each text is typed letter by letter, as its pinyin or digits come from the keyboard and its Chinese from
 * the input method; the time runs from the set search to the first rows in the model. The slowest of a
 * hundred counts.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "shequ-catalogue.h"
#include "shequ-record.h"

#define TURNS 3
#define MOST_MILLISECONDS 30.0
#define RESIDENTS 227231
#define WAIT_SECONDS 20

static const char *const typed[] = {
  /* names, and parts of them */
  "王",
  "李明",
  "张伟",
  "刘国庆",
  "欧阳",
  "建国",
  "秀英",
  "阿拉坦",
  "白玉冰",
  /* pinyin and initials */
  "wang",
  "zhangwei",
  "li ming",
  "liuxiuying",
  "wxm",
  "zjg",
  "lgq",
  "bai",
  /* the last digits of an ID number, a whole one, phones */
  "7056",
  "4425",
  "033X",
  "092492",
  "220802196910054425",
  "1340000",
  "13900001234",
  "15100008241",
  /* addresses */
  "碧水家园1号楼3单元",
  "明仁小区3号楼4单元601",
  "龙华花园A4号楼",
  "3-2-501",
  "5栋1单元201",
  "平房区2排14号",
  /* a name, and where */
  "王 3号楼 2单元",
  "李 碧水家园",
  "zhang 明仁小区",
};

typedef struct
{
  GMainLoop *loop;
  ShequRecordList *list;
  gint64 start;
  gint64 first; /* when the first rows, or the answer that there are none, were in the model */
} Measure;

static void
note_first (Measure *measure)
{
  if (measure->first == 0)
    measure->first = g_get_monotonic_time ();
}

static void
items_changed (GListModel *model, guint position, guint removed, guint added, gpointer user_data)
{
  note_first (user_data);
}

/* Rows that stay as they are change nothing; then the end of the look is the answer. */
static void
loading_changed (ShequRecordList *list, GParamSpec *spec, gpointer user_data)
{
  Measure *measure = user_data;

  if (shequ_record_list_get_loading (list))
    return;
  note_first (measure);
  g_main_loop_quit (measure->loop);
}

static gboolean
give_up (gpointer user_data)
{
  g_error ("No answer to a keystroke within %d s", WAIT_SECONDS);
  return G_SOURCE_REMOVE;
}

/* Milliseconds from a keystroke to its first rows; returns when all rows are there. */
static double
press (Measure *measure, const char *text)
{
  guint timeout = g_timeout_add_seconds (WAIT_SECONDS, give_up, NULL);

  measure->first = 0;
  measure->start = g_get_monotonic_time ();
  shequ_record_list_set_search (measure->list, text);
  g_main_loop_run (measure->loop);
  g_source_remove (timeout);
  if (shequ_record_list_get_error_message (measure->list) != NULL)
    g_error ("“%s”: %s", text, shequ_record_list_get_error_message (measure->list));
  return (double) (measure->first - measure->start) / 1000;
}

/* Types a text; the times of its keystrokes are appended to `times`. */
static void
type (Measure *measure, const char *text, GArray *times)
{
  double slowest = 0;

  for (const char *end = g_utf8_next_char (text);; end = g_utf8_next_char (end))
    {
      g_autofree char *begun = g_strndup (text, (gsize) (end - text));
      double time = press (measure, begun);

      g_array_append_val (times, time);
      slowest = MAX (slowest, time);
      if (*end == '\0')
        break;
    }
  printf ("%6.1f ms  %s\n", slowest, text);
  press (measure, "");
}

static int
compare (gconstpointer one, gconstpointer other)
{
  double difference = *(const double *) one - *(const double *) other;

  return difference < 0 ? -1 : difference > 0;
}

static double
get_percentile (const GArray *times, double share)
{
  return g_array_index (times, double, (guint) ((times->len - 1) * share + 0.5));
}

static GArray *
type_all (ShequOffice *office)
{
  GArray *times = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (ShequRecordList) list =
    shequ_record_list_new (office, shequ_office_get_register (office, "resident"));
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Measure measure = { loop, list, 0, 0 };

  g_signal_connect (list, "notify::loading", G_CALLBACK (loading_changed), &measure);
  if (shequ_record_list_get_loading (list))
    g_main_loop_run (loop);
  if (shequ_record_list_get_n_records (list) != RESIDENTS)
    g_error ("The database has %u residents, not %d", shequ_record_list_get_n_records (list), RESIDENTS);
  g_signal_connect (list, "items-changed", G_CALLBACK (items_changed), &measure);
  for (guint turn = 0; turn < TURNS; turn++)
    for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
      type (&measure, typed[i], times);
  g_array_sort (times, compare);
  return times;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequCatalogue) catalogue = shequ_catalogue_new_shipped (&error);
  g_autoptr (ShequOffice) office = NULL;
  g_autoptr (GArray) times = NULL;
  double percentile;

  if (argc != 2)
    g_error ("Usage: %s DATABASE", argv[0]);
  if (catalogue != NULL)
    office = shequ_office_open (argv[1], catalogue, "bench", "bench", NULL, &error);
  if (office == NULL)
    g_error ("%s", error->message);
  times = type_all (office);
  percentile = get_percentile (times, 0.99);
  printf ("%u keystrokes: median %.1f ms, 99th percentile %.1f ms (at most %.0f ms), slowest %.1f ms\n",
          times->len, get_percentile (times, 0.5), percentile, MOST_MILLISECONDS, get_percentile (times, 1));
  return percentile <= MOST_MILLISECONDS ? EXIT_SUCCESS : EXIT_FAILURE;
}
