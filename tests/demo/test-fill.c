/* A filled database: repeatable, of the asked size, and as the rules of the registers and the tables want it.
 */
#include "shequ-demo.h"

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "shequ-certificate-check.h"
#include "shequ-error.h"
#include "shequ-shifts.h"

#define TODAY "2026-11-22"
#define WORKERS_CAPACITY_MINUTES (238 * 8 * 60) /* of one in a year */

typedef struct
{
  char *folder;
  char *path;
  ShequCatalogue *catalogue;
  ShequStore *store;
} Office;

static void
remove_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (folder);
}

static void
office_open (Office *office)
{
  g_autoptr (GError) error = NULL;

  office->folder = g_dir_make_tmp ("shequ-demo-XXXXXX", &error);
  g_assert_no_error (error);
  office->path = g_build_filename (office->folder, "office.db", NULL);
  office->catalogue = shequ_catalogue_new_shipped (&error);
  g_assert_no_error (error);
  office->store = shequ_store_open (office->path, office->catalogue, SHEQU_OPEN_CREATE, NULL, &error);
  g_assert_no_error (error);
}

static void
office_close (Office *office)
{
  g_clear_pointer (&office->store, shequ_store_unref);
  g_clear_pointer (&office->catalogue, shequ_catalogue_unref);
  remove_files (office->folder);
  g_clear_pointer (&office->folder, g_free);
  g_clear_pointer (&office->path, g_free);
}

