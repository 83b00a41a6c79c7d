#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void shequ_cli_interrupt_watch (GCancellable *cancellable);

G_END_DECLS
