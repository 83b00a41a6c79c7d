#include "shequ-line-private.h"

#include "config.h"

#include "shequ-error.h"
#include "shequ-office-private.h"

#define AGAIN_MILLISECONDS 500
#define CLOCK_SECONDS 60 /* between two comparisons of clocks */

/* The work that a thread is doing. */
typedef struct
{
  char *name;      /* of the operation */
  guint n_changes; /* that it has begun */
  guint losses;    /* of the store when it entered */
  gboolean waited; /* it is done for the second time */
} Operation;

struct _ShequLine
{
  GWeakRef office;
  GMainContext *context;
  ShequStore *store; /* (nullable) after it was closed */
  ShequWatch *watch; /* (nullable) */

  GMutex lock;            /* guards what follows */
  GHashTable *operations; /* GThread -> Operation */
  ShequConnectionState state;
  gboolean telling;
  gint64 compared; /* monotonic: when the clocks were compared */
};

/* What the main context of the office shall do. */
typedef void (*ErrandFunc) (ShequOffice *office, const ShequRegister *reg, gint64 key);

typedef struct
{
  ShequLine *line;
  ErrandFunc act;
  const ShequRegister *reg;
  gint64 key;
} Errand;

static void
operation_free (gpointer data)
{
  Operation *operation = data;

  g_free (operation->name);
  g_free (operation);
}

static void
line_clear (gpointer data)
{
  ShequLine *line = data;

  g_weak_ref_clear (&line->office);
  g_mutex_clear (&line->lock);
  g_hash_table_unref (line->operations);
  g_main_context_unref (line->context);
}

static void
line_unref (ShequLine *line)
{
  g_atomic_rc_box_release_full (line, line_clear);
}

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  line_unref (errand->line);
  g_free (errand);
}

static gboolean
run_errand (gpointer data)
{
  Errand *errand = data;
  g_autoptr (ShequOffice) office = g_weak_ref_get (&errand->line->office);

  if (office != NULL)
    errand->act (office, errand->reg, errand->key);
  return G_SOURCE_REMOVE;
}

/* The thread of the watch holds the office at no time: it must not be the last to let it go. */
static void
send_errand (ShequLine *line, ErrandFunc act, const ShequRegister *reg, gint64 key, guint milliseconds)
{
  g_autoptr (GSource) source = milliseconds > 0 ? g_timeout_source_new (milliseconds) : g_idle_source_new ();
  Errand *errand = g_new0 (Errand, 1);

  errand->line = g_atomic_rc_box_acquire (line);
  errand->act = act;
  errand->reg = reg;
  errand->key = key;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, run_errand, errand, errand_free);
  g_source_set_static_name (source, "shequ-line");
  g_source_attach (source, line->context);
}

static void
tell_state (ShequOffice *office, const ShequRegister *reg, gint64 key)
{
  ShequLine *line = shequ_office_get_line (office);

  g_mutex_lock (&line->lock);
  line->telling = FALSE;
  g_mutex_unlock (&line->lock);
  shequ_office_tell_connection (office);
}

/* With the lock held, after the state was changed. */
static void
state_changed (ShequLine *line)
{
  if (line->telling)
    return;
  line->telling = TRUE;
  send_errand (line, tell_state, NULL, 0, 0);
}

/* Whatever is shown may be older than what is stored. */
static gpointer
tell_all (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const GPtrArray *registers = shequ_catalogue_get_registers (shequ_office_get_catalogue (office));

  for (guint i = 0; i < registers->len; i++)
    shequ_office_tell_changed (office, registers->pdata[i], 0);
  return NULL;
}

static gpointer
compare_clock (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  ShequLine *line = shequ_office_get_line (office);
  gint64 ahead = 0;

  if (!shequ_store_compare_clock (line->store, shequ_office_get_seconds (office), &ahead, error))
    return NULL;
  g_mutex_lock (&line->lock);
  if (line->state.ahead != ahead)
    {
      line->state.ahead = ahead;
      state_changed (line);
    }
  g_mutex_unlock (&line->lock);
  return NULL;
}

static void
look_at_clock (ShequOffice *office)
{
  ShequLine *line = shequ_office_get_line (office);
  gint64 now = g_get_monotonic_time ();
  gboolean due;

  g_mutex_lock (&line->lock);
  due = line->compared == 0 || now - line->compared > CLOCK_SECONDS * G_USEC_PER_SEC;
  if (due)
    line->compared = now;
  g_mutex_unlock (&line->lock);
  if (due)
    shequ_office_run_async (office, compare_clock, NULL, NULL, NULL, NULL, NULL, NULL);
}