static void
fill (Office *office, const char *scale, guint64 seed)
{
  ShequDemoOptions options = { .seed = seed, .today = TODAY, .user = "王主任", .workstation = "窗口一" };
  g_autoptr (GError) error = NULL;

  shequ_demo_options_set_scale (&options, scale, &error);
  g_assert_no_error (error);
  shequ_demo_fill (office->store, &options, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static GPtrArray *
read_all (const Office *office, const char *name)
{
  const ShequRegister *reg = shequ_catalogue_lookup (office->catalogue, name);
  g_autoptr (ShequQuery) query = shequ_query_new (reg, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) keys = shequ_store_list_keys (office->store, query, NULL, &error);
  GPtrArray *rows;

  g_assert_no_error (error);
  rows = shequ_store_fetch (office->store, reg, (const gint64 *) keys->data, keys->len, SHEQU_FETCH_PLAIN,
                            TODAY, NULL, &error);
  g_assert_no_error (error);
  return rows;
}

static gint64
count (const Office *office, const char *name)
{
  g_autoptr (ShequQuery) query = shequ_query_new (shequ_catalogue_lookup (office->catalogue, name), NULL);
  g_autoptr (GError) error = NULL;
  gint64 found = shequ_store_count (office->store, query, NULL, &error);

  g_assert_no_error (error);
  return found;
}

static void
add_to_digest (GChecksum *checksum, const ShequRow *row)
{
  g_checksum_update (checksum, row->uuid, SHEQU_UUID_SIZE);
  for (guint i = 0; i < row->reg->fields->len; i++)
    {
      g_autofree char *text = shequ_row_format (row, row->reg->fields->pdata[i], SHEQU_FORMAT_EXPORT);

      g_checksum_update (checksum, (const guchar *) text, -1);
      g_checksum_update (checksum, (const guchar *) "\t", 1);
    }
}

static char *
digest (const Office *office)
{
  const GPtrArray *registers = shequ_catalogue_get_registers (office->catalogue);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint i = 0; i < registers->len; i++)
    {
      g_autoptr (GPtrArray) rows = read_all (office, ((const ShequRegister *) registers->pdata[i])->name);

      for (guint k = 0; k < rows->len; k++)
        add_to_digest (checksum, rows->pdata[k]);
    }
  return g_strdup (g_checksum_get_string (checksum));
}

static char *
make_digest (const char *scale, guint64 seed)
{
  Office office = { 0 };
  char *text;

  office_open (&office);
  fill (&office, scale, seed);
  text = digest (&office);
  office_close (&office);
  return text;
}

static void
test_repeatable (void)
{
  g_autofree char *first = make_digest ("700", 42);
  g_autofree char *second = make_digest ("700", 42);
  g_autofree char *third = make_digest ("700", 43);

  g_assert_cmpstr (first, ==, second);
  g_assert_cmpstr (first, !=, third);
}

static void
test_sizes (void)
{
  static const struct
  {
    const char *scale;
    gint64 residents;
    gint64 households;
    gint64 units;
  } cases[] = { { "1", 1, 1, 3 }, { "9", 9, 3, 3 }, { "100", 100, 39, 3 }, { "10000", 10000, 3888, 4 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Office office = { 0 };

      g_test_message ("%s", cases[i].scale);
      office_open (&office);
      fill (&office, cases[i].scale, 1);
      g_assert_cmpint (count (&office, "resident"), ==, cases[i].residents);
      g_assert_cmpint (count (&office, "household"), ==, cases[i].households);
      g_assert_cmpint (count (&office, "org_unit"), ==, cases[i].units);
      office_close (&office);
    }
}

static void
check_setting (const Office *office, const char *name, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = shequ_store_get_setting (office->store, name, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, expected);
}

static void
check_counts (const Office *office)
{
  static const struct
  {
    const char *name;
    gint64 least;
    gint64 most;
  } counts[] = {
    { "org_unit", 3, 3 },
    { "department", 36, 36 },
    { "work_item", 121, 126 },
    { "staff", 8, 8 },
    { "household", 2300, 2300 },
    { "resident", 5800, 5800 },
    { "tag", 66, 66 },
    { "resident_tag", 4500, 6000 },
    { "dwelling", 2350, 2700 },
    { "grid", 7, 7 },
    { "place", 3, 3 },
    { "post", 150, 400 },
    { "team", 5, 5 },
    { "volunteer", 90, 90 },
    { "application", 20, 20 },
    { "certificate", 360, 440 },
    { "work_entry", 9000, 14000 },
    { "relation", 20, 250 },
    { "device", 30, 250 },
    { "visit_plan", 3, 40 },
    { "survey_round", 1, 1 },
    { "survey_line", 2000, 2300 },
    { "retiree", 60, 400 },
    { "employment_service", 10, 120 },
    { "benefit_file", 10, 100 },
    { "benefit_review", 10, 100 },
    { "migrant_filing", 50, 1500 },
    { "child_care", 8, 8 },
    { "child_attendance", 40, 40 },
    { "shift", 200, 600 },
    { "assignment", 800, 3000 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      gint64 found = count (office, counts[i].name);

      g_test_message ("%s: %" G_GINT64_FORMAT, counts[i].name, found);
      g_assert_cmpint (found, >=, counts[i].least);
      g_assert_cmpint (found, <=, counts[i].most);
    }
  check_setting (office, "office.name", "民生社区");
  check_setting (office, "office.level", "community");
  check_setting (office, "office.unit", "3");
}

static void
check_valid (const Office *office)
{
  const GPtrArray *registers = shequ_catalogue_get_registers (office->catalogue);

  for (guint i = 0; i < registers->len; i++)
    {
      g_autoptr (GPtrArray) rows = read_all (office, ((const ShequRegister *) registers->pdata[i])->name);

      for (guint k = 0; k < rows->len; k++)
        {
          g_autoptr (GPtrArray) issues = shequ_issues_new ();
          g_autofree char *text = NULL;

          shequ_row_validate (rows->pdata[k], TODAY, issues);
          text = shequ_issues_to_text (issues, SHEQU_ISSUE_NOTE);
          g_assert_cmpstr (text, ==, "");
        }
    }
}

static void
check_heads (const Office *office)
{
  g_autoptr (GPtrArray) residents = read_all (office, "resident");
  g_autoptr (GHashTable) heads = g_hash_table_new (NULL, NULL);
  guint count_heads = 0;

  for (guint i = 0; i < residents->len; i++)
    if (g_strcmp0 (shequ_row_get_text (residents->pdata[i], "relation"), "02") == 0)
      {
        count_heads++;
        g_assert_true (g_hash_table_add (
          heads, GSIZE_TO_POINTER (shequ_row_get_integer (residents->pdata[i], "household"))));
      }
  g_assert_cmpint (count_heads, ==, count (office, "household"));
}

/* data/demo: 106 % of what eight can do in a year, 72 % of it for departments. */
static void
check_hours (const Office *office)
{
  g_autoptr (GPtrArray) entries = read_all (office, "work_entry");
  double capacity = 3.0 * WORKERS_CAPACITY_MINUTES * (double) count (office, "staff");
  double all = 0, departments = 0;

  for (guint i = 0; i < entries->len; i++)
    {
      double minutes = (double) shequ_row_get_integer (entries->pdata[i], "minutes");
      const char *day = shequ_row_get_text (entries->pdata[i], "day");

      all += minutes;
      if (shequ_row_get_integer (entries->pdata[i], "department") != 0)
        departments += minutes;
      g_assert_cmpstr (day, >=, "2023-11-22");
      g_assert_cmpstr (day, <, TODAY);
    }
  g_test_message ("%.3f of the capacity, %.3f for departments", all / capacity, departments / capacity);
  g_assert_cmpfloat (ABS (all / capacity - 1.06), <, 0.04);
  g_assert_cmpfloat (ABS (departments / capacity - 0.72), <, 0.03);
}

static int
read_time (const char *text)
{
  return (int) (g_ascii_strtoll (text, NULL, 10) * 60 + g_ascii_strtoll (text + 3, NULL, 10));
}

static void
read_shifts (const GPtrArray *rows, GHashTable *shifts)
{
  for (guint i = 0; i < rows->len; i++)
    {
      ShequRow *row = rows->pdata[i];
      ShequShift *shift = g_new0 (ShequShift, 1);

      shift->key = row->key;
      shift->day = shequ_row_get_text (row, "day");
      shift->start = read_time (shequ_row_get_text (row, "start"));
      shift->end = read_time (shequ_row_get_text (row, "end"));
      shift->needed = (guint) shequ_row_get_integer (row, "needed");
      g_hash_table_insert (shifts, GSIZE_TO_POINTER (row->key), shift);
    }
}

static void
check_roster (const Office *office)
{
  g_autoptr (GPtrArray) rows = read_all (office, "shift");
  g_autoptr (GPtrArray) assignments = read_all (office, "assignment");
  g_autoptr (GHashTable) shifts = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_autoptr (GHashTable) served =
    g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_array_unref); /* volunteer -> ShequShift */
  gint64 needed = 0;

  read_shifts (rows, shifts);
  for (guint i = 0; i < rows->len; i++)
    needed += shequ_row_get_integer (rows->pdata[i], "needed");
  for (guint i = 0; i < assignments->len; i++)
    {
      gpointer volunteer = GSIZE_TO_POINTER (shequ_row_get_integer (assignments->pdata[i], "volunteer"));
      const ShequShift *shift = g_hash_table_lookup (
        shifts, GSIZE_TO_POINTER (shequ_row_get_integer (assignments->pdata[i], "shift")));
      GArray *others = g_hash_table_lookup (served, volunteer);

      if (others == NULL)
        {
          others = g_array_new (FALSE, FALSE, sizeof (ShequShift));
          g_hash_table_insert (served, volunteer, others);
        }
      g_assert_null (shequ_shift_find_clash (shift, (const ShequShift *) others->data, others->len, 0));
      g_array_append_vals (others, shift, 1);
    }
  g_assert_cmpuint (assignments->len, <, needed);
  g_assert_cmpuint (assignments->len, >, needed / 2);
}

static void
check_papers (const Office *office)
{
  g_autoptr (GPtrArray) certificates = read_all (office, "certificate");
  g_autoptr (GPtrArray) applications = read_all (office, "application");
  g_autoptr (GHashTable) states = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) numbers = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < certificates->len; i++)
    {
      g_autofree char *check = shequ_certificate_make_check_text (certificates->pdata[i]);

      g_assert_cmpstr (shequ_row_get_text (certificates->pdata[i], "check_text"), ==, check);
      g_hash_table_add (numbers, (gpointer) shequ_row_get_text (certificates->pdata[i], "number"));
    }
  g_assert_cmpuint (g_hash_table_size (numbers), ==, certificates->len);
  g_assert_true (g_hash_table_contains (numbers, "社证字〔2025〕第0001号"));
  g_assert_true (g_hash_table_contains (numbers, "社证字〔2026〕第0001号"));
  for (guint i = 0; i < applications->len; i++)
    {
      const char *state = shequ_row_get_text (applications->pdata[i], "state");

      g_hash_table_add (states, (gpointer) state);
      g_assert_true (g_str_equal (state, "admitted") ==
                     (shequ_row_get_integer (applications->pdata[i], "item") != 0));
    }
  g_assert_cmpuint (g_hash_table_size (states), >=, 5);
}

