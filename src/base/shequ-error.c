#include "shequ-error.h"

G_DEFINE_QUARK (shequ-error-quark, shequ_error)
