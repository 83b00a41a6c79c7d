#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * ShequChartKind:
 * @SHEQU_CHART_BARS: bars side by side in each category
 * @SHEQU_CHART_STACKED_BARS: one bar a category, the series on top of each other
 * @SHEQU_CHART_LINES: a line with marks for each series
 * @SHEQU_CHART_SIDEWAYS_BARS: a line for each category, its bars lie; for many categories with long names
 * @SHEQU_CHART_PYRAMID: two series, one to the left and one to the right, the first category at the foot
 *
 * How a chart is painted.
 */
typedef enum
{
  SHEQU_CHART_BARS,
  SHEQU_CHART_STACKED_BARS,
  SHEQU_CHART_LINES,
  SHEQU_CHART_SIDEWAYS_BARS,
  SHEQU_CHART_PYRAMID,
} ShequChartKind;

/* In place of the index of a series or a category. */
#define SHEQU_CHART_NONE (-1)
#define SHEQU_CHART_OTHER (-2)

/**
 * ShequChartPiece:
 * @series: index of a series, %SHEQU_CHART_OTHER for those painted together, %SHEQU_CHART_NONE for all
 * @category: index of a category, or %SHEQU_CHART_NONE for all
 *
 * What the pointer or the keyboard stands on.
 */
typedef struct
{
  int series;
  int category;
} ShequChartPiece;

#define SHEQU_TYPE_CHART (shequ_chart_get_type ())
G_DECLARE_FINAL_TYPE (ShequChart, shequ_chart, SHEQU, CHART, GObject)

ShequChart *shequ_chart_new (ShequChartKind kind);
ShequChartKind shequ_chart_get_kind (ShequChart *self);

void shequ_chart_set_title (ShequChart *self, const char *title);
const char *shequ_chart_get_title (ShequChart *self);
void shequ_chart_set_finding (ShequChart *self, const char *finding);
const char *shequ_chart_get_finding (ShequChart *self);
void shequ_chart_set_unit (ShequChart *self, const char *unit);
const char *shequ_chart_get_unit (ShequChart *self);
void shequ_chart_set_category_title (ShequChart *self, const char *title);
const char *shequ_chart_get_category_title (ShequChart *self);
void shequ_chart_set_number_format (ShequChart *self, double divisor, guint decimals);
double shequ_chart_get_divisor (ShequChart *self);
guint shequ_chart_get_decimals (ShequChart *self);
void shequ_chart_set_ordered (ShequChart *self, gboolean ordered);
gboolean shequ_chart_get_ordered (ShequChart *self);
void shequ_chart_set_additive (ShequChart *self, gboolean additive);
gboolean shequ_chart_get_additive (ShequChart *self);

guint shequ_chart_add_category (ShequChart *self, const char *label);
guint shequ_chart_get_n_categories (ShequChart *self);
const char *shequ_chart_get_category_label (ShequChart *self, guint category);

guint shequ_chart_add_series (ShequChart *self, const char *name);
guint shequ_chart_get_n_series (ShequChart *self);
const char *shequ_chart_get_series_name (ShequChart *self, guint series);
double shequ_chart_get_series_total (ShequChart *self, guint series);

void shequ_chart_set_value (ShequChart *self, guint series, guint category, double value);
double shequ_chart_get_value (ShequChart *self, guint series, guint category);
gboolean shequ_chart_has_data (ShequChart *self);

char *shequ_chart_format_value (ShequChart *self, double value);

G_END_DECLS
