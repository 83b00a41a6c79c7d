#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * ShequRecordSelection:
 *
 * A selection over a list of any length: places are kept as a bit set, so that selecting all of a million
 * records costs nothing and asks the list for no record.
 */
#define SHEQU_TYPE_RECORD_SELECTION (shequ_record_selection_get_type ())
G_DECLARE_FINAL_TYPE (ShequRecordSelection, shequ_record_selection, SHEQU, RECORD_SELECTION, GObject)

ShequRecordSelection *shequ_record_selection_new (GListModel *model);

G_END_DECLS
