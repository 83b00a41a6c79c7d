#pragma once

#include <glib.h>

#include "shequ-value.h"

G_BEGIN_DECLS

typedef enum
{
  SHEQU_CONDITION_AND,
  SHEQU_CONDITION_OR,
  SHEQU_CONDITION_NOT,
  SHEQU_CONDITION_EQUAL,     /* any of the values */
  SHEQU_CONDITION_NOT_EQUAL, /* none of the values; false of an empty field, as every comparison */
  SHEQU_CONDITION_LESS,
  SHEQU_CONDITION_LESS_OR_EQUAL,
  SHEQU_CONDITION_GREATER,
  SHEQU_CONDITION_GREATER_OR_EQUAL,
  SHEQU_CONDITION_SET,    /* `field is set` */
  SHEQU_CONDITION_EMPTY,  /* `field is empty` */
  SHEQU_CONDITION_ACTIVE, /* `active`: today lies in the period of the record */
  SHEQU_CONDITION_HAS,    /* `has register(COND)`: a live record links to this one and meets COND */
  SHEQU_CONDITION_HAS_NO, /* `no register(COND)` */
} ShequConditionType;

/**
 * ShequCondition:
 * @type: what it says
 * @children: (nullable): the conditions that AND, OR and NOT join; of HAS and HAS_NO none or the one in the
 *   brackets
 * @link: (nullable): the link that leads to @field, as `resident` in `resident.age<18`, or several, as
 *   `household.dwelling`; of HAS and HAS_NO the
 *   link that leads here, where it is named
 * @field: (nullable): the compared field; `key` is the record's own key; of HAS and HAS_NO the register
 * @values: (nullable): the values compared with, as written; `today`, `today+30d`, `today-1y` and `this` are
 *   understood by whoever evaluates it; of ACTIVE, once bound, the two dates
 * @other: (nullable): once bound, of `<`, `<=`, `>` and `>=` another field of the same record, in place of a
 *   value
 *
 * A condition of a description, a saved list or a filter: `status=removed,keep and not (age<18)`.
 * One grammar for all, evaluated on a row here and turned into a query by the store. Immutable, counted.
 */
typedef struct _ShequCondition ShequCondition;
struct _ShequCondition
{
  ShequConditionType type;
  GPtrArray *children;
  char *link;
  char *field;
  char **values;
  char *other;
  /*< private >*/
  int references;
};

ShequCondition *shequ_condition_parse (const char *text, GError **error);
ShequCondition *shequ_condition_new_compare (ShequConditionType type, const char *field, const char *value);
ShequCondition *shequ_condition_new_join (ShequConditionType type,
                                          ShequCondition *one,
                                          ShequCondition *other);
ShequCondition *shequ_condition_ref (ShequCondition *condition);
void shequ_condition_unref (ShequCondition *condition);
char *shequ_condition_to_text (const ShequCondition *condition);
gboolean shequ_condition_needs_store (const ShequCondition *condition);
char *shequ_condition_resolve_day (const char *value, const char *today);

/* Gives the value of a field for shequ_condition_holds(), or %NULL when it is not known. */
typedef const ShequValue *(*ShequConditionLookup) (const char *link, const char *field, gpointer user_data);

gboolean shequ_condition_holds (const ShequCondition *condition,
                                const char *today,
                                ShequConditionLookup lookup,
                                gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequCondition, shequ_condition_unref)

G_END_DECLS
