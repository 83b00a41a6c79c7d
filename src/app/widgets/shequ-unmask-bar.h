#pragma once

#include <gtk/gtk.h>

#include "shequ-record.h"

G_BEGIN_DECLS

GtkWidget *shequ_unmask_bar_new (void);
void shequ_unmask_bar_set_record (GtkWidget *bar, ShequRecord *record);

typedef void (*ShequPurposeGiven) (const char *purpose, gpointer data);
void shequ_unmask_ask (GtkWidget *widget, ShequPurposeGiven given, gpointer data, GDestroyNotify free_data);

G_END_DECLS
