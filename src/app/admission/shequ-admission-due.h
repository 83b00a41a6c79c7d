#pragma once

#include <gtk/gtk.h>

#include "shequ-office.h"

G_BEGIN_DECLS

GtkWidget *shequ_admission_due_new (void);
void shequ_admission_due_set (GtkWidget *due, ShequOffice *office, const char *due_on);
GtkColumnViewColumn *shequ_admission_due_new_column (ShequOffice *office);

G_END_DECLS
