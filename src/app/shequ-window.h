#pragma once

#include <adwaita.h>

#include "shequ-application.h"
#include "shequ-office.h"
#include "shequ-opening.h"

G_BEGIN_DECLS

#define SHEQU_TYPE_WINDOW (shequ_window_get_type ())
G_DECLARE_FINAL_TYPE (ShequWindow, shequ_window, SHEQU, WINDOW, AdwApplicationWindow)

ShequWindow *shequ_window_new (ShequApplication *application);
void shequ_window_open (ShequWindow *self, const ShequOpening *opening);
void shequ_window_show_start (ShequWindow *self);
void shequ_window_import (ShequWindow *self, const char *path);
ShequOffice *shequ_window_get_office (ShequWindow *self);

G_END_DECLS
