#pragma once

#include "shequ-row.h"

G_BEGIN_DECLS

/**
 * ShequFieldKindClass:
 * @name: as `Kind=` names it
 * @integer: whether the value is stored as an integer
 * @stored: whether the value is stored at all
 * @text: what it is, for docs/catalogue.md
 * @parse: reads text that is not empty; appends an issue and gives %FALSE when it cannot
 * @format: writes a value that is not nothing
 * @mask: (nullable): hides what privacy hides
 *
 * Everything that differs between the kinds of fields outside of the store, in one place.
 */
typedef struct
{
  const char *name;
  gboolean integer;
  gboolean stored;
  const char *text;
  gboolean (*parse) (const ShequField *field,
                     const char *text,
                     const char *today,
                     ShequValue *value,
                     GPtrArray *issues);
  char *(*format) (const ShequField *field, const ShequValue *value, ShequFormatFlags flags);
  char *(*mask) (const char *text);
} ShequFieldKindClass;

#define SHEQU_N_FIELD_KINDS (SHEQU_FIELD_COMPUTED + 1)

const ShequFieldKindClass *shequ_field_kind_get_class (ShequFieldKind kind);
gboolean shequ_field_kind_from_name (const char *name, ShequFieldKind *kind);
gboolean shequ_field_check_document (const ShequField *field,
                                     const ShequValue *value,
                                     const ShequCode *document,
                                     const char *today,
                                     GPtrArray *issues);

G_END_DECLS
