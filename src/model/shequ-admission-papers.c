/* The papers of a case: written once, numbered in their series, and kept as they were sent. */
#include "shequ-admission-papers.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-admission-private.h"
#include "shequ-error.h"
#include "shequ-paper-forms.h"

#define FORMS "rules/admission-papers.ini"

/* As 准决〔2026〕12号: the year of the day, no noughts before the number. */
static gboolean
give_number (ShequTransaction *transaction, const ShequPaperForm *form, ShequRow *row, GError **error)
{
  g_autofree char *year = g_strndup (shequ_row_get_text (row, "day"), 4);
  g_autofree char *series = NULL, *number = NULL;
  gint64 serial;

  if (*form->series == '\0')
    return TRUE;
  series = g_strconcat ("paper/", form->kind, "/", year, NULL);
  serial = shequ_transaction_next_number (transaction, series, error);
  if (serial == 0)
    return FALSE;
  number = g_strdup_printf ("%s〔%s〕%" G_GINT64_FORMAT "号", form->series, year, serial);
  shequ_row_set_text (row, "number", number);
  return TRUE;
}

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

static gint64
write_form (ShequOffice *office,
            ShequTransaction *transaction,
            const ShequPaperForm *form,
            GHashTable *values,
            gint64 application,
            GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (office, "admission_paper", error);
  g_autoptr (ShequRow) row = reg != NULL ? shequ_office_new_row (office, reg) : NULL;
  g_autofree char *today = shequ_office_get_today (office);
  g_autofree char *body = shequ_paper_form_fill (form->text, values);
  g_autofree char *addressee = shequ_paper_form_fill (form->addressee, values);

  if (row == NULL)
    return 0;
  shequ_row_set_integer (row, "application", application);
  shequ_row_set_text (row, "kind", form->kind);
  shequ_row_set_text (row, "title", form->title);
  shequ_row_set_text (row, "day", today);
  if (*addressee != '\0')
    shequ_row_set_text (row, "addressee", addressee);
  shequ_row_set_text (row, "body", body);
  shequ_row_set_text (row, "signed_by", shequ_office_get_name (office));
  shequ_row_set_text (row, "contact", shequ_office_get_user (office));
  shequ_row_set_integer (row, "receipt", form->receipt);
  if (!give_number (transaction, form, row, error) ||
      !shequ_office_save_in (office, transaction, row, NULL, error))
    return 0;
  return row->key;
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
  return write_form (office, transaction, form, values, facts->application->key, error);
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
