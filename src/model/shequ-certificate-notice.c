#include "shequ-certificate-notice.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-date.h"
#include "shequ-error.h"
#include "shequ-paper-texts-private.h"

void
shequ_certificate_notice_free (ShequCertificateNotice *notice)
{
  g_free (notice->title);
  g_strfreev (notice->paragraphs);
  g_free (notice->office);
  g_free (notice->date);
  g_free (notice->contact);
  g_free (notice);
}

static void
take (GStrvBuilder *paragraphs, char *text)
{
  g_autofree char *own = text;

  if (*text != '\0')
    g_strv_builder_add (paragraphs, own);
}

static void
add_channels (GStrvBuilder *paragraphs, GHashTable *texts, const ShequCertificateRule *rule)
{
  if (rule->instead->len > 0)
    take (paragraphs, shequ_paper_texts_expand (texts, "refusal.instead", (const char *const[]){ NULL }));
  for (guint i = 0; i < rule->instead->len; i++)
    {
      const ShequCertificateChannel *channel = rule->instead->pdata[i];
      g_autofree char *serial = g_strdup_printf ("%u", i + 1);

      take (paragraphs,
            shequ_paper_texts_expand (
              texts, "refusal.channel",
              (const char *const[]){ "serial", serial, "body", channel->body, "how", channel->how, NULL }));
    }
}

static char **
write_paragraphs (GHashTable *texts, const ShequCertificateRule *rule, const char *date)
{
  g_autoptr (GStrvBuilder) paragraphs = g_strv_builder_new ();
  g_autofree char *basis = g_strjoinv ("、", rule->basis);
  const char *const values[] = { "date",   date,         "title", rule->title, "basis", basis,
                                 "reason", rule->reason, "note",  rule->note,  NULL };

  take (paragraphs, shequ_paper_texts_expand (texts, "refusal.asked", values));
  take (paragraphs, shequ_paper_texts_expand (texts, "refusal.reason", values));
  if (*rule->note != '\0')
    take (paragraphs, shequ_paper_texts_expand (texts, "refusal.note", values));
  add_channels (paragraphs, texts, rule);
  take (paragraphs, shequ_paper_texts_expand (texts, "refusal.objection", values));
  return g_strv_builder_end (paragraphs);
}

static const ShequCertificateRule *
find_refused (ShequOffice *office, const char *id, GError **error)
{
  ShequCertificateRules *rules = shequ_office_get_certificate_rules (office, error);
  const ShequCertificateRule *rule = rules != NULL ? shequ_certificate_rules_find (rules, id) : NULL;

  if (rules != NULL && (rule == NULL || rule->answer == SHEQU_CERTIFICATE_ISSUE))
    {
      g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND,
                   _ ("“%s” is on no list of certificates that are not issued; there is no notice of it."),
                   rule != NULL ? rule->title : id);
      return NULL;
    }
  return rule;
}

/**
 * shequ_certificate_notice_new:
 * @office: the office
 * @rule: the id of a rule by which a certificate is not issued, as `N01`
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Writes the words of the notice for somebody whose certificate is not issued. Nothing is stored.
 *
 * Returns: (transfer full): the words, or %NULL
 */
ShequCertificateNotice *
shequ_certificate_notice_new (ShequOffice *office,
                              const char *rule,
                              GCancellable *cancellable,
                              GError **error)
{
  const ShequCertificateRule *refused = find_refused (office, rule, error);
  g_autoptr (GHashTable) texts = refused != NULL ? shequ_paper_texts_load (error) : NULL;
  g_autofree char *today = shequ_office_get_today (office);
  g_autoptr (ShequRow) unit = NULL;
  ShequCertificateNotice *notice;
  const char *phone = NULL;
  ShequDate date;

  if (texts == NULL || !shequ_date_from_iso (today, &date))
    return NULL;
  if (shequ_office_get_unit (office) != 0)
    unit = shequ_office_get_row (office, shequ_office_get_register (office, "org_unit"),
                                 shequ_office_get_unit (office), cancellable, NULL);
  phone = unit != NULL ? shequ_row_get_text (unit, "phone") : NULL;
  notice = g_new0 (ShequCertificateNotice, 1);
  notice->title = shequ_paper_texts_expand (texts, "refusal.title", (const char *const[]){ NULL });
  notice->office = g_strdup (shequ_office_get_name (office));
  notice->date = shequ_date_format_chinese (&date);
  notice->paragraphs = write_paragraphs (texts, refused, notice->date);
  notice->contact = shequ_paper_texts_expand (
    texts, phone != NULL && *phone != '\0' ? "refusal.contact.phone" : "refusal.contact",
    (const char *const[]){ "handler", shequ_office_get_user (office), "phone", phone, NULL });
  return notice;
}

static gpointer
notice_work (ShequOffice *office, gpointer data, GCancellable *cancellable, GError **error)
{
  return shequ_certificate_notice_new (office, data, cancellable, error);
}

/**
 * shequ_certificate_notice_new_async:
 * @office: the office
 * @rule: the id of a rule
 * @cancellable: (nullable): to give up
 * @callback: called when done; it calls shequ_certificate_notice_new_finish()
 * @user_data: handed to @callback
 *
 * As shequ_certificate_notice_new(), on a worker thread.
 */
void
shequ_certificate_notice_new_async (ShequOffice *office,
                                    const char *rule,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  shequ_office_run_async (office, notice_work, g_strdup (rule), g_free,
                          (GDestroyNotify) shequ_certificate_notice_free, cancellable, callback, user_data);
}

/**
 * shequ_certificate_notice_new_finish:
 * @office: the office
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full): the words, or %NULL
 */
ShequCertificateNotice *
shequ_certificate_notice_new_finish (ShequOffice *office, GAsyncResult *result, GError **error)
{
  return shequ_office_run_finish (office, result, error);
}
