#pragma once

#include "shequ-demo-people.h"
#include "shequ-demo-places.h"
#include "shequ-demo-writer.h"
#include "shequ-workdays.h"

G_BEGIN_DECLS

/* A resident who may volunteer or ask for a certificate. */
typedef struct
{
  gint64 key;
  int age;
  guint sex;
  char name[SHEQU_DEMO_NAME_SIZE];
  char phone[SHEQU_DEMO_PHONE_SIZE];
  char id_number[SHEQU_DEMO_ID_NUMBER_SIZE];
  const char *address;
  gint64 household;
  gint64 grid;
  gboolean incoming;     /* registered elsewhere */
  const char *stairwell; /* (nullable) */
} ShequDemoNeighbour;

typedef struct
{
  gint64 key;
  char name[SHEQU_DEMO_NAME_SIZE];
  char phone[SHEQU_DEMO_PHONE_SIZE];
} ShequDemoWorker;

/* Who holds a post; @staff is 0 for somebody of elsewhere. */
typedef struct
{
  gint64 staff;
  const char *name;
  const char *phone;
} ShequDemoHolder;

/**
 * ShequDemoCommunity:
 * @key: its key in `org_unit`
 * @code: of twelve digits
 * @name: as `民生社区`
 * @number: its place among all
 * @households: how many
 * @residents: how many
 * @volunteers: how many
 * @teams: how many
 * @workers: (element-type ShequDemoWorker): who works there
 * @neighbours: (element-type ShequDemoNeighbour): adults who live there
 * @addresses: what addresses of @neighbours are kept in
 * @posts_random: the chance of posts
 */
typedef struct
{
  gint64 key;
  char *code;
  char *name;
  guint number;
  guint households;
  guint residents;
  guint volunteers;
  guint teams;
  GArray *workers;
  GArray *neighbours;
  GStringChunk *addresses;
  ShequDemoRandom *posts_random;
} ShequDemoCommunity;

/**
 * ShequDemoItem:
 * @key: its key in `work_item`
 * @department: the key of the department that asks for it, or 0
 * @code: of four digits
 * @name: what is done
 * @purpose: (nullable): what the time goes to, a code of `work_entry`
 * @frequency: in words
 * @hours_per_time: what one time takes a community of eight
 * @times_per_year: how often
 * @hours_per_year: both together
 * @never: whether the rules forbid it
 */
typedef struct
{
  gint64 key;
  gint64 department;
  char *code;
  char *name;
  char *purpose;
  char *frequency;
  double hours_per_time;
  double times_per_year;
  double hours_per_year;
  gboolean never;
} ShequDemoItem;

typedef struct _ShequDemoTags ShequDemoTags;

/* What the parts of a filling share. */
typedef struct
{
  const ShequDemoOptions *options;
  ShequDate today;
  ShequDemoRates *rates;
  ShequWorkdays *workdays;
  ShequDemoPeople *people;
  ShequDemoPlaces *places;
  ShequDemoWriter *writer;
  GPtrArray *communities;  /* of ShequDemoCommunity */
  GHashTable *departments; /* code -> key as gint64 */
  GPtrArray *items;        /* of ShequDemoItem */
  ShequDemoTags *tags;
} ShequDemoFilling;

typedef struct
{
  guint streets;
  guint communities;
  guint households;
  guint residents;
  guint volunteers;
  guint teams;
} ShequDemoSize;

/* Subjects have a chance of their own, so that more of one leaves the others as they were. */
void shequ_demo_filling_init_random (const ShequDemoFilling *filling,
                                     const char *subject,
                                     guint number,
                                     ShequDemoRandom *random);
void shequ_demo_size_init (ShequDemoSize *size, const ShequDemoOptions *options);

void shequ_demo_fill_offices (ShequDemoFilling *filling, const ShequDemoSize *size);
void shequ_demo_fill_departments (ShequDemoFilling *filling);
void shequ_demo_fill_staff (ShequDemoFilling *filling, ShequDemoCommunity *community);
void shequ_demo_choose_arrival (const ShequDemoFilling *filling, ShequDemoRandom *random, char *day);
void shequ_demo_set_arrival (ShequRow *row, const ShequDemoPerson *person, const char *arrival);
void shequ_demo_fill_event (ShequDemoFilling *filling,
                            const ShequDemoCommunity *community,
                            gint64 household,
                            gint64 resident,
                            const ShequDemoPerson *person,
                            const char *arrival);
void shequ_demo_fill_unit_posts (ShequDemoFilling *filling,
                                 const char *level,
                                 gint64 unit,
                                 const ShequDemoHolder *party,
                                 const ShequDemoHolder *head);
void shequ_demo_fill_grid_posts (ShequDemoFilling *filling,
                                 ShequDemoCommunity *community,
                                 gint64 grid,
                                 const ShequDemoWorker *leader);
void shequ_demo_fill_building_posts (ShequDemoFilling *filling,
                                     ShequDemoCommunity *community,
                                     gint64 key,
                                     const ShequDemoBuilding *building,
                                     guint first);
void shequ_demo_fill_lanes (ShequDemoFilling *filling, ShequDemoCommunity *community, gint64 grid);
void shequ_demo_fill_residents (ShequDemoFilling *filling, ShequDemoCommunity *community);
ShequDemoTags *shequ_demo_tags_new (ShequStore *store, const ShequDemoRates *rates, GError **error);
int shequ_demo_fill_tags (ShequDemoFilling *filling,
                          const ShequDemoCommunity *community,
                          const ShequDemoHousehold *household,
                          const ShequDemoPerson *person,
                          gint64 resident,
                          ShequDemoRandom *random);
void shequ_demo_fill_visits (ShequDemoFilling *filling,
                             const ShequDemoCommunity *community,
                             gint64 household,
                             int every,
                             ShequDemoRandom *random);
void shequ_demo_fill_care (ShequDemoFilling *filling, ShequDemoCommunity *community);
void shequ_demo_fill_survey (ShequDemoFilling *filling, ShequDemoCommunity *community);
void shequ_demo_fill_work (ShequDemoFilling *filling, ShequDemoCommunity *community);
void shequ_demo_fill_volunteers (ShequDemoFilling *filling, ShequDemoCommunity *community);
void shequ_demo_fill_certificates (ShequDemoFilling *filling, ShequDemoCommunity *community);
void shequ_demo_fill_applications (ShequDemoFilling *filling);

void shequ_demo_community_free (gpointer community);
void shequ_demo_item_free (gpointer item);

G_END_DECLS
