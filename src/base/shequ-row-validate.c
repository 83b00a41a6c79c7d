/* The rules of a description, checked on the values of a row. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "shequ-catalogue-private.h"
#include "shequ-field-kind.h"
#include "shequ-money.h"
#include "shequ-picture.h"

typedef struct
{
  const ShequRow *row;
  const char *today;
  GPtrArray *issues;
} Check;

static void
add_error (const Check *check, const ShequField *field, const char *message)
{
  g_ptr_array_add (check->issues, shequ_issue_new (SHEQU_ISSUE_ERROR, field, "%s", message));
}

static const ShequValue *
look_up (const char *link, const char *field, gpointer user_data)
{
  const Check *check = user_data;

  return link == NULL ? shequ_row_get_named (check->row, field) : NULL;
}

/**
 * shequ_row_matches:
 * @row: a row
 * @condition: a bound condition of its register
 * @today: the day it is
 *
 * Fields over a link are not known to a row and count as empty.
 *
 * Returns: whether @condition holds of @row
 */
gboolean
shequ_row_matches (const ShequRow *row, const ShequCondition *condition, const char *today)
{
  Check check = { row, today, NULL };

  return shequ_condition_holds (condition, today, look_up, &check);
}

static void
check_bounds (const Check *check, const ShequField *field, const ShequValue *value)
{
  g_autofree char *limit = NULL;

  if (field->has_at_least && value->integer < field->at_least)
    {
      limit = field->kind == SHEQU_FIELD_MONEY ? shequ_money_format (field->at_least)
                                               : g_strdup_printf ("%" G_GINT64_FORMAT, field->at_least);
      g_ptr_array_add (check->issues,
                       shequ_issue_new (SHEQU_ISSUE_ERROR, field, _ ("It must be at least %s"), limit));
    }
  else if (field->has_at_most && value->integer > field->at_most)
    {
      limit = field->kind == SHEQU_FIELD_MONEY ? shequ_money_format (field->at_most)
                                               : g_strdup_printf ("%" G_GINT64_FORMAT, field->at_most);
      g_ptr_array_add (check->issues,
                       shequ_issue_new (SHEQU_ISSUE_ERROR, field, _ ("It may be at most %s"), limit));
    }
}

static void
check_length (const Check *check, const ShequField *field, const ShequValue *value)
{
  /* A character takes at least a byte: most texts need not be counted. */
  if (!field->has_at_most || strlen (value->text) <= (gsize) field->at_most ||
      g_utf8_strlen (value->text, -1) <= field->at_most)
    return;
  g_ptr_array_add (check->issues,
                   shequ_issue_new (SHEQU_ISSUE_ERROR, field, _ ("It has %ld characters; %ld fit"),
                                    g_utf8_strlen (value->text, -1), (long) field->at_most));
}

/* Compares a date with today or with another date field. */
static void
check_order (const Check *check,
             const ShequField *field,
             const ShequValue *value,
             const char *bound,
             gboolean after)
{
  gboolean today = bound != NULL && g_str_equal (bound, "today");
  const ShequField *other = bound != NULL && !today ? shequ_register_lookup (check->row->reg, bound) : NULL;
  const char *limit = today ? check->today : other != NULL ? check->row->values[other->index].text : NULL;
  int order = limit != NULL ? strcmp (value->text, limit) : 0;

  if (order == 0 || (order > 0) != after)
    return;
  if (today)
    add_error (check, field, after ? _ ("The date lies in the future") : _ ("The date lies in the past"));
  else
    g_ptr_array_add (check->issues,
                     shequ_issue_new (SHEQU_ISSUE_ERROR, field,
                                      after ? _ ("The date may not be after that of “%s”, %s")
                                            : _ ("The date may not be before that of “%s”, %s"),
                                      other->label, limit));
}

static const ShequCode *
find_document (const Check *check, const ShequField *field)
{
  const ShequValue *value = &check->row->values[field->document_field->index];

  return value->text != NULL ? shequ_code_list_lookup (field->document_field->codes, value->text) : NULL;
}

static void
check_value (const Check *check, const ShequField *field, const ShequValue *value)
{
  switch (field->kind)
    {
    case SHEQU_FIELD_TEXT:
    case SHEQU_FIELD_LONG_TEXT:
      check_length (check, field, value);
      break;
    case SHEQU_FIELD_PICTURE:
      if (!shequ_picture_is_valid (value->text))
        g_ptr_array_add (check->issues, shequ_issue_new (SHEQU_ISSUE_ERROR, field,
                                                         _ ("It is no picture, or one that is too large")));
      break;
    case SHEQU_FIELD_INTEGER:
    case SHEQU_FIELD_MONEY:
      check_bounds (check, field, value);
      break;
    case SHEQU_FIELD_DATE:
      check_order (check, field, value, field->not_after, TRUE);
      check_order (check, field, value, field->not_before, FALSE);
      break;
    case SHEQU_FIELD_CODE:
      if (shequ_code_list_lookup (field->codes, value->text) == NULL)
        g_ptr_array_add (check->issues, shequ_issue_new (SHEQU_ISSUE_ERROR, field,
                                                         _ ("There is no code “%s”"), value->text));
      break;
    case SHEQU_FIELD_ID_NUMBER:
      if (field->document_field != NULL)
        shequ_field_check_document (field, value, find_document (check, field), check->today, check->issues);
      break;
    default:
      break;
    }
}

