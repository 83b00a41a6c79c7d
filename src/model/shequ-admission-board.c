/* Where the cases of admission stand: by state, by whose turn it is, and the month of each department. */
#include "shequ-admission-board.h"

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "shequ-store.h"
#include "shequ-values.h"
#include "shequ-workflow.h"

#define SOON_DAYS 3
#define DAY_TEXT 11

/* What is read of every case, in this order. */
static const char *const case_paths[] = { "state",     "holder",     "due_on",          "state_since",
                                          "paused_on", "department", "department.name", "filed_on",
                                          "told_how",  NULL };
enum
{
  CASE_STATE,
  CASE_HOLDER,
  CASE_DUE,
  CASE_SINCE,
  CASE_PAUSED,
  CASE_DEPARTMENT,
  CASE_NAME,
  CASE_FILED,
  CASE_TOLD,
};

typedef struct
{
  ShequBoard *board;
  ShequWorkflow *workflow;
  ShequWorkdays *workdays; /* (nullable) */
  ShequDate today;
  char soon[DAY_TEXT];
  GHashTable *states;      /* id → ShequBoardLine, lent */
  GHashTable *holders;     /* id → ShequBoardLine, lent */
  GHashTable *departments; /* key → ShequBoardDepartment, lent */
  GHashTable *waited;      /* day → working days until today, as pointers */
} Load;

static void
line_free (gpointer data)
{
  ShequBoardLine *line = data;

  g_free (line->id);
  g_free (line->title);
  g_free (line->next_due);
  g_free (line);
}

static void
department_free (gpointer data)
{
  ShequBoardDepartment *department = data;

  g_free (department->name);
  g_free (department);
}

void
shequ_board_free (ShequBoard *board)
{
  g_free (board->today);
  g_free (board->month);
  g_ptr_array_unref (board->states);
  g_ptr_array_unref (board->holders);
  g_ptr_array_unref (board->departments);
  g_free (board);
}

