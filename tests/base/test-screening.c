#include "shequ-data.h"
#include "shequ-locale.h"
#include "shequ-screening.h"

#include <string.h>

/* Findings beyond the table, each with the reason why the rule is right and the table silent. */
static const struct
{
  const char *application;
  const char *label;
  const char *why;
} beyond_table[] = {
  { "A08", "OVERLAP_ITEM:1406", "the item asks for the rate of the same app" },
};

typedef struct
{
  ShequScreening *screening;
  ShequOverlap *forms;
  guint rows;
} Fixture;

static gboolean
add_item (char **cells, guint line, gpointer user_data, GError **error)
{
  Fixture *fixture = user_data;
  ShequItemState state = SHEQU_ITEM_ADMITTED;

  if (g_str_equal (cells[3], "n"))
    state = SHEQU_ITEM_NOT_ADMITTED;
  else if (g_str_equal (cells[3], "never"))
    state = SHEQU_ITEM_NEVER;
  shequ_screening_add_item (fixture->screening, cells[0], cells[1], cells[2], state);
  return TRUE;
}

static gboolean
add_column (char **cells, guint line, gpointer user_data, GError **error)
{
  Fixture *fixture = user_data;

  shequ_overlap_add_column (fixture->forms, cells[0], cells[1], cells[2]);
  return TRUE;
}

static void
fixture_init (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequCertificateRules) certificates = shequ_certificate_rules_new (&error);

  g_assert_no_error (error);
  fixture->screening = shequ_screening_new (certificates, &error);
  g_assert_no_error (error);
  fixture->forms = shequ_overlap_new ();
  fixture->rows = 0;
  shequ_data_read_table ("demo/work-items.tsv", "code item_zh department_code admitted", add_item, fixture,
                         &error);
  g_assert_no_error (error);
  shequ_data_read_table ("demo/form-fields.tsv", "form_code heading_zh filled_from", add_column, fixture,
                         &error);
  g_assert_no_error (error);
  shequ_screening_take_forms (fixture->screening, fixture->forms);
}

static gboolean
is_expected (const char *application, char **expected, const char *label)
{
  if (g_strv_contains ((const char *const *) expected, label))
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (beyond_table); i++)
    if (g_str_equal (beyond_table[i].application, application) && g_str_equal (beyond_table[i].label, label))
      return TRUE;
  return FALSE;
}

static gboolean
has_label (GPtrArray *findings, const char *wanted)
{
  for (guint i = 0; i < findings->len; i++)
    {
      g_autofree char *label = shequ_finding_get_label (findings->pdata[i]);

      if (g_str_equal (label, wanted))
        return TRUE;
    }
  return FALSE;
}

/* What the list above excuses must be there, or the excuse is stale. */
static void
check_beyond_table (const char *application, GPtrArray *findings)
{
  for (gsize i = 0; i < G_N_ELEMENTS (beyond_table); i++)
    if (g_str_equal (beyond_table[i].application, application))
      g_assert_true (has_label (findings, beyond_table[i].label));
}

static void
check_findings (const char *application, GPtrArray *findings, const char *cell)
{
  g_auto (GStrv) expected = g_strsplit (cell, ";", -1);

  for (guint i = 0; expected[i] != NULL; i++)
    if (!has_label (findings, expected[i]))
      {
        g_test_message ("%s lacks %s", application, expected[i]);
        g_test_fail ();
      }
  for (guint i = 0; i < findings->len; i++)
    {
      const ShequFinding *finding = findings->pdata[i];
      g_autofree char *label = shequ_finding_get_label (finding);

      if (!is_expected (application, expected, label))
        {
          g_test_message ("%s has %s beyond the table (%s)", application, label, finding->detail);
          g_test_fail ();
        }
      g_assert_cmpstr (finding->title, !=, "");
      g_assert_cmpstr (finding->text, !=, "");
      g_assert_true (g_str_equal (finding->code, "CLEAN") || *finding->source != '\0');
    }
}

#define APPLICATION_COLUMNS                                                                                  \
  "no title category nature basis role content frequency columns_asked wants_plate wants_body wants_ledger " \
  "wants_system wants_check funding_yuan zero_funding_reason department_code working_days_ahead "            \
  "expected_findings"

static gboolean
screen_row (char **cells, guint line, gpointer user_data, GError **error)
{
  Fixture *fixture = user_data;
  g_auto (GStrv) columns = *cells[8] != '\0' ? g_strsplit (cells[8], ",", -1) : NULL;
  g_autoptr (GPtrArray) findings = NULL;
  ShequApplicationFacts facts = {
    .title = cells[1],
    .category = cells[2],
    .nature = cells[3],
    .basis = cells[4],
    .role = cells[5],
    .content = cells[6],
    .frequency = cells[7],
    .columns_asked = (const char *const *) columns,
    .wants_plate = g_str_equal (cells[9], "y"),
    .wants_body = g_str_equal (cells[10], "y"),
    .wants_ledger = g_str_equal (cells[11], "y"),
    .wants_system = g_str_equal (cells[12], "y"),
    .wants_check = g_str_equal (cells[13], "y"),
    .funding_fen = g_ascii_strtoll (cells[14], NULL, 10) * 100,
    .zero_funding_reason = cells[15],
    .department = cells[16],
    .working_days_ahead = g_ascii_strtoll (cells[17], NULL, 10),
  };

  findings = shequ_screening_run (fixture->screening, &facts);
  check_findings (cells[0], findings, cells[18]);
  check_beyond_table (cells[0], findings);
  fixture->rows++;
  return TRUE;
}

