#pragma once

#include <glib.h>
#include <stddef.h>
#include <stdint.h>

/* What libFuzzer asks of a target. */
int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);
