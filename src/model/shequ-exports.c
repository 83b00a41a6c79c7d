/* What leaves the office: judged, approved by a second person where it is much, and registered.
 *
 * PIPL 51 and 55, GB/T 35273-2020 7.1 and 9.2: inner approval of bulk copies, a record of every providing.
 */
#include "shequ-exports.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "shequ-cipher.h"
#include "shequ-date.h"
#include "shequ-error.h"
#include "shequ-secret.h"

/* How long an approval waits for its export, and when the receiver is asked whether the file is deleted. */
#define VALID_DAYS 7
#define DELETE_DAYS 30

/* Fields of this level leave with a second person's word only, of however many. */
#define MOST_GUARDED 4

/* Letters and digits that nobody takes for each other when they are read out: 32, five bits each. */
#define PASSWORD_LETTERS "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
#define PASSWORD_GROUPS 4
#define PASSWORD_GROUP 5

static char *
to_hex (const guint8 *digest)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < SHEQU_DIGEST_SIZE; i++)
    g_string_append_printf (text, "%02x", digest[i]);
  return g_string_free (text, FALSE);
}

static char *
list_columns (const GPtrArray *columns, gboolean names)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < columns->len; i++)
    {
      const ShequField *field = columns->pdata[i];

      g_string_append_printf (text, "%s%s", i > 0 ? (names ? ";" : "、") : "",
                              names ? field->name : field->label);
    }
  return g_string_free (text, FALSE);
}

/* What an approval is for: these records, these fields, masked or not. The order does not matter. */
static char *
make_fingerprint (const ShequExportAsk *ask)
{
  const ShequQuery *query = ask->query;
  g_autofree char *where = query->where != NULL ? shequ_condition_to_text (query->where) : NULL;
  g_autofree char *columns = list_columns (ask->columns, TRUE);
  g_autofree char *text = g_strdup_printf (
    "%s\n%s\n%s\n%s\n%" G_GINT64_FORMAT "\n%d%d%d\n%s", query->reg->name, where != NULL ? where : "",
    query->search != NULL ? query->search : "", query->as_of != NULL ? query->as_of : "", query->unit,
    query->with_deleted, query->with_restricted, ask->in_clear, columns);
  guint8 digest[SHEQU_DIGEST_SIZE];

  shequ_digest (text, strlen (text), digest);
  return to_hex (digest);
}

static char *
days_later (const char *today, int days)
{
  ShequDate date;
  char text[SHEQU_DATE_TEXT_SIZE];

  if (!shequ_date_from_iso (today, &date))
    return NULL;
  date = shequ_date_add_days (&date, days);
  shequ_date_to_iso (&date, text);
  return g_strdup (text);
}

/* The request or the approval for just this, of who asks. */
static gboolean
find_record (ShequOffice *office,
             const ShequExportAsk *ask,
             ShequExportJudgement *judgement,
             GCancellable *cancellable,
             GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (office, SHEQU_EXPORT_REGISTER, error);
  g_autoptr (ShequQuery) query = reg != NULL ? shequ_office_new_query (office, reg) : NULL;
  g_autofree char *fingerprint = make_fingerprint (ask);
  g_autofree char *today = shequ_office_get_today (office);
  g_autoptr (GPtrArray) rows = NULL;

  if (query == NULL || !shequ_query_add_where (query, "state=asked,approved", error))
    return FALSE;
  rows = shequ_office_get_rows (office, query, cancellable, error);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const ShequRow *row = rows->pdata[i];
      gboolean approved = g_strcmp0 (shequ_row_get_text (row, "state"), "approved") == 0;

      if (g_strcmp0 (shequ_row_get_text (row, "fingerprint"), fingerprint) != 0 ||
          g_strcmp0 (shequ_row_get_text (row, "asked_by"), shequ_office_get_user (office)) != 0 ||
          (ask->receiver != NULL && g_strcmp0 (shequ_row_get_text (row, "receiver"), ask->receiver) != 0) ||
          (approved && (g_strcmp0 (shequ_row_get_text (row, "valid_until"), today) < 0 ||
                        shequ_row_get_integer (row, "persons") < judgement->n_records)))
        continue;
      judgement->record = row->key;
      judgement->standing = approved ? SHEQU_EXPORT_APPROVED : SHEQU_EXPORT_WAITS;
      if (approved)
        return TRUE;
    }
  return rows != NULL;
}

static gboolean
is_most_guarded (const ShequExportAsk *ask)
{
  for (guint i = 0; i < ask->columns->len; i++)
    if (((const ShequField *) ask->columns->pdata[i])->sensitivity >= MOST_GUARDED)
      return TRUE;
  return FALSE;
}

