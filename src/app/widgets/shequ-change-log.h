#pragma once

#include <gtk/gtk.h>

#include "shequ-office.h"

G_BEGIN_DECLS

/**
 * ShequChangeLog:
 *
 * Who changed what in a record, newest first; read when a person unfolds it.
 */
#define SHEQU_TYPE_CHANGE_LOG (shequ_change_log_get_type ())
G_DECLARE_FINAL_TYPE (ShequChangeLog, shequ_change_log, SHEQU, CHANGE_LOG, GtkWidget)

GtkWidget *shequ_change_log_new (ShequOffice *office, const ShequRegister *reg, gint64 key);
char *shequ_change_log_describe (ShequOffice *office, const ShequRegister *reg, const char *changes);

G_END_DECLS