/* Who is said to live alone does: nobody else is in the household. */
static void
check_tags (const Office *office)
{
  static const char *const alone[] = { "has resident_tag(tag.code=elder_alone and active)",
                                       "has resident_tag(tag.code=elder_alone and active) and "
                                       "birth_date<=today-65y and household.members=1" };
  const ShequRegister *reg = shequ_catalogue_lookup (office->catalogue, "resident");
  gint64 counts[G_N_ELEMENTS (alone)];

  for (guint i = 0; i < G_N_ELEMENTS (alone); i++)
    {
      g_autoptr (ShequQuery) query = shequ_query_new (reg, TODAY);
      g_autoptr (GError) error = NULL;

      g_assert_true (shequ_query_add_where (query, alone[i], &error));
      counts[i] = shequ_store_count (office->store, query, NULL, &error);
      g_assert_no_error (error);
    }
  g_assert_cmpint (counts[0], >, 60);
  g_assert_cmpint (counts[0], ==, counts[1]);
}

static void
test_community (void)
{
  Office office = { 0 };

  office_open (&office);
  fill (&office, "community", 1);
  check_counts (&office);
  check_valid (&office);
  check_heads (&office);
  check_tags (&office);
  check_hours (&office);
  check_roster (&office);
  check_papers (&office);
  office_close (&office);
}

