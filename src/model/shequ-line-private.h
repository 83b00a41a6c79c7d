#pragma once

#include "shequ-office.h"

G_BEGIN_DECLS

/**
 * ShequLine:
 *
 * The line of an office to its database: whether it answers, which changes wait for it, what others change.
 *
 * A piece of work that runs on a worker thread enters the line and leaves it. The changes that it begins
 * meanwhile carry the key of one operation; when the line was lost, the work waits for it and is done again,
 * under the same key, so that what was committed before is not done twice.
 */
typedef struct _ShequLine ShequLine;

ShequLine *shequ_line_new (ShequOffice *office, GMainContext *context);
void shequ_line_close (ShequLine *line);
void shequ_line_watch (ShequLine *line);
gboolean shequ_line_probe (ShequLine *line, GError **error);

void shequ_line_enter (ShequLine *line);
void shequ_line_leave (ShequLine *line, const GError *error);
char *shequ_line_next_operation (ShequLine *line);
char *shequ_line_get_operation (ShequLine *line);
gboolean shequ_line_wait (ShequLine *line, const GError *error, GCancellable *cancellable);

void shequ_line_get_state (ShequLine *line, ShequConnectionState *state);

/* The line of an office; the signal that tells of a new state. */
ShequLine *shequ_office_get_line (ShequOffice *self);
void shequ_office_tell_connection (ShequOffice *self);

G_END_DECLS
