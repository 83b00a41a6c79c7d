#pragma once

#include "shequ-office.h"
#include "shequ-record-columns.h"

G_BEGIN_DECLS

GtkWidget *shequ_admission_due_new (void);
void shequ_admission_due_set (GtkWidget *due, ShequOffice *office, const char *due_on);
void shequ_admission_due_add_column (ShequOffice *office, ShequRecordColumns *columns);

G_END_DECLS
