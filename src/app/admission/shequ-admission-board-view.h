#pragma once

#include <gtk/gtk.h>

#include "shequ-office.h"

G_BEGIN_DECLS

/**
 * ShequAdmissionBoardView:
 *
 * Where the cases stand: by state with the days left, by whose turn it is with the days held, and the month
 * of each department. Signal: `left` when the person goes back.
 */
#define SHEQU_TYPE_ADMISSION_BOARD_VIEW (shequ_admission_board_view_get_type ())
G_DECLARE_FINAL_TYPE (ShequAdmissionBoardView,
                      shequ_admission_board_view,
                      SHEQU,
                      ADMISSION_BOARD_VIEW,
                      GtkWidget)

GtkWidget *shequ_admission_board_view_new (ShequOffice *office);
void shequ_admission_board_view_refresh (ShequAdmissionBoardView *self);
void shequ_admission_board_view_print (ShequAdmissionBoardView *self);

G_END_DECLS
