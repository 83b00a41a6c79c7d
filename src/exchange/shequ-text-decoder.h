#pragma once

#include "shequ-sheet-source.h"

G_BEGIN_DECLS

char *shequ_text_detect_encoding (ShequSheetSource *source, GCancellable *cancellable, GError **error);

/**
 * ShequTextDecoder:
 *
 * Turns a source into UTF-8, a piece at a time. Bytes that are no character become U+FFFD.
 */
typedef struct _ShequTextDecoder ShequTextDecoder;

ShequTextDecoder *shequ_text_decoder_new (ShequSheetSource *source, const char *encoding, GError **error);
void shequ_text_decoder_free (ShequTextDecoder *decoder);
void shequ_text_decoder_rewind (ShequTextDecoder *decoder);
gboolean shequ_text_decoder_next (ShequTextDecoder *decoder,
                                  const char **text,
                                  gsize *length,
                                  GError **error);
guint64 shequ_text_decoder_get_offset (ShequTextDecoder *decoder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequTextDecoder, shequ_text_decoder_free)

G_END_DECLS
