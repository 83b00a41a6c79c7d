#pragma once

#include "access-fixture.h"

/* Something that is done with the store. Gives whether it was done; what it did is taken back. */
typedef gboolean (*Deed) (AccessFixture *fixture, guint subject, GError **error);

typedef struct
{
  const char *name; /* of the function that does it */
  ShequRight right; /* what it asks for */
  Deed deed;
} AccessDeed;

/* What needs no right, and why. */
typedef struct
{
  const char *name;
  const char *reason;
} FreeFunction;

extern const AccessDeed access_deeds[];
extern const guint n_access_deeds;
extern const AccessDeed office_deeds[]; /* which are only tried without the right */
extern const guint n_office_deeds;
extern const FreeFunction free_functions[];
extern const guint n_free_functions;