static gpointer
tell_one (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Errand *change = data;

  shequ_office_tell_changed (office, change->reg, change->key);
  return NULL;
}

/* Telling of the staff reads who the user is, for which the window must not wait. */
static void
others_changed (ShequOffice *office, const ShequRegister *reg, gint64 key)
{
  Errand change = { NULL, NULL, reg, key };

  if (g_strcmp0 (reg->name, "staff") == 0)
    shequ_office_run_async (office, tell_one, g_memdup2 (&change, sizeof change), g_free, NULL, NULL, NULL,
                            NULL);
  else
    shequ_office_tell_changed (office, reg, key);
  look_at_clock (office);
}

static gpointer
probe (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  shequ_line_probe (shequ_office_get_line (office), error);
  return NULL;
}

/* While the line is lost, somebody asks now and then. */
static void
probe_later (ShequOffice *office, const ShequRegister *reg, gint64 key)
{
  ShequLine *line = shequ_office_get_line (office);
  gboolean lost;

  g_mutex_lock (&line->lock);
  lost = line->state.lost;
  g_mutex_unlock (&line->lock);
  if (!lost)
    return;
  shequ_office_run_async (office, probe, NULL, NULL, NULL, NULL, NULL, NULL);
  send_errand (line, probe_later, NULL, 0, AGAIN_MILLISECONDS * 2);
}

static void
set_lost (ShequLine *line)
{
  g_mutex_lock (&line->lock);
  if (!line->state.lost)
    {
      line->state.lost = TRUE;
      line->state.n_saved = 0;
      state_changed (line);
      send_errand (line, probe_later, NULL, 0, AGAIN_MILLISECONDS);
    }
  g_mutex_unlock (&line->lock);
}

static void
refresh_all (ShequOffice *office, const ShequRegister *reg, gint64 key)
{
  shequ_office_run_async (office, tell_all, NULL, NULL, NULL, NULL, NULL, NULL);
}

static void
set_found (ShequLine *line)
{
  g_mutex_lock (&line->lock);
  if (line->state.lost)
    {
      line->state.lost = FALSE;
      state_changed (line);
      send_errand (line, refresh_all, NULL, 0, 0);
    }
  g_mutex_unlock (&line->lock);
}

/**
 * shequ_line_probe:
 * @line: a line
 * @error: why the database does not answer
 *
 * Returns: whether it answers
 */
gboolean
shequ_line_probe (ShequLine *line, GError **error)
{
  if (!shequ_store_reach (line->store, NULL, error))
    return FALSE;
  set_found (line);
  return TRUE;
}

static void
others_did (ShequWatchEvent event,
            const ShequRegister *reg,
            gint64 key,
            const GError *error,
            gpointer user_data)
{
  ShequLine *line = user_data;

  if (event == SHEQU_WATCH_CHANGED)
    send_errand (line, others_changed, reg, key, 0);
  else if (event == SHEQU_WATCH_LOST)
    set_lost (line);
  else
    set_found (line);
}

/**
 * shequ_line_new:
 * @office: whose line it is; not held
 * @context: where news are told
 *
 * Returns: (transfer full): the line of an office that has its store
 */
ShequLine *
shequ_line_new (ShequOffice *office, GMainContext *context)
{
  ShequLine *line = g_atomic_rc_box_new0 (ShequLine);

  g_weak_ref_init (&line->office, office);
  line->context = g_main_context_ref (context);
  line->store = shequ_store_ref (shequ_office_get_store (office));
  g_mutex_init (&line->lock);
  line->operations = g_hash_table_new_full (NULL, NULL, NULL, operation_free);
  return line;
}

/* Lets go of the line and of the database; nothing is told any more. */
void
shequ_line_close (ShequLine *line)
{
  g_clear_pointer (&line->watch, shequ_watch_free);
  g_clear_pointer (&line->store, shequ_store_unref);
  line_unref (line);
}

/* Begins to tell what others change. */
void
shequ_line_watch (ShequLine *line)
{
  g_autoptr (ShequOffice) office = g_weak_ref_get (&line->office);

  if (line->watch == NULL)
    line->watch = shequ_watch_new (line->store, others_did, line, NULL);
  look_at_clock (office);
}

/* With the lock held. */
static Operation *
get_operation (ShequLine *line)
{
  return g_hash_table_lookup (line->operations, g_thread_self ());
}

