/* What the form says of what is typed: errors of reading and of the rules, below the rows. */
#include "shequ-record-form-private.h"

#include "config.h"

static const ShequValue *
look_up (const char *link, const char *name, gpointer user_data)
{
  const ShequField *field;
  ShequRecordForm *self = user_data;

  if (link != NULL)
    return NULL;
  field = shequ_register_lookup (self->reg, name);
  return field != NULL ? shequ_row_get (self->row, field) : NULL;
}

/* The gravest thing said about a field; errors of reading come before those of the rules. */
const ShequIssue *
shequ_record_form_find_issue (const ShequField *field, const GPtrArray *parsing, const GPtrArray *rules)
{
  const GPtrArray *sources[] = { parsing, rules };
  const ShequIssue *found = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      for (guint j = 0; sources[i] != NULL && j < sources[i]->len; j++)
        {
          const ShequIssue *issue = g_ptr_array_index (sources[i], j);

          if ((issue->field == field || sources[i] == parsing) &&
              (found == NULL || issue->severity > found->severity))
            found = issue;
        }
    }
  return found;
}

/* What concerns the record as a whole. */
static char *
describe_whole (const GPtrArray *rules)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < rules->len; i++)
    {
      const ShequIssue *issue = g_ptr_array_index (rules, i);

      if (issue->field == NULL && issue->severity != SHEQU_ISSUE_NOTE)
        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", issue->message);
    }
  return g_string_free (text, FALSE);
}

static gboolean
holds (ShequRecordForm *self, const ShequCondition *condition, const char *today)
{
  return condition == NULL || shequ_condition_holds (condition, today, look_up, self);
}

/* Judges the whole record and says the results below the rows; gives whether it may be stored. */
gboolean
shequ_record_form_judge (ShequRecordForm *self)
{
  g_autofree char *today = shequ_office_get_today (self->office);
  g_autoptr (GPtrArray) rules = shequ_issues_new ();
  g_autofree char *whole = NULL;
  gboolean fits = shequ_row_validate (self->row, today, rules);

  for (guint i = 0; i < self->editors->len; i++)
    {
      ShequFieldEditor *editor = g_ptr_array_index (self->editors, i);
      const ShequField *field = shequ_field_editor_get_field (editor);
      const ShequIssue *issue =
        shequ_record_form_find_issue (field, g_ptr_array_index (self->parsing, i), rules);

      shequ_field_editor_set_shown (editor, holds (self, field->shown_when, today));
      if (field->locked_when != NULL && self->base->key != 0)
        gtk_widget_set_sensitive (shequ_field_editor_get_row (editor),
                                  !shequ_row_matches (self->base, field->locked_when, today));
      shequ_field_editor_set_required (
        editor,
        field->required || (field->required_when != NULL && holds (self, field->required_when, today)));
      if (issue != NULL && issue->severity == SHEQU_ISSUE_ERROR)
        fits = FALSE;
      if (issue != NULL && (self->touched[i] || self->strict))
        shequ_field_editor_set_message (editor, issue->severity, issue->message);
      else
        shequ_field_editor_set_message (editor, SHEQU_ISSUE_NOTE, NULL);
    }
  whole = describe_whole (rules);
  shequ_record_form_set_problem (self, self->strict ? whole : NULL);
  return fits;
}
