#include "shequ-locale.h"
#include "shequ-overlap.h"

static ShequOverlap *
make_forms (void)
{
  static const char *const columns[][3] = {
    { "F1", "序号", "row.number" },
    { "F1", "姓名", "resident.name" },
    { "F1", "家庭住址", "resident.living_address" },
    { "F1", "联系电话", "resident.phone" },
    { "F1", "爱好", "open" },
    { "F2", "姓 名", "resident.name" },
    { "F2", "住址", "resident.living_address" },
    { "F2", "地址", "unit.address" },
    { "F2", "联系电话", "unit.phone" },
    { "F3", "地址", "estate.address" },
    { "F3", "联系电话", "estate.phone" },
    { "F3", "求职", "open" },
    { "F4", "电话", "resident.phone" },
    { "F5", "电话", "resident.phone" },
    { "F5", "电话", "household.phone" },
  };
  ShequOverlap *forms = shequ_overlap_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    shequ_overlap_add_column (forms, columns[i][0], columns[i][1], columns[i][2]);
  return forms;
}

static const struct
{
  const char *asked;
  const char *form;
  guint percent;
  guint likeness;
  const char *unsure;
} table[] = {
  /* By meaning, whatever the heading. */
  { "姓名,住址", "F1", 100, 50, "" },
  { "姓名,家庭住址,爱好,职业", "F1", 75, 60, "" },
  /* Open columns by heading alone. */
  { "爱好", "F1", 100, 25, "" },
  { "求职", "F3", 100, 33, "" },
  /* Three meanings, or two equally common ones: not counted. */
  { "姓名,联系电话", "F1", 50, 20, "联系电话" },
  { "姓名,地址", "F1", 50, 20, "地址" },
  /* Of two meanings the commoner. */
  { "电话", "F1", 100, 25, "" },
  { "没有", NULL, 0, 0, "" },
  { "序号", NULL, 0, 0, "" },
};

static void
test_table (void)
{
  g_autoptr (ShequOverlap) forms = make_forms ();

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_auto (GStrv) asked = g_strsplit (table[i].asked, ",", -1);
      g_autoptr (GArray) found = shequ_overlap_find (forms, (const char *const *) asked);
      g_auto (GStrv) unsure = shequ_overlap_get_unsure (forms, (const char *const *) asked);
      g_autofree char *joined = g_strjoinv (",", unsure);

      g_test_message ("%s", table[i].asked);
      g_assert_cmpstr (joined, ==, table[i].unsure);
      g_assert_cmpuint (found->len > 0, ==, table[i].form != NULL);
      if (found->len > 0)
        {
          const ShequOverlapForm *best = &g_array_index (found, ShequOverlapForm, 0);

          g_assert_cmpstr (best->code, ==, table[i].form);
          g_assert_cmpuint (shequ_overlap_form_get_percent (best), ==, table[i].percent);
          g_assert_cmpuint (shequ_overlap_form_get_likeness (best), ==, table[i].likeness);
        }
    }
}

static void
test_nothing_asked (void)
{
  g_autoptr (ShequOverlap) forms = make_forms ();
  const char *const none[] = { NULL };
  g_autoptr (GArray) found = shequ_overlap_find (forms, none);
  ShequOverlapForm empty = { "F1", "F1", 0, 0, 0 };

  g_assert_cmpuint (found->len, ==, 0);
  g_assert_cmpuint (shequ_overlap_form_get_percent (&empty), ==, 0);
  g_assert_cmpuint (shequ_overlap_form_get_likeness (&empty), ==, 0);
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/overlap/table", test_table);
  g_test_add_func ("/overlap/nothing-asked", test_nothing_asked);

  return g_test_run ();
}
