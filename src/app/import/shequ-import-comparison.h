#pragma once

#include <gtk/gtk.h>

#include "shequ-import-job.h"

G_BEGIN_DECLS

GtkWidget *shequ_import_comparison_new (ShequImportJob *job, ShequOffice *office);

G_END_DECLS
