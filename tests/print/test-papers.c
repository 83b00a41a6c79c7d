#include <stdio.h>
#include <string.h>

#include "print-checks.h"
#include "shequ-ballot-page.h"
#include "shequ-error.h"
#include "shequ-locale.h"
#include "shequ-notice-page.h"
#include "shequ-report-page.h"
#include "shequ-roster-page.h"

typedef struct
{
  double left, top, right, bottom;
  guint page;
  char text[200];
} Word;

/* The words of a document with their places in points. */
static GArray *
find_words (ShequDocument *document)
{
  g_autofree char *text = check_pdf (document, "pdftotext", "-bbox");
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GArray *words = g_array_new (FALSE, FALSE, sizeof (Word));
  guint page = 0;

  for (char **line = lines; *line != NULL; line++)
    {
      Word word = { .page = page };

      if (strstr (*line, "<page ") != NULL)
        page++;
      if (sscanf (*line, " <word xMin=\"%lf\" yMin=\"%lf\" xMax=\"%lf\" yMax=\"%lf\">%199[^<]", &word.left,
                  &word.top, &word.right, &word.bottom, word.text) == 5)
        g_array_append_val (words, word);
    }
  return words;
}

/* No word lies on another or beyond the sheet; line boxes of fonts may touch. */
static void
check_apart (ShequDocument *document)
{
  g_autoptr (GArray) words = find_words (document);
  double width = shequ_document_get_width (document) * SHEQU_POINTS_PER_MM;
  double height = shequ_document_get_height (document) * SHEQU_POINTS_PER_MM;

  g_assert_cmpuint (words->len, >, 5);
  for (guint i = 0; i < words->len; i++)
    {
      Word *one = &g_array_index (words, Word, i);

      g_assert_cmpfloat (one->left, >, 20);
      g_assert_cmpfloat (one->right, <, width - 20);
      g_assert_cmpfloat (one->bottom, <, height - 20);
      for (guint j = 0; j < i; j++)
        {
          Word *other = &g_array_index (words, Word, j);
          double across = MIN (one->right, other->right) - MAX (one->left, other->left);
          double down = MIN (one->bottom, other->bottom) - MAX (one->top, other->top);

          if (one->page == other->page && across > 1 &&
              down > 0.4 * MIN (one->bottom - one->top, other->bottom - other->top))
            g_error ("“%s” lies on “%s” on page %u", one->text, other->text, one->page);
        }
    }
}

static guint
count_words (const char *text, const char *words)
{
  guint n = 0;

  for (const char *at = strstr (text, words); at != NULL; at = strstr (at + 1, words))
    n++;
  return n;
}

static ShequChart *
make_chart (guint n_series, guint n_months)
{
  ShequChart *chart = shequ_chart_new (SHEQU_CHART_STACKED_BARS);

  shequ_chart_set_title (chart, "哪个部门占用了最多工时？");
  shequ_chart_set_finding (chart, "区民政局占用最多。");
  shequ_chart_set_unit (chart, "小时");
  shequ_chart_set_category_title (chart, "月份");
  shequ_chart_set_number_format (chart, 60, 1);
  shequ_chart_set_ordered (chart, TRUE);
  for (guint c = 0; c < n_months; c++)
    {
      g_autofree char *label = g_strdup_printf ("%u年%u月", 2024 + c / 12, c % 12 + 1);

      shequ_chart_add_category (chart, label);
    }
  for (guint s = 0; s < n_series; s++)
    {
      g_autofree char *name = g_strdup_printf ("区民政局%u科", s + 1);

      shequ_chart_add_series (chart, name);
      for (guint c = 0; c < n_months; c++)
        shequ_chart_set_value (chart, s, c, 600 + (s * 37 + c * 101) % 977);
    }
  return chart;
}

static ShequDocument *
make_report (guint n_series, guint n_months)
{
  g_autoptr (ShequChart) chart = make_chart (n_series, n_months);
  g_autoptr (ShequPageTable) table = shequ_report_table_for_chart (chart);
  ShequReport report = {
    .title = "社区减负工作月报",
    .unit = "桃北区沿河街道春风社区居民委员会",
    .period = "2026年11月",
    .chart = chart,
    .table_title = "各部门占用工时（小时）",
    .table = table,
    .notes = "注:工时按工作记录汇总。",
    .handler = "李芳",
    .date = "2026年12月1日",
  };

  return shequ_report_document_new (&report);
}

