/*
 * Where the cells of a building lie.
 *
 * Stairwells stand side by side as long as there is room, then in further bands below. In a stairwell each
 * place on the floor has a column of its own, so that homes of one line stand above each other; a floor of
 * more homes than MOST_ALONG, as a row of single-storey houses, is broken into several lines.
 */
#include "shequ-building-layout.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define CELL_WIDTH 4.1 /* all in heights of the text */
#define CELL_HEIGHT 2.7
#define CELL_GAP 0.25
#define BLOCK_GAP 1.1
#define FLOOR_WIDTH 4.4
#define HEAD_HEIGHT 1.9
#define BAND_GAP 1.4
#define LEGEND_HEIGHT 1.9
#define LEGEND_GAP 1.4
#define MOST_ALONG 12

/* One stairwell: which places it has, and its columns. */
typedef struct
{
  GArray *places; /* of int, sorted */
  guint columns;
  gboolean by_rank; /* places do not help: cells of a floor stand one after the other */
} Block;

typedef struct
{
  ShequBuildingPicture *picture;
  ShequBuildingLayout *layout;
  Block *blocks;
  double unit;
  double y;
} Layout;

static void
clear_note (gpointer data)
{
  g_free (((ShequPictureNote *) data)->text);
}

static GArray *
notes_new (void)
{
  GArray *notes = g_array_new (FALSE, FALSE, sizeof (ShequPictureNote));

  g_array_set_clear_func (notes, clear_note);
  return notes;
}

void
shequ_building_layout_free (ShequBuildingLayout *layout)
{
  g_array_unref (layout->cells);
  g_array_unref (layout->legend);
  g_array_unref (layout->heads);
  g_array_unref (layout->floors);
  g_free (layout);
}

static void
add_note (GArray *notes, double x, double y, double width, double height, char *text)
{
  ShequPictureNote note = { { x, y, width, height }, text };

  g_array_append_val (notes, note);
}

static void
add_place (GArray *places, int place)
{
  guint at = 0;

  while (at < places->len && g_array_index (places, int, at) < place)
    at++;
  if (at == places->len || g_array_index (places, int, at) != place)
    g_array_insert_val (places, at, place);
}

/* How many cells of a stairwell lie on a floor. */
static guint
count_on_floor (ShequBuildingPicture *picture, guint stairwell, int floor)
{
  guint count = 0;

  for (guint i = 0; i < shequ_building_picture_get_n_cells (picture); i++)
    {
      const ShequPictureCell *cell = shequ_building_picture_get_cell (picture, i);

      count += cell->stairwell == stairwell && cell->floor == floor;
    }
  return count;
}

static gboolean
has_twins (ShequBuildingPicture *picture, guint stairwell)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i < shequ_building_picture_get_n_cells (picture); i++)
    {
      const ShequPictureCell *cell = shequ_building_picture_get_cell (picture, i);
      gint64 spot = ((gint64) cell->floor << 32) + cell->place;

      if (cell->stairwell == stairwell && !g_hash_table_add (seen, g_memdup2 (&spot, sizeof spot)))
        return TRUE;
    }
  return FALSE;
}

/* Doors that say no place, two doors of one place, or many more places than homes on a floor: by rank. */
static void
set_up_block (Layout *layout, guint stairwell)
{
  Block *block = &layout->blocks[stairwell];
  GArray *floors = shequ_building_picture_get_floors (layout->picture);
  guint most = 1;

  block->places = g_array_new (FALSE, FALSE, sizeof (int));
  for (guint i = 0; i < shequ_building_picture_get_n_cells (layout->picture); i++)
    {
      const ShequPictureCell *cell = shequ_building_picture_get_cell (layout->picture, i);

      if (cell->stairwell == stairwell)
        add_place (block->places, cell->place);
    }
  for (guint i = 0; i < floors->len; i++)
    most = MAX (most, count_on_floor (layout->picture, stairwell, g_array_index (floors, int, i)));
  block->by_rank =
    most > MOST_ALONG || block->places->len > most + 2 || has_twins (layout->picture, stairwell);
  block->columns = MIN (MAX (block->by_rank ? most : block->places->len, 1), MOST_ALONG);
}

static double
get_block_width (const Layout *layout, guint stairwell)
{
  guint columns = layout->blocks[stairwell].columns;

  return (columns * CELL_WIDTH + (columns - 1) * CELL_GAP) * layout->unit;
}

static guint
find_place (const GArray *places, int place)
{
  guint at = 0;

  while (at < places->len && g_array_index (places, int, at) != place)
    at++;
  return at;
}

static char *
name_floor (int floor)
{
  if (floor == 0)
    return g_strdup (_ ("No floor"));
  return g_strdup_printf (floor < 0 ? _ ("Basement %d") : _ ("Floor %d"), ABS (floor));
}

/* Places the cells of a stairwell on a floor; returns how many lines they take. */
static guint
place_cells (Layout *layout, guint stairwell, int floor, double x, double y)
{
  const Block *block = &layout->blocks[stairwell];
  guint rank = 0, lines = 0;

  for (guint i = 0; i < shequ_building_picture_get_n_cells (layout->picture); i++)
    {
      const ShequPictureCell *cell = shequ_building_picture_get_cell (layout->picture, i);
      ShequPictureBox *box = &g_array_index (layout->layout->cells, ShequPictureBox, i);
      guint at;

      if (cell->stairwell != stairwell || cell->floor != floor)
        continue;
      at = block->by_rank ? rank++ : find_place (block->places, cell->place);
      box->x = x + at % block->columns * (CELL_WIDTH + CELL_GAP) * layout->unit;
      box->y = y + at / block->columns * (CELL_HEIGHT + CELL_GAP) * layout->unit;
      box->width = CELL_WIDTH * layout->unit;
      box->height = CELL_HEIGHT * layout->unit;
      lines = MAX (lines, at / block->columns + 1);
    }
  return lines;
}

