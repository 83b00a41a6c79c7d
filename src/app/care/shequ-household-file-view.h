#pragma once

#include <gtk/gtk.h>

#include "shequ-office.h"

G_BEGIN_DECLS

/**
 * ShequHouseholdFileView:
 *
 * The file of one household (民情档案), found by name or address; follows all changes. Signal: `opened` when
 * another household, or none, is shown.
 */
#define SHEQU_TYPE_HOUSEHOLD_FILE_VIEW (shequ_household_file_view_get_type ())
G_DECLARE_FINAL_TYPE (ShequHouseholdFileView,
                      shequ_household_file_view,
                      SHEQU,
                      HOUSEHOLD_FILE_VIEW,
                      GtkWidget)

GtkWidget *shequ_household_file_view_new (ShequOffice *office);
void shequ_household_file_view_open (ShequHouseholdFileView *self, gint64 household);
gint64 shequ_household_file_view_get_household (ShequHouseholdFileView *self);
void shequ_household_file_view_visit (ShequHouseholdFileView *self);
void shequ_household_file_view_edit (ShequHouseholdFileView *self);
void shequ_household_file_view_print (ShequHouseholdFileView *self);
void shequ_household_file_view_find (ShequHouseholdFileView *self);

G_END_DECLS
