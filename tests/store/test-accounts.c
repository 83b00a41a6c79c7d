/* Who may sign in: passwords, locks, changes, and two managers who help a third. */
#include <string.h>

#include "store-fixture.h"

#include "shequ-accounts.h"
#include "shequ-cipher.h"
#include "shequ-error.h"
#include "shequ-locale.h"
#include "shequ-protection.h"

#define FIRST "Kaimen-2026"
#define OWN "Xingfu#1966"
#define WRONG "Xingfu#1967"

typedef struct
{
  StoreFixture base;
  gint64 now;
  char *moment;
  ShequActor actor;
} Fixture;

static void
set_now (Fixture *fixture, gint64 now)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (now);

  fixture->now = now;
  g_free (fixture->moment);
  fixture->moment = g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ");
  fixture->actor = (ShequActor){ "王芳", "柜台一", NULL, fixture->moment, NULL, NULL };
}

static void
open_store (Fixture *fixture, ShequOpenMode mode)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&fixture->base.store, shequ_store_unref);
  fixture->base.store = shequ_store_open (fixture->base.path, fixture->base.catalogue, mode, NULL, &error);
  g_assert_no_error (error);
}

static gint64
add_account (Fixture *fixture, const char *name, const char *role, const char *password)
{
  g_autoptr (GError) error = NULL;
  const ShequRegister *reg = shequ_catalogue_lookup (fixture->base.catalogue, SHEQU_ACCOUNT_REGISTER);
  g_autoptr (ShequRow) row = shequ_row_new (reg);
  g_autoptr (ShequTransaction) transaction =
    shequ_store_begin (fixture->base.store, &fixture->actor, NULL, &error);

  g_assert_no_error (error);
  shequ_row_set_defaults (row, "2026-11-23", "王芳");
  shequ_row_set_text (row, "name", name);
  shequ_row_set_text (row, "role", role);
  shequ_transaction_insert (transaction, row, &error);
  g_assert_no_error (error);
  shequ_transaction_set_password (transaction, row, password, TRUE, &error);
  g_assert_no_error (error);
  shequ_transaction_commit (transaction, &error);
  g_assert_no_error (error);
  return row->key;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequSecret) recovery_key = shequ_secret_new_random (SHEQU_CIPHER_KEY_SIZE);

  store_fixture_prepare (&fixture->base);
  fixture->base.catalogue = shequ_catalogue_new_shipped (&error);
  g_assert_no_error (error);
  set_now (fixture, 1795392000);
  open_store (fixture, SHEQU_OPEN_CREATE);
  shequ_store_protect (fixture->base.store, &fixture->actor, recovery_key, NULL, &error);
  g_assert_no_error (error);
  add_account (fixture, "王主任", "director", FIRST);
  add_account (fixture, "赵管", "system_administrator", FIRST);
  add_account (fixture, "李会计", "clerk", FIRST);
  open_store (fixture, SHEQU_OPEN_EXISTING);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  store_fixture_tear_down (&fixture->base, data);
  g_free (fixture->moment);
}

static ShequAccount *
sign_in (Fixture *fixture, const char *name, const char *password, GError **error)
{
  return shequ_store_sign_in (fixture->base.store, name, password, &fixture->actor, NULL, error);
}

static void
assert_signs_in (Fixture *fixture, const char *name, const char *password, gboolean must_change)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequAccount) account = sign_in (fixture, name, password, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (account->name, ==, name);
  g_assert_cmpint (account->must_change, ==, must_change);
  g_assert_false (shequ_store_is_locked (fixture->base.store));
}

/* Refused, with a message that holds a word; nothing can be read then. */
static void
assert_refused (Fixture *fixture, const char *name, const char *password, const char *word)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequAccount) account = sign_in (fixture, name, password, &error);

  g_assert_null (account);
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_PERMISSION);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, word));
}

static void
change_password (Fixture *fixture, const char *name, const char *old, const char *new, int code)
{
  g_autoptr (GError) error = NULL;

  shequ_store_change_password (fixture->base.store, name, old, new, &fixture->actor, NULL, &error);
  if (code < 0)
    g_assert_no_error (error);
  else
    g_assert_error (error, SHEQU_ERROR, code);
}

static guint
count_logged (Fixture *fixture, ShequAction action, const char *user)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) log = shequ_store_read_log (fixture->base.store, NULL, 0, NULL, 1000, NULL, &error);
  guint n = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < log->len; i++)
    {
      const ShequLogEntry *entry = log->pdata[i];

      n += entry->action == action && g_strcmp0 (entry->user, user) == 0;
    }
  return n;
}

