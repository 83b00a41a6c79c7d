#include <string.h>

#include "model-fixture.h"
#include "shequ-certificate-notice.h"
#include "shequ-certificates.h"
#include "shequ-error.h"
#include "shequ-locale.h"

#define FIXTURE(path, function)                                                                              \
  g_test_add (path, ModelFixture, NULL, model_fixture_set_up, function, model_fixture_tear_down)

static gint64
add_resident (ModelFixture *fixture, const char *name, const char *id_number, const char *lives_here)
{
  gint64 household = model_fixture_add (fixture, "household", "address", "光明路3号楼2单元501室", NULL);
  g_autofree char *key = model_fixture_key (household);
  gint64 resident =
    model_fixture_add (fixture, "resident", "name", name, "household", key, "lives_here", lives_here, NULL);
  g_autoptr (ShequRow) row = model_fixture_get (fixture, "resident", resident);

  if (id_number != NULL)
    {
      shequ_row_set_text (row, "id_number", id_number);
      g_assert_true (shequ_office_save (fixture->office, row, NULL, NULL, NULL));
    }
  return resident;
}

static ShequCertificateRequest *
make_request (gint64 resident)
{
  ShequCertificateRequest *request = shequ_certificate_request_new ("residence", resident);

  request->purpose = g_strdup ("办理子女入学");
  request->receiver = g_strdup ("实验小学");
  return request;
}

