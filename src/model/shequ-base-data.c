/* The 50 classes and 150 items of base data (R058): each is a definition that is asked, none is typed. */
#include "shequ-base-data.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-date.h"
#include "shequ-error.h"
#include "shequ-finder.h"
#include "shequ-measure.h"

#define MOST_THREADS 4
#define KEPT "shequ-base-data"
#define SMALL 5 /* cells below are not told where the item says so */

void
shequ_base_figure_free (ShequBaseFigure *figure)
{
  g_clear_pointer (&figure->item, shequ_row_free);
  g_free (figure->text);
  g_free (figure->reason);
  g_free (figure->condition);
  g_free (figure);
}

/**
 * shequ_base_period:
 * @day: a day
 * @period: `now`, `month`, `quarter` or `year`
 * @from: (out): gets the first day of the period that @day lies in, at least %SHEQU_DATE_TEXT_SIZE
 * @to: (out): gets its last day; both are @day for `now`
 */
void
shequ_base_period (const char *day, const char *period, char *from, char *to)
{
  ShequDate first, last;
  int months = g_strcmp0 (period, "year") == 0 ? 12 : g_strcmp0 (period, "quarter") == 0 ? 3 : 1;

  g_strlcpy (from, day, SHEQU_DATE_TEXT_SIZE);
  g_strlcpy (to, day, SHEQU_DATE_TEXT_SIZE);
  if (g_strcmp0 (period, "now") == 0 || period == NULL || !shequ_date_from_iso (day, &first))
    return;
  first.day = 1;
  first.month = (first.month - 1) / months * months + 1;
  last = shequ_date_add_months (&first, months);
  last = shequ_date_add_days (&last, -1);
  shequ_date_to_iso (&first, from);
  shequ_date_to_iso (&last, to);
}

/* What all figures of one computation share. */
typedef struct
{
  ShequOffice *office;
  ShequStore *store;
  gint64 unit;
  const char *day;
  char *today;
  GCancellable *cancellable;
} Ask;

static ShequQuery *
new_query (const Ask *ask, const ShequMeasure *measure, const ShequCondition *more)
{
  ShequQuery *query = shequ_query_new (measure->reg, ask->day);

  query->unit = ask->unit;
  if (strcmp (ask->day, ask->today) < 0)
    shequ_query_set_as_of (query, ask->day);
  if (measure->where != NULL)
    shequ_query_take_where (query, shequ_condition_ref (measure->where));
  if (more != NULL)
    shequ_query_take_where (query, shequ_condition_ref ((ShequCondition *) more));
  return query;
}

static gboolean
count (const Ask *ask,
       const ShequMeasure *measure,
       const ShequCondition *more,
       gint64 *number,
       GError **error)
{
  g_autoptr (ShequQuery) query = new_query (ask, measure, more);

  *number = shequ_store_count (ask->store, query, ask->cancellable, error);
  return *number >= 0;
}

static gboolean
sum (const Ask *ask, const ShequMeasure *measure, gint64 *number, gint64 *total, GError **error)
{
  g_autoptr (ShequQuery) query = new_query (ask, measure, NULL);
  ShequSummaryQuery summary = { .query = query, .sum = measure->field };
  g_autoptr (GPtrArray) rows = shequ_store_summarise (ask->store, &summary, ask->cancellable, error);

  *number = *total = 0;
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      *number += ((const ShequSummaryRow *) rows->pdata[i])->count;
      *total += ((const ShequSummaryRow *) rows->pdata[i])->sum;
    }
  return rows != NULL;
}

static gboolean
measure_value (const Ask *ask, const ShequMeasure *measure, ShequBaseFigure *figure, GError **error)
{
  gint64 all = 0, part = 0;
  gboolean money = measure->field != NULL && measure->field->kind == SHEQU_FIELD_MONEY;

  if (measure->type == SHEQU_MEASURE_COUNT || measure->type == SHEQU_MEASURE_SHARE)
    {
      if (!count (ask, measure, NULL, &all, error) ||
          (measure->share != NULL && !count (ask, measure, measure->share, &part, error)))
        return FALSE;
    }
  else if (!sum (ask, measure, &all, &part, error))
    return FALSE;
  figure->value =
    measure->type == SHEQU_MEASURE_COUNT ? (double) all : (double) part / (double) measure->divide;
  if (money)
    figure->value /= 100;
  if ((measure->type == SHEQU_MEASURE_SHARE || measure->type == SHEQU_MEASURE_AVERAGE) && all == 0)
    {
      figure->state = SHEQU_BASE_NOTHING;
      figure->reason = g_strdup (_ ("There is no record of which to say it"));
    }
  else if (measure->type == SHEQU_MEASURE_SHARE)
    figure->value = 100.0 * (double) part / (double) all;
  else if (measure->type == SHEQU_MEASURE_AVERAGE)
    figure->value /= (double) all;
  return TRUE;
}

