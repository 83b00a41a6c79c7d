#pragma once

#include "shequ-places.h"

G_BEGIN_DECLS

/**
 * ShequGridMatter:
 * @what: what kind of matter it is, as 到期走访
 * @title: whom or what it is about
 * @detail: (nullable): a few words more
 * @reg: the register of the record behind it
 * @key: the record behind it
 * @day: (nullable): since when, or until when
 * @late: whether that day is past
 *
 * Something that whoever answers for a grid has to see to.
 */
typedef struct
{
  char *what;
  char *title;
  char *detail;
  const ShequRegister *reg;
  gint64 key;
  char *day;
  gboolean late;
} ShequGridMatter;

GPtrArray *shequ_grid_matters_list (ShequOffice *office,
                                    const ShequPlace *place,
                                    GCancellable *cancellable,
                                    GError **error);
void shequ_grid_matters_list_async (ShequOffice *office,
                                    const ShequPlace *place,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
GPtrArray *shequ_grid_matters_list_finish (ShequOffice *office, GAsyncResult *result, GError **error);
void shequ_grid_matter_free (ShequGridMatter *matter);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequGridMatter, shequ_grid_matter_free)

G_END_DECLS
