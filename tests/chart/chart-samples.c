#include "chart-samples.h"

static const char *departments[] = {
  "区委组织部",   "区民政局",
  "区政法委",     "市政务服务和数字化建设管理局",
  "区卫生健康局", "区住房和城乡建设局",
  "区消防大队",   "区城市管理局",
  "区妇联",       "区残联",
};

static char *
department_name (guint i)
{
  guint n = G_N_ELEMENTS (departments);

  return i < n ? g_strdup (departments[i]) : g_strdup_printf ("%s%u科", departments[i % n], i / n);
}

/* Minutes of work by department and month; the same numbers at each call. */
ShequChart *
sample_hours (ShequChartKind kind, guint n_series, guint n_months)
{
  ShequChart *chart = shequ_chart_new (kind);
  guint32 state = 7;

  shequ_chart_set_title (chart, "哪个部门占用了最多工时？");
  shequ_chart_set_finding (chart, "区委组织部占用最多，占全部工时的三成。");
  shequ_chart_set_unit (chart, "小时");
  shequ_chart_set_category_title (chart, "月份");
  shequ_chart_set_number_format (chart, 60, 1);
  shequ_chart_set_ordered (chart, TRUE);
  for (guint c = 0; c < n_months; c++)
    {
      g_autofree char *label = g_strdup_printf ("%u年%u月", 2024 + c / 12, c % 12 + 1);

      shequ_chart_add_category (chart, label);
    }
  for (guint s = 0; s < n_series; s++)
    {
      g_autofree char *name = department_name (s);

      shequ_chart_add_series (chart, name);
      for (guint c = 0; c < n_months; c++)
        {
          state = state * 1664525u + 1013904223u;
          shequ_chart_set_value (chart, s, c, (600 + (state >> 20)) / (1 + s * 0.3));
        }
    }
  return chart;
}

ShequChart *
sample_departments (guint n_departments)
{
  ShequChart *chart = shequ_chart_new (SHEQU_CHART_BARS);

  shequ_chart_set_title (chart, "谁交办的事最多？");
  shequ_chart_set_finding (chart, "前三个部门交办了一半的事项。");
  shequ_chart_set_unit (chart, "项");
  shequ_chart_set_category_title (chart, "部门");
  shequ_chart_add_series (chart, "事项");
  for (guint c = 0; c < n_departments; c++)
    {
      g_autofree char *name = department_name (c);

      shequ_chart_add_category (chart, name);
      shequ_chart_set_value (chart, 0, c, 120 / (c + 1) + 3);
    }
  return chart;
}

ShequChart *
sample_mixed_signs (ShequChartKind kind)
{
  static const double values[2][4] = { { 1200000, -350000, 80000, 0 }, { -500000, -20000, 640000, 310000 } };
  static const char *const quarters[] = { "一季度", "二季度", "三季度", "四季度" };
  ShequChart *chart = shequ_chart_new (kind);

  shequ_chart_set_title (chart, "经费到账与承诺差多少？");
  shequ_chart_set_unit (chart, "元");
  shequ_chart_set_number_format (chart, 100, 2);
  shequ_chart_add_series (chart, "区民政局");
  shequ_chart_add_series (chart, "区卫生健康局");
  for (guint c = 0; c < 4; c++)
    {
      shequ_chart_add_category (chart, quarters[c]);
      for (guint s = 0; s < 2; s++)
        shequ_chart_set_value (chart, s, c, values[s][c]);
    }
  return chart;
}
