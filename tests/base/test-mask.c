#include "shequ-mask.h"

#include "config.h"

#include "shequ-locale.h"

typedef struct
{
  char *(*mask) (const char *value);
  const char *value;
  const char *masked;
} Case;

static char *
mask_for_staff (const char *number)
{
  return shequ_mask_id_number (number, SHEQU_MASK_STAFF);
}

static char *
mask_for_public (const char *number)
{
  return shequ_mask_id_number (number, SHEQU_MASK_PUBLIC);
}

static const Case cases[] = {
  { shequ_mask_name, "王明", "王*" },
  { shequ_mask_name, "王小明", "王*明" },
  { shequ_mask_name, "欧阳娜娜", "欧阳**" },
  { shequ_mask_name, "欧阳娜", "欧阳*" },
  { shequ_mask_name, "欧阳", "欧*" },
  { shequ_mask_name, "阿依古丽", "阿**丽" },
  { shequ_mask_name, "王", "*" },
  { shequ_mask_name, "", "" },
  { shequ_mask_name, "𠮷田明", "𠮷*明" },
  { mask_for_staff, "220802196503070022", "220802********0022" },
  { mask_for_staff, "22080219650307002X", "220802********002X" },
  { mask_for_staff, "USA110175082810", "USA110*****2810" },
  { mask_for_staff, "12345", "1****" },
  { mask_for_public, "220802196503070022", "220*************22" },
  { shequ_mask_phone, "13800138000", "138****8000" },
  { shequ_mask_phone, "0436-3223344", "0436-*****44" },
  { shequ_mask_phone, "010-62345678-801", "010-******78" },
  { shequ_mask_phone, "12345", "12345" },
  { shequ_mask_phone, "400-8008000", "400-8008000" },
  { shequ_mask_phone, "+85291234567", "+852******67" },
  { shequ_mask_phone, "3223344", "*****44" },
  { shequ_mask_address, "海明街道民生社区3号楼2单元501", "海明街道民生社区3号楼*单元***" },
  { shequ_mask_address, "新华路12号幸福小区3-501", "新华路幸福小区3号楼***" },
  { shequ_mask_address, "幸福小区", "幸福小区" },
  { shequ_mask_address, "不详", "***" },
  { shequ_mask_account, "6222021234561234", "****1234" },
  { shequ_mask_account, "123", "****" },
  { shequ_mask_birth_date, "1965-03-07", "1965年" },
  { shequ_mask_birth_date, "x", "****" },
  { shequ_mask_value, "低保家庭", "低**庭" },
  { shequ_mask_value, "低保", "低*" },
  { shequ_mask_text, "电话13800138000,证220802196503070022。", "电话138****8000,证220802********0022。" },
  { shequ_mask_text, "证22080219650307002X", "证22080219650307002X" },
  { shequ_mask_text, "证11010519491231002X", "证110105********002X" },
  { shequ_mask_text, "座机0436-3223344转801", "座机0436-*****44转801" },
  { shequ_mask_text, "单号12345678901234567890", "单号12345678901234567890" },
  { shequ_mask_text, "", "" },
};

static void
test_formats (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *masked = cases[i].mask (cases[i].value);

      g_assert_cmpstr (masked, ==, cases[i].masked);
    }
}

/* No more is seen of two values than where they differ; of other lengths nothing. */
static void
test_difference (void)
{
  g_autofree char *number =
    shequ_mask_reveal_difference ("110105********002X", "11010519491231002X", "11010519491301002X");
  g_autofree char *longer = shequ_mask_reveal_difference ("1949年", "1949-12-31", "1949-12-30");

  g_assert_cmpstr (number, ==, "110105*****23*002X");
  g_assert_cmpstr (longer, ==, "1949年");
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/mask/difference", test_difference);
  g_test_add_func ("/mask/formats", test_formats);

  return g_test_run ();
}
