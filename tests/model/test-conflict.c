/* A lost race: what each side did, who and when, and what is stored after the choice. */
#include <string.h>

#include "model-fixture.h"
#include "shequ-conflict.h"
#include "shequ-error.h"
#include "shequ-locale.h"

#define FIXTURE(path, function)                                                                              \
  g_test_add (path, ModelFixture, NULL, model_fixture_set_up, function, model_fixture_tear_down)

static ShequRow *
make_team (ModelFixture *fixture, const char *leader)
{
  ShequRow *row = shequ_row_new (shequ_office_get_register (fixture->office, "team"));

  shequ_row_set_text (row, "name", "老队");
  if (leader != NULL)
    shequ_row_set_text (row, "leader_name", leader);
  return row;
}

/* One field, three states: what it is called, and what is stored when nobody chooses. */
static const struct
{
  const char *base;
  const char *mine;
  const char *theirs;
  int kind; /* -1: nobody changed it */
  const char *merged;
} cases[] = {
  { "甲", "甲", "甲", -1, "甲" },
  { "甲", "乙", "甲", SHEQU_CONFLICT_MINE, "乙" },
  { "甲", "甲", "丙", SHEQU_CONFLICT_THEIRS, "丙" },
  { "甲", "乙", "乙", SHEQU_CONFLICT_SAME, "乙" },
  { "甲", "乙", "丙", SHEQU_CONFLICT_BOTH, "乙" },
  { NULL, "乙", NULL, SHEQU_CONFLICT_MINE, "乙" },
  { "甲", NULL, "甲", SHEQU_CONFLICT_MINE, NULL },
  { "甲", NULL, "丙", SHEQU_CONFLICT_BOTH, NULL },
  { "甲", "乙", NULL, SHEQU_CONFLICT_BOTH, "乙" },
  { "甲", NULL, NULL, SHEQU_CONFLICT_SAME, NULL },
};

static void
test_compare (ModelFixture *fixture, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ShequRow) base = make_team (fixture, cases[i].base);
      g_autoptr (ShequRow) mine = make_team (fixture, cases[i].mine);
      g_autoptr (ShequRow) theirs = make_team (fixture, cases[i].theirs);
      g_autoptr (ShequConflict) conflict = shequ_conflict_new (base, mine, theirs);
      g_autoptr (ShequRow) merged = NULL;
      const ShequConflictField *field = conflict->fields->len > 0 ? conflict->fields->pdata[0] : NULL;

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_cmpuint (conflict->fields->len, ==, cases[i].kind < 0 ? 0 : 1);
      if (field != NULL)
        g_assert_cmpint ((int) field->kind, ==, cases[i].kind);
      merged = shequ_conflict_merge (conflict);
      g_assert_cmpstr (shequ_row_get_text (merged, "leader_name"), ==, cases[i].merged);
    }
}

/* Where the other value is chosen, it is stored; the version is the one that is stored. */
static void
test_choice (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (ShequRow) base = make_team (fixture, "甲");
  g_autoptr (ShequRow) mine = make_team (fixture, "乙");
  g_autoptr (ShequRow) theirs = make_team (fixture, "丙");
  g_autoptr (ShequConflict) conflict = NULL;
  g_autoptr (ShequRow) merged = NULL;

  theirs->version = 7;
  conflict = shequ_conflict_new (base, mine, theirs);
  ((ShequConflictField *) conflict->fields->pdata[0])->take_mine = FALSE;
  merged = shequ_conflict_merge (conflict);
  g_assert_cmpstr (shequ_row_get_text (merged, "leader_name"), ==, "丙");
  g_assert_cmpint (merged->version, ==, 7);
}

static ShequOffice *
open_other (ModelFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  ShequOffice *other = shequ_office_open (fixture->uri, fixture->catalogue, "李四", "窗口2", NULL, &error);

  g_assert_no_error (error);
  return other;
}

