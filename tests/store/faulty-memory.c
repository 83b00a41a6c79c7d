#include "faulty-memory.h"

#include <sqlite3.h>

static sqlite3_mem_methods real;

static struct
{
  gint at; /* 0: nothing fails */
  gint done;
  gboolean lasts;
  gint failed;
} memory;

static gboolean
fails (void)
{
  gint number;

  if (g_atomic_int_get (&memory.at) == 0)
    return FALSE;
  number = g_atomic_int_add (&memory.done, 1) + 1;
  if (number != memory.at && !(memory.lasts && number > memory.at))
    return FALSE;
  g_atomic_int_set (&memory.failed, 1);
  return TRUE;
}

static void *
faulty_malloc (int size)
{
  return fails () ? NULL : real.xMalloc (size);
}

static void *
faulty_realloc (void *block, int size)
{
  return fails () ? NULL : real.xRealloc (block, size);
}

void
faulty_memory_install (void)
{
  sqlite3_mem_methods faulty;

  g_assert_cmpint (sqlite3_config (SQLITE_CONFIG_GETMALLOC, &real), ==, SQLITE_OK);
  faulty = real;
  faulty.xMalloc = faulty_malloc;
  faulty.xRealloc = faulty_realloc;
  g_assert_cmpint (sqlite3_config (SQLITE_CONFIG_MALLOC, &faulty), ==, SQLITE_OK);
}

void
faulty_memory_arm (guint at, gboolean lasts)
{
  memory.lasts = lasts;
  g_atomic_int_set (&memory.done, 0);
  g_atomic_int_set (&memory.failed, 0);
  g_atomic_int_set (&memory.at, (gint) at);
}

void
faulty_memory_disarm (void)
{
  g_atomic_int_set (&memory.at, 0);
}

gboolean
faulty_memory_has_failed (void)
{
  return g_atomic_int_get (&memory.failed) != 0;
}