static void
load_clear (Load *load)
{
  g_clear_pointer (&load->board, shequ_board_free);
  g_clear_pointer (&load->states, g_hash_table_unref);
  g_clear_pointer (&load->holders, g_hash_table_unref);
  g_clear_pointer (&load->departments, g_hash_table_unref);
  g_clear_pointer (&load->waited, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Load, load_clear)

static const char *
get_text (const ShequValue *value)
{
  return value->type == SHEQU_VALUE_TEXT ? value->text : NULL;
}

static ShequBoardLine *
add_line (GPtrArray *lines, GHashTable *known, const char *id, const char *title)
{
  ShequBoardLine *line = g_new0 (ShequBoardLine, 1);

  line->id = g_strdup (id);
  line->title = g_strdup (title);
  g_ptr_array_add (lines, line);
  g_hash_table_insert (known, line->id, line);
  return line;
}

static ShequBoardDepartment *
find_department (Load *load, gint64 key, const char *name)
{
  ShequBoardDepartment *department = g_hash_table_lookup (load->departments, &key);

  if (department == NULL)
    {
      department = g_new0 (ShequBoardDepartment, 1);
      department->key = key;
      g_ptr_array_add (load->board->departments, department);
      g_hash_table_insert (load->departments, &department->key, department);
    }
  if (department->name == NULL && name != NULL)
    department->name = g_strdup (name);
  return department;
}

/* Working days from a day to today; most cases share few days. */
static int
count_waited (Load *load, const char *since)
{
  gpointer days;
  ShequDate from;

  if (since == NULL || load->workdays == NULL)
    return 0;
  if (!g_hash_table_lookup_extended (load->waited, since, NULL, &days))
    {
      int count = shequ_date_from_iso (since, &from)
                    ? shequ_workdays_between (load->workdays, &from, &load->today, NULL)
                    : 0;

      days = GINT_TO_POINTER (MAX (count, 0));
      g_hash_table_insert (load->waited, g_strdup (since), days);
    }
  return GPOINTER_TO_INT (days);
}

static void
count_line (Load *load, ShequBoardLine *line, const ShequValue *values)
{
  const char *due = get_text (&values[CASE_DUE]);
  gboolean paused = get_text (&values[CASE_PAUSED]) != NULL;

  line->cases++;
  line->paused += paused;
  if (!paused)
    line->days_held += count_waited (load, get_text (&values[CASE_SINCE]));
  if (due == NULL)
    return;
  if (strcmp (due, load->board->today) < 0)
    {
      line->overdue++;
      return;
    }
  line->soon += strcmp (due, load->soon) <= 0;
  if (line->next_due == NULL || strcmp (due, line->next_due) < 0)
    {
      g_free (line->next_due);
      line->next_due = g_strdup (due);
    }
}

static void
take_case (const ShequValue *values, gpointer user_data)
{
  Load *load = user_data;
  const char *state = get_text (&values[CASE_STATE]), *holder = get_text (&values[CASE_HOLDER]);
  const char *filed = get_text (&values[CASE_FILED]);
  const ShequWorkflowState *known = state != NULL ? shequ_workflow_find_state (load->workflow, state) : NULL;
  ShequBoardLine *line = state != NULL ? g_hash_table_lookup (load->states, state) : NULL;
  ShequBoardDepartment *department =
    find_department (load, values[CASE_DEPARTMENT].integer, get_text (&values[CASE_NAME]));

  if (filed != NULL && g_str_has_prefix (filed, load->board->month))
    *(get_text (&values[CASE_TOLD]) != NULL ? &department->pushed : &department->filed) += 1;
  if (line != NULL)
    count_line (load, line, values);
  if (known == NULL || known->rests)
    return;
  load->board->cases++;
  line = holder != NULL ? g_hash_table_lookup (load->holders, holder) : NULL;
  if (line != NULL)
    count_line (load, line, values);
}

static gboolean
is_any (const char *state, const char *const *states)
{
  return state != NULL && g_strv_contains (states, state);
}

static void
take_step (const ShequValue *values, gpointer user_data)
{
  static const char *const admitting[] = { "admitted", "trial", NULL };
  static const char *const pushed[] = { "violation", "handed_back", "correcting", "named", NULL };
  static const char *const mended[] = { "corrected", "submitted", "exited", NULL };
  Load *load = user_data;
  const char *from = get_text (&values[0]), *to = get_text (&values[1]);
  ShequBoardDepartment *department = find_department (load, values[2].integer, NULL);

  if (g_strcmp0 (from, to) == 0)
    return;
  department->admitted += is_any (to, admitting);
  department->refused += g_strcmp0 (to, "rejected") == 0;
  department->named += g_strcmp0 (to, "named") == 0;
  department->corrected += is_any (from, pushed) && is_any (to, mended);
}

static gboolean
read_cases (ShequOffice *office, Load *load, GCancellable *cancellable, GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (office, "application", error);
  g_autoptr (ShequQuery) query = reg != NULL ? shequ_office_new_query (office, reg) : NULL;

  return query != NULL && shequ_store_read_values (shequ_office_get_store (office), query, case_paths,
                                                   take_case, load, cancellable, error);
}

static gboolean
read_steps (ShequOffice *office, Load *load, GCancellable *cancellable, GError **error)
{
  static const char *const paths[] = { "from_state", "to_state", "application.department", NULL };
  const ShequRegister *reg = shequ_office_require_register (office, "admission_step", error);
  g_autoptr (ShequQuery) query = reg != NULL ? shequ_office_new_query (office, reg) : NULL;
  g_autofree char *where =
    g_strdup_printf ("day>=%s-01 and day<=%s-%02d", load->board->month, load->board->month,
                     g_date_get_days_in_month ((GDateMonth) atoi (load->board->month + 5),
                                               (GDateYear) atoi (load->board->month)));

  return query != NULL && shequ_query_add_where (query, where, error) &&
         shequ_store_read_values (shequ_office_get_store (office), query, paths, take_step, load, cancellable,
                                  error);
}

/* Days of steps that are done, by whose turn it was. */
static gboolean
add_held (ShequOffice *office, Load *load, GCancellable *cancellable, GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (office, "admission_step", error);
  g_autoptr (ShequQuery) query = reg != NULL ? shequ_office_new_query (office, reg) : NULL;
  ShequSummaryQuery summary = { query };
  g_autoptr (GPtrArray) rows = NULL;

  if (query == NULL)
    return FALSE;
  summary.group = shequ_register_lookup (reg, "held_by");
  summary.sum = shequ_register_lookup (reg, "days_used");
  rows = shequ_store_summarise (shequ_office_get_store (office), &summary, cancellable, error);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const ShequSummaryRow *row = rows->pdata[i];
      ShequBoardLine *line = row->group != NULL ? g_hash_table_lookup (load->holders, row->group) : NULL;

      if (line != NULL)
        line->days_held += row->sum;
    }
  return rows != NULL;
}

