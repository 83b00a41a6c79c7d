#pragma once

#include "shequ-office.h"

G_BEGIN_DECLS

/* Conditions for books: who is paired with somebody, and who is in a key group that asks for visits. */
#define SHEQU_HOUSEHOLDS_PLANNED "has visit_plan(active) or has resident(has visit_plan(active))"
#define SHEQU_HOUSEHOLDS_IN_GROUPS "has resident(has resident_tag(active and tag.visit_every_days>=1))"

/**
 * ShequFileSection:
 * @title: what it holds
 * @reg: the register that the rows are of
 * @heads: (array zero-terminated=1): heads of the columns
 * @rows: (element-type GStrv): cells, as many as heads
 * @keys: (element-type gint64): the record behind each row
 *
 * One part of the file of a household: what a register knows about it.
 */
typedef struct
{
  char *title;
  const ShequRegister *reg;
  char **heads;
  GPtrArray *rows;
  GArray *keys;
} ShequFileSection;

/**
 * ShequHouseholdFile:
 * @household: the household
 * @title: its address and number
 * @head: its head; empty when nobody is
 * @members: how many people
 * @facts: (array zero-terminated=1): labels and values of the household in turn
 * @sections: (element-type ShequFileSection): the parts that hold something
 * @building: the building in which it lives, where that is known and one file is read; or 0
 * @building_name: (nullable): its name
 *
 * All that the office knows of a household (民情档案), as words; sensitive values as privacy asks.
 */
typedef struct
{
  gint64 household;
  char *title;
  char *head;
  guint members;
  char **facts;
  GPtrArray *sections;
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
