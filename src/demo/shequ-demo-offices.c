/* The tree of offices, their staff, the departments above them and what these ask for. */
#include "shequ-demo-private.h"

#include "config.h"

#include <string.h>

#include "shequ-data.h"

#define DISTRICT_CODE "220802"
#define DISTRICT_NAME "洮北区"
#define STREETS_AND_COMMUNITIES "demo/organisation-taobei.tsv"
#define NEW_AREA_MARK "\xef\xbc\x88" /* a wide bracket */
#define LEAST_COMMUNITIES_FOR_AREAS 4
#define LEAST_WORKERS 5
#define MOST_WORKERS 10
#define HOUSEHOLDS_PER_WORKER 283

typedef struct
{
  char *code;
  char *name;
  GPtrArray *communities; /* of Place without communities */
} Place;

static void
place_free (gpointer data)
{
  Place *place = data;

  g_clear_pointer (&place->communities, g_ptr_array_unref);
  g_free (place->code);
  g_free (place->name);
  g_free (place);
}

void
shequ_demo_community_free (gpointer data)
{
  ShequDemoCommunity *community = data;

  g_clear_pointer (&community->workers, g_array_unref);
  g_clear_pointer (&community->neighbours, g_array_unref);
  g_clear_pointer (&community->addresses, g_string_chunk_free);
  g_free (community->code);
  g_free (community->name);
  g_free (community);
}

void
shequ_demo_item_free (gpointer data)
{
  ShequDemoItem *item = data;

  g_free (item->code);
  g_free (item->name);
  g_free (item->purpose);
  g_free (item->frequency);
  g_free (item);
}

static Place *
place_new (const char *code, const char *name)
{
  Place *place = g_new0 (Place, 1);

  place->code = g_strdup (code);
  place->name = g_strdup (name);
  return place;
}

/* Streets of a park or a new area, whose names say so in brackets, are left out: the seven old ones stay. */
static gboolean
add_place (char **cells, guint line, gpointer user_data, GError **error)
{
  GPtrArray *streets = user_data;

  if (g_str_equal (cells[1], "street"))
    {
      Place *street = place_new (cells[0], cells[2]);

      street->communities = g_ptr_array_new_with_free_func (place_free);
      g_ptr_array_add (streets, street);
      return TRUE;
    }
  for (guint i = 0; i < streets->len; i++)
    {
      Place *street = streets->pdata[i];

      if (g_str_equal (street->code, cells[3]))
        g_ptr_array_add (street->communities, place_new (cells[0], cells[2]));
    }
  return TRUE;
}

static void
drop_new_areas (GPtrArray *streets)
{
  for (guint i = streets->len; i > 0; i--)
    if (g_str_has_prefix (((Place *) streets->pdata[i - 1])->name, NEW_AREA_MARK))
      g_ptr_array_remove_index (streets, i - 1);
}

static guint
count_communities (const GPtrArray *streets)
{
  guint count = 0;

  for (guint i = 0; i < streets->len; i++)
    count += ((Place *) streets->pdata[i])->communities->len;
  return count;
}

/* Takes off the last community of the largest street until there are no more than wanted. */
static void
limit_places (GPtrArray *streets, guint n_streets, guint communities)
{
  g_ptr_array_set_size (streets, (int) MIN (streets->len, n_streets));
  while (count_communities (streets) > communities)
    {
      Place *largest = streets->pdata[0];

      for (guint i = 1; i < streets->len; i++)
        if (((Place *) streets->pdata[i])->communities->len > largest->communities->len)
          largest = streets->pdata[i];
      g_ptr_array_set_size (largest->communities, (int) largest->communities->len - 1);
    }
}

/* Two heads, on the side of the party and on the other; in a community they are of the staff. */
static void
add_unit_posts (ShequDemoFilling *filling,
                const char *level,
                gint64 unit,
                const char *leader,
                const char *leader_phone)
{
  char name[SHEQU_DEMO_NAME_SIZE], phone[SHEQU_DEMO_PHONE_SIZE];
  ShequDemoHolder party = { 0, leader, leader_phone }, head = { 0, name, phone };

  if (g_str_equal (level, "community"))
    return;
  shequ_demo_people_write_name (filling->people, 41, 1, name);
  shequ_demo_people_write_phone (filling->people, phone);
  /* Areas are led by people of the street; their party branches are still being formed. */
  shequ_demo_fill_unit_posts (filling, level, unit, g_str_equal (level, "area") ? NULL : &party, &head);
}