static void
change_elsewhere (ShequOffice *other, const char *reg, gint64 key, const char *field, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequRow) row =
    shequ_office_get_row (other, shequ_office_get_register (other, reg), key, NULL, &error);

  g_assert_no_error (error);
  shequ_row_set_text (row, field, text);
  shequ_office_save (other, row, NULL, NULL, &error);
  g_assert_no_error (error);
}

static gint64
add_resident (ModelFixture *fixture)
{
  return model_fixture_add (fixture, "resident", "name", "曾小明", "phone", "13800138000", "workplace",
                            "一厂", "note", "原话", NULL);
}

static const ShequConflictField *
get_field (const ShequConflict *conflict, const char *name)
{
  for (guint i = 0; i < conflict->fields->len; i++)
    {
      const ShequConflictField *field = conflict->fields->pdata[i];

      if (g_str_equal (field->field->name, name))
        return field;
    }
  return NULL;
}

static void
assert_value (const ShequConflict *conflict, const char *name, ShequConflictValue value, const char *wanted)
{
  g_autofree char *text =
    shequ_conflict_format (conflict, get_field (conflict, name)->field, value, SHEQU_FORMAT_MASKED);

  g_assert_cmpstr (text, ==, wanted);
}

/* Two others came between; what was typed, what they wrote and what it was, each with who did it. The record
 * as it was read is known, or is found in the change log. */
