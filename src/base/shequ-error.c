#include "shequ-error.h"

G_DEFINE_QUARK (shequ_error_quark, shequ_error)
