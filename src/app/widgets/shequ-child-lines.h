#pragma once

#include <gtk/gtk.h>

#include "shequ-office.h"

G_BEGIN_DECLS

/**
 * ShequChildLines:
 *
 * The lines of a record (`Child=true`) as a small table on its page: the columns of the first list of their
 * register. Insert adds one, Enter or F2 changes it, Delete takes it away, with a way back.
 */
#define SHEQU_TYPE_CHILD_LINES (shequ_child_lines_get_type ())
G_DECLARE_FINAL_TYPE (ShequChildLines, shequ_child_lines, SHEQU, CHILD_LINES, GtkWidget)

GtkWidget *shequ_child_lines_new (ShequOffice *office, const ShequField *link, gint64 key);

G_END_DECLS
