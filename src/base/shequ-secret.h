#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ShequSecret:
 *
 * Bytes that may not be left behind: a key or a password. They lie in memory that is never swapped out and
 * are wiped when the last owner lets go.
 */
typedef struct _ShequSecret ShequSecret;

ShequSecret *shequ_secret_new (const void *bytes, gsize size);
ShequSecret *shequ_secret_new_random (gsize size);
ShequSecret *shequ_secret_ref (ShequSecret *secret);
void shequ_secret_unref (ShequSecret *secret);
const guint8 *shequ_secret_get_bytes (const ShequSecret *secret);
gsize shequ_secret_get_size (const ShequSecret *secret);
gboolean shequ_secret_equal (const ShequSecret *a, const ShequSecret *b);

void shequ_secret_wipe_text (char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequSecret, shequ_secret_unref)

G_END_DECLS