static void
prepare (ShequOffice *office, Load *load, const char *month)
{
  const GPtrArray *states = shequ_workflow_get_states (load->workflow);
  g_auto (GStrv) actors = shequ_workflow_list_actors (load->workflow);
  ShequDate soon;

  load->board = g_new0 (ShequBoard, 1);
  load->board->today = shequ_office_get_today (office);
  load->board->month = month != NULL ? g_strdup (month) : g_strndup (load->board->today, 7);
  load->board->states = g_ptr_array_new_with_free_func (line_free);
  load->board->holders = g_ptr_array_new_with_free_func (line_free);
  load->board->departments = g_ptr_array_new_with_free_func (department_free);
  load->states = g_hash_table_new (g_str_hash, g_str_equal);
  load->holders = g_hash_table_new (g_str_hash, g_str_equal);
  load->departments = g_hash_table_new (g_int64_hash, g_int64_equal);
  load->waited = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  load->workdays = shequ_office_get_workdays (office, NULL);
  shequ_date_from_iso (load->board->today, &load->today);
  soon = load->workdays != NULL ? shequ_workdays_add_workdays (load->workdays, &load->today, SOON_DAYS, NULL)
                                : load->today;
  shequ_date_to_iso (&soon, load->soon);
  for (guint i = 0; i < states->len; i++)
    {
      const ShequWorkflowState *state = states->pdata[i];

      if (!state->final)
        add_line (load->board->states, load->states, state->id, state->title);
    }
  for (guint i = 0; actors[i] != NULL; i++)
    add_line (load->board->holders, load->holders, actors[i],
              shequ_workflow_get_actor_title (load->workflow, actors[i]));
}

/* Lines without a case say nothing. */
static void
tidy_lines (Load *load, GPtrArray *lines)
{
  for (guint i = lines->len; i > 0; i--)
    {
      ShequBoardLine *line = lines->pdata[i - 1];
      ShequDate due;

      if (line->cases == 0 && line->days_held == 0)
        g_ptr_array_remove_index (lines, i - 1);
      else if (line->next_due != NULL && load->workdays != NULL && shequ_date_from_iso (line->next_due, &due))
        line->days_left = shequ_workdays_between (load->workdays, &load->today, &due, NULL);
    }
}

static gboolean
is_idle (const ShequBoardDepartment *department)
{
  return department->filed + department->admitted + department->refused + department->pushed +
           department->corrected + department->named ==
         0;
}

static int
compare_departments (gconstpointer one, gconstpointer other)
{
  const ShequBoardDepartment *a = *(ShequBoardDepartment *const *) one;
  const ShequBoardDepartment *b = *(ShequBoardDepartment *const *) other;

  if (a->pushed != b->pushed)
    return a->pushed < b->pushed ? 1 : -1;
  if (a->filed != b->filed)
    return a->filed < b->filed ? 1 : -1;
  return (a->key > b->key) - (a->key < b->key);
}

static void
tidy (Load *load)
{
  GPtrArray *departments = load->board->departments;

  tidy_lines (load, load->board->states);
  tidy_lines (load, load->board->holders);
  g_hash_table_remove_all (load->departments);
  for (guint i = departments->len; i > 0; i--)
    if (is_idle (departments->pdata[i - 1]))
      g_ptr_array_remove_index (departments, i - 1);
  g_ptr_array_sort (departments, compare_departments);
}

/**
 * shequ_board_load:
 * @office: the office
 * @month: (nullable): of the table of departments, as `2026-11`; this month when %NULL
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Counts the open cases by state and by whose turn it is, with their days, and what each department applied
 * for, pushed down and corrected in a month.
 *
 * Returns: (transfer full): the board
 */
ShequBoard *
shequ_board_load (ShequOffice *office, const char *month, GCancellable *cancellable, GError **error)
{
  g_auto (Load) load = { .workflow = shequ_office_get_admission_workflow (office, error) };

  if (load.workflow == NULL)
    return NULL;
  prepare (office, &load, month);
  if (!read_cases (office, &load, cancellable, error) || !read_steps (office, &load, cancellable, error) ||
      !add_held (office, &load, cancellable, error))
    return NULL;
  tidy (&load);
  return g_steal_pointer (&load.board);
}

static gpointer
load_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  return shequ_board_load (office, data, cancellable, error);
}

/** shequ_board_load_async: as shequ_board_load(), on a worker thread. */
void
shequ_board_load_async (ShequOffice *office,
                        const char *month,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  shequ_office_run_async (office, load_work, g_strdup (month), g_free, (GDestroyNotify) shequ_board_free,
                          cancellable, callback, user_data);
}

/** shequ_board_load_finish: (transfer full): the board, or %NULL with an error. */
ShequBoard *
shequ_board_load_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  return shequ_office_run_finish (office, result, error);
}
