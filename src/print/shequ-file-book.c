#include "shequ-file-book.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-page-parts.h"
#include "shequ-page-table.h"

/* Bound on the left: more room there than on the right. */
#define LEFT 25.0
#define WIDTH (SHEQU_A4_WIDTH - LEFT - 15)
#define TOP 20.0
#define BOTTOM (SHEQU_A4_HEIGHT - 22)
#define FOOT (SHEQU_A4_HEIGHT - 16)

#define N_FACT_COLUMNS 4

/* Where the next thing goes. */
typedef struct
{
  ShequDocument *document;
  ShequPaperPage *page;
  double y;
  GArray *begins; /* (nullable) of guint: gets the page on which each part of a file begins */
} Pen;

static void
turn_page (Pen *pen)
{
  pen->page = shequ_document_add_page (pen->document);
  pen->y = TOP;
}

static void
add_block (Pen *pen, const ShequPageType *type, const char *text, double gap)
{
  if (text != NULL && *text != '\0')
    pen->y += shequ_paper_page_add_text (pen->page, type, text, LEFT, pen->y, WIDTH) + gap;
}

static void
place_table (Pen *pen, ShequPageTable *table)
{
  guint next = 0;

  for (;;)
    {
      next = shequ_page_table_place (table, pen->page, next, LEFT, &pen->y, WIDTH, BOTTOM);
      if (next >= shequ_page_table_get_n_rows (table))
        break;
      turn_page (pen);
    }
  pen->y += 5;
}

static void
add_section (Pen *pen, const ShequFileSection *section)
{
  ShequPageType type = { .face = SHEQU_FACE_STRONG, .size = SHEQU_SIZE_SMALL_4, .align = SHEQU_ALIGN_LEFT };
  g_autoptr (ShequPageTable) table = shequ_page_table_new ();

  for (guint i = 0; section->heads[i] != NULL; i++)
    shequ_page_table_add_column (table, section->heads[i], FALSE);
  for (guint i = 0; i < section->rows->len; i++)
    shequ_page_table_add_row (table, section->rows->pdata[i], FALSE);
  /* A heading is not left alone at the foot of a page. */
  if (pen->y + 30 > BOTTOM)
    turn_page (pen);
  if (pen->begins != NULL)
    {
      guint page = shequ_document_get_n_pages (pen->document);

      g_array_append_val (pen->begins, page);
    }
  add_block (pen, &type, section->title, 1.5);
  place_table (pen, table);
}

/* Two facts a line, each with its label. */
static void
add_facts (Pen *pen, const ShequFile *file)
{
  ShequPageType label = { .face = SHEQU_FACE_STRONG, .size = SHEQU_SIZE_5 };
  ShequPageType value = { .face = SHEQU_FACE_BODY, .size = SHEQU_SIZE_5 };
  const double half = WIDTH / 2, indent = 24;
  double lowest = pen->y;

  for (guint i = 0; file->facts[i] != NULL && file->facts[i + 1] != NULL; i += 2)
    {
      double x = LEFT + (i % N_FACT_COLUMNS == 0 ? 0 : half), height;

      if (i % N_FACT_COLUMNS == 0)
        pen->y = lowest;
      shequ_page_add_fitted (pen->page, &label, file->facts[i], x, pen->y, indent - 2);
      height = shequ_paper_page_add_text (pen->page, &value, file->facts[i + 1], x + indent, pen->y,
                                          half - indent - 3);
      lowest = MAX (lowest, pen->y + height + 1);
    }
  pen->y = lowest + 4;
}

static void
add_file (Pen *pen, const ShequFile *file)
{
  ShequPageType type = { .face = SHEQU_FACE_TITLE, .size = SHEQU_SIZE_3, .align = SHEQU_ALIGN_LEFT };

  turn_page (pen);
  add_block (pen, &type, file->title, 2);
  shequ_paper_page_add_line (pen->page, LEFT, pen->y, LEFT + WIDTH, pen->y, 0.5);
  pen->y += 3;
  add_facts (pen, file);
  for (guint i = 0; i < file->sections->len; i++)
    add_section (pen, file->sections->pdata[i]);
}

static void
add_cover (Pen *pen, const ShequFileBook *book)
{
  ShequPageType type = { .face = SHEQU_FACE_TITLE, .size = 36, .align = SHEQU_ALIGN_CENTER };

  turn_page (pen);
  pen->y = 90;
  add_block (pen, &type, book->title, 10);
  type = (ShequPageType){ .face = SHEQU_FACE_NAME, .size = SHEQU_SIZE_3, .align = SHEQU_ALIGN_CENTER };
  add_block (pen, &type, book->scope, 4);
  add_block (pen, &type, book->count, 0);
  pen->y = 225;
  type = (ShequPageType){ .face = SHEQU_FACE_BODY, .size = SHEQU_SIZE_3, .align = SHEQU_ALIGN_CENTER };
  add_block (pen, &type, book->office, 3);
  add_block (pen, &type, book->date, 0);
}

