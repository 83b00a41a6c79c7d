#pragma once

#include "shequ-office.h"

G_BEGIN_DECLS

/**
 * ShequCertificateNotice:
 * @title: the title of the paper
 * @paragraphs: (array zero-terminated=1): why the certificate is not issued, and where to go instead
 * @office: the community that answers
 * @date: as `2026年11月22日`
 * @contact: who answered, and the telephone of the office
 *
 * The words of the paper that somebody takes home whose certificate is not issued (民发〔2020〕20号); paper
 * is in Chinese.
 */
typedef struct
{
  char *title;
  char **paragraphs;
  char *office;
  char *date;
  char *contact;
} ShequCertificateNotice;

ShequCertificateNotice *shequ_certificate_notice_new (ShequOffice *office,
                                                      const char *rule,
                                                      GCancellable *cancellable,
                                                      GError **error);
void shequ_certificate_notice_new_async (ShequOffice *office,
                                         const char *rule,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
ShequCertificateNotice *shequ_certificate_notice_new_finish (ShequOffice *office,
                                                             GAsyncResult *result,
                                                             GError **error);
void shequ_certificate_notice_free (ShequCertificateNotice *notice);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequCertificateNotice, shequ_certificate_notice_free)

G_END_DECLS
