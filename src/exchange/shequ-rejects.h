#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * The file of refused rows: the columns of the original, then the number of the row and the reason, so that
 * it can be corrected and imported again. Made when the first row is refused.
 */
typedef struct _ShequRejects ShequRejects;

ShequRejects *shequ_rejects_new (const char *path, const GPtrArray *headers);
gboolean shequ_rejects_add (ShequRejects *rejects,
                            guint row,
                            const char *const *cells,
                            guint n_cells,
                            const char *reason,
                            GError **error);
gboolean shequ_rejects_finish (ShequRejects *rejects, GError **error);
void shequ_rejects_free (ShequRejects *rejects);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequRejects, shequ_rejects_free)

G_END_DECLS
