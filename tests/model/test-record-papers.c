/* Papers written from records by their descriptions. */
#include <string.h>

#include "model-fixture.h"
#include "shequ-error.h"
#include "shequ-locale.h"
#include "shequ-record-papers.h"

static gint64
add_incident (ModelFixture *fixture, const char *authority)
{
  gint64 key =
    model_fixture_add (fixture, "privacy_incident", "found_on", "2026-11-20", "what", "leaked", "kinds",
                       "姓名、电话", "persons", "37", "cause", "一张名单误发到居民群。", "harm",
                       "可能接到推销电话。", "measures", "名单已撤回，群成员已逐一告知删除。", "advice",
                       "接到陌生电话请勿透露验证码。", "contact", "王主任 0436-3200000", NULL);

  if (authority != NULL)
    {
      g_autoptr (ShequRow) row = model_fixture_get (fixture, "privacy_incident", key);
      g_autoptr (GError) error = NULL;

      shequ_row_set_text (row, "authority", authority);
      shequ_office_save (fixture->office, row, NULL, NULL, &error);
      g_assert_no_error (error);
    }
  return key;
}

static gint64
write_paper (ModelFixture *fixture, gint64 incident, const char *name, GError **error)
{
  return shequ_record_paper_write (fixture->office,
                                   shequ_office_get_register (fixture->office, "privacy_incident"), incident,
                                   name, NULL, error);
}

static void
check_said (const ShequRow *paper, const char *const *said)
{
  for (guint i = 0; said[i] != NULL; i++)
    if (strstr (shequ_row_get_text (paper, "body"), said[i]) == NULL)
      g_error ("“%s” is missing in: %s", said[i], shequ_row_get_text (paper, "body"));
}

/* What PIPL 57 asks to be told: kinds, cause, possible harm, measures, what the person can do, whom to ask.
 */
static void
test_notice (ModelFixture *fixture, gconstpointer data)
{
  static const char *const said[] = { "2026年11月20日", "泄露",         "姓名、电话", "误发到居民群",
                                      "推销电话",       "已撤回",       "验证码",     "0436-3200000",
                                      "第五十七条",     "可能涉及您的", NULL };
  gint64 incident = add_incident (fixture, NULL);
  g_autoptr (GError) error = NULL;
  gint64 first = write_paper (fixture, incident, "notice", &error), second;
  g_autoptr (ShequRow) paper = NULL, again = NULL;

  g_assert_no_error (error);
  paper = model_fixture_get (fixture, SHEQU_PAPER_REGISTER, first);
  check_said (paper, said);
  g_assert_cmpstr (shequ_row_get_text (paper, "title"), ==, "个人信息安全事件告知书");
  g_assert_cmpstr (shequ_row_get_text (paper, "number"), ==, "安告〔2026〕1号");
  g_assert_cmpstr (shequ_row_get_text (paper, "addressee"), ==, "有关居民");
  g_assert_cmpint (shequ_row_get_integer (paper, "incident"), ==, incident);
  g_assert_cmpint (shequ_row_get_integer (paper, "receipt"), ==, 1);
  g_assert_false (strstr (shequ_row_get_text (paper, "body"), "{") != NULL);

  second = write_paper (fixture, incident, "notice", &error);
  g_assert_no_error (error);
  again = model_fixture_get (fixture, SHEQU_PAPER_REGISTER, second);
  g_assert_cmpstr (shequ_row_get_text (again, "number"), ==, "安告〔2026〕2号");
}

static void
test_report (ModelFixture *fixture, gconstpointer data)
{
  gint64 incident = add_incident (fixture, "市互联网信息办公室");
  g_autoptr (GError) error = NULL;
  gint64 key = write_paper (fixture, incident, "report", &error);
  g_autoptr (ShequRow) paper = NULL;

  g_assert_no_error (error);
  paper = model_fixture_get (fixture, SHEQU_PAPER_REGISTER, key);
  g_assert_cmpstr (shequ_row_get_text (paper, "addressee"), ==, "市互联网信息办公室");
  g_assert_cmpstr (shequ_row_get_text (paper, "number"), ==, "安报〔2026〕1号");
  g_assert_nonnull (strstr (shequ_row_get_text (paper, "body"), "涉及37人"));
  /* Nothing was said of telling the persons: the paragraph is left out. */
  g_assert_null (strstr (shequ_row_get_text (paper, "body"), "告知个人的情况"));
}

/* A paper that does not fit the record is not written, and takes no number. */
static void
test_refused (ModelFixture *fixture, gconstpointer data)
{
  gint64 incident = add_incident (fixture, NULL), key;
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequRow) row = NULL, paper = NULL;

  g_assert_cmpint (write_paper (fixture, incident, "report", &error), ==, 0);
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE);
  g_clear_error (&error);
  g_assert_cmpint (write_paper (fixture, incident, "greeting", &error), ==, 0);
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_cmpint (write_paper (fixture, incident + 1000, "notice", &error), ==, 0);
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND);
  g_clear_error (&error);

  row = model_fixture_get (fixture, "privacy_incident", incident);
  shequ_row_set_text (row, "authority", "市网信办");
  shequ_office_save (fixture->office, row, NULL, NULL, &error);
  g_assert_no_error (error);
  key = write_paper (fixture, incident, "report", &error);
  g_assert_no_error (error);
  paper = model_fixture_get (fixture, SHEQU_PAPER_REGISTER, key);
  g_assert_cmpstr (shequ_row_get_text (paper, "number"), ==, "安报〔2026〕1号");
}

