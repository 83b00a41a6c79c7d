/* A building as it was read, turned into a picture: what colours a cell, and what its sign says. */
#include "shequ-building-view.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-room.h"

/* The uses of a home: colours far apart for those that matter at a look. */
static const struct
{
  const char *use;
  const char *sign;
  guint slot;
} uses[] = {
  { "own", NC_ ("sign", "O"), 5 },        { "rent", NC_ ("sign", "R"), 1 },
  { "group_rent", NC_ ("sign", "G"), 0 }, { "short_let", NC_ ("sign", "S"), 6 },
  { "lend", NC_ ("sign", "L"), 3 },       { "business", NC_ ("sign", "B"), 2 },
  { "office", NC_ ("sign", "F"), 2 },     { "dorm", NC_ ("sign", "D"), 7 },
  { "other", NC_ ("sign", "?"), 7 },      { "vacant", NC_ ("sign", "–"), SHEQU_PICTURE_PLAIN },
};

/* What is being painted. */
typedef struct
{
  const ShequBuilding *building;
  ShequBuildingColours colours;
  ShequBuildingPicture *picture;
  GHashTable *groups; /* label -> its place + 1 */
} View;

/**
 * shequ_building_colours_get_label:
 * @colours: what colours the cells
 *
 * Returns: (transfer none): in words
 */
const char *
shequ_building_colours_get_label (ShequBuildingColours colours)
{
  static const char *const labels[] = { N_ ("Use of the home"), N_ ("Key groups"), N_ ("Visits due"),
                                        N_ ("Number of people") };

  return _ (labels[colours]);
}

/**
 * shequ_building_has_colours:
 * @building: a building
 * @colours: what would colour its cells
 *
 * Returns: whether there is anything of the kind in this database
 */
gboolean
shequ_building_has_colours (const ShequBuilding *building, ShequBuildingColours colours)
{
  if (colours == SHEQU_BUILDING_BY_TAGS)
    return building->has_tags;
  return colours != SHEQU_BUILDING_BY_VISITS || building->has_visits;
}

/* The group of that name, made when it is first needed: the legend holds what occurs. */
static guint
find_group (View *view, const char *label, const char *sign, guint slot)
{
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (view->groups, label));

  if (place > 0)
    return place - 1;
  place = shequ_building_picture_add_group (view->picture, label, sign, slot);
  g_hash_table_insert (view->groups, g_strdup (label), GUINT_TO_POINTER (place + 1));
  return place;
}

static guint
find_use_group (View *view, const ShequBuildingDwelling *dwelling)
{
  for (guint i = 0; dwelling->use != NULL && i < G_N_ELEMENTS (uses); i++)
    if (g_str_equal (uses[i].use, dwelling->use))
      return find_group (view, dwelling->use_label, g_dpgettext2 (GETTEXT_PACKAGE, "sign", uses[i].sign),
                         uses[i].slot);
  if (dwelling->households->len > 0)
    return find_group (view, _ ("Lived in"), C_ ("sign", "+"), 5);
  return find_group (view, _ ("Nobody entered"), C_ ("sign", "–"), SHEQU_PICTURE_PLAIN);
}

static guint
find_people_group (View *view, gint64 members)
{
  if (members <= 0)
    return find_group (view, _ ("Nobody"), "–", SHEQU_PICTURE_PLAIN);
  if (members == 1)
    return find_group (view, _ ("One person"), "1", 3);
  if (members == 2)
    return find_group (view, _ ("Two people"), "2", 5);
  if (members <= 4)
    return find_group (view, _ ("Three or four"), "3", 2);
  return find_group (view, _ ("Five and more"), "5", 0);
}

static guint
find_place (const View *view, const char *tag)
{
  guint place = 0;

  g_ptr_array_find_with_equal_func (view->building->tags, tag, g_str_equal, &place);
  return place;
}

/* Red is kept for what is overdue; the rarest groups share the last colour, their signs tell them apart. */
static guint
find_named_group (View *view, guint place)
{
  static const guint slots[] = { 5, 1, 3, 2, 6, 0 };
  const char *tag = view->building->tags->pdata[place];
  g_autofree char *sign = g_utf8_substring (tag, 0, 1);

  return find_group (view, tag, sign, place < G_N_ELEMENTS (slots) ? slots[place] : SHEQU_CHART_MOST_SERIES);
}

/* A home of several groups has the colour of the rarest, which is looked for most. */
static guint
find_tag_group (View *view, const ShequBuildingHousehold *household)
{
  guint rarest = 0;

  if (household == NULL || household->tags->len == 0)
    return find_group (view, _ ("None"), "", SHEQU_PICTURE_PLAIN);
  for (guint i = 0; i < household->tags->len; i++)
    rarest = MAX (rarest, find_place (view, household->tags->pdata[i]));
  return find_named_group (view, rarest);
}

/* The signs of all its groups, the commonest first. */
static char *
list_signs (const View *view, const ShequBuildingHousehold *household)
{
  g_autoptr (GString) signs = g_string_new (NULL);

  for (guint i = 0; i < view->building->tags->len; i++)
    if (g_ptr_array_find_with_equal_func (household->tags, view->building->tags->pdata[i], g_str_equal, NULL))
      g_string_append_unichar (signs, g_utf8_get_char (view->building->tags->pdata[i]));
  return g_strdup (signs->str);
}

