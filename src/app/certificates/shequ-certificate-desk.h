#pragma once

#include <gtk/gtk.h>

#include "shequ-office.h"

G_BEGIN_DECLS

/**
 * ShequCertificateDesk:
 *
 * Issues a certificate: what has to be said on the left, the page as it will be printed on the right.
 * Signals: `left`. Property: `actions`, as of a page.
 */
#define SHEQU_TYPE_CERTIFICATE_DESK (shequ_certificate_desk_get_type ())
G_DECLARE_FINAL_TYPE (ShequCertificateDesk, shequ_certificate_desk, SHEQU, CERTIFICATE_DESK, GtkWidget)

GtkWidget *shequ_certificate_desk_new (ShequOffice *office);
void shequ_certificate_desk_start (ShequCertificateDesk *self, const char *kind, gint64 resident);
void shequ_certificate_desk_print (ShequCertificateDesk *self);
gint64 shequ_certificate_desk_get_issued (ShequCertificateDesk *self);
gboolean shequ_certificate_desk_get_changed (ShequCertificateDesk *self);

G_END_DECLS
