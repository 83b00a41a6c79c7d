/*
 * Births, deaths, arrivals, departures, moves, households split and joined: one transaction that changes the
 * records with the day of the event and writes the event.
 */
#include "shequ-events-private.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const struct
{
  const char *code;
  const char *label;
} kinds[] = {
  [SHEQU_EVENT_BIRTH] = { "birth", N_ ("Birth") },
  [SHEQU_EVENT_DEATH] = { "death", N_ ("Death") },
  [SHEQU_EVENT_ARRIVAL] = { "arrival", N_ ("Arrival") },
  [SHEQU_EVENT_DEPARTURE] = { "departure", N_ ("Departure") },
  [SHEQU_EVENT_MOVE] = { "move", N_ ("Move") },
  [SHEQU_EVENT_SPLIT] = { "split", N_ ("Split of a household") },
  [SHEQU_EVENT_UNION] = { "union", N_ ("Union of households") },
};

/**
 * shequ_event_kind_get_code:
 * @kind: a kind
 *
 * Returns: its code in the register of events
 */
const char *
shequ_event_kind_get_code (ShequEventKind kind)
{
  return kinds[kind].code;
}

/**
 * shequ_event_kind_get_label:
 * @kind: a kind
 *
 * Returns: what a person calls it
 */
const char *
shequ_event_kind_get_label (ShequEventKind kind)
{
  return _ (kinds[kind].label);
}

static gboolean
is_head (const ShequRow *person)
{
  const char *relation = shequ_row_get_text (person, "relation");

  return g_strcmp0 (relation, SHEQU_RELATION_SELF) == 0 || g_strcmp0 (relation, SHEQU_RELATION_HEAD) == 0;
}

static gboolean
holds_person (const ShequEventRecord *record, gint64 key)
{
  for (guint i = 0; i < record->people->len; i++)
    if (((const ShequRow *) record->people->pdata[i])->key == key)
      return TRUE;
  return FALSE;
}

static gboolean
add_person (ShequEventRecord *record, gint64 key, GError **error)
{
  ShequRow *person;

  if (holds_person (record, key))
    return TRUE;
  person = shequ_transaction_get (record->transaction, record->residents, key, error);
  if (person != NULL)
    g_ptr_array_add (record->people, person);
  return person != NULL;
}

/* Of a union all members of the households that go. */
static gboolean
add_households (ShequEventRecord *record, GError **error)
{
  guint n = record->people->len;

  for (guint i = 0; i < n; i++)
    {
      const ShequRow *person = record->people->pdata[i];
      gint64 household = shequ_row_get_integer (person, "household");
      g_autoptr (GArray) members = NULL;

      if (household == 0)
        return shequ_events_refuse (error, _ ("%s belongs to no household; nothing was recorded"),
                                    shequ_events_get_name (person));
      if (household == record->event->household)
        return shequ_events_refuse (
          error, _ ("%s is in that household already; nothing was recorded. Choose another"),
          shequ_events_get_name (person));
      members =
        shequ_events_list_where (record->transaction, record->residents, "household", household, error);
      if (members == NULL)
        return FALSE;
      for (guint k = 0; k < members->len; k++)
        if (!add_person (record, g_array_index (members, gint64, k), error))
          return FALSE;
    }
  return TRUE;
}

static gboolean
collect_people (ShequEventRecord *record, GError **error)
{
  const ShequEvent *event = record->event;

  for (guint i = 0; i < event->n_residents; i++)
    {
      if (holds_person (record, event->residents[i]))
        return shequ_events_refuse (error, _ ("The same person is named twice; nothing was recorded"));
      if (!add_person (record, event->residents[i], error))
        return FALSE;
    }
  if (record->people->len == 0 && event->person == NULL)
    return shequ_events_refuse (error, _ ("Say whom it concerns; nothing was recorded"));
  if (event->kind == SHEQU_EVENT_BIRTH && (record->people->len != 1 || event->person == NULL))
    return shequ_events_refuse (error, _ ("A birth has one mother and a child; nothing was recorded"));
  return event->kind != SHEQU_EVENT_UNION || add_households (record, error);
}

