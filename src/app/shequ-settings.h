#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ShequSettings:
 *
 * What the program remembers between two runs on this computer: the keys of the schema com.example.Shequ.
 * Where the schema is not installed they are remembered until the program ends.
 */
typedef struct _ShequSettings ShequSettings;

ShequSettings *shequ_settings_new (void);
void shequ_settings_free (ShequSettings *self);
char *shequ_settings_get_text (ShequSettings *self, const char *key);
void shequ_settings_set_text (ShequSettings *self, const char *key, const char *text);
int shequ_settings_get_integer (ShequSettings *self, const char *key, int fallback);
void shequ_settings_set_integer (ShequSettings *self, const char *key, int number);
gboolean shequ_settings_get_flag (ShequSettings *self, const char *key);
void shequ_settings_set_flag (ShequSettings *self, const char *key, gboolean flag);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequSettings, shequ_settings_free)

G_END_DECLS