static gint64
add_unit (ShequDemoFilling *filling, const char *code, const char *name, const char *level, gint64 parent)
{
  ShequRow *row = shequ_demo_writer_start (filling->writer, "org_unit");
  gint64 key;
  g_autofree char *road = shequ_demo_places_draw_road (filling->places);
  g_autofree char *short_name = g_strdup (name);
  char leader[SHEQU_DEMO_NAME_SIZE], phone[SHEQU_DEMO_PHONE_SIZE];

  if (g_str_has_suffix (name, "社区") || g_str_has_suffix (name, "街道"))
    short_name[strlen (name) - strlen ("社区")] = '\0';
  shequ_demo_people_write_name (filling->people, 46, 1 + (guint) strlen (level) % 2, leader);
  shequ_demo_people_write_phone (filling->people, phone);
  shequ_row_set_text (row, "name", name);
  shequ_row_set_text (row, "level", level);
  if (code != NULL)
    shequ_row_set_text (row, "code", code);
  shequ_row_set_text (row, "short_name", short_name);
  shequ_row_set_text (row, "leader_name", leader);
  shequ_row_set_text (row, "phone", phone);
  shequ_row_set_text (row, "address", road);
  if (parent != 0)
    shequ_row_set_integer (row, "parent", parent);
  key = shequ_demo_writer_add (filling->writer, row);
  add_unit_posts (filling, level, key, leader, phone);
  return key;
}

static void
name_office (ShequDemoFilling *filling, const char *name, const char *level, gint64 key)
{
  g_autofree char *unit = g_strdup_printf ("%" G_GINT64_FORMAT, key);

  shequ_demo_writer_set_setting (filling->writer, "office.name", name);
  shequ_demo_writer_set_setting (filling->writer, "office.level", level);
  shequ_demo_writer_set_setting (filling->writer, "office.unit", unit);
}

/* A street of some size is divided into two areas of about as many communities. */
static gint64
find_parent (ShequDemoFilling *filling, const Place *street, guint number, gint64 parent, gint64 *area)
{
  static const char *const names[] = { "东片区", "西片区" };
  guint half = (street->communities->len + 1) / 2;

  if (street->communities->len < LEAST_COMMUNITIES_FOR_AREAS)
    return parent;
  if (number == 0 || number == half)
    {
      g_autofree char *name = g_strconcat (street->name, names[number > 0], NULL);

      *area = add_unit (filling, NULL, name, "area", parent);
    }
  return *area;
}

static void
add_communities (ShequDemoFilling *filling, const Place *street, gint64 parent)
{
  gint64 area = 0;

  for (guint i = 0; i < street->communities->len; i++)
    {
      const Place *place = street->communities->pdata[i];
      ShequDemoCommunity *community = g_new0 (ShequDemoCommunity, 1);

      community->number = filling->communities->len;
      community->code = g_strdup (place->code);
      community->name = g_strdup (place->name);
      community->key = add_unit (filling, place->code, place->name, "community",
                                 find_parent (filling, street, i, parent, &area));
      g_ptr_array_add (filling->communities, community);
    }
}

/* The whole shared out by weight, exactly: what is cut off one is given to the next. */
static guint
take_share (double before, double behind, double sum, guint whole)
{
  return (guint) (behind / sum * whole + 0.5) - (guint) (before / sum * whole + 0.5);
}

static void
share_out (ShequDemoFilling *filling, const ShequDemoSize *size)
{
  g_autofree double *weights = g_new (double, filling->communities->len);
  double sum = 0, before = 0;
  ShequDemoRandom random;

  shequ_demo_filling_init_random (filling, "offices", 0, &random);
  for (guint i = 0; i < filling->communities->len; i++)
    sum += weights[i] = 0.6 + 0.8 * shequ_demo_random_share (&random);
  for (guint i = 0; i < filling->communities->len; i++)
    {
      ShequDemoCommunity *community = filling->communities->pdata[i];
      double behind = i + 1 < filling->communities->len ? before + weights[i] : sum;

      community->households = take_share (before, behind, sum, size->households);
      community->residents = take_share (before, behind, sum, size->residents);
      community->volunteers = take_share (before, behind, sum, size->volunteers);
      community->teams = take_share (before, behind, sum, size->teams);
      before = behind;
    }
}

