/* Pictures of buildings on paper: one building, or a whole estate as a book to be bound at the left. */
#include "shequ-building-book.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-page-parts.h"
#include "shequ-page-table.h"

#define LEFT 25.0 /* bound there */
#define RIGHT 12.0
#define TOP 14.0
#define FOOT 12.0 /* from the bottom */
#define HEAD 16.0 /* from the top of the page to the picture, besides the margin */
#define LARGEST 15.0
#define SMALLEST 6.5 /* points; below that nobody reads it */
#define FINER 0.5

/* How a building is shared out over sheets. */
typedef struct
{
  guint stairwells; /* on a sheet */
  guint floors;
  double size; /* of the text */
} Share;

typedef struct
{
  const ShequBuildingBook *book;
  ShequDocument *document;
} Pen;

static double
get_width (const Pen *pen)
{
  return shequ_document_get_width (pen->document) - LEFT - RIGHT;
}

static double
get_height (const Pen *pen)
{
  return shequ_document_get_height (pen->document) - TOP - HEAD - FOOT - 8;
}

static gboolean
fits (const Pen *pen, ShequBuildingPicture *picture, double size)
{
  double width, height;

  shequ_building_picture_measure (picture, size, get_width (pen) * SHEQU_POINTS_PER_MM, &width, &height);
  return width <= get_width (pen) * SHEQU_POINTS_PER_MM && height <= get_height (pen) * SHEQU_POINTS_PER_MM;
}

static guint
count_parts (guint whole, guint part)
{
  return MAX (1, (whole + part - 1) / part);
}

static gboolean
parts_fit (const Pen *pen, ShequBuildingPicture *picture, const Share *share)
{
  guint n_stairwells = MAX (1, shequ_building_picture_get_n_stairwells (picture));
  guint n_floors = MAX (1, shequ_building_picture_get_n_floors (picture));

  for (guint s = 0; s < n_stairwells; s += share->stairwells)
    for (guint f = 0; f < n_floors; f += share->floors)
      {
        g_autoptr (ShequBuildingPicture) part =
          shequ_building_picture_new_part (picture, s, share->stairwells, f, share->floors);

        if (!fits (pen, part, share->size))
          return FALSE;
      }
  return TRUE;
}

/* One sheet in the largest type that fits; else the fewest sheets, cut between floors or between stairwells.
 */
static Share
share_out (const Pen *pen, ShequBuildingPicture *picture)
{
  guint n_stairwells = MAX (1, shequ_building_picture_get_n_stairwells (picture));
  guint n_floors = MAX (1, shequ_building_picture_get_n_floors (picture));
  Share share = { n_stairwells, n_floors, LARGEST };

  for (; share.size >= SMALLEST; share.size -= FINER)
    if (fits (pen, picture, share.size))
      return share;
  share.size = SMALLEST;
  for (guint sheets = 2; sheets <= n_stairwells * n_floors; sheets++)
    for (guint across = 1; across <= MIN (sheets, n_stairwells); across++)
      {
        if (sheets % across != 0 || sheets / across > n_floors)
          continue;
        share.stairwells = (n_stairwells + across - 1) / across;
        share.floors = (n_floors + sheets / across - 1) / (sheets / across);
        if (parts_fit (pen, picture, &share))
          return share;
      }
  share.stairwells = share.floors = 1;
  return share;
}

static char *
describe (const Pen *pen, const ShequBuilding *building)
{
  guint households = shequ_building_count_households (building);
  gint64 people = shequ_building_count_people (building);
  g_autofree char *first = g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "%d household", "%d households", households), (int) households);
  g_autofree char *second =
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d person", "%d people", (gulong) people), (int) people);
  g_autofree char *head =
    g_strdup_printf (_ ("Building head: %s"), building->head != NULL ? building->head : C_ ("post", "empty"));

  return g_strjoin ("　", building->grid_title != NULL ? building->grid_title : _ ("In no grid"), head, first,
                    second, shequ_building_colours_get_label (pen->book->colours), NULL);
}

static void
add_part (const Pen *pen,
          const ShequBuilding *building,
          ShequBuildingPicture *part,
          double size,
          guint number,
          guint n_parts)
{
  ShequPaperPage *page = shequ_document_add_page (pen->document);
  ShequPageType type = { .face = SHEQU_FACE_STRONG, .size = SHEQU_SIZE_3 };
  g_autofree char *below = describe (pen, building);
  g_autofree char *title = n_parts > 1 ? g_strdup_printf ("%s (%u/%u)", building->title, number, n_parts)
                                       : g_strdup (building->title);
  double y = TOP;

  y += shequ_page_add_fitted (page, &type, title, LEFT, y, get_width (pen)) + 1;
  type = (ShequPageType){ .face = SHEQU_FACE_FIGURE, .size = SHEQU_SIZE_5 };
  shequ_page_add_fitted (page, &type, below, LEFT, y, get_width (pen));
  if (shequ_building_picture_get_n_cells (part) > 0)
    shequ_paper_page_add_picture (page, part, LEFT, TOP + HEAD, get_width (pen), size);
  else
    shequ_paper_page_add_text (page, &type, _ ("No home of this building is entered yet."), LEFT,
                               TOP + HEAD + 6, get_width (pen));
}