static void
test_find (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (ShequOffice) other = open_other (fixture);
  gint64 key = add_resident (fixture);
  g_autoptr (ShequRow) base = model_fixture_get (fixture, "resident", key);
  g_autoptr (ShequRow) mine = shequ_row_copy (base);
  g_autoptr (GError) error = NULL;

  change_elsewhere (other, "resident", key, "phone", "13900139000");
  change_elsewhere (fixture->office, "resident", key, "workplace", "二厂");
  change_elsewhere (other, "resident", key, "phone", "13700137000");
  shequ_row_set_text (mine, "phone", "13600136000");
  shequ_row_set_text (mine, "note", "新话");
  g_assert_false (shequ_office_save (fixture->office, mine, NULL, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_CONFLICT);
  /* Both values stand in the message, without the whole number. */
  g_assert_nonnull (strstr (error->message, "137****7000"));
  g_assert_nonnull (strstr (error->message, "136****6000"));

  for (guint known = 0; known < 2; known++)
    {
      g_autoptr (ShequConflict) conflict = NULL;
      g_autoptr (ShequRow) saved = NULL;

      g_clear_error (&error);
      conflict = shequ_conflict_find (fixture->office, known ? base : NULL, mine, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (conflict->user, ==, "李四");
      g_assert_cmpstr (conflict->workstation, ==, "窗口2");
      g_assert_cmpuint (conflict->fields->len, ==, 3);
      g_assert_cmpint (get_field (conflict, "phone")->kind, ==, SHEQU_CONFLICT_BOTH);
      g_assert_cmpint (get_field (conflict, "workplace")->kind, ==, SHEQU_CONFLICT_THEIRS);
      g_assert_cmpint (get_field (conflict, "note")->kind, ==, SHEQU_CONFLICT_MINE);
      g_assert_cmpstr (get_field (conflict, "phone")->user, ==, "李四");
      g_assert_cmpstr (get_field (conflict, "workplace")->user, ==, "王芳");
      g_assert_null (get_field (conflict, "note")->user);
      assert_value (conflict, "phone", SHEQU_CONFLICT_BASE_VALUE, "138****8000");
      assert_value (conflict, "phone", SHEQU_CONFLICT_MY_VALUE, "136****6000");
      assert_value (conflict, "phone", SHEQU_CONFLICT_THEIR_VALUE, "137****7000");
      if (!known)
        continue;
      saved = shequ_conflict_save (fixture->office, conflict, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (shequ_row_get_text (saved, "phone"), ==, "13600136000");
      g_assert_cmpstr (shequ_row_get_text (saved, "workplace"), ==, "二厂");
      g_assert_cmpstr (shequ_row_get_text (saved, "note"), ==, "新话");
    }
}

/* A record that was deleted meanwhile comes back with what was typed. */
static void
test_deleted (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (ShequOffice) other = open_other (fixture);
  gint64 key = add_resident (fixture);
  g_autoptr (ShequRow) base = model_fixture_get (fixture, "resident", key);
  g_autoptr (ShequRow) mine = shequ_row_copy (base);
  g_autoptr (ShequRow) saved = NULL;
  g_autoptr (ShequRow) stored = NULL;
  g_autoptr (ShequConflict) conflict = NULL;
  g_autoptr (GError) error = NULL;

  change_elsewhere (other, "resident", key, "workplace", "二厂");
  shequ_office_delete (other, base->reg, key, base->version + 1, NULL, &error);
  g_assert_no_error (error);
  shequ_row_set_text (mine, "note", "新话");
  g_assert_false (shequ_office_save (fixture->office, mine, NULL, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_CONFLICT);
  g_clear_error (&error);

  conflict = shequ_conflict_find (fixture->office, base, mine, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (conflict->theirs->deleted);
  g_assert_cmpstr (conflict->user, ==, "李四");
  saved = shequ_conflict_save (fixture->office, conflict, NULL, NULL, &error);
  g_assert_no_error (error);
  stored = model_fixture_get (fixture, "resident", key);
  g_assert_cmpint (stored->version, ==, saved->version);
  g_assert_cmpstr (shequ_row_get_text (stored, "note"), ==, "新话");
  g_assert_cmpstr (shequ_row_get_text (stored, "workplace"), ==, "二厂");
}

/* What follows from what was chosen is made anew: the day of birth from the number. */
static void
test_derived (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (ShequOffice) other = open_other (fixture);
  gint64 key = add_resident (fixture);
  g_autoptr (ShequRow) base = model_fixture_get (fixture, "resident", key);
  g_autoptr (ShequRow) mine = shequ_row_copy (base);
  g_autoptr (ShequRow) saved = NULL;
  g_autoptr (ShequConflict) conflict = NULL;
  g_autoptr (GError) error = NULL;

  change_elsewhere (other, "resident", key, "id_number", "11010519491231002X");
  shequ_row_set_text (mine, "note", "新话");
  g_assert_false (shequ_office_save (fixture->office, mine, NULL, NULL, NULL));
  conflict = shequ_conflict_find (fixture->office, base, mine, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (shequ_conflict_count (conflict, SHEQU_CONFLICT_BOTH), ==, 0);
  saved = shequ_conflict_save (fixture->office, conflict, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (shequ_row_get_text (saved, "birth_date"), ==, "1949-12-31");
  g_assert_cmpstr (shequ_row_get_text (saved, "note"), ==, "新话");
}

/* While one compares, a third may store again: then there is another race, and nothing is overwritten unseen.
 */
static void
test_again (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (ShequOffice) other = open_other (fixture);
  gint64 key = add_resident (fixture);
  g_autoptr (ShequRow) base = model_fixture_get (fixture, "resident", key);
  g_autoptr (ShequRow) mine = shequ_row_copy (base);
  g_autoptr (ShequConflict) conflict = NULL;
  g_autoptr (GError) error = NULL;

  change_elsewhere (other, "resident", key, "note", "别话");
  shequ_row_set_text (mine, "note", "新话");
  conflict = shequ_conflict_find (fixture->office, base, mine, NULL, &error);
  g_assert_no_error (error);
  change_elsewhere (other, "resident", key, "note", "又一话");
  g_assert_null (shequ_conflict_save (fixture->office, conflict, NULL, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_CONFLICT);
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);
  FIXTURE ("/conflict/compare", test_compare);
  FIXTURE ("/conflict/choice", test_choice);
  FIXTURE ("/conflict/find", test_find);
  FIXTURE ("/conflict/deleted", test_deleted);
  FIXTURE ("/conflict/derived", test_derived);
  FIXTURE ("/conflict/again", test_again);
  return g_test_run ();
}
