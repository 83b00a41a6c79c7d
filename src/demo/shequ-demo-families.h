#pragma once

#include "shequ-demo-pyramid.h"

G_BEGIN_DECLS

/* What the form of a household says of the marriage of a member. */
typedef enum
{
  SHEQU_DEMO_WEDLOCK_OPEN,
  SHEQU_DEMO_WEDLOCK_NEVER,
  SHEQU_DEMO_WEDLOCK_SPOUSE, /* husband or wife live here, too */
  SHEQU_DEMO_WEDLOCK_ALONE,  /* divorced or widowed */
} ShequDemoWedlock;

/**
 * ShequDemoMember:
 * @age: in full years
 * @sex: 1 male, 2 female
 * @relation: to the head, GB/T 4761
 * @wedlock: what is known of the marriage
 * @family: whose surname it bears: the place of another member, or -1 for one of its own
 * @parents: places of the parents in the household, or -1
 */
typedef struct
{
  int age;
  guint sex;
  const char *relation;
  ShequDemoWedlock wedlock;
  int family;
  int parents[2];
} ShequDemoMember;

/* A household as ages and relations; the head is the first. */
typedef struct
{
  GArray *members; /* of ShequDemoMember */
} ShequDemoFamily;

GPtrArray *shequ_demo_families_make (const ShequDemoRates *rates,
                                     ShequDemoRandom *random,
                                     guint families,
                                     guint persons);
void shequ_demo_family_free (ShequDemoFamily *family);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequDemoFamily, shequ_demo_family_free)

G_END_DECLS
