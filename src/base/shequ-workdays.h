#pragma once

#include "shequ-date.h"

G_BEGIN_DECLS

/**
 * ShequCalendarStatus:
 * @SHEQU_CALENDAR_NONE: no list of holidays is known for the year: Monday to Friday are taken for working
 * days
 * @SHEQU_CALENDAR_PROVISIONAL: only the holidays fixed by law are known, the make-up days are not
 * @SHEQU_CALENDAR_KNOWN: the State Council's notice for the year is in the table
 *
 * How far a count of working days can be trusted.
 */
typedef enum
{
  SHEQU_CALENDAR_NONE,
  SHEQU_CALENDAR_PROVISIONAL,
  SHEQU_CALENDAR_KNOWN,
} ShequCalendarStatus;

typedef struct _ShequWorkdays ShequWorkdays;

ShequWorkdays *shequ_workdays_new (void);
ShequWorkdays *shequ_workdays_new_shipped (GError **error);
gboolean shequ_workdays_add (ShequWorkdays *workdays,
                             const char *date,
                             const char *kind,
                             const char *name,
                             ShequCalendarStatus status,
                             GError **error);
ShequWorkdays *shequ_workdays_ref (ShequWorkdays *workdays);
void shequ_workdays_unref (ShequWorkdays *workdays);

gboolean shequ_workdays_is_workday (const ShequWorkdays *workdays, const ShequDate *date);
const char *shequ_workdays_get_name (const ShequWorkdays *workdays, const ShequDate *date);
ShequCalendarStatus shequ_workdays_get_status (const ShequWorkdays *workdays, int year);
ShequDate shequ_workdays_add_workdays (const ShequWorkdays *workdays,
                                       const ShequDate *start,
                                       int count,
                                       ShequCalendarStatus *status);
int shequ_workdays_between (const ShequWorkdays *workdays,
                            const ShequDate *start,
                            const ShequDate *end,
                            ShequCalendarStatus *status);
char *shequ_calendar_status_describe (ShequCalendarStatus status, int year);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequWorkdays, shequ_workdays_unref)

G_END_DECLS
