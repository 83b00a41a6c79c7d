#pragma once

#include <gtk/gtk.h>

#include "shequ-network.h"

G_BEGIN_DECLS

/**
 * ShequCoverageView:
 *
 * How full the network is in a unit and all below it; a rate opens the list of the places without. Signal:
 * `activated` (register, key) when one of these is chosen.
 */
#define SHEQU_TYPE_COVERAGE_VIEW (shequ_coverage_view_get_type ())
G_DECLARE_FINAL_TYPE (ShequCoverageView, shequ_coverage_view, SHEQU, COVERAGE_VIEW, GtkWidget)

ShequCoverageView *shequ_coverage_view_new (ShequOffice *office);
void shequ_coverage_view_set_unit (ShequCoverageView *self, gint64 unit);

G_END_DECLS
