#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-error.h"
#include "shequ-volunteers-private.h"

/* What a volunteer does around a day. */
typedef struct
{
  GArray *shifts;  /* of ShequShift */
  GPtrArray *rows; /* of ShequRow: own what the shifts point to */
} Duties;

static void
duties_free (Duties *duties)
{
  g_array_unref (duties->shifts);
  g_ptr_array_unref (duties->rows);
  g_free (duties);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Duties, duties_free)

static Duties *
duties_new (void)
{
  Duties *duties = g_new0 (Duties, 1);

  duties->shifts = g_array_new (FALSE, TRUE, sizeof (ShequShift));
  duties->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) shequ_row_free);
  return duties;
}

/* What a volunteer does around a day, as the transaction sees it. */
static Duties *
load_duties (ShequOffice *office,
             ShequTransaction *transaction,
             const char *day,
             gint64 volunteer,
             GError **error)
{
  const ShequRegister *shifts = shequ_office_require_register (office, "shift", error);
  char before[SHEQU_DATE_TEXT_SIZE] = "", after[SHEQU_DATE_TEXT_SIZE] = "";
  g_autofree char *where = g_strdup_printf ("volunteer=%" G_GINT64_FORMAT, volunteer);
  g_autoptr (Duties) duties = duties_new ();
  g_autoptr (ShequQuery) query = NULL;
  g_autoptr (GArray) keys = NULL;

  if (shifts == NULL || !shequ_volunteers_get_neighbours (day, before, after))
    return NULL;
  query = shequ_volunteers_query_duties (office, before, after, error);
  if (query == NULL || !shequ_query_add_where (query, where, error))
    return NULL;
  keys = shequ_transaction_list_keys (transaction, query, error);
  for (guint i = 0; keys != NULL && i < keys->len; i++)
    {
      gint64 key = g_array_index (keys, gint64, i);
      g_autoptr (ShequRow) assignment = shequ_transaction_get (transaction, query->reg, key, error);
      ShequRow *row = NULL;
      ShequShift plain;

      if (assignment != NULL)
        row = shequ_transaction_get (transaction, shifts, shequ_row_get_integer (assignment, "shift"), error);
      if (row == NULL)
        return NULL;
      g_ptr_array_add (duties->rows, row);
      plain = shequ_volunteers_read_shift (row);
      g_array_append_val (duties->shifts, plain);
    }
  return keys != NULL ? g_steal_pointer (&duties) : NULL;
}

static gboolean
refuse_obstacles (GPtrArray *obstacles, const char *name, GError **error)
{
  GString *reasons = g_string_new (NULL);

  for (guint i = 0; i < obstacles->len; i++)
    {
      const ShequObstacle *obstacle = obstacles->pdata[i];

      if (!obstacle->binding)
        continue;
      g_string_append_printf (reasons, "%s%s", reasons->len > 0 ? "; " : "", obstacle->text);
    }
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_CONSTRAINT,
               _ ("%s was not assigned: %s. Nothing was changed. Choose somebody who is free."), name,
               reasons->str);
  g_string_free (reasons, TRUE);
  return FALSE;
}

static gboolean
check_free (ShequOffice *office,
            ShequTransaction *transaction,
            const ShequRow *shift,
            const ShequRow *volunteer,
            GError **error)
{
  ShequShift plain = shequ_volunteers_read_shift (shift);
  g_autoptr (Duties) duties = load_duties (office, transaction, plain.day, volunteer->key, error);
  g_autoptr (GPtrArray) obstacles = NULL;

  if (duties == NULL)
    return FALSE;
  obstacles = shequ_volunteers_find_obstacles (&plain, volunteer, duties->shifts);
  if (shequ_obstacles_are_binding (obstacles))
    return refuse_obstacles (obstacles, shequ_row_get_text (volunteer, "name"), error);
  return TRUE;
}

