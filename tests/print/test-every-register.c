/* Every shipped register, by its description alone, as an office uses it: a record is made, changed, refused
 * when a rule is broken, found, told of by what it links to, exported, imported again, filled into the
 * register's own blank spreadsheet, printed, withheld from those who may not, deleted and brought back; its
 * way stands in the change log. A new file in data/catalogue is proven here without a line of code. */
#include "shequ-error.h"
#include "shequ-file-book.h"
#include "shequ-locale.h"
#include "shequ-record-file.h"

#include <string.h>

#include "register-fixture.h"

/* Of the records of all registers. */
#define FEWEST_LINKS 150

typedef struct
{
  RegisterFixture *fixture;
  const ShequRegister *reg;
  guint *n_links; /* of all registers */
} Case;

static void
check_lists (RegisterFixture *fixture, const ShequRegister *reg)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < reg->lists->len; i++)
    {
      const ShequList *list = reg->lists->pdata[i];
      g_autoptr (ShequQuery) query = register_query (reg);
      g_autoptr (GArray) keys = NULL;

      if (list->where != NULL)
        shequ_query_take_where (query, shequ_condition_ref (list->where));
      g_array_append_vals (query->sort, list->sort->data, list->sort->len);
      keys = shequ_store_list_keys (fixture->store, query, NULL, &error);
      if (keys == NULL)
        g_error ("%s: [List %s]: %s", reg->name, list->name, error->message);
      if (i == 0 && list->where == NULL)
        g_assert_cmpuint (keys->len, >=, 1);
    }
}

/* By the first field that is searched. */
static void
check_search (RegisterFixture *fixture, const ShequRegister *reg, const ShequRow *row)
{
  for (guint i = 0; i < reg->fields->len; i++)
    {
      const ShequField *field = reg->fields->pdata[i];
      g_autoptr (ShequQuery) query = register_query (reg);
      g_autofree char *text = NULL;
      g_autoptr (GError) error = NULL;

      if (field->search == SHEQU_SEARCH_NONE || field->search == SHEQU_SEARCH_LINKED ||
          shequ_value_is_null (&row->values[i]))
        continue;
      text = shequ_row_format (row, field, SHEQU_FORMAT_PLAIN);
      shequ_query_set_search (query, text);
      if (shequ_store_count (fixture->store, query, NULL, &error) < 1)
        g_error ("%s.%s: “%s” is not found", reg->name, field->name, text);
      return;
    }
}

/* What must be filled in is asked for by its name, and nothing is stored. */
static void
check_refusals (RegisterFixture *fixture, const ShequRow *row)
{
  for (guint i = 0; i < row->reg->fields->len; i++)
    {
      const ShequField *field = row->reg->fields->pdata[i];
      g_autoptr (ShequRow) copy = shequ_row_copy (row);
      g_autoptr (ShequRow) after = NULL;
      g_autoptr (GPtrArray) issues = shequ_issues_new ();
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;

      if (!field->required || !shequ_field_is_stored (field))
        continue;
      shequ_value_clear (shequ_row_get (copy, field));
      shequ_row_derive (copy, FIXTURE_TODAY);
      if (!shequ_value_is_null (shequ_row_get (copy, field)))
        continue;
      if (shequ_office_save (fixture->model.office, copy, issues, NULL, &error))
        g_error ("%s.%s: stored empty", row->reg->name, field->name);
      text = shequ_issues_to_text (issues, SHEQU_ISSUE_ERROR);
      if (strstr (text, field->label) == NULL)
        g_error ("%s.%s: is not named: %s", row->reg->name, field->name, text);
      after = model_fixture_get (&fixture->model, row->reg->name, row->key);
      g_assert_cmpint (after->version, ==, row->version);
    }
}

/* A field that a person changes as he likes. */
static gboolean
change (RegisterFixture *fixture, ShequRow *row, const ShequField **changed)
{
  for (guint i = 0; i < row->reg->fields->len; i++)
    {
      const ShequField *field = row->reg->fields->pdata[i];
      g_autoptr (ShequRow) copy = shequ_row_copy (row);
      g_autoptr (GPtrArray) issues = shequ_issues_new ();
      g_autofree char *text = NULL;

      if (!shequ_field_is_stored (field) || field->read_only || field->hidden || field->history ||
          (field->kind != SHEQU_FIELD_TEXT && field->kind != SHEQU_FIELD_LONG_TEXT &&
           field->kind != SHEQU_FIELD_INTEGER && field->kind != SHEQU_FIELD_YES_NO))
        continue;
      text = field->kind == SHEQU_FIELD_INTEGER
               ? g_strdup_printf ("%" G_GINT64_FORMAT, shequ_row_get_integer (row, field->name) + 1)
             : field->kind == SHEQU_FIELD_YES_NO
               ? g_strdup (shequ_row_get_integer (row, field->name) != 0 ? "0" : "1")
               : record_maker_make_text (&fixture->maker, field);
      if (!shequ_field_parse (field, text, FIXTURE_TODAY, shequ_row_get (copy, field), issues))
        continue;
      shequ_row_derive (copy, FIXTURE_TODAY);
      if (!shequ_row_validate (copy, FIXTURE_TODAY, issues) ||
          shequ_value_equal (shequ_row_get (copy, field), shequ_row_get (row, field)))
        continue;
      g_assert_true (shequ_field_parse (field, text, FIXTURE_TODAY, shequ_row_get (row, field), issues));
      *changed = field;
      return TRUE;
    }
  return FALSE;
}