static void
place_floor (Layout *layout, guint first, guint last, int floor)
{
  double x = FLOOR_WIDTH * layout->unit;
  double height;
  guint lines = 0;

  for (guint i = first; i < last; i++)
    {
      guint taken = place_cells (layout, i, floor, x, layout->y);

      lines = MAX (lines, taken);
      x += get_block_width (layout, i) + BLOCK_GAP * layout->unit;
    }
  if (lines == 0)
    return;
  height = lines * (CELL_HEIGHT + CELL_GAP) * layout->unit;
  add_note (layout->layout->floors, 0, layout->y, (FLOOR_WIDTH - 0.5) * layout->unit,
            height - CELL_GAP * layout->unit, name_floor (floor));
  layout->y += height;
}

static void
place_heads (Layout *layout, guint first, guint last)
{
  double x = FLOOR_WIDTH * layout->unit;
  gboolean named = FALSE;

  for (guint i = first; i < last; i++)
    {
      const char *name = shequ_building_picture_get_stairwell (layout->picture, i);
      double width = get_block_width (layout, i);

      if (*name != '\0')
        {
          add_note (layout->layout->heads, x, layout->y, width, HEAD_HEIGHT * layout->unit, g_strdup (name));
          named = TRUE;
        }
      x += width;
      layout->layout->width = MAX (layout->layout->width, x);
      x += BLOCK_GAP * layout->unit;
    }
  if (named)
    layout->y += HEAD_HEIGHT * layout->unit;
}

/* As many stairwells as fit side by side, at least one. */
static guint
find_end_of_band (const Layout *layout, guint first)
{
  double x = FLOOR_WIDTH * layout->unit;
  guint last = first;

  while (last < shequ_building_picture_get_n_stairwells (layout->picture))
    {
      x += get_block_width (layout, last);
      if (last > first && x > layout->layout->most_width)
        break;
      x += BLOCK_GAP * layout->unit;
      last++;
    }
  return last;
}

static void
place_bands (Layout *layout)
{
  GArray *floors = shequ_building_picture_get_floors (layout->picture);
  guint n_stairwells = shequ_building_picture_get_n_stairwells (layout->picture);

  for (guint first = 0; first < n_stairwells;)
    {
      guint last = find_end_of_band (layout, first);

      if (first > 0)
        layout->y += BAND_GAP * layout->unit;
      place_heads (layout, first, last);
      for (guint i = 0; i < floors->len; i++)
        place_floor (layout, first, last, g_array_index (floors, int, i));
      first = last;
    }
}

/* Wide signs count as one height, narrow ones as half; near enough to keep lines of the legend apart. */
static double
estimate_width (const char *text)
{
  double width = 0;

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    width += g_unichar_iswide (g_utf8_get_char (c)) ? 1.05 : 0.62;
  return width;
}

static void
add_legend_line (Layout *layout, double *x, char *text)
{
  double width = (2.4 + estimate_width (text)) * layout->unit;

  if (*x > 0 && *x + width > layout->layout->most_width)
    {
      *x = 0;
      layout->y += LEGEND_HEIGHT * layout->unit;
    }
  add_note (layout->layout->legend, *x, layout->y, width, LEGEND_HEIGHT * layout->unit, text);
  layout->layout->width = MAX (layout->layout->width, *x + width);
  *x += width + LEGEND_GAP * layout->unit;
}

static void
place_legend (Layout *layout)
{
  const char *mark = shequ_building_picture_get_mark (layout->picture);
  double x = 0;

  for (guint i = 0; i < shequ_building_picture_get_n_groups (layout->picture); i++)
    {
      const ShequPictureGroup *group = shequ_building_picture_get_group (layout->picture, i);

      add_legend_line (layout, &x, g_strdup_printf ("%s %u", group->label, group->count));
    }
  if (mark != NULL)
    add_legend_line (layout, &x, g_strdup (mark));
  layout->y += (LEGEND_HEIGHT + 0.6) * layout->unit;
}

ShequBuildingLayout *
shequ_building_layout_new (ShequBuildingPicture *picture, double font_size, double most_width)
{
  ShequBuildingLayout *made = g_new0 (ShequBuildingLayout, 1);
  guint n_stairwells = shequ_building_picture_get_n_stairwells (picture);
  g_autofree Block *blocks = g_new0 (Block, n_stairwells + 1);
  Layout layout = { picture, made, blocks, font_size, 0 };

  made->font_size = font_size;
  made->most_width = most_width;
  made->cells = g_array_new (FALSE, TRUE, sizeof (ShequPictureBox));
  g_array_set_size (made->cells, shequ_building_picture_get_n_cells (picture));
  made->legend = notes_new ();
  made->heads = notes_new ();
  made->floors = notes_new ();
  for (guint i = 0; i < n_stairwells; i++)
    set_up_block (&layout, i);
  place_legend (&layout);
  place_bands (&layout);
  made->height = layout.y;
  for (guint i = 0; i < n_stairwells; i++)
    g_array_unref (blocks[i].places);
  return made;
}
