/* The picture of a building: ordinary ones, and odd ones. */
#include "shequ-building-picture.h"
#include "shequ-locale.h"

#define FONT 13.0
#define WIDTH 900.0

typedef struct
{
  const char *name;
  guint stairwells;
  int floors;
  guint rooms;
  gboolean named; /* stairwells have names */
  gboolean no_floors;
  int missing; /* a floor without homes */
} Odd;

static const Odd odds[] = {
  { "ordinary", 3, 6, 2, TRUE, FALSE, 0 },           { "one-home", 1, 1, 1, FALSE, FALSE, 0 },
  { "missing-floors", 2, 18, 4, TRUE, FALSE, 13 },   { "no-stairwells", 1, 1, 60, FALSE, FALSE, 0 },
  { "sixty-stairwells", 60, 6, 2, TRUE, FALSE, 0 },  { "hundred-floors", 1, 100, 8, TRUE, FALSE, 4 },
  { "rooms-without-floor", 2, 5, 3, TRUE, TRUE, 0 },
};

static ShequBuildingPicture *
build (const Odd *odd)
{
  ShequBuildingPicture *picture = shequ_building_picture_new ("幸福小区 3号楼");
  gint64 id = 0;

  shequ_building_picture_set_mark (picture, "该走访");
  shequ_building_picture_add_group (picture, "自住", "自", 5);
  shequ_building_picture_add_group (picture, "出租", "租", 1);
  shequ_building_picture_add_group (picture, "空置", "–", SHEQU_PICTURE_PLAIN);
  for (guint s = 0; s < odd->stairwells; s++)
    {
      g_autofree char *name = odd->named ? g_strdup_printf ("%u单元", s + 1) : g_strdup ("");

      shequ_building_picture_add_stairwell (picture, name);
      for (int f = 1; f <= odd->floors; f++)
        for (guint r = 1; f != odd->missing && r <= odd->rooms; r++)
          {
            g_autofree char *label = g_strdup_printf ("%d%02u", f, r);
            ShequPictureCell cell = { .id = id + 1,
                                      .stairwell = s,
                                      .floor = odd->no_floors ? 0 : f,
                                      .place = (int) r,
                                      .label = label,
                                      .value = "3",
                                      .group = (guint) (id + 1) % 3,
                                      .marked = (id + 1) % 7 == 0,
                                      .description = label };

            shequ_building_picture_add_cell (picture, &cell);
            id++;
          }
    }
  return picture;
}

static gboolean
overlap (const ShequPictureBox *one, const ShequPictureBox *other)
{
  return one->x < other->x + other->width && other->x < one->x + one->width &&
         one->y < other->y + other->height && other->y < one->y + one->height;
}

static void
check_boxes (ShequBuildingPicture *picture, double width, double height)
{
  guint n = shequ_building_picture_get_n_cells (picture);
  g_autofree ShequPictureBox *boxes = g_new (ShequPictureBox, n);

  for (guint i = 0; i < n; i++)
    {
      g_assert_true (shequ_building_picture_get_box (picture, FONT, WIDTH, i, &boxes[i]));
      g_assert_cmpfloat (boxes[i].x, >=, 0);
      g_assert_cmpfloat (boxes[i].x + boxes[i].width, <=, width + 0.01);
      g_assert_cmpfloat (boxes[i].y + boxes[i].height, <=, height + 0.01);
      for (guint k = 0; k < i; k++)
        g_assert_false (overlap (&boxes[i], &boxes[k]));
      g_assert_cmpuint (shequ_building_picture_hit (picture, FONT, WIDTH, boxes[i].x + boxes[i].width / 2,
                                                    boxes[i].y + boxes[i].height / 2),
                        ==, i);
    }
}

/* With the arrow keys alone one gets everywhere. */
static void
check_steps (ShequBuildingPicture *picture)
{
  static const int ways[][2] = { { 1, 0 }, { -1, 0 }, { 0, 1 }, { 0, -1 } };
  guint n = shequ_building_picture_get_n_cells (picture);
  g_autofree gboolean *reached = g_new0 (gboolean, n);
  g_autoptr (GArray) waiting = g_array_new (FALSE, FALSE, sizeof (guint));
  guint start = shequ_building_picture_step (picture, FONT, WIDTH, SHEQU_PICTURE_NONE, 1, 0);

  g_array_append_val (waiting, start);
  reached[start] = TRUE;
  for (guint i = 0; i < waiting->len; i++)
    for (guint w = 0; w < G_N_ELEMENTS (ways); w++)
      {
        guint next = shequ_building_picture_step (picture, FONT, WIDTH, g_array_index (waiting, guint, i),
                                                  ways[w][0], ways[w][1]);

        if (!reached[next])
          g_array_append_val (waiting, next);
        reached[next] = TRUE;
      }
  g_assert_cmpuint (waiting->len, ==, n);
}