/* The change is read back and stands in the log; whoever has the record as it was before is stopped. */
static void
check_edit (RegisterFixture *fixture, const ShequRow *row)
{
  g_autoptr (ShequRow) edited = shequ_row_copy (row);
  g_autoptr (ShequRow) late = shequ_row_copy (row);
  g_autoptr (ShequRow) after = NULL;
  g_autoptr (GPtrArray) log = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *entry = NULL;
  const ShequField *field = NULL;

  if (!change (fixture, edited, &field))
    {
      if (!row->reg->fixed)
        g_error ("%s: nothing of it can be changed", row->reg->name);
      return;
    }
  if (!shequ_office_save (fixture->model.office, edited, NULL, NULL, &error))
    g_error ("%s.%s: %s", row->reg->name, field->name, error->message);
  after = model_fixture_get (&fixture->model, row->reg->name, row->key);
  g_assert_true (shequ_value_equal (shequ_row_get (after, field), shequ_row_get (edited, field)));
  g_assert_cmpint (after->version, >, row->version);
  log = shequ_store_read_log (fixture->store, row->reg, row->key, NULL, 1, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (((ShequLogEntry *) log->pdata[0])->action, ==, SHEQU_ACTION_CHANGE);
  entry = g_strdup_printf ("\"%s\":", field->name);
  g_assert_nonnull (strstr (((ShequLogEntry *) log->pdata[0])->changes, entry));
  g_assert_true (change (fixture, late, &field));
  g_assert_false (shequ_office_save (fixture->model.office, late, NULL, NULL, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_CONFLICT);
}

/* As a form and as a book: what its page says stands on paper. */
static void
check_print (RegisterFixture *fixture, const ShequRow *row)
{
  static const ShequFileBook book = { .title = "台账",
                                      .office = "青年社区居民委员会",
                                      .date = "2026年11月22日" };
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequQuery) query = register_query (row->reg);
  g_autoptr (ShequFile) file =
    shequ_record_file_load (fixture->model.office, row->reg, row->key, NULL, &error);
  g_autoptr (ShequFile) ledger = NULL;
  g_autoptr (ShequDocument) sheet = NULL;
  g_autoptr (ShequDocument) folder = NULL;
  g_autofree char *title = shequ_row_get_title (row);

  g_assert_no_error (error);
  if (*title == '\0' || file->title == NULL || *file->title == '\0')
    g_error ("%s: the record has no title", row->reg->name);
  if (g_strv_length (file->facts) < 2)
    g_error ("%s: nothing of the record is printed", row->reg->name);
  sheet = shequ_file_sheet_new (&book, file);
  g_assert_cmpuint (shequ_document_get_n_pages (sheet), >=, 1);
  g_assert_cmpuint (shequ_document_count_unknown_glyphs (sheet), ==, 0);
  ledger = shequ_list_file_load (fixture->model.office, query, row->reg->lists->pdata[0], NULL, &error);
  if (ledger == NULL)
    g_error ("%s: ledger: %s", row->reg->name, error->message);
  folder = shequ_file_folder_new (&book, ledger);
  g_assert_cmpuint (shequ_document_get_n_pages (folder), >=, 2);
}

static gboolean
tells_of (const ShequFile *file, const ShequRow *row)
{
  for (guint i = 0; i < file->sections->len; i++)
    {
      const ShequFileSection *section = file->sections->pdata[i];

      for (guint j = 0; section->reg == row->reg && j < section->keys->len; j++)
        if (g_array_index (section->keys, gint64, j) == row->key)
          return TRUE;
    }
  return FALSE;
}

/* A link is gone both ways: the record it leads to tells of this one. */
static guint
check_links (RegisterFixture *fixture, const ShequRow *row)
{
  guint n_links = 0;

  for (guint i = 0; i < row->reg->fields->len; i++)
    {
      const ShequField *field = row->reg->fields->pdata[i];
      g_autoptr (ShequFile) file = NULL;
      g_autoptr (GError) error = NULL;

      if (field->target == NULL || field->hidden || !shequ_field_is_stored (field) ||
          shequ_value_is_null (&row->values[i]))
        continue;
      file = shequ_record_file_load (fixture->model.office, field->target,
                                     shequ_row_get_integer (row, field->name), NULL, &error);
      if (file == NULL)
        g_error ("%s.%s: %s", row->reg->name, field->name, error->message);
      if (!tells_of (file, row))
        g_error ("%s.%s: the record of %s does not tell of it", row->reg->name, field->name,
                 field->target->name);
      n_links++;
    }
  return n_links;
}

typedef gboolean (*Deed) (RegisterFixture *fixture, const ShequRow *row, GError **error);

static gboolean
look (RegisterFixture *fixture, const ShequRow *row, GError **error)
{
  g_autoptr (ShequQuery) query = register_query (row->reg);

  return shequ_store_count (fixture->store, query, NULL, error) >= 0;
}

static gboolean
create (RegisterFixture *fixture, const ShequRow *row, GError **error)
{
  g_autoptr (ShequRow) fresh = shequ_row_copy (row);

  fresh->key = 0;
  fresh->version = 0;
  return shequ_office_save (fixture->model.office, fresh, NULL, NULL, error);
}

static gboolean
edit (RegisterFixture *fixture, const ShequRow *row, GError **error)
{
  g_autoptr (ShequRow) edited = shequ_row_copy (row);
  const ShequField *field;

  change (fixture, edited, &field);
  return shequ_office_save (fixture->model.office, edited, NULL, NULL, error);
}

static gboolean
drop (RegisterFixture *fixture, const ShequRow *row, GError **error)
{
  return shequ_office_delete (fixture->model.office, row->reg, row->key, row->version, NULL, error);
}

static gboolean
take_away (RegisterFixture *fixture, const ShequRow *row, GError **error)
{
  g_autofree char *path = g_build_filename (fixture->model.folder, "away.xlsx", NULL);

  return register_export (fixture, row->reg, path, error);
}

/* On paper it has left the office, too: what prints says so in the change log first. */
static gboolean
put_on_paper (RegisterFixture *fixture, const ShequRow *row, GError **error)
{
  g_autoptr (ShequTransaction) transaction =
    shequ_office_begin (fixture->model.office, "Printed records", NULL, error);

  return transaction != NULL &&
         shequ_transaction_log (transaction, SHEQU_ACTION_PRINT, row->reg, row->key, "{\"printed\":1}",
                                error) &&
         shequ_transaction_commit (transaction, error);
}

/* What a role may not do is refused as such, whatever register it is, and nothing of it is stored. */
static void
check_permission (RegisterFixture *fixture, const ShequRow *row)
{
  static const struct
  {
    ShequRight right;
    Deed deed;
  } deeds[] = { { SHEQU_RIGHT_VIEW, look },        { SHEQU_RIGHT_CREATE, create },
                { SHEQU_RIGHT_CHANGE, edit },      { SHEQU_RIGHT_DELETE, drop },
                { SHEQU_RIGHT_EXPORT, take_away }, { SHEQU_RIGHT_PRINT, put_on_paper } };
  guint refused = 0;

  for (guint role = 0; role < SHEQU_N_ROLES; role++)
    {
      g_autoptr (ShequAccess) access = shequ_access_new (fixture->rights, role);
      ShequAccessPlace place = { .unit = fixture->maker.unit };

      shequ_access_set_place (access, &place);
      shequ_store_set_access (fixture->store, access);
      for (guint i = 0; i < G_N_ELEMENTS (deeds); i++)
        {
          g_autoptr (GError) error = NULL;

          if (shequ_access_allows (access, deeds[i].right, row->reg, NULL))
            continue;
          refused++;
          if (deeds[i].deed (fixture, row, &error) ||
              !g_error_matches (error, SHEQU_ERROR, SHEQU_ERROR_PERMISSION))
            g_error ("%s: %s may %s: %s", row->reg->name, shequ_role_get_name (role),
                     shequ_right_get_name (deeds[i].right), error != NULL ? error->message : "done");
        }
      shequ_store_set_access (fixture->store, NULL);
    }
  g_assert_cmpuint (refused, >, 0);
}

static void
check_same (const ShequRow *row, const ShequRow *other)
{
  for (guint i = 0; i < row->reg->fields->len; i++)
    if (!shequ_value_equal (&row->values[i], &other->values[i]))
      g_error ("%s.%s: is not what it was", row->reg->name,
               ((const ShequField *) row->reg->fields->pdata[i])->name);
}

/* Deleted it is in no list; undone it is as it was. */
static void
check_deleted (RegisterFixture *fixture, const ShequRow *row)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequQuery) query = register_query (row->reg);
  g_autoptr (ShequRow) after = NULL;
  g_autoptr (GPtrArray) log = NULL;
  gint64 count = shequ_store_count (fixture->store, query, NULL, &error);

  if (!drop (fixture, row, &error))
    g_error ("%s: delete: %s", row->reg->name, error->message);
  g_assert_cmpint (shequ_store_count (fixture->store, query, NULL, &error), ==, count - 1);
  if (!row->reg->fixed)
    {
      check_import_blank (fixture, row);
      record_maker_forget (&fixture->maker);
    }
  if (!shequ_office_restore (fixture->model.office, row->reg, row->key, NULL, &error))
    g_error ("%s: undo: %s", row->reg->name, error->message);
  g_assert_cmpint (shequ_store_count (fixture->store, query, NULL, &error), ==, count);
  after = model_fixture_get (&fixture->model, row->reg->name, row->key);
  check_same (row, after);
  log = shequ_store_read_log (fixture->store, row->reg, row->key, NULL, 2, NULL, &error);
  g_assert_cmpint (((ShequLogEntry *) log->pdata[0])->action, ==, SHEQU_ACTION_RESTORE);
  g_assert_cmpint (((ShequLogEntry *) log->pdata[1])->action, ==, SHEQU_ACTION_DELETE);
}

