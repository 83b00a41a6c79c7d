#include "shequ-import-job.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "shequ-column-check.h"
#include "shequ-duplicates.h"

/* Rows above the head in which a register is looked for, as many as an import looks at. */
#define HEAD_ROWS 40
#define PREVIEW_ROWS 20
/* Small enough that what is kept after a cancel is most of what was done. */
#define CHUNK_ROWS 5000
#define MOST_NAMES 1000

struct _ShequImportJob
{
  ShequStore *store;
  const ShequRegister *reg;
  char *path;
  ShequImport *import;
  GPtrArray *preview; /* of ShequPreviewRow */
  ShequImportResult result;
  char *rejects_path; /* (nullable): of the last run, when it was written */
  GPtrArray *doubts;  /* (nullable) of ShequColumnDoubt: columns whose cells do not fit their heads */
  ShequComparison *comparison; /* (nullable) */
  guint n_duplicates;
  gint64 last_key; /* of the residents before the run */ /* pairs that the last run may have made */

  GMutex lock;
  ShequImportResult counts; /* without messages */
  double fraction;
};

static void
job_clear (gpointer data)
{
  ShequImportJob *job = data;

  g_clear_pointer (&job->import, shequ_import_free);
  g_clear_pointer (&job->preview, g_ptr_array_unref);
  g_clear_pointer (&job->doubts, g_ptr_array_unref);
  g_clear_pointer (&job->comparison, shequ_comparison_free);
  g_clear_pointer (&job->store, shequ_store_unref);
  shequ_import_result_clear (&job->result);
  g_free (job->rejects_path);
  g_free (job->path);
  g_mutex_clear (&job->lock);
}

ShequImportJob *
shequ_import_job_ref (ShequImportJob *job)
{
  return g_atomic_rc_box_acquire (job);
}

void
shequ_import_job_unref (ShequImportJob *job)
{
  g_atomic_rc_box_release_full (job, job_clear);
}

/* What is asked of a worker. */
typedef struct
{
  ShequImportJob *job;
  guint sheet;
  guint header_row; /* 0 to leave it */
  ShequImportRun run;
} Work;

static Work *
work_new (ShequImportJob *job)
{
  Work *work = g_new0 (Work, 1);

  work->job = shequ_import_job_ref (job);
  return work;
}

static void
work_free (gpointer data)
{
  Work *work = data;

  shequ_import_job_unref (work->job);
  g_free (work);
}

/* A register into which people import, with how well its columns fit the file. */
typedef struct
{
  ShequMapping *mapping;
  guint score;
} Fit;

static void
fit_clear (gpointer data)
{
  shequ_mapping_free (((Fit *) data)->mapping);
}

static GArray *
list_fits (ShequOffice *office)
{
  const GPtrArray *registers = shequ_catalogue_get_registers (shequ_office_get_catalogue (office));
  GArray *fits = g_array_new (FALSE, TRUE, sizeof (Fit));

  g_array_set_clear_func (fits, fit_clear);
  for (guint i = 0; i < registers->len; i++)
    {
      const ShequRegister *reg = g_ptr_array_index (registers, i);
      Fit fit = { NULL, 0 };

      if (reg->fixed)
        continue;
      fit.mapping = shequ_mapping_new (reg);
      g_array_append_val (fits, fit);
    }
  return fits;
}

static void
score_row (GArray *fits, const ShequCellRow *row)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < row->n_cells; i++)
    g_ptr_array_add (texts, g_strndup (row->cells[i].text, row->cells[i].length));
  for (guint i = 0; i < fits->len; i++)
    {
      Fit *fit = &g_array_index (fits, Fit, i);
      guint score =
        shequ_mapping_score (fit->mapping, (const char *const *) texts->pdata, MIN (texts->len, MOST_NAMES));

      fit->score = MAX (fit->score, score);
    }
}

/* The name of the file decides between registers that fit alike, then residents. */
static guint
weigh (const Fit *fit, const char *name)
{
  const ShequRegister *reg = fit->mapping->reg;
  guint weight = fit->score * 4;

  if (fit->score > 0 && strstr (name, reg->label) != NULL)
    weight += 2;
  return weight + (g_str_equal (reg->name, "resident") ? 1 : 0);
}

static const ShequRegister *
guess_register (ShequOffice *office, const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (ShequSheetReader) reader = shequ_sheet_reader_open (path, cancellable, error);
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *name = g_filename_display_name (base);
  g_autoptr (GArray) fits = NULL;
  const Fit *best = NULL;
  ShequCellRow row;

  if (reader == NULL)
    return NULL;
  fits = list_fits (office);
  for (guint i = 0; i < HEAD_ROWS && shequ_sheet_reader_next (reader, &row, NULL); i++)
    score_row (fits, &row);
  for (guint i = 0; i < fits->len; i++)
    {
      const Fit *fit = &g_array_index (fits, Fit, i);

      if (best == NULL || weigh (fit, name) > weigh (best, name))
        best = fit;
    }
  return best->mapping->reg;
}

