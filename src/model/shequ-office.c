#include "shequ-office.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-error.h"
#include "shequ-line-private.h"
#include "shequ-office-private.h"
#include "shequ-session.h"
#include "shequ-time.h"

struct _ShequOffice
{
  GObject parent_instance;

  ShequStore *store;
  ShequLine *line;
  char *user;
  ShequAccount *account; /* (nullable): who is signed in, of an office that asks for it */
  char *workstation;
  ShequClock clock;
  gpointer clock_data;
  char *name;
  ShequLevel level;
  gint64 unit;

  GMainContext *context;
  GMutex lock;                  /* guards what follows */
  gint64 staff;                 /* the user among the staff, or 0 */
  GArray *pending;              /* of Change, not told yet */
  ShequWorkdays *workdays;      /* (nullable) until it is asked for */
  ShequCertificateRules *rules; /* (nullable) until it is asked for */
  ShequWorkflow *admission;     /* (nullable) until it is asked for */
};

/* What `changed` has still to tell of a register. */
typedef struct
{
  const ShequRegister *reg;
  gint64 key;
} Change;

enum
{
  SIGNAL_CHANGED,
  SIGNAL_CONNECTION_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ShequOffice, shequ_office, G_TYPE_OBJECT)

static gint64
read_real_clock (gpointer user_data)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static GArray *
steal_pending (ShequOffice *self)
{
  GArray *pending;

  g_mutex_lock (&self->lock);
  pending = self->pending;
  self->pending = g_array_new (FALSE, FALSE, sizeof (Change));
  g_mutex_unlock (&self->lock);
  return pending;
}

static gboolean
tell_pending (gpointer user_data)
{
  g_autoptr (ShequOffice) self = g_weak_ref_get (user_data);
  g_autoptr (GArray) pending = self != NULL ? steal_pending (self) : NULL;

  for (guint i = 0; pending != NULL && i < pending->len; i++)
    {
      const Change *change = &g_array_index (pending, Change, i);
      GQuark detail = g_quark_from_string (change->reg->name);

      g_signal_emit (self, signals[SIGNAL_CHANGED], detail, change->reg->name, change->key);
    }
  return G_SOURCE_REMOVE;
}

