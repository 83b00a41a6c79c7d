#pragma once

#include <glib.h>

/* A disk that fails when told: every file of SQLite goes through it from faulty_disk_install() on. */
typedef enum
{
  FAULT_BROKEN, /* the write or synchronisation is refused as by a disk that is broken */
  FAULT_FULL,   /* there is no room */
  FAULT_TORN,   /* half of a write arrives before it is refused */
} Fault;

void faulty_disk_install (void);

/* Counts writes, synchronisations, truncations, deletions and openings from now on; the one with the number
 * `at` fails, and all after it when it `lasts`. 0 lets all pass. */
void faulty_disk_arm (guint at, Fault fault, gboolean lasts);
void faulty_disk_disarm (void);
gboolean faulty_disk_has_failed (void);
