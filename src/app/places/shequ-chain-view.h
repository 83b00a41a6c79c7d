#pragma once

#include <gtk/gtk.h>

#include "shequ-network.h"

G_BEGIN_DECLS

/**
 * ShequChainView:
 *
 * Who answers for a place, from the district down to it: the party at the left, self-government at the right,
 * with telephones; an empty post says so.
 */
#define SHEQU_TYPE_CHAIN_VIEW (shequ_chain_view_get_type ())
G_DECLARE_FINAL_TYPE (ShequChainView, shequ_chain_view, SHEQU, CHAIN_VIEW, GtkWidget)

ShequChainView *shequ_chain_view_new (ShequOffice *office);
void shequ_chain_view_set_place (ShequChainView *self,
                                 const ShequRegister *reg,
                                 gint64 key,
                                 const char *stairwell);

G_END_DECLS