/* The twenty applications of the example data come out as the table says. */
static void
test_twenty (void)
{
  Fixture fixture;
  g_autoptr (GError) error = NULL;

  fixture_init (&fixture);
  shequ_data_read_table ("demo/applications.tsv", APPLICATION_COLUMNS, screen_row, &fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fixture.rows, ==, 20);
  shequ_screening_free (fixture.screening);
}

typedef struct
{
  const char *name;
  ShequApplicationFacts facts;
  const char *label;
  ShequFindingSeverity severity;
} Case;

#define SOUND .basis = "社会救助暂行办法第四条", .funding_fen = 100000, .working_days_ahead = 40

/* What the table of twenty does not have: near misses, questions, and rules that it never hits. */
static const Case cases[] = {
  { "a bank is no attracting of business",
    { SOUND, .title = "老年人防骗讲座", .content = "招商银行派员讲课", .role = "协助" },
    "CLEAN",
    SHEQU_SEVERITY_NOTE },
  { "assisting with rubbish is allowed",
    { SOUND, .title = "楼院义务劳动", .content = "协助开展环境卫生宣传", .role = "协助" },
    "CLEAN",
    SHEQU_SEVERITY_NOTE },
  { "catalogue's code of the role",
    { SOUND, .title = "楼道清理", .content = "开展环境卫生整治", .role = "lead" },
    "B02",
    SHEQU_SEVERITY_BLOCK },
  { "responsible although assisting",
    { SOUND, .title = "拆违控违", .content = "社区为第一责任人,做好拆违", .role = "协助" },
    "B02",
    SHEQU_SEVERITY_BLOCK },
  { "responsibility without a subject",
    { SOUND, .title = "市容巡查", .content = "发现占道及时报告,未报告的追责", .role = "协助" },
    "B02",
    SHEQU_SEVERITY_ASK },
  { "no subject of responsibility, it says",
    { SOUND, .title = "发现报告", .content = "巡查只报告,不作检查责任主体", .role = "协助" },
    "CLEAN",
    SHEQU_SEVERITY_NOTE },
  { "a plate alone is a question",
    { SOUND, .title = "悬挂服务标识", .role = "协助", .wants_plate = TRUE },
    "B03",
    SHEQU_SEVERITY_ASK },
  { "a check without words is a question",
    { SOUND, .title = "助餐点服务", .content = "每季看一次", .role = "协助", .wants_check = TRUE },
    "B05",
    SHEQU_SEVERITY_ASK },
  { "a rate to be reached is a ranking",
    { SOUND, .title = "体检组织", .content = "体检率须达 95%", .role = "协助", .wants_check = TRUE },
    "B05",
    SHEQU_SEVERITY_BLOCK },
  { "certificate of the refuse list",
    { SOUND, .title = "贷款资格审核", .content = "由社区出具居民财产证明", .role = "配合" },
    "B06",
    SHEQU_SEVERITY_BLOCK },
  { "certificate with an exception",
    { SOUND, .title = "公证协查", .content = "由社区出具亲属关系证明", .role = "配合" },
    "B06",
    SHEQU_SEVERITY_ASK },
  { "certificate shown by the resident",
    { SOUND, .title = "补贴发放", .content = "居民凭残疾状况证明领取", .role = "协助" },
    "B06",
    SHEQU_SEVERITY_ASK },
  { "certificate that may be issued",
    { SOUND, .title = "救助受理", .content = "参考居民在社区居住情况证明", .role = "协助" },
    "CLEAN",
    SHEQU_SEVERITY_NOTE },
  { "handing out leaflets without money",
    { .basis = "禁毒法第十七条",
      .title = "禁毒折页发放",
      .content = "入户发放折页",
      .role = "协助",
      .working_days_ahead = 40 },
    "B08",
    SHEQU_SEVERITY_ASK },
  { "an app that is offered",
    { SOUND, .title = "便民服务", .content = "居民可自愿下载便民小程序", .role = "协助" },
    "B09",
    SHEQU_SEVERITY_ASK },
  { "an app in capitals and full width",
    { SOUND, .title = "推广", .content = "下载APP,安装率达90%", .role = "协助" },
    "B09",
    SHEQU_SEVERITY_BLOCK },
  { "letter of responsibility with the owner",
    { SOUND, .title = "沿街商户责任书", .content = "部门与商户签订", .role = "配合" },
    "B10",
    SHEQU_SEVERITY_ASK },
  { "no calendar for the year",
    { .basis = "禁毒法第十七条",
      .funding_fen = 1,
      .title = "禁毒讲座",
      .role = "协助",
      .working_days_ahead = SHEQU_WORKING_DAYS_UNKNOWN },
    "LATE",
    SHEQU_SEVERITY_ASK },
  { "twenty-nine days",
    { .basis = "禁毒法第十七条",
      .funding_fen = 1,
      .title = "禁毒讲座",
      .role = "协助",
      .working_days_ahead = 29 },
    "LATE",
    SHEQU_SEVERITY_WARNING },
  { "thirty days",
    { .basis = "禁毒法第十七条",
      .funding_fen = 1,
      .title = "禁毒讲座",
      .role = "协助",
      .working_days_ahead = 30 },
    "CLEAN",
    SHEQU_SEVERITY_NOTE },
  { "a way of working is no statute",
    { .basis = "区民政局工作方法",
      .funding_fen = 1,
      .title = "讲座",
      .role = "协助",
      .working_days_ahead = 30 },
    "NO_BASIS",
    SHEQU_SEVERITY_WARNING },
  { "no basis at all",
    { .funding_fen = 1, .title = "讲座", .role = "协助", .working_days_ahead = 30 },
    "NO_BASIS",
    SHEQU_SEVERITY_WARNING },
  { "emergency without a declared one",
    { .basis = "突发事件应对法第二十二条",
      .nature = "临时",
      .title = "值班",
      .funding_fen = 1,
      .role = "协助",
      .working_days_ahead = 40 },
    "EXEMPT_EMERGENCY",
    SHEQU_SEVERITY_ASK },
  { "zero money with a reason is the reviewer's",
    { .basis = "禁毒法第十七条",
      .title = "禁毒讲座",
      .zero_funding_reason = "讲师由区禁毒办派出",
      .role = "协助",
      .working_days_ahead = 40 },
    "NO_FUNDING",
    SHEQU_SEVERITY_ASK },
};