static char *
format (const ShequBaseFigure *figure, const ShequMeasure *measure)
{
  gboolean small = shequ_row_get_integer (figure->item, "small") != 0;

  if (figure->state != SHEQU_BASE_VALUE)
    return g_strdup ("—");
  if (small && measure->type == SHEQU_MEASURE_COUNT && figure->value > 0 && figure->value < SMALL)
    return g_strdup_printf ("<%d", SMALL);
  if (measure->type == SHEQU_MEASURE_SHARE)
    return g_strdup_printf ("%.1f", figure->value);
  if (measure->type == SHEQU_MEASURE_AVERAGE ||
      (measure->field != NULL && measure->field->kind == SHEQU_FIELD_MONEY))
    return g_strdup_printf ("%.2f", figure->value);
  return g_strdup_printf (measure->divide > 1 ? "%.1f" : "%.0f", figure->value);
}

static void
fail (ShequBaseFigure *figure, const GError *error)
{
  figure->state =
    g_error_matches (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND) ? SHEQU_BASE_NOT_YET : SHEQU_BASE_WRONG;
  figure->reason = g_strdup (error->message);
  figure->text = g_strdup ("—");
}

/* Small numbers are hidden because few people stand behind them: those are not opened either. */
static void
tie_records (ShequBaseFigure *figure, const ShequMeasure *measure)
{
  ShequCondition *all = measure->where != NULL ? shequ_condition_ref (measure->where) : NULL;

  if (g_str_has_prefix (figure->text, "<"))
    {
      g_clear_pointer (&all, shequ_condition_unref);
      return;
    }
  if (measure->share != NULL)
    all = shequ_condition_new_join (SHEQU_CONDITION_AND, all, shequ_condition_ref (measure->share));
  figure->reg = measure->reg;
  figure->condition = all != NULL ? shequ_condition_to_text (all) : NULL;
  g_clear_pointer (&all, shequ_condition_unref);
}

/* FALSE only when nothing more can be asked, as when it was cancelled. */
static gboolean
compute (const Ask *ask, ShequBaseFigure *figure, GError **error)
{
  const char *definition = shequ_row_get_text (figure->item, "definition");
  g_autoptr (ShequMeasure) measure = NULL;
  g_autoptr (GError) local = NULL;
  char from[SHEQU_DATE_TEXT_SIZE], to[SHEQU_DATE_TEXT_SIZE];

  if (shequ_row_get_integer (figure->item, "restricted") != 0)
    {
      figure->state = SHEQU_BASE_RESTRICTED;
      figure->text = g_strdup (_ ("restricted"));
      figure->reason = g_strdup (_ ("Only for who may see it"));
      return TRUE;
    }
  shequ_base_period (ask->day, shequ_row_get_text (figure->item, "period"), from, to);
  measure = shequ_measure_parse (shequ_office_get_catalogue (ask->office),
                                 definition != NULL ? definition : "", from, to, &local);
  if (measure == NULL)
    {
      fail (figure, local);
      return TRUE;
    }
  if (!measure_value (ask, measure, figure, error))
    return FALSE;
  figure->text = format (figure, measure);
  tie_records (figure, measure);
  return TRUE;
}

static GPtrArray *
read_items (ShequOffice *office, GCancellable *cancellable, GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (office, "base_item", error);
  g_autoptr (ShequQuery) query = reg != NULL ? shequ_office_new_query (office, reg) : NULL;

  if (reg == NULL || !shequ_query_sort_by (query, "code", FALSE, error))
    return NULL;
  return shequ_office_get_rows (office, query, cancellable, error);
}

/* Items are asked one by one, by as many threads as there are readers. */
typedef struct
{
  const Ask *ask;
  GPtrArray *figures;
  int next;
  int done;
  GMutex lock;
  GError *error; /* (nullable): the first */
  ShequBaseProgress progress;
  gpointer user_data;
} Work;

/* The thread that was called tells how far all are. */
static void
compute_some (Work *work, gboolean tells)
{
  guint n = work->figures->len;

  for (guint i; (i = (guint) g_atomic_int_add (&work->next, 1)) < n;)
    {
      g_autoptr (GError) error = NULL;

      if (!compute (work->ask, work->figures->pdata[i], &error))
        {
          g_atomic_int_set (&work->next, (int) n);
          g_mutex_lock (&work->lock);
          if (work->error == NULL)
            work->error = g_steal_pointer (&error);
          g_mutex_unlock (&work->lock);
          return;
        }
      g_atomic_int_inc (&work->done);
      if (tells && work->progress != NULL)
        work->progress ((guint) g_atomic_int_get (&work->done), n, work->user_data);
    }
}

static gpointer
help_computing (gpointer data)
{
  compute_some (data, FALSE);
  return NULL;
}

static gboolean
compute_all (Work *work, GError **error)
{
  GThread *helpers[MOST_THREADS - 1];
  guint n_helpers = CLAMP (g_get_num_processors (), 1, MOST_THREADS) - 1;

  g_mutex_init (&work->lock);
  for (guint i = 0; i < n_helpers; i++)
    helpers[i] = g_thread_new ("base data", help_computing, work);
  compute_some (work, TRUE);
  for (guint i = 0; i < n_helpers; i++)
    g_thread_join (helpers[i]);
  g_mutex_clear (&work->lock);
  if (work->error != NULL)
    g_propagate_error (error, work->error);
  else if (work->progress != NULL)
    work->progress (work->figures->len, work->figures->len, work->user_data);
  return work->error == NULL;
}

