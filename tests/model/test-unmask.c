/* What is masked is shown of one record, for a purpose, for a while, and each time is logged. */
#include <string.h>

#include "shequ-error.h"
#include "shequ-locale.h"
#include "shequ-unmask.h"

#include "model-fixture.h"

#define NUMBER "11010519491231002X"

typedef struct
{
  ModelFixture base;
  ShequRecord *record;
  const ShequField *number;
  const ShequField *born;
  GMainLoop *loop;
  gboolean answered;
  GError *error;
} Fixture;

static void
quit (gpointer loop)
{
  g_main_loop_quit (loop);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const ShequRegister *reg;
  gint64 key;

  model_fixture_set_up (&fixture->base, data);
  reg = shequ_office_get_register (fixture->base.office, "resident");
  key = model_fixture_add (&fixture->base, "resident", "name", "王老", "id_number", NUMBER, NULL);
  fixture->number = shequ_register_lookup (reg, "id_number");
  fixture->born = shequ_register_lookup (reg, "birth_date");
  fixture->loop = g_main_loop_new (NULL, FALSE);
  fixture->record = shequ_record_new (fixture->base.office, reg, key);
  g_signal_connect_swapped (fixture->record, "notify::row", G_CALLBACK (quit), fixture->loop);
  g_main_loop_run (fixture->loop);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_signal_handlers_disconnect_by_data (fixture->record, fixture->loop);
  g_clear_object (&fixture->record);
  g_main_loop_unref (fixture->loop);
  g_clear_error (&fixture->error);
  model_fixture_tear_down (&fixture->base, data);
}

static void
answered (GObject *source, GAsyncResult *result, gpointer data)
{
  Fixture *fixture = data;

  shequ_record_unmask_finish (SHEQU_RECORD (source), result, &fixture->error);
  fixture->answered = TRUE;
  g_main_loop_quit (fixture->loop);
}

/* The record notifies for other reasons, too. */
static void
unmask (Fixture *fixture, const char *purpose, guint seconds)
{
  fixture->answered = FALSE;
  shequ_record_unmask_async (fixture->record, purpose, seconds, NULL, answered, fixture);
  while (!fixture->answered)
    g_main_loop_run (fixture->loop);
}

static GPtrArray *
read_looks (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *entries = shequ_store_read_log (shequ_office_get_store (fixture->base.office),
                                             shequ_record_get_register (fixture->record),
                                             shequ_record_get_key (fixture->record), NULL, 0, NULL, &error);

  g_assert_no_error (error);
  for (guint i = entries->len; i > 0; i--)
    if (((const ShequLogEntry *) entries->pdata[i - 1])->action != SHEQU_ACTION_UNMASK)
      g_ptr_array_remove_index (entries, i - 1);
  return entries;
}

static void
test_masked (Fixture *fixture, gconstpointer data)
{
  const ShequRow *row = shequ_record_get_row (fixture->record);
  g_autofree char *number = shequ_row_format (row, fixture->number, SHEQU_FORMAT_MASKED);
  g_autofree char *born = shequ_row_format (row, fixture->born, SHEQU_FORMAT_MASKED);

  g_assert_cmpstr (number, ==, "110105********002X");
  g_assert_cmpstr (born, ==, "1949年");
  g_assert_true (shequ_row_has_covered (row));
}

/* Without a number beside it the day tells nothing more than itself. */
static void
test_day_alone (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ShequRow) row = shequ_row_copy (shequ_record_get_row (fixture->record));
  g_autofree char *born = NULL;

  shequ_row_set_null (row, "id_number");
  born = shequ_row_format (row, fixture->born, SHEQU_FORMAT_MASKED);
  g_assert_cmpstr (born, ==, "1949-12-31");
}

static void
test_purpose (Fixture *fixture, gconstpointer data)
{
  const char *const none[] = { NULL, "", "  ", "x" };

  for (guint i = 0; i < G_N_ELEMENTS (none); i++)
    {
      g_autoptr (GPtrArray) looks = NULL;

      unmask (fixture, none[i], 1);
      g_assert_error (fixture->error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE);
      g_clear_error (&fixture->error);
      g_assert_false (shequ_record_get_unmasked (fixture->record));
      looks = read_looks (fixture);
      g_assert_cmpuint (looks->len, ==, 0);
    }
}

/* Logged with the names of what was seen, never the values; over when the time is up. */
static void
test_minute (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) looks = NULL;
  const ShequLogEntry *entry;

  unmask (fixture, " 核对信息 ", 2);
  g_assert_no_error (fixture->error);
  g_assert_true (shequ_record_get_unmasked (fixture->record));
  looks = read_looks (fixture);
  g_assert_cmpuint (looks->len, ==, 1);
  entry = looks->pdata[0];
  g_assert_cmpstr (entry->reason, ==, "核对信息");
  g_assert_cmpstr (entry->user, ==, shequ_office_get_user (fixture->base.office));
  g_assert_cmpstr (entry->changes, ==, "{\"unmasked\":[\"id_number\",\"birth_date\"]}");
  while (shequ_record_get_unmasked (fixture->record))
    g_main_loop_run (fixture->loop);
}

static void
test_end_early (Fixture *fixture, gconstpointer data)
{
  unmask (fixture, "核对信息", SHEQU_UNMASK_SECONDS);
  g_assert_true (shequ_record_get_unmasked (fixture->record));
  shequ_record_mask (fixture->record);
  g_assert_false (shequ_record_get_unmasked (fixture->record));
}

/* A log that cannot be written shows nothing. */
static void
test_no_log (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancelled);
  g_assert_false (shequ_unmask (fixture->base.office, shequ_record_get_row (fixture->record), "核对信息",
                                cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) g_test_add ("/unmask/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("masked", test_masked);
  ADD ("day-alone", test_day_alone);
  ADD ("purpose", test_purpose);
  ADD ("minute", test_minute);
  ADD ("end-early", test_end_early);
  ADD ("no-log", test_no_log);

  return g_test_run ();
}
