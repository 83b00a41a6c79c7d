#pragma once

#include "shequ-office.h"

G_BEGIN_DECLS

/* In the order of the codes of resident_event.kind. */
typedef enum
{
  SHEQU_EVENT_BIRTH,
  SHEQU_EVENT_DEATH,
  SHEQU_EVENT_ARRIVAL,
  SHEQU_EVENT_DEPARTURE,
  SHEQU_EVENT_MOVE,
  SHEQU_EVENT_SPLIT,
  SHEQU_EVENT_UNION,
} ShequEventKind;

/**
 * ShequEvent:
 * @kind: what happened
 * @day: (nullable): when, as `2024-12-31`; %NULL for today
 * @residents: (array length=n_residents): whom it concerns; of a birth the mother, of an arrival nobody when
 *   @person is new, of a union one member of each household that goes into the other
 * @n_residents: how many
 * @person: (nullable): of a birth the child, of an arrival somebody who was not registered: a new row
 * @household: the household they come into, or 0
 * @address: (nullable): the address of a new household in place of @household
 * @relation: (nullable): of one who comes into a household, the code of the relation to its head
 * @head: of a new household its head; 0 for the one who was head, else the first
 * @new_head: who is head of those left behind when their head leaves, or 0
 * @choose_heads: when 0: whether the spouse of the head, else the oldest becomes head, for several households
 *   at once; each is told as something to look at
 * @hukou: whether the household registration comes along with an arrival, or goes with a departure
 * @place: (nullable): where from or where to
 * @reason: (nullable): why
 * @note: (nullable): anything else
 *
 * Something that happened to residents, as a person tells it.
 */
typedef struct
{
  ShequEventKind kind;
  const char *day;
  const gint64 *residents;
  guint n_residents;
  const ShequRow *person;
  gint64 household;
  const char *address;
  const char *relation;
  gint64 head;
  gint64 new_head;
  gboolean choose_heads;
  gboolean hukou;
  const char *place;
  const char *reason;
  const char *note;
} ShequEvent;

const char *shequ_event_kind_get_code (ShequEventKind kind);
const char *shequ_event_kind_get_label (ShequEventKind kind);

gint64 shequ_events_record (ShequOffice *office,
                            const ShequEvent *event,
                            GPtrArray *issues,
                            GCancellable *cancellable,
                            GError **error);
void shequ_events_record_async (ShequOffice *office,
                                const ShequEvent *event,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gint64 shequ_events_record_finish (ShequOffice *office,
                                   GAsyncResult *result,
                                   GPtrArray **issues,
                                   GError **error);

gboolean shequ_events_take_back (ShequOffice *office,
                                 gint64 event,
                                 GCancellable *cancellable,
                                 GError **error);
void shequ_events_take_back_async (ShequOffice *office,
                                   gint64 event,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean shequ_events_take_back_finish (ShequOffice *office, GAsyncResult *result, GError **error);

gboolean shequ_events_take_back_last (ShequOffice *office,
                                      gint64 resident,
                                      GCancellable *cancellable,
                                      GError **error);
void shequ_events_take_back_last_async (ShequOffice *office,
                                        gint64 resident,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
gboolean shequ_events_take_back_last_finish (ShequOffice *office, GAsyncResult *result, GError **error);

G_END_DECLS
