#pragma once

#include "shequ-own.h"

G_BEGIN_DECLS

/* Whether a description may take the place of another without losing what is stored. */
gboolean shequ_own_check_kept (ShequOffice *office,
                               const char *reg,
                               GKeyFile *before,
                               GKeyFile *after,
                               GCancellable *cancellable,
                               GError **error);

/* Whether no record holds anything in a field, so that it may become of another kind. */
gboolean shequ_own_check_empty (ShequOffice *office, const char *reg, const char *field, GError **error);

G_END_DECLS
