#include "config.h"

#include <glib/gi18n-lib.h>

#include "shequ-row.h"

/**
 * shequ_issue_new:
 * @severity: how bad it is
 * @field: (nullable): the field it concerns
 * @format: what is to be said, without the name of the field
 * @...: for @format
 *
 * Returns: (transfer full): an issue
 */
ShequIssue *
shequ_issue_new (ShequSeverity severity, const ShequField *field, const char *format, ...)
{
  ShequIssue *issue = g_new0 (ShequIssue, 1);
  va_list arguments;

  issue->severity = severity;
  issue->field = field;
  va_start (arguments, format);
  issue->message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return issue;
}

/**
 * shequ_issue_free:
 * @issue: (transfer full): an issue
 */
void
shequ_issue_free (ShequIssue *issue)
{
  g_free (issue->message);
  g_free (issue);
}

/**
 * shequ_issues_new:
 *
 * Returns: (transfer full) (element-type ShequIssue): an empty list that owns its issues
 */
GPtrArray *
shequ_issues_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) shequ_issue_free);
}

/**
 * shequ_issues_have_errors:
 * @issues: (element-type ShequIssue): a list
 *
 * Returns: whether one of them forbids storing
 */
gboolean
shequ_issues_have_errors (const GPtrArray *issues)
{
  for (guint i = 0; i < issues->len; i++)
    if (((const ShequIssue *) issues->pdata[i])->severity == SHEQU_ISSUE_ERROR)
      return TRUE;
  return FALSE;
}

/**
 * shequ_issues_to_text:
 * @issues: (element-type ShequIssue): a list
 * @least: the least severity that is told
 *
 * Returns: (transfer full): one line for a person, the worst issues first, each with the name of its field
 */
char *
shequ_issues_to_text (const GPtrArray *issues, ShequSeverity least)
{
  GString *text = g_string_new (NULL);

  for (int severity = SHEQU_ISSUE_ERROR; severity >= (int) least; severity--)
    for (guint i = 0; i < issues->len; i++)
      {
        const ShequIssue *issue = issues->pdata[i];

        if ((int) issue->severity != severity)
          continue;
        if (text->len > 0)
          g_string_append (text, _ ("; "));
        if (issue->field != NULL)
          g_string_append_printf (text, _ ("%s: %s"), issue->field->label, issue->message);
        else
          g_string_append (text, issue->message);
      }
  return g_string_free (text, FALSE);
}