static void
test_report (void)
{
  g_autoptr (ShequDocument) document = make_report (3, 4);
  g_autofree char *text = NULL;

  check_sheet (document, 1);
  check_apart (document);
  text = check_pdf (document, "pdftotext", "-raw");
  g_assert_nonnull (strstr (text, "社区减负工作月报"));
  g_assert_nonnull (strstr (text, "区民政局占用最多。"));
  g_assert_nonnull (strstr (text, "哪个部门占用了最多工时？"));
  g_assert_nonnull (strstr (text, "注：工时按工作记录汇总。"));
  g_assert_nonnull (strstr (text, "2026年12月1日"));
  g_assert_nonnull (strstr (text, "— 1 —"));
  /* All twelve values: 9,462 minutes. */
  g_assert_nonnull (strstr (text, "157.7"));
}

/* Its head stands on every page of the table, every month in it once, totals at the end. */
static void
test_report_pages (void)
{
  g_autoptr (ShequDocument) document = make_report (6, 36);
  g_autofree char *text = NULL;
  guint n_pages = shequ_document_get_n_pages (document);

  g_assert_cmpuint (n_pages, ==, 3);
  check_sheet (document, n_pages);
  check_apart (document);
  text = check_pdf (document, "pdftotext", "-raw");
  g_assert_cmpuint (count_words (text, "2025年7月"), ==, 1);
  g_assert_cmpuint (count_words (text, "— 2 —"), ==, 1);
  g_assert_cmpuint (count_words (text, "月份"), ==, 3);
}

/* Numbers of a column end at one line. */
static void
test_report_numbers (void)
{
  g_autoptr (ShequDocument) document = make_report (2, 12);
  g_autoptr (GArray) words = find_words (document);
  double right = 0;
  guint n = 0;

  for (guint i = 0; i < words->len; i++)
    {
      Word *word = &g_array_index (words, Word, i);
      gboolean number =
        strspn (word->text, "0123456789.,") == strlen (word->text) && strchr (word->text, '.') != NULL;

      /* The last column: the totals, below the chart. */
      if (!number || word->right < 490 || (word->page == 1 && word->top < 420))
        continue;
      if (right == 0)
        right = word->right;
      g_assert_cmpfloat_with_epsilon (word->right, right, 0.5);
      n++;
    }
  g_assert_cmpuint (n, >=, 10);
}

static void
test_report_sizes (void)
{
  static const struct
  {
    guint n_series, n_months;
  } rows[] = { { 0, 0 }, { 1, 1 }, { 1, 12 }, { 12, 12 }, { 40, 3 }, { 40, 36 } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (ShequDocument) document = make_report (rows[i].n_series, rows[i].n_months);

      check_sheet (document, shequ_document_get_n_pages (document));
      g_assert_cmpuint (shequ_document_get_n_pages (document), <=, 4);
    }
}

static ShequDocument *
make_roster (guint n_rows)
{
  static const char *const days[] = { "周一\n11月23日", "周二\n11月24日", "周三\n11月25日", "周四\n11月26日",
                                      "周五\n11月27日", "周六\n11月28日", "周日\n11月29日" };
  static const ShequRosterCell cells[7] = {
    { "王小明、李芳", 2, 2 },
    { "张伟", 1, 3 },
    { "", 0, 2 },
    { "赵建国、王小明、李芳、买买提·阿卜杜拉", 4, 4 },
    { NULL, 0, 0 },
    { "陈静", 1, 1 },
    { "陈静", 1, 1 },
  };
  g_autofree ShequRosterRow *rows = g_new0 (ShequRosterRow, n_rows + 1);
  ShequRoster roster = {
    "志愿服务排班表",
    "桃北区沿河街道春风社区",
    "2026年11月23日至29日",
    days,
    7,
    rows,
    n_rows,
    "不能到岗请提前告知。",
    "李芳",
    "2026年11月20日",
  };

  for (guint i = 0; i < n_rows; i++)
    rows[i] = (ShequRosterRow){ "门岗值守\n08:00–12:00", cells };
  return shequ_roster_document_new (&roster);
}

