#include "shequ-surveys.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-error.h"

void
shequ_survey_grid_free (ShequSurveyGrid *grid)
{
  g_free (grid->name);
  g_free (grid);
}

static char *
name_keys (const char *name, const GArray *keys)
{
  GString *text = g_string_new (name);

  for (guint i = 0; i < keys->len; i++)
    g_string_append_printf (text, "%c%" G_GINT64_FORMAT, i == 0 ? '=' : ',', g_array_index (keys, gint64, i));
  return g_string_free (text, FALSE);
}

static GArray *
find_keys (ShequOffice *office,
           ShequTransaction *transaction,
           const char *reg,
           const char *where,
           GError **error)
{
  const ShequRegister *found = shequ_office_require_register (office, reg, error);
  g_autoptr (ShequQuery) query = found != NULL ? shequ_office_new_query (office, found) : NULL;

  if (query == NULL || !shequ_query_add_where (query, where, error))
    return NULL;
  return shequ_transaction_list_keys (transaction, query, error);
}

/* The households that live in the buildings of a grid. */
static GArray *
find_placed (ShequOffice *office, ShequTransaction *transaction, gint64 grid, GError **error)
{
  g_autofree char *of_grid = g_strdup_printf ("grid=%" G_GINT64_FORMAT, grid);
  g_autoptr (GArray) buildings = find_keys (office, transaction, "building", of_grid, error);
  g_autofree char *in_buildings = NULL;

  if (buildings == NULL)
    return NULL;
  if (buildings->len == 0)
    return g_array_new (FALSE, FALSE, sizeof (gint64));
  in_buildings = name_keys ("dwelling.building", buildings);
  return find_keys (office, transaction, "household", in_buildings, error);
}

static GArray *
find_households (ShequOffice *office, ShequTransaction *transaction, gint64 grid, GError **error)
{
  if (grid != SHEQU_SURVEY_UNPLACED)
    return find_placed (office, transaction, grid, error);
  return find_keys (office, transaction, "household",
                    "dwelling is empty or dwelling.building is empty or dwelling.building.grid is empty",
                    error);
}

static ShequRow *
save_round (ShequOffice *office, ShequTransaction *transaction, const ShequSurveyPlan *plan, GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (office, "survey_round", error);
  g_autoptr (ShequRow) row = reg != NULL ? shequ_office_new_row (office, reg) : NULL;
  g_autofree char *today = shequ_office_get_today (office);
  g_autoptr (GPtrArray) issues = shequ_issues_new ();

  if (row == NULL)
    return NULL;
  shequ_row_set_text (row, "name", plan->name);
  if (plan->purpose != NULL && *plan->purpose != '\0')
    shequ_row_set_text (row, "purpose", plan->purpose);
  if (plan->end_on != NULL && *plan->end_on != '\0')
    {
      const ShequField *field = shequ_register_lookup (reg, "end_on");

      if (!shequ_field_parse (field, plan->end_on, today, shequ_row_get (row, field), issues))
        {
          g_autofree char *message = shequ_issues_to_text (issues, SHEQU_ISSUE_ERROR);

          g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE, message);
          return NULL;
        }
    }
  return shequ_office_save_in (office, transaction, row, NULL, error) ? g_steal_pointer (&row) : NULL;
}

static gboolean
add_line (ShequOffice *office,
          ShequTransaction *transaction,
          gint64 round,
          gint64 grid,
          gint64 household,
          GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (office, "survey_line", error);
  g_autoptr (ShequRow) row = reg != NULL ? shequ_office_new_row (office, reg) : NULL;

  if (row == NULL)
    return FALSE;
  shequ_row_set_integer (row, "round", round);
  if (grid != SHEQU_SURVEY_UNPLACED)
    shequ_row_set_integer (row, "grid", grid);
  shequ_row_set_integer (row, "household", household);
  return shequ_office_save_in (office, transaction, row, NULL, error);
}

