#pragma once

#include <adwaita.h>

#include "shequ-office.h"

G_BEGIN_DECLS

/**
 * ShequWorkDepartments:
 *
 * The departments that have work done, each with the number of its items in force.
 *
 * Signal: `chosen` (condition, or %NULL for all) in the grammar of conditions on work items.
 */
#define SHEQU_TYPE_WORK_DEPARTMENTS (shequ_work_departments_get_type ())
G_DECLARE_FINAL_TYPE (ShequWorkDepartments, shequ_work_departments, SHEQU, WORK_DEPARTMENTS, AdwBin)

ShequWorkDepartments *shequ_work_departments_new (ShequOffice *office);
void shequ_work_departments_refresh (ShequWorkDepartments *self);

G_END_DECLS