/* What was computed last; holds until the change log has another entry. */
typedef struct
{
  gint64 unit;
  char *day;
  char *today;
  gint64 entry;
  GPtrArray *figures;
  ShequCatalogue *catalogue; /* which the figures are described by; the office lets go of it before this */
} Kept;

static void
kept_clear (gpointer data)
{
  Kept *kept = data;

  g_free (kept->day);
  g_free (kept->today);
  g_ptr_array_unref (kept->figures);
  shequ_catalogue_unref (kept->catalogue);
}

static void
kept_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, kept_clear);
}

static gpointer
kept_ref (gpointer data, gpointer user_data)
{
  return data != NULL ? g_atomic_rc_box_acquire (data) : NULL;
}

static GPtrArray *
find_kept (const Ask *ask, gint64 entry)
{
  Kept *kept = g_object_dup_data (G_OBJECT (ask->office), KEPT, kept_ref, NULL);
  GPtrArray *figures = NULL;

  if (kept == NULL)
    return NULL;
  if (kept->unit == ask->unit && kept->entry == entry && g_str_equal (kept->day, ask->day) &&
      g_str_equal (kept->today, ask->today))
    figures = g_ptr_array_ref (kept->figures);
  kept_unref (kept);
  return figures;
}

static void
keep (const Ask *ask, gint64 entry, GPtrArray *figures)
{
  Kept *kept = g_atomic_rc_box_new0 (Kept);

  kept->unit = ask->unit;
  kept->day = g_strdup (ask->day);
  kept->today = g_strdup (ask->today);
  kept->entry = entry;
  kept->figures = g_ptr_array_ref (figures);
  kept->catalogue = shequ_catalogue_ref (shequ_office_get_catalogue (ask->office));
  g_object_set_data_full (G_OBJECT (ask->office), KEPT, kept, kept_unref);
}

/**
 * shequ_base_data_compute:
 * @office: the office
 * @unit: whose data: a unit with all below it, or 0 for that of the office
 * @day: the day on which it stands; months, quarters and years are those that it lies in
 * @progress: (nullable) (scope call): told how far it is, on this thread
 * @user_data: for @progress
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Computes all items from the records, those of a street or a district over all records below it. Blocks for
 * seconds at the size of a district: for a worker thread. Asked again for the same before anything was
 * changed, it gives what it gave.
 *
 * Returns: (transfer full) (element-type ShequBaseFigure) (nullable): the items by number, not to be changed
 */
GPtrArray *
shequ_base_data_compute (ShequOffice *office,
                         gint64 unit,
                         const char *day,
                         ShequBaseProgress progress,
                         gpointer user_data,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (GPtrArray) figures = NULL;
  g_autoptr (GPtrArray) items = NULL;
  g_autofree char *today = shequ_office_get_today (office);
  Ask ask = { office, shequ_office_get_store (office), unit, day, today, cancellable };
  gint64 entry = shequ_finder_get_last_entry (ask.store, cancellable, error);
  Work work = { .ask = &ask, .progress = progress, .user_data = user_data };

  if (entry < 0)
    return NULL;
  if (unit == 0)
    ask.unit = shequ_office_get_unit (office);
  figures = find_kept (&ask, entry);
  if (figures != NULL)
    return g_steal_pointer (&figures);
  items = read_items (office, cancellable, error);
  if (items == NULL)
    return NULL;
  figures = g_ptr_array_new_with_free_func ((GDestroyNotify) shequ_base_figure_free);
  for (guint i = 0; i < items->len; i++)
    {
      ShequBaseFigure *figure = g_new0 (ShequBaseFigure, 1);

      figure->item = shequ_row_copy (items->pdata[i]);
      g_ptr_array_add (figures, figure);
    }
  work.figures = figures;
  if (!compute_all (&work, error))
    return NULL;
  keep (&ask, entry, figures);
  return g_steal_pointer (&figures);
}

/**
 * shequ_base_data_count:
 * @figures: (element-type ShequBaseFigure): the items
 * @class_name: (nullable): of this class alone
 * @filled: (out): how many have a value
 * @all: (out): how many there are, but for those that are restricted
 */
void
shequ_base_data_count (const GPtrArray *figures, const char *class_name, guint *filled, guint *all)
{
  *filled = *all = 0;
  for (guint i = 0; i < figures->len; i++)
    {
      const ShequBaseFigure *figure = figures->pdata[i];

      if (figure->state == SHEQU_BASE_RESTRICTED ||
          (class_name != NULL && g_strcmp0 (shequ_row_get_text (figure->item, "class"), class_name) != 0))
        continue;
      *all += 1;
      *filled += figure->state == SHEQU_BASE_VALUE;
    }
}
