#pragma once

#include "shequ-catalogue.h"
#include "shequ-pinyin.h"

G_BEGIN_DECLS

/**
 * ShequOwnField:
 *
 * What a clerk says of a field of the office's own; the rest of its description is kept as it stands.
 */
typedef struct
{
  char *name; /* (nullable) until it is made from the label */
  char *label;
  ShequFieldKind kind;
  char *to;      /* (nullable): of a link: the register */
  char **labels; /* (nullable): of a code: what may be chosen, in this order */
  char *group;   /* (nullable): of the form */
  char *help;    /* (nullable) */
  char *unit;    /* (nullable): of measure, of a number */
  gboolean required;
  gboolean sensitive;
  gboolean listed;
  gboolean searched;
  gboolean retired; /* kept with its data, and neither asked for nor shown */
} ShequOwnField;

ShequOwnField *shequ_own_field_new (void);
void shequ_own_field_free (ShequOwnField *field);
ShequOwnField *shequ_own_field_read (GKeyFile *keys, const char *name);
void shequ_own_field_write (const ShequOwnField *field, GKeyFile *keys);
gboolean shequ_own_field_can_search (ShequFieldKind kind);
char **shequ_own_field_list (GKeyFile *keys);

GKeyFile *shequ_own_text_load (const char *text, GError **error);
char *shequ_own_text_new_register (const char *name, const char *label, ShequLevel level);
char *shequ_own_text_new_extension (const char *reg);
char *shequ_own_name_make (ShequPinyin *pinyin, const char *label, const char *prefix, GHashTable *taken);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequOwnField, shequ_own_field_free)

G_END_DECLS