static ShequRow *
assign_in (ShequOffice *office, ShequTransaction *transaction, gint64 shift, gint64 volunteer, GError **error)
{
  const ShequRegister *assignments = shequ_office_require_register (office, "assignment", error);
  const ShequRegister *shifts = shequ_office_require_register (office, "shift", error);
  const ShequRegister *volunteers;
  g_autoptr (ShequRow) shift_row = NULL;
  g_autoptr (ShequRow) volunteer_row = NULL;
  g_autoptr (ShequRow) row = NULL;

  if (assignments == NULL || shifts == NULL)
    return NULL;
  volunteers = shequ_office_require_register (office, "volunteer", error);
  shift_row = volunteers != NULL ? shequ_transaction_get (transaction, shifts, shift, error) : NULL;
  volunteer_row =
    shift_row != NULL ? shequ_transaction_get (transaction, volunteers, volunteer, error) : NULL;
  if (volunteer_row == NULL || !check_free (office, transaction, shift_row, volunteer_row, error))
    return NULL;
  row = shequ_office_new_row (office, assignments);
  shequ_row_set_integer (row, "unit", shequ_row_get_integer (shift_row, "unit"));
  shequ_row_set_integer (row, "shift", shift);
  shequ_row_set_integer (row, "volunteer", volunteer);
  return shequ_office_save_in (office, transaction, row, NULL, error) ? g_steal_pointer (&row) : NULL;
}

/**
 * shequ_volunteers_assign:
 * @office: the office
 * @shift: a shift
 * @volunteer: a volunteer
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Puts a volunteer on a shift, after a check for clashes in the same transaction, so that two makers of one
 * roster cannot send one person to two places.
 *
 * Returns: the key of the assignment, or 0 with %SHEQU_ERROR_CONSTRAINT that says what stands against it
 */
gint64
shequ_volunteers_assign (ShequOffice *office,
                         gint64 shift,
                         gint64 volunteer,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (ShequTransaction) transaction =
    shequ_office_begin (office, _ ("Assign a volunteer"), cancellable, error);
  g_autoptr (ShequRow) row = NULL;

  if (transaction == NULL)
    return 0;
  row = assign_in (office, transaction, shift, volunteer, error);
  if (row == NULL || !shequ_transaction_commit (transaction, error))
    return 0;
  shequ_office_tell_changed (office, row->reg, row->key);
  return row->key;
}

/**
 * shequ_volunteers_unassign:
 * @office: the office
 * @assignment: an assignment
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Takes a volunteer off a shift; shequ_office_restore() puts it back.
 *
 * Returns: %FALSE with the errors of shequ_office_delete()
 */
gboolean
shequ_volunteers_unassign (ShequOffice *office, gint64 assignment, GCancellable *cancellable, GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (office, "assignment", error);
  g_autoptr (ShequRow) row =
    reg != NULL ? shequ_office_get_row (office, reg, assignment, cancellable, error) : NULL;

  return row != NULL && shequ_office_delete (office, reg, assignment, row->version, cancellable, error);
}

static gint64
get_usual_minutes (ShequOffice *office, const ShequRow *assignment, GCancellable *cancellable)
{
  g_autoptr (ShequRow) row =
    shequ_volunteers_get_shift (office, shequ_row_get_integer (assignment, "shift"), cancellable, NULL);
  ShequShift plain;

  if (row == NULL)
    return 0;
  plain = shequ_volunteers_read_shift (row);
  return shequ_shift_get_minutes (&plain);
}

/**
 * shequ_volunteers_record:
 * @office: the office
 * @assignment: an assignment
 * @served: whether the volunteer came
 * @minutes: how long; 0 for as long as the shift lasts
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Notes the time served, or that nobody came.
 *
 * Returns: %FALSE with the errors of shequ_office_save()
 */
gboolean
shequ_volunteers_record (ShequOffice *office,
                         gint64 assignment,
                         gboolean served,
                         gint64 minutes,
                         GCancellable *cancellable,
                         GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (office, "assignment", error);
  g_autoptr (ShequRow) row =
    reg != NULL ? shequ_office_get_row (office, reg, assignment, cancellable, error) : NULL;

  if (row == NULL)
    return FALSE;
  shequ_row_set_text (row, "status", served ? "done" : "absent");
  if (served)
    shequ_row_set_integer (row, "minutes",
                           minutes > 0 ? minutes : get_usual_minutes (office, row, cancellable));
  else
    shequ_row_set_null (row, "minutes");
  return shequ_office_save (office, row, NULL, cancellable, error);
}
