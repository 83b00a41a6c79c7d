#include "shequ-certificates.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-certificate-check.h"
#include "shequ-certificate-private.h"
#include "shequ-error.h"
#include "shequ-office-private.h"
#include "shequ-paper-texts-private.h"

/**
 * shequ_certificate_request_new:
 * @kind: the kind, as `residence`
 * @resident: whom it is about
 *
 * Returns: (transfer full): a request with all else left open
 */
ShequCertificateRequest *
shequ_certificate_request_new (const char *kind, gint64 resident)
{
  ShequCertificateRequest *request = g_new0 (ShequCertificateRequest, 1);

  request->kind = g_strdup (kind);
  request->resident = resident;
  return request;
}

/**
 * shequ_certificate_request_copy:
 * @request: a request
 *
 * Returns: (transfer full): a copy
 */
ShequCertificateRequest *
shequ_certificate_request_copy (const ShequCertificateRequest *request)
{
  ShequCertificateRequest *copy = g_memdup2 (request, sizeof *request);

  copy->kind = g_strdup (request->kind);
  copy->purpose = g_strdup (request->purpose);
  copy->receiver = g_strdup (request->receiver);
  copy->since = g_strdup (request->since);
  copy->facts = g_strdup (request->facts);
  copy->verified_by = g_strdup (request->verified_by);
  copy->verify_method = g_strdup (request->verify_method);
  copy->approver = g_strdup (request->approver);
  return copy;
}

void
shequ_certificate_request_free (ShequCertificateRequest *request)
{
  g_free (request->kind);
  g_free (request->purpose);
  g_free (request->receiver);
  g_free (request->since);
  g_free (request->facts);
  g_free (request->verified_by);
  g_free (request->verify_method);
  g_free (request->approver);
  g_free (request);
}

void
shequ_certificate_paper_free (ShequCertificatePaper *paper)
{
  g_free (paper->number);
  g_free (paper->check_text);
  g_free (paper->title);
  g_free (paper->receiver);
  g_free (paper->name);
  g_free (paper->facts);
  g_free (paper->purpose);
  g_free (paper->verification);
  g_free (paper->issued_on);
  g_free (paper->valid_until);
  g_free (paper->office);
  g_free (paper->office_phone);
  g_free (paper->leader);
  g_free (paper->handler);
  g_free (paper->approver);
  g_free (paper->number_tail);
  g_free (paper);
}

/* The community's short name, where one database holds several communities; else nothing. */
static gboolean
get_unit_name (ShequOffice *office,
               ShequTransaction *transaction,
               gint64 unit,
               char **unit_name,
               GError **error)
{
  const ShequRegister *units = shequ_office_require_register (office, "org_unit", error);
  g_autoptr (ShequRow) row = NULL;
  const char *name;

  if (units == NULL)
    return FALSE;
  if (unit == shequ_office_get_unit (office))
    {
      *unit_name = g_strdup ("");
      return TRUE;
    }
  row = shequ_transaction_get (transaction, units, unit, error);
  if (row == NULL)
    return FALSE;
  name = shequ_row_get_text (row, "short_name");
  *unit_name = g_strdup (name != NULL ? name : shequ_row_get_text (row, "name"));
  return TRUE;
}

static char *
make_number (ShequOffice *office, ShequTransaction *transaction, const ShequRow *row, GError **error)
{
  gint64 unit = shequ_row_get_integer (row, "unit");
  g_autofree char *year = g_strndup (shequ_row_get_text (row, "issued_on"), 4);
  g_autofree char *series = g_strdup_printf ("certificate/%" G_GINT64_FORMAT "/%s", unit, year);
  g_autofree char *unit_name = NULL;

  if (!get_unit_name (office, transaction, unit, &unit_name, error))
    return NULL;
  return shequ_paper_texts_take_number (transaction, "certificate", unit_name, series, year, error);
}

/**
 * shequ_certificate_preview:
 * @office: the office
 * @request: what is wanted
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Returns: (transfer full): the words as shequ_certificate_issue() would write them, without a number, or
 * %NULL with its errors
 */
ShequCertificatePaper *
shequ_certificate_preview (ShequOffice *office,
                           const ShequCertificateRequest *request,
                           GCancellable *cancellable,
                           GError **error)
{
  g_autoptr (ShequRow) row = shequ_certificate_compose (office, request, cancellable, error);

  return row != NULL ? shequ_certificate_write_paper (office, row, cancellable, error) : NULL;
}

static gboolean
store_certificate (ShequOffice *office, ShequTransaction *transaction, ShequRow *row, GError **error)
{
  g_autofree char *number = make_number (office, transaction, row, error);
  g_autofree char *check_text = NULL;

  if (number == NULL)
    return FALSE;
  shequ_row_set_text (row, "number", number);
  check_text = shequ_certificate_make_check_text (row);
  shequ_row_set_text (row, "check_text", check_text);
  return shequ_office_save_in (office, transaction, row, NULL, error) &&
         shequ_transaction_log (transaction, SHEQU_ACTION_ISSUE, row->reg, row->key, NULL, error);
}

/**
 * shequ_certificate_issue:
 * @office: the office
 * @request: what is wanted
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Issues a certificate: asks the rules, writes the sentence, gives the next number of the year
 * (`社证字〔2026〕 第0001号`, without gaps), keeps what the stub says and logs it, in one transaction.
 *
 * Returns: the key of the certificate, or 0 with %SHEQU_ERROR_NOT_FOUND for an unknown kind or resident,
 *   %SHEQU_ERROR_PERMISSION for one that may not be issued, %SHEQU_ERROR_CONSTRAINT when a fact is missing
 */
