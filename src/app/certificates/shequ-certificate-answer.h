#pragma once

#include <gtk/gtk.h>

#include "shequ-certificate-rules.h"

G_BEGIN_DECLS

/**
 * ShequCertificateAnswerView:
 *
 * What the clerk tells a resident who asks for a certificate: yes or no, on which basis, and where to go
 * instead. Signals: `issue` (kind), `notice` and `related` (id of a rule).
 */
#define SHEQU_TYPE_CERTIFICATE_ANSWER_VIEW (shequ_certificate_answer_view_get_type ())
G_DECLARE_FINAL_TYPE (ShequCertificateAnswerView,
                      shequ_certificate_answer_view,
                      SHEQU,
                      CERTIFICATE_ANSWER_VIEW,
                      GtkWidget)

GtkWidget *shequ_certificate_answer_view_new (ShequCertificateRules *rules);
void shequ_certificate_answer_view_show (ShequCertificateAnswerView *self, const ShequCertificateRule *rule);
void shequ_certificate_answer_view_show_nothing (ShequCertificateAnswerView *self, gboolean typed);

const char *shequ_certificate_answer_get_icon (ShequCertificateAnswer answer);
const char *shequ_certificate_answer_get_style (ShequCertificateAnswer answer);

G_END_DECLS