/**
 * shequ_demo_fill_offices:
 * @filling: gets the communities
 * @size: how many
 *
 * Makes the district, its streets and communities, and says which of them the office is: the lowest that
 * holds all the others.
 */
void
shequ_demo_fill_offices (ShequDemoFilling *filling, const ShequDemoSize *size)
{
  g_autoptr (GPtrArray) streets = g_ptr_array_new_with_free_func (place_free);
  GError *error = NULL;
  gint64 district;

  if (!shequ_data_read_table (STREETS_AND_COMMUNITIES, "code kind name parent_code", add_place, streets,
                              &error))
    {
      shequ_demo_writer_take_error (filling->writer, error);
      return;
    }
  drop_new_areas (streets);
  limit_places (streets, size->streets, size->communities);
  district = add_unit (filling, DISTRICT_CODE, DISTRICT_NAME, "district", 0);
  for (guint i = 0; i < streets->len; i++)
    {
      const Place *street = streets->pdata[i];
      gint64 key = add_unit (filling, street->code, street->name, "street", district);

      add_communities (filling, street, key);
      if (size->streets == 1 && size->communities > 1)
        name_office (filling, street->name, "street", key);
    }
  if (size->streets > 1)
    name_office (filling, DISTRICT_NAME, "district", district);
  else if (size->communities == 1 && filling->communities->len == 1)
    {
      const ShequDemoCommunity *only = filling->communities->pdata[0];

      name_office (filling, only->name, "community", only->key);
    }
  share_out (filling, size);
}

static gboolean
add_department (char **cells, guint line, gpointer user_data, GError **error)
{
  ShequDemoFilling *filling = user_data;
  ShequRow *row = shequ_demo_writer_start (filling->writer, "department");
  char phone[SHEQU_DEMO_PHONE_SIZE];
  gint64 *key = g_new (gint64, 1);

  shequ_demo_people_write_phone (filling->people, phone);
  shequ_row_set_text (row, "code", cells[0]);
  shequ_row_set_text (row, "name", cells[1]);
  shequ_row_set_text (row, "short_name", cells[2]);
  shequ_row_set_text (row, "level", cells[3]);
  shequ_row_set_text (row, "contact", cells[4]);
  shequ_row_set_text (row, "phone", phone);
  *key = shequ_demo_writer_add (filling->writer, row);
  g_hash_table_insert (filling->departments, g_strdup (cells[0]), key);
  return TRUE;
}

static ShequDemoItem *
item_new (char **cells, gint64 department)
{
  ShequDemoItem *item = g_new0 (ShequDemoItem, 1);

  item->department = department;
  item->code = g_strdup (cells[2]);
  item->name = g_strdup (cells[3]);
  item->frequency = g_strdup (cells[6]);
  item->hours_per_time = g_ascii_strtod (cells[7], NULL);
  item->times_per_year = g_ascii_strtod (cells[8], NULL);
  item->hours_per_year = g_ascii_strtod (cells[9], NULL);
  item->never = g_str_equal (cells[11], "never");
  return item;
}

/* What is entrusted, the list of three kinds has no place for. */
static const char *
name_kind (const char *kind)
{
  return g_str_equal (kind, "entrusted") ? "other" : kind;
}

static gboolean
add_item (char **cells, guint line, gpointer user_data, GError **error)
{
  ShequDemoFilling *filling = user_data;
  ShequRow *row = shequ_demo_writer_start (filling->writer, "work_item");
  const gint64 *department = g_hash_table_lookup (filling->departments, cells[4]);
  ShequDemoItem *item = item_new (cells, department != NULL ? *department : 0);
  double funding = g_ascii_strtod (cells[10], NULL);

  shequ_row_set_text (row, "class_code", cells[0]);
  shequ_row_set_text (row, "class_name", cells[1]);
  shequ_row_set_text (row, "code", item->code);
  shequ_row_set_text (row, "name", item->name);
  shequ_row_set_text (row, "kind", name_kind (cells[5]));
  shequ_row_set_text (row, "frequency", item->frequency);
  shequ_row_set_text (row, "admitted", cells[11]);
  shequ_row_set_integer (row, "minutes_per_time", (gint64) (item->hours_per_time * 60 + 0.5));
  if (item->times_per_year >= 1)
    shequ_row_set_integer (row, "times_per_year", (gint64) (item->times_per_year + 0.5));
  shequ_row_set_integer (row, "funding", (gint64) (funding * 100 + 0.5));
  if (item->department != 0)
    shequ_row_set_integer (row, "department", item->department);
  item->key = shequ_demo_writer_add (filling->writer, row);
  g_ptr_array_add (filling->items, item);
  return TRUE;
}

