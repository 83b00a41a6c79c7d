/*
 * Who answers for a place: the way from it up to the district, and for each place on it who holds its posts
 * on the side of the party and on that of self-government.
 */
#include "shequ-network.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-error.h"
#include "shequ-search.h"

/* No tree of offices or grids is deeper; a circle ends here. */
#define DEEPEST 12

/* What is to be collected of one chain. */
typedef struct
{
  ShequOffice *office;
  GCancellable *cancellable;
  ShequNetworkChain *chain;
  GString *where; /* which posts */
} Walk;

static void
holder_free (gpointer data)
{
  ShequNetworkHolder *holder = data;

  g_free (holder->kind);
  g_free (holder->name);
  g_free (holder->phone);
  g_free (holder->since);
  g_free (holder);
}

static void
step_free (gpointer data)
{
  ShequNetworkStep *step = data;

  g_ptr_array_unref (step->party);
  g_ptr_array_unref (step->self_government);
  g_free (step->stairwell);
  g_free (step->level);
  g_free (step->title);
  g_free (step);
}

void
shequ_network_chain_free (ShequNetworkChain *chain)
{
  g_ptr_array_unref (chain->steps);
  g_free (chain->title);
  g_free (chain->fault);
  g_free (chain);
}

/* `2单元`, `2` and `二单元` are read as people write them; only figures are compared as numbers. */
static char *
strip_stairwell (const char *text)
{
  static const char *const tails[] = { "单元", "门洞", "门栋", "门" };
  g_autofree char *plain = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);
  char *stripped = g_strstrip (g_strdup (plain != NULL ? plain : text));

  for (guint i = 0; i < G_N_ELEMENTS (tails); i++)
    if (g_str_has_suffix (stripped, tails[i]) && strlen (stripped) > strlen (tails[i]))
      {
        stripped[strlen (stripped) - strlen (tails[i])] = '\0';
        break;
      }
  return stripped;
}

/**
 * shequ_network_is_same_stairwell:
 * @one: (nullable): a stairwell as it was typed
 * @other: (nullable): another
 *
 * Returns: whether both mean the same, as `2单元` and `2`
 */
gboolean
shequ_network_is_same_stairwell (const char *one, const char *other)
{
  g_autofree char *first = one != NULL ? strip_stairwell (one) : NULL;
  g_autofree char *second = other != NULL ? strip_stairwell (other) : NULL;

  return g_strcmp0 (first, second) == 0;
}

static ShequNetworkStep *
step_new (const ShequRegister *reg, gint64 key, const char *level, char *title)
{
  ShequNetworkStep *step = g_new0 (ShequNetworkStep, 1);

  step->reg = reg;
  step->key = key;
  step->level = g_strdup (level);
  step->title = title;
  step->party = g_ptr_array_new_with_free_func (holder_free);
  step->self_government = g_ptr_array_new_with_free_func (holder_free);
  step->must_have = TRUE;
  return step;
}

static void
ask_for_posts (Walk *walk, const char *field, gint64 key)
{
  g_string_append_printf (walk->where, "%s%s=%" G_GINT64_FORMAT, walk->where->len > 0 ? " or " : "", field,
                          key);
}

static void
add_own_head (ShequNetworkStep *step, const char *kind, const char *name, const char *phone)
{
  ShequNetworkHolder *holder;

  if (name == NULL || *name == '\0')
    return;
  holder = g_new0 (ShequNetworkHolder, 1);
  holder->kind = g_strdup (kind);
  holder->name = g_strdup (name);
  holder->phone = g_strdup (phone);
  g_ptr_array_add (step->self_government, holder);
}

static void
set_fault (Walk *walk, char *fault)
{
  if (walk->chain->fault == NULL)
    walk->chain->fault = fault;
  else
    g_free (fault);
}

