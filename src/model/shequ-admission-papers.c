/* The papers of a case: written once, numbered in their series, and kept as they were sent. */
#include "shequ-admission-papers.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-admission-private.h"
#include "shequ-error.h"
#include "shequ-paper-forms.h"
#include "shequ-record-papers.h"

#define FORMS "rules/admission-papers.ini"

/* The department by its name, not by what the list shows of it. */
static void
put_department (ShequOffice *office,
                const ShequRow *application,
                GHashTable *values,
                GCancellable *cancellable)
{
  const ShequRegister *reg = shequ_office_get_register (office, "department");
  gint64 key = shequ_row_get_integer (application, "department");
  g_autoptr (ShequRow) row =
    reg != NULL && key != 0 ? shequ_office_get_row (office, reg, key, cancellable, NULL) : NULL;

  if (row != NULL)
    g_hash_table_insert (values, g_strdup ("department"), g_strdup (shequ_row_get_text (row, "name")));
}

gint64
shequ_admission_write_paper_in (ShequOffice *office,
                                ShequTransaction *transaction,
                                const ShequAdmissionFacts *facts,
                                const char *kind,
                                const char *reason,
                                GCancellable *cancellable,
                                GError **error)
{
  g_autoptr (ShequPaperForms) forms = shequ_paper_forms_load (FORMS, error);
  const ShequPaperForm *form = forms != NULL ? shequ_paper_forms_find (forms, kind) : NULL;
  g_autoptr (GHashTable) values = NULL;
  g_autoptr (ShequRow) row = NULL;

  if (forms == NULL)
    return 0;
  if (form == NULL)
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND, _ ("There is no form of the paper “%s”."),
                   kind);
      return 0;
    }
  values = shequ_admission_collect_values (office, facts, reason, cancellable, error);
  if (values == NULL)
    return 0;
  put_department (office, facts->application, values, cancellable);
  row = shequ_paper_compose (office, form, "admission_paper", values, error);
  if (row == NULL)
    return 0;
  shequ_row_set_integer (row, "application", facts->application->key);
  return shequ_paper_save_in (office, transaction, form, row, error) ? row->key : 0;
}

/**
 * shequ_admission_write_paper:
 * @office: the office
 * @application: an application
 * @kind: a paper of `data/rules/admission-papers.ini`, as `hearing_record`
 * @reason: (nullable): what stands in the blank `{reason}`
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Writes a paper beside those that come of the steps, and gives it its number.
 *
 * Returns: the key of the `admission_paper`, or 0
 */
gint64
shequ_admission_write_paper (ShequOffice *office,
                             gint64 application,
                             const char *kind,
                             const char *reason,
                             GCancellable *cancellable,
                             GError **error)
{
  g_auto (ShequAdmissionFacts) facts = { NULL };
  g_autoptr (ShequTransaction) transaction = NULL;
  gint64 key;

  if (!shequ_admission_facts_load (office, application, &facts, cancellable, error))
    return 0;
  transaction = shequ_office_begin (office, _ ("Write a paper"), cancellable, error);
  if (transaction == NULL)
    return 0;
  key = shequ_admission_write_paper_in (office, transaction, &facts, kind, reason, cancellable, error);
  if (key == 0 || !shequ_transaction_commit (transaction, error))
    return 0;
  shequ_office_tell_changed (office, shequ_office_get_register (office, "admission_paper"), key);
  return key;
}

typedef struct
{
  gint64 application;
  char *kind;
} Call;

static void
call_free (gpointer data)
{
  g_free (((Call *) data)->kind);
  g_free (data);
}

static gpointer
write_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  Call *call = data;
  gint64 key = shequ_admission_write_paper (office, call->application, call->kind, NULL, cancellable, error);

  return key != 0 ? g_memdup2 (&key, sizeof key) : NULL;
}

/** shequ_admission_write_paper_async: as shequ_admission_write_paper(), on a worker thread, without a reason.
 */
void
shequ_admission_write_paper_async (ShequOffice *office,
                                   gint64 application,
                                   const char *kind,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  Call *call = g_new0 (Call, 1);

  call->application = application;
  call->kind = g_strdup (kind);
  shequ_office_run_async (office, write_work, call, call_free, g_free, cancellable, callback, user_data);
}

/** shequ_admission_write_paper_finish: the key of the paper, or 0. */
gint64
shequ_admission_write_paper_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  g_autofree gint64 *key = shequ_office_run_finish (office, result, error);

  return key != NULL ? *key : 0;
}
