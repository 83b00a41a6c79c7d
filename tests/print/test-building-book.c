/* Buildings on paper: sheets of both sizes, a book whose contents tell the pages, buildings too large for a
 * sheet. */
#include "shequ-building-book.h"

#include <string.h>

#include "print-checks.h"
#include "shequ-locale.h"

static void
household_free (gpointer data)
{
  ShequBuildingHousehold *household = data;

  g_ptr_array_unref (household->tags);
  g_free (household->head);
  g_free (household);
}

static void
dwelling_free (gpointer data)
{
  ShequBuildingDwelling *dwelling = data;

  g_ptr_array_unref (dwelling->households);
  g_free (dwelling->room);
  g_free (dwelling->use);
  g_free (dwelling->use_label);
  g_free (dwelling);
}

static ShequBuildingDwelling *
make_dwelling (guint stairwell, int floor, guint place)
{
  ShequBuildingDwelling *dwelling = g_new0 (ShequBuildingDwelling, 1);
  ShequBuildingHousehold *household = g_new0 (ShequBuildingHousehold, 1);

  dwelling->key = floor * 100 + place;
  dwelling->stairwell = stairwell;
  dwelling->floor = floor;
  dwelling->room = g_strdup_printf ("%d%02u", floor, place);
  dwelling->use = g_strdup (place % 3 == 0 ? "rent" : "own");
  dwelling->use_label = g_strdup (place % 3 == 0 ? "出租" : "自住");
  dwelling->households = g_ptr_array_new_with_free_func (household_free);
  household->key = dwelling->key;
  household->members = 3;
  household->tags = g_ptr_array_new_with_free_func (g_free);
  if (place % 2 == 0)
    g_ptr_array_add (household->tags, g_strdup ("老年"));
  g_ptr_array_add (dwelling->households, household);
  return dwelling;
}

static ShequBuilding *
make_building (guint number, guint stairwells, int floors, guint rooms)
{
  ShequBuilding *building = g_new0 (ShequBuilding, 1);

  building->key = number;
  building->title = g_strdup_printf ("幸福小区 %u号楼", number);
  building->grid_title = g_strdup ("第一网格");
  building->head = number % 2 == 0 ? NULL : g_strdup ("王秀英");
  building->stairwells = g_ptr_array_new_with_free_func (g_free);
  building->dwellings = g_ptr_array_new_with_free_func (dwelling_free);
  building->tags = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (building->tags, g_strdup ("老年"));
  building->has_tags = TRUE;
  for (guint s = 0; s < stairwells; s++)
    {
      g_ptr_array_add (building->stairwells, g_strdup_printf ("%u单元", s + 1));
      for (int f = floors; f > 0; f--)
        for (guint r = 1; r <= rooms; r++)
          g_ptr_array_add (building->dwellings, make_dwelling (s, f, r));
    }
  return building;
}

static ShequBuildingBook
make_book (ShequPaper paper)
{
  return (ShequBuildingBook){ .title = "楼栋情况图",
                              .scope = "幸福小区",
                              .office = "桃北区沿河街道春风社区居民委员会",
                              .date = "2026年11月22日",
                              .paper = paper,
                              .colours = SHEQU_BUILDING_BY_USE };
}

/* The size of the sheets in points, as pdfinfo says it. */
static void
test_papers (void)
{
  static const struct
  {
    ShequPaper paper;
    const char *size;
  } papers[] = {
    { SHEQU_PAPER_UPRIGHT, "595.276 x 841.89 pts (A4)" },
    { SHEQU_PAPER_ACROSS, "841.89 x 595.276 pts (A4)" },
    { SHEQU_PAPER_A3_UPRIGHT, "841.89 x 1190.55 pts (A3)" },
    { SHEQU_PAPER_A3_ACROSS, "1190.55 x 841.89 pts (A3)" },
  };
  g_autoptr (ShequBuilding) building = make_building (3, 3, 6, 2);

  for (guint i = 0; i < G_N_ELEMENTS (papers); i++)
    {
      ShequBuildingBook book = make_book (papers[i].paper);
      g_autoptr (ShequDocument) document = shequ_building_sheet_new (&book, building);
      g_autofree char *info = check_pdf (document, "pdfinfo", NULL);
      g_autofree char *text = check_pdf (document, "pdftotext", "-raw");

      g_test_message ("%s", info);
      g_assert_nonnull (strstr (info, papers[i].size));
      g_assert_cmpuint (shequ_document_get_n_pages (document), ==, 1);
      g_assert_nonnull (strstr (text, "幸福小区 3号楼"));
      g_assert_nonnull (strstr (text, "王秀英"));
      g_assert_nonnull (strstr (text, "3单元"));
      g_assert_nonnull (strstr (text, "602"));
      g_assert_nonnull (strstr (text, "自住 36"));
    }
}