/* Whether anything but the ground was painted where the box lies. */
static gboolean
is_inked (cairo_surface_t *surface, const ShequPictureBox *box)
{
  const guchar *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  gboolean inked = FALSE;

  for (int y = (int) box->y + 1; y < (int) (box->y + box->height); y++)
    for (int x = (int) box->x + 1; x < (int) (box->x + box->width); x++)
      inked = inked || *(const guint32 *) (const void *) (data + y * stride + x * 4) != 0xffffffff;
  return inked;
}

static void
check_ink (ShequBuildingPicture *picture, double width, double height)
{
  cairo_surface_t *surface =
    cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) width + 1, (int) height + 1);
  cairo_t *cr = cairo_create (surface);
  ShequChartStyle style = shequ_chart_style_for (SHEQU_CHART_PAPER);

  style.font_size = FONT;
  shequ_building_picture_draw (picture, cr, WIDTH, &style, 0);
  cairo_surface_flush (surface);
  for (guint i = 0; i < shequ_building_picture_get_n_cells (picture); i += 7)
    {
      ShequPictureBox box;

      shequ_building_picture_get_box (picture, FONT, WIDTH, i, &box);
      g_assert_true (is_inked (surface, &box));
    }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static void
test_odd (gconstpointer data)
{
  const Odd *odd = data;
  g_autoptr (ShequBuildingPicture) picture = build (odd);
  double width, height;

  shequ_building_picture_measure (picture, FONT, WIDTH, &width, &height);
  g_assert_cmpuint (shequ_building_picture_get_n_floors (picture), ==,
                    odd->no_floors ? 1 : (guint) odd->floors - (odd->missing > 0));
  /* Whatever the building, it keeps to the width: a row of sixty houses and sixty stairwells, too. */
  g_assert_cmpfloat (width, <=, WIDTH);
  check_boxes (picture, width, height);
  check_steps (picture);
  check_ink (picture, width, height);
}

/* Homes of one line stand above each other, also where one is lacking below. */
static void
test_lines (void)
{
  g_autoptr (ShequBuildingPicture) picture = shequ_building_picture_new ("楼");
  static const struct
  {
    int floor;
    int place;
  } homes[] = { { 1, 2 }, { 2, 1 }, { 2, 2 } };
  ShequPictureBox low, high;

  shequ_building_picture_add_stairwell (picture, "1单元");
  shequ_building_picture_add_group (picture, "自住", "自", 0);
  for (guint i = 0; i < G_N_ELEMENTS (homes); i++)
    {
      ShequPictureCell cell = { .floor = homes[i].floor, .place = homes[i].place, .label = "x" };

      shequ_building_picture_add_cell (picture, &cell);
    }
  shequ_building_picture_get_box (picture, FONT, WIDTH, 0, &low);
  shequ_building_picture_get_box (picture, FONT, WIDTH, 2, &high);
  g_assert_cmpfloat (low.x, ==, high.x);
  g_assert_cmpfloat (low.y, >, high.y);
}

static void
test_part (void)
{
  g_autoptr (ShequBuildingPicture) picture = build (&odds[5]);
  g_autoptr (ShequBuildingPicture) top = shequ_building_picture_new_part (picture, 0, 1, 0, 40);
  g_autoptr (ShequBuildingPicture) bottom = shequ_building_picture_new_part (picture, 0, 1, 80, 40);

  g_assert_cmpuint (shequ_building_picture_get_n_floors (top), ==, 40);
  g_assert_cmpuint (shequ_building_picture_get_n_cells (top), ==, 320);
  g_assert_cmpint (shequ_building_picture_get_cell (top, 0)->floor, ==, 61);
  g_assert_cmpuint (shequ_building_picture_get_n_floors (bottom), ==, 19);
  g_assert_cmpuint (shequ_building_picture_get_group (top, 0)->count, ==,
                    shequ_building_picture_get_group (picture, 0)->count);
}

static void
test_words (void)
{
  g_autoptr (ShequBuildingPicture) picture = build (&odds[0]);
  g_autofree char *words = shequ_building_picture_describe (picture);

  g_assert_nonnull (g_strstr_len (words, -1, "36"));
  g_assert_nonnull (g_strstr_len (words, -1, "自住"));
  g_assert_cmpuint (shequ_building_picture_find (picture, 5), ==, 4);
  g_assert_cmpuint (shequ_building_picture_find (picture, 500), ==, SHEQU_PICTURE_NONE);
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (odds); i++)
    {
      g_autofree char *path = g_strconcat ("/building/odd/", odds[i].name, NULL);

      g_test_add_data_func (path, &odds[i], test_odd);
    }
  g_test_add_func ("/building/lines", test_lines);
  g_test_add_func ("/building/part", test_part);
  g_test_add_func ("/building/words", test_words);
  return g_test_run ();
}
