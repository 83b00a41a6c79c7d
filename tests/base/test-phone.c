#include "shequ-phone.h"

#include "config.h"

#include <string.h>

#include "shequ-error.h"
#include "shequ-locale.h"

static const struct
{
  const char *text;
  const char *number; /* NULL when refused */
  ShequPhoneType type;
  const char *rest;
} cases[] = {
  { "13800138000", "13800138000", SHEQU_PHONE_MOBILE, NULL },
  { " 138 0013 8000 ", "13800138000", SHEQU_PHONE_MOBILE, NULL },
  { "138-0013-8000", "13800138000", SHEQU_PHONE_MOBILE, NULL },
  { "１３８００１３８０００", "13800138000", SHEQU_PHONE_MOBILE, NULL },
  { "+86 138 0013 8000", "13800138000", SHEQU_PHONE_MOBILE, NULL },
  { "(+86)13800138000", NULL, 0, NULL },
  { "8613800138000", "13800138000", SHEQU_PHONE_MOBILE, NULL },
  { "008613800138000", "13800138000", SHEQU_PHONE_MOBILE, NULL },
  { "013800138000", "13800138000", SHEQU_PHONE_MOBILE, NULL },
  { "13800138000.0", "13800138000", SHEQU_PHONE_MOBILE, NULL },
  { "0436-3223344", "0436-3223344", SHEQU_PHONE_LAND_LINE, NULL },
  { "04363223344", "0436-3223344", SHEQU_PHONE_LAND_LINE, NULL },
  { "(0436)3223344", "0436-3223344", SHEQU_PHONE_LAND_LINE, NULL },
  { "（0436）3223344", "0436-3223344", SHEQU_PHONE_LAND_LINE, NULL },
  { "0436—3223344", "0436-3223344", SHEQU_PHONE_LAND_LINE, NULL },
  { "+86 436 3223344", "0436-3223344", SHEQU_PHONE_LAND_LINE, NULL },
  { "010-12345678", NULL, 0, NULL },
  { "010-62345678", "010-62345678", SHEQU_PHONE_LAND_LINE, NULL },
  { "01062345678", "010-62345678", SHEQU_PHONE_LAND_LINE, NULL },
  { "0436-3223344-801", "0436-3223344-801", SHEQU_PHONE_LAND_LINE, NULL },
  { "0436-3223344转801", "0436-3223344-801", SHEQU_PHONE_LAND_LINE, NULL },
  { "4008008000", "400-8008000", SHEQU_PHONE_SERVICE, NULL },
  { "12345", "12345", SHEQU_PHONE_SERVICE, NULL },
  { "110", "110", SHEQU_PHONE_SERVICE, NULL },
  { "+852 9123 4567", "+85291234567", SHEQU_PHONE_ABROAD, NULL },
  { "0085291234567", "+85291234567", SHEQU_PHONE_ABROAD, NULL },
  { "13800138000/0436-3223344", "13800138000", SHEQU_PHONE_MOBILE, "/0436-3223344" },
  { "13800138000、13900139000", "13800138000", SHEQU_PHONE_MOBILE, "、13900139000" },
  { "138 0013 8000 13900139000", "13800138000", SHEQU_PHONE_MOBILE, " 13900139000" },
  { "0436-3223344，13900139000", "0436-3223344", SHEQU_PHONE_LAND_LINE, "，13900139000" },
  { "13800138000（儿子）", "13800138000", SHEQU_PHONE_MOBILE, "（儿子）" },
  { "1380013800", NULL, 0, NULL },
  { "138001380000", NULL, 0, NULL },
  { "12800138000", NULL, 0, NULL },
  { "3223344", NULL, 0, NULL },
  { "1.38001E+10", NULL, 0, NULL },
  { "无", NULL, 0, NULL },
  { "", NULL, 0, NULL },
  { "+", NULL, 0, NULL },
  { "00", NULL, 0, NULL },
  { "+86", NULL, 0, NULL },
  { "\xff", NULL, 0, NULL },
};

static void
test_parse (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      ShequPhone phone;

      g_test_message ("“%s”", cases[i].text);
      if (!shequ_phone_parse (cases[i].text, &phone, &error))
        {
          g_assert_null (cases[i].number);
          g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE);
          continue;
        }
      g_assert_cmpstr (phone.number, ==, cases[i].number);
      g_assert_cmpint (phone.type, ==, cases[i].type);
      g_assert_cmpstr (phone.rest == 0 ? NULL : cases[i].text + phone.rest, ==, cases[i].rest);
    }
}

static void
test_stored_form_stays (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    if (cases[i].number != NULL)
      {
        ShequPhone phone;

        g_assert_true (shequ_phone_parse (cases[i].number, &phone, NULL));
        g_assert_cmpstr (phone.number, ==, cases[i].number);
        g_assert_cmpuint (phone.rest, ==, 0);
      }
}

static void
test_long_cell (void)
{
  g_autofree char *long_cell = g_strnfill (100000, '1');
  g_autoptr (GError) error = NULL;
  ShequPhone phone;

  g_assert_false (shequ_phone_parse (long_cell, &phone, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE);
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/phone/parse", test_parse);
  g_test_add_func ("/phone/stored-form-stays", test_stored_form_stays);
  g_test_add_func ("/phone/long-cell", test_long_cell);

  return g_test_run ();
}
