/* Papers written from records: filled in, numbered in their series, and kept as they were sent. */
#include "shequ-record-papers.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-date.h"
#include "shequ-error.h"

/**
 * shequ_paper_put_fields:
 * @values: (element-type utf8 utf8): what stands in the blanks of a paper
 * @row: a record
 *
 * Puts each field of @row in @values by its name, a date as a paper writes it.
 */
void
shequ_paper_put_fields (GHashTable *values, const ShequRow *row)
{
  for (guint i = 0; i < row->reg->fields->len; i++)
    {
      const ShequField *field = row->reg->fields->pdata[i];
      const char *text = field->kind == SHEQU_FIELD_DATE ? shequ_row_get_text (row, field->name) : NULL;
      ShequDate date;

      g_hash_table_insert (values, g_strdup (field->name),
                           text != NULL && shequ_date_from_iso (text, &date)
                             ? shequ_date_format_chinese (&date)
                             : shequ_row_format (row, field, SHEQU_FORMAT_PLAIN));
    }
}

/**
 * shequ_paper_compose:
 * @office: the office that signs
 * @form: the form
 * @reg: the register that keeps papers of its kind
 * @values: (element-type utf8 utf8): what stands in the blanks
 * @error: return location
 *
 * Returns: (transfer full): the paper of today, without its number and not stored yet, or %NULL
 */
ShequRow *
shequ_paper_compose (ShequOffice *office,
                     const ShequPaperForm *form,
                     const char *reg,
                     GHashTable *values,
                     GError **error)
{
  const ShequRegister *papers = shequ_office_require_register (office, reg, error);
  g_autoptr (ShequRow) row = papers != NULL ? shequ_office_new_row (office, papers) : NULL;
  g_autofree char *today = shequ_office_get_today (office);
  g_autofree char *body = shequ_paper_form_fill (form->text, values);
  g_autofree char *addressee =
    form->addressee != NULL ? shequ_paper_form_fill (form->addressee, values) : g_strdup ("");

  if (row == NULL)
    return NULL;
  shequ_row_set_text (row, "kind", form->kind);
  shequ_row_set_text (row, "title", form->title);
  shequ_row_set_text (row, "day", today);
  if (*addressee != '\0')
    shequ_row_set_text (row, "addressee", addressee);
  shequ_row_set_text (row, "body", body);
  shequ_row_set_text (row, "signed_by", shequ_office_get_name (office));
  shequ_row_set_text (row, "contact", shequ_office_get_user (office));
  shequ_row_set_integer (row, "receipt", form->receipt);
  return g_steal_pointer (&row);
}

/* As 准决〔2026〕12号: the year of the day, no noughts before the number. */
static gboolean
give_number (ShequTransaction *transaction, const ShequPaperForm *form, ShequRow *row, GError **error)
{
  g_autofree char *year = g_strndup (shequ_row_get_text (row, "day"), 4);
  g_autofree char *series = NULL, *number = NULL;
  gint64 serial;

  if (form->series == NULL || *form->series == '\0')
    return TRUE;
  series = g_strconcat ("paper/", shequ_row_get_text (row, "kind"), "/", year, NULL);
  serial = shequ_transaction_next_number (transaction, series, error);
  if (serial == 0)
    return FALSE;
  number = g_strdup_printf ("%s〔%s〕%" G_GINT64_FORMAT "号", form->series, year, serial);
  shequ_row_set_text (row, "number", number);
  return TRUE;
}

/**
 * shequ_paper_save_in:
 * @office: the office
 * @transaction: a change of it
 * @form: the form that @row was made by
 * @row: (inout): of shequ_paper_compose(); gets its number and key
 * @error: return location
 *
 * Returns: whether the paper is numbered and stored
 */
gboolean
shequ_paper_save_in (ShequOffice *office,
                     ShequTransaction *transaction,
                     const ShequPaperForm *form,
                     ShequRow *row,
                     GError **error)
{
  return give_number (transaction, form, row, error) &&
         shequ_office_save_in (office, transaction, row, NULL, error);
}