static void
test_roster (void)
{
  g_autoptr (ShequDocument) document = make_roster (4);
  g_autofree char *text = NULL;

  check_sheet (document, 1);
  check_apart (document);
  text = check_pdf (document, "pdftotext", "-raw");
  g_assert_cmpuint (count_words (text, "08:00–12:00"), ==, 4);
  g_assert_cmpuint (count_words (text, "(1/3)"), ==, 4);
  g_assert_cmpuint (count_words (text, "(0/2)"), ==, 4);
  g_assert_cmpuint (count_words (text, "(0/0)"), ==, 0);
  /* A name is not broken over two lines. */
  g_assert_cmpuint (count_words (text, "王小明"), ==, 8);
  g_assert_nonnull (strstr (text, "11月29日"));
}

static void
test_roster_pages (void)
{
  g_autoptr (ShequDocument) long_one = make_roster (30);
  g_autoptr (ShequDocument) empty = make_roster (0);
  g_autofree char *text = check_pdf (long_one, "pdftotext", "-raw");

  g_assert_cmpuint (shequ_document_get_n_pages (long_one), >, 3);
  check_apart (long_one);
  g_assert_cmpuint (count_words (text, "08:00–12:00"), ==, 30);
  g_assert_cmpuint (count_words (text, "11月29日"), ==, shequ_document_get_n_pages (long_one));
  check_sheet (empty, 1);
}

static void
test_notice (void)
{
  static const char *const paragraphs[] = {
    "您于2026年11月20日申请出具亲属关系证明,索要单位为桃北区公证处。",
    "该事项列入民发〔2020〕20号附件第1项,社区居民委员会不予出具。",
    "请持户口簿、身份证到公安派出所办理。",
    NULL,
  };
  ShequNotice notice = {
    "不予出具证明告知书",
    "社告字〔2026〕第0007号",
    "王小明",
    paragraphs,
    "桃北区沿河街道春风社区居民委员会",
    "2026年11月22日",
    "经办人：李芳　电话：0532-88661234",
    TRUE,
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequDocument) document = shequ_notice_document_new (&notice, &error);
  g_autofree char *text = NULL;
  ShequPageSeal seal;

  g_assert_no_error (error);
  check_sheet (document, 1);
  check_apart (document);
  text = check_pdf (document, "pdftotext", "-raw");
  g_assert_nonnull (strstr (text, "亲属关系证明，索要单位"));
  g_assert_nonnull (strstr (text, "社告字〔2026〕第0007号"));
  seal = shequ_paper_page_get_seal (shequ_document_get_page (document, 0), 0);
  g_assert_cmpuint (count_ink (document, 0, seal.x, seal.y, seal.radius, seal.y - seal.radius, seal.y), ==,
                    0);
}

static void
test_notice_long (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const char *paragraphs[2] = { NULL, NULL };
  ShequNotice notice = {
    "未经准入事项退回单", NULL, NULL, paragraphs, "春风社区", "2026年1月5日", NULL, FALSE
  };
  g_autoptr (ShequDocument) fits = NULL;
  g_autoptr (ShequDocument) too_long = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 100; i++)
    g_string_append (text, "退回理由退回理由");
  paragraphs[0] = text->str;
  fits = shequ_notice_document_new (&notice, &error);
  g_assert_no_error (error);
  check_sheet (fits, 1);
  for (guint i = 0; i < 1000; i++)
    g_string_append (text, "退回理由");
  paragraphs[0] = text->str;
  too_long = shequ_notice_document_new (&notice, &error);
  g_assert_null (too_long);
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE);
}

