#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "print-checks.h"
#include "shequ-error.h"
#include "shequ-locale.h"
#include "shequ-page-parts.h"
#include "shequ-page-table.h"
#include "shequ-page-words.h"

static void
test_words (void)
{
  static const struct
  {
    const char *text;
    const char *words;
  } rows[] = {
    { "", "" },
    { "王小明(男,身份证号码1101)现居住", "王小明（男，身份证号码1101）现居住" },
    { "08:00-12:00", "08:00-12:00" },
    { "1,234.50元", "1,234.50元" },
    { "(2/3)", "(2/3)" },
    { "负责人:张三;经办人:李四?", "负责人：张三；经办人：李四？" },
    { "A (B) 中(C", "A (B) 中（C" },
    { "孤)立", "孤）立" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *words = shequ_page_words_widen (rows[i].text);

      g_assert_cmpstr (words, ==, rows[i].words);
    }
}

/* GB/T 9704-2012: 28 characters fill a line, 22 lines fill the page. */
static void
test_grid (void)
{
  g_autoptr (ShequPaperPage) page = shequ_paper_page_new (SHEQU_A4_WIDTH, SHEQU_A4_HEIGHT);
  ShequPageType type = shequ_page_type_body ();
  g_autoptr (GString) text = g_string_new (NULL);
  double width;
  double one, all;

  type.indent = 0;
  for (guint i = 0; i < 28; i++)
    g_string_append (text, "文");
  shequ_paper_page_measure (page, &type, text->str, 0, &width);
  g_assert_cmpfloat_with_epsilon (width, SHEQU_TEXT_WIDTH, 0.5);
  one = shequ_paper_page_measure (page, &type, text->str, SHEQU_TEXT_WIDTH, NULL);
  g_assert_cmpfloat_with_epsilon (one, SHEQU_LINE_PITCH, 0.05);
  for (guint i = 0; i < 21 * 28; i++)
    g_string_append (text, "文");
  all = shequ_paper_page_measure (page, &type, text->str, SHEQU_TEXT_WIDTH, NULL);
  g_assert_cmpfloat_with_epsilon (all, SHEQU_TEXT_HEIGHT, 0.5);
}

static void
test_rare_characters (void)
{
  g_autoptr (ShequPaperPage) page = shequ_paper_page_new (SHEQU_A4_WIDTH, SHEQU_A4_HEIGHT);

  for (guint face = 0; face < SHEQU_N_FACES; face++)
    {
      ShequPageType type = { .face = face, .size = SHEQU_SIZE_3 };

      shequ_paper_page_add_text (page, &type, "䶮㛃㵮𬱖·龘—〔2026〕×", 20, 20 + face * 10, 0);
    }
  g_assert_cmpuint (shequ_paper_page_count_unknown_glyphs (page), ==, 0);
  /* A place of private use has no character in any font: the count can fail. */
  shequ_paper_page_add_text (page, &(ShequPageType){ .size = 12 }, "\xf3\xb0\x80\x81", 20, 100, 0);
  g_assert_cmpuint (shequ_paper_page_count_unknown_glyphs (page), ==, 1);
}

static void
test_paragraphs (void)
{
  g_autoptr (ShequPaperPage) page = shequ_paper_page_new (SHEQU_A4_WIDTH, SHEQU_A4_HEIGHT);
  g_autoptr (GString) text = g_string_new (NULL);
  ShequPageParagraph paragraph;
  double y = 40;

  for (guint i = 0; i < 400; i++)
    g_string_append (text, "文");
  paragraph = (ShequPageParagraph){ text->str, FALSE };
  g_assert_true (shequ_page_add_paragraphs (page, &paragraph, 1, &y, 120));
  g_assert_cmpfloat (y, <=, 120.1);
  g_assert_cmpfloat (y, >, 90);
  y = 40;
  g_assert_false (shequ_page_add_paragraphs (page, &paragraph, 1, &y, 60));
  g_assert_cmpfloat (y, ==, 40);
}

static ShequPageTable *
make_table (guint n_rows, guint n_numbers)
{
  ShequPageTable *table = shequ_page_table_new ();

  shequ_page_table_add_column (table, "部门", FALSE);
  for (guint i = 0; i < n_numbers; i++)
    shequ_page_table_add_column (table, "2026年11月", TRUE);
  for (guint r = 0; r < n_rows; r++)
    {
      g_autoptr (GPtrArray) cells = g_ptr_array_new ();

      g_ptr_array_add (cells, (char *) "区政务服务和数字化建设管理局");
      for (guint i = 0; i < n_numbers; i++)
        g_ptr_array_add (cells, (char *) "1,234.5");
      g_ptr_array_add (cells, NULL);
      shequ_page_table_add_row (table, (const char *const *) cells->pdata, r + 1 == n_rows);
    }
  return table;
}

/* Every row is placed once, whatever its height, and placing comes to an end. */
static void
test_table_pages (void)
{
  static const struct
  {
    guint n_rows, n_numbers, most_pages;
  } rows[] = { { 0, 2, 1 }, { 1, 1, 1 }, { 20, 3, 1 }, { 200, 3, 8 }, { 60, 24, 6 } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (ShequPageTable) table = make_table (rows[i].n_rows, rows[i].n_numbers);
      guint next = 0, n_pages = 0;

      do
        {
          g_autoptr (ShequPaperPage) page = shequ_paper_page_new (SHEQU_A4_WIDTH, SHEQU_A4_HEIGHT);
          double y = 37;
          guint first = next;

          next = shequ_page_table_place (table, page, next, 28, &y, 156, 262);
          g_assert_cmpfloat (y, <=, 262.1);
          g_assert_cmpuint (next, >=, first + (rows[i].n_rows > 0 ? 1 : 0));
          n_pages++;
        }
      while (next < rows[i].n_rows);
      g_assert_cmpuint (n_pages, <=, rows[i].most_pages);
    }
}

static void
test_table_huge_row (void)
{
  g_autoptr (ShequPageTable) table = shequ_page_table_new ();
  g_autoptr (ShequPaperPage) page = shequ_paper_page_new (SHEQU_A4_WIDTH, SHEQU_A4_HEIGHT);
  g_autoptr (GString) text = g_string_new (NULL);
  double y = 37, late = 250;

  for (guint i = 0; i < 5000; i++)
    g_string_append (text, "文字");
  shequ_page_table_add_column (table, "内容", FALSE);
  shequ_page_table_add_row (table, (const char *const[]){ text->str, NULL }, FALSE);
  g_assert_cmpuint (shequ_page_table_place (table, page, 0, 28, &late, 156, 262), ==, 0);
  g_assert_cmpfloat (late, ==, 250);
  g_assert_cmpuint (shequ_page_table_place (table, page, 0, 28, &y, 156, 262), ==, 1);
  g_assert_cmpfloat (y, <=, 262);
}

static void
test_document (void)
{
  g_autoptr (ShequDocument) document = shequ_document_new ("志愿服务排班表", SHEQU_PAPER_ACROSS);
  ShequPageType type = shequ_page_type_body ();
  g_autofree char *info = NULL;

  shequ_document_set_author (document, "春风社区");
  shequ_document_set_subject (document, "第48周");
  shequ_document_set_created (document, "2026-11-22T08:30:00Z");
  for (guint i = 0; i < 3; i++)
    shequ_paper_page_add_text (shequ_document_add_page (document), &type, "正文", 28, 37, 156);
  info = check_pdf (document, "pdfinfo", NULL);
  g_assert_nonnull (strstr (info, "志愿服务排班表"));
  g_assert_nonnull (strstr (info, "春风社区"));
  g_assert_nonnull (strstr (info, "第48周"));
  g_assert_nonnull (strstr (info, "Nov 22 08:30:00 2026"));
  g_assert_nonnull (strstr (info, "841.89 x 595.276"));
  check_sheet (document, 3);
}

static void
test_read_only (void)
{
  g_autoptr (ShequDocument) document = shequ_document_new ("证明", SHEQU_PAPER_UPRIGHT);
  g_autofree char *folder = g_dir_make_tmp ("shequ-print-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.pdf", NULL);
  g_autoptr (GError) error = NULL;
  gboolean root = geteuid () == 0;
  gboolean written;

  shequ_document_add_page (document);
  g_assert_cmpint (g_chmod (folder, 0555), ==, 0);
  if (root)
    g_assert_cmpint (seteuid (65534), ==, 0);
  written = shequ_document_write_pdf (document, path, &error);
  if (root)
    g_assert_cmpint (seteuid (0), ==, 0);
  g_assert_false (written);
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_UNREACHABLE);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_font_note (void)
{
  g_autofree char *note = shequ_page_font_get_note ();
  gboolean lacking = FALSE;

  for (guint face = 0; face < SHEQU_N_FACES; face++)
    lacking = lacking || shequ_page_font_is_stand_in (face);
  g_assert_true (lacking == (note != NULL));
  if (shequ_page_font_is_stand_in (SHEQU_FACE_BODY))
    g_assert_nonnull (strstr (note, "仿宋"));
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/page/words", test_words);
  g_test_add_func ("/page/grid", test_grid);
  g_test_add_func ("/page/rare-characters", test_rare_characters);
  g_test_add_func ("/page/paragraphs", test_paragraphs);
  g_test_add_func ("/page/table-pages", test_table_pages);
  g_test_add_func ("/page/table-huge-row", test_table_huge_row);
  g_test_add_func ("/page/document", test_document);
  g_test_add_func ("/page/read-only", test_read_only);
  g_test_add_func ("/page/font-note", test_font_note);

  return g_test_run ();
}
