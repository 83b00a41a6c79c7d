#pragma once

#include <adwaita.h>

#include "shequ-opening.h"
#include "shequ-settings.h"

G_BEGIN_DECLS

#define SHEQU_TYPE_APPLICATION (shequ_application_get_type ())
G_DECLARE_FINAL_TYPE (ShequApplication, shequ_application, SHEQU, APPLICATION, AdwApplication)

ShequApplication *shequ_application_new (void);
ShequSettings *shequ_application_get_settings (ShequApplication *self);
char *shequ_application_get_user (ShequApplication *self);
void shequ_application_set_user (ShequApplication *self, const char *user);
void shequ_application_set_describe (ShequApplication *self, ShequOpeningDescribe describe);
GThread *shequ_application_take_reading (ShequApplication *self, ShequOpeningDescribe describe);

G_END_DECLS
