#pragma once

#include "shequ-store.h"

G_BEGIN_DECLS

#define OFFICE_COMMUNITIES 39
#define OFFICE_CLERKS 10
#define OFFICE_SESSIONS (OFFICE_COMMUNITIES * OFFICE_CLERKS)
#define OFFICE_STREETS 10 /* each signs in with a name of its own and sees its communities alone */
#define OFFICE_STORES 2   /* of a street; each has one connection to write and one to read */
#define OFFICE_CONNECTIONS (OFFICE_STREETS * OFFICE_STORES * 2)
#define OFFICE_PAGE 50
#define OFFICE_TODAY "2026-11-22"

typedef enum
{
  OFFICE_LIST,
  OFFICE_SEARCH,
  OFFICE_OPEN,
  OFFICE_SAVE,
  OFFICE_N_KINDS,
} OfficeKind;

/* What the server has acknowledged. */
typedef struct
{
  gint64 key;     /* of the record */
  gint64 version; /* that it has now */
  gint64 number;  /* that was taken with it */
  guint32 mark;   /* that it bears now */
} OfficeSaved;

/* A district on a server, in which every street has signed in. */
typedef struct
{
  char *address; /* of the owner */
  ShequCatalogue *catalogue;
  const ShequRegister *resident;
  guint n_residents; /* before the work begins */
  ShequStore *stores[OFFICE_STREETS][OFFICE_STORES];
  guint n_free[OFFICE_STREETS]; /* the first ones of the street's */
  GMutex lock;
  GCond free_store;
  GArray *times[OFFICE_N_KINDS]; /* of double, in milliseconds */
  GArray *saved;                 /* of OfficeSaved */
  guint n_conflicts;             /* somebody had saved the record meanwhile */
  guint n_refused;               /* the number stood in another record */
  gint64 n_connections;          /* at the end of the work */
} Office;

void office_set_up (Office *office, guint residents_of_community);
void office_clear (Office *office);
void office_work (Office *office, double seconds, guint think);
ShequStore *office_open (const Office *office, const char *role);
gint64 office_get_unit (guint community);

gboolean office_list (const Office *office, ShequStore *store, gint64 unit, const char *search);
gboolean office_search (ShequStore *store, const char *typed);

/* office-replay.c */
guint office_replay (Office *office, GArray *saved, GString *wrong);

G_END_DECLS
