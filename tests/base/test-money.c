#include "shequ-money.h"

#include "config.h"

#include "shequ-error.h"
#include "shequ-locale.h"

static void
test_parse (void)
{
  static const struct
  {
    const char *text;
    const char *yuan; /* NULL when refused */
  } cases[] = {
    { "0", "0.00" },
    { "12", "12.00" },
    { "1,234.50", "1234.50" },
    { "1，234.50", "1234.50" },
    { "1,234,567", "1234567.00" },
    { "1234.5", "1234.50" },
    { "¥12", "12.00" },
    { "￥12.05", "12.05" },
    { "人民币12元整", "12.00" },
    { "12元", "12.00" },
    { "12.5元", "12.50" },
    { "12元5角", "12.50" },
    { "12元5角3分", "12.53" },
    { "12元3分", "12.03" },
    { "1.2万元", "12000.00" },
    { "1.23456万", "12345.60" },
    { "0.000001万元", "0.01" },
    { "3亿", "300000000.00" },
    { "１２３．４５", "123.45" },
    { " 1 234.50 ", "1234.50" },
    { "-3.50", "-3.50" },
    { "¥-3.50", "-3.50" },
    { "12.500", "12.50" },
    { "100000000000000", "100000000000000.00" },
    { "12.345", NULL },
    { "1.234567万", "12345.67" },
    { "1.2345678万", NULL },
    { "1.23456789万", NULL },
    { "1,23", NULL },
    { "1,2345", NULL },
    { ",123", NULL },
    { "12,", NULL },
    { "12.", NULL },
    { ".5", NULL },
    { "12元5", NULL },
    { "12美元", NULL },
    { "1e5", NULL },
    { "100000000000001", NULL },
    { "99999999999999999999", NULL },
    { "9999999999亿", NULL },
    { "--3", NULL },
    { "元", NULL },
    { "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *yuan = NULL;
      gint64 fen;

      g_test_message ("“%s”", cases[i].text);
      if (shequ_money_parse (cases[i].text, &fen, &error))
        yuan = shequ_money_format_plain (fen);
      else
        g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE);
      g_assert_cmpstr (yuan, ==, cases[i].yuan);
    }
}

static void
test_format (void)
{
  static const struct
  {
    gint64 fen;
    const char *text;
  } cases[] = {
    { 0, "0.00" },
    { 5, "0.05" },
    { -5, "-0.05" },
    { 99999, "999.99" },
    { 100000, "1,000.00" },
    { -100000, "-1,000.00" },
    { -99999, "-999.99" },
    { 123450, "1,234.50" },
    { 123456789, "1,234,567.89" },
    { G_MININT64, "-92,233,720,368,547,758.08" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = shequ_money_format (cases[i].fen);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/money/parse", test_parse);
  g_test_add_func ("/money/format", test_format);

  return g_test_run ();
}
