#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ShequMaskAudience:
 * @SHEQU_MASK_STAFF: screens and papers inside the office
 * @SHEQU_MASK_PUBLIC: lists that everybody may see
 */
typedef enum
{
  SHEQU_MASK_STAFF,
  SHEQU_MASK_PUBLIC,
} ShequMaskAudience;

char *shequ_mask_name (const char *name);
char *shequ_mask_id_number (const char *number, ShequMaskAudience audience);
char *shequ_mask_phone (const char *number);
char *shequ_mask_address (const char *address);
char *shequ_mask_account (const char *number);
char *shequ_mask_birth_date (const char *date);
char *shequ_mask_value (const char *value);
char *shequ_mask_text (const char *text);
char *shequ_mask_reveal_difference (const char *masked, const char *value, const char *other);

G_END_DECLS
