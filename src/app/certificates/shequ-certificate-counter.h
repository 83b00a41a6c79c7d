#pragma once

#include <gtk/gtk.h>

#include "shequ-office.h"

G_BEGIN_DECLS

/**
 * ShequCertificateCounter:
 *
 * The question at the counter: a search entry, the certificates that it may mean, and the answer while
 * typing. Signal: `issue` (kind).
 */
#define SHEQU_TYPE_CERTIFICATE_COUNTER (shequ_certificate_counter_get_type ())
G_DECLARE_FINAL_TYPE (ShequCertificateCounter,
                      shequ_certificate_counter,
                      SHEQU,
                      CERTIFICATE_COUNTER,
                      GtkWidget)

GtkWidget *shequ_certificate_counter_new (ShequOffice *office);

G_END_DECLS
