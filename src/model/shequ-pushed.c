/* Work that was pushed down without admission: noted within a minute, its basis looked up by the program. */
#include "shequ-pushed.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-pushed-note.h"

#define STATE "violation"
#define SHORTEST_NAME 2

/* What a finding says of the basis, the weightiest first. */
static const struct
{
  const char *code; /* (nullable): any rule of what may enter */
  ShequFindingSeverity severity;
  const char *standing;
} standings[] = {
  { NULL, SHEQU_SEVERITY_BLOCK, "never" },         { "EXEMPT_EMERGENCY", SHEQU_SEVERITY_NOTE, "emergency" },
  { "ON_LIST", SHEQU_SEVERITY_WARNING, "listed" }, { NULL, SHEQU_SEVERITY_ASK, "unsure" },
  { "DUTY", SHEQU_SEVERITY_WARNING, "unsure" },    { "DUTY", SHEQU_SEVERITY_NOTE, "duty" },
};

static void
set_department (ShequRow *task, const ShequRow *department)
{
  const ShequField *field = shequ_register_lookup (task->reg, "department");

  shequ_row_set_integer (task, "department", department->key);
  if (task->link_titles == NULL)
    task->link_titles = g_new0 (char *, task->reg->fields->len);
  g_free (task->link_titles[field->index]);
  task->link_titles[field->index] = shequ_row_get_title (department);
}

/* The department whose name, the longest there is, stands in the text. */
static gboolean
find_department (ShequOffice *office,
                 const char *text,
                 ShequRow *task,
                 GCancellable *cancellable,
                 GError **error)
{
  static const char *const names[] = { "name", "short_name" };
  const ShequRegister *reg = shequ_office_require_register (office, "department", error);
  g_autoptr (ShequQuery) query = reg != NULL ? shequ_office_new_query (office, reg) : NULL;
  g_autoptr (GPtrArray) rows = NULL;
  glong longest = SHORTEST_NAME - 1;

  rows = query != NULL ? shequ_office_get_rows (office, query, cancellable, error) : NULL;
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    for (guint j = 0; j < G_N_ELEMENTS (names); j++)
      {
        const char *name = shequ_row_get_text (rows->pdata[i], names[j]);

        if (name == NULL || strstr (text, name) == NULL || g_utf8_strlen (name, -1) <= longest)
          continue;
        longest = g_utf8_strlen (name, -1);
        set_department (task, rows->pdata[i]);
      }
  return rows != NULL;
}

static void
set_if (ShequRow *task, const char *name, const char *text)
{
  if (text != NULL && *text != '\0')
    shequ_row_set_text (task, name, text);
}

/**
 * shequ_pushed_read:
 * @office: the office
 * @text: a message, a notice, the note of a call
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Reads who told the community to do what, when and how, and for which department; judges its basis.
 *
 * Returns: (transfer full): an `application` in the state `violation`, not stored, for a person to read over
 */
ShequRow *
shequ_pushed_read (ShequOffice *office, const char *text, GCancellable *cancellable, GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (office, "application", error);
  g_autoptr (ShequRow) task = reg != NULL ? shequ_office_new_row (office, reg) : NULL;
  g_autofree char *today_text = shequ_office_get_today (office);
  g_autoptr (ShequPushedNote) note = NULL;
  ShequDate today;

  if (task == NULL || !shequ_date_from_iso (today_text, &today))
    return NULL;
  note = shequ_pushed_note_read (text, &today);
  shequ_row_set_text (task, "state", STATE);
  set_if (task, "title", note->title);
  set_if (task, "told_by", note->who);
  set_if (task, "told_how", note->how);
  set_if (task, "told_on", note->day != NULL ? note->day : today_text);
  set_if (task, "told_words", text);
  set_if (task, "content", text);
  set_if (task, "basis", note->basis);
  set_if (task, "category", note->category);
  set_if (task, "role", note->role);
  if (!find_department (office, text, task, cancellable, error) ||
      !shequ_pushed_judge (office, task, cancellable, error))
    return NULL;
  return g_steal_pointer (&task);
}

/* What an application lacks, money or time ahead, says nothing of what it stands on. */
static gboolean
is_about_basis (const ShequFinding *finding)
{
  return (finding->code[0] == 'B' && g_ascii_isdigit (finding->code[1])) ||
         g_str_equal (finding->code, "EXEMPT_EMERGENCY");
}

static gboolean
weighs (const ShequFinding *finding, guint standing)
{
  const char *code = standings[standing].code;

  return finding->severity == standings[standing].severity &&
         (code != NULL ? g_str_equal (finding->code, code) : is_about_basis (finding));
}