/* As many pages as the contents take; the numbers on them are only known when all is placed. */
static ShequPageTable *
make_contents (const GPtrArray *files, const guint *pages)
{
  ShequPageTable *table = shequ_page_table_new ();
  const ShequFile *first = files->len > 0 ? files->pdata[0] : NULL;

  shequ_page_table_add_column (table, _ ("No."), TRUE);
  for (guint i = 0; first != NULL && first->cover[i] != NULL; i += 2)
    shequ_page_table_add_column (table, first->cover[i], FALSE);
  shequ_page_table_add_column (table, _ ("Page"), TRUE);
  for (guint i = 0; i < files->len; i++)
    {
      const ShequFile *file = files->pdata[i];
      g_autoptr (GStrvBuilder) cells = g_strv_builder_new ();
      g_auto (GStrv) row = NULL;
      g_autofree char *serial = g_strdup_printf ("%u", i + 1);
      g_autofree char *page = g_strdup_printf ("%u", pages[i]);

      g_strv_builder_add (cells, serial);
      for (guint k = 0; file->cover[k] != NULL; k += 2)
        g_strv_builder_add (cells, file->cover[k + 1]);
      g_strv_builder_add (cells, page);
      row = g_strv_builder_end (cells);
      shequ_page_table_add_row (table, (const char *const *) row, FALSE);
    }
  return table;
}

static void
add_contents (Pen *pen, const GPtrArray *files, const guint *pages)
{
  g_autoptr (ShequPageTable) table = make_contents (files, pages);
  ShequPageType type = { .face = SHEQU_FACE_TITLE, .size = SHEQU_SIZE_2, .align = SHEQU_ALIGN_CENTER };

  turn_page (pen);
  add_block (pen, &type, _ ("Contents"), 4);
  place_table (pen, table);
}

static void
add_feet (ShequDocument *document, const ShequFileBook *book, guint first)
{
  ShequPageType type = { .face = SHEQU_FACE_FIGURE, .size = SHEQU_SIZE_SMALL_5 };
  guint n_pages = shequ_document_get_n_pages (document);
  g_autofree char *left = g_strjoin ("　", book->title, book->office, book->handler, book->moment, NULL);
  g_autofree char *mark = g_strjoin (" ", book->office, book->handler, book->moment, NULL);

  for (guint i = first; i < n_pages; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u / %u", i + 1, n_pages);

      /* A copy or a photo of the sheet tells whose it was. */
      if (book->moment != NULL)
        shequ_paper_page_add_faint_mark (shequ_document_get_page (document, i), mark);
      type.align = SHEQU_ALIGN_LEFT;
      shequ_page_add_fitted (shequ_document_get_page (document, i), &type, left, LEFT, FOOT, WIDTH * 0.75);
      type.align = SHEQU_ALIGN_RIGHT;
      shequ_page_add_fitted (shequ_document_get_page (document, i), &type, number, LEFT + WIDTH * 0.75, FOOT,
                             WIDTH * 0.25);
    }
}

static ShequDocument *
start_document (const ShequFileBook *book, const char *scope)
{
  g_autofree char *title = g_strjoin (" ", book->title, scope, NULL);
  ShequDocument *document = shequ_document_new (title, SHEQU_PAPER_UPRIGHT);

  shequ_document_set_author (document, book->office);
  return document;
}

/* Where the files stand behind so many pages; measured by placing them once. */
static guint *
count_pages (const ShequFileBook *book, const GPtrArray *files, guint before)
{
  g_autoptr (ShequDocument) document = start_document (book, book->scope);
  guint *pages = g_new0 (guint, files->len + 1);
  Pen pen = { document, NULL, 0, NULL };

  for (guint i = 0; i < files->len; i++)
    {
      pages[i] = before + shequ_document_get_n_pages (document) + 1;
      add_file (&pen, files->pdata[i]);
    }
  return pages;
}

static guint
count_contents (const ShequFileBook *book, const GPtrArray *files)
{
  g_autoptr (ShequDocument) document = start_document (book, book->scope);
  g_autofree guint *widest = g_new (guint, files->len + 1);
  Pen pen = { document, NULL, 0, NULL };

  for (guint i = 0; i < files->len; i++)
    widest[i] = 8888;
  add_contents (&pen, files, widest);
  return shequ_document_get_n_pages (document);
}

/**
 * shequ_file_book_new:
 * @book: the frame
 * @files: (element-type ShequFile): the files
 *
 * Sets a book of files of one kind on sheets of A4 to be bound on the left: cover, contents with the numbers
 * of the pages, then one file after the other, each on a page of its own.
 *
 * Returns: (transfer full): the document
 */
ShequDocument *
shequ_file_book_new (const ShequFileBook *book, const GPtrArray *files)
{
  ShequDocument *document;
  g_autofree guint *pages = NULL;
  Pen pen = { 0 };

  g_return_val_if_fail (book != NULL && book->title != NULL && book->office != NULL && files != NULL, NULL);

  document = start_document (book, book->scope);
  pen.document = document;
  pages = count_pages (book, files, 1 + count_contents (book, files));
  add_cover (&pen, book);
  add_contents (&pen, files, pages);
  for (guint i = 0; i < files->len; i++)
    add_file (&pen, files->pdata[i]);
  add_feet (document, book, 1);
  return document;
}