static void
add_building (const Pen *pen, const ShequBuilding *building)
{
  g_autoptr (ShequBuildingPicture) picture = shequ_building_view_new (building, pen->book->colours);
  Share share = share_out (pen, picture);
  guint n_stairwells = MAX (1, shequ_building_picture_get_n_stairwells (picture));
  guint n_floors = MAX (1, shequ_building_picture_get_n_floors (picture));
  guint n_parts = count_parts (n_stairwells, share.stairwells) * count_parts (n_floors, share.floors);
  guint number = 0;

  for (guint s = 0; s < n_stairwells; s += share.stairwells)
    for (guint f = 0; f < n_floors; f += share.floors)
      {
        g_autoptr (ShequBuildingPicture) part =
          shequ_building_picture_new_part (picture, s, share.stairwells, f, share.floors);

        add_part (pen, building, part, share.size, ++number, n_parts);
      }
}

static void
add_feet (const Pen *pen, guint first)
{
  ShequPageType type = { .face = SHEQU_FACE_FIGURE, .size = SHEQU_SIZE_SMALL_5 };
  guint n_pages = shequ_document_get_n_pages (pen->document);
  double y = shequ_document_get_height (pen->document) - FOOT;
  g_autofree char *left = g_strjoin ("　", pen->book->title, pen->book->office, pen->book->date, NULL);

  for (guint i = first; i < n_pages; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u / %u", i + 1, n_pages);
      ShequPaperPage *page = shequ_document_get_page (pen->document, i);

      type.align = SHEQU_ALIGN_LEFT;
      shequ_page_add_fitted (page, &type, left, LEFT, y, get_width (pen) * 0.75);
      type.align = SHEQU_ALIGN_RIGHT;
      shequ_page_add_fitted (page, &type, number, LEFT + get_width (pen) * 0.75, y, get_width (pen) * 0.25);
    }
}

static void
add_cover (const Pen *pen, guint n_buildings)
{
  ShequPaperPage *page = shequ_document_add_page (pen->document);
  ShequPageType type = { .face = SHEQU_FACE_TITLE, .size = 36, .align = SHEQU_ALIGN_CENTER };
  g_autofree char *count = g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "%d building", "%d buildings", n_buildings), (int) n_buildings);
  double height = shequ_document_get_height (pen->document), width = get_width (pen);
  double y = height * 0.3;

  y += shequ_page_add_fitted (page, &type, pen->book->title, LEFT, y, width) + 10;
  type = (ShequPageType){ .face = SHEQU_FACE_NAME, .size = SHEQU_SIZE_3, .align = SHEQU_ALIGN_CENTER };
  if (pen->book->scope != NULL)
    y += shequ_page_add_fitted (page, &type, pen->book->scope, LEFT, y, width) + 4;
  shequ_page_add_fitted (page, &type, count, LEFT, y, width);
  type = (ShequPageType){ .face = SHEQU_FACE_BODY, .size = SHEQU_SIZE_3, .align = SHEQU_ALIGN_CENTER };
  y = height * 0.76;
  y += shequ_page_add_fitted (page, &type, pen->book->office, LEFT, y, width) + 3;
  shequ_page_add_fitted (page, &type, pen->book->date, LEFT, y, width);
}

static ShequPageTable *
make_contents (const GPtrArray *buildings, const guint *pages)
{
  ShequPageTable *table = shequ_page_table_new ();

  shequ_page_table_add_column (table, _ ("Building"), FALSE);
  shequ_page_table_add_column (table, _ ("Building heads"), FALSE);
  shequ_page_table_add_column (table, _ ("Households"), TRUE);
  shequ_page_table_add_column (table, _ ("Number of people"), TRUE);
  shequ_page_table_add_column (table, _ ("Page"), TRUE);
  for (guint i = 0; i < buildings->len; i++)
    {
      const ShequBuilding *building = buildings->pdata[i];
      g_autofree char *households = g_strdup_printf ("%u", shequ_building_count_households (building));
      g_autofree char *people = g_strdup_printf ("%d", (int) shequ_building_count_people (building));
      g_autofree char *page = g_strdup_printf ("%u", pages[i]);
      const char *cells[] = { building->title,
                              building->head != NULL ? building->head : C_ ("post", "empty"),
                              households,
                              people,
                              page,
                              NULL };

      shequ_page_table_add_row (table, cells, FALSE);
    }
  return table;
}

