#include "shequ-duplicates.h"

#include "config.h"

#include <string.h>

#include "model-fixture.h"
#include "shequ-error.h"
#include "shequ-locale.h"
#include "shequ-merge.h"

#define FIXTURE(path, function)                                                                              \
  g_test_add (path, ModelFixture, NULL, model_fixture_set_up, function, model_fixture_tear_down)

#define NUMBER "220802196503070022"

static gint64
add (ModelFixture *fixture, const char *name, const char *field, const char *value)
{
  return model_fixture_add (fixture, "resident", "name", name, field, value, NULL);
}

static char *
find (ModelFixture *fixture, gint64 after)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) pairs = shequ_duplicates_find (fixture->office, after, 0, NULL, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < pairs->len; i++)
    {
      const ShequDuplicatePair *pair = &g_array_index (pairs, ShequDuplicatePair, i);

      g_string_append_printf (text, "%s%" G_GINT64_FORMAT "=%" G_GINT64_FORMAT, i > 0 ? " " : "", pair->one,
                              pair->other);
    }
  return g_string_free (text, FALSE);
}

static void
test_find (ModelFixture *fixture, gconstpointer data)
{
  gint64 home = model_fixture_add (fixture, "household", "address", "明仁小区3号楼2单元501", NULL);
  gint64 again = model_fixture_add (fixture, "household", "address", "明仁小区3-2-501", NULL);
  g_autofree char *home_key = model_fixture_key (home);
  g_autofree char *again_key = model_fixture_key (again);
  g_autofree char *all = NULL;
  g_autofree char *new = NULL;
  g_autofree char *left = NULL;
  g_autoptr (GError) error = NULL;

  add (fixture, "王小明", "household", home_key);    /* 1 */
  add (fixture, "赵六", "birth_date", "1965-03-07"); /* 2 */
  add (fixture, "王晓明", "household", again_key);   /* 3: sounds as 1, at the same address */
  add (fixture, "赵六", "birth_date", "1965-03-07"); /* 4: as 2 */
  add (fixture, "赵六", "birth_date", "1971-09-02"); /* 5: another */
  add (fixture, "王大明", "household", home_key);    /* 6: another */
  all = find (fixture, 0);
  g_assert_cmpstr (all, ==, "2=4 1=3");
  new = find (fixture, 3);
  g_assert_cmpstr (new, ==, "2=4");
  g_assert_cmpint (shequ_duplicates_get_last_key (fixture->office, NULL, &error), ==, 6);

  g_assert_cmpint (shequ_duplicates_dismiss (fixture->office, 4, 2, "查过户口簿", NULL, &error), >, 0);
  g_assert_no_error (error);
  left = find (fixture, 0);
  g_assert_cmpstr (left, ==, "1=3");
  g_assert_cmpint (shequ_duplicates_dismiss (fixture->office, 1, 99, NULL, NULL, &error), ==, -1);
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND);
}

/* Hundreds of one name and a birth date that stands for none: all that are the same are found, in little
 * time. */
static void
test_large_block (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequTransaction) transaction = shequ_office_begin (fixture->office, "test", NULL, &error);
  g_autoptr (GArray) pairs = NULL;
  guint n_found = 0;

  for (guint i = 0; i < 1000; i++)
    {
      g_autoptr (ShequRow) row =
        shequ_office_new_row (fixture->office, shequ_office_get_register (fixture->office, "resident"));
      g_autofree char *phone = g_strdup_printf ("138%08u", i / 2);

      shequ_row_set_text (row, "name", i % 2 == 0 ? "王小明" : "王晓明");
      shequ_row_set_text (row, "birth_date", "1900-01-01");
      shequ_row_set_text (row, "phone", phone);
      g_assert_true (shequ_office_save_in (fixture->office, transaction, row, NULL, &error));
    }
  g_assert_true (shequ_transaction_commit (transaction, &error));
  g_clear_pointer (&transaction, shequ_transaction_free);
  pairs = shequ_duplicates_find (fixture->office, 0, 0, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < pairs->len; i++)
    {
      const ShequDuplicatePair *pair = &g_array_index (pairs, ShequDuplicatePair, i);

      n_found += pair->one % 2 == 1 && pair->other == pair->one + 1;
    }
  g_assert_cmpuint (n_found, ==, 500);
  /* Not half a million comparisons of everybody with everybody. */
  g_assert_cmpuint (pairs->len, <, 60000);
}

