#include "shequ-chart.h"

#include "config.h"

#include <math.h>

#include "shequ-number.h"

typedef struct
{
  char *name;
  GArray *values; /* double by category, NAN where nothing is known */
} ShequSeries;

struct _ShequChart
{
  GObject parent_instance;

  ShequChartKind kind;
  char *title;
  char *finding;
  char *unit;
  char *category_title;
  double divisor;
  guint decimals;
  gboolean ordered;
  gboolean additive;
  GPtrArray *categories; /* char * */
  GPtrArray *series;     /* ShequSeries * */
};

G_DEFINE_FINAL_TYPE (ShequChart, shequ_chart, G_TYPE_OBJECT)

static void
series_free (gpointer data)
{
  ShequSeries *series = data;

  g_free (series->name);
  g_array_unref (series->values);
  g_free (series);
}

static void
shequ_chart_finalize (GObject *object)
{
  ShequChart *self = SHEQU_CHART (object);

  g_free (self->title);
  g_free (self->finding);
  g_free (self->unit);
  g_free (self->category_title);
  g_ptr_array_unref (self->categories);
  g_ptr_array_unref (self->series);

  G_OBJECT_CLASS (shequ_chart_parent_class)->finalize (object);
}

static void
shequ_chart_class_init (ShequChartClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = shequ_chart_finalize;
}

static void
shequ_chart_init (ShequChart *self)
{
  self->title = g_strdup ("");
  self->finding = g_strdup ("");
  self->unit = g_strdup ("");
  self->category_title = g_strdup ("");
  self->divisor = 1;
  self->additive = TRUE;
  self->categories = g_ptr_array_new_with_free_func (g_free);
  self->series = g_ptr_array_new_with_free_func (series_free);
}

static void
set_text (char **target, const char *text)
{
  char *copy = g_strdup (text == NULL ? "" : text);

  g_free (*target);
  *target = copy;
}

/**
 * shequ_chart_new:
 * @kind: how it is painted
 *
 * Makes an empty chart: what is shown, apart from how it is painted. Fill it before it is drawn; it sends
 * no signals.
 *
 * Returns: (transfer full): the chart
 */
ShequChart *
shequ_chart_new (ShequChartKind kind)
{
  ShequChart *self = g_object_new (SHEQU_TYPE_CHART, NULL);

  self->kind = kind;
  return self;
}

/**
 * shequ_chart_get_kind:
 * @self: a chart
 *
 * Returns: how it is painted
 */
ShequChartKind
shequ_chart_get_kind (ShequChart *self)
{
  g_return_val_if_fail (SHEQU_IS_CHART (self), SHEQU_CHART_BARS);

  return self->kind;
}

/**
 * shequ_chart_set_title:
 * @self: a chart
 * @title: (nullable): the question that the chart answers, as "哪个部门占用了最多工时？"
 *
 * Sets the title.
 */
void
shequ_chart_set_title (ShequChart *self, const char *title)
{
  g_return_if_fail (SHEQU_IS_CHART (self));

  set_text (&self->title, title);
}

/**
 * shequ_chart_get_title:
 * @self: a chart
 *
 * Returns: the title, "" if none
 */
const char *
shequ_chart_get_title (ShequChart *self)
{
  g_return_val_if_fail (SHEQU_IS_CHART (self), "");

  return self->title;
}

/**
 * shequ_chart_set_finding:
 * @self: a chart
 * @finding: (nullable): the answer in one sentence
 *
 * Sets the finding, written under the title.
 */
void
shequ_chart_set_finding (ShequChart *self, const char *finding)
{
  g_return_if_fail (SHEQU_IS_CHART (self));

  set_text (&self->finding, finding);
}

/**
 * shequ_chart_get_finding:
 * @self: a chart
 *
 * Returns: the finding, "" if none
 */
const char *
shequ_chart_get_finding (ShequChart *self)
{
  g_return_val_if_fail (SHEQU_IS_CHART (self), "");

  return self->finding;
}

/**
 * shequ_chart_set_unit:
 * @self: a chart
 * @unit: (nullable): what the numbers count after the divisor, as "小时"
 *
 * Sets the unit.
 */
void
shequ_chart_set_unit (ShequChart *self, const char *unit)
{
  g_return_if_fail (SHEQU_IS_CHART (self));

  set_text (&self->unit, unit);
}

/**
 * shequ_chart_get_unit:
 * @self: a chart
 *
 * Returns: the unit, "" if none
 */
