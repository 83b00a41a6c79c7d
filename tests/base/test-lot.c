#include "shequ-locale.h"
#include "shequ-lot.h"

static void
test_draw (void)
{
  static const char *const names[] = { "张一", "张二", "张三", "张四", "张五", "张一", NULL };
  static const char *const turned[] = { "张五", "张四", "张三", "张二", "张一", NULL };
  g_auto (GStrv) all = shequ_lot_draw (names, 10, "2026139");
  g_auto (GStrv) some = shequ_lot_draw (turned, 3, "2026139");
  g_auto (GStrv) other = shequ_lot_draw (names, 10, "2026140");

  g_assert_cmpuint (g_strv_length (all), ==, 5);
  g_assert_cmpuint (g_strv_length (some), ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpstr (some[i], ==, all[i]);
  g_assert_false (g_strv_equal ((const char *const *) all, (const char *const *) other));
}

/* As sha256sum orders them: see shequ_lot_draw(). */
static void
test_known (void)
{
  static const char *const names[] = { "张一", "张二", "张三", NULL };
  g_auto (GStrv) drawn = shequ_lot_draw (names, 3, "2026139");
  g_autofree char *line = g_strjoinv (" ", drawn);

  g_assert_cmpstr (line, ==, "张三 张一 张二");
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/lot/draw", test_draw);
  g_test_add_func ("/lot/known", test_known);

  return g_test_run ();
}