static gboolean
add_lines (ShequOffice *office,
           ShequTransaction *transaction,
           gint64 round,
           const GArray *grids,
           GError **error)
{
  guint n_lines = 0;

  for (guint i = 0; i < grids->len; i++)
    {
      gint64 grid = g_array_index (grids, gint64, i);
      g_autoptr (GArray) households = find_households (office, transaction, grid, error);

      if (households == NULL)
        return FALSE;
      for (guint j = 0; j < households->len; j++)
        {
          if (!add_line (office, transaction, round, grid, g_array_index (households, gint64, j), error))
            return FALSE;
        }
      n_lines += households->len;
    }
  if (n_lines > 0)
    return TRUE;
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_CONSTRAINT,
               _ ("There is no household in the chosen grids. Nothing was stored. Give the buildings their "
                  "grids and the households their dwellings first."));
  return FALSE;
}

/**
 * shequ_survey_create:
 * @office: the office
 * @plan: what the round is
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Makes a survey round with its list: every household of the chosen grids, still open. All of it or nothing.
 *
 * Returns: the key of the round, or 0
 */
gint64
shequ_survey_create (ShequOffice *office,
                     const ShequSurveyPlan *plan,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (ShequTransaction) transaction =
    shequ_office_begin (office, _ ("Start a survey round"), cancellable, error);
  g_autoptr (ShequRow) round = transaction != NULL ? save_round (office, transaction, plan, error) : NULL;

  if (round == NULL || !add_lines (office, transaction, round->key, plan->grids, error) ||
      !shequ_transaction_commit (transaction, error))
    return 0;
  shequ_office_tell_changed (office, round->reg, round->key);
  shequ_office_tell_changed (office, shequ_office_get_register (office, "survey_line"), 0);
  return round->key;
}

/* The lines of a round by grid, of those that a condition names. */
static GPtrArray *
count_lines (ShequOffice *office, gint64 round, const char *where, GCancellable *cancellable, GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (office, "survey_line", error);
  g_autoptr (ShequQuery) query = reg != NULL ? shequ_office_new_query (office, reg) : NULL;
  g_autofree char *of_round = g_strdup_printf ("round=%" G_GINT64_FORMAT, round);
  ShequSummaryQuery summary = { query };

  if (query == NULL || !shequ_query_add_where (query, of_round, error) ||
      (where != NULL && !shequ_query_add_where (query, where, error)))
    return NULL;
  summary.group = shequ_register_require (reg, "grid", error);
  return summary.group != NULL
           ? shequ_store_summarise (shequ_office_get_store (office), &summary, cancellable, error)
           : NULL;
}

static ShequSurveyGrid *
find_grid (GPtrArray *grids, const ShequSummaryRow *line)
{
  gint64 key = line->group != NULL ? g_ascii_strtoll (line->group, NULL, 10) : SHEQU_SURVEY_UNPLACED;
  ShequSurveyGrid *grid;

  for (guint i = 0; i < grids->len; i++)
    {
      grid = grids->pdata[i];
      if (grid->grid == key)
        return grid;
    }
  grid = g_new0 (ShequSurveyGrid, 1);
  grid->grid = key;
  grid->name = key == SHEQU_SURVEY_UNPLACED ? g_strdup (_ ("In no grid"))
                                            : g_strdup (line->label != NULL ? line->label : "");
  g_ptr_array_add (grids, grid);
  return grid;
}

static int
compare_grids (gconstpointer one, gconstpointer other)
{
  const ShequSurveyGrid *first = *(const ShequSurveyGrid *const *) one;
  const ShequSurveyGrid *second = *(const ShequSurveyGrid *const *) other;
  gboolean first_last = first->grid == SHEQU_SURVEY_UNPLACED;
  gboolean second_last = second->grid == SHEQU_SURVEY_UNPLACED;

  return first_last != second_last ? first_last - second_last : g_strcmp0 (first->name, second->name);
}

/**
 * shequ_survey_list_grids:
 * @office: the office
 * @round: a round
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Returns: (transfer full) (element-type ShequSurveyGrid): how far the round is in each of its grids, by
 * name, and at the end with those who are in none
 */
