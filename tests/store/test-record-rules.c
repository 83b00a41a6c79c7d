/* What the store itself sees to, whoever writes: numbers of a series, what a new record takes over, what is
 * fixed. */
#include "shequ-error.h"
#include "shequ-locale.h"
#include "store-fixture.h"

#include <string.h>

static const char shop_text[] = "[Register]\nName=shop\nLabel=Shop\nTitle={name}\n"
                                "[Field name]\nKind=text\nLabel=Name\nRequired=true\n"
                                "[Field street]\nKind=text\nLabel=Street\n"
                                "[Field rent]\nKind=money\nLabel=Rent\n"
                                "[List default]\nColumns=name\n";

static const char bill_text[] =
  "[Register]\nName=bill\nLabel=Bill\nTitle={number}\n"
  "[Field number]\nKind=text\nLabel=Number\nUnique=true\nSeries=XF{year}-{number:3}\n"
  "[Field place]\nKind=text\nLabel=Place\nSeries=N{number}\n"
  "[Field shop]\nKind=link\nTo=shop\nLabel=Shop\n"
  "[Field street]\nKind=text\nLabel=Street\nDefaultFrom=shop.street\n"
  "[Field amount]\nKind=money\nLabel=Amount\nDefaultFrom=shop.rent\nLockedWhen=status=audited\n"
  "[Field status]\nKind=code\nLabel=Status\nCodes=open:Open;audited:Audited\n"
  "[List default]\nColumns=number\n";

static void
set_up (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  store_fixture_prepare (fixture);
  fixture->catalogue = shequ_catalogue_new ();
  g_assert_true (shequ_catalogue_add_text (fixture->catalogue, "shop.ini", shop_text, &error));
  g_assert_true (shequ_catalogue_add_text (fixture->catalogue, "bill.ini", bill_text, &error));
  g_assert_true (shequ_catalogue_resolve (fixture->catalogue, &error));
  fixture->store = shequ_store_open (fixture->path, fixture->catalogue, SHEQU_OPEN_CREATE, NULL, &error);
  g_assert_no_error (error);
}

static ShequTransaction *
begin (StoreFixture *fixture, const char *moment)
{
  ShequActor actor = test_actor;
  g_autoptr (GError) error = NULL;
  ShequTransaction *transaction;

  actor.moment = moment;
  transaction = shequ_store_begin (fixture->store, &actor, NULL, &error);
  g_assert_no_error (error);
  return transaction;
}

/* A bill, stored unless it is taken back. */
static ShequRow *
add_bill (StoreFixture *fixture, const char *moment, const char *number, gint64 shop, gboolean keep)
{
  g_autoptr (ShequTransaction) transaction = begin (fixture, moment);
  g_autoptr (ShequRow) row = shequ_row_new (shequ_catalogue_lookup (fixture->catalogue, "bill"));
  g_autoptr (GError) error = NULL;

  if (number != NULL)
    shequ_row_set_text (row, "number", number);
  if (shop != 0)
    shequ_row_set_integer (row, "shop", shop);
  g_assert_true (shequ_transaction_insert (transaction, row, &error));
  if (keep)
    g_assert_true (shequ_transaction_commit (transaction, &error));
  return g_steal_pointer (&row);
}

static void
expect_number (StoreFixture *fixture,
               const char *moment,
               const char *typed,
               gboolean keep,
               const char *wanted)
{
  g_autoptr (ShequRow) row = add_bill (fixture, moment, typed, 0, keep);

  g_assert_cmpstr (shequ_row_get_text (row, "number"), ==, wanted);
  if (keep)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ShequRow) stored =
        shequ_store_get (fixture->store, row->reg, row->key, 0, NULL, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (shequ_row_get_text (stored, "number"), ==, wanted);
    }
}

/* Without gap when something is taken back, past what was typed before, anew with each year. */
static void
test_series (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ShequRow) last = NULL;

  expect_number (fixture, "2026-11-22T01:02:03Z", NULL, TRUE, "XF2026-001");
  expect_number (fixture, "2026-11-22T01:02:03Z", "XF2026-002", TRUE, "XF2026-002");
  expect_number (fixture, "2026-11-22T01:02:03Z", NULL, FALSE, "XF2026-003");
  expect_number (fixture, "2026-11-22T01:02:03Z", NULL, TRUE, "XF2026-003");
  /* In Shanghai the year has begun by then. */
  expect_number (fixture, "2026-12-31T16:00:00Z", NULL, TRUE, "XF2027-001");
  last = add_bill (fixture, "2027-01-02T01:02:03Z", NULL, 0, TRUE);
  g_assert_cmpstr (shequ_row_get_text (last, "place"), ==, "N5");
}

