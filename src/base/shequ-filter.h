#pragma once

#include "shequ-catalogue.h"

G_BEGIN_DECLS

/**
 * ShequFilter:
 * @reg: the register whose records are narrowed down
 * @path: (nullable): the links that lead to @field, as `household.dwelling`
 * @field: what is compared
 * @through: (nullable): the link of another register that leads here; @field is then one of that register
 * @name: what stands for it in conditions and saved lists, as `household.dwelling.building`
 * @label: what a person reads, as “House › Building”
 *
 * One way to narrow a register down, made from the descriptions: by a field of its own, by one of what it
 * belongs to, or by records that hold something of it for a time, as key groups.
 */
typedef struct
{
  const ShequRegister *reg;
  char *path;
  const ShequField *field;
  const ShequField *through;
  char *name;
  char *label;
} ShequFilter;

GPtrArray *shequ_filters_list (const ShequRegister *reg);
void shequ_filter_free (ShequFilter *filter);
gboolean shequ_filter_is_chosen (const ShequFilter *filter);
gboolean shequ_filter_is_range (const ShequFilter *filter);
ShequCondition *shequ_filter_make_equal (const ShequFilter *filter, const char *value);
ShequCondition *shequ_filter_make_range (const ShequFilter *filter,
                                         const char *from,
                                         const char *to,
                                         GError **error);
ShequCondition *shequ_filter_make_filled (const ShequFilter *filter, gboolean filled);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequFilter, shequ_filter_free)

G_END_DECLS