static void
assert_sound (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings = shequ_store_check (fixture->base.store, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (findings->len, ==, 0);
}

static void
test_sign_in (Fixture *fixture, gconstpointer data)
{
  gboolean has_accounts = FALSE;
  g_autoptr (ShequAccount) account = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (shequ_store_has_accounts (fixture->base.store, &has_accounts, NULL));
  g_assert_true (has_accounts);
  g_assert_true (shequ_store_is_locked (fixture->base.store));
  assert_refused (fixture, "李会计", WRONG, "密码");
  assert_refused (fixture, "没有此人", FIRST, "密码");
  g_assert_true (shequ_store_is_locked (fixture->base.store));
  account = sign_in (fixture, " 李会计 ", FIRST, &error);
  g_assert_no_error (error);
  g_assert_cmpint (account->role, ==, SHEQU_ROLE_CLERK);
  g_assert_cmpuint (account->failures, ==, 1);
  g_assert_cmpint (account->signed_in, ==, 0);
  g_assert_true (account->must_change);
  g_assert_cmpuint (count_logged (fixture, SHEQU_ACTION_SIGN_IN, "李会计"), ==, 1);
  g_assert_cmpuint (count_logged (fixture, SHEQU_ACTION_SIGN_IN_FAILED, "李会计"), ==, 1);
  /* What was typed as a name that nobody has is not kept. */
  g_assert_cmpuint (count_logged (fixture, SHEQU_ACTION_SIGN_IN_FAILED, ""), ==, 1);
  assert_sound (fixture);
}

static void
test_lock_out (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 4; i++)
    assert_refused (fixture, "李会计", WRONG, "大小写");
  assert_refused (fixture, "李会计", WRONG, "15");
  /* Not even with the right one, in another window of the program. */
  open_store (fixture, SHEQU_OPEN_EXISTING);
  assert_refused (fixture, "李会计", FIRST, "15");
  set_now (fixture, fixture->now + 14 * 60);
  assert_refused (fixture, "李会计", FIRST, "1 ");
  assert_signs_in (fixture, "王主任", FIRST, TRUE);
  set_now (fixture, fixture->now + 60);
  assert_signs_in (fixture, "李会计", FIRST, TRUE);
  g_assert_cmpuint (count_logged (fixture, SHEQU_ACTION_SIGN_IN_FAILED, "李会计"), ==, 5);
}

static void
test_change (Fixture *fixture, gconstpointer data)
{
  static const char *const later[] = { "Xingfu#1970", "Xingfu#1971", "Xingfu#1972", "Xingfu#1973",
                                       "Xingfu#1974" };

  change_password (fixture, "李会计", WRONG, OWN, SHEQU_ERROR_PERMISSION);
  change_password (fixture, "李会计", FIRST, "short", SHEQU_ERROR_INVALID_VALUE);
  change_password (fixture, "李会计", FIRST, FIRST, SHEQU_ERROR_INVALID_VALUE);
  assert_signs_in (fixture, "李会计", FIRST, TRUE);
  change_password (fixture, "李会计", FIRST, OWN, -1);
  assert_refused (fixture, "李会计", FIRST, "密码");
  assert_signs_in (fixture, "李会计", OWN, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (later) - 1; i++)
    change_password (fixture, "李会计", i == 0 ? OWN : later[i - 1], later[i], -1);
  change_password (fixture, "李会计", later[3], OWN, SHEQU_ERROR_INVALID_VALUE);
  change_password (fixture, "李会计", later[3], later[4], -1);
  change_password (fixture, "李会计", later[4], OWN, -1);
  /* It lasts 180 days, that of who keeps accounts 90. */
  change_password (fixture, "赵管", FIRST, OWN, -1);
  set_now (fixture, fixture->now + 100 * 24 * 60 * 60);
  assert_signs_in (fixture, "李会计", OWN, FALSE);
  assert_signs_in (fixture, "赵管", OWN, TRUE);
  set_now (fixture, fixture->now + 100 * 24 * 60 * 60);
  assert_signs_in (fixture, "李会计", OWN, TRUE);
  assert_sound (fixture);
}

static void
recover (Fixture *fixture,
         const char *name,
         const char *first,
         const char *second,
         const char *password,
         int code)
{
  const ShequManager managers[2] = { { first, FIRST }, { second, password } };
  g_autoptr (GError) error = NULL;

  shequ_store_recover_account (fixture->base.store, name, OWN, managers, &fixture->actor, NULL, &error);
  if (code < 0)
    g_assert_no_error (error);
  else
    g_assert_error (error, SHEQU_ERROR, code);
}

