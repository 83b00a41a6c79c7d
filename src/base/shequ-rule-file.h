#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _ShequRuleFile ShequRuleFile;

ShequRuleFile *shequ_rule_file_load (const char *path, GError **error);
ShequRuleFile *shequ_rule_file_new (const char *name, const char *text, GError **error);
void shequ_rule_file_free (ShequRuleFile *file);

const char *const *shequ_rule_file_get_groups (ShequRuleFile *file);
gboolean shequ_rule_file_has (ShequRuleFile *file, const char *group, const char *key);
void shequ_rule_file_check_keys (ShequRuleFile *file, const char *group, const char *allowed);
char *shequ_rule_file_get_text (ShequRuleFile *file, const char *group, const char *key);
char *shequ_rule_file_need_text (ShequRuleFile *file, const char *group, const char *key);
char *shequ_rule_file_get_raw (ShequRuleFile *file, const char *group, const char *key);
char **shequ_rule_file_get_list (ShequRuleFile *file, const char *group, const char *key);
gint64 shequ_rule_file_get_integer (ShequRuleFile *file,
                                    const char *group,
                                    const char *key,
                                    gint64 lowest,
                                    gint64 highest,
                                    gint64 fallback);
gboolean shequ_rule_file_get_boolean (ShequRuleFile *file, const char *group, const char *key);
int shequ_rule_file_get_choice (ShequRuleFile *file,
                                const char *group,
                                const char *key,
                                const char *const *choices,
                                int fallback);

void shequ_rule_file_fail (ShequRuleFile *file, const char *group, const char *key, const char *format, ...)
  G_GNUC_PRINTF (4, 5);
gboolean shequ_rule_file_failed (ShequRuleFile *file);
gboolean shequ_rule_file_finish (ShequRuleFile *file, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequRuleFile, shequ_rule_file_free)

G_END_DECLS