/**
 * shequ_export_judge:
 * @office: the office
 * @ask: what is wanted
 * @judgement: (out): how it stands
 * @cancellable: (nullable): to give up
 * @error: %SHEQU_ERROR_PERMISSION for who may export nothing of the register
 *
 * Persons are the records of registers about people. In an office without accounts there is no second person
 * whom the program would know: there every export is free, and registered. Blocks.
 *
 * Returns: whether it could be judged
 */
gboolean
shequ_export_judge (ShequOffice *office,
                    const ShequExportAsk *ask,
                    ShequExportJudgement *judgement,
                    GCancellable *cancellable,
                    GError **error)
{
  ShequStore *store = shequ_office_get_store (office);
  g_autoptr (ShequAccess) access = shequ_store_ref_access (store);

  *judgement = (ShequExportJudgement){ SHEQU_EXPORT_FREE };
  if (!shequ_store_allows (store, SHEQU_RIGHT_EXPORT, ask->query->reg, error))
    return FALSE;
  judgement->n_records = shequ_store_count (store, ask->query, cancellable, error);
  if (judgement->n_records < 0)
    return FALSE;
  if (access == NULL || (ask->query->reg->subject != SHEQU_REGISTER_PEOPLE && !is_most_guarded (ask)))
    return TRUE;
  judgement->limit = shequ_rights_get_account_rules (shequ_access_get_rights (access))->export_alone;
  if (is_most_guarded (ask))
    judgement->limit = 0;
  if (judgement->n_records <= judgement->limit)
    return TRUE;
  judgement->standing = SHEQU_EXPORT_NEEDS_APPROVAL;
  return find_record (office, ask, judgement, cancellable, error);
}

static ShequRow *
new_record (ShequOffice *office, const ShequExportAsk *ask, gint64 n_records, GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (office, SHEQU_EXPORT_REGISTER, error);
  ShequRow *row = reg != NULL ? shequ_office_new_row (office, reg) : NULL;
  g_autofree char *today = shequ_office_get_today (office);
  g_autofree char *columns = list_columns (ask->columns, FALSE);
  g_autofree char *fingerprint = make_fingerprint (ask);
  g_autofree char *where = ask->query->where != NULL ? shequ_condition_to_text (ask->query->where) : NULL;

  if (row == NULL)
    return NULL;
  shequ_row_set_text (row, "what", ask->query->reg->label);
  shequ_row_set_integer (row, "persons", n_records);
  shequ_row_set_text (row, "columns", columns);
  shequ_row_set_text (row, "condition", where);
  shequ_row_set_integer (row, "in_clear", ask->in_clear);
  shequ_row_set_text (row, "purpose", ask->purpose);
  shequ_row_set_text (row, "receiver", ask->receiver);
  shequ_row_set_text (row, "basis", ask->basis);
  shequ_row_set_text (row, "asked_on", today);
  shequ_row_set_text (row, "asked_by", shequ_office_get_user (office));
  shequ_row_set_text (row, "fingerprint", fingerprint);
  return row;
}

/**
 * shequ_export_request:
 * @office: the office
 * @ask: what is wanted, with purpose and receiver
 * @cancellable: (nullable): to give up
 * @error: %SHEQU_ERROR_INVALID_VALUE without them, %SHEQU_ERROR_CONFLICT when nobody needs to be asked
 *
 * Asks a second person to approve an export. Blocks.
 *
 * Returns: the request in %SHEQU_EXPORT_REGISTER, or 0
 */
gint64
shequ_export_request (ShequOffice *office,
                      const ShequExportAsk *ask,
                      GCancellable *cancellable,
                      GError **error)
{
  ShequExportJudgement judgement;
  g_autoptr (ShequRow) row = NULL;

  if (ask->purpose == NULL || *ask->purpose == '\0' || ask->receiver == NULL || *ask->receiver == '\0')
    {
      g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE,
                           _ ("Say for what it is exported and who receives it. Nothing was asked."));
      return 0;
    }
  if (!shequ_export_judge (office, ask, &judgement, cancellable, error))
    return 0;
  if (judgement.standing != SHEQU_EXPORT_NEEDS_APPROVAL)
    {
      g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_CONFLICT,
                           judgement.standing == SHEQU_EXPORT_WAITS
                             ? _ ("The same was asked already and waits for its approval.")
                             : _ ("This export needs no approval, or has it already: export it."));
      return 0;
    }
  row = new_record (office, ask, judgement.n_records, error);
  return row != NULL && shequ_office_save (office, row, NULL, cancellable, error) ? row->key : 0;
}