const char *
shequ_chart_get_unit (ShequChart *self)
{
  g_return_val_if_fail (SHEQU_IS_CHART (self), "");

  return self->unit;
}

/**
 * shequ_chart_set_category_title:
 * @self: a chart
 * @title: (nullable): what the categories are, as "月份": the head of the table's first column
 *
 * Sets the title of the categories.
 */
void
shequ_chart_set_category_title (ShequChart *self, const char *title)
{
  g_return_if_fail (SHEQU_IS_CHART (self));

  set_text (&self->category_title, title);
}

/**
 * shequ_chart_get_category_title:
 * @self: a chart
 *
 * Returns: what the categories are, "" if not said
 */
const char *
shequ_chart_get_category_title (ShequChart *self)
{
  g_return_val_if_fail (SHEQU_IS_CHART (self), "");

  return self->category_title;
}

/**
 * shequ_chart_set_number_format:
 * @self: a chart
 * @divisor: values are divided by this before they are shown: 60 for minutes shown as hours, 100 for fen
 *   shown as yuan; above 0
 * @decimals: digits behind the point
 *
 * Sets how values become numbers for a reader.
 */
void
shequ_chart_set_number_format (ShequChart *self, double divisor, guint decimals)
{
  g_return_if_fail (SHEQU_IS_CHART (self));
  g_return_if_fail (divisor > 0 && decimals <= 9);

  self->divisor = divisor;
  self->decimals = decimals;
}

/**
 * shequ_chart_get_divisor:
 * @self: a chart
 *
 * Returns: what values are divided by before they are shown
 */
double
shequ_chart_get_divisor (ShequChart *self)
{
  g_return_val_if_fail (SHEQU_IS_CHART (self), 1);

  return self->divisor;
}

/**
 * shequ_chart_get_decimals:
 * @self: a chart
 *
 * Returns: digits behind the point
 */
guint
shequ_chart_get_decimals (ShequChart *self)
{
  g_return_val_if_fail (SHEQU_IS_CHART (self), 0);

  return self->decimals;
}

/**
 * shequ_chart_set_ordered:
 * @self: a chart
 * @ordered: whether the categories follow each other (months), so that some of their labels may be left
 *   out; labels of names are turned first
 *
 * Sets whether a reader can guess a label from its neighbours.
 */
void
shequ_chart_set_ordered (ShequChart *self, gboolean ordered)
{
  g_return_if_fail (SHEQU_IS_CHART (self));

  self->ordered = ordered;
}

/**
 * shequ_chart_get_ordered:
 * @self: a chart
 *
 * Returns: whether the categories follow each other
 */
gboolean
shequ_chart_get_ordered (ShequChart *self)
{
  g_return_val_if_fail (SHEQU_IS_CHART (self), FALSE);

  return self->ordered;
}

/**
 * shequ_chart_set_additive:
 * @self: a chart
 * @additive: whether a sum of values means something (hours, yuan) or not (shares, averages)
 *
 * Sets whether totals are shown and small series may be painted as one.
 */
void
shequ_chart_set_additive (ShequChart *self, gboolean additive)
{
  g_return_if_fail (SHEQU_IS_CHART (self));

  self->additive = additive;
}

/**
 * shequ_chart_get_additive:
 * @self: a chart
 *
 * Returns: whether a sum of values means something; %TRUE unless set
 */
gboolean
shequ_chart_get_additive (ShequChart *self)
{
  g_return_val_if_fail (SHEQU_IS_CHART (self), TRUE);

  return self->additive;
}

/**
 * shequ_chart_add_category:
 * @self: a chart
 * @label: its label on the axis
 *
 * Adds a category behind the others.
 *
 * Returns: its index
 */
guint
shequ_chart_add_category (ShequChart *self, const char *label)
{
  g_return_val_if_fail (SHEQU_IS_CHART (self), 0);
  g_return_val_if_fail (label != NULL, 0);

  g_ptr_array_add (self->categories, g_strdup (label));
  return self->categories->len - 1;
}

/**
 * shequ_chart_get_n_categories:
 * @self: a chart
 *
 * Returns: the number of categories
 */
guint
shequ_chart_get_n_categories (ShequChart *self)
{
  g_return_val_if_fail (SHEQU_IS_CHART (self), 0);

  return self->categories->len;
}

/**
 * shequ_chart_get_category_label:
 * @self: a chart
 * @category: an index
 *
 * Returns: the label
 */