/* What is asked of the cover of a file: whose it is, and lines for the archive to fill in. */
static void
add_folder_cover (Pen *pen, const ShequFileBook *book, const ShequFile *file)
{
  ShequPageType type = { .face = SHEQU_FACE_TITLE, .size = 36, .align = SHEQU_ALIGN_CENTER };
  g_autoptr (ShequPageTable) table = shequ_page_table_new ();
  const char *const lines[] = { _ ("Number of the file"), _ ("To be kept for"), _ ("Filed by"),
                                _ ("Filed on") };

  turn_page (pen);
  pen->y = 70;
  add_block (pen, &type, book->title, 20);
  shequ_page_table_add_column (table, _ ("Item"), FALSE);
  shequ_page_table_add_column (table, _ ("Content"), FALSE);
  for (guint i = 0; file->cover[i] != NULL; i += 2)
    shequ_page_table_add_row (table, (const char *[]){ file->cover[i], file->cover[i + 1], NULL }, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    shequ_page_table_add_row (table, (const char *[]){ lines[i], "", NULL }, FALSE);
  shequ_page_table_set_even (table, 13);
  place_table (pen, table);
  pen->y = 235;
  type = (ShequPageType){ .face = SHEQU_FACE_BODY, .size = SHEQU_SIZE_3, .align = SHEQU_ALIGN_CENTER };
  add_block (pen, &type, book->office, 3);
  add_block (pen, &type, book->date, 0);
}

/* What lies in the file, part by part; the pages are known when it is placed. */
static void
add_inventory (Pen *pen, const ShequFile *file, const GArray *begins)
{
  g_autoptr (ShequPageTable) table = shequ_page_table_new ();
  ShequPageType type = { .face = SHEQU_FACE_TITLE, .size = SHEQU_SIZE_2, .align = SHEQU_ALIGN_CENTER };

  shequ_page_table_add_column (table, _ ("No."), TRUE);
  shequ_page_table_add_column (table, _ ("Content"), FALSE);
  shequ_page_table_add_column (table, _ ("Entries"), TRUE);
  shequ_page_table_add_column (table, _ ("Page"), TRUE);
  shequ_page_table_add_column (table, _ ("Remark"), FALSE);
  for (guint i = 0; i < file->sections->len; i++)
    {
      const ShequFileSection *section = file->sections->pdata[i];
      g_autofree char *serial = g_strdup_printf ("%u", i + 1);
      g_autofree char *entries = g_strdup_printf ("%u", section->rows->len);
      g_autofree char *page =
        g_strdup_printf ("%u", begins != NULL ? g_array_index (begins, guint, i) : 8888);
      const char *const cells[] = { serial, section->title, entries, page, "", NULL };

      shequ_page_table_add_row (table, cells, FALSE);
    }
  turn_page (pen);
  add_block (pen, &type, _ ("Inventory of the file"), 4);
  place_table (pen, table);
}

/**
 * shequ_file_folder_new:
 * @book: the frame; its scope is not shown
 * @file: a file
 *
 * Sets one file to be put away: a cover with lines for the archive, the inventory of its
 * parts with their pages, and the file.
 *
 * Returns: (transfer full): the document
 */
ShequDocument *
shequ_file_folder_new (const ShequFileBook *book, const ShequFile *file)
{
  g_autoptr (ShequDocument) trial = NULL;
  g_autoptr (GArray) begins = g_array_new (FALSE, FALSE, sizeof (guint));
  ShequDocument *document;
  Pen pen = { 0 };

  g_return_val_if_fail (book != NULL && book->title != NULL && book->office != NULL && file != NULL, NULL);

  trial = start_document (book, file->title);
  pen.document = trial;
  add_folder_cover (&pen, book, file);
  add_inventory (&pen, file, NULL);
  pen.begins = begins;
  add_file (&pen, file);
  document = start_document (book, file->title);
  pen = (Pen){ .document = document };
  add_folder_cover (&pen, book, file);
  /* The trial counted its own cover and inventory already. */
  add_inventory (&pen, file, begins);
  add_file (&pen, file);
  add_feet (document, book, 1);
  return document;
}

/**
 * shequ_file_sheet_new:
 * @book: the frame; its scope is not shown
 * @file: a file
 *
 * Sets one file on sheets of A4, without cover.
 *
 * Returns: (transfer full): the document
 */
ShequDocument *
shequ_file_sheet_new (const ShequFileBook *book, const ShequFile *file)
{
  ShequDocument *document;
  Pen pen = { 0 };

  g_return_val_if_fail (book != NULL && book->title != NULL && book->office != NULL && file != NULL, NULL);

  document = start_document (book, file->title);
  pen.document = document;
  add_file (&pen, file);
  add_feet (document, book, 0);
  return document;
}