static void
add_finding (ModelFixture *fixture, gint64 round, const char *level, const char *unit, const char *problem)
{
  g_autofree char *key = model_fixture_key (round);

  model_fixture_add (fixture, "supervision_finding", "round", key, "level", level, "unit_named", unit,
                     "problem", problem, "due_on", "2026-12-31", NULL);
}

static gint64
add_round (ModelFixture *fixture)
{
  gint64 round = model_fixture_add (fixture, "supervision_round", "name", "第四季度联合督查", "planned_on",
                                    "2026-11-10", "members", "民政局、组织部", "places", "各街道办事处",
                                    "sample", "12", "clean_up_by", "2027-03-31", "state", "running", NULL);
  g_autofree char *key = model_fixture_key (round);

  add_finding (fixture, round, "department", "市卫健委", "未经准入布置健康档案录入");
  add_finding (fixture, round, "department", "市统计局", "重复要求填报人口报表");
  add_finding (fixture, round, "community", "民生社区", "门前挂牌十八块");
  model_fixture_add (fixture, "supervision_sheet", "round", key, "method", "site", "place", "民生社区", "day",
                     "2026-11-11", "plates_seen", "18", "ledgers_seen", "9", "record", "现场查看。", NULL);
  model_fixture_add (fixture, "supervision_sheet", "round", key, "method", "site", "place", "和平社区", "day",
                     "2026-11-11", "plates_seen", "4", "record", "现场查看。", NULL);
  model_fixture_add (fixture, "supervision_sheet", "round", key, "method", "poll", "place", "和平社区", "day",
                     "2026-11-12", "answers", "120", "satisfied", "97", "record", "入户问卷。", NULL);
  return round;
}

/* Every count of a bulletin comes of the findings and sheets of its round. */
static void
test_bulletin (ModelFixture *fixture, gconstpointer data)
{
  static const char *const said[] = {
    "实地检查2次",     "问卷调查1次", "座谈交流0次",
    "牌子22块",        "台账9种",     "有效问卷120份，其中满意97份",
    "共发现问题3个",   "部门层面2个", "街道层面0个",
    "社区层面1个",     "尚未整改3个", "（一）部门层面：未经准入布置健康档案录入、重复要求填报人口报表。",
    "2027年3月31日前", NULL,
  };
  const ShequRegister *reg = shequ_office_get_register (fixture->office, "supervision_round");
  gint64 round = add_round (fixture);
  g_autoptr (GError) error = NULL;
  gint64 key = shequ_record_paper_write (fixture->office, reg, round, "bulletin", NULL, &error);
  g_autoptr (ShequRow) paper = NULL;

  g_assert_no_error (error);
  paper = model_fixture_get (fixture, SHEQU_PAPER_REGISTER, key);
  check_said (paper, said);
  /* No finding of a street: its paragraph is left out. */
  g_assert_null (strstr (shequ_row_get_text (paper, "body"), "（三）"));
  g_assert_cmpstr (shequ_row_get_text (paper, "number"), ==, "督通〔2026〕1号");
  g_assert_cmpint (shequ_row_get_integer (paper, "round"), ==, round);
}

static void
test_order (ModelFixture *fixture, gconstpointer data)
{
  static const char *const said[] = { "第四季度联合督查", "未经准入布置健康档案录入", "2026年12月31日前",
                                      NULL };
  const ShequRegister *reg = shequ_office_get_register (fixture->office, "supervision_finding");
  g_autoptr (ShequRow) paper = NULL;
  g_autoptr (GError) error = NULL;
  gint64 key;

  add_round (fixture);
  key = shequ_record_paper_write (fixture->office, reg, 1, "order", NULL, &error);
  g_assert_no_error (error);
  paper = model_fixture_get (fixture, SHEQU_PAPER_REGISTER, key);
  check_said (paper, said);
  g_assert_cmpstr (shequ_row_get_text (paper, "addressee"), ==, "市卫健委");
  g_assert_cmpstr (shequ_row_get_text (paper, "number"), ==, "督改〔2026〕1号");
  /* Nobody named a rule. */
  g_assert_null (strstr (shequ_row_get_text (paper, "body"), "违反"));
}

/* Each register whose description names papers shows those that were written from a record of it. */
static void
test_links (ModelFixture *fixture, gconstpointer data)
{
  const GPtrArray *registers = shequ_catalogue_get_registers (fixture->catalogue);
  const ShequRegister *papers = shequ_office_get_register (fixture->office, SHEQU_PAPER_REGISTER);
  guint n_found = 0;

  for (guint i = 0; i < registers->len; i++)
    {
      const ShequRegister *reg = registers->pdata[i];
      gboolean linked = FALSE;

      for (guint j = 0; j < papers->fields->len; j++)
        linked = linked || ((const ShequField *) papers->fields->pdata[j])->target == reg;
      if (reg->papers->len > 0 && !linked)
        g_error ("%s has papers and %s no link to it", reg->name, papers->name);
      n_found += reg->papers->len;
    }
  g_assert_cmpuint (n_found, >=, 2);
}

#define add(name, function)                                                                                  \
  g_test_add (name, ModelFixture, NULL, model_fixture_set_up, function, model_fixture_tear_down)

int
main (int argc, char *argv[])
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);
  add ("/record-papers/notice", test_notice);
  add ("/record-papers/report", test_report);
  add ("/record-papers/refused", test_refused);
  add ("/record-papers/bulletin", test_bulletin);
  add ("/record-papers/order", test_order);
  add ("/record-papers/links", test_links);
  return g_test_run ();
}