/* The first rows, and whether they fit the heads above them. */
static void
read_preview (ShequImportJob *job, GCancellable *cancellable)
{
  g_clear_pointer (&job->preview, g_ptr_array_unref);
  g_clear_pointer (&job->doubts, g_ptr_array_unref);
  g_clear_pointer (&job->comparison, shequ_comparison_free);
  job->preview = shequ_import_preview (job->import, PREVIEW_ROWS);
  job->doubts = shequ_column_check_run (job->import, cancellable, NULL);
}

static gpointer
open_in_thread (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  ShequImportJob *job = ((Work *) data)->job;
  g_autofree char *today = shequ_office_get_today (office);

  if (job->reg == NULL)
    job->reg = guess_register (office, job->path, cancellable, error);
  if (job->reg == NULL)
    return NULL;
  job->import = shequ_import_open (job->store, job->reg, job->path, today, cancellable, error);
  if (job->import == NULL)
    return NULL;
  read_preview (job, cancellable);
  return shequ_import_job_ref (job);
}

/**
 * shequ_import_job_open_async:
 * @office: whose store
 * @reg: (nullable): the register that the rows go into; %NULL for the one whose columns fit best
 * @path: a spreadsheet
 * @cancellable: (nullable): to give up
 * @callback: called when it is open or cannot be read
 * @user_data: for @callback
 *
 * Opens a spreadsheet, finds its head and reads its first rows on a worker thread.
 */
void
shequ_import_job_open_async (ShequOffice *office,
                             const ShequRegister *reg,
                             const char *path,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (ShequImportJob) job = g_atomic_rc_box_new0 (ShequImportJob);

  g_mutex_init (&job->lock);
  job->store = shequ_store_ref (shequ_office_get_store (office));
  job->reg = reg;
  job->path = g_strdup (path);
  shequ_office_run_async (office, open_in_thread, work_new (job), work_free,
                          (GDestroyNotify) shequ_import_job_unref, cancellable, callback, user_data);
}

/**
 * shequ_import_job_open_finish:
 * @office: the office
 * @result: as the callback got it
 * @error: return location
 *
 * Returns: (transfer full): the job, or %NULL with a #ShequError that names the remedy
 */
ShequImportJob *
shequ_import_job_open_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  return shequ_office_run_finish (office, result, error);
}

const ShequRegister *
shequ_import_job_get_register (ShequImportJob *job)
{
  return job->reg;
}

const char *
shequ_import_job_get_path (ShequImportJob *job)
{
  return job->path;
}

const GPtrArray *
shequ_import_job_get_sheets (ShequImportJob *job)
{
  return shequ_import_get_sheets (job->import);
}

guint
shequ_import_job_get_sheet (ShequImportJob *job)
{
  return shequ_import_get_sheet (job->import);
}

guint
shequ_import_job_get_header_row (ShequImportJob *job)
{
  return shequ_import_get_header_row (job->import);
}

ShequMapping *
shequ_import_job_get_mapping (ShequImportJob *job)
{
  return shequ_import_get_mapping (job->import);
}

/**
 * shequ_import_job_get_preview:
 * @job: a job
 *
 * Returns: (transfer none) (element-type ShequPreviewRow): the first rows as they were read last
 */
const GPtrArray *
shequ_import_job_get_preview (ShequImportJob *job)
{
  return job->preview;
}

static gpointer
preview_in_thread (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Work *work = data;
  ShequImportJob *job = work->job;

  if (work->sheet != shequ_import_get_sheet (job->import) &&
      !shequ_import_set_sheet (job->import, work->sheet, error))
    return NULL;
  if (work->header_row != 0 && !shequ_import_set_header_row (job->import, work->header_row, error))
    return NULL;
  read_preview (job, cancellable);
  return shequ_import_job_ref (job);
}

/**
 * shequ_import_job_preview_async:
 * @job: a job
 * @office: the office
 * @sheet: the sheet to read, from 0
 * @header_row: another row to take for the head, or 0 to leave it
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: for @callback
 *
 * Reads the first rows again, as the columns are assigned now. The mapping must not be touched meanwhile.
 */
void
shequ_import_job_preview_async (ShequImportJob *job,
                                ShequOffice *office,
                                guint sheet,
                                guint header_row,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  Work *work = work_new (job);

  work->sheet = sheet;
  work->header_row = header_row;
  shequ_office_run_async (office, preview_in_thread, work, work_free, (GDestroyNotify) shequ_import_job_unref,
                          cancellable, callback, user_data);
}

