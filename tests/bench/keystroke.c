/* How long a keystroke in the search of the residents needs to its first rows.
 *
 * Usage: bench-keystroke MILLISECONDS DATABASE
 *
 * Each text is typed letter by letter, as its pinyin or digits come from the keyboard and its Chinese from
 * the input method, into the list as it is sorted by each of its columns, and into one that shows the best
 * match first; the time runs from the set search to the first rows in the model. Of each order the slowest of
 * a hundred counts. The time of the processors is told beside it, since others may keep those busy: what a
 * keystroke takes where it is not kept waiting. With SLOW=MILLISECONDS in the environment those that take
 * more are named.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "shequ-catalogue.h"
#include "shequ-record-list-private.h"

#define WAIT_SECONDS 60

static const char *const typed[] = {
  /* one letter, one digit, one surname */
  "a",
  "b",
  "d",
  "h",
  "j",
  "l",
  "m",
  "s",
  "w",
  "x",
  "y",
  "z",
  "1",
  "7",
  "李",
  "张",
  "刘",
  "孙",
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
  double start_work;
  double work; /* milliseconds of processors in between, of all threads */
} Measure;

static double
get_work (void)
{
  struct timespec time;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
  return (double) time.tv_sec * 1000 + (double) time.tv_nsec / 1e6;
}

static void
note_first (Measure *measure)
{
  if (measure->first != 0)
    return;
  measure->first = g_get_monotonic_time ();
  measure->work = get_work () - measure->start_work;
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
  measure->start_work = get_work ();
  shequ_record_list_set_search (measure->list, text);
  g_main_loop_run (measure->loop);
  g_source_remove (timeout);
  if (shequ_record_list_get_error_message (measure->list) != NULL)
    g_error ("“%s”: %s", text, shequ_record_list_get_error_message (measure->list));
  return (double) (measure->first - measure->start) / 1000;
}

/* Types a text; the times of its keystrokes are appended to `times` and `works`. Returns the slowest one. */
static double
type (Measure *measure, const char *text, GArray *times, GArray *works)
{
  const char *slow = g_getenv ("SLOW");
  double slowest = 0;

  for (const char *end = g_utf8_next_char (text);; end = g_utf8_next_char (end))
    {
      g_autofree char *begun = g_strndup (text, (gsize) (end - text));
      double time = press (measure, begun);

      g_array_append_val (times, time);
      g_array_append_val (works, measure->work);
      if (slow != NULL && measure->work > g_ascii_strtod (slow, NULL))
        printf ("  %5.1f ms, of processors %5.1f ms: %s (%u)\n", time, measure->work, begun,
                shequ_record_list_get_n_records (measure->list));
      slowest = MAX (slowest, time);
      if (*end == '\0')
        break;
    }
  press (measure, "");
  return slowest;
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

/* Shows the whole list in an order, until it is ready to be searched in; seconds. */
static double
show (Measure *measure, const ShequField *sort, guint residents)
{
  g_autoptr (ShequQuery) query = shequ_query_copy (shequ_record_list_get_query (measure->list));
  gint64 start = g_get_monotonic_time ();

  shequ_query_set_search (query, NULL);
  g_array_set_size (query->sort, 0);
  if (sort != NULL)
    shequ_query_sort_by (query, sort->name, FALSE, NULL);
  shequ_record_list_set_query (measure->list, query);
  if (shequ_record_list_get_loading (measure->list))
    g_main_loop_run (measure->loop);
  while (measure->list->finder == NULL && g_get_monotonic_time () - start < WAIT_SECONDS * G_USEC_PER_SEC)
    g_main_context_iteration (NULL, FALSE);
  if (shequ_record_list_get_n_records (measure->list) != residents)
    g_error ("The list has %u residents, not %u", shequ_record_list_get_n_records (measure->list), residents);
  return (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
}

/* The 99th percentile of all keystrokes in one order. */
static double
type_in_order (Measure *measure, const ShequField *sort, guint residents)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) works = g_array_new (FALSE, FALSE, sizeof (double));
  const char *slowest = NULL;
  double most = 0;
  double ready = show (measure, sort, residents);

  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      double time = type (measure, typed[i], times, works);

      if (time > most)
        slowest = typed[i];
      most = MAX (most, time);
    }
  g_array_sort (times, compare);
  g_array_sort (works, compare);
  printf (
    "%-18s ready %5.2f s; %u keystrokes: median %4.1f ms, 99th percentile %5.1f ms (of processors %5.1f "
    "ms), slowest %5.1f ms (%s)\n",
    sort != NULL ? sort->name : "(best match)", ready, times->len, get_percentile (times, 0.5),
    get_percentile (times, 0.99), get_percentile (works, 0.99), get_percentile (times, 1), slowest);
  fflush (stdout);
  return get_percentile (times, 0.99);
}

static gboolean
can_sort (const ShequField *field)
{
  return shequ_field_is_stored (field) ||
         (field->compute != NULL && field->compute->type == SHEQU_COMPUTE_AGE);
}

/* The worst of all orders. */
static double
type_all (ShequOffice *office)
{
  const ShequRegister *reg = shequ_office_get_register (office, "resident");
  const ShequList *shown = shequ_register_get_list (reg, NULL);
  g_autoptr (ShequRecordList) list = shequ_record_list_new (office, reg);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Measure measure = { loop, list, 0, 0, 0, 0 };
  double worst;
  guint residents;

  g_signal_connect (list, "notify::loading", G_CALLBACK (loading_changed), &measure);
  if (shequ_record_list_get_loading (list))
    g_main_loop_run (loop);
  residents = shequ_record_list_get_n_records (list);
  printf ("%u residents\n", residents);
  g_signal_connect (list, "items-changed", G_CALLBACK (items_changed), &measure);
  worst = type_in_order (&measure, NULL, residents);
  for (guint i = 0; i < shown->columns->len; i++)
    {
      const ShequField *field = shown->columns->pdata[i];

      double time = can_sort (field) ? type_in_order (&measure, field, residents) : 0;

      worst = MAX (worst, time);
    }
  return worst;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequCatalogue) catalogue = shequ_catalogue_new_shipped (&error);
  g_autoptr (ShequOffice) office = NULL;
  double most;
  double worst;

  if (argc != 3)
    g_error ("Usage: %s MILLISECONDS DATABASE", argv[0]);
  most = g_ascii_strtod (argv[1], NULL);
  if (catalogue != NULL)
    office = shequ_office_open (argv[2], catalogue, "bench", "bench", NULL, &error);
  if (office == NULL)
    g_error ("%s", error->message);
  worst = type_all (office);
  printf ("99th percentile of the slowest order: %.1f ms (at most %.0f ms)\n", worst, most);
  return worst <= most ? EXIT_SUCCESS : EXIT_FAILURE;
}
