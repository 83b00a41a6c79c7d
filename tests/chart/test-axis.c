#include <math.h>

#include "shequ-chart-axis.h"
#include "shequ-number.h"

static void
test_ticks (void)
{
  static const struct
  {
    double lowest, highest;
    guint most, decimals;
    double minimum, maximum, step;
    guint label_decimals;
  } rows[] = {
    { 0, 97, 6, 0, 0, 100, 20, 0 },       { 0, 1, 6, 0, 0, 1, 1, 0 },
    { 0, 1, 6, 2, 0, 1, 0.2, 1 },         { 0, 12.3, 6, 1, 0, 12.5, 2.5, 1 },
    { 0, 12.3, 6, 0, 0, 15, 5, 0 },       { -35, 120, 6, 0, -50, 150, 50, 0 },
    { -8, -3, 5, 0, -8, 0, 2, 0 },        { 0, 0, 6, 1, 0, 1, 0.2, 1 },
    { 0, 1e12, 6, 2, 0, 1e12, 2e11, 0 },  { 5, 5, 6, 0, 0, 5, 1, 0 },
    { 0, 0.003, 6, 2, 0, 0.01, 0.01, 2 }, { -1, 1, 2, 0, -2, 2, 2, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      ShequAxis axis;

      shequ_axis_init (&axis, rows[i].lowest, rows[i].highest, rows[i].most, rows[i].decimals);
      g_test_message ("row %u: %g to %g by %g", i, axis.minimum, axis.maximum, axis.step);
      g_assert_cmpfloat_with_epsilon (axis.step, rows[i].step, rows[i].step * 1e-9);
      g_assert_cmpfloat_with_epsilon (axis.minimum, rows[i].minimum, rows[i].step * 1e-9);
      g_assert_cmpfloat_with_epsilon (axis.maximum, rows[i].maximum, rows[i].step * 1e-9);
      g_assert_cmpuint (axis.decimals, ==, rows[i].label_decimals);
    }
}

/* Whatever the numbers: they lie on the axis, there is room for the ticks, and one tick is zero. */
static void
test_any_numbers (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20260301);

  for (guint i = 0; i < 5000; i++)
    {
      double size = pow (10, g_rand_double_range (random, -4, 13));
      double lowest = g_rand_boolean (random) ? -size * g_rand_double (random) : 0;
      double highest = size * g_rand_double (random);
      guint most = g_rand_int_range (random, 3, 10);
      gboolean zero = FALSE;
      ShequAxis axis;

      shequ_axis_init (&axis, lowest, highest, most, g_rand_int_range (random, 0, 4));
      g_assert_cmpfloat (axis.minimum, <=, lowest);
      g_assert_cmpfloat (axis.maximum, >=, highest * (1 - 1e-9));
      g_assert_cmpuint (axis.n_ticks, >=, 2);
      g_assert_cmpuint (axis.n_ticks, <=, most);
      for (guint t = 0; t < axis.n_ticks; t++)
        zero = zero || shequ_axis_get_tick (&axis, t) == 0;
      g_assert_true (zero);
    }
}

static void
test_numbers (void)
{
  static const struct
  {
    double number;
    guint decimals;
    const char *text;
  } rows[] = {
    { 0, 0, "0" },         { 999, 0, "999" },
    { 1000, 0, "1,000" },  { 1234567.891, 2, "1,234,567.89" },
    { -0.004, 2, "0.00" }, { -1234.5, 1, "-1,234.5" },
    { 0.05, 1, "0.1" },    { NAN, 2, "" },
    { INFINITY, 0, "" },   { 123456, 0, "123,456" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = shequ_number_to_text (rows[i].number, rows[i].decimals);

      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/axis/ticks", test_ticks);
  g_test_add_func ("/axis/any-numbers", test_any_numbers);
  g_test_add_func ("/number/text", test_numbers);

  return g_test_run ();
}