static gboolean
finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  g_autoptr (ShequImportJob) job = shequ_office_run_finish (office, result, error);

  return job != NULL;
}

gboolean
shequ_import_job_preview_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  return finish (office, result, error);
}

static void
note_progress (const ShequImportResult *result, double fraction, gpointer user_data)
{
  ShequImportJob *job = user_data;

  g_mutex_lock (&job->lock);
  job->counts = *result;
  job->counts.messages = NULL;
  job->fraction = fraction;
  g_mutex_unlock (&job->lock);
}

/* The folder of the spreadsheet, or the person's own where nothing can be written there. */
static char *
choose_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  const char *own = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);

  if (access (folder, W_OK) == 0)
    return g_steal_pointer (&folder);
  return g_strdup (own != NULL ? own : g_get_home_dir ());
}

/* A name that no file has yet: what a person has mended in an older one stays. */
static char *
choose_path (const char *path, const char *what, const char *ending)
{
  g_autofree char *folder = choose_folder (path);
  g_autofree char *name = g_path_get_basename (path);
  char *dot = strrchr (name, '.');

  if (dot != NULL && dot != name)
    *dot = '\0';
  for (guint i = 1; i < MOST_NAMES; i++)
    {
      g_autofree char *file = i == 1 ? g_strdup_printf ("%s-%s.%s", name, what, ending)
                                     : g_strdup_printf ("%s-%s-%u.%s", name, what, i, ending);
      g_autofree char *whole = g_build_filename (folder, file, NULL);

      if (!g_file_test (whole, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&whole);
    }
  return NULL;
}

/* An import may have made the records that its links lead to. */
static void
tell_changed (ShequOffice *office, ShequMapping *mapping)
{
  shequ_office_tell_changed (office, mapping->reg, 0);
  for (guint i = 0; i < mapping->columns->len; i++)
    {
      const ShequTarget *target = g_ptr_array_index (mapping->columns, i);

      for (guint j = 0; target != NULL && j < target->links->len; j++)
        shequ_office_tell_changed (office,
                                   ((const ShequField *) g_ptr_array_index (target->links, j))->target, 0);
    }
}

static gboolean
compare (ShequImportJob *job, const ShequImportOptions *options, GCancellable *cancellable, GError **error)
{
  /* Who has died or moved away is not expected in a roster. */
  const char *expected = g_str_equal (job->reg->name, "resident") ? "not residence_status=9,10" : NULL;

  g_clear_pointer (&job->comparison, shequ_comparison_free);
  job->comparison =
    shequ_compare_run (job->import, options, expected, note_progress, job, cancellable, error);
  return job->comparison != NULL;
}

/* Whom the run may have added a second time: told, never merged by itself. */
static guint
count_duplicates (ShequOffice *office, gint64 after)
{
  g_autoptr (GArray) pairs = shequ_duplicates_find (office, after, 0, NULL, NULL);

  return pairs != NULL ? pairs->len : 0;
}

static gpointer
run_in_thread (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Work *work = data;
  ShequImportJob *job = work->job;
  g_autofree char *moment = shequ_office_get_moment (office);
  g_autofree char *rejects_path =
    work->run.save_rejects && !work->run.dry_run ? choose_path (job->path, _ ("refused"), "csv") : NULL;
  ShequImportOptions options = {
    .derive = shequ_office_derive_links,
    .dry_run = work->run.dry_run,
    .on_duplicate = work->run.on_duplicate,
    .rejects_path = rejects_path,
    .unit = job->reg->level == shequ_office_get_level (office) ? shequ_office_get_unit (office) : 0,
    .actor = { shequ_office_get_user (office), g_get_host_name (), _ ("Import"), moment },
    .chunk_rows = CHUNK_ROWS,
  };
  gint64 last_key = 0;
  gboolean done;

  if (work->run.work == SHEQU_IMPORT_COMPARE)
    return compare (job, &options, cancellable, error) ? shequ_import_job_ref (job) : NULL;
  if (!options.dry_run && g_str_equal (job->reg->name, "resident"))
    last_key = shequ_duplicates_get_last_key (office, cancellable, NULL);
  shequ_import_result_clear (&job->result);
  if (work->run.work == SHEQU_IMPORT_APPLY)
    done = shequ_compare_apply (job->import, job->comparison, &options, note_progress, job, cancellable,
                                &job->result, error);
  else
    done = shequ_import_run (job->import, &options, note_progress, job, cancellable, &job->result, error);
  job->last_key = last_key;
  job->n_duplicates = done && last_key > 0 && job->result.added > 0 ? count_duplicates (office, last_key) : 0;
  if (!options.dry_run && job->result.added + job->result.updated > 0)
    tell_changed (office, shequ_import_get_mapping (job->import));
  g_clear_pointer (&job->rejects_path, g_free);
  if (rejects_path != NULL && g_file_test (rejects_path, G_FILE_TEST_EXISTS))
    job->rejects_path = g_steal_pointer (&rejects_path);
  return done ? shequ_import_job_ref (job) : NULL;
}

/**
 * shequ_import_job_run_async:
 * @job: a job
 * @office: the office
 * @run: how
 * @cancellable: (nullable): to stop; the chunks that were stored are kept
 * @callback: called when it is done, stopped or failed
 * @user_data: for @callback
 *
 * Stores the rows on a worker thread. What came of it, also of a run that was stopped, is told by
 * shequ_import_job_get_result(); lists follow by themselves.
 */
void
shequ_import_job_run_async (ShequImportJob *job,
                            ShequOffice *office,
                            const ShequImportRun *run,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  static const ShequImportResult nothing = { 0 };
  Work *work = work_new (job);

  work->run = *run;
  note_progress (&nothing, 0, job);
  shequ_office_run_async (office, run_in_thread, work, work_free, (GDestroyNotify) shequ_import_job_unref,
                          cancellable, callback, user_data);
}

gboolean
shequ_import_job_run_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  return finish (office, result, error);
}