/* The household into which they come: one that is there, or a new one from that day on. */
static gboolean
find_household (ShequEventRecord *record, GError **error)
{
  const ShequEvent *event = record->event;
  const ShequRow *first = record->people->len > 0 ? record->people->pdata[0] : NULL;
  g_autoptr (ShequRow) row = NULL;

  if (event->kind == SHEQU_EVENT_DEATH || event->kind == SHEQU_EVENT_DEPARTURE)
    return TRUE;
  if (event->kind == SHEQU_EVENT_BIRTH && event->household == 0)
    record->household = shequ_row_get_integer (first, "household");
  else
    record->household = event->household;
  if (record->household != 0)
    {
      row = shequ_transaction_get (record->transaction, record->households, record->household, error);
      if (row == NULL)
        return FALSE;
      record->household_unit = shequ_row_get_integer (row, "unit");
      return TRUE;
    }
  if (event->address == NULL || *event->address == '\0')
    return shequ_events_refuse (error, _ ("%s belongs to no household; nothing was recorded"),
                                shequ_events_get_name (first));
  row = shequ_office_new_row (record->office, record->households);
  shequ_row_set_text (row, "address", event->address);
  if (first != NULL && shequ_row_get_integer (row, "unit") == 0)
    shequ_row_set_integer (row, "unit", shequ_row_get_integer (first, "unit"));
  shequ_row_set_effective (row, record->day);
  if (!shequ_office_save_in (record->office, record->transaction, row, record->issues, error))
    return FALSE;
  record->household = row->key;
  record->household_unit = shequ_row_get_integer (row, "unit");
  return TRUE;
}

static gboolean
write_event (ShequEventRecord *record,
             const ShequRow *person,
             gint64 from_household,
             const char *before,
             ShequEventKind kind,
             GError **error)
{
  const ShequRegister *events = shequ_office_get_register (record->office, "resident_event");
  g_autoptr (ShequRow) row = shequ_office_new_row (record->office, events);
  g_autofree char *after = shequ_events_describe_state (person);

  shequ_row_set_integer (row, "unit", shequ_row_get_integer (person, "unit"));
  shequ_row_set_integer (row, "resident", person->key);
  shequ_row_set_text (row, "kind", kinds[kind].code);
  shequ_row_set_text (row, "happened_on", record->day);
  if (from_household != 0)
    shequ_row_set_integer (row, "from_household", from_household);
  if (shequ_row_get_integer (person, "household") != 0)
    shequ_row_set_integer (row, "to_household", shequ_row_get_integer (person, "household"));
  shequ_row_set_text (row, "place", record->event->place);
  shequ_row_set_text (row, "reason", record->event->reason);
  shequ_row_set_text (row, "note", record->event->note);
  shequ_row_set_text (row, "before", before);
  shequ_row_set_text (row, "after", after);
  if (record->batch != 0)
    shequ_row_set_integer (row, "batch", record->batch);
  if (!shequ_office_save_in (record->office, record->transaction, row, NULL, error))
    return FALSE;
  if (record->batch == 0)
    record->batch = row->key;
  return TRUE;
}

static void
set_residence (ShequRow *person, const char *status, gboolean hukou_here, gboolean lives_here)
{
  shequ_row_set_text (person, "residence_status", status);
  shequ_row_set_integer (person, "hukou_here", hukou_here);
  shequ_row_set_integer (person, "lives_here", lives_here);
}

static void
leave_household (ShequRow *person)
{
  shequ_row_set_null (person, "household");
  shequ_row_set_null (person, "relation");
}

/* Who comes into a household: as its head, as told, or as before where the head came along. */
static void
join_household (const ShequEventRecord *record, ShequRow *person, gint64 head)
{
  const char *relation = record->event->relation;
  gboolean is_new = record->event->household == 0 && record->event->kind != SHEQU_EVENT_BIRTH;

  shequ_row_set_integer (person, "household", record->household);
  if (record->household_unit != 0)
    shequ_row_set_integer (person, "unit", record->household_unit);
  if (is_new && person->key == head)
    shequ_row_set_text (person, "relation", SHEQU_RELATION_HEAD);
  else if (relation != NULL && *relation != '\0')
    shequ_row_set_text (person, "relation", relation);
  else if (!is_new || !record->head_stays_head)
    {
      shequ_row_set_null (person, "relation");
      shequ_events_warn (record, _ ("Enter the relation of %s to the head of the household"),
                         shequ_events_get_name (person));
    }
}

/* Who is head of a new household: as told, else who was head, else the first. */
static gint64
choose_head (const ShequEventRecord *record)
{
  if (record->event->head != 0)
    return record->event->head;
  for (guint i = 0; i < record->people->len; i++)
    if (is_head (record->people->pdata[i]))
      return ((const ShequRow *) record->people->pdata[i])->key;
  return record->people->len > 0 ? ((const ShequRow *) record->people->pdata[0])->key : 0;
}

