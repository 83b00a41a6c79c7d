#pragma once

#include "shequ-office.h"
#include "shequ-shifts.h"

G_BEGIN_DECLS

/**
 * ShequRosterShift:
 * @shift: a shift
 * @assignments: (element-type ShequRow): who is on it, planned or served, with the names as titles of links
 *
 * One block of a roster.
 */
typedef struct
{
  ShequRow *shift;
  GPtrArray *assignments;
} ShequRosterShift;

/**
 * ShequCandidate:
 * @volunteer: a volunteer in service
 * @obstacles: (element-type ShequObstacle): why not, empty for one who is free
 * @is_free: whether nothing binding stands against it
 *
 * Who could serve on a shift.
 */
typedef struct
{
  ShequRow *volunteer;
  GPtrArray *obstacles;
  gboolean is_free;
} ShequCandidate;

GPtrArray *shequ_volunteers_list_roster (ShequOffice *office,
                                         const char *from,
                                         const char *to,
                                         GCancellable *cancellable,
                                         GError **error);
void shequ_volunteers_list_roster_async (ShequOffice *office,
                                         const char *from,
                                         const char *to,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
GPtrArray *shequ_volunteers_list_candidates (ShequOffice *office,
                                             gint64 shift,
                                             GCancellable *cancellable,
                                             GError **error);
void shequ_volunteers_list_candidates_async (ShequOffice *office,
                                             gint64 shift,
                                             GCancellable *cancellable,
                                             GAsyncReadyCallback callback,
                                             gpointer user_data);
gint64 shequ_volunteers_assign (ShequOffice *office,
                                gint64 shift,
                                gint64 volunteer,
                                GCancellable *cancellable,
                                GError **error);
void shequ_volunteers_assign_async (ShequOffice *office,
                                    gint64 shift,
                                    gint64 volunteer,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gint64 shequ_volunteers_assign_finish (ShequOffice *office, GAsyncResult *result, GError **error);
gboolean shequ_volunteers_unassign (ShequOffice *office,
                                    gint64 assignment,
                                    GCancellable *cancellable,
                                    GError **error);
void shequ_volunteers_unassign_async (ShequOffice *office,
                                      gint64 assignment,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean shequ_volunteers_record (ShequOffice *office,
                                  gint64 assignment,
                                  gboolean served,
                                  gint64 minutes,
                                  GCancellable *cancellable,
                                  GError **error);
void shequ_volunteers_record_async (ShequOffice *office,
                                    gint64 assignment,
                                    gboolean served,
                                    gint64 minutes,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
GPtrArray *shequ_volunteers_sum_hours (ShequOffice *office,
                                       const char *from,
                                       const char *to,
                                       GCancellable *cancellable,
                                       GError **error);
void shequ_volunteers_sum_hours_async (ShequOffice *office,
                                       const char *from,
                                       const char *to,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
GPtrArray *shequ_volunteers_list_finish (ShequOffice *office, GAsyncResult *result, GError **error);
gboolean shequ_volunteers_done_finish (ShequOffice *office, GAsyncResult *result, GError **error);

void shequ_roster_shift_free (ShequRosterShift *shift);
void shequ_candidate_free (ShequCandidate *candidate);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequRosterShift, shequ_roster_shift_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequCandidate, shequ_candidate_free)

G_END_DECLS