GPtrArray *
shequ_survey_list_grids (ShequOffice *office, gint64 round, GCancellable *cancellable, GError **error)
{
  static const struct
  {
    const char *where;
    gsize count;
  } counts[] = {
    { NULL, G_STRUCT_OFFSET (ShequSurveyGrid, households) },
    { "state=" SHEQU_SURVEY_SAME, G_STRUCT_OFFSET (ShequSurveyGrid, same) },
    { "state=" SHEQU_SURVEY_CHANGED, G_STRUCT_OFFSET (ShequSurveyGrid, changed) },
    { "state=" SHEQU_SURVEY_ABSENT, G_STRUCT_OFFSET (ShequSurveyGrid, absent) },
    { "signed_on is set", G_STRUCT_OFFSET (ShequSurveyGrid, signed_lines) },
  };
  g_autoptr (GPtrArray) grids = g_ptr_array_new_with_free_func ((GDestroyNotify) shequ_survey_grid_free);

  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autoptr (GPtrArray) lines = count_lines (office, round, counts[i].where, cancellable, error);

      if (lines == NULL)
        return NULL;
      for (guint j = 0; j < lines->len; j++)
        {
          const ShequSummaryRow *line = lines->pdata[j];

          G_STRUCT_MEMBER (gint64, find_grid (grids, line), counts[i].count) = line->count;
        }
    }
  g_ptr_array_sort (grids, compare_grids);
  return g_steal_pointer (&grids);
}

static gboolean
refuse_signed (const ShequRow *line, GError **error)
{
  if (shequ_row_get_text (line, "signed_on") == NULL)
    return TRUE;
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_CONSTRAINT,
               _ ("%s signed this grid off on %s; its list is closed. Nothing was changed."),
               shequ_row_get_text (line, "signed_by"), shequ_row_get_text (line, "signed_on"));
  return FALSE;
}

/**
 * shequ_survey_mark:
 * @office: the office
 * @line: a household of a round
 * @state: what was found
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Keeps what was found at a household, by whom and when; to open it again takes that back.
 *
 * Returns: whether it was stored; not on a list that is signed off
 */
gboolean
shequ_survey_mark (ShequOffice *office,
                   gint64 line,
                   const char *state,
                   GCancellable *cancellable,
                   GError **error)
{
  const ShequRegister *reg = shequ_office_require_register (office, "survey_line", error);
  g_autoptr (ShequTransaction) transaction =
    reg != NULL ? shequ_office_begin (office, _ ("Survey"), cancellable, error) : NULL;
  g_autoptr (ShequRow) row =
    transaction != NULL ? shequ_transaction_get (transaction, reg, line, error) : NULL;
  g_autofree char *today = shequ_office_get_today (office);

  if (row == NULL || !refuse_signed (row, error))
    return FALSE;
  shequ_row_set_text (row, "state", state);
  if (g_str_equal (state, SHEQU_SURVEY_OPEN))
    {
      shequ_row_set_null (row, "done_on");
      shequ_row_set_null (row, "done_by");
    }
  else
    {
      shequ_row_set_text (row, "done_on", today);
      shequ_row_set_text (row, "done_by", shequ_office_get_user (office));
    }
  if (!shequ_office_save_in (office, transaction, row, NULL, error) ||
      !shequ_transaction_commit (transaction, error))
    return FALSE;
  shequ_office_tell_changed (office, reg, line);
  return TRUE;
}

static gboolean
sign_lines (ShequOffice *office, ShequTransaction *transaction, const GArray *lines, GError **error)
{
  const ShequRegister *reg = shequ_office_get_register (office, "survey_line");
  g_autofree char *today = shequ_office_get_today (office);
  guint n_open = 0;

  for (guint i = 0; i < lines->len; i++)
    {
      gint64 key = g_array_index (lines, gint64, i);
      g_autoptr (ShequRow) row = shequ_transaction_get (transaction, reg, key, error);
      const char *state = row != NULL ? shequ_row_get_text (row, "state") : NULL;

      if (row == NULL || !refuse_signed (row, error))
        return FALSE;
      n_open += !g_str_equal (state, SHEQU_SURVEY_SAME) && !g_str_equal (state, SHEQU_SURVEY_CHANGED);
      shequ_row_set_text (row, "signed_on", today);
      shequ_row_set_text (row, "signed_by", shequ_office_get_user (office));
      if (n_open == 0 && !shequ_office_save_in (office, transaction, row, NULL, error))
        return FALSE;
    }
  if (n_open == 0)
    return TRUE;
  g_set_error (error, SHEQU_ERROR, SHEQU_ERROR_CONSTRAINT,
               g_dngettext (GETTEXT_PACKAGE,
                            "%u household is still open. Nothing was signed. Finish it, or note that "
                            "somebody was met.",
                            "%u households are still open. Nothing was signed. Finish them first.", n_open),
               n_open);
  return FALSE;
}