static void
test_register (gconstpointer data)
{
  const Case *test = data;
  RegisterFixture *fixture = test->fixture;
  gint64 key = record_maker_add (&fixture->maker, test->reg);
  g_autoptr (ShequRow) row = model_fixture_get (&fixture->model, test->reg->name, key);

  check_lists (fixture, test->reg);
  check_search (fixture, test->reg, row);
  *test->n_links += check_links (fixture, row);
  check_export (fixture, row);
  check_print (fixture, row);
  if (!test->reg->fixed)
    check_refusals (fixture, row);
  check_permission (fixture, row);
  check_blank (fixture, row);
  check_deleted (fixture, row);
  g_clear_pointer (&row, shequ_row_free);
  row = model_fixture_get (&fixture->model, test->reg->name, key);
  check_edit (fixture, row);
  record_maker_sweep (&fixture->maker);
}

/* Were the records to be made without links, nothing would have been looked at. */
static void
test_links (gconstpointer data)
{
  const Case *test = data;

  g_test_message ("%u links", *test->n_links);
  g_assert_cmpuint (*test->n_links, >=, FEWEST_LINKS);
}

/* After all of it the database is sound, its search documents and its change log as well. */
static void
test_sound (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = shequ_store_check (test->fixture->store, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
}

static void
set_up (RegisterFixture *fixture)
{
  static const ShequActor actor = { "小刘", "窗口一", NULL, "2026-11-22T01:02:03Z" };
  g_autoptr (GError) error = NULL;

  model_fixture_set_up (&fixture->model, NULL);
  fixture->store = shequ_office_get_store (fixture->model.office);
  fixture->rights = shequ_rights_load (&error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->model.folder, "records.xlsx", NULL);
  fixture->maker.store = fixture->store;
  fixture->maker.actor = &actor;
  fixture->maker.today = FIXTURE_TODAY;
  fixture->maker.unit = shequ_office_get_unit (fixture->model.office);
  fixture->maker.made = g_array_new (FALSE, FALSE, sizeof (MadeRecord));
}

static void
tear_down (RegisterFixture *fixture)
{
  g_array_unref (fixture->maker.made);
  g_free (fixture->path);
  shequ_rights_unref (fixture->rights);
  model_fixture_tear_down (&fixture->model, NULL);
}

int
main (int argc, char **argv)
{
  RegisterFixture fixture = { 0 };
  guint n_links = 0;
  g_autofree Case *cases = NULL;
  const GPtrArray *registers;
  int code;

  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);
  set_up (&fixture);
  registers = shequ_catalogue_get_registers (fixture.model.catalogue);
  cases = g_new0 (Case, registers->len);
  for (guint i = 0; i < registers->len; i++)
    {
      g_autofree char *path = NULL;

      cases[i].fixture = &fixture;
      cases[i].reg = registers->pdata[i];
      cases[i].n_links = &n_links;
      path = g_strconcat ("/every-register/", cases[i].reg->name, NULL);
      g_test_add_data_func (path, &cases[i], test_register);
    }
  g_test_add_data_func ("/every-register/links", &cases[0], test_links);
  g_test_add_data_func ("/every-register/sound", &cases[0], test_sound);
  code = g_test_run ();
  tear_down (&fixture);
  return code;
}
