#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-certificate-private.h"
#include "shequ-error.h"
#include "shequ-paper-texts-private.h"

#define VALID_DAYS 30

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_CONSTRAINT, message);
  return FALSE;
}

static gboolean
is_blank (const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text != NULL ? text : ""));

  return *stripped == '\0';
}

static const ShequCertificateRule *
find_rule (ShequOffice *office, const char *kind, GError **error)
{
  ShequCertificateRules *rules = shequ_office_get_certificate_rules (office, error);
  const ShequCertificateRule *rule;

  if (rules == NULL)
    return NULL;
  rule = shequ_certificate_rules_find_kind (rules, kind);
  if (rule == NULL || !rule->printable)
    {
      g_set_error (
        error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND,
        _ ("There is no template for certificates of the kind “%s”. Nothing was issued. Look up the kinds "
           "in the list of certificates."),
        kind);
      return NULL;
    }
  if (rule->answer != SHEQU_CERTIFICATE_ISSUE)
    {
      g_set_error (
        error, SHEQU_ERROR, SHEQU_ERROR_PERMISSION,
        _ ("“%s” may not be issued by the community. Nothing was issued. Tell the resident where to go "
           "instead."),
        rule->title);
      return NULL;
    }
  return rule;
}

/* A certificate names its purpose and who asked for it, not “the units concerned”. */
static gboolean
check_request (const ShequCertificateRequest *request, GError **error)
{
  if (is_blank (request->purpose))
    return refuse (error, _ ("Nothing was issued: write what the certificate is for."));
  if (is_blank (request->receiver) || strstr (request->receiver, "有关单位") != NULL ||
      strstr (request->receiver, "有关部门") != NULL)
    return refuse (
      error, _ ("Nothing was issued: write the name of the unit that asks for the certificate, not “the "
                "units concerned”."));
  return TRUE;
}

static gboolean
check_resident (const ShequRow *resident, GError **error)
{
  const ShequValue *lives_here = shequ_row_get_named (resident, "lives_here");
  const char *name = shequ_row_get_text (resident, "name");

  if (lives_here != NULL && !shequ_value_is_null (lives_here) && lives_here->integer == 0)
    {
      g_set_error (
        error, SHEQU_ERROR, SHEQU_ERROR_CONSTRAINT,
        _ ("Nothing was issued: by the register %s does not live here. Correct the resident's record if that "
           "is no longer so."),
        name);
      return FALSE;
    }
  if (is_blank (shequ_row_get_text (resident, "id_number")))
    {
      g_set_error (
        error, SHEQU_ERROR, SHEQU_ERROR_CONSTRAINT,
        _ ("Nothing was issued: the register has no identity number of %s. Look at the identity document "
           "and add it to the resident's record."),
        name);
      return FALSE;
    }
  return TRUE;
}

static char *
find_address (ShequOffice *office, const ShequRow *resident, GCancellable *cancellable, GError **error)
{
  const ShequField *link = shequ_register_require (resident->reg, "household", error);
  gint64 key = link != NULL ? shequ_row_get_integer (resident, "household") : 0;
  g_autoptr (ShequRow) household = NULL;
  const ShequField *dwelling;
  char *address = NULL;

  if (link == NULL)
    return NULL;
  if (key != 0)
    {
      household = shequ_office_get_row (office, link->target, key, cancellable, error);
      if (household == NULL)
        return NULL;
      address = g_strdup (shequ_row_get_text (household, "address"));
      dwelling = shequ_register_lookup (household->reg, "dwelling");
      if (is_blank (address) && dwelling != NULL)
        {
          g_free (address);
          address = shequ_row_format (household, dwelling, SHEQU_FORMAT_PLAIN);
        }
    }
  if (!is_blank (address))
    return address;
  g_free (address);
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_CONSTRAINT,
               _ ("Nothing was issued: the register has no address of %s. Add the household first."),
               shequ_row_get_text (resident, "name"));
  return NULL;
}

