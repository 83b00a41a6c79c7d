#pragma once

#include <gtk/gtk.h>

#include "shequ-import-job.h"

G_BEGIN_DECLS

GtkWidget *shequ_import_preview_new (ShequImportJob *job);
GtkWidget *shequ_import_summary_new (ShequImportJob *job, const ShequImportRun *run, const GError *error);

G_END_DECLS