static void
apply_to (const ShequEventRecord *record, ShequRow *person, gint64 head)
{
  const ShequEvent *event = record->event;

  switch (event->kind)
    {
    case SHEQU_EVENT_DEATH:
      set_residence (person, SHEQU_STATUS_DEAD, FALSE, FALSE);
      leave_household (person);
      break;
    case SHEQU_EVENT_DEPARTURE:
      if (event->hukou)
        {
          set_residence (person, SHEQU_STATUS_GONE, FALSE, FALSE);
          leave_household (person);
        }
      else if (shequ_row_get_integer (person, "hukou_here") != 0)
        set_residence (person, SHEQU_STATUS_ELSEWHERE, TRUE, FALSE);
      else
        {
          set_residence (person, SHEQU_STATUS_GONE, FALSE, FALSE);
          leave_household (person);
        }
      break;
    case SHEQU_EVENT_ARRIVAL:
      set_residence (person, event->hukou ? SHEQU_STATUS_HERE : SHEQU_STATUS_INCOMING, event->hukou, TRUE);
      join_household (record, person, head);
      break;
    case SHEQU_EVENT_BIRTH:
    case SHEQU_EVENT_MOVE:
    case SHEQU_EVENT_SPLIT:
    case SHEQU_EVENT_UNION:
    default:
      join_household (record, person, head);
    }
}

static gboolean
save_person (const ShequEventRecord *record, ShequRow *person, GError **error)
{
  shequ_row_set_effective (person, record->day);
  return shequ_office_save_in (record->office, record->transaction, person, record->issues, error);
}

static gboolean
change_person (ShequEventRecord *record, ShequRow *person, gint64 head, GError **error)
{
  gint64 from = shequ_row_get_integer (person, "household");
  g_autofree char *before = shequ_events_describe_state (person);

  apply_to (record, person, head);
  return save_person (record, person, error) &&
         write_event (record, person, from, before, record->event->kind, error);
}

/* The child of a mother, or somebody who was not registered. */
static gboolean
add_new_person (ShequEventRecord *record, GError **error)
{
  const ShequEvent *event = record->event;
  const ShequRow *mother = event->kind == SHEQU_EVENT_BIRTH ? record->people->pdata[0] : NULL;
  g_autoptr (ShequRow) person = shequ_row_copy (event->person);
  gboolean hukou = mother != NULL ? shequ_row_get_integer (mother, "hukou_here") != 0 : event->hukou;

  shequ_row_set_integer (person, "unit", record->household_unit);
  if (mother != NULL)
    shequ_row_set_text (person, "birth_date", record->day);
  set_residence (person, hukou ? SHEQU_STATUS_HERE : SHEQU_STATUS_INCOMING, hukou, TRUE);
  join_household (record, person, choose_head (record));
  return save_person (record, person, error) && write_event (record, person, 0, NULL, event->kind, error);
}

/* The spouse of the head that left, else the oldest. */
static ShequRow *
find_new_head (const ShequEventRecord *record, const GArray *members, GError **error)
{
  g_autoptr (ShequRow) found = NULL;

  for (guint i = 0; i < members->len; i++)
    {
      g_autoptr (ShequRow) row = shequ_transaction_get (record->transaction, record->residents,
                                                        g_array_index (members, gint64, i), error);
      const char *relation = row != NULL ? shequ_row_get_text (row, "relation") : NULL;
      const char *born = row != NULL ? shequ_row_get_text (row, "birth_date") : NULL;
      const char *oldest = found != NULL ? shequ_row_get_text (found, "birth_date") : NULL;

      if (row == NULL)
        return NULL;
      if (relation != NULL && *relation == SHEQU_RELATION_SPOUSE)
        return g_steal_pointer (&row);
      if (found == NULL || (born != NULL && (oldest == NULL || strcmp (born, oldest) < 0)))
        {
          g_clear_pointer (&found, shequ_row_free);
          found = g_steal_pointer (&row);
        }
    }
  return g_steal_pointer (&found);
}

static ShequRow *
get_new_head (const ShequEventRecord *record, const GArray *members, gint64 household, GError **error)
{
  g_autoptr (ShequRow) head = NULL;

  if (record->event->new_head == 0 && !record->event->choose_heads)
    {
      shequ_events_refuse (
        error, _ ("The head leaves the household and %u stay; nothing was recorded. Choose their head"),
        members->len);
      return NULL;
    }
  if (record->event->new_head == 0)
    {
      head = find_new_head (record, members, error);
      if (head != NULL)
        shequ_events_warn (record, _ ("%s is head of those who stay; correct it where it is somebody else"),
                           shequ_events_get_name (head));
      return g_steal_pointer (&head);
    }
  head = shequ_transaction_get (record->transaction, record->residents, record->event->new_head, error);
  if (head == NULL || shequ_row_get_integer (head, "household") == household)
    return g_steal_pointer (&head);
  shequ_events_refuse (error,
                       _ ("%s does not stay in the household; nothing was recorded. Choose another head"),
                       shequ_events_get_name (head));
  return NULL;
}