static void
test_recover (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 5; i++)
    g_assert_null (sign_in (fixture, "李会计", WRONG, NULL));
  recover (fixture, "李会计", "王主任", "王主任", FIRST, SHEQU_ERROR_PERMISSION);
  recover (fixture, "王主任", "王主任", "赵管", FIRST, SHEQU_ERROR_PERMISSION);
  recover (fixture, "李会计", "王主任", "赵管", WRONG, SHEQU_ERROR_PERMISSION);
  recover (fixture, "谁也不是", "王主任", "赵管", FIRST, SHEQU_ERROR_NOT_FOUND);
  assert_refused (fixture, "李会计", OWN, "15");
  recover (fixture, "李会计", "王主任", "赵管", FIRST, -1);
  assert_refused (fixture, "李会计", FIRST, "密码");
  assert_signs_in (fixture, "李会计", OWN, TRUE);
  recover (fixture, "赵管", "王主任", "李会计", OWN, SHEQU_ERROR_PERMISSION);
  g_assert_cmpuint (count_logged (fixture, SHEQU_ACTION_SET_PASSWORD, "王主任、赵管"), ==, 1);
}

/* A closed account opens nothing, and its password stays where it is. */
static void
test_closed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  const ShequRegister *reg = shequ_catalogue_lookup (fixture->base.catalogue, SHEQU_ACCOUNT_REGISTER);
  g_autoptr (ShequTransaction) transaction = NULL;
  g_autoptr (ShequRow) row = NULL;
  g_autoptr (ShequAccount) account = sign_in (fixture, "李会计", FIRST, &error);

  g_assert_no_error (error);
  transaction = shequ_store_begin (fixture->base.store, &fixture->actor, NULL, &error);
  row = shequ_transaction_get (transaction, reg, account->key, &error);
  shequ_row_set_text (row, "state", "closed");
  g_assert_true (shequ_transaction_update (transaction, row, &error));
  g_assert_true (shequ_transaction_commit (transaction, &error));
  g_clear_pointer (&transaction, shequ_transaction_free);
  assert_refused (fixture, "李会计", FIRST, "停用");
}

/* The keys change, the passwords stay; and at a locked screen it is only asked who it is. */
static void
test_keys (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ShequAccount) account = NULL;

  assert_signs_in (fixture, "王主任", FIRST, TRUE);
  g_assert_true (shequ_store_rotate_keys (fixture->base.store, &fixture->actor, NULL, &error));
  open_store (fixture, SHEQU_OPEN_EXISTING);
  account = shequ_store_check_password (fixture->base.store, "李会计", FIRST, &fixture->actor, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (shequ_store_is_locked (fixture->base.store));
  assert_signs_in (fixture, "李会计", FIRST, TRUE);
  assert_sound (fixture);
}

/* Whoever writes into the file can't give an account what another one has. */
static void
test_moved_secret (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autoptr (ShequAccount) account = sign_in (fixture, "李会计", FIRST, &error);
  g_autoptr (ShequAccount) other = sign_in (fixture, "王主任", FIRST, &error);
  g_autofree char *from = g_strdup_printf ("account.%" G_GINT64_FORMAT, account->key);
  g_autofree char *to = g_strdup_printf ("account.%" G_GINT64_FORMAT, other->key);
  g_autoptr (ShequTransaction) transaction =
    shequ_store_begin (fixture->base.store, &fixture->actor, NULL, &error);

  text = shequ_transaction_get_setting (transaction, from, &error);
  g_assert_true (shequ_transaction_set_setting (transaction, to, text, &error));
  g_assert_true (shequ_transaction_commit (transaction, &error));
  g_clear_pointer (&transaction, shequ_transaction_free);
  g_assert_null (sign_in (fixture, "王主任", FIRST, &error));
  g_assert_error (error, SHEQU_ERROR, SHEQU_ERROR_PERMISSION);
}

int
main (int argc, char **argv)
{
  shequ_locale_init ();
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/accounts/sign-in", test_sign_in);
  ADD ("/accounts/lock-out", test_lock_out);
  ADD ("/accounts/change", test_change);
  ADD ("/accounts/recover", test_recover);
  ADD ("/accounts/closed", test_closed);
  ADD ("/accounts/keys", test_keys);
  ADD ("/accounts/moved-secret", test_moved_secret);
  return g_test_run ();
}
