#pragma once

#include "shequ-catalogue.h"

G_BEGIN_DECLS

/**
 * ShequTarget:
 * @path: as `name`, `household.number`, `household.dwelling.building.estate.name`
 * @label: what a person calls it: `户 · 户号`
 * @links: (element-type ShequField): the links that lead to the field, outermost first
 * @field: the field that takes the value
 *
 * Where a column of a spreadsheet can go. Links that an import may create lead on into their own fields;
 * other links take the name of a record that exists.
 */
typedef struct
{
  char *path;
  char *label;
  GPtrArray *links;
  const ShequField *field;
  /*< private >*/
  GPtrArray *names; /* of char: simplified headers it is known by */
} ShequTarget;

/* A header row and where its columns go. */
typedef struct
{
  const ShequRegister *reg;
  GPtrArray *targets; /* of ShequTarget: all there are */
  GPtrArray *headers; /* of char */
  GPtrArray *columns; /* of const ShequTarget, %NULL where a column is left out; as long as headers */
} ShequMapping;

GPtrArray *shequ_targets_list (const ShequRegister *reg);

ShequMapping *shequ_mapping_new (const ShequRegister *reg);
void shequ_mapping_free (ShequMapping *mapping);
guint shequ_mapping_score (const ShequMapping *mapping, const char *const *cells, guint n_cells);
void shequ_mapping_guess (ShequMapping *mapping, const char *const *cells, guint n_cells);
const ShequTarget *shequ_mapping_find_target (const ShequMapping *mapping, const char *path);
gboolean shequ_mapping_assign (ShequMapping *mapping, const char *column, const char *path, GError **error);
guint shequ_mapping_count_mapped (const ShequMapping *mapping);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequMapping, shequ_mapping_free)

G_END_DECLS
