#pragma once

#include "shequ-admission.h"

G_BEGIN_DECLS

/* The states that an application went through, oldest first, and when its clocks stood still. Owns the names
 * that the steps point to. */
typedef struct
{
  GArray *steps;    /* of ShequWorkflowStep */
  GPtrArray *names; /* of char */
  GArray *pauses;   /* of ShequWorkflowPause, oldest first */
} ShequAdmissionHistory;

/* What is known of an application when a step is to be taken. */
typedef struct
{
  ShequRow *application;
  ShequAdmissionHistory *history;
  GPtrArray *findings;
} ShequAdmissionFacts;

ShequAdmissionHistory *shequ_admission_history_load (ShequOffice *office,
                                                     const ShequRow *application,
                                                     GCancellable *cancellable,
                                                     GError **error);
ShequAdmissionHistory *shequ_admission_history_new (void);
void shequ_admission_history_add (ShequAdmissionHistory *history, const char *state, const ShequDate *date);
gboolean shequ_admission_history_has (const ShequAdmissionHistory *history, const char *state);
gboolean shequ_admission_history_is_paused (const ShequAdmissionHistory *history);
void shequ_admission_history_free (ShequAdmissionHistory *history);

/* The records of a register that are lines of an application, in the order in which they were stored. */
GPtrArray *shequ_admission_load_lines (ShequOffice *office,
                                       const char *reg,
                                       gint64 application,
                                       GCancellable *cancellable,
                                       GError **error);

/* The limits that run, the earliest first. */
GPtrArray *shequ_admission_list_clocks (ShequOffice *office, const ShequAdmissionHistory *history);

/* Sets whose turn it is and until when; says so when the calendar is not sure. */
void shequ_admission_set_turn (ShequOffice *office,
                               ShequRow *application,
                               const ShequAdmissionHistory *history,
                               GPtrArray *issues);

/* The needs of the workflow that the application does not meet. */
char **shequ_admission_list_unmet (ShequOffice *office,
                                   const ShequAdmissionFacts *facts,
                                   const char *const *confirmed,
                                   GCancellable *cancellable,
                                   GError **error);

gboolean shequ_admission_change_item (ShequOffice *office,
                                      ShequTransaction *transaction,
                                      ShequRow *application,
                                      const char *to,
                                      GError **error);

/* The delegates of a hearing, in the order in which they were stored. */
GPtrArray *shequ_admission_load_delegates (ShequOffice *office,
                                           gint64 hearing,
                                           GCancellable *cancellable,
                                           GError **error);

/* What comes of entering a state, after the application has been changed and before it is stored. */
gboolean shequ_admission_follow (ShequOffice *office,
                                 ShequTransaction *transaction,
                                 ShequRow *application,
                                 const char *from,
                                 const char *to,
                                 GCancellable *cancellable,
                                 GError **error);

/* What stands in the blanks of papers, by their names. */
GHashTable *shequ_admission_collect_values (ShequOffice *office,
                                            const ShequAdmissionFacts *facts,
                                            const char *reason,
                                            GCancellable *cancellable,
                                            GError **error);
gint64 shequ_admission_write_paper_in (ShequOffice *office,
                                       ShequTransaction *transaction,
                                       const ShequAdmissionFacts *facts,
                                       const char *kind,
                                       const char *reason,
                                       GCancellable *cancellable,
                                       GError **error);

void shequ_admission_clock_free (gpointer clock);
void shequ_admission_facts_clear (ShequAdmissionFacts *facts);
gboolean shequ_admission_facts_load (ShequOffice *office,
                                     gint64 application,
                                     ShequAdmissionFacts *facts,
                                     GCancellable *cancellable,
                                     GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShequAdmissionHistory, shequ_admission_history_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ShequAdmissionFacts, shequ_admission_facts_clear)

G_END_DECLS