static void
add_contents (const Pen *pen, const GPtrArray *buildings, const guint *pages)
{
  g_autoptr (ShequPageTable) table = make_contents (buildings, pages);
  ShequPageType type = { .face = SHEQU_FACE_TITLE, .size = SHEQU_SIZE_2, .align = SHEQU_ALIGN_CENTER };
  double bottom = shequ_document_get_height (pen->document) - FOOT - 6;
  guint next = 0;

  do
    {
      ShequPaperPage *page = shequ_document_add_page (pen->document);
      double y = TOP;

      if (next == 0)
        y += shequ_page_add_fitted (page, &type, _ ("Contents"), LEFT, y, get_width (pen)) + 4;
      next = shequ_page_table_place (table, page, next, LEFT, &y, get_width (pen), bottom);
    }
  while (next < buildings->len);
}

static ShequDocument *
start_document (const ShequBuildingBook *book, const char *scope)
{
  g_autofree char *title = scope != NULL ? g_strjoin (" ", book->title, scope, NULL) : g_strdup (book->title);
  ShequDocument *document = shequ_document_new (title, book->paper);

  shequ_document_set_author (document, book->office);
  return document;
}

/* Where each building begins; known once all are placed, the contents with numbers as wide as any. */
static guint *
count_pages (const ShequBuildingBook *book, const GPtrArray *buildings)
{
  g_autoptr (ShequDocument) document = start_document (book, book->scope);
  guint *pages = g_new (guint, buildings->len + 1);
  Pen pen = { book, document };

  for (guint i = 0; i < buildings->len; i++)
    pages[i] = 8888;
  add_contents (&pen, buildings, pages);
  for (guint i = 0; i < buildings->len; i++)
    {
      pages[i] = shequ_document_get_n_pages (document) + 2;
      add_building (&pen, buildings->pdata[i]);
    }
  return pages;
}

/**
 * shequ_building_choose_paper:
 * @building: a building
 * @a3: whether the sheets are of A3
 *
 * Returns: how a sheet lies on which the building is largest: across when it is wider than high
 */
ShequPaper
shequ_building_choose_paper (const ShequBuilding *building, gboolean a3)
{
  g_autoptr (ShequBuildingPicture) picture = shequ_building_view_new (building, SHEQU_BUILDING_BY_USE);
  double width, height;

  shequ_building_picture_measure (picture, LARGEST, SHEQU_A4_WIDTH * 2 * SHEQU_POINTS_PER_MM, &width,
                                  &height);
  if (width > height)
    return a3 ? SHEQU_PAPER_A3_ACROSS : SHEQU_PAPER_ACROSS;
  return a3 ? SHEQU_PAPER_A3_UPRIGHT : SHEQU_PAPER_UPRIGHT;
}

/**
 * shequ_building_book_new:
 * @book: the frame
 * @buildings: (element-type ShequBuilding): the buildings of an estate
 *
 * Sets a book to be bound at the left: cover, contents with the numbers of the pages, then each building on a
 * sheet of its own; one too large for a sheet is cut between floors or stairwells.
 *
 * Returns: (transfer full): the document
 */
ShequDocument *
shequ_building_book_new (const ShequBuildingBook *book, const GPtrArray *buildings)
{
  ShequDocument *document;
  g_autofree guint *pages = NULL;
  Pen pen;

  g_return_val_if_fail (book != NULL && book->title != NULL && book->office != NULL && buildings != NULL,
                        NULL);

  document = start_document (book, book->scope);
  pages = count_pages (book, buildings);
  pen = (Pen){ book, document };
  add_cover (&pen, buildings->len);
  add_contents (&pen, buildings, pages);
  for (guint i = 0; i < buildings->len; i++)
    add_building (&pen, buildings->pdata[i]);
  add_feet (&pen, 1);
  return document;
}

/**
 * shequ_building_sheet_new:
 * @book: the frame; its scope is not shown
 * @building: a building
 *
 * Returns: (transfer full): the building alone, without cover
 */
ShequDocument *
shequ_building_sheet_new (const ShequBuildingBook *book, const ShequBuilding *building)
{
  ShequDocument *document;
  Pen pen;

  g_return_val_if_fail (book != NULL && book->title != NULL && book->office != NULL && building != NULL,
                        NULL);

  document = start_document (book, building->title);
  pen = (Pen){ book, document };
  add_building (&pen, building);
  add_feet (&pen, 0);
  return document;
}