/**
 * shequ_survey_describe_lines:
 * @round: a round
 * @grid: one of its grids, or %SHEQU_SURVEY_UNPLACED
 *
 * Returns: (transfer full): the condition of `survey_line` that names the list of the grid
 */
char *
shequ_survey_describe_lines (gint64 round, gint64 grid)
{
  if (grid == SHEQU_SURVEY_UNPLACED)
    return g_strdup_printf ("round=%" G_GINT64_FORMAT " and grid is empty", round);
  return g_strdup_printf ("round=%" G_GINT64_FORMAT " and grid=%" G_GINT64_FORMAT, round, grid);
}

/**
 * shequ_survey_sign:
 * @office: the office
 * @round: a round
 * @grid: one of its grids
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Signs the list of a grid off, with who and when; from then on it is closed.
 *
 * Returns: whether it was signed; not as long as a household is open, and not twice
 */
gboolean
shequ_survey_sign (ShequOffice *office, gint64 round, gint64 grid, GCancellable *cancellable, GError **error)
{
  g_autofree char *where = shequ_survey_describe_lines (round, grid);
  g_autoptr (ShequTransaction) transaction =
    shequ_office_begin (office, _ ("Sign a grid off"), cancellable, error);
  g_autoptr (GArray) lines =
    transaction != NULL ? find_keys (office, transaction, "survey_line", where, error) : NULL;

  if (lines == NULL || !sign_lines (office, transaction, lines, error) ||
      !shequ_transaction_commit (transaction, error))
    return FALSE;
  shequ_office_tell_changed (office, shequ_office_get_register (office, "survey_line"), 0);
  return TRUE;
}

static gboolean
open_lines (ShequOffice *office, ShequTransaction *transaction, const GArray *lines, GError **error)
{
  const ShequRegister *reg = shequ_office_get_register (office, "survey_line");
  guint n_signed = 0;

  for (guint i = 0; i < lines->len; i++)
    {
      g_autoptr (ShequRow) row =
        shequ_transaction_get (transaction, reg, g_array_index (lines, gint64, i), error);

      if (row == NULL)
        return FALSE;
      n_signed += shequ_row_get_text (row, "signed_on") != NULL;
      shequ_row_set_null (row, "signed_on");
      shequ_row_set_null (row, "signed_by");
      if (!shequ_office_save_in (office, transaction, row, NULL, error))
        return FALSE;
    }
  if (n_signed > 0)
    return TRUE;
  g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_CONSTRAINT,
                       _ ("This grid is not signed off; its list is open. Nothing was changed."));
  return FALSE;
}

/**
 * shequ_survey_reopen:
 * @office: the office
 * @round: a round
 * @grid: one of its grids that is signed off
 * @reason: why; it stands in the change log of each household of the list, with who had signed
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Opens the list of a grid again: findings may be corrected, and it has to be signed off anew.
 *
 * Returns: whether it is open; not without a reason, and not when it was not signed off
 */
gboolean
shequ_survey_reopen (ShequOffice *office,
                     gint64 round,
                     gint64 grid,
                     const char *reason,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autofree char *where = shequ_survey_describe_lines (round, grid);
  g_autofree char *words = g_strstrip (g_strdup (reason != NULL ? reason : ""));
  g_autofree char *logged = g_strdup_printf (_ ("Opened again: %s"), words);
  g_autoptr (ShequTransaction) transaction = NULL;
  g_autoptr (GArray) lines = NULL;

  if (*words == '\0')
    {
      g_set_error_literal (error, SHEQU_ERROR, SHEQU_ERROR_INVALID_VALUE,
                           _ ("Say why the list is opened again. Nothing was changed."));
      return FALSE;
    }
  transaction = shequ_office_begin (office, logged, cancellable, error);
  lines = transaction != NULL ? find_keys (office, transaction, "survey_line", where, error) : NULL;
  if (lines == NULL || !open_lines (office, transaction, lines, error) ||
      !shequ_transaction_commit (transaction, error))
    return FALSE;
  shequ_office_tell_changed (office, shequ_office_get_register (office, "survey_line"), 0);
  return TRUE;
}