static char *
format_named (const ShequRow *row, const char *name, ShequFormatFlags flags)
{
  const ShequField *field = shequ_register_lookup (row->reg, name);

  return field != NULL ? shequ_row_format (row, field, flags) : g_strdup ("");
}

static char *
write_facts (ShequOffice *office,
             const ShequCertificateRequest *request,
             const ShequRow *resident,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (GHashTable) texts = shequ_paper_texts_load (error);
  g_autofree char *address = texts != NULL ? find_address (office, resident, cancellable, error) : NULL;
  g_autofree char *sex = format_named (resident, "sex", SHEQU_FORMAT_PLAIN);
  g_autofree char *document = format_named (resident, "id_document", SHEQU_FORMAT_PLAIN);
  g_autofree char *number =
    format_named (resident, "id_number", request->whole_number ? SHEQU_FORMAT_PLAIN : SHEQU_FORMAT_MASKED);
  g_autofree char *since = NULL, *key = NULL;
  ShequDate date;

  if (address == NULL)
    return NULL;
  if (!is_blank (request->since))
    {
      if (!shequ_date_parse (request->since, &date, error))
        return NULL;
      since = shequ_date_format_chinese (&date);
    }
  key = g_strconcat ("certificate.", request->kind, since != NULL ? ".since" : "", NULL);
  return shequ_paper_texts_expand (
    texts, key,
    (const char *const[]){ "name", shequ_row_get_text (resident, "name"), "sex", sex, "document", document,
                           "number", number, "address", address, "since", since != NULL ? since : "", NULL });
}

static void
set_days (ShequRow *row, const char *today, int valid_days)
{
  char text[SHEQU_DATE_TEXT_SIZE];
  ShequDate date;

  shequ_row_set_text (row, "issued_on", today);
  if (!shequ_date_from_iso (today, &date))
    return;
  date = shequ_date_add_days (&date, valid_days > 0 ? valid_days : VALID_DAYS);
  shequ_date_to_iso (&date, text);
  shequ_row_set_text (row, "valid_until", text);
}

static void
fill (ShequOffice *office, ShequRow *row, const ShequCertificateRequest *request, const ShequRow *resident)
{
  const char *user = shequ_office_get_user (office);
  g_autofree char *today = shequ_office_get_today (office);

  if (shequ_register_lookup (row->reg, "unit") != NULL)
    shequ_row_set_integer (row, "unit", shequ_row_get_integer (resident, "unit"));
  shequ_row_set_text (row, "kind", request->kind);
  shequ_row_set_integer (row, "resident", resident->key);
  shequ_row_set_text (row, "resident_name", shequ_row_get_text (resident, "name"));
  shequ_row_set_text (row, "purpose", request->purpose);
  shequ_row_set_text (row, "receiver", request->receiver);
  shequ_row_set_text (row, "verified_by", is_blank (request->verified_by) ? user : request->verified_by);
  shequ_row_set_text (row, "verify_method",
                      is_blank (request->verify_method) ? "records" : request->verify_method);
  shequ_row_set_text (row, "handler", user);
  if (!is_blank (request->approver))
    shequ_row_set_text (row, "approver", request->approver);
  shequ_row_set_integer (row, "copies", MAX (request->copies, 1));
  set_days (row, today, request->valid_days);
}