const char *
shequ_chart_get_category_label (ShequChart *self, guint category)
{
  g_return_val_if_fail (SHEQU_IS_CHART (self), "");
  g_return_val_if_fail (category < self->categories->len, "");

  return self->categories->pdata[category];
}

/**
 * shequ_chart_add_series:
 * @self: a chart
 * @name: its name in the legend
 *
 * Adds a series without values behind the others.
 *
 * Returns: its index
 */
guint
shequ_chart_add_series (ShequChart *self, const char *name)
{
  ShequSeries *series;

  g_return_val_if_fail (SHEQU_IS_CHART (self), 0);
  g_return_val_if_fail (name != NULL, 0);

  series = g_new0 (ShequSeries, 1);
  series->name = g_strdup (name);
  series->values = g_array_new (FALSE, FALSE, sizeof (double));
  g_ptr_array_add (self->series, series);
  return self->series->len - 1;
}

/**
 * shequ_chart_get_n_series:
 * @self: a chart
 *
 * Returns: the number of series
 */
guint
shequ_chart_get_n_series (ShequChart *self)
{
  g_return_val_if_fail (SHEQU_IS_CHART (self), 0);

  return self->series->len;
}

/**
 * shequ_chart_get_series_name:
 * @self: a chart
 * @series: an index
 *
 * Returns: the name
 */
const char *
shequ_chart_get_series_name (ShequChart *self, guint series)
{
  g_return_val_if_fail (SHEQU_IS_CHART (self), "");
  g_return_val_if_fail (series < self->series->len, "");

  return ((ShequSeries *) self->series->pdata[series])->name;
}

/**
 * shequ_chart_get_series_total:
 * @self: a chart
 * @series: an index
 *
 * Returns: the sum of what is known of the series
 */
double
shequ_chart_get_series_total (ShequChart *self, guint series)
{
  double total = 0;

  g_return_val_if_fail (SHEQU_IS_CHART (self), 0);
  g_return_val_if_fail (series < self->series->len, 0);

  for (guint i = 0; i < self->categories->len; i++)
    {
      double value = shequ_chart_get_value (self, series, i);

      total += isnan (value) ? 0 : value;
    }
  return total;
}

/**
 * shequ_chart_set_value:
 * @self: a chart
 * @series: an index
 * @category: an index
 * @value: the value before the divisor; whole numbers up to 2^53 are kept exactly; NAN or infinite where
 *   nothing is known
 *
 * Sets one value.
 */
void
shequ_chart_set_value (ShequChart *self, guint series, guint category, double value)
{
  GArray *values;
  const double nothing = NAN;

  g_return_if_fail (SHEQU_IS_CHART (self));
  g_return_if_fail (series < self->series->len && category < self->categories->len);

  values = ((ShequSeries *) self->series->pdata[series])->values;
  while (values->len <= category)
    g_array_append_val (values, nothing);
  g_array_index (values, double, category) = isfinite (value) ? value : NAN;
}

/**
 * shequ_chart_get_value:
 * @self: a chart
 * @series: an index
 * @category: an index
 *
 * Returns: the value before the divisor, NAN where nothing is known
 */
double
shequ_chart_get_value (ShequChart *self, guint series, guint category)
{
  GArray *values;

  g_return_val_if_fail (SHEQU_IS_CHART (self), NAN);
  g_return_val_if_fail (series < self->series->len && category < self->categories->len, NAN);

  values = ((ShequSeries *) self->series->pdata[series])->values;
  return category < values->len ? g_array_index (values, double, category) : NAN;
}

/**
 * shequ_chart_has_data:
 * @self: a chart
 *
 * Returns: whether any value is known
 */
gboolean
shequ_chart_has_data (ShequChart *self)
{
  g_return_val_if_fail (SHEQU_IS_CHART (self), FALSE);

  for (guint s = 0; s < self->series->len; s++)
    for (guint c = 0; c < self->categories->len; c++)
      if (!isnan (shequ_chart_get_value (self, s, c)))
        return TRUE;
  return FALSE;
}

/**
 * shequ_chart_format_value:
 * @self: a chart
 * @value: a value before the divisor
 *
 * Writes a value for a reader, with a comma every three digits; "" where nothing is known.
 *
 * Returns: (transfer full): the text, without the unit
 */
char *
shequ_chart_format_value (ShequChart *self, double value)
{
  g_return_val_if_fail (SHEQU_IS_CHART (self), NULL);

  return shequ_number_to_text (value / self->divisor, self->decimals);
}
