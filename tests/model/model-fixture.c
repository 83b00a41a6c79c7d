#include "model-fixture.h"

#include <glib/gstdio.h>

#include "shequ-session.h"
#include "shequ-time.h"
#include "test-server.h"

#define WAIT_SECONDS 30

static gint64
read_clock (gpointer user_data)
{
  const ModelFixture *fixture = user_data;

  return fixture->now;
}

void
model_fixture_set_day (ModelFixture *fixture, const char *day)
{
  ShequDate date;

  g_assert_true (shequ_date_from_iso (day, &date));
  fixture->now = shequ_moment_from_date (&date, 10 * 60);
}

/* (transfer full): the address of a database that can be made, and goes with the fixture. */
char *
model_fixture_new_uri (ModelFixture *fixture, const char *name)
{
  char *address;

  if (!test_server_is_wanted ())
    return g_strconcat ("sqlite:", fixture->folder, "/", name, ".shequ", NULL);
  address = test_server_new_address ();
  g_ptr_array_add (fixture->addresses, g_strdup (address));
  return address;
}

/* A run of the same tests by somebody who is signed in: what they do for a living must be permitted. */
static void
sign_in (ModelFixture *fixture)
{
  const char *role_name = g_getenv ("SHEQU_TEST_ROLE");
  ShequAccount account = { .key = 1, .name = (char *) "王芳" };
  g_autoptr (GError) error = NULL;

  if (role_name == NULL || *role_name == '\0')
    return;
  g_assert_true (shequ_role_parse (role_name, &account.role));
  account.unit = shequ_office_get_unit (fixture->office);
  shequ_session_enter (fixture->office, &account, NULL, &error);
  g_assert_no_error (error);
}

void
model_fixture_set_up (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequStore) store = NULL;

  model_fixture_set_day (fixture, FIXTURE_TODAY);
  fixture->folder = g_dir_make_tmp ("shequ-model-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->addresses = g_ptr_array_new_with_free_func (g_free);
  fixture->uri = model_fixture_new_uri (fixture, "office");
  fixture->catalogue = shequ_catalogue_new_shipped (&error);
  g_assert_no_error (error);
  store = shequ_store_open (fixture->uri, fixture->catalogue, SHEQU_OPEN_CREATE, NULL, &error);
  g_assert_no_error (error);
  fixture->office = shequ_office_new (store, "王芳", "窗口1");
  shequ_office_set_clock (fixture->office, read_clock, fixture);
  shequ_office_set_up (fixture->office, "青年社区居民委员会", SHEQU_LEVEL_COMMUNITY, NULL, &error);
  g_assert_no_error (error);
  sign_in (fixture);
}

static gboolean
is_held (GWeakRef *office)
{
  g_autoptr (ShequOffice) held = g_weak_ref_get (office);

  return held != NULL;
}

/* A worker may hold the office for a moment longer and be the one that lets it go; that it is let go at last
 * is part of every test. */
static void
drop_office (ModelFixture *fixture)
{
  gint64 end = g_get_monotonic_time () + WAIT_SECONDS * G_USEC_PER_SEC;
  GWeakRef office;

  g_weak_ref_init (&office, fixture->office);
  g_clear_object (&fixture->office);
  while (is_held (&office) && g_get_monotonic_time () < end)
    {
      model_fixture_settle ();
      g_usleep (500);
    }
  g_assert_false (is_held (&office));
  g_weak_ref_clear (&office);
}

void
model_fixture_reopen (ModelFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  drop_office (fixture);
  fixture->office = shequ_office_open (fixture->uri, fixture->catalogue, "王芳", "窗口1", NULL, &error);
  g_assert_no_error (error);
  shequ_office_set_clock (fixture->office, read_clock, fixture);
}

void
model_fixture_tear_down (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) folder = NULL;
  const char *name;

  drop_office (fixture);
  g_clear_pointer (&fixture->catalogue, shequ_catalogue_unref);
  folder = g_dir_open (fixture->folder, 0, NULL);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (fixture->folder);
  for (guint i = 0; i < fixture->addresses->len; i++)
    test_server_drop (fixture->addresses->pdata[i]);
  g_ptr_array_unref (fixture->addresses);
  g_free (fixture->folder);
  g_free (fixture->uri);
}

static void
set_field (ModelFixture *fixture, ShequRow *row, const char *name, const char *text)
{
  const ShequField *field = shequ_register_lookup (row->reg, name);
  g_autofree char *today = shequ_office_get_today (fixture->office);
  g_autoptr (GPtrArray) issues = shequ_issues_new ();

  g_assert_nonnull (field);
  if (field->kind == SHEQU_FIELD_LINK)
    shequ_row_set_integer (row, name, g_ascii_strtoll (text, NULL, 10));
  else
    g_assert_true (shequ_field_parse (field, text, today, shequ_row_get (row, field), issues));
}

gint64
model_fixture_add (ModelFixture *fixture, const char *reg, ...)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequRow) row = NULL;
  const char *name;
  va_list arguments;

  row = shequ_office_new_row (fixture->office, shequ_office_get_register (fixture->office, reg));
  va_start (arguments, reg);
  while ((name = va_arg (arguments, const char *)) != NULL)
    set_field (fixture, row, name, va_arg (arguments, const char *));
  va_end (arguments);
  shequ_office_save (fixture->office, row, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (row->key, >, 0);
  return row->key;
}

ShequRow *
model_fixture_get (ModelFixture *fixture, const char *reg, gint64 key)
{
  g_autoptr (GError) error = NULL;
  ShequRow *row = shequ_office_get_row (fixture->office, shequ_office_get_register (fixture->office, reg),
                                        key, NULL, &error);

  g_assert_no_error (error);
  return row;
}

char *
model_fixture_key (gint64 key)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, key);
}

void
model_fixture_take_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **place = user_data;

  *place = g_object_ref (result);
}

static gboolean
has_result (gpointer data)
{
  return *(GAsyncResult **) data != NULL;
}

GAsyncResult *
model_fixture_wait (GAsyncResult **result)
{
  model_fixture_wait_until (has_result, result);
  return *result;
}

static gboolean
give_up (gpointer user_data)
{
  g_error ("nothing came within %d seconds", WAIT_SECONDS);
  return G_SOURCE_REMOVE;
}

void
model_fixture_wait_until (ModelFixtureCondition condition, gpointer data)
{
  guint timeout = g_timeout_add_seconds (WAIT_SECONDS, give_up, NULL);

  while (!condition (data))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timeout);
}

void
model_fixture_settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}
