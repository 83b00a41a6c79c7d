#pragma once

#include "shequ-file.h"
#include "shequ-office.h"

G_BEGIN_DECLS

ShequFile *shequ_record_file_load (ShequOffice *office,
                                   const ShequRegister *reg,
                                   gint64 key,
                                   GCancellable *cancellable,
                                   GError **error);
ShequFile *shequ_list_file_load (ShequOffice *office,
                                 const ShequQuery *query,
                                 const ShequList *list,
                                 GCancellable *cancellable,
                                 GError **error);

G_END_DECLS