/* A value that could not be read was told already; that it is missing would only confuse. */
static gboolean
is_refused (const Check *check, const ShequField *field)
{
  for (guint i = 0; i < check->issues->len; i++)
    {
      const ShequIssue *issue = check->issues->pdata[i];

      if (issue->field == field && issue->severity == SHEQU_ISSUE_ERROR)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_required (const Check *check, const ShequField *field)
{
  return field->required ||
         (field->required_when != NULL && shequ_row_matches (check->row, field->required_when, check->today));
}

/**
 * shequ_row_differs:
 * @row: a row
 * @field: one of its fields
 *
 * Checks `DiffersFrom=`. An import looks links up after the row was validated; until then they lead to no
 * key, and differ.
 *
 * Returns: %FALSE when @field holds what may not be the same
 */
gboolean
shequ_row_differs (const ShequRow *row, const ShequField *field)
{
  const ShequValue *value = &row->values[field->index];

  return field->differs_from == NULL || value->type == SHEQU_VALUE_NULL ||
         (field->kind == SHEQU_FIELD_LINK && value->integer == 0) ||
         !shequ_value_equal (value, &row->values[field->differs_from->index]);
}

/**
 * shequ_row_describe_same:
 * @field: a field with `DiffersFrom=`
 *
 * Returns: (transfer full): what is wrong when it does not differ
 */
ShequIssue *
shequ_row_describe_same (const ShequField *field)
{
  return shequ_issue_new (SHEQU_ISSUE_ERROR, field, _ ("It may not be the same as “%s”"),
                          field->differs_from->label);
}

/* What its reader may not see was judged by who entered it. */
static gboolean
shows_a_mask (const ShequRow *row, const ShequField *field)
{
  const ShequValue *value = &row->values[field->index];

  return shequ_row_is_withheld (row, field) &&
         (value->type == SHEQU_VALUE_NULL ||
          (value->type == SHEQU_VALUE_TEXT && strchr (value->text, '*') != NULL));
}

static void
check_field (const Check *check, const ShequField *field)
{
  const ShequValue *value = &check->row->values[field->index];

  if (!shequ_field_is_stored (field) || shows_a_mask (check->row, field))
    return;
  if (value->type == SHEQU_VALUE_NULL)
    {
      if (is_required (check, field) && !is_refused (check, field))
        add_error (check, field, _ ("It must be filled in"));
      return;
    }
  if ((value->type == SHEQU_VALUE_INTEGER) != shequ_field_is_integer (field))
    {
      add_error (check, field, _ ("The value does not fit the kind of the field"));
      return;
    }
  if (!shequ_row_differs (check->row, field))
    g_ptr_array_add (check->issues, shequ_row_describe_same (field));
  check_value (check, field, value);
}

/* Exactly one of the fields of `OneOf=` is filled in. */
static void
check_one_of (const Check *check)
{
  const GPtrArray *fields = check->row->reg->one_of;
  const ShequField *wrong = fields->len > 0 ? fields->pdata[0] : NULL;
  g_autoptr (GString) labels = g_string_new (NULL);
  guint n_set = 0;

  for (guint i = 0; i < fields->len; i++)
    {
      const ShequField *field = fields->pdata[i];

      g_string_append_printf (labels, "%s“%s”", i > 0 ? _ (", ") : "", field->label);
      if (shows_a_mask (check->row, field))
        return;
      if (check->row->values[field->index].type == SHEQU_VALUE_NULL)
        continue;
      wrong = field;
      n_set++;
    }
  if (fields->len == 0 || n_set == 1)
    return;
  g_ptr_array_add (check->issues, shequ_issue_new (SHEQU_ISSUE_ERROR, wrong,
                                                   n_set == 0 ? _ ("Fill in one of %s")
                                                              : _ ("Only one of %s may be filled in"),
                                                   labels->str));
}

static void
check_sums (const Check *check)
{
  const GPtrArray *checks = check->row->reg->checks;

  for (guint i = 0; i < checks->len; i++)
    {
      const ShequCheck *sums = checks->pdata[i];

      if (sums->when == NULL || shequ_row_matches (check->row, sums->when, check->today))
        shequ_check_row (sums, check->row, check->issues);
    }
}

/**
 * shequ_row_validate:
 * @row: a row
 * @today: the day it is, `2026-11-22`
 * @issues: (element-type ShequIssue): gets what is wrong or doubtful; may hold what parsing said of the row
 *
 * Checks the rules of the description and those of the register's behaviour. Whether a value is unique, and
 * whether linked records exist, is checked by the store.
 *
 * Returns: %FALSE when there is an error among @issues
 */
gboolean
shequ_row_validate (const ShequRow *row, const char *today, GPtrArray *issues)
{
  Check check = { row, today, issues };
  guint before = issues->len;

  for (guint i = 0; i < row->reg->fields->len; i++)
    check_field (&check, row->reg->fields->pdata[i]);
  check_one_of (&check);
  check_sums (&check);
  if (row->reg->behaviour != NULL && row->reg->behaviour->validate != NULL)
    row->reg->behaviour->validate (row, today, issues);
  for (guint i = before; i < issues->len; i++)
    if (((const ShequIssue *) issues->pdata[i])->severity == SHEQU_ISSUE_ERROR)
      return FALSE;
  return TRUE;
}
