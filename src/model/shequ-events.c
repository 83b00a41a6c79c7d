/*
 * Births, deaths, arrivals, departures, moves, households split and joined: one transaction that changes the
 * records with the day of the event and writes the event.
 */
#include "shequ-events.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-date.h"
#include "shequ-error.h"

#define RELATION_SELF "01"
#define RELATION_HEAD "02"
#define STATUS_HERE "1"
#define STATUS_ELSEWHERE "2"
#define STATUS_INCOMING "3"
#define STATUS_GONE "9"
#define STATUS_DEAD "10"
#define OLDEST_AGE 120

/* What an event changes of a resident, and can put back. */
static const char *const changed_fields[] = { "household",  "relation",   "residence_status",
                                              "hukou_here", "lives_here", "unit" };

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
} Record;

static gboolean refuse (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gboolean
refuse (GError **error, const char *format, ...)
{
  va_list arguments;
  g_autofree char *message = NULL;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE, message);
  return FALSE;
}

static void
warn (const Record *record, const char *format, const char *name)
{
  g_auto (GStrv) parts = g_strsplit (format, "%s", 2);
  g_autofree char *message = g_strjoinv (name, parts);

  g_ptr_array_add (record->issues, shequ_issue_new (SHEQU_ISSUE_WARNING, NULL, "%s", message));
}

static const char *
get_name (const ShequRow *person)
{
  const char *name = shequ_row_get_text (person, "name");

  return name != NULL ? name : "?";
}

static gboolean
is_head (const ShequRow *person)
{
  const char *relation = shequ_row_get_text (person, "relation");

  return g_strcmp0 (relation, RELATION_SELF) == 0 || g_strcmp0 (relation, RELATION_HEAD) == 0;
}

static gboolean
has_status (const ShequRow *person, const char *status)
{
  return g_strcmp0 (shequ_row_get_text (person, "residence_status"), status) == 0;
}

static GArray *
list_where (ShequTransaction *transaction,
            const ShequRegister *reg,
            const char *field,
            gint64 key,
            GError **error)
{
  g_autoptr (ShequQuery) query = shequ_query_new (reg, NULL);
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, key);

  shequ_query_take_where (query, shequ_condition_new_compare (SHEQU_CONDITION_EQUAL, field, text));
  return shequ_transaction_list_keys (transaction, query, error);
}

static gboolean
holds_person (const Record *record, gint64 key)
{
  for (guint i = 0; i < record->people->len; i++)
    if (((const ShequRow *) record->people->pdata[i])->key == key)
      return TRUE;
  return FALSE;
}

static gboolean
add_person (Record *record, gint64 key, GError **error)
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
add_households (Record *record, GError **error)
{
  guint n = record->people->len;

  for (guint i = 0; i < n; i++)
    {
      const ShequRow *person = record->people->pdata[i];
      gint64 household = shequ_row_get_integer (person, "household");
      g_autoptr (GArray) members = NULL;

      if (household == 0)
        return refuse (error, _ ("%s belongs to no household; nothing was recorded"), get_name (person));
      if (household == record->event->household)
        return refuse (error, _ ("%s is in that household already; nothing was recorded. Choose another"),
                       get_name (person));
      members = list_where (record->transaction, record->residents, "household", household, error);
      if (members == NULL)
        return FALSE;
      for (guint k = 0; k < members->len; k++)
        if (!add_person (record, g_array_index (members, gint64, k), error))
          return FALSE;
    }
  return TRUE;
}

static gboolean
collect_people (Record *record, GError **error)
{
  const ShequEvent *event = record->event;

  for (guint i = 0; i < event->n_residents; i++)
    {
      if (holds_person (record, event->residents[i]))
        return refuse (error, _ ("The same person is named twice; nothing was recorded"));
      if (!add_person (record, event->residents[i], error))
        return FALSE;
    }
  if (record->people->len == 0 && event->person == NULL)
    return refuse (error, _ ("Say whom it concerns; nothing was recorded"));
  return event->kind != SHEQU_EVENT_UNION || add_households (record, error);
}