ShequRow *
shequ_certificate_compose (ShequOffice *office,
                           const ShequCertificateRequest *request,
                           GCancellable *cancellable,
                           GError **error)
{
  const ShequCertificateRule *rule = find_rule (office, request->kind, error);
  const ShequRegister *certificates = shequ_office_require_register (office, "certificate", error);
  const ShequRegister *residents;
  g_autoptr (ShequRow) resident = NULL;
  g_autoptr (ShequRow) row = NULL;
  g_autofree char *facts = NULL;

  if (rule == NULL || certificates == NULL || !check_request (request, error))
    return NULL;
  residents = shequ_office_require_register (office, "resident", error);
  if (residents == NULL)
    return NULL;
  resident = shequ_office_get_row (office, residents, request->resident, cancellable, error);
  if (resident == NULL || !check_resident (resident, error))
    return NULL;
  facts = is_blank (request->facts) ? write_facts (office, request, resident, cancellable, error)
                                    : g_strdup (request->facts);
  if (facts == NULL)
    return NULL;
  row = shequ_office_new_row (office, certificates);
  fill (office, row, request, resident);
  shequ_row_set_text (row, "title", rule->title);
  shequ_row_set_text (row, "facts", facts);
  return g_steal_pointer (&row);
}

static char *
format_day (const ShequRow *row, const char *name)
{
  const char *text = shequ_row_get_text (row, name);
  ShequDate date;

  return text != NULL && shequ_date_from_iso (text, &date) ? shequ_date_format_chinese (&date)
                                                           : g_strdup ("");
}

static char *
copy_named (const ShequRow *row, const char *name)
{
  const char *text = row != NULL ? shequ_row_get_text (row, name) : NULL;

  return g_strdup (text != NULL ? text : "");
}

static ShequRow *
get_linked (ShequOffice *office, const ShequRow *row, const char *name, GCancellable *cancellable)
{
  const ShequField *link = shequ_register_lookup (row->reg, name);
  gint64 key = link != NULL ? shequ_row_get_integer (row, name) : 0;

  return key != 0 ? shequ_office_get_row (office, link->target, key, cancellable, NULL) : NULL;
}

static void
fill_office (ShequOffice *office,
             ShequCertificatePaper *paper,
             const ShequRow *row,
             GCancellable *cancellable)
{
  g_autoptr (ShequRow) unit = get_linked (office, row, "unit", cancellable);
  g_autoptr (ShequRow) resident = get_linked (office, row, "resident", cancellable);
  const char *number = resident != NULL ? shequ_row_get_text (resident, "id_number") : NULL;
  gsize length = number != NULL ? strlen (number) : 0;

  paper->office = unit != NULL ? copy_named (unit, "name") : g_strdup (shequ_office_get_name (office));
  paper->office_phone = copy_named (unit, "phone");
  paper->leader = copy_named (unit, "leader_name");
  paper->number_tail = g_strdup (length > 4 ? number + length - 4 : "");
}

ShequCertificatePaper *
shequ_certificate_write_paper (ShequOffice *office,
                               const ShequRow *row,
                               GCancellable *cancellable,
                               GError **error)
{
  g_autoptr (GHashTable) texts = shequ_paper_texts_load (error);
  g_autoptr (ShequCertificatePaper) paper = NULL;
  g_autofree char *verification = NULL;

  if (texts == NULL)
    return NULL;
  paper = g_new0 (ShequCertificatePaper, 1);
  paper->number = copy_named (row, "number");
  paper->check_text = copy_named (row, "check_text");
  paper->title = copy_named (row, "title");
  paper->receiver = copy_named (row, "receiver");
  paper->name = copy_named (row, "resident_name");
  paper->facts = copy_named (row, "facts");
  paper->purpose = copy_named (row, "purpose");
  paper->issued_on = format_day (row, "issued_on");
  paper->valid_until = format_day (row, "valid_until");
  paper->handler = copy_named (row, "handler");
  paper->approver = copy_named (row, "approver");
  paper->copies = shequ_row_get_integer (row, "copies");
  paper->is_void = g_strcmp0 (shequ_row_get_text (row, "status"), "void") == 0;
  verification = g_strconcat ("verification.", shequ_row_get_text (row, "verify_method"), NULL);
  paper->verification = shequ_paper_texts_expand (
    texts, verification, (const char *const[]){ "verifier", shequ_row_get_text (row, "verified_by"), NULL });
  fill_office (office, paper, row, cancellable);
  return g_steal_pointer (&paper);
}