static gboolean
may_decide (ShequOffice *office, const ShequRow *row, GError **error)
{
  const GPtrArray *registers = shequ_catalogue_get_registers (shequ_office_get_catalogue (office));
  const ShequRegister *of = NULL;

  if (g_strcmp0 (shequ_row_get_text (row, "state"), "asked") != 0)
    {
      g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_CONFLICT,
                           _ ("This request is decided already. Nothing was changed."));
      return FALSE;
    }
  if (g_strcmp0 (shequ_row_get_text (row, "asked_by"), shequ_office_get_user (office)) == 0)
    {
      g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_PERMISSION,
                           _ ("Who asks for an export does not approve it. Nothing was changed."));
      return FALSE;
    }
  for (guint i = 0; i < registers->len && of == NULL; i++)
    if (g_strcmp0 (((const ShequRegister *) registers->pdata[i])->label, shequ_row_get_text (row, "what")) ==
        0)
      of = registers->pdata[i];
  /* A register that has another name by now is guarded as those of people are. */
  if (of == NULL)
    of = shequ_office_require_register (office, "resident", error);
  return of != NULL && shequ_store_allows (shequ_office_get_store (office), SHEQU_RIGHT_APPROVE, of, error);
}

/**
 * shequ_export_decide:
 * @office: the office, of somebody else than who asked
 * @record: a request in %SHEQU_EXPORT_REGISTER
 * @refusal: (nullable): why it is refused; %NULL approves it
 * @cancellable: (nullable): to give up
 * @error: %SHEQU_ERROR_PERMISSION for who asked, and for who may not approve
 *
 * An approval is for just these records and fields, for who asked, once, within seven days. Blocks.
 *
 * Returns: whether it is decided
 */
gboolean
shequ_export_decide (ShequOffice *office,
                     gint64 record,
                     const char *refusal,
                     GCancellable *cancellable,
                     GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (office, SHEQU_EXPORT_REGISTER, error);
  g_autoptr (ShequRow) row =
    reg != NULL ? shequ_office_get_row (office, reg, record, cancellable, error) : NULL;
  g_autofree char *today = shequ_office_get_today (office);
  g_autofree char *until = days_later (today, VALID_DAYS);

  if (row == NULL || !may_decide (office, row, error))
    return FALSE;
  shequ_row_set_text (row, "state", refusal == NULL ? "approved" : "refused");
  shequ_row_set_text (row, "refusal", refusal);
  shequ_row_set_text (row, "decided_on", today);
  shequ_row_set_text (row, "decided_by", shequ_office_get_user (office));
  if (refusal == NULL)
    shequ_row_set_text (row, "valid_until", until);
  return shequ_office_save (office, row, NULL, cancellable, error);
}

static gboolean
refuse_alone (const ShequExportJudgement *judgement, GError **error)
{
  if (judgement->standing == SHEQU_EXPORT_FREE || judgement->standing == SHEQU_EXPORT_APPROVED)
    return TRUE;
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_PERMISSION,
               judgement->standing == SHEQU_EXPORT_WAITS
                 ? _ ("The export of %d persons waits for the approval of a second person (more than %u need "
                      "it). Nothing was exported.")
                 : _ ("An export of %d persons needs the approval of a second person (more than %u need it). "
                      "Nothing was exported. Ask for it first."),
               (int) judgement->n_records, judgement->limit);
  return FALSE;
}

/* What the entry of the log tells. */
static char *
describe (const ShequExportAsk *ask, const ShequExportJudgement *judgement, const char *file)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "file");
  json_builder_add_string_value (builder, file);
  json_builder_set_member_name (builder, "records");
  json_builder_add_int_value (builder, judgement->n_records);
  json_builder_set_member_name (builder, "unmasked");
  json_builder_add_boolean_value (builder, ask->in_clear);
  if (ask->query->as_of != NULL)
    {
      json_builder_set_member_name (builder, "as_of");
      json_builder_add_string_value (builder, ask->query->as_of);
    }
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

static const char *
get_reason (const ShequExportAsk *ask)
{
  return ask->purpose != NULL ? ask->purpose : _ ("Exported a list");
}

/* Before the file is written, in one change: the entry of the log, and the record of it. */
static ShequRow *
enter (ShequOffice *office,
       const ShequExportAsk *ask,
       const ShequExportJudgement *judgement,
       const char *file,
       GCancellable *cancellable,
       GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (office, SHEQU_EXPORT_REGISTER, error);
  gboolean kept = ask->query->reg->subject == SHEQU_REGISTER_PEOPLE;
  g_autoptr (ShequRow) row = NULL;
  g_autoptr (ShequTransaction) transaction = NULL;
  g_autofree char *today = shequ_office_get_today (office);
  g_autofree char *delete_by = days_later (today, DELETE_DAYS);
  g_autofree char *changes = describe (ask, judgement, file);

  if (reg == NULL)
    return NULL;
  row = judgement->record != 0 ? shequ_office_get_row (office, reg, judgement->record, cancellable, error)
                               : new_record (office, ask, judgement->n_records, error);
  transaction = row != NULL ? shequ_office_begin (office, get_reason (ask), cancellable, error) : NULL;
  if (transaction == NULL ||
      !shequ_transaction_log (transaction, SHEQU_ACTION_EXPORT, ask->query->reg, 0, changes, error))
    return NULL;
  shequ_row_set_text (row, "state", "done");
  shequ_row_set_text (row, "done_on", today);
  shequ_row_set_text (row, "file", file);
  if (shequ_row_get_text (row, "receiver") != NULL)
    shequ_row_set_text (row, "delete_by", delete_by);
  if ((kept && !shequ_office_save_in (office, transaction, row, NULL, error)) ||
      !shequ_transaction_commit (transaction, error))
    return NULL;
  return g_steal_pointer (&row);
}