/* A number that was given is not taken from the record; it may be corrected. */
static void
test_series_kept (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ShequRow) row = add_bill (fixture, test_actor.moment, NULL, 0, TRUE);
  g_autoptr (ShequTransaction) transaction = begin (fixture, test_actor.moment);
  g_autoptr (GError) error = NULL;

  shequ_row_set_null (row, "number");
  g_assert_false (shequ_transaction_update (transaction, row, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_CONSTRAINT);
  g_clear_error (&error);
  shequ_row_set_text (row, "number", "XF2026-900");
  g_assert_true (shequ_transaction_update (transaction, row, &error));
}

/* Once, of a new record that says nothing; what the other record becomes later changes nothing. */
static void
test_default_from (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ShequTransaction) transaction = begin (fixture, test_actor.moment);
  g_autoptr (ShequRow) shop = shequ_row_new (shequ_catalogue_lookup (fixture->catalogue, "shop"));
  g_autoptr (ShequRow) bill = NULL;
  g_autoptr (ShequRow) alone = NULL;
  g_autoptr (GError) error = NULL;

  shequ_row_set_text (shop, "name", "米店");
  shequ_row_set_text (shop, "street", "青年路");
  shequ_row_set_integer (shop, "rent", 120000);
  g_assert_true (shequ_transaction_insert (transaction, shop, &error));
  g_assert_true (shequ_transaction_commit (transaction, &error));
  g_clear_pointer (&transaction, shequ_transaction_free);
  bill = add_bill (fixture, test_actor.moment, NULL, shop->key, TRUE);
  g_assert_cmpstr (shequ_row_get_text (bill, "street"), ==, "青年路");
  g_assert_cmpint (shequ_row_get_integer (bill, "amount"), ==, 120000);
  transaction = begin (fixture, test_actor.moment);
  shequ_row_set_null (bill, "street");
  g_assert_true (shequ_transaction_update (transaction, bill, &error));
  g_assert_null (shequ_row_get_text (bill, "street"));
  g_assert_true (shequ_transaction_commit (transaction, &error));
  g_clear_pointer (&transaction, shequ_transaction_free);
  alone = add_bill (fixture, test_actor.moment, NULL, 0, TRUE);
  g_assert_null (shequ_row_get_text (alone, "street"));
}

static gboolean
update (StoreFixture *fixture, ShequRow *row, const char *status, gint64 amount, GError **error)
{
  g_autoptr (ShequTransaction) transaction = begin (fixture, test_actor.moment);
  g_autoptr (ShequRow) changed = shequ_row_copy (row);

  shequ_row_set_text (changed, "status", status);
  shequ_row_set_integer (changed, "amount", amount);
  if (!shequ_transaction_update (transaction, changed, error) ||
      !shequ_transaction_commit (transaction, error))
    return FALSE;
  shequ_row_set_text (row, "status", status);
  shequ_row_set_integer (row, "amount", amount);
  row->version = changed->version;
  return TRUE;
}

/* As it is stored, not as it would be: what fixes it may come with the value, and be taken back first. */
static void
test_locked (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ShequRow) row = add_bill (fixture, test_actor.moment, NULL, 0, TRUE);
  g_autoptr (GError) error = NULL;

  g_assert_true (update (fixture, row, "audited", 500, &error));
  g_assert_false (update (fixture, row, "audited", 600, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_CONSTRAINT);
  g_assert_nonnull (strstr (error->message, "Amount"));
  g_clear_error (&error);
  g_assert_false (update (fixture, row, "open", 600, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_CONSTRAINT);
  g_clear_error (&error);
  g_assert_true (update (fixture, row, "open", 500, &error));
  g_assert_true (update (fixture, row, "open", 600, &error));
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                                  \
  g_test_add ("/record-rules/" name, StoreFixture, NULL, set_up, function, store_fixture_tear_down)
  ADD ("series", test_series);
  ADD ("series-kept", test_series_kept);
  ADD ("default-from", test_default_from);
  ADD ("locked", test_locked);
  return g_test_run ();
}
