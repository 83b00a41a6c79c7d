#include "shequ-chart-describe.h"

#include "config.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "shequ-chart-fold.h"

static char *
number_with_unit (ShequChart *chart, double value)
{
  g_autofree char *number = shequ_chart_format_value (chart, value);

  if (*number == '\0')
    return g_strdup (_ ("no data"));
  if (*shequ_chart_get_unit (chart) == '\0')
    return g_steal_pointer (&number);
  return g_strdup_printf ("%s %s", number, shequ_chart_get_unit (chart));
}

static double
add_known (double sum, double value)
{
  if (isnan (value))
    return sum;
  return isnan (sum) ? value : sum + value;
}

/* The value of a piece; of a whole series or category the sum of what is known. */
static double
piece_value (ShequChart *chart, const ShequChartFold *fold, ShequChartPiece piece)
{
  double sum = NAN;

  for (guint s = 0; s < shequ_chart_get_n_series (chart); s++)
    for (guint c = 0; c < shequ_chart_get_n_categories (chart); c++)
      {
        gboolean in_series = piece.series == SHEQU_CHART_NONE || piece.series == (int) s ||
                             (piece.series == SHEQU_CHART_OTHER && fold->folded[s]);

        if (in_series && (piece.category == SHEQU_CHART_NONE || piece.category == (int) c))
          sum = add_known (sum, shequ_chart_get_value (chart, s, c));
      }
  return sum;
}

static gboolean
is_valid (ShequChart *chart, ShequChartPiece piece)
{
  return piece.series >= SHEQU_CHART_OTHER && piece.series < (int) shequ_chart_get_n_series (chart) &&
         piece.category >= SHEQU_CHART_NONE && piece.category < (int) shequ_chart_get_n_categories (chart);
}

static const char *
series_name (ShequChart *chart, int series)
{
  if (series == SHEQU_CHART_OTHER)
    return C_ ("series", "Other");
  return shequ_chart_get_series_name (chart, series);
}

/**
 * shequ_chart_describe_piece:
 * @chart: a chart
 * @piece: a piece
 *
 * Says what a piece stands for and its value, as "民政局，2026年3月：12.5 小时"; of a whole series or
 * category the total, if totals mean something.
 *
 * Returns: (transfer full): the words
 */
char *
shequ_chart_describe_piece (ShequChart *chart, ShequChartPiece piece)
{
  g_auto (ShequChartFold) fold = { 0 };
  g_autofree char *number = NULL;
  gboolean whole = piece.series == SHEQU_CHART_NONE || piece.category == SHEQU_CHART_NONE;
  const char *name;

  g_return_val_if_fail (SHEQU_IS_CHART (chart), NULL);

  if (!is_valid (chart, piece))
    return g_strdup ("");
  shequ_chart_fold_init (&fold, chart);
  number = number_with_unit (chart, piece_value (chart, &fold, piece));
  if (!whole)
    /* Translators: series, category: value with unit */
    return g_strdup_printf (_ ("%s, %s: %s"), series_name (chart, piece.series),
                            shequ_chart_get_category_label (chart, piece.category), number);

  if (piece.series != SHEQU_CHART_NONE)
    name = series_name (chart, piece.series);
  else if (piece.category != SHEQU_CHART_NONE)
    name = shequ_chart_get_category_label (chart, piece.category);
  else
    name = shequ_chart_get_title (chart);
  if (!shequ_chart_get_additive (chart))
    return g_strdup (name);
  return g_strdup_printf (_ ("%s, total: %s"), name, number);
}

static const char *
kind_word (ShequChartKind kind)
{
  switch (kind)
    {
    case SHEQU_CHART_STACKED_BARS:
      return _ ("Stacked bar chart");
    case SHEQU_CHART_LINES:
      return _ ("Line chart");
    case SHEQU_CHART_PYRAMID:
      return _ ("Pyramid");
    case SHEQU_CHART_SIDEWAYS_BARS:
    case SHEQU_CHART_BARS:
    default:
      return _ ("Bar chart");
    }
}

