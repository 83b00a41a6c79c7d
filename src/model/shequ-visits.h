#pragma once

#include "shequ-office.h"

G_BEGIN_DECLS

/**
 * ShequVisitDue:
 * @household: the household that is to be seen, or 0
 * @resident: the resident of whom it is asked, or 0 when it is the whole household
 * @who: their names, or the household's
 * @where: the household's address; empty when there is none
 * @reason: why: the reasons of plans, the names of key groups
 * @staff: who is to go, empty when nobody is named
 * @every_days: how often
 * @last_on: (nullable): when somebody of the household was seen last
 * @due_on: the day on which a visit is due
 * @days_left: days until then, negative for a missed one
 *
 * A household that is to be visited.
 */
typedef struct
{
  gint64 household;
  gint64 resident;
  char *who;
  char *where;
  char *reason;
  char *staff;
  gint64 every_days;
  char *last_on;
  char *due_on;
  int days_left;
} ShequVisitDue;

/**
 * ShequVisit:
 * @household: whom; may be 0 when @resident is given
 * @resident: whom; may be 0 when @household is given
 * @way: how, a code of the register
 * @about: a code of the register
 * @result: a code of the register
 * @note: (nullable): what was seen
 * @follow_up_on: (nullable): as typed: when to look again
 *
 * A visit of today, by who is signed in.
 */
typedef struct
{
  gint64 household;
  gint64 resident;
  const char *way;
  const char *about;
  const char *result;
  const char *note;
  const char *follow_up_on;
} ShequVisit;

GPtrArray *shequ_visits_list_due (ShequOffice *office,
                                  guint ahead,
                                  GCancellable *cancellable,
                                  GError **error);
void shequ_visits_list_due_async (ShequOffice *office,
                                  guint ahead,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
GPtrArray *shequ_visits_list_due_finish (ShequOffice *office, GAsyncResult *result, GError **error);
gint64 shequ_visits_log (ShequOffice *office,
                         const ShequVisit *visit,
                         GCancellable *cancellable,
                         GError **error);
void shequ_visits_log_async (ShequOffice *office,
                             const ShequVisit *visit,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
gint64 shequ_visits_log_finish (ShequOffice *office, GAsyncResult *result, GError **error);
void shequ_visit_due_free (ShequVisitDue *due);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequVisitDue, shequ_visit_due_free)

G_END_DECLS
