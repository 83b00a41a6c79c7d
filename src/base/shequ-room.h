#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* There is no floor 0. */
#define SHEQU_FLOOR_UNKNOWN 0

int shequ_room_guess_floor (const char *room);
int shequ_room_get_place (const char *room);
int shequ_room_compare (const char *one, const char *other);

G_END_DECLS