/* The record; NULL when it is gone, and then the chain says so. */
static gboolean
read_place (Walk *walk,
            const ShequRegister *reg,
            gint64 key,
            const char *below,
            ShequRow **row,
            GError **error)
{
  g_autoptr (GError) failure = NULL;

  *row = reg != NULL ? shequ_office_get_row (walk->office, reg, key, walk->cancellable, &failure) : NULL;
  if (*row != NULL)
    return TRUE;
  if (failure == NULL || !g_error_matches (failure, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND))
    {
      if (failure != NULL)
        g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  set_fault (walk, g_strdup_printf (
                     _ ("What “%s” belongs to is no longer there (%s). Choose again what it belongs to"),
                     below, reg->label));
  return TRUE;
}

static gboolean
is_known (const ShequNetworkChain *chain, const ShequRegister *reg, gint64 key)
{
  for (guint i = 0; i < chain->steps->len; i++)
    {
      const ShequNetworkStep *step = chain->steps->pdata[i];

      if (step->reg == reg && step->key == key)
        return TRUE;
    }
  return FALSE;
}

static char *
format_field (const ShequRow *row, const char *name)
{
  const ShequField *field = shequ_register_lookup (row->reg, name);

  return field != NULL ? shequ_row_format (row, field, SHEQU_FORMAT_PLAIN) : NULL;
}

static void
add_unit_step (Walk *walk, const ShequRow *row)
{
  g_autofree char *level = format_field (row, "level");
  ShequNetworkStep *step = step_new (row->reg, row->key, level, shequ_row_get_title (row));

  add_own_head (step, _ ("Head"), shequ_row_get_text (row, "leader_name"), shequ_row_get_text (row, "phone"));
  ask_for_posts (walk, "org_unit", row->key);
  g_ptr_array_insert (walk->chain->steps, 0, step);
}

static gboolean
add_grid_step (Walk *walk, const ShequRow *row, GError **error)
{
  gint64 leader = shequ_row_get_integer (row, "leader");
  g_autofree char *level = format_field (row, "level");
  ShequNetworkStep *step = step_new (
    row->reg, row->key, level != NULL && *level != '\0' ? level : row->reg->label, shequ_row_get_title (row));
  g_autoptr (ShequRow) person = NULL;

  ask_for_posts (walk, "grid", row->key);
  g_ptr_array_insert (walk->chain->steps, 0, step);
  if (leader == 0)
    return TRUE;
  if (!read_place (walk, shequ_office_require_register (walk->office, "staff", error), leader, step->title,
                   &person, error))
    return FALSE;
  if (person != NULL)
    add_own_head (step, shequ_register_lookup (row->reg, "leader")->label,
                  shequ_row_get_text (person, "name"), shequ_row_get_text (person, "phone"));
  return TRUE;
}

/* Follows `parent` up; a circle and a parent that is gone end it, and the chain says so. */
static gboolean
climb (Walk *walk, const char *name, gint64 key, const char *below, gint64 *unit, GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (walk->office, name, error);
  g_autofree char *from = g_strdup (below);

  if (reg == NULL)
    return FALSE;
  for (guint depth = 0; key != 0; depth++)
    {
      g_autoptr (ShequRow) row = NULL;

      if (is_known (walk->chain, reg, key) || depth > DEEPEST)
        {
          set_fault (walk, g_strdup_printf (_ ("“%s” lies below itself. Mend what it belongs to"), from));
          break;
        }
      if (!read_place (walk, reg, key, from, &row, error))
        return FALSE;
      if (row == NULL)
        break;
      if (unit == NULL)
        add_unit_step (walk, row);
      else if (!add_grid_step (walk, row, error))
        return FALSE;
      if (unit != NULL && *unit == 0)
        *unit = shequ_row_get_integer (row, "unit");
      g_free (from);
      from = shequ_row_get_title (row);
      key = shequ_row_get_integer (row, "parent");
    }
  return TRUE;
}

/* Grids, then the units above them. */
static gboolean
climb_all (Walk *walk, gint64 grid, gint64 unit, const char *below, GError **error)
{
  if (grid != 0 && !climb (walk, "grid", grid, below, &unit, error))
    return FALSE;
  return climb (walk, "org_unit", unit, below, NULL, error);
}

/* An empty step where the way is not known. */
static void
add_unknown (Walk *walk, const char *name)
{
  const ShequRegister *reg = shequ_office_get_register (walk->office, name);

  if (reg != NULL)
    g_ptr_array_insert (walk->chain->steps, 0, step_new (reg, 0, reg->label, NULL));
}

static gboolean
climb_building (Walk *walk, const ShequRow *building, const char *stairwell, GError **error)
{
  gint64 grid = shequ_row_get_integer (building, "grid");

  if (stairwell != NULL && *stairwell != '\0')
    {
      const ShequField *field =
        shequ_register_lookup (shequ_office_get_register (walk->office, "dwelling"), "stairwell");
      ShequNetworkStep *step = step_new (building->reg, building->key, field->label, g_strdup (stairwell));

      step->stairwell = g_strdup (stairwell);
      g_ptr_array_insert (walk->chain->steps, 0, step);
    }
  g_ptr_array_insert (
    walk->chain->steps, 0,
    step_new (building->reg, building->key, building->reg->label, shequ_row_get_title (building)));
  ask_for_posts (walk, "building", building->key);
  if (shequ_row_get_integer (building, "estate") == 0)
    set_fault (walk, g_strdup_printf (_ ("“%s” belongs to no estate"),
                                      ((ShequNetworkStep *) walk->chain->steps->pdata[0])->title));
  if (grid == 0)
    add_unknown (walk, "grid");
  return climb_all (walk, grid, shequ_row_get_integer (building, "unit"),
                    ((ShequNetworkStep *) walk->chain->steps->pdata[0])->title, error);
}

static gboolean
climb_dwelling (Walk *walk, const ShequRow *dwelling, GError **error)
{
  g_autoptr (ShequRow) building = NULL;

  if (!read_place (walk, shequ_office_require_register (walk->office, "building", error),
                   shequ_row_get_integer (dwelling, "building"), walk->chain->title, &building, error))
    return FALSE;
  if (building != NULL)
    return climb_building (walk, building, shequ_row_get_text (dwelling, "stairwell"), error);
  add_unknown (walk, "building");
  return climb_all (walk, 0, shequ_row_get_integer (dwelling, "unit"), walk->chain->title, error);
}

static gboolean
climb_household (Walk *walk, const ShequRow *household, GError **error)
{
  gint64 key = shequ_row_get_integer (household, "dwelling");
  ShequNetworkStep *step =
    step_new (household->reg, household->key, household->reg->label, g_strdup (walk->chain->title));
  g_autoptr (ShequRow) dwelling = NULL;

  step->must_have = FALSE;
  g_ptr_array_insert (walk->chain->steps, 0, step);
  ask_for_posts (walk, "household", household->key);
  if (key != 0 && !read_place (walk, shequ_office_require_register (walk->office, "dwelling", error), key,
                               walk->chain->title, &dwelling, error))
    return FALSE;
  if (dwelling != NULL)
    return climb_dwelling (walk, dwelling, error);
  set_fault (walk, g_strdup_printf (_ ("“%s” has no dwelling; enter it, so that the building is known"),
                                    walk->chain->title));
  add_unknown (walk, "building");
  return climb_all (walk, 0, shequ_row_get_integer (household, "unit"), walk->chain->title, error);
}

static gboolean
climb_from (Walk *walk, const ShequRow *row, const char *stairwell, GError **error)
{
  const char *name = row->reg->name;

  if (g_str_equal (name, "household"))
    return climb_household (walk, row, error);
  if (g_str_equal (name, "dwelling"))
    return climb_dwelling (walk, row, error);
  if (g_str_equal (name, "building"))
    return climb_building (walk, row, stairwell, error);
  if (g_str_equal (name, "grid"))
    return climb_all (walk, row->key, 0, walk->chain->title, error);
  if (g_str_equal (name, "org_unit"))
    return climb (walk, "org_unit", row->key, walk->chain->title, NULL, error);
  /* An estate, a lane: whatever names a grid or a unit. */
  return climb_all (
    walk, shequ_register_lookup (row->reg, "grid") != NULL ? shequ_row_get_integer (row, "grid") : 0,
    shequ_register_lookup (row->reg, "unit") != NULL ? shequ_row_get_integer (row, "unit") : 0,
    walk->chain->title, error);
}

static gboolean
is_post_of (const ShequNetworkStep *step, const ShequRow *post)
{
  const char *kind = shequ_row_get_text (post, "kind");
  gboolean of_household = g_strcmp0 (shequ_row_get_text (post, "level"), "6") == 0;
  const char *link = step->reg->name;

  if (shequ_register_lookup (post->reg, link) == NULL || shequ_row_get_integer (post, link) != step->key)
    return FALSE;
  if (!g_str_equal (link, "building"))
    return TRUE;
  if (of_household || kind == NULL)
    return FALSE;
  if (step->stairwell == NULL)
    return !g_str_has_prefix (kind, "stairwell_");
  return g_str_has_prefix (kind, "stairwell_") &&
         shequ_network_is_same_stairwell (step->stairwell, shequ_row_get_text (post, "stairwell"));
}

/* Who holds a post comes before the head whom the unit or the grid itself names, and takes the place of it.
 */
static void
add_holder (ShequNetworkStep *step, const ShequRow *post)
{
  gboolean party = g_strcmp0 (shequ_row_get_text (post, "line"), "party") == 0;
  GPtrArray *side = party ? step->party : step->self_government;
  ShequNetworkHolder *holder = g_new0 (ShequNetworkHolder, 1);

  if (!party && side->len > 0 && ((ShequNetworkHolder *) side->pdata[0])->post == 0)
    g_ptr_array_remove_index (side, 0);
  holder->post = post->key;
  holder->kind = format_field (post, "kind");
  holder->name = g_strdup (shequ_row_get_text (post, "person_name"));
  holder->phone = g_strdup (shequ_row_get_text (post, "phone"));
  holder->since = g_strdup (shequ_row_get_text (post, "started_on"));
  g_ptr_array_add (side, holder);
}

static gboolean
add_holders (Walk *walk, GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (walk->office, "post", error);
  g_autofree char *where = g_strdup_printf ("active and (%s)", walk->where->str);
  g_autoptr (ShequQuery) query = reg != NULL ? shequ_office_new_query (walk->office, reg) : NULL;
  g_autoptr (GPtrArray) posts = NULL;

  if (query == NULL)
    return FALSE;
  if (walk->where->len == 0)
    return TRUE;
  query->unit = 0; /* the district's heads belong to no community */
  if (!shequ_query_add_where (query, where, error))
    return FALSE;
  posts = shequ_office_get_rows (walk->office, query, walk->cancellable, error);
  for (guint i = 0; posts != NULL && i < posts->len; i++)
    for (guint k = 0; k < walk->chain->steps->len; k++)
      if (is_post_of (walk->chain->steps->pdata[k], posts->pdata[i]))
        add_holder (walk->chain->steps->pdata[k], posts->pdata[i]);
  return posts != NULL;
}

static void
count_gaps (ShequNetworkChain *chain)
{
  for (guint i = 0; i < chain->steps->len; i++)
    {
      const ShequNetworkStep *step = chain->steps->pdata[i];

      if (step->must_have)
        chain->gaps += (step->party->len == 0) + (step->self_government->len == 0);
    }
}

/**
 * shequ_network_get_chain:
 * @office: the office
 * @reg: a register of places: household, dwelling, building, estate, grid, org_unit, or one that names a grid
 * @key: the record
 * @stairwell: (nullable): of a building, the stairwell that is meant
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Who answers for a place, from the district down to it, in a number of queries that does not grow with the
 * office. Where the tree is broken the chain goes as far as it leads and says what is wrong.
 *
 * Returns: (transfer full): the chain, or %NULL with %SHEQU_ERROR_NOT_FOUND
 */
ShequNetworkChain *
shequ_network_get_chain (ShequOffice *office,
                         const ShequRegister *reg,
                         gint64 key,
                         const char *stairwell,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (ShequRow) row = shequ_office_get_row (office, reg, key, cancellable, error);
  g_autoptr (ShequNetworkChain) chain = NULL;
  g_autoptr (GString) where = g_string_new (NULL);
  Walk walk = { office, cancellable, NULL, where };

  if (row == NULL)
    return NULL;
  chain = g_new0 (ShequNetworkChain, 1);
  chain->steps = g_ptr_array_new_with_free_func (step_free);
  chain->title = shequ_row_get_title (row);
  walk.chain = chain;
  if (!climb_from (&walk, row, stairwell, error) || !add_holders (&walk, error))
    return NULL;
  count_gaps (chain);
  return g_steal_pointer (&chain);
}

/**
 * shequ_network_find_places:
 * @office: the office
 * @typed: an address, or the name of a place
 * @limit: how many
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Returns: (transfer full) (element-type ShequHit): the homes, buildings, estates, grids and units that are
 *   meant, the narrowest place first
 */
GPtrArray *
shequ_network_find_places (ShequOffice *office,
                           const char *typed,
                           guint limit,
                           GCancellable *cancellable,
                           GError **error)
{
  static const char *const names[] = { "household", "building", "estate", "place", "grid", "org_unit" };
  g_autofree char *today = shequ_office_get_today (office);
  g_autoptr (GPtrArray) places = g_ptr_array_new_with_free_func ((GDestroyNotify) shequ_hit_free);

  for (guint i = 0; i < G_N_ELEMENTS (names) && places->len < limit; i++)
    {
      const ShequRegister *reg = shequ_office_require_register (office, names[i], error);
      g_autoptr (GPtrArray) hits = reg != NULL
                                     ? shequ_store_search (shequ_office_get_store (office), typed, reg,
                                                           limit - places->len, today, cancellable, error)
                                     : NULL;

      if (hits == NULL)
        return NULL;
      g_ptr_array_extend_and_steal (places, g_steal_pointer (&hits));
    }
  return g_steal_pointer (&places);
}
