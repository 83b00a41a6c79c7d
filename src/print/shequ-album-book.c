#include "shequ-album-book.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-page-parts.h"

/* Bound on the left; two beside each other, four below. */
#define LEFT 25.0
#define WIDTH (SHEQU_A4_WIDTH - LEFT - 15)
#define TOP 20.0
#define COLUMNS 2
#define ROWS 4
#define GAP 5.0
#define CELL_WIDTH ((WIDTH - GAP) / COLUMNS)
#define CELL_HEIGHT 60.0
#define FOOT (SHEQU_A4_HEIGHT - 16)

/* A photograph as it is glued into papers, 30 by 40 millimetres. */
#define PHOTO_WIDTH 30.0
#define PHOTO_HEIGHT 40.0
#define INSET 3.0

static void
add_frame (ShequPaperPage *page, double x, double y, double width, double height, double weight)
{
  shequ_paper_page_add_line (page, x, y, x + width, y, weight);
  shequ_paper_page_add_line (page, x, y + height, x + width, y + height, weight);
  shequ_paper_page_add_line (page, x, y, x, y + height, weight);
  shequ_paper_page_add_line (page, x + width, y, x + width, y + height, weight);
}

/* Who has none yet gets room to glue one in. */
static void
add_photo (ShequPaperPage *page, const ShequAlbumEntry *entry, double x, double y)
{
  ShequPageType type = { .face = SHEQU_FACE_BODY, .size = SHEQU_SIZE_SMALL_5, .align = SHEQU_ALIGN_CENTER };

  if (entry->picture != NULL &&
      shequ_paper_page_add_photo (page, entry->picture, x, y, PHOTO_WIDTH, PHOTO_HEIGHT))
    return;
  add_frame (page, x, y, PHOTO_WIDTH, PHOTO_HEIGHT, 0.15);
  shequ_paper_page_add_text (page, &type, _ ("No picture"), x, y + PHOTO_HEIGHT / 2 - 2, PHOTO_WIDTH);
}

static void
add_entry (ShequPaperPage *page, const ShequAlbumEntry *entry, double x, double y)
{
  ShequPageType name = { .face = SHEQU_FACE_NAME, .size = SHEQU_SIZE_4, .lines = 1 };
  ShequPageType fact = { .face = SHEQU_FACE_BODY, .size = SHEQU_SIZE_5, .lines = 2 };
  double left = x + INSET + PHOTO_WIDTH + INSET, width = CELL_WIDTH - PHOTO_WIDTH - INSET * 3;
  double bottom = y + CELL_HEIGHT - INSET;

  add_frame (page, x, y, CELL_WIDTH, CELL_HEIGHT, 0.2);
  add_photo (page, entry, x + INSET, y + INSET);
  y += INSET;
  y += shequ_paper_page_add_text (page, &name, entry->title, left, y, width) + 2;
  for (guint i = 0; entry->facts[i] != NULL && entry->facts[i + 1] != NULL; i += 2)
    {
      g_autofree char *text = g_strdup_printf (_ ("%s: %s"), entry->facts[i], entry->facts[i + 1]);

      if (y + shequ_paper_page_measure (page, &fact, text, width, NULL) > bottom)
        break;
      y += shequ_paper_page_add_text (page, &fact, text, left, y, width) + 1;
    }
}

static void
add_cover (ShequDocument *document, const ShequAlbumBook *book, guint n_entries)
{
  ShequPaperPage *page = shequ_document_add_page (document);
  ShequPageType type = { .face = SHEQU_FACE_TITLE, .size = 36, .align = SHEQU_ALIGN_CENTER };
  g_autofree char *count =
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u person", "%u persons", n_entries), n_entries);
  double y = 90;

  y += shequ_paper_page_add_text (page, &type, book->title, LEFT, y, WIDTH) + 10;
  type = (ShequPageType){ .face = SHEQU_FACE_NAME, .size = SHEQU_SIZE_3, .align = SHEQU_ALIGN_CENTER };
  shequ_paper_page_add_text (page, &type, count, LEFT, y, WIDTH);
  type = (ShequPageType){ .face = SHEQU_FACE_BODY, .size = SHEQU_SIZE_3, .align = SHEQU_ALIGN_CENTER };
  y = 225;
  y += shequ_paper_page_add_text (page, &type, book->office, LEFT, y, WIDTH) + 3;
  shequ_paper_page_add_text (page, &type, book->date, LEFT, y, WIDTH);
}

static void
add_foot (ShequPaperPage *page, const ShequAlbumBook *book, guint number, guint n_pages)
{
  ShequPageType type = { .face = SHEQU_FACE_FIGURE, .size = SHEQU_SIZE_SMALL_5 };
  g_autofree char *left = g_strjoin ("　", book->title, book->office, NULL);
  g_autofree char *right = g_strdup_printf ("%u / %u", number, n_pages);

  shequ_page_add_fitted (page, &type, left, LEFT, FOOT, WIDTH * 0.75);
  type.align = SHEQU_ALIGN_RIGHT;
  shequ_page_add_fitted (page, &type, right, LEFT + WIDTH * 0.75, FOOT, WIDTH * 0.25);
}

/**
 * shequ_album_book_new:
 * @book: the frame
 * @entries: (element-type ShequAlbumEntry): the records
 *
 * Sets an album on sheets of A4 to be bound on the left: a cover, then eight to a page, each with picture,
 * name and what the list tells.
 *
 * Returns: (transfer full): the document
 */
ShequDocument *
shequ_album_book_new (const ShequAlbumBook *book, const GPtrArray *entries)
{
  ShequDocument *document = shequ_document_new (book->title, SHEQU_PAPER_UPRIGHT);
  guint n_pages;

  shequ_document_set_author (document, book->office);
  add_cover (document, book, entries->len);
  for (guint i = 0; i < entries->len; i++)
    {
      guint place = i % (COLUMNS * ROWS);
      ShequPaperPage *page =
        place == 0 ? shequ_document_add_page (document)
                   : shequ_document_get_page (document, shequ_document_get_n_pages (document) - 1);

      add_entry (page, entries->pdata[i], LEFT + (place % COLUMNS) * (CELL_WIDTH + GAP),
                 TOP + place / COLUMNS * (CELL_HEIGHT + GAP));
    }
  n_pages = shequ_document_get_n_pages (document);
  for (guint i = 1; i < n_pages; i++)
    add_foot (shequ_document_get_page (document, i), book, i + 1, n_pages);
  return document;
}