/* Why it stands so: each finding of that weight, with the paper that it is founded on. */
static char *
describe (const GPtrArray *findings, guint standing)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < findings->len; i++)
    {
      const ShequFinding *finding = findings->pdata[i];

      if (!weighs (finding, standing))
        continue;
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", finding->title);
      if (*finding->detail != '\0')
        g_string_append_printf (text, "：%s", finding->detail);
      if (finding->source != NULL && *finding->source != '\0')
        g_string_append_printf (text, "（%s）", finding->source);
    }
  return g_strdup (text->str);
}

static void
set_standing (ShequRow *task, const GPtrArray *findings)
{
  for (guint i = 0; i < G_N_ELEMENTS (standings); i++)
    {
      g_autofree char *detail = describe (findings, i);

      if (*detail == '\0')
        continue;
      shequ_row_set_text (task, "standing", standings[i].standing);
      shequ_row_set_text (task, "standing_detail", detail);
      return;
    }
  shequ_row_set_text (task, "standing", "none");
  shequ_row_set_text (
    task, "standing_detail",
    _ ("It stands on no list in force, and no statute that it names asks it of the community."));
}

/**
 * shequ_pushed_judge:
 * @office: the office
 * @task: an application in the state `violation`, stored or not; gets `standing` and `standing_detail`
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Looks up by itself what a task that was pushed down stands on: the lists in force, the statutes, what may
 * never enter, emergencies. Where words do not decide, it says so.
 *
 * Returns: whether it could be looked up
 */
gboolean
shequ_pushed_judge (ShequOffice *office, ShequRow *task, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) findings = shequ_admission_screen (office, task, cancellable, error);

  if (findings == NULL)
    return FALSE;
  set_standing (task, findings);
  return TRUE;
}

/**
 * shequ_pushed_record:
 * @office: the office
 * @task: a task as shequ_pushed_read() made it and a person mended it; gets its number and key
 * @issues: (nullable) (element-type ShequIssue): gets errors, warnings and notes
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Notes a task that was pushed down without admission, with its basis; the street has its days to countersign
 * the slip from then on.
 *
 * Returns: %FALSE with the errors of shequ_admission_file()
 */
gboolean
shequ_pushed_record (ShequOffice *office,
                     ShequRow *task,
                     GPtrArray *issues,
                     GCancellable *cancellable,
                     GError **error)
{
  shequ_row_set_text (task, "state", STATE);
  if (shequ_row_get_text (task, "told_how") == NULL)
    shequ_row_set_text (task, "told_how", "other");
  if (shequ_row_get_text (task, "category") == NULL)
    shequ_row_set_text (task, "category", "task");
  return shequ_pushed_judge (office, task, cancellable, error) &&
         shequ_admission_file (office, task, issues, cancellable, error);
}

static gpointer
read_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  return shequ_pushed_read (office, data, cancellable, error);
}

/** shequ_pushed_read_async: as shequ_pushed_read(), on a worker thread. */
void
shequ_pushed_read_async (ShequOffice *office,
                         const char *text,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  shequ_office_run_async (office, read_work, g_strdup (text), g_free, (GDestroyNotify) shequ_row_free,
                          cancellable, callback, user_data);
}

/** shequ_pushed_read_finish: (transfer full): the task, or %NULL with an error. */
ShequRow *
shequ_pushed_read_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  return shequ_office_run_finish (office, result, error);
}

static gpointer
judge_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  return shequ_pushed_judge (office, data, cancellable, error) ? shequ_row_copy (data) : NULL;
}

/** shequ_pushed_judge_async: as shequ_pushed_judge() with a copy of @task, on a worker thread. */
void
shequ_pushed_judge_async (ShequOffice *office,
                          const ShequRow *task,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  shequ_office_run_async (office, judge_work, shequ_row_copy (task), (GDestroyNotify) shequ_row_free,
                          (GDestroyNotify) shequ_row_free, cancellable, callback, user_data);
}

/** shequ_pushed_judge_finish: (transfer full): the task with its basis, or %NULL with an error. */
ShequRow *
shequ_pushed_judge_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  return shequ_office_run_finish (office, result, error);
}

static gpointer
record_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) issues = shequ_issues_new ();

  return shequ_pushed_record (office, data, issues, cancellable, error) ? shequ_row_copy (data) : NULL;
}

/** shequ_pushed_record_async: as shequ_pushed_record() with a copy of @task, on a worker thread. */
void
shequ_pushed_record_async (ShequOffice *office,
                           const ShequRow *task,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  shequ_office_run_async (office, record_work, shequ_row_copy (task), (GDestroyNotify) shequ_row_free,
                          (GDestroyNotify) shequ_row_free, cancellable, callback, user_data);
}

/** shequ_pushed_record_finish: (transfer full): the task with its number and key, or %NULL with an error. */
ShequRow *
shequ_pushed_record_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  return shequ_office_run_finish (office, result, error);
}
