#pragma once

#include <gtk/gtk.h>

#include "shequ-places.h"

G_BEGIN_DECLS

/**
 * ShequPlaceDetails:
 *
 * What is known of a place: how much lies in it, its picture, who answers for it, how full the network is
 * there, its record. Signal: `go-to` (register, key) when another place is to be shown.
 */
#define SHEQU_TYPE_PLACE_DETAILS (shequ_place_details_get_type ())
G_DECLARE_FINAL_TYPE (ShequPlaceDetails, shequ_place_details, SHEQU, PLACE_DETAILS, GtkWidget)

ShequPlaceDetails *shequ_place_details_new (ShequOffice *office);
void shequ_place_details_set_place (ShequPlaceDetails *self, const ShequPlace *place);
void shequ_place_details_edit (ShequPlaceDetails *self);
void shequ_place_details_print (ShequPlaceDetails *self);

G_END_DECLS
