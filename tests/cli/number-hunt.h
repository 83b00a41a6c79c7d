#pragma once

#include <glib.h>

/* A thousand residents whose numbers are known, and the search for these in every byte that was written. */
#define NUMBER_HUNT_RESIDENTS 1000

char *number_hunt_make_id (guint i);
char *number_hunt_make_phone (guint i);
char *number_hunt_make_roster (void);
guint number_hunt_count (const char *folder, char **where);