static void
append_sentence (GString *words, const char *sentence)
{
  if (*sentence == '\0')
    return;
  if (words->len > 0)
    g_string_append_c (words, ' ');
  g_string_append (words, sentence);
}

static void
append_highest (ShequChart *chart, GString *words)
{
  ShequChartPiece highest = { SHEQU_CHART_NONE, SHEQU_CHART_NONE };
  double most = -INFINITY;

  for (guint s = 0; s < shequ_chart_get_n_series (chart); s++)
    for (guint c = 0; c < shequ_chart_get_n_categories (chart); c++)
      {
        double value = shequ_chart_get_value (chart, s, c);

        if (!isnan (value) && value > most)
          {
            most = value;
            highest = (ShequChartPiece){ s, c };
          }
      }
  if (highest.series != SHEQU_CHART_NONE)
    {
      g_autofree char *piece = shequ_chart_describe_piece (chart, highest);
      g_autofree char *sentence = g_strdup_printf (_ ("The highest: %s."), piece);

      append_sentence (words, sentence);
    }
}

/**
 * shequ_chart_describe:
 * @chart: a chart
 *
 * Says what the chart shows, for somebody who does not see it: its kind, question, finding, size, total and
 * highest value.
 *
 * Returns: (transfer full): the words
 */
char *
shequ_chart_describe (ShequChart *chart)
{
  g_autofree char *head = NULL;
  g_autofree char *size = NULL;
  GString *words;

  g_return_val_if_fail (SHEQU_IS_CHART (chart), NULL);

  words = g_string_new (NULL);
  head =
    g_strdup_printf (_ ("%s: %s"), kind_word (shequ_chart_get_kind (chart)), shequ_chart_get_title (chart));
  append_sentence (words, head);
  append_sentence (words, shequ_chart_get_finding (chart));
  if (!shequ_chart_has_data (chart))
    {
      append_sentence (words, _ ("No data in this period"));
      return g_string_free (words, FALSE);
    }
  size = g_strdup_printf (_ ("%u series, %u categories."), shequ_chart_get_n_series (chart),
                          shequ_chart_get_n_categories (chart));
  append_sentence (words, size);
  if (shequ_chart_get_additive (chart))
    {
      g_auto (ShequChartFold) fold = { 0 };
      g_autofree char *number = NULL;
      g_autofree char *total = NULL;

      shequ_chart_fold_init (&fold, chart);
      number = number_with_unit (
        chart, piece_value (chart, &fold, (ShequChartPiece){ SHEQU_CHART_NONE, SHEQU_CHART_NONE }));
      total = g_strdup_printf (_ ("Total: %s."), number);
      append_sentence (words, total);
    }
  append_highest (chart, words);
  return g_string_free (words, FALSE);
}

/**
 * shequ_chart_step:
 * @chart: a chart
 * @piece: where the keyboard stands
 * @along: how many categories to go to the right
 * @across: how many series to go on, in the order painted; before the first stands the whole category
 *
 * Moves over the pieces with the keyboard, and stays at the ends. Into a chart where nothing is chosen it
 * goes at the first category, or at the last when going to the left.
 *
 * Returns: the new place
 */
ShequChartPiece
shequ_chart_step (ShequChart *chart, ShequChartPiece piece, int along, int across)
{
  g_auto (ShequChartFold) fold = { 0 };
  int n_categories;
  int slot;

  g_return_val_if_fail (SHEQU_IS_CHART (chart), piece);

  shequ_chart_fold_init (&fold, chart);
  n_categories = shequ_chart_get_n_categories (chart);
  if (n_categories == 0 || fold.n_slots == 0)
    return (ShequChartPiece){ SHEQU_CHART_NONE, SHEQU_CHART_NONE };

  if (piece.category < 0 || piece.category >= n_categories)
    piece.category = along < 0 ? n_categories - 1 : 0;
  else
    piece.category = CLAMP (piece.category + along, 0, n_categories - 1);
  slot = shequ_chart_fold_find (&fold, piece.series) + across;
  slot = CLAMP (slot, -1, (int) fold.n_slots - 1);
  piece.series = slot < 0 ? SHEQU_CHART_NONE : fold.slots[slot].series;
  return piece;
}