gint64
shequ_certificate_issue (ShequOffice *office,
                         const ShequCertificateRequest *request,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (ShequRow) row = shequ_certificate_compose (office, request, cancellable, error);
  g_autoptr (ShequTransaction) transaction = NULL;
  g_autoptr (GError) failure = NULL;

  if (row == NULL)
    return 0;
  transaction = shequ_office_begin (office, _ ("Issue a certificate"), cancellable, &failure);
  if (transaction != NULL && store_certificate (office, transaction, row, &failure))
    shequ_transaction_commit (transaction, &failure);
  if (failure != NULL)
    row->key = shequ_office_find_done (office, row->reg, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return 0;
    }
  shequ_office_tell_changed (office, row->reg, row->key);
  return row->key;
}

static gboolean
mark_void (ShequOffice *office,
           ShequTransaction *transaction,
           ShequRow *row,
           const char *reason,
           GError **error)
{
  if (g_strcmp0 (shequ_row_get_text (row, "status"), "void") == 0)
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_CONSTRAINT, _ ("%s is void already. Nothing was changed."),
                   shequ_row_get_text (row, "number"));
      return FALSE;
    }
  shequ_row_set_text (row, "status", "void");
  shequ_row_set_text (row, "void_reason", reason);
  return shequ_office_save_in (office, transaction, row, NULL, error);
}

/**
 * shequ_certificate_void:
 * @office: the office
 * @key: a certificate
 * @reason: why
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Makes a certificate void; its number stays taken and its record stays.
 *
 * Returns: %FALSE with %SHEQU_ERROR_CONSTRAINT when it is void already, %SHEQU_ERROR_INVALID_VALUE without a
 * reason
 */
gboolean
shequ_certificate_void (ShequOffice *office,
                        gint64 key,
                        const char *reason,
                        GCancellable *cancellable,
                        GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (office, "certificate", error);
  g_autoptr (ShequTransaction) transaction = NULL;
  g_autoptr (ShequRow) row = NULL;

  if (reg == NULL)
    return FALSE;
  transaction = shequ_office_begin (office, _ ("Make a certificate void"), cancellable, error);
  if (transaction == NULL)
    return shequ_office_find_done (office, reg, error) != 0;
  row = shequ_transaction_get (transaction, reg, key, error);
  if (row == NULL || !mark_void (office, transaction, row, reason, error) ||
      !shequ_transaction_commit (transaction, error))
    return FALSE;
  shequ_office_tell_changed (office, reg, key);
  return TRUE;
}

/**
 * shequ_certificate_load_paper:
 * @office: the office
 * @key: a certificate
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Returns: (transfer full): the words of an issued certificate, to print it again
 */
ShequCertificatePaper *
shequ_certificate_load_paper (ShequOffice *office, gint64 key, GCancellable *cancellable, GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (office, "certificate", error);
  g_autoptr (ShequRow) row = reg != NULL ? shequ_office_get_row (office, reg, key, cancellable, error) : NULL;

  return row != NULL ? shequ_certificate_write_paper (office, row, cancellable, error) : NULL;
}

/**
 * shequ_certificate_read_code:
 * @text: what was scanned from a paper, or typed off it: the number, a blank, and the check code
 * @number: (out): the number, which may hold blanks itself
 * @check_text: (out): the code
 * @error: %SHEQU_ERROR_ARGUMENT when one of the two is missing
 *
 * Returns: whether both are there; they are text whatever the bytes were
 */
gboolean
shequ_certificate_read_code (const char *text, char **number, char **check_text, GError **error)
{
  g_autofree char *valid = g_strstrip (g_utf8_make_valid (text, -1));
  const char *blank = strrchr (valid, ' ');

  if (blank == NULL)
    {
      g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_ARGUMENT,
                           _ ("Type the number of the paper, a blank, and its check code."));
      return FALSE;
    }
  *number = g_strstrip (g_strndup (valid, (gsize) (blank - valid)));
  *check_text = g_strdup (blank + 1);
  return TRUE;
}

/**
 * shequ_certificate_verify:
 * @office: the office
 * @number: as it stands on the paper
 * @check_text: the code beside it
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Answers whoever telephones to ask whether a paper is ours; look at its `status` and `valid_until` too.
 *
 * Returns: (transfer full): the certificate, or %NULL with %SHEQU_ERROR_NOT_FOUND when the number or the code
 * is not ours or the record was altered
 */
ShequRow *
shequ_certificate_verify (ShequOffice *office,
                          const char *number,
                          const char *check_text,
                          GCancellable *cancellable,
                          GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (office, "certificate", error);
  const ShequField *field = reg != NULL ? shequ_register_require (reg, "number", error) : NULL;
  g_auto (ShequValue) value = SHEQU_VALUE_INIT;
  g_autoptr (ShequRow) row = NULL;
  g_autofree char *expected = NULL;
  gint64 key;

  if (field == NULL)
    return NULL;
  shequ_value_set_text (&value, number);
  key = shequ_store_find_key (shequ_office_get_store (office), reg, &field, &value, 1, cancellable, NULL);
  row = key > 0 ? shequ_office_get_row (office, reg, key, cancellable, error) : NULL;
  if (row != NULL)
    expected = shequ_certificate_make_check_text (row);
  if (row != NULL && g_ascii_strcasecmp (expected, check_text) == 0)
    return g_steal_pointer (&row);
  g_clear_error (error);
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND,
               _ ("%s with the check text %s was not issued here. Compare both with the paper once more."),
               number, check_text);
  return NULL;
}