/**
 * shequ_import_job_get_progress:
 * @job: a job that runs
 * @counts: (out caller-allocates): the counts so far, without messages
 *
 * Any thread.
 *
 * Returns: how much of the file is read, from 0 to 1
 */
double
shequ_import_job_get_progress (ShequImportJob *job, ShequImportResult *counts)
{
  double fraction;

  g_mutex_lock (&job->lock);
  *counts = job->counts;
  fraction = job->fraction;
  g_mutex_unlock (&job->lock);
  return fraction;
}

/**
 * shequ_import_job_get_result:
 * @job: a job that has run
 *
 * Returns: (transfer none): what came of the last run
 */
const ShequImportResult *
shequ_import_job_get_result (ShequImportJob *job)
{
  return &job->result;
}

/**
 * shequ_import_job_get_rejects_path:
 * @job: a job that has run
 *
 * Returns: (transfer none) (nullable): the file of the refused rows, when there is one
 */
const char *
shequ_import_job_get_rejects_path (ShequImportJob *job)
{
  return job->rejects_path;
}

/**
 * shequ_import_job_get_comparison:
 * @job: a job that has compared
 *
 * Returns: (transfer none) (nullable): what is different; what is accepted of it may be changed
 */
ShequComparison *
shequ_import_job_get_comparison (ShequImportJob *job)
{
  return job->comparison;
}

/**
 * shequ_import_job_save_comparison:
 * @job: a job that has compared
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the path of a new spreadsheet beside the file, a line for each
 * difference
 */
char *
shequ_import_job_save_comparison (ShequImportJob *job, GError **error)
{
  g_autofree char *path = choose_path (job->path, _ ("comparison"), "xlsx");
  g_autoptr (ShequSheetWriter) writer =
    shequ_sheet_writer_new_path (path, SHEQU_SHEET_FORMAT_XLSX, SHEQU_SHEET_WRITER_DEFAULT, error);

  return writer != NULL && shequ_compare_write (job->comparison, writer, error) ? g_steal_pointer (&path)
                                                                                : NULL;
}

/**
 * shequ_import_job_get_n_duplicates:
 * @job: a job that has run
 *
 * Returns: how many pairs with somebody whom the run added may be one person
 */
guint
shequ_import_job_get_n_duplicates (ShequImportJob *job)
{
  return job->n_duplicates;
}

/**
 * shequ_import_job_get_last_key:
 * @job: a job that has run
 *
 * Returns: the greatest key that a resident had before the run; those that it added have greater ones
 */
gint64
shequ_import_job_get_last_key (ShequImportJob *job)
{
  return job->last_key;
}

/**
 * shequ_import_job_describe_doubts:
 * @job: an open job
 *
 * Returns: (transfer full) (nullable): which columns do not fit their heads, %NULL when all do
 */
char *
shequ_import_job_describe_doubts (ShequImportJob *job)
{
  return job->doubts != NULL && job->doubts->len > 0 ? shequ_column_check_describe (job->import, job->doubts)
                                                     : NULL;
}

/**
 * shequ_import_job_put_right:
 * @job: an open job
 *
 * Puts the columns where their cells fit. The first rows are to be read again.
 */
void
shequ_import_job_put_right (ShequImportJob *job)
{
  if (job->doubts != NULL)
    shequ_column_check_apply (job->import, job->doubts);
}