/* Those who are left without a head need one; a household without members is no more. */
static gboolean
settle_left_household (ShequEventRecord *record, gint64 household, gboolean lost_head, GError **error)
{
  g_autoptr (GArray) members =
    shequ_events_list_where (record->transaction, record->residents, "household", household, error);
  g_autoptr (ShequRow) row = NULL;
  g_autoptr (ShequRow) head = NULL;
  g_autofree char *before = NULL;

  if (members == NULL)
    return FALSE;
  if (members->len == 0)
    {
      row = shequ_transaction_get (record->transaction, record->households, household, error);
      /* What is still linked to it, as posts or visits, keeps it. */
      if (row != NULL)
        shequ_transaction_delete_from (record->transaction, record->households, household, row->version,
                                       record->day, NULL);
      return row != NULL;
    }
  if (!lost_head)
    return TRUE;
  head = get_new_head (record, members, household, error);
  if (head == NULL)
    return FALSE;
  before = shequ_events_describe_state (head);
  shequ_row_set_text (head, "relation", SHEQU_RELATION_HEAD);
  if (members->len > 2)
    shequ_events_warn (record, _ ("Compare the relations of the others to the new head %s"),
                       shequ_events_get_name (head));
  return save_person (record, head, error) &&
         write_event (record, head, household, before, record->event->kind, error);
}

static gboolean
settle_left_households (ShequEventRecord *record, GHashTable *left, GError **error)
{
  GHashTableIter iter;
  gpointer household, lost_head;

  g_hash_table_iter_init (&iter, left);
  while (g_hash_table_iter_next (&iter, &household, &lost_head))
    if (!settle_left_household (record, (gint64) GPOINTER_TO_SIZE (household), lost_head != NULL, error))
      return FALSE;
  return TRUE;
}

static gboolean
perform (ShequEventRecord *record, GError **error)
{
  g_autoptr (GHashTable) left = g_hash_table_new (NULL, NULL);
  gint64 head;

  if (!collect_people (record, error) || !shequ_events_check (record, error) ||
      !find_household (record, error))
    return FALSE;
  if (record->event->kind == SHEQU_EVENT_BIRTH)
    return add_new_person (record, error);
  head = choose_head (record);
  for (guint i = 0; i < record->people->len; i++)
    record->head_stays_head |=
      ((const ShequRow *) record->people->pdata[i])->key == head && is_head (record->people->pdata[i]);
  for (guint i = 0; i < record->people->len; i++)
    {
      ShequRow *person = record->people->pdata[i];
      gint64 from = shequ_row_get_integer (person, "household");
      gpointer place = GSIZE_TO_POINTER ((gsize) from);
      gboolean was_head = is_head (person);

      if (!change_person (record, person, head, error))
        return FALSE;
      if (from != 0 && shequ_row_get_integer (person, "household") != from &&
          (was_head || !g_hash_table_contains (left, place)))
        g_hash_table_insert (left, place, was_head ? left : NULL);
    }
  if (record->event->person != NULL && !add_new_person (record, error))
    return FALSE;
  return settle_left_households (record, left, error);
}

/**
 * shequ_events_record:
 * @office: the office
 * @event: what happened
 * @issues: (nullable) (element-type ShequIssue): gets what to look at
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Changes the records with the day of the event and writes the event of each person, in one transaction. Who
 * dies or leaves for good leaves the household; when that was the head, those who stay need another
 * (`new_head`). A household that nobody is left in is deleted.
 *
 * Returns: the first event, by which all can be taken back; 0 with %SHEQU_ERROR_INVALID_VALUE and what is
 * wrong, or the errors of the store
 */
gint64
shequ_events_record (ShequOffice *office,
                     const ShequEvent *event,
                     GPtrArray *issues,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func ((GDestroyNotify) shequ_row_free);
  g_autoptr (GPtrArray) found = issues != NULL ? g_ptr_array_ref (issues) : shequ_issues_new ();
  g_autofree char *day = event->day != NULL ? g_strdup (event->day) : shequ_office_get_today (office);
  g_autoptr (ShequTransaction) transaction =
    shequ_office_begin (office, _ (kinds[event->kind].label), cancellable, error);
  ShequEventRecord record = { office,
                              event,
                              transaction,
                              shequ_office_get_register (office, "resident"),
                              shequ_office_get_register (office, "household"),
                              day,
                              people,
                              found,
                              FALSE,
                              0,
                              0,
                              0 };

  if (transaction == NULL || !perform (&record, error) || !shequ_transaction_commit (transaction, error))
    return 0;
  shequ_events_tell_changed (office);
  return record.batch;
}
