#include "shequ-file-book.h"

#include <string.h>

#include "print-checks.h"
#include "shequ-locale.h"

#define N_FILES 40

static void
section_free (gpointer data)
{
  ShequFileSection *section = data;

  g_free (section->title);
  g_strfreev (section->heads);
  g_ptr_array_unref (section->rows);
  g_array_unref (section->keys);
  g_free (section);
}

static ShequFileSection *
make_section (const char *title, const char *const *heads, const char *const *cells, guint n_rows)
{
  ShequFileSection *section = g_new0 (ShequFileSection, 1);

  section->title = g_strdup (title);
  section->heads = g_strdupv ((char **) heads);
  section->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  section->keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < n_rows; i++)
    g_ptr_array_add (section->rows, g_strdupv ((char **) cells));
  return section;
}

/* A household; one of a long history takes several pages. */
static ShequFile *
make_file (guint number, guint n_visits)
{
  static const char *const people[] = { "姓名", "与户主关系", "性别", "年龄", "联系电话", NULL };
  static const char *const person[] = { "王建国", "户主", "男性", "76", "138****8000", NULL };
  static const char *const visits[] = { "走访日期", "走访人", "走访事由", "走访结果", "情况记录", NULL };
  static const char *const visit[] = {
    "2026-11-20", "李芳", "日常看望", "一切正常", "血压平稳,儿子周末回来;厨房灯泡已换,提醒冬季用电安全。",
    NULL
  };
  static const char *const facts[] = { "户别", "家庭户", "家庭电话", "0532-8866****", "人数", "2人", NULL };
  ShequFile *file = g_new0 (ShequFile, 1);

  file->key = number;
  file->title = g_strdup_printf ("幸福小区%u号楼2单元501室", number);
  file->cover =
    g_strdupv ((char **) (const char *[]){ "家庭住址", file->title, "户主", "王建国", "人数", "2人", NULL });
  file->facts = g_strdupv ((char **) facts);
  file->sections = g_ptr_array_new_with_free_func (section_free);
  g_ptr_array_add (file->sections, make_section ("家庭成员", people, person, 2));
  g_ptr_array_add (file->sections, make_section ("走访记录", visits, visit, n_visits));
  return file;
}

static GPtrArray *
make_files (void)
{
  GPtrArray *files = g_ptr_array_new_with_free_func ((GDestroyNotify) shequ_file_free);

  for (guint i = 0; i < N_FILES; i++)
    g_ptr_array_add (files, make_file (i + 1, i % 10 == 3 ? 60 : 3));
  return files;
}

static const ShequFileBook book = { .title = "民情档案",
                                    .scope = "第一网格",
                                    .count = "共 40 户",
                                    .office = "桃北区沿河街道春风社区居民委员会",
                                    .date = "2026年11月22日",
                                    .handler = "王芳" };

/* The page on which each household begins is the one that the contents name. */
static void
test_book (void)
{
  g_autoptr (GPtrArray) files = make_files ();
  g_autoptr (ShequDocument) document = shequ_file_book_new (&book, files);
  g_autofree char *text = check_pdf (document, "pdftotext", "-layout");
  g_auto (GStrv) pages = g_strsplit (text, "\f", -1);
  guint n_pages = shequ_document_get_n_pages (document);

  check_sheet (document, n_pages);
  g_assert_cmpuint (n_pages, >, N_FILES + 4);
  g_assert_nonnull (strstr (pages[0], "民情档案"));
  g_assert_nonnull (strstr (pages[0], "第一网格"));
  g_assert_nonnull (strstr (pages[0], "共 40 户"));
  g_assert_nonnull (strstr (pages[1], "目录"));
  for (guint i = 0; i < N_FILES; i++)
    {
      const ShequFile *file = files->pdata[i];
      g_autofree char *pattern = g_strdup_printf ("(?m)^\\s*%u\\s+%s.*\\s(\\d+)\\s*$", i + 1, file->title);
      g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
      g_autoptr (GMatchInfo) match = NULL;
      g_autofree char *contents = g_strconcat (pages[1], pages[2], NULL);
      g_autofree char *number = NULL;

      g_assert_true (g_regex_match (regex, contents, 0, &match));
      number = g_match_info_fetch (match, 1);
      g_assert_true (g_str_has_prefix (g_strchug (pages[atoi (number) - 1]), file->title));
    }
}

static void
test_sheet (void)
{
  g_autoptr (ShequFile) file = make_file (3, 60);
  g_autoptr (ShequDocument) document = shequ_file_sheet_new (&book, file);
  g_autofree char *text = check_pdf (document, "pdftotext", "-raw");
  guint count = 0;

  g_assert_cmpuint (shequ_document_get_n_pages (document), >, 1);
  check_sheet (document, shequ_document_get_n_pages (document));
  for (const char *at = strstr (text, "2026-11-20"); at != NULL; at = strstr (at + 1, "2026-11-20"))
    count++;
  g_assert_cmpuint (count, ==, 60);
  g_assert_cmpuint (shequ_document_count_unknown_glyphs (document), ==, 0);
}

/* The inventory names each part, how many entries it has and the page on which it begins. */
static void
test_folder (void)
{
  g_autoptr (ShequFile) file = make_file (3, 60);
  g_autoptr (ShequDocument) document = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) pages = NULL;
  static const char *const heads[] = { "类别", "到期日期", NULL };
  static const char *const cells[] = { "最低生活保障", "2027-11-22", NULL };

  g_ptr_array_add (file->sections, make_section ("救助优抚", heads, cells, 1));
  document = shequ_file_folder_new (&book, file);
  text = check_pdf (document, "pdftotext", "-layout");
  pages = g_strsplit (text, "\f", -1);
  check_sheet (document, shequ_document_get_n_pages (document));
  g_assert_nonnull (strstr (pages[0], "民情档案"));
  g_assert_nonnull (strstr (pages[0], file->title));
  g_assert_nonnull (strstr (pages[0], "保管期限"));
  g_assert_nonnull (strstr (pages[1], "卷内目录"));
  for (guint i = 0; i < file->sections->len; i++)
    {
      const ShequFileSection *section = file->sections->pdata[i];
      g_autofree char *pattern =
        g_strdup_printf ("(?m)^\\s*%u\\s+%s\\s+%u\\s+(\\d+)\\s*$", i + 1, section->title, section->rows->len);
      g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
      g_autoptr (GMatchInfo) match = NULL;
      g_autofree char *number = NULL;

      g_assert_true (g_regex_match (regex, pages[1], 0, &match));
      number = g_match_info_fetch (match, 1);
      g_assert_nonnull (strstr (pages[atoi (number) - 1], section->title));
    }
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/file-book/book", test_book);
  g_test_add_func ("/file-book/sheet", test_sheet);
  g_test_add_func ("/file-book/folder", test_folder);

  return g_test_run ();
}