static guint
count (const char *text, const char *wanted)
{
  guint found = 0;

  for (const char *at = strstr (text, wanted); at != NULL; at = strstr (at + 1, wanted))
    found++;
  return found;
}

/* Every home is on one sheet and on one only, whatever the building. */
static void
test_large (void)
{
  static const struct
  {
    guint stairwells;
    int floors;
    guint rooms;
  } buildings[] = { { 1, 100, 8 }, { 60, 6, 2 }, { 4, 34, 6 }, { 1, 1, 90 } };

  for (guint i = 0; i < G_N_ELEMENTS (buildings); i++)
    {
      ShequBuildingBook book = make_book (SHEQU_PAPER_UPRIGHT);
      g_autoptr (ShequBuilding) building =
        make_building (8, buildings[i].stairwells, buildings[i].floors, buildings[i].rooms);
      g_autoptr (ShequDocument) document = shequ_building_sheet_new (&book, building);
      g_autofree char *text = check_pdf (document, "pdftotext", "-raw");
      g_autofree char *last = g_strdup_printf ("%u单元", buildings[i].stairwells);

      g_test_message ("%u stairwells, %d floors: %u sheets", buildings[i].stairwells, buildings[i].floors,
                      shequ_document_get_n_pages (document));
      g_assert_cmpuint (shequ_document_get_n_pages (document), <=, 6);
      g_assert_nonnull (strstr (text, last));
      if (buildings[i].floors == 100)
        for (int f = 1; f <= 100; f++)
          {
            g_autofree char *room = g_strdup_printf ("%d08", f);

            g_assert_cmpuint (count (text, room), >=, 1);
          }
    }
}

/* Nothing is printed where the book is bound. */
static void
test_margin (void)
{
  ShequBuildingBook book = make_book (SHEQU_PAPER_ACROSS);
  g_autoptr (ShequBuilding) building = make_building (8, 12, 18, 4);
  g_autoptr (ShequDocument) document = shequ_building_sheet_new (&book, building);

  for (guint i = 0; i < shequ_document_get_n_pages (document); i++)
    for (double y = 12; y < 200; y += 12)
      g_assert_cmpuint (count_ink (document, i, 12, y, 11.5, y - 11, y + 11), ==, 0);
  g_assert_cmpuint (count_ink (document, 0, 60, 80, 30, 60, 100), >, 1000);
}

/* The page on which each building begins is the one that the contents name. */
static void
test_book (void)
{
  ShequBuildingBook book = make_book (SHEQU_PAPER_UPRIGHT);
  g_autoptr (GPtrArray) buildings = g_ptr_array_new_with_free_func ((GDestroyNotify) shequ_building_free);
  g_autoptr (ShequDocument) document = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) pages = NULL;

  for (guint i = 1; i <= 12; i++)
    g_ptr_array_add (buildings, make_building (i, i == 5 ? 8 : 3, i == 5 ? 34 : 6, i == 5 ? 6 : 2));
  document = shequ_building_book_new (&book, buildings);
  check_sheet (document, shequ_document_get_n_pages (document));
  text = check_pdf (document, "pdftotext", "-layout");
  pages = g_strsplit (text, "\f", -1);
  g_assert_nonnull (strstr (pages[0], "楼栋情况图"));
  g_assert_nonnull (strstr (pages[0], "12栋"));
  g_assert_nonnull (strstr (pages[1], "目录"));
  g_assert_cmpuint (shequ_document_get_n_pages (document), >, 14);
  for (guint i = 1; i <= 12; i++)
    {
      g_autofree char *pattern = g_strdup_printf ("(?m)^\\s*幸福小区 %u号楼 .*\\s(\\d+)\\s*$", i);
      g_autofree char *title = g_strdup_printf ("幸福小区 %u号楼", i);
      g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
      g_autoptr (GMatchInfo) match = NULL;
      g_autofree char *number = NULL;

      g_assert_true (g_regex_match (regex, pages[1], 0, &match));
      number = g_match_info_fetch (match, 1);
      g_assert_true (g_str_has_prefix (g_strchug (pages[atoi (number) - 1]), title));
    }
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/building-book/papers", test_papers);
  g_test_add_func ("/building-book/large", test_large);
  g_test_add_func ("/building-book/margin", test_margin);
  g_test_add_func ("/building-book/book", test_book);
  return g_test_run ();
}
