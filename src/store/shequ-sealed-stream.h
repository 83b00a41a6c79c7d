#pragma once

#include <gio/gio.h>

#include "shequ-secret.h"

G_BEGIN_DECLS

/**
 * ShequSealedOutput:
 *
 * Seals what is written to it, in pieces, under one key. A piece that is altered, left out, moved or added is
 * found when it is read again, and so is a file that ends too early.
 */
#define SHEQU_TYPE_SEALED_OUTPUT (shequ_sealed_output_get_type ())
G_DECLARE_FINAL_TYPE (ShequSealedOutput, shequ_sealed_output, SHEQU, SEALED_OUTPUT, GFilterOutputStream)

/**
 * ShequSealedInput:
 *
 * Reads what #ShequSealedOutput wrote.
 */
#define SHEQU_TYPE_SEALED_INPUT (shequ_sealed_input_get_type ())
G_DECLARE_FINAL_TYPE (ShequSealedInput, shequ_sealed_input, SHEQU, SEALED_INPUT, GFilterInputStream)

GOutputStream *shequ_sealed_output_new (GOutputStream *base, const ShequSecret *key, const char *context);
GInputStream *shequ_sealed_input_new (GInputStream *base, const ShequSecret *key, const char *context);

G_END_DECLS
