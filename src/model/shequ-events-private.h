#pragma once

#include "shequ-events.h"

G_BEGIN_DECLS

/* Codes of resident.relation and resident.residence_status. */
#define SHEQU_RELATION_SELF "01"
#define SHEQU_RELATION_HEAD "02"
/* The first digit of the codes of husbands and wives. */
#define SHEQU_RELATION_SPOUSE '1'
#define SHEQU_STATUS_HERE "1"
#define SHEQU_STATUS_ELSEWHERE "2"
#define SHEQU_STATUS_INCOMING "3"
#define SHEQU_STATUS_GONE "9"
#define SHEQU_STATUS_DEAD "10"

/* An event being recorded. */
typedef struct
{
  ShequOffice *office;
  const ShequEvent *event;
  ShequTransaction *transaction;
  const ShequRegister *residents;
  const ShequRegister *households;
  char *day;
  GPtrArray *people;        /* of ShequRow: whom it concerns, as they are stored */
  GPtrArray *issues;        /* of ShequIssue */
  gboolean head_stays_head; /* of a new household: who was head is */
  gint64 household;         /* into which they come, or 0 */
  gint64 household_unit;
  gint64 batch; /* the first event written, or 0 */
} ShequEventRecord;

/* shequ-events-state.c */
gboolean shequ_events_refuse (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);
const char *shequ_events_get_name (const ShequRow *person);
gboolean shequ_events_has_status (const ShequRow *person, const char *status);
void shequ_events_warn (const ShequEventRecord *record, const char *format, const char *name);
GArray *shequ_events_list_where (ShequTransaction *transaction,
                                 const ShequRegister *reg,
                                 const char *field,
                                 gint64 key,
                                 GError **error);
char *shequ_events_describe_state (const ShequRow *person);
void shequ_events_set_state (ShequRow *person, const char *state);
void shequ_events_tell_changed (ShequOffice *office);

/* shequ-events-check.c */
gboolean shequ_events_check (const ShequEventRecord *record, GError **error);

G_END_DECLS