static void
test_only_once (void)
{
  ShequDemoOptions options = { .seed = 1, .today = TODAY, .user = "王主任", .workstation = "窗口一" };
  g_autoptr (GError) error = NULL;
  Office office = { 0 };
  gint64 before;

  office_open (&office);
  fill (&office, "9", 1);
  before = count (&office, "org_unit");
  g_assert_false (shequ_demo_fill (office.store, &options, NULL, NULL, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT);
  g_assert_cmpint (count (&office, "org_unit"), ==, before);
  office_close (&office);
}

static void
stop (guint done, guint total, gpointer user_data)
{
  g_assert_cmpuint (done, <=, total);
  if (done >= 3000)
    g_cancellable_cancel (user_data);
}

static void
test_cancel (void)
{
  ShequDemoOptions options = { .seed = 1, .today = TODAY, .user = "王主任", .workstation = "窗口一" };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Office office = { 0 };

  office_open (&office);
  g_assert_false (shequ_demo_fill (office.store, &options, stop, cancellable, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  office_close (&office);
}

static void
test_options (void)
{
  static const char *const wrong[] = { "", "village", "-3", "0", "12x", "99999999999" };
  ShequDemoOptions options = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (shequ_demo_options_set_scale (&options, "district", &error));
  g_assert_cmpint (options.scale, ==, SHEQU_DEMO_DISTRICT);
  g_assert_true (shequ_demo_options_set_scale (&options, "1234", &error));
  g_assert_cmpint (options.scale, ==, SHEQU_DEMO_RESIDENTS);
  g_assert_cmpuint (options.residents, ==, 1234);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_assert_false (shequ_demo_options_set_scale (&options, wrong[i], &error));
      g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT);
      g_clear_error (&error);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/demo/fill/repeatable", test_repeatable);
  g_test_add_func ("/demo/fill/sizes", test_sizes);
  g_test_add_func ("/demo/fill/community", test_community);
  g_test_add_func ("/demo/fill/only-once", test_only_once);
  g_test_add_func ("/demo/fill/cancel", test_cancel);
  g_test_add_func ("/demo/fill/options", test_options);
  return g_test_run ();
}
