#include "shequ-address.h"

#include "config.h"

#include "shequ-locale.h"

/* region|street|community|estate|road|number|building|stairwell|floor|room|rest */
static const struct
{
  const char *text;
  const char *parts;
  const char *normal;
} cases[] = {
  { "海明街道民生社区幸福小区3号楼2单元501室", "|海明街道|民生社区|幸福小区|||3|2|5|501|",
    "幸福小区3号楼2单元501" },
  { "幸福小区3-2-501", "|||幸福小区|||3|2|5|501|", "幸福小区3号楼2单元501" },
  { "幸福小区3-2-501室", "|||幸福小区|||3|2|5|501|", "幸福小区3号楼2单元501" },
  { "3栋二单元5楼501", "||||||3|2|5|501|", "3号楼2单元501" },
  { "新华路12号", "||||新华路|12|||||", "新华路12号" },
  { "幸福小区３号楼２单元５０１", "|||幸福小区|||3|2|5|501|", "幸福小区3号楼2单元501" },
  { "幸福小区三号楼二单元五〇一室", "|||幸福小区|||3|2|5|501|", "幸福小区3号楼2单元501" },
  { "幸福小区十二栋1203", "|||幸福小区|||12||12|1203|", "幸福小区12号楼1203" },
  { "幸福小区 3号楼 2单元 501", "|||幸福小区|||3|2|5|501|", "幸福小区3号楼2单元501" },
  { "幸福小区 3 2 501", "|||幸福小区|||3|2|5|501|", "幸福小区3号楼2单元501" },
  { "幸福小区3#2-501", "|||幸福小区|||3|2|5|501|", "幸福小区3号楼2单元501" },
  { "幸福小区3#楼2单元501", "|||幸福小区|||3|2|5|501|", "幸福小区3号楼2单元501" },
  { "幸福小区3号楼-2-501", "|||幸福小区|||3|2|5|501|", "幸福小区3号楼2单元501" },
  { "幸福小区03号楼02单元0501", "|||幸福小区|||3|2|5|0501|", "幸福小区3号楼2单元0501" },
  { "幸福小区3-501", "|||幸福小区|||3||5|501|", "幸福小区3号楼501" },
  { "幸福小区3-2-5-501", "|||幸福小区|||3|2|5|501|", "幸福小区3号楼2单元501" },
  { "幸福小区A座1203", "|||幸福小区|||A||12|1203|", "幸福小区A座1203" },
  { "幸福小区二期3号楼2单元501", "|||幸福小区二期|||3|2|5|501|", "幸福小区二期3号楼2单元501" },
  { "幸福小区3号2单元5楼东", "|||幸福小区|||3|2|5||东", "幸福小区3号楼2单元" },
  { "铁路小区5楼2单元301", "|||铁路小区|||5|2|3|301|", "铁路小区5号楼2单元301" },
  { "吉林省白城市洮北区海明街道民生社区新华路12号幸福小区3号楼2单元501室",
    "吉林省白城市洮北区|海明街道|民生社区|幸福小区|新华路|12|3|2|5|501|", "幸福小区3号楼2单元501" },
  { "洮北区新华路幸福小区3-2-501", "洮北区|||幸福小区|新华路||3|2|5|501|", "幸福小区3号楼2单元501" },
  { "中兴西大路8-1号", "||||中兴西大路|8-1|||||", "中兴西大路8-1号" },
  { "新华路12号院3号楼2单元501", "||||新华路|12号院|3|2|5|501|", "新华路12号院3号楼2单元501" },
  { "长江路100弄3号501室", "||||长江路|100弄|3||5|501|", "长江路100弄3号楼501" },
  { "三门峡路5号", "||||三门峡路|5|||||", "三门峡路5号" },
  { "三里屯小区3号楼", "|||三里屯小区|||3||||", "三里屯小区3号楼" },
  { "平安镇幸福村", "|平安镇||幸福村|||||||", "幸福村" },
  { "幸福小区", "|||幸福小区|||||||", "幸福小区" },
  { "幸福小区1号门市", "|||幸福小区|||||||1号门市", "幸福小区" },
  { "幸福小区3号楼2单元501（租户）", "|||幸福小区|||3|2|5|501|租户", "幸福小区3号楼2单元501" },
  { "不详", "||||||||||不详", "" },
  { "", "||||||||||", "" },
};

static char *
join (const ShequAddress *address)
{
  g_autofree char *floor = address->floor == 0 ? g_strdup ("") : g_strdup_printf ("%d", address->floor);
  const char *parts[] = { address->region, address->street, address->community, address->estate,
                          address->road,   address->number, address->building,  address->stairwell,
                          floor,           address->room,   address->rest };
  GString *joined = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    g_string_append_printf (joined, "%s%s", i == 0 ? "" : "|", parts[i] == NULL ? "" : parts[i]);
  return g_string_free (joined, FALSE);
}

static void
test_parse (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (ShequAddress) address;
      g_autofree char *joined = NULL;
      g_autofree char *normal = NULL;

      shequ_address_parse (cases[i].text, &address);
      joined = join (&address);
      normal = shequ_address_format (&address);
      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (joined, ==, cases[i].parts);
      g_assert_cmpstr (normal, ==, cases[i].normal);
    }
}

/* The normal form is read as what it was made from. */
static void
test_normal_form_stays (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (ShequAddress) address;
      g_autofree char *normal = NULL;

      shequ_address_parse (cases[i].normal, &address);
      normal = shequ_address_format (&address);
      g_assert_cmpstr (normal, ==, cases[i].normal);
    }
}

static void
test_strange (void)
{
  g_autofree char *digits = g_strnfill (400, '7');
  g_autofree char *dashes = g_strnfill (400, '-');
  g_autofree char *big = g_strnfill (100000, 'a');
  const char *const texts[] = { digits,      dashes,        big,
                                "\xff\xfe",  "----#### ##", "3-3-3-3-3-3-3-3-3-3-3-3-3",
                                "号楼单元室" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_auto (ShequAddress) address;
      g_autofree char *normal = NULL;

      shequ_address_parse (texts[i], &address);
      normal = shequ_address_format (&address);
      g_assert_true (g_utf8_validate (normal, -1, NULL));
    }
}

static void
test_floor (void)
{
  g_assert_cmpint (shequ_address_floor_of_room ("501"), ==, 5);
  g_assert_cmpint (shequ_address_floor_of_room ("1203"), ==, 12);
  g_assert_cmpint (shequ_address_floor_of_room ("501B"), ==, 5);
  g_assert_cmpint (shequ_address_floor_of_room ("12"), ==, 0);
  g_assert_cmpint (shequ_address_floor_of_room (""), ==, 0);
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/address/parse", test_parse);
  g_test_add_func ("/address/normal-form-stays", test_normal_form_stays);
  g_test_add_func ("/address/strange", test_strange);
  g_test_add_func ("/address/floor", test_floor);

  return g_test_run ();
}