/* The first word that stands in the name of an item says what its time goes to. */
static gboolean
set_purpose (char **cells, guint line, gpointer user_data, GError **error)
{
  ShequDemoFilling *filling = user_data;

  for (guint i = 0; i < filling->items->len; i++)
    {
      ShequDemoItem *item = filling->items->pdata[i];

      if (item->purpose == NULL && strstr (item->name, cells[0]) != NULL)
        item->purpose = g_strdup (cells[1]);
    }
  return TRUE;
}

/**
 * shequ_demo_fill_departments:
 * @filling: gets the departments and the items
 */
void
shequ_demo_fill_departments (ShequDemoFilling *filling)
{
  static const char item_columns[] =
    "class_code class_zh code item_zh department_code kind frequency "
    "hours_per_time times_per_year hours_per_year funding_yuan_per_year admitted";
  GError *error = NULL;

  if (!shequ_data_read_table ("demo/departments.tsv", "code name_zh short_zh level contact_channel",
                              add_department, filling, &error) ||
      !shequ_data_read_table ("demo/work-items.tsv", item_columns, add_item, filling, &error) ||
      !shequ_data_read_table ("demo/work-purposes.tsv", "word purpose", set_purpose, filling, &error))
    shequ_demo_writer_take_error (filling->writer, error);
}

typedef struct
{
  const char *position;
  const char *kind;
} Post;

static const Post *
find_post (guint number)
{
  static const Post leading[] = {
    { "党委书记、居委会主任", "committee" },
    { "党委副书记", "committee" },
    { "居委会副主任", "committee" },
  };
  static const Post others[] = {
    { "民政救助专干", "worker" }, { "专职网格员", "grid" },     { "劳动保障专干", "worker" },
    { "专职网格员", "grid" },     { "计生卫健专干", "worker" }, { "便民窗口工作人员", "welfare" },
    { "综治调解专干", "worker" },
  };

  if (number < G_N_ELEMENTS (leading))
    return &leading[number];
  return &others[(number - G_N_ELEMENTS (leading)) % G_N_ELEMENTS (others)];
}

/* The secretary is the director, too, as the position says. */
static void
lead (ShequDemoFilling *filling, const ShequDemoCommunity *community)
{
  const ShequDemoWorker *first = &g_array_index (community->workers, ShequDemoWorker, 0);
  ShequDemoHolder holder = { first->key, first->name, first->phone };

  shequ_demo_fill_unit_posts (filling, "community", community->key, &holder, &holder);
}

/**
 * shequ_demo_fill_staff:
 * @filling: the filling
 * @community: gets five to ten workers, by the number of its households
 */
void
shequ_demo_fill_staff (ShequDemoFilling *filling, ShequDemoCommunity *community)
{
  guint count = CLAMP ((community->households + HOUSEHOLDS_PER_WORKER / 2) / HOUSEHOLDS_PER_WORKER,
                       LEAST_WORKERS, MOST_WORKERS);
  ShequDemoRandom random;

  shequ_demo_filling_init_random (filling, "staff", community->number, &random);
  community->workers = g_array_new (FALSE, TRUE, sizeof (ShequDemoWorker));
  for (guint i = 0; i < count; i++)
    {
      ShequRow *row = shequ_demo_writer_start (filling->writer, "staff");
      const Post *post = find_post (i);
      ShequDemoWorker worker = { 0 };
      char phone[SHEQU_DEMO_PHONE_SIZE];

      shequ_demo_people_write_name (filling->people, shequ_demo_random_between (&random, 25, 57),
                                    shequ_demo_random_chance (&random, 72) ? 2 : 1, worker.name);
      shequ_demo_people_write_phone (filling->people, phone);
      shequ_row_set_integer (row, "unit", community->key);
      shequ_row_set_text (row, "name", worker.name);
      shequ_row_set_text (row, "position", post->position);
      shequ_row_set_text (row, "kind", post->kind);
      shequ_row_set_text (row, "phone", phone);
      shequ_row_set_integer (row, "active", 1);
      g_strlcpy (worker.phone, phone, sizeof worker.phone);
      worker.key = shequ_demo_writer_add (filling->writer, row);
      g_array_append_val (community->workers, worker);
    }
  lead (filling, community);
}