static gint64
issue (ModelFixture *fixture, const ShequCertificateRequest *request)
{
  g_autoptr (GError) error = NULL;
  gint64 key = shequ_certificate_issue (fixture->office, request, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (key, >, 0);
  return key;
}

static void
test_issue (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 resident = add_resident (fixture, "曾小明", "11010519491231002X", "是");
  g_autoptr (ShequCertificateRequest) request = make_request (resident);
  gint64 key = issue (fixture, request);
  g_autoptr (ShequRow) row = model_fixture_get (fixture, "certificate", key);
  g_autoptr (GPtrArray) log = NULL;

  g_assert_cmpstr (shequ_row_get_text (row, "number"), ==, "社证字〔2026〕第0001号");
  g_assert_cmpstr (shequ_row_get_text (row, "title"), ==, "居民在社区居住情况证明");
  g_assert_cmpstr (shequ_row_get_text (row, "resident_name"), ==, "曾小明");
  g_assert_cmpstr (shequ_row_get_text (row, "status"), ==, "issued");
  g_assert_cmpstr (shequ_row_get_text (row, "issued_on"), ==, FIXTURE_TODAY);
  g_assert_cmpstr (shequ_row_get_text (row, "valid_until"), ==, "2026-12-22");
  g_assert_cmpstr (shequ_row_get_text (row, "handler"), ==, "王芳");
  g_assert_cmpint (shequ_row_get_integer (row, "copies"), ==, 1);
  log = shequ_store_read_log (shequ_office_get_store (fixture->office), row->reg, key, NULL, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (log->len, ==, 2);
}

static void
test_numbers (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 resident = add_resident (fixture, "曾小明", "11010519491231002X", "是");
  g_autoptr (ShequCertificateRequest) request = make_request (resident);
  g_autoptr (ShequCertificateRequest) bad = make_request (resident);
  g_autoptr (ShequRow) second = NULL;
  g_autoptr (ShequRow) next_year = NULL;

  issue (fixture, request);
  bad->verify_method = g_strdup ("hearsay");
  g_assert_cmpint (shequ_certificate_issue (fixture->office, bad, NULL, &error), ==, 0);
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE);
  second = model_fixture_get (fixture, "certificate", issue (fixture, request));
  g_assert_cmpstr (shequ_row_get_text (second, "number"), ==, "社证字〔2026〕第0002号");
  model_fixture_set_day (fixture, "2027-01-04");
  next_year = model_fixture_get (fixture, "certificate", issue (fixture, request));
  g_assert_cmpstr (shequ_row_get_text (next_year, "number"), ==, "社证字〔2027〕第0001号");
}

static void
test_paper (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 resident = add_resident (fixture, "曾小明", "11010519491231002X", "是");
  g_autoptr (ShequCertificateRequest) request = make_request (resident);
  g_autoptr (ShequCertificatePaper) preview = NULL;
  g_autoptr (ShequCertificatePaper) paper = NULL;

  request->since = g_strdup ("2019-05-01");
  request->verify_method = g_strdup ("visit");
  preview = shequ_certificate_preview (fixture->office, request, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (preview->number, ==, "");
  paper = shequ_certificate_load_paper (fixture->office, issue (fixture, request), NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (paper->facts, ==, preview->facts);
  g_assert_nonnull (strstr (paper->facts, "自2019年5月1日起居住在光明路3号楼2单元501室"));
  g_assert_null (strstr (paper->facts, "11010519491231002X"));
  g_assert_cmpstr (paper->verification, ==, "经王芳入户查看核实");
  g_assert_cmpstr (paper->issued_on, ==, "2026年11月22日");
  g_assert_cmpstr (paper->valid_until, ==, "2026年12月22日");
  g_assert_cmpstr (paper->office, ==, "青年社区居民委员会");
  g_assert_cmpstr (paper->number_tail, ==, "002X");
  g_assert_cmpstr (paper->receiver, ==, "实验小学");
  g_assert_cmpuint (strlen (paper->check_text), ==, 9);
  g_assert_false (paper->is_void);
}

static void
test_whole_number (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequCertificateRequest) request =
    make_request (add_resident (fixture, "曾小明", "11010519491231002X", "是"));
  g_autoptr (ShequCertificatePaper) paper = NULL;

  request->whole_number = TRUE;
  paper = shequ_certificate_preview (fixture->office, request, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (paper->facts, "居民身份证号码11010519491231002X"));
}

static void
assert_refused (ModelFixture *fixture, const ShequCertificateRequest *request, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (shequ_certificate_issue (fixture->office, request, NULL, &error), ==, 0);
  g_assert_error (error, SHEQU_ERROR, code);
}

static void
test_refused (ModelFixture *fixture, gconstpointer data)
{
  gint64 resident = add_resident (fixture, "曾小明", "11010519491231002X", "是");
  g_autoptr (ShequCertificateRequest) unknown = shequ_certificate_request_new ("kinship", resident);
  g_autoptr (ShequCertificateRequest) vague = make_request (resident);
  g_autoptr (ShequCertificateRequest) aimless = make_request (resident);
  g_autoptr (ShequCertificateRequest) away =
    make_request (add_resident (fixture, "李四", "110105195001010012", "否"));
  g_autoptr (ShequCertificateRequest) numberless = make_request (add_resident (fixture, "王五", NULL, "是"));
  g_autoptr (ShequCertificateRequest) nobody = make_request (9999);

  g_free (vague->receiver);
  vague->receiver = g_strdup ("有关单位");
  g_free (aimless->purpose);
  aimless->purpose = g_strdup (" ");
  assert_refused (fixture, unknown, SHEQU_ERROR_NOT_FOUND);
  assert_refused (fixture, vague, SHEQU_ERROR_CONSTRAINT);
  assert_refused (fixture, aimless, SHEQU_ERROR_CONSTRAINT);
  assert_refused (fixture, away, SHEQU_ERROR_CONSTRAINT);
  assert_refused (fixture, numberless, SHEQU_ERROR_CONSTRAINT);
  assert_refused (fixture, nobody, SHEQU_ERROR_NOT_FOUND);
}

static void
test_void (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequCertificateRequest) request =
    make_request (add_resident (fixture, "曾小明", "11010519491231002X", "是"));
  gint64 key = issue (fixture, request);
  g_autoptr (ShequCertificatePaper) paper = NULL;
  g_autoptr (ShequRow) next = NULL;

  g_assert_false (shequ_certificate_void (fixture->office, key, NULL, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE);
  g_clear_error (&error);
  g_assert_true (shequ_certificate_void (fixture->office, key, "姓名打印错误", NULL, &error));
  g_assert_no_error (error);
  paper = shequ_certificate_load_paper (fixture->office, key, NULL, &error);
  g_assert_true (paper->is_void);
  g_assert_false (shequ_certificate_void (fixture->office, key, "再次作废", NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_CONSTRAINT);
  next = model_fixture_get (fixture, "certificate", issue (fixture, request));
  g_assert_cmpstr (shequ_row_get_text (next, "number"), ==, "社证字〔2026〕第0002号");
}

static void
test_verify (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequCertificateRequest) request =
    make_request (add_resident (fixture, "曾小明", "11010519491231002X", "是"));
  g_autoptr (ShequCertificatePaper) paper =
    shequ_certificate_load_paper (fixture->office, issue (fixture, request), NULL, &error);
  g_autofree char *typed = g_ascii_strdown (paper->check_text, -1);
  g_autoptr (ShequRow) found = shequ_certificate_verify (fixture->office, paper->number, typed, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (shequ_row_get_text (found, "resident_name"), ==, "曾小明");
  g_assert_null (shequ_certificate_verify (fixture->office, paper->number, "0000-0000", NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND);
  g_clear_error (&error);
  shequ_row_set_text (found, "purpose", "办理贷款");
  g_assert_true (shequ_office_save (fixture->office, found, NULL, NULL, &error));
  g_assert_null (shequ_certificate_verify (fixture->office, paper->number, typed, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND);
}

static void
test_async (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequCertificateRequest) request =
    make_request (add_resident (fixture, "曾小明", "11010519491231002X", "是"));
  g_autoptr (GAsyncResult) previewed = NULL;
  g_autoptr (GAsyncResult) issued = NULL;
  g_autoptr (GAsyncResult) loaded = NULL;
  g_autoptr (GAsyncResult) voided = NULL;
  g_autoptr (ShequCertificatePaper) preview = NULL;
  g_autoptr (ShequCertificatePaper) paper = NULL;
  gint64 key;

  shequ_certificate_preview_async (fixture->office, request, NULL, model_fixture_take_result, &previewed);
  preview = shequ_certificate_paper_finish (fixture->office, model_fixture_wait (&previewed), &error);
  g_assert_no_error (error);
  shequ_certificate_issue_async (fixture->office, request, NULL, model_fixture_take_result, &issued);
  key = shequ_certificate_issue_finish (fixture->office, model_fixture_wait (&issued), &error);
  g_assert_no_error (error);
  shequ_certificate_load_paper_async (fixture->office, key, NULL, model_fixture_take_result, &loaded);
  paper = shequ_certificate_paper_finish (fixture->office, model_fixture_wait (&loaded), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (paper->facts, ==, preview->facts);
  shequ_certificate_void_async (fixture->office, key, "重复出具", NULL, model_fixture_take_result, &voided);
  g_assert_true (shequ_certificate_void_finish (fixture->office, model_fixture_wait (&voided), &error));
}

/* The notice of a refusal says what, why, where to go instead, and who answered; what may be issued has none.
 */
static void
test_notice (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequCertificateNotice) notice =
    shequ_certificate_notice_new (fixture->office, "N02", NULL, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = g_strjoinv ("\n", notice->paragraphs);
  g_assert_cmpstr (notice->date, ==, "2026年11月22日");
  g_assert_nonnull (strstr (text, "您于2026年11月22日到社区申请出具“居民身份信息证明”。"));
  g_assert_nonnull (strstr (text, "依据民发〔2020〕20号附件第2项"));
  g_assert_nonnull (strstr (text, "\n1.用证单位：看居民身份证、居民户口簿"));
  g_assert_nonnull (strstr (text, "\n2.公安派出所："));
  g_assert_cmpstr (notice->contact, ==, "经办人：王芳");
  g_assert_null (strstr (text, "。。"));
  g_assert_null (shequ_certificate_notice_new (fixture->office, "A01", NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  FIXTURE ("/certificates/issue", test_issue);
  FIXTURE ("/certificates/numbers", test_numbers);
  FIXTURE ("/certificates/paper", test_paper);
  FIXTURE ("/certificates/whole-number", test_whole_number);
  FIXTURE ("/certificates/refused", test_refused);
  FIXTURE ("/certificates/void", test_void);
  FIXTURE ("/certificates/verify", test_verify);
  FIXTURE ("/certificates/async", test_async);
  FIXTURE ("/certificates/notice", test_notice);

  return g_test_run ();
}