/* A resident has one life: nothing before birth, nothing after death, nothing before what is recorded. */
static gboolean
check_later_events (const Record *record, const ShequRow *person, GError **error)
{
  const ShequRegister *events = shequ_office_get_register (record->office, "resident_event");
  g_autoptr (GArray) keys = list_where (record->transaction, events, "resident", person->key, error);

  for (guint i = 0; keys != NULL && i < keys->len; i++)
    {
      g_autoptr (ShequRow) event =
        shequ_transaction_get (record->transaction, events, g_array_index (keys, gint64, i), error);
      const char *day = event != NULL ? shequ_row_get_text (event, "happened_on") : NULL;
      g_autofree char *kind = NULL;

      if (event == NULL)
        return FALSE;
      if (g_strcmp0 (day, record->day) <= 0)
        continue;
      kind = shequ_row_format (event, shequ_register_lookup (events, "kind"), SHEQU_FORMAT_PLAIN);
      return refuse (
        error,
        _ ("For %s there is already “%s” on %s; nothing was recorded. Choose a later day, or take "
           "that back first"),
        get_name (person), kind, day);
    }
  return keys != NULL;
}

static gboolean
check_person (const Record *record, const ShequRow *person, GError **error)
{
  ShequEventKind kind = record->event->kind;
  const char *birth = shequ_row_get_text (person, "birth_date");
  ShequDate born, now;

  if (has_status (person, STATUS_DEAD))
    return refuse (error, _ ("%s is registered as dead; nothing was recorded"), get_name (person));
  if (has_status (person, STATUS_GONE) && kind != SHEQU_EVENT_ARRIVAL && kind != SHEQU_EVENT_DEATH)
    return refuse (error, _ ("%s has left; nothing was recorded. Record the arrival first"),
                   get_name (person));
  if (birth != NULL && strcmp (record->day, birth) < 0)
    return refuse (error, _ ("The day lies before the birth of %s (%s); nothing was recorded"),
                   get_name (person), birth);
  if (kind == SHEQU_EVENT_ARRIVAL && shequ_row_get_integer (person, "household") != 0)
    return refuse (error,
                   _ ("%s belongs to a household here already; nothing was recorded. Record a move instead"),
                   get_name (person));
  if (birth != NULL && shequ_date_from_iso (birth, &born) && shequ_date_from_iso (record->day, &now) &&
      shequ_date_years_between (&born, &now) > OLDEST_AGE)
    warn (record, _ ("%s would be older than 120 years; compare the date of birth"), get_name (person));
  return check_later_events (record, person, error);
}

/* All of one household, and not the whole of it. */
static gboolean
check_split (const Record *record, GError **error)
{
  const ShequRow *first = record->people->len > 0 ? record->people->pdata[0] : NULL;
  gint64 household = first != NULL ? shequ_row_get_integer (first, "household") : 0;
  g_autoptr (GArray) members = NULL;

  if (household == 0)
    return refuse (error, _ ("Only members of a household can form one of their own; nothing was recorded"));
  for (guint i = 1; i < record->people->len; i++)
    if (shequ_row_get_integer (record->people->pdata[i], "household") != household)
      return refuse (error,
                     _ ("%s is of another household; nothing was recorded. A household splits by itself"),
                     get_name (record->people->pdata[i]));
  members = list_where (record->transaction, record->residents, "household", household, error);
  if (members == NULL)
    return FALSE;
  if (members->len <= record->people->len)
    return refuse (error, _ ("Nobody would be left in the household; nothing was recorded. Record a move"));
  return TRUE;
}

static gboolean
check (const Record *record, GError **error)
{
  const ShequEvent *event = record->event;
  g_autofree char *today = shequ_office_get_today (record->office);
  gboolean needs_household = event->kind != SHEQU_EVENT_DEATH && event->kind != SHEQU_EVENT_DEPARTURE &&
                             event->kind != SHEQU_EVENT_BIRTH;
  gboolean has_address = event->address != NULL && *event->address != '\0';

  if (strcmp (record->day, today) > 0)
    return refuse (error, _ ("The day lies in the future; nothing was recorded"));
  if (needs_household && event->household == 0 && !has_address)
    return refuse (error, _ ("Say into which household, or the address of a new one; nothing was recorded"));
  for (guint i = 0; i < record->people->len; i++)
    {
      const ShequRow *person = record->people->pdata[i];

      if (!check_person (record, person, error))
        return FALSE;
      if (event->kind == SHEQU_EVENT_MOVE && event->household != 0 &&
          shequ_row_get_integer (person, "household") == event->household)
        return refuse (error, _ ("%s is in that household already; nothing was recorded. Choose another"),
                       get_name (person));
    }
  return event->kind != SHEQU_EVENT_SPLIT || check_split (record, error);
}