void
shequ_line_enter (ShequLine *line)
{
  Operation *operation = g_new0 (Operation, 1);

  operation->name = g_uuid_string_random ();
  operation->losses = shequ_store_count_losses (line->store);
  g_mutex_lock (&line->lock);
  g_hash_table_insert (line->operations, g_thread_self (), operation);
  g_mutex_unlock (&line->lock);
}

/* The end of a piece of work. Of a look that failed, the window learns when the line is back. */
void
shequ_line_leave (ShequLine *line, const GError *error)
{
  Operation *operation;
  gboolean lost;

  g_mutex_lock (&line->lock);
  operation = get_operation (line);
  lost = error != NULL && shequ_store_count_losses (line->store) != operation->losses;
  if (operation->waited && error == NULL)
    {
      line->state.n_saved++;
      state_changed (line);
    }
  g_hash_table_remove (line->operations, g_thread_self ());
  g_mutex_unlock (&line->lock);
  if (lost && g_error_matches (error, SHEQU_ERROR, SHEQU_ERROR_UNREACHABLE))
    set_lost (line);
}

static char *
name_operation (ShequLine *line, guint step)
{
  Operation *operation;
  char *name = NULL;

  g_mutex_lock (&line->lock);
  operation = get_operation (line);
  if (operation != NULL)
    {
      operation->n_changes += step;
      name = g_strdup_printf ("%s/%u", operation->name, operation->n_changes);
    }
  g_mutex_unlock (&line->lock);
  return name;
}

/**
 * shequ_line_next_operation:
 * @line: a line
 *
 * Returns: (transfer full) (nullable): the key of the next change that the work of this thread begins: the
 *   same one when the work is done for the second time; %NULL outside of any
 */
char *
shequ_line_next_operation (ShequLine *line)
{
  return name_operation (line, 1);
}

/**
 * shequ_line_get_operation:
 * @line: a line
 *
 * Returns: (transfer full) (nullable): the key of the change that the work of this thread began last
 */
char *
shequ_line_get_operation (ShequLine *line)
{
  return name_operation (line, 0);
}

/* Whether the work of this thread wanted to change something, and the line was lost over it. */
static gboolean
is_worth_waiting (ShequLine *line, const GError *error)
{
  Operation *operation;
  gboolean worth;

  if (!g_error_matches (error, SHEQU_ERROR, SHEQU_ERROR_UNREACHABLE))
    return FALSE;
  g_mutex_lock (&line->lock);
  operation = get_operation (line);
  worth = operation->n_changes > 0 && !operation->waited &&
          shequ_store_count_losses (line->store) != operation->losses;
  g_mutex_unlock (&line->lock);
  return worth;
}

static void
set_waiting (ShequLine *line, gboolean waiting)
{
  Operation *operation;

  g_mutex_lock (&line->lock);
  line->state.n_waiting += waiting ? 1 : -1;
  state_changed (line);
  operation = get_operation (line);
  operation->waited = TRUE;
  operation->n_changes = 0;
  operation->losses = shequ_store_count_losses (line->store);
  g_mutex_unlock (&line->lock);
}

static void
pause_a_little (GCancellable *cancellable)
{
  GPollFD cancelled;
  guint n_waited = g_cancellable_make_pollfd (cancellable, &cancelled) ? 1 : 0;

  g_poll (&cancelled, n_waited, AGAIN_MILLISECONDS);
  if (n_waited > 0)
    g_cancellable_release_fd (cancellable);
}

/**
 * shequ_line_wait:
 * @line: a line
 * @error: why the work of this thread failed
 * @cancellable: (nullable): to wait no longer
 *
 * Where a change failed because the database does not answer, waits until it does.
 *
 * Returns: whether the work shall be done again, which it is once
 */
gboolean
shequ_line_wait (ShequLine *line, const GError *error, GCancellable *cancellable)
{
  if (!is_worth_waiting (line, error))
    return FALSE;
  set_lost (line);
  set_waiting (line, TRUE);
  while (!g_cancellable_is_cancelled (cancellable) && !shequ_line_probe (line, NULL))
    pause_a_little (cancellable);
  set_waiting (line, FALSE);
  return !g_cancellable_is_cancelled (cancellable);
}

void
shequ_line_get_state (ShequLine *line, ShequConnectionState *state)
{
  g_mutex_lock (&line->lock);
  *state = line->state;
  g_mutex_unlock (&line->lock);
}