typedef struct
{
  gint64 kept;
  gint64 lost;
  gint64 certificate;
  gint64 volunteer;
  gint64 tag;
} Story;

static void
tell_story (ModelFixture *fixture, Story *story)
{
  g_autofree char *lost = NULL;

  story->kept = add (fixture, "王小明", "phone", "13800138000");
  story->lost = model_fixture_add (fixture, "resident", "name", "王晓明", "id_number", NUMBER, "workplace",
                                   "大安机械厂", NULL);
  lost = model_fixture_key (story->lost);
  story->volunteer = model_fixture_add (fixture, "volunteer", "name", "王晓明", "resident", lost, "active",
                                        "是", "insured_until", "2027-12-31", NULL);
}

static ShequRow *
get (ModelFixture *fixture, gint64 key)
{
  return model_fixture_get (fixture, "resident", key);
}

static gint64
merge (ModelFixture *fixture, const Story *story, guint *n_links, GError **error)
{
  g_autoptr (ShequRow) kept = get (fixture, story->kept);
  g_autoptr (ShequRow) lost = get (fixture, story->lost);
  g_autoptr (ShequRow) chosen = shequ_merge_propose (kept, lost);

  return shequ_merge_run (fixture->office, chosen, lost, "同一人", n_links, NULL, error);
}

static void
test_merge_and_undo (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  Story story;
  guint n = 0;
  gint64 done;

  tell_story (fixture, &story);
  done = merge (fixture, &story, &n, &error);
  g_assert_no_error (error);
  g_assert_cmpint (done, >, 0);
  g_assert_cmpuint (n, ==, 1);
  {
    g_autoptr (ShequRow) kept = get (fixture, story.kept);
    g_autoptr (ShequRow) volunteer = model_fixture_get (fixture, "volunteer", story.volunteer);
    g_autoptr (ShequRow) gone = shequ_office_get_row (
      fixture->office, shequ_office_get_register (fixture->office, "resident"), story.lost, NULL, &error);

    g_assert_cmpstr (shequ_row_get_text (kept, "name"), ==, "王小明");
    g_assert_cmpstr (shequ_row_get_text (kept, "id_number"), ==, NUMBER);
    g_assert_cmpstr (shequ_row_get_text (kept, "birth_date"), ==, "1965-03-07");
    g_assert_cmpstr (shequ_row_get_text (kept, "phone"), ==, "13800138000");
    g_assert_cmpint (shequ_row_get_integer (volunteer, "resident"), ==, story.kept);
    g_assert_null (gone);
    g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND);
    g_clear_error (&error);
  }

  {
    g_autoptr (ShequRow) last = shequ_merge_find_last (fixture->office, NULL, &error);

    g_assert_cmpint (last->key, ==, done);
    g_assert_cmpstr (shequ_row_get_text (last, "lost_title"), ==, "王晓明");
  }
  g_assert_true (shequ_merge_undo (fixture->office, done, &n, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 0);
  g_assert_null (shequ_merge_find_last (fixture->office, NULL, &error));
  g_assert_no_error (error);
  {
    g_autoptr (ShequRow) kept = get (fixture, story.kept);
    g_autoptr (ShequRow) lost = get (fixture, story.lost);
    g_autoptr (ShequRow) volunteer = model_fixture_get (fixture, "volunteer", story.volunteer);

    g_assert_null (shequ_row_get_text (kept, "id_number"));
    g_assert_null (shequ_row_get_text (kept, "workplace"));
    g_assert_cmpstr (shequ_row_get_text (lost, "id_number"), ==, NUMBER);
    g_assert_cmpstr (shequ_row_get_text (lost, "workplace"), ==, "大安机械厂");
    g_assert_cmpint (shequ_row_get_integer (volunteer, "resident"), ==, story.lost);
  }
  g_assert_false (shequ_merge_undo (fixture->office, done, &n, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_CONFLICT);
}

static void
set_phone (ModelFixture *fixture, gint64 key, const char *phone)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequRow) row = get (fixture, key);

  shequ_row_set_text (row, "phone", phone);
  g_assert_true (shequ_office_save (fixture->office, row, NULL, NULL, &error));
}

