#pragma once

#include "shequ-demo.h"

G_BEGIN_DECLS

typedef struct _ShequDemoWriter ShequDemoWriter;

ShequDemoWriter *shequ_demo_writer_new (ShequStore *store,
                                        const ShequActor *actor,
                                        guint total,
                                        ShequDemoProgress progress,
                                        gpointer user_data,
                                        GCancellable *cancellable);
void shequ_demo_writer_free (ShequDemoWriter *writer);
ShequRow *shequ_demo_writer_start (ShequDemoWriter *writer, const char *name);
gint64 shequ_demo_writer_add (ShequDemoWriter *writer, ShequRow *row);
void shequ_demo_writer_set_setting (ShequDemoWriter *writer, const char *name, const char *text);
gint64 shequ_demo_writer_next_number (ShequDemoWriter *writer, const char *series);
void shequ_demo_writer_change (ShequDemoWriter *writer, ShequRow *row);
void shequ_demo_writer_set_moment (ShequDemoWriter *writer, const char *moment);
gboolean shequ_demo_writer_has_failed (const ShequDemoWriter *writer);
void shequ_demo_writer_take_error (ShequDemoWriter *writer, GError *error);
gboolean shequ_demo_writer_finish (ShequDemoWriter *writer, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequDemoWriter, shequ_demo_writer_free)

G_END_DECLS
