#include <string.h>

#include "print-checks.h"
#include "shequ-certificate-page.h"
#include "shequ-error.h"
#include "shequ-locale.h"

#define VOID "V\\s*O\\s*I\\s*D|作\\s*废"
#define PREVIEW "P\\s*r\\s*e\\s*v\\s*i\\s*e\\s*w|预\\s*览"

static ShequCertificatePaper
sample (void)
{
  return (ShequCertificatePaper){
    .number = (char *) "社证字〔2026〕第0001号",
    .check_text = (char *) "7KQM-2FXA",
    .title = (char *) "居民在社区居住情况证明",
    .receiver = (char *) "桃北区第三实验小学",
    .name = (char *) "王小明",
    .facts =
      (char *) "兹证明王小明(男,居民身份证号码110101********7663)自2019年5月1日起居住在春风社区3号楼501室。",
    .purpose = (char *) "办理子女入学手续",
    .verification = (char *) "经李芳入户查看核实",
    .issued_on = (char *) "2026年11月22日",
    .valid_until = (char *) "2026年12月22日",
    .office = (char *) "桃北区沿河街道春风社区居民委员会",
    .office_phone = (char *) "0532-88661234",
    .leader = (char *) "赵建国",
    .handler = (char *) "李芳",
    .approver = (char *) "赵建国",
    .number_tail = (char *) "7663",
    .copies = 2,
  };
}

/* Both places for seals: nothing but name and date below the middle of the one at the signature. */
static void
check_seals (ShequDocument *document)
{
  ShequPaperPage *page = shequ_document_get_page (document, 0);

  g_assert_cmpuint (shequ_paper_page_get_n_seals (page), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      ShequPageSeal seal = shequ_paper_page_get_seal (page, i);
      gboolean signature = i == 1;

      g_assert_cmpfloat (seal.radius, ==, 21);
      g_assert_cmpfloat (seal.x - seal.radius, >, 0);
      g_assert_cmpfloat (seal.x + seal.radius, <, SHEQU_A4_WIDTH);
      g_assert_cmpuint (count_ink (document, 0, seal.x, seal.y, seal.radius, seal.y - seal.radius,
                                   signature ? seal.y : seal.y + seal.radius),
                        ==, 0);
      if (signature)
        g_assert_cmpuint (count_ink (document, 0, seal.x, seal.y, seal.radius, seal.y, seal.y + seal.radius),
                          >, 100);
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

static void
test_sheet (void)
{
  ShequCertificatePaper paper = sample ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequDocument) document = shequ_certificate_document_new (&paper, &error);
  g_autofree char *text = NULL;
  g_autofree char *code = NULL;

  g_assert_no_error (error);
  check_sheet (document, 1);
  check_seals (document);
  text = check_pdf (document, "pdftotext", "-raw");
  /* On the stub, across the cut, on the certificate. */
  g_assert_cmpuint (count_words (text, "社证字〔2026〕第0001号"), ==, 3);
  g_assert_cmpuint (count_words (text, "居民在社区居住情况证明"), ==, 2);
  g_assert_cmpuint (count_words (text, "桃北区第三实验小学"), ==, 2);
  g_assert_cmpuint (count_words (text, "办理子女入学手续"), ==, 2);
  g_assert_cmpuint (count_words (text, "王小明（男，居民身份证号码110101********7663）"), ==, 1);
  g_assert_cmpuint (count_words (text, "经李芳入户查看核实"), ==, 1);
  g_assert_cmpuint (count_words (text, "桃北区沿河街道春风社区居民委员会"), ==, 1);
  g_assert_cmpuint (count_words (text, "2026年11月22日"), ==, 2);
  g_assert_cmpuint (count_words (text, "赵建国"), ==, 2);
  g_assert_cmpuint (count_words (text, "7KQM-2FXA"), ==, 1);
  code = check_code (document);
  g_assert_cmpstr (code, ==, "社证字〔2026〕第0001号 7KQM-2FXA");
}

static char *
repeat (const char *words, guint times)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < times; i++)
    g_string_append (text, words);
  return g_string_free (text, FALSE);
}

/* Long names, addresses and purposes are set smaller, and not one character is lost. */
static void
test_long (void)
{
  static const char *const names[] = { "买买提·阿卜杜拉·艾合买提江·吐尔逊·阿不都热依木·䶮㛃", "司马" };
  static const guint addresses[] = { 1, 12, 25 };

  for (guint n = 0; n < G_N_ELEMENTS (names); n++)
    for (guint a = 0; a < G_N_ELEMENTS (addresses); a++)
      {
        ShequCertificatePaper paper = sample ();
        g_autofree char *address = repeat ("沿河街道春风社区", addresses[a]);
        g_autofree char *facts =
          g_strdup_printf ("兹证明%s(男)自2019年5月1日起居住在%s3号楼㵮室。", names[n], address);
        g_autofree char *purpose = repeat ("办理养老保险待遇领取资格认证", addresses[a] / 4 + 1);
        g_autoptr (GError) error = NULL;
        g_autoptr (ShequDocument) document = NULL;
        g_autofree char *text = NULL;

        paper.name = (char *) names[n];
        paper.facts = facts;
        paper.purpose = purpose;
        paper.office = (char *) "桃北区经济技术开发区沿河街道办事处春风里第二社区居民委员会";
        document = shequ_certificate_document_new (&paper, &error);
        g_assert_no_error (error);
        check_sheet (document, 1);
        check_seals (document);
        text = check_pdf (document, "pdftotext", "-raw");
        g_assert_cmpuint (count_words (text, "㵮"), ==, 1);
        g_assert_cmpuint (count_words (text, "沿"), ==, addresses[a] + 1);
      }
}

static void
test_too_long (void)
{
  ShequCertificatePaper paper = sample ();
  g_autofree char *facts = repeat ("居住在沿河街道春风社区", 200);
  g_autoptr (GError) error = NULL;

  paper.facts = facts;
  g_assert_null (shequ_certificate_document_new (&paper, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE);
}

/* The word of the mark, in the language of the messages; words aslant are read letter by letter. */
static gboolean
says (ShequDocument *document, const char *words)
{
  g_autofree char *text = check_pdf (document, "pdftotext", "-raw");

  return g_regex_match_simple (words, text, 0, 0);
}

/* A preview has no number and no code; both it and a void one are marked. */
static void
test_marked (void)
{
  ShequCertificatePaper paper = sample ();
  g_autoptr (ShequDocument) issued = shequ_certificate_document_new (&paper, NULL);
  g_autoptr (ShequDocument) revoked = NULL;
  g_autoptr (ShequDocument) preview = NULL;

  paper.is_void = TRUE;
  revoked = shequ_certificate_document_new (&paper, NULL);
  paper.is_void = FALSE;
  paper.number = NULL;
  paper.check_text = NULL;
  paper.leader = NULL;
  paper.office_phone = NULL;
  preview = shequ_certificate_document_new (&paper, NULL);

  check_sheet (revoked, 1);
  check_sheet (preview, 1);
  g_assert_true (says (revoked, VOID));
  g_assert_true (says (preview, PREVIEW));
  g_assert_false (says (issued, VOID));
  g_assert_false (says (issued, PREVIEW));
  g_assert_false (says (preview, "[(]null[)]|7KQM"));
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/certificate/sheet", test_sheet);
  g_test_add_func ("/certificate/long", test_long);
  g_test_add_func ("/certificate/too-long", test_too_long);
  g_test_add_func ("/certificate/marked", test_marked);

  return g_test_run ();
}