/* What was edited after the merge survives its undoing. */
static void
test_undo_keeps_later_edits (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequRow) volunteer = NULL;
  g_autoptr (ShequRow) kept = NULL;
  Story story;
  gint64 done;
  guint n = 0;

  tell_story (fixture, &story);
  done = merge (fixture, &story, &n, &error);
  set_phone (fixture, story.kept, "13900139000");
  kept = get (fixture, story.kept);
  shequ_row_set_text (kept, "workplace", "退休");
  g_assert_true (shequ_office_save (fixture->office, kept, NULL, NULL, &error));
  volunteer = model_fixture_get (fixture, "volunteer", story.volunteer);
  shequ_row_set_null (volunteer, "resident");
  g_assert_true (shequ_office_save (fixture->office, volunteer, NULL, NULL, &error));

  g_assert_true (shequ_merge_undo (fixture->office, done, &n, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 2);
  g_clear_pointer (&kept, shequ_row_free);
  kept = get (fixture, story.kept);
  g_assert_cmpstr (shequ_row_get_text (kept, "phone"), ==, "13900139000");
  g_assert_cmpstr (shequ_row_get_text (kept, "workplace"), ==, "退休");
  g_assert_null (shequ_row_get_text (kept, "id_number"));
}

/* Somebody edits one of the two while they are compared: nothing is merged, and nothing is lost. */
static void
test_conflict (ModelFixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ShequRow) kept = NULL;
      g_autoptr (ShequRow) lost = NULL;
      g_autoptr (ShequRow) volunteer = NULL;
      g_autofree char *phone = g_strdup_printf ("1390013900%u", i);
      Story story = { 0 };

      if (i == 0)
        tell_story (fixture, &story);
      else
        story = (Story){ 1, 2, 0, 1, 0 };
      kept = get (fixture, story.kept);
      lost = get (fixture, story.lost);
      set_phone (fixture, i == 0 ? story.kept : story.lost, phone);
      g_assert_cmpint (shequ_merge_run (fixture->office, kept, lost, NULL, NULL, NULL, &error), ==, -1);
      g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_CONFLICT);
      g_test_message ("%s", error->message);
      volunteer = model_fixture_get (fixture, "volunteer", story.volunteer);
      g_assert_cmpint (shequ_row_get_integer (volunteer, "resident"), ==, story.lost);
      g_clear_pointer (&lost, shequ_row_free);
      lost = get (fixture, i == 0 ? story.kept : story.lost);
      g_assert_cmpstr (shequ_row_get_text (lost, "phone"), ==, phone);
    }
}

/* What ties a person to himself afterwards goes, and comes back. */
static void
test_links_between_the_two (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequRow) row = NULL;
  Story story;
  gint64 decision;
  gint64 done;
  guint n = 0;

  tell_story (fixture, &story);
  decision = shequ_duplicates_dismiss (fixture->office, story.kept, story.lost, "看错", NULL, &error);
  done = merge (fixture, &story, &n, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 2);
  row = shequ_office_get_row (fixture->office, shequ_office_get_register (fixture->office, "not_same"),
                              decision, NULL, NULL);
  g_assert_null (row);
  g_assert_true (shequ_merge_undo (fixture->office, done, &n, NULL, &error));
  g_assert_no_error (error);
  row = model_fixture_get (fixture, "not_same", decision);
  g_assert_cmpint (shequ_row_get_integer (row, "second"), ==, story.lost);
}

static guint
count_links (ModelFixture *fixture, const ShequField *field, gint64 key)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequQuery) query = shequ_query_new (field->owner, FIXTURE_TODAY);
  g_autofree char *where = g_strdup_printf ("%s=%" G_GINT64_FORMAT, field->name, key);
  gint64 n;

  g_assert_true (shequ_query_add_where (query, where, &error));
  n = shequ_store_count (shequ_office_get_store (fixture->office), query, NULL, &error);
  g_assert_no_error (error);
  return (guint) n;
}

