#pragma once

#include <gtk/gtk.h>

#include "shequ-office.h"

G_BEGIN_DECLS

void shequ_blank_dialog_ask (GtkWidget *widget, ShequOffice *office, const ShequRegister *reg);

G_END_DECLS