/* Many findings: page after page in the usual size, the name below text on the last one. */
static void
test_notice_pages (void)
{
  const char *paragraphs[41] = { NULL };
  ShequNotice notice = { "督查通报",       "督通〔2026〕1号", "各街道",       paragraphs,
                         "海明街道办事处", "2026年11月22日",  "联系人：李芳", FALSE };
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (ShequDocument) document = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  ShequPageSeal seal;
  guint n_pages;

  for (guint i = 0; i < 40; i++)
    {
      g_ptr_array_add (
        texts, g_strdup_printf (
                 "第%u项：民生社区门前挂牌十八块，未经准入的台账九种，限期三十日内清理完毕，逾期的再次通报。",
                 i + 1));
      paragraphs[i] = texts->pdata[i];
    }
  document = shequ_notice_document_new (&notice, &error);
  g_assert_no_error (error);
  n_pages = shequ_document_get_n_pages (document);
  g_assert_cmpuint (n_pages, >=, 4);
  check_sheet (document, n_pages);
  check_apart (document);
  text = check_pdf (document, "pdftotext", "-raw");
  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *begin = g_strdup_printf ("第%u项：", i + 1);

      g_assert_nonnull (strstr (text, begin));
    }
  g_assert_cmpuint (shequ_paper_page_get_n_seals (shequ_document_get_page (document, 0)), ==, 0);
  g_assert_cmpuint (shequ_paper_page_get_n_seals (shequ_document_get_page (document, n_pages - 1)), ==, 1);
  seal = shequ_paper_page_get_seal (shequ_document_get_page (document, n_pages - 1), 0);
  g_assert_cmpfloat (seal.y - seal.radius, >, SHEQU_MARGIN_TOP);
}

static ShequBallot *
make_ballot (guint n_candidates)
{
  ShequBallot *ballot = g_new0 (ShequBallot, 1);

  ballot->post = g_strdup ("楼栋长");
  ballot->place = g_strdup ("幸福小区3号楼");
  ballot->date = g_strdup ("2026年11月20日");
  ballot->eligible = 60;
  ballot->cast = 48;
  ballot->candidates = g_ptr_array_new ();
  for (guint i = 0; i < n_candidates; i++)
    {
      ShequBallotCandidate *candidate = g_new0 (ShequBallotCandidate, 1);

      candidate->name = g_strdup_printf ("候选人%u", i + 1);
      candidate->votes = i == 0 ? 30 : -1;
      candidate->elected = i == 0;
      g_ptr_array_add (ballot->candidates, candidate);
    }
  ballot->statement = g_strdup ("候选人1得30票,当选。");
  ballot->office = g_strdup ("春风社区居民委员会");
  ballot->today = g_strdup ("2026年11月22日");
  return ballot;
}

static void
free_ballot (ShequBallot *ballot)
{
  for (guint i = 0; i < ballot->candidates->len; i++)
    {
      ShequBallotCandidate *candidate = ballot->candidates->pdata[i];

      g_free (candidate->name);
      g_free (candidate);
    }
  shequ_ballot_free (ballot);
}

/* One sheet; who counted signs below the result, and what was not written down is left blank. */
static void
test_ballot (void)
{
  ShequBallot *ballot = make_ballot (3);
  g_autoptr (ShequDocument) document = shequ_ballot_document_new (ballot);
  g_autofree char *text = check_pdf (document, "pdftotext", "-layout");

  check_sheet (document, 1);
  check_apart (document);
  g_assert_nonnull (strstr (text, "楼栋长选举结果单"));
  g_assert_nonnull (strstr (text, "80.0%"));
  g_assert_nonnull (strstr (text, "62.5%"));
  g_assert_nonnull (strstr (text, "当选"));
  g_assert_nonnull (strstr (text, "监票人"));
  g_assert_null (strstr (text, "-1"));
  free_ballot (ballot);
}

static void
test_ballot_pages (void)
{
  ShequBallot *ballot = make_ballot (45);
  g_autoptr (ShequDocument) document = shequ_ballot_document_new (ballot);
  g_autofree char *text = check_pdf (document, "pdftotext", "-layout");

  g_assert_cmpuint (shequ_document_get_n_pages (document), >=, 2);
  check_apart (document);
  g_assert_cmpuint (count_words (text, "候选人45"), ==, 1);
  g_assert_cmpuint (count_words (text, "监票人"), ==, 1);
  free_ballot (ballot);
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/report/sheet", test_report);
  g_test_add_func ("/report/pages", test_report_pages);
  g_test_add_func ("/report/numbers", test_report_numbers);
  g_test_add_func ("/report/sizes", test_report_sizes);
  g_test_add_func ("/roster/sheet", test_roster);
  g_test_add_func ("/roster/pages", test_roster_pages);
  g_test_add_func ("/ballot/sheet", test_ballot);
  g_test_add_func ("/ballot/pages", test_ballot_pages);
  g_test_add_func ("/notice/sheet", test_notice);
  g_test_add_func ("/notice/long", test_notice_long);
  g_test_add_func ("/notice/pages", test_notice_pages);

  return g_test_run ();
}