static const ShequRecordPaper *
require_paper (ShequOffice *office, const ShequRow *row, const char *name, GError **error)
{
  g_autofree char *today = shequ_office_get_today (office);
  const ShequRecordPaper *paper = NULL;

  for (guint i = 0; i < row->reg->papers->len && paper == NULL; i++)
    if (g_strcmp0 (((const ShequRecordPaper *) row->reg->papers->pdata[i])->form.kind, name) == 0)
      paper = row->reg->papers->pdata[i];
  if (paper == NULL)
    g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND, _ ("There is no form of the paper “%s”."), name);
  else if (paper->when != NULL && !shequ_row_matches (row, paper->when, today))
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE,
                   _ ("“%s” does not fit this record as it stands; nothing was written. Complete the record "
                      "and try again"),
                   paper->form.title);
      return NULL;
    }
  return paper;
}

/* The record shows its papers where the register of papers has a link to it. */
static void
link_paper (ShequRow *paper, const ShequRow *record)
{
  g_autofree char *title = shequ_row_get_title (record);
  g_autofree char *kind = g_strconcat (record->reg->name, ".", shequ_row_get_text (paper, "kind"), NULL);

  shequ_row_set_text (paper, "kind", kind);
  shequ_row_set_text (paper, "about", title);
  for (guint i = 0; i < paper->reg->fields->len; i++)
    {
      const ShequField *field = paper->reg->fields->pdata[i];

      if (field->kind == SHEQU_FIELD_LINK && field->target == record->reg)
        shequ_row_set_integer (paper, field->name, record->key);
    }
}

/**
 * shequ_record_paper_write:
 * @office: the office
 * @reg: a register
 * @key: a record of it
 * @name: a paper that the description of @reg names
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Writes a paper from a record as it is stored, gives it its number and keeps it. Blocks.
 *
 * Returns: the key of the paper in %SHEQU_PAPER_REGISTER, or 0
 */
gint64
shequ_record_paper_write (ShequOffice *office,
                          const ShequRegister *reg,
                          gint64 key,
                          const char *name,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (ShequRow) record = shequ_office_get_row (office, reg, key, cancellable, error);
  const ShequRecordPaper *paper = record != NULL ? require_paper (office, record, name, error) : NULL;
  g_autoptr (GHashTable) values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (ShequTransaction) transaction = NULL;
  g_autoptr (ShequRow) row = NULL;

  if (paper == NULL)
    return 0;
  shequ_paper_put_fields (values, record);
  row = shequ_paper_compose (office, &paper->form, SHEQU_PAPER_REGISTER, values, error);
  if (row == NULL)
    return 0;
  link_paper (row, record);
  transaction = shequ_office_begin (office, _ ("Write a paper"), cancellable, error);
  if (transaction == NULL || !shequ_paper_save_in (office, transaction, &paper->form, row, error) ||
      !shequ_transaction_commit (transaction, error))
    return 0;
  shequ_office_tell_changed (office, row->reg, row->key);
  return row->key;
}

typedef struct
{
  const ShequRegister *reg;
  gint64 key;
  char *name;
} Call;

static void
call_free (gpointer data)
{
  g_free (((Call *) data)->name);
  g_free (data);
}

static gpointer
write_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  const Call *call = data;
  gint64 key = shequ_record_paper_write (office, call->reg, call->key, call->name, cancellable, error);

  return key != 0 ? g_memdup2 (&key, sizeof key) : NULL;
}

/** shequ_record_paper_write_async: as shequ_record_paper_write(), on a worker thread. */
void
shequ_record_paper_write_async (ShequOffice *office,
                                const ShequRegister *reg,
                                gint64 key,
                                const char *name,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  Call *call = g_new0 (Call, 1);

  call->reg = reg;
  call->key = key;
  call->name = g_strdup (name);
  shequ_office_run_async (office, write_work, call, call_free, g_free, cancellable, callback, user_data);
}

/** shequ_record_paper_write_finish: the key of the paper, or 0. */
gint64
shequ_record_paper_write_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  g_autofree gint64 *key = shequ_office_run_finish (office, result, error);

  return key != NULL ? *key : 0;
}