/* What came of it: the digest, or that nothing left the office; an approval can be used again then. */
static gboolean
note_end (ShequOffice *office,
          const ShequExportAsk *ask,
          ShequRow *row,
          gboolean approved,
          const guint8 *digest,
          GError **error)
{
  g_autofree char *text = digest != NULL ? to_hex (digest) : NULL;
  g_autoptr (ShequTransaction) transaction = NULL;

  if (row->key == 0)
    return TRUE;
  shequ_row_set_text (row, "digest", text);
  if (digest == NULL)
    {
      shequ_row_set_text (row, "state", approved ? "approved" : "failed");
      shequ_row_set_text (row, "done_on", NULL);
      shequ_row_set_text (row, "delete_by", NULL);
    }
  /* Whoever stopped the writing does not stop the record of it. */
  transaction = shequ_office_begin (office, get_reason (ask), NULL, error);
  return transaction != NULL && shequ_office_save_in (office, transaction, row, NULL, error) &&
         shequ_transaction_commit (transaction, error);
}

static char *
make_mark (ShequOffice *office, const ShequExportJudgement *judgement)
{
  g_autofree char *today = shequ_office_get_today (office);

  if (judgement->standing != SHEQU_EXPORT_APPROVED)
    return NULL;
  return g_strdup_printf (
    _ ("Exported by %s on %s, approval %d. For the stated purpose only; not to be passed on; "
       "to be deleted after use."),
    shequ_office_get_user (office), today, (int) judgement->record);
}

/**
 * shequ_export_perform:
 * @office: the office
 * @ask: what is exported
 * @file: the name of the file, for the record
 * @write: writes it
 * @user_data: for @write
 * @cancellable: (nullable): to stop
 * @error: %SHEQU_ERROR_PERMISSION while a second person has not agreed
 *
 * The one way by which a list leaves the office, in the window and on the command line: judges it, enters it
 * in the change log and, of persons, in %SHEQU_EXPORT_REGISTER, then has it written. An approval is used up.
 * Blocks.
 *
 * Returns: how many records were written, or -1
 */
gint64
shequ_export_perform (ShequOffice *office,
                      const ShequExportAsk *ask,
                      const char *file,
                      ShequExportWrite write,
                      gpointer user_data,
                      GCancellable *cancellable,
                      GError **error)
{
  ShequExportJudgement judgement;
  g_autoptr (ShequRow) row = NULL;
  g_autofree char *mark = NULL;
  guint8 digest[SHEQU_DIGEST_SIZE] = { 0 };
  gint64 n_written;

  if (!shequ_export_judge (office, ask, &judgement, cancellable, error) || !refuse_alone (&judgement, error))
    return -1;
  row = enter (office, ask, &judgement, file, cancellable, error);
  if (row == NULL)
    return -1;
  mark = make_mark (office, &judgement);
  n_written = write (&judgement, mark, digest, user_data, error);
  if (!note_end (office, ask, row, judgement.standing == SHEQU_EXPORT_APPROVED,
                 n_written >= 0 ? digest : NULL, n_written >= 0 ? error : NULL))
    return -1;
  return n_written;
}

/**
 * shequ_export_new_password:
 *
 * Returns: (transfer full): a password of 100 bits for a file that leaves the office, as `ABCDE-FGHJK-…`; it
 *   is wiped by shequ_secret_wipe_text()
 */
char *
shequ_export_new_password (void)
{
  g_autoptr (ShequSecret) random = shequ_secret_new_random (PASSWORD_GROUPS * PASSWORD_GROUP);
  const guint8 *bytes = shequ_secret_get_bytes (random);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < PASSWORD_GROUPS * PASSWORD_GROUP; i++)
    {
      if (i > 0 && i % PASSWORD_GROUP == 0)
        g_string_append_c (text, '-');
      g_string_append_c (text, PASSWORD_LETTERS[bytes[i] % strlen (PASSWORD_LETTERS)]);
    }
  return g_string_free (text, FALSE);
}