static void
test_cases (void)
{
  Fixture fixture;

  fixture_init (&fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) findings = shequ_screening_run (fixture.screening, &cases[i].facts);
      const ShequFinding *finding = findings->pdata[0];

      g_test_message ("%s: %s %s", cases[i].name, finding->code, finding->detail);
      g_assert_cmpstr (finding->code, ==, cases[i].label);
      /* Where no money comes that is found as well. */
      g_assert_cmpuint (findings->len, ==,
                        has_label (findings, "NO_FUNDING") && !g_str_equal (finding->code, "NO_FUNDING") ? 2
                                                                                                         : 1);
      g_assert_cmpint (finding->severity, ==, cases[i].severity);
    }
  shequ_screening_free (fixture.screening);
}

/* A finding says which words led to it. */
static void
test_hits (void)
{
  Fixture fixture;
  ShequApplicationFacts facts = { SOUND, .title = "项目线索", .content = "提供招商线索,招商引资纳入年终考核",
                                  .role = "主办" };
  g_autoptr (GPtrArray) findings = NULL;
  const ShequFinding *finding;

  fixture_init (&fixture);
  findings = shequ_screening_run (fixture.screening, &facts);
  finding = findings->pdata[0];
  g_assert_cmpstr (finding->code, ==, "B01");
  g_assert_true (g_strv_contains ((const char *const *) finding->hits, "招商"));
  g_assert_nonnull (strstr (finding->detail, "招商"));
  g_assert_cmpstr (finding->version, ==, "2015-07-13");
  shequ_screening_free (fixture.screening);
}

/* The emergency frees from admission, never from a block rule. */
static void
test_emergency_blocked (void)
{
  Fixture fixture;
  ShequApplicationFacts facts = { .title = "防火巡查",
                                  .basis = "突发事件应对法;红色预警",
                                  .nature = "临时",
                                  .content = "与社区签订责任状",
                                  .role = "协助" };
  g_autoptr (GPtrArray) findings = NULL;

  fixture_init (&fixture);
  findings = shequ_screening_run (fixture.screening, &facts);
  g_assert_cmpuint (findings->len, ==, 2);
  g_assert_true (has_label (findings, "B10"));
  g_assert_true (has_label (findings, "EXEMPT_EMERGENCY"));
  shequ_screening_free (fixture.screening);
}

/* Without any fact the screening still answers. */
static void
test_empty (void)
{
  Fixture fixture;
  ShequApplicationFacts facts = { 0 };
  g_autoptr (GPtrArray) findings = NULL;

  fixture_init (&fixture);
  findings = shequ_screening_run (fixture.screening, &facts);
  g_assert_true (has_label (findings, "NO_BASIS"));
  g_assert_true (has_label (findings, "NO_FUNDING"));
  g_assert_true (has_label (findings, "LATE"));
  shequ_screening_free (fixture.screening);
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/screening/twenty", test_twenty);
  g_test_add_func ("/screening/cases", test_cases);
  g_test_add_func ("/screening/hits", test_hits);
  g_test_add_func ("/screening/emergency-blocked", test_emergency_blocked);
  g_test_add_func ("/screening/empty", test_empty);

  return g_test_run ();
}