/* The legend counts the homes of each group, and a home of several at each of them. */
static void
count_tags (View *view)
{
  for (guint place = 0; place < view->building->tags->len; place++)
    {
      guint count = 0;

      for (guint i = 0; i < view->building->dwellings->len; i++)
        {
          const ShequBuildingDwelling *dwelling = view->building->dwellings->pdata[i];

          for (guint k = 0; k < dwelling->households->len; k++)
            count += g_ptr_array_find_with_equal_func (
              ((ShequBuildingHousehold *) dwelling->households->pdata[k])->tags,
              view->building->tags->pdata[place], g_str_equal, NULL);
        }
      shequ_building_picture_set_count (view->picture, find_named_group (view, place), count);
    }
}

static guint
find_cell_group (View *view, const ShequBuildingDwelling *dwelling, const ShequBuildingHousehold *household)
{
  switch (view->colours)
    {
    case SHEQU_BUILDING_BY_TAGS:
      return find_tag_group (view, household);
    case SHEQU_BUILDING_BY_VISITS:
      if (household != NULL && household->visit_due)
        return find_group (view, _ ("Visit due"), C_ ("sign", "V"), 1);
      return find_group (view, _ ("No visit due"), "", SHEQU_PICTURE_PLAIN);
    case SHEQU_BUILDING_BY_PEOPLE:
      return find_people_group (view, household != NULL ? household->members : 0);
    case SHEQU_BUILDING_BY_USE:
    default:
      return find_use_group (view, dwelling);
    }
}

static void
append_part (GString *text, const char *part)
{
  if (part != NULL && *part != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? _ (", ") : "", part);
}

static char *
describe (const View *view, const ShequBuildingDwelling *dwelling, const ShequBuildingHousehold *household)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *floor = dwelling->floor > 0 ? g_strdup_printf (_ ("Floor %d"), dwelling->floor) : NULL;

  append_part (text, view->building->stairwells->pdata[dwelling->stairwell]);
  append_part (text, floor);
  append_part (text, dwelling->room);
  if (household != NULL)
    {
      g_autofree char *people =
        g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d person", "%d people", (gulong) household->members),
                         (int) household->members);

      append_part (text, household->head);
      append_part (text, people);
    }
  append_part (text, dwelling->use_label);
  for (guint i = 0; household != NULL && i < household->tags->len; i++)
    append_part (text, household->tags->pdata[i]);
  append_part (text, household != NULL && household->backbone ? _ ("backbone household") : NULL);
  append_part (text, household != NULL && household->visit_due ? _ ("visit due") : NULL);
  return g_strdup (text->str);
}

static void
add_cell (View *view,
          const ShequBuildingDwelling *dwelling,
          const ShequBuildingHousehold *household,
          int place)
{
  g_autofree char *description = describe (view, dwelling, household);
  g_autofree char *value =
    household != NULL ? g_strdup_printf ("%" G_GINT64_FORMAT, household->members) : NULL;
  g_autofree char *signs =
    view->colours == SHEQU_BUILDING_BY_TAGS && household != NULL ? list_signs (view, household) : NULL;
  ShequPictureCell cell = {
    .id = household != NULL ? household->key : -dwelling->key,
    .stairwell = dwelling->stairwell,
    .floor = dwelling->floor,
    .place = place,
    .label = dwelling->room,
    .value = value,
    .group = find_cell_group (view, dwelling, household),
    .sign = signs,
    .description = description,
  };

  if (household != NULL)
    cell.marked = view->building->has_visits ? household->visit_due : household->backbone;
  shequ_building_picture_add_cell (view->picture, &cell);
}

/**
 * shequ_building_view_new:
 * @building: a building
 * @colours: what colours its cells
 *
 * One cell for each household, and for each home without one. The `id` of a cell is the key of the household;
 * of an empty home it is the key of the dwelling, below zero.
 *
 * Returns: (transfer full): its picture
 */
ShequBuildingPicture *
shequ_building_view_new (const ShequBuilding *building, ShequBuildingColours colours)
{
  g_autoptr (GHashTable) groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  View view = { building, colours, shequ_building_picture_new (building->title), groups };

  shequ_building_picture_set_mark (view.picture,
                                   building->has_visits ? _ ("Visit due") : _ ("Backbone household"));
  for (guint i = 0; i < building->stairwells->len; i++)
    shequ_building_picture_add_stairwell (view.picture, building->stairwells->pdata[i]);
  for (guint i = 0; colours == SHEQU_BUILDING_BY_TAGS && i < building->tags->len; i++)
    find_named_group (&view, i);
  for (guint i = 0; i < building->dwellings->len; i++)
    {
      const ShequBuildingDwelling *dwelling = building->dwellings->pdata[i];
      int place = shequ_room_get_place (dwelling->room);

      if (dwelling->households->len == 0)
        add_cell (&view, dwelling, NULL, place);
      for (guint k = 0; k < dwelling->households->len; k++)
        add_cell (&view, dwelling, dwelling->households->pdata[k], place);
    }
  if (colours == SHEQU_BUILDING_BY_TAGS)
    count_tags (&view);
  return view.picture;
}
