#include "shequ-settings.h"

#include "config.h"

#include <gio/gio.h>

#define FALLBACK_GROUP "settings"

struct _ShequSettings
{
  GSettings *settings; /* (nullable) where there is no schema */
  GKeyFile *fallback;
};

/* Whether the installed schema, which may be an older one, knows the key. */
static gboolean
knows_key (ShequSettings *self, const char *key)
{
  g_autoptr (GSettingsSchema) schema = NULL;

  if (self->settings == NULL)
    return FALSE;
  g_object_get (self->settings, "settings-schema", &schema, NULL);
  return g_settings_schema_has_key (schema, key);
}

/**
 * shequ_settings_new:
 *
 * Returns: (transfer full): the settings of this person on this computer
 */
ShequSettings *
shequ_settings_new (void)
{
  ShequSettings *self = g_new0 (ShequSettings, 1);
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, SHEQU_APPLICATION_ID, TRUE);
  if (schema != NULL)
    self->settings = g_settings_new_full (schema, NULL, NULL);
  self->fallback = g_key_file_new ();
  return self;
}

void
shequ_settings_free (ShequSettings *self)
{
  g_clear_object (&self->settings);
  g_key_file_unref (self->fallback);
  g_free (self);
}

/**
 * shequ_settings_get_text:
 * @self: the settings
 * @key: a key of the schema
 *
 * Returns: (transfer full): the text, empty where nothing was set
 */
char *
shequ_settings_get_text (ShequSettings *self, const char *key)
{
  char *text;

  if (knows_key (self, key))
    return g_settings_get_string (self->settings, key);
  text = g_key_file_get_string (self->fallback, FALLBACK_GROUP, key, NULL);
  return text != NULL ? text : g_strdup ("");
}

void
shequ_settings_set_text (ShequSettings *self, const char *key, const char *text)
{
  if (knows_key (self, key))
    g_settings_set_string (self->settings, key, text);
  else
    g_key_file_set_string (self->fallback, FALLBACK_GROUP, key, text);
}

/**
 * shequ_settings_get_integer:
 * @self: the settings
 * @key: a key of the schema
 * @fallback: what to give where nothing was set and no schema is installed
 *
 * Returns: the number
 */
int
shequ_settings_get_integer (ShequSettings *self, const char *key, int fallback)
{
  if (knows_key (self, key))
    return g_settings_get_int (self->settings, key);
  if (!g_key_file_has_key (self->fallback, FALLBACK_GROUP, key, NULL))
    return fallback;
  return g_key_file_get_integer (self->fallback, FALLBACK_GROUP, key, NULL);
}

void
shequ_settings_set_integer (ShequSettings *self, const char *key, int number)
{
  if (knows_key (self, key))
    g_settings_set_int (self->settings, key, number);
  else
    g_key_file_set_integer (self->fallback, FALLBACK_GROUP, key, number);
}

gboolean
shequ_settings_get_flag (ShequSettings *self, const char *key)
{
  if (knows_key (self, key))
    return g_settings_get_boolean (self->settings, key);
  return g_key_file_get_boolean (self->fallback, FALLBACK_GROUP, key, NULL);
}

void
shequ_settings_set_flag (ShequSettings *self, const char *key, gboolean flag)
{
  if (knows_key (self, key))
    g_settings_set_boolean (self->settings, key, flag);
  else
    g_key_file_set_boolean (self->fallback, FALLBACK_GROUP, key, flag);
}
