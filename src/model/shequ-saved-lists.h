#pragma once

#include "shequ-office.h"

G_BEGIN_DECLS

/**
 * ShequSavedList:
 * @key: the record of the register `saved_list`
 * @name: what it is called
 * @shared: whether everybody is offered it
 * @own: whether the user made it
 * @list: which records, as a list of the description says it
 */
typedef struct
{
  gint64 key;
  char *name;
  gboolean shared;
  gboolean own;
  ShequList *list;
} ShequSavedList;

GPtrArray *shequ_saved_lists_load (ShequOffice *office,
                                   const ShequRegister *reg,
                                   GCancellable *cancellable,
                                   GError **error);
gint64 shequ_saved_lists_save (ShequOffice *office,
                               const ShequRegister *reg,
                               const char *name,
                               const ShequList *list,
                               gboolean shared,
                               GCancellable *cancellable,
                               GError **error);
const ShequList *shequ_saved_lists_find (const GPtrArray *lists, const char *name);
void shequ_saved_list_free (ShequSavedList *saved);

/* The columns that the user chose for a list, `name;age`; %NULL for those of the list. */
char *shequ_saved_lists_get_columns (ShequOffice *office, const ShequRegister *reg, const char *list);
gboolean shequ_saved_lists_set_columns (ShequOffice *office,
                                        const ShequRegister *reg,
                                        const char *list,
                                        const char *columns,
                                        GError **error);

G_END_DECLS
