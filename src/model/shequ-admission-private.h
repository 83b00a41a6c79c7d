#pragma once

#include "shequ-admission.h"

G_BEGIN_DECLS

/* The states that an application went through, oldest first. Owns the names that the steps point to. */
typedef struct
{
  GArray *steps;    /* of ShequWorkflowStep */
  GPtrArray *names; /* of char */
} ShequAdmissionHistory;

ShequAdmissionHistory *shequ_admission_history_load (ShequOffice *office,
                                                     const ShequRow *application,
                                                     GCancellable *cancellable,
                                                     GError **error);
ShequAdmissionHistory *shequ_admission_history_new (void);
void shequ_admission_history_add (ShequAdmissionHistory *history, const char *state, const ShequDate *date);
gboolean shequ_admission_history_has (const ShequAdmissionHistory *history, const char *state);
void shequ_admission_history_free (ShequAdmissionHistory *history);

/* The earliest day by which something has to be done; FALSE when no limit runs. */
gboolean shequ_admission_history_get_due (ShequOffice *office,
                                          const ShequAdmissionHistory *history,
                                          ShequDate *due,
                                          ShequCalendarStatus *status);

/* The needs of the workflow that the application does not meet. */
char **shequ_admission_list_unmet (const ShequRow *application,
                                   const ShequAdmissionHistory *history,
                                   const GPtrArray *findings,
                                   const char *const *confirmed);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequAdmissionHistory, shequ_admission_history_free)

G_END_DECLS
