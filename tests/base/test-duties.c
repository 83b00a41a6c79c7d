#include "shequ-duties.h"
#include "shequ-locale.h"

/* What a basis names, and the duties that are found by it. */
static const struct
{
  const char *basis;
  const char *expected;
} bases[] = {
  { NULL, "" },
  { "区城管局通知", "" },
  { "安全生产法第七十五条", "L043 " },
  { "《安全生产法》", "L043 " },
  { "安全生产法第四条", "" },
  { "社会救助暂行办法第四条；市民发〔2026〕8号", "L029 " },
  { "社区矫正法第六条、第十二条", "L034 " },
  { "社区矫正法第十二条", "L034 " },
  { "反电信网络诈骗法第八条", "L040 " },
  { "消防法", "L044 L045 L046 " },
  { "未成年人网络保护条例第五十二条", "L024 " },
  /* The article of one paper says nothing of another. */
  { "民法典第二百七十八条;消防法第六条", "L044 " },
  { "预防未成年人犯罪法", "L021 L022 L023 " },
};

static void
test_find (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequDuties) duties = shequ_duties_new (&error);

  g_assert_no_error (error);
  g_assert_cmpuint (shequ_duties_get (duties)->len, ==, 75);
  for (gsize i = 0; i < G_N_ELEMENTS (bases); i++)
    {
      g_autoptr (GPtrArray) found = shequ_duties_find (duties, bases[i].basis);
      g_autoptr (GString) ids = g_string_new (NULL);

      for (guint j = 0; j < found->len; j++)
        g_string_append_printf (ids, "%s ", ((const ShequDuty *) found->pdata[j])->id);
      g_test_message ("%s", bases[i].basis);
      g_assert_cmpstr (ids->str, ==, bases[i].expected);
    }
}

/* Every duty has its law, article and role, or nobody could be told. */
static void
test_table (void)
{
  g_autoptr (ShequDuties) duties = shequ_duties_new (NULL);
  const GPtrArray *all = shequ_duties_get (duties);

  for (guint i = 0; i < all->len; i++)
    {
      const ShequDuty *duty = all->pdata[i];
      g_autofree char *basis = g_strconcat (duty->law, duty->article, NULL);
      g_autoptr (GPtrArray) found = shequ_duties_find (duties, basis);

      g_assert_true (*duty->law != '\0' && *duty->article != '\0' && *duty->duty != '\0');
      g_assert_true (g_ptr_array_find (found, duty, NULL));
    }
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/duties/find", test_find);
  g_test_add_func ("/duties/table", test_table);

  return g_test_run ();
}