/* The household into which they come: one that is there, or a new one from that day on. */
static gboolean
find_household (Record *record, GError **error)
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
    return refuse (error, _ ("%s belongs to no household; nothing was recorded"), get_name (first));
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

/* `household=12;relation=02;…`: what an event changes of a resident. */
static char *
describe_state (const ShequRow *person)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (changed_fields); i++)
    {
      const ShequValue *value = shequ_row_get_named (person, changed_fields[i]);

      g_string_append_printf (text, "%s%s=", i > 0 ? ";" : "", changed_fields[i]);
      if (value->type == SHEQU_VALUE_TEXT)
        g_string_append (text, value->text);
      else if (value->type == SHEQU_VALUE_INTEGER)
        g_string_append_printf (text, "%" G_GINT64_FORMAT, value->integer);
    }
  return g_string_free (text, FALSE);
}

static void
set_state (ShequRow *person, const char *state)
{
  g_auto (GStrv) parts = g_strsplit (state, ";", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *text = strchr (parts[i], '=');
      const ShequField *field;

      if (text == NULL)
        continue;
      *text++ = '\0';
      field = shequ_register_lookup (person->reg, parts[i]);
      if (field == NULL)
        continue;
      if (*text == '\0')
        shequ_row_set_null (person, parts[i]);
      else if (shequ_field_is_integer (field))
        shequ_row_set_integer (person, parts[i], g_ascii_strtoll (text, NULL, 10));
      else
        shequ_row_set_text (person, parts[i], text);
    }
}

