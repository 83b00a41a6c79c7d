#pragma once

#include <glib.h>

/* Memory that SQLite asks for and does not get: the request with the number `at` from faulty_memory_arm() on,
 * and all after it when it `lasts`. To be installed before anything else is asked of SQLite. */
void faulty_memory_install (void);
void faulty_memory_arm (guint at, gboolean lasts);
void faulty_memory_disarm (void);
gboolean faulty_memory_has_failed (void);
