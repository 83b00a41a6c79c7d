#pragma once

#include "shequ-file.h"
#include "shequ-office.h"

G_BEGIN_DECLS

/* Conditions for books: who is paired with somebody, and who is in a key group that asks for visits. */
#define SHEQU_HOUSEHOLDS_PLANNED "has visit_plan(active) or has resident(has visit_plan(active))"
#define SHEQU_HOUSEHOLDS_IN_GROUPS "has resident(has resident_tag(active and tag.visit_every_days>=1))"

/**
 * ShequHouseholdFile:
 * @file: what is shown and printed; about the household
 * @head: its head; empty when nobody is
 * @members: how many people
 * @building: the building in which it lives, where that is known and one file is read; or 0
 * @building_name: (nullable): its name
 *
 * All that the office knows of a household (民情档案).
 */
typedef struct
{
  ShequFile file;
  char *head;
  guint members;
  gint64 building;
  char *building_name;
} ShequHouseholdFile;

ShequHouseholdFile *shequ_household_file_load (ShequOffice *office,
                                               gint64 household,
                                               GCancellable *cancellable,
                                               GError **error);
void shequ_household_file_load_async (ShequOffice *office,
                                      gint64 household,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
ShequHouseholdFile *shequ_household_file_load_finish (ShequOffice *office,
                                                      GAsyncResult *result,
                                                      GError **error);
GPtrArray *shequ_household_files_find (ShequOffice *office,
                                       const char *condition,
                                       GCancellable *cancellable,
                                       GError **error);
void shequ_household_files_find_async (ShequOffice *office,
                                       const char *condition,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
GPtrArray *shequ_household_files_find_finish (ShequOffice *office, GAsyncResult *result, GError **error);
void shequ_household_file_free (ShequHouseholdFile *file);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequHouseholdFile, shequ_household_file_free)

G_END_DECLS
