#pragma once

#include "shequ-secret.h"

G_BEGIN_DECLS

void shequ_secret_start (void);

G_END_DECLS
