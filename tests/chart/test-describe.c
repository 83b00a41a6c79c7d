#include <math.h>

#include "chart-samples.h"
#include "shequ-chart-describe.h"
#include "shequ-chart-fold.h"

static void
test_pieces (void)
{
  g_autoptr (ShequChart) chart = sample_mixed_signs (SHEQU_CHART_STACKED_BARS);
  static const struct
  {
    ShequChartPiece piece;
    const char *words;
  } rows[] = {
    { { 0, 1 }, "区民政局, 二季度: -3,500.00 元" },
    { { 1, SHEQU_CHART_NONE }, "区卫生健康局, total: 4,300.00 元" },
    { { SHEQU_CHART_NONE, 0 }, "一季度, total: 7,000.00 元" },
    { { SHEQU_CHART_NONE, SHEQU_CHART_NONE }, "经费到账与承诺差多少？, total: 13,600.00 元" },
    { { 7, 0 }, "" },
    { { 0, 4 }, "" },
    { { -3, 0 }, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *words = shequ_chart_describe_piece (chart, rows[i].piece);

      g_assert_cmpstr (words, ==, rows[i].words);
    }
}

static void
test_sentence (void)
{
  g_autoptr (ShequChart) chart = sample_departments (3);
  g_autoptr (ShequChart) empty = shequ_chart_new (SHEQU_CHART_LINES);
  g_autofree char *words = shequ_chart_describe (chart);
  g_autofree char *nothing = shequ_chart_describe (empty);

  g_assert_cmpstr (words, ==,
                   "Bar chart: 谁交办的事最多？ 前三个部门交办了一半的事项。 1 series, 3 categories. "
                   "Total: 229 项. The highest: 事项, 区委组织部: 123 项.");
  g_assert_cmpstr (nothing, ==, "Line chart:  No data in this period");
}

static void
test_table (void)
{
  g_autoptr (ShequChart) chart = sample_mixed_signs (SHEQU_CHART_BARS);
  g_autoptr (ShequChartTable) table = NULL;
  ShequChartTableRow *row;

  shequ_chart_set_category_title (chart, "季度");
  shequ_chart_set_value (chart, 1, 3, NAN);
  table = shequ_chart_get_table (chart);

  g_assert_cmpuint (g_strv_length (table->heads), ==, 4);
  g_assert_cmpuint (table->n_numbers, ==, 3);
  g_assert_cmpstr (table->heads[0], ==, "季度");
  g_assert_cmpstr (table->heads[3], ==, "Total");
  g_assert_cmpuint (table->rows->len, ==, 5);

  row = table->rows->pdata[3];
  g_assert_cmpstr (row->texts[1], ==, "");
  g_assert_true (isnan (row->numbers[1]));
  g_assert_cmpstr (row->texts[2], ==, "0.00");

  row = table->rows->pdata[4];
  g_assert_true (row->total);
  g_assert_cmpstr (row->label, ==, "Total");
  g_assert_cmpfloat (row->numbers[0], ==, 9300);
  g_assert_cmpstr (row->texts[2], ==, "10,500.00");
}

/* Shares are not added up. */
static void
test_table_of_shares (void)
{
  g_autoptr (ShequChart) chart = sample_mixed_signs (SHEQU_CHART_LINES);
  g_autoptr (ShequChartTable) table = NULL;

  shequ_chart_set_additive (chart, FALSE);
  table = shequ_chart_get_table (chart);
  g_assert_cmpuint (table->n_numbers, ==, 2);
  g_assert_cmpuint (table->rows->len, ==, 4);
}

static void
test_fold (void)
{
  g_autoptr (ShequChart) chart = sample_hours (SHEQU_CHART_STACKED_BARS, 40, 3);
  g_auto (ShequChartFold) fold = { 0 };
  double others = 0;

  /* A late series that is greater than all must keep a colour of its own. */
  shequ_chart_set_value (chart, 39, 0, 900000);
  shequ_chart_fold_init (&fold, chart);
  g_assert_cmpuint (fold.n_slots, ==, SHEQU_CHART_MOST_SERIES + 1);
  g_assert_cmpuint (fold.n_folded, ==, 33);
  g_assert_cmpint (fold.slots[6].series, ==, 39);
  g_assert_cmpint (fold.slots[7].series, ==, SHEQU_CHART_OTHER);
  g_assert_cmpint (shequ_chart_fold_find (&fold, SHEQU_CHART_OTHER), ==, 7);

  for (guint i = 0; i < 40; i++)
    if (fold.folded[i])
      others += shequ_chart_get_value (chart, i, 1);
  g_assert_cmpfloat_with_epsilon (shequ_chart_fold_get_value (&fold, chart, 7, 1), others, 1e-6);
}

static void
test_fold_sizes (void)
{
  static const struct
  {
    guint n_series;
    gboolean additive;
    guint n_slots;
    int last;
  } rows[] = {
    { 1, TRUE, 1, 0 },  { 7, TRUE, 7, 6 }, { 8, TRUE, 8, 7 }, { 9, TRUE, 8, SHEQU_CHART_OTHER },
    { 9, FALSE, 7, 6 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (ShequChart) chart = sample_hours (SHEQU_CHART_LINES, 0, 1);
      g_auto (ShequChartFold) fold = { 0 };

      for (guint s = 0; s < rows[i].n_series; s++)
        shequ_chart_set_value (chart, shequ_chart_add_series (chart, "部门"), 0, 100 - s);
      shequ_chart_set_additive (chart, rows[i].additive);
      shequ_chart_fold_init (&fold, chart);
      g_assert_cmpuint (fold.n_slots, ==, rows[i].n_slots);
      g_assert_cmpint (fold.slots[fold.n_slots - 1].series, ==, rows[i].last);
    }
}

static void
test_steps (void)
{
  g_autoptr (ShequChart) chart = sample_hours (SHEQU_CHART_STACKED_BARS, 9, 3);
  g_autoptr (ShequChart) empty = shequ_chart_new (SHEQU_CHART_BARS);
  static const struct
  {
    ShequChartPiece from;
    int along, across;
    ShequChartPiece to;
  } rows[] = {
    { { -1, -1 }, 1, 0, { -1, 0 } },
    { { -1, -1 }, -1, 0, { -1, 2 } },
    { { -1, 0 }, 0, 1, { 0, 0 } },
    { { 0, 0 }, 0, -1, { -1, 0 } },
    { { 0, 0 }, -1, 0, { 0, 0 } },
    { { 0, 1 }, 1, 0, { 0, 2 } },
    { { 0, 2 }, 1, 0, { 0, 2 } },
    { { 0, 1 }, 0, 7, { SHEQU_CHART_OTHER, 1 } },
    { { SHEQU_CHART_OTHER, 1 }, 0, 1, { SHEQU_CHART_OTHER, 1 } },
  };
  ShequChartPiece nothing;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      ShequChartPiece to = shequ_chart_step (chart, rows[i].from, rows[i].along, rows[i].across);

      g_assert_cmpint (to.series, ==, rows[i].to.series);
      g_assert_cmpint (to.category, ==, rows[i].to.category);
    }
  nothing = shequ_chart_step (empty, (ShequChartPiece){ -1, -1 }, 1, 1);
  g_assert_cmpint (nothing.category, ==, SHEQU_CHART_NONE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/describe/pieces", test_pieces);
  g_test_add_func ("/describe/sentence", test_sentence);
  g_test_add_func ("/describe/table", test_table);
  g_test_add_func ("/describe/table-of-shares", test_table_of_shares);
  g_test_add_func ("/describe/fold", test_fold);
  g_test_add_func ("/describe/fold-sizes", test_fold_sizes);
  g_test_add_func ("/describe/steps", test_steps);

  return g_test_run ();
}