/* Whatever register links to residents, now or later: each of its links follows, and comes back. */
static void
test_every_link (ModelFixture *fixture, gconstpointer data)
{
  const ShequRegister *resident = shequ_office_get_register (fixture->office, "resident");
  g_autoptr (GPtrArray) referrers =
    shequ_register_get_referrers (shequ_office_get_catalogue (fixture->office), resident);
  g_autoptr (GError) error = NULL;
  ShequTransaction *transaction;
  Story story;
  guint n = 0;
  gint64 done;

  tell_story (fixture, &story);
  transaction = shequ_office_begin (fixture->office, "test", NULL, &error);
  for (guint i = 0; i < referrers->len; i++)
    {
      const ShequField *field = referrers->pdata[i];
      g_autoptr (ShequRow) row = shequ_office_new_row (fixture->office, field->owner);

      shequ_value_set_integer (&row->values[field->index], story.lost);
      g_assert_true (shequ_transaction_insert (transaction, row, &error));
    }
  g_assert_true (shequ_transaction_commit (transaction, &error));
  shequ_transaction_free (transaction);
  g_assert_cmpuint (referrers->len, >, 5);

  done = merge (fixture, &story, &n, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, referrers->len + 1);
  for (guint i = 0; i < referrers->len; i++)
    {
      const ShequField *field = referrers->pdata[i];

      g_test_message ("%s.%s", field->owner->name, field->name);
      g_assert_cmpuint (count_links (fixture, field, story.lost), ==, 0);
      g_assert_cmpuint (count_links (fixture, field, story.kept), >=, 1);
    }
  g_assert_true (shequ_merge_undo (fixture->office, done, &n, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 0);
  for (guint i = 0; i < referrers->len; i++)
    g_assert_cmpuint (count_links (fixture, referrers->pdata[i], story.kept), ==, 0);
}

/* Two people with one real number: refused, and taken with an approval and its grounds. */
static void
test_shared_number (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequRow) row = NULL;
  g_autoptr (ShequRow) third = NULL;

  add (fixture, "王小明", "id_number", NUMBER);
  row = shequ_office_new_row (fixture->office, shequ_office_get_register (fixture->office, "resident"));
  shequ_row_set_text (row, "name", "李四");
  shequ_row_set_text (row, "id_number", NUMBER);
  g_assert_false (shequ_office_save (fixture->office, row, NULL, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_DUPLICATE);
  g_assert_nonnull (strstr (error->message, "王小明"));
  g_assert_nonnull (strstr (error->message, "重号已核实"));
  g_clear_error (&error);

  shequ_row_set_integer (row, "number_shared", TRUE);
  g_assert_false (shequ_office_save (fixture->office, row, NULL, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE);
  g_clear_error (&error);
  shequ_row_set_text (row, "number_shared_by", "海明派出所 张警官");
  shequ_row_set_text (row, "number_shared_note", "重号证明2026第3号");
  g_assert_true (shequ_office_save (fixture->office, row, NULL, NULL, &error));
  g_assert_no_error (error);

  /* The exception cannot be taken back while the other holds the number; a third is refused as before. */
  shequ_row_set_integer (row, "number_shared", FALSE);
  g_assert_false (shequ_office_save (fixture->office, row, NULL, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_DUPLICATE);
  g_clear_error (&error);
  third = shequ_office_new_row (fixture->office, shequ_office_get_register (fixture->office, "resident"));
  shequ_row_set_text (third, "name", "孙七");
  shequ_row_set_text (third, "id_number", NUMBER);
  g_assert_false (shequ_office_save (fixture->office, third, NULL, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_DUPLICATE);
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);
  FIXTURE ("/duplicates/find", test_find);
  FIXTURE ("/duplicates/large-block", test_large_block);
  FIXTURE ("/duplicates/merge-and-undo", test_merge_and_undo);
  FIXTURE ("/duplicates/undo-keeps-later-edits", test_undo_keeps_later_edits);
  FIXTURE ("/duplicates/conflict", test_conflict);
  FIXTURE ("/duplicates/links-between-the-two", test_links_between_the_two);
  FIXTURE ("/duplicates/every-link", test_every_link);
  FIXTURE ("/duplicates/shared-number", test_shared_number);
  return g_test_run ();
}