static void
shequ_office_finalize (GObject *object)
{
  ShequOffice *self = SHEQU_OFFICE (object);

  g_clear_pointer (&self->line, shequ_line_close);
  g_clear_pointer (&self->store, shequ_store_unref);
  g_clear_pointer (&self->user, g_free);
  g_clear_pointer (&self->account, shequ_account_free);
  g_clear_pointer (&self->workstation, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->pending, g_array_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_pointer (&self->workdays, shequ_workdays_unref);
  g_clear_pointer (&self->rules, shequ_certificate_rules_unref);
  g_clear_pointer (&self->admission, shequ_workflow_free);
  g_mutex_clear (&self->lock);

  G_OBJECT_CLASS (shequ_office_parent_class)->finalize (object);
}

static void
shequ_office_class_init (ShequOfficeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = shequ_office_finalize;

  /**
   * ShequOffice::changed:
   * @self: the office
   * @name: the register's name
   * @key: the record, or 0 for several
   *
   * Something was stored. Its detail is the register's name.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", SHEQU_TYPE_OFFICE, G_SIGNAL_RUN_LAST | G_SIGNAL_DETAILED,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_INT64);

  /**
   * ShequOffice::connection-changed:
   * @self: the office
   *
   * The database does not answer, or does again; changes wait for it or are stored.
   */
  signals[SIGNAL_CONNECTION_CHANGED] = g_signal_new ("connection-changed", SHEQU_TYPE_OFFICE,
                                                     G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
shequ_office_init (ShequOffice *self)
{
  g_mutex_init (&self->lock);
  self->pending = g_array_new (FALSE, FALSE, sizeof (Change));
  self->context = g_main_context_ref_thread_default ();
  self->clock = read_real_clock;
}

/* A store without these settings belongs to nobody yet; what is read stays empty then. */
static void
load_identity (ShequOffice *self)
{
  g_autofree char *name = shequ_store_get_setting (self->store, SHEQU_SETTING_OFFICE_NAME, NULL);
  g_autofree char *level = shequ_store_get_setting (self->store, SHEQU_SETTING_OFFICE_LEVEL, NULL);
  g_autofree char *unit = shequ_store_get_setting (self->store, SHEQU_SETTING_OFFICE_UNIT, NULL);

  self->name = g_strdup (name != NULL ? name : "");
  self->unit = unit != NULL ? g_ascii_strtoll (unit, NULL, 10) : 0;
  self->level = shequ_level_from_name (level);
}

void
shequ_office_take_identity (ShequOffice *self, const char *name, ShequLevel level, gint64 unit)
{
  g_free (self->name);
  self->name = g_strdup (name);
  self->level = level;
  self->unit = unit;
}

/**
 * shequ_office_new:
 * @store: an open store
 * @user: the name of who works, as the change log keeps it
 * @workstation: the name of the machine
 *
 * Makes an office on an open store. Changes are told in the thread-default main context of the caller.
 *
 * Returns: (transfer full): the office
 */
ShequOffice *
shequ_office_new (ShequStore *store, const char *user, const char *workstation)
{
  ShequOffice *self;

  g_return_val_if_fail (store != NULL, NULL);

  self = g_object_new (SHEQU_TYPE_OFFICE, NULL);
  self->store = shequ_store_ref (store);
  self->line = shequ_line_new (self, self->context);
  self->user = g_strdup (user != NULL ? user : "");
  self->workstation = g_strdup (workstation != NULL ? workstation : "");
  load_identity (self);
  shequ_office_load_staff (self);
  return self;
}

/**
 * shequ_office_set_clock:
 * @self: the office
 * @clock: (nullable): tells the time in seconds since 1970, from any thread; %NULL for the machine's clock
 * @user_data: handed to @clock
 *
 * Chooses the time, before the office is used.
 */
void
shequ_office_set_clock (ShequOffice *self, ShequClock clock, gpointer user_data)
{
  g_return_if_fail (SHEQU_IS_OFFICE (self));

  self->clock = clock != NULL ? clock : read_real_clock;
  self->clock_data = user_data;
}

/**
 * shequ_office_watch:
 * @self: the office
 *
 * From now on `changed` tells of what other programs and workstations store, too, and `connection-changed` of
 * how the office stands with its database. For a program with a main loop.
 */
void
shequ_office_watch (ShequOffice *self)
{
  g_return_if_fail (SHEQU_IS_OFFICE (self));

  shequ_line_watch (self->line);
}

/**
 * shequ_office_get_connection:
 * @self: the office
 * @state: (out caller-allocates): how it stands with its database
 */
void
shequ_office_get_connection (ShequOffice *self, ShequConnectionState *state)
{
  g_return_if_fail (SHEQU_IS_OFFICE (self));

  shequ_line_get_state (self->line, state);
}

ShequLine *
shequ_office_get_line (ShequOffice *self)
{
  return self->line;
}

void
shequ_office_tell_connection (ShequOffice *self)
{
  g_signal_emit (self, signals[SIGNAL_CONNECTION_CHANGED], 0);
}

/**
 * shequ_office_get_store:
 * @self: the office
 *
 * Returns: (transfer none): its store
 */
ShequStore *
shequ_office_get_store (ShequOffice *self)
{
  return self->store;
}

/**
 * shequ_office_get_catalogue:
 * @self: the office
 *
 * Returns: (transfer none): the descriptions of its registers
 */
ShequCatalogue *
shequ_office_get_catalogue (ShequOffice *self)
{
  return shequ_store_get_catalogue (self->store);
}

/**
 * shequ_office_get_register:
 * @self: the office
 * @name: a register's name
 *
 * Returns: (transfer none) (nullable): the register, or %NULL when there is none of that name
 */
const ShequRegister *
shequ_office_get_register (ShequOffice *self, const char *name)
{
  return shequ_catalogue_lookup (shequ_store_get_catalogue (self->store), name);
}

/**
 * shequ_office_require_register:
 * @self: the office
 * @name: a register's name
 * @error: return location
 *
 * Returns: (transfer none): the register, or %NULL with %SHEQU_ERROR_NOT_FOUND
 */
const ShequRegister *
shequ_office_require_register (ShequOffice *self, const char *name, GError **error)
{
  const ShequRegister *reg = shequ_office_get_register (self, name);

  if (reg == NULL)
    g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND,
                 _ ("There is no register “%s”. Look up the names in the list of registers."), name);
  return reg;
}

/**
 * shequ_office_get_user:
 * @self: the office
 *
 * Returns: (transfer none): the name of who works
 */
const char *
shequ_office_get_user (ShequOffice *self)
{
  return self->user;
}

const char *
shequ_office_get_workstation (ShequOffice *self)
{
  return self->workstation;
}

void
shequ_office_take_account (ShequOffice *self, const ShequAccount *account)
{
  g_free (self->user);
  self->user = g_strdup (account->name);
  g_clear_pointer (&self->account, shequ_account_free);
  self->account = g_memdup2 (account, sizeof *account);
  self->account->name = g_strdup (account->name);
  shequ_office_load_staff (self);
}

void
shequ_office_forget_must_change (ShequOffice *self)
{
  if (self->account != NULL)
    self->account->must_change = FALSE;
}

/**
 * shequ_session_get_account:
 * @office: an office
 *
 * Returns: (transfer none) (nullable): who is signed in
 */
const ShequAccount *
shequ_session_get_account (ShequOffice *office)
{
  return office->account;
}

/**
 * shequ_office_get_staff:
 * @self: the office
 *
 * Returns: the key of the user's record among the staff, or 0 when there is none of that name
 */
gint64
shequ_office_get_staff (ShequOffice *self)
{
  gint64 staff;

  g_mutex_lock (&self->lock);
  staff = self->staff;
  g_mutex_unlock (&self->lock);
  return staff;
}

void
shequ_office_load_staff (ShequOffice *self)
{
  const ShequRegister *reg = shequ_office_get_register (self, "staff");
  const ShequField *name = reg != NULL ? shequ_register_lookup (reg, "name") : NULL;
  g_auto (ShequValue) value = SHEQU_VALUE_INIT;
  gint64 staff;

  if (name == NULL)
    return;
  shequ_value_set_text (&value, self->user);
  staff = shequ_store_find_key (self->store, reg, &name, &value, 1, NULL, NULL);
  g_mutex_lock (&self->lock);
  self->staff = MAX (staff, 0);
  g_mutex_unlock (&self->lock);
}

/**
 * shequ_office_get_today:
 * @self: the office
 *
 * Returns: (transfer full): the day in Asia/Shanghai, as `2026-11-22`
 */
char *
shequ_office_get_today (ShequOffice *self)
{
  char text[SHEQU_DATE_TEXT_SIZE];
  ShequDate date;

  g_return_val_if_fail (SHEQU_IS_OFFICE (self), NULL);

  shequ_moment_to_date (self->clock (self->clock_data), &date, NULL);
  shequ_date_to_iso (&date, text);
  return g_strdup (text);
}

/**
 * shequ_office_get_moment:
 * @self: the office
 *
 * Returns: (transfer full): now in UTC, as `2026-11-22T00:30:00Z`
 */
char *
shequ_office_get_moment (ShequOffice *self)
{
  char text[SHEQU_MOMENT_TEXT_SIZE];

  g_return_val_if_fail (SHEQU_IS_OFFICE (self), NULL);

  shequ_moment_to_utc (self->clock (self->clock_data), text);
  return g_strdup (text);
}

/**
 * shequ_office_read_moment:
 *
 * For what happens while no office is open.
 *
 * Returns: (transfer full): now in UTC, by the clock of the machine
 */
char *
shequ_office_read_moment (void)
{
  char text[SHEQU_MOMENT_TEXT_SIZE];

  shequ_moment_to_utc (read_real_clock (NULL), text);
  return g_strdup (text);
}

gint64
shequ_office_get_seconds (ShequOffice *self)
{
  return self->clock (self->clock_data);
}

/**
 * shequ_office_get_unit:
 * @self: the office
 *
 * Returns: the key of the office's own unit, or 0 before it is set up
 */
gint64
shequ_office_get_unit (ShequOffice *self)
{
  return self->unit;
}

/**
 * shequ_office_get_name:
 * @self: the office
 *
 * Returns: (transfer none): the name of the office, as it stands on papers
 */
const char *
shequ_office_get_name (ShequOffice *self)
{
  return self->name;
}

/**
 * shequ_office_get_level:
 * @self: the office
 *
 * Returns: its level, or %SHEQU_LEVEL_NONE before it is set up
 */
ShequLevel
shequ_office_get_level (ShequOffice *self)
{
  return self->level;
}

/**
 * shequ_office_get_workdays:
 * @self: the office
 * @error: return location
 *
 * Returns: (transfer none): the calendar of working days that its deadlines go by
 */
ShequWorkdays *
shequ_office_get_workdays (ShequOffice *self, GError **error)
{
  ShequWorkdays *workdays;

  g_mutex_lock (&self->lock);
  if (self->workdays == NULL)
    self->workdays = shequ_workdays_new_shipped (error);
  workdays = self->workdays;
  g_mutex_unlock (&self->lock);
  return workdays;
}

/**
 * shequ_office_get_certificate_rules:
 * @self: the office
 * @error: return location
 *
 * Returns: (transfer none): what may be issued and what not; asked at every key stroke at the counter
 */
ShequCertificateRules *
shequ_office_get_certificate_rules (ShequOffice *self, GError **error)
{
  ShequCertificateRules *rules;

  g_mutex_lock (&self->lock);
  if (self->rules == NULL)
    self->rules = shequ_certificate_rules_new (error);
  rules = self->rules;
  g_mutex_unlock (&self->lock);
  return rules;
}

/**
 * shequ_office_get_admission_workflow:
 * @self: the office
 * @error: return location
 *
 * Returns: (transfer none): the way of an application through admission
 */
ShequWorkflow *
shequ_office_get_admission_workflow (ShequOffice *self, GError **error)
{
  ShequWorkflow *workflow;

  g_mutex_lock (&self->lock);
  if (self->admission == NULL)
    self->admission = shequ_workflow_load ("rules/admission-workflow.ini", error);
  workflow = self->admission;
  g_mutex_unlock (&self->lock);
  return workflow;
}

/**
 * shequ_office_begin:
 * @self: the office
 * @reason: (nullable): the operation, as the change log shows it
 * @cancellable: (nullable): to give up waiting
 * @error: return location
 *
 * Begins a change in the name of the user; waits for the one before. Free it without a commit to drop it.
 * On a worker of shequ_office_run_async() it carries the key of that work; %SHEQU_ERROR_DONE says that it was
 * committed when the work was done the first time.
 *
 * Returns: (transfer full): the transaction
 */
ShequTransaction *
shequ_office_begin (ShequOffice *self, const char *reason, GCancellable *cancellable, GError **error)
{
  g_autofree char *moment = shequ_office_get_moment (self);
  g_autofree char *operation = shequ_line_next_operation (self->line);
  ShequActor actor = { self->user, self->workstation,
                       reason,     moment,
                       operation,  self->account != NULL ? shequ_role_get_name (self->account->role) : NULL };

  return shequ_store_begin (self->store, &actor, cancellable, error);
}

static void
free_weak (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

/* Holds the office weakly: a program without a main loop must still close its store. */
static void
attach_telling (ShequOffice *self)
{
  g_autoptr (GSource) source = g_idle_source_new ();
  GWeakRef *weak = g_new0 (GWeakRef, 1);

  g_weak_ref_init (weak, self);
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, tell_pending, weak, free_weak);
  g_source_set_static_name (source, "shequ-office-changed");
  g_source_attach (source, self->context);
}

/**
 * shequ_office_tell_changed:
 * @self: the office
 * @reg: the register that was changed
 * @key: the record, or 0 for several
 *
 * Lets `changed` be emitted in the main context of the office; from any thread. Changes of one register that
 * come before the main loop gets to them are told once.
 */
void
shequ_office_tell_changed (ShequOffice *self, const ShequRegister *reg, gint64 key)
{
  Change change = { reg, key };
  gboolean known = FALSE, first;

  g_return_if_fail (SHEQU_IS_OFFICE (self) && reg != NULL);

  if (g_strcmp0 (reg->name, "staff") == 0)
    shequ_office_load_staff (self);
  g_mutex_lock (&self->lock);
  first = self->pending->len == 0;
  for (guint i = 0; i < self->pending->len; i++)
    {
      Change *pending = &g_array_index (self->pending, Change, i);

      if (pending->reg != reg)
        continue;
      known = TRUE;
      if (pending->key != key)
        pending->key = 0;
    }
  if (!known)
    g_array_append_val (self->pending, change);
  g_mutex_unlock (&self->lock);
  if (first)
    attach_telling (self);
}