static gboolean
write_event (Record *record,
             const ShequRow *person,
             gint64 from_household,
             const char *before,
             ShequEventKind kind,
             GError **error)
{
  const ShequRegister *events = shequ_office_get_register (record->office, "resident_event");
  g_autoptr (ShequRow) row = shequ_office_new_row (record->office, events);
  g_autofree char *after = describe_state (person);

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
join_household (const Record *record, ShequRow *person, gint64 head)
{
  const char *relation = record->event->relation;
  gboolean is_new = record->event->household == 0 && record->event->kind != SHEQU_EVENT_BIRTH;

  shequ_row_set_integer (person, "household", record->household);
  if (record->household_unit != 0)
    shequ_row_set_integer (person, "unit", record->household_unit);
  if (is_new && person->key == head)
    shequ_row_set_text (person, "relation", RELATION_HEAD);
  else if (relation != NULL && *relation != '\0')
    shequ_row_set_text (person, "relation", relation);
  else if (!is_new || !record->head_stays_head)
    {
      shequ_row_set_null (person, "relation");
      warn (record, _ ("Enter the relation of %s to the head of the household"), get_name (person));
    }
}

/* Who is head of a new household: as told, else who was head, else the first. */
static gint64
choose_head (const Record *record)
{
  if (record->event->head != 0)
    return record->event->head;
  for (guint i = 0; i < record->people->len; i++)
    if (is_head (record->people->pdata[i]))
      return ((const ShequRow *) record->people->pdata[i])->key;
  return record->people->len > 0 ? ((const ShequRow *) record->people->pdata[0])->key : 0;
}

static void
apply_to (const Record *record, ShequRow *person, gint64 head)
{
  const ShequEvent *event = record->event;

  switch (event->kind)
    {
    case SHEQU_EVENT_DEATH:
      set_residence (person, STATUS_DEAD, FALSE, FALSE);
      leave_household (person);
      break;
    case SHEQU_EVENT_DEPARTURE:
      if (event->hukou)
        {
          set_residence (person, STATUS_GONE, FALSE, FALSE);
          leave_household (person);
        }
      else if (shequ_row_get_integer (person, "hukou_here") != 0)
        set_residence (person, STATUS_ELSEWHERE, TRUE, FALSE);
      else
        {
          set_residence (person, STATUS_GONE, FALSE, FALSE);
          leave_household (person);
        }
      break;
    case SHEQU_EVENT_ARRIVAL:
      set_residence (person, event->hukou ? STATUS_HERE : STATUS_INCOMING, event->hukou, TRUE);
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
save_person (const Record *record, ShequRow *person, GError **error)
{
  shequ_row_set_effective (person, record->day);
  return shequ_office_save_in (record->office, record->transaction, person, record->issues, error);
}

static gboolean
change_person (Record *record, ShequRow *person, gint64 head, GError **error)
{
  gint64 from = shequ_row_get_integer (person, "household");
  g_autofree char *before = describe_state (person);

  apply_to (record, person, head);
  return save_person (record, person, error) &&
         write_event (record, person, from, before, record->event->kind, error);
}

/* The child of a mother, or somebody who was not registered. */
static gboolean
add_new_person (Record *record, GError **error)
{
  const ShequEvent *event = record->event;
  const ShequRow *mother = event->kind == SHEQU_EVENT_BIRTH ? record->people->pdata[0] : NULL;
  g_autoptr (ShequRow) person = shequ_row_copy (event->person);
  gboolean hukou = mother != NULL ? shequ_row_get_integer (mother, "hukou_here") != 0 : event->hukou;

  shequ_row_set_integer (person, "unit", record->household_unit);
  if (mother != NULL)
    shequ_row_set_text (person, "birth_date", record->day);
  set_residence (person, hukou ? STATUS_HERE : STATUS_INCOMING, hukou, TRUE);
  join_household (record, person, choose_head (record));
  return save_person (record, person, error) && write_event (record, person, 0, NULL, event->kind, error);
}

/* Those who are left without a head need one; a household without members is no more. */
static gboolean
settle_left_household (Record *record, gint64 household, gboolean lost_head, GError **error)
{
  g_autoptr (GArray) members =
    list_where (record->transaction, record->residents, "household", household, error);
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
  if (record->event->new_head == 0)
    return refuse (error,
                   _ ("The head leaves the household and %u stay; nothing was recorded. Choose their head"),
                   members->len);
  head = shequ_transaction_get (record->transaction, record->residents, record->event->new_head, error);
  if (head == NULL)
    return FALSE;
  if (shequ_row_get_integer (head, "household") != household)
    return refuse (error, _ ("%s does not stay in the household; nothing was recorded. Choose another head"),
                   get_name (head));
  before = describe_state (head);
  shequ_row_set_text (head, "relation", RELATION_HEAD);
  if (members->len > 2)
    warn (record, _ ("Compare the relations of the others to the new head %s"), get_name (head));
  return save_person (record, head, error) &&
         write_event (record, head, household, before, record->event->kind, error);
}

static gboolean
settle_left_households (Record *record, GHashTable *left, GError **error)
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
perform (Record *record, GError **error)
{
  g_autoptr (GHashTable) left = g_hash_table_new (NULL, NULL);
  gint64 head;

  if (!collect_people (record, error) || !check (record, error) || !find_household (record, error))
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

static void
tell_changed (ShequOffice *office)
{
  static const char *const names[] = { "resident", "household", "resident_event" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    shequ_office_tell_changed (office, shequ_office_get_register (office, names[i]), 0);
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
  Record record = { office,
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
  tell_changed (office);
  return record.batch;
}

static gboolean
put_back_person (ShequOffice *office, ShequTransaction *transaction, const ShequRow *event, GError **error)
{
  const ShequRegister *residents = shequ_office_get_register (office, "resident");
  const ShequRegister *households = shequ_office_get_register (office, "household");
  const char *before = shequ_row_get_text (event, "before");
  g_autoptr (ShequRow) person =
    shequ_transaction_get (transaction, residents, shequ_row_get_integer (event, "resident"), error);
  g_autofree char *now = NULL;

  if (person == NULL)
    return FALSE;
  now = describe_state (person);
  if (g_strcmp0 (now, shequ_row_get_text (event, "after")) != 0)
    return refuse (error,
                   _ ("%s was changed since; nothing was taken back. Take back what came later first, or "
                      "correct the record"),
                   get_name (person));
  if (before == NULL)
    return shequ_transaction_delete (transaction, residents, person->key, person->version, error);
  set_state (person, before);
  /* A household that nobody was left in was deleted. */
  if (shequ_row_get_integer (person, "household") != 0 &&
      !shequ_transaction_restore (transaction, households, shequ_row_get_integer (person, "household"),
                                  error))
    return FALSE;
  shequ_row_set_effective (person, shequ_row_get_text (event, "happened_on"));
  return shequ_office_save_in (office, transaction, person, NULL, error);
}

/* A household that the event made, and that is empty again. */
static void
drop_empty_household (ShequOffice *office, ShequTransaction *transaction, gint64 key)
{
  const ShequRegister *households = shequ_office_get_register (office, "household");
  g_autoptr (GArray) members =
    list_where (transaction, shequ_office_get_register (office, "resident"), "household", key, NULL);
  g_autoptr (ShequRow) row = shequ_transaction_get (transaction, households, key, NULL);

  if (row != NULL && members != NULL && members->len == 0)
    shequ_transaction_delete (transaction, households, key, row->version, NULL);
}

static gboolean
take_back_all (ShequOffice *office, ShequTransaction *transaction, GArray *keys, GError **error)
{
  const ShequRegister *events = shequ_office_get_register (office, "resident_event");

  for (guint i = keys->len; i > 0; i--)
    {
      g_autoptr (ShequRow) event =
        shequ_transaction_get (transaction, events, g_array_index (keys, gint64, i - 1), error);

      if (event == NULL || !put_back_person (office, transaction, event, error) ||
          !shequ_transaction_delete (transaction, events, event->key, event->version, error))
        return FALSE;
      if (shequ_row_get_integer (event, "to_household") != 0)
        drop_empty_household (office, transaction, shequ_row_get_integer (event, "to_household"));
    }
  return TRUE;
}

static int
compare_keys (gconstpointer one, gconstpointer other)
{
  gint64 a = *(const gint64 *) one, b = *(const gint64 *) other;

  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * shequ_events_take_back:
 * @office: the office
 * @event: an event
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Takes an event back with all that were recorded with it, as if it had not been: the way to correct a wrong
 * day or a wrong person, before it is recorded anew.
 *
 * Returns: %FALSE with %SHEQU_ERROR_INVALID_VALUE when somebody concerned was changed since
 */
gboolean
shequ_events_take_back (ShequOffice *office, gint64 event, GCancellable *cancellable, GError **error)
{
  const ShequRegister *events = shequ_office_get_register (office, "resident_event");
  g_autoptr (ShequTransaction) transaction = shequ_office_begin (office, _ ("Take back"), cancellable, error);
  g_autoptr (ShequRow) row =
    transaction != NULL ? shequ_transaction_get (transaction, events, event, error) : NULL;
  g_autoptr (GArray) keys = NULL;
  gint64 first;

  if (row == NULL)
    return FALSE;
  first = shequ_row_get_integer (row, "batch") != 0 ? shequ_row_get_integer (row, "batch") : event;
  keys = list_where (transaction, events, "batch", first, error);
  if (keys == NULL)
    return FALSE;
  g_array_append_val (keys, first);
  g_array_sort (keys, compare_keys);
  if (!take_back_all (office, transaction, keys, error) || !shequ_transaction_commit (transaction, error))
    return FALSE;
  tell_changed (office);
  return TRUE;
}

/**
 * shequ_events_take_back_last:
 * @office: the office
 * @resident: a resident
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Takes back what was recorded last of a resident, as shequ_events_take_back().
 *
 * Returns: %FALSE with %SHEQU_ERROR_NOT_FOUND when nothing was recorded
 */
gboolean
shequ_events_take_back_last (ShequOffice *office, gint64 resident, GCancellable *cancellable, GError **error)
{
  const ShequRegister *events = shequ_office_get_register (office, "resident_event");
  g_autoptr (ShequQuery) query = shequ_query_new (events, NULL);
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, resident);
  g_autoptr (GArray) keys = NULL;
  gint64 last = 0;

  shequ_query_take_where (query, shequ_condition_new_compare (SHEQU_CONDITION_EQUAL, "resident", text));
  keys = shequ_store_list_keys (shequ_office_get_store (office), query, cancellable, error);
  for (guint i = 0; keys != NULL && i < keys->len; i++)
    last = MAX (last, g_array_index (keys, gint64, i));
  if (last != 0)
    return shequ_events_take_back (office, last, cancellable, error);
  if (keys != NULL)
    g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_NOT_FOUND,
                         _ ("No change was recorded of this resident"));
  return FALSE;
}
