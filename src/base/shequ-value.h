#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  SHEQU_VALUE_NULL,
  SHEQU_VALUE_INTEGER,
  SHEQU_VALUE_TEXT,
} ShequValueType;

/**
 * ShequValue:
 *
 * One value of one field as it is stored: nothing, an integer (integer, money in fen, yes/no as 1 and 0,
 * the key of a linked record) or text (text, codes, dates as `2026-11-22`, times as `08:30`, moments as
 * `2026-11-22T00:30:00Z`, numbers of persons, phones). Owns its text.
 */
typedef struct
{
  ShequValueType type;
  gint64 integer;
  char *text;
} ShequValue;

#define SHEQU_VALUE_INIT                                                                                     \
  {                                                                                                          \
    SHEQU_VALUE_NULL, 0, NULL                                                                                \
  }

void shequ_value_clear (ShequValue *value);
void shequ_value_copy (const ShequValue *source, ShequValue *target);
void shequ_value_set_integer (ShequValue *value, gint64 integer);
void shequ_value_set_text (ShequValue *value, const char *text);
void shequ_value_take_text (ShequValue *value, char *text);
gboolean shequ_value_is_null (const ShequValue *value);
gboolean shequ_value_equal (const ShequValue *one, const ShequValue *other);
int shequ_value_compare (const ShequValue *one, const ShequValue *other);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ShequValue, shequ_value_clear)

G_END_DECLS
