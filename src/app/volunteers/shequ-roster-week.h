#pragma once

#include <gtk/gtk.h>

#include "shequ-volunteers.h"

G_BEGIN_DECLS

/**
 * ShequRosterWeek:
 *
 * The shifts of a week, a column for each day; Up and Down go through a day, Tab to the next.
 *
 * Signals: `selected` (shift) when another shift is looked at, `activated` (shift) on Enter.
 */
#define SHEQU_TYPE_ROSTER_WEEK (shequ_roster_week_get_type ())
G_DECLARE_FINAL_TYPE (ShequRosterWeek, shequ_roster_week, SHEQU, ROSTER_WEEK, GtkWidget)

ShequRosterWeek *shequ_roster_week_new (void);
void shequ_roster_week_show (ShequRosterWeek *self,
                             const char *monday,
                             const char *today,
                             const GPtrArray *roster,
                             gint64 selected);
char *shequ_roster_week_name_day (const char *monday, guint day);

G_END_DECLS
