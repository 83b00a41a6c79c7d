#pragma once

#include "shequ-office.h"

G_BEGIN_DECLS

/* The prefix of the numbers; `社证字` when the office has not set another one. */
#define SHEQU_SETTING_CERTIFICATE_PREFIX "certificate.prefix"

/**
 * ShequCertificateRequest:
 * @kind: the kind, as `residence`
 * @resident: whom it is about
 * @purpose: what it is for, and for nothing else
 * @receiver: who asks for it, by name
 * @since: (nullable): since when, as `2019-05-01`
 * @facts: (nullable): what is attested; %NULL for the sentence of the kind
 * @whole_number: whether the identity number stands there in full, because the receiver needs it
 * @verified_by: (nullable): who looked; %NULL for the user
 * @verify_method: (nullable): how, a code of the register; %NULL for the books of the office
 * @approver: (nullable): who approved
 * @copies: how many; 0 for one
 * @valid_days: how long it is good for; 0 for 30 days
 *
 * What a resident wants attested.
 */
typedef struct
{
  char *kind;
  gint64 resident;
  char *purpose;
  char *receiver;
  char *since;
  char *facts;
  gboolean whole_number;
  char *verified_by;
  char *verify_method;
  char *approver;
  gint64 copies;
  int valid_days;
} ShequCertificateRequest;

/**
 * ShequCertificatePaper:
 * @number: empty on a preview
 * @check_text: the short code to verify it by telephone; empty on a preview
 * @title: the name of the certificate
 * @receiver: who it is addressed to
 * @name: the resident
 * @facts: what is attested
 * @purpose: what it is for
 * @verification: how and by whom it was verified, in one phrase
 * @issued_on: as `2026年11月22日`
 * @valid_until: as `2026年12月22日`
 * @office: the community that attests
 * @office_phone: its telephone, may be empty
 * @leader: its head, may be empty
 * @handler: who made it out
 * @approver: who approved, may be empty
 * @number_tail: the last four of the identity number, for the stub
 * @copies: how many
 * @is_void: whether it must not be printed any more
 *
 * The words of a certificate and its stub, ready for paper; paper is in Chinese.
 */
typedef struct
{
  char *number;
  char *check_text;
  char *title;
  char *receiver;
  char *name;
  char *facts;
  char *purpose;
  char *verification;
  char *issued_on;
  char *valid_until;
  char *office;
  char *office_phone;
  char *leader;
  char *handler;
  char *approver;
  char *number_tail;
  gint64 copies;
  gboolean is_void;
} ShequCertificatePaper;

ShequCertificateRequest *shequ_certificate_request_new (const char *kind, gint64 resident);
ShequCertificateRequest *shequ_certificate_request_copy (const ShequCertificateRequest *request);
void shequ_certificate_request_free (ShequCertificateRequest *request);
void shequ_certificate_paper_free (ShequCertificatePaper *paper);

ShequCertificatePaper *shequ_certificate_preview (ShequOffice *office,
                                                  const ShequCertificateRequest *request,
                                                  GCancellable *cancellable,
                                                  GError **error);
void shequ_certificate_preview_async (ShequOffice *office,
                                      const ShequCertificateRequest *request,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gint64 shequ_certificate_issue (ShequOffice *office,
                                const ShequCertificateRequest *request,
                                GCancellable *cancellable,
                                GError **error);
void shequ_certificate_issue_async (ShequOffice *office,
                                    const ShequCertificateRequest *request,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gint64 shequ_certificate_issue_finish (ShequOffice *office, GAsyncResult *result, GError **error);
gboolean shequ_certificate_void (ShequOffice *office,
                                 gint64 key,
                                 const char *reason,
                                 GCancellable *cancellable,
                                 GError **error);
void shequ_certificate_void_async (ShequOffice *office,
                                   gint64 key,
                                   const char *reason,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean shequ_certificate_void_finish (ShequOffice *office, GAsyncResult *result, GError **error);
ShequCertificatePaper *shequ_certificate_load_paper (ShequOffice *office,
                                                     gint64 key,
                                                     GCancellable *cancellable,
                                                     GError **error);
void shequ_certificate_load_paper_async (ShequOffice *office,
                                         gint64 key,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
ShequCertificatePaper *shequ_certificate_paper_finish (ShequOffice *office,
                                                       GAsyncResult *result,
                                                       GError **error);
gboolean shequ_certificate_read_code (const char *text, char **number, char **check_text, GError **error);
ShequRow *shequ_certificate_verify (ShequOffice *office,
                                    const char *number,
                                    const char *check_text,
                                    GCancellable *cancellable,
                                    GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequCertificateRequest, shequ_certificate_request_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequCertificatePaper, shequ_certificate_paper_free)

G_END_DECLS
